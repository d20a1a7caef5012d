//! Changes of flags after the snapshot was built: the feed of `GET /v1/flags/changes`.

use std::collections::HashSet;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use roaring::RoaringBitmap;
use serde_json::Value;

use super::scope::member_at;
use crate::model::{Customers, Membership, Row};

/// What happens to a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagOp {
    /// The customers get it.
    Add,
    /// The customers lose it.
    Remove,
}

/// One change: a flag and the customers who get or lose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagChange {
    /// Its place in the feed; without one it is later than whatever came before.
    pub cursor: Option<u64>,
    /// The flag's id.
    pub flag: String,
    /// What happens.
    pub op: FlagOp,
    /// Ids of customers.
    pub customers: Vec<String>,
}

/// What a number of changes came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct FlagsApplied {
    /// Flags that a customer has now and had not, or the other way about.
    pub changed: u32,
    /// Flags of a customer that are as they were.
    pub unchanged: u32,
    /// Customers that the snapshot does not know; each counts once.
    pub unknown_customers: u32,
}

/// A document that is no list of changes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {found} is not allowed; allowed is {allowed}")]
pub struct FlagChangesError {
    /// The place, such as `changes[3].op`.
    pub path: String,
    /// What stands there; never a customer's id.
    found: String,
    allowed: &'static str,
}

/// Reads changes from JSON: the feed's answer, or its `changes` alone. Fields that are not asked
/// for, such as `at` and `by`, are passed over.
///
/// # Errors
/// The first place where something else stands than the feed allows.
pub fn parse_flag_changes(document: &str) -> Result<Vec<FlagChange>, FlagChangesError> {
    let refused = |value: &Value, allowed| refusal("changes", value, allowed);
    let value: Value =
        serde_json::from_str(document).map_err(|_| refused(&Value::Null, "a list as JSON"))?;
    let list = value.get("changes").unwrap_or(&value);
    let list = list.as_array().ok_or_else(|| refused(list, "a list of changes"))?;
    list.iter().enumerate().map(|(at, change)| parse_change(at, change)).collect()
}

fn parse_change(at: usize, change: &Value) -> Result<FlagChange, FlagChangesError> {
    let path = |field: &str| format!("changes[{at}].{field}");
    if !change.is_object() {
        return Err(refusal(&format!("changes[{at}]"), change, "an object"));
    }
    let field = |name: &str| change.get(name).unwrap_or(&Value::Null);
    let refused = |name: &str, allowed| refusal(&path(name), field(name), allowed);
    let cursor = match field("cursor") {
        Value::Null => None,
        cursor => Some(cursor.as_u64().ok_or_else(|| refused("cursor", "a whole number from 0"))?),
    };
    let flag = field("flag").as_str().filter(|flag| !flag.is_empty());
    let flag = flag.ok_or_else(|| refused("flag", "a flag's id"))?.to_owned();
    let op = match field("op").as_str() {
        Some("add") => FlagOp::Add,
        Some("remove") => FlagOp::Remove,
        _ => return Err(refused("op", "\"add\", \"remove\"")),
    };
    let customers = field("customers").as_array();
    let customers = customers
        .ok_or_else(|| refused("customers", "a list of customer ids"))?
        .iter()
        .enumerate()
        .map(|(nth, id)| {
            let place = || path(&format!("customers[{nth}]"));
            id.as_str().map(str::to_owned).ok_or_else(|| refusal(&place(), id, "a customer's id"))
        })
        .collect::<Result<_, _>>()?;
    Ok(FlagChange { cursor, flag, op, customers })
}

fn refusal(path: &str, value: &Value, allowed: &'static str) -> FlagChangesError {
    let found = match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(_) => "true or false".to_owned(),
        Value::Number(number) => number.to_string(),
        // A field in the wrong place may hold an id.
        Value::String(_) => "this text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    FlagChangesError { path: path.to_owned(), found, allowed }
}

/// The place in the feed of the last change to each flag of each customer, as far as one came:
/// a page of the feed that comes late, or twice, must not undo what is newer.
#[derive(Debug, Clone, Default)]
pub(super) struct Cursors {
    by_flag: Vec<(String, HashMap<Row, u64, FixedState>)>,
}

impl Cursors {
    /// Whether a change is the latest so far, which it then is.
    fn advance(&mut self, flag: &str, row: Row, cursor: u64) -> bool {
        let at = self.by_flag.iter().position(|(known, _)| known == flag).unwrap_or_else(|| {
            self.by_flag.push((flag.to_owned(), HashMap::default()));
            self.by_flag.len() - 1
        });
        let latest = self.by_flag[at].1.entry(row).or_insert(cursor);
        let is_latest = *latest <= cursor;
        *latest = cursor.max(*latest);
        is_latest
    }
}

