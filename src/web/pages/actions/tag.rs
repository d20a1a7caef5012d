//! Tags on everybody of a result, or off them.

use std::collections::HashMap;

use leptos::prelude::*;

use super::missing::{Missing, is_missing};
use super::seen;
use crate::model::Named;
use crate::web::components::{Dialog, Switch, SwitchChoice, keyed, tap, use_close_dialog};
use crate::web::pages::said::trouble_said;
use crate::web::platform::{self, Attachments};
use crate::web::protocol::{Answer, Ask, ChosenAsk};
use crate::web::state::sync::entry::{Entry, Outcome, State, Wish, opposite};
use crate::web::state::{App, Page, use_app};
use crate::web::words::use_words;
use crate::wire::{FlagOp, FlagRequest, MAX_CUSTOMERS, ViewReference};

/// The dialog that sets tags on a result.
#[component]
pub fn TagDialog(
    /// It was closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <Dialog title=words.tagging().title on_close is_wide=true>
            <Tagging/>
        </Dialog>
    }
    .into_any()
}

/// A tag with how many of the result have it.
#[derive(Debug, Clone, PartialEq)]
struct Tagged {
    id: String,
    name: String,
    have: u32,
}

/// What was saved in this dialog, by tag: the entries of the outbox.
type Saved = RwSignal<HashMap<String, Vec<String>>>;

#[component]
fn Tagging() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.tagging();
    let close = use_close_dialog();
    let removes = RwSignal::new(false);
    let saved: Saved = RwSignal::new(HashMap::new());
    if untrack(|| app.endpoint.ready()).is_some() {
        platform::spawn_local(async move {
            // Out of reach the tags that are known do.
            app.endpoint.ask_flags().await.ok();
        });
    }
    let tags = Memo::new(move |_| tags(app));
    let total = Memo::new(move |_| app.workspace.numbers().map_or(0, |numbers| numbers.total));
    let hint = move || {
        let total = total.get();
        (t.hint)(&words.formats.count(total), words.formats.plural(total))
    };
    let ids = move || tags.with(|tags| tags.iter().map(|tag| tag.id.clone()).collect::<Vec<_>>());
    let choices = vec![SwitchChoice::text(t.add), SwitchChoice::text(t.remove)];
    let on_choose = Callback::new(move |at: usize| removes.set(at == 1));
    view! {
        <div class="dialog__body">
            <p class="dialog__hint">{hint}</p>
            <Missing/>
            <Switch
                group="tag-what"
                label=t.what
                choices
                chosen=Signal::derive(move || usize::from(removes.get()))
                on_choose
            />
            <table class="tagging">
                <thead>
                    <tr>
                        <th scope="col">{t.name}</th>
                        <th scope="col" class="tagging__number">{t.before}</th>
                        <th scope="col" class="tagging__number">{t.after}</th>
                        <th scope="col"><span class="visually-hidden">{t.save}</span></th>
                    </tr>
                </thead>
                <tbody>
                    {keyed(
                        ids,
                        String::clone,
                        move |id| view! { <Row id tags total removes saved/> }.into_any(),
                    )}
                </tbody>
            </table>
            <p class="dialog__hint" hidden=move || tags.with(|tags| !tags.is_empty())>{t.no_tags}</p>
        </div>
        <div class="dialog__foot">
            <span class="dialog__extras">
                <button
                    class="button"
                    type="button"
                    hidden=move || app.outbox.entries().is_empty()
                    on:click=tap(move || {
                        close.run();
                        app.go(Page::Outbox);
                    })
                >
                    {t.outbox}
                </button>
            </span>
            <button class="button button--primary" type="button" on:click=tap(move || close.run())>
                {words.page().close}
            </button>
        </div>
    }
    .into_any()
}

/// The tags of the data and of the endpoint.
fn tags(app: App) -> Vec<Tagged> {
    let Some(open) = app.data.open() else { return Vec::new() };
    let numbers = app.workspace.numbers();
    let have = |at: usize| numbers.as_ref().and_then(|numbers| numbers.flags.get(at));
    let known = open.flags().into_iter().enumerate().map(|(at, Named { id, name })| {
        let have = have(at).map_or(0, |counts| counts.total);
        Tagged { id, name, have }
    });
    let mut tags: Vec<Tagged> = known.collect();
    for flag in app.endpoint.flags().unwrap_or_default() {
        if !tags.iter().any(|tag| tag.id == flag.id) {
            tags.push(Tagged { id: flag.id, name: flag.name, have: 0 });
        }
    }
    // Only what the endpoint takes can be set, once it has said what that is.
    if let Some(flags) = app.endpoint.flags() {
        tags.retain(|tag| flags.iter().any(|flag| flag.id == tag.id));
    }
    tags
}

