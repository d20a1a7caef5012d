//! Texts of what this device keeps: the section of the settings, backup, and erasing.

use super::{Language, Plural};

/// All texts of what this device keeps, of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct DeviceWords {
    pub title: &'static str,
    pub intro: &'static str,
    pub snapshot: &'static str,
    /// Its size, and when it was built.
    pub snapshot_of: fn(&str, &str) -> String,
    pub no_snapshot: &'static str,
    pub segments: &'static str,
    /// So many segments, so many views.
    pub segments_of: fn(&str, Plural, &str, Plural) -> String,
    pub exports: &'static str,
    pub outbox: &'static str,
    pub room: &'static str,
    /// What is used, of how much.
    pub room_of: fn(&str, &str) -> String,
    pub unknown: &'static str,
    pub lasting: &'static str,
    pub is_lasting: &'static str,
    pub is_not_lasting: &'static str,
    pub ask_to_last: &'static str,
    pub refused_to_last: &'static str,
    pub names: &'static str,
    pub keep_names: &'static str,
    pub names_hint: &'static str,
    pub names_kept: &'static str,
    pub names_gone: &'static str,
    /// Why they are not kept.
    pub names_not_kept: fn(&str) -> String,
    pub backup: &'static str,
    pub backup_hint: &'static str,
    pub back_up: &'static str,
    pub restore: &'static str,
    /// New, already there, kept beside.
    pub restored: fn(u32, u32, u32) -> String,
    /// Names of segments that are kept beside others of the same origin.
    pub restored_beside: fn(&str) -> String,
    pub restored_settings: &'static str,
    /// A file was not restored, and why.
    pub restore_failed: fn(&str, &str) -> String,
    pub unreadable_file: &'static str,
    pub not_kept: &'static str,
    pub erase: &'static str,
    pub erase_hint: &'static str,
    pub erase_title: &'static str,
    pub erase_text: &'static str,
    /// What is lost, as a count of segments.
    pub erase_segments: fn(u32, Plural) -> String,
    pub erase_now: &'static str,
    pub erasing: &'static str,
    pub erased_title: &'static str,
    pub erased_text: &'static str,
    pub left_title: &'static str,
    pub left_text: &'static str,
    pub left: &'static str,
    pub files: &'static str,
    pub databases: &'static str,
    pub settings: &'static str,
    pub caches: &'static str,
    pub services: &'static str,
    pub begin_anew: &'static str,
    pub try_again: &'static str,
    /// What the snapshot needs, and what is free.
    pub no_room: fn(&str, &str) -> String,
}

impl DeviceWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static DeviceWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }
}

static ENGLISH: DeviceWords = DeviceWords {
    title: "This device",
    intro: "Everything here lies in this browser only. Nothing of it is sent anywhere.",
    snapshot: "Snapshot",
    snapshot_of: |size, built| format!("{size}, from {built}"),
    no_snapshot: "None",
    segments: "Segments and views",
    segments_of: |segments, of_segments, views, of_views| {
        let segment = if of_segments == Plural::One { "segment" } else { "segments" };
        let view = if of_views == Plural::One { "view" } else { "views" };
        format!("{segments} {segment}, {views} {view}")
    },
    exports: "Record of exports",
    outbox: "Waiting to be sent",
    room: "Storage",
    room_of: |used, quota| format!("{used} of {quota} used"),
    unknown: "The browser does not say",
    lasting: "Safe from cleaning up",
    is_lasting: "Yes: it stays until you erase it",
    is_not_lasting: "No: the browser may remove it when it runs out of space",
    ask_to_last: "Ask the browser to keep it",
    refused_to_last: "The browser said no. It often agrees once the page is installed or bookmarked. \
        Until then, back up now and then.",
    names: "Names and addresses",
    keep_names: "Keep names and addresses readable on this device",
    names_hint: "Off, they lie here sealed or not at all. On, they lie unsealed in this browser, for everybody \
        who can use this computer, from the next time they are opened; no start asks for their passphrase \
        then. Data that is sealed as a whole always asks, and keeps them sealed.",
    names_kept: "Names and addresses are kept readable from now on.",
    names_gone: "What lay here readable is removed.",
    names_not_kept: |reason| format!("Names and addresses are not kept: {reason}."),
    backup: "Backup",
    backup_hint: "One file with your segments, views, record of exports and settings. It has no \
        customers and no token, and can be restored in another browser.",
    back_up: "Back up everything",
    restore: "Restore…",
    restored: |new, same, beside| {
        format!("Restored: {new} new, {same} already here, {beside} kept beside what is here.")
    },
    restored_beside: |names| {
        format!("Here and in the backup these differ, and both are kept: {names}")
    },
    restored_settings: "Settings that were not chosen here came with it; they apply from the next reload.",
    restore_failed: |file, reason| format!("{file} was not restored, nothing is changed. {reason}"),
    unreadable_file: "The browser could not read the file.",
    not_kept: "This browser could not keep it: its storage is full or switched off.",
    erase: "Erase everything on this device…",
    erase_hint: "For a computer that others use too, or before you hand it on.",
    erase_title: "Erase everything on this device?",
    erase_text: "The snapshot, names and addresses, all segments and views, the record of exports, what waits to be sent, all \
        settings and the copy of the program for use without a network are removed from this browser, \
        in every tab. It cannot be undone.",
    erase_segments: |count, plural| match plural {
        Plural::One => format!("{count} segment is kept here only, unless you have a backup."),
        Plural::Other => format!("{count} segments are kept here only, unless you have a backup."),
    },
    erase_now: "Erase everything",
    erasing: "Erasing …",
    erased_title: "Everything is erased",
    erased_text: "The browser was asked what is left of Publik on this device. Its answer:",
    left_title: "Not everything could be erased",
    left_text: "Close other tabs of this page and try again. This is what the browser still has:",
    left: "Left",
    files: "Files",
    databases: "Databases",
    settings: "Settings",
    caches: "Copies for use without a network",
    services: "Service workers",
    begin_anew: "Begin anew",
    try_again: "Try again",
    no_room: |needed, free| {
        format!(
            "This data needs {needed} of storage and {free} are free. You work with it in memory: \
             nothing is lost, but it is opened anew after a restart."
        )
    },
};

