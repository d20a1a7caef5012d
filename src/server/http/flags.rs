//! `/v1/flags`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::access::Caller;
use super::check::{Findings, customer_ids, view_reference};
use super::feed::Feed;
use super::post::{Terms, post};
use super::refusal::Refusal;
use crate::server::Endpoint;
use crate::server::store::{self, Assignment, Entry, Right};
use crate::wire::{Flag, FlagChanges, FlagRequest, FlagResult, Problem};

/// The flags of the configuration.
#[utoipa::path(get, path = "/v1/flags", tag = "flags", responses(
    (status = 200, body = Vec<Flag>),
    (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(super) async fn list(
    State(endpoint): State<Arc<Endpoint>>,
    request: Request,
) -> Result<Json<Vec<Flag>>, Refusal> {
    Caller::of(&request, Right::Flags)?;
    let counts = endpoint.store.read(store::flag_counts).await?;
    let flags = endpoint.config.flags.iter().map(|(id, name)| Flag {
        id: id.clone(),
        name: name.clone(),
        customers: counts.get(id).copied().unwrap_or(0),
    });
    Ok(Json(flags.collect()))
}

/// Set a flag on customers or take it away.
#[utoipa::path(post, path = "/v1/flags/{id}/assignments", tag = "flags",
    params(("id" = String, Path, description = "The flag"),
        ("Idempotency-Key" = String, Header, description = "A UUID")),
    request_body = FlagRequest,
    responses((status = 200, body = FlagResult), (status = 400, body = Problem),
        (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, body = Problem)))]
pub(super) async fn assign(
    State(endpoint): State<Arc<Endpoint>>,
    Path(flag): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let is_known = endpoint.config.flags.contains_key(&flag);
    let terms = Terms { right: Right::Flags, may_be_empty: false };
    post::<FlagRequest, FlagResult>(&endpoint, request, terms, move |store, asked| {
        if !is_known {
            return Err(Refusal::not_found("no flag has this id; GET /v1/flags lists them"));
        }
        let wish = &asked.body;
        let mut findings = Findings::default();
        customer_ids(&mut findings, "customers", wish.customers.iter().map(String::as_str));
        view_reference(&mut findings, wish.view.as_ref());
        findings.none()?;
        let by = asked.caller.0.name.as_str();
        let assignment = Assignment { flag: &flag, op: wish.op, by };
        let result = store::set_flag(store, &assignment, &wish.customers, asked.now)?;
        let entry = Entry {
            who: by,
            what: match wish.op {
                crate::wire::FlagOp::Add => "flag.add",
                crate::wire::FlagOp::Remove => "flag.remove",
            },
            about: &flag,
            view: wish.view.as_ref(),
            counts: json!({ "changed": result.changed, "unchanged": result.unchanged }),
        };
        store::record(store, &entry, asked.now)?;
        Ok((StatusCode::OK, result))
    })
    .await
}

/// What has changed since a place in the feed.
#[utoipa::path(get, path = "/v1/flags/changes", tag = "flags", params(Feed), responses(
    (status = 200, body = FlagChanges), (status = 401, body = Problem),
    (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn changes(
    State(endpoint): State<Arc<Endpoint>>,
    feed: Result<Query<Feed>, axum::extract::rejection::QueryRejection>,
    request: Request,
) -> Result<Json<FlagChanges>, Refusal> {
    Caller::of(&request, Right::Flags)?;
    let (since, limit) = Feed::checked(feed)?;
    let changes = move |store: &rusqlite::Connection| store::flag_changes(store, since, limit);
    Ok(Json(endpoint.store.read(changes).await?))
}
