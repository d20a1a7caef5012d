//! Who is left out for a ticket they hold: by the view, and by its segment.

use leptos::prelude::*;

use super::tap::tap;
use crate::web::words::use_words;

/// Two lines that are always there, each with the ways to leave out more.
#[component]
pub fn LeftOutPanel(
    /// The event or event group that the view is for; `None` where it is for all.
    by_view: Signal<Option<String>>,
    /// The events that the segment excludes; `None` where it excludes none.
    by_segment: Signal<Option<String>>,
    /// An event is to be chosen whose holders the view leaves out.
    on_event: Callback<()>,
    /// An event group is.
    on_production: Callback<()>,
    /// The segment's exclusion is to be changed.
    on_exclude: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let (texts, head) = (&words.messages.left_out, &words.messages.head);
    let way = |text: &'static str, tip: &'static str, wish: Callback<()>| {
        let go = tap(move || wish.run(()));
        view! { <button class="button left-out__way" type="button" title=tip on:click=go>{text}</button> }
            .into_any()
    };
    let line = move |title: &'static str, holders: Signal<Option<String>>, ways: Vec<AnyView>| {
        let text = move || {
            let holders = holders.get();
            holders.map_or_else(|| texts.nobody.to_owned(), |what| (texts.holders)(&what))
        };
        view! {
            <div class="left-out__line">
                <dt>{title}</dt>
                <dd class="left-out__who" title=text>{text}</dd>
                <dd class="left-out__ways">{ways}</dd>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="choice-panel left-out" aria-label=texts.title data-panel="left-out" tabindex="-1">
            <header class="choice-panel__head">
                <h2 class="choice-panel__title">{texts.title}</h2>
            </header>
            <dl class="left-out__lines">
                {line(
                    texts.by_view,
                    by_view,
                    vec![
                        way(texts.event, head.mode_event_tip, on_event),
                        way(texts.production, head.mode_production_tip, on_production),
                    ],
                )}
                {line(
                    texts.by_segment,
                    by_segment,
                    vec![way(texts.exclude, texts.exclude_hint, on_exclude)],
                )}
            </dl>
        </section>
    }
    .into_any()
}
