//! A page that files can be dropped on.

use leptos::prelude::*;
use leptos::web_sys::File;

use crate::web::platform;

/// A page's main part; whatever files are dropped on it are taken.
#[component]
pub fn DropArea(
    /// The page's class.
    class: &'static str,
    /// Files were dropped.
    on_files: Callback<Vec<File>>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let is_over = RwSignal::new(false);
    view! {
        <main
            class=class
            class=("drop-area--over", is_over)
            id="content"
            tabindex="-1"
            on:dragover=move |event| {
                event.prevent_default();
                is_over.set(true);
            }
            on:dragleave=move |_| is_over.set(false)
            on:drop=move |event| {
                event.prevent_default();
                is_over.set(false);
                platform::dropped_files(&event, move |files| on_files.run(files));
            }
        >
            {children()}
        </main>
    }
    .into_any()
}
