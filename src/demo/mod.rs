//! What does a venue look like? A made-up one from a seed: programme, people and eight years of
//! purchases, always with a future.
//!
//! One generator tells the records to a listener; one listener writes an export folder, the other
//! builds the model at once. Everything is drawn in whole numbers, so that the same settings give
//! the same bytes on every machine.

mod buyers;
mod dice;
mod direct;
mod folder;
mod generate;
mod genres;
mod names;
mod people;
mod programme;
mod purchases;
mod records;
mod towns;
mod venue;

use std::io;

use crate::model::Day;

pub use direct::build;
pub use folder::{Written, write_folder};
pub use venue::NAME as VENUE;

/// Why a demo could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// More customers than ids have room for.
    #[error(
        "{customers} customers are too many: the demo makes at most {}",
        Settings::MAX_CUSTOMERS
    )]
    TooMany {
        /// How many were asked for.
        customers: u32,
    },
    /// A file of the folder could not be written.
    #[error("cannot write {file}: {source}")]
    Write {
        /// Its name in the folder.
        file: &'static str,
        /// What the writer said.
        source: io::Error,
    },
}

/// Which demo to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    customers: u32,
    seed: u64,
    today: Day,
}

impl Settings {
    /// The most customers a demo can have.
    pub const MAX_CUSTOMERS: u32 = 9_999_999;

    /// A number of customers, a seed, and the day that lies between history and future: the
    /// whole history moves with it.
    ///
    /// # Errors
    /// More than [`Settings::MAX_CUSTOMERS`].
    pub fn new(customers: u32, seed: u64, today: Day) -> Result<Settings, DemoError> {
        if customers > Settings::MAX_CUSTOMERS {
            return Err(DemoError::TooMany { customers });
        }
        Ok(Settings { customers, seed, today })
    }
}

#[cfg(test)]
mod tests;
