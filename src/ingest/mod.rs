//! From an export folder to a model: [`read`] takes a [`Folder`] and gives [`Facts`],
//! [`Contacts`], and the rows that cannot be kept, each with its reason.
//!
//! Each file is read twice: to its end to learn its encoding, then row by row. Beyond the columns
//! and the index of ids no more than one record and a chunk are held. Files are read in an order
//! in which each points only at files before it, so one pass decides what is rejected.
//!
//! What the contract leaves open is decided so:
//! - An id stands in its file also when its row is rejected: a later row with it is rejected too,
//!   and what points at it points at a rejected row.
//! - A header is compared without outer white space; `[columns]` adds a spelling and takes none
//!   away, but a column it names has to be there.
//! - Names by which something is identified (promoter, season, list members) are ids, so a
//!   control character in one rejects the row; they may be empty and then are none.
//! - An empty `country` is the venue's for the gender of names as well as for postcodes.
//! - The bundled postcodes place nobody when `customers.csv` has coordinates of its own and
//!   `venue.toml` names no `country`: then an empty coordinate means that the place is unknown.
//! - A line of nothing but spaces and tabs is blank, unless the tab is the delimiter.
//! - Text behind a closing quote rejects the row, since its cells are not what anyone wrote.
//! - `marketing_consent` is a consent that `venue.toml` or a kept customer names.

mod customers;
mod encoding;
mod error;
mod events;
mod file;
mod folder;
pub mod given_names;
mod header;
mod id_table;
mod numbers;
mod personal_id;
mod postcode_rows;
pub mod postcodes;
mod progress;
mod purchases;
mod quotes;
mod reject;
mod rows;
mod table;
mod table_bytes;
mod time;
mod toml_entry;
mod venue_toml;
mod words;

use std::collections::HashSet;
use std::ops::ControlFlow;

pub use encoding::{Encoding, EncodingProblem};
pub use error::{IngestError, Warning};
pub use file::{ColumnRule, File};
pub use folder::{DirectoryFolder, Folder, MemoryFolder, Opened};
pub use progress::{Progress, Step};
pub use reject::{REJECTS_HEADER, Reason, Reject, write_rejects};
pub use table::FileCount;
pub use venue_toml::{VenueError, VenueProblem};

use crate::model::{Contacts, Facts, FactsBuilder, TextColumn};
use encoding::{TextFailure, TextSource};
use progress::Meter;
use table::Reading;
use venue_toml::VenueFile;

/// Longest `venue.toml` that is read.
const MAX_VENUE_BYTES: u64 = 1024 * 1024;

/// What the caller decides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Take customer ids that contain `@` or look like a Nordic personal number; without it such
    /// ids refuse the folder.
    pub ids_as_they_are: bool,
}

/// What a folder holds.
#[derive(Debug)]
pub struct Ingested {
    /// Everything a count needs.
    pub facts: Facts,
    /// Every cell of `customers.csv`, in the order of the facts' rows.
    pub contacts: Contacts,
    /// Rows left out, file by file in the order of [`File::TABLES`], by line within a file.
    pub rejects: Vec<Reject>,
    /// Rows of each file that is there, in the order of [`File::TABLES`].
    pub files: Vec<FileCount>,
    /// What a person should know and what stops nothing.
    pub warnings: Vec<Warning>,
}

