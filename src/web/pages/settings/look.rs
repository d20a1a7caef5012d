//! Language, and light or dark.

use leptos::prelude::*;

use crate::web::components::{Switch, SwitchChoice};
use crate::web::state::{Theme, use_app};
use crate::web::words::{Language, use_words};

const THEMES: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];
/// Each language by its own name, so that whoever does not read the page's finds theirs.
const LANGUAGES: [(Language, &str); 2] =
    [(Language::English, "English"), (Language::Swedish, "Svenska")];

/// The section of how the page looks and speaks.
#[component]
pub fn Look() -> impl IntoView {
    let settings = use_app().settings;
    let t = use_words().settings();
    let languages = LANGUAGES.map(|(_, name)| SwitchChoice::text(name)).to_vec();
    let language =
        move || LANGUAGES.iter().position(|(known, _)| *known == settings.language()).unwrap_or(0);
    let themes = [t.as_the_system, t.light, t.dark].map(SwitchChoice::text).to_vec();
    let theme = move || THEMES.iter().position(|known| *known == settings.theme()).unwrap_or(0);
    view! {
        <section class="settings__section" aria-label=t.page>
            <h2 class="settings__heading">{t.page}</h2>
            <div class="settings__rows">
                <span class="settings__name">{t.language}</span>
                <Switch
                    group="language"
                    label=t.language
                    choices=languages
                    chosen=Signal::derive(language)
                    on_choose=Callback::new(move |at: usize| settings.set_language(LANGUAGES[at].0))
                />
                <span class="settings__name">{t.appearance}</span>
                <Switch
                    group="appearance"
                    label=t.appearance
                    choices=themes
                    chosen=Signal::derive(theme)
                    on_choose=Callback::new(move |at: usize| settings.set_theme(THEMES[at]))
                />
            </div>
        </section>
    }
    .into_any()
}
