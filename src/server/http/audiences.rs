//! `/v1/connectors` and `/v1/audiences`

use std::collections::HashSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use rusqlite::{Connection, Transaction};
use serde_json::json;
use uuid::Uuid;

use super::access::Caller;
use super::check::{Findings, customer_ids, is_sha256, line, view_reference};
use super::post::{Asked, Terms, post};
use super::refusal::Refusal;
use crate::server::Endpoint;
use crate::server::connectors::Connector;
use crate::server::mail::address;
use crate::server::store::{self, Entry, NewAudience, NewMember, Right};
use crate::wire::{
    self, AudienceCreated, AudienceMembers, AudienceOperation, AudienceProgress, AudienceRecipient,
    AudienceRequest, Problem, address_sha256,
};

/// The services that audiences can go to.
#[utoipa::path(get, path = "/v1/connectors", tag = "audiences", responses(
    (status = 200, body = Vec<wire::Connector>), (status = 401, body = Problem),
    (status = 403, body = Problem)))]
pub(super) async fn connectors(
    State(endpoint): State<Arc<Endpoint>>,
    request: Request,
) -> Result<Json<Vec<wire::Connector>>, Refusal> {
    Caller::of(&request, Right::Audiences)?;
    Ok(Json(endpoint.connectors.list()))
}

/// Hand an audience to a service.
#[utoipa::path(post, path = "/v1/connectors/{id}/audiences", tag = "audiences",
    params(("id" = String, Path, description = "The connector"),
        ("Idempotency-Key" = String, Header, description = "A UUID")),
    request_body = AudienceRequest,
    responses((status = 202, body = AudienceCreated), (status = 400, body = Problem),
        (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, body = Problem)))]
pub(super) async fn create(
    State(endpoint): State<Arc<Endpoint>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let terms = Terms { right: Right::Audiences, may_be_empty: false };
    let of_work = Arc::clone(&endpoint);
    let work = move |store: &Transaction<'_>, asked: &Asked<AudienceRequest>| {
        let connector = of_work.connectors.get(&id).ok_or_else(|| {
            Refusal::not_found("no connector has this id; GET /v1/connectors lists them")
        })?;
        let created = keep(store, (&id, connector), asked)?;
        Ok((StatusCode::ACCEPTED, created))
    };
    let answered = post(&endpoint, request, terms, work).await;
    endpoint.errands.wake();
    answered
}

fn keep(
    store: &Transaction<'_>,
    (connector_id, connector): (&str, &dyn Connector),
    asked: &Asked<AudienceRequest>,
) -> Result<AudienceCreated, Refusal> {
    let (body, by) = (&asked.body, asked.caller.0.name.as_str());
    check(connector, body)?;
    let members = part(store, connector.is_hashed(), body)?;
    let id = Uuid::new_v4().to_string();
    let audience = NewAudience {
        id: &id,
        connector: connector_id,
        audience: &body.audience,
        name: &body.name,
        operation: body.operation,
        ungated_reason: body.ungated_reason.as_deref(),
        by,
        created_at: asked.now,
    };
    store::add_audience(store, &audience, &members)?;
    let rejected = members.iter().filter(|member| member.rejected.is_some()).count();
    let counts = json!({
        "recipients": members.len(),
        "rejected": rejected,
        "connector": connector_id,
        "audience": body.audience,
        "ungated_reason": body.ungated_reason,
    });
    let what = match body.operation {
        AudienceOperation::Add => "audience.add",
        AudienceOperation::Replace => "audience.replace",
        AudienceOperation::Remove => "audience.remove",
    };
    let entry = Entry { who: by, what, about: &id, view: body.view.as_ref(), counts };
    store::record(store, &entry, asked.now)?;
    Ok(AudienceCreated { id })
}

