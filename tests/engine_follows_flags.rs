//! After changes of flags a session counts what it would count had the export held them.

mod common;

use std::collections::HashMap;
use std::sync::Arc;

use common::{small_venue, views};
use proptest::prelude::*;
use publik::engine::{FlagChange, FlagOp, FlagsApplied, Session, Snapshot, naive};
use publik::model::{CustomerFacts, Day, Decimals, Facts, FactsBuilder, Gender, Membership, Venue};
use publik::view::{FilterKind, MemberRule};

#[derive(Debug, Clone)]
enum Step {
    Flags(Vec<FlagChange>),
    Rule(MemberRule),
    Histogram,
}

/// Flags of the small venue, and one that its snapshot does not know.
fn flag() -> impl Strategy<Value = String> {
    prop::sample::select(small_venue::ids().flags)
}

/// Customers of the small venue, and now and then nobody.
fn customer() -> impl Strategy<Value = String> {
    let known = (0..40_u32).prop_map(small_venue::customer_id);
    prop_oneof![8 => known, 1 => Just("nobody".to_owned())]
}

fn change() -> impl Strategy<Value = FlagChange> {
    let op = prop_oneof![Just(FlagOp::Add), Just(FlagOp::Remove)];
    (0..50_u64, flag(), op, prop::collection::vec(customer(), 0..12)).prop_map(
        |(cursor, flag, op, customers)| FlagChange { cursor: Some(cursor), flag, op, customers },
    )
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => prop::collection::vec(change(), 0..5).prop_map(Step::Flags),
        1 => views::member_rules(&small_venue::ids().flags).prop_map(Step::Rule),
        1 => Just(Step::Histogram),
    ]
}

/// The facts as an export would have them after all these changes: of each flag and customer
/// the change with the highest cursor, of equal ones the later.
fn rebuilt(facts: &Facts, changes: &[FlagChange]) -> Facts {
    let mut facts = facts.clone();
    let mut latest: HashMap<(&str, u32), (u64, FlagOp)> = HashMap::new();
    for (at, change) in (0..).zip(changes) {
        for id in &change.customers {
            let Some(row) = facts.customers.row_of(id) else { continue };
            let place = change.cursor.unwrap_or(at);
            let known = latest.entry((&change.flag, row)).or_insert((place, change.op));
            if known.0 <= place {
                *known = (place, change.op);
            }
        }
    }
    for ((flag, row), (_, op)) in latest {
        let rows = match facts.flags.iter().position(|known| known.id == flag) {
            Some(at) => &mut facts.flags[at].rows,
            None if op == FlagOp::Remove => continue,
            None => {
                let (id, name) = (flag.to_owned(), flag.to_owned());
                facts.flags.push(Membership { id, name, rows: roaring::RoaringBitmap::new() });
                &mut facts.flags.last_mut().unwrap().rows
            }
        };
        match op {
            FlagOp::Add => rows.insert(row),
            FlagOp::Remove => rows.remove(row),
        };
    }
    facts
}

/// A flag that somebody had for a while stays defined; one that nobody ever had is not.
fn without_empty_extra_flags(facts: &Facts, mut of: Facts) -> Facts {
    of.flags.retain(|flag| {
        !flag.rows.is_empty() || facts.flags.iter().any(|known| known.id == flag.id)
    });
    of
}

