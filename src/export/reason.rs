//! Why somebody is left out, what becomes of a cell, and what of a person is told.

use serde::{Deserialize, Serialize};

/// Why somebody is left out. The order is that of the gates: whoever would be stopped by two is
/// stopped by the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// No e-mail address; for Meta no phone number either.
    NoAddress,
    /// Neither what stands there as the e-mail address nor, for Meta, as the phone number is one.
    BadAddress,
    /// Without the consent to marketing.
    NoConsent,
    /// Among those who must not be written to.
    Suppressed,
    /// Another customer with the same address goes out.
    Duplicate,
}

impl Reason {
    /// All of them, in the order of the gates.
    pub const ALL: [Reason; 5] = [
        Reason::NoAddress,
        Reason::BadAddress,
        Reason::NoConsent,
        Reason::Suppressed,
        Reason::Duplicate,
    ];

    /// The name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Reason::NoAddress => "no_address",
            Reason::BadAddress => "bad_address",
            Reason::NoConsent => "no_consent",
            Reason::Suppressed => "suppressed",
            Reason::Duplicate => "duplicate",
        }
    }
}

/// What becomes of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CellFate {
    /// It cannot be read as an address or a phone number, and is left empty.
    Unreadable,
    /// It is longer than its place takes, and is cut between characters.
    Shortened,
}

/// What of each person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecipientKind {
    /// What a mail needs: id, address, names and language.
    Mail,
    /// Everything that an e-mail system takes, as the import has it.
    Plain,
    /// What Meta takes, hashed; the id stays as it is.
    Meta,
}
