//! Those who were handed over before and have withdrawn since, and taking them out.

use leptos::prelude::*;

use super::audience::{Target, wish};
use super::offer::keep;
use super::seen;
use crate::export::Reason;
use crate::web::components::tap;
use crate::web::platform::{self, Attachments};
use crate::web::protocol::lists::{
    ListsAnswer, ListsAsk, PeopleAsk, PeopleOf, PlanPerson, PreflightAsk, Who,
};
use crate::web::state::sync::entry::in_path;
use crate::web::state::sync::outbox::{handed_over, leaving};
use crate::web::state::sync::suppressions;
use crate::web::state::{App, ContactsState, PreflightHeard, use_app};
use crate::web::words::use_words;
use crate::wire::{AudienceMembers, AudienceOperation, AudienceRequest};

/// How many are named; the others are counted.
const NAMED: usize = 20;

/// Who has withdrawn since an audience was handed over, with what takes them out.
#[component]
pub fn Withdrawn(
    /// The audience.
    target: Target,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.handing();
    let known = Known::follow(app, &target);
    let people = known.people;
    let can_remove = target.operations.contains(&AudienceOperation::Remove);
    let target = StoredValue::new(target);
    let remove = move || {
        let Some(seen) = seen(app) else { return };
        let ids: Vec<String> = people.get_untracked().into_iter().map(|one| one.id).collect();
        let target = target.get_value();
        let request = AudienceRequest {
            name: seen.name.clone(),
            audience: target.audience.clone(),
            operation: AudienceOperation::Remove,
            recipients: Vec::new(),
            ungated_reason: None,
            view: None,
        };
        let done = Callback::new(move |is_kept: bool| {
            if is_kept {
                people.set(Vec::new());
            }
        });
        keep(app, &wish(&target, request), &ids, &seen, done);
    };
    let note = move || {
        let locked = known.is_locked.get().then_some(t.withdrawn_locked);
        let from_here = known.is_from_here.get().then_some(t.withdrawn_from_here);
        locked.into_iter().chain(from_here).collect::<Vec<_>>().join(" ")
    };
    let listed = move || {
        let people = people.get();
        let count = people.len() as u32;
        (count > 0).then(|| {
            let named = people.iter().take(NAMED).map(|one| {
                let name = if one.name.is_empty() { &one.id } else { &one.name };
                view! { <li>{name.clone()}</li> }
            });
            let more = count.saturating_sub(NAMED as u32);
            let more = (more > 0)
                .then(|| view! { <li>{(t.more)(&words.formats.count(more))}</li> }.into_any());
            let shown = words.formats.count(count);
            view! {
                <div class="message message--caution" role="status">
                    <p>{(t.withdrawn)(&shown, words.formats.plural(count))}</p>
                    <ul class="handing__people">{named.collect_view()}{more}</ul>
                    <button class="button" type="button" disabled=!can_remove on:click=tap(remove)>
                        {(t.remove_withdrawn)(&shown)}
                    </button>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <p class="offer__note" role="status">{note}</p>
        {listed}
    }
    .into_any()
}

/// What is known of those who were handed over before.
#[derive(Clone, Copy)]
struct Known {
    /// Who of them has withdrawn.
    people: RwSignal<Vec<PlanPerson>>,
    /// Whether only this browser's outbox tells who they are.
    is_from_here: RwSignal<bool>,
    /// Whether names and addresses are locked, without which nobody can be looked up.
    is_locked: RwSignal<bool>,
}

impl Known {
    /// Looks them up, anew when names and addresses are unlocked.
    fn follow(app: App, target: &Target) -> Known {
        let known = Known {
            people: RwSignal::new(Vec::new()),
            is_from_here: RwSignal::new(false),
            is_locked: RwSignal::new(false),
        };
        let target = target.clone();
        let is_sealed =
            Memo::new(move |_| matches!(app.lists.contacts(), ContactsState::Sealed { .. }));
        Effect::new(move |_| {
            is_sealed.get();
            let target = target.clone();
            platform::spawn_local(async move { known.find(app, &target).await });
        });
        known
    }

    async fn find(self, app: App, target: &Target) {
        let (mut before, is_from_here) = sent_before(app, target).await;
        let entries = untrack(|| app.outbox.entries());
        let leaving = leaving(&entries, &target.connector, &target.audience);
        before.retain(|id| !leaving.contains(id));
        // The dialog may be closed.
        self.is_from_here.try_set(is_from_here);
        if before.is_empty() {
            return;
        }
        let (hashes, _) = suppressions(app.endpoint).await;
        let view = untrack(|| app.customers.view_ask());
        let who = Who::Customers(before);
        let format = target.format();
        let ask = PreflightAsk { format, is_ungated: false, has_suppressions: true, who };
        let number = StoredValue::new(0);
        let plan =
            app.lists.preflight(view, ask, Some(hashes.as_bytes()), move |heard| match heard {
                PreflightHeard::Said(ListsAnswer::Preflight(said)) => {
                    self.is_locked.try_set(false);
                    self.people.try_set(Vec::new());
                    if let Some(plan) = number.try_get_value() {
                        self.name(app, plan, &said.left_out);
                    }
                }
                PreflightHeard::NoContacts(ContactsState::Sealed { .. }) => {
                    self.is_locked.try_set(true);
                }
                _ => {}
            });
        number.try_set_value(plan);
    }

    fn name(self, app: App, plan: u32, left_out: &[(Reason, u32)]) {
        for reason in [Reason::NoConsent, Reason::Suppressed] {
            let count = left_out.iter().find(|(known, _)| *known == reason);
            let Some(&(_, count)) = count else { continue };
            let of = PeopleOf::LeftOut(reason);
            let ask = ListsAsk::People(PeopleAsk { plan, of, from: 0, count });
            app.lists.ask(ask, &Attachments::none(), move |answer, _| {
                if let ListsAnswer::People(part) = answer {
                    self.people.try_update(|people| people.extend(part.people));
                }
            });
        }
    }
}

/// Who was handed over before, by the endpoint or, where that cannot be asked, by this browser's outbox;
/// and which of the two told.
async fn sent_before(app: App, target: &Target) -> (Vec<String>, bool) {
    let (connector, audience) = (in_path(&target.connector), in_path(&target.audience));
    let path = format!("/v1/connectors/{connector}/audiences/{audience}");
    let asked = app.endpoint.call(&path, None).await.ok();
    let told = asked.and_then(|body| serde_json::from_str::<AudienceMembers>(&body).ok());
    let Some(members) = told else {
        let entries = untrack(|| app.outbox.entries());
        return (handed_over(&entries, &target.connector, &target.audience), true);
    };
    (members.customers, false)
}
