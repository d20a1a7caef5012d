//! The sync endpoint, seen from the page: where it is, what it says of flags, and what is sent there.

pub mod address;
#[cfg(feature = "web")]
mod beginning;
#[cfg(feature = "web")]
mod endpoint;
pub mod entry;
pub mod feed;
#[cfg(feature = "web")]
mod fetched;
#[cfg(feature = "web")]
mod flags;
pub mod offering;
pub mod outbox;
#[cfg(feature = "web")]
mod recipients;
#[cfg(feature = "web")]
mod sender;
pub mod trouble;

#[cfg(feature = "web")]
pub use beginning::begin_when_needed;
#[cfg(feature = "web")]
pub use endpoint::{Endpoint, Rights, Trial};
pub use entry::mode_of;
#[cfg(feature = "web")]
pub use fetched::{fetched, suppressions};
#[cfg(feature = "web")]
pub use flags::{FlagFeed, Standing as FeedStanding};
#[cfg(feature = "web")]
pub use recipients::Recipients;
#[cfg(feature = "web")]
pub use sender::{Outbox, now};
