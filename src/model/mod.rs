//! What is known: a venue's customers, events and purchases, as columns.
//!
//! [`Facts`] is everything a count needs; [`Contacts`] is everything that names a person.
//! They are stored apart, so that counting never touches a name.

mod build;
mod catalogue;
mod contacts;
mod customers;
mod day;
mod guard;
mod lines;
mod money;
mod place;
mod venue;

pub use build::{BuiltFacts, CustomerFacts, EventFacts, FactsBuilder, TicketFacts, Validity};
pub use catalogue::{Catalogue, Event, Named, Offer};
pub use contacts::{Contacts, DEFAULT_COLUMNS, TextColumn};
pub use customers::{Customers, Distances, Gender};
pub use day::{Day, DayError, LocalTime};
pub use guard::{guarded, unguarded};
pub use lines::{Channel, Line, Lines, PackedLine};
pub use money::Decimals;
pub use place::{FARTHEST_KM, Place, great_circle_km};
pub use venue::{Membership, Venue};

/// A customer's position in the snapshot: customers are ordered by the bytes of their ids.
pub type Row = u32;

/// Everything a count needs, and nothing that names a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Name, clock and money of the venue.
    pub venue: Venue,
    /// Events and what groups them.
    pub catalogue: Catalogue,
    /// One row a customer.
    pub customers: Customers,
    /// Consents in the order of `venue.toml`, then those only the customers name.
    pub consents: Vec<Membership>,
    /// Flags, ordered like the consents.
    pub flags: Vec<Membership>,
    /// What was bought: valid tickets, summed per order and event, in customer order.
    pub lines: Lines,
    /// Special offers.
    pub offers: Vec<Offer>,
}
