//! What happened, at the page's edge, with a way back.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::tap::tap;
use crate::web::words::use_words;

/// A line over the page's edge; nothing where there is no text.
#[component]
pub fn NoticeBar(
    /// What happened.
    #[prop(into)]
    text: Signal<Option<String>>,
    /// Whether it can be taken back.
    #[prop(into)]
    can_undo: Signal<bool>,
    /// Take it back.
    on_undo: Callback<()>,
    /// Put the line away.
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let page = words.page();
    view! {
        <div class="notice-bar" role="status" aria-live="polite">
            {move || {
                text.get()
                    .map(|text| {
                        view! {
                            <div class="notice-bar__line">
                                <span>{text}</span>
                                {can_undo
                                    .get()
                                    .then(|| {
                                        view! {
                                            <button
                                                class="button"
                                                type="button"
                                                on:click=tap(move || on_undo.run(()))
                                            >
                                                <Icon glyph=Glyph::Undo/>
                                                {page.undo}
                                            </button>
                                        }
                                    })}
                                <button
                                    class="tool"
                                    type="button"
                                    aria-label=page.dismiss
                                    title=page.dismiss
                                    on:click=tap(move || on_dismiss.run(()))
                                >
                                    <Icon glyph=Glyph::No/>
                                </button>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
