//! What every `POST` below `/v1/` has in common: a right, a key, a body, and that it is done once.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rusqlite::Transaction;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::access::Caller;
use super::body;
use super::refusal::Refusal;
use crate::server::store::{FirstAnswer, Right, keep_answer, kept_answer};
use crate::server::{Endpoint, clock};

/// Keys of calls that are being answered, with the ids of their tokens.
#[derive(Debug, Default)]
pub struct InFlight {
    keys: Mutex<HashSet<(i64, String)>>,
}

impl InFlight {
    fn keys(&self) -> MutexGuard<'_, HashSet<(i64, String)>> {
        // Each change is a single insertion or removal.
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Holds a key until the call is answered, or its work done when nobody waits any more.
struct Held {
    endpoint: Arc<Endpoint>,
    key: (i64, String),
}

impl Held {
    fn take(endpoint: &Arc<Endpoint>, key: (i64, String)) -> Result<Held, Refusal> {
        if !endpoint.in_flight.keys().insert(key.clone()) {
            return Err(Refusal::conflict(
                "a call with this key is being answered; ask again soon",
            ));
        }
        Ok(Held { endpoint: Arc::clone(endpoint), key })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.endpoint.in_flight.keys().remove(&self.key);
    }
}

/// What a kind of call asks of everyone.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// The token must hold it.
    pub right: Right,
    /// Whether no body means `{}`.
    pub may_be_empty: bool,
}

/// What the work of a call is given besides the transaction.
pub struct Asked<B> {
    /// Who asks.
    pub caller: Caller,
    /// What.
    pub body: B,
    /// When, in milliseconds since 1970.
    pub now: i64,
}

/// Answers a `POST`. The work, its answer and the key are one transaction, so that a call that
/// comes again finds all of them or none.
///
/// # Errors
/// In this order: 403, 400 without a key, 409, 415, 413, 400 without JSON, 422 for a key with
/// another body, then 422 for the body and whatever the work answers.
pub async fn post<B, A>(
    endpoint: &Arc<Endpoint>,
    request: Request,
    terms: Terms,
    work: impl FnOnce(&Transaction<'_>, &Asked<B>) -> Result<(StatusCode, A), Refusal> + Send + 'static,
) -> Result<Response, Refusal>
where
    B: DeserializeOwned + Send + 'static,
    A: Serialize + Send + 'static,
{
    let caller = Caller::of(&request, terms.right)?;
    let key = key(&request)?;
    let held = Held::take(endpoint, (caller.0.id, key.clone()))?;
    let path = request.uri().path().to_owned();
    let (parts, body) = request.into_parts();
    let mut body = body::read(&parts.headers, body, terms.may_be_empty).await?;
    if body.is_empty() && terms.may_be_empty {
        body = b"{}".to_vec();
    }
    let store = endpoint.store.clone();
    let answered = tokio::task::spawn_blocking(move || {
        body::check_json(&body)?;
        let parsed = body::parse::<B>(&body);
        let now = clock::now();
        let (whose, what) = ((caller.0.id, key.as_str()), (path.as_str(), body.as_slice()));
        let answer = store.run(|transaction| {
            if let Some(first) = kept_answer(transaction, whose, what, now)? {
                return first_answer(first);
            }
            let asked = Asked { caller, body: parsed?, now };
            let (status, answer) = work(transaction, &asked)?;
            let answer = serde_json::to_string(&answer).map_err(|_| Refusal::fault())?;
            keep_answer(transaction, whose, what, (status.as_u16(), &answer), now)?;
            Ok((status, answer))
        });
        drop(held);
        answer
    });
    let (status, answer) = answered.await.unwrap_or_else(|_| Err(Refusal::fault()))?;
    let json = HeaderValue::from_static("application/json");
    Ok((status, [(header::CONTENT_TYPE, json)], answer).into_response())
}

fn first_answer(first: FirstAnswer) -> Result<(StatusCode, String), Refusal> {
    if !first.same_request {
        let first = serde_json::from_str(&first.body).map_err(|_| Refusal::fault())?;
        return Err(Refusal::other_body(first));
    }
    let status = StatusCode::from_u16(first.status).map_err(|_| Refusal::fault())?;
    Ok((status, first.body))
}

fn key(request: &Request) -> Result<String, Refusal> {
    let title = "A key is needed";
    let detail = "send Idempotency-Key: a UUID, a new one for each new request";
    let mut headers = request.headers().get_all("idempotency-key").iter();
    let key = headers.next().and_then(|key| Uuid::try_parse(key.to_str().ok()?.trim()).ok());
    match (key, headers.next()) {
        (Some(key), None) => Ok(key.hyphenated().to_string()),
        _ => Err(Refusal::bad_request(title, detail)),
    }
}
