//! Arbitrary facts of a small venue, dense enough that filters meet.

#![allow(dead_code, reason = "each test binary uses a part of this")]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use publik::model::{
    Channel, CustomerFacts, Day, Decimals, EventFacts, Facts, FactsBuilder, Gender, LocalTime,
    TicketFacts, Validity, Venue,
};

use super::views::Ids;

/// The day around which everything happens: 2026-11-21.
pub const TODAY: i32 = 20_778;

const GROUPS: u32 = 4;
const CONSENTS: [&str; 3] = ["newsletter", "sms", "no_mail"];
const FLAGS: [&str; 2] = ["vip", "mailed"];

#[derive(Debug, Clone)]
struct AnyEvent {
    day: i32,
    production: u32,
    promoter: Option<u32>,
    season: Option<u32>,
    categories: Vec<u32>,
    tags: Vec<u32>,
}

#[derive(Debug, Clone)]
struct AnyCustomer {
    gender: Gender,
    distance_km: Option<f64>,
    has_email: bool,
    consents: Vec<u32>,
    flags: Vec<u32>,
    orders: Vec<AnyOrder>,
}

#[derive(Debug, Clone)]
struct AnyOrder {
    day: i32,
    channel: Channel,
    tickets: Vec<AnyTicket>,
}

#[derive(Debug, Clone)]
struct AnyTicket {
    event: prop::sample::Index,
    price_minor: u64,
    subscription: bool,
    validity: Validity,
}

/// Facts of up to `customers` customers.
pub fn facts(customers: usize) -> BoxedStrategy<Facts> {
    (0_u8..4, vec(event(), 0..9), vec(customer(), 0..customers))
        .prop_map(|(decimals, events, customers)| build(decimals, &events, &customers))
        .boxed()
}

/// The id of a customer, by their place among those drawn.
pub fn customer_id(at: u32) -> String {
    format!("K{}", at * 7 % 1000)
}

/// The ids that these facts have, and some that none has.
pub fn ids() -> Ids {
    let named = |prefix: &str| (0..=GROUPS).map(|at| format!("{prefix}{at}")).collect();
    let owned =
        |ids: &[&str]| ids.iter().chain(&["not there"]).map(|id| (*id).to_owned()).collect();
    Ids {
        promoters: named("promoter "),
        seasons: named("season "),
        productions: named("P"),
        events: (0..9).map(|at| format!("E{at}")).collect(),
        categories: named("category "),
        tags: named("tag "),
        consents: owned(&CONSENTS),
        flags: owned(&FLAGS),
        largest_count: 12,
        largest_amount: 60.0,
        days: (TODAY - 60, TODAY + 60),
    }
}

fn event() -> impl Strategy<Value = AnyEvent> {
    let groups = || vec(0..GROUPS, 0..3);
    (
        TODAY - 40..TODAY + 40,
        0..GROUPS,
        option::of(0..GROUPS),
        option::of(0..GROUPS),
        groups(),
        groups(),
    )
        .prop_map(|(day, production, promoter, season, categories, tags)| AnyEvent {
            day,
            production,
            promoter,
            season,
            categories,
            tags,
        })
}

fn customer() -> impl Strategy<Value = AnyCustomer> {
    let gender = prop_oneof![Just(Gender::Woman), Just(Gender::Man), Just(Gender::Unknown)];
    let distance = option::weighted(0.8, prop_oneof![(0_u32..60).prop_map(f64::from), 0.0..60.0]);
    let orders = prop_oneof![3 => vec(order(), 0..4), 1 => vec(order(), 0..14)];
    (gender, distance, any::<bool>(), vec(0_u32..3, 0..3), vec(0_u32..2, 0..2), orders).prop_map(
        |(gender, distance_km, has_email, consents, flags, orders)| AnyCustomer {
            gender,
            distance_km,
            has_email,
            consents,
            flags,
            orders,
        },
    )
}

fn order() -> impl Strategy<Value = AnyOrder> {
    let channel = prop_oneof![Just(Channel::Online), Just(Channel::BoxOffice)];
    (TODAY - 50..TODAY + 10, channel, vec(ticket(), 0..5))
        .prop_map(|(day, channel, tickets)| AnyOrder { day, channel, tickets })
}

fn ticket() -> impl Strategy<Value = AnyTicket> {
    let price = prop_oneof![
        20 => 0_u64..3000,
        1 => Just(u64::from(u32::MAX) - 1),
        1 => Just(1_000_000_000_000),
    ];
    let validity = prop_oneof![5 => Just(Validity::Valid), 1 => Just(Validity::Refunded)];
    (any::<prop::sample::Index>(), price, prop::bool::weighted(0.2), validity).prop_map(
        |(event, price_minor, subscription, validity)| AnyTicket {
            event,
            price_minor,
            subscription,
            validity,
        },
    )
}

fn day(number: i32) -> Day {
    Day::from_number(number).expect("the strategies stay near today")
}

fn build(decimals: u8, events: &[AnyEvent], customers: &[AnyCustomer]) -> Facts {
    let mut builder = FactsBuilder::new(Venue {
        name: "Somewhere".to_owned(),
        time_zone: "Europe/Stockholm".to_owned(),
        currency: "SEK".to_owned(),
        decimals: Decimals::new(decimals).expect("drawn below the limit"),
        country: Some("SE".to_owned()),
        locale: None,
        marketing_consent: Some(CONSENTS[0].to_owned()),
        flags_cursor: 0,
    });
    for id in CONSENTS {
        builder.add_consent(id, id);
    }
    for id in FLAGS {
        builder.add_flag(id, id);
    }
    for (at, event) in events.iter().enumerate() {
        let name = |prefix: &str, at: u32| format!("{prefix} {at}");
        let optional = |prefix, at: Option<u32>| at.map_or(String::new(), |at| name(prefix, at));
        let categories: Vec<String> =
            event.categories.iter().map(|at| name("category", *at)).collect();
        let tags: Vec<String> = event.tags.iter().map(|at| name("tag", *at)).collect();
        let production = format!("P{}", event.production);
        builder.add_event(
            &EventFacts {
                id: &format!("E{at}"),
                name: "An evening",
                production: (&production, "A production"),
                promoter: &optional("promoter", event.promoter),
                season: &optional("season", event.season),
                categories: categories.iter().map(String::as_str).collect(),
                tags: tags.iter().map(String::as_str).collect(),
            },
            LocalTime { day: day(event.day), minute: None },
        );
    }
    for (at, customer) in customers.iter().enumerate() {
        let index = builder
            .add_customer(&CustomerFacts {
                id: &customer_id(at as u32),
                gender: customer.gender,
                distance_km: customer.distance_km,
                has_email: customer.has_email,
                consents: &customer.consents,
                flags: &customer.flags,
            })
            .expect("the ids are short");
        for order in &customer.orders {
            let order_index = builder.add_order(index, day(order.day), order.channel);
            // Without events there is nothing to hold a ticket to.
            for ticket in order.tickets.iter().filter(|_| !events.is_empty()) {
                builder.add_ticket(TicketFacts {
                    order: order_index,
                    event: ticket.event.index(events.len()) as u32,
                    price_minor: ticket.price_minor,
                    subscription: ticket.subscription,
                    validity: ticket.validity,
                });
            }
        }
    }
    builder.finish().facts
}
