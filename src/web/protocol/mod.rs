//! What the page and its worker say to each other.
//!
//! The view that is counted crosses as it is, so that whoever counts it needs no JSON; for everything
//! else views cross as their JSON document, and days as `YYYY-MM-DD`. Large things cross as bytes
//! beside the message, transferred and not copied ([`catalogue`] is their form).

pub mod catalogue;
pub mod explained;
pub mod http;
pub mod import;
pub mod lists;
pub mod unseal;

use serde::{Deserialize, Serialize};

use crate::engine::{FacetCounts, FilterCounts, Histogram, MemberCounts, SegmentSize};
use crate::model::Day;
use crate::view::{FilterKind, View};

/// Customers of the demo: as many as `publik demo` makes unless told otherwise.
pub const DEMO_CUSTOMERS: u32 = 10_000;
/// What the demo's chances begin with.
pub const DEMO_SEED: u64 = 1;

/// One question, with the number that its answer carries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// Counts up; never 0.
    pub id: u32,
    /// The question.
    pub ask: Ask,
}

/// One thing the worker says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reply {
    /// Whose answer it is; 0 for what nobody asked.
    pub id: u32,
    /// What it says.
    pub answer: Answer,
}

/// What the page asks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Ask {
    /// Open data; what was open before stays until the new is ready.
    Open(Source),
    /// Open the sealed facts that wait, whose opened bytes lie beside the message.
    Unsealed,
    /// Give up opening.
    Cancel,
    /// Look whether the site has a newer snapshot than the one that is open, and load it beside.
    LookForNewer {
        /// The address of the snapshot folder, absolute, with a slash at its end.
        base: String,
    },
    /// Put the newer snapshot in place of the old one.
    SwapIn,
    /// Count a view.
    Numbers(Box<NumbersAsk>),
    /// Count the events and customers of segments.
    Segments {
        /// Segments as their documents, in the order of the answer.
        segments: Vec<String>,
        /// The yardstick.
        as_of: String,
    },
    /// Explain why a customer is in a view's result, or is not.
    Explain(explained::ExplainAsk),
    /// What a list of a view's result needs.
    List(lists::ListAsk),
    /// Set flags as the feed's changes say, which are its JSON.
    Flags(String),
    /// Name customers of a view's result.
    Chosen(ChosenAsk),
    /// Count a segment and every option of its lists.
    Form {
        /// The segment's document.
        segment: String,
        /// The yardstick.
        as_of: String,
    },
}

/// Where data comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// A made-up venue.
    Demo {
        /// The day between its history and its future.
        today: String,
    },
    /// A snapshot beside the page.
    Site {
        /// The address of its folder, absolute, with a slash at its end.
        base: String,
    },
    /// What this browser keeps from last time.
    Kept,
    /// The files of a snapshot, whose bytes lie beside the message.
    Parts {
        /// Their names, or how those begin.
        names: Vec<String>,
        /// Where they come from.
        origin: Origin,
    },
}

/// A view to be counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumbersAsk {
    /// The view.
    pub view: View,
    /// The yardstick.
    pub as_of: Day,
    /// The filters whose histogram or choices are shown.
    pub shown: Vec<FilterKind>,
    /// Bins of each histogram, 1 to 200.
    pub bins: u32,
}

/// What the worker says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Answer {
    /// It listens.
    Ready,
    /// How far opening has come.
    Progress(Progress),
    /// Data is open; the catalogue's bytes lie beside the message.
    Opened(Box<Opened>),
    /// The facts are sealed: the worker holds the snapshot until [`Ask::Unsealed`]. The sealed bytes
    /// lie beside the message.
    Sealed,
    /// Opening was given up; what was open still is.
    Cancelled,
    /// A newer snapshot lies ready.
    Newer {
        /// When it was built, RFC 3339.
        built_at: String,
    },
    /// There is nothing newer, nothing kept, or no such customer.
    Nothing,
    /// The counts of a view.
    Numbers(Box<Numbers>),
    /// The sizes of segments.
    Segments(Vec<SegmentSize>),
    /// What a list of a view's result needs, which lies beside the message.
    List(lists::ListParts),
    /// What stands beside the form of a segment.
    Form(Box<FormCounts>),
    /// Every condition of a view, for one customer.
    Explained(Box<explained::Explained>),
    /// What came of the feed's changes.
    Flags(FlagsSet),
    /// Customers of a view's result.
    Chosen(Chosen),
    /// What was asked could not be done.
    Failed(Failure),
}

/// What came of the feed's changes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FlagsSet {
    /// Customers among them that the data does not know.
    pub unknown_customers: u32,
    /// Ids of flags that the data did not know, behind those that it knows.
    pub further: Vec<String>,
}

/// Which customers of a view's result are to be named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenAsk {
    /// The view's document.
    pub view: String,
    /// The yardstick.
    pub as_of: String,
    /// Only those with this flag, or only those without it.
    pub flag: Option<(String, bool)>,
}

