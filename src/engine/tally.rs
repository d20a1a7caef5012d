//! Counting from scratch: who fails nothing, and who fails exactly one filter.

use super::bits::RowBits;

/// Words that are tallied together, so that what is known of their rows stays in registers.
const BLOCK: usize = 8;

/// What a tally finds.
#[derive(Debug)]
pub struct Tally {
    /// Rows that fail nothing.
    pub result: RowBits,
    /// Rows that fail one set only.
    pub fails_one: RowBits,
    /// For each set in the order given, how many fail that one only.
    pub only: Vec<u32>,
}

/// Counts over `audience` with any number of sets of rows that pass, each within the audience.
///
/// A customer is left by all filters but one when it fails none, or that one only. *Fails at
/// least one* and *fails at least two* are kept as two bits a row, so that one pass over the sets
/// finds every filter's own count, however many there are.
pub fn tally(audience: &RowBits, passing: &[&RowBits]) -> Tally {
    let (mut result, mut fails_one) = (audience.clone(), audience.clone());
    let mut only = vec![0_u32; passing.len()];
    let (blocks, rest) = result.words_mut().as_chunks_mut::<BLOCK>();
    let (one_blocks, one_rest) = fails_one.words_mut().as_chunks_mut::<BLOCK>();
    let passing_blocks = passing.iter().map(|set| set.words().as_chunks::<BLOCK>());
    let (passing, passing_rest): (Vec<_>, Vec<_>) = passing_blocks.unzip();
    for (at, (block, ones)) in blocks.iter_mut().zip(one_blocks).enumerate() {
        *ones = tally_block(block, &passing, at, &mut only);
    }
    if !rest.is_empty() {
        let padded = |words: &[u64]| {
            let mut block = [0; BLOCK];
            block[..words.len()].copy_from_slice(words);
            [block]
        };
        let passing: Vec<_> = passing_rest.iter().map(|words| padded(words)).collect();
        let passing: Vec<_> = passing.iter().map(|block| &block[..]).collect();
        let [mut block] = padded(rest);
        let ones = tally_block(&mut block, &passing, 0, &mut only);
        rest.copy_from_slice(&block[..rest.len()]);
        one_rest.copy_from_slice(&ones[..one_rest.len()]);
    }
    Tally { result, fails_one, only }
}

/// Leaves of the rows of one block who fail nothing, and gives who fail one set only; `only`
/// counts these for each set.
#[inline]
fn tally_block(
    rows: &mut [u64; BLOCK],
    passing: &[&[[u64; BLOCK]]],
    block: usize,
    only: &mut [u32],
) -> [u64; BLOCK] {
    let mut at_least_one = [0_u64; BLOCK];
    let mut at_least_two = [0_u64; BLOCK];
    for passing in passing {
        let passing = &passing[block];
        for at in 0..BLOCK {
            let fails = rows[at] & !passing[at];
            at_least_two[at] |= at_least_one[at] & fails;
            at_least_one[at] |= fails;
        }
    }
    let exactly_one: [u64; BLOCK] = std::array::from_fn(|at| at_least_one[at] & !at_least_two[at]);
    for (passing, only) in passing.iter().zip(only) {
        let pairs = exactly_one.iter().zip(&passing[block]);
        *only += pairs.map(|(one, pass)| (one & !pass).count_ones()).sum::<u32>();
    }
    for (row, fails) in rows.iter_mut().zip(at_least_one) {
        *row &= !fails;
    }
    exactly_one
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_tally_counts_who_fails_nothing_and_who_fails_only_one(
            rows in prop::collection::vec((any::<bool>(), prop::collection::vec(any::<bool>(), 3)), 0..1200),
        ) {
            let count = rows.len() as u32;
            let with = |picked: Vec<bool>| {
                let mut bits = RowBits::none(count);
                for (row, _) in picked.into_iter().enumerate().filter(|(_, picked)| *picked) {
                    bits.toggle(row as u32);
                }
                bits
            };
            let audience = with(rows.iter().map(|row| row.0).collect());
            let sets: Vec<RowBits> = (0..3)
                .map(|set| with(rows.iter().map(|row| row.0 && row.1[set]).collect()))
                .collect();
            let found = tally(&audience, &sets.iter().collect::<Vec<_>>());
            let all = rows.iter().map(|row| row.0 && row.1.iter().all(|pass| *pass));
            prop_assert_eq!(&found.result, &with(all.collect()));
            let failed = |row: &(bool, Vec<bool>)| row.1.iter().filter(|pass| !**pass).count();
            let one = rows.iter().map(|row| row.0 && failed(row) == 1);
            prop_assert_eq!(&found.fails_one, &with(one.collect()));
            for set in 0..3 {
                let expected = rows.iter().filter(|row| {
                    row.0 && !row.1[set] && (0..3).all(|other| other == set || row.1[other])
                });
                prop_assert_eq!(found.only[set], expected.count() as u32);
            }
        }
    }
}
