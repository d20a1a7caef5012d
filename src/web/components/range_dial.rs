//! A histogram with handles: dragged, brushed over, or moved by keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlInputElement};

use super::Phase;
use super::histogram::Histogram;
use crate::web::dial::{Scale, Step, Tick};

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

/// Pixels a hand may tremble before a press becomes a brush.
const TREMBLE: f64 = 4.0;

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

/// A hand that draws a range over the bars.
#[derive(Clone, Copy)]
struct Brush {
    values: DialValues,
    on_turn: Callback<(Turn, Phase)>,
    /// Pixels and position where it began, and whether it has moved.
    began: StoredValue<Option<(f64, f64, bool)>>,
}

impl Brush {
    fn new(values: DialValues, on_turn: Callback<(Turn, Phase)>) -> Brush {
        Brush { values, on_turn, began: StoredValue::new(None) }
    }

    /// Where the pointer is, in bars from the left.
    fn position(&self, press: &PointerEvent) -> Option<f64> {
        let plot = press.current_target().map(leptos::wasm_bindgen::JsCast::unchecked_into)?;
        let frame = Element::get_bounding_client_rect(&plot);
        let end = self.values.scale.with_untracked(|scale| scale.as_ref().map(Scale::end))?;
        let share = (f64::from(press.client_x()) - frame.left()) / frame.width().max(1.0);
        Some((share * end).clamp(0.0, end))
    }

    fn press(&self, press: &PointerEvent) {
        if press.button() != 0 {
            return;
        }
        let Some(position) = self.position(press) else { return };
        if let Some(target) = press.current_target() {
            let plot: Element = leptos::wasm_bindgen::JsCast::unchecked_into(target);
            // Without capture the brush ends at the plot's edge, nothing worse.
            plot.set_pointer_capture(press.pointer_id()).ok();
        }
        self.began.set_value(Some((f64::from(press.client_x()), position, false)));
    }

    fn drag(&self, press: &PointerEvent) {
        let Some((x, start, moved)) = self.began.get_value() else { return };
        if !moved && (f64::from(press.client_x()) - x).abs() < TREMBLE {
            return;
        }
        self.began.set_value(Some((x, start, true)));
        let Some(position) = self.position(press) else { return };
        self.turn(self.range(start, position), Phase::Moving);
    }

    fn release(&self, press: &PointerEvent) {
        let Some((_, start, moved)) = self.began.get_value() else { return };
        self.began.set_value(None);
        let Some(position) = self.position(press) else { return };
        let turn = if moved { self.range(start, position) } else { self.nearest(position) };
        self.turn(turn, Phase::Settled);
    }

    fn turn(&self, turn: Option<Turn>, phase: Phase) {
        if let Some(turn) = turn {
            self.on_turn.run((turn, phase));
        }
    }

    /// The bars between two positions, at least one.
    fn range(&self, from: f64, to: f64) -> Option<Turn> {
        let scale = self.values.scale.get_untracked()?;
        if self.values.lower.get_untracked().is_none()
            || self.values.upper.get_untracked().is_none()
        {
            return self.nearest(to);
        }
        let (low, high) = (from.min(to), from.max(to));
        let low = scale.below(scale.snap(low), scale.end());
        Some(Turn::Brush(low, scale.above(scale.snap(high), low as f64)))
    }

    /// The handle nearest to a position, put there.
    fn nearest(&self, position: f64) -> Option<Turn> {
        let scale = self.values.scale.get_untracked()?;
        let at = scale.snap(position);
        let (lower, upper) = (self.values.lower.get_untracked(), self.values.upper.get_untracked());
        Some(match (lower, upper) {
            (Some(lower), Some(upper)) if (position - lower).abs() <= (upper - position).abs() => {
                Turn::To(Handle::Lower, scale.below(at, upper))
            }
            (Some(lower), Some(_)) => Turn::To(Handle::Upper, scale.above(at, lower)),
            (Some(_), None) => Turn::To(Handle::Lower, at),
            (None, _) => Turn::To(Handle::Upper, at),
        })
    }
}

