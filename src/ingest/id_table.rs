//! Ids of one file, each once, in the order they came.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::model::TextColumn;

/// Ids end to end with an index over them: a few bytes an id beyond the ids themselves.
#[derive(Debug, Default)]
pub(super) struct IdTable {
    ids: TextColumn,
    positions: HashTable<u32>,
    hashing: RandomState,
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
        let hash = self.hashing.hash_one(id.as_bytes());
        let (ids, hashing) = (&self.ids, &self.hashing);
        let same = |at: &u32| ids.get(*at as usize) == id;
        let rehash = |at: &u32| hashing.hash_one(ids.get(*at as usize).as_bytes());
        let position = ids.len() as u32;
        match self.positions.entry(hash, same, rehash) {
            Entry::Occupied(_) => return Insertion::Repeated,
            Entry::Vacant(slot) => slot.insert(position),
        };
        if self.ids.push(id) { Insertion::New(position) } else { Insertion::Full }
    }

    pub(super) fn position(&self, id: &str) -> Option<u32> {
        let hash = self.hashing.hash_one(id.as_bytes());
        self.positions.find(hash, |at| self.ids.get(*at as usize) == id).copied()
    }
}

/// Ids with what became of their rows.
#[derive(Debug, Default)]
pub(super) struct RowsById {
    table: IdTable,
    /// The builder's index of each id; [`RowsById::REJECTED`] for a row that was left out.
    index: Vec<u32>,
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

    pub(super) fn find(&self, id: &str) -> Target {
        match self.table.position(id).map(|at| self.index[at as usize]) {
            None => Target::Missing,
            Some(RowsById::REJECTED) => Target::Rejected,
            Some(index) => Target::Kept(index),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_found_where_it_was_put_and_only_once() {
        let mut table = IdTable::default();
        for number in 0..10_000_u32 {
            assert_eq!(table.insert(&format!("K{number}")), Insertion::New(number));
        }
        assert_eq!(table.insert("K77"), Insertion::Repeated);
        assert_eq!(table.position("K9999"), Some(9_999));
        assert_eq!(table.position("k9999"), None);
        assert_eq!(table.position(""), None);
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
