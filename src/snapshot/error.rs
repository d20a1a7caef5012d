//! What can be wrong with a stored snapshot.

use std::fmt;
use std::path::PathBuf;

/// A file of the snapshot folder, by what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// `manifest.json`
    Manifest,
    /// Everything a count needs.
    Facts,
    /// Everything that names a person.
    Contacts,
}

impl Part {
    /// The word that the file's name begins with.
    pub fn name(self) -> &'static str {
        match self {
            Part::Manifest => "manifest",
            Part::Facts => "facts",
            Part::Contacts => "contacts",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// Why a snapshot cannot be read or written. No message holds anything of a customer.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The bytes are something else altogether.
    #[error("the {part} part is no Publik {part} file: it does not begin as one does")]
    Foreign {
        /// Which part was asked for.
        part: Part,
    },
    /// A later Publik wrote it.
    #[error(
        "the {part} part has format version {found}; this Publik reads up to version {known}: \
         a newer Publik is needed"
    )]
    Newer {
        /// Which part says so.
        part: Part,
        /// The version it has.
        found: u32,
        /// The newest version known here.
        known: u32,
    },
    /// It began well and then broke the format.
    #[error("the {part} part is damaged: section {section:?}, byte {offset}: {reason}")]
    Damaged {
        /// Which part.
        part: Part,
        /// The section's name as in `FORMAT.md`.
        section: &'static str,
        /// Bytes from the start of the part.
        offset: usize,
        /// What stands there and what is allowed.
        reason: String,
    },
    /// It is not the file that the manifest names.
    #[error("the {part} part has {found} bytes; the manifest names a file of {expected} bytes")]
    OtherSize {
        /// Which part.
        part: Part,
        /// Bytes that came.
        found: u64,
        /// Bytes that the manifest names.
        expected: u64,
    },
    /// It is not the file that the manifest names.
    #[error("the {part} part is damaged: its SHA-256 is {found}, the manifest names {expected}")]
    OtherHash {
        /// Which part.
        part: Part,
        /// Of the bytes that came, hexadecimal.
        found: String,
        /// In the manifest, hexadecimal.
        expected: String,
    },
    /// It holds another number of things than the manifest says.
    #[error("the {part} part holds {found} {what}; the manifest says {expected}")]
    OtherCount {
        /// Which part.
        part: Part,
        /// What was counted.
        what: &'static str,
        /// In the part.
        found: u64,
        /// In the manifest.
        expected: u64,
    },
    /// The manifest does not name the part.
    #[error("the manifest names no {part} part")]
    Missing {
        /// Which part.
        part: Part,
    },
    /// The part must be opened with a passphrase first.
    #[error("the {part} part is sealed: it needs its passphrase")]
    Sealed {
        /// Which part.
        part: Part,
    },
    /// The passphrase is not the one that the part was sealed with. The file is the one that the
    /// manifest names: nothing is damaged.
    #[error("the passphrase does not open the {part} part: it was sealed with another one")]
    WrongPassphrase {
        /// Which part.
        part: Part,
    },
    /// No passphrase opens it here.
    #[error("the {part} part cannot be opened: {reason}")]
    Unsealable {
        /// Which part.
        part: Part,
        /// Why not, and what is allowed.
        reason: String,
    },
    /// The folder holds something, but no snapshot.
    #[error("{}: the folder is not empty and holds no snapshot; choose an empty or a new one", dir.display())]
    NotASnapshot {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder holds no manifest.
    #[error("{}: no snapshot here: there is no manifest.json", dir.display())]
    NoSnapshot {
        /// The folder.
        dir: PathBuf,
    },
    /// The time of building is no moment.
    #[error("not a time: {text:?}; a time is written as in RFC 3339: 2026-11-21T12:00:00Z")]
    BuiltAt {
        /// What stood there.
        text: String,
    },
    /// The disk refused.
    #[error("{}: cannot {doing}: {source}", path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
}

impl SnapshotError {
    /// Whether a newer Publik would read it.
    pub fn is_newer(&self) -> bool {
        matches!(self, SnapshotError::Newer { .. })
    }

    /// Whether a passphrase is what is missing.
    pub fn is_sealed(&self) -> bool {
        matches!(self, SnapshotError::Sealed { .. })
    }
    /// Whether another passphrase may open what this one did not.
    pub fn is_wrong_passphrase(&self) -> bool {
        matches!(self, SnapshotError::WrongPassphrase { .. })
    }
}
