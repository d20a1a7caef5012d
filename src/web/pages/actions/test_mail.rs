//! A mail to whoever writes it, before anybody else gets one.

use leptos::prelude::*;

use super::offer::{Choices, Draft};
use crate::web::pages::said::trouble_said;
use crate::web::platform;
use crate::web::state::sync::mode_of;
use crate::web::state::sync::trouble::Trouble;
use crate::web::state::{App, use_app};
use crate::web::words::use_words;
use crate::wire::{CampaignAccepted, CampaignRequest, Recipient, SkipReason};

/// Asks for the address and sends a test.
#[component]
pub fn TestMail(
    /// What is being written.
    draft: Draft,
    /// What there is to choose from.
    choices: Choices,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.offering();
    let address = app.test_address;
    let said = RwSignal::new(String::new());
    let is_sending = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(request) = request(app, draft, t.sample_name) else { return };
        is_sending.set(true);
        said.set(String::new());
        platform::spawn_local(async move {
            let sent = send(app, &request).await;
            is_sending.try_set(false);
            said.try_set(match sent {
                Ok(()) => (t.test_sent)(&address.get_untracked()),
                Err(trouble) => trouble_said(&trouble, words),
            });
        });
    };
    let is_idle = move || {
        is_sending.get()
            || address.with(|address| address.trim().is_empty())
            || draft.written().is_empty()
            || choices.lacking(draft).is_some()
            || app.endpoint.ready().is_none()
    };
    view! {
        <form class="offer__test" on:submit=submit>
            <label class="label" for="offer-test">{t.test_address}</label>
            <span class="settings__line">
                <input
                    id="offer-test"
                    class="field"
                    type="email"
                    autocomplete="email"
                    aria-describedby="offer-test-hint"
                    prop:value=address
                    on:input=move |event| address.set(event_target_value(&event))
                />
                <button class="button" type="submit" disabled=is_idle>{t.test_send}</button>
            </span>
            <p id="offer-test-hint" class="offer__note">{t.test_hint}</p>
            <p class="offer__note" role="status">{said}</p>
        </form>
    }
    .into_any()
}

fn request(app: App, draft: Draft, first_name: &str) -> Option<CampaignRequest> {
    let texts = untrack(|| draft.written());
    let at_hand = draft.language.get_untracked();
    let language =
        if texts.contains_key(&at_hand) { at_hand } else { texts.keys().next()?.clone() };
    let recipient = Recipient {
        id: "test".to_owned(),
        email: Some(app.test_address.get_untracked().trim().to_owned()),
        first_name: Some(first_name.to_owned()),
        last_name: None,
        language: Some(language),
    };
    Some(CampaignRequest {
        offer: draft.offer.get_untracked(),
        mode: mode_of(&app.workspace.view().with_untracked(|view| view.mode.clone())),
        layout: draft.layout.get_untracked(),
        texts,
        recipients: vec![recipient],
        send_after: None,
        ungated_reason: None,
        test: true,
        view: None,
    })
}

async fn send(app: App, request: &CampaignRequest) -> Result<(), Trouble> {
    let body = serde_json::to_string(request).map_err(|_| Trouble::NotAnEndpoint)?;
    let body = app.endpoint.call("/v1/campaigns", Some((platform::new_uuid(), body))).await?;
    let accepted: CampaignAccepted =
        serde_json::from_str(&body).map_err(|_| Trouble::NotAnEndpoint)?;
    match accepted.skipped.first().map(|skipped| skipped.reason) {
        None => Ok(()),
        Some(reason) => {
            let why = match reason {
                SkipReason::NoAddress => "no_address",
                SkipReason::BadAddress => "bad_address",
                SkipReason::Duplicate => "duplicate",
                SkipReason::Suppressed => "suppressed",
            };
            Err(Trouble::Refused { status: 422, why: why.to_owned() })
        }
    }
}
