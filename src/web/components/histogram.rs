//! Bars with a range on them.

use leptos::prelude::*;

use crate::web::dial::bars;
use crate::web::words::decimal;

/// The bars of a dial: full inside the range, faint outside, an ink line at each of its ends.
#[component]
pub fn Histogram(
    /// Customers in each bar, "and more" the last.
    counts: Signal<Vec<u32>>,
    /// The range in bars from the left.
    shade: Signal<(f64, f64)>,
    /// The lines to draw, in bars from the left.
    lines: Signal<Vec<f64>>,
    /// All of it in words.
    text: Signal<String>,
    /// Tells its clip from those of other histograms.
    name: &'static str,
) -> impl IntoView {
    let path = Memo::new(move |_| counts.with(|counts| bars(counts)));
    let width = Memo::new(move |_| counts.with(|counts| counts.len().max(1)));
    let clip = format!("clip-{name}");
    let clipped = format!("url(#{clip})");
    view! {
        <svg
            class="histogram"
            viewBox=move || format!("0 0 {} 100", width.get())
            preserveAspectRatio="none"
            role="img"
            aria-label=text
        >
            <clipPath id=clip>
                <rect
                    x=move || decimal(shade.get().0)
                    y="0"
                    width=move || { let (from, to) = shade.get(); decimal((to - from).max(0.0)) }
                    height="100"
                ></rect>
            </clipPath>
            <path class="histogram__out" d=path></path>
            <path class="histogram__in" clip-path=clipped d=path></path>
            <path
                class="histogram__edge"
                d=move || lines.with(|lines| outline(lines))
            ></path>
        </svg>
    }
    .into_any()
}

/// Upright lines from the axis to the top.
fn outline(lines: &[f64]) -> String {
    lines.iter().fold(String::new(), |path, at| path + "M" + &decimal(*at) + " 0V100")
}
