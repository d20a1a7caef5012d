//! Flags: the last change of each customer, and the feed of all changes.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;
use crate::server::clock;
use crate::wire::{FlagChange, FlagChanges, FlagOp, FlagResult};

/// The most customers of one answer of the feed, unless a single change has more.
const MAX_CUSTOMERS_A_PAGE: u64 = 250_000;

/// A wish to change a flag.
#[derive(Debug, Clone, Copy)]
pub struct Assignment<'a> {
    /// The flag's id.
    pub flag: &'a str,
    /// Set or taken away.
    pub op: FlagOp,
    /// The name of the token that asks.
    pub by: &'a str,
}

/// Changes a flag for those customers whose last change was another. One entry of the feed holds
/// them all; there is none when nobody changes.
///
/// # Errors
/// What SQLite says.
pub fn set_flag(
    store: &Connection,
    assignment: &Assignment<'_>,
    customers: &[String],
    now: i64,
) -> Result<FlagResult, StoreError> {
    let op = assignment.op.word();
    let mut changed = Vec::new();
    {
        // No row means that the endpoint knows nothing: the export may hold either.
        let mut upsert = store.prepare_cached(
            "INSERT INTO flag_states (flag, customer, op) VALUES (?1, ?2, ?3)
             ON CONFLICT (flag, customer) DO UPDATE SET op = ?3 WHERE op <> ?3",
        )?;
        for customer in customers {
            if upsert.execute(params![assignment.flag, customer, op])? > 0 {
                changed.push(customer.clone());
            }
        }
    }
    let cursor = if changed.is_empty() {
        last_cursor(store)?
    } else {
        let insert = "INSERT INTO flag_changes (flag, op, at, by) VALUES (?1, ?2, ?3, ?4)";
        store.prepare_cached(insert)?.execute(params![assignment.flag, op, now, assignment.by])?;
        let cursor = store.last_insert_rowid();
        let mut insert = store.prepare_cached(
            "INSERT INTO flag_change_customers (cursor, customer) VALUES (?1, ?2)",
        )?;
        for customer in &changed {
            insert.execute(params![cursor, customer])?;
        }
        cursor
    };
    Ok(FlagResult {
        changed: changed.len() as u64,
        unchanged: (customers.len() - changed.len()) as u64,
        changed_customers: changed,
        cursor,
    })
}

