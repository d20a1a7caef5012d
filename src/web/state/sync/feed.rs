//! What is kept of the flag feed: enough to have today's flags after a restart without a network.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::wire::{FlagChange, FlagChanges};

/// Changes of flags since a place in the feed, each customer once a flag.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KeptFeed {
    /// From where on it is whole.
    from: i64,
    /// How far it was read.
    cursor: i64,
    changes: Vec<FlagChange>,
}

impl KeptFeed {
    /// What is of use of it for data that holds the changes up to `held`. Data of an older day
    /// needs changes that are not here, so that reading begins anew.
    #[must_use]
    pub fn for_data(self, held: i64) -> KeptFeed {
        if held < self.from {
            return KeptFeed { from: held, cursor: held, changes: Vec::new() };
        }
        let mut changes = self.changes;
        changes.retain(|change| change.cursor > held);
        KeptFeed { from: held, cursor: self.cursor.max(held), changes }
    }

    /// After which place to read on.
    pub fn cursor(&self) -> i64 {
        self.cursor
    }

    /// The changes, ascending by their place.
    pub fn changes(&self) -> &[FlagChange] {
        &self.changes
    }

    /// Takes what another tab read further; `None` where that begins too late for what is here.
    pub fn take_all(&mut self, theirs: KeptFeed) -> Option<KeptFeed> {
        if theirs.from > self.cursor {
            return None;
        }
        let cursor = theirs.cursor;
        self.take(FlagChanges { cursor, more: false, changes: theirs.changes });
        Some(self.clone())
    }

    /// Takes a page of the feed that was asked for with [`KeptFeed::cursor`]; tells whether it
    /// changes anything.
    pub fn take(&mut self, page: FlagChanges) -> bool {
        self.cursor = self.cursor.max(page.cursor);
        let mut is_new = false;
        for change in page.changes {
            // Read before: two tabs, or a page that came twice.
            if self.changes.last().is_some_and(|last| last.cursor >= change.cursor) {
                continue;
            }
            is_new = true;
            let now: HashSet<&str> = change.customers.iter().map(String::as_str).collect();
            for before in self.changes.iter_mut().filter(|before| before.flag == change.flag) {
                before.customers.retain(|customer| !now.contains(customer.as_str()));
            }
            self.changes.retain(|before| !before.customers.is_empty());
            self.changes.push(change);
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::FlagOp;

    fn change(cursor: i64, flag: &str, op: FlagOp, customers: &[&str]) -> FlagChange {
        FlagChange {
            cursor,
            flag: flag.to_owned(),
            op,
            customers: customers.iter().map(|id| (*id).to_owned()).collect(),
            at: "2026-11-21T10:00:00Z".to_owned(),
            by: "desk".to_owned(),
        }
    }

    fn page(cursor: i64, changes: Vec<FlagChange>) -> FlagChanges {
        FlagChanges { cursor, more: false, changes }
    }

    #[test]
    fn each_customer_stands_once_a_flag_with_the_last_change() {
        let mut kept = KeptFeed::default().for_data(0);
        let first = vec![
            change(1, "vip", FlagOp::Add, &["K1", "K2"]),
            change(2, "choir", FlagOp::Add, &["K1"]),
        ];
        assert!(kept.take(page(2, first)));
        assert!(kept.take(page(3, vec![change(3, "vip", FlagOp::Remove, &["K1"])])));
        assert!(kept.take(page(4, vec![change(4, "vip", FlagOp::Remove, &["K2"])])));
        let left: Vec<(i64, &str, usize)> = kept
            .changes()
            .iter()
            .map(|change| (change.cursor, change.flag.as_str(), change.customers.len()))
            .collect();
        assert_eq!(left, [(2, "choir", 1), (3, "vip", 1), (4, "vip", 1)]);
        assert_eq!(kept.cursor(), 4);
    }

    #[test]
    fn a_page_that_comes_twice_changes_nothing() {
        let mut kept = KeptFeed::default().for_data(0);
        let changes = vec![change(5, "vip", FlagOp::Add, &["K1"])];
        assert!(kept.take(page(5, changes.clone())));
        let before = kept.clone();
        assert!(!kept.take(page(5, changes)));
        assert!(!kept.take(page(5, vec![])));
        assert_eq!(kept, before);
    }

    #[test]
    fn what_another_tab_read_further_is_taken_unless_something_lies_between() {
        let mut mine = KeptFeed::default().for_data(0);
        mine.take(page(1, vec![change(1, "vip", FlagOp::Add, &["K1"])]));
        let mut theirs = KeptFeed::default().for_data(1);
        theirs.take(page(4, vec![change(4, "vip", FlagOp::Remove, &["K1"])]));
        let taken = mine.take_all(theirs).unwrap();
        assert_eq!((taken.cursor(), taken.changes().len()), (4, 1));
        assert_eq!(taken.changes()[0].op, FlagOp::Remove);
        assert_eq!(mine.take_all(KeptFeed::default().for_data(9)), None);
    }

    #[test]
    fn newer_data_needs_less_of_it_and_older_data_begins_anew() {
        let mut kept = KeptFeed::default().for_data(2);
        assert_eq!(kept.cursor(), 2);
        let changes =
            vec![change(3, "vip", FlagOp::Add, &["K1"]), change(8, "vip", FlagOp::Add, &["K2"])];
        kept.take(page(8, changes));
        let newer = kept.clone().for_data(5);
        assert_eq!((newer.cursor(), newer.changes().len()), (8, 1));
        assert_eq!(newer.clone().for_data(9).cursor(), 9);
        assert_eq!(kept.clone().for_data(2), kept);
        let older = kept.for_data(0);
        assert_eq!((older.cursor(), older.changes().len()), (0, 0));
    }
}
