//! From typed records in any order to columns in the order of the model.
//!
//! Whoever reads records (an export folder, the demo) resolves what they point at to the indexes
//! that `add_*` hands out, so nothing here can dangle; ids are unique by the caller's promise.

use roaring::RoaringBitmap;

use super::{
    Catalogue, Channel, Customers, Day, Distances, Event, Facts, Gender, Lines, LocalTime,
    Membership, Named, Offer, TextColumn, Venue,
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

#[derive(Debug, Clone, Copy)]
struct OrderRecord {
    customer: u32,
    day: i32,
    channel: Channel,
}

#[derive(Debug, Clone, Copy)]
struct TicketRecord {
    price_minor: u64,
    order: u32,
    event: u32,
    subscription: bool,
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
        self.productions.index.get(id).copied()
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

/// Names met so far, in the order they were met.
#[derive(Debug, Default)]
struct Groups {
    names: Vec<String>,
    index: std::collections::HashMap<String, u32>,
}

impl Groups {
    fn one(&mut self, name: &str) -> u32 {
        if let Some(&at) = self.index.get(name) {
            return at;
        }
        let at = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.index.insert(name.to_owned(), at);
        at
    }

    fn optional(&mut self, name: &str) -> Option<u32> {
        (!name.is_empty()).then(|| self.one(name))
    }

    fn each(&mut self, names: &[&str]) -> Vec<u32> {
        names.iter().map(|name| self.one(name)).collect()
    }

    /// The names ascending, and where each one met went.
    fn sorted(self) -> (Vec<String>, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.names.len() as u32).collect();
        order.sort_unstable_by(|a, b| self.names[*a as usize].cmp(&self.names[*b as usize]));
        let place = places(&order);
        let names = order.iter().map(|&at| self.names[at as usize].clone()).collect();
        (names, place)
    }
}

/// The inverse of a permutation.
fn places(order: &[u32]) -> Vec<u32> {
    let mut place = vec![0_u32; order.len()];
    for (to, &from) in order.iter().enumerate() {
        place[from as usize] = to as u32;
    }
    place
}

struct NewPlaces {
    events: Vec<u32>,
    productions: Vec<u32>,
}

fn catalogue(
    events: Vec<Event>,
    (productions, production_names): (Groups, Vec<String>),
    [promoters, seasons, categories, tags]: [Groups; 4],
) -> (Catalogue, NewPlaces) {
    let (production_ids, production_at) = productions.sorted();
    let (promoters, promoter_at) = promoters.sorted();
    let (seasons, season_at) = seasons.sorted();
    let (categories, category_at) = categories.sorted();
    let (tags, tag_at) = tags.sorted();
    let moved = |list: Vec<u32>, at: &[u32]| {
        let mut list: Vec<u32> = list.into_iter().map(|old| at[old as usize]).collect();
        list.sort_unstable();
        list.dedup();
        list
    };
    let mut order: Vec<u32> = (0..events.len() as u32).collect();
    order.sort_by(|a, b| {
        let key = |at: &u32| (events[*at as usize].starts_at, &events[*at as usize].id);
        key(a).cmp(&key(b))
    });
    let mut names = vec![String::new(); production_names.len()];
    for (old, name) in production_names.into_iter().enumerate() {
        names[production_at[old] as usize] = name;
    }
    let event_at = places(&order);
    let mut slots: Vec<Option<Event>> = events.into_iter().map(Some).collect();
    let events = order
        .iter()
        .map(|&at| {
            let event = slots[at as usize].take().expect("an order names each event once");
            Event {
                production: production_at[event.production as usize],
                promoter: event.promoter.map(|old| promoter_at[old as usize]),
                season: event.season.map(|old| season_at[old as usize]),
                categories: moved(event.categories, &category_at),
                tags: moved(event.tags, &tag_at),
                ..event
            }
        })
        .collect();
    let productions =
        production_ids.into_iter().zip(names).map(|(id, name)| Named { id, name }).collect();
    let catalogue = Catalogue { events, productions, promoters, seasons, categories, tags };
    (catalogue, NewPlaces { events: event_at, productions: production_at })
}

/// Customer indexes in the order of their ids' bytes.
fn rows_by_id(ids: &TextColumn) -> Vec<u32> {
    let mut order: Vec<u32> = (0..ids.len() as u32).collect();
    order.sort_unstable_by(|a, b| ids.get(*a as usize).cmp(ids.get(*b as usize)));
    order
}

fn distances(km_of_customer: &[f64], customer_of_row: &[u32]) -> Distances {
    let mut km: Vec<f64> = km_of_customer.iter().copied().filter(|km| !km.is_nan()).collect();
    km.sort_unstable_by(f64::total_cmp);
    km.dedup();
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

/// Sorts orders by row, day and the order they came in; sums each order's tickets by event.
fn lines(
    orders: &[OrderRecord],
    tickets: &[TicketRecord],
    row_of_customer: &[u32],
    event_at: &[u32],
) -> Lines {
    let sequence = order_sequence(orders, row_of_customer);
    let place = places(&sequence);
    let mut first_ticket = vec![0_u32; orders.len() + 1];
    for ticket in tickets {
        first_ticket[place[ticket.order as usize] as usize + 1] += 1;
    }
    for at in 0..orders.len() {
        first_ticket[at + 1] += first_ticket[at];
    }
    let mut next = first_ticket.clone();
    let mut sorted = vec![0_u32; tickets.len()];
    for (at, ticket) in tickets.iter().enumerate() {
        let slot = &mut next[place[ticket.order as usize] as usize];
        sorted[*slot as usize] = at as u32;
        *slot += 1;
    }
    drop(next);

    let mut lines = LinesWriter::new(row_of_customer.len());
    for (position, &order_index) in sequence.iter().enumerate() {
        let range = first_ticket[position] as usize..first_ticket[position + 1] as usize;
        let own = &mut sorted[range];
        own.sort_unstable_by_key(|&at| event_at[tickets[at as usize].event as usize]);
        let order = &orders[order_index as usize];
        lines.start_order(row_of_customer[order.customer as usize], order);
        for &at in own.iter() {
            let ticket = &tickets[at as usize];
            lines.add(event_at[ticket.event as usize], ticket);
        }
    }
    lines.finish()
}

/// Orders by row, then day, then as they came. Rows are dense, so they are counted, not compared.
fn order_sequence(orders: &[OrderRecord], row_of_customer: &[u32]) -> Vec<u32> {
    let row_of = |order: &OrderRecord| row_of_customer[order.customer as usize] as usize;
    let mut next = vec![0_u32; row_of_customer.len() + 1];
    for order in orders {
        next[row_of(order) + 1] += 1;
    }
    for row in 1..next.len() {
        next[row] += next[row - 1];
    }
    let mut sequence = vec![0_u32; orders.len()];
    for (at, order) in orders.iter().enumerate() {
        let slot = &mut next[row_of(order)];
        sequence[*slot as usize] = at as u32;
        *slot += 1;
    }
    // Each row's start has moved to its end.
    let mut start = 0;
    for &end in &next[..row_of_customer.len()] {
        sequence[start..end as usize].sort_by_key(|&at| orders[at as usize].day);
        start = end as usize;
    }
    sequence
}

struct LinesWriter {
    lines: Lines,
    row: u32,
    order_day: i32,
    channel_mark: u32,
    order_start: usize,
    events_of_row: std::collections::HashSet<u32>,
}

impl LinesWriter {
    fn new(rows: usize) -> LinesWriter {
        let mut lines = Lines::default();
        lines.first.reserve_exact(rows + 1);
        lines.first.resize(rows + 1, 0);
        LinesWriter {
            lines,
            row: 0,
            order_day: 0,
            channel_mark: 0,
            order_start: 0,
            events_of_row: std::collections::HashSet::new(),
        }
    }

    fn start_order(&mut self, row: u32, order: &OrderRecord) {
        if row != self.row {
            self.row = row;
            self.events_of_row.clear();
        }
        self.order_day = order.day;
        self.channel_mark = match order.channel {
            Channel::Online => 0,
            Channel::BoxOffice => Lines::BOX_OFFICE,
        };
        self.order_start = self.lines.event.len();
    }

    /// Tickets of one order come event by event.
    fn add(&mut self, event: u32, ticket: &TicketRecord) {
        let fresh =
            self.lines.event.len() == self.order_start || self.lines.event.last() != Some(&event);
        if fresh {
            let new_event = self.events_of_row.insert(event);
            let mut marks = self.channel_mark;
            if self.lines.event.len() == self.order_start {
                marks |= Lines::NEW_ORDER;
            }
            if new_event {
                marks |= Lines::NEW_EVENT;
            }
            self.push(event, marks);
        }
        self.add_ticket(event, ticket);
    }

    fn add_ticket(&mut self, event: u32, ticket: &TicketRecord) {
        let mut left = ticket.price_minor;
        if self.last_packed() & Lines::TICKETS == Lines::TICKETS {
            self.push(event, self.channel_mark);
        }
        *self.last_packed_mut() += 1;
        if ticket.subscription {
            *self.last_packed_mut() |= Lines::SUBSCRIPTION;
        }
        loop {
            let last = self.lines.revenue_minor.last_mut().expect("a line was just pushed");
            let fits = left.min(u64::from(u32::MAX - *last));
            *last += fits as u32;
            left -= fits;
            if left == 0 {
                break;
            }
            self.push(event, self.channel_mark);
        }
    }

    fn push(&mut self, event: u32, marks: u32) {
        self.lines.event.push(event);
        self.lines.order_day.push(self.order_day);
        self.lines.revenue_minor.push(0);
        self.lines.tickets_and_marks.push(marks);
        self.lines.first[self.row as usize + 1] += 1;
    }

    fn last_packed(&self) -> u32 {
        *self.lines.tickets_and_marks.last().expect("a line was just pushed")
    }

    fn last_packed_mut(&mut self) -> &mut u32 {
        self.lines.tickets_and_marks.last_mut().expect("a line was just pushed")
    }

    fn finish(mut self) -> Lines {
        for row in 1..self.lines.first.len() {
            self.lines.first[row] += self.lines.first[row - 1];
        }
        self.lines
    }
}
