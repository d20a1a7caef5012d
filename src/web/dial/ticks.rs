//! Round numbers under a dial.

use super::{Scale, Values};

/// A number under a dial.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// From 0 at the left to 1 at the right.
    pub at: f64,
    /// What it reads.
    pub value: f64,
    /// Whether it stands for that and more.
    pub is_top: bool,
}

/// At most six round numbers, ascending, the last edge among them; none so near to another that
/// their texts would touch.
pub fn ticks(scale: &Scale) -> Vec<Tick> {
    let (first, top) = (scale.edges()[0], scale.top());
    let width = (top - first) / scale.bins() as f64;
    let step =
        round_step((top - first) / 4.0, if scale.values() == Values::Whole { 1.0 } else { 0.0 });
    // A bar of one number has it at its middle.
    let middle = if scale.values() == Values::Whole && width <= 1.0 { 0.5 } else { 0.0 };
    let mut ticks = Vec::new();
    let mut value = first;
    while value < top {
        let at = ((value - first) / width + middle) / scale.end();
        if at <= 0.82 {
            ticks.push(Tick { at, value, is_top: false });
        }
        value = ((value / step + 1e-9).floor() + 1.0) * step;
    }
    // A first edge that is not round may stand too close to the first that is.
    if ticks.len() > 1 && ticks[1].at - ticks[0].at < 0.12 {
        ticks.remove(1);
    }
    ticks.push(Tick { at: 1.0, value: top, is_top: true });
    ticks
}

/// A letter of a tick's text, of the width of the narrowest dial.
const LETTER: f64 = 0.028;
/// What stays free between two texts.
const GAP: f64 = 0.02;

/// Ticks with their texts, without those whose text would touch the one before or the last. The
/// first stands to the right of its place, the last to the left, the others over theirs.
pub fn clear_of_each_other(mut ticks: Vec<(Tick, String)>) -> Vec<(Tick, String)> {
    let width = |text: &str| text.chars().count() as f64 * LETTER;
    let Some((top, last)) = ticks.pop() else { return ticks };
    let end = top.at - width(&last) - GAP;
    let mut free = f64::NEG_INFINITY;
    let mut is_first = true;
    ticks.retain(|(tick, text)| {
        let before = if is_first { 0.0 } else { width(text) / 2.0 };
        is_first = false;
        let (left, right) = (tick.at - before, tick.at - before + width(text));
        let stays = left >= free && right <= end;
        if stays {
            free = right + GAP;
        }
        stays
    });
    ticks.push((top, last));
    ticks
}

/// The smallest of 1, 2, 5 times a power of ten that is no smaller than `least` and `floor`.
fn round_step(least: f64, floor: f64) -> f64 {
    let least = least.max(floor).max(1e-6);
    let power = 10_f64.powf(least.log10().floor());
    let found = [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power);
    found.into_iter().find(|step| *step >= least * (1.0 - 1e-9)).unwrap_or(power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(edges: impl IntoIterator<Item = f64>, values: Values) -> Vec<f64> {
        let scale = Scale::new(edges.into_iter().collect(), values).unwrap();
        ticks(&scale).into_iter().map(|tick| tick.value).collect()
    }

    #[test]
    fn ticks_are_round_and_end_with_the_last_edge() {
        let edges = (0..=40).map(|edge| f64::from(edge) * 2.0);
        assert_eq!(values(edges, Values::Real), [0.0, 20.0, 40.0, 60.0, 80.0]);
        let edges = (1..=20).map(f64::from);
        assert_eq!(values(edges, Values::Whole), [1.0, 5.0, 10.0, 15.0, 20.0]);
    }

    #[test]
    fn a_text_that_would_touch_another_is_left_out_and_the_last_stays() {
        let kept = |texts: &[(f64, &str)]| {
            let tick = |at: f64| Tick { at, value: at, is_top: at >= 1.0 };
            let all = texts.iter().map(|(at, text)| (tick(*at), (*text).to_owned())).collect();
            let kept = clear_of_each_other(all).into_iter().map(|(_, text)| text);
            kept.collect::<Vec<String>>()
        };
        let money =
            [(0.0, "SEK 0"), (0.27, "1,000"), (0.54, "2,000"), (0.81, "3,000"), (1.0, "3,600+")];
        assert_eq!(kept(&money), ["SEK 0", "1,000", "2,000", "3,600+"]);
        let days = [(0.0, "0 days"), (0.27, "200"), (0.54, "400"), (0.79, "600"), (1.0, "740+")];
        assert_eq!(kept(&days), ["0 days", "200", "400", "600", "740+"]);
        let dagar = [(0.0, "0 dagar"), (0.27, "200"), (0.54, "400"), (1.0, "740+")];
        assert_eq!(kept(&dagar), ["0 dagar", "200", "400", "740+"]);
        let close = [(0.0, "100,000 kr"), (0.3, "150,000"), (0.5, "200,000"), (1.0, "900,000+")];
        assert_eq!(kept(&close), ["100,000 kr", "200,000", "900,000+"]);
        assert_eq!(kept(&[(1.0, "5+")]), ["5+"]);
        assert_eq!(kept(&[]), Vec::<String>::new());
    }

    #[test]
    fn there_are_few_and_they_keep_their_distance() {
        for (first, width, bins) in
            [(0, 1, 1), (1, 1, 2), (0, 1, 9), (1, 1, 40), (3, 7, 40), (0, 50, 36), (100, 20, 23)]
        {
            let edges = (0..=bins).map(|at| f64::from(first + at * width)).collect();
            let scale = Scale::new(edges, Values::Whole).unwrap();
            let ticks = ticks(&scale);
            assert!(ticks.len() <= 7, "{ticks:?}");
            for pair in ticks.windows(2) {
                assert!(pair[1].at - pair[0].at >= 0.08, "{first} {width} {bins}: {ticks:?}");
            }
        }
    }
}
