//! The app: a page around what the worker answers.

use leptos::prelude::*;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <header class="bar"><h1 class="bar__name">"Publik"</h1></header>
    }
}
