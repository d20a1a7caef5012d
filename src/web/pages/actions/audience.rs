//! An audience for an advertising or mail service that the endpoint reaches.

use leptos::prelude::*;

use super::foot::Foot;
use super::funnel::{Funnel, Funnelled, Gate};
use super::missing::Missing;
use super::offer::{ids, keep};
use super::seen;
use super::withdrawn::Withdrawn;
use crate::export::{Format, RecipientKind};
use crate::web::components::{Dialog, Switch, SwitchChoice, use_close_dialog};
use crate::web::pages::said::trouble_said;
use crate::web::platform::{self, Attachments};
use crate::web::protocol::lists::{ListsAnswer, ListsAsk, RecipientsAsk};
use crate::web::protocol::{Answer, Ask, ChosenAsk};
use crate::web::state::sync::entry::Wish;
use crate::web::state::sync::fetched;
use crate::web::state::{App, Page, use_app};
use crate::web::words::{Words, use_words};
use crate::wire::{AudienceOperation, AudienceRequest, Connector, ViewReference};

/// The dialog that hands over an audience.
#[component]
pub fn AudienceDialog(
    /// It was closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <Dialog title=words.handing().title on_close is_wide=true>
            <Handing/>
        </Dialog>
    }
    .into_any()
}

/// A place that an audience can go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The connector's id.
    pub connector: String,
    /// The audience's id there.
    pub audience: String,
    /// As people call both.
    pub name: String,
    /// `meta`, `mailchimp` or `apsis`.
    pub kind: String,
    /// What can be done, what is offered first first.
    pub operations: Vec<AudienceOperation>,
}

impl Target {
    /// The list whose gates its people go through.
    pub fn format(&self) -> Format {
        match self.kind.as_str() {
            "meta" => Format::MetaCsv,
            "mailchimp" => Format::MailchimpCsv,
            _ => Format::ApsisCsv,
        }
    }
}

#[component]
fn Handing() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.handing();
    let close = use_close_dialog();
    let targets = RwSignal::new(None::<Vec<Target>>);
    let trouble = RwSignal::new(None::<String>);
    fetch_targets(app, targets, trouble, words);
    let at = RwSignal::new(None::<usize>);
    let target = Memo::new(move |_| {
        let at = at.get()?;
        targets.with(|targets| targets.as_ref()?.get(at).cloned())
    });
    let operation = RwSignal::new(AudienceOperation::Replace);
    // What the next one cannot do is not kept.
    Effect::new(move |_| {
        if let Some(target) =
            target.get().filter(|target| !target.operations.contains(&operation.get_untracked()))
        {
            operation.set(target.operations.first().copied().unwrap_or(AudienceOperation::Add));
        }
    });
    let gate = Gate::closed();
    let format = Memo::new(move |_| target.get().map(|target| target.format()));
    let funnelled = Funnelled::count(app, gate, format.into());
    // Facebook knows people by their telephones too.
    let address = Signal::derive(move || match format.get() {
        Some(Format::MetaCsv) => t.has_either,
        _ => words.offering().has_address,
    });
    let name = RwSignal::new(seen(app).map(|seen| seen.name).unwrap_or_default());
    let removes = move || operation.get() == AudienceOperation::Remove;
    let count = move || match (removes(), funnelled.mails()) {
        (true, _) => app.workspace.numbers().map(|numbers| numbers.total),
        (false, mails) => mails,
    };
    let is_sending = RwSignal::new(false);
    let send = move || {
        let Some(target) = target.get_untracked() else { return };
        is_sending.set(true);
        let done = Callback::new(move |is_kept: bool| {
            is_sending.set(false);
            if is_kept {
                close.run();
                app.go(Page::Outbox);
            }
        });
        let request = AudienceRequest {
            name: name.get_untracked().trim().to_owned(),
            audience: target.audience.clone(),
            operation: operation.get_untracked(),
            recipients: Vec::new(),
            ungated_reason: gate.reason_untracked(),
            view: None,
        };
        hand_over(app, &target, request, funnelled.plan(), done);
    };
    let can_go = Signal::derive(move || {
        let may_go =
            if removes() { count().is_some_and(|count| count > 0) } else { funnelled.may_go() };
        !is_sending.get()
            && target.with(Option::is_some)
            && name.with(|name| !name.trim().is_empty())
            && gate.has_reason()
            && may_go
    });
    let label = Signal::derive(move || match count() {
        Some(count) => (t.hand_over)(&words.formats.count(count)),
        None if funnelled.is_locked() => t.hand_over_locked.to_owned(),
        None => t.hand_over_plain.to_owned(),
    });
    let hint = move || {
        let total = app.workspace.numbers().map_or(0, |numbers| numbers.total);
        (t.hint)(&words.formats.count(total), words.formats.plural(total))
    };
    view! {
        <div class="dialog__body handing">
            <p class="dialog__hint">{hint}</p>
            <Missing/>
            <Targets targets trouble at/>
            {move || target.get().map(|target| view! { <Operations target operation/> })}
            <div>
                <label class="label" for="handing-name">{t.name}</label>
                <input
                    id="handing-name"
                    class="field"
                    type="text"
                    autocomplete="off"
                    maxlength="200"
                    prop:value=name
                    on:input=move |event| name.set(event_target_value(&event))
                />
            </div>
            {move || {
                let target = target.get()?;
                Some(view! { <Withdrawn target/> })
            }}
            {move || {
                (target.with(Option::is_some) && !removes()).then(|| view! { <Funnel gate funnelled title=t.funnel address/> })
            }}
        </div>
        <Foot label can_go on_go=Callback::new(move |()| send())/>
    }
    .into_any()
}

