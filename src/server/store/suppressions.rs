//! Addresses that get no mail, as hashes.

use rusqlite::{Connection, params};

use super::StoreError;
use crate::server::clock;
use crate::wire::{Suppression, SuppressionReason, Suppressions};

/// Suppresses an address from now on; whether it was not before.
///
/// # Errors
/// What SQLite says.
pub fn suppress(
    store: &Connection,
    sha256: &str,
    reason: SuppressionReason,
    now: i64,
) -> Result<bool, StoreError> {
    let insert = "INSERT INTO suppressions (sha256, reason, at) VALUES (?1, ?2, ?3)
         ON CONFLICT (sha256) DO NOTHING";
    let made = store.prepare_cached(insert)?.execute(params![sha256, reason.word(), now])?;
    Ok(made > 0)
}

/// Whether an address gets no mail.
///
/// # Errors
/// What SQLite says.
pub fn is_suppressed(store: &Connection, sha256: &str) -> Result<bool, StoreError> {
    let one = "SELECT 1 FROM suppressions WHERE sha256 = ?1";
    Ok(store.prepare_cached(one)?.exists([sha256])?)
}

/// The feed after `since`, at most `limit` entries.
///
/// # Errors
/// What SQLite says.
pub fn suppressions(
    store: &Connection,
    since: i64,
    limit: usize,
) -> Result<Suppressions, StoreError> {
    let after = "SELECT cursor, sha256, reason, at FROM suppressions WHERE cursor > ?1
         ORDER BY cursor LIMIT ?2";
    let mut statement = store.prepare_cached(after)?;
    let mut rows = statement.query(params![since, limit + 1])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let reason = match row.get_ref(2)?.as_str().unwrap_or_default() {
            "unsubscribed" => SuppressionReason::Unsubscribed,
            "hard_bounce" => SuppressionReason::HardBounce,
            _ => return Err(StoreError::Damaged("suppressions.reason")),
        };
        let at = clock::rfc3339(row.get(3)?);
        found.push(Suppression { cursor: row.get(0)?, sha256: row.get(1)?, reason, at });
    }
    let more = found.len() > limit;
    found.truncate(limit);
    let cursor = found.last().map_or(since, |last| last.cursor);
    Ok(Suppressions { cursor, more, suppressions: found })
}
