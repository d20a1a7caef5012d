//! What is left on this device after everything was erased: nothing.

use leptos::prelude::*;

use crate::web::components::tap;
use crate::web::platform::{self, Holdings};
use crate::web::state::{Erasing, use_app};
use crate::web::words::use_words;

/// In place of every page, while everything is erased and afterwards.
#[component]
pub fn ErasedPage() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.device();
    let row = move |name: &'static str, count: u32| {
        view! {
            <dt class="settings__name">{name}</dt>
            <dd>{words.formats.count(count)}</dd>
        }
    };
    let rows = move |left: Holdings| {
        let rows = [
            (t.files, left.files),
            (t.databases, left.databases),
            (t.settings, left.settings),
            (t.caches, left.caches),
            (t.services, left.services),
        ];
        rows.map(|(name, count)| row(name, count)).collect_view()
    };
    view! {
        <main class="settings settings--alone" id="content" tabindex="-1">
            {move || match app.device.erasing() {
                Some(Erasing::Done(left)) => {
                    let is_done = left.is_nothing();
                    let (title, text) = if is_done {
                        (t.erased_title, t.erased_text)
                    } else {
                        (t.left_title, t.left_text)
                    };
                    let act = move || if is_done { platform::reload() } else { app.erase() };
                    view! {
                        <h1 class="page-head__title" role="status">{title}</h1>
                        <p class="settings__hint">{text}</p>
                        <dl class="settings__rows" aria-label=t.left>{rows(left)}</dl>
                        <button class="button button--primary" type="button" on:click=tap(act)>
                            {if is_done { t.begin_anew } else { t.try_again }}
                        </button>
                    }
                        .into_any()
                }
                _ => view! { <h1 class="page-head__title" role="status">{t.erasing}</h1> }.into_any(),
            }}
        </main>
    }
    .into_any()
}