#[component]
fn Row(
    id: String,
    tags: Memo<Vec<Tagged>>,
    total: Memo<u32>,
    removes: RwSignal<bool>,
    saved: Saved,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.tagging();
    let id = StoredValue::new(id);
    let tag = Memo::new(move |_| {
        let of_id = |tag: &&Tagged| id.with_value(|id| tag.id == *id);
        tags.with(|tags| tags.iter().find(of_id).cloned())
    });
    let name = Memo::new(move |_| tag.get().map(|tag| tag.name).unwrap_or_default());
    let have = Memo::new(move |_| tag.get().map_or(0, |tag| tag.have));
    let differ =
        Memo::new(
            move |_| {
                if removes.get() { have.get() } else { total.get().saturating_sub(have.get()) }
            },
        );
    let after = move || if removes.get() { 0 } else { total.get() };
    let count = move |count: u32| words.formats.count(count);
    let is_saving = RwSignal::new(false);
    let save = move || {
        let Some(tag) = tag.get_untracked() else { return };
        is_saving.set(true);
        let done = Callback::new(move |ids: Vec<String>| {
            is_saving.set(false);
            saved.update(|saved| drop(saved.insert(id.get_value(), ids)));
        });
        send(app, &tag, if removes.get_untracked() { FlagOp::Remove } else { FlagOp::Add }, done);
    };
    let is_idle = move || is_saving.get() || differ.get() == 0 || is_missing(app);
    view! {
        <tr>
            <th scope="row">
                {name}
                <span class="tagging__said" role="status">
                    {move || said(app, id, saved)}
                </span>
            </th>
            <td class="tagging__number">{move || count(have.get())}</td>
            <td class="tagging__number">{move || count(after())}</td>
            <td class="tagging__buttons">
                {move || undo(app, id, saved, name)}
                <button
                    class="button"
                    type="button"
                    aria-label=move || (t.save_named)(&name.get())
                    title=move || (differ.get() == 0).then_some(t.nobody_differs)
                    disabled=is_idle
                    on:click=tap(save)
                >
                    {t.save}
                </button>
            </td>
        </tr>
    }
    .into_any()
}

/// Puts into the outbox what changes a tag for those of the result whose state differs.
fn send(app: App, tag: &Tagged, op: FlagOp, done: Callback<Vec<String>>) {
    let Some(seen) = seen(app) else { return };
    let flag = Some((tag.id.clone(), op == FlagOp::Remove));
    let ask = ChosenAsk { view: seen.view.clone(), as_of: seen.as_of.clone(), flag };
    let (flag, name) = (tag.id.clone(), tag.name.clone());
    app.engine.ask(Ask::Chosen(ask), Attachments::none(), move |answer, _| {
        let Answer::Chosen(chosen) = answer else { return done.run(Vec::new()) };
        let view = ViewReference { name: seen.name.clone(), sha256: chosen.view_sha256 };
        let ids = StoredValue::new(Vec::new());
        let parts = chosen.ids.chunks(MAX_CUSTOMERS).len();
        for part in chosen.ids.chunks(MAX_CUSTOMERS) {
            let request = FlagRequest { op, customers: Vec::new(), view: Some(view.clone()) };
            let (flag, name) = (flag.clone(), name.clone());
            let wish = Wish::Tag { flag, name, request, takes_back: None };
            app.outbox.add(wish, part.to_vec(), seen.clone(), move |kept| {
                ids.update_value(|ids| ids.push(kept.unwrap_or_default()));
                if ids.with_value(Vec::len) == parts {
                    done.run(ids.get_value());
                }
            });
        }
        if parts == 0 {
            done.run(Vec::new());
        }
    });
}

/// The entries of the outbox that were made here for a tag.
fn entries_of(app: App, id: StoredValue<String>, saved: Saved) -> Vec<Entry> {
    let ids = saved.with(|saved| id.with_value(|id| saved.get(id).cloned().unwrap_or_default()));
    let entries = app.outbox.entries();
    entries.iter().filter(|entry| ids.contains(&entry.id)).cloned().collect()
}

/// How far saving a tag is.
fn said(app: App, id: StoredValue<String>, saved: Saved) -> Option<String> {
    let words = use_words();
    let t = words.outbox();
    let entries = entries_of(app, id, saved);
    let mut changed = 0;
    for entry in &entries {
        match &entry.state {
            State::Done { outcome: Outcome::Tagged { is_undone: true, .. }, .. } => {
                return Some(t.undone.to_owned());
            }
            State::Done { outcome: Outcome::Tagged { changed: here, .. }, .. } => {
                changed += here.len() as u32;
            }
            State::Failed { trouble } => return Some(trouble_said(trouble, words)),
            State::Waiting { trouble: Some(trouble) } => {
                return Some(format!("{}. {}", t.waiting, trouble_said(trouble, words)));
            }
            State::Sending { .. } => return Some(t.sending.to_owned()),
            State::Cancelled => return Some(t.cancelled.to_owned()),
            _ => return Some(t.waiting.to_owned()),
        }
    }
    (!entries.is_empty())
        .then(|| (t.changed)(&words.formats.count(changed), words.formats.plural(changed)))
}

/// Takes back what was saved here.
fn undo(app: App, id: StoredValue<String>, saved: Saved, name: Memo<String>) -> Option<AnyView> {
    let words = use_words();
    let entries = entries_of(app, id, saved);
    let can = !entries.is_empty() && entries.iter().all(|entry| opposite(entry).is_some());
    can.then(|| {
        let undo = move || entries.iter().for_each(|entry| app.outbox.take_back(entry));
        view! {
            <button
                class="button"
                type="button"
                aria-label=(words.tagging().undo_named)(&name.get_untracked())
                on:click=tap(undo)
            >
                {words.page().undo}
            </button>
        }
        .into_any()
    })
}
