//! One entry of the outbox: what it is, how far it is, and what can be done with it.

use std::time::Duration;

use leptos::prelude::*;

use super::progress::{Stop, progress};
use crate::web::components::{Glyph, Icon, tap};
use crate::web::pages::said::{trouble_said, wait_said};
use crate::web::platform;
use crate::web::state::sync::entry::{Doubt, Entry, Outcome, State, Wish, opposite};
use crate::web::state::sync::now;
use crate::web::state::sync::outbox::{Hold, Step};
use crate::web::state::{App, Page, use_app};
use crate::web::words::{Words, use_words};
use crate::wire::FlagOp;

/// One entry.
#[component]
pub fn Row(key: String) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let key = StoredValue::new(key);
    let found = Memo::new(move |_| {
        let entries = app.outbox.entries();
        let at = key.with_value(|key| entries.iter().position(|entry| entry.key() == *key))?;
        Some((at, entries[at].clone()))
    });
    let entry = Memo::new(move |_| found.get().map(|(_, entry)| entry));
    let second =
        every_second(move || entry.with(|entry| entry.as_ref().is_some_and(is_counting_down)));
    let state = Memo::new(move |_| {
        entry.with(|entry| entry.as_ref().map(|entry| state_said(&entry.state, words)))
    });
    let reason = move || {
        second.get();
        let (at, entry) = found.get()?;
        let step = app.outbox.steps(now()).get(at).copied();
        reason_said(&entry, step, words)
    };
    view! {
        <li class="outbox__entry">
            <div class="outbox__what">
                <h2 class="outbox__title">
                    {move || entry.with(|entry| entry.as_ref().map(|entry| title_of(entry, words)))}
                </h2>
                <p class="outbox__from">
                    {move || entry.with(|entry| entry.as_ref().map(|entry| from_said(entry, words)))}
                </p>
            </div>
            <div class="outbox__state">
                {move || {
                    state
                        .get()
                        .map(|(glyph, word)| {
                            view! { {glyph.map(|glyph| view! { <Icon glyph/> })} <strong>{word}</strong> }
                        })
                }}
                <span role="status">{reason}</span>
                {move || entry.with(|entry| entry.as_ref().and_then(|entry| progress(entry, app, words)))}
            </div>
            <div class="outbox__buttons">
                {move || entry.with(|entry| entry.as_ref().map(|entry| buttons(entry, app, words)))}
            </div>
        </li>
    }
    .into_any()
}

/// Changes each second for as long as something is counted down.
fn every_second(is_wanted: impl Fn() -> bool + 'static) -> RwSignal<u32> {
    let second = RwSignal::new(0_u32);
    Effect::new(move |before: Option<Option<IntervalHandle>>| {
        if let Some(Some(handle)) = before {
            handle.clear();
        }
        let tick = move || {
            second.try_update(|second| *second = second.wrapping_add(1));
        };
        is_wanted().then(|| set_interval_with_handle(tick, Duration::from_secs(1)).ok()).flatten()
    });
    second
}

fn is_counting_down(entry: &Entry) -> bool {
    match &entry.state {
        State::Waiting { .. } => true,
        State::Done { outcome: Outcome::Queued { sends_at, is_stopped: false, .. }, .. } => {
            seconds_until(sends_at).is_some()
        }
        _ => false,
    }
}

/// Seconds until a moment of the endpoint's clock that is still to come.
fn seconds_until(moment: &str) -> Option<u64> {
    let left = platform::milliseconds_of(moment)?.saturating_sub(use_app().endpoint.now());
    (left > 0).then(|| left.div_ceil(1000))
}

fn title_of(entry: &Entry, words: Words) -> String {
    let t = words.outbox();
    let count = words.customers(entry.customers.len() as u32);
    match &entry.wish {
        Wish::Tag { name, request, .. } => match request.op {
            FlagOp::Add => (t.tag_add)(name, &count),
            FlagOp::Remove => (t.tag_remove)(name, &count),
        },
        Wish::Offer { name, .. } => (t.offer)(name, &count),
        Wish::Audience { name, .. } => (t.audience)(name, &count),
    }
}

fn from_said(entry: &Entry, words: Words) -> String {
    let name = if entry.seen.name.is_empty() { &entry.seen.venue } else { &entry.seen.name };
    let made =
        platform::moment(&platform::rfc3339(entry.made_at as f64), None, words.language.code());
    (words.outbox().from_view)(name, &made)
}

fn state_said(state: &State, words: Words) -> (Option<Glyph>, &'static str) {
    let t = words.outbox();
    match state {
        State::Waiting { .. } => (None, t.waiting),
        State::Sending { .. } => (None, t.sending),
        State::Done { outcome: Outcome::Tagged { is_undone: true, .. }, .. } => {
            (Some(Glyph::Undo), t.undone)
        }
        State::Done { outcome: Outcome::Queued { is_stopped: true, .. }, .. } => {
            (Some(Glyph::No), t.stopped)
        }
        State::Done { .. } => (Some(Glyph::Yes), t.done),
        State::Failed { .. } => (Some(Glyph::Warning), t.failed),
        State::NeedsPassphrase => (Some(Glyph::Warning), t.locked),
        State::NobodyLeft => (Some(Glyph::No), t.nobody),
        State::Asks { .. } => (Some(Glyph::Warning), t.asks),
        State::Cancelled => (Some(Glyph::No), t.cancelled),
    }
}

