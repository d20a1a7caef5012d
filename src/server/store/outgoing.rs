//! Mails on their way out. A mail is *queued*; a sender takes it (*taken*), and writes *handed*
//! before a mail server can have it. What is *handed* when the process ends may have arrived, so
//! it becomes *uncertain* and is never sent again by itself.

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use super::campaigns::{Letter, delivery};
use super::suppressions::{is_suppressed, suppress};
use crate::wire::{Delivery, SuppressionReason};

/// A mail that a sender has taken.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The recipient's row.
    pub number: i64,
    /// The campaign's row.
    pub campaign: i64,
    /// The campaign's id.
    pub campaign_id: String,
    /// As mail servers take it.
    pub email: String,
    /// Of the address.
    pub sha256: String,
    /// May be empty.
    pub first_name: String,
    /// May be empty.
    pub last_name: String,
    /// One of the letter's.
    pub language: String,
    /// The opaque part of the link to unsubscribe.
    pub token: String,
    /// Times it was refused for now.
    pub attempts: u32,
    /// Whether it is a test.
    pub test: bool,
    /// Where it goes.
    pub delivery: Delivery,
}

/// What became of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server has it, or the folder.
    Sent,
    /// It was refused for good; with `bounced` the address gets no further mail.
    Failed {
        /// Code or cause, no address.
        reason: String,
        /// Whether the address itself was refused.
        bounced: bool,
    },
    /// It was refused for now.
    Later {
        /// When to try again.
        next_at: i64,
        /// Code or cause, no address.
        reason: String,
        /// Whether this counts against the mail, and not against the mail server.
        counts: bool,
    },
    /// It was handed over and no answer came.
    Uncertain,
}

