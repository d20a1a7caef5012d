//! Who is left out for a ticket they hold: by the view, and by its segment.

use leptos::prelude::*;

use super::tap::tap;
use crate::web::words::use_words;

/// Two lines that are always there, and the way to leave out more.
#[component]
pub fn LeftOutPanel(
    /// The event or event group that the view is for; `None` where it is for all.
    by_view: Signal<Option<String>>,
    /// The events that the segment excludes; `None` where it excludes none.
    by_segment: Signal<Option<String>>,
    /// The segment's exclusion is to be changed.
    on_exclude: Callback<()>,
) -> impl IntoView {
    let texts = &use_words().messages.left_out;
    let line = move |title: &'static str, holders: Signal<Option<String>>| {
        let text = move || {
            let holders = holders.get();
            holders.map_or_else(|| texts.nobody.to_owned(), |what| (texts.holders)(&what))
        };
        view! {
            <div class="left-out__line">
                <dt>{title}</dt>
                <dd class="left-out__who" title=text>{text}</dd>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="choice-panel left-out" aria-label=texts.title data-panel="left-out" tabindex="-1">
            <header class="choice-panel__head">
                <h2 class="choice-panel__title">{texts.title}</h2>
                <button
                    class="button left-out__add"
                    type="button"
                    title=texts.exclude_hint
                    on:click=tap(move || on_exclude.run(()))
                >
                    {texts.exclude}
                </button>
            </header>
            <dl class="left-out__lines">
                {line(texts.by_view, by_view)}
                {line(texts.by_segment, by_segment)}
            </dl>
        </section>
    }
    .into_any()
}
