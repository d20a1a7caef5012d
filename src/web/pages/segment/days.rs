//! Days back as a number.

use leptos::prelude::*;

use super::facets::{change_selection, selection};
use crate::view::DaysBack;
use crate::web::components::{Allowed, NumberField, Phase};
use crate::web::state::Draft;
use crate::web::words::use_words;

/// The contract's largest number of days.
const MOST_DAYS: f64 = 1_000_000.0;

/// Days back as a number; empty is all.
#[component]
pub fn DaysField(
    /// The segment.
    draft: Draft,
    /// Whether it is about the excluded events.
    is_excluding: bool,
) -> impl IntoView {
    let words = use_words();
    let t = words.form();
    let value = Signal::derive(move || {
        let days_back = draft.segment().with(|segment| selection(segment, is_excluding)?.days_back);
        match days_back {
            Some(DaysBack::Days(days)) => Some(f64::from(days)),
            Some(DaysBack::All) => None,
            None => (!is_excluding).then_some(0.0),
        }
    });
    let on_bound = Callback::new(move |(bound, phase): (Option<f64>, Phase)| {
        let days_back = match bound {
            Some(days) => Some(DaysBack::Days(days as u32)),
            None => (!is_excluding).then_some(DaysBack::All),
        };
        draft.drag(|segment| {
            change_selection(segment, is_excluding, |selection| selection.days_back = days_back);
        });
        if phase == Phase::Settled {
            draft.settle();
        }
    });
    view! {
        <NumberField
            value
            allowed=Allowed { is_whole: true, most: MOST_DAYS }
            label=if is_excluding { t.exclude_days_back } else { t.days_back }
            name=if is_excluding { "excluded-days" } else { "days-back" }.to_owned()
            refuse=Callback::new(|_: f64| None)
            on_bound
        />
    }
}
