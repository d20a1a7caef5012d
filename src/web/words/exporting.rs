//! Texts of exports and of their record.

use super::{Language, Plural};
use crate::export::{CellFate, Reason};

/// All texts of exports, of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct ExportWords {
    pub export: &'static str,
    /// With the number of customers and the word for them.
    pub dialog_title: fn(&str) -> String,
    pub what_for: &'static str,
    /// Name and explanation of each destination: as shown, full, Meta, e-mail system.
    pub destinations: [(&'static str, &'static str); 4],
    pub file: &'static str,
    pub csv: &'static str,
    pub excel: &'static str,
    pub hashed: &'static str,
    pub plain: &'static str,
    pub audience: &'static str,
    pub audience_hint: &'static str,
    /// A word of the audience's name that Meta may flag.
    pub telling: fn(&str) -> String,
    /// The consent's name.
    pub only_with_consent: fn(&str) -> String,
    pub consent: &'static str,
    pub consent_hint: &'static str,
    pub no_consent_named: &'static str,
    pub why_without: &'static str,
    pub why_hint: &'static str,
    pub leave_out_file: &'static str,
    pub leave_out_hint: &'static str,
    pub take_away: &'static str,
    pub bad_line: fn(u32) -> String,
    pub funnel: &'static str,
    pub in_result: &'static str,
    /// Whoever passed the gate of a reason.
    pub passed: fn(Reason, bool, &str) -> String,
    /// Whoever did not, so many.
    pub stopped: fn(Reason, &str, Plural) -> String,
    pub in_file: &'static str,
    pub nobody: &'static str,
    /// Cells that change, so many.
    pub cells: fn(CellFate, &str, Plural) -> String,
    pub show: &'static str,
    pub customer: &'static str,
    pub name: &'static str,
    pub address: &'static str,
    pub cell: &'static str,
    pub column: &'static str,
    pub goes_instead: &'static str,
    pub kept_is: &'static str,
    /// From and to, of all.
    pub people_range: fn(&str, &str, &str) -> String,
    pub previous: &'static str,
    pub next: &'static str,
    pub few: fn(&str) -> String,
    pub checking: &'static str,
    pub names_coming: &'static str,
    pub cannot: fn(&str) -> String,
    /// The button, with the number of rows.
    pub export_rows: fn(&str, Plural) -> String,
    pub writing: fn(&str, &str) -> String,
    pub stop: &'static str,
    pub stopped_writing: &'static str,
    /// What was written: rows, and into which files.
    pub written: fn(&str, Plural, &str) -> String,
    pub shortened: fn(&str) -> String,
    pub not_recorded: fn(&str) -> String,
    pub record: &'static str,
    pub record_hint: &'static str,
    pub record_empty: &'static str,
    pub record_file: &'static str,
    pub when: &'static str,
    pub view: &'static str,
    pub rows: &'static str,
    pub format: &'static str,
    pub as_of: &'static str,
    pub reason: &'static str,
    pub download: &'static str,
    pub close: &'static str,
}

impl ExportWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static ExportWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }
}