/// Puts in order what a process left behind that ended without a word. `is_written` says of a mail
/// that goes into the folder whether it is there, by campaign id and row.
///
/// # Errors
/// What SQLite says.
pub fn recover(
    store: &Connection,
    is_written: impl Fn(&str, i64) -> bool,
    now: i64,
) -> Result<usize, StoreError> {
    store.execute("UPDATE recipients SET state = 'queued' WHERE state = 'taken'", [])?;
    let handed: Vec<(i64, i64, String, String)> = store
        .prepare(
            "SELECT recipients.number, campaign, campaigns.id, delivery FROM recipients
             JOIN campaigns ON campaigns.number = campaign WHERE state = 'handed'",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?;
    let mut uncertain = 0;
    for (number, campaign, id, word) in handed {
        let state = match delivery(&word)? {
            Delivery::Smtp => {
                uncertain += 1;
                "uncertain"
            }
            Delivery::Files if is_written(&id, number) => "sent",
            Delivery::Files => "queued",
        };
        store.execute(
            "UPDATE recipients SET state = ?2 WHERE number = ?1",
            params![number, state],
        )?;
        finish(store, campaign, now)?;
    }
    // What was stopped while it was taken or handed stays stopped.
    store.execute(
        "UPDATE recipients SET state = 'cancelled' WHERE state = 'queued' AND campaign IN
             (SELECT number FROM campaigns WHERE cancelled_at IS NOT NULL)",
        [],
    )?;
    Ok(uncertain)
}

/// Takes the mail that has waited longest, leaving out addresses that were suppressed meanwhile.
///
/// # Errors
/// What SQLite says.
pub fn take(store: &Connection, now: i64) -> Result<Option<Mail>, StoreError> {
    loop {
        let taken = "UPDATE recipients SET state = 'taken' WHERE number =
                 (SELECT number FROM recipients WHERE state = 'queued' AND next_at <= ?1
                  ORDER BY next_at, number LIMIT 1)
             RETURNING number, campaign, email, sha256, first_name, last_name, language, token,
                 attempts";
        let taken = store.prepare_cached(taken)?.query_row([now], |row| {
            Ok(Mail {
                number: row.get(0)?,
                campaign: row.get(1)?,
                campaign_id: String::new(),
                email: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                sha256: row.get(3)?,
                first_name: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
                last_name: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
                language: row.get(6)?,
                token: row.get(7)?,
                attempts: row.get(8)?,
                test: false,
                delivery: Delivery::Files,
            })
        });
        let Some(mut mail) = taken.optional()? else { return Ok(None) };
        let campaign = "SELECT id, test, delivery FROM campaigns WHERE number = ?1";
        let (id, test, word): (String, bool, String) = store
            .prepare_cached(campaign)?
            .query_row([mail.campaign], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        (mail.campaign_id, mail.test, mail.delivery) = (id, test, delivery(&word)?);
        if mail.test || !is_suppressed(store, &mail.sha256)? {
            return Ok(Some(mail));
        }
        set_state(store, mail.number, "suppressed", None)?;
        finish(store, mail.campaign, now)?;
    }
}

/// What a campaign's mails are put together from.
///
/// # Errors
/// What SQLite says.
pub fn letter(store: &Connection, campaign: i64) -> Result<Letter, StoreError> {
    let one = "SELECT letter FROM campaigns WHERE number = ?1";
    let json: String = store.prepare_cached(one)?.query_row([campaign], |row| row.get(0))?;
    serde_json::from_str(&json).map_err(|_| StoreError::Damaged("campaigns.letter"))
}

/// Writes down that a mail may from now on be at the mail server. `false`: it was stopped, and
/// must not be handed over.
///
/// # Errors
/// What SQLite says.
pub fn hand_over(store: &Connection, number: i64) -> Result<bool, StoreError> {
    let handed = "UPDATE recipients SET state = 'handed' WHERE number = ?1 AND state = 'taken'";
    Ok(store.prepare_cached(handed)?.execute([number])? > 0)
}

/// Writes down what became of a mail that this process had taken.
///
/// # Errors
/// What SQLite says.
pub fn settle(
    store: &Connection,
    mail: &Mail,
    outcome: &Outcome,
    now: i64,
) -> Result<(), StoreError> {
    match outcome {
        Outcome::Sent => set_state(store, mail.number, "sent", None)?,
        Outcome::Uncertain => set_state(store, mail.number, "uncertain", None)?,
        Outcome::Failed { reason, bounced } => {
            set_state(store, mail.number, "failed", Some(reason))?;
            if *bounced && !mail.sha256.is_empty() {
                suppress(store, &mail.sha256, SuppressionReason::HardBounce, now)?;
            }
        }
        Outcome::Later { next_at, reason, counts } => {
            let later = "UPDATE recipients SET next_at = ?2, reason = ?3, attempts = attempts + ?4,
                     state = CASE WHEN (SELECT cancelled_at FROM campaigns
                         WHERE number = recipients.campaign) IS NULL
                         THEN 'queued' ELSE 'cancelled' END
                 WHERE number = ?1 AND state IN ('taken', 'handed')";
            store.prepare_cached(later)?.execute(params![mail.number, next_at, reason, counts])?;
        }
    }
    finish(store, mail.campaign, now)
}

fn set_state(
    store: &Connection,
    number: i64,
    state: &str,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let set = "UPDATE recipients SET state = ?2, reason = ?3
         WHERE number = ?1 AND state IN ('taken', 'handed')";
    store.prepare_cached(set)?.execute(params![number, state, reason])?;
    Ok(())
}

/// A campaign is done once none of its mails is left.
fn finish(store: &Connection, campaign: i64, now: i64) -> Result<(), StoreError> {
    let done = "UPDATE campaigns SET done_at = ?2 WHERE number = ?1 AND done_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM recipients
             WHERE campaign = ?1 AND state IN ('queued', 'taken', 'handed'))";
    store.prepare_cached(done)?.execute([campaign, now])?;
    Ok(())
}

/// When the next mail is due, and how many wait.
///
/// # Errors
/// What SQLite says.
pub fn next_due(store: &Connection) -> Result<Option<i64>, StoreError> {
    let next = "SELECT min(next_at) FROM recipients WHERE state = 'queued'";
    Ok(store.prepare_cached(next)?.query_row([], |row| row.get(0))?)
}

/// How many mails wait.
///
/// # Errors
/// What SQLite says.
pub fn waiting(store: &Connection) -> Result<i64, StoreError> {
    let count = "SELECT count(*) FROM recipients WHERE state = 'queued'";
    Ok(store.prepare_cached(count)?.query_row([], |row| row.get(0))?)
}
