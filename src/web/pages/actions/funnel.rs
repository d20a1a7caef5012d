//! From a result to mails: who falls away at which gate.

use leptos::prelude::*;

use crate::export::{Format, Reason};
use crate::web::components::{FunnelStep, FunnelSteps, tap};
use crate::web::platform;
use crate::web::protocol::lists::{ListsAnswer, PreflightAsk, PreflightSaid, Who};
use crate::web::state::sync::suppressions;
use crate::web::state::{App, ContactsState, PreflightHeard, use_app};
use crate::web::words::use_words;

/// What is known of who gets a mail.
#[derive(Clone, PartialEq)]
enum Standing {
    Counting,
    /// The plan's number, and what was found.
    Counted(u32, PreflightSaid),
    NoContacts(ContactsState),
    Failed(String),
}

/// The consent gate: closed, or open for a reason.
#[derive(Clone, Copy)]
pub struct Gate {
    /// Whether it is open.
    pub is_ungated: RwSignal<bool>,
    /// Why.
    pub reason: RwSignal<String>,
}

impl Gate {
    /// A gate that only those with consent pass.
    pub fn closed() -> Gate {
        Gate { is_ungated: RwSignal::new(false), reason: RwSignal::new(String::new()) }
    }

    /// Whether it may stand as it does.
    pub fn has_reason(self) -> bool {
        !self.is_ungated.get() || self.reason.with(|reason| !reason.trim().is_empty())
    }

    /// The reason, where it is open.
    pub fn reason_untracked(self) -> Option<String> {
        let reason = || self.reason.get_untracked().trim().to_owned();
        self.is_ungated.get_untracked().then(reason)
    }
}

/// A handle on who gets a mail.
#[derive(Clone, Copy)]
pub struct Funnelled {
    standing: RwSignal<Standing>,
    /// The plan that was asked for last.
    plan: StoredValue<Option<u32>>,
}

impl Funnelled {
    /// Counts from now on, anew whenever something about it changes, until the dialog closes; for
    /// nothing where there is no format.
    pub fn count(app: App, gate: Gate, format: Signal<Option<Format>>) -> Funnelled {
        let funnelled =
            Funnelled { standing: RwSignal::new(Standing::Counting), plan: StoredValue::new(None) };
        let suppressed = RwSignal::new(None::<String>);
        platform::spawn_local(async move {
            // Those known before do where the endpoint is out of reach, which knows the others.
            let (hashes, _) = suppressions(app.endpoint).await;
            suppressed.try_set(Some(hashes));
        });
        let is_gate_missing = Memo::new(move |_| {
            app.data.open().is_some_and(|open| open.names.venue.marketing_consent.is_none())
        });
        Effect::new(move |_| {
            if is_gate_missing.get() {
                gate.is_ungated.set(true);
            }
        });
        // Unlocked meanwhile, or not with that passphrase.
        let contacts = Memo::new(move |_| app.lists.contacts());
        Effect::new(move |_| {
            if matches!(contacts.get(), ContactsState::Sealed { is_wrong: true }) {
                return funnelled.standing.set(Standing::NoContacts(contacts.get()));
            }
            let is_ungated = gate.is_ungated.get();
            if let (Some(hashes), Some(format)) = (suppressed.get(), format.get()) {
                funnelled.ask(app, (format, is_ungated), &hashes);
            }
        });
        on_cleanup(move || funnelled.give_up(app));
        funnelled
    }

    /// How many mails there will be, where that is known.
    pub fn mails(self) -> Option<u32> {
        self.standing.with(|standing| match standing {
            Standing::Counted(_, said) => Some(said.rows_out),
            _ => None,
        })
    }

    /// Whether names and addresses are sealed, so that who gets one is seen once they are not.
    pub fn is_locked(self) -> bool {
        self.standing
            .with(|standing| matches!(standing, Standing::NoContacts(ContactsState::Sealed { .. })))
    }

    /// The plan of who gets one, and of how many.
    pub fn plan(self) -> Option<(u32, u32)> {
        self.standing.with_untracked(|standing| match standing {
            Standing::Counted(plan, said) => Some((*plan, said.rows_out)),
            _ => None,
        })
    }

    /// Whether mails can be put into the outbox: somebody gets one, or it will be seen who.
    pub fn may_go(self) -> bool {
        self.standing.with(|standing| match standing {
            Standing::Counted(_, said) => said.rows_out > 0,
            Standing::NoContacts(contacts) => matches!(contacts, ContactsState::Sealed { .. }),
            _ => false,
        })
    }

    fn give_up(self, app: App) {
        if let Some(Some(plan)) = self.plan.try_update_value(Option::take) {
            app.lists.give_up(plan);
        }
    }

