//! What is asked: a segment, seen in a mode, through filters.
//!
//! [`parse()`] checks the JSON document, [`to_json`] writes it back and [`sentence`] says it in words.

mod error;
mod fields;
mod filters;
mod json;
pub mod money;
mod parse;
pub mod sentence;
mod types;
mod write;

pub use error::{ViewError, ViewErrors};
pub use parse::{
    MAX_BYTES, VERSION, parse, parse_consents, parse_filter, parse_flags, parse_mode, parse_segment,
};
pub use types::{
    Basis, Days, DaysBack, EventSelection, Filter, FilterKind, Filters, Genders, LastPurchase,
    LastPurchaseRule, Match, MemberRule, Mode, MoneyRange, NumberRange, People, Purchases,
    SalesType, SalesTypes, Segment, Subscription, View, WholeRange,
};
pub use write::{Document, to_json, to_pretty_json};