fn compare(session: &mut Session, expected: &Facts) -> Result<(), TestCaseError> {
    let (counts, rows) = naive::evaluate(expected, session.view(), session.as_of());
    prop_assert_eq!(session.counts(), counts);
    prop_assert_eq!(session.result().iter().collect::<Vec<_>>(), rows);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_session_counts_changed_flags_as_if_the_export_had_held_them(
        facts in small_venue::facts(40),
        view in views::views(&small_venue::ids()),
        steps in prop::collection::vec(step(), 0..10),
        has_cursors in any::<bool>(),
    ) {
        let as_of = Day::from_number(small_venue::TODAY).unwrap();
        let mut snapshot = Arc::new(Snapshot::new(facts.clone()));
        let mut session = Session::new(Arc::clone(&snapshot), view, as_of);
        let mut changes: Vec<FlagChange> = Vec::new();
        for step in steps {
            match step {
                Step::Flags(mut new) => {
                    if !has_cursors {
                        for change in &mut new {
                            change.cursor = None;
                        }
                    }
                    snapshot = Arc::new(snapshot.with_flags(&new).0);
                    changes.extend(new);
                    session.set_snapshot(Arc::clone(&snapshot));
                }
                Step::Rule(rule) => session.set_flags(rule),
                Step::Histogram => {
                    session.histogram(FilterKind::Tickets, 10).unwrap();
                }
            }
            let mut expected = rebuilt(&facts, &changes);
            // Defined once, it stays: the twin learns that from the snapshot and nothing else.
            if snapshot.flags().len() > expected.flags.len() {
                expected.flags.push(Membership {
                    rows: roaring::RoaringBitmap::new(),
                    ..snapshot.flags().last().unwrap().clone()
                });
            }
            let mut found = facts.clone();
            found.flags = snapshot.flags().to_vec();
            prop_assert_eq!(
                without_empty_extra_flags(&facts, found),
                without_empty_extra_flags(&facts, rebuilt(&facts, &changes))
            );
            compare(&mut session, &expected)?;
            // Histograms go on from where they were; a fresh session starts anew.
            let kept = session.histogram(FilterKind::Tickets, 10).unwrap();
            let mut fresh = Session::new(Arc::clone(&snapshot), session.view().clone(), as_of);
            prop_assert_eq!(kept, fresh.histogram(FilterKind::Tickets, 10).unwrap());
            prop_assert_eq!(session.reach(), fresh.reach());
        }
    }
}

#[test]
fn changes_say_what_they_came_to() {
    let mut builder = FactsBuilder::new(Venue {
        name: "Somewhere".to_owned(),
        time_zone: "Europe/Stockholm".to_owned(),
        currency: "SEK".to_owned(),
        decimals: Decimals::default(),
        country: None,
        locale: None,
        marketing_consent: None,
        flags_cursor: 0,
    });
    let vip = builder.add_flag("vip", "VIP");
    for (id, flags) in [("A", &[vip][..]), ("B", &[]), ("C", &[])] {
        let customer = CustomerFacts {
            id,
            gender: Gender::Unknown,
            distance_km: None,
            has_email: false,
            consents: &[],
            flags,
        };
        builder.add_customer(&customer).unwrap();
    }
    let facts = builder.finish().facts;
    let change = |flag: &str, op, customers: &[&str]| FlagChange {
        cursor: None,
        flag: flag.to_owned(),
        op,
        customers: customers.iter().map(|id| (*id).to_owned()).collect(),
    };
    let snapshot = Snapshot::new(facts);
    let (snapshot, applied) = snapshot.with_flags(&[
        change("vip", FlagOp::Add, &["A", "B", "nobody", "no one"]),
        change("vip", FlagOp::Remove, &["C", "nobody"]),
        change("new", FlagOp::Remove, &["A"]),
    ]);
    let expected = FlagsApplied { changed: 1, unchanged: 3, unknown_customers: 2 };
    assert_eq!(applied, expected);
    assert_eq!(snapshot.flags().len(), 1, "a flag that nobody gets is not defined");
    let (snapshot, applied) = snapshot.with_flags(&[
        change("new", FlagOp::Add, &["C"]),
        change("vip", FlagOp::Add, &["C"]),
        change("vip", FlagOp::Remove, &["C"]),
    ]);
    assert_eq!(applied, FlagsApplied { changed: 1, unchanged: 1, unknown_customers: 0 });
    assert_eq!(
        (snapshot.flags()[1].id.as_str(), snapshot.flags()[1].name.as_str()),
        ("new", "new")
    );
    assert_eq!(snapshot.facts().flags.len(), 1);
}
