//! A hand on the bars: it draws a range, or puts the nearest handle where it presses.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

use super::Phase;
use super::range_dial::{DialValues, Handle, Turn};
use crate::web::dial::Scale;

/// Pixels a hand may tremble before a press becomes a brush.
const TREMBLE: f64 = 4.0;

/// A hand that draws a range over the bars.
#[derive(Clone, Copy)]
pub struct Brush {
    values: DialValues,
    on_turn: Callback<(Turn, Phase)>,
    /// Pixels and position where it began, and whether it has moved.
    began: StoredValue<Option<(f64, f64, bool)>>,
}

impl Brush {
    pub fn new(values: DialValues, on_turn: Callback<(Turn, Phase)>) -> Brush {
        Brush { values, on_turn, began: StoredValue::new(None) }
    }

    /// Where the pointer is, in bars from the left.
    fn position(&self, press: &PointerEvent) -> Option<f64> {
        let plot = press.current_target().map(JsCast::unchecked_into)?;
        let frame = Element::get_bounding_client_rect(&plot);
        let end = self.values.scale.with_untracked(|scale| scale.as_ref().map(Scale::end))?;
        let share = (f64::from(press.client_x()) - frame.left()) / frame.width().max(1.0);
        Some((share * end).max(0.0).min(end))
    }

    /// A hand comes down.
    pub fn press(&self, press: &PointerEvent) {
        if press.button() != 0 {
            return;
        }
        let Some(position) = self.position(press) else { return };
        if let Some(target) = press.current_target() {
            let plot: Element = target.unchecked_into();
            // Without capture the brush ends at the plot's edge, nothing worse.
            plot.set_pointer_capture(press.pointer_id()).ok();
        }
        self.began.set_value(Some((f64::from(press.client_x()), position, false)));
    }

    /// It moves.
    pub fn drag(&self, press: &PointerEvent) {
        let Some((x, start, moved)) = self.began.get_value() else { return };
        if !moved && (f64::from(press.client_x()) - x).abs() < TREMBLE {
            return;
        }
        self.began.set_value(Some((x, start, true)));
        let Some(position) = self.position(press) else { return };
        self.turn(self.range(start, position), Phase::Moving);
    }

    /// It lets go.
    pub fn release(&self, press: &PointerEvent) {
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
