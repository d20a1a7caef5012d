//! What ends a command with status 1.

use std::io;
use std::path::{Path, PathBuf};

use crate::demo::DemoError;
use crate::export::{ExportError, SuppressionsError};
use crate::ingest::IngestError;
use crate::snapshot::{Part, SnapshotError};
use crate::view::ViewErrors;

/// Why a command could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// An export folder that cannot be read.
    #[error("{}: {error}", folder.display())]
    Ingest {
        /// The export folder.
        folder: PathBuf,
        /// What is wrong with it.
        error: Box<IngestError>,
    },
    /// The file that stands in for `postcodes.csv` cannot be read.
    #[error("{line}")]
    Postcodes {
        /// The file and what is wrong with it.
        line: String,
    },
    /// Rows were rejected and nobody allowed that.
    #[error(
        "no snapshot was written: {rejected} {} rejected, listed in {}; \
         put right what is wrong, or build without by --allow-rejects",
        if *.rejected == 1 { "row was" } else { "rows were" }, file.display()
    )]
    Rejected {
        /// How many.
        rejected: u64,
        /// Where they stand.
        file: PathBuf,
    },
    /// A snapshot that cannot be read or written.
    #[error("{0}")]
    Snapshot(Box<SnapshotError>),
    /// A sealed part, and no passphrase given.
    #[error("the {part} part is encrypted: give the file with its passphrase by --passphrase-file")]
    Sealed {
        /// Which part.
        part: Part,
    },
    /// A passphrase file that holds none.
    #[error("{}: {reason}; allowed is one line of UTF-8 text, the passphrase", file.display())]
    Passphrase {
        /// The file.
        file: PathBuf,
        /// What is wrong with it; nothing of what it holds.
        reason: &'static str,
    },
    /// There is no export folder.
    #[error("{}: there is no such folder", folder.display())]
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// The list of rejects would write over something else.
    #[error("{}: this file is no list of rejects and stays; name another by --rejects", file.display())]
    NotRejects {
        /// The file.
        file: PathBuf,
    },
    /// The demo would write over an export.
    #[error("{}: this folder holds something other than a demo; choose a new one", folder.display())]
    OtherExport {
        /// The folder.
        folder: PathBuf,
    },
    /// A made-up venue that cannot be written.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// A view that is not one.
    #[error("{}{}", each_line(.file, .errors), if *.is_of_segments { one_of_them(.file) } else { String::new() })]
    View {
        /// The document.
        file: PathBuf,
        /// Whether it is the app's file of segments with their views.
        is_of_segments: bool,
        /// What is wrong with it.
        errors: Box<ViewErrors>,
    },
    /// A list that cannot leave.
    #[error("{0}{way_round}", way_round = way_round(.0))]
    Export(#[from] ExportError),
    /// A list of suppressions that is not one.
    #[error("{}: {error}", file.display())]
    Suppressions {
        /// The list.
        file: PathBuf,
        /// What is wrong with it.
        error: SuppressionsError,
    },
    /// The snapshot's own time zone is not known here.
    #[error(
        "the snapshot's time zone {zone:?} is not known to this program; \
         give the day by --as-of YYYY-MM-DD"
    )]
    TimeZone {
        /// As the snapshot has it.
        zone: String,
    },
    /// A file that the system does not give or take.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The sync endpoint does not run.
    #[cfg(feature = "server")]
    #[error(transparent)]
    Server(#[from] crate::server::ServerError),
    /// A token that is not made or revoked.
    #[cfg(feature = "server")]
    #[error(transparent)]
    Token(#[from] crate::server::store::TokenError),
    /// Standard output does not take the answer.
    #[error("standard output: {0}")]
    Output(#[from] io::Error),
}

/// By which option a list can leave all the same.
fn way_round(error: &ExportError) -> &'static str {
    match error {
        ExportError::NoMarketingConsent { .. } => " by --ungated REASON",
        _ => "",
    }
}

/// What to do with a file that has views in it and is none.
fn one_of_them(file: &Path) -> String {
    format!(
        "\n{}: this is a file of segments with their saved views, and one view is asked for: \
         in the app open the segment, mark the view and choose \"Download as a file\", \
         or copy what stands at segments[0].views[0].view into a file of its own",
        file.display()
    )
}

/// Each finding on a line of its own, with the file's name.
fn each_line(file: &Path, errors: &ViewErrors) -> String {
    let errors = errors.to_string();
    let lines = errors.lines().map(|line| format!("{}: {line}", file.display()));
    lines.collect::<Vec<_>>().join("\n")
}

impl From<SnapshotError> for Failure {
    fn from(error: SnapshotError) -> Failure {
        match error {
            SnapshotError::Sealed { part } => Failure::Sealed { part },
            error => Failure::Snapshot(Box::new(error)),
        }
    }
}

#[cfg(feature = "server")]
impl From<crate::server::config::ConfigError> for Failure {
    fn from(error: crate::server::config::ConfigError) -> Failure {
        Failure::Server(error.into())
    }
}

#[cfg(feature = "server")]
impl From<crate::server::store::StoreError> for Failure {
    fn from(error: crate::server::store::StoreError) -> Failure {
        Failure::Server(error.into())
    }
}

impl Failure {
    /// Turns what the system says of a file into a failure that names it.
    pub fn of_file(path: &Path) -> impl FnOnce(io::Error) -> Failure + use<> {
        let path = path.to_owned();
        move |source| Failure::File { path, source }
    }

    /// Whether the reader of standard output went away.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