/// Why it stands so, or what came of it.
fn reason_said(entry: &Entry, step: Option<Step>, words: Words) -> Option<String> {
    let t = words.outbox();
    let count = |count: u64| words.formats.count(count as u32);
    Some(match &entry.state {
        State::Waiting { trouble } => {
            let trouble = trouble.as_ref().map(|trouble| trouble_said(trouble, words));
            let hold = step.and_then(|step| hold_said(entry, step, words));
            let leaves = match &entry.wish {
                Wish::Offer { delay_minutes, .. } => {
                    Some((t.leaves_after)(&words.formats.count(*delay_minutes)))
                }
                _ => None,
            };
            return join(join(trouble, hold), leaves);
        }
        State::Sending { .. } | State::Cancelled => return None,
        State::Failed { trouble } => trouble_said(trouble, words),
        State::NeedsPassphrase => t.locked_hint.to_owned(),
        State::NobodyLeft => t.nobody_hint.to_owned(),
        State::Asks { about: Doubt::Old } => t.old.to_owned(),
        State::Asks { about: Doubt::OfferEnded } => t.offer_ended.to_owned(),
        State::Done { outcome, .. } => match outcome {
            Outcome::Tagged { changed, .. } => {
                let changed = changed.len() as u32;
                (t.changed)(&count(u64::from(changed)), words.formats.plural(changed))
            }
            Outcome::Queued { accepted, skipped, sends_at, is_stopped, .. } => {
                let queued = (t.queued)(&count(*accepted), &count(*skipped));
                let leaves = seconds_until(sends_at).filter(|_| !is_stopped);
                let leaves = leaves.map(|seconds| (t.leaves_in)(&wait_said(seconds, words)));
                return join(Some(queued), leaves);
            }
            // What became of it since says more.
            Outcome::HandedOver { .. } => return None,
        },
    })
}

fn hold_said(entry: &Entry, step: Step, words: Words) -> Option<String> {
    let t = words.outbox();
    let Step::Hold(hold) = step else { return None };
    Some(match hold {
        Hold::NoEndpoint => t.no_endpoint.to_owned(),
        Hold::OtherEndpoint => (t.other_endpoint)(&entry.endpoint),
        Hold::OtherData => (t.other_data)(&entry.seen.venue),
        Hold::Turn => t.turn.to_owned(),
        Hold::Pause { until } => {
            let seconds = until.saturating_sub(now()).div_ceil(1000);
            (t.pause)(&wait_said(seconds, words))
        }
    })
}

fn join(one: Option<String>, other: Option<String>) -> Option<String> {
    let parts: Vec<String> = [one, other].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn buttons(entry: &Entry, app: App, words: Words) -> AnyView {
    let t = words.outbox();
    let outbox = app.outbox;
    let key = StoredValue::new(entry.key());
    let button = |text: &'static str, act: Box<dyn Fn()>| {
        view! { <button class="button" type="button" on:click=tap(act)>{text}</button> }.into_any()
    };
    let again = || button(t.try_again, Box::new(move || outbox.try_again(key.get_value())));
    let cancel = || button(t.cancel, Box::new(move || outbox.cancel(key.get_value())));
    let forget = || button(t.forget, Box::new(move || outbox.forget(key.get_value())));
    let mut buttons = match &entry.state {
        State::Waiting { trouble } => {
            let mut buttons = vec![cancel()];
            if trouble.is_some() {
                buttons.insert(0, again());
            }
            buttons
        }
        State::Sending { .. } => Vec::new(),
        State::Failed { .. } => vec![again(), cancel()],
        State::NeedsPassphrase => vec![
            button(
                words.unlocking().unlock,
                Box::new(move || {
                    app.customers.set_open(true);
                    app.go(Page::Workspace);
                }),
            ),
            cancel(),
        ],
        State::Asks { .. } => vec![
            button(t.send_all_the_same, Box::new(move || outbox.try_again(key.get_value()))),
            cancel(),
        ],
        State::Done { .. } | State::Cancelled | State::NobodyLeft => vec![forget()],
    };
    if opposite(entry).is_some() {
        let entry = entry.clone();
        buttons.insert(0, button(t.undo, Box::new(move || outbox.take_back(&entry))));
    }
    if let State::Done { outcome: Outcome::Queued { campaign, is_stopped: false, .. }, .. } =
        &entry.state
    {
        let campaign = campaign.clone();
        buttons.insert(0, view! { <Stop campaign key/> }.into_any());
    }
    buttons.into_any()
}
