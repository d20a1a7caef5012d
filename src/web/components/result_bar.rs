//! The result: the total, and how many of it can be written to.

use leptos::prelude::*;

/// A count that is not there yet.
const NOT_YET: &str = "–";

/// The bar at the page's bottom. Counts come written; `None` shows a dash in the same place.
#[component]
pub fn ResultBar(
    /// Customers in the result.
    #[prop(into)]
    total: Signal<Option<String>>,
    /// Further counts with their captions.
    #[prop(into)]
    further: Signal<Vec<(&'static str, Option<String>)>>,
) -> impl IntoView {
    let shown = |count: Option<String>| count.unwrap_or_else(|| NOT_YET.to_owned());
    view! {
        <section class="result-bar" aria-label="Result">
            <p class="result-bar__total">{move || shown(total.get())}</p>
            <p class="result-bar__caption">"customers"</p>
            <dl class="result-bar__further">
                {move || further.get().into_iter().map(|(caption, count)| view! {
                    <div class="result-bar__pair">
                        <dt>{caption}</dt>
                        <dd>{shown(count)}</dd>
                    </div>
                }).collect_view()}
            </dl>
        </section>
    }
}
