//! The mail as its customer will see it, put together by the same code as at the endpoint.

use leptos::html::Iframe;
use leptos::prelude::*;

use super::offer::{Choices, Draft};
use crate::web::components::{Switch, SwitchChoice};
use crate::web::platform;
use crate::web::state::use_app;
use crate::web::words::use_words;
use crate::wire::{Values, fill_html, fill_text};

/// How the mail is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Desktop,
    Phone,
    Plain,
}

const LOOKS: [Look; 3] = [Look::Desktop, Look::Phone, Look::Plain];

/// One mail in both forms, and its subject.
#[derive(Debug, Clone, PartialEq, Default)]
struct Filled {
    subject: String,
    html: String,
    text: String,
    problem: Option<String>,
}

/// The preview.
#[component]
pub fn Letter(
    /// What is being written.
    draft: Draft,
    /// The layout.
    choices: Choices,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.offering();
    let look = RwSignal::new(Look::Desktop);
    let sender = move || {
        let told = choices.content.with(|content| content.as_ref()?.sender.clone());
        let venue = || app.data.open().map(|open| open.names.venue.name.clone());
        told.or_else(venue).unwrap_or_default()
    };
    let filled = Memo::new(move |_| filled(draft, choices, &sender(), t.sample_name));
    let frame = NodeRef::<Iframe>::new();
    let show = move || {
        if let Some(frame) = frame.get() {
            filled.with(|filled| platform::show_letter(&frame, &filled.html));
        }
    };
    Effect::new(move |_| show());
    let switch = vec![
        SwitchChoice::text(t.desktop),
        SwitchChoice::text(t.phone),
        SwitchChoice::text(t.plain),
    ];
    let chosen = move || LOOKS.iter().position(|known| *known == look.get()).unwrap_or(0);
    view! {
        <section class="mail-preview" aria-label=t.preview>
            <div class="mail-preview__bar">
                <h3 class="funnel__title">{t.preview}</h3>
                <Switch
                    group="mail-look"
                    label=t.preview
                    choices=switch
                    chosen=Signal::derive(chosen)
                    on_choose=Callback::new(move |at: usize| look.set(LOOKS[at]))
                />
            </div>
            <div class="mail-preview__page" class=("mail-preview__page--phone", move || look.get() == Look::Phone)>
                <dl class="mail-preview__envelope">
                    <dt>{t.from}</dt>
                    <dd>{sender}</dd>
                    <dt>{t.subject}</dt>
                    <dd><strong>{move || filled.with(|filled| filled.subject.clone())}</strong></dd>
                </dl>
                <p class="mail-preview__problem" role="status">
                    {move || filled.with(|filled| filled.problem.clone()).map(|why| (t.unreadable_layout)(&why))}
                </p>
                <iframe
                    node_ref=frame
                    class="mail-preview__letter"
                    title=t.preview
                    sandbox="allow-same-origin"
                    tabindex="-1"
                    hidden=move || look.get() == Look::Plain
                    on:load=move |_| untrack(show)
                ></iframe>
                <pre class="mail-preview__text" tabindex="0" hidden=move || look.get() != Look::Plain>
                    {move || filled.with(|filled| filled.text.clone())}
                </pre>
            </div>
            <p class="offer__note">{t.preview_hint}</p>
        </section>
    }
    .into_any()
}

fn filled(draft: Draft, choices: Choices, sender: &str, first_name: &str) -> Filled {
    let app = use_app();
    let language = draft.language.get();
    let text = draft.texts.with(|texts| texts.get(&language).cloned());
    let (subject, text) = text.map_or_else(Default::default, |text| (text.subject, text.text));
    let open = app.data.open();
    let id = draft.offer.get();
    let offer =
        open.as_ref().and_then(|open| open.names.offers.iter().find(|offer| offer.id == id));
    let values = Values {
        first_name,
        last_name: "",
        subject: &subject,
        text: &text,
        offer_name: offer.map_or("", |offer| &offer.name),
        offer_link: offer.map_or("", |offer| &offer.url),
        unsubscribe_link: "#",
        sender,
    };
    choices.content.with(|content| {
        let Some(page) =
            content.as_ref().and_then(|content| content.layout.languages.get(&language))
        else {
            return Filled { subject: subject.clone(), ..Filled::default() };
        };
        let made = fill_html(&page.html, &values)
            .and_then(|html| Ok((html, fill_text(&page.text, &values)?)));
        match made {
            Ok((html, text)) => Filled { subject: subject.clone(), html, text, problem: None },
            Err(error) => Filled {
                subject: subject.clone(),
                problem: Some(error.to_string()),
                ..Filled::default()
            },
        }
    })
}
