//! What an active filter accepts, in the terms of its column.

use std::sync::Arc;

use super::attributes::{Attributes, NO_SALES, sales_code};
use super::bits::RowBits;
use super::column::{Column, KeyRange, UNKNOWN, day_key};
use super::lanes;
use super::scope::member_at;
use super::snapshot::{MemberBits, gender_code};
use crate::model::{Day, Decimals, Gender, Membership};
use crate::view::{Filter, LastPurchaseRule, Match, MemberRule, SalesType, Subscription, money};

/// The values that one filter looks at, an entry a customer row.
#[derive(Debug, Clone)]
pub enum Values {
    /// A number, as ordered keys.
    Keys(Column),
    /// One of a few choices, as codes below 8; `unknown` is the code of no value.
    Codes {
        /// One a row.
        codes: Arc<Vec<u8>>,
        /// The code that no setting accepts, if the attribute can be unknown.
        unknown: Option<u8>,
    },
}

/// Which values are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Keys of a range.
    Range(KeyRange),
    /// Codes whose bit is set.
    Choice(u8),
}

impl Values {
    /// Whether these are the very same values, at the same place.
    pub fn are(&self, other: &Values) -> bool {
        match (self, other) {
            (Values::Keys(one), Values::Keys(other)) => Arc::ptr_eq(&one.keys, &other.keys),
            (Values::Codes { codes: one, .. }, Values::Codes { codes: other, .. }) => {
                Arc::ptr_eq(one, other)
            }
            _ => false,
        }
    }

    /// The rows of `among` whose value is accepted.
    pub fn select(&self, condition: Condition, among: &RowBits) -> RowBits {
        let mut bits = among.clone();
        match (self, condition) {
            (Values::Keys(column), Condition::Range(range)) if !range.is_empty() => {
                lanes::keys_within(
                    &column.keys,
                    range.low,
                    range.high - range.low,
                    bits.words_mut(),
                );
            }
            (Values::Codes { codes, .. }, Condition::Choice(accepted)) => {
                lanes::codes_within(codes, accepted, bits.words_mut());
            }
            _ => bits.words_mut().fill(0),
        }
        bits.keep(among);
        bits
    }

    /// How many of `among` have no value.
    pub fn count_unknown(&self, among: &RowBits) -> u32 {
        let unknown = match self {
            Values::Keys(column) if column.is_always_known => return 0,
            Values::Keys(_) => Condition::Range(KeyRange { low: UNKNOWN, high: UNKNOWN }),
            Values::Codes { unknown: Some(code), .. } => Condition::Choice(1 << code),
            Values::Codes { unknown: None, .. } => return 0,
        };
        self.select(unknown, among).count()
    }
}

/// Where a filter finds its values: in the attributes of its basis, or in the snapshot.
pub fn attribute_values(filter: &Filter, attributes: &Attributes, as_of: Day) -> Option<Values> {
    let column = match filter {
        Filter::Revenue(_) => attributes.revenue.clone(),
        Filter::Orders(_) => attributes.orders.clone(),
        Filter::LastPurchase(_) => Column {
            keys: attributes.latest_day.clone(),
            meaning: super::column::Meaning::LatestDay { as_of },
            is_always_known: false,
        },
        Filter::Tickets(_) => attributes.tickets.clone(),
        Filter::Events(_) => attributes.events.clone(),
        Filter::Impulsive(_) => attributes.impulsive.clone(),
        Filter::TicketsPerOrder(_) => attributes.tickets_per_order.clone(),
        Filter::SalesType(_) => {
            let codes = attributes.sales_types.clone();
            return Some(Values::Codes { codes, unknown: Some(NO_SALES) });
        }
        Filter::Subscription(_) => {
            return Some(Values::Codes { codes: attributes.subscribers.clone(), unknown: None });
        }
        Filter::DistanceKm(_) | Filter::Gender(_) | Filter::Purchases(_) => return None,
    };
    Some(Values::Keys(column))
}

