//! What the endpoint does with an entry that it has: asked about while it does it, and stopped.

use std::time::Duration;

use leptos::prelude::*;

use crate::web::components::tap;
use crate::web::pages::said::trouble_said;
use crate::web::platform;
use crate::web::state::sync::Endpoint;
use crate::web::state::sync::entry::{Entry, Outcome, State};
use crate::web::state::sync::trouble::Trouble;
use crate::web::state::{App, use_app};
use crate::web::words::{Words, use_words};
use crate::wire::{
    AudienceProgress, AudienceState, CampaignDetails, CampaignState, CampaignStatus,
};

/// How often what the endpoint does is asked about, while it does it.
const ASK_MS: u64 = 3_000;

/// What the endpoint says of it since, for what it works on for longer.
pub fn progress(entry: &Entry, app: App, words: Words) -> Option<AnyView> {
    let State::Done { outcome, .. } = &entry.state else { return None };
    let (path, until_then) = match outcome {
        Outcome::Tagged { .. } => return None,
        Outcome::Queued { campaign, .. } => (format!("/v1/campaigns/{campaign}"), ""),
        Outcome::HandedOver { audience } => {
            (format!("/v1/audiences/{audience}"), words.outbox().handed_over)
        }
    };
    let is_own = untrack(|| app.endpoint.ready()).as_deref() == Some(&entry.endpoint);
    Some(if is_own {
        view! { <Progress path until_then/> }.into_any()
    } else {
        view! { <span>{until_then}</span> }.into_any()
    })
}

/// What the endpoint does, asked again and again until it is done.
#[component]
fn Progress(
    path: String,
    /// What is said before it answers.
    until_then: &'static str,
) -> impl IntoView {
    let endpoint = use_app().endpoint;
    let words = use_words();
    let said = RwSignal::new(until_then.to_owned());
    let uncertain = RwSignal::new(Vec::<String>::new());
    let is_over = StoredValue::new(false);
    let ask = move || {
        if is_over.try_get_value() != Some(false) {
            return;
        }
        let path = path.clone();
        platform::spawn_local(async move {
            // Out of reach it is asked the next time.
            let Ok(body) = endpoint.call(&path, None).await else { return };
            if let Some((text, over)) = progress_said(&body, words) {
                // Meanwhile the row may be gone.
                said.try_set(text);
                is_over.try_set_value(over);
                if let Ok(details) = serde_json::from_str::<CampaignDetails>(&body) {
                    uncertain.try_set(details.uncertain_customers);
                }
            }
        });
    };
    ask();
    let handle = set_interval_with_handle(ask, Duration::from_millis(ASK_MS)).ok();
    on_cleanup(move || {
        if let Some(handle) = handle {
            handle.clear();
        }
    });
    let who = move || {
        let ids = uncertain.get();
        (!ids.is_empty()).then(|| {
            view! {
                <details>
                    <summary>{words.outbox().uncertain_who}</summary>
                    <p class="outbox__who">{ids.join(", ")}</p>
                </details>
            }
            .into_any()
        })
    };
    view! {
        <span role="status">{said}</span>
        {who}
    }
    .into_any()
}

/// So many of something, and how it is said.
type Told = (u64, fn(&str) -> String);

/// What an answer about a campaign or an audience says, and whether that is the last of it.
fn progress_said(body: &str, words: Words) -> Option<(String, bool)> {
    let t = words.outbox();
    let count = |count: u64| words.formats.count(count as u32);
    if let Ok(audience) = serde_json::from_str::<AudienceProgress>(body) {
        let is_over = matches!(audience.state, AudienceState::Done | AudienceState::Failed);
        let mut said =
            vec![(t.audience_done)(&count(audience.sent), &count(audience.rejected.len() as u64))];
        said.extend(audience.error);
        return Some((said.join(" "), is_over));
    }
    let campaign = serde_json::from_str::<CampaignStatus>(body).ok()?;
    if campaign.state == CampaignState::Waiting {
        return Some((String::new(), false));
    }
    let counts = campaign.counts;
    let mut parts = Vec::new();
    if campaign.state != CampaignState::Cancelled || counts.sent > 0 {
        parts.push((t.sent)(&count(counts.sent), &count(campaign.accepted)));
    }
    let told: [Told; 4] = [
        (counts.failed, t.mails_failed),
        (counts.uncertain, t.mails_uncertain),
        (counts.suppressed, t.mails_suppressed),
        (counts.cancelled, t.mails_stopped),
    ];
    parts.extend(
        told.into_iter()
            .filter(|(so_many, _)| *so_many > 0)
            .map(|(so_many, say)| say(&count(so_many))),
    );
    let is_over = matches!(campaign.state, CampaignState::Done | CampaignState::Cancelled);
    Some((parts.join(" "), is_over))
}

/// Stops mails that have not gone out.
#[component]
pub fn Stop(campaign: String, key: StoredValue<String>) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.outbox();
    let is_asking = RwSignal::new(false);
    let stop = move || {
        if is_asking.get_untracked() {
            return;
        }
        is_asking.set(true);
        let (campaign, key) = (campaign.clone(), key.get_value());
        platform::spawn_local(async move {
            let stopped = stop(app.endpoint, &campaign).await;
            is_asking.try_set(false);
            match stopped {
                Ok(true) => app.outbox.stopped(key),
                Ok(false) => app.tell(t.too_late.to_owned(), None),
                Err(trouble) => app.tell(trouble_said(&trouble, words), None),
            }
        });
    };
    view! {
        <button class="button" type="button" disabled=is_asking on:click=tap(stop)>{t.stop}</button>
    }
    .into_any()
}

/// Asks the endpoint to stop a campaign; false where everything has gone out.
async fn stop(endpoint: Endpoint, campaign: &str) -> Result<bool, Trouble> {
    let path = format!("/v1/campaigns/{campaign}");
    let post = (platform::new_uuid(), "{}".to_owned());
    match endpoint.call(&format!("{path}/cancel"), Some(post)).await {
        Ok(_) => Ok(true),
        Err(trouble) => {
            // Whether it is too late only its state tells.
            let body = endpoint.call(&path, None).await.map_err(|_| trouble.clone())?;
            match serde_json::from_str::<CampaignStatus>(&body).map(|status| status.state) {
                Ok(CampaignState::Done) => Ok(false),
                Ok(CampaignState::Cancelled) => Ok(true),
                _ => Err(trouble),
            }
        }
    }
}
