//! Campaign mail: what is sent to whom, and what became of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ViewReference;

/// What a view was opened for. A special offer needs an event or an event group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Mode {
    /// The whole segment; no campaign may have it.
    All,
    /// One event.
    Event {
        /// Its id.
        id: String,
    },
    /// One event group.
    Production {
        /// Its id.
        id: String,
    },
}

/// What a marketer wrote, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CampaignText {
    /// One line.
    pub subject: String,
    /// Plain text; it is escaped, and links may lead to the endpoint's `link_hosts` only.
    pub text: String,
}

/// One customer who is to get the mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// Customer id.
    pub id: String,
    /// Where to; without one the customer is skipped.
    #[serde(default)]
    pub email: Option<String>,
    /// For the greeting.
    #[serde(default)]
    pub first_name: Option<String>,
    /// For the greeting.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Such as `sv`; the endpoint's `default_language` where text or layout lack it.
    #[serde(default)]
    pub language: Option<String>,
}

/// The body of `POST /v1/campaigns`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CampaignRequest {
    /// An id in `offers.csv`.
    pub offer: String,
    /// The event or event group that the offer has to belong to.
    pub mode: Mode,
    /// The id of a layout.
    pub layout: String,
    /// Subject and text by language.
    pub texts: BTreeMap<String, CampaignText>,
    /// At most [`MAX_CUSTOMERS`](super::MAX_CUSTOMERS).
    pub recipients: Vec<Recipient>,
    /// RFC 3339; two minutes from now unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_after: Option<String>,
    /// Why the marketing consent was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ungated_reason: Option<String>,
    /// At once, to at most [`MAX_TEST_RECIPIENTS`](super::MAX_TEST_RECIPIENTS) of the endpoint's
    /// `test_addresses`.
    #[serde(default)]
    pub test: bool,
    /// The view that chose the recipients.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<ViewReference>,
}

/// Why a recipient gets no mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// There is none.
    NoAddress,
    /// It is no address.
    BadAddress,
    /// A recipient before has it.
    Duplicate,
    /// Its owner wants none, or it does not exist.
    Suppressed,
}

/// A recipient who gets no mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Skipped {
    /// Customer id.
    pub id: String,
    /// Why.
    pub reason: SkipReason,
}

/// Where mails go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Delivery {
    /// To a mail server.
    Smtp,
    /// Into a folder, as `.eml` files, because the endpoint has no mail server.
    Files,
}

/// The answer of `POST /v1/campaigns`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct CampaignAccepted {
    /// The campaign's id.
    pub id: String,
    /// Mails queued.
    pub accepted: u64,
    /// Who gets none, in the order of the request.
    pub skipped: Vec<Skipped>,
    /// RFC 3339 in UTC; until then nothing goes out.
    pub sends_at: String,
    /// Where the mails go.
    pub delivery: Delivery,
}

/// How far a campaign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum CampaignState {
    /// It is not time yet.
    Waiting,
    /// Mails go out.
    Sending,
    /// Nothing is left to do.
    Done,
    /// It was stopped.
    Cancelled,
}

/// What became of the mails; the six add up to `accepted`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct CampaignCounts {
    /// Not gone out yet.
    pub queued: u64,
    /// Taken by the mail server, or written into the folder.
    pub sent: u64,
    /// Refused.
    pub failed: u64,
    /// Suppressed after they were accepted.
    pub suppressed: u64,
    /// Handed to the mail server, no answer seen; never repeated by itself.
    pub uncertain: u64,
    /// Stopped before they went out.
    pub cancelled: u64,
}

/// A campaign in the answers of `GET /v1/campaigns` and of the cancellation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct CampaignStatus {
    /// The campaign's id.
    pub id: String,
    /// The offer's id.
    pub offer: String,
    /// What it is for.
    pub mode: Mode,
    /// The layout's id.
    pub layout: String,
    /// Whether it is a test.
    pub test: bool,
    /// How far it is.
    pub state: CampaignState,
    /// Mails that were queued.
    pub accepted: u64,
    /// What became of them.
    #[serde(flatten)]
    pub counts: CampaignCounts,
    /// When it was accepted, RFC 3339 in UTC.
    pub created_at: String,
    /// When it leaves or left, RFC 3339 in UTC.
    pub sends_at: String,
    /// The name of the token that asked for it.
    pub by: String,
    /// Where the mails go.
    pub delivery: Delivery,
}

/// A mail that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct FailedRecipient {
    /// Customer id.
    pub id: String,
    /// The mail server's code, or what else stood in the way; no address.
    pub reason: String,
}

/// The answer of `GET /v1/campaigns/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct CampaignDetails {
    /// As in the list.
    #[serde(flatten)]
    pub status: CampaignStatus,
    /// Customers of whom a person has to decide whether they got the mail.
    pub uncertain_customers: Vec<String>,
    /// Customers whose mail was refused.
    pub failed_customers: Vec<FailedRecipient>,
}

/// A layout, in the answer of `GET /v1/layouts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Layout {
    /// Its id.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// Languages in which it is there.
    pub languages: Vec<String>,
}

/// A layout in one language, with placeholders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct LayoutPage {
    /// For [`fill_html`](super::fill_html).
    pub html: String,
    /// For [`fill_text`](super::fill_text).
    pub text: String,
}

/// A layout in all its languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct LayoutContent {
    /// Its id.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// By language.
    pub languages: BTreeMap<String, LayoutPage>,
}

/// The answer of `GET /v1/layouts/{id}`: what a preview needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct LayoutDetails {
    /// The layout.
    #[serde(flatten)]
    pub layout: LayoutContent,
    /// The language whose text every campaign needs: it is for everybody whose own is missing.
    /// `None` from an endpoint that does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_language: Option<String>,
    /// What stands for `{{sender}}`, if the endpoint sends mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
}