static ENGLISH: ExportWords = ExportWords {
    export: "Export",
    dialog_title: |customers| format!("Export {customers}"),
    what_for: "What it is for",
    destinations: [
        ("The list as shown", "The table's columns, in its order"),
        ("Full customer data", "Every column of your import; reading it back changes nothing"),
        ("Facebook / Meta", "A customer list for a custom audience"),
        ("External e-mail", "Contacts for your e-mail system"),
    ],
    file: "File",
    csv: "CSV",
    excel: "Excel",
    hashed: "Hashed",
    plain: "Plain",
    audience: "Name of the audience",
    audience_hint: "Names the file; give the audience the same name in Ads Manager.",
    telling: |word| {
        format!(
            "“{word}” hints at health or money. Meta flags audiences with such names, so choose another."
        )
    },
    only_with_consent: |consent| format!("Only with consent: {consent}"),
    consent: "consent",
    consent_hint: "Going without asks for a reason, which is kept in the record.",
    no_consent_named: "Your data names no consent to marketing, so this list needs a reason.",
    why_without: "Why without consent",
    why_hint: "Kept with the export’s record.",
    leave_out_file: "Leave out people in a file …",
    leave_out_hint: "An address or its SHA-256 on each line",
    take_away: "Take away",
    bad_line: |line| {
        format!(
            "Line {line} of the file is neither an address nor the SHA-256 of one. Mend it and choose \
             the file again."
        )
    },
    funnel: "From result to file",
    in_result: "In the result",
    passed: |reason, is_meta, consent| match reason {
        Reason::NoAddress if is_meta => "Has an e-mail address or a phone number".into(),
        Reason::NoAddress => "Has an e-mail address".into(),
        Reason::BadAddress => "It can be used".into(),
        Reason::NoConsent => format!("Has given consent: {consent}"),
        Reason::Suppressed => "Not to be left out".into(),
        Reason::Duplicate => "One per address".into(),
    },
    stopped: |reason, count, plural| match (reason, plural) {
        (Reason::NoAddress, Plural::One) => format!("{count} has none"),
        (Reason::NoAddress, Plural::Other) => format!("{count} have none"),
        (Reason::BadAddress, _) => format!("{count} cannot be read"),
        (Reason::NoConsent, Plural::One) => format!("{count} has not"),
        (Reason::NoConsent, Plural::Other) => format!("{count} have not"),
        (Reason::Suppressed, Plural::One) => format!("{count} is in the file"),
        (Reason::Suppressed, Plural::Other) => format!("{count} are in the file"),
        (Reason::Duplicate, Plural::One) => format!("{count} shares an address"),
        (Reason::Duplicate, Plural::Other) => format!("{count} share an address"),
    },
    in_file: "Goes out",
    nobody: "Nobody would be in the file.",
    cells: |fate, count, plural| match (fate, plural) {
        (CellFate::Unreadable, Plural::One) => {
            format!(
                "{count} cell goes out empty: it cannot be read as an address or a phone number"
            )
        }
        (CellFate::Unreadable, Plural::Other) => {
            format!(
                "{count} cells go out empty: they cannot be read as an address or a phone number"
            )
        }
        (CellFate::Shortened, Plural::One) => {
            format!("{count} cell is cut: it is longer than the place takes")
        }
        (CellFate::Shortened, Plural::Other) => {
            format!("{count} cells are cut: they are longer than the place takes")
        }
    },
    show: "Show who",
    customer: "Customer",
    name: "Name",
    address: "Address",
    cell: "In the data",
    column: "Column",
    goes_instead: "Goes instead",
    kept_is: "Of those who share an address the one with the latest order goes out.",
    people_range: |from, to, all| format!("{from}–{to} of {all}"),
    previous: "Previous",
    next: "Next",
    few: |count| format!("Only {count}. Meta advises against audiences of fewer than 100 people."),
    checking: "Checking who goes out …",
    names_coming: "Names and addresses are being loaded …",
    cannot: |reason| format!("The list cannot be made: {reason}. Nothing was written."),
    export_rows: |count, plural| match plural {
        Plural::One => format!("Export {count} row"),
        Plural::Other => format!("Export {count} rows"),
    },
    writing: |done, all| format!("{done} of {all} rows written"),
    stop: "Stop",
    stopped_writing: "Stopped. Nothing was kept.",
    written: |count, plural, files| match plural {
        Plural::One => format!("{count} row is in {files}"),
        Plural::Other => format!("{count} rows are in {files}"),
    },
    shortened: |count| format!("Cells cut to what Excel takes: {count}."),
    not_recorded: |reason| format!("The export is done, but could not be recorded: {reason}"),
    record: "Record of exports",
    record_hint: "What left this browser: when, for which view, how many, and why without consent. \
        It names nobody.",
    record_empty: "Nothing has been exported in this browser yet.",
    record_file: "exports",
    when: "When",
    view: "View",
    rows: "Rows",
    format: "Format",
    as_of: "As of",
    reason: "Reason without consent",
    download: "Download as CSV",
    close: "Close",
};

