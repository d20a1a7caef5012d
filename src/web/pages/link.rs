//! The link to a view where it cannot simply be copied.

use leptos::html::Input;
use leptos::prelude::*;

use crate::view::to_json;
use crate::web::components::{Dialog, tap, use_close_dialog};
use crate::web::platform;
use crate::web::state::library::file_name;
use crate::web::state::{App, use_app};
use crate::web::words::use_words;

/// The link to the view at hand, to be copied by hand; or its file where it is too long for one.
#[component]
pub fn LinkDialog(
    /// It was closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <Dialog title=words.app().dialogs.link on_close>
            <LinkOrFile/>
        </Dialog>
    }
}

#[component]
fn LinkOrFile() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = &words.app().dialogs;
    let close = use_close_dialog();
    let Some(link) = app.workspace.link() else {
        return view! {
            <div class="dialog__body">
                <p>{t.link_too_long}</p>
            </div>
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=tap(move || close.run())>
                    {words.app().page.cancel}
                </button>
                <button
                    class="button button--primary"
                    type="button"
                    on:click=tap(move || {
                        download(app);
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

/// The view as the document that the command line and *Import* read.
fn download(app: App) {
    app.workspace.view().with_untracked(|view| {
        let file = file_name(&view.name, "view");
        platform::download(&file, "application/json", to_json(view).as_bytes());
    });
}
