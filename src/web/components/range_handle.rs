//! A handle of a dial.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;

use super::Phase;
use super::range_dial::{DialValues, Handle, Turn};
use crate::web::dial::{Scale, Step};
use crate::web::words::decimal;

/// One handle: a real range input, one step a bar.
#[component]
pub fn RangeHandle(
    /// Of which bound.
    which: Handle,
    /// The dial's values.
    values: DialValues,
    /// Where it stands, in bars from the left.
    position: Signal<f64>,
    /// Its name.
    label: String,
    /// What it stands for.
    text: Signal<String>,
    /// It is to be somewhere else.
    on_turn: Callback<(Turn, Phase)>,
    /// Somebody wants to type its bound.
    on_enter: Callback<Handle>,
) -> impl IntoView {
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
            class="range__handle"
            class=("range__handle--first", move || on_top.get() == (which == Handle::Lower))
            type="range"
            min="0"
            max=move || decimal(end.get())
            step="0.01"
            prop:value=move || {
                // The value depends on the largest one allowed: that has to be there first.
                end.track();
                decimal(held.get().unwrap_or_else(|| position.get()))
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
