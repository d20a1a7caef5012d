//! A column's rows in the order of their values, so that a step of a range finds whom it passes.

use std::ops::Range;

use super::super::bits::RowBits;
use super::super::column::{KeyRange, UNKNOWN};

/// Bits of a key that one pass of the sort looks at.
const DIGIT: u32 = 11;

/// The audience's rows with a known value, ascending by value.
#[derive(Debug)]
pub struct SortedRows {
    rows: Vec<u32>,
}

/// Positions in [`SortedRows`] between the ends of one range and those of another.
#[derive(Debug)]
pub struct Step {
    /// In the old range and not in the new one.
    pub leaving: Positions,
    /// In the new range and not in the old one.
    pub entering: Positions,
}

/// Two spans of positions, either may be empty.
#[derive(Debug)]
pub struct Positions([Range<usize>; 2]);

impl Positions {
    /// Positions of `one` that are not in `other`.
    fn without(one: &Range<usize>, other: &Range<usize>) -> Positions {
        if other.is_empty() {
            return Positions([one.clone(), 0..0]);
        }
        let below = one.start..one.end.min(other.start).max(one.start);
        let above = one.start.max(other.end).min(one.end)..one.end;
        Positions([below, above])
    }

    /// How many positions there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(ExactSizeIterator::len).sum()
    }
}

impl Step {
    /// How many customers the step touches.
    pub fn len(&self) -> usize {
        self.leaving.len() + self.entering.len()
    }
}

impl SortedRows {
    /// Sorts by the keys' digits, the lowest first, as many as the largest key has.
    pub fn of(keys: &[u32], audience: &RowBits) -> SortedRows {
        let known = |row: &u32| keys[*row as usize] != UNKNOWN;
        let mut rows: Vec<u32> = audience.iter().filter(known).collect();
        let largest = rows.iter().map(|row| keys[*row as usize]).max().unwrap_or(0);
        let mut other = vec![0; rows.len()];
        let mut shift = 0;
        while shift < u32::BITS && largest >> shift > 0 {
            sort_by_digit(keys, shift, &rows, &mut other);
            std::mem::swap(&mut rows, &mut other);
            shift += DIGIT;
        }
        SortedRows { rows }
    }

    /// Whom a range passes that moves from one place to another; the same `keys` as for
    /// [`SortedRows::of`].
    pub fn step(&self, keys: &[u32], old: KeyRange, new: KeyRange) -> Step {
        let (old, new) = (self.positions(keys, old), self.positions(keys, new));
        Step { leaving: Positions::without(&old, &new), entering: Positions::without(&new, &old) }
    }

    /// The rows at these positions.
    pub fn rows(&self, positions: &Positions) -> impl Iterator<Item = u32> {
        let [below, above] = &positions.0;
        self.rows[below.clone()].iter().chain(&self.rows[above.clone()]).copied()
    }

    fn positions(&self, keys: &[u32], range: KeyRange) -> Range<usize> {
        if range.is_empty() {
            return 0..0;
        }
        let start = self.rows.partition_point(|row| keys[*row as usize] < range.low);
        let end = self.rows.partition_point(|row| keys[*row as usize] <= range.high);
        start..end
    }
}

fn sort_by_digit(keys: &[u32], shift: u32, rows: &[u32], sorted: &mut [u32]) {
    let digit = |row: u32| (keys[row as usize] >> shift) as usize & ((1 << DIGIT) - 1);
    let mut next = [0_u32; 1 << DIGIT];
    for &row in rows {
        next[digit(row)] += 1;
    }
    let mut sum = 0;
    for count in &mut next {
        sum += std::mem::replace(count, sum);
    }
    for &row in rows {
        let slot = &mut next[digit(row)];
        sorted[*slot as usize] = row;
        *slot += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range() -> impl Strategy<Value = KeyRange> {
        (0_u32..3000, 0_u32..3000).prop_map(|(low, high)| KeyRange { low, high })
    }

    proptest! {
        #[test]
        fn a_step_finds_exactly_the_rows_that_change_sides(
            keys in prop::collection::vec(prop_oneof![0_u32..2500, Just(UNKNOWN), Just(1 << 30)], 1..200),
            old in range(),
            new in range(),
        ) {
            let everybody = RowBits::all(keys.len() as u32);
            let index = SortedRows::of(&keys, &everybody);
            let step = index.step(&keys, old, new);
            let rows = |positions: &Positions| {
                let mut rows: Vec<u32> = index.rows(positions).collect();
                rows.sort_unstable();
                rows
            };
            let expected = |from: KeyRange, to: KeyRange| -> Vec<u32> {
                (0..keys.len() as u32)
                    .filter(|row| {
                        let key = keys[*row as usize];
                        from.contains(key) && !to.contains(key)
                    })
                    .collect()
            };
            prop_assert_eq!(rows(&step.leaving), expected(old, new));
            prop_assert_eq!(rows(&step.entering), expected(new, old));
        }
    }
}
