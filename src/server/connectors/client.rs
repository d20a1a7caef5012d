//! Calls to the services: over TLS, timed, and without a word of theirs in any log, since it may
//! hold an address.

use std::time::Duration;

use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as Legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How long a service may take to answer.
const ANSWER: Duration = Duration::from_mins(2);

/// The largest answer that is read.
const MAX_ANSWER: usize = 32 * 1024 * 1024;

/// Why a service did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// It may do it later: too many calls, a fault of its own, no connection.
    #[error("{reason}")]
    Later {
        /// Without any data.
        reason: String,
        /// Seconds that it asked to wait.
        after: Option<u64>,
    },
    /// It never will.
    #[error("{0}")]
    Refused(String),
}

impl ServiceError {
    fn later(reason: impl Into<String>) -> ServiceError {
        ServiceError::Later { reason: reason.into(), after: None }
    }
}

/// A body on its way out.
pub enum Body {
    /// None.
    Empty,
    /// JSON.
    Json(Vec<u8>),
    /// A form.
    Form(Vec<u8>),
    /// A CSV file.
    Csv(Vec<u8>),
}

impl Body {
    /// As JSON.
    ///
    /// # Errors
    /// Never for what this program sends; the type asks for it.
    pub fn json(value: &impl Serialize) -> Result<Body, ServiceError> {
        let json = serde_json::to_vec(value);
        json.map(Body::Json).map_err(|_| ServiceError::Refused("a body that is no JSON".to_owned()))
    }

    /// As a form.
    pub fn form(fields: &[(&str, &str)]) -> Body {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        Body::Form(form.extend_pairs(fields).finish().into_bytes())
    }
}

/// Calls services.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Legacy<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl Default for Client {
    fn default() -> Client {
        let connector =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
        Client { inner: Legacy::builder(TokioExecutor::new()).build(connector) }
    }
}

/// What a service answered.
#[derive(Debug)]
pub struct Answer {
    /// 2xx.
    pub status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    /// The answer's JSON.
    ///
    /// # Errors
    /// Another shape than documented.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ServiceError> {
        serde_json::from_slice(&self.body)
            .map_err(|_| ServiceError::Refused("the service answered in another form".to_owned()))
    }

    fn retry_after(&self) -> Option<u64> {
        self.headers.get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()
    }
}

impl Client {
    /// Calls; `authorization` is the header's whole value.
    ///
    /// # Errors
    /// Any answer but 2xx: 408, 425, 429 and 5xx may go later, the others never.
    pub async fn call(
        &self,
        method: Method,
        url: &str,
        authorization: Option<&str>,
        body: Body,
    ) -> Result<Answer, ServiceError> {
        let (kind, bytes) = match body {
            Body::Empty => (None, Vec::new()),
            Body::Json(bytes) => (Some("application/json"), bytes),
            Body::Form(bytes) => (Some("application/x-www-form-urlencoded"), bytes),
            Body::Csv(bytes) => (Some("text/csv"), bytes),
        };
        let mut request = Request::builder().method(method).uri(url);
        request = request.header(header::ACCEPT, "application/json");
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let request = request
            .body(Full::new(Bytes::from(bytes)))
            .map_err(|_| ServiceError::Refused("an address that cannot be called".to_owned()))?;
        let answered = tokio::time::timeout(ANSWER, async {
            let response = self.inner.request(request).await.ok()?;
            let (parts, body) = response.into_parts();
            let body = Limited::new(body, MAX_ANSWER).collect().await.ok()?;
            Some(Answer { status: parts.status, headers: parts.headers, body: body.to_bytes() })
        });
        let answer = answered
            .await
            .map_err(|_| ServiceError::later("the service does not answer"))?
            .ok_or_else(|| ServiceError::later("the service cannot be reached"))?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        let status = answer.status.as_u16();
        let reason = format!("the service answered {status}{}", answer.code());
        Err(match status {
            408 | 425 | 429 | 500.. => ServiceError::Later { reason, after: answer.retry_after() },
            _ => ServiceError::Refused(reason),
        })
    }
}

impl Answer {
    /// Meta's error code and subcode, which name a kind of error and hold no data.
    fn code(&self) -> String {
        let json: serde_json::Value = serde_json::from_slice(&self.body).unwrap_or_default();
        let number = |field: &str| json["error"][field].as_i64();
        match (number("code"), number("error_subcode")) {
            (Some(code), Some(subcode)) => format!(", code {code}, subcode {subcode}"),
            (Some(code), None) => format!(", code {code}"),
            _ => String::new(),
        }
    }
}
