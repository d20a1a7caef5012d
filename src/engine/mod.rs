//! Who is in? Pure: no clock, no I/O, no browser; "today" is an argument.
//!
//! [`Snapshot`] holds the facts and what can be derived from them once; a [`Session`] holds a view
//! and answers each change in proportion to what changed. [`naive`] answers the same questions row
//! by row, for tests. `ARCHITECTURE.md` says how the parts work together.

mod attributes;
mod binning;
mod bits;
mod column;
mod condition;
mod counts;
mod explanation;
mod facets;
mod flag_changes;
mod holders;
mod lanes;
pub mod naive;
mod profiles;
mod scope;
mod session;
mod snapshot;
mod tally;

pub use binning::{Histogram, HistogramError};
pub use counts::{ChoiceCounts, Counts, FilterCounts, MemberCounts, Reach};
pub use explanation::{
    Asked, AttributeValue, DecidingLine, Explanation, MOST_LINES, Member, Reason, Verdict,
};
pub use facets::{FacetCounts, OptionCount, SegmentSize};
pub use flag_changes::{FlagChange, FlagChangesError, FlagOp, FlagsApplied, parse_flag_changes};
pub use holders::Holders;
pub use scope::{EventScope, unknown_ids};
pub use session::{Attribute, ListedColumn, ListedMark, ListedNumbers, ListedValue, Session};
pub use snapshot::Snapshot;
