//! Answers that are not what was asked for: `application/problem+json`, RFC 9457.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::server::store::{Right, StoreError};
use crate::wire::{Problem, ProblemError};

/// The most findings that an answer names.
const MOST_NAMED: usize = 100;

/// Why a call is not answered with what it asked for.
#[derive(Debug, thiserror::Error)]
#[error("{}: {}", .problem.status, .problem.title)]
pub struct Refusal {
    problem: Box<Problem>,
    retry_after: Option<u64>,
}

impl Refusal {
    fn new(status: StatusCode, title: &str, detail: impl Into<Option<String>>) -> Refusal {
        let problem = Problem {
            status: status.as_u16(),
            title: title.to_owned(),
            detail: detail.into(),
            errors: Vec::new(),
            first: None,
        };
        Refusal { problem: Box::new(problem), retry_after: None }
    }

    /// 400: a header or body that cannot be read at all.
    pub fn bad_request(title: &str, detail: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, title, detail.into())
    }

    /// 401: no good token.
    pub fn unauthorized(detail: &str) -> Refusal {
        Refusal::new(StatusCode::UNAUTHORIZED, "A good token is needed", detail.to_owned())
    }

    /// 403: the token may not do this.
    pub fn missing_right(right: Right) -> Refusal {
        let detail = format!("this call needs a token with the right {:?}", right.word());
        Refusal::new(StatusCode::FORBIDDEN, "The token may not do this", detail)
    }

    /// 404: nothing of that id.
    pub fn not_found(detail: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, "There is no such thing", detail.into())
    }

    /// 405: another method is meant.
    pub fn method_not_allowed() -> Refusal {
        Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "This address takes another method", None)
    }

    /// 408: the body did not come.
    pub fn too_slow() -> Refusal {
        let detail = "the request did not arrive in time; send it again".to_owned();
        Refusal::new(StatusCode::REQUEST_TIMEOUT, "The request took too long", detail)
    }

    /// 409: at odds with what is going on.
    pub fn conflict(detail: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::CONFLICT, "Not now", detail.into())
    }

    /// 413: more than 64 MiB.
    pub fn too_large() -> Refusal {
        let detail = format!(
            "at most {} bytes, unpacked, are taken in one call",
            crate::wire::MAX_BODY_BYTES
        );
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large", detail)
    }

    /// 415: a kind of body that is not taken.
    pub fn media_type(detail: impl Into<String>) -> Refusal {
        let title = "This kind of body is not taken";
        Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, title, detail.into())
    }

    /// 422: JSON that asks for what cannot be.
    pub fn unprocessable(errors: Vec<ProblemError>) -> Refusal {
        let unnamed = errors.len().saturating_sub(MOST_NAMED);
        let detail = (unnamed > 0).then(|| format!("{unnamed} further ones are not listed"));
        let title = "Something in the request is not allowed";
        let mut refusal = Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, title, detail);
        refusal.problem.errors = errors.into_iter().take(MOST_NAMED).collect();
        refusal
    }

    /// 422 with a single finding.
    pub fn field(path: impl Into<String>, message: impl Into<String>) -> Refusal {
        let error = ProblemError { path: path.into(), message: message.into() };
        Refusal::unprocessable(vec![error])
    }

    /// 422: the key had another body.
    pub fn other_body(first: Value) -> Refusal {
        let message = "this key was used for another request; a new request needs a new key";
        let mut refusal = Refusal::field("Idempotency-Key", message);
        refusal.problem.first = Some(first);
        refusal
    }

    /// 429, with the seconds after which it may go.
    pub fn too_many(detail: impl Into<String>, retry_after: u64) -> Refusal {
        let title = "Too much for now";
        let mut refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, title, detail.into());
        refusal.retry_after = Some(retry_after.max(1));
        refusal
    }

    /// 500: a fault of the endpoint, which its log has.
    pub fn fault() -> Refusal {
        let detail = "nothing was done; the endpoint's log says what went wrong".to_owned();
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "The endpoint failed", detail)
    }

    /// 503: the answer did not come.
    pub fn no_answer() -> Refusal {
        let detail = "send it again with the same key: it is never done twice".to_owned();
        let mut refusal =
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "The answer took too long", detail);
        refusal.retry_after = Some(10);
        refusal
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Refusal {
        tracing::error!(%error, "the store failed");
        Refusal::fault()
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Refusal {
        Refusal::from(StoreError::from(error))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.problem).unwrap_or_default();
        let problem = HeaderValue::from_static("application/problem+json");
        let mut response = (status, [(header::CONTENT_TYPE, problem)], body).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
