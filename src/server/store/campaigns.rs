//! Campaigns as the page sees them: accepted, counted, stopped.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::StoreError;
use crate::server::clock::{self, DAY};
use crate::wire::{
    CampaignCounts, CampaignDetails, CampaignState, CampaignStatus, Delivery, FailedRecipient, Mode,
};

/// What every mail of a campaign is put together from, as it was when the campaign was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// As people call the offer.
    pub offer_name: String,
    /// Where the offer leads.
    pub offer_link: String,
    /// By language.
    pub pages: BTreeMap<String, LetterPage>,
}

/// A letter in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPage {
    /// One line.
    pub subject: String,
    /// What the marketer wrote.
    pub text: String,
    /// The layout, with placeholders.
    pub html_layout: String,
    /// The layout, with placeholders.
    pub text_layout: String,
}

/// A campaign about to be accepted.
#[derive(Debug, Clone)]
pub struct NewCampaign<'a> {
    /// Unique.
    pub id: &'a str,
    /// The offer's id.
    pub offer: &'a str,
    /// What it is for.
    pub mode: &'a Mode,
    /// The layout's id.
    pub layout: &'a str,
    /// What mails are put together from.
    pub letter: &'a Letter,
    /// Whether it is a test.
    pub test: bool,
    /// Why nobody was asked for the consent.
    pub ungated_reason: Option<&'a str>,
    /// Where mails go.
    pub delivery: Delivery,
    /// The token's name.
    pub by: &'a str,
    /// Now.
    pub created_at: i64,
    /// When it leaves.
    pub sends_at: i64,
}

/// A recipient about to be queued.
#[derive(Debug, Clone)]
pub struct NewRecipient {
    /// Customer id.
    pub customer: String,
    /// As mail servers take it.
    pub email: String,
    /// [`address_sha256`](crate::wire::address_sha256) of what came.
    pub sha256: String,
    /// May be empty.
    pub first_name: String,
    /// May be empty.
    pub last_name: String,
    /// One of the letter's.
    pub language: String,
    /// The opaque part of the link to unsubscribe.
    pub token: String,
}

/// Queues a campaign. One without recipients is done.
///
/// # Errors
/// What SQLite says.
pub fn add_campaign(
    store: &Connection,
    campaign: &NewCampaign<'_>,
    recipients: &[NewRecipient],
) -> Result<(), StoreError> {
    let letter = to_json(campaign.letter)?;
    let done_at = recipients.is_empty().then_some(campaign.created_at);
    store.execute(
        "INSERT INTO campaigns (id, offer, mode, layout, letter, test, ungated_reason, delivery,
             by, accepted, created_at, sends_at, done_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            campaign.id,
            campaign.offer,
            to_json(campaign.mode)?,
            campaign.layout,
            letter,
            campaign.test,
            campaign.ungated_reason,
            delivery_word(campaign.delivery),
            campaign.by,
            recipients.len(),
            campaign.created_at,
            campaign.sends_at,
            done_at,
        ],
    )?;
    let number = store.last_insert_rowid();
    let mut insert = store.prepare_cached(
        "INSERT INTO recipients (campaign, customer, email, sha256, first_name, last_name,
             language, token, state, next_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'queued', ?9)",
    )?;
    for recipient in recipients {
        insert.execute(params![
            number,
            recipient.customer,
            recipient.email,
            recipient.sha256,
            recipient.first_name,
            recipient.last_name,
            recipient.language,
            recipient.token,
            campaign.sends_at,
        ])?;
    }
    Ok(())
}

fn to_json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Damaged("a value that is no JSON"))
}

/// Mails accepted in the 24 hours before `now`, without tests and without those that were stopped;
/// and when the oldest of these campaigns was accepted.
///
/// # Errors
/// What SQLite says.
pub fn accepted_in_a_day(store: &Connection, now: i64) -> Result<(u64, Option<i64>), StoreError> {
    let sum = "SELECT coalesce(sum(accepted - (SELECT count(*) FROM recipients
             WHERE campaign = campaigns.number AND state = 'cancelled')), 0), min(created_at)
         FROM campaigns WHERE NOT test AND created_at > ?1";
    let sum =
        store.prepare_cached(sum)?.query_row([now - DAY], |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(sum?)
}

