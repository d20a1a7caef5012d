//! The session gives what the row-by-row evaluator gives, after every change.

mod common;

use std::sync::Arc;

use common::{small_venue, views};
use proptest::prelude::*;
use publik::engine::{Session, Snapshot, naive};
use publik::model::{Day, Facts};
use publik::view::{Filter, FilterKind, MemberRule, Mode, Segment, View};

/// Bins of the histograms that are followed through all changes.
const BINS: u32 = 20;

#[derive(Debug, Clone)]
enum Change {
    Filter(Filter),
    /// One range through many places, as a hand moves a slider.
    Drag(Vec<Filter>),
    Clear(FilterKind),
    Mute(FilterKind, bool),
    Segment(Box<Segment>),
    Mode(Mode),
    Consents(MemberRule),
    Flags(MemberRule),
    View(Box<View>),
    AsOf(i32),
    Histogram(FilterKind, u32),
    Choices(FilterKind),
}

fn kind() -> impl Strategy<Value = FilterKind> {
    prop::sample::select(FilterKind::ALL.to_vec())
}

fn change() -> impl Strategy<Value = Change> {
    let ids = small_venue::ids();
    let (filter_ids, drag_ids) = (ids.clone(), ids.clone());
    let numeric: Vec<FilterKind> =
        FilterKind::ALL.into_iter().filter(|kind| kind.is_numeric()).collect();
    let choices = [FilterKind::Gender, FilterKind::SalesType, FilterKind::Subscription];
    prop_oneof![
        12 => kind().prop_flat_map(move |kind| views::filter(kind, &filter_ids)).prop_map(Change::Filter),
        6 => kind()
            .prop_flat_map(move |kind| {
                prop::collection::vec(views::filter(kind, &drag_ids), 2..6)
            })
            .prop_map(Change::Drag),
        2 => kind().prop_map(Change::Clear),
        1 => (kind(), any::<bool>()).prop_map(|(kind, muted)| Change::Mute(kind, muted)),
        1 => views::segments(&ids).prop_map(|segment| Change::Segment(Box::new(segment))),
        1 => views::modes(&ids).prop_map(Change::Mode),
        1 => views::member_rules(&ids.consents).prop_map(Change::Consents),
        1 => views::member_rules(&ids.flags).prop_map(Change::Flags),
        1 => views::views(&ids).prop_map(|view| Change::View(Box::new(view))),
        1 => (small_venue::TODAY - 30..small_venue::TODAY + 30).prop_map(Change::AsOf),
        1 => (prop::sample::select(numeric), 1_u32..=60)
            .prop_map(|(kind, bins)| Change::Histogram(kind, bins)),
        1 => prop::sample::select(choices.to_vec()).prop_map(Change::Choices),
    ]
}

fn day(number: i32) -> Day {
    Day::from_number(number).unwrap()
}

fn apply(session: &mut Session, change: Change) {
    match change {
        Change::Filter(filter) => session.set_filter(filter.kind(), Some(filter)),
        Change::Drag(places) => {
            for filter in places {
                session.set_filter(filter.kind(), Some(filter));
            }
        }
        Change::Clear(kind) => session.set_filter(kind, None),
        Change::Mute(kind, muted) => session.set_muted(kind, muted),
        Change::Segment(segment) => session.set_segment(*segment),
        Change::Mode(mode) => session.set_mode(mode),
        Change::Consents(rule) => session.set_consents(rule),
        Change::Flags(rule) => session.set_flags(rule),
        Change::View(view) => session.set_view(*view),
        Change::AsOf(number) => session.set_as_of(day(number)),
        Change::Histogram(kind, bins) => {
            session.histogram(kind, bins).unwrap();
        }
        Change::Choices(kind) => {
            session.choices(kind).unwrap();
        }
    }
}

fn compare(session: &mut Session, facts: &Facts) -> Result<(), TestCaseError> {
    let (counts, rows) = naive::evaluate(facts, session.view(), session.as_of());
    prop_assert_eq!(session.counts(), counts);
    prop_assert_eq!(session.result().iter().collect::<Vec<_>>(), rows.clone());
    let reach = session.reach();
    let among =
        |set: &roaring::RoaringBitmap| rows.iter().filter(|row| set.contains(**row)).count();
    prop_assert_eq!(reach.with_email as usize, among(&facts.customers.with_email));
    prop_assert_eq!(reach.with_consent, Some(among(&facts.consents[0].rows) as u32));
    Ok(())
}

fn compare_histograms(session: &mut Session, facts: &Facts) -> Result<(), TestCaseError> {
    for kind in FilterKind::ALL.into_iter().filter(|kind| kind.is_numeric()) {
        let found = session.histogram(kind, BINS).unwrap();
        let filter = session.view().filters.get(kind).unwrap_or_else(|| Filter::open(kind));
        let expected =
            naive::histogram(facts, session.view(), session.as_of(), &filter, &found.edges);
        prop_assert_eq!(&found, &expected, "{}", kind.name());
        let sum = found.bins.iter().sum::<u32>() + found.below + found.above + found.unknown;
        let counts = session.counts();
        let row = counts.filters.iter().find(|(other, _)| *other == kind);
        prop_assert_eq!(sum, row.map_or(counts.total, |(_, row)| row.without), "{}", kind.name());
        prop_assert!(found.bins.len() <= BINS as usize);
        prop_assert!(found.edges.windows(2).all(|pair| pair[0] < pair[1]));
    }
    Ok(())
}

/// A filter that is not applied counts as it would alone.
fn compare_apart(session: &mut Session, facts: &Facts) -> Result<(), TestCaseError> {
    for kind in FilterKind::ALL {
        if session.view().is_active(kind) {
            continue;
        }
        let mut applied = session.view().clone();
        applied.muted.retain(|other| *other != kind);
        let has_setting = applied.filters.has(kind);
        if !has_setting {
            applied.filters.set(Filter::open(kind));
        }
        let (counts, _) = naive::evaluate(facts, &applied, session.as_of());
        let (_, row) = counts.filters.iter().find(|(other, _)| *other == kind).unwrap();
        let found = session.counts_apart(kind);
        let matching = if has_setting { row.matching } else { counts.audience };
        prop_assert_eq!(found.matching, matching, "{}", kind.name());
        prop_assert_eq!(found.unknown, row.unknown, "{}", kind.name());
        prop_assert_eq!(found.without, session.counts().total, "{}", kind.name());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_session_counts_what_the_naive_evaluator_counts(
        facts in small_venue::facts(80),
        view in views::views(&small_venue::ids()),
        changes in prop::collection::vec(change(), 0..25),
        as_of in small_venue::TODAY - 30..small_venue::TODAY + 30,
        follows_histograms in any::<bool>(),
    ) {
        let snapshot = Arc::new(Snapshot::new(facts.clone()));
        let mut session = Session::new(snapshot, view, day(as_of));
        compare(&mut session, &facts)?;
        if follows_histograms {
            compare_histograms(&mut session, &facts)?;
        }
        for change in changes {
            let said = format!("{change:?}");
            apply(&mut session, change);
            let compared = compare(&mut session, &facts).and_then(|()| {
                // What was made before the change is only read here, not made again.
                if follows_histograms { compare_histograms(&mut session, &facts) } else { Ok(()) }
            });
            compared.map_err(|error| TestCaseError::fail(format!("after {said}: {error}")))?;
        }
        compare_apart(&mut session, &facts)?;
        compare_histograms(&mut session, &facts)?;
    }
}
