//! Made-up facts and contacts of every shape that the model allows.

#![allow(dead_code)] // Each test binary uses a part of it.

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;
use publik::model::{
    BuiltFacts, Channel, Contacts, CustomerFacts, Day, Decimals, EventFacts, Facts, FactsBuilder,
    Gender, LocalTime, Offer, TextColumn, TicketFacts, Validity, Venue,
};

/// Facts with up to 40 customers and contacts with a row for each of them.
pub fn facts_and_contacts() -> impl Strategy<Value = (Facts, Contacts)> {
    facts().prop_flat_map(|facts| {
        let rows = facts.customers.count() as usize;
        (Just(facts), contacts(rows))
    })
}

/// Facts with up to 40 customers, 8 events, 60 orders and 120 tickets.
pub fn facts() -> impl Strategy<Value = Facts> {
    let lists = (
        vec(event(), 0..8),
        btree_set("[A-Z]{0,2}[0-9]{1,3}|\\PC{1,6}|(prefix/){10}[0-9]{2}", 0..40),
        vec(customer(), 40),
        vec((any::<Index>(), day(), any::<bool>()), 0..60),
        vec(ticket(), 0..120),
        vec(offer(), 0..3),
    );
    (venue(), lists).prop_map(|(venue, (events, ids, customers, orders, tickets, offers))| {
        let mut builder = FactsBuilder::new(venue);
        for at in 0..3 {
            builder.add_consent(&format!("consent-{at}"), "Letters");
            builder.add_flag(&format!("flag-{at}"), "");
        }
        for (at, event) in events.iter().enumerate() {
            event.add(&mut builder, at);
        }
        for (id, customer) in ids.iter().zip(&customers) {
            customer.add(&mut builder, id);
        }
        if !ids.is_empty() && !events.is_empty() {
            for (customer, day, online) in &orders {
                let channel = if *online { Channel::Online } else { Channel::BoxOffice };
                builder.add_order(customer.index(ids.len()) as u32, *day, channel);
            }
            for ticket in tickets.iter().filter(|_| !orders.is_empty()) {
                builder.add_ticket(ticket.facts(orders.len(), events.len()));
            }
        }
        for (at, offer) in offers.into_iter().enumerate() {
            let event = offer.event.filter(|_| !events.is_empty());
            builder.add_offer(Offer {
                id: format!("offer-{at}"),
                event: event.map(|_| events.len() as u32 - 1),
                ..offer
            });
        }
        builder.finish().facts
    })
}

/// Contacts of a number of rows, with up to 5 columns.
pub fn contacts(rows: usize) -> impl Strategy<Value = Contacts> {
    let few = vec(prop_oneof![Just("Sverige".to_owned()), Just(String::new())], rows);
    let many = vec("\\PC{0,12}", rows);
    vec((".{0,8}", prop_oneof![few, many]), 0..5).prop_map(|columns| {
        let mut contacts = Contacts::default();
        for (at, (header, cells)) in columns.into_iter().enumerate() {
            contacts.names.push((at % 2 == 0).then(|| format!("name-{at}")));
            contacts.headers.push(header);
            contacts.cells.push(cells.iter().map(String::as_str).collect::<TextColumn>());
        }
        contacts
    })
}

fn venue() -> impl Strategy<Value = Venue> {
    (".{0,12}", 0..=Decimals::MAX, option::of("[A-Z]{2}"), any::<u64>()).prop_map(
        |(name, decimals, country, flags_cursor)| Venue {
            name,
            time_zone: "Europe/Stockholm".to_owned(),
            currency: "SEK".to_owned(),
            decimals: Decimals::new(decimals).unwrap(),
            locale: country.as_ref().map(|country| format!("sv-{country}")),
            marketing_consent: country.as_ref().map(|_| "consent-1".to_owned()),
            country,
            flags_cursor,
        },
    )
}

