//! Counting from scratch: who fails nothing, and who fails exactly one filter.

use super::bits::RowBits;

/// Words that are tallied together, so that their running sums stay in registers and cache.
const BLOCK: usize = 64;

/// What a tally finds.
#[derive(Debug)]
pub struct Tally {
    /// Rows that fail nothing.
    pub result: RowBits,
    /// For each set in the order given, how many fail that one only.
    pub only: Vec<u32>,
}

/// Counts over `audience` with any number of sets of rows that pass, each within the audience.
///
/// A customer is left by all filters but one when it fails none, or that one only. *Fails at
/// least one* and *fails at least two* are kept as two bits a row, so that one pass over the sets
/// finds every filter's own count, however many there are.
pub fn tally(audience: &RowBits, passing: &[&RowBits]) -> Tally {
    let mut result = audience.clone();
    let mut only = vec![0_u32; passing.len()];
    let mut start = 0;
    for result in result.words_mut().chunks_mut(BLOCK) {
        let mut at_least_one = [0_u64; BLOCK];
        let mut at_least_two = [0_u64; BLOCK];
        let range = start..start + result.len();
        for passing in passing {
            let words = &passing.words()[range.clone()];
            for (at, (pass, member)) in words.iter().zip(result.iter()).enumerate() {
                let fails = member & !pass;
                at_least_two[at] |= at_least_one[at] & fails;
                at_least_one[at] |= fails;
            }
        }
        for (passing, only) in passing.iter().zip(&mut only) {
            let words = &passing.words()[range.clone()];
            let mut count = 0;
            for (at, (pass, member)) in words.iter().zip(result.iter()).enumerate() {
                count += (member & !pass & !at_least_two[at]).count_ones();
            }
            *only += count;
        }
        for (word, failing) in result.iter_mut().zip(&at_least_one) {
            *word &= !failing;
        }
        start = range.end;
    }
    Tally { result, only }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_tally_counts_who_fails_nothing_and_who_fails_only_one(
            rows in prop::collection::vec((any::<bool>(), prop::collection::vec(any::<bool>(), 3)), 0..400),
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
            for set in 0..3 {
                let expected = rows.iter().filter(|row| {
                    row.0 && !row.1[set] && (0..3).all(|other| other == set || row.1[other])
                });
                prop_assert_eq!(found.only[set], expected.count() as u32);
            }
        }
    }
}
