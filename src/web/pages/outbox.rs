//! What was sent from here, and what waits.

mod entry;
mod progress;

use leptos::prelude::*;

use entry::Row;

use super::said::feed_said;
use crate::web::components::keyed;
use crate::web::state::sync::entry::Entry;
use crate::web::state::use_app;
use crate::web::words::use_words;

/// The page of the outbox.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let outbox = use_app().outbox;
    let words = use_words();
    let t = words.outbox();
    // The newest first: that is what somebody comes to look at.
    let keys = move || outbox.entries().iter().rev().map(Entry::key).collect::<Vec<_>>();
    view! {
        <main class="outbox" id="content" tabindex="-1">
            <header class="page-head">
                <h1 class="page-head__title">{t.title}</h1>
            </header>
            <p class="outbox__hint">{t.hint}</p>
            {move || {
                outbox
                    .unkept()
                    .map(|why| {
                        view! { <p class="message message--caution" role="alert">{(t.unkept)(&why)}</p> }
                    })
            }}
            <ol class="outbox__list" aria-label=t.title>
                {keyed(keys, String::clone, |key| view! { <Row key/> }.into_any())}
            </ol>
            <p class="outbox__empty" hidden=move || !outbox.entries().is_empty()>{t.empty}</p>
            <p class="outbox__hint">{move || feed_said(words)}</p>
        </main>
    }
    .into_any()
}
