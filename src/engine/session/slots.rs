//! What is applied: the active filters and the rules on consents and flags, each in its slot.

use super::super::attributes::orders_between;
use super::super::bits::RowBits;
use super::super::column::{Column, KeyRange};
use super::super::condition::{Condition, Values, attribute_values, condition, members_accepted};
use super::super::tally::{Tally, tally};
use super::Session;
use super::index::SortedRows;
use crate::view::{Basis, Days, Filter, FilterKind, View};

/// Slots of the mask: the twelve filters, then these two.
pub const CONSENTS: usize = FilterKind::COUNT;
/// The rule on flags.
pub const FLAGS: usize = FilterKind::COUNT + 1;
/// How many there are.
pub const SLOTS: usize = FilterKind::COUNT + 2;

/// A step that touches fewer than one in this many customers is taken one by one; above it,
/// selecting and tallying everybody is faster.
const ONE_BY_ONE: usize = 25;

/// The same while histograms are kept, which cost more to count anew.
const ONE_BY_ONE_WITH_BINS: usize = 8;

/// A change of more than one in this many of the audience counts histograms anew.
const ANEW: u32 = 4;

/// A filter, or the rule on consents or flags, that is applied.
#[derive(Debug)]
pub struct Slot {
    /// What it looks at and accepts; the rules on consents and flags name rows directly.
    by_value: Option<(Values, Condition)>,
    /// Who of the audience passes.
    pub passing: RowBits,
    /// How many that are.
    pub matching: u32,
    /// Customers of the audience without a value.
    pub unknown: u32,
    /// Made when a range moves for the second time: the first may be the only one.
    index: Option<SortedRows>,
    moves: u32,
}

/// What decides which values a filter looks at: its basis, and the days between which orders
/// count.
pub type LookedAt = (Basis, Option<Days>);

/// Which values a filter of a view looks at.
pub fn looked_at(view: &View, kind: FilterKind) -> LookedAt {
    let days = match view.filters.get(kind) {
        Some(Filter::Purchases(purchases)) => Some(purchases.days),
        _ => None,
    };
    (view.basis_of(kind), days)
}

impl Slot {
    /// What was by the old values can no longer be moved, only replaced.
    fn look_elsewhere(&mut self) {
        self.by_value = None;
        self.index = None;
    }
}

impl Session {
    /// Which values a filter looks at.
    pub(super) fn looked_at(&self, kind: FilterKind) -> LookedAt {
        looked_at(&self.view, kind)
    }

    /// One filter's setting, muting or basis changed; `before` are the values it looked at.
    pub(super) fn refilter(&mut self, kind: FilterKind, before: LookedAt) {
        let at = kind.index();
        if before != self.looked_at(kind) {
            self.live.forget_bins(at);
            self.slots[at].iter_mut().for_each(Slot::look_elsewhere);
        }
        if self.slots[at].is_none() && self.active(kind).is_none() {
            return;
        }
        let decimals = self.snapshot.facts().venue.decimals;
        let moved = match (&self.active(kind), &self.slots[at]) {
            (Some(filter), Some(Slot { by_value: Some((values, before)), .. })) => {
                Some((*before, condition(filter, values, self.as_of, decimals)))
            }
            _ => None,
        };
        match moved {
            Some((before, after)) if before == after => {}
            Some((Condition::Range(before), Condition::Range(after))) => {
                if !self.step(at, before, after) {
                    self.replace(at);
                }
            }
            _ => self.replace(at),
        }
    }

    /// Selects and counts a slot's rows anew.
    pub(super) fn replace(&mut self, at: usize) {
        let slot = match FilterKind::ALL.get(at) {
            Some(kind) => self.filter_slot(*kind),
            None => self.rule_slot(at),
        };
        if self.live.has_bins() {
            self.settle();
            self.exchange(at, slot);
        } else {
            self.carry_over(at, slot);
            self.live.outdate(at);
            self.recount();
        }
    }

    /// Takes the new slot's differences one by one, so that histograms follow; where they are a
    /// large part of everybody, counts everything anew.
    fn exchange(&mut self, at: usize, slot: Option<Slot>) {
        let rows_of = |slot: &Option<Slot>| match slot {
            Some(slot) => slot.passing.clone(),
            None => self.audience.clone(),
        };
        let (old, new) = (rows_of(&self.slots[at]), rows_of(&slot));
        if old.count_different(&new) > self.audience_count / ANEW {
            self.carry_over(at, slot);
            self.live.outdate(at);
            let tally = self.recount();
            self.recount_bins(&tally, |_| true);
        } else {
            self.live.exchange(at, &old, &new, self.snapshot.profiles());
            self.carry_over(at, slot);
        }
    }

    /// Puts a slot in place of another; an index over the same values stays good.
    fn carry_over(&mut self, at: usize, mut slot: Option<Slot>) {
        if let (Some(old), Some(new)) = (self.slots[at].take(), &mut slot) {
            let same_values = match (&old.by_value, &new.by_value) {
                (Some((old, _)), Some((new, _))) => old.are(new),
                _ => false,
            };
            if same_values {
                new.index = old.index;
                new.moves = old.moves + 1;
            }
        }
        self.slots[at] = slot;
    }

