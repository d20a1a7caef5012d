//! The page's first line: where am I, whose numbers are these.

use leptos::prelude::*;

/// The program's name and the venue's.
#[component]
pub fn AppHeader(
    /// The venue's name, once it is open.
    #[prop(into)]
    venue: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <header class="app-header">
            <span class="app-header__brand">"Publik"</span>
            {move || venue.get().map(|name| view! {
                <span class="app-header__venue">{name}</span>
                <span class="app-header__demo">"Demo"</span>
            })}
        </header>
    }
}
