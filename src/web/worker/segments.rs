//! Counts segments over the open snapshot, with every option of their forms.

use super::counting::Counting;
use super::documents::{day, segment_of};
use crate::engine::EventScope;
use crate::view::{DaysBack, EventSelection, Segment, View};
use crate::web::protocol::{Answer, Failure, FormCounts};

impl Counting {
    /// Events and customers of segments.
    pub fn segments(&self, segments: &[String], as_of: &str) -> Result<Answer, Failure> {
        let as_of = day(as_of)?;
        let sizes = segments.iter().map(|document| {
            let segment = segment_of(document)?;
            Ok(self.snapshot.segment_size(&segment, as_of))
        });
        Ok(Answer::Segments(sizes.collect::<Result<_, Failure>>()?))
    }

    /// A segment, the options of its lists, and its events.
    pub fn form(&self, segment: &str, as_of: &str) -> Result<Answer, Failure> {
        let as_of = day(as_of)?;
        let segment = segment_of(segment)?;
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
}
