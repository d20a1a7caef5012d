//! Ids of one file, each once, in the order they came.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::model::TextColumn;

/// Ids end to end. Exports mostly write running numbers and mostly point at them in the order
/// they wrote them, so ids that ascend (shorter ones first) need no index to be known as unique,
/// and the id behind the one found last is looked at first. Else there is an index over them:
/// some 15 bytes an id, and a few misses of the cache a look.
#[derive(Debug, Default)]
pub(super) struct IdTable {
    ids: TextColumn,
    /// Empty until it is needed.
    slots: HashTable<Slot>,
    is_indexed: bool,
    hashing: RandomState,
    /// Position behind the one found last.
    next: usize,
}

/// An id in the index. The hash stands beside the position, so that neither growing nor passing
/// by another id's slot looks at the ids, each look being a miss of the cache.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u32,
    position: u32,
}

impl Slot {
    /// Spread again over the bits that the table looks at: the lowest and the highest seven.
    fn spread(self) -> u64 {
        u64::from(self.hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// What became of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Insertion {
    /// It is new, and this is its position: the number of ids before it.
    New(u32),
    /// It stood before.
    Repeated,
    /// The ids together pass [`TextColumn::MAX_BYTES`].
    Full,
}

impl IdTable {
    pub(super) fn insert(&mut self, id: &str) -> Insertion {
        if !self.is_indexed {
            let last = self.ids.len().checked_sub(1).map(|at| self.ids.get(at));
            match last.map_or(Ordering::Less, |last| by_length(last, id)) {
                Ordering::Less => return self.append(id),
                Ordering::Equal => return Insertion::Repeated,
                Ordering::Greater => self.index(),
            }
        }
        let slot = Slot { hash: self.hash(id), position: self.ids.len() as u32 };
        let ids = &self.ids;
        let same = |other: &Slot| other.hash == slot.hash && ids.get(other.position as usize) == id;
        match self.slots.entry(slot.spread(), same, |other| other.spread()) {
            Entry::Occupied(_) => return Insertion::Repeated,
            Entry::Vacant(vacant) => vacant.insert(slot),
        };
        self.append(id)
    }

    pub(super) fn position(&mut self, id: &str) -> Option<u32> {
        if self.next < self.ids.len() && self.ids.get(self.next) == id {
            self.next += 1;
            return Some(self.next as u32 - 1);
        }
        if !self.is_indexed {
            self.index();
        }
        let wanted = Slot { hash: self.hash(id), position: 0 };
        let same =
            |slot: &Slot| slot.hash == wanted.hash && self.ids.get(slot.position as usize) == id;
        let found = self.slots.find(wanted.spread(), same).map(|slot| slot.position);
        if let Some(position) = found {
            self.next = position as usize + 1;
        }
        found
    }

    fn append(&mut self, id: &str) -> Insertion {
        let position = self.ids.len() as u32;
        if self.ids.push(id) { Insertion::New(position) } else { Insertion::Full }
    }

    /// Puts all ids, each of them once so far, into the index.
    fn index(&mut self) {
        let mut slots = HashTable::with_capacity(self.ids.len());
        for (id, position) in self.ids.iter().zip(0..) {
            let slot = Slot { hash: self.hash(id), position };
            slots.insert_unique(slot.spread(), slot, |other| other.spread());
        }
        self.slots = slots;
        self.is_indexed = true;
    }

    fn hash(&self, id: &str) -> u32 {
        let hash = self.hashing.hash_one(id.as_bytes());
        (hash >> 32) as u32 ^ hash as u32
    }
}

/// Shorter texts first, then by bytes: the order of running numbers, padded or not.
fn by_length(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// Ids with what became of their rows.
#[derive(Debug, Default)]
pub(super) struct RowsById {
    table: IdTable,
    /// The builder's index of each id; [`RowsById::REJECTED`] for a row that was left out.
    index: Vec<u32>,
    /// What stood in the id's place of rows with a wrong number of cells. Only who finds no other
    /// row is sent there.
    misshapen: HashSet<Box<str>>,
}

/// What an id points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// The builder's index of a row that was kept.
    Kept(u32),
    /// The row was left out.
    Rejected,
    /// There is no such id.
    Missing,
}

impl RowsById {
    const REJECTED: u32 = u32::MAX;

    /// Takes an id; its row counts as rejected until [`RowsById::keep_last`].
    pub(super) fn insert(&mut self, id: &str) -> Insertion {
        let insertion = self.table.insert(id);
        if let Insertion::New(_) = insertion {
            self.index.push(RowsById::REJECTED);
        }
        insertion
    }

    /// The row of the id taken last was kept as this index of the builder.
    pub(super) fn keep_last(&mut self, index: u32) {
        if let Some(last) = self.index.last_mut() {
            *last = index;
        }
    }

    /// Takes the ids of rows whose cells could not be told apart.
    pub(super) fn add_misshapen(&mut self, ids: HashSet<Box<str>>) {
        self.misshapen = ids;
    }

    pub(super) fn find(&mut self, id: &str) -> Target {
        match self.table.position(id).map(|at| self.index[at as usize]) {
            None if self.misshapen.contains(id) => Target::Rejected,
            None => Target::Missing,
            Some(RowsById::REJECTED) => Target::Rejected,
            Some(index) => Target::Kept(index),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table_of(ids: &[String]) -> IdTable {
        let mut table = IdTable::default();
        for (id, position) in ids.iter().zip(0..) {
            assert_eq!(table.insert(id), Insertion::New(position));
        }
        table
    }

    #[test]
    fn an_id_is_found_where_it_was_put_and_only_once() {
        let ascending: Vec<String> = (0..5_000).map(|number| format!("K{number}")).collect();
        let mut descending = ascending.clone();
        descending.reverse();
        let mut mixed = ascending.clone();
        mixed.extend((0..5_000).map(|number| format!("Å{}", number * 7_919 % 10_007)));
        for ids in [ascending, descending, mixed] {
            let mut table = table_of(&ids);
            for (id, position) in ids.iter().zip(0..) {
                assert_eq!(table.position(id), Some(position));
            }
            for (id, position) in ids.iter().zip(0..ids.len() as u32).rev().step_by(3) {
                assert_eq!(table.position(id), Some(position));
            }
            for id in &ids {
                assert_eq!(table.insert(id), Insertion::Repeated);
            }
            assert_eq!((table.position("k1"), table.position("")), (None, None));
            assert_eq!(table.insert("k1"), Insertion::New(ids.len() as u32));
            assert_eq!(table.position("k1"), Some(ids.len() as u32));
        }
    }

    #[test]
    fn a_repeated_id_is_found_whether_it_stood_just_before_or_long_ago() {
        for repeated in ["K1", "K5000", "K9999"] {
            let ids: Vec<String> = (1..10_000).map(|number| format!("K{number}")).collect();
            assert_eq!(table_of(&ids).insert(repeated), Insertion::Repeated);
        }
    }

    #[test]
    fn a_row_is_rejected_until_it_is_kept() {
        let mut rows = RowsById::default();
        rows.insert("a");
        rows.insert("b");
        rows.keep_last(7);
        assert_eq!(rows.find("a"), Target::Rejected);
        assert_eq!(rows.find("b"), Target::Kept(7));
        assert_eq!(rows.find("c"), Target::Missing);
    }
}
