//! A sentence's names before there is data: its place is kept at about the right size.

use crate::model::{Day, Decimals};
use crate::view::sentence::{EventName, SentenceContext};

/// Knows nothing by name.
pub struct Nameless {
    /// The yardstick.
    pub as_of: Day,
}

impl SentenceContext for Nameless {
    fn as_of(&self) -> Day {
        self.as_of
    }

    fn decimals(&self) -> Decimals {
        Decimals::new(2).expect("two digits are allowed")
    }

    fn event(&self, _: &str) -> Option<EventName> {
        None
    }

    fn production(&self, _: &str) -> Option<String> {
        None
    }

    fn consent(&self, _: &str) -> Option<String> {
        None
    }

    fn flag(&self, _: &str) -> Option<String> {
        None
    }
}
