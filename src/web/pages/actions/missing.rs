//! What an action lacks, and where to find it.

use leptos::prelude::*;

use crate::web::components::{tap, use_close_dialog};
use crate::web::state::{App, Page, use_app};
use crate::web::words::use_words;

/// Whether something is missing for anything to go through the endpoint.
pub fn is_missing(app: App) -> bool {
    app.endpoint.address().is_none()
}

/// What is missing for anything to go through the endpoint; nothing where nothing is.
#[component]
pub fn Missing() -> impl IntoView {
    let app = use_app();
    let t = use_words().tagging();
    let close = use_close_dialog();
    let text = move || {
        if app.endpoint.address().is_none() {
            Some(t.no_endpoint)
        } else if app.endpoint.ready().is_none() {
            Some(t.no_token)
        } else {
            None
        }
    };
    move || {
        text().map(|text| {
            let go = move || {
                close.run();
                app.go(Page::Settings);
            };
            view! {
                <div class="message message--caution missing" role="status">
                    <p>{text} " " {t.as_file}</p>
                    <button class="button" type="button" on:click=tap(go)>{t.to_settings}</button>
                </div>
            }
            .into_any()
        })
    }
}
