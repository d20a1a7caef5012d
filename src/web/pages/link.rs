//! The link to a view where it cannot simply be copied.

use leptos::html::Input;
use leptos::prelude::*;

use super::view_file;
use crate::web::components::{Dialog, tap, use_close_dialog};
use crate::web::state::use_app;
use crate::web::words::use_words;

/// The link to the view at hand, to be copied by hand; or its file where it is too long for one.
#[component]
pub fn LinkDialog(
    /// It was closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <Dialog title=words.dialogs().link on_close>
            <LinkOrFile/>
        </Dialog>
    }
}

#[component]
fn LinkOrFile() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.dialogs();
    let close = use_close_dialog();
    let Some(link) = app.workspace.link() else {
        return view! {
            <div class="dialog__body">
                <p>{t.link_too_long}</p>
            </div>
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=tap(move || close.run())>
                    {words.page().cancel}
                </button>
                <button
                    class="button button--primary"
                    type="button"
                    on:click=tap(move || {
                        view_file::download_at_hand(app, None, words);
                        close.run();
                    })
                >
                    {t.download_view}
                </button>
            </footer>
        }
        .into_any();
    };
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A field that cannot take the focus leaves it in the dialog.
            field.focus().ok();
            field.select();
        }
    });
    view! {
        <div class="dialog__body">
            <p>{t.link_by_hand}</p>
            <input node_ref=field class="field" aria-label=t.link readonly value=link/>
        </div>
    }
    .into_any()
}
