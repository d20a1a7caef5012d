//! A special offer: what goes to whom, looked at before it goes.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::foot::Foot;
use super::funnel::{Funnel, Funnelled, Gate};
use super::leaving::Leaving;
use super::letter::Letter;
use super::missing::Missing;
use super::offer_form::OfferForm;
use super::seen;
use super::test_mail::TestMail;
use crate::export::{Format, RecipientKind};
use crate::view::Mode;
use crate::web::components::{Dialog, tap, use_close_dialog};
use crate::web::platform::{self, Attachments};
use crate::web::protocol::lists::{ListsAnswer, ListsAsk, RecipientsAsk};
use crate::web::protocol::{Answer, Ask, ChosenAsk};
use crate::web::state::sync::entry::{Seen, Wish};
use crate::web::state::sync::mode_of;
use crate::web::state::sync::now;
use crate::web::state::sync::offering::{Running, offers_for};
use crate::web::state::{App, OpenData, Page, use_app};
use crate::web::words::{Words, use_words};
use crate::wire::{
    CampaignRequest, CampaignText, DEFAULT_DELAY_MINUTES, Layout, LayoutDetails, MAX_CUSTOMERS,
    ViewReference,
};

/// What is being written; it outlives the dialog, not the page.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The offer's id.
    pub offer: RwSignal<String>,
    /// The layout's id.
    pub layout: RwSignal<String>,
    /// By language.
    pub texts: RwSignal<BTreeMap<String, CampaignText>>,
    /// The language at hand.
    pub language: RwSignal<String>,
    /// Minutes until the mails leave.
    pub delay: RwSignal<u32>,
    /// The consent gate.
    pub gate: Gate,
}

impl Draft {
    /// Nothing written.
    pub fn new() -> Draft {
        Draft {
            offer: RwSignal::new(String::new()),
            layout: RwSignal::new(String::new()),
            texts: RwSignal::new(BTreeMap::new()),
            language: RwSignal::new(String::new()),
            delay: RwSignal::new(DEFAULT_DELAY_MINUTES as u32),
            gate: Gate::closed(),
        }
    }

    /// The texts that are written, by language.
    pub fn written(self) -> BTreeMap<String, CampaignText> {
        let is_written = |text: &CampaignText| !text.subject.trim().is_empty();
        let texts = self.texts.get();
        texts
            .into_iter()
            .filter(|(_, text)| is_written(text) && !text.text.trim().is_empty())
            .collect()
    }

    /// The languages of which only half is written.
    pub fn half_written(self) -> Vec<String> {
        let texts = self.texts.get();
        let is_half =
            |text: &CampaignText| text.subject.trim().is_empty() != text.text.trim().is_empty();
        texts.into_iter().filter(|(_, text)| is_half(text)).map(|(language, _)| language).collect()
    }
}

/// What the endpoint and the data have for the dialog.
#[derive(Clone, Copy)]
pub struct Choices {
    /// Offers that run now for what the view is for.
    pub offers: Memo<Vec<Running>>,
    /// The endpoint's layouts; `None` before they came.
    pub layouts: RwSignal<Option<Vec<Layout>>>,
    /// Why they are not today's, or not there.
    pub trouble: RwSignal<Option<String>>,
    /// The layout at hand.
    pub content: RwSignal<Option<LayoutDetails>>,
}

/// What is wrong with the language that everyone gets whose own is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lacking {
    /// It is not written.
    Text(String),
    /// The layout has it not.
    Layout(String),
}

impl Choices {
    /// What is wrong with the endpoint's usual language; `None` where it is there, or where no layout is
    /// at hand or the endpoint does not say which it is.
    pub fn lacking(self, draft: Draft) -> Option<Lacking> {
        let (language, has_layout) = self.content.with(|content| {
            let content = content.as_ref()?;
            let language = content.default_language.clone()?;
            let has_layout = content.layout.languages.contains_key(&language);
            Some((language, has_layout))
        })?;
        if !has_layout {
            return Some(Lacking::Layout(language));
        }
        (!draft.written().contains_key(&language)).then_some(Lacking::Text(language))
    }
}

