//! The app: the state, and the page that the address names.

use leptos::prelude::*;

use super::components::AppHeader;
use super::pages::{WorkspaceDialogs, WorkspacePage};
use super::platform;
use super::state::App as State;
use crate::view::{DaysBack, FilterKind, Segment, View};

/// How far the first segment reaches back.
const FIRST_DAYS_BACK: u32 = 730;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let app = State::start();
    provide_context(app);
    let mut segment = Segment { name: "The last two years".to_owned(), ..Segment::default() };
    segment.events.days_back = Some(DaysBack::Days(FIRST_DAYS_BACK));
    let boxes = Some(FilterKind::ALL.to_vec());
    app.workspace.open(View { segment, boxes, ..View::default() }, None, None, None);
    app.follow(&platform::fragment());
    app.data.begin(None);
    let name = Signal::derive(move || app.data.open().map(|open| open.names.venue.name.clone()));
    let nothing = Callback::new(|()| {});
    let dialogs = WorkspaceDialogs {
        edit_segment: nothing,
        choose_event: nothing,
        choose_production: nothing,
        open: nothing,
        save: Callback::new(move |()| {
            app.workspace.save();
        }),
        save_as: nothing,
    };
    view! {
        <AppHeader venue=name/>
        <WorkspacePage dialogs/>
    }
}