static SWEDISH: ExportWords = ExportWords {
    export: "Exportera",
    dialog_title: |customers| format!("Exportera {customers}"),
    what_for: "Vad listan ska användas till",
    destinations: [
        ("Listan som den visas", "Tabellens kolumner, i samma ordning"),
        ("Alla kunduppgifter", "Alla kolumner från importen; läses filen in igen ändras inget"),
        ("Facebook / Meta", "En kundlista till en anpassad målgrupp"),
        ("Externt e-postsystem", "Kontakter till ert utskicksverktyg"),
    ],
    file: "Fil",
    csv: "CSV",
    excel: "Excel",
    hashed: "Hashad",
    plain: "Klartext",
    audience: "Målgruppens namn",
    audience_hint: "Filen får det namnet. Kalla målgruppen likadant i Ads Manager.",
    telling: |word| {
        format!(
            "”{word}” antyder hälsa eller ekonomi. Meta flaggar målgrupper med sådana namn, så välj ett annat."
        )
    },
    only_with_consent: |consent| format!("Bara med samtycke: {consent}"),
    consent: "samtycke",
    consent_hint: "Utan samtycke krävs ett skäl, som sparas i loggen.",
    no_consent_named: "Era uppgifter anger inget samtycke till marknadsföring, så listan kräver ett skäl.",
    why_without: "Varför utan samtycke",
    why_hint: "Sparas med exporten i loggen.",
    leave_out_file: "Utelämna personer i en fil …",
    leave_out_hint: "En e-postadress, eller SHA-256 av den, på varje rad",
    take_away: "Ta bort",
    bad_line: |line| {
        format!(
            "Rad {line} i filen är varken en e-postadress eller SHA-256 av en. Rätta den och välj \
             filen igen."
        )
    },
    funnel: "Från urval till fil",
    in_result: "I urvalet",
    passed: |reason, is_meta, consent| match reason {
        Reason::NoAddress if is_meta => "Har e-postadress eller telefonnummer".into(),
        Reason::NoAddress => "Har e-postadress".into(),
        Reason::BadAddress => "Går att använda".into(),
        Reason::NoConsent => format!("Har gett samtycke: {consent}"),
        Reason::Suppressed => "Ska inte utelämnas".into(),
        Reason::Duplicate => "En per adress".into(),
    },
    stopped: |reason, count, _| match reason {
        Reason::NoAddress => format!("{count} saknar"),
        Reason::BadAddress => format!("{count} går inte att läsa"),
        Reason::NoConsent => format!("{count} har inte"),
        Reason::Suppressed => format!("{count} finns i filen"),
        Reason::Duplicate => format!("{count} delar adress"),
    },
    in_file: "I filen",
    nobody: "Filen skulle bli tom.",
    cells: |fate, count, plural| match (fate, plural) {
        (CellFate::Unreadable, Plural::One) => {
            format!("{count} cell lämnas tom: den går inte att läsa som adress eller telefonnummer")
        }
        (CellFate::Unreadable, Plural::Other) => {
            format!(
                "{count} celler lämnas tomma: de går inte att läsa som adress eller telefonnummer"
            )
        }
        (CellFate::Shortened, Plural::One) => {
            format!("{count} cell kortas: den är längre än vad som får plats")
        }
        (CellFate::Shortened, Plural::Other) => {
            format!("{count} celler kortas: de är längre än vad som får plats")
        }
    },
    show: "Visa vilka",
    customer: "Kund",
    name: "Namn",
    address: "Adress",
    cell: "I uppgifterna",
    column: "Kolumn",
    goes_instead: "Med i stället",
    kept_is: "Av dem som delar adress kommer den med som beställde senast.",
    people_range: |from, to, all| format!("{from}–{to} av {all}"),
    previous: "Föregående",
    next: "Nästa",
    few: |count| format!("Bara {count}. Meta avråder från målgrupper på under 100 personer."),
    checking: "Ser efter vilka som kommer med …",
    names_coming: "Namn och adresser hämtas …",
    cannot: |reason| format!("Listan kan inte skapas: {reason}. Inget sparades."),
    export_rows: |count, plural| match plural {
        Plural::One => format!("Exportera {count} rad"),
        Plural::Other => format!("Exportera {count} rader"),
    },
    writing: |done, all| format!("{done} av {all} rader skrivna"),
    stop: "Avbryt",
    stopped_writing: "Avbrutet. Inget sparades.",
    written: |count, plural, files| match plural {
        Plural::One => format!("{count} rad finns i {files}"),
        Plural::Other => format!("{count} rader finns i {files}"),
    },
    shortened: |count| format!("Celler som kortades till vad Excel tar emot: {count}."),
    not_recorded: |reason| format!("Exporten är klar men kunde inte loggas: {reason}"),
    record: "Exportlogg",
    record_hint: "Vad som har lämnat den här webbläsaren: när, för vilket urval, hur många, och varför utan \
        samtycke. Ingen person nämns.",
    record_empty: "Inget har exporterats i den här webbläsaren ännu.",
    record_file: "exporter",
    when: "När",
    view: "Urval",
    rows: "Rader",
    format: "Format",
    as_of: "Per",
    reason: "Skäl utan samtycke",
    download: "Ladda ner som CSV",
    close: "Stäng",
};