/// The dialog of a special offer.
#[component]
pub fn OfferDialog(
    /// What is being written.
    draft: Draft,
    /// It was closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <Dialog title=words.offering().title on_close is_wide=true>
            <Offering draft/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Offering(draft: Draft) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.offering();
    let close = use_close_dialog();
    let choices = Choices {
        offers: Memo::new(move |_| offers(app)),
        layouts: RwSignal::new(None),
        trouble: RwSignal::new(None),
        content: RwSignal::new(None),
    };
    let format = Signal::stored(Some(Format::ApsisCsv));
    let funnelled = Funnelled::count(app, draft.gate, format);
    let is_testing = RwSignal::new(false);
    let is_sending = RwSignal::new(false);
    let mails = move || funnelled.mails();
    let send = move || {
        is_sending.set(true);
        let done = Callback::new(move |is_kept: bool| {
            is_sending.set(false);
            if is_kept {
                close.run();
                app.go(Page::Outbox);
            }
        });
        hand_over(app, draft, choices, funnelled.plan(), done);
    };
    let can_go =
        Signal::derive(move || !is_sending.get() && is_whole(app, draft, choices, funnelled));
    let label = Signal::derive(move || match mails() {
        Some(count) => (t.send)(&words.formats.count(count), words.formats.plural(count)),
        None if funnelled.is_locked() => t.send_locked.to_owned(),
        None => t.send_plain.to_owned(),
    });
    let promise = move || {
        let count = mails()?;
        let minutes = words.formats.count(draft.delay.get());
        let promise = (t.promise)(&minutes, words.formats.plural(count));
        Some(view! { <strong>{words.formats.count(count)}</strong> " " {promise} })
    };
    view! {
        <p class="offer__lead">{move || lead(app, words)}</p>
        <div class="offer">
            <div class="offer__form">
                <Missing/>
                <OfferForm draft choices/>
                <Leaving delay=draft.delay/>
                <Funnel
                    gate=draft.gate
                    funnelled
                    title=t.funnel
                    address=Signal::stored(t.has_address)
                />
            </div>
            <Letter draft choices/>
        </div>
        {move || is_testing.get().then(|| view! { <TestMail draft choices/> })}
        <Foot label can_go on_go=Callback::new(move |()| send())>
            <p class="offer__promise">{promise}</p>
            <button
                class="button"
                type="button"
                aria-expanded=move || is_testing.get().to_string()
                on:click=tap(move || is_testing.update(|is_testing| *is_testing = !*is_testing))
            >
                {t.send_test}
            </button>
        </Foot>
    }
    .into_any()
}

/// For which view and which event or group.
fn lead(app: App, words: Words) -> Option<String> {
    let open = app.data.open()?;
    let name = app.workspace.view().with(|view| match &view.mode {
        Mode::All => None,
        Mode::Event(id) => open.event(id).map(|event| event.name.clone()),
        Mode::Production(id) => open.production(id).map(|production| production.name.clone()),
    })?;
    let view = untrack(|| seen(app))?.name;
    Some((words.offering().lead)(&view, &name))
}

fn offers(app: App) -> Vec<Running> {
    let Some(open) = app.data.open() else { return Vec::new() };
    // What ends meanwhile leaves the list within the minute.
    app.minute();
    let now = platform::now_in(&open.names.venue.time_zone);
    let names = &open.names;
    app.workspace.view().with(|view| {
        now.map_or_else(Vec::new, |now| {
            offers_for(&view.mode, &names.catalogue, &names.offers, now)
        })
    })
}

/// Whether everything is there that a mail needs.
fn is_whole(app: App, draft: Draft, choices: Choices, funnelled: Funnelled) -> bool {
    let has_offer = chosen_offer(app, draft, choices).is_some();
    let layout = draft.layout.get();
    let has_layout = choices.layouts.with(|layouts| {
        layouts.as_ref().is_some_and(|layouts| layouts.iter().any(|one| one.id == layout))
    });
    let has_texts = !draft.written().is_empty()
        && draft.half_written().is_empty()
        && choices.lacking(draft).is_none();
    let has_endpoint = app.endpoint.address().is_some();
    has_offer
        && has_layout
        && has_texts
        && draft.gate.has_reason()
        && has_endpoint
        && funnelled.may_go()
}