const STATUS: &str = "SELECT number, id, offer, mode, layout, test, accepted, created_at, sends_at,
     by, delivery, cancelled_at, done_at FROM campaigns";

/// Every campaign, newest first.
///
/// # Errors
/// What SQLite says.
pub fn campaigns(store: &Connection, now: i64) -> Result<Vec<CampaignStatus>, StoreError> {
    let mut statement = store.prepare_cached(&format!("{STATUS} ORDER BY number DESC"))?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(status(store, row, now)?.1);
    }
    Ok(found)
}

/// One campaign, with those a person has to look at; `None` when there is none of this id.
///
/// # Errors
/// What SQLite says.
pub fn campaign(
    store: &Connection,
    id: &str,
    now: i64,
) -> Result<Option<CampaignDetails>, StoreError> {
    let Some((number, status)) = numbered(store, id, now)? else { return Ok(None) };
    let listed = "SELECT customer, reason FROM recipients
         WHERE campaign = ?1 AND state = ?2 AND customer <> '' ORDER BY number";
    let mut listed = store.prepare_cached(listed)?;
    let uncertain = listed.query_map(params![number, "uncertain"], |row| row.get(0))?;
    let uncertain_customers = uncertain.collect::<Result<_, _>>()?;
    let failed = listed.query_map(params![number, "failed"], |row| {
        let reason: Option<String> = row.get(1)?;
        Ok(FailedRecipient { id: row.get(0)?, reason: reason.unwrap_or_default() })
    })?;
    let failed_customers = failed.collect::<Result<_, _>>()?;
    Ok(Some(CampaignDetails { status, uncertain_customers, failed_customers }))
}

fn numbered(
    store: &Connection,
    id: &str,
    now: i64,
) -> Result<Option<(i64, CampaignStatus)>, StoreError> {
    let mut statement = store.prepare_cached(&format!("{STATUS} WHERE id = ?1"))?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(|row| status(store, row, now)).transpose()
}

fn status(
    store: &Connection,
    row: &Row<'_>,
    now: i64,
) -> Result<(i64, CampaignStatus), StoreError> {
    let number = row.get(0)?;
    let (mode, sends_at): (String, i64) = (row.get(3)?, row.get(8)?);
    let (cancelled, done): (Option<i64>, Option<i64>) = (row.get(11)?, row.get(12)?);
    let state = match (cancelled, done) {
        (Some(_), _) => CampaignState::Cancelled,
        (None, Some(_)) => CampaignState::Done,
        (None, None) if sends_at > now => CampaignState::Waiting,
        (None, None) => CampaignState::Sending,
    };
    let status = CampaignStatus {
        id: row.get(1)?,
        offer: row.get(2)?,
        mode: serde_json::from_str(&mode).map_err(|_| StoreError::Damaged("campaigns.mode"))?,
        layout: row.get(4)?,
        test: row.get(5)?,
        state,
        accepted: row.get(6)?,
        counts: counts(store, number)?,
        created_at: clock::rfc3339(row.get(7)?),
        sends_at: clock::rfc3339(sends_at),
        by: row.get(9)?,
        delivery: delivery(&row.get::<_, String>(10)?)?,
    };
    Ok((number, status))
}

