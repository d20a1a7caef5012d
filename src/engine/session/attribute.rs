//! What one attribute says of single customers, as lists show it.

use super::super::column::{Column, Meaning, UNKNOWN};
use super::super::condition::Values;
use super::Session;
use super::explain::choice_name;
use crate::model::{Day, Row};
use crate::view::FilterKind;

/// One attribute of every customer, as a view looks at it.
#[derive(Debug, Clone)]
pub struct Attribute {
    kind: FilterKind,
    values: Values,
}

/// One customer's attribute, as a list shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ListedValue {
    /// Nothing is known.
    Unknown,
    /// A number of orders, tickets, events or days.
    Whole(u32),
    /// Money, in minor units.
    Minor(u64),
    /// A distance.
    Kilometres(f64),
    /// The day of the latest order, which is what *last purchase* counts from.
    Day(Day),
    /// A choice as the view's document names it: `f`, `online`, `subscriber`.
    Choice(&'static str),
}

impl Attribute {
    /// Which one.
    pub fn kind(&self) -> FilterKind {
        self.kind
    }

    /// What it says of one customer.
    pub fn of(&self, row: Row) -> ListedValue {
        match &self.values {
            Values::Keys(column) => number(column, column.keys[row as usize]),
            Values::Codes { codes, .. } => choice_name(self.kind, codes[row as usize])
                .map_or(ListedValue::Unknown, ListedValue::Choice),
        }
    }
}

fn number(column: &Column, key: u32) -> ListedValue {
    if key == UNKNOWN && !column.is_always_known {
        return ListedValue::Unknown;
    }
    match &column.meaning {
        Meaning::Whole => ListedValue::Whole(key),
        Meaning::Minor(_) => ListedValue::Minor(key.into()),
        Meaning::MinorRanks(_, table) => ListedValue::Minor(table[key as usize]),
        Meaning::KilometreRanks(table) => ListedValue::Kilometres(table[key as usize]),
        Meaning::LatestDay { .. } => {
            let day = Day::from_number(Day::MIN.number() + key as i32);
            day.map_or(ListedValue::Unknown, ListedValue::Day)
        }
    }
}

impl Session {
    /// One attribute of every customer as the view looks at it: over the tickets that its filter
    /// counts (the filter's own `over`, set or muted, else the view's `count_over`), and for
    /// `purchases` between the filter's days. Nothing is copied; only `purchases` may have to be
    /// counted. The answer does not follow later changes of the view.
    pub fn attribute(&mut self, kind: FilterKind) -> Attribute {
        Attribute { kind, values: self.values_of(kind) }
    }
}
