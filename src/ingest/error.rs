//! Why a folder is refused as a whole, and what is only worth saying.

use std::io;

use super::encoding::EncodingProblem;
use super::file::File;
use super::venue_toml::VenueError;

/// A folder cannot be read, whatever rejects are allowed. No message holds a cell of
/// `customers.csv`.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// A file that every export has is not there.
    #[error(
        "{file} is missing; an export folder holds venue.toml, events.csv, customers.csv, \
         orders.csv and tickets.csv, and may hold offers.csv and postcodes.csv"
    )]
    MissingFile {
        /// Which.
        file: File,
    },
    /// The system does not give the bytes.
    #[error("{file} cannot be read: {source}")]
    Unreadable {
        /// Which.
        file: File,
        /// What the system said.
        source: io::Error,
    },
    /// The bytes are no text.
    #[error("{file}:{line}: {problem}")]
    Encoding {
        /// Which.
        file: File,
        /// Physical line, the first being 1.
        line: u64,
        /// What is wrong with them.
        problem: EncodingProblem,
    },
    /// A table without a single line.
    #[error("{file} is empty; its first line names the columns: {}", required_columns(*.file))]
    NoHeader {
        /// Which.
        file: File,
    },
    /// A column is not in the header that every export has, or that `venue.toml` promises.
    #[error(
        "{file}:{line}: column {column}{} is missing; {}",
        called(.header.as_deref()), header_has(.found)
    )]
    MissingColumn {
        /// Which file.
        file: File,
        /// The header's physical line.
        line: u64,
        /// The contract's name.
        column: &'static str,
        /// How `venue.toml` says that the file calls it.
        header: Option<String>,
        /// What the file has; empty where no column is known, since the line may be a row.
        found: Vec<String>,
    },
    /// Two headers mean the same column.
    #[error("{file}:{line}: column {column} stands twice, as {first:?} and as {second:?}")]
    RepeatedColumn {
        /// Which file.
        file: File,
        /// The header's physical line.
        line: u64,
        /// The contract's name.
        column: &'static str,
        /// The header nearer to the beginning.
        first: String,
        /// The other one.
        second: String,
    },
    /// A quoted cell goes on to the end of the file.
    #[error("{file}:{line}: a quote that opens in this record is never closed")]
    UnclosedQuote {
        /// Which file.
        file: File,
        /// Where the record starts.
        line: u64,
    },
    /// A record is so long that it can only be a mistake.
    #[error(
        "{file}:{line}: this record is longer than {limit_bytes} bytes; \
         most likely a quote in it is never closed"
    )]
    RecordTooLong {
        /// Which file.
        file: File,
        /// Where the record starts.
        line: u64,
        /// What a record may have.
        limit_bytes: usize,
    },
    /// `venue.toml` is not as it should be.
    #[error(transparent)]
    Venue(#[from] VenueError),
    /// A customer id is an address.
    #[error(
        "customers.csv:{line}: the customer id contains an @; ids go to whoever can read the \
         facts, so use the ticketing system's own numbers or say that ids are to be taken as \
         they are (--ids-as-they-are)"
    )]
    IdWithAt {
        /// Where the record starts.
        line: u64,
    },
    /// Customer ids are the numbers that authorities gave to people.
    #[error(
        "customers.csv:{line}: the customer id looks like a national identity number; ids go to \
         whoever can read the facts, so use the ticketing system's own numbers or say that ids \
         are to be taken as they are (--ids-as-they-are)"
    )]
    IdLikePersonalNumber {
        /// Where the first such record starts.
        line: u64,
    },
    /// More text than a column can hold.
    #[error("{file} is too large: {what} together pass 4 GiB")]
    TooLarge {
        /// Which file.
        file: File,
        /// What there is too much of.
        what: String,
    },
    /// The bytes differ between the first and the second reading.
    #[error("{file} changed while it was being read; export it again and wait until that is done")]
    Changed {
        /// Which.
        file: File,
    },
    /// The caller asked to stop.
    #[error("reading was cancelled")]
    Cancelled,
}

impl IngestError {
    /// The file that the message begins with, if it begins with one.
    pub fn file(&self) -> Option<File> {
        match self {
            IngestError::MissingFile { file }
            | IngestError::Unreadable { file, .. }
            | IngestError::Encoding { file, .. }
            | IngestError::NoHeader { file }
            | IngestError::MissingColumn { file, .. }
            | IngestError::RepeatedColumn { file, .. }
            | IngestError::UnclosedQuote { file, .. }
            | IngestError::RecordTooLong { file, .. }
            | IngestError::TooLarge { file, .. }
            | IngestError::Changed { file } => Some(*file),
            IngestError::IdWithAt { .. } | IngestError::IdLikePersonalNumber { .. } => {
                Some(File::Customers)
            }
            IngestError::Venue(_) | IngestError::Cancelled => None,
        }
    }

    /// Whether the caller asked for it.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, IngestError::Cancelled)
    }
}

fn required_columns(file: File) -> String {
    let names = file.columns().iter().filter(|column| column.required).map(|column| column.name);
    names.collect::<Vec<_>>().join(", ")
}

fn called(header: Option<&str>) -> String {
    header.map_or_else(String::new, |header| format!(" (in venue.toml: {header:?})"))
}

fn header_has(found: &[String]) -> String {
    if found.is_empty() {
        "the first line has to name the columns, and none of its cells is the name of one"
            .to_owned()
    } else {
        format!("the header has: {}", quoted(found))
    }
}

fn quoted(headers: &[String]) -> String {
    headers.iter().map(|header| format!("{header:?}")).collect::<Vec<_>>().join(", ")
}

/// Something that a person should know and that stops nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// A file is neither UTF-8 nor marked as UTF-16.
    #[error("{file} is not UTF-8 and was read as Windows-1252")]
    ReadAsWindows1252 {
        /// Which.
        file: File,
    },
    /// Columns that nothing is done with.
    #[error("{file}: columns that Publik does not know are ignored: {}", quoted(.headers))]
    UnknownColumns {
        /// Which file.
        file: File,
        /// As spelled in the file.
        headers: Vec<String>,
    },
    /// The export has coordinates of its own, or no country, and neither has the venue one.
    #[error(
        "customers.csv: {customers} customers with a postcode stay without a place; \
         to place them, say the venue's country in venue.toml or add postcodes.csv"
    )]
    PostcodesNotAsked {
        /// How many have a postcode that was not looked up.
        customers: u64,
    },
    /// Consents or flags that only customers name, beside those of `venue.toml`: perhaps misspelt.
    #[error(
        "customers.csv: {count} of the {column} that customers have are not in venue.toml and \
         were added; `publik count` lists all"
    )]
    NotInVenue {
        /// `consents` or `flags`.
        column: &'static str,
        /// How many.
        count: usize,
    },
    /// A few ids have the digits of an identity number, as many as chance would give.
    #[error(
        "customers.csv: {matching} of {of} ids of that length could be national identity \
         numbers, few enough to be chance (first on line {line})"
    )]
    IdsMayBePersonalNumbers {
        /// Where the first of them starts.
        line: u64,
        /// How many pass the check.
        matching: u64,
        /// How many have as many digits.
        of: u64,
    },
}
