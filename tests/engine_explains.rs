//! An explanation says of every customer what the session counts.

mod common;

use std::collections::HashSet;
use std::sync::Arc;

use common::{facts as made, small_venue, views};
use proptest::prelude::*;
use publik::engine::{
    Asked, AttributeValue, Explanation, MOST_LINES, Reason, Session, Snapshot, Verdict, naive,
};
use publik::model::{
    Channel, CustomerFacts, Day, Decimals, EventFacts, Facts, FactsBuilder, Gender, LocalTime,
    TicketFacts, Validity, Venue,
};
use publik::view::{
    Basis, DaysBack, EventSelection, Filter, FilterKind, LastPurchase, LastPurchaseRule, Mode,
    MoneyRange, People, Segment, View, WholeRange,
};

fn is_audience(reason: &Reason) -> bool {
    use Asked::{Buyer, Everyone, NoExcludedEvent, NotYetBought};
    matches!(reason.asked, Buyer | Everyone | NoExcludedEvent | NotYetBought)
}

fn verdict_on(explanation: &Explanation, kind: FilterKind) -> Option<Verdict> {
    let mut reasons = explanation.conditions.iter();
    reasons.find(|reason| reason.asked == Asked::Filter(kind)).map(|reason| reason.verdict)
}

/// The lines of a condition make its value, as far as a sum of lines can.
fn lines_make_the_value(reason: &Reason) -> Result<(), TestCaseError> {
    if reason.more_lines > 0 {
        prop_assert_eq!(reason.lines.len(), MOST_LINES);
        return Ok(());
    }
    let Asked::Filter(kind) = reason.asked else { return Ok(()) };
    let lines = &reason.lines;
    let tickets: u32 = lines.iter().map(|line| line.tickets).sum();
    match (kind, &reason.value) {
        (FilterKind::Revenue, Some(AttributeValue::Minor(minor))) => {
            prop_assert_eq!(lines.iter().map(|line| line.revenue_minor).sum::<u64>(), *minor);
        }
        (FilterKind::Tickets, Some(AttributeValue::Count(count))) => {
            prop_assert_eq!(tickets, *count);
        }
        (FilterKind::Events, Some(AttributeValue::Count(count))) => {
            let distinct: HashSet<u32> = lines.iter().map(|line| line.event).collect();
            prop_assert_eq!(distinct.len(), *count as usize);
        }
        (FilterKind::TicketsPerOrder, Some(AttributeValue::Count(count))) => {
            // Several orders may be the largest.
            prop_assert!(tickets >= *count && (*count == 0 || tickets.is_multiple_of(*count)));
        }
        (FilterKind::Subscription, Some(AttributeValue::Choice(choice))) => {
            prop_assert_eq!(lines.is_empty(), choice == "regular");
        }
        (FilterKind::LastPurchase | FilterKind::Impulsive | FilterKind::SalesType, value) => {
            prop_assert_eq!(lines.is_empty(), value.is_none());
        }
        (FilterKind::Orders | FilterKind::Purchases, Some(AttributeValue::Count(count))) => {
            prop_assert_eq!(lines.is_empty(), *count == 0);
            prop_assert!(lines.len() >= *count as usize);
        }
        (FilterKind::DistanceKm | FilterKind::Gender, _) => prop_assert!(lines.is_empty()),
        (kind, value) => prop_assert!(false, "{kind:?} has the value {value:?}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn all_applied_conditions_hold_for_exactly_the_customers_of_the_result(
        facts in small_venue::facts(40),
        view in views::views(&small_venue::ids()),
        as_of in small_venue::TODAY - 30..small_venue::TODAY + 30,
    ) {
        let as_of = Day::from_number(as_of).unwrap();
        let (counts, result) = naive::evaluate(&facts, &view, as_of);
        let rows = facts.customers.count();
        let mut session = Session::new(Arc::new(Snapshot::new(facts)), view, as_of);
        let all: Vec<Explanation> = (0..rows).map(|row| session.explain(row)).collect();
        let explained: Vec<u32> =
            all.iter().filter(|one| one.is_in_result()).map(|one| one.row).collect();
        prop_assert_eq!(explained, result);
        let in_audience = |one: &&Explanation| !one.left_out_by().any(is_audience);
        let audience: Vec<&Explanation> = all.iter().filter(in_audience).collect();
        prop_assert_eq!(audience.len() as u32, counts.audience);
        for (kind, counts) in &counts.filters {
            let with = |wanted| {
                let verdicts = audience.iter().map(|one| verdict_on(one, *kind));
                verdicts.filter(|verdict| *verdict == Some(wanted)).count() as u32
            };
            prop_assert_eq!(with(Verdict::True), counts.matching, "{:?}", kind);
            prop_assert_eq!(with(Verdict::Unknown), counts.unknown, "{:?}", kind);
        }
        for reason in all.iter().flat_map(|one| &one.conditions) {
            lines_make_the_value(reason)?;
            let Asked::Filter(kind) = reason.asked else { continue };
            prop_assert_eq!(reason.is_applied, session.view().is_active(kind));
            prop_assert_eq!(reason.value.is_none(), reason.verdict == Verdict::Unknown);
        }
    }
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Anna with an order for two evenings in March and one for June; Bo with nothing.
fn two_people() -> Facts {
    let mut builder = FactsBuilder::new(Venue {
        name: "Somewhere".to_owned(),
        time_zone: "Europe/Stockholm".to_owned(),
        currency: "SEK".to_owned(),
        decimals: Decimals::new(2).unwrap(),
        country: None,
        locale: None,
        marketing_consent: None,
        flags_cursor: 0,
    });
    let letters = builder.add_consent("letters", "Letters");
    let evenings = ["2026-03-01", "2026-03-09", "2026-06-01"].map(|date| {
        builder.add_event(
            &EventFacts {
                id: date,
                name: "An evening",
                production: (&date[..7], "A month"),
                promoter: "",
                season: "",
                categories: Vec::new(),
                tags: Vec::new(),
            },
            LocalTime { day: day(date), minute: None },
        )
    });
    let mut customer = |id, consents: &[u32], distance_km| {
        let (gender, has_email, flags) = (Gender::Woman, false, &[][..]);
        let facts = CustomerFacts { id, gender, distance_km, has_email, consents, flags };
        builder.add_customer(&facts).unwrap()
    };
    let anna = customer("anna", &[letters], Some(4.5));
    customer("bo", &[], None);
    for (date, events) in [("2026-02-20", &evenings[..2]), ("2026-05-30", &evenings[2..])] {
        let order = builder.add_order(anna, day(date), Channel::Online);
        for &event in events {
            let (price_minor, subscription, validity) = (10_000, false, Validity::Valid);
            builder.add_ticket(TicketFacts { order, event, price_minor, subscription, validity });
        }
    }
    builder.finish().facts
}

#[test]
fn every_condition_comes_with_the_purchases_that_decide_it() {
    let march = EventSelection {
        days_back: Some(DaysBack::All),
        productions: vec!["2026-03".to_owned()],
        ..EventSelection::default()
    };
    let mut view = View {
        segment: Segment { events: march, ..Segment::default() },
        mode: Mode::Event("2026-06-01".to_owned()),
        ..View::default()
    };
    view.consents.include = vec!["letters".to_owned(), "gone".to_owned()];
    view.muted = vec![FilterKind::Tickets];
    let rule = LastPurchaseRule::Within(30);
    for filter in [
        Filter::Revenue(MoneyRange { min: Some(250.0), ..MoneyRange::default() }),
        Filter::LastPurchase(LastPurchase { rule, over: Some(Basis::History) }),
        Filter::Tickets(WholeRange { min: Some(9), ..WholeRange::default() }),
    ] {
        view.filters.set(filter);
    }
    let mut session = Session::new(Arc::new(Snapshot::new(two_people())), view, day("2026-06-10"));
    let anna = session.explain(0);
    assert!(!anna.is_in_result());
    let told: Vec<_> = anna
        .conditions
        .iter()
        .map(|reason| (&reason.asked, reason.verdict, reason.is_applied, reason.lines.len()))
        .collect();
    let member = |name: &str, has| publik::engine::Member { name: name.to_owned(), has };
    assert_eq!(
        told,
        [
            (&Asked::Buyer, Verdict::True, true, 2),
            (&Asked::NotYetBought, Verdict::False, true, 1),
            (&Asked::Filter(FilterKind::Revenue), Verdict::False, true, 2),
            (&Asked::Filter(FilterKind::LastPurchase), Verdict::True, true, 1),
            (&Asked::Filter(FilterKind::Tickets), Verdict::False, false, 2),
            (
                &Asked::WithConsents(vec![member("Letters", true), member("gone", false)]),
                Verdict::False,
                true,
                0
            ),
        ]
    );
    assert_eq!(anna.conditions[2].value, Some(AttributeValue::Minor(20_000)));
    assert_eq!(anna.conditions[3].value, Some(AttributeValue::Days(11)));
    assert_eq!(anna.conditions[3].lines[0].order_day, day("2026-05-30"));
    let bo = session.explain(1);
    let last_purchase = &bo.conditions[3];
    assert_eq!((last_purchase.verdict, &last_purchase.value), (Verdict::Unknown, &None));
}

#[test]
fn of_hundreds_of_purchases_the_latest_are_named_and_the_others_counted() {
    let (facts, _) = made::regular(1);
    let view = View {
        segment: Segment {
            people: People::Everyone,
            events: EventSelection { days_back: Some(DaysBack::All), ..EventSelection::default() },
            ..Segment::default()
        },
        ..View::default()
    };
    let few =
        Session::new(Arc::new(Snapshot::new(facts)), view.clone(), day("2026-06-10")).explain(0);
    assert_eq!((few.conditions.len(), &few.conditions[0].asked), (1, &Asked::Everyone));

    let mut builder = FactsBuilder::new(two_people().venue);
    let evening = builder.add_event(
        &EventFacts {
            id: "E",
            name: "An evening",
            production: ("P", "P"),
            promoter: "",
            season: "",
            categories: Vec::new(),
            tags: Vec::new(),
        },
        LocalTime { day: day("2026-06-01"), minute: None },
    );
    let customer = CustomerFacts {
        id: "K",
        gender: Gender::Unknown,
        distance_km: None,
        has_email: false,
        consents: &[],
        flags: &[],
    };
    let customer = builder.add_customer(&customer).unwrap();
    for nth in 0..300 {
        let ordered = Day::from_number(day("2025-01-01").number() + nth).unwrap();
        let order = builder.add_order(customer, ordered, Channel::BoxOffice);
        let (price_minor, subscription, validity) = (100, false, Validity::Valid);
        let event = evening;
        builder.add_ticket(TicketFacts { order, event, price_minor, subscription, validity });
    }
    let mut view = view;
    view.segment.people = People::Buyers;
    let snapshot = Arc::new(Snapshot::new(builder.finish().facts));
    let many = Session::new(snapshot, view, day("2026-06-10")).explain(0);
    let reason = &many.conditions[0];
    assert_eq!((reason.lines.len(), reason.more_lines), (MOST_LINES, 300 - MOST_LINES as u32));
    assert!(reason.lines.is_sorted_by(|later, earlier| later.order_day >= earlier.order_day));
    assert_eq!(
        reason.lines[0].order_day,
        Day::from_number(day("2025-01-01").number() + 299).unwrap()
    );
}
