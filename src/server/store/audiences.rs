//! Audiences on their way to services.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;
use crate::server::clock;
use crate::wire::{
    AudienceOperation, AudienceProgress, AudienceRecipient, AudienceState, RejectedRecipient,
};

/// An audience about to be accepted.
#[derive(Debug, Clone)]
pub struct NewAudience<'a> {
    /// Unique.
    pub id: &'a str,
    /// The connector's id.
    pub connector: &'a str,
    /// The audience's id in the connector's configuration.
    pub audience: &'a str,
    /// As in the request.
    pub name: &'a str,
    /// As in the request.
    pub operation: AudienceOperation,
    /// Why nobody was asked for the consent.
    pub ungated_reason: Option<&'a str>,
    /// The token's name.
    pub by: &'a str,
    /// Now.
    pub created_at: i64,
}

/// A recipient about to be kept.
#[derive(Debug, Clone)]
pub struct NewMember<'a> {
    /// As it came.
    pub recipient: &'a AudienceRecipient,
    /// Of the address.
    pub sha256: Option<String>,
    /// Why it does not go to the service.
    pub rejected: Option<&'static str>,
}

/// An audience that has to go to its service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueAudience {
    /// The row.
    pub number: i64,
    /// The connector's id.
    pub connector: String,
    /// The audience's id in the connector's configuration.
    pub audience: String,
    /// What.
    pub operation: AudienceOperation,
    /// Times it was put off.
    pub attempts: u32,
}

