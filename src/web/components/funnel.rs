//! How many of a result are left behind each gate, with a bar each, and who was stopped.

use leptos::prelude::*;

/// One step of a [`Funnel`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunnelStep {
    /// Whoever is left: `Has given consent: Newsletter`.
    pub name: String,
    /// How many are left, as it is written.
    pub count: String,
    /// The same as a number.
    pub left: u32,
    /// How many were stopped, in words; empty where nobody was.
    pub stopped: String,
    /// What [`Funnel`] tells when the stopped ones are asked for; `None` where they cannot be.
    pub asks: Option<usize>,
}

/// Gates from a result to what leaves. The last step is what leaves.
#[component]
pub fn Funnel(
    /// What it is about.
    title: &'static str,
    /// The steps; the first is the whole.
    #[prop(into)]
    steps: Signal<Vec<FunnelStep>>,
    /// Which step's people are unfolded below.
    #[prop(into)]
    unfolded: Signal<Option<usize>>,
    /// People of a step are asked for.
    on_ask: Callback<usize>,
) -> impl IntoView {
    view! {
        <section class="funnel" aria-label=title>
            <h3 class="funnel__title">{title}</h3>
            <FunnelSteps steps unfolded on_ask/>
        </section>
    }
    .into_any()
}

/// The steps alone.
#[component]
pub fn FunnelSteps(
    /// The steps; the first is the whole.
    #[prop(into)]
    steps: Signal<Vec<FunnelStep>>,
    /// Which step's people are unfolded below.
    #[prop(into)]
    unfolded: Signal<Option<usize>>,
    /// People of a step are asked for.
    on_ask: Callback<usize>,
) -> impl IntoView {
    let list = move || {
        let steps = steps.get();
        let whole = steps.first().map_or(1, |step| step.left.max(1));
        let last = steps.len().saturating_sub(1);
        let step = |(at, step): (usize, FunnelStep)| {
            let share = f64::from(step.left) / f64::from(whole) * 100.0;
            let stopped = match step.asks {
                Some(asked) => {
                    let is_open = move || unfolded.get() == Some(asked);
                    view! {
                        <button
                            class="funnel__who"
                            type="button"
                            aria-expanded=move || is_open().to_string()
                            on:click=move |_| on_ask.run(asked)
                        >
                            {step.stopped}
                        </button>
                    }
                    .into_any()
                }
                None => step.stopped.into_any(),
            };
            view! {
                <li
                    class="funnel__step"
                    class=("funnel__step--last", at == last)
                    style=("--share", format!("{share:.1}%"))
                >
                    <span class="funnel__name">{step.name}</span>
                    <span class="funnel__why">{stopped}</span>
                    <span class="funnel__count">{step.count}</span>
                    <span class="funnel__bar" aria-hidden="true"></span>
                </li>
            }
            .into_any()
        };
        steps.into_iter().enumerate().map(step).collect::<Vec<_>>()
    };
    view! { <ol class="funnel__list">{list}</ol> }.into_any()
}
