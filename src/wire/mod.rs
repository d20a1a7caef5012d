//! What the page and the sync endpoint say to each other: the bodies of version 1, and what both
//! have to decide alike. Nothing here knows a server, a browser or a clock.

mod audiences;
mod campaigns;
mod flags;
mod letter;
mod limits;
mod problem;
mod suppressions;

pub use audiences::{
    AudienceCreated, AudienceMembers, AudienceOperation, AudienceProgress, AudienceRecipient,
    AudienceRequest, AudienceState, Connector, ConnectorAudience, RejectedRecipient,
};
pub use campaigns::{
    CampaignAccepted, CampaignCounts, CampaignDetails, CampaignRequest, CampaignState,
    CampaignStatus, CampaignText, Delivery, FailedRecipient, Layout, LayoutContent, LayoutDetails,
    LayoutPage, Mode, Recipient, SkipReason, Skipped,
};
pub use flags::{Flag, FlagChange, FlagChanges, FlagOp, FlagRequest, FlagResult};
pub use letter::{LetterError, Placeholder, Values, fill_html, fill_text, placeholders};
pub use limits::{
    DEFAULT_DELAY_MINUTES, MAX_AHEAD_MINUTES, MAX_BODY_BYTES, MAX_CHANGES, MAX_CUSTOMERS,
    MAX_TEST_RECIPIENTS,
};
pub use problem::{Health, Problem, ProblemError, ViewReference};
pub use suppressions::{Suppression, SuppressionReason, Suppressions, address_sha256};
