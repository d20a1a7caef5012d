//! Events and what groups them.

use super::{Day, LocalTime};

/// Something with an id of its own and a name for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Compared byte for byte.
    pub id: String,
    /// As people call it.
    pub name: String,
}

/// One event date. Groups are positions in the [`Catalogue`]'s lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Unique.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// When it begins, on the venue's clock.
    pub starts_at: LocalTime,
    /// The event group it belongs to.
    pub production: u32,
    /// Who puts it on.
    pub promoter: Option<u32>,
    /// The season it is counted in.
    pub season: Option<u32>,
    /// Ascending, each once.
    pub categories: Vec<u32>,
    /// Ascending, each once.
    pub tags: Vec<u32>,
}

impl Event {
    /// The day it takes place.
    pub fn day(&self) -> Day {
        self.starts_at.day
    }
}

/// All events, ordered by start and then id, and the groups they name, each ordered by bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Catalogue {
    /// Event dates.
    pub events: Vec<Event>,
    /// Event groups.
    pub productions: Vec<Named>,
    /// Names of promoters.
    pub promoters: Vec<String>,
    /// Names of seasons.
    pub seasons: Vec<String>,
    /// Names of categories.
    pub categories: Vec<String>,
    /// Names of tags.
    pub tags: Vec<String>,
}

/// A link that campaign mail can carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Unique.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// Where it leads.
    pub url: String,
    /// The event it is for, a position in [`Catalogue::events`].
    pub event: Option<u32>,
    /// The event group it is for.
    pub production: Option<u32>,
    /// Not before; open when absent.
    pub starts_at: Option<LocalTime>,
    /// Not after; open when absent.
    pub ends_at: Option<LocalTime>,
}
