//! Between bounds and positions: a position counts bars from the left, from 0 to the bars of the
//! histogram and one more, "and more", for everything above the last edge.

/// What kind of numbers a dial turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Whole numbers: a bar from 2 to 4 holds 2 and 3.
    Whole,
    /// Any number: bounds lie on the edges.
    Real,
}

/// A key pressed on a handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// That many bars, to the right or, below zero, to the left.
    Bars(i32),
    /// As far left as it goes.
    Start,
    /// As far right as it goes.
    End,
}

/// The positions of a dial.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    edges: Vec<f64>,
    values: Values,
}

impl Scale {
    /// A dial over a histogram's edges, ascending; `None` for fewer than two.
    pub fn new(edges: Vec<f64>, values: Values) -> Option<Scale> {
        (edges.len() >= 2).then_some(Scale { edges, values })
    }

    /// The histogram's edges.
    pub fn edges(&self) -> &[f64] {
        &self.edges
    }

    /// What the dial turns.
    pub fn values(&self) -> Values {
        self.values
    }

    /// Bars of the histogram, without "and more".
    pub fn bins(&self) -> usize {
        self.edges.len() - 1
    }

    /// The last position: the right end of "and more".
    pub fn end(&self) -> f64 {
        self.edges.len() as f64
    }

    /// The last edge.
    pub fn top(&self) -> f64 {
        self.edges[self.bins()]
    }

    /// Where a lower bound lies; an absent one at the left end.
    pub fn of_min(&self, min: Option<f64>) -> f64 {
        let Some(min) = min else { return 0.0 };
        if min > self.top() { self.bins() as f64 } else { self.between(min) }
    }

    /// Where an upper bound lies; an absent one at the right end.
    pub fn of_max(&self, max: Option<f64>) -> f64 {
        let Some(max) = max else { return self.end() };
        if max > self.top() {
            return self.bins() as f64 + 0.5;
        }
        if max >= self.top() {
            return self.bins() as f64;
        }
        match self.values {
            Values::Whole => self.between(max.floor() + 1.0),
            Values::Real => self.between(max),
        }
    }

    /// Where a number lies among the edges.
    fn between(&self, number: f64) -> f64 {
        let at = self.edges.partition_point(|edge| *edge <= number);
        if at == 0 {
            return 0.0;
        }
        if at > self.bins() {
            return self.bins() as f64;
        }
        let (low, high) = (self.edges[at - 1], self.edges[at]);
        (at - 1) as f64 + (number - low) / (high - low)
    }

    /// The lower bound at a whole position; none at the left end.
    pub fn min_at(&self, position: usize) -> Option<f64> {
        match position {
            0 => None,
            // The last bar holds its upper edge, so "and more" begins after it.
            at if at >= self.bins() && self.values == Values::Whole => Some(self.top() + 1.0),
            at => Some(self.edges[at.min(self.bins())]),
        }
    }

    /// The upper bound at a whole position; none at the right end.
    pub fn max_at(&self, position: usize) -> Option<f64> {
        match position {
            at if at > self.bins() => None,
            at if at == self.bins() => Some(self.top()),
            at if self.values == Values::Whole => Some((self.edges[at] - 1.0).max(0.0)),
            at => Some(self.edges[at]),
        }
    }

    /// The whole position nearest to any position.
    pub fn snap(&self, position: f64) -> usize {
        // Not `clamp`, which would write both doubles if they were not in order.
        position.max(0.0).min(self.end()).round() as usize
    }

    /// The next position for a key: from between two positions to the nearer one that way.
    pub fn step(&self, position: f64, step: Step) -> usize {
        match step {
            Step::Start => 0,
            Step::End => self.edges.len(),
            Step::Bars(bars) if bars < 0 => self.snap(position.ceil() + f64::from(bars)),
            Step::Bars(bars) => self.snap(position.floor() + f64::from(bars)),
        }
    }

    /// Keeps a lower handle at least a bar below the upper one.
    pub fn below(&self, lower: usize, upper: f64) -> usize {
        lower.min((upper.ceil() as usize).saturating_sub(1))
    }

    /// Keeps an upper handle at least a bar above the lower one.
    pub fn above(&self, upper: usize, lower: f64) -> usize {
        upper.max(lower.floor() as usize + 1).min(self.edges.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Scale {
        Scale::new((0..=20).map(|edge| f64::from(edge * 10)).collect(), Values::Whole).unwrap()
    }

    fn real() -> Scale {
        Scale::new((0..=40).map(|edge| f64::from(edge * 2)).collect(), Values::Real).unwrap()
    }

    #[test]
    fn a_bound_set_by_a_position_lies_at_that_position() {
        for scale in [whole(), real()] {
            for position in 0..=scale.bins() + 1 {
                if position <= scale.bins() {
                    let min = scale.min_at(position);
                    assert_eq!(scale.of_min(min).to_bits(), (position as f64).to_bits());
                }
                if position > 0 {
                    let max = scale.max_at(position);
                    assert_eq!(scale.of_max(max).to_bits(), (position as f64).to_bits());
                }
            }
        }
    }

    #[test]
    fn two_handles_a_bar_apart_hold_exactly_the_bar() {
        let scale = whole();
        assert_eq!((scale.min_at(3), scale.max_at(4)), (Some(30.0), Some(39.0)));
        // The last bar has both its edges, "and more" what is above.
        assert_eq!((scale.min_at(19), scale.max_at(20)), (Some(190.0), Some(200.0)));
        assert_eq!((scale.min_at(20), scale.max_at(21)), (Some(201.0), None));
        assert_eq!((real().min_at(3), real().max_at(4)), (Some(6.0), Some(8.0)));
    }

    #[test]
    fn the_ends_are_open() {
        assert_eq!((whole().min_at(0), whole().max_at(21)), (None, None));
        assert_eq!(whole().step(7.0, Step::Start), 0);
        assert_eq!(whole().max_at(whole().step(7.0, Step::End)), None);
    }

    #[test]
    fn a_key_leads_to_the_next_bar_also_from_between_two() {
        let scale = real();
        assert_eq!(scale.step(5.0, Step::Bars(1)), 6);
        assert_eq!(scale.step(5.5, Step::Bars(1)), 6);
        assert_eq!(scale.step(5.5, Step::Bars(-1)), 5);
        assert_eq!(scale.step(5.0, Step::Bars(-10)), 0);
        assert_eq!(scale.step(40.0, Step::Bars(10)), 41);
    }

    #[test]
    fn handles_do_not_cross() {
        let scale = real();
        for upper in 1..=41_usize {
            for lower in 0..=41 {
                assert!(scale.below(lower, upper as f64) < upper);
                assert!(scale.above(upper, lower as f64) > lower || lower == 41);
            }
        }
    }

    #[test]
    fn bounds_outside_the_edges_stay_on_the_dial() {
        let scale = Scale::new(vec![10.0, 20.0, 30.0], Values::Whole).unwrap();
        let places = [
            (scale.of_min(Some(5.0)), 0.0),
            (scale.of_max(Some(5.0)), 0.0),
            (scale.of_min(Some(1e6)), 2.0),
            (scale.of_max(Some(1e6)), 2.5),
        ];
        for (found, expected) in places {
            assert!((found - expected).abs() < f64::EPSILON, "{found} {expected}");
        }
    }
}