/// The offer at hand with its place among those that run.
fn chosen_offer(app: App, draft: Draft, choices: Choices) -> Option<(Arc<OpenData>, Running)> {
    let open = app.data.open()?;
    let id = draft.offer.get();
    let running = choices.offers.get().into_iter();
    let running = running.into_iter().find(|one| open.names.offers[one.at].id == id)?;
    Some((open, running))
}

/// Puts the mails into the outbox: the customers of the plan, or of the result where names and
/// addresses are sealed. `done` hears whether they are kept there.
fn hand_over(
    app: App,
    draft: Draft,
    choices: Choices,
    plan: Option<(u32, u32)>,
    done: Callback<bool>,
) {
    let chosen = untrack(|| chosen_offer(app, draft, choices));
    let (Some((open, running)), Some(seen)) = (chosen, seen(app)) else { return done.run(false) };
    let offer = &open.names.offers[running.at];
    let request = CampaignRequest {
        offer: offer.id.clone(),
        mode: mode_of(&app.workspace.view().with_untracked(|view| view.mode.clone())),
        layout: draft.layout.get_untracked(),
        texts: untrack(|| draft.written()),
        recipients: Vec::new(),
        send_after: None,
        ungated_reason: draft.gate.reason_untracked(),
        test: false,
        view: None,
    };
    let ends_at = running.minutes_left.map(|minutes| now() + minutes * 60_000);
    let delay_minutes = draft.delay.get_untracked();
    let (name, mine) = (offer.name.clone(), seen.clone());
    // The view's hash is the counting worker's, who names the whole result besides.
    let ask = ChosenAsk { view: seen.view.clone(), as_of: seen.as_of.clone(), flag: None };
    app.engine.ask(Ask::Chosen(ask), Attachments::none(), move |answer, _| {
        let Answer::Chosen(chosen) = answer else { return done.run(false) };
        let view = ViewReference { name: mine.name.clone(), sha256: chosen.view_sha256 };
        let request = CampaignRequest { view: Some(view), ..request.clone() };
        let wish = Wish::Offer { name: name.clone(), ends_at, delay_minutes, request };
        match plan {
            None => keep(app, &wish, &chosen.ids, &mine, done),
            Some((plan, count)) => {
                let mine = mine.clone();
                let kind = RecipientKind::Mail;
                let ask = RecipientsAsk { plan, kind, from: 0, count };
                let beside = Attachments::none();
                app.lists.ask(ListsAsk::Recipients(ask), &beside, move |answer, beside| {
                    let ids = match answer {
                        ListsAnswer::Recipients(_) => beside.bytes(0).and_then(|bytes| ids(&bytes)),
                        _ => None,
                    };
                    match ids {
                        Some(ids) => keep(app, &wish, &ids, &mine, done),
                        None => done.run(false),
                    }
                });
            }
        }
    });
}

/// Only the ids of people: the outbox keeps nothing else of them.
pub(super) fn ids(people: &[u8]) -> Option<Vec<String>> {
    #[derive(serde::Deserialize)]
    struct Person {
        id: String,
    }
    let people: Vec<Person> = serde_json::from_slice(people).ok()?;
    Some(people.into_iter().map(|person| person.id).collect())
}

pub(super) fn keep(app: App, wish: &Wish, ids: &[String], seen: &Seen, done: Callback<bool>) {
    let left = StoredValue::new(ids.chunks(MAX_CUSTOMERS).len());
    let all = StoredValue::new(true);
    for part in ids.chunks(MAX_CUSTOMERS) {
        app.outbox.add(wish.clone(), part.to_vec(), seen.clone(), move |kept| {
            all.update_value(|all| *all &= kept.is_ok());
            left.update_value(|left| *left -= 1);
            if left.get_value() == 0 {
                done.run(all.get_value());
            }
        });
    }
}
