//! Opens a venue and counts the segment that the page shows first.

use std::sync::Arc;

use super::Overview;
use crate::demo;
use crate::engine::{Session, Snapshot};
use crate::model::Day;
use crate::view::{DaysBack, View};

/// As many as `publik demo` makes unless told otherwise.
const DEMO_CUSTOMERS: u32 = 10_000;
const DEMO_SEED: u64 = 1;
/// How far the first segment reaches back.
const FIRST_DAYS_BACK: u32 = 730;

/// Makes the demo up with `today` between its past and its future, and counts.
pub(super) fn open_demo(today: &str) -> Result<Overview, String> {
    let today = Day::parse(today).map_err(|error| error.to_string())?;
    let settings =
        demo::Settings::new(DEMO_CUSTOMERS, DEMO_SEED, today).map_err(|error| error.to_string())?;
    let (facts, _) = demo::build(&settings);
    let mut view = View::default();
    view.segment.events.days_back = Some(DaysBack::Days(FIRST_DAYS_BACK));
    Ok(overview(&Session::new(Arc::new(Snapshot::new(facts)), view, today)))
}

fn overview(session: &Session) -> Overview {
    let facts = session.snapshot().facts();
    let (counts, reach) = (session.counts(), session.reach());
    let names = facts.consents.iter().map(|consent| consent.name.clone());
    Overview {
        venue: facts.venue.name.clone(),
        as_of: counts.as_of.to_string(),
        customers: facts.customers.count(),
        events: session.scope().count() as u32,
        total: counts.total,
        with_email: reach.with_email,
        with_consent: reach.with_consent,
        consents: names.zip(counts.consents.iter().map(|(_, row)| row.total)).collect(),
    }
}