/// Mostly near one another, sometimes at the calendar's ends.
fn day() -> impl Strategy<Value = Day> {
    prop_oneof![
        8 => 20_000..20_100_i32,
        1 => Just(Day::MIN.number()),
        1 => Just(Day::MAX.number()),
    ]
    .prop_map(|number| Day::from_number(number).unwrap())
}

fn time() -> impl Strategy<Value = LocalTime> {
    (day(), option::of(0..1440_u16)).prop_map(|(day, minute)| LocalTime { day, minute })
}

#[derive(Debug, Clone)]
struct MadeEvent {
    name: String,
    starts_at: LocalTime,
    groups: [usize; 5],
}

fn event() -> impl Strategy<Value = MadeEvent> {
    (".{0,6}", time(), prop::array::uniform5(0..4_usize))
        .prop_map(|(name, starts_at, groups)| MadeEvent { name, starts_at, groups })
}

impl MadeEvent {
    fn add(&self, builder: &mut FactsBuilder, at: usize) {
        const NAMES: [&str; 4] = ["", "Zirkus", "Älvan", "Brand"];
        let [production, promoter, season, category, tag] = self.groups.map(|at| NAMES[at]);
        let event = EventFacts {
            id: &format!("E{at}"),
            name: &self.name,
            production: (production, production),
            promoter,
            season,
            categories: vec![category, "Musik"],
            tags: if tag.is_empty() { Vec::new() } else { vec![tag] },
        };
        builder.add_event(&event, self.starts_at);
    }
}

#[derive(Debug, Clone)]
struct MadeCustomer {
    gender: Gender,
    distance_km: Option<f64>,
    has_email: bool,
    consents: Vec<u32>,
    flags: Vec<u32>,
}

fn customer() -> impl Strategy<Value = MadeCustomer> {
    let gender = prop_oneof![Just(Gender::Woman), Just(Gender::Man), Just(Gender::Unknown)];
    let km = prop_oneof![Just(0.0), Just(12.5), 0.0..20_000.0];
    (gender, option::of(km), any::<bool>(), vec(0..3_u32, 0..3), vec(0..3_u32, 0..3)).prop_map(
        |(gender, distance_km, has_email, consents, flags)| MadeCustomer {
            gender,
            distance_km,
            has_email,
            consents,
            flags,
        },
    )
}

impl MadeCustomer {
    fn add(&self, builder: &mut FactsBuilder, id: &str) {
        builder
            .add_customer(&CustomerFacts {
                id,
                gender: self.gender,
                distance_km: self.distance_km,
                has_email: self.has_email,
                consents: &self.consents,
                flags: &self.flags,
            })
            .unwrap();
    }
}

#[derive(Debug, Clone)]
struct MadeTicket {
    order: Index,
    event: Index,
    price_minor: u64,
    subscription: bool,
    refunded: bool,
}

fn ticket() -> impl Strategy<Value = MadeTicket> {
    // The highest price of the contract takes several hundred lines.
    let price = prop_oneof![
        9 => (0..40_u64).prop_map(|steps| steps * 500),
        3 => 0..10_000_u64,
        1 => Just(1_000_000_000_000),
    ];
    (any::<Index>(), any::<Index>(), price, any::<bool>(), any::<bool>()).prop_map(
        |(order, event, price_minor, subscription, refunded)| MadeTicket {
            order,
            event,
            price_minor,
            subscription,
            refunded,
        },
    )
}

impl MadeTicket {
    fn facts(&self, orders: usize, events: usize) -> TicketFacts {
        TicketFacts {
            order: self.order.index(orders) as u32,
            event: self.event.index(events) as u32,
            price_minor: self.price_minor,
            subscription: self.subscription,
            validity: if self.refunded { Validity::Refunded } else { Validity::Valid },
        }
    }
}