/// The audiences of all services, as one list.
#[component]
fn Targets(
    targets: RwSignal<Option<Vec<Target>>>,
    trouble: RwSignal<Option<String>>,
    at: RwSignal<Option<usize>>,
) -> impl IntoView {
    let t = use_words().handing();
    let options = move || {
        let named = targets.get().unwrap_or_default().into_iter().enumerate();
        let option = |(at, target): (usize, Target)| {
            view! { <option value=at.to_string()>{target.name}</option> }
        };
        named.map(option).collect_view()
    };
    let note = move || {
        let is_empty = targets.with(|targets| targets.as_ref().is_some_and(Vec::is_empty));
        trouble.get().or_else(|| is_empty.then(|| t.no_connectors.to_owned()))
    };
    view! {
        <div>
            <label class="label" for="handing-to">{t.to}</label>
            <select
                id="handing-to"
                class="field"
                on:change=move |event| at.set(event_target_value(&event).parse().ok())
            >
                <option value="">{t.choose}</option>
                {options}
            </select>
            <p class="offer__note" role="status">{note}</p>
        </div>
    }
    .into_any()
}

/// What is done with an audience.
#[component]
fn Operations(target: Target, operation: RwSignal<AudienceOperation>) -> impl IntoView {
    let t = use_words().handing();
    let text = |operation: &AudienceOperation| match operation {
        AudienceOperation::Replace => t.replace,
        AudienceOperation::Add => t.add,
        AudienceOperation::Remove => t.remove,
    };
    let choices = target.operations.iter().map(|one| SwitchChoice::text(text(one))).collect();
    let operations = StoredValue::new(target.operations);
    let chosen = move || {
        let at = operations.with_value(|all| all.iter().position(|one| *one == operation.get()));
        at.unwrap_or(0)
    };
    let on_choose = Callback::new(move |at: usize| {
        if let Some(one) = operations.with_value(|all| all.get(at).copied()) {
            operation.set(one);
        }
    });
    let hint = move || match operation.get() {
        AudienceOperation::Replace => t.replace_hint,
        AudienceOperation::Add => t.add_hint,
        AudienceOperation::Remove => t.remove_hint,
    };
    view! {
        <div>
            <Switch group="handing-what" label=t.what choices chosen=Signal::derive(chosen) on_choose/>
            <p class="offer__note" role="status">{hint}</p>
        </div>
    }
    .into_any()
}

fn fetch_targets(
    app: App,
    targets: RwSignal<Option<Vec<Target>>>,
    trouble: RwSignal<Option<String>>,
    words: Words,
) {
    if untrack(|| app.endpoint.address()).is_none() {
        return;
    }
    platform::spawn_local(async move {
        match fetched(app.endpoint, "/v1/connectors").await {
            Ok((body, stale)) => {
                let connectors: Vec<Connector> = serde_json::from_str(&body).unwrap_or_default();
                // Whoever closed the dialog asks no more.
                trouble.try_set(stale.map(|trouble| trouble_said(&trouble, words)));
                targets.try_set(Some(connectors.into_iter().flat_map(targets_of).collect()));
            }
            Err(why) => {
                let why = trouble_said(&why, words);
                trouble.try_set(Some((words.handing().failed)(&why)));
            }
        }
    });
}

fn targets_of(connector: Connector) -> Vec<Target> {
    use AudienceOperation::{Add, Remove, Replace};
    let Connector { id, name, operations, kind, audiences } = connector;
    // Replacing first: it alone takes those out who are no longer meant.
    let operations = [Replace, Add, Remove].into_iter().filter(|one| operations.contains(one));
    let operations: Vec<AudienceOperation> = operations.collect();
    let target = |audience: crate::wire::ConnectorAudience| Target {
        connector: id.clone(),
        audience: audience.id,
        name: format!("{name} · {}", audience.name),
        kind: kind.clone(),
        operations: operations.clone(),
    };
    audiences.into_iter().map(target).collect()
}

/// Puts an audience into the outbox. `done` hears whether it is kept there.
fn hand_over(
    app: App,
    target: &Target,
    request: AudienceRequest,
    plan: Option<(u32, u32)>,
    done: Callback<bool>,
) {
    let Some(seen) = seen(app) else { return done.run(false) };
    let removes = request.operation == AudienceOperation::Remove;
    let target = target.clone();
    let ask = ChosenAsk { view: seen.view.clone(), as_of: seen.as_of.clone(), flag: None };
    app.engine.ask(Ask::Chosen(ask), Attachments::none(), move |answer, _| {
        let Answer::Chosen(chosen) = answer else { return done.run(false) };
        let view = ViewReference { name: seen.name.clone(), sha256: chosen.view_sha256 };
        let request = AudienceRequest { view: Some(view), ..request.clone() };
        let wish = wish(&target, request);
        let (Some((plan, count)), false) = (plan, removes) else {
            return keep(app, &wish, &chosen.ids, &seen, done);
        };
        let (seen, beside) = (seen.clone(), Attachments::none());
        let ask = RecipientsAsk { plan, kind: RecipientKind::Mail, from: 0, count };
        app.lists.ask(ListsAsk::Recipients(ask), &beside, move |answer, beside| {
            let found = match answer {
                ListsAnswer::Recipients(_) => beside.bytes(0).and_then(|bytes| ids(&bytes)),
                _ => None,
            };
            match found {
                Some(ids) => keep(app, &wish, &ids, &seen, done),
                None => done.run(false),
            }
        });
    });
}

/// What is done with an audience, as the outbox has it.
pub fn wish(target: &Target, request: AudienceRequest) -> Wish {
    Wish::Audience {
        connector: target.connector.clone(),
        kind: target.kind.clone(),
        name: target.name.clone(),
        request,
    }
}
