//! Swedish, around the workspace.

use super::Plural;
use super::app::{DataWords, DialogWords, FormWords, PageWords, SegmentsWords};

fn views(count: u32, plural: Plural) -> String {
    match plural {
        Plural::One => format!("{count} sparat urval"),
        Plural::Other => format!("{count} sparade urval"),
    }
}

/// Header and the page as a whole.
pub static PAGE: PageWords = PageWords {
    navigation: "Huvudmeny",
    segments: "Segment",
    workspace: "Arbetsyta",
    data: "Data",
    demo: "Demo",
    for_today: "påhittad för i dag",
    demo_hint: "En påhittad scen, som skapas på nytt varje dag: i morgon är siffrorna andra",
    data_from: |moment| format!("Data från {moment}"),
    stale: "Äldre än 36 timmar",
    other_language: "English",
    theme: "Ljust eller mörkt",
    undo: "Ångra",
    dismiss: "Stäng",
    close: "Stäng",
    cancel: "Avbryt",
    starter_segment: "Senaste två åren",
    newer: |moment| format!("Nyare data, från {moment}, ligger klara."),
    swap_in: "Använd dem",
    misplaced: "Adressen leder ingenstans här:",
    not_kept: "Webbläsaren kunde inte behålla det senast sparade: lagringen är full eller avstängd. Exportera det du behöver innan du stänger sidan.",
    skip: "Hoppa till innehållet",
};

/// The list of segments.
pub static SEGMENTS: SegmentsWords = SegmentsWords {
    title: "Segment",
    new: "Nytt segment",
    import: "Importera…",
    import_hint: "Filer med segment eller ett urval; de går också att släppa här",
    export_shared: "Exportera som delade",
    name: "Namn",
    description: "Beskrivning",
    events: "Evenemang",
    customers: "Kunder nu",
    views: "Sparade urval",
    more_views: |count| format!("{count} till…"),
    changed: "Senast ändrat",
    actions: "Åtgärder",
    actions_for: |name| format!("Åtgärder för {name}"),
    view_segmentation: "Visa segmentering",
    view_for_event: "Visa för evenemang…",
    view_for_production: "Visa för produktion…",
    edit: "Ändra",
    duplicate: "Duplicera",
    export: "Exportera",
    delete: "Ta bort",
    shared: "Delat",
    shared_hint: "Skrivskyddat; duplicera för att ändra",
    shared_is_newer: |name| {
        format!(
            "Det delade segmentet {name} är nyare än ditt eget med samma ursprung. Båda finns här."
        )
    },
    coming: "Dina segment läses in …",
    empty_title: "Inga segment ännu",
    empty_text: "Ett segment är en namngiven mängd evenemang och deras kunder. Skapa ett, eller se de senaste två åren i arbetsytan.",
    copy_of: |name| format!("Kopia av {name}"),
    deleted: |name, count, plural| match count {
        0 => format!("{name} är borttaget."),
        _ => format!("{name} är borttaget med {}.", views(count, plural)),
    },
    imported: |count, plural| match plural {
        Plural::One => format!("{count} segment är importerat."),
        Plural::Other => format!("{count} segment är importerade."),
    },
    imported_one: |name, count, plural| match count {
        0 => format!("{name} är importerat."),
        _ => format!("{name} är importerat med {}.", views(count, plural)),
    },
    views_imported: |name, count, plural| {
        format!("{name} finns redan här; {} lades till.", views(count, plural))
    },
    nothing_imported: |name| {
        format!("{name} finns redan här med alla de här urvalen; inget är ändrat.")
    },
    import_failed: |file| {
        format!(
            "{file} importerades inte, inget är ändrat. Här läses en fil med segment eller med ett urval."
        )
    },
    unreadable: |reason| {
        format!("Ett segment som finns här kan inte läsas och lämnas som det är: {reason}")
    },
};

