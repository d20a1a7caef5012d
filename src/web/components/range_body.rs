//! The inside of a box with a range: dial and two fields, and for purchases two days.

use leptos::html::Input;
use leptos::prelude::*;

use super::Phase;
use super::date_field::DateField;
use super::number_field::{Allowed, NumberField};
use super::range_dial::{DialLabels, DialValues, Handle, RangeDial, Turn};
use crate::engine::Histogram;
use crate::model::Day;
use crate::view::{Days, FilterKind};
use crate::web::dial::{self, Bounds, MOST, MOST_WHOLE, Scale, Tick, Values};
use crate::web::words::{HistogramText, Words, use_words};

/// A dial with its two fields.
#[component]
pub fn RangeBody(
    /// Which filter.
    kind: FilterKind,
    /// Its bounds.
    bounds: Signal<Bounds>,
    /// The days between which purchases are counted.
    days: Signal<Days>,
    /// Everyone the other filters leave; `None` while there are no numbers yet.
    histogram: Signal<Option<Histogram>>,
    /// Other bounds are wanted.
    on_bounds: Callback<(Bounds, Phase)>,
    /// Other days are wanted.
    on_days: Callback<Days>,
) -> impl IntoView {
    let words = use_words();
    let boxes = &words.messages.boxes;
    let is_whole = dial::is_whole(kind);
    let steps = if is_whole { Values::Whole } else { Values::Real };
    let scale = scale_of(histogram, steps);
    let lower =
        Signal::derive(move || scale.with(|scale| Some(scale.as_ref()?.of_min(bounds.get().min))));
    let upper =
        Signal::derive(move || scale.with(|scale| Some(scale.as_ref()?.of_max(bounds.get().max))));
    let shade =
        Signal::derive(move || (lower.get().unwrap_or_default(), upper.get().unwrap_or_default()));
    let title = words.title(kind);
    let values = DialValues {
        scale,
        counts: counts_of(histogram),
        lower: Signal::derive(move || Some(lower.get().unwrap_or_default())),
        upper: Signal::derive(move || Some(upper.get().unwrap_or(1.0))),
        shade,
        ticks: ticks_of(scale, kind, words),
        text: text_of(histogram, kind, words),
        nobody: boxes.nobody_left,
    };
    let reading = move |bound: Option<f64>| {
        bound.map_or_else(|| boxes.any.to_owned(), |bound| with_unit(kind, bound, words))
    };
    let labels = DialLabels {
        name: kind.name(),
        lower: (boxes.from)(title),
        upper: (boxes.to)(title),
        lower_value: Signal::derive(move || reading(bounds.get().min)),
        upper_value: Signal::derive(move || reading(bounds.get().max)),
    };
    let on_turn = Callback::new(move |(turn, phase)| {
        let Some(scale) = scale.get_untracked() else { return };
        let now = bounds.get_untracked();
        let wanted = match turn {
            Turn::To(Handle::Lower, at) => Bounds { min: scale.min_at(at), ..now },
            Turn::To(Handle::Upper, at) => Bounds { max: scale.max_at(at), ..now },
            Turn::Stay => now,
            Turn::Brush(low, high) => Bounds { min: scale.min_at(low), max: scale.max_at(high) },
        };
        on_bounds.run((wanted, phase));
    });
    let (from, to) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let on_enter = Callback::new(move |handle| {
        let field = if handle == Handle::Lower { from } else { to };
        focus(field);
    });
    let allowed = Allowed { is_whole, most: if is_whole { MOST_WHOLE } else { MOST } };
    let refuse = move |change: fn(Bounds, Option<f64>) -> Bounds| {
        Callback::new(move |bound| {
            let upside_down = change(bounds.get_untracked(), Some(bound)).are_upside_down();
            upside_down.then_some(boxes.upside_down)
        })
    };
    let set = move |change: fn(Bounds, Option<f64>) -> Bounds| {
        Callback::new(move |(bound, phase)| {
            on_bounds.run((change(bounds.get_untracked(), bound), phase));
        })
    };
    let with_min: fn(Bounds, Option<f64>) -> Bounds = |bounds, min| Bounds { min, ..bounds };
    let with_max: fn(Bounds, Option<f64>) -> Bounds = |bounds, max| Bounds { max, ..bounds };
    let unit = (boxes.unit)(kind).map_or_else(|| words.formats.currency(), str::to_owned);
    view! {
        <div class="filter-box__dial">
            {(kind == FilterKind::Purchases).then(|| view! { <Period days on_days/> })}
            <RangeDial values labels on_turn on_enter/>
        </div>
        <div class="filter-box__fields">
            <NumberField
                value=Signal::derive(move || bounds.get().min)
                allowed
                label=boxes.field_from
                name=format!("{}-from", kind.name())
                refuse=refuse(with_min)
                on_bound=set(with_min)
                field=from
            />
            <span aria-hidden="true">"–"</span>
            <NumberField
                value=Signal::derive(move || bounds.get().max)
                allowed
                label=boxes.field_to
                name=format!("{}-to", kind.name())
                refuse=refuse(with_max)
                on_bound=set(with_max)
                field=to
            />
            <span class="filter-box__unit">{unit}</span>
        </div>
    }
    .into_any()
}

