//! Texts of the passphrase that opens what is sealed.

use super::Language;

/// All texts of it, of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct UnlockingWords {
    pub unlock: &'static str,
    pub unlocking: &'static str,
    pub data_title: &'static str,
    pub data_hint: &'static str,
    pub contacts_title: &'static str,
    pub contacts_hint: &'static str,
    pub passphrase: &'static str,
    pub is_wrong: &'static str,
    pub keep: &'static str,
    pub keep_hint: &'static str,
    /// The data waits for it.
    pub data_sealed: &'static str,
    /// Names and addresses do.
    pub contacts_sealed: &'static str,
}

impl UnlockingWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static UnlockingWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }
}

static ENGLISH: UnlockingWords = UnlockingWords {
    unlock: "Unlock",
    unlocking: "Unlocking …",
    data_title: "Unlock the data",
    data_hint: "It is asked once and stays in this page's memory. What this browser keeps stays sealed: after a \
        restart it is asked again.",
    contacts_title: "Unlock names and addresses",
    contacts_hint: "It is asked once and stays in this page's memory. Without it everything but names \
        and addresses works.",
    passphrase: "Passphrase",
    is_wrong: "That is not the passphrase they were sealed with.",
    keep: "Keep names and addresses readable on this device",
    keep_hint: "They then lie unsealed in this browser, for everybody who can use this computer, and no start asks \
        for the passphrase. It can be taken back in Settings.",
    data_sealed: "This data is sealed with a passphrase.",
    contacts_sealed: "Names and addresses are sealed with a passphrase. Everything else works.",
};

static SWEDISH: UnlockingWords = UnlockingWords {
    unlock: "Lås upp",
    unlocking: "Låser upp …",
    data_title: "Lås upp kunduppgifterna",
    data_hint: "Du anger lösenfrasen en gång, och den stannar i sidans minne. Det som webbläsaren sparar förblir låst: \
        efter en omstart anger du den igen.",
    contacts_title: "Lås upp namn och adresser",
    contacts_hint: "Du anger lösenfrasen en gång, och den stannar i sidans minne. Utan den fungerar allt utom namn \
        och adresser.",
    passphrase: "Lösenfras",
    is_wrong: "Det är inte lösenfrasen som de låstes med.",
    keep: "Spara namn och adresser i läsbar form på den här enheten",
    keep_hint: "De ligger då olåsta i webbläsaren för alla som kan använda datorn, och lösenfrasen behövs inte efter \
        en omstart. Det går att ändra i Inställningar.",
    data_sealed: "Kunduppgifterna är låsta med en lösenfras.",
    contacts_sealed: "Namn och adresser är låsta med en lösenfras. Allt annat fungerar.",
};
