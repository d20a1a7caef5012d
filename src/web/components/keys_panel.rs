//! The keys that work everywhere.

use leptos::prelude::*;

use crate::web::words::use_words;

/// The keys that work everywhere, for whoever looks for them.
#[component]
pub fn KeysPanel() -> impl IntoView {
    let texts = &use_words().messages.workspace;
    let rows = texts.key_list.iter().map(|(key, does)| {
        view! {
            <div class="keys__row">
                <dt class="keys__key">{*key}</dt>
                <dd>{*does}</dd>
            </div>
        }
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <details class="keys">
            <summary class="keys__title">{texts.keys}</summary>
            <dl class="keys__list">{rows}</dl>
        </details>
    }
    .into_any()
}
