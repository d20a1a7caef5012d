//! What stands beside a segment's form is what the segment would count with that option alone.

mod common;

use common::{small_venue, views};
use proptest::prelude::*;
use publik::engine::{EventScope, FacetCounts, OptionCount, Snapshot, naive};
use publik::model::{Day, Facts};
use publik::view::{DaysBack, EventSelection, Segment, View};

fn counted(facts: &Facts, events: EventSelection, as_of: Day) -> OptionCount {
    let view = View { segment: Segment { events, ..Segment::default() }, ..View::default() };
    let (counts, _) = naive::evaluate(facts, &view, as_of);
    let scope = EventScope::of_segment(&view, &facts.catalogue, as_of);
    OptionCount { events: scope.count() as u32, customers: counts.segment }
}

/// Every option of every list, with the selection that asks for it alone in its list.
fn alone(facts: &Facts, base: &EventSelection) -> Vec<(String, EventSelection)> {
    let catalogue = &facts.catalogue;
    let mut all = Vec::new();
    let mut add = |list: &str, id: &str, set: &dyn Fn(&mut EventSelection, Vec<String>)| {
        let mut selection = base.clone();
        set(&mut selection, vec![id.to_owned()]);
        all.push((format!("{list} {id:?}"), selection));
    };
    for id in &catalogue.promoters {
        add("promoter", id, &|selection, list| selection.promoters = list);
    }
    for id in &catalogue.seasons {
        add("season", id, &|selection, list| selection.seasons = list);
    }
    for production in &catalogue.productions {
        add("production", &production.id, &|selection, list| selection.productions = list);
    }
    for event in &catalogue.events {
        add("event", &event.id, &|selection, list| selection.events = list);
    }
    for id in &catalogue.categories {
        add("category", id, &|selection, list| selection.categories = list);
    }
    for id in &catalogue.tags {
        add("tag", id, &|selection, list| selection.tags = list);
    }
    all
}

fn in_order(facets: &FacetCounts) -> Vec<OptionCount> {
    let FacetCounts { promoters, seasons, productions, events, categories, tags } = facets;
    [promoters, seasons, productions, events, categories, tags]
        .into_iter()
        .flatten()
        .copied()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn an_option_counts_what_the_segment_would_with_it_alone_in_its_list(
        facts in small_venue::facts(12),
        selection in views::selections(&small_venue::ids()),
        number in small_venue::TODAY - 30..small_venue::TODAY + 30,
    ) {
        let as_of = Day::from_number(number).unwrap();
        let snapshot = Snapshot::new(facts.clone());
        for unsaid in [DaysBack::Days(0), DaysBack::All] {
            let found = in_order(&snapshot.facets(&selection, unsaid, as_of));
            let said = selection.days_back.unwrap_or(unsaid);
            let base = EventSelection { days_back: Some(said), ..selection.clone() };
            let expected = alone(&facts, &base);
            prop_assert_eq!(found.len(), expected.len());
            for ((option, selection), found) in expected.into_iter().zip(found) {
                prop_assert_eq!(found, counted(&facts, selection, as_of), "{}", option);
            }
        }
    }

    #[test]
    fn what_the_lists_choose_is_what_they_choose_of_all_days(
        facts in small_venue::facts(12),
        selection in views::selections(&small_venue::ids()),
        number in small_venue::TODAY - 30..small_venue::TODAY + 30,
    ) {
        let as_of = Day::from_number(number).unwrap();
        let catalogue = &facts.catalogue;
        let chosen = EventScope::at_any_time(&selection, catalogue, as_of);
        let has_lists = selection.lists().iter().any(|(_, list)| !list.is_empty());
        prop_assert_eq!(chosen.is_some(), has_lists);
        let Some(chosen) = chosen else { return Ok(()) };
        let scope = EventScope::of(&selection, DaysBack::Days(0), catalogue, as_of);
        for at in 0..catalogue.events.len() {
            let is_recent = match selection.days_back.unwrap_or(DaysBack::Days(0)) {
                DaysBack::All => true,
                DaysBack::Days(days) => catalogue.events[at].day() >= as_of.minus(days),
            };
            prop_assert_eq!(scope.selected[at], chosen.selected[at] && is_recent);
        }
    }

    #[test]
    fn a_segments_size_is_what_its_view_counts(
        facts in small_venue::facts(12),
        segment in views::segments(&small_venue::ids()),
        number in small_venue::TODAY - 30..small_venue::TODAY + 30,
    ) {
        let as_of = Day::from_number(number).unwrap();
        let view = View { segment: segment.clone(), ..View::default() };
        let (counts, _) = naive::evaluate(&facts, &view, as_of);
        let size = Snapshot::new(facts).segment_size(&segment, as_of);
        prop_assert_eq!(size.customers, counts.segment);
    }
}
