//! Audiences: lists that go to advertising and mail services.

use serde::{Deserialize, Serialize};

use super::ViewReference;

/// What is done with an audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum AudienceOperation {
    /// The recipients come into it.
    Add,
    /// It holds the recipients and nobody else.
    Replace,
    /// The recipients leave it.
    Remove,
}

impl AudienceOperation {
    /// The word for it: `add`, `replace` or `remove`.
    pub fn word(self) -> &'static str {
        match self {
            AudienceOperation::Add => "add",
            AudienceOperation::Replace => "replace",
            AudienceOperation::Remove => "remove",
        }
    }
}

/// An audience that a connector is configured for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ConnectorAudience {
    /// Its id in the endpoint's configuration.
    pub id: String,
    /// As people call it.
    pub name: String,
}

/// A service that audiences can go to, in the answer of `GET /v1/connectors`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Connector {
    /// Its id.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// What it can do.
    pub operations: Vec<AudienceOperation>,
    /// `meta`, `mailchimp` or `apsis`; recipients for `meta` come hashed.
    pub kind: String,
    /// Where recipients can go.
    pub audiences: Vec<ConnectorAudience>,
}

/// One customer of an audience. For Meta every field but `id` is a SHA-256 as 64 hex digits of
/// the normalised value; absent or empty stays so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AudienceRecipient {
    /// Customer id.
    pub id: String,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// E.164, as the page has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// First name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// Town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Such as `sv`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// The body of `POST /v1/connectors/{id}/audiences`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AudienceRequest {
    /// What people call this list; kept with it.
    pub name: String,
    /// An audience's id in the connector's configuration.
    pub audience: String,
    /// What is done.
    pub operation: AudienceOperation,
    /// At most [`MAX_CUSTOMERS`](super::MAX_CUSTOMERS).
    pub recipients: Vec<AudienceRecipient>,
    /// Why the marketing consent was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ungated_reason: Option<String>,
    /// The view that chose the recipients.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<ViewReference>,
}

/// The answer of `POST /v1/connectors/{id}/audiences`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AudienceCreated {
    /// For `GET /v1/audiences/{id}`.
    pub id: String,
}

/// How far an audience is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum AudienceState {
    /// Not begun.
    Waiting,
    /// Recipients are handed over.
    Sending,
    /// All that could be handed over are.
    Done,
    /// The service refused; what was handed over stays there.
    Failed,
}

/// A recipient whom the service, or the endpoint before it, did not take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct RejectedRecipient {
    /// Customer id.
    pub id: String,
    /// Why; no address.
    pub reason: String,
}

/// The answer of `GET /v1/audiences/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AudienceProgress {
    /// Its id.
    pub id: String,
    /// The connector's id.
    pub connector: String,
    /// The audience's id in the connector's configuration.
    pub audience: String,
    /// As in the request.
    pub name: String,
    /// As in the request.
    pub operation: AudienceOperation,
    /// How far it is.
    pub state: AudienceState,
    /// Recipients of the request.
    pub total: u64,
    /// Handed over so far.
    pub sent: u64,
    /// Those not taken.
    pub rejected: Vec<RejectedRecipient>,
    /// Why it failed, or why it waits to be tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// When it was accepted, RFC 3339 in UTC.
    pub created_at: String,
}

/// The answer of `GET /v1/connectors/{id}/audiences/{audience}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AudienceMembers {
    /// Customer ids of those whom the endpoint has handed over and not taken out since, ascending
    /// by bytes. The service may hold others, from elsewhere.
    pub customers: Vec<String>,
}
