//! One attribute of every customer as an order-preserving 32-bit key.

use std::sync::Arc;

use crate::model::{Day, Decimals};

/// Key of a customer whose attribute is unknown: larger than every other, accepted by no range.
pub const UNKNOWN: u32 = u32::MAX;

/// A key for each customer row, ascending with the attribute's value.
#[derive(Debug, Clone)]
pub struct Column {
    /// One a row.
    pub keys: Arc<Vec<u32>>,
    /// What the keys stand for.
    pub meaning: Meaning,
    /// No key is [`UNKNOWN`].
    pub is_always_known: bool,
}

/// What a key stands for.
#[derive(Debug, Clone)]
pub enum Meaning {
    /// A whole number: itself.
    Whole,
    /// Minor units of money: themselves.
    Minor(Decimals),
    /// Minor units that pass 32 bits: positions in this ascending table.
    MinorRanks(Decimals, Arc<Vec<u64>>),
    /// Kilometres: positions in this ascending table.
    KilometreRanks(Arc<Vec<f64>>),
    /// The day of the latest order, counted from the calendar's first; asked for as days before
    /// the as-of date.
    LatestDay {
        /// The yardstick.
        as_of: Day,
    },
}

/// Keys from `low` to `high`, both included; none when `low > high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyRange {
    /// First key that is in.
    pub low: u32,
    /// Last key that is in, below [`UNKNOWN`].
    pub high: u32,
}

impl KeyRange {
    /// No value at all.
    pub const EMPTY: KeyRange = KeyRange { low: 1, high: 0 };

    /// Whether no key is in.
    pub fn is_empty(self) -> bool {
        self.low > self.high
    }

    /// Whether a key is in.
    pub fn contains(self, key: u32) -> bool {
        self.low <= key && key <= self.high
    }
}

/// The key of a day.
pub fn day_key(day: i32) -> u32 {
    day.wrapping_sub(Day::MIN.number()) as u32
}

impl Column {
    /// The keys of whole numbers from `min` to `max`.
    pub fn whole_range(min: Option<u32>, max: Option<u32>) -> KeyRange {
        KeyRange { low: min.unwrap_or(0), high: max.unwrap_or(UNKNOWN - 1) }
    }

    /// The keys of minor units from `min` to `max`.
    pub fn minor_range(&self, min: Option<u64>, max: Option<u64>) -> KeyRange {
        let (min, max) = (min.unwrap_or(0), max.unwrap_or(u64::MAX));
        match &self.meaning {
            Meaning::MinorRanks(_, table) => between(
                table.partition_point(|minor| *minor < min),
                table.partition_point(|minor| *minor <= max),
            ),
            _ if min >= u64::from(UNKNOWN) => KeyRange::EMPTY,
            _ => KeyRange { low: min as u32, high: max.min(u64::from(UNKNOWN - 1)) as u32 },
        }
    }

    /// The keys of kilometres from `min` to `max`.
    pub fn kilometre_range(&self, min: Option<f64>, max: Option<f64>) -> KeyRange {
        let Meaning::KilometreRanks(table) = &self.meaning else { return KeyRange::EMPTY };
        let low = min.map_or(0, |min| table.partition_point(|km| *km < min));
        let high = max.map_or(table.len(), |max| table.partition_point(|km| *km <= max));
        between(low, high)
    }
}

/// Positions from `low` up to, but not with, `end`.
fn between(low: usize, end: usize) -> KeyRange {
    if low < end { KeyRange { low: low as u32, high: end as u32 - 1 } } else { KeyRange::EMPTY }
}
