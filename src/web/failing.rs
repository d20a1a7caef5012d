//! What is done when the page fails, or the worker that counts for it.

use leptos::prelude::*;

use super::platform::{self, FailingTexts, Unsaved};
use super::state::App;
use super::state::library::file_name;
use super::words::failing::FailingWords;
use crate::view::to_json;

/// Watches over the page: its message speaks the page's language and has the view as it stands,
/// and a worker that is lost is told of.
pub fn guard(app: App) {
    platform::watch_for_failure();
    Effect::new(move |_| {
        let FailingWords { title, text, reload, save_view, save_segment, .. } =
            FailingWords::of(app.settings.language());
        platform::word_failure(&FailingTexts { title, text, reload, save_view, save_segment });
    });
    Effect::new(move |_| {
        app.workspace.view().with(|view| {
            let name = if view.name.is_empty() { &view.segment.name } else { &view.name };
            let file = file_name(name, "view");
            platform::lay_ready(Unsaved::View, Some((&file, &to_json(view))));
        });
    });
    app.engine.on_lost(move |is_again| {
        let words = FailingWords::of(app.settings.language_untracked());
        if is_again {
            return platform::show_failure();
        }
        let is_reopened = app.data.open_again();
        let text = if is_reopened { words.counting_again } else { words.open_again };
        app.tell(text.to_owned(), None);
    });
}
