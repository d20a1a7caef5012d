//! A histogram with handles: dragged, brushed over, or moved by keys.

use leptos::prelude::*;

use super::Phase;
use super::brush::Brush;
use super::histogram::Histogram;
use super::percent;
use super::range_handle::RangeHandle;
use crate::web::dial::{Scale, Tick};

/// One of the two handles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handle {
    /// The lower bound's.
    Lower,
    /// The upper bound's.
    Upper,
}

/// What a hand wants of a dial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// A handle at a bar's edge.
    To(Handle, usize),
    /// A range between two edges.
    Brush(usize, usize),
    /// Everything where it is: the hand lets go.
    Stay,
}

/// What a dial shows.
#[derive(Clone, Copy)]
pub struct DialValues {
    /// Its positions; `None` while there are no numbers yet.
    pub scale: Signal<Option<Scale>>,
    /// Customers in each bar, "and more" the last.
    pub counts: Signal<Vec<u32>>,
    /// Where the lower handle stands; `None` where there is none.
    pub lower: Signal<Option<f64>>,
    /// Where the upper handle stands; `None` where there is none.
    pub upper: Signal<Option<f64>>,
    /// The range.
    pub shade: Signal<(f64, f64)>,
    /// Numbers below it.
    pub ticks: Signal<Vec<(Tick, String)>>,
    /// The histogram in words.
    pub text: Signal<String>,
    /// What stands in the place of bars when there are none.
    pub nobody: &'static str,
}

/// How a dial's handles are called and what they read.
#[derive(Clone)]
pub struct DialLabels {
    /// Tells this dial from the others of the page.
    pub name: &'static str,
    /// The lower handle's name.
    pub lower: String,
    /// The upper handle's name.
    pub upper: String,
    /// What the lower handle stands for.
    pub lower_value: Signal<String>,
    /// What the upper handle stands for.
    pub upper_value: Signal<String>,
}

/// A histogram with one or two handles.
#[component]
pub fn RangeDial(
    /// What it shows.
    values: DialValues,
    /// What things are called.
    labels: DialLabels,
    /// A handle or the range is to be somewhere else.
    on_turn: Callback<(Turn, Phase)>,
    /// Somebody wants to type a bound.
    on_enter: Callback<Handle>,
) -> impl IntoView {
    let DialLabels { name, lower, upper, lower_value, upper_value } = labels;
    let brush = Brush::new(values, on_turn);
    let lines = Signal::derive(move || {
        let all = [values.lower.get(), values.upper.get()];
        let end = values.scale.with(|scale| scale.as_ref().map_or(0.0, Scale::end));
        all.into_iter().flatten().filter(|at| *at > 0.0 && *at < end).collect::<Vec<_>>()
    });
    let empty = Memo::new(move |_| {
        values.scale.with(Option::is_some)
            && values.counts.with(|counts| counts.iter().all(|count| *count == 0))
    });
    let handle = move |which: Handle, at: Signal<Option<f64>>, label: String, text| {
        let there = Memo::new(move |_| at.get().is_some());
        move || {
            there.get().then(|| {
                let position = Signal::derive(move || at.get().unwrap_or_default());
                let label = label.clone();
                view! { <RangeHandle which values position label text on_turn on_enter/> }
            })
        }
    };
    view! {
        <div
            class="range-dial"
            class=("range-dial--waiting", move || values.scale.with(Option::is_none))
        >
            <div
                class="range-dial__plot"
                on:pointerdown=move |press| brush.press(&press)
                on:pointermove=move |press| brush.drag(&press)
                on:pointerup=move |press| brush.release(&press)
                on:pointercancel=move |press| brush.release(&press)
            >
                <Histogram
                    counts=values.counts
                    shade=values.shade
                    lines
                    text=values.text
                    name
                />
                {move || {
                    empty.get().then(|| view! { <p class="range-dial__nobody">{values.nobody}</p> })
                }}
            </div>
            <div class="range">
                {handle(Handle::Lower, values.lower, lower, lower_value)}
                {handle(Handle::Upper, values.upper, upper, upper_value)}
            </div>
            <Ticks ticks=values.ticks/>
        </div>
    }
    .into_any()
}

#[component]
fn Ticks(ticks: Signal<Vec<(Tick, String)>>) -> impl IntoView {
    let shown = Memo::new(move |_| ticks.get());
    view! {
        <div class="ticks" aria-hidden="true">
            {move || {
                let ticks = shown.get();
                let marks = ticks.into_iter().map(|(tick, text)| {
                    view! {
                        <span class="ticks__tick" style:left=percent(tick.at)>
                            {text}
                        </span>
                    }
                });
                marks.collect::<Vec<_>>()
            }}
        </div>
    }
    .into_any()
}
