//! What has to be said between the sentence and the boxes.

use leptos::prelude::*;

use crate::web::components::{Glyph, Icon};
use crate::web::state::use_app;
use crate::web::words::use_words;

/// Ids that the data does not know.
#[component]
pub fn Notes() -> impl IntoView {
    let workspace = use_app().workspace;
    let texts = &use_words().messages.workspace;
    let unknown = Memo::new(move |_| {
        let numbers = workspace.numbers()?;
        let ids = &numbers.unknown_ids;
        (!ids.is_empty()).then(|| (texts.unknown_ids)(&ids.join(", ")))
    });
    move || unknown.get().map(|text| note("workspace-note", text))
}

/// That nobody is left. It comes and goes while a handle is dragged, so it lies in the sentence's
/// place and moves nothing.
#[component]
pub fn Nobody() -> impl IntoView {
    let workspace = use_app().workspace;
    let texts = &use_words().messages.workspace;
    let is_empty = Memo::new(move |_| {
        workspace.numbers().is_some_and(|numbers| numbers.total == 0 && numbers.audience > 0)
    });
    let text = texts.nobody;
    move || is_empty.get().then(|| note("workspace-note workspace-note--over", text.to_owned()))
}

fn note(class: &'static str, text: String) -> AnyView {
    view! {
        <p class=class role="status">
            <Icon glyph=Glyph::Warning/>
            <span class="workspace-note__text">{text}</span>
        </p>
    }
    .into_any()
}
