//! From typed records in any order to columns in the order of the model.
//!
//! Whoever reads records (an export folder, the demo) resolves what they point at to the indexes
//! that `add_*` hands out, so nothing here can dangle; ids are unique by the caller's promise.

mod groups;
mod lines;

use std::cmp::Ordering;

use roaring::RoaringBitmap;

use groups::{Groups, catalogue};
use lines::{OrderRecord, TicketRecord, lines};

use super::{
    Channel, Customers, Day, Distances, Event, Facts, Gender, LocalTime, Membership, Offer,
    TextColumn, Venue,
};

/// An event as it was read; groups by name.
#[derive(Debug, Clone, Default)]
pub struct EventFacts<'a> {
    /// Unique id.
    pub id: &'a str,
    /// As people call it.
    pub name: &'a str,
    /// Event group: its id and its name. The name that comes first for an id stays.
    pub production: (&'a str, &'a str),
    /// Empty: none.
    pub promoter: &'a str,
    /// Empty: none.
    pub season: &'a str,
    /// Repeats count once.
    pub categories: Vec<&'a str>,
    /// Repeats count once.
    pub tags: Vec<&'a str>,
}

/// A customer as far as counting is concerned.
#[derive(Debug, Clone)]
pub struct CustomerFacts<'a> {
    /// Unique id.
    pub id: &'a str,
    /// Stated or derived.
    pub gender: Gender,
    /// From the venue; `None` without a place.
    pub distance_km: Option<f64>,
    /// Whether the contacts hold an address.
    pub has_email: bool,
    /// Positions in the builder's consents; repeats count once.
    pub consents: &'a [u32],
    /// Positions in the builder's flags; repeats count once.
    pub flags: &'a [u32],
}

/// Whether a ticket still stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// It counts.
    Valid,
    /// It was given back and counts nowhere.
    Refunded,
}

/// A ticket, its order and event by the builder's indexes.
#[derive(Debug, Clone, Copy)]
pub struct TicketFacts {
    /// What [`FactsBuilder::add_order`] gave.
    pub order: u32,
    /// What [`FactsBuilder::add_event`] gave.
    pub event: u32,
    /// In minor units.
    pub price_minor: u64,
    /// Part of a subscription.
    pub subscription: bool,
    /// Refunded tickets are left out.
    pub validity: Validity,
}

/// Collects records and orders them.
#[derive(Debug)]
pub struct FactsBuilder {
    venue: Venue,
    consents: Vec<(String, String, Vec<u32>)>,
    flags: Vec<(String, String, Vec<u32>)>,
    events: Vec<Event>,
    productions: Groups,
    production_names: Vec<String>,
    promoters: Groups,
    seasons: Groups,
    categories: Groups,
    tags: Groups,
    offers: Vec<Offer>,
    customer_ids: TextColumn,
    genders: Vec<Gender>,
    distances: Vec<f64>,
    with_email: Vec<u32>,
    orders: Vec<OrderRecord>,
    tickets: Vec<TicketRecord>,
}

/// Facts, and the order their customers came in.
#[derive(Debug)]
pub struct BuiltFacts {
    /// The columns.
    pub facts: Facts,
    /// For each row, the index that [`FactsBuilder::add_customer`] gave it.
    pub customer_of_row: Vec<u32>,
}

impl FactsBuilder {
    /// A builder for a venue; no consents, flags or records yet.
    pub fn new(venue: Venue) -> FactsBuilder {
        FactsBuilder {
            venue,
            consents: Vec::new(),
            flags: Vec::new(),
            events: Vec::new(),
            productions: Groups::default(),
            production_names: Vec::new(),
            promoters: Groups::default(),
            seasons: Groups::default(),
            categories: Groups::default(),
            tags: Groups::default(),
            offers: Vec::new(),
            customer_ids: TextColumn::default(),
            genders: Vec::new(),
            distances: Vec::new(),
            with_email: Vec::new(),
            orders: Vec::new(),
            tickets: Vec::new(),
        }
    }

    /// Defines a consent and gives its position.
    pub fn add_consent(&mut self, id: &str, name: &str) -> u32 {
        self.consents.push((id.to_owned(), name.to_owned(), Vec::new()));
        self.consents.len() as u32 - 1
    }

    /// Defines a flag and gives its position.
    pub fn add_flag(&mut self, id: &str, name: &str) -> u32 {
        self.flags.push((id.to_owned(), name.to_owned(), Vec::new()));
        self.flags.len() as u32 - 1
    }

    /// Puts the consents and flags behind the first so many into the order of their ids' bytes.
    /// Positions of theirs that were given out point elsewhere from then on, so this comes after
    /// the last customer.
    pub fn sort_members_behind(&mut self, consents: usize, flags: usize) {
        self.consents[consents..].sort_by(|a, b| a.0.cmp(&b.0));
        self.flags[flags..].sort_by(|a, b| a.0.cmp(&b.0));
    }

    /// Takes an event and gives its index.
    pub fn add_event(&mut self, event: &EventFacts<'_>, starts_at: LocalTime) -> u32 {
        let production = self.production(event.production.0, event.production.1);
        let record = Event {
            id: event.id.to_owned(),
            name: event.name.to_owned(),
            starts_at,
            production,
            promoter: self.promoters.optional(event.promoter),
            season: self.seasons.optional(event.season),
            categories: self.categories.each(&event.categories),
            tags: self.tags.each(&event.tags),
        };
        self.events.push(record);
        self.events.len() as u32 - 1
    }

