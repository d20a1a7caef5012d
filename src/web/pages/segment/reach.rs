//! At the seasons: from which day on their events count.

use leptos::prelude::*;

use super::older::older;
use crate::view::DaysBack;
use crate::web::components::tap;
use crate::web::state::{Draft, use_app};
use crate::web::words::use_words;

/// Which day the days back cut seasons at, and the way to have all of them. Always there, so that
/// it is read before a season is chosen and the list does not move when one is.
#[component]
pub fn Reach(
    /// The segment.
    draft: Draft,
) -> impl IntoView {
    let data = use_app().data;
    let words = use_words();
    let t = words.form();
    let days_back = Memo::new(move |_| {
        draft.segment().with(|segment| segment.events.days_back.unwrap_or(DaysBack::Days(0)))
    });
    let said = move || match days_back.get() {
        DaysBack::All => t.counted_all.to_owned(),
        DaysBack::Days(days) => (t.counted_from)(&words.formats.day(data.today().minus(days))),
    };
    let cut = older(draft);
    view! {
        <p class="facet__reach" class=("facet__reach--cuts", move || cut.get().is_some())>
            <span>{said}</span>
            <button
                class="button"
                type="button"
                hidden=move || days_back.get() == DaysBack::All
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
