//! Events and the groups they name, put into order.

use std::collections::HashMap;

use super::sort;
use crate::model::{Catalogue, Event, Named};

/// Names met so far, in the order they were met.
#[derive(Debug, Default)]
pub(super) struct Groups {
    names: Vec<String>,
    index: HashMap<String, u32>,
}

impl Groups {
    /// The position of a name, if it was met.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.index.get(name).copied()
    }

    pub(super) fn one(&mut self, name: &str) -> u32 {
        if let Some(&at) = self.index.get(name) {
            return at;
        }
        let at = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.index.insert(name.to_owned(), at);
        at
    }

    pub(super) fn optional(&mut self, name: &str) -> Option<u32> {
        (!name.is_empty()).then(|| self.one(name))
    }

    pub(super) fn each(&mut self, names: &[&str]) -> Vec<u32> {
        names.iter().map(|name| self.one(name)).collect()
    }

    /// The names ascending, and where each one met went.
    fn sorted(self) -> (Vec<String>, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.names.len() as u32).collect();
        sort(&mut order, &|a, b| self.names[a as usize].cmp(&self.names[b as usize]));
        let place = places(&order);
        let names = order.iter().map(|&at| self.names[at as usize].clone()).collect();
        (names, place)
    }
}

/// The inverse of a permutation.
pub(super) fn places(order: &[u32]) -> Vec<u32> {
    let mut place = vec![0_u32; order.len()];
    for (to, &from) in order.iter().enumerate() {
        place[from as usize] = to as u32;
    }
    place
}

pub(super) struct NewPlaces {
    pub(super) events: Vec<u32>,
    pub(super) productions: Vec<u32>,
}

pub(super) fn catalogue(
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
    sort(&mut order, &|a, b| {
        let key = |at: u32| (events[at as usize].starts_at, &events[at as usize].id);
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
