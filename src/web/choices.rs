//! Rows of the lists to choose from: events, event groups, seasons, and what else has a name alone.

use std::collections::BinaryHeap;
use std::sync::Arc;

use super::rows::{OptionRow, OptionRows};
use crate::model::{Catalogue, Day, Decimals, Event};
use crate::view::sentence::{Language, Locale, PlainLocale};

/// All events, the latest first: most views are for what is still to be sold.
pub fn events<C>(names: Arc<C>, language: Language) -> OptionRows
where
    C: AsRef<Catalogue> + Send + Sync + 'static,
{
    let locale = plain_locale(language);
    let count = (*names).as_ref().events.len();
    OptionRows::made(count, move |place| {
        event(event_place(place, count), (*names).as_ref(), &locale)
    })
}

/// Where an event stands among [`events`], of so many.
pub fn event_place(at: usize, count: usize) -> usize {
    count - 1 - at
}

/// An event with its day, and its group where that has another name.
fn event(at: usize, catalogue: &Catalogue, locale: &PlainLocale) -> OptionRow {
    let event = &catalogue.events[at];
    let production = catalogue.productions.get(event.production as usize);
    let production = production.filter(|production| production.name != event.name);
    // Tens of thousands of days: the browser's own formats would take too long.
    let day = locale.date(event.day());
    let note = match production {
        Some(production) => format!("{day} · {}", production.name),
        None => day,
    };
    OptionRow { key: event.id.clone(), name: event.name.clone(), note, at }
}

/// How a language writes dates, without the browser.
fn plain_locale(language: Language) -> PlainLocale {
    let decimals = Decimals::new(0).expect("no digits are few enough");
    PlainLocale { language, currency: String::new(), decimals }
}

/// All event groups, by name.
pub fn productions(catalogue: &Catalogue) -> OptionRows {
    let names = catalogue.productions.iter().enumerate().map(|(at, named)| (&named.name, at));
    // By way of a heap: what sorts in place would be 5 kB of the page.
    let names: BinaryHeap<(&String, usize)> = names.collect();
    let row = |(name, at): (&String, usize)| OptionRow {
        key: catalogue.productions[at].id.clone(),
        name: name.clone(),
        note: String::new(),
        at,
    };
    let rows: Vec<OptionRow> = names.into_sorted_vec().into_iter().map(row).collect();
    rows.into()
}

/// Rows of what has nothing but a name, in the order given.
pub fn named(names: &[String]) -> Vec<OptionRow> {
    names.iter().enumerate().map(|(at, name)| name_alone(at, name)).collect()
}

/// All seasons, the latest first, whatever they are called.
pub fn seasons(catalogue: &Catalogue) -> Vec<OptionRow> {
    let names = &catalogue.seasons;
    latest_first(names.len(), &catalogue.events)
        .into_iter()
        .filter_map(|at| Some(name_alone(at, names.get(at)?)))
        .collect()
}

fn name_alone(at: usize, name: &str) -> OptionRow {
    OptionRow { key: name.to_owned(), name: name.to_owned(), note: String::new(), at }
}

/// The positions of so many seasons by their last event, the latest first; those without events
/// come last. Of two that end on one day the later in the catalogue comes first.
fn latest_first(count: usize, events: &[Event]) -> Vec<usize> {
    let mut last: Vec<Option<Day>> = vec![None; count];
    for event in events {
        if let Some(end) = event.season.and_then(|season| last.get_mut(season as usize)) {
            *end = (*end).max(Some(event.day()));
        }
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| std::cmp::Reverse((last[*at], *at)));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LocalTime;

    fn catalogue(seasons: &[&str], events: &[(&str, Option<u32>)]) -> Catalogue {
        let event = |(day, season): &(&str, Option<u32>)| Event {
            id: (*day).to_owned(),
            name: "Svansjön".to_owned(),
            starts_at: LocalTime { day: Day::parse(day).unwrap(), minute: None },
            production: 0,
            promoter: None,
            season: *season,
            categories: Vec::new(),
            tags: Vec::new(),
        };
        Catalogue {
            events: events.iter().map(event).collect(),
            seasons: seasons.iter().map(|name| (*name).to_owned()).collect(),
            ..Catalogue::default()
        }
    }

    #[test]
    fn seasons_stand_in_time_with_the_latest_first() {
        let catalogue = catalogue(
            &["Hösten 2025", "Hösten 2026", "Våren 2025", "Våren 2026"],
            &[
                ("2025-03-01", Some(2)),
                ("2025-10-01", Some(0)),
                ("2026-02-01", Some(3)),
                ("2026-05-01", None),
                ("2026-11-01", Some(1)),
            ],
        );
        let names: Vec<String> = seasons(&catalogue).into_iter().map(|row| row.name).collect();
        assert_eq!(names, ["Hösten 2026", "Våren 2026", "Hösten 2025", "Våren 2025"]);
    }

    #[test]
    fn a_season_keeps_the_place_of_its_numbers_and_one_without_events_comes_last() {
        let catalogue = catalogue(&["A", "B"], &[("2026-02-01", Some(0))]);
        let rows: Vec<_> = seasons(&catalogue).into_iter().map(|row| (row.name, row.at)).collect();
        assert_eq!(rows, [("A".to_owned(), 0), ("B".to_owned(), 1)]);
    }
}
