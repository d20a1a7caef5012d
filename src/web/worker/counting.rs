//! Counts views over the open snapshot.

use std::sync::Arc;

use super::internal;
use super::listing::Given;
use crate::engine::{FilterCounts, Session, Snapshot};
use crate::model::Day;
use crate::view::{Basis, Filter, FilterKind, View};
use crate::web::protocol::{Answer, Choices, Failure, Numbers, NumbersAsk};

/// The open snapshot and the view held open over it.
pub struct Counting {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) session: Option<Session>,
    apart: Apart,
    /// What whoever lists has of it.
    pub(super) given: Given,
}

/// The numbers of filters that are not active, by their place; they stand still while others move.
type Apart = [Option<(Option<Filter>, Basis, FilterCounts)>; FilterKind::COUNT];

impl Counting {
    pub fn new(snapshot: Arc<Snapshot>) -> Counting {
        Counting { snapshot, session: None, apart: Apart::default(), given: Given::default() }
    }

    /// All counts of a view; only what differs from the view before is counted anew.
    pub fn numbers(&mut self, ask: NumbersAsk) -> Result<Answer, Failure> {
        self.session_of(ask.view, ask.as_of)?;
        let Some(session) = &mut self.session else { return Err(internal(&"no view is open")) };
        let mut apart = vec![None; FilterKind::COUNT];
        let (mut histograms, mut choices) =
            (vec![None; FilterKind::COUNT], vec![None; FilterKind::COUNT]);
        for kind in ask.shown {
            if !session.view().is_active(kind) {
                apart[kind.index()] = Some(counts_apart(session, &mut self.apart, kind));
            }
            if kind.is_numeric() {
                let histogram =
                    session.histogram(kind, ask.bins).map_err(|error| internal(&error))?;
                histograms[kind.index()] = Some(histogram);
            } else if let Some(counted) = session.choices(kind) {
                let counts = counted.choices.iter().map(|(_, count)| *count).collect();
                choices[kind.index()] = Some(Choices { counts, unknown: counted.unknown });
            }
        }
        let (counts, reach) = (session.counts(), session.reach());
        let mut filters = vec![None; FilterKind::COUNT];
        for (kind, counts) in counts.filters {
            filters[kind.index()] = Some(counts);
        }
        Ok(Answer::Numbers(Box::new(Numbers {
            segment: counts.segment,
            audience: counts.audience,
            total: counts.total,
            with_email: reach.with_email,
            with_consent: reach.with_consent,
            events: session.scope().count() as u32,
            filters,
            apart,
            consents: counts.consents.into_iter().map(|(_, counts)| counts).collect(),
            flags: counts.flags.into_iter().map(|(_, counts)| counts).collect(),
            unknown_ids: counts.unknown_ids,
            histograms,
            choices,
        })))
    }

    /// The session of a view; only what differs from the view before is counted anew.
    pub(super) fn session_of(&mut self, view: View, as_of: Day) -> Result<&mut Session, Failure> {
        match &mut self.session {
            Some(session) if session.as_of() == as_of => {
                let before = session.view();
                if (&before.segment, &before.mode) != (&view.segment, &view.mode) {
                    self.apart = Apart::default();
                }
                session.set_view(view);
            }
            other => {
                self.apart = Apart::default();
                *other = Some(Session::new(Arc::clone(&self.snapshot), view, as_of));
            }
        }
        self.session.as_mut().ok_or_else(|| internal(&"no view is open"))
    }
}

/// Counts a filter that is not active, unless its setting and the audience are what they were.
fn counts_apart(session: &mut Session, known: &mut Apart, kind: FilterKind) -> FilterCounts {
    let (filter, basis) = (session.view().filters.get(kind), session.view().basis_of(kind));
    let place = &mut known[kind.index()];
    match place {
        Some((known_filter, known_basis, counts))
            if (*known_filter, *known_basis) == (filter, basis) =>
        {
            FilterCounts { without: session.total(), ..*counts }
        }
        _ => {
            let counts = session.counts_apart(kind);
            *place = Some((filter, basis, counts));
            counts
        }
    }
}