/// Customers of a view's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Their ids, ascending by bytes.
    pub ids: Vec<String>,
    /// The SHA-256 of the view's document, 64 hex digits.
    pub view_sha256: String,
}

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// The reason, in English, as the library gives it.
    pub message: String,
}

/// Kinds of failure that the page has words for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FailureKind {
    /// A file or a snapshot is not what it should be.
    Unreadable,
    /// The host did not give a file.
    Network,
    /// The worker does not understand, or stopped.
    Internal,
}

/// How far opening has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// The file at hand; empty where there is none.
    pub file: String,
    /// Bytes of it so far; whole.
    pub bytes: f64,
    /// Its bytes in all; `None` where nobody says.
    pub bytes_total: Option<f64>,
    /// Rows of it so far; 0 where rows are not counted.
    pub rows: f64,
}

/// What is being done while data opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// The demo is being made up.
    MakingUp,
    /// Files come from the host.
    Fetching,
    /// Files are read for the first time, to learn their encoding.
    Checking,
    /// Rows are read.
    Reading,
    /// Rows are put into order, columns are opened.
    Ordering,
    /// A passphrase is tried, and what it opens is opened.
    Unsealing,
}

/// Data that is open. The catalogue lies beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Where it came from.
    pub origin: Origin,
    /// When it was built, RFC 3339.
    pub built_at: String,
    /// Customers of the venue.
    pub customers: u32,
    /// Whether its facts are sealed, so that every start asks for the passphrase.
    pub is_sealed: bool,
    /// Whether this browser keeps it for the next start; the reason where it does not.
    pub kept: Result<(), NotKept>,
}

/// Why this browser does not keep a snapshot for the next start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotKept {
    /// There is less room than it needs: it was not tried.
    NoRoom {
        /// What it needs.
        needed_bytes: u64,
        /// What is free.
        free_bytes: u64,
    },
    /// The browser refused, with its reason.
    Refused(String),
}

/// Where open data came from first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Made up.
    Demo,
    /// The host's snapshot.
    Site,
    /// A snapshot folder of this computer.
    Folder,
    /// An export folder of this computer.
    Export,
}

/// All counts of a view at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Numbers {
    /// Customers of the segment.
    pub segment: u32,
    /// The segment less whom the mode leaves out.
    pub audience: u32,
    /// The result.
    pub total: u32,
    /// Of the result, with an e-mail address.
    pub with_email: u32,
    /// Of the result, with the marketing consent; `None` where the venue names none.
    pub with_consent: Option<u32>,
    /// Events in scope.
    pub events: u32,
    /// By [`FilterKind::index`]; `None` for a filter that is not active.
    pub filters: Vec<Option<FilterCounts>>,
    /// By [`FilterKind::index`]; the numbers of a filter that is shown and not active, as if it
    /// were alone.
    pub apart: Vec<Option<FilterCounts>>,
    /// In the snapshot's order.
    pub consents: Vec<MemberCounts>,
    /// In the snapshot's order.
    pub flags: Vec<MemberCounts>,
    /// Ids that the snapshot does not know, as `PATH: ID`.
    pub unknown_ids: Vec<String>,
    /// By [`FilterKind::index`]; `None` for what has no numbers or is not shown.
    pub histograms: Vec<Option<Histogram>>,
    /// By [`FilterKind::index`]; `None` for what has numbers or is not shown.
    pub choices: Vec<Option<Choices>>,
}

/// Customers whom all other filters leave, by choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// In the contract's order: `f m u`, `online box_office both`, `regular subscriber`.
    pub counts: Vec<u32>,
    /// Without a value.
    pub unknown: u32,
}

impl Numbers {
    /// The three numbers of an active filter.
    pub fn filter(&self, kind: FilterKind) -> Option<FilterCounts> {
        self.filters.get(kind.index()).copied().flatten()
    }

    /// The three numbers of a shown filter, active or not.
    pub fn shown(&self, kind: FilterKind) -> Option<FilterCounts> {
        self.filter(kind).or_else(|| self.apart.get(kind.index()).copied().flatten())
    }

    /// The histogram of a shown filter with numbers.
    pub fn histogram(&self, kind: FilterKind) -> Option<&Histogram> {
        self.histograms.get(kind.index())?.as_ref()
    }

    /// The choices of a shown filter without numbers.
    pub fn choices(&self, kind: FilterKind) -> Option<&Choices> {
        self.choices.get(kind.index())?.as_ref()
    }
}

/// What stands beside the form of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormCounts {
    /// The segment itself.
    pub size: SegmentSize,
    /// Options of its events.
    pub events: FacetCounts,
    /// Options of the events it excludes, each by itself.
    pub excluded: FacetCounts,
    /// Positions of the events in scope, ascending.
    pub in_scope: Vec<u32>,
    /// Events that the lists choose, however long ago; `None` where no list chooses any.
    pub chosen: Option<u32>,
    /// Positions of the events that it excludes, ascending.
    pub left_out: Vec<u32>,
    /// Customers whom those leave out of the segment.
    pub customers_left_out: u32,
}
