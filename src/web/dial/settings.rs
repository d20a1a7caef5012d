//! Between a filter's setting and the two bounds that a dial and its fields show.

use crate::view::{
    Basis, Days, Filter, FilterKind, LastPurchase, LastPurchaseRule, MoneyRange, NumberRange,
    Purchases, WholeRange,
};

/// The largest whole number that a filter takes.
pub const MOST_WHOLE: f64 = 1e6;
/// The largest number that a distance or a revenue takes.
pub const MOST: f64 = 1e9;

/// Two bounds, both inclusive; an absent one is open.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    /// The lower.
    pub min: Option<f64>,
    /// The upper.
    pub max: Option<f64>,
}

impl Bounds {
    /// Whether there is neither.
    pub fn are_open(self) -> bool {
        self.min.is_none() && self.max.is_none()
    }

    /// Whether the lower lies above the upper.
    pub fn are_upside_down(self) -> bool {
        matches!((self.min, self.max), (Some(min), Some(max)) if min > max)
    }
}

/// Whether a filter's bounds are whole numbers.
pub fn is_whole(kind: FilterKind) -> bool {
    !matches!(kind, FilterKind::DistanceKm | FilterKind::Revenue)
}

/// Whether a filter counts tickets, so that it may say which.
pub fn counts_tickets(kind: FilterKind) -> bool {
    kind.is_numeric() && kind != FilterKind::DistanceKm
}

/// The bounds of a setting; open where it has none. Purchases without both ask for at least one.
pub fn bounds_of(filter: Option<Filter>) -> Bounds {
    let whole = |min: Option<u32>, max: Option<u32>| Bounds {
        min: min.map(f64::from),
        max: max.map(f64::from),
    };
    match filter {
        Some(Filter::DistanceKm(range)) => Bounds { min: range.min, max: range.max },
        Some(Filter::Revenue(range)) => Bounds { min: range.min, max: range.max },
        Some(
            Filter::Orders(range)
            | Filter::Tickets(range)
            | Filter::Events(range)
            | Filter::Impulsive(range)
            | Filter::TicketsPerOrder(range),
        ) => whole(range.min, range.max),
        Some(Filter::Purchases(purchases)) if purchases.max.is_none() => {
            whole(Some(purchases.least()), None)
        }
        Some(Filter::Purchases(purchases)) => whole(purchases.min, purchases.max),
        _ => Bounds::default(),
    }
}

/// The setting of a filter with these bounds; `None` where it would ask nothing. `days` are for
/// purchases alone.
pub fn with_bounds(
    kind: FilterKind,
    bounds: Bounds,
    days: Days,
    over: Option<Basis>,
) -> Option<Filter> {
    let asks_days = kind == FilterKind::Purchases && days != Days::default();
    if bounds.are_open() && !asks_days {
        return None;
    }
    let whole = |bound: Option<f64>| bound.map(|bound| bound.clamp(0.0, MOST_WHOLE) as u32);
    let Bounds { min, max } = bounds;
    let range = WholeRange { min: whole(min), max: whole(max), over };
    Some(match kind {
        FilterKind::DistanceKm => Filter::DistanceKm(NumberRange { min, max }),
        FilterKind::Revenue => Filter::Revenue(MoneyRange { min, max, over }),
        FilterKind::Orders => Filter::Orders(range),
        FilterKind::Tickets => Filter::Tickets(range),
        FilterKind::Events => Filter::Events(range),
        FilterKind::Impulsive => Filter::Impulsive(range),
        FilterKind::TicketsPerOrder => Filter::TicketsPerOrder(range),
        FilterKind::Purchases => {
            Filter::Purchases(Purchases { days, min: range.min, max: range.max, over })
        }
        FilterKind::Gender
        | FilterKind::SalesType
        | FilterKind::Subscription
        | FilterKind::LastPurchase => return None,
    })
}

/// The days between which purchases are counted.
pub fn days_of(filter: Option<Filter>) -> Days {
    match filter {
        Some(Filter::Purchases(purchases)) => purchases.days,
        _ => Days::default(),
    }
}

