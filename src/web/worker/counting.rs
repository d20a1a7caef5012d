//! Counts views and segments over the open snapshot.

use std::sync::Arc;

use super::internal;
use crate::engine::{Session, Snapshot};
use crate::model::Day;
use crate::view::{self, FilterKind, View};
use crate::web::protocol::{
    Answer, Choices, Failure, FailureKind, Numbers, NumbersAsk, SegmentSize,
};

/// The open snapshot and the view held open over it.
pub struct Counting {
    snapshot: Arc<Snapshot>,
    session: Option<Session>,
}

impl Counting {
    pub fn new(snapshot: Arc<Snapshot>) -> Counting {
        Counting { snapshot, session: None }
    }

    /// All counts of a view; only what differs from the view before is counted anew.
    pub fn numbers(&mut self, ask: &NumbersAsk) -> Result<Answer, Failure> {
        let view = view::parse(&ask.view).map_err(|errors| unreadable(&errors))?;
        let as_of = day(&ask.as_of)?;
        let session = match &mut self.session {
            Some(session) if session.as_of() == as_of => {
                session.set_view(view);
                session
            }
            other => other.insert(Session::new(Arc::clone(&self.snapshot), view, as_of)),
        };
        let shown = ask.shown.iter().filter_map(|name| FilterKind::from_name(name));
        let (mut histograms, mut choices) =
            (vec![None; FilterKind::COUNT], vec![None; FilterKind::COUNT]);
        for kind in shown {
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
            consents: counts.consents.into_iter().map(|(_, counts)| counts).collect(),
            flags: counts.flags.into_iter().map(|(_, counts)| counts).collect(),
            unknown_ids: counts.unknown_ids,
            histograms,
            choices,
        })))
    }

    /// Events and customers of segments.
    pub fn segments(&self, segments: &[String], as_of: &str) -> Result<Answer, Failure> {
        let as_of = day(as_of)?;
        let sizes = segments.iter().map(|document| {
            let segment = view::parse_segment(document).map_err(|errors| unreadable(&errors))?;
            let view = View { segment, ..View::default() };
            let session = Session::new(Arc::clone(&self.snapshot), view, as_of);
            let customers = session.counts().segment;
            Ok(SegmentSize { events: session.scope().count() as u32, customers })
        });
        Ok(Answer::Segments(sizes.collect::<Result<_, Failure>>()?))
    }

    /// The options of a segment's lists.
    pub fn facets(&self, segment: &str, as_of: &str) -> Result<Answer, Failure> {
        let _ = (segment, as_of, &self.snapshot);
        Err(internal(&"not yet"))
    }
}

fn day(text: &str) -> Result<Day, Failure> {
    Day::parse(text).map_err(|error| internal(&error))
}

fn unreadable(reason: &impl ToString) -> Failure {
    Failure { kind: FailureKind::Unreadable, message: reason.to_string() }
}
