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
use crate::web::state::sync::outbox::handed_over;
use crate::web::state::sync::suppressions;
use crate::web::state::{App, PreflightHeard, use_app};
use crate::web::words::use_words;
use crate::wire::{AudienceOperation, AudienceRequest};

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
    let people = RwSignal::new(Vec::<PlanPerson>::new());
    find(app, &target, people);
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
    move || {
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
    }
}

fn find(app: App, target: &Target, people: RwSignal<Vec<PlanPerson>>) {
    let entries = untrack(|| app.outbox.entries());
    let before = handed_over(&entries, &target.connector, &target.audience);
    if before.is_empty() {
        return;
    }
    let format = target.format();
    platform::spawn_local(async move {
        let (hashes, _) = suppressions(app.endpoint).await;
        let view = untrack(|| app.customers.view_ask());
        let who = Who::Customers(before);
        let ask = PreflightAsk { format, is_ungated: false, has_suppressions: true, who };
        let number = StoredValue::new(0);
        let plan = app.lists.preflight(view, ask, Some(hashes.as_bytes()), move |heard| {
            let PreflightHeard::Said(ListsAnswer::Preflight(said)) = heard else { return };
            let plan = number.get_value();
            for reason in [Reason::NoConsent, Reason::Suppressed] {
                let count = said.left_out.iter().find(|(known, _)| *known == reason);
                let Some(&(_, count)) = count else { continue };
                let of = PeopleOf::LeftOut(reason);
                let ask = ListsAsk::People(PeopleAsk { plan, of, from: 0, count });
                app.lists.ask(ask, &Attachments::none(), move |answer, _| {
                    if let ListsAnswer::People(part) = answer {
                        // The dialog may be closed.
                        people.try_update(|people| people.extend(part.people));
                    }
                });
            }
        });
        number.set_value(plan);
    });
}
