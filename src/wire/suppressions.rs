//! Addresses that get no campaign mail, known by their hash only.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Why an address gets no mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SuppressionReason {
    /// Its owner pressed *unsubscribe*.
    Unsubscribed,
    /// Its mail server said that there is no such address.
    HardBounce,
}

impl SuppressionReason {
    /// The word for it: `unsubscribed` or `hard_bounce`.
    pub fn word(self) -> &'static str {
        match self {
            SuppressionReason::Unsubscribed => "unsubscribed",
            SuppressionReason::HardBounce => "hard_bounce",
        }
    }
}

/// One address, in the order in which they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Suppression {
    /// Its place in the feed, ascending.
    pub cursor: i64,
    /// [`address_sha256`] of the address.
    pub sha256: String,
    /// Why.
    pub reason: SuppressionReason,
    /// Since when, RFC 3339 in UTC.
    pub at: String,
}

/// The answer of `GET /v1/suppressions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Suppressions {
    /// What to ask for next, as `since`.
    pub cursor: i64,
    /// Whether there is more to be had now.
    pub more: bool,
    /// Those after `since`, ascending.
    pub suppressions: Vec<Suppression>,
}

/// The SHA-256 of an address, trimmed and in lower case, as 64 hex digits.
pub fn address_sha256(address: &str) -> String {
    let digest = Sha256::digest(address.trim().to_lowercase());
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_hash_however_it_is_written() {
        let hash = "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f";
        assert_eq!(address_sha256("john_smith@gmail.com"), hash);
        assert_eq!(address_sha256(" John_Smith@GMAIL.com\t"), hash);
    }
}
