//! `/v1/layouts` and `/v1/campaigns`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use rusqlite::Transaction;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::accept::{Accepted, accept};
use super::access::Caller;
use super::post::{Asked, Terms, post};
use super::refusal::Refusal;
use crate::server::clock::DAY;
use crate::server::layouts::{self, LayoutError};
use crate::server::mail::sender_name;
use crate::server::store::{self, Cancelled, Entry, NewCampaign, Right};
use crate::server::{Endpoint, clock};
use crate::wire::{
    CampaignAccepted, CampaignDetails, CampaignRequest, CampaignStatus, Delivery, Layout,
    LayoutDetails, Problem,
};

/// The layouts that can be used.
#[utoipa::path(get, path = "/v1/layouts", tag = "campaigns", responses(
    (status = 200, body = Vec<Layout>), (status = 401, body = Problem),
    (status = 403, body = Problem)))]
pub(super) async fn list_layouts(
    State(endpoint): State<Arc<Endpoint>>,
    request: Request,
) -> Result<Json<Vec<Layout>>, Refusal> {
    Caller::of(&request, Right::Campaigns)?;
    let listing = tokio::task::spawn_blocking(move || {
        let (usable, wrong) = layouts::layouts(endpoint.config.layouts.as_deref());
        for error in wrong {
            tracing::warn!(%error, "a layout cannot be used");
        }
        usable
    });
    Ok(Json(listing.await.map_err(|_| Refusal::fault())?))
}

/// A layout with its placeholders, for a preview.
#[utoipa::path(get, path = "/v1/layouts/{id}", tag = "campaigns",
    params(("id" = String, Path, description = "The layout")), responses(
    (status = 200, body = LayoutDetails), (status = 401, body = Problem),
    (status = 403, body = Problem), (status = 404, body = Problem),
    (status = 422, body = Problem)))]
pub(super) async fn layout(
    State(endpoint): State<Arc<Endpoint>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<LayoutDetails>, Refusal> {
    Caller::of(&request, Right::Campaigns)?;
    let default_language = Some(endpoint.config.default_language.clone());
    let sender = endpoint.config.mail.from.as_ref().map(sender_name).map(str::to_owned);
    let read = move || layouts::layout(endpoint.config.layouts.as_deref(), &id);
    let read = tokio::task::spawn_blocking(read).await.map_err(|_| Refusal::fault())?;
    let layout = read.map_err(|error| match error {
        LayoutError::Unknown => Refusal::not_found(error.to_string()),
        error => Refusal::field("layout", error.to_string()),
    })?;
    Ok(Json(LayoutDetails { layout, default_language, sender }))
}

/// Queue campaign mail.
#[utoipa::path(post, path = "/v1/campaigns", tag = "campaigns",
    params(("Idempotency-Key" = String, Header, description = "A UUID")),
    request_body = CampaignRequest,
    responses((status = 202, body = CampaignAccepted), (status = 400, body = Problem),
        (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem)))]
pub(super) async fn create(
    State(endpoint): State<Arc<Endpoint>>,
    request: Request,
) -> Result<Response, Refusal> {
    let terms = Terms { right: Right::Campaigns, may_be_empty: false };
    let of_work = Arc::clone(&endpoint);
    let work = move |store: &Transaction<'_>, asked: &Asked<CampaignRequest>| {
        let accepted = accept(&of_work, store, &asked.body, asked.now)?;
        if !asked.body.test {
            check_day(&of_work, store, accepted.recipients.len() as u64, asked.now)?;
        }
        let answer = queue(&of_work, store, asked, accepted)?;
        Ok((StatusCode::ACCEPTED, answer))
    };
    let answered = post(&endpoint, request, terms, work).await;
    endpoint.post.wake();
    answered
}

fn check_day(
    endpoint: &Endpoint,
    store: &Transaction<'_>,
    wanted: u64,
    now: i64,
) -> Result<(), Refusal> {
    let most = endpoint.config.max_recipients_per_day;
    let (used, oldest) = store::accepted_in_a_day(store, now)?;
    if used + wanted <= most {
        return Ok(());
    }
    let until = oldest.map_or(DAY, |oldest| oldest + DAY - now);
    let detail = format!(
        "at most {most} recipients in 24 hours; {used} were accepted, and this has {wanted}"
    );
    Err(Refusal::too_many(detail, until.max(0) as u64 / 1000 + 1))
}

