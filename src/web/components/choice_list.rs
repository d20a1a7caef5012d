//! The inside of a box with choices: a row each with its customers and a bar.

use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;

use super::percent;
use crate::view::{Filter, FilterKind, Genders, SalesTypes, Subscription};
use crate::web::words::use_words;

/// A row: what it is called, what it asks, whose customers it counts.
struct Row {
    label: String,
    /// The setting that it stands for; `None` is no condition.
    asks: Option<Filter>,
    /// Positions in the choices' counts.
    counted: &'static [usize],
}

/// Choices with the customers that the other filters leave for each.
#[component]
pub fn ChoiceList(
    /// Gender, sales type or subscription.
    kind: FilterKind,
    /// The setting.
    filter: Signal<Option<Filter>>,
    /// Customers by choice, in the contract's order; `None` while there are no numbers yet.
    counts: Signal<Option<Vec<u32>>>,
    /// Another setting is wanted.
    on_filter: Callback<Option<Filter>>,
) -> impl IntoView {
    let words = use_words();
    let label = (words.messages.boxes.choices)(words.title(kind));
    let rows = move || match kind {
        FilterKind::SalesType => view! { <SalesTypeRows filter counts on_filter/> }.into_any(),
        _ => view! { <RadioRows kind filter counts on_filter/> }.into_any(),
    };
    view! {
        <div
            class="choices"
            role=if kind == FilterKind::SalesType { "group" } else { "radiogroup" }
            aria-label=label
        >
            {rows()}
        </div>
    }
    .into_any()
}

/// Exactly one of the offers.
#[component]
fn RadioRows(
    kind: FilterKind,
    filter: Signal<Option<Filter>>,
    counts: Signal<Option<Vec<u32>>>,
    on_filter: Callback<Option<Filter>>,
) -> impl IntoView {
    let words = use_words();
    let boxes = &words.messages.boxes;
    let gender = |women, men, unknown| Some(Filter::Gender(Genders { women, men, unknown }));
    let row = |label: &str, asks, counted| Row { label: label.to_owned(), asks, counted };
    let offers = move || match kind {
        FilterKind::Gender => vec![
            row(boxes.women, gender(true, false, false), &[0]),
            row(boxes.women_and_men, gender(true, true, false), &[0, 1]),
            row(boxes.men, gender(false, true, false), &[1]),
            row(boxes.all, None, &[0, 1, 2]),
        ],
        _ => vec![
            row((boxes.choice)("regular"), Some(Filter::Subscription(Subscription::Regular)), &[0]),
            row(
                (boxes.choice)("subscriber"),
                Some(Filter::Subscription(Subscription::Subscriber)),
                &[1],
            ),
            row(boxes.all, None, &[0, 1]),
        ],
    };
    // A view may ask for what is not offered; then that stands in a row of its own.
    let other = Memo::new(move |_| {
        let asked = filter.get();
        let is_offered = offers().iter().any(|row| row.asks == asked);
        match asked {
            Some(Filter::Gender(genders)) if !is_offered => Some(genders),
            _ => None,
        }
    });
    move || {
        let mut rows = offers();
        if let Some(genders) = other.get() {
            let asked = [(genders.women, "f"), (genders.men, "m"), (genders.unknown, "u")];
            let named = asked.iter().filter(|(asks, _)| *asks).map(|(_, id)| (boxes.choice)(id));
            let counted: &'static [usize] = match (genders.women, genders.men) {
                (true, true) => &[0, 1, 2],
                (true, false) => &[0, 2],
                (false, true) => &[1, 2],
                (false, false) => &[2],
            };
            let label = named.collect::<Vec<_>>().join(" + ");
            rows.push(Row { label, asks: Some(Filter::Gender(genders)), counted });
        }
        let drawn = rows.into_iter().map(|Row { label, asks, counted }| {
            view! {
                <label class="choices__row">
                    <input
                        class="check"
                        type="radio"
                        name=kind.name()
                        prop:checked=move || filter.get() == asks
                        on:change=move |_| on_filter.run(asks)
                    />
                    <span class="choices__label">{label}</span>
                    <Count counts counted/>
                </label>
            }
        });
        drawn.collect::<Vec<_>>()
    }
}

/// Any combination, but never none.
#[component]
fn SalesTypeRows(
    filter: Signal<Option<Filter>>,
    counts: Signal<Option<Vec<u32>>>,
    on_filter: Callback<Option<Filter>>,
) -> impl IntoView {
    const ALL: SalesTypes = SalesTypes { online: true, box_office: true, both: true };
    const NONE: SalesTypes = SalesTypes { online: false, box_office: false, both: false };
    let boxes = &use_words().messages.boxes;
    let accepted = Memo::new(move |_| match filter.get() {
        Some(Filter::SalesType(types)) => types,
        _ => ALL,
    });
    let row = move |id: &'static str,
                    counted: &'static [usize],
                    pick: fn(&mut SalesTypes) -> &mut bool| {
        let ticked = move || *pick(&mut accepted.get());
        let is_last = move || {
            let SalesTypes { online, box_office, both } = accepted.get();
            ticked() && [online, box_office, both].iter().filter(|one| **one).count() == 1
        };
        view! {
            <label class="choices__row" title=move || is_last().then_some(boxes.last_choice)>
                <input
                    class="check"
                    type="checkbox"
                    prop:checked=ticked
                    disabled=is_last
                    on:change=move |event| {
                        let mut wanted = accepted.get_untracked();
                        *pick(&mut wanted) = event_target_checked(&event);
                        // Two changes may come before the last box is disabled.
                        if wanted == NONE {
                            event_target::<HtmlInputElement>(&event).set_checked(true);
                        } else {
                            on_filter.run((wanted != ALL).then_some(Filter::SalesType(wanted)));
                        }
                    }
                />
                <span class="choices__label">{(boxes.choice)(id)}</span>
                <Count counts counted/>
            </label>
        }
    };
    view! {
        {row("online", &[0], |types| &mut types.online)}
        {row("both", &[2], |types| &mut types.both)}
        {row("box_office", &[1], |types| &mut types.box_office)}
    }
    .into_any()
}

/// The customers of a row, as a number and as a bar.
#[component]
fn Count(counts: Signal<Option<Vec<u32>>>, counted: &'static [usize]) -> impl IntoView {
    let words = use_words();
    let sum = Memo::new(move |_| {
        counts.with(|counts| {
            let counts = counts.as_ref()?;
            Some(counted.iter().filter_map(|at| counts.get(*at)).sum::<u32>())
        })
    });
    let share = move || {
        let all: u32 = counts.with(|counts| counts.iter().flatten().sum());
        percent(f64::from(sum.get().unwrap_or(0)) / f64::from(all.max(1)))
    };
    view! {
        <span class="choices__count">
            {move || sum.get().map_or_else(|| "–".into(), |sum| words.formats.count(sum))}
        </span>
        <span class="choices__bar" style=("--share", share)></span>
    }
    .into_any()
}
