//! What to save the form's segment as, beside the one it began as.

use leptos::prelude::*;

use super::saving::save_as_new;
use crate::web::components::{Dialog, use_close_dialog};
use crate::web::pages::dialogs::NameField;
use crate::web::state::{Draft, use_app};
use crate::web::words::use_words;

/// Asks for the new segment's name.
#[component]
pub fn SaveAsNewDialog(
    /// The segment as it is in the form.
    draft: Draft,
    /// The id of the one it began as.
    old: String,
    /// It was closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let t = use_words().form();
    view! {
        <Dialog title=t.save_as_new_title on_close>
            <Asking draft old/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Asking(draft: Draft, old: String) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.form();
    let close = use_close_dialog();
    let (kept, now) = (draft.baseline().name, draft.segment().get_untracked().name);
    let is_named = now != kept && !now.trim().is_empty();
    let name = if is_named { now } else { (words.segments().copy_of)(&kept) };
    view! {
        <div class="dialog__body">
            <p class="dialog__hint">{(t.stays_as_it_is)(&kept)}</p>
            <NameField
                label=t.name
                missing=t.name_missing
                confirm=t.save
                name
                on_name=Callback::new(move |name: String| {
                    close.run();
                    save_as_new(app, t, draft, &old, name);
                })
            />
        </div>
    }
    .into_any()
}