fn last_cursor(store: &Connection) -> Result<i64, StoreError> {
    // The feed's numbers go on when its last entries are forgotten.
    let last = "SELECT seq FROM sqlite_sequence WHERE name = 'flag_changes'";
    Ok(store.query_row(last, [], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// How many customers each flag is set on, as far as the endpoint set it.
///
/// # Errors
/// What SQLite says.
pub fn flag_counts(store: &Connection) -> Result<BTreeMap<String, u64>, StoreError> {
    let count = "SELECT flag, count(*) FROM flag_states WHERE op = 'add' GROUP BY flag";
    let mut statement = store.prepare_cached(count)?;
    let counts = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(counts.collect::<Result<_, _>>()?)
}

/// The feed after `since`: at most `limit` changes, fewer where they concern very many customers.
///
/// # Errors
/// What SQLite says.
pub fn flag_changes(
    store: &Connection,
    since: i64,
    limit: usize,
) -> Result<FlagChanges, StoreError> {
    let mut changes: Vec<FlagChange> = Vec::new();
    let mut customers = 0;
    let mut more = false;
    let mut statement = store.prepare_cached(
        "SELECT cursor, flag, op, at, by FROM flag_changes WHERE cursor > ?1 ORDER BY cursor",
    )?;
    let mut of_change = store.prepare_cached(
        "SELECT customer FROM flag_change_customers WHERE cursor = ?1 ORDER BY customer",
    )?;
    let mut rows = statement.query([since])?;
    while let Some(row) = rows.next()? {
        if changes.len() == limit || customers >= MAX_CUSTOMERS_A_PAGE {
            more = true;
            break;
        }
        let mut change = change(row)?;
        let found = of_change.query_map([change.cursor], |row| row.get(0))?;
        change.customers = found.collect::<Result<_, _>>()?;
        customers += change.customers.len() as u64;
        changes.push(change);
    }
    let cursor = changes.last().map_or(since, |change| change.cursor);
    Ok(FlagChanges { cursor, more, changes })
}

fn change(row: &Row<'_>) -> Result<FlagChange, StoreError> {
    let op = match row.get_ref(2)?.as_str().unwrap_or_default() {
        "add" => FlagOp::Add,
        "remove" => FlagOp::Remove,
        _ => return Err(StoreError::Damaged("flag_changes.op")),
    };
    Ok(FlagChange {
        cursor: row.get(0)?,
        flag: row.get(1)?,
        op,
        customers: Vec::new(),
        at: clock::rfc3339(row.get(3)?),
        by: row.get(4)?,
    })
}

/// Writes every change after `since` as `customer_id,flag,op,at`, in the order in which they
/// happened, and gives the cursor to ask for next.
///
/// # Errors
/// What SQLite says, or what the writer does not take.
pub fn write_flag_changes<W: std::io::Write>(
    store: &Connection,
    since: i64,
    out: &mut csv::Writer<W>,
) -> Result<Result<(u64, i64), csv::Error>, StoreError> {
    let (mut cursor, mut rows) = (since, 0);
    if let Err(error) = out.write_record(["customer_id", "flag", "op", "at"]) {
        return Ok(Err(error));
    }
    loop {
        let page = flag_changes(store, cursor, crate::wire::MAX_CHANGES)?;
        for change in &page.changes {
            for customer in &change.customers {
                let record = [customer, change.flag.as_str(), change.op.word(), &change.at];
                if let Err(error) = out.write_record(record) {
                    return Ok(Err(error));
                }
                rows += 1;
            }
        }
        cursor = page.cursor;
        if !page.more {
            return Ok(Ok((rows, cursor)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::store::Store;

    fn ids(range: std::ops::Range<u32>) -> Vec<String> {
        range.map(|number| format!("K{number:06}")).collect()
    }

    #[test]
    fn only_those_change_whose_last_change_was_another() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("sync.db")).unwrap();
        store
            .run(|store| {
                let add = Assignment { flag: "vip", op: FlagOp::Add, by: "desk" };
                let remove = Assignment { op: FlagOp::Remove, ..add };
                let first = set_flag(store, &add, &ids(0..3), 0)?;
                assert_eq!((first.changed, first.unchanged, first.cursor), (3, 0, 1));
                let again = set_flag(store, &add, &ids(1..5), 0)?;
                assert_eq!(again.changed_customers, ids(3..5));
                assert_eq!((again.unchanged, again.cursor), (2, 2));
                let nothing = set_flag(store, &add, &ids(0..5), 0)?;
                assert_eq!((nothing.changed, nothing.cursor), (0, 2));
                // The export may hold the flag, so taking it away is a change too.
                let twice = [ids(9..10), ids(9..10)].concat();
                let removed = set_flag(store, &remove, &twice, 0)?;
                assert_eq!((removed.changed, removed.unchanged), (1, 1));
                assert_eq!(flag_counts(store)?["vip"], 5);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    #[test]
    fn the_feed_comes_in_pages_without_a_gap() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("sync.db")).unwrap();
        store
            .run(|store| {
                for number in 0..25 {
                    let op = if number % 2 == 0 { FlagOp::Add } else { FlagOp::Remove };
                    let assignment = Assignment { flag: "vip", op, by: "desk" };
                    set_flag(store, &assignment, &ids(0..2), number)?;
                }
                let mut cursors = Vec::new();
                let mut since = 0;
                loop {
                    let page = flag_changes(store, since, 10)?;
                    cursors.extend(page.changes.iter().map(|change| change.cursor));
                    since = page.cursor;
                    if !page.more {
                        break;
                    }
                    assert_eq!(page.changes.len(), 10);
                }
                assert_eq!(cursors, (1..=25).collect::<Vec<_>>());
                let end = flag_changes(store, 25, 10)?;
                assert_eq!((end.cursor, end.more, end.changes.len()), (25, false, 0));
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    #[test]
    fn a_page_ends_early_when_its_changes_concern_very_many() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("sync.db")).unwrap();
        store
            .run(|store| {
                for flag in ["a", "b", "c"] {
                    let assignment = Assignment { flag, op: FlagOp::Add, by: "desk" };
                    set_flag(store, &assignment, &ids(0..130_000), 0)?;
                }
                let page = flag_changes(store, 0, 10)?;
                assert_eq!((page.changes.len(), page.more), (2, true));
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
}
