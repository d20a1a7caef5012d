//! What the endpoint keeps: one SQLite file, changed only in whole transactions. The program that
//! serves and the commands beside it may have it open at the same time.

mod answers;
mod audiences;
mod audit;
mod campaigns;
mod flags;
mod forget;
mod outgoing;
mod suppressions;
mod tokens;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use answers::{FirstAnswer, forget_old_answers, keep_answer, kept_answer};
pub use audiences::{
    DueAudience, Ending, NewAudience, NewMember, add_audience, audience, audience_members,
    begin_audience, due_audience, end_audience, next_audience, settle_members,
};
pub use audit::{Entry, audit_lines, record};
pub use campaigns::{
    Cancelled, Letter, LetterPage, NewCampaign, NewRecipient, accepted_in_a_day, add_campaign,
    campaign, campaigns, cancel_campaign, clear_ended, recipient_of_token,
};
pub use flags::{Assignment, flag_changes, flag_counts, set_flag, write_flag_changes};
pub use forget::{Forgotten, Person, forget};
pub use outgoing::{Mail, Outcome, hand_over, letter, next_due, recover, settle, take, waiting};
pub use suppressions::{is_suppressed, suppress, suppressions};
pub use tokens::{Right, Rights, Token, TokenError, add_token, authenticate, revoke_token, tokens};

/// One script for each version of the store, the first for an empty file.
const MIGRATIONS: [&str; 1] = [include_str!("schema_1.sql")];

/// Why the store does not do what it is asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// What SQLite says, which names tables and never values.
    #[error("the store: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A file from a later program.
    #[error(
        "{}: the store has version {found}, and this program knows {known}; use a newer program",
        file.display()
    )]
    Newer {
        /// The file.
        file: PathBuf,
        /// Its version.
        found: usize,
        /// The newest that this program knows.
        known: usize,
    },
    /// A row that no version of this program writes.
    #[error("the store: {0} holds something that does not belong there")]
    Damaged(&'static str),
    /// A piece of work that ended in a panic.
    #[error("the store: a piece of work was broken off")]
    Broken,
    /// The file or its folder.
    #[error("{}: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// The open store; clones are the same one.
#[derive(Debug, Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
}

impl Store {
    /// Opens the file, makes it when it is missing (readable by its owner alone), and brings it
    /// to this program's version.
    ///
    /// # Errors
    /// A file that SQLite cannot open, or from a later program.
    pub fn open(file: &Path) -> Result<Store, StoreError> {
        make_private(file).map_err(|source| StoreError::File { file: file.to_owned(), source })?;
        let mut connection = Connection::open(file)?;
        connection.busy_timeout(Duration::from_secs(30))?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        // A mail that was handed over must be known after a loss of power too.
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What was deleted is not to be found in the file.
        connection.pragma_update(None, "secure_delete", true)?;
        migrate(&mut connection, file)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Store { connection: Arc::new(Mutex::new(connection)) })
    }

    /// Moves everything into the one file, so that what was deleted stands nowhere else.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn compact(&self) -> Result<(), StoreError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Does work in one transaction: all of it, or nothing where it fails. Waits for others.
    ///
    /// # Errors
    /// What the work answers, or what SQLite says.
    pub fn run<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // A panic rolled its transaction back, so the connection is as good as before.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let done = work(&transaction)?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(done)
    }

    /// The same on a thread that may wait.
    ///
    /// # Errors
    /// As [`run`](Store::run).
    pub async fn call<T, E>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let store = self.clone();
        let done = tokio::task::spawn_blocking(move || store.run(work)).await;
        done.unwrap_or_else(|_| Err(StoreError::Broken.into()))
    }

    /// Reads without holding up whoever writes in another process.
    ///
    /// # Errors
    /// As [`run`](Store::run).
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let connection = Arc::clone(&self.connection);
        let done = tokio::task::spawn_blocking(move || {
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            // One moment for everything that is read.
            let transaction = connection.transaction().map_err(StoreError::from)?;
            work(&transaction)
        });
        done.await.unwrap_or_else(|_| Err(StoreError::Broken.into()))
    }
}

fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

fn migrate(connection: &mut Connection, file: &Path) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = MIGRATIONS.len();
    if found > known {
        return Err(StoreError::Newer { file: file.to_owned(), found, known });
    }
    for script in &MIGRATIONS[found..] {
        transaction.execute_batch(script)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_from_a_later_program_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sync.db");
        drop(Store::open(&file).unwrap());
        drop(Store::open(&file).unwrap());
        let connection = Connection::open(&file).unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        let error = Store::open(&file).unwrap_err().to_string();
        assert!(error.contains("version 99") && error.contains("newer program"), "{error}");
    }

    #[test]
    fn work_that_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("sync.db")).unwrap();
        let failed: Result<(), StoreError> = store.run(|transaction| {
            suppress(transaction, "00", crate::wire::SuppressionReason::Unsubscribed, 1)?;
            Err(StoreError::Damaged("a test"))
        });
        assert!(failed.is_err());
        let count: u64 = store
            .run(|transaction| {
                let count = "SELECT count(*) FROM suppressions";
                Ok::<_, StoreError>(transaction.query_row(count, [], |row| row.get(0))?)
            })
            .unwrap();
        assert_eq!(count, 0);
    }
}
