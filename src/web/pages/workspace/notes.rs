//! What has to be said between the sentence and the boxes.

use leptos::prelude::*;

use crate::web::components::{Glyph, Icon};
use crate::web::state::use_app;
use crate::web::words::use_words;

/// Ids that the data does not know, and an empty result.
#[component]
pub fn Notes() -> impl IntoView {
    let workspace = use_app().workspace;
    let texts = &use_words().messages.workspace;
    let unknown = Memo::new(move |_| {
        let numbers = workspace.numbers()?;
        let ids = &numbers.unknown_ids;
        (!ids.is_empty()).then(|| (texts.unknown_ids)(&ids.join(", ")))
    });
    let is_empty = Memo::new(move |_| {
        workspace.numbers().is_some_and(|numbers| numbers.total == 0 && numbers.audience > 0)
    });
    let note = |text: String| {
        view! {
            <p class="workspace-note" role="status">
                <Icon glyph=Glyph::Warning/>
                <span class="workspace-note__text">{text}</span>
            </p>
        }
    };
    view! {
        {move || unknown.get().map(note)}
        {move || is_empty.get().then(|| note(texts.nobody.to_owned()))}
    }
    .into_any()
}
