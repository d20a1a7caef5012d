//! A view as a file: the document that the command line and *Import* read.

use leptos::prelude::*;

use crate::view::{View, to_json};
use crate::web::platform;
use crate::web::state::App;
use crate::web::state::library::file_name;
use crate::web::words::Words;

/// Gives the reader a view, its segment filled in.
pub fn download(view: &View) {
    let name = if view.name.trim().is_empty() { &view.segment.name } else { &view.name };
    platform::download(&file_name(name, "view"), "application/json", to_json(view).as_bytes());
}

/// Gives the reader the view at hand as it stands, saved or not; under another name if one is
/// given.
pub fn download_at_hand(app: App, name: Option<&str>, words: Words) {
    let view = app.workspace.view().get_untracked();
    let name = name.map_or(view.name.clone(), |name| name.trim().to_owned());
    download(&View { name, ..view });
    if untrack(|| app.workspace.is_as_of_another_day()) {
        let day = untrack(|| app.workspace.as_of());
        let said = words.app().dialogs.file_has_no_day;
        app.tell(said(&words.formats.day(day), &day.to_string()), None);
    }
}
