//! The audit log: who did what, when, from which view, and how many it concerned. No customer.

use rusqlite::{Connection, params};
use serde_json::Value;

use super::StoreError;
use crate::server::clock;
use crate::wire::ViewReference;

/// One line of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    /// The name of the token, or of the command.
    pub who: &'a str,
    /// Such as `flag.add` or `campaign.create`.
    pub what: &'a str,
    /// The id of the flag, campaign or audience.
    pub about: &'a str,
    /// The view that chose the customers.
    pub view: Option<&'a ViewReference>,
    /// Numbers, and reasons that were given.
    pub counts: Value,
}

/// Writes a line, in the transaction that does it.
///
/// # Errors
/// What SQLite says.
pub fn record(store: &Connection, entry: &Entry<'_>, now: i64) -> Result<(), StoreError> {
    let insert = "INSERT INTO audit (at, who, what, about, view_name, view_sha256, counts)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    store.prepare_cached(insert)?.execute(params![
        now,
        entry.who,
        entry.what,
        entry.about,
        entry.view.map(|view| &view.name),
        entry.view.map(|view| &view.sha256),
        entry.counts.to_string(),
    ])?;
    Ok(())
}

/// Every line, oldest first: when, who, what, about what, the view's name and hash, the counts.
///
/// # Errors
/// What SQLite says.
pub fn audit_lines(store: &Connection) -> Result<Vec<[String; 7]>, StoreError> {
    let all = "SELECT at, who, what, about, coalesce(view_name, ''), coalesce(view_sha256, ''),
             counts FROM audit ORDER BY id";
    let mut statement = store.prepare(all)?;
    let lines = statement.query_map([], |row| {
        let at = clock::rfc3339(row.get(0)?);
        Ok([at, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?])
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}