    /// Moves a range by looking only at the customers between its old and its new ends. False,
    /// and nothing done, where those are so many that selecting anew is faster.
    fn step(&mut self, at: usize, before: KeyRange, after: KeyRange) -> bool {
        let Some(Slot { by_value: Some((Values::Keys(column), _)), index, moves, .. }) =
            &mut self.slots[at]
        else {
            return false;
        };
        if index.is_none() && *moves > 0 {
            *index = Some(SortedRows::of(&column.keys, &self.audience));
        }
        let Some(index) = index else { return false };
        let step = index.step(&column.keys, before, after);
        let one_by_one = if self.live.has_bins() { ONE_BY_ONE_WITH_BINS } else { ONE_BY_ONE };
        if step.len() * one_by_one > column.keys.len() {
            return false;
        }
        self.settle();
        let profiles = self.snapshot.profiles();
        let Some(slot) = &mut self.slots[at] else { return false };
        let Some(index) = &slot.index else { return false };
        for row in index.rows(&step.leaving) {
            slot.passing.toggle(row);
            self.live.fail(row, at, profiles);
        }
        for row in index.rows(&step.entering) {
            slot.passing.toggle(row);
            self.live.pass(row, at, profiles);
        }
        slot.matching = slot.matching - step.leaving.len() as u32 + step.entering.len() as u32;
        if let Some((_, condition)) = &mut slot.by_value {
            *condition = Condition::Range(after);
        }
        true
    }

    /// Counts anew from all slots.
    pub(super) fn recount(&mut self) -> Tally {
        let (positions, tally) = self.tally();
        self.live.only = [0; SLOTS];
        for (at, only) in positions.into_iter().zip(&tally.only) {
            self.live.only[at] = *only;
        }
        self.live.total = tally.result.count();
        let members = self.snapshot.members().iter();
        self.live.members = members.map(|set| set.count_in(&tally.result)).collect();
        tally
    }

    /// The slots that are applied, and their tally.
    pub(super) fn tally(&self) -> (Vec<usize>, Tally) {
        let slots = self.slots.iter().enumerate();
        let applied = slots.filter_map(|(at, slot)| Some((at, &slot.as_ref()?.passing)));
        let (positions, passing): (Vec<usize>, Vec<&RowBits>) = applied.unzip();
        (positions, tally(&self.audience, &passing))
    }

    /// Brings the masks up to date with the slots.
    pub(super) fn settle(&mut self) {
        for at in 0..SLOTS {
            if self.live.is_outdated(at) {
                let passing = self.slots[at].as_ref().map(|slot| &slot.passing);
                self.live.settle(at, &self.audience, passing);
            }
        }
    }

    /// The setting of a filter that is applied.
    fn active(&self, kind: FilterKind) -> Option<Filter> {
        self.view.is_active(kind).then(|| self.view.filters.get(kind)).flatten()
    }

    /// A filter's slot, everything selected and counted; `None` for a filter not applied.
    pub(super) fn filter_slot(&mut self, kind: FilterKind) -> Option<Slot> {
        let filter = self.active(kind)?;
        let values = self.values(&filter, kind);
        let decimals = self.snapshot.facts().venue.decimals;
        let condition = condition(&filter, &values, self.as_of, decimals);
        let passing = values.select(condition, &self.audience);
        // Who has no value does not depend on the setting: a slot over the same values knows.
        let unknown = match &self.slots[kind.index()] {
            Some(Slot { by_value: Some((known, _)), unknown, .. }) if known.are(&values) => {
                *unknown
            }
            _ => values.count_unknown(&self.audience),
        };
        Some(Slot {
            matching: passing.count(),
            by_value: Some((values, condition)),
            passing,
            unknown,
            index: None,
            moves: 0,
        })
    }

    /// The slot of the rule on consents or flags; `None` when it asks nothing.
    pub(super) fn rule_slot(&self, at: usize) -> Option<Slot> {
        let facts = self.snapshot.facts();
        let (consents, flags) = self.snapshot.members().split_at(facts.consents.len());
        let (rule, defined, members) = if at == CONSENTS {
            (&self.view.consents, facts.consents.as_slice(), consents)
        } else {
            (&self.view.flags, self.snapshot.flags(), flags)
        };
        let passing = members_accepted(rule, defined, members, &self.audience)?;
        let matching = passing.count();
        Some(Slot { by_value: None, passing, matching, unknown: 0, index: None, moves: 0 })
    }

    /// The values a filter looks at, applied or not.
    pub(super) fn values_of(&mut self, kind: FilterKind) -> Values {
        let filter = self.view.filters.get(kind).unwrap_or(Filter::open(kind));
        self.values(&filter, kind)
    }

    fn values(&mut self, filter: &Filter, kind: FilterKind) -> Values {
        let basis = self.view.basis_of(kind);
        let attributes = match basis {
            Basis::Scope => &self.attributes,
            Basis::History => self.snapshot.history(),
        };
        match filter {
            Filter::DistanceKm(_) => Values::Keys(self.snapshot.distances().clone()),
            Filter::Gender(_) => {
                Values::Codes { codes: self.snapshot.genders().clone(), unknown: None }
            }
            Filter::Purchases(purchases) if purchases.days == Days::default() => {
                Values::Keys(attributes.orders.clone())
            }
            Filter::Purchases(purchases) => {
                Values::Keys(self.purchases_between(basis, purchases.days))
            }
            _ => attribute_values(filter, attributes, self.as_of)
                .expect("the filters that are no attribute were answered above"),
        }
    }

    /// Orders of each customer in a span of days; the last answer is kept.
    fn purchases_between(&mut self, basis: Basis, days: Days) -> Column {
        if let Some((known_basis, known_days, column)) = &self.purchases
            && (*known_basis, *known_days) == (basis, days)
        {
            return column.clone();
        }
        let selected = (basis == Basis::Scope).then_some(self.scope.selected.as_slice());
        let column = orders_between(self.snapshot.facts(), selected, days);
        self.purchases = Some((basis, days, column.clone()));
        column
    }
}