/// Puts the keyboard into a field, with its text marked.
pub fn focus(field: NodeRef<Input>) {
    if let Some(input) = field.get_untracked() {
        // A field that cannot take the keyboard leaves it where it was.
        input.focus().ok();
        input.select();
    }
}

/// The positions of a histogram.
pub fn scale_of(histogram: Signal<Option<Histogram>>, steps: Values) -> Signal<Option<Scale>> {
    Memo::new(move |_| {
        histogram.with(|histogram| Scale::new(histogram.as_ref()?.edges.clone(), steps))
    })
    .into()
}

/// The bars of a histogram, "and more" the last.
pub fn counts_of(histogram: Signal<Option<Histogram>>) -> Signal<Vec<u32>> {
    Memo::new(move |_| {
        histogram.with(|histogram| {
            let Some(histogram) = histogram else { return Vec::new() };
            let mut counts = histogram.bins.clone();
            if let Some(first) = counts.first_mut() {
                *first += histogram.below;
            }
            counts.push(histogram.above);
            counts
        })
    })
    .into()
}

/// Ticks with their texts: the first with the unit where there is one that needs saying.
pub fn ticks_of(
    scale: Signal<Option<Scale>>,
    kind: FilterKind,
    words: Words,
) -> Signal<Vec<(Tick, String)>> {
    Memo::new(move |_| {
        let ticks = scale.with(|scale| scale.as_ref().map(dial::ticks).unwrap_or_default());
        let says_unit = matches!(
            kind,
            FilterKind::DistanceKm
                | FilterKind::Revenue
                | FilterKind::LastPurchase
                | FilterKind::Impulsive
        );
        let labelled = ticks.into_iter().enumerate().map(|(at, tick)| {
            let number = plain(tick.value, words);
            let text = match tick.is_top {
                true => format!("{number}+"),
                false if at == 0 && says_unit => with_unit(kind, tick.value, words),
                false => number,
            };
            (tick, text)
        });
        dial::clear_of_each_other(labelled.collect())
    })
    .into()
}

fn plain(number: f64, words: Words) -> String {
    use crate::view::sentence::Locale;
    words.formats.number(number)
}

/// A number with the filter's unit.
pub fn with_unit(kind: FilterKind, number: f64, words: Words) -> String {
    match (words.messages.boxes.unit)(kind) {
        Some(unit) => format!("{}\u{A0}{unit}", plain(number, words)),
        None => words.formats.amount(number),
    }
}

/// A histogram in words.
pub fn text_of(
    histogram: Signal<Option<Histogram>>,
    kind: FilterKind,
    words: Words,
) -> Signal<String> {
    Memo::new(move |_| {
        let boxes = &words.messages.boxes;
        let title = words.title(kind);
        histogram.with(|histogram| {
            let Some(histogram) = histogram else { return title.to_owned() };
            let known = histogram.bins.iter().sum::<u32>() + histogram.below + histogram.above;
            if known == 0 {
                return format!("{title}: {}", boxes.nobody_left);
            }
            let most = histogram.bins.iter().copied().max().unwrap_or(0);
            let at = histogram.bins.iter().position(|count| *count == most).unwrap_or(0);
            let edge = |at: usize| plain(histogram.edges[at], words);
            let top = histogram.edges.len() - 1;
            (boxes.histogram)(&HistogramText {
                title: title.to_owned(),
                customers: words.customers(known),
                from: edge(0),
                to: with_unit(kind, histogram.edges[top], words),
                most: words.formats.count(most),
                most_from: edge(at),
                most_to: with_unit(kind, histogram.edges[at + 1], words),
                above: words.formats.count(histogram.above),
            })
        })
    })
    .into()
}

/// The two days of purchases.
#[component]
fn Period(days: Signal<Days>, on_days: Callback<Days>) -> impl IntoView {
    let words = use_words();
    let boxes = &words.messages.boxes;
    let refuse_from = Callback::new(move |from: Day| {
        days.get_untracked().to.is_some_and(|to| from > to).then_some(boxes.upside_down)
    });
    let refuse_to = Callback::new(move |to: Day| {
        days.get_untracked().from.is_some_and(|from| from > to).then_some(boxes.upside_down)
    });
    view! {
        <div class="filter-box__period">
            <DateField
                value=Signal::derive(move || days.get().from)
                label=boxes.first_day
                empty=Some(boxes.any_day)
                name="purchases-first"
                refuse=refuse_from
                on_day=Callback::new(move |from| on_days.run(Days { from, ..days.get_untracked() }))
            />
            <span aria-hidden="true">"–"</span>
            <DateField
                value=Signal::derive(move || days.get().to)
                label=boxes.last_day
                empty=Some(boxes.any_day)
                name="purchases-last"
                refuse=refuse_to
                on_day=Callback::new(move |to| on_days.run(Days { to, ..days.get_untracked() }))
            />
        </div>
    }
    .into_any()
}
