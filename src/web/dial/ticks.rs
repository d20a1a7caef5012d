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
