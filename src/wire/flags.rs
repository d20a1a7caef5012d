//! Flags: what is set on customers, and the feed of changes.

use serde::{Deserialize, Serialize};

use super::ViewReference;

/// A flag that can be set, in the answer of `GET /v1/flags`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Flag {
    /// Its id, as in the snapshot.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// Customers on whom the endpoint has set it; those who have it by the export alone are not
    /// known here.
    pub customers: u64,
}

/// What happens to a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FlagOp {
    /// It is set.
    Add,
    /// It is taken away.
    Remove,
}

impl FlagOp {
    /// The word for it: `add` or `remove`.
    pub fn word(self) -> &'static str {
        match self {
            FlagOp::Add => "add",
            FlagOp::Remove => "remove",
        }
    }
}

/// The body of `POST /v1/flags/{id}/assignments`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FlagRequest {
    /// Set or take away.
    pub op: FlagOp,
    /// Customer ids, at most [`MAX_CUSTOMERS`](super::MAX_CUSTOMERS).
    pub customers: Vec<String>,
    /// The view that chose them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<ViewReference>,
}

/// The answer of `POST /v1/flags/{id}/assignments`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct FlagResult {
    /// Customers whose last change was another.
    pub changed: u64,
    /// Customers whose last change was the same, repeated ones included.
    pub unchanged: u64,
    /// Who changed, in the order of the request; an undo sends the opposite for exactly these.
    pub changed_customers: Vec<String>,
    /// Where the feed stands after this.
    pub cursor: i64,
}

/// One change, in the order in which they happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct FlagChange {
    /// Its place in the feed, ascending.
    pub cursor: i64,
    /// The flag's id.
    pub flag: String,
    /// Set or taken away.
    pub op: FlagOp,
    /// The customers concerned, ascending by bytes.
    pub customers: Vec<String>,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// The name of the token that asked for it.
    pub by: String,
}

/// The answer of `GET /v1/flags/changes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct FlagChanges {
    /// What to ask for next, as `since`.
    pub cursor: i64,
    /// Whether there is more to be had now.
    pub more: bool,
    /// The changes after `since`, ascending.
    pub changes: Vec<FlagChange>,
}
