//! First answers, so that a call that comes again does nothing twice.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::StoreError;
use crate::server::clock::DAY;

/// How long a key is kept, in milliseconds.
const KEPT: i64 = 30 * DAY;

/// The answer that a key had before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstAnswer {
    /// Whether the call was the same: way and body.
    pub same_request: bool,
    /// Its HTTP status, a 2xx.
    pub status: u16,
    /// Its JSON.
    pub body: String,
}

/// What a key of this token was answered; `None` when it is new or older than 30 days.
///
/// # Errors
/// What SQLite says.
pub fn kept_answer(
    store: &Connection,
    (token, key): (i64, &str),
    (path, body): (&str, &[u8]),
    now: i64,
) -> Result<Option<FirstAnswer>, StoreError> {
    let one = "SELECT request, status, body FROM answers WHERE token = ?1 AND key = ?2 AND at > ?3";
    let request = fingerprint(path, body);
    let found = store.prepare_cached(one)?.query_row(params![token, key, now - KEPT], |row| {
        let same_request = row.get::<_, Vec<u8>>(0)? == request;
        Ok(FirstAnswer { same_request, status: row.get(1)?, body: row.get(2)? })
    });
    Ok(found.optional()?)
}

/// Keeps a first answer, in the transaction that does what was asked.
///
/// # Errors
/// What SQLite says.
pub fn keep_answer(
    store: &Connection,
    (token, key): (i64, &str),
    (path, body): (&str, &[u8]),
    (status, answer): (u16, &str),
    now: i64,
) -> Result<(), StoreError> {
    let insert = "INSERT OR REPLACE INTO answers (token, key, request, status, body, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let request = fingerprint(path, body);
    store.prepare_cached(insert)?.execute(params![token, key, request, status, answer, now])?;
    Ok(())
}

/// Deletes the answers whose time is over.
///
/// # Errors
/// What SQLite says.
pub fn forget_old_answers(store: &Connection, now: i64) -> Result<usize, StoreError> {
    Ok(store.execute("DELETE FROM answers WHERE at <= ?1", [now - KEPT])?)
}

fn fingerprint(path: &str, body: &[u8]) -> Vec<u8> {
    let hash = Sha256::new().chain_update(path).chain_update([0]).chain_update(body);
    hash.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::store::Store;

    #[test]
    fn a_key_is_its_tokens_own_and_is_kept_for_30_days() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("sync.db")).unwrap();
        store
            .run(|store| {
                keep_answer(store, (1, "k"), ("/a", b"x"), (200, "{}"), 1000)?;
                let kept =
                    |token, path, body, now| kept_answer(store, (token, "k"), (path, body), now);
                assert!(kept(1, "/a", b"x", 1000 + KEPT - 1)?.unwrap().same_request);
                assert!(!kept(1, "/a", b"y", 1000)?.unwrap().same_request);
                assert!(!kept(1, "/b", b"x", 1000)?.unwrap().same_request);
                assert_eq!(kept(2, "/a", b"x", 1000)?, None);
                assert_eq!(kept(1, "/a", b"x", 1000 + KEPT)?, None);
                assert_eq!(forget_old_answers(store, 1000 + KEPT)?, 1);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
}