/// Keeps an audience until its service has it.
///
/// # Errors
/// What SQLite says.
pub fn add_audience(
    store: &Connection,
    audience: &NewAudience<'_>,
    members: &[NewMember<'_>],
) -> Result<(), StoreError> {
    store.execute(
        "INSERT INTO audiences (id, connector, audience, name, operation, ungated_reason, by,
             state, next_at, total, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', ?8, ?9, ?8)",
        params![
            audience.id,
            audience.connector,
            audience.audience,
            audience.name,
            audience.operation.word(),
            audience.ungated_reason,
            audience.by,
            audience.created_at,
            members.len(),
        ],
    )?;
    let number = store.last_insert_rowid();
    let mut insert = store.prepare_cached(
        "INSERT INTO members (audience, customer, sha256, fields, state, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for member in members {
        // What does not go to the service is not needed any more.
        let (fields, state) = if member.rejected.is_some() {
            (None, "rejected")
        } else {
            let fields = serde_json::to_string(member.recipient);
            (Some(fields.map_err(|_| StoreError::Damaged("members.fields"))?), "queued")
        };
        let id = &member.recipient.id;
        insert.execute(params![number, id, member.sha256, fields, state, member.rejected])?;
    }
    Ok(())
}

/// The audience that has waited longest.
///
/// # Errors
/// What SQLite says.
pub fn due_audience(store: &Connection, now: i64) -> Result<Option<DueAudience>, StoreError> {
    let next = "SELECT number, connector, audience, operation, attempts FROM audiences
         WHERE state IN ('waiting', 'sending') AND next_at <= ?1 ORDER BY next_at, number LIMIT 1";
    let found = store.prepare_cached(next)?.query_row([now], |row| {
        let operation: String = row.get(3)?;
        let (number, connector, audience) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok((number, connector, audience, operation, row.get(4)?))
    });
    let Some((number, connector, audience, word, attempts)) = found.optional()? else {
        return Ok(None);
    };
    let operation = operation(&word)?;
    Ok(Some(DueAudience { number, connector, audience, operation, attempts }))
}

/// When the next audience is due.
///
/// # Errors
/// What SQLite says.
pub fn next_audience(store: &Connection) -> Result<Option<i64>, StoreError> {
    let next = "SELECT min(next_at) FROM audiences WHERE state IN ('waiting', 'sending')";
    Ok(store.query_row(next, [], |row| row.get(0))?)
}

/// Begins, or begins again, and gives the members that have to go. What replaces an audience goes
/// whole each time.
///
/// # Errors
/// What SQLite says.
pub fn begin_audience(
    store: &Connection,
    audience: &DueAudience,
) -> Result<Vec<(i64, AudienceRecipient)>, StoreError> {
    store.execute("UPDATE audiences SET state = 'sending' WHERE number = ?1", [audience.number])?;
    if audience.operation == AudienceOperation::Replace {
        store.execute(
            "UPDATE members SET state = 'queued' WHERE audience = ?1 AND state = 'sent'
                 AND fields IS NOT NULL",
            [audience.number],
        )?;
    }
    let waiting = "SELECT number, fields FROM members
         WHERE audience = ?1 AND state = 'queued' AND fields IS NOT NULL ORDER BY number";
    let mut statement = store.prepare_cached(waiting)?;
    let mut rows = statement.query([audience.number])?;
    let mut members = Vec::new();
    while let Some(row) = rows.next()? {
        let recipient = serde_json::from_str(row.get_ref(1)?.as_str().unwrap_or_default());
        members.push((row.get(0)?, recipient.map_err(|_| StoreError::Damaged("members.fields"))?));
    }
    Ok(members)
}

/// Writes down what a service did with some members.
///
/// # Errors
/// What SQLite says.
pub fn settle_members(
    store: &Connection,
    sent: &[i64],
    rejected: &[(i64, String)],
) -> Result<(), StoreError> {
    let mut update = store.prepare_cached(
        "UPDATE members SET state = ?2, reason = ?3 WHERE number = ?1 AND state = 'queued'",
    )?;
    for number in sent {
        update.execute(params![number, "sent", None::<&str>])?;
    }
    for (number, reason) in rejected {
        update.execute(params![number, "rejected", reason])?;
    }
    Ok(())
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Everything went over.
    Done,
    /// Once more, at this time.
    Later(i64, String),
    /// Not at all.
    Failed(String),
}

/// Writes down how an attempt ended.
///
/// # Errors
/// What SQLite says.
pub fn end_audience(
    store: &Connection,
    number: i64,
    ending: &Ending,
    now: i64,
) -> Result<(), StoreError> {
    match ending {
        Ending::Done => store.execute(
            "UPDATE audiences SET state = 'done', error = NULL, done_at = ?2 WHERE number = ?1",
            [number, now],
        )?,
        Ending::Later(next_at, reason) => store.execute(
            "UPDATE audiences SET error = ?3, next_at = ?2, attempts = attempts + 1
             WHERE number = ?1",
            params![number, next_at, reason],
        )?,
        Ending::Failed(reason) => store.execute(
            "UPDATE audiences SET state = 'failed', error = ?3, done_at = ?2 WHERE number = ?1",
            params![number, now, reason],
        )?,
    };
    Ok(())
}

/// How far an audience is; `None` when there is none of this id.
///
/// # Errors
/// What SQLite says.
pub fn audience(store: &Connection, id: &str) -> Result<Option<AudienceProgress>, StoreError> {
    let one = "SELECT number, connector, audience, name, operation, state, total, error, created_at
         FROM audiences WHERE id = ?1";
    let mut statement = store.prepare_cached(one)?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(|row| progress(store, id, row)).transpose()
}

/// Who is in an audience by what was handed over: since it was last replaced, everybody added and not
/// removed after that, ascending by bytes.
///
/// # Errors
/// What SQLite says.
pub fn audience_members(
    store: &Connection,
    (connector, audience): (&str, &str),
) -> Result<Vec<String>, StoreError> {
    // Of a bare column beside max() SQLite gives that row's: each customer's last operation.
    let there = "WITH sent AS (
             SELECT number, operation FROM audiences WHERE connector = ?1 AND audience = ?2
             AND number >= coalesce((SELECT max(number) FROM audiences WHERE connector = ?1
                 AND audience = ?2 AND operation = 'replace' AND state = 'done'), 0)),
         last AS (
             SELECT customer, operation, max(sent.number) FROM sent
             JOIN members ON members.audience = sent.number
             WHERE members.state = 'sent' AND customer <> '' GROUP BY customer)
         SELECT customer FROM last WHERE operation <> 'remove' ORDER BY customer";
    let mut statement = store.prepare_cached(there)?;
    let found = statement.query_map([connector, audience], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn progress(store: &Connection, id: &str, row: &Row<'_>) -> Result<AudienceProgress, StoreError> {
    let number: i64 = row.get(0)?;
    let sent = "SELECT count(*) FROM members WHERE audience = ?1 AND state = 'sent'";
    let sent = store.prepare_cached(sent)?.query_row([number], |row| row.get(0))?;
    let mut rejected = store.prepare_cached(
        "SELECT customer, coalesce(reason, '') FROM members
         WHERE audience = ?1 AND state = 'rejected' AND customer <> '' ORDER BY number",
    )?;
    let rejected = rejected
        .query_map([number], |row| Ok(RejectedRecipient { id: row.get(0)?, reason: row.get(1)? }))?
        .collect::<Result<_, _>>()?;
    let state = match row.get_ref(5)?.as_str().unwrap_or_default() {
        "waiting" => AudienceState::Waiting,
        "sending" => AudienceState::Sending,
        "done" => AudienceState::Done,
        "failed" => AudienceState::Failed,
        _ => return Err(StoreError::Damaged("audiences.state")),
    };
    Ok(AudienceProgress {
        id: id.to_owned(),
        connector: row.get(1)?,
        audience: row.get(2)?,
        name: row.get(3)?,
        operation: operation(row.get_ref(4)?.as_str().unwrap_or_default())?,
        state,
        total: row.get(6)?,
        sent,
        rejected,
        error: row.get(7)?,
        created_at: clock::rfc3339(row.get(8)?),
    })
}

fn operation(word: &str) -> Result<AudienceOperation, StoreError> {
    match word {
        "add" => Ok(AudienceOperation::Add),
        "replace" => Ok(AudienceOperation::Replace),
        "remove" => Ok(AudienceOperation::Remove),
        _ => Err(StoreError::Damaged("audiences.operation")),
    }
}
