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
        let mut lists: Vec<Vec<u32>> = vec![Vec::new()];
        for (set, bitmap) in sets.into_iter().enumerate() {
            let mut with_set = vec![UNSEEN; lists.len()];
            for row in bitmap {
                let code = &mut of_row[row as usize];
                let grown = &mut with_set[*code as usize];
                if *grown == UNSEEN {
                    *grown = lists.len() as u32;
                    let mut list = lists[*code as usize].clone();
                    list.push(set as u32);
                    lists.push(list);
                }
                *code = *grown;
            }
        }
        let mut profiles = Profiles { of_row, first: vec![0], sets: Vec::new() };
        for list in lists {
            profiles.sets.extend(list);
            profiles.first.push(profiles.sets.len() as u32);
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