fn check(connector: &dyn Connector, body: &AudienceRequest) -> Result<(), Refusal> {
    let mut findings = Findings::default();
    line(&mut findings, "name", &body.name, false);
    if !connector.operations().contains(&body.operation) {
        let allowed = connector.operations().iter().map(|one| one.word());
        let allowed = allowed.collect::<Vec<_>>().join(", ");
        findings.add("operation", format!("this connector can do: {allowed}"));
    }
    let audiences = connector.audiences();
    if !audiences.iter().any(|one| one.id == body.audience) {
        let allowed = audiences.into_iter().map(|one| one.id).collect::<Vec<_>>().join(", ");
        findings.add("audience", format!("this connector has: {allowed}"));
    }
    customer_ids(&mut findings, "recipients", body.recipients.iter().map(|one| one.id.as_str()));
    if body.recipients.is_empty() {
        findings.add("recipients", "at least one");
    }
    if connector.is_hashed() {
        for (at, recipient) in body.recipients.iter().enumerate() {
            for (field, value) in fields(recipient) {
                if !value.is_empty() && !is_sha256(value) {
                    findings.add(
                        format!("recipients[{at}].{field}"),
                        "a SHA-256 as 64 lower-case hex digits, or nothing: \
                         recipients of this connector come hashed",
                    );
                }
            }
        }
    }
    if let Some(reason) = &body.ungated_reason {
        line(&mut findings, "ungated_reason", reason, false);
    }
    view_reference(&mut findings, body.view.as_ref());
    findings.none()
}

fn fields(recipient: &AudienceRecipient) -> impl Iterator<Item = (&'static str, &str)> {
    let fields = [
        ("email", &recipient.email),
        ("phone", &recipient.phone),
        ("first_name", &recipient.first_name),
        ("last_name", &recipient.last_name),
        ("postal_code", &recipient.postal_code),
        ("city", &recipient.city),
        ("country", &recipient.country),
        ("language", &recipient.language),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)))
}

/// Every recipient, with the reason why it does not go to the service.
fn part<'a>(
    store: &Transaction<'_>,
    is_hashed: bool,
    body: &'a AudienceRequest,
) -> Result<Vec<NewMember<'a>>, Refusal> {
    let mut seen = HashSet::new();
    let mut members = Vec::with_capacity(body.recipients.len());
    for recipient in &body.recipients {
        let email = recipient.email.as_deref().map(str::trim).filter(|email| !email.is_empty());
        let phone = recipient.phone.as_deref().filter(|phone| !phone.is_empty());
        // Meta's hash of an address is the one that suppressions are known by.
        let sha256 =
            email.map(|email| if is_hashed { email.to_owned() } else { address_sha256(email) });
        let is_suppressed = match &sha256 {
            Some(hash) if body.operation != AudienceOperation::Remove => {
                store::is_suppressed(store, hash)?
            }
            _ => false,
        };
        let rejected = match (email, phone) {
            (None, None) => Some("no_address"),
            (None, Some(_)) if !is_hashed => Some("no_address"),
            (Some(email), _) if !is_hashed && address(email).is_none() => Some("bad_address"),
            _ if is_suppressed => Some("suppressed"),
            _ if !seen.insert(sha256.clone().unwrap_or_else(|| recipient.id.clone())) => {
                Some("duplicate")
            }
            _ => None,
        };
        members.push(NewMember { recipient, sha256, rejected });
    }
    Ok(members)
}

/// Who is in an audience by what this endpoint handed over.
#[utoipa::path(get, path = "/v1/connectors/{id}/audiences/{audience}", tag = "audiences",
    params(("id" = String, Path, description = "The connector"),
        ("audience" = String, Path, description = "Its audience's id in the configuration")),
    responses((status = 200, body = AudienceMembers), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn members(
    State(endpoint): State<Arc<Endpoint>>,
    Path((id, audience)): Path<(String, String)>,
    request: Request,
) -> Result<Json<AudienceMembers>, Refusal> {
    Caller::of(&request, Right::Audiences)?;
    let audiences = endpoint.connectors.get(&id).map(Connector::audiences).unwrap_or_default();
    if !audiences.iter().any(|one| one.id == audience) {
        return Err(Refusal::not_found(
            "no connector has this audience; GET /v1/connectors lists them",
        ));
    }
    let found = move |store: &Connection| store::audience_members(store, (&id, &audience));
    Ok(Json(AudienceMembers { customers: endpoint.store.read(found).await? }))
}

/// How far an audience is, and who was not taken.
#[utoipa::path(get, path = "/v1/audiences/{id}", tag = "audiences",
    params(("id" = String, Path, description = "The audience")), responses(
    (status = 200, body = AudienceProgress), (status = 401, body = Problem),
    (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn progress(
    State(endpoint): State<Arc<Endpoint>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<AudienceProgress>, Refusal> {
    Caller::of(&request, Right::Audiences)?;
    let found = endpoint.store.read(move |store| store::audience(store, &id)).await?;
    found.map(Json).ok_or_else(|| Refusal::not_found("no audience has this id"))
}