/// The same setting, counting over something else.
pub fn with_basis(filter: Filter, over: Option<Basis>) -> Filter {
    match filter {
        Filter::Revenue(range) => Filter::Revenue(MoneyRange { over, ..range }),
        Filter::Orders(range) => Filter::Orders(WholeRange { over, ..range }),
        Filter::Tickets(range) => Filter::Tickets(WholeRange { over, ..range }),
        Filter::Events(range) => Filter::Events(WholeRange { over, ..range }),
        Filter::Impulsive(range) => Filter::Impulsive(WholeRange { over, ..range }),
        Filter::TicketsPerOrder(range) => Filter::TicketsPerOrder(WholeRange { over, ..range }),
        Filter::LastPurchase(last) => Filter::LastPurchase(LastPurchase { over, ..last }),
        Filter::Purchases(purchases) => Filter::Purchases(Purchases { over, ..purchases }),
        Filter::DistanceKm(_)
        | Filter::Gender(_)
        | Filter::SalesType(_)
        | Filter::Subscription(_) => filter,
    }
}

/// How the days since the latest order are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LastMode {
    /// At most.
    #[default]
    Within,
    /// That many.
    Exactly,
    /// More than.
    NotWithin,
}

impl LastMode {
    /// In the order they are offered.
    pub const ALL: [LastMode; 3] = [LastMode::Within, LastMode::Exactly, LastMode::NotWithin];

    /// The rule of this mode for a number of days.
    pub fn rule(self, days: u32) -> LastPurchaseRule {
        match self {
            LastMode::Within => LastPurchaseRule::Within(days),
            LastMode::Exactly => LastPurchaseRule::Exactly(days),
            LastMode::NotWithin => LastPurchaseRule::NotWithin(days),
        }
    }

    /// The bars from which a handle at this position takes customers, on a dial that ends there.
    pub fn shade(self, at: f64, end: f64) -> (f64, f64) {
        match self {
            LastMode::Within => (0.0, at),
            LastMode::Exactly => (at.floor(), at.floor() + 1.0),
            LastMode::NotWithin => (at, end),
        }
    }

    /// The mode and the days of a setting.
    pub fn of(filter: Option<Filter>) -> Option<(LastMode, u32)> {
        let Some(Filter::LastPurchase(last)) = filter else { return None };
        Some(match last.rule {
            LastPurchaseRule::Within(days) => (LastMode::Within, days),
            LastPurchaseRule::Exactly(days) => (LastMode::Exactly, days),
            LastPurchaseRule::NotWithin(days) => (LastMode::NotWithin, days),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Day;

    const RANGES: [FilterKind; 8] = [
        FilterKind::DistanceKm,
        FilterKind::Revenue,
        FilterKind::Orders,
        FilterKind::Tickets,
        FilterKind::Events,
        FilterKind::Impulsive,
        FilterKind::TicketsPerOrder,
        FilterKind::Purchases,
    ];

    #[test]
    fn a_setting_has_the_bounds_it_was_made_of() {
        let all = [(Some(2.0), Some(9.0)), (Some(2.0), None), (None, Some(9.0))];
        for kind in RANGES {
            for (min, max) in all {
                let bounds = Bounds { min, max };
                let filter = with_bounds(kind, bounds, Days::default(), Some(Basis::History));
                assert_eq!(filter.map(|filter| filter.kind()), Some(kind));
                assert_eq!(bounds_of(filter), bounds, "{kind:?}");
            }
        }
    }

    #[test]
    fn bounds_that_ask_nothing_are_no_condition() {
        for kind in RANGES {
            assert_eq!(with_bounds(kind, Bounds::default(), Days::default(), None), None);
        }
    }

    #[test]
    fn days_alone_ask_for_a_purchase_in_them() {
        let days = Days { from: Day::from_ymd(2026, 1, 1), to: None };
        let filter = with_bounds(FilterKind::Purchases, Bounds::default(), days, None);
        assert_eq!(bounds_of(filter), Bounds { min: Some(1.0), max: None });
        assert_eq!(days_of(filter), days);
    }

    #[test]
    fn every_filter_that_counts_tickets_can_say_which() {
        for kind in FilterKind::ALL.into_iter().filter(|kind| counts_tickets(*kind)) {
            let mut filters = crate::view::Filters::default();
            filters.set(with_basis(Filter::open(kind), Some(Basis::History)));
            assert_eq!(filters.basis(kind), Some(Basis::History), "{kind:?}");
        }
    }
}
