//! Answers that any call may give.

use serde::{Deserialize, Serialize};

/// The answer of `GET /v1/health`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Health {
    /// `ok` when the endpoint and its store answer.
    pub status: String,
    /// The endpoint's version.
    pub version: String,
}

/// An error, as `application/problem+json` (RFC 9457).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// What kind of error, the same words each time.
    pub title: String,
    /// What happened, and what is allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// With status 422, at least one thing that is wrong with the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemError>,
    /// When a key was used again with another body: the first answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<serde_json::Value>,
}

/// One thing that is wrong with a request. Never holds a name or an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ProblemError {
    /// The place in the body, such as `texts.sv.subject` or `recipients[3].email`; the name of a
    /// parameter or header for what stands there; empty for the whole body.
    pub path: String,
    /// What is wrong and what is allowed.
    pub message: String,
}

/// Which view a wish comes from, for the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ViewReference {
    /// The view's name.
    pub name: String,
    /// The SHA-256 of the view's document, 64 hex digits.
    pub sha256: String,
}
