//! What the page and its worker say to each other.

use serde::{Deserialize, Serialize};

/// What the page asks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Ask {
    /// Make the demo venue up and open it.
    OpenDemo {
        /// The page's today, `YYYY-MM-DD`.
        today: String,
    },
}

/// What the worker answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Answer {
    /// It listens.
    Ready,
    /// A venue is open.
    Opened(Overview),
    /// It could not do what was asked.
    Failed {
        /// For people.
        message: String,
    },
}

/// A venue and the counts of the segment it opens with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The venue's name.
    pub venue: String,
    /// The yardstick, `YYYY-MM-DD`.
    pub as_of: String,
    /// Customers the venue has.
    pub customers: u32,
    /// Events in scope.
    pub events: u32,
    /// Customers in the result.
    pub total: u32,
    /// Of those, with an e-mail address.
    pub with_email: u32,
    /// Of those, with the marketing consent; `None` where the venue names none.
    pub with_consent: Option<u32>,
    /// Consents by name, and how many customers of the result gave each.
    pub consents: Vec<(String, u32)>,
}
