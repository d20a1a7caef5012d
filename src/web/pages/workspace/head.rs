//! The head of the workspace, tied to the view at hand.

use leptos::prelude::*;

use super::WorkspaceDialogs;
use crate::view::Mode;
use crate::web::components::{HeadWishes, WorkspaceHead};
use crate::web::state::use_app;

/// Names, mode, yardstick, undo, save.
#[component]
pub fn Head(dialogs: WorkspaceDialogs) -> impl IntoView {
    let app = use_app();
    let workspace = app.workspace;
    let view = workspace.view();
    let mode = Memo::new(move |_| view.with(|view| view.mode.clone()));
    let mode_name = Memo::new(move |_| {
        let open = app.data.open()?;
        match mode.get() {
            Mode::All => None,
            Mode::Event(id) => open.event(&id).map(|event| event.name.clone()),
            Mode::Production(id) => open.production(&id).map(|group| group.name.clone()),
        }
    });
    let wishes = HeadWishes {
        on_segment: Callback::new(move |()| dialogs.edit_segment.run(None)),
        on_all: Callback::new(move |()| workspace.change(|view| view.mode = Mode::All)),
        on_event: dialogs.choose_event,
        on_production: dialogs.choose_production,
        on_as_of: Callback::new(move |day| workspace.set_as_of(Some(day))),
        on_undo: Callback::new(move |()| workspace.undo()),
        on_redo: Callback::new(move |()| workspace.redo()),
        on_open: dialogs.open,
        on_copy_link: dialogs.copy_link,
        on_save: dialogs.save,
        on_save_as: dialogs.save_as,
    };
    view! {
        <WorkspaceHead
            segment=Signal::derive(move || view.with(|view| view.segment.name.clone()))
            name=Signal::derive(move || view.with(|view| view.name.clone()))
            is_unsaved=Signal::derive(move || workspace.is_dirty())
            mode
            mode_name
            as_of=Signal::derive(move || workspace.as_of())
            today=Signal::derive(move || app.data.today())
            can_undo=Signal::derive(move || workspace.can_undo())
            can_redo=Signal::derive(move || workspace.can_redo())
            wishes
        />
    }
    .into_any()
}
