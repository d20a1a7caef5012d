//! What a filter can be set to.

use serde::{Deserialize, Serialize};

use super::Basis;
use crate::model::{Day, Gender};

/// Real numbers from `min` to `max`, both inclusive; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct NumberRange {
    /// 0 to 1e9.
    pub min: Option<f64>,
    /// 0 to 1e9.
    pub max: Option<f64>,
}

/// Currency units from `min` to `max`, both inclusive; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct MoneyRange {
    /// 0 to 1e9, the double nearest to what was typed.
    pub min: Option<f64>,
    /// 0 to 1e9, the double nearest to what was typed.
    pub max: Option<f64>,
    /// The filter's own word on what it counts over.
    pub over: Option<Basis>,
}

/// Whole numbers from `min` to `max`, both inclusive; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WholeRange {
    /// 0 to 1,000,000.
    pub min: Option<u32>,
    /// 0 to 1,000,000.
    pub max: Option<u32>,
    /// The filter's own word on what it counts over.
    pub over: Option<Basis>,
}

/// Orders whose day lies in a span, counted; without `min` and `max`, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Purchases {
    /// The span of days.
    pub days: Days,
    /// 0 to 1,000,000.
    pub min: Option<u32>,
    /// 0 to 1,000,000.
    pub max: Option<u32>,
    /// The filter's own word on what it counts over.
    pub over: Option<Basis>,
}

impl Purchases {
    /// The smallest number of orders that matches: `min`, or 1 without both ends.
    pub fn least(&self) -> u32 {
        self.min.unwrap_or(u32::from(self.max.is_none()))
    }
}

/// Days from `from` to `to`, both inclusive; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Days {
    /// Not before.
    pub from: Option<Day>,
    /// Not after.
    pub to: Option<Day>,
}

impl Days {
    /// Whether a day lies in the span.
    pub fn contain(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// Genders accepted, never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // A set of three.
pub struct Genders {
    /// `f`
    pub women: bool,
    /// `m`
    pub men: bool,
    /// `u`
    pub unknown: bool,
}

impl Genders {
    /// Whether a gender is accepted.
    pub fn accept(self, gender: Gender) -> bool {
        match gender {
            Gender::Woman => self.women,
            Gender::Man => self.men,
            Gender::Unknown => self.unknown,
        }
    }
}

/// Channels of a customer's orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SalesType {
    /// Online only.
    Online,
    /// Box office only.
    BoxOffice,
    /// Orders of either kind.
    Both,
}

/// Sales types accepted, never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // A set of three.
pub struct SalesTypes {
    /// Online only.
    pub online: bool,
    /// Box office only.
    pub box_office: bool,
    /// Orders of either kind.
    pub both: bool,
}

impl SalesTypes {
    /// Whether a sales type is accepted.
    pub fn accept(self, sales_type: SalesType) -> bool {
        match sales_type {
            SalesType::Online => self.online,
            SalesType::BoxOffice => self.box_office,
            SalesType::Both => self.both,
        }
    }
}

/// Whether somebody holds a subscription ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subscription {
    /// At least one.
    Subscriber,
    /// None.
    Regular,
}

/// Days since the latest order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastPurchase {
    /// What is asked of them.
    pub rule: LastPurchaseRule,
    /// The filter's own word on what it counts over.
    pub over: Option<Basis>,
}

/// What is asked of the days since the latest order; each 0 to 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LastPurchaseRule {
    /// At most that many.
    Within(u32),
    /// That many.
    Exactly(u32),
    /// More than that many.
    NotWithin(u32),
}

impl LastPurchaseRule {
    /// Whether a number of days meets it.
    pub fn accept(self, days: u32) -> bool {
        match self {
            LastPurchaseRule::Within(limit) => days <= limit,
            LastPurchaseRule::Exactly(limit) => days == limit,
            LastPurchaseRule::NotWithin(limit) => days > limit,
        }
    }
}
