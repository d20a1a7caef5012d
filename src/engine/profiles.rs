//! Which consents and flags each customer has, as one code for each combination that occurs.
//!
//! A customer that enters or leaves the result changes the count of every set that it is in;
//! the combination's list says which, in one look-up however many sets there are.

use roaring::RoaringBitmap;

/// The combinations of sets that occur among the customers.
#[derive(Debug, Clone)]
pub struct Profiles {
    /// A combination for each row.
    of_row: Vec<u32>,
    /// `first[code]..first[code + 1]` in `sets` are the sets of a combination.
    first: Vec<u32>,
    sets: Vec<u32>,
}

impl Profiles {
    /// The combinations of `sets` among `rows` customers, time linear in the rows and the
    /// members together.
    pub fn of<'a>(rows: u32, sets: impl IntoIterator<Item = &'a RoaringBitmap>) -> Profiles {
        const UNSEEN: u32 = u32::MAX;
        let mut of_row = vec![0_u32; rows as usize];
        // A combination is another one and a set more; the first has no set.
        let mut grown_from: Vec<(u32, u32)> = vec![(0, 0)];
        for (set, bitmap) in sets.into_iter().enumerate() {
            let mut with_set = vec![UNSEEN; grown_from.len()];
            for row in bitmap {
                let code = &mut of_row[row as usize];
                let grown = &mut with_set[*code as usize];
                if *grown == UNSEEN {
                    *grown = grown_from.len() as u32;
                    grown_from.push((*code, set as u32));
                }
                *code = *grown;
            }
        }
        // Only those that somebody has in the end get a list.
        let mut number = vec![UNSEEN; grown_from.len()];
        let mut profiles = Profiles { of_row, first: vec![0], sets: Vec::new() };
        for code in &mut profiles.of_row {
            if number[*code as usize] == UNSEEN {
                number[*code as usize] = profiles.first.len() as u32 - 1;
                let start = profiles.sets.len();
                let mut at = *code;
                while at != 0 {
                    profiles.sets.push(grown_from[at as usize].1);
                    at = grown_from[at as usize].0;
                }
                profiles.sets[start..].reverse();
                profiles.first.push(profiles.sets.len() as u32);
            }
            *code = number[*code as usize];
        }
        profiles
    }

    /// The sets that a customer is in, ascending.
    pub fn sets_of(&self, row: u32) -> &[u32] {
        let code = self.of_row[row as usize] as usize;
        &self.sets[self.first[code] as usize..self.first[code + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_the_sets_whose_bitmaps_hold_it() {
        let sets: Vec<RoaringBitmap> = vec![
            (0..100).filter(|row| row % 2 == 0).collect(),
            RoaringBitmap::new(),
            (0..100).filter(|row| row % 3 == 0).collect(),
            (0..100).collect(),
        ];
        let profiles = Profiles::of(100, &sets);
        for row in 0..100 {
            let expected: Vec<u32> =
                (0..4).filter(|&set| sets[set as usize].contains(row)).collect();
            assert_eq!(profiles.sets_of(row), expected, "row {row}");
        }
    }
}