/// The form of a segment.
pub static FORM: FormWords = FormWords {
    new_title: "Nytt segment",
    name: "Namn",
    name_missing: "Ett segment behöver ett namn.",
    description: "Beskrivning, syns bara här",
    people: "Personer",
    buyers: "Köpare",
    everyone: "Alla",
    days_back: "Dagar bakåt",
    days: "dagar",
    all: "Alla",
    from_day: |day| format!("Alla kommande evenemang, och tidigare från {day}"),
    from_ever: "Alla evenemang, tidigare och kommande",
    from_today: "Evenemang från och med i dag",
    facets: "Evenemang",
    promoters: "Arrangörer",
    seasons: "Säsonger",
    productions: "Produktioner",
    events: "Evenemang",
    categories: "Kategorier",
    tags: "Taggar",
    any: "vilken som helst",
    none: "ingen",
    chosen: |count| format!("{count} valda"),
    search: |count| format!("Sök bland {count}"),
    nothing_found: "Inget hittades",
    include: "Evenemang som räknas",
    exclude: "Uteslut evenemang",
    nobody_left_out: "ingen lämnas utanför",
    exclude_hint: "Den som har biljett till något av de här evenemangen lämnas utanför segmentet och alla dess urval.",
    exclude_days_back: "Bara evenemang de senaste",
    nothing_excluded: "Inget evenemang är uteslutet ännu.",
    excludes_no_event: "Inget evenemang uppfyller allt detta: ingen lämnas utanför.",
    excluded_now: |count, plural, customers| match plural {
        Plural::One => format!("{count} evenemang uteslutet, {customers} lämnas utanför."),
        Plural::Other => format!("{count} evenemang uteslutna, {customers} lämnas utanför."),
    },
    excluded: "uteslutet",
    of_them_excluded: |count| format!("{count} uteslutna"),
    older: |older, chosen, older_said, chosen_said| match (older, chosen) {
        (1, 1) => "Det valda evenemanget ligger före den dagen och räknas inte.".to_owned(),
        (older, chosen) if older == chosen => {
            format!("Alla {chosen_said} valda evenemang ligger före den dagen och räknas inte.")
        }
        _ => format!(
            "{older_said} av de {chosen_said} valda evenemangen ligger före den dagen och räknas inte."
        ),
    },
    counted_from: |day| format!("Räknas från {day}"),
    counted_all: "Alla dagar räknas",
    days_back_all: "Dagar bakåt: alla",
    in_scope: "Evenemang i segmentet",
    no_events: "Inget evenemang uppfyller allt detta.",
    date: "Datum",
    customers: "Kunder",
    of_events: |count| format!("av {count} evenemang"),
    of_customers: |count| format!("av {count} kunder"),
    save: "Spara",
    save_and_view: "Spara och visa",
    save_as_new: "Spara som nytt segment…",
    save_as_new_title: "Spara som ett nytt segment",
    stays_as_it_is: |name| format!("{name} och dess urval förblir som de är."),
    not_kept_yet: "Finns inte bland dina segment ännu; när du sparar läggs det till.",
    changes_views: |count, plural| {
        format!("Att spara ändrar {} av segmentet.", views(count, plural))
    },
    read_only: "Delat och skrivskyddat: ändra vad du vill och spara det som ett nytt segment.",
    gone: "Segmentet finns inte längre.",
    saved: |name| format!("{name} är sparat."),
    changed_elsewhere: |name| {
        format!(
            "En annan flik har sparat {name} under tiden; inget är överskrivet än. Spara igen för att ersätta det, eller avbryt för att se det."
        )
    },
};

