//! How does it leave? Lists for people and for the places that write to them.
//!
//! Pure: no clock, no browser, and bytes go to an [`Output`] of the caller's. The command line and
//! the page run this same code, so their files are equal byte for byte.
//!
//! ```
//! # use std::sync::Arc;
//! # use publik::engine::Session;
//! # use publik::export::*;
//! # use publik::model::Contacts;
//! # fn list(contacts: &Contacts, session: &mut Session) -> Result<(), ExportError> {
//! let snapshot = Arc::clone(session.snapshot());
//! let sources = Sources::new(&snapshot, contacts)?;
//! // Who goes out: the rows in the order in which they are to leave.
//! let rows = session.result().iter().collect();
//! let format = Format::MailchimpCsv;
//! let mut preflight = Preflight::new(sources, format, Gates::default(), rows)?;
//! while !preflight.step(4096) { /* tell how far, hear whether to stop */ }
//! let plan = preflight.finish();
//! // The plan says who is left out and why; then, if it pleases:
//! let columns = ListColumn::resolve(&[], contacts, session)?; // for list.* alone
//! let built_at = "2026-11-21T06:10:00Z"; // of the manifest
//! let setting = Setting { format, locale: Locale::English, columns, built_at };
//! let mut writing = Writing::new(sources, &plan, setting)?;
//! let mut files: Vec<Vec<u8>> = Vec::new();
//! while !writing.step(4096, &mut files)?.is_done { /* the same */ }
//! # Ok(())
//! # }
//! ```
//!
//! What the contract leaves open is decided so:
//! - `list.*` and `full.*` hold the whole result: nobody needs an address or a consent to be
//!   looked at. Only suppressions, where they are given, leave somebody out of them.
//! - The columns of `list.*` show an attribute as its filter looks at it: over the filter's own
//!   `over`, else the view's `count_over`. `last_purchase` is the day itself, kilometres are to
//!   the metre, money has all the currency's decimals, unknown is empty.
//! - The locale counts for `list.*` and `full.*`. Places that audiences go to read commas.
//! - Going without the consent gate lifts no other gate.
//! - For Meta somebody is reached by the e-mail address, else by the phone number; both duplicates
//!   and bad addresses are about that. A cell that cannot be read is left empty and noted. The
//!   plain file holds exactly what the other one hashes.
//! - A phone number that does not say its country is read as the customer's country writes it, an
//!   empty country being the venue's; so is the `country` of Meta.
//! - Mailchimp's tags are the names of the customer's flags.
//! - Mail that an endpoint sends passes the gates of [`Format::ApsisCsv`].
//! - A cell of a workbook that is longer than Excel's 32,767 is cut and noted.

#[cfg(feature = "export")]
mod address;
#[cfg(feature = "export")]
mod advice;
#[cfg(feature = "export")]
mod apsis;
#[cfg(feature = "export")]
mod built;
#[cfg(feature = "export")]
mod columns;
mod csv;
#[cfg(feature = "export")]
mod error;
mod format;
#[cfg(feature = "export")]
mod mailchimp;
#[cfg(feature = "export")]
mod meta;
#[cfg(feature = "export")]
mod people;
#[cfg(feature = "export")]
mod phone;
#[cfg(feature = "export")]
mod preflight;
mod reason;
#[cfg(feature = "export")]
mod recipients;
#[cfg(feature = "export")]
mod suppressions;
#[cfg(feature = "export")]
mod workbook;
#[cfg(feature = "export")]
mod writing;

pub use csv::{BOM, push_record};
pub use format::{Format, Locale};
pub use reason::{CellFate, Reason, RecipientKind};

#[cfg(feature = "export")]
pub use advice::{Advice, advice, telling_word};
#[cfg(feature = "export")]
pub use columns::ListColumn;
#[cfg(feature = "export")]
pub use error::ExportError;
#[cfg(feature = "export")]
pub use people::{SourceParts, Sources};
#[cfg(feature = "export")]
pub use preflight::{CellNote, Gates, LeftOut, Plan, Preflight};
#[cfg(feature = "export")]
pub use recipients::push_recipients;
#[cfg(feature = "export")]
pub use suppressions::{Suppressions, SuppressionsError};
#[cfg(feature = "export")]
pub use writing::{Output, Setting, Writing, Written};
