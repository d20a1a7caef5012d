//! A view as a file: the document that the command line and *Import* read.

use leptos::prelude::*;

use crate::view::{View, to_json};
use crate::web::platform;
use crate::web::state::App;
use crate::web::state::library::file_name;
use crate::web::words::Words;

/// Gives the reader a view, its segment filled in, and says which file it is.
pub fn download(app: App, view: &View, words: Words) {
    app.tell(give(view, words), None);
}

/// Gives the reader a view; returns what is to be said of it.
fn give(view: &View, words: Words) -> String {
    let name = if view.name.trim().is_empty() { &view.segment.name } else { &view.name };
    let file = file_name(name, "view");
    platform::download(&file, "application/json", to_json(view).as_bytes());
    (words.dialogs().downloaded)(&file)
}

/// Gives the reader the view at hand as it stands, saved or not; under another name if one is
/// given.
pub fn download_at_hand(app: App, name: Option<&str>, words: Words) {
    let view = app.workspace.view().get_untracked();
    let name = name.map_or(view.name.clone(), |name| name.trim().to_owned());
    let mut said = give(&View { name, ..view }, words);
    if untrack(|| app.workspace.is_as_of_another_day()) {
        let day = untrack(|| app.workspace.as_of());
        let no_day = words.dialogs().file_has_no_day;
        said = format!("{said}. {}", no_day(&words.formats.day(day), &day.to_string()));
    }
    app.tell(said, None);
}
