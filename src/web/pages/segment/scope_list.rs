//! The events in scope, beside the form.

use std::sync::Arc;

use leptos::prelude::*;

use crate::web::choices;
use crate::web::components::{OptionList, RowCounts};
use crate::web::state::{Draft, use_app};
use crate::web::words::use_words;

/// The events in scope, the latest first.
#[component]
pub fn ScopeList(
    /// The segment.
    draft: Draft,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = &words.app().form;
    let rows = Memo::new(move |_| {
        let rows = draft.counts().and_then(|form| {
            let open = app.data.open()?;
            let catalogue = &open.names.catalogue;
            let events = form.in_scope.iter().rev();
            Some(
                events
                    .filter(|at| (**at as usize) < catalogue.events.len())
                    .map(|at| choices::event(*at as usize, catalogue, words.language))
                    .collect::<Vec<_>>(),
            )
        });
        Arc::new(rows.unwrap_or_default())
    });
    let counts = Signal::derive(move || {
        let form = draft.counts()?;
        let pairs = form.events.events.iter().map(|count| [count.events, count.customers]);
        Some::<RowCounts>(Arc::new(pairs.collect()))
    });
    let size = move || {
        let form = draft.counts()?;
        Some(words.formats.count(form.size.events))
    };
    view! {
        <section class="scope-list" aria-label=t.in_scope>
            <div class="facet__head">
                <h2 class="facet__title">{t.in_scope}</h2>
                <span class="scope-list__count">{move || size().unwrap_or_else(|| "–".to_owned())}</span>
            </div>
            <OptionList
                label=t.in_scope
                name="in-scope"
                nothing=t.no_events
                rows=rows.into()
                chosen=Signal::derive(Vec::new)
                captions=["", t.customers]
                counts
                on_choose=Callback::new(|_| {})
            />
        </section>
    }
    .into_any()
}
