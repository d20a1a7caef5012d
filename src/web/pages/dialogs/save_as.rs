//! What to save the view at hand as.

use leptos::prelude::*;

use super::name_field::NameField;
use crate::web::components::{Dialog, tap, use_close_dialog};
use crate::web::pages::view_file;
use crate::web::state::{Saving, use_app};
use crate::web::words::use_words;

/// Asks for the name to save the view at hand as.
#[component]
pub fn SaveAsDialog(
    /// It was closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <Dialog title=words.dialogs().save_as on_close>
            <SaveAsForm/>
        </Dialog>
    }
}

#[component]
fn SaveAsForm() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.dialogs();
    let close = use_close_dialog();
    let field = NodeRef::<leptos::html::Input>::new();
    let name = app.workspace.view().with_untracked(|view| view.name.clone());
    view! {
        <div class="dialog__body">
            <NameField
                label=t.view_name
                missing=t.name_missing
                confirm=t.save
                name
                field
                on_name=Callback::new(move |name: String| {
                    let said = (t.saved)(&name);
                    app.workspace.save_as(&name, move |saving| {
                        if saving == Saving::Done {
                            app.tell(said, None);
                        }
                    });
                    close.run();
                })
            />
            <p class="dialog__elsewhere">
                {t.or_as_file}
                <button
                    class="button"
                    type="button"
                    on:click=tap(move || {
                        let typed = field.get_untracked().map(|field| field.value());
                        view_file::download_at_hand(app, typed.as_deref(), words);
                        close.run();
                    })
                >
                    {t.download_view}
                </button>
            </p>
        </div>
    }
    .into_any()
}
