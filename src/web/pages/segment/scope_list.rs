//! The events in scope, beside the form.

use std::collections::HashSet;
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
    let t = words.form();
    // The form is counted with every step of a slider: the rows themselves stay.
    let among = Memo::new(move |_| {
        let count = app.event_rows.with(|rows| rows.len());
        let in_scope = draft.counts().map(|form| {
            let known = form.in_scope.iter().rev().map(|at| *at as usize).filter(|at| *at < count);
            known.map(|at| choices::event_place(at, count) as u32).collect::<Vec<u32>>()
        });
        Arc::new(in_scope.unwrap_or_default())
    });
    let out = Memo::new(move |_| {
        let left_out = draft.counts().map(|form| form.left_out.iter().copied().collect());
        Arc::<HashSet<u32>>::new(left_out.unwrap_or_default())
    });
    let counts = Memo::new(move |_| {
        let form = draft.counts()?;
        let pairs = form.events.events.iter().map(|count| [count.events, count.customers]);
        Some::<RowCounts>(Arc::new(pairs.collect()))
    });
    let size = move || {
        let form = draft.counts()?;
        let events = words.formats.count(form.size.events);
        let out = out.with(|out| form.in_scope.iter().filter(|at| out.contains(at)).count() as u32);
        Some(match out {
            0 => events,
            _ => format!("{events} · {}", (t.of_them_excluded)(&words.formats.count(out))),
        })
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
                rows=app.event_rows.into()
                among
                chosen=Signal::derive(Vec::new)
                captions=["", t.customers]
                counts
                out=(out.into(), t.excluded)
                on_choose=Callback::new(|_| {})
            />
        </section>
    }
    .into_any()
}
