//! What is asked: a segment, seen in a mode, through filters.

pub mod money;
mod types;

pub use types::{
    Basis, Days, DaysBack, EventSelection, Filter, FilterKind, Filters, Genders, LastPurchase,
    LastPurchaseRule, Match, MemberRule, Mode, MoneyRange, NumberRange, People, Purchases,
    SalesType, SalesTypes, Segment, Subscription, View, WholeRange,
};
