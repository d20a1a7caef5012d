//! The notice that announces a newer version of the program.

use leptos::prelude::*;

use crate::web::components::tap;
use crate::web::state::use_app;
use crate::web::words::use_words;

/// A newer version waits: now, or later. Nothing while there is none.
#[component]
pub fn UpdateLine() -> impl IntoView {
    let release = use_app().release;
    let t = use_words().release();
    view! {
        <div class="update-notice" aria-live="polite">
            {move || {
                release
                    .is_update_ready()
                    .then(|| {
                        view! {
                            <div class="update-notice__card">
                                <p class="update-notice__text">{t.ready}</p>
                                <button class="button" type="button" on:click=tap(move || release.take_update())>
                                    {t.take}
                                </button>
                                <button
                                    class="button button--quiet"
                                    type="button"
                                    on:click=tap(move || release.put_off())
                                >
                                    {t.later}
                                </button>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