fn queue(
    endpoint: &Endpoint,
    store: &Transaction<'_>,
    asked: &Asked<CampaignRequest>,
    accepted: Accepted,
) -> Result<CampaignAccepted, Refusal> {
    let (body, by) = (&asked.body, asked.caller.0.name.as_str());
    let id = Uuid::new_v4().to_string();
    let delivery = match endpoint.config.mail.smtp {
        Some(_) => Delivery::Smtp,
        None => Delivery::Files,
    };
    let campaign = NewCampaign {
        id: &id,
        offer: &body.offer,
        mode: &body.mode,
        layout: &body.layout,
        letter: &accepted.letter,
        test: body.test,
        ungated_reason: body.ungated_reason.as_deref(),
        delivery,
        by,
        created_at: asked.now,
        sends_at: accepted.sends_at,
    };
    store::add_campaign(store, &campaign, &accepted.recipients)?;
    let counts = json!({
        "accepted": accepted.recipients.len(),
        "skipped": accepted.skipped.len(),
        "test": body.test,
        "offer": body.offer,
        "layout": body.layout,
        "ungated_reason": body.ungated_reason,
    });
    let view = body.view.as_ref();
    let entry = Entry { who: by, what: "campaign.create", about: &id, view, counts };
    store::record(store, &entry, asked.now)?;
    Ok(CampaignAccepted {
        id,
        accepted: accepted.recipients.len() as u64,
        skipped: accepted.skipped,
        sends_at: clock::rfc3339(accepted.sends_at),
        delivery,
    })
}

/// Every campaign, newest first.
#[utoipa::path(get, path = "/v1/campaigns", tag = "campaigns", responses(
    (status = 200, body = Vec<CampaignStatus>), (status = 401, body = Problem),
    (status = 403, body = Problem)))]
pub(super) async fn list(
    State(endpoint): State<Arc<Endpoint>>,
    request: Request,
) -> Result<Json<Vec<CampaignStatus>>, Refusal> {
    Caller::of(&request, Right::Campaigns)?;
    let found = endpoint.store.read(|store| store::campaigns(store, clock::now()));
    Ok(Json(found.await?))
}

/// One campaign, with those a person has to look at.
#[utoipa::path(get, path = "/v1/campaigns/{id}", tag = "campaigns",
    params(("id" = String, Path, description = "The campaign")), responses(
    (status = 200, body = CampaignDetails), (status = 401, body = Problem),
    (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn one(
    State(endpoint): State<Arc<Endpoint>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<CampaignDetails>, Refusal> {
    Caller::of(&request, Right::Campaigns)?;
    let found = endpoint.store.read(move |store| store::campaign(store, &id, clock::now()));
    found.await?.map(Json).ok_or_else(no_campaign)
}

fn no_campaign() -> Refusal {
    Refusal::not_found("no campaign has this id; GET /v1/campaigns lists them")
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// Stop what has not gone out yet.
#[utoipa::path(post, path = "/v1/campaigns/{id}/cancel", tag = "campaigns",
    params(("id" = String, Path, description = "The campaign"),
        ("Idempotency-Key" = String, Header, description = "A UUID")),
    request_body = Option<Nothing>,
    responses((status = 200, body = CampaignStatus), (status = 400, body = Problem),
        (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn cancel(
    State(endpoint): State<Arc<Endpoint>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let terms = Terms { right: Right::Campaigns, may_be_empty: true };
    post(&endpoint, request, terms, move |store, asked: &Asked<Nothing>| {
        let status = match store::cancel_campaign(store, &id, asked.now)? {
            Cancelled::Unknown => return Err(no_campaign()),
            Cancelled::TooLate => {
                return Err(Refusal::conflict("everything has gone out; there is nothing to stop"));
            }
            Cancelled::Done(status) => status,
        };
        let who = asked.caller.0.name.as_str();
        let counts = json!({ "cancelled": status.counts.cancelled });
        let entry = Entry { who, what: "campaign.cancel", about: &id, view: None, counts };
        store::record(store, &entry, asked.now)?;
        Ok((StatusCode::OK, status))
    })
    .await
}