/// Dialogs.
pub static DIALOGS: DialogWords = DialogWords {
    open_title: "Öppna eller nytt",
    open_hint: "Klicka på ett urval för att markera det. Utan markering börjar ett nytt.",
    open: "Öppna",
    new: "Nytt",
    no_views: "Det här segmentet har inga sparade urval ännu.",
    other_views: "Andra segments urval är sparade hos dem.",
    all_segments: "Alla segment",
    rename: "Byt namn",
    duplicate: "Duplicera",
    delete: "Ta bort",
    view_deleted: |name| format!("{name} är borttaget."),
    save_as: "Spara som",
    save: "Spara",
    view_name: "Urvalets namn",
    name_missing: "Ett urval behöver ett namn.",
    choose_event: "Visa för vilket evenemang?",
    choose_production: "Visa för vilken produktion?",
    choosing_leaves_out: "Visar vilka det ännu kan säljas till: den som redan har biljett dit lämnas utanför.",
    choosing_several: "En hel säsong, en kategori eller flera på en gång?",
    view: "Visa",
    saved: |name| format!("{name} är sparat."),
    changed_elsewhere: "En annan flik har sparat urvalet under tiden; inget är överskrivet. Spara ditt under ett annat namn, eller öppna det andra.",
    copy_link: "Kopiera länk",
    link: "Länk till urvalet",
    link_copied: "Länken är kopierad. Den innehåller urvalet och ingen kund.",
    link_by_hand: "Webbläsaren låter ingen sida kopiera. Kopiera länken härifrån; den innehåller urvalet och ingen kund.",
    link_too_long: "Urvalet är för långt för en länk som mejl och chatt lämnar hel. Skicka filen i stället: Importera i listan över segment läser den.",
    download_view: "Ladda ner som fil",
    or_as_file: "Eller ta med det som fil, till en annan webbläsare eller kommandoraden. Importera i listan över segment läser den.",
    downloaded: |file| format!("Nedladdad: {file}"),
    file_has_no_day: |day, typed| {
        format!(
            "Filen innehåller urvalet men inget datum. För att räkna per {day} någon annanstans, ställ in det datumet där; på kommandoraden med --as-of {typed}."
        )
    },
    unsaved_lost: "Urvalet har osparade ändringar; att öppna ett annat lämnar dem.",
};

/// What is open, and opening something else.
pub static DATA: DataWords = DataWords {
    title: "Data",
    open_now: "Öppet nu",
    venue: "Scen",
    origin: "Från",
    origin_demo: "Demo: en scen påhittad för i dag; i morgon är dess siffror andra",
    origin_site: "Webbplatsens data",
    origin_folder: "En mapp med färdiga data på datorn",
    origin_export: "En exportmapp på datorn",
    built: "Skapat",
    customers: "Kunder",
    events: "Evenemang",
    kept: "Sparat här",
    kept_yes: "Ja: det finns kvar efter en omstart, utan nätverk",
    kept_no: |reason| format!("Nej: {reason}"),
    kept_demo: "Behövs inte: de skapas på nytt",
    open_data: "Öppna data",
    site: "Webbplatsens data",
    site_hint: "Det som scenens eget system har lagt på servern.",
    no_site: "Sidan anger inga data.",
    export: "En exportmapp eller dess filer",
    export_hint: "venue.toml, events.csv, customers.csv, orders.csv, tickets.csv. De läses här och lämnar inte datorn. Släpp dem var som helst på sidan, eller välj dem.",
    choose_folder: "Välj mapp…",
    choose_files: "Välj filer…",
    snapshot: "En mapp med färdiga data",
    snapshot_hint: "manifest.json med dess facts och contacts.",
    demo: "Demot",
    demo_hint: "En påhittad teater med 10 000 kunder, att prova allt på.",
    open: "Öppna",
    drop_here: "Släpp mappen eller dess filer",
    making_up: "Hittar på en scen",
    fetching: "Hämtar",
    checking: "Ser igenom",
    reading: "Läser",
    ordering: "Ordnar allt",
    bytes: |read, total| format!("{read} av {total}"),
    bytes_alone: |read| read.to_owned(),
    rows: |rows| format!("{rows} rader"),
    cancel: "Avbryt",
    failed: "Datat kan inte läsas.",
    failed_network: "Datat kunde inte hämtas.",
    failed_internal: "Något i sidan gick fel.",
    safe_open: "Det som var öppet är det fortfarande; segment och urval är i säkerhet.",
    safe_nothing: "Segment och urval är i säkerhet.",
    try_demo: "Öppna demot",
    stay: "Behåll det öppna",
    rejects: |count| format!("Rader som lämnades utanför: {count}"),
    rejects_hint: "De räknas inte. Rätta dem i exporten, eller fortsätt utan dem.",
    download: "Ladda ned som CSV",
    file: "Fil",
    line: "Rad",
    column: "Kolumn",
    reason: "Skäl",
    warnings: "Bra att veta",
    take_all_the_same: "Fortsätt utan dem",
};
