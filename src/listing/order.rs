//! Rows in the order of a key, and which of them are in a set.

use super::NO_VALUE;

const DIGIT_BITS: u32 = 11;
const DIGITS: usize = 1 << DIGIT_BITS;

/// All rows in the order of their keys; rows of one key, and of no value, in their own order.
/// Whoever has no value comes last. Linear in the rows: by digits, the lowest first.
pub fn ordered(keys: &[u32], is_descending: bool) -> Vec<u32> {
    let turned = |key: u32| match key {
        NO_VALUE => NO_VALUE,
        key if is_descending => NO_VALUE - 1 - key,
        key => key,
    };
    let mut pairs: Vec<(u32, u32)> =
        keys.iter().zip(0..).map(|(&key, row)| (turned(key), row)).collect();
    let mut next = vec![(0, 0); pairs.len()];
    let mut shift = 0;
    while shift < u32::BITS {
        let digit = |key: u32| (key >> shift) as usize % DIGITS;
        let mut starts = [0_u32; DIGITS];
        for (key, _) in &pairs {
            starts[digit(*key)] += 1;
        }
        shift += DIGIT_BITS;
        // A digit that all keys share orders nothing.
        if starts.iter().any(|count| *count as usize == pairs.len()) {
            continue;
        }
        let mut before = 0;
        for start in &mut starts {
            before += std::mem::replace(start, before);
        }
        for pair in &pairs {
            let place = &mut starts[(pair.0 >> (shift - DIGIT_BITS)) as usize % DIGITS];
            next[*place as usize] = *pair;
            *place += 1;
        }
        std::mem::swap(&mut pairs, &mut next);
    }
    pairs.into_iter().map(|(_, row)| row).collect()
}

/// A set of rows as one bit each, 64 a word, the lowest row in the lowest bit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowSet(pub Vec<u64>);

impl RowSet {
    /// Nobody of `rows` customers.
    pub fn none(rows: usize) -> RowSet {
        RowSet(vec![0; rows.div_ceil(64)])
    }

    /// Whether a row is in.
    pub fn contains(&self, row: u32) -> bool {
        self.0.get(row as usize / 64).is_some_and(|word| word >> (row % 64) & 1 != 0)
    }

    /// Puts a row in that is below the number of customers.
    pub fn insert(&mut self, row: u32) {
        self.0[row as usize / 64] |= 1 << (row % 64);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_stand_by_key_then_by_row_and_those_without_a_value_last(
            keys in prop::collection::vec(
                prop_oneof![0_u32..5, any::<u32>(), Just(NO_VALUE), Just(NO_VALUE - 1)], 0..300),
            is_descending: bool,
        ) {
            let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
            expected.sort_by(|&one, &other| {
                let (one, other) = (keys[one as usize], keys[other as usize]);
                let by_value = if is_descending { other.cmp(&one) } else { one.cmp(&other) };
                (one == NO_VALUE).cmp(&(other == NO_VALUE)).then(by_value)
            });
            prop_assert_eq!(ordered(&keys, is_descending), expected);
        }
    }
}
