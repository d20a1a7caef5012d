//! What the reader chose for every visit: language and theme.

use leptos::prelude::*;

use crate::view::sentence::Language;
use crate::web::platform;

const LANGUAGE: &str = "publik.language";
const THEME: &str = "publik.theme";

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    fn name(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }
}

/// A handle on the settings.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    language: RwSignal<Language>,
    theme: RwSignal<Theme>,
    /// Whether the language was chosen here, so that the venue's does not override it.
    is_chosen: StoredValue<bool>,
}

impl Settings {
    /// The settings of the last visit; else the browser's language and the system's theme.
    pub fn load() -> Settings {
        let kept = platform::stored(LANGUAGE).and_then(|tag| Language::from_tag(&tag));
        let theme = match platform::stored(THEME).as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        };
        let first = || {
            let languages = platform::browser_languages();
            languages.iter().find_map(|tag| Language::from_tag(tag)).unwrap_or_default()
        };
        let settings = Settings {
            language: RwSignal::new(kept.unwrap_or_else(first)),
            theme: RwSignal::new(theme),
            is_chosen: StoredValue::new(kept.is_some()),
        };
        platform::set_theme(theme.name());
        platform::set_language(settings.language.get_untracked().code());
        settings
    }

    /// The page's language.
    pub fn language(self) -> Language {
        self.language.get()
    }

    /// The same, without being told of changes.
    pub fn language_untracked(self) -> Language {
        self.language.get_untracked()
    }

    /// Speaks another language from now on.
    pub fn set_language(self, language: Language) {
        self.is_chosen.set_value(true);
        self.speak(language);
        // Not kept is no harm: the page speaks it all the same.
        platform::store(LANGUAGE, language.code()).ok();
    }

    /// The site's own language, unless the reader chose one.
    pub fn set_default_language(self, language: Language) {
        if !self.is_chosen.get_value() {
            self.speak(language);
        }
    }

    fn speak(self, language: Language) {
        platform::set_language(language.code());
        if self.language.get_untracked() != language {
            self.language.set(language);
        }
    }

    /// The page's theme.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    /// Another theme from now on.
    pub fn set_theme(self, theme: Theme) {
        platform::set_theme(theme.name());
        self.theme.set(theme);
        match theme.name() {
            Some(name) => {
                // As above.
                platform::store(THEME, name).ok();
            }
            None => platform::remove(THEME),
        }
    }
}
