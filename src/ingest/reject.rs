//! Rows that cannot be kept, each with the reason.

use std::fmt;
use std::io;
use std::sync::Arc;

use super::file::File;
use crate::model::guarded;

/// A row that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The file it stands in.
    pub file: File,
    /// Physical line where the record starts; the file's first line is 1.
    pub line: u64,
    /// The header, as spelled in the file, of the cell that decides.
    pub column: Arc<str>,
    /// What is wrong with the row.
    pub reason: Reason,
    /// The cell that decides, cut to its first 60 characters; `None` where nothing of the file
    /// may be shown outside the rejects file, or nothing would be learnt.
    pub cell: Option<Box<str>>,
    /// The record as it stood, without its line break.
    pub record: Box<str>,
}

/// What is wrong with a row. No reason holds a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The row ends before its columns do.
    #[error("{found} cells where the header has {wanted}")]
    TooFewCells {
        /// Cells of the row.
        found: u32,
        /// Cells of the header.
        wanted: u32,
    },
    /// Something stands behind the last column.
    #[error("{found} cells where the header has {wanted}, and not all behind the last are empty")]
    SurplusCells {
        /// Cells of the row.
        found: u32,
        /// Cells of the header.
        wanted: u32,
    },
    /// A quoted cell goes on behind its closing quote.
    #[error("text follows a closing quote; a quote inside a quoted cell is written twice")]
    TextBehindQuote,
    /// An id is a non-empty string.
    #[error("the id is empty")]
    EmptyId,
    /// An id holds no control characters.
    #[error("a control character, such as a line break or a tab, which an id cannot contain")]
    ControlCharacter,
    /// The id stood before; that row stays.
    #[error("this id stands on an earlier line of the file")]
    RepeatedId,
    /// No time.
    #[error(
        "not a time; allowed are 2026-11-21T19:30+01:00 (seconds and fractions may follow the \
         minutes, Z may be the offset), the same without an offset for local time, and a date \
         alone"
    )]
    NotATime,
    /// No price.
    #[error(
        "not a price; allowed are digits with . or , as the decimal mark, without sign, exponent \
         or thousands mark"
    )]
    NotAPrice,
    /// No price at all.
    #[error("the price is empty; a free ticket costs 0")]
    EmptyPrice,
    /// A fraction of a minor unit.
    #[error("not a whole number of minor units; this currency has {decimals} decimals")]
    FinerThanMinorUnits {
        /// Of the currency.
        decimals: u8,
    },
    /// Beyond any price.
    #[error("more than 10^12 minor units")]
    PriceTooLarge,
    /// No latitude.
    #[error("not a latitude; allowed are degrees from -90 to 90 with . or , as the decimal mark")]
    NotALatitude,
    /// No longitude.
    #[error(
        "not a longitude; allowed are degrees from -180 to 180 with . or , as the decimal mark"
    )]
    NotALongitude,
    /// Latitude without longitude or the other way round.
    #[error("only one of latitude and longitude is given; allowed are both or neither")]
    HalfAPlace,
    /// Not one of a few words.
    #[error("allowed are {allowed}, and what [values] in venue.toml maps to them")]
    UnknownWord {
        /// The words.
        allowed: &'static str,
    },
    /// A cell that may not be empty is.
    #[error("empty, and this column has to be filled")]
    Empty,
    /// What it points at is not there.
    #[error("{file} has no row with this id")]
    PointsAtMissing {
        /// Where it should be.
        file: File,
    },
    /// What it points at was left out.
    #[error("the row of {file} with this id was rejected")]
    PointsAtRejected {
        /// Where it stands.
        file: File,
    },
}

impl Reject {
    /// The reason, with the cell where that may be shown; never a cell of `customers.csv`, nor
    /// one of `orders.csv`, whose cells can be customers' ids.
    pub fn told_reason(&self) -> String {
        match &self.cell {
            Some(cell) => format!("{}: {cell:?}", self.reason),
            None => self.reason.to_string(),
        }
    }
}

impl fmt::Display for Reject {
    /// `file:line: column: reason`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}: {}", self.file, self.line, self.column, self.told_reason())
    }
}

/// The first line of a rejects file.
pub const REJECTS_HEADER: &str = "file,line,column,reason,record\n";

/// Writes the rejects file: [`REJECTS_HEADER`], then CSV whose cells no spreadsheet reads as
/// formulas.
///
/// It holds the records themselves, so it is as personal as the export.
///
/// # Errors
/// What the writer says.
pub fn write_rejects<'r>(
    mut out: impl io::Write,
    rejects: impl IntoIterator<Item = &'r Reject>,
) -> io::Result<()> {
    out.write_all(REJECTS_HEADER.as_bytes())?;
    let mut csv = csv::Writer::from_writer(out);
    for reject in rejects {
        let line = reject.line.to_string();
        let reason = reject.told_reason();
        let cells = [reject.file.name(), &line, &reject.column, &reason, &reject.record];
        csv.write_record(cells.map(|cell| guarded(cell).into_owned()))?;
    }
    csv.flush()
}
