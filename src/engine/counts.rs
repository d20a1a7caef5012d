//! The counts of a view, as the contract writes them.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::model::Day;
use crate::view::FilterKind;

/// All counts of a view; every one is exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The yardstick.
    pub as_of: Day,
    /// Customers of the segment.
    pub segment: u32,
    /// The segment less whom the mode leaves out.
    pub audience: u32,
    /// The result.
    pub total: u32,
    /// A row for each active filter, in the order of [`FilterKind::ALL`].
    pub filters: Vec<(FilterKind, FilterCounts)>,
    /// A row for each consent of the snapshot, in its order.
    pub consents: Vec<(String, MemberCounts)>,
    /// A row for each flag of the snapshot, in its order.
    pub flags: Vec<(String, MemberCounts)>,
    /// Ids that the snapshot does not know, as `PATH: ID`, sorted.
    pub unknown_ids: Vec<String>,
}

/// The three numbers of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FilterCounts {
    /// Customers of the audience that it accepts.
    pub matching: u32,
    /// Customers that everything active but this filter accepts.
    pub without: u32,
    /// Customers of the audience for whom there is no value.
    pub unknown: u32,
}

/// How many customers with a consent or flag there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MemberCounts {
    /// In the audience.
    pub audience: u32,
    /// In the result.
    pub total: u32,
}

/// How many customers of the result can be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Reach {
    /// With an e-mail address.
    pub with_email: u32,
    /// With the marketing consent; `None` where the venue names none.
    pub with_consent: Option<u32>,
}

/// Customers left by the other filters for each choice of a filter without numbers, and those
/// without a value.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ChoiceCounts {
    /// In the contract's order: `f m u`, `online box_office both`, `regular subscriber`.
    pub choices: Vec<(&'static str, u32)>,
    /// Without a value.
    pub unknown: u32,
}

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(8))?;
        map.serialize_entry("as_of", &self.as_of.to_string())?;
        map.serialize_entry("segment", &self.segment)?;
        map.serialize_entry("audience", &self.audience)?;
        map.serialize_entry("total", &self.total)?;
        let filters = self.filters.iter().map(|(kind, counts)| (kind.name(), counts));
        map.serialize_entry("filters", &AsMap(filters.collect()))?;
        map.serialize_entry("consents", &AsMap(named(&self.consents)))?;
        map.serialize_entry("flags", &AsMap(named(&self.flags)))?;
        map.serialize_entry("unknown_ids", &self.unknown_ids)?;
        map.end()
    }
}

fn named<T>(rows: &[(String, T)]) -> Vec<(&str, &T)> {
    rows.iter().map(|(id, counts)| (id.as_str(), counts)).collect()
}

struct AsMap<'a, T>(Vec<(&'a str, &'a T)>);

impl<T: Serialize> Serialize for AsMap<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}
