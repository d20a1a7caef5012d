//! What a list that leaves can fail at.

use std::io;

use super::format::Format;

/// Why a list cannot leave.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Nobody can tell who agreed to marketing.
    #[error(
        "{format} goes only to people with the consent to marketing, and this snapshot names none \
         (marketing_consent in venue.toml); give a reason to go without"
    )]
    NoMarketingConsent {
        /// The list.
        format: Format,
    },
    /// A column that there is not.
    #[error("no column is called {name:?}; allowed are {allowed}")]
    UnknownColumn {
        /// As it was asked for.
        name: String,
        /// The names, separated by commas.
        allowed: String,
    },
    /// The contacts belong to another snapshot.
    #[error("the contacts have {contacts} customers and the facts {facts}; they belong apart")]
    OtherContacts {
        /// Customers of the contacts.
        contacts: usize,
        /// Customers of the facts.
        facts: u32,
    },
    /// More columns than a sheet has.
    #[error("{columns} columns, and a sheet of Excel has 16,384; choose the CSV file")]
    TooManyColumns {
        /// How many.
        columns: usize,
    },
    /// A workbook that the writer refuses.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// Where the bytes go refuses them.
    #[error(transparent)]
    Output(#[from] io::Error),
}

impl ExportError {
    /// Whether whoever asked can put it right.
    pub fn is_asked_wrongly(&self) -> bool {
        !matches!(self, ExportError::Workbook(_) | ExportError::Output(_))
    }
}
