//! What a list says of each customer of the view.

use std::borrow::Cow;
use std::sync::{Arc, Weak};

use super::Session;
use crate::engine::attributes::Attributes;
use crate::engine::column::{Column, Meaning};
use crate::engine::snapshot::Snapshot;
use crate::view::{Basis, FilterKind};

/// The numbers of each customer, each counted as its filter counts.
#[derive(Debug, Clone)]
pub struct ListedNumbers {
    snapshot: Arc<Snapshot>,
    counted: Vec<Arc<Attributes>>,
}

/// One number of each customer, an entry a row.
#[derive(Debug, Clone)]
pub struct ListedColumn<'a> {
    /// Ascending with the number; the largest of all stands for no value.
    pub keys: Cow<'a, [u32]>,
    /// What the keys stand for, by position; where there is none they are the numbers themselves:
    /// minor units of money, days from [`crate::model::Day::MIN`] on.
    pub table: Option<Vec<f64>>,
}

/// Tells which numbers somebody has already, without keeping them.
#[derive(Debug, Clone, Default)]
pub struct ListedMark(Vec<Weak<Attributes>>);

impl ListedNumbers {
    /// The columns that depend on what is counted.
    const COUNTED: [FilterKind; 7] = [
        FilterKind::Orders,
        FilterKind::Tickets,
        FilterKind::Events,
        FilterKind::Revenue,
        FilterKind::LastPurchase,
        FilterKind::Impulsive,
        FilterKind::TicketsPerOrder,
    ];

    /// Marks these numbers.
    pub fn mark(&self) -> ListedMark {
        ListedMark(self.counted.iter().map(Arc::downgrade).collect())
    }

    /// The columns that are not those that were marked; all with an empty mark. The distance,
    /// which never changes, is not among them.
    pub fn changed(&self, since: &ListedMark) -> impl Iterator<Item = FilterKind> {
        // As long as a mark lives, no other numbers come to the same address.
        let is_same = |at: usize| {
            since.0.get(at).is_some_and(|had| had.as_ptr() == Arc::as_ptr(&self.counted[at]))
        };
        let changed: Vec<FilterKind> = (0..ListedNumbers::COUNTED.len())
            .filter(|at| !is_same(*at))
            .map(|at| ListedNumbers::COUNTED[at])
            .collect();
        changed.into_iter()
    }

    /// A column that is counted, or the distance; no other filter has numbers here. Costs nothing
    /// but the copy of a table.
    pub fn column(&self, kind: FilterKind) -> Option<ListedColumn<'_>> {
        if kind == FilterKind::DistanceKm {
            return Some(listed(self.snapshot.distances()));
        }
        let at = ListedNumbers::COUNTED.iter().position(|counted| *counted == kind)?;
        let counted = &self.counted[at];
        Some(match kind {
            FilterKind::Orders => listed(&counted.orders),
            FilterKind::Tickets => listed(&counted.tickets),
            FilterKind::Events => listed(&counted.events),
            FilterKind::Revenue => listed(&counted.revenue),
            FilterKind::Impulsive => listed(&counted.impulsive),
            FilterKind::TicketsPerOrder => listed(&counted.tickets_per_order),
            _ => ListedColumn { keys: Cow::Borrowed(counted.latest_day.as_slice()), table: None },
        })
    }
}

fn listed(column: &Column) -> ListedColumn<'_> {
    let Column { keys, meaning, .. } = column;
    let table = match meaning {
        Meaning::MinorRanks(_, table) => Some(table.iter().map(|minor| *minor as f64).collect()),
        Meaning::KilometreRanks(table) => Some(table.to_vec()),
        _ => None,
    };
    ListedColumn { keys: Cow::Borrowed(keys.as_slice()), table }
}

impl Session {
    /// The numbers of each customer, each as its filter counts it, or would: over the events in
    /// scope, or over the whole history.
    pub fn listed_numbers(&self) -> ListedNumbers {
        let counted = ListedNumbers::COUNTED.map(|kind| match self.view.basis_of(kind) {
            Basis::Scope => Arc::clone(&self.attributes),
            Basis::History => Arc::clone(self.snapshot.history()),
        });
        ListedNumbers { snapshot: Arc::clone(&self.snapshot), counted: counted.to_vec() }
    }
}
