//! At a size where samples are taken, indexes are used and jumps are tallied, the session still
//! gives what the naive evaluator gives.

use std::sync::Arc;

use publik::demo::{self, Settings};
use publik::engine::{Session, Snapshot, naive};
use publik::model::{Day, Facts};
use publik::view::{self, FilterKind};

const VIEW: &str = r#"{"version":1,"segment":{"name":"all","events":{"days_back":1200},
 "exclude_events":{"categories":["Opera"],"days_back":300}},
 "filters":{"distance_km":{"max":120},"gender":["f","m"],"revenue":{"min":200},
 "last_purchase":{"within":900,"over":"history"},"tickets":{"min":1},"impulsive":{"max":120},
 "purchases":{"from":"2024-01-01","min":1}},"consents":{"exclude":["no_mail"]}}"#;

/// Settings of one filter after another, in small steps and in jumps.
const PLACES: [(&str, &str); 14] = [
    ("revenue", r#"{"min":201}"#),
    ("revenue", r#"{"min":205}"#),
    ("revenue", r#"{"min":900,"max":5000}"#),
    ("revenue", r#"{"min":890,"max":5005.5}"#),
    ("distance_km", r#"{"max":119}"#),
    ("distance_km", r#"{"max":118.5}"#),
    ("distance_km", r#"{"min":3,"max":40}"#),
    ("last_purchase", r#"{"not_within":400}"#),
    ("last_purchase", r#"{"not_within":402}"#),
    ("last_purchase", r#"{"not_within":403,"over":"history"}"#),
    ("sales_type", r#"["online"]"#),
    ("sales_type", "null"),
    ("purchases", r#"{"from":"2025-01-01","max":0}"#),
    ("impulsive", "null"),
];

fn check(session: &mut Session, facts: &Facts, said: &str) {
    let (counts, rows) = naive::evaluate(facts, session.view(), session.as_of());
    assert_eq!(session.counts(), counts, "{said}");
    assert_eq!(session.result().iter().collect::<Vec<_>>(), rows, "{said}");
}

fn check_histograms(session: &mut Session, facts: &Facts, said: &str) {
    for kind in FilterKind::ALL.into_iter().filter(|kind| kind.is_numeric()) {
        let found = session.histogram(kind, 40).unwrap();
        let view = session.view();
        let filter = view.filters.get(kind).unwrap_or_else(|| view::Filter::open(kind));
        let expected = naive::histogram(facts, view, session.as_of(), &filter, &found.edges);
        assert_eq!(found, expected, "{said}: {}", kind.name());
        let known: u32 = found.bins.iter().sum::<u32>() + found.below + found.above;
        assert!(found.below == 0 && found.bins.len() <= 40, "{said}: {}", kind.name());
        assert!(known > 0, "{said}: nobody has a value of {}", kind.name());
    }
}

#[test]
fn a_session_over_many_customers_counts_what_the_naive_evaluator_counts() {
    let today = Day::from_ymd(2026, 11, 21).unwrap();
    let (facts, _) = demo::build(&Settings::new(20_000, 7, today).unwrap());
    let snapshot = Arc::new(Snapshot::new(facts.clone()));
    let mut session = Session::new(snapshot, view::parse(VIEW).unwrap(), today);
    check(&mut session, &facts, "at first");
    for with_histograms in [false, true] {
        for (name, place) in PLACES {
            let said = format!("{name} {place}, histograms {with_histograms}");
            let (kind, filter) = view::parse_filter(name, place).unwrap();
            session.set_filter(kind, filter);
            check(&mut session, &facts, &said);
        }
        check_histograms(&mut session, &facts, "at the end");
        session.set_view(view::parse(VIEW).unwrap());
        check_histograms(&mut session, &facts, "back again");
    }
}

#[test]
fn at_most_one_in_a_hundred_of_the_audience_lies_above_the_last_edge() {
    let today = Day::from_ymd(2026, 11, 21).unwrap();
    let (facts, _) = demo::build(&Settings::new(20_000, 3, today).unwrap());
    let snapshot = Arc::new(Snapshot::new(facts));
    let view = view::parse(r#"{"version":1,"segment":{"name":"a","events":{"days_back":"all"}}}"#);
    let mut session = Session::new(snapshot, view.unwrap(), today);
    for bins in [1, 2, 7, 40, 200] {
        for kind in FilterKind::ALL.into_iter().filter(|kind| kind.is_numeric()) {
            let found = session.histogram(kind, bins).unwrap();
            let known = found.bins.iter().sum::<u32>() + found.below + found.above;
            assert!(found.above * 100 <= known, "{} in {bins}: {found:?}", kind.name());
            assert!(!found.bins.is_empty() && found.bins.len() <= bins as usize);
            if kind != FilterKind::DistanceKm && kind != FilterKind::Revenue {
                let width = found.edges[1] - found.edges[0];
                let steps = found.edges.windows(2).map(|pair| pair[1] - pair[0]);
                assert!(width >= 1.0 && width.fract() == 0.0, "{}", kind.name());
                assert!(steps.into_iter().all(|step| (step - width).abs() < 1e-9));
            }
        }
    }
}
