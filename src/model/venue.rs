//! The venue itself, and the named sets of customers it keeps.

use roaring::RoaringBitmap;

use super::Decimals;

/// Name, clock and money of a venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Venue {
    /// As people call it.
    pub name: String,
    /// IANA name; the zone that every day of the snapshot was counted in.
    pub time_zone: String,
    /// ISO 4217.
    pub currency: String,
    /// Digits of the currency's minor unit.
    pub decimals: Decimals,
    /// ISO 3166 alpha-2, upper case, where the venue says it.
    pub country: Option<String>,
    /// BCP 47, where the venue says it.
    pub locale: Option<String>,
    /// The consent that marketing needs, by id.
    pub marketing_consent: Option<String>,
    /// The last flag change that this export already holds; 0 when it names none.
    pub flags_cursor: u64,
}

/// A named set of customers: a consent they gave or a flag they carry.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// Unique among the consents, or among the flags.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// Who is in it.
    pub rows: RoaringBitmap,
}