/// What a setting accepts of the values it looks at.
pub fn condition(filter: &Filter, values: &Values, as_of: Day, decimals: Decimals) -> Condition {
    match (filter, values) {
        (Filter::DistanceKm(range), Values::Keys(column)) => {
            Condition::Range(column.kilometre_range(range.min, range.max))
        }
        (Filter::Revenue(range), Values::Keys(column)) => {
            let min = range.min.map(|bound| money::min_minor(bound, decimals));
            let max = range.max.map(|bound| money::max_minor(bound, decimals));
            Condition::Range(column.minor_range(min, max))
        }
        (
            Filter::Orders(range)
            | Filter::Tickets(range)
            | Filter::Events(range)
            | Filter::Impulsive(range)
            | Filter::TicketsPerOrder(range),
            _,
        ) => Condition::Range(Column::whole_range(range.min, range.max)),
        (Filter::Purchases(purchases), _) => {
            Condition::Range(Column::whole_range(Some(purchases.least()), purchases.max))
        }
        (Filter::LastPurchase(rule), _) => Condition::Range(latest_days(rule.rule, as_of)),
        (Filter::Gender(genders), _) => Condition::Choice(
            [Gender::Woman, Gender::Man, Gender::Unknown]
                .into_iter()
                .map(|gender| u8::from(genders.accept(gender)) << gender_code(gender))
                .sum(),
        ),
        (Filter::SalesType(types), _) => Condition::Choice(
            [SalesType::Online, SalesType::BoxOffice, SalesType::Both]
                .into_iter()
                .map(|sales_type| u8::from(types.accept(sales_type)) << sales_code(sales_type))
                .sum(),
        ),
        (Filter::Subscription(Subscription::Subscriber), _) => Condition::Choice(0b10),
        (Filter::Subscription(Subscription::Regular), _) => Condition::Choice(0b01),
        _ => Condition::Range(KeyRange::EMPTY),
    }
}

/// The latest days that a rule on the days since accepts; days after `as_of` count as 0 ago.
fn latest_days(rule: LastPurchaseRule, as_of: Day) -> KeyRange {
    let ago = |days: u32| i64::from(day_key(as_of.number())) - i64::from(days);
    let range = |low: i64, high: i64| {
        if high < 0 {
            KeyRange::EMPTY
        } else {
            KeyRange { low: low.max(0) as u32, high: high.min(i64::from(UNKNOWN - 1)) as u32 }
        }
    };
    let last = i64::from(UNKNOWN - 1);
    match rule {
        LastPurchaseRule::Within(days) => range(ago(days), last),
        LastPurchaseRule::Exactly(0) => range(ago(0), last),
        LastPurchaseRule::Exactly(days) => range(ago(days), ago(days)),
        LastPurchaseRule::NotWithin(days) => range(0, ago(days) - 1),
    }
}

/// The rows of `among` that a rule on consents or flags accepts; `None` when it asks nothing.
/// `members` are the sets that `defined` defines, in its order.
pub fn members_accepted(
    rule: &MemberRule,
    defined: &[Membership],
    members: &[MemberBits],
    among: &RowBits,
) -> Option<RowBits> {
    if rule.ask_nothing() {
        return None;
    }
    let of = |id: &String| member_at(defined, id).map(|at| &members[at]);
    let mut accepted = among.clone();
    match rule.matching {
        Match::All => {
            for included in &rule.include {
                match of(included) {
                    Some(set) => set.keep_in(&mut accepted),
                    None => accepted.words_mut().fill(0),
                }
            }
        }
        Match::Any if rule.include.is_empty() => {}
        Match::Any => {
            let mut any = among.clone();
            any.words_mut().fill(0);
            for set in rule.include.iter().filter_map(of) {
                set.add_to(&mut any);
            }
            accepted.keep(&any);
        }
    }
    for set in rule.exclude.iter().filter_map(of) {
        set.remove_from(&mut accepted);
    }
    Some(accepted)
}
