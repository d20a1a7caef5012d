//! What holds for every visit: language and looks, the sync endpoint, what this device keeps.

mod device;
mod endpoint;
mod look;

use leptos::prelude::*;

use crate::web::words::use_words;

/// What holds for every visit.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let title = use_words().settings().title;
    view! {
        <main class="settings" id="content" tabindex="-1">
            <header class="page-head">
                <h1 class="page-head__title">{title}</h1>
            </header>
            <look::Look/>
            <endpoint::Endpoint/>
            <device::Device/>
        </main>
    }
    .into_any()
}
