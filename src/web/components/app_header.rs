//! The page's first line: where am I, whose numbers are these.

use leptos::prelude::*;

use super::tap::tap;
use crate::web::words::{Language, use_words};

/// A page that the header leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderLink {
    /// Its name.
    pub name: &'static str,
    /// Its address, a fragment.
    pub address: &'static str,
    /// Whether nobody needs it now.
    pub is_hidden: Signal<bool>,
    /// What stands behind the name; empty for nothing.
    pub note: Signal<String>,
}

/// Name of the program and the venue, the pages, the data's date, language and theme.
#[component]
pub fn AppHeader(
    /// The venue's name, once it is open.
    #[prop(into)]
    venue: Signal<Option<String>>,
    /// Whether it is made up.
    #[prop(into)]
    is_demo: Signal<bool>,
    /// When the data was built, as it is to be read.
    #[prop(into)]
    built: Signal<Option<String>>,
    /// Whether there is no network.
    #[prop(into)]
    is_offline: Signal<bool>,
    /// Whether the data was built long ago.
    #[prop(into)]
    is_stale: Signal<bool>,
    /// The pages, with whether one is shown.
    links: Vec<(HeaderLink, Signal<bool>)>,
    /// A page is wanted, by its position among the links.
    on_link: Callback<usize>,
    /// Straight to the content.
    on_skip: Callback<()>,
    /// The other language is wanted.
    on_language: Callback<()>,
    /// The other theme is wanted.
    on_theme: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let page = words.page();
    let links = links.into_iter().enumerate().map(|(at, (link, is_shown))| {
        view! {
            <a
                href=link.address
                hidden=link.is_hidden
                aria-current=move || is_shown.get().then_some("page")
                on:click=move |event| {
                    event.prevent_default();
                    on_link.run(at);
                }
            >
                {link.name}
                <span class="app-header__note">{link.note}</span>
            </a>
        }
    });
    let other = match words.language {
        Language::English => Language::Swedish,
        Language::Swedish => Language::English,
    };
    view! {
        <header class="app-header">
            <a
                class="app-header__skip"
                href="#content"
                on:click=move |event| {
                    event.prevent_default();
                    on_skip.run(());
                }
            >
                {page.skip}
            </a>
            <span class="app-header__brand">
                <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                    <path d="M1.5 3.5h2.6v2.6H1.5zM6.7 3.5h2.6v2.6H6.7zM11.9 3.5h2.6v2.6h-2.6zM4.1 9.9h2.6v2.6H4.1zM9.3 9.9h2.6v2.6H9.3z"/>
                </svg>
                "Publik"
            </span>
            <span class="app-header__venue">{venue}</span>
            <span class="app-header__made-up" hidden=move || !is_demo.get() title=page.demo_hint>
                <span class="app-header__demo">{page.demo}</span>
                <span class="app-header__for-today">{page.for_today}</span>
            </span>
            <nav class="app-header__nav" aria-label=page.navigation>
                {links.collect_view()}
            </nav>
            <div class="app-header__end">
                <span
                    class="app-header__stamp"
                    class=("app-header__stamp--stale", is_stale)
                    title=move || is_stale.get().then_some(page.stale)
                >
                    {move || match (is_offline.get(), built.get()) {
                        (true, built) => Some((words.release().offline)(built.as_deref())),
                        (false, built) => built.map(|built| (page.data_from)(&built)),
                    }}
                    {move || is_stale.get().then(|| format!(" · {}", page.stale))}
                </span>
                <button
                    class="button button--quiet app-header__language"
                    type="button"
                    lang=other.code()
                    on:click=tap(move || on_language.run(()))
                >
                    {page.other_language}
                </button>
                <button
                    class="tool"
                    type="button"
                    aria-label=page.theme
                    title=page.theme
                    on:click=tap(move || on_theme.run(()))
                >
                    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                        <circle cx="8" cy="8" r="5.5"/>
                        <path d="M8 2.5v11a5.5 5.5 0 0 0 0-11z" fill="currentcolor"/>
                    </svg>
                </button>
            </div>
        </header>
    }
    .into_any()
}
