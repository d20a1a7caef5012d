//! Dialogs: which event or group a view is for, which view to open, what to save it as.

mod mode;
mod name_field;
mod open;
mod save_as;

pub use mode::ModeDialog;
pub use name_field::NameField;
pub use open::OpenDialog;
pub use save_as::SaveAsDialog;

use leptos::prelude::*;

use crate::view::{Mode, View};
use crate::web::state::library::SavedSegment;
use crate::web::state::{App, Page};

/// How a segment is to be viewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// As it is.
    All,
    /// For an event that is still to be chosen.
    Event,
    /// For an event group that is still to be chosen.
    Production,
}

/// A segment that is about to be viewed.
#[derive(Debug, Clone, PartialEq)]
pub struct Choosing {
    /// Its id.
    pub segment: String,
    /// How.
    pub begin: Begin,
    /// The id of the saved view that was asked for, if it was one.
    pub view: Option<String>,
}

/// Asks what has to be asked before a segment can be viewed, then shows it.
pub fn ask_to_begin(app: App, choosing: &Choosing, on_close: Callback<()>) -> AnyView {
    let Some(saved) = app.documents.segment(&choosing.segment) else {
        on_close.run(());
        return ().into_any();
    };
    let saved = StoredValue::new(saved);
    let (begin, view) = (choosing.begin, choosing.view.clone());
    let segment = StoredValue::new(choosing.segment.clone());
    let mode = RwSignal::new((begin == Begin::All).then_some(None::<Mode>));
    view! {
        {move || match mode.get() {
            None => {
                view! {
                    <ModeDialog
                        begin
                        segment=Some(segment.get_value())
                        on_close
                        on_choose=Callback::new(move |chosen: Mode| mode.set(Some(Some(chosen))))
                    />
                }
                    .into_any()
            }
            Some(chosen) => {
                let saved = saved.get_value();
                if saved.views.is_empty() {
                    begin_new(app, &saved, chosen);
                    on_close.run(());
                    return ().into_any();
                }
                view! { <OpenDialog saved mode=chosen marked=view.clone() on_close/> }.into_any()
            }
        }}
    }
    .into_any()
}

/// Begins a new view of a segment.
fn begin_new(app: App, saved: &SavedSegment, mode: Option<Mode>) {
    let view =
        View { segment: saved.segment.clone(), mode: mode.unwrap_or_default(), ..View::default() };
    app.workspace.open(view, None, None, Some(saved.id.clone()));
    app.go(Page::Workspace);
}

/// Opens a saved view; the event chosen just before stays.
fn open_saved(app: App, id: &str, mode: Option<Mode>) {
    if !app.workspace.open_saved(id, None) {
        return;
    }
    if let Some(mode) = mode {
        app.workspace.change(|view| view.mode = mode);
    }
    app.go(Page::Workspace);
}
