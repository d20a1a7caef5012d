//! `manifest.json`: what a snapshot holds and which files it is made of.

use std::borrow::Cow;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Part, Passphrase, SnapshotError, VERSION};
use crate::model::{Day, Facts, PackedLine};

/// Says that a JSON document is one of these.
const FORMAT: &str = "publik snapshot";
/// A manifest has well under 10 kB.
const MAX_BYTES: usize = 1 << 20;
/// What stands around the 64 digits of the checksum at the end.
const BEFORE_CHECKSUM: &str = ",\n  \"checksum\": \"";
const AFTER_CHECKSUM: &str = "\"\n}\n";
const HASH_DIGITS: usize = 64;
const TAIL_BYTES: usize = BEFORE_CHECKSUM.len() + HASH_DIGITS + AFTER_CHECKSUM.len();

/// What a snapshot holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `publik snapshot`.
    format: String,
    /// Of the format, from 1.
    pub version: u32,
    /// The venue's name.
    pub venue: String,
    /// When it was built, RFC 3339. Nowhere else in the snapshot.
    pub built_at: String,
    /// How many of everything there are.
    pub rows: RowCounts,
    /// First and last days.
    pub days: DayRanges,
    /// The consent that marketing needs, by id.
    pub marketing_consent: Option<String>,
    /// The last flag change that the snapshot already holds.
    pub flags_cursor: u64,
    /// The files.
    pub parts: Vec<PartEntry>,
}

/// How many of everything the facts hold; of the purchases only what is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RowCounts {
    /// Customers.
    pub customers: u64,
    /// Event dates.
    pub events: u64,
    /// Event groups.
    pub productions: u64,
    /// Orders with a valid ticket.
    pub orders: u64,
    /// Valid tickets.
    pub tickets: u64,
    /// Lines: an order and an event each.
    pub lines: u64,
    /// Consents defined.
    pub consents: u64,
    /// Flags defined.
    pub flags: u64,
    /// Special offers.
    pub offers: u64,
}

/// Days covered; `None` when there is nothing to cover.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DayRanges {
    /// Of the events.
    pub events: Option<DayRange>,
    /// Of the orders with a valid ticket.
    pub orders: Option<DayRange>,
}

/// Both inclusive, `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRange {
    /// The earliest.
    pub first: String,
    /// The latest.
    pub last: String,
}

/// A file of the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartEntry {
    /// What it holds.
    pub part: PartKind,
    /// Its name in the folder.
    pub file: String,
    /// Its size as stored.
    pub bytes: u64,
    /// Of the file as stored, 64 hexadecimal digits in lower case.
    pub sha256: String,
    /// How it is sealed.
    pub encryption: Encryption,
}

/// The parts that a manifest names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// Everything a count needs.
    Facts,
    /// Everything that names a person.
    Contacts,
}

impl From<PartKind> for Part {
    fn from(kind: PartKind) -> Part {
        match kind {
            PartKind::Facts => Part::Facts,
            PartKind::Contacts => Part::Contacts,
        }
    }
}

/// How a file is sealed. Size and hash in the manifest are of the sealed file, so that it can
/// be checked without the passphrase; inside lies the part itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// It lies open.
    None,
    /// An age file with one passphrase recipient; its name ends in `.age`.
    Age,
}

impl PartEntry {
    /// Describes a file: its name follows from its hash.
    pub fn of(part: PartKind, stored: &[u8], encryption: Encryption) -> PartEntry {
        let sha256 = sha256_hex(stored);
        PartEntry {
            part,
            file: file_name(part, &sha256, encryption),
            bytes: stored.len() as u64,
            sha256,
            encryption,
        }
    }

    /// Refuses bytes that are not the file described.
    ///
    /// # Errors
    /// Another size or hash.
    pub fn check(&self, stored: &[u8]) -> Result<(), SnapshotError> {
        let part = Part::from(self.part);
        if stored.len() as u64 != self.bytes {
            let found = stored.len() as u64;
            return Err(SnapshotError::OtherSize { part, found, expected: self.bytes });
        }
        let found = sha256_hex(stored);
        if found != self.sha256 {
            return Err(SnapshotError::OtherHash { part, found, expected: self.sha256.clone() });
        }
        Ok(())
    }