/// What becomes of a flag, for each customer that changes name; `None` where all that came is
/// older than what was applied before.
type ByCustomer = HashMap<Row, Option<FlagOp>, FixedState>;

/// Changes flags; returns what came of it, and the positions of the flags that are not as they
/// were. A flag that is not defined is defined by the first customer who gets it, its id being
/// its name, as in the import.
pub(super) fn apply(
    changes: &[FlagChange],
    customers: &Customers,
    flags: &mut Vec<Membership>,
    cursors: &mut Cursors,
) -> (FlagsApplied, Vec<usize>) {
    let (last, unknown_customers) = last_of_each(changes, customers, cursors);
    let mut applied = FlagsApplied { unknown_customers, ..FlagsApplied::default() };
    let mut touched = Vec::new();
    for (flag, customers) in last {
        let named = customers.len() as u32;
        let defined = member_at(flags, flag);
        if defined.is_none() && !customers.values().any(|op| *op == Some(FlagOp::Add)) {
            applied.unchanged += named;
            continue;
        }
        let at = defined.unwrap_or_else(|| {
            let (id, name) = (flag.to_owned(), flag.to_owned());
            flags.push(Membership { id, name, rows: RoaringBitmap::new() });
            flags.len() - 1
        });
        let members = &mut flags[at].rows;
        let differ = customers.iter().filter(|(row, op)| match op {
            Some(FlagOp::Add) => members.insert(**row),
            Some(FlagOp::Remove) => members.remove(**row),
            None => false,
        });
        let differ = differ.count() as u32;
        applied.changed += differ;
        applied.unchanged += named - differ;
        if differ > 0 {
            touched.push(at);
        }
    }
    (applied, touched)
}

/// The last change of each flag and customer, flags in the order in which they come, and how
/// many customers are not known.
fn last_of_each<'a>(
    changes: &'a [FlagChange],
    customers: &Customers,
    cursors: &mut Cursors,
) -> (Vec<(&'a str, ByCustomer)>, u32) {
    let mut unknown: HashSet<&str> = HashSet::new();
    let mut last: Vec<(&str, ByCustomer)> = Vec::new();
    for FlagChange { cursor, flag, op, customers: ids } in changes {
        let at = last.iter().position(|(known, _)| known == flag).unwrap_or_else(|| {
            last.push((flag, ByCustomer::default()));
            last.len() - 1
        });
        for id in ids {
            let Some(row) = customers.row_of(id) else {
                unknown.insert(id);
                continue;
            };
            if cursor.is_none_or(|cursor| cursors.advance(flag, row, cursor)) {
                last[at].1.insert(row, Some(*op));
            } else {
                last[at].1.entry(row).or_insert(None);
            }
        }
    }
    (last, unknown.len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feeds_answer_is_read_with_or_without_what_is_around_it() {
        let change = r#"{"cursor":7,"flag":"vip","op":"add","customers":["K1","K2"],"at":"2026-11-21T10:00:00Z","by":"A"}"#;
        let expected = [FlagChange {
            cursor: Some(7),
            flag: "vip".to_owned(),
            op: FlagOp::Add,
            customers: vec!["K1".to_owned(), "K2".to_owned()],
        }];
        for document in
            [format!("[{change}]"), format!(r#"{{"cursor":7,"more":false,"changes":[{change}]}}"#)]
        {
            assert_eq!(parse_flag_changes(&document).unwrap(), expected);
        }
        let bare = r#"[{"flag":"vip","op":"remove","customers":[]}]"#;
        assert_eq!(parse_flag_changes(bare).unwrap()[0].cursor, None);
    }

    #[test]
    fn what_is_no_change_is_refused_by_its_place_without_saying_whose_it_is() {
        for (document, path) in [
            (r#"{"flag":"vip"}"#, "changes"),
            ("nonsense", "changes"),
            (r#"[{"flag":"vip","op":"add","customers":["K1"]},"K2"]"#, "changes[1]"),
            (r#"[{"flag":"","op":"add","customers":["K1"]}]"#, "changes[0].flag"),
            (r#"[{"flag":"vip","op":"K3","customers":["K1"]}]"#, "changes[0].op"),
            (r#"[{"flag":"vip","op":"add","customers":"K4"}]"#, "changes[0].customers"),
            (r#"[{"flag":"vip","op":"add","customers":["K1",2]}]"#, "changes[0].customers[1]"),
            (r#"[{"flag":"vip","op":"add","cursor":-1,"customers":[]}]"#, "changes[0].cursor"),
        ] {
            let error = parse_flag_changes(document).unwrap_err();
            assert_eq!(error.path, path, "{document}");
            assert!(!error.to_string().contains('K'), "{error}");
        }
    }
}
