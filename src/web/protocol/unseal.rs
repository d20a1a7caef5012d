//! What the page and the worker that opens sealed facts say to each other.

use serde::{Deserialize, Serialize};

/// What the page asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnsealAsk {
    /// Hold the sealed bytes that lie beside the message. Has no answer.
    Hold,
    /// Open them with this passphrase.
    Open(String),
}

/// What the worker says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnsealAnswer {
    /// It listens.
    Ready,
    /// What was sealed lies beside the message.
    Opened,
    /// It was sealed with another passphrase.
    WrongPassphrase,
    /// No passphrase opens it.
    Failed {
        /// Why not, in English.
        message: String,
    },
}