fn offer() -> impl Strategy<Value = Offer> {
    (".{0,6}", option::of(Just(0_u32)), option::of(time()), option::of(time())).prop_map(
        |(name, event, starts_at, ends_at)| Offer {
            id: String::new(),
            name,
            url: "https://example.org/offer".to_owned(),
            event,
            production: None,
            starts_at,
            ends_at,
        },
    )
}

/// A venue of a given number of customers, each with an order of three tickets, one of them for
/// another event, every tenth with a second order.
pub fn regular(customers: u32) -> (Facts, Contacts) {
    let venue = Venue {
        name: "Stora Scenen".to_owned(),
        time_zone: "Europe/Stockholm".to_owned(),
        currency: "SEK".to_owned(),
        decimals: Decimals::new(2).unwrap(),
        country: Some("SE".to_owned()),
        locale: None,
        marketing_consent: Some("newsletter".to_owned()),
        flags_cursor: 17,
    };
    let mut builder = FactsBuilder::new(venue);
    let newsletter = [builder.add_consent("newsletter", "Nyhetsbrev")];
    let vip = [builder.add_flag("vip", "VIP")];
    let first_day = Day::parse("2025-01-10").unwrap();
    let events: Vec<u32> = (0..30).map(|at| add_regular_event(&mut builder, at)).collect();
    for at in 0..customers {
        let genders = [Gender::Woman, Gender::Man, Gender::Unknown];
        let customer = builder
            .add_customer(&CustomerFacts {
                id: &format!("K{at:05}"),
                gender: genders[at as usize % 3],
                distance_km: (at % 7 != 0).then(|| f64::from(at % 11) * 1.25),
                has_email: at % 5 != 0,
                consents: if at % 2 == 0 { &newsletter } else { &[] },
                flags: if at % 9 == 0 { &vip } else { &[] },
            })
            .unwrap();
        for again in 0..=u32::from(at % 10 == 0) {
            let day = Day::from_number(first_day.number() + (at % 40 + again) as i32).unwrap();
            let channel = if at % 3 == 0 { Channel::BoxOffice } else { Channel::Online };
            let order = builder.add_order(customer, day, channel);
            for ticket in 0..3 {
                builder.add_ticket(TicketFacts {
                    order,
                    event: events[(at + again + ticket / 2) as usize % events.len()],
                    price_minor: u64::from(at % 13 + 1) * 2_500,
                    subscription: at % 4 == 0,
                    validity: Validity::Valid,
                });
            }
        }
    }
    let BuiltFacts { facts, .. } = builder.finish();
    let contacts = regular_contacts(&facts);
    (facts, contacts)
}

fn add_regular_event(builder: &mut FactsBuilder, at: u32) -> u32 {
    let day = Day::from_number(20_130 + 3 * at as i32).unwrap();
    let production = ["peer-gynt", "froken-julie", "drottningen"][at as usize % 3];
    builder.add_event(
        &EventFacts {
            id: &format!("E{at:02}"),
            name: &format!("{production} {at}"),
            production: (production, production),
            promoter: "Teatern",
            season: "Våren 2025",
            categories: vec!["Teater"],
            tags: Vec::new(),
        },
        LocalTime { day, minute: Some(19 * 60) },
    )
}

fn regular_contacts(facts: &Facts) -> Contacts {
    let rows = 0..facts.customers.count();
    let texts = |text: &dyn Fn(u32) -> String| {
        let cells: Vec<String> = rows.clone().map(text).collect();
        cells.iter().map(String::as_str).collect::<TextColumn>()
    };
    let known = |name: &str| Some(name.to_owned());
    Contacts {
        headers: ["Kundnummer", "E-post", "Stad", "Stamplats"].map(str::to_owned).to_vec(),
        names: vec![known("customer_id"), known("email"), known("city"), None],
        cells: vec![
            facts.customers.ids.clone(),
            texts(&|row| format!("kund{row}@example.org")),
            texts(&|row| ["Malmö", "Umeå", ""][row as usize % 3].to_owned()),
            texts(&|_| String::new()),
        ],
    }
}
