//! A dialog over the page: the browser's own, so that focus stays inside and comes back.

use leptos::html;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::tap::tap;
use crate::web::words::use_words;

/// Closes the dialog that a component is in.
#[derive(Debug, Clone, Copy)]
pub struct CloseDialog(Callback<()>);

impl CloseDialog {
    /// Closes it; focus goes back to where it came from.
    pub fn run(self) {
        self.0.run(());
    }
}

/// Closes the dialog that the component is in.
pub fn use_close_dialog() -> CloseDialog {
    use_context().unwrap_or(CloseDialog(Callback::new(|()| {})))
}

/// A dialog that is open for as long as it is there.
#[component]
pub fn Dialog(
    /// Its title.
    #[prop(into)]
    title: String,
    /// It was closed, whatever by: take it away.
    on_close: Callback<()>,
    /// Whether it takes the width of a list.
    #[prop(optional)]
    is_wide: bool,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let words = use_words();
    let element = NodeRef::<html::Dialog>::new();
    let close = Callback::new(move |()| {
        if let Some(dialog) = element.get_untracked() {
            dialog.close();
        }
    });
    provide_context(CloseDialog(close));
    Effect::new(move |_| {
        if let Some(dialog) = element.get() {
            // Only a dialog that is open already, or in no page, refuses.
            dialog.show_modal().ok();
        }
    });
    let heading = title.clone();
    view! {
        <dialog
            node_ref=element
            class="dialog"
            class=("dialog--wide", is_wide)
            aria-label=title
            on:close=move |_| on_close.run(())
            on:keydown=|event| event.stop_propagation()
        >
            <div class="dialog__head">
                <h2 class="dialog__title">{heading}</h2>
                <button
                    class="tool"
                    type="button"
                    aria-label=words.page().close
                    title=words.page().close
                    on:click=tap(move || close.run(()))
                >
                    <Icon glyph=Glyph::No/>
                </button>
            </div>
            {children()}
        </dialog>
    }
    .into_any()
}