static SWEDISH: DeviceWords = DeviceWords {
    title: "Den här enheten",
    intro: "Allt det här ligger bara i den här webbläsaren. Inget av det skickas någonstans.",
    snapshot: "Ögonblicksbild",
    snapshot_of: |size, built| format!("{size}, från {built}"),
    no_snapshot: "Ingen",
    segments: "Segment och urval",
    segments_of: |segments, _, views, _| format!("{segments} segment, {views} urval"),
    exports: "Exportlogg",
    outbox: "Väntar på att skickas",
    room: "Lagring",
    room_of: |used, quota| format!("{used} av {quota} används"),
    unknown: "Webbläsaren säger inget om det",
    lasting: "Skyddat mot rensning",
    is_lasting: "Ja: det ligger kvar tills du raderar det",
    is_not_lasting: "Nej: webbläsaren får ta bort det när utrymmet tar slut",
    ask_to_last: "Be webbläsaren behålla det",
    refused_to_last: "Webbläsaren sade nej. Den går ofta med på det när sidan är installerad eller \
        bokmärkt. Säkerhetskopiera då och då tills dess.",
    names: "Namn och adresser",
    keep_names: "Spara namn och adresser i läsbar form på den här enheten",
    names_hint: "Av: de ligger låsta här, eller inte alls. På: de ligger olåsta i webbläsaren för alla som kan \
        använda datorn, från nästa gång de öppnas, och lösenfrasen behövs inte efter en omstart. \
        Kunduppgifter som är låsta i sin helhet kräver alltid lösenfrasen, och namnen förblir då låsta.",
    names_kept: "Namn och adresser sparas i läsbar form från och med nu.",
    names_gone: "Det som låg här i läsbar form är borttaget.",
    names_not_kept: |reason| format!("Namn och adresser sparas inte: {reason}."),
    backup: "Säkerhetskopia",
    backup_hint: "En fil med dina segment, urval, exportlogg och inställningar. Den innehåller inga kunder \
        och ingen nyckel, och kan återställas i en annan webbläsare.",
    back_up: "Säkerhetskopiera allt",
    restore: "Återställ…",
    restored: |new, same, beside| {
        format!("Återställt: {new} nya, {same} fanns redan, {beside} ligger bredvid det som fanns.")
    },
    restored_beside: |names| {
        format!("Här och i säkerhetskopian skiljer sig dessa åt, och båda är kvar: {names}")
    },
    restored_settings: "Inställningar som inte var valda här följde med. De gäller när sidan laddas om.",
    restore_failed: |file, reason| {
        format!("{file} återställdes inte och inget är ändrat. {reason}")
    },
    unreadable_file: "Webbläsaren kunde inte läsa filen.",
    not_kept: "Webbläsaren kunde inte spara det: lagringen är full eller avstängd.",
    erase: "Radera allt på den här enheten…",
    erase_hint: "För en dator som andra också använder, eller innan du lämnar den ifrån dig.",
    erase_title: "Radera allt på den här enheten?",
    erase_text: "Ögonblicksbilden, namn och adresser, alla segment och urval, exportloggen, det som väntar på att skickas, alla \
        inställningar och programmets kopia för arbete utan nät tas bort ur den här webbläsaren, i alla \
        flikar. Det går inte att ångra.",
    erase_segments: |count, plural| match plural {
        Plural::One => format!("{count} segment finns bara här, om du inte har en säkerhetskopia."),
        Plural::Other => {
            format!("{count} segment finns bara här, om du inte har någon säkerhetskopia.")
        }
    },
    erase_now: "Radera allt",
    erasing: "Raderar …",
    erased_title: "Allt är raderat",
    erased_text: "Webbläsaren tillfrågades om vad som är kvar av Publik på den här enheten. Svaret:",
    left_title: "Allt kunde inte raderas",
    left_text: "Stäng andra flikar med sidan och försök igen. Det här har webbläsaren kvar:",
    left: "Kvar",
    files: "Filer",
    databases: "Databaser",
    settings: "Inställningar",
    caches: "Kopior för arbete utan nät",
    services: "Service workers",
    begin_anew: "Börja om",
    try_again: "Försök igen",
    no_room: |needed, free| {
        format!(
            "De här uppgifterna behöver {needed} lagring och {free} är ledigt. Du arbetar med dem i \
             minnet: inget går förlorat, men de öppnas på nytt efter en omstart."
        )
    },
};
