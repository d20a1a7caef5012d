//! Chosen events that the days back leave out.

use leptos::prelude::*;

use crate::view::DaysBack;
use crate::web::components::tap;
use crate::web::state::Draft;
use crate::web::words::use_words;

/// How many of the chosen events lie before the days back, and the way to count them too. Its place
/// is there while it says nothing, so that the lists below do not move.
#[component]
pub fn Older(
    /// The segment.
    draft: Draft,
) -> impl IntoView {
    let words = use_words();
    let t = words.form();
    let older = older(draft);
    let said = move || {
        let (older, chosen) = older.get()?;
        let count = |count: u32| words.formats.count(count);
        Some((t.older)(older, chosen, &count(older), &count(chosen)))
    };
    view! {
        <p class="timeline__older">
            <span role="status">{said}</span>
            <button
                class="button"
                type="button"
                hidden=move || older.get().is_none()
                on:click=tap(move || {
                    draft.change(|segment| segment.events.days_back = Some(DaysBack::All));
                })
            >
                {t.days_back_all}
            </button>
        </p>
    }
    .into_any()
}

/// How many of the chosen events lie before the days back, and how many are chosen; nothing where
/// none is cut off.
pub fn older(draft: Draft) -> Memo<Option<(u32, u32)>> {
    Memo::new(move |_| {
        let form = draft.counts()?;
        let chosen = form.chosen?;
        let older = chosen.saturating_sub(form.in_scope.len() as u32);
        (older > 0).then_some((older, chosen))
    })
}
