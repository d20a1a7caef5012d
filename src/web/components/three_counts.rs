//! The three numbers at the foot of a box.

use leptos::prelude::*;

use super::filter_box::BoxNumbers;
use crate::web::words::use_words;

/// Matching, without it, unknown; a dash where a number is not there yet.
#[component]
pub fn ThreeCounts(
    /// The filter's title.
    title: &'static str,
    /// The numbers.
    numbers: Signal<BoxNumbers>,
) -> impl IntoView {
    let words = use_words();
    let boxes = &words.messages.boxes;
    let count = move |label: &'static str,
                      tip: fn(&str, &str) -> String,
                      pick: fn(BoxNumbers) -> Option<u32>| {
        let number =
            Memo::new(move |_| pick(numbers.get()).map(|count| words.formats.count(count)));
        let said = move || number.get().map(|number| tip(&number, title)).unwrap_or_default();
        view! {
            <div class="three-counts__count" title=said>
                <dt>{label}</dt>
                <dd>{move || number.get().unwrap_or_else(|| "–".into())}</dd>
            </div>
        }
    };
    view! {
        <dl class="three-counts">
            {count(boxes.matching, boxes.matching_tip, |numbers| numbers.matching)}
            {count(boxes.without, boxes.without_tip, |numbers| numbers.without)}
            {count(boxes.unknown, boxes.unknown_tip, |numbers| numbers.unknown)}
        </dl>
    }
    .into_any()
}
