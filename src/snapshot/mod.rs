//! How is it stored? Facts and contacts become bytes and come back; `FORMAT.md` is the grammar.
//!
//! A snapshot is a manifest and two parts. Nothing that is read is trusted: every count is held
//! against the bytes that are there before room is made for it, and what comes back keeps the
//! rules of the model, so that whoever counts need not check again.

mod bits;
mod contacts;
mod container;
mod customers;
mod error;
mod facts;
#[cfg(not(target_arch = "wasm32"))]
pub mod folder;
mod ids;
mod kinds;
mod lines;
mod manifest;
mod packed;
mod passphrase;
mod records;
mod revenue;
#[cfg(feature = "seal")]
pub mod seal;

pub use contacts::{decode_contacts, encode_contacts};
pub use container::SectionSize;
pub use error::{Part, SnapshotError};
pub use facts::{decode_facts, encode_facts};
pub use manifest::{DayRange, DayRanges, Encryption, Manifest, PartEntry, PartKind, RowCounts};
pub use passphrase::Passphrase;

use crate::model::{Contacts, Facts};

/// The format version that is written; every version from 1 to this one is read.
pub const VERSION: u32 = 1;

/// A manifest and the facts it names, checked against its size, SHA-256 and counts.
///
/// # Errors
/// Anything that [`Manifest::parse`] or [`decode_facts`] refuses; bytes that are not the file
/// that the manifest names; sealed facts.
pub fn open(manifest: &[u8], facts: &[u8]) -> Result<(Manifest, Facts), SnapshotError> {
    open_with(manifest, facts, None)
}

/// As [`open`], for facts that may be sealed.
///
/// # Errors
/// As [`open`], and what [`PartEntry::opened`] refuses.
pub fn open_with(
    manifest: &[u8],
    facts: &[u8],
    passphrase: Option<&Passphrase>,
) -> Result<(Manifest, Facts), SnapshotError> {
    let manifest = Manifest::parse(manifest)?;
    let opened = manifest.part(PartKind::Facts)?.opened(facts, passphrase)?;
    let facts = checked(&manifest, &opened)?;
    Ok((manifest, facts))
}

/// As [`open`], for facts that somebody else unsealed: `opened` is what lay inside the file that the
/// manifest names. Whoever unsealed it knows that it is what was sealed, so that only its counts
/// are held against the manifest.
///
/// # Errors
/// Anything that [`Manifest::parse`] or [`decode_facts`] refuses; other counts than the manifest's.
pub fn open_unsealed(manifest: &[u8], opened: &[u8]) -> Result<(Manifest, Facts), SnapshotError> {
    let manifest = Manifest::parse(manifest)?;
    let facts = checked(&manifest, opened)?;
    Ok((manifest, facts))
}

fn checked(manifest: &Manifest, opened: &[u8]) -> Result<Facts, SnapshotError> {
    let facts = decode_facts(opened)?;
    manifest.check_facts(&facts)?;
    Ok(facts)
}

/// The contacts that a manifest names, checked like the facts in [`open`]: a row for each
/// customer.
///
/// # Errors
/// Anything that [`decode_contacts`] refuses; bytes that are not the file that the manifest
/// names; sealed contacts; another number of rows than customers.
pub fn open_contacts(manifest: &Manifest, contacts: &[u8]) -> Result<Contacts, SnapshotError> {
    open_contacts_with(manifest, contacts, None)
}

/// As [`open_contacts`], for contacts that may be sealed.
///
/// # Errors
/// As [`open_contacts`], and what [`PartEntry::opened`] refuses.
pub fn open_contacts_with(
    manifest: &Manifest,
    contacts: &[u8],
    passphrase: Option<&Passphrase>,
) -> Result<Contacts, SnapshotError> {
    let opened = manifest.part(PartKind::Contacts)?.opened(contacts, passphrase)?;
    open_unsealed_contacts(manifest, &opened)
}

/// As [`open_contacts`], for contacts that somebody else unsealed: `opened` is what lay inside the file
/// that the manifest names.
///
/// # Errors
/// Anything that [`decode_contacts`] refuses; another number of rows than customers.
pub fn open_unsealed_contacts(
    manifest: &Manifest,
    opened: &[u8],
) -> Result<Contacts, SnapshotError> {
    let contacts = decode_contacts(opened)?;
    let found = contacts.cells.first().map_or(0, |column| column.len() as u64);
    if !contacts.cells.is_empty() && found != manifest.rows.customers {
        let (part, what, expected) = (Part::Contacts, "rows", manifest.rows.customers);
        return Err(SnapshotError::OtherCount { part, what, found, expected });
    }
    Ok(contacts)
}

/// The sections of an open part and their sizes, in the order of the file; the first is the
/// frame around them.
///
/// # Errors
/// Bytes that are no such part, have a newer version or a broken table of sections.
pub fn section_sizes(part: PartKind, bytes: &[u8]) -> Result<Vec<SectionSize>, SnapshotError> {
    let reader = container::PartReader::new(part.into(), bytes)?;
    Ok(reader.sizes(match part {
        PartKind::Facts => facts::section_name,
        PartKind::Contacts => contacts::section_name,
    }))
}
