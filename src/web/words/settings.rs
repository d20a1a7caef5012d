//! Texts of the settings page.

use super::Language;

/// All texts of the settings page, of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct SettingsWords {
    pub title: &'static str,
    pub page: &'static str,
    pub language: &'static str,
    pub appearance: &'static str,
    pub as_the_system: &'static str,
    pub light: &'static str,
    pub dark: &'static str,
}

impl SettingsWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static SettingsWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }
}

static ENGLISH: SettingsWords = SettingsWords {
    title: "Settings",
    page: "Language and appearance",
    language: "Language",
    appearance: "Appearance",
    as_the_system: "As the system",
    light: "Light",
    dark: "Dark",
};

static SWEDISH: SettingsWords = SettingsWords {
    title: "Inställningar",
    page: "Språk och utseende",
    language: "Språk",
    appearance: "Utseende",
    as_the_system: "Som systemet",
    light: "Ljust",
    dark: "Mörkt",
};
