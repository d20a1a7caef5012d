//! Why a customer is in the result of a view, or is not: every condition, with what decides it.

use crate::model::{Channel, Day, Row};
use crate::view::FilterKind;

/// Every condition of a view, for one customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Whom it is about.
    pub row: Row,
    /// Segment, events left out, mode, the filters in the order of [`FilterKind::ALL`], then
    /// consents and flags. What a view does not ask for has no entry.
    pub conditions: Vec<Reason>,
}

impl Explanation {
    /// Whether every condition that is applied holds: whether the customer is in the result.
    pub fn is_in_result(&self) -> bool {
        self.left_out_by().next().is_none()
    }

    /// The conditions that leave the customer out.
    pub fn left_out_by(&self) -> impl Iterator<Item = &Reason> {
        self.conditions.iter().filter(|reason| reason.is_applied && reason.verdict != Verdict::True)
    }
}

/// One condition, and what the customer has to say to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Which condition.
    pub asked: Asked,
    /// False for a muted filter, which leaves nobody out.
    pub is_applied: bool,
    /// Whether it holds.
    pub verdict: Verdict,
    /// The attribute's value; `None` where there is none, or where no attribute is asked for.
    pub value: Option<AttributeValue>,
    /// The purchases that decide it, latest first, at most [`MOST_LINES`] of them.
    pub lines: Vec<DecidingLine>,
    /// How many more purchases decide it.
    pub more_lines: u32,
}

/// The most purchases that are named for one condition.
pub const MOST_LINES: usize = 20;

/// What a view can ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// To have a ticket to an event in scope.
    Buyer,
    /// Nothing: everyone is in the segment.
    Everyone,
    /// To have no ticket to the events that the segment leaves out.
    NoExcludedEvent,
    /// To have no ticket to the event or event group that the view is for.
    NotYetBought,
    /// A filter's setting.
    Filter(FilterKind),
    /// Consents: all of them, or one where that is enough.
    WithConsents(Vec<Member>),
    /// To have none of these consents.
    WithoutConsents(Vec<Member>),
    /// Flags: all of them, or one where that is enough.
    WithFlags(Vec<Member>),
    /// To have none of these flags.
    WithoutFlags(Vec<Member>),
}

/// A consent or flag that a rule names.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Member {
    /// Its name; the id where the snapshot does not know it.
    pub name: String,
    /// Whether the customer has it.
    pub has: bool,
}

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Verdict {
    /// It holds.
    True,
    /// It does not.
    False,
    /// There is no value to ask; it does not hold.
    Unknown,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum AttributeValue {
    /// Orders, tickets, events: how many.
    Count(u32),
    /// Days: since the latest order, or from order to event.
    Days(u32),
    /// Money in minor units.
    Minor(u64),
    /// Kilometres from the venue.
    Kilometres(f64),
    /// A choice as the view's document names it: `f`, `online`, `subscriber`.
    Choice(String),
}

/// A purchase that decides a condition: the tickets of one order to one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidingLine {
    /// Position in the catalogue's events.
    pub event: u32,
    /// The day of the order.
    pub order_day: Day,
    /// How many tickets.
    pub tickets: u32,
    /// What they cost together, in minor units.
    pub revenue_minor: u64,
    /// Where the order was placed.
    pub channel: Channel,
    /// Whether a ticket belongs to a subscription.
    pub subscription: bool,
}
