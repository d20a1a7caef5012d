//! One person leaves every table.

use rusqlite::{Connection, params};
use serde_json::Value;

use super::StoreError;

/// Who is to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// By the [hash](crate::wire::address_sha256) of an address.
    Address(String),
    /// By customer id.
    Customer(String),
}

/// What went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Rows of campaigns: id, name, address, link to unsubscribe.
    pub mails: usize,
    /// Of these, mails that had not gone out, and now do not.
    pub stopped: usize,
    /// Rows of audiences.
    pub members: usize,
    /// Flags that were set or taken away by the endpoint.
    pub flags: usize,
    /// Places in the feed of flags.
    pub changes: usize,
    /// First answers in which the customer was named.
    pub answers: usize,
    /// Whether the address is among the suppressed ones, where its hash stays.
    pub is_suppressed: bool,
    /// Mails written into the folder, by campaign id and row.
    pub files: Vec<(String, i64)>,
}

/// Removes a person from every table. Rows of campaigns and audiences stay as numbers, so that
/// their counts go on adding up.
///
/// # Errors
/// What SQLite says.
pub fn forget(store: &Connection, person: &Person) -> Result<Forgotten, StoreError> {
    let mut forgotten = Forgotten::default();
    let (column, value) = match person {
        Person::Address(sha256) => ("sha256", sha256),
        Person::Customer(id) => ("customer", id),
    };
    let customers = match person {
        Person::Customer(id) => vec![id.clone()],
        Person::Address(sha256) => customers_of(store, sha256)?,
    };
    forgotten.is_suppressed = match person {
        Person::Address(sha256) => super::is_suppressed(store, sha256)?,
        Person::Customer(id) => {
            let any =
                "SELECT 1 FROM recipients JOIN suppressions USING (sha256) WHERE customer = ?1";
            store.prepare(any)?.exists([id])?
        }
    };
    let files = "SELECT campaigns.id, recipients.number FROM recipients
         JOIN campaigns ON campaigns.number = campaign WHERE delivery = 'files'";
    forgotten.files = store
        .prepare(&format!("{files} AND {column} = ?1"))?
        .query_map([value], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    forgotten.stopped = store.execute(
        &format!(
            "UPDATE recipients SET state = 'cancelled'
             WHERE {column} = ?1 AND state IN ('queued', 'taken')"
        ),
        [value],
    )?;
    forgotten.mails = store.execute(
        &format!(
            "UPDATE recipients SET customer = '', email = NULL, sha256 = '', first_name = NULL,
                 last_name = NULL, reason = NULL, token = 'forgotten ' || number
             WHERE {column} = ?1"
        ),
        [value],
    )?;
    forgotten.members = store.execute(
        &format!(
            "UPDATE members SET customer = '', sha256 = NULL, fields = NULL, reason = NULL,
                 state = CASE state WHEN 'queued' THEN 'rejected' ELSE state END
             WHERE {column} = ?1"
        ),
        [value],
    )?;
    for customer in &customers {
        forgotten.flags +=
            store.execute("DELETE FROM flag_states WHERE customer = ?1", [customer])?;
        forgotten.changes +=
            store.execute("DELETE FROM flag_change_customers WHERE customer = ?1", [customer])?;
        forgotten.answers += forget_in_answers(store, customer)?;
    }
    // A stopped mail may have been a campaign's last.
    store.execute(
        "UPDATE campaigns SET done_at = created_at WHERE done_at IS NULL AND NOT EXISTS
             (SELECT 1 FROM recipients WHERE campaign = campaigns.number
              AND state IN ('queued', 'taken', 'handed'))",
        [],
    )?;
    Ok(forgotten)
}

fn customers_of(store: &Connection, sha256: &str) -> Result<Vec<String>, StoreError> {
    let both = "SELECT customer FROM recipients WHERE sha256 = ?1 AND customer <> ''
         UNION SELECT customer FROM members WHERE sha256 = ?1 AND customer <> ''";
    let mut statement = store.prepare(both)?;
    let found = statement.query_map([sha256], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Kept answers stay, so that their keys go on doing nothing twice, but do not name the customer.
fn forget_in_answers(store: &Connection, customer: &str) -> Result<usize, StoreError> {
    let quoted = Value::from(customer).to_string();
    let named: Vec<(i64, String, String)> = store
        .prepare("SELECT token, key, body FROM answers WHERE instr(body, ?1) > 0")?
        .query_map([quoted], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (token, key, body) in &named {
        let mut answer: Value =
            serde_json::from_str(body).map_err(|_| StoreError::Damaged("answers.body"))?;
        take_out(&mut answer, customer);
        store.execute(
            "UPDATE answers SET body = ?3 WHERE token = ?1 AND key = ?2",
            params![token, key, answer.to_string()],
        )?;
    }
    Ok(named.len())
}

fn take_out(value: &mut Value, customer: &str) {
    match value {
        Value::Array(values) => {
            values.retain(|value| value != customer && value["id"] != customer);
            for value in values {
                take_out(value, customer);
            }
        }
        Value::Object(fields) => {
            for value in fields.values_mut() {
                take_out(value, customer);
            }
        }
        _ => {}
    }
}