/// Reads an export folder. `progress` hears how far it has come, a few times for each megabyte,
/// and stops it by breaking.
///
/// Rows that cannot be kept are in the answer; whether they are tolerable is the caller's to say.
///
/// # Errors
/// What refuses the folder whatever is tolerated: a missing file or column, an unclosed quote, an
/// unreadable encoding, a bad `venue.toml`, customer ids that are personal, or the wish to stop.
pub fn read(
    folder: &dyn Folder,
    options: &Options,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Ingested, IngestError> {
    let mut reading = Reading {
        folder,
        meter: Meter::new(progress),
        rejects: Vec::new(),
        files: Vec::new(),
        warnings: Vec::new(),
        misshapen: HashSet::new(),
    };
    let venue = read_venue(&mut reading)?;
    for file in File::TABLES.into_iter().filter(|file| file.is_required()) {
        if reading.open(file)?.is_none() {
            return Err(IngestError::MissingFile { file });
        }
    }
    let mut builder = FactsBuilder::new(venue.venue.clone());
    for (id, name) in &venue.consents {
        builder.add_consent(id, name);
    }
    for (id, name) in &venue.flags {
        builder.add_flag(id, name);
    }
    let own_postcodes = postcode_rows::read_postcodes(&mut reading, &venue)?;
    let mut events = events::read_events(&mut reading, &venue, &mut builder)?;
    let ids_as_they_are = options.ids_as_they_are;
    let (mut customers, contacts) = customers::read_customers(
        &mut reading,
        &venue,
        own_postcodes,
        ids_as_they_are,
        &mut builder,
    )?;
    let mut orders = purchases::read_orders(&mut reading, &venue, &mut customers, &mut builder)?;
    purchases::read_tickets(&mut reading, &venue, (&mut orders, &mut events), &mut builder)?;
    events::read_offers(&mut reading, &venue, &mut events, &mut builder)?;
    // The index of ids is as large as the columns to come.
    drop((events, customers, orders));
    reading.meter.tell(Progress {
        file: File::Offers,
        step: Step::Ordering,
        bytes_read: 0,
        bytes_total: 0,
        rows: 0,
    })?;
    let built = builder.finish();
    check_marketing_consent(&venue, &built.facts)?;
    let contacts = Contacts {
        cells: contacts
            .cells
            .into_iter()
            .map(|cells| in_order(&cells, &built.customer_of_row))
            .collect(),
        ..contacts
    };
    let Reading { rejects, files, warnings, .. } = reading;
    Ok(Ingested { facts: built.facts, contacts, rejects, files, warnings })
}

fn read_venue(reading: &mut Reading<'_>) -> Result<VenueFile, IngestError> {
    let file = File::Venue;
    let missing = IngestError::MissingFile { file };
    let Some(encoding) = reading.encoding(file)? else { return Err(missing) };
    let Some(opened) = reading.open(file)? else { return Err(missing) };
    let mut source = TextSource::new(opened, encoding);
    let mut text = Vec::new();
    loop {
        let more = source.append_to(&mut text).map_err(|failure| match failure {
            TextFailure::Io(source) => IngestError::Unreadable { file, source },
            TextFailure::Changed => IngestError::Changed { file },
        })?;
        if text.len() as u64 > MAX_VENUE_BYTES {
            return Err(IngestError::TooLarge { file, what: "its lines".to_owned() });
        }
        if !more {
            break;
        }
    }
    let text = String::from_utf8(text).map_err(|_| IngestError::Changed { file })?;
    Ok(VenueFile::parse(&text)?)
}

/// A consent that nobody defines would gate everybody out.
fn check_marketing_consent(venue: &VenueFile, facts: &Facts) -> Result<(), VenueError> {
    let Some(id) = &venue.venue.marketing_consent else { return Ok(()) };
    if facts.consents.iter().any(|consent| consent.id == *id) {
        return Ok(());
    }
    let known: Vec<&str> = venue.consents.iter().map(|(id, _)| id.as_str()).collect();
    Err(VenueError {
        line: venue.marketing_line,
        path: "marketing_consent".to_owned(),
        problem: VenueProblem::UnknownConsent { id: id.clone(), known: known.join(", ") },
    })
}

fn in_order(cells: &TextColumn, order: &[u32]) -> TextColumn {
    let mut column = TextColumn::with_capacity(cells.len(), cells.text_bytes());
    for &at in order {
        let fits = column.push(cells.get(at as usize));
        debug_assert!(fits, "the same texts in another order");
    }
    column
}