    fn ask(self, app: App, (format, is_ungated): (Format, bool), hashes: &str) {
        self.give_up(app);
        self.standing.set(Standing::Counting);
        let who = Who::Result { language: "en".to_owned(), sort: None };
        let ask = PreflightAsk { format, is_ungated, has_suppressions: true, who };
        let view = untrack(|| app.customers.view_ask());
        let plan = app.lists.preflight(view, ask, Some(hashes.as_bytes()), move |heard| {
            let standing = match heard {
                PreflightHeard::Said(ListsAnswer::Preflight(said)) => {
                    let Some(Some(plan)) = self.plan.try_get_value() else { return };
                    Standing::Counted(plan, said)
                }
                PreflightHeard::Said(ListsAnswer::Failed(failure)) => {
                    Standing::Failed(failure.message)
                }
                PreflightHeard::Said(_) => return,
                PreflightHeard::NoContacts(contacts) => Standing::NoContacts(contacts),
            };
            // The dialog may be closed.
            self.standing.try_set(standing);
        });
        self.plan.set_value(Some(plan));
    }
}

/// The funnel, and the gate that can be opened.
#[component]
pub fn Funnel(
    /// The consent gate.
    gate: Gate,
    /// Who gets a mail.
    funnelled: Funnelled,
    /// What it leads to.
    title: &'static str,
    /// What the gate of addresses asks for.
    address: Signal<&'static str>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.offering();
    let has_consent =
        move || app.data.open().is_some_and(|open| open.names.venue.marketing_consent.is_some());
    let body = move || match funnelled.standing.get() {
        Standing::Counting => view! { <p class="offer__note">{t.counting}</p> }.into_any(),
        Standing::Counted(_, said) => {
            view! { <Steps said is_ungated=gate.is_ungated address=address.get()/> }.into_any()
        }
        Standing::NoContacts(ContactsState::Sealed { .. }) => view! { <Unlock/> }.into_any(),
        Standing::NoContacts(ContactsState::Failed(failure)) => {
            view! { <p class="offer__note">{(t.not_counted)(&failure.message)}</p> }.into_any()
        }
        Standing::NoContacts(_) => view! { <p class="offer__note">{t.elsewhere}</p> }.into_any(),
        Standing::Failed(why) => {
            view! { <p class="offer__note">{(t.not_counted)(&why)}</p> }.into_any()
        }
    };
    view! {
        <section class="funnel" aria-label=title>
            <h3 class="funnel__title">{title}</h3>
            <div role="status">{body}</div>
            <label class="funnel__gate">
                <input
                    class="check"
                    type="checkbox"
                    disabled=move || !has_consent()
                    prop:checked=move || !gate.is_ungated.get()
                    on:change=move |event| gate.is_ungated.set(!event_target_checked(&event))
                />
                <span>{t.only_with_consent}</span>
            </label>
            <p class="offer__note">
                {move || if has_consent() { t.consent_hint } else { t.no_consent_named }}
            </p>
            <div hidden=move || !gate.is_ungated.get()>
                <label class="label" for="offer-reason">{t.reason}</label>
                <input
                    id="offer-reason"
                    class="field"
                    type="text"
                    autocomplete="off"
                    maxlength="500"
                    prop:value=gate.reason
                    on:input=move |event| gate.reason.set(event_target_value(&event))
                />
            </div>
        </section>
    }
    .into_any()
}

/// Names and addresses are sealed: leads to what opens them.
#[component]
fn Unlock() -> impl IntoView {
    let vault = use_app().vault;
    let words = use_words();
    view! {
        <p class="offer__note">{words.offering().locked}</p>
        <button class="button" type="button" on:click=tap(move || vault.set_asking(true))>
            {words.unlocking().unlock}
        </button>
    }
    .into_any()
}

/// The gates one after the other.
#[component]
fn Steps(said: PreflightSaid, is_ungated: RwSignal<bool>, address: &'static str) -> impl IntoView {
    let words = use_words();
    let t = words.offering();
    let count = move |count: u32| words.formats.count(count);
    let of = |reason: Reason| {
        said.left_out.iter().find(|(known, _)| *known == reason).map_or(0, |(_, count)| *count)
    };
    let mut left = said.rows_in;
    let mut gate = |name: &'static str, fall: u32, why: fn(&str) -> String| {
        left -= fall.min(left);
        let stopped = if fall > 0 { why(&count(fall)) } else { String::new() };
        FunnelStep { name: name.to_owned(), count: count(left), left, stopped, asks: None }
    };
    let no_address = of(Reason::NoAddress) + of(Reason::BadAddress);
    let mut steps = vec![gate(t.in_result, 0, t.without)];
    steps.push(gate(address, no_address, t.without));
    if !is_ungated.get_untracked() {
        steps.push(gate(t.has_consent, of(Reason::NoConsent), t.have_not));
    }
    steps.push(gate(t.not_suppressed, of(Reason::Suppressed), t.suppressed));
    steps.push(gate(t.one_per_address, of(Reason::Duplicate), t.share_address));
    let steps = Signal::stored(steps);
    let unfolded = Signal::stored(None);
    view! { <FunnelSteps steps unfolded on_ask=Callback::new(|_| {})/> }.into_any()
}
