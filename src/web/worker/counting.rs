//! Counts views and segments over the open snapshot.

use std::sync::Arc;

use super::internal;
use super::listing::Given;
use crate::engine::{EventScope, FilterCounts, Session, Snapshot};
use crate::model::Day;
use crate::view::{self, Basis, DaysBack, EventSelection, Filter, FilterKind, Segment, View};
use crate::web::protocol::explained::{ExplainAsk, Explained};
use crate::web::protocol::{
    Answer, Choices, Failure, FailureKind, FormCounts, Numbers, NumbersAsk,
};

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
    pub fn numbers(&mut self, ask: &NumbersAsk) -> Result<Answer, Failure> {
        self.session_of(&ask.view, &ask.as_of)?;
        let Some(session) = &mut self.session else { return Err(internal(&"no view is open")) };
        let shown = ask.shown.iter().filter_map(|name| FilterKind::from_name(name));
        let mut apart = vec![None; FilterKind::COUNT];
        let (mut histograms, mut choices) =
            (vec![None; FilterKind::COUNT], vec![None; FilterKind::COUNT]);
        for kind in shown {
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
    pub(super) fn session_of(&mut self, view: &str, as_of: &str) -> Result<&mut Session, Failure> {
        let view = view::parse(view).map_err(|errors| unreadable(&errors))?;
        let as_of = day(as_of)?;
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

    /// Events and customers of segments.
    pub fn segments(&self, segments: &[String], as_of: &str) -> Result<Answer, Failure> {
        let as_of = day(as_of)?;
        let sizes = segments.iter().map(|document| {
            let segment = view::parse_segment(document).map_err(|errors| unreadable(&errors))?;
            Ok(self.snapshot.segment_size(&segment, as_of))
        });
        Ok(Answer::Segments(sizes.collect::<Result<_, Failure>>()?))
    }

    /// A segment, the options of its lists, and its events.
    pub fn form(&self, segment: &str, as_of: &str) -> Result<Answer, Failure> {
        let as_of = day(as_of)?;
        let segment = view::parse_segment(segment).map_err(|errors| unreadable(&errors))?;
        let catalogue = &self.snapshot.facts().catalogue;
        let scope = EventScope::of(&segment.events, DaysBack::Days(0), catalogue, as_of);
        let chosen = EventScope::at_any_time(&segment.events, catalogue, as_of);
        let events = self.snapshot.facets(&segment.events, DaysBack::Days(0), as_of);
        let size = self.snapshot.segment_size(&segment, as_of);
        // Each option is what choosing it would leave out if it were the only one: what is chosen
        // already narrows what is left out and would make all others nothing.
        let days_back = segment.exclude_events.as_ref().and_then(|excluded| excluded.days_back);
        let alone = EventSelection { days_back, ..EventSelection::default() };
        let view = View { segment, ..View::default() };
        let left_out = EventScope::excluded(&view, catalogue, as_of).events().collect::<Vec<_>>();
        let customers_left_out = if left_out.is_empty() {
            0
        } else {
            let whole = Segment { exclude_events: None, ..view.segment };
            self.snapshot.segment_size(&whole, as_of).customers - size.customers
        };
        Ok(Answer::Form(Box::new(FormCounts {
            size,
            events,
            excluded: self.snapshot.facets(&alone, DaysBack::All, as_of),
            in_scope: scope.events().collect(),
            chosen: chosen.map(|chosen| chosen.count() as u32),
            left_out,
            customers_left_out,
        })))
    }

    /// Why a customer is in a view's result, or is not. Another view than the one that is held
    /// open is counted beside it, so that the page's numbers stay as they are.
    pub fn explain(&mut self, ask: &ExplainAsk) -> Result<Answer, Failure> {
        let view = view::parse(&ask.view).map_err(|errors| unreadable(&errors))?;
        let as_of = day(&ask.as_of)?;
        let facts = self.snapshot.facts();
        let Some(row) = facts.customers.row_of(&ask.customer) else { return Ok(Answer::Nothing) };
        let explanation = match &mut self.session {
            Some(session) if session.as_of() == as_of && *session.view() == view => {
                session.explain(row)
            }
            _ => Session::new(Arc::clone(&self.snapshot), view, as_of).explain(row),
        };
        Ok(Answer::Explained(Box::new(Explained::of(explanation, facts))))
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

fn day(text: &str) -> Result<Day, Failure> {
    Day::parse(text).map_err(|error| internal(&error))
}

pub(super) fn unreadable(reason: &impl ToString) -> Failure {
    Failure { kind: FailureKind::Unreadable, message: reason.to_string() }
}
