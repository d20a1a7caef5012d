//! The app: the state, and the page that the address names.

use leptos::prelude::*;

use super::components::AppHeader;
use super::pages::{Overview, OverviewPage, Venue};
use super::platform;
use super::state::{App as State, Stage};
use crate::view::{DaysBack, Segment, View};

/// How far the first segment reaches back.
const FIRST_DAYS_BACK: u32 = 730;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let app = State::start();
    provide_context(app);
    let mut segment = Segment { name: "The last two years".to_owned(), ..Segment::default() };
    segment.events.days_back = Some(DaysBack::Days(FIRST_DAYS_BACK));
    app.workspace.open(View { segment, ..View::default() }, None, None, None);
    app.follow(&platform::fragment());
    app.data.begin(None);
    let venue = Memo::new(move |_| venue(&app));
    let name = Signal::derive(move || app.data.open().map(|open| open.names.venue.name.clone()));
    view! {
        <AppHeader venue=name/>
        <OverviewPage venue=venue.into()/>
    }
}

fn venue(app: &State) -> Venue {
    if let Stage::Failed(failure) = app.data.stage() {
        return Venue::Closed(failure.message);
    }
    let (Some(open), Some(numbers)) = (app.data.open(), app.workspace.numbers()) else {
        return Venue::Opening;
    };
    let names = open.names.consents.iter().map(|consent| consent.name.clone());
    Venue::Open(Overview {
        venue: open.names.venue.name.clone(),
        as_of: app.workspace.as_of().to_string(),
        customers: open.opened.customers,
        events: numbers.events,
        total: numbers.total,
        with_email: numbers.with_email,
        with_consent: numbers.with_consent,
        consents: names.zip(numbers.consents.iter().map(|row| row.total)).collect(),
    })
}
