//! The view as checked values; the JSON document is read and written beside this file. What the types
//! themselves give `serde` is for messages between the page and its workers, and no document:
//! that is [`to_json`](super::to_json), or [`Document`](super::Document) for a part of one.

mod filter;
mod setting;

use serde::{Deserialize, Serialize};

pub use filter::{Filter, FilterKind, Filters};
pub use setting::{
    Days, Genders, LastPurchase, LastPurchaseRule, MoneyRange, NumberRange, Purchases, SalesType,
    SalesTypes, Subscription, WholeRange,
};

/// A segment seen in a mode through filters: what is saved, shared and evaluated.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct View {
    /// As people call it; empty when never named.
    pub name: String,
    /// Which events, and whose buyers.
    pub segment: Segment,
    /// Whom the view leaves out for the sake of an event.
    pub mode: Mode,
    /// Which tickets the attributes count unless a filter says otherwise.
    pub count_over: Basis,
    /// The settings of all filters, muted ones included.
    pub filters: Filters,
    /// Consents asked for and ruled out.
    pub consents: MemberRule,
    /// Flags asked for and ruled out.
    pub flags: MemberRule,
    /// Filters that keep their setting and are not applied.
    pub muted: Vec<FilterKind>,
    /// Boxes shown, in order; `None` where the document names none. They change no count.
    pub boxes: Option<Vec<FilterKind>>,
}

impl View {
    /// Whether a filter has a setting and is not muted.
    pub fn is_active(&self, kind: FilterKind) -> bool {
        self.filters.has(kind) && !self.muted.contains(&kind)
    }

    /// What a filter counts over: its own word, else the view's.
    pub fn basis_of(&self, kind: FilterKind) -> Basis {
        self.filters.basis(kind).unwrap_or(self.count_over)
    }
}

/// A named set of events and whose customers they bring.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Segment {
    /// Required.
    pub name: String,
    /// For the marketers themselves.
    pub description: String,
    /// Events in scope.
    pub events: EventSelection,
    /// Whoever holds a valid ticket to these is left out; `None` excludes nobody.
    pub exclude_events: Option<EventSelection>,
    /// Whose customers.
    pub people: People,
}

impl Segment {
    /// Whether another segment has the same customers: all but its texts are the same.
    pub fn counts_like(&self, other: &Segment) -> bool {
        (&self.events, &self.exclude_events, self.people)
            == (&other.events, &other.exclude_events, other.people)
    }
}

/// Events by what they belong to. Values of a list are alternatives; lists combine with *and*;
/// an empty list asks nothing. Each list holds every value once, in the document's order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EventSelection {
    /// How far back; `None` where the document does not say.
    pub days_back: Option<DaysBack>,
    /// Names of promoters.
    pub promoters: Vec<String>,
    /// Names of seasons.
    pub seasons: Vec<String>,
    /// Ids of event groups.
    pub productions: Vec<String>,
    /// Ids of events.
    pub events: Vec<String>,
    /// Names of categories.
    pub categories: Vec<String>,
    /// Names of tags.
    pub tags: Vec<String>,
}

impl EventSelection {
    /// The six lists with the names they have in the document.
    pub fn lists(&self) -> [(&'static str, &[String]); 6] {
        [
            ("promoters", &self.promoters),
            ("seasons", &self.seasons),
            ("productions", &self.productions),
            ("events", &self.events),
            ("categories", &self.categories),
            ("tags", &self.tags),
        ]
    }

    /// Whether nothing at all is asked: every list empty and no days back.
    pub fn asks_nothing(&self) -> bool {
        self.days_back.is_none() && self.lists().iter().all(|(_, list)| list.is_empty())
    }
}

/// How far back events reach, counted from the as-of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DaysBack {
    /// Events of that many days ago and later; 0 to 1,000,000.
    Days(u32),
    /// Every event.
    All,
}

/// Whose customers a segment has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum People {
    /// Customers with a counted ticket.
    #[default]
    Buyers,
    /// Every customer of the snapshot.
    Everyone,
}

/// Whom a view leaves out: those who already hold a valid ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Mode {
    /// Nobody.
    #[default]
    All,
    /// Holders of a ticket to this event.
    Event(String),
    /// Holders of a ticket to any event of this group.
    Production(String),
}

/// Which tickets an attribute counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Basis {
    /// Valid tickets to events in scope.
    #[default]
    Scope,
    /// All valid tickets.
    History,
}

/// Consents or flags asked for and ruled out; exclusion wins.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MemberRule {
    /// Ids, each once, in the document's order.
    pub include: Vec<String>,
    /// Having any of these removes.
    pub exclude: Vec<String>,
    /// Whether all or any of `include` are needed.
    pub matching: Match,
}

impl MemberRule {
    /// Whether nothing is asked.
    pub fn ask_nothing(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

/// How the included ones combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Match {
    /// Every one of them.
    #[default]
    All,
    /// At least one of them.
    Any,
}
