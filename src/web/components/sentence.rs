//! The view read back; every condition in it leads to its box.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::style_name;
use super::tap::tap;
use crate::view::sentence::{About, Clause};
use crate::web::words::use_words;

/// The view as one sentence.
#[component]
pub fn Sentence(
    /// Its clauses.
    clauses: Signal<Vec<Clause>>,
    /// Whether names are still missing: its place is kept, its words are not shown.
    is_waiting: Signal<bool>,
    /// Somebody wants to go where a clause's setting is.
    on_go: Callback<About>,
) -> impl IntoView {
    let label = use_words().messages.workspace.sentence;
    let shown = Memo::new(move |_| clauses.get());
    view! {
        <p class="sentence" class=("sentence--waiting", is_waiting) role="region" aria-label=label tabindex="-1">
            {move || shown.get().into_iter().map(|clause| piece(clause, on_go)).collect::<Vec<_>>()}
        </p>
    }
    .into_any()
}

fn piece(clause: Clause, on_go: Callback<About>) -> AnyView {
    let Clause { text, about, is_aside } = clause;
    let Some(about) = about else {
        return if is_aside {
            view! { <span class="sentence__aside">{text}</span> }.into_any()
        } else {
            text.into_any()
        };
    };
    let filter = match about {
        About::Filter(kind) => Some(kind),
        _ => None,
    };
    let on_key = move |key: KeyboardEvent| {
        if key.key() == "Enter" {
            key.prevent_default();
            on_go.run(about);
        }
    };
    // A button would not wrap within its text.
    view! {
        <span
            class="sentence__clause"
            class=("sentence__clause--aside", is_aside)
            role="link"
            tabindex="0"
            data-filter=filter.map(style_name)
            on:click=tap(move || on_go.run(about))
            on:keydown=on_key
        >
            {filter.map(|kind| view! { <Icon glyph=Glyph::Filter(kind)/> })}
            {text}
        </span>
    }
    .into_any()
}
