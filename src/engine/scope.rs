//! From a selection of events to the events it selects.

use std::collections::HashSet;

use crate::model::{Catalogue, Day, Facts, Membership};
use crate::view::{DaysBack, EventSelection, Mode, View};

/// Which events a selection selects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventScope {
    /// For each event of the catalogue, whether it is selected.
    pub selected: Vec<bool>,
}

impl EventScope {
    /// Events that pass the day and each list that is not empty. `unsaid` stands for a
    /// `days_back` that the selection does not have.
    pub fn of(
        selection: &EventSelection,
        unsaid: DaysBack,
        catalogue: &Catalogue,
        as_of: Day,
    ) -> EventScope {
        let first_day = match selection.days_back.unwrap_or(unsaid) {
            DaysBack::Days(days) => as_of.minus(days),
            DaysBack::All => Day::MIN,
        };
        let promoters = positions(&selection.promoters, &catalogue.promoters);
        let seasons = positions(&selection.seasons, &catalogue.seasons);
        let categories = positions(&selection.categories, &catalogue.categories);
        let tags = positions(&selection.tags, &catalogue.tags);
        let productions: HashSet<u32> =
            selection.productions.iter().filter_map(|id| production_at(catalogue, id)).collect();
        let ids: HashSet<&str> = selection.events.iter().map(String::as_str).collect();
        let one = |set: &Option<HashSet<u32>>, at: Option<u32>| {
            set.as_ref().is_none_or(|set| at.is_some_and(|at| set.contains(&at)))
        };
        let any = |set: &Option<HashSet<u32>>, list: &[u32]| {
            set.as_ref().is_none_or(|set| list.iter().any(|at| set.contains(at)))
        };
        let selected = catalogue
            .events
            .iter()
            .map(|event| {
                event.day() >= first_day
                    && one(&promoters, event.promoter)
                    && one(&seasons, event.season)
                    && (selection.productions.is_empty() || productions.contains(&event.production))
                    && (selection.events.is_empty() || ids.contains(event.id.as_str()))
                    && any(&categories, &event.categories)
                    && any(&tags, &event.tags)
            })
            .collect();
        EventScope { selected }
    }

    /// Events that pass each list, on whatever day; `None` where every list is empty.
    pub fn at_any_time(
        selection: &EventSelection,
        catalogue: &Catalogue,
        as_of: Day,
    ) -> Option<EventScope> {
        let chooses = selection.lists().iter().any(|(_, list)| !list.is_empty());
        let whole = || EventSelection { days_back: Some(DaysBack::All), ..selection.clone() };
        chooses.then(|| EventScope::of(&whole(), DaysBack::All, catalogue, as_of))
    }

    /// What a view's segment counts.
    pub fn of_segment(view: &View, catalogue: &Catalogue, as_of: Day) -> EventScope {
        EventScope::of(&view.segment.events, DaysBack::Days(0), catalogue, as_of)
    }

    /// Whose buyers a view's segment leaves out.
    pub fn excluded(view: &View, catalogue: &Catalogue, as_of: Day) -> EventScope {
        match &view.segment.exclude_events {
            Some(selection) if !selection.asks_nothing() => {
                EventScope::of(selection, DaysBack::All, catalogue, as_of)
            }
            _ => EventScope { selected: vec![false; catalogue.events.len()] },
        }
    }

    /// Events whose holders a mode leaves out.
    pub fn of_mode(mode: &Mode, catalogue: &Catalogue) -> EventScope {
        let events = catalogue.events.iter();
        let selected = match mode {
            Mode::All => vec![false; catalogue.events.len()],
            Mode::Event(id) => events.map(|event| event.id == *id).collect(),
            Mode::Production(id) => {
                let production = production_at(catalogue, id);
                events.map(|event| Some(event.production) == production).collect()
            }
        };
        EventScope { selected }
    }

    /// Positions of the selected events, ascending.
    pub fn events(&self) -> impl Iterator<Item = u32> {
        let selected = self.selected.iter().enumerate();
        selected.filter_map(|(at, &selected)| selected.then_some(at as u32))
    }

    /// How many are selected.
    pub fn count(&self) -> usize {
        self.selected.iter().filter(|&&selected| selected).count()
    }
}

/// Ids of a view that the snapshot does not know, each once as `PATH: ID`, sorted by bytes.
/// `flags` are those that stand now, which may be more than the facts have.
pub fn unknown_ids(view: &View, facts: &Facts, flags: &[Membership]) -> Vec<String> {
    let catalogue = &facts.catalogue;
    let event_ids: HashSet<&str> = catalogue.events.iter().map(|event| event.id.as_str()).collect();
    let mut unknown = Vec::new();
    let mut check = |path: &str, id: &str, known: bool| {
        if !known {
            unknown.push(format!("{path}: {id}"));
        }
    };
    let selections = [
        ("events", Some(&view.segment.events)),
        ("exclude_events", view.segment.exclude_events.as_ref()),
    ];
    for (field, selection) in selections {
        for (list, ids) in selection.iter().flat_map(|selection| selection.lists()) {
            let path = format!("segment.{field}.{list}");
            for id in ids {
                let known = match list {
                    "productions" => production_at(catalogue, id).is_some(),
                    "events" => event_ids.contains(id.as_str()),
                    "promoters" => catalogue.promoters.binary_search(id).is_ok(),
                    "seasons" => catalogue.seasons.binary_search(id).is_ok(),
                    "categories" => catalogue.categories.binary_search(id).is_ok(),
                    _ => catalogue.tags.binary_search(id).is_ok(),
                };
                check(&path, id, known);
            }
        }
    }
    match &view.mode {
        Mode::All => {}
        Mode::Event(id) => check("mode.id", id, event_ids.contains(id.as_str())),
        Mode::Production(id) => check("mode.id", id, production_at(catalogue, id).is_some()),
    }
    for (field, rule, defined) in
        [("consents", &view.consents, facts.consents.as_slice()), ("flags", &view.flags, flags)]
    {
        for (list, ids) in [("include", &rule.include), ("exclude", &rule.exclude)] {
            for id in ids {
                check(&format!("{field}.{list}"), id, member_at(defined, id).is_some());
            }
        }
    }
    unknown.sort_unstable();
    unknown.dedup();
    unknown
}

/// Position of a consent or flag by its id.
pub fn member_at(defined: &[Membership], id: &str) -> Option<usize> {
    defined.iter().position(|membership| membership.id == id)
}

fn production_at(catalogue: &Catalogue, id: &str) -> Option<u32> {
    let found = catalogue.productions.binary_search_by(|production| production.id.as_str().cmp(id));
    found.ok().map(|at| at as u32)
}

/// Positions of the names a list asks for; `None` when it asks for none, so that everything passes.
fn positions(asked: &[String], names: &[String]) -> Option<HashSet<u32>> {
    (!asked.is_empty()).then(|| {
        asked.iter().filter_map(|name| names.binary_search(name).ok()).map(|at| at as u32).collect()
    })
}