/// One handle: a real range input, one step a bar.
#[component]
fn RangeHandle(
    which: Handle,
    values: DialValues,
    position: Signal<f64>,
    label: String,
    text: Signal<String>,
    on_turn: Callback<(Turn, Phase)>,
    on_enter: Callback<Handle>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    // While a hand holds the handle it stays in the hand; let go, it stands at its bar's edge.
    let held = RwSignal::new(None::<f64>);
    let by_hand = StoredValue::new(false);
    let by_key = StoredValue::new(false);
    let end = Memo::new(move |_| values.scale.with(|scale| scale.as_ref().map_or(1.0, Scale::end)));
    let turn_to = move |at: usize, phase: Phase| {
        let Some(scale) = values.scale.get_untracked() else { return };
        let at = match which {
            Handle::Lower => {
                let upper = values.upper.get_untracked().unwrap_or_else(|| scale.end() + 1.0);
                scale.below(at, upper)
            }
            Handle::Upper => match values.lower.get_untracked() {
                Some(lower) => scale.above(at, lower),
                None => at,
            },
        };
        on_turn.run((Turn::To(which, at), phase));
    };
    let on_input = move |event: leptos::ev::Event| {
        let wanted = event_target::<HtmlInputElement>(&event).value_as_number();
        let Some(scale) = values.scale.get_untracked() else { return };
        if by_hand.get_value() {
            held.set(Some(wanted));
            turn_to(scale.snap(wanted), Phase::Moving);
        } else {
            // Assistive technology asks for a little more or less: that is one bar.
            let before = position.get_untracked();
            let near = scale.snap(wanted);
            let bars = if wanted < before { -1 } else { 1 };
            let same = (near as f64 - before).abs() < 0.5;
            let at = if same { scale.step(before, Step::Bars(bars)) } else { near };
            turn_to(at, Phase::Settled);
        }
    };
    let let_go = move || {
        by_hand.set_value(false);
        if held.get_untracked().is_some() {
            held.set(None);
            on_turn.run((Turn::Stay, Phase::Settled));
        }
    };
    let on_key = move |key: KeyboardEvent| {
        if key.key() == "Enter" {
            key.prevent_default();
            on_enter.run(which);
        } else if let Some(step) = step_of(&key) {
            key.prevent_default();
            let to = values.scale.with_untracked(|scale| {
                scale.as_ref().map(|scale| scale.step(position.get_untracked(), step))
            });
            if let Some(to) = to {
                by_key.set_value(true);
                turn_to(to, Phase::Moving);
            }
        }
    };
    let keys_up = move || {
        if by_key.get_value() {
            by_key.set_value(false);
            on_turn.run((Turn::Stay, Phase::Settled));
        }
    };
    let on_top = Memo::new(move |_| position.get() * 2.0 > end.get());
    view! {
        <input
            node_ref=input
            class="range__handle"
            class=("range__handle--first", move || on_top.get() == (which == Handle::Lower))
            type="range"
            min="0"
            max=move || end.get().to_string()
            step="0.01"
            prop:value=move || {
                // The value depends on the largest one allowed: that has to be there first.
                end.track();
                held.get().unwrap_or_else(|| position.get()).to_string()
            }
            aria-label=label
            aria-valuetext=text
            disabled=move || values.scale.with(Option::is_none)
            on:pointerdown=move |_| by_hand.set_value(true)
            on:input=on_input
            on:change=move |_| let_go()
            on:pointerup=move |_| by_hand.set_value(false)
            on:pointercancel=move |_| let_go()
            on:keydown=on_key
            on:keyup=move |_| keys_up()
            on:blur=move |_| { let_go(); keys_up(); }
        />
    }
    .into_any()
}

fn step_of(key: &KeyboardEvent) -> Option<Step> {
    if key.ctrl_key() || key.meta_key() || key.alt_key() {
        return None;
    }
    let bars = if key.shift_key() { 10 } else { 1 };
    match key.key().as_str() {
        "ArrowLeft" | "ArrowDown" => Some(Step::Bars(-bars)),
        "ArrowRight" | "ArrowUp" => Some(Step::Bars(bars)),
        "PageDown" => Some(Step::Bars(-10)),
        "PageUp" => Some(Step::Bars(10)),
        "Home" => Some(Step::Start),
        "End" => Some(Step::End),
        _ => None,
    }
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
                        <span class="ticks__tick" style:left=format!("{:.3}%", tick.at * 100.0)>
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