    /// Takes an offer; `event` and `production` are this builder's indexes.
    pub fn add_offer(&mut self, offer: Offer) {
        self.offers.push(offer);
    }

    /// The index of an event group that an event named, if one did.
    pub fn production_index(&self, id: &str) -> Option<u32> {
        self.productions.find(id)
    }

    /// Takes a customer and gives its index, or `None` when the ids pass
    /// [`TextColumn::MAX_BYTES`].
    pub fn add_customer(&mut self, customer: &CustomerFacts<'_>) -> Option<u32> {
        let index = self.customer_ids.len() as u32;
        if !self.customer_ids.push(customer.id) {
            return None;
        }
        self.genders.push(customer.gender);
        self.distances.push(customer.distance_km.unwrap_or(f64::NAN));
        if customer.has_email {
            self.with_email.push(index);
        }
        for &at in customer.consents {
            self.consents[at as usize].2.push(index);
        }
        for &at in customer.flags {
            self.flags[at as usize].2.push(index);
        }
        Some(index)
    }

    /// Takes an order of a customer and gives its index.
    pub fn add_order(&mut self, customer: u32, day: Day, channel: Channel) -> u32 {
        self.orders.push(OrderRecord { customer, day: day.number(), channel });
        self.orders.len() as u32 - 1
    }

    /// Takes a ticket.
    pub fn add_ticket(&mut self, ticket: TicketFacts) {
        if ticket.validity == Validity::Valid {
            self.tickets.push(TicketRecord {
                price_minor: ticket.price_minor,
                order: ticket.order,
                event: ticket.event,
                subscription: ticket.subscription,
            });
        }
    }

    /// Orders everything.
    pub fn finish(self) -> BuiltFacts {
        let customer_of_row = rows_by_id(&self.customer_ids);
        let mut row_of_customer = vec![0_u32; customer_of_row.len()];
        for (row, &customer) in customer_of_row.iter().enumerate() {
            row_of_customer[customer as usize] = row as u32;
        }
        let (catalogue, event_at) = catalogue(
            self.events,
            (self.productions, self.production_names),
            [self.promoters, self.seasons, self.categories, self.tags],
        );
        let lines = lines(&self.orders, &self.tickets, &row_of_customer, &event_at.events);
        let offers = self
            .offers
            .into_iter()
            .map(|offer| Offer {
                event: offer.event.map(|event| event_at.events[event as usize]),
                production: offer.production.map(|group| event_at.productions[group as usize]),
                ..offer
            })
            .collect();
        let rows_of = |customers: Vec<u32>| {
            let mut rows: Vec<u32> =
                customers.into_iter().map(|customer| row_of_customer[customer as usize]).collect();
            rows.sort_unstable();
            rows.dedup();
            RoaringBitmap::from_sorted_iter(rows).expect("the rows were just sorted")
        };
        let membership = |(id, name, customers)| Membership { id, name, rows: rows_of(customers) };
        let of_gender = |gender: Gender| {
            let rows = customer_of_row.iter().enumerate().filter_map(|(row, &customer)| {
                (self.genders[customer as usize] == gender).then_some(row as u32)
            });
            RoaringBitmap::from_sorted_iter(rows).expect("rows are counted upwards")
        };
        let customers = Customers {
            ids: customer_of_row
                .iter()
                .map(|&customer| self.customer_ids.get(customer as usize))
                .collect(),
            women: of_gender(Gender::Woman),
            men: of_gender(Gender::Man),
            distances: distances(&self.distances, &customer_of_row),
            with_email: rows_of(self.with_email),
        };
        let facts = Facts {
            venue: self.venue,
            catalogue,
            customers,
            consents: self.consents.into_iter().map(membership).collect(),
            flags: self.flags.into_iter().map(membership).collect(),
            lines,
            offers,
        };
        BuiltFacts { facts, customer_of_row }
    }

    fn production(&mut self, id: &str, name: &str) -> u32 {
        let at = self.productions.one(id);
        if at as usize == self.production_names.len() {
            self.production_names.push(name.to_owned());
        }
        at
    }
}

/// Customer indexes in the order of their ids' bytes.
fn rows_by_id(ids: &TextColumn) -> Vec<u32> {
    let mut order: Vec<u32> = (0..ids.len() as u32).collect();
    sort(&mut order, &|a, b| ids.get(a as usize).cmp(ids.get(b as usize)));
    order
}

/// Sorts positions; those that compare equal stay as they stand. Behind one door, because each kind
/// of sort is ten kilobytes of what the page loads.
fn sort(positions: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    positions.sort_by(|a, b| compare(*a, *b));
}

fn distances(km_of_customer: &[f64], customer_of_row: &[u32]) -> Distances {
    // Distances are not negative, so their bits have their order.
    let known = km_of_customer.iter().filter(|km| !km.is_nan());
    let mut km: Vec<u64> = known.map(|km| km.to_bits()).collect();
    km.sort_unstable();
    km.dedup();
    let km: Vec<f64> = km.into_iter().map(f64::from_bits).collect();
    let code = customer_of_row
        .iter()
        .map(|&customer| {
            let wanted = km_of_customer[customer as usize];
            km.binary_search_by(|known| known.total_cmp(&wanted))
                .map_or(Distances::UNKNOWN, |at| at as u32)
        })
        .collect();
    Distances { km, code }
}
