//! Data that is open, as the page knows it: names and counts, and nobody of its customers.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::model::{Catalogue, Day, Decimals, Event, Named};
use crate::view::sentence::{EventName, SentenceContext};
use crate::web::platform;
use crate::web::protocol::catalogue::Names;
use crate::web::protocol::{Opened, Origin};

/// Data older than this is marked.
const STALE_HOURS: f64 = 36.0;

/// Data that is open, without any customer: those are the worker's.
#[derive(Debug)]
pub struct OpenData {
    /// Venue, events and named sets.
    pub names: Names,
    /// Where it came from, when it was built, how large it is.
    pub opened: Opened,
    /// Flags that the endpoint has set and the snapshot does not know, behind its own.
    pub further_flags: ArcRwSignal<Vec<Named>>,
    event_at: HashMap<String, u32>,
}

impl OpenData {
    /// What the worker says of data that it opened.
    pub(super) fn new(opened: Opened, names: Names) -> OpenData {
        let events = names.catalogue.events.iter().zip(0..);
        let event_at = events.map(|(event, at)| (event.id.clone(), at)).collect();
        OpenData { names, opened, further_flags: ArcRwSignal::new(Vec::new()), event_at }
    }

    /// Whether it is made up.
    pub fn is_demo(&self) -> bool {
        self.opened.origin == Origin::Demo
    }

    /// Whether it is older than 36 hours.
    pub fn is_stale(&self) -> bool {
        platform::hours_since(&self.opened.built_at).is_some_and(|hours| hours > STALE_HOURS)
    }

    /// The event of an id.
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.names.catalogue.events.get(*self.event_at.get(id)? as usize)
    }

    /// The event group of an id.
    pub fn production(&self, id: &str) -> Option<&Named> {
        let productions = &self.names.catalogue.productions;
        let at = productions.binary_search_by(|production| production.id.as_str().cmp(id)).ok()?;
        productions.get(at)
    }

    /// All flags in the order of their counts, those that only the endpoint has last.
    pub fn flags(&self) -> Vec<Named> {
        let mut flags = self.names.flags.clone();
        self.further_flags.with(|further| flags.extend_from_slice(further));
        flags
    }

    /// The names for a view's sentence, seen from a day.
    pub fn seen_from(&self, as_of: Day) -> SeenFrom<'_> {
        SeenFrom { data: self, as_of }
    }
}

impl AsRef<Catalogue> for OpenData {
    fn as_ref(&self) -> &Catalogue {
        &self.names.catalogue
    }
}

/// Names for a view's sentence.
#[derive(Debug, Clone, Copy)]
pub struct SeenFrom<'a> {
    data: &'a OpenData,
    as_of: Day,
}

impl SentenceContext for SeenFrom<'_> {
    fn as_of(&self) -> Day {
        self.as_of
    }

    fn decimals(&self) -> Decimals {
        self.data.names.venue.decimals
    }

    fn event(&self, id: &str) -> Option<EventName> {
        let event = self.data.event(id)?;
        Some(EventName { name: event.name.clone(), day: event.day() })
    }

    fn production(&self, id: &str) -> Option<String> {
        Some(self.data.production(id)?.name.clone())
    }

    fn consent(&self, id: &str) -> Option<String> {
        name_of(&self.data.names.consents, id)
    }

    fn flag(&self, id: &str) -> Option<String> {
        let further = || self.data.further_flags.with(|further| name_of(further, id));
        name_of(&self.data.names.flags, id).or_else(further)
    }
}

fn name_of(named: &[Named], id: &str) -> Option<String> {
    named.iter().find(|one| one.id == id).map(|one| one.name.clone())
}
