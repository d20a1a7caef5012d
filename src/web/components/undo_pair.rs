//! Back and forward through the changes of whatever is at hand.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::tap::tap;
use crate::web::words::use_words;

/// The two buttons, joined.
#[component]
pub fn UndoPair(
    /// Whether there is something to take back.
    #[prop(into)]
    can_undo: Signal<bool>,
    /// Whether there is something to make again.
    #[prop(into)]
    can_redo: Signal<bool>,
    /// The last change is to be taken back.
    on_undo: Callback<()>,
    /// It is to be made again.
    on_redo: Callback<()>,
) -> impl IntoView {
    let head = &use_words().messages.head;
    let step = |label: &'static str, glyph: Glyph, can: Signal<bool>, wish: Callback<()>| {
        view! {
            <button
                class="button button--icon"
                type="button"
                aria-label=label
                title=label
                disabled=move || !can.get()
                on:click=tap(move || wish.run(()))
            >
                <Icon glyph/>
            </button>
        }
    };
    view! {
        <span class="button-pair">
            {step(head.undo, Glyph::Undo, can_undo, on_undo)}
            {step(head.redo, Glyph::Redo, can_redo, on_redo)}
        </span>
    }
    .into_any()
}
