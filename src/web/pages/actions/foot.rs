//! The foot of a dialog that puts something into the outbox: what stands beside, giving up, and going on.

use leptos::prelude::*;

use crate::web::components::{tap, use_close_dialog};
use crate::web::words::use_words;

/// Giving up, and the button that goes on.
#[component]
pub fn Foot(
    /// What the button says.
    label: Signal<String>,
    /// Whether it can be pressed.
    can_go: Signal<bool>,
    /// It was pressed.
    on_go: Callback<()>,
    /// What stands before the two.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = use_words();
    let close = use_close_dialog();
    view! {
        <div class="dialog__foot">
            {children.map(|children| children())}
            <button class="button" type="button" on:click=tap(move || close.run())>
                {words.page().cancel}
            </button>
            <button
                class="button button--primary"
                type="button"
                disabled=move || !can_go.get()
                on:click=tap(move || on_go.run(()))
            >
                {label}
            </button>
        </div>
    }
    .into_any()
}
