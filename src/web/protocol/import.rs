//! What the page and the worker that reads export folders say to each other. Files and parts
//! cross as bytes beside the message.

use serde::{Deserialize, Serialize};

use super::Progress;

/// What the page asks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImportAsk {
    /// Names of the files, whose bytes lie beside the message in this order.
    pub names: Vec<String>,
    /// The moment to note in the manifest, RFC 3339.
    pub built_at: String,
}

/// What the worker says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ImportAnswer {
    /// It listens.
    Ready,
    /// How far reading has come.
    Progress(Progress),
    /// It is read. Beside the message lie manifest, facts, contacts and the rejects file.
    Done(ImportOutcome),
    /// It cannot be read, and why.
    Failed {
        /// For people.
        message: String,
    },
}

/// What reading an export folder left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportOutcome {
    /// How many rows were left out.
    pub rejected: u32,
    /// The first of them.
    pub rejects: Vec<RejectLine>,
    /// What is worth knowing.
    pub warnings: Vec<String>,
}

/// A row that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectLine {
    /// The file's name.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// The column's header.
    pub column: String,
    /// What is wrong; holds nothing of a customer.
    pub reason: String,
}