    /// The part inside the file described: the bytes as stored where it lies open, unsealed
    /// bytes where it is sealed. The file is checked first, so that damage is never taken for a
    /// wrong passphrase. A passphrase for a part that lies open is not looked at.
    ///
    /// # Errors
    /// Anything that [`PartEntry::check`] refuses; a sealed part without a passphrase, with
    /// another one, or in a program that was built without the feature `seal`.
    pub fn opened<'a>(
        &self,
        stored: &'a [u8],
        passphrase: Option<&Passphrase>,
    ) -> Result<Cow<'a, [u8]>, SnapshotError> {
        self.check(stored)?;
        let part = self.part.into();
        match (self.encryption, passphrase) {
            (Encryption::None, _) => Ok(Cow::Borrowed(stored)),
            (Encryption::Age, None) => Err(SnapshotError::Sealed { part }),
            (Encryption::Age, Some(passphrase)) => {
                unsealed(part, stored, passphrase).map(Cow::Owned)
            }
        }
    }
}

#[cfg(feature = "seal")]
fn unsealed(part: Part, stored: &[u8], with: &Passphrase) -> Result<Vec<u8>, SnapshotError> {
    super::seal::unseal(part, stored, with)
}

#[cfg(not(feature = "seal"))]
fn unsealed(part: Part, _: &[u8], _: &Passphrase) -> Result<Vec<u8>, SnapshotError> {
    let reason = "it is sealed, and this program reads open parts only".to_owned();
    Err(SnapshotError::Unsealable { part, reason })
}

/// `facts-0123456789abcdef.bin`, sealed with `.age` behind it.
fn file_name(part: PartKind, sha256: &str, encryption: Encryption) -> String {
    let ending = match encryption {
        Encryption::None => "",
        Encryption::Age => ".age",
    };
    format!("{}-{}.bin{ending}", Part::from(part), &sha256[..16])
}

fn sha256_hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(HASH_DIGITS);
    // In pieces: a browser replaces its first, slow translation of a function between calls only.
    let mut digest = Sha256::new();
    bytes.chunks(1 << 16).for_each(|piece| digest.update(piece));
    for byte in digest.finalize() {
        write!(hex, "{byte:02x}").expect("writing to a String does not fail");
    }
    hex
}

impl Manifest {
    /// The manifest of facts that lie in these files. `built_at` is RFC 3339 by the caller's
    /// promise.
    pub fn new(facts: &Facts, built_at: &str, parts: Vec<PartEntry>) -> Manifest {
        Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            venue: facts.venue.name.clone(),
            built_at: built_at.to_owned(),
            rows: row_counts(facts),
            days: day_ranges(facts),
            marketing_consent: facts.venue.marketing_consent.clone(),
            flags_cursor: facts.venue.flags_cursor,
            parts,
        }
    }

    /// The file's bytes, which end with the SHA-256 of everything before the field that holds
    /// it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = serde_json::to_string_pretty(self)
            .expect("strings, numbers and lists of them always become JSON");
        // The closing brace and the line break before it come after the checksum.
        text.truncate(text.len() - "\n}".len());
        let checksum = sha256_hex(text.as_bytes());
        text.extend([BEFORE_CHECKSUM, &checksum, AFTER_CHECKSUM]);
        text.into_bytes()
    }

    /// Reads a manifest and holds it to its checksum.
    ///
    /// # Errors
    /// Bytes that are no manifest, have a newer version or do not match their checksum; names,
    /// sizes or hashes of parts that are none.
    pub fn parse(bytes: &[u8]) -> Result<Manifest, SnapshotError> {
        let part = Part::Manifest;
        if bytes.len() > MAX_BYTES {
            return Err(SnapshotError::Foreign { part });
        }
        // A newer version may end in another way, so its number comes first.
        if let Ok(probe) = serde_json::from_slice::<Probe>(bytes) {
            if probe.format != FORMAT {
                return Err(SnapshotError::Foreign { part });
            }
            if probe.version > VERSION {
                return Err(SnapshotError::Newer { part, found: probe.version, known: VERSION });
            }
        } else if !bytes.starts_with(b"{\n  \"format\": \"publik snapshot\"") {
            return Err(SnapshotError::Foreign { part });
        }
        check_tail(bytes)?;
        let manifest: Manifest = serde_json::from_slice(bytes).map_err(|error| {
            damaged(bytes.len(), format!("{error}; the checksum is right, the content is not"))
        })?;
        manifest.check_parts(bytes.len())?;
        Ok(manifest)
    }

    /// The file that holds a part.
    ///
    /// # Errors
    /// The manifest names none.
    pub fn part(&self, kind: PartKind) -> Result<&PartEntry, SnapshotError> {
        self.parts
            .iter()
            .find(|entry| entry.part == kind)
            .ok_or(SnapshotError::Missing { part: kind.into() })
    }

    /// Facts and contacts once each, and names that follow from the hashes, so that no name
    /// leads out of the folder.
    fn check_parts(&self, length: usize) -> Result<(), SnapshotError> {
        for kind in [PartKind::Facts, PartKind::Contacts] {
            if self.parts.iter().filter(|entry| entry.part == kind).count() > 1 {
                return Err(damaged(length, format!("two {} parts", Part::from(kind))));
            }
        }
        for entry in &self.parts {
            let digits =
                entry.sha256.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
            if entry.sha256.len() != HASH_DIGITS || !digits {
                return Err(damaged(length, "a SHA-256 that is not 64 hexadecimal digits"));
            }
            if entry.file != file_name(entry.part, &entry.sha256, entry.encryption) {
                return Err(damaged(length, "a file's name does not follow from its SHA-256"));
            }
        }
        Ok(())
    }

    /// Refuses facts that are not as many as the manifest says.
    pub(super) fn check_facts(&self, facts: &Facts) -> Result<(), SnapshotError> {
        let found = row_counts(facts);
        let pairs = [
            ("customers", found.customers, self.rows.customers),
            ("events", found.events, self.rows.events),
            ("orders", found.orders, self.rows.orders),
            ("tickets", found.tickets, self.rows.tickets),
            ("lines", found.lines, self.rows.lines),
        ];
        for (what, found, expected) in pairs {
            if found != expected {
                let part = Part::Facts;
                return Err(SnapshotError::OtherCount { part, what, found, expected });
            }
        }
        Ok(())
    }
}