fn counts(store: &Connection, campaign: i64) -> Result<CampaignCounts, StoreError> {
    let count = "SELECT state, count(*) FROM recipients WHERE campaign = ?1 GROUP BY state";
    let mut statement = store.prepare_cached(count)?;
    let mut rows = statement.query([campaign])?;
    let mut counts = CampaignCounts::default();
    while let Some(row) = rows.next()? {
        let count: u64 = row.get(1)?;
        *match row.get_ref(0)?.as_str().unwrap_or_default() {
            // What a sender holds right now has not gone out as far as anybody knows.
            "queued" | "taken" | "handed" => &mut counts.queued,
            "sent" => &mut counts.sent,
            "failed" => &mut counts.failed,
            "suppressed" => &mut counts.suppressed,
            "uncertain" => &mut counts.uncertain,
            "cancelled" => &mut counts.cancelled,
            _ => return Err(StoreError::Damaged("recipients.state")),
        } += count;
    }
    Ok(counts)
}

pub(super) fn delivery(word: &str) -> Result<Delivery, StoreError> {
    match word {
        "smtp" => Ok(Delivery::Smtp),
        "files" => Ok(Delivery::Files),
        _ => Err(StoreError::Damaged("campaigns.delivery")),
    }
}

fn delivery_word(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Smtp => "smtp",
        Delivery::Files => "files",
    }
}

/// What became of the wish to stop a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cancelled {
    /// There is none of this id.
    Unknown,
    /// Everything had gone out.
    TooLate,
    /// It is stopped, by this wish or an earlier one.
    Done(Box<CampaignStatus>),
}

/// Stops what has not gone out. What a sender has handed over goes on.
///
/// # Errors
/// What SQLite says.
pub fn cancel_campaign(store: &Connection, id: &str, now: i64) -> Result<Cancelled, StoreError> {
    let Some((number, status)) = numbered(store, id, now)? else { return Ok(Cancelled::Unknown) };
    match status.state {
        CampaignState::Done => return Ok(Cancelled::TooLate),
        CampaignState::Cancelled => return Ok(Cancelled::Done(Box::new(status))),
        CampaignState::Waiting | CampaignState::Sending => {}
    }
    store.execute("UPDATE campaigns SET cancelled_at = ?2 WHERE number = ?1", [number, now])?;
    store.execute(
        "UPDATE recipients SET state = 'cancelled'
         WHERE campaign = ?1 AND state IN ('queued', 'taken')",
        [number],
    )?;
    let stopped = numbered(store, id, now)?;
    let (_, status) = stopped.ok_or(StoreError::Damaged("campaigns"))?;
    Ok(Cancelled::Done(Box::new(status)))
}

/// Whose link this is: the hash of the address, and the language of the mail.
///
/// # Errors
/// What SQLite says.
pub fn recipient_of_token(
    store: &Connection,
    token: &str,
) -> Result<Option<(String, String)>, StoreError> {
    let one = "SELECT sha256, language FROM recipients WHERE token = ?1";
    let found = store.prepare_cached(one)?.query_row([token], |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(found.optional()?)
}

/// Takes names and addresses out of what ended `retain_days` ago. How many campaigns and audiences.
///
/// # Errors
/// What SQLite says.
pub fn clear_ended(store: &Connection, retain_days: u32, now: i64) -> Result<usize, StoreError> {
    let before = now - i64::from(retain_days) * DAY;
    store.execute(
        "UPDATE recipients SET email = NULL, first_name = NULL, last_name = NULL
         WHERE campaign IN (SELECT number FROM campaigns
             WHERE cleared_at IS NULL AND coalesce(cancelled_at, done_at) <= ?1)
             AND state NOT IN ('queued', 'taken', 'handed')",
        [before],
    )?;
    let campaigns = store.execute(
        "UPDATE campaigns SET cleared_at = ?2
         WHERE cleared_at IS NULL AND coalesce(cancelled_at, done_at) <= ?1",
        [before, now],
    )?;
    store.execute(
        "UPDATE members SET fields = NULL WHERE audience IN (SELECT number FROM audiences
             WHERE cleared_at IS NULL AND done_at <= ?1)",
        [before],
    )?;
    let audiences = store.execute(
        "UPDATE audiences SET cleared_at = ?2 WHERE cleared_at IS NULL AND done_at <= ?1",
        [before, now],
    )?;
    Ok(campaigns + audiences)
}