/// What tells a manifest and its version, whatever else is in it.
#[derive(Deserialize)]
struct Probe {
    format: String,
    version: u32,
}

fn damaged(offset: usize, reason: impl Into<String>) -> SnapshotError {
    let (part, section) = (Part::Manifest, "checksum");
    SnapshotError::Damaged { part, section, offset, reason: reason.into() }
}

fn check_tail(bytes: &[u8]) -> Result<(), SnapshotError> {
    let start = bytes.len().saturating_sub(TAIL_BYTES);
    let (content, tail) = bytes.split_at(start);
    let digits = tail
        .strip_prefix(BEFORE_CHECKSUM.as_bytes())
        .and_then(|rest| rest.strip_suffix(AFTER_CHECKSUM.as_bytes()))
        .ok_or_else(|| damaged(start, "it does not end with its checksum: it is cut short"))?;
    if digits != sha256_hex(content).as_bytes() {
        return Err(damaged(start, "the checksum is not that of the bytes before it"));
    }
    Ok(())
}

fn row_counts(facts: &Facts) -> RowCounts {
    let mut counts = RowCounts {
        customers: u64::from(facts.customers.count()),
        events: facts.catalogue.events.len() as u64,
        productions: facts.catalogue.productions.len() as u64,
        lines: facts.lines.count() as u64,
        consents: facts.consents.len() as u64,
        flags: facts.flags.len() as u64,
        offers: facts.offers.len() as u64,
        ..RowCounts::default()
    };
    for line in &facts.lines.packed {
        counts.orders += u64::from(line.has(PackedLine::NEW_ORDER));
        counts.tickets += u64::from(line.tickets());
    }
    counts
}

fn day_ranges(facts: &Facts) -> DayRanges {
    let range = |first: Option<Day>, last: Option<Day>| {
        Some(DayRange { first: first?.to_string(), last: last?.to_string() })
    };
    let events = &facts.catalogue.events;
    let ordered = |number: Option<i32>| number.and_then(Day::from_number);
    let days = || facts.lines.packed.iter().map(|line| line.order_day);
    DayRanges {
        events: range(
            events.iter().map(crate::model::Event::day).min(),
            events.iter().map(crate::model::Event::day).max(),
        ),
        orders: range(ordered(days().min()), ordered(days().max())),
    }
}
