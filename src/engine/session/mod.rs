//! A view held open: each change is answered in proportion to what it changes.
//!
//! Every customer has a mask with a bit for each filter that they fail; the result is who fails
//! nothing, and a filter's own count is who fails nothing or only that filter. A small step of a
//! range looks at the customers between its old and its new end alone, through an index sorted by
//! value; a jump selects anew and tallies all sets, 64 customers at a time.

mod attribute;
mod explain;
mod histograms;
mod index;
mod listed;
mod live;
mod slots;

use std::sync::Arc;

pub use attribute::{Attribute, ListedValue};
pub use listed::{ListedColumn, ListedMark, ListedNumbers};
use live::Live;
use slots::{CONSENTS, FLAGS, SLOTS, Slot};

use super::attributes::Attributes;
use super::bits::RowBits;
use super::column::Column;
use super::condition::{Condition, Values, condition};
use super::counts::{Counts, FilterCounts, MemberCounts, Reach};
use super::scope::{EventScope, member_at, unknown_ids};
use super::snapshot::Snapshot;
use crate::model::{Day, Membership};
use crate::view::{Basis, Days, Filter, FilterKind, MemberRule, Mode, People, Segment, View};

/// A view over a snapshot, with its counts.
#[derive(Debug)]
pub struct Session {
    snapshot: Arc<Snapshot>,
    as_of: Day,
    view: View,
    scope: EventScope,
    attributes: Arc<Attributes>,
    /// Orders between two days, for the span they were last counted for.
    purchases: Option<(Basis, Days, Column)>,
    segment: u32,
    audience: RowBits,
    audience_count: u32,
    audience_members: Vec<u32>,
    slots: [Option<Slot>; SLOTS],
    live: Live,
    unknown_ids: Vec<String>,
}

impl Session {
    /// Opens a view as of a day.
    pub fn new(snapshot: Arc<Snapshot>, view: View, as_of: Day) -> Session {
        let rows = snapshot.facts().customers.count();
        let mut session = Session {
            as_of,
            scope: EventScope::default(),
            attributes: Arc::new(Attributes::of_nobody()),
            purchases: None,
            segment: 0,
            audience: RowBits::none(rows),
            audience_count: 0,
            audience_members: Vec::new(),
            slots: std::array::from_fn(|_| None),
            live: Live::new(rows, snapshot.members().len()),
            unknown_ids: Vec::new(),
            view,
            snapshot,
        };
        session.count_scope();
        session.reaudience();
        session
    }

    /// The view as it stands.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The yardstick.
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// What is counted.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// The events in scope.
    pub fn scope(&self) -> &EventScope {
        &self.scope
    }

    /// Gives one filter another setting, or takes it away.
    pub fn set_filter(&mut self, kind: FilterKind, filter: Option<Filter>) {
        let before = self.looked_at(kind);
        match filter {
            Some(filter) => self.view.filters.set(filter),
            None => self.view.filters.clear(kind),
        }
        self.refilter(kind, before);
    }

    /// Mutes or unmutes a filter.
    pub fn set_muted(&mut self, kind: FilterKind, muted: bool) {
        self.view.muted.retain(|other| *other != kind);
        if muted {
            self.view.muted.push(kind);
        }
        self.refilter(kind, self.looked_at(kind));
    }

    /// Another segment.
    pub fn set_segment(&mut self, segment: Segment) {
        let counts_as_before = segment.counts_like(&self.view.segment);
        self.view.segment = segment;
        if counts_as_before {
            return;
        }
        self.rescope();
    }

    /// Another mode.
    pub fn set_mode(&mut self, mode: Mode) {
        self.view.mode = mode;
        self.reaudience();
    }

    /// Another rule on consents.
    pub fn set_consents(&mut self, rule: MemberRule) {
        self.view.consents = rule;
        self.note_unknown_ids();
        self.replace(CONSENTS);
    }

    /// Another rule on flags.
    pub fn set_flags(&mut self, rule: MemberRule) {
        self.view.flags = rule;
        self.note_unknown_ids();
        self.replace(FLAGS);
    }

    /// Another view; only what differs is counted anew.
    pub fn set_view(&mut self, view: View) {
        let old = std::mem::replace(&mut self.view, view);
        if !old.segment.counts_like(&self.view.segment) {
            self.rescope();
            return;
        }
        if old.mode != self.view.mode {
            self.reaudience();
            return;
        }
        for kind in FilterKind::ALL {
            let same = old.filters.get(kind) == self.view.filters.get(kind)
                && old.is_active(kind) == self.view.is_active(kind)
                && old.basis_of(kind) == self.view.basis_of(kind);
            if !same {
                self.refilter(kind, slots::looked_at(&old, kind));
            }
        }
        if old.consents != self.view.consents {
            self.note_unknown_ids();
            self.replace(CONSENTS);
        }
        if old.flags != self.view.flags {
            self.note_unknown_ids();
            self.replace(FLAGS);
        }
    }

    /// Another yardstick.
    pub fn set_as_of(&mut self, as_of: Day) {
        self.as_of = as_of;
        self.rescope();
    }

    /// Another state of the flags ([`Snapshot::with_flags`]); only what hangs on flags is counted
    /// anew. Other facts are opened anew altogether.
    pub fn set_snapshot(&mut self, snapshot: Arc<Snapshot>) {
        if !snapshot.shares_facts_with(&self.snapshot) {
            *self = Session::new(snapshot, std::mem::take(&mut self.view), self.as_of);
            return;
        }
        self.snapshot = snapshot;
        let result = self.result();
        let sets = self.snapshot.members().iter();
        self.audience_members = sets.clone().map(|set| set.count_in(&self.audience)).collect();
        // Who comes or goes by the rule on flags is then counted by the sets as they are now.
        self.live.members = sets.map(|set| set.count_in(&result)).collect();
        self.note_unknown_ids();
        self.replace(FLAGS);
    }

    /// All counts as they stand.
    pub fn counts(&self) -> Counts {
        let facts = self.snapshot.facts();
        let filters = FilterKind::ALL.into_iter().filter_map(|kind| {
            let slot = self.slots[kind.index()].as_ref()?;
            let without = self.live.total + self.live.only[kind.index()];
            let counts = FilterCounts { matching: slot.matching, without, unknown: slot.unknown };
            Some((kind, counts))
        });
        let members = |sets: &[Membership], first: usize| {
            let numbered = sets.iter().zip(first..);
            let counts = numbered.map(|(set, at)| {
                let (audience, total) = (self.audience_members[at], self.live.members[at]);
                (set.id.clone(), MemberCounts { audience, total })
            });
            counts.collect()
        };
        Counts {
            as_of: self.as_of,
            segment: self.segment,
            audience: self.audience_count,
            total: self.live.total,
            filters: filters.collect(),
            consents: members(&facts.consents, 0),
            flags: members(self.snapshot.flags(), facts.consents.len()),
            unknown_ids: self.unknown_ids.clone(),
        }
    }

    /// The three numbers of a filter that is not applied, as if it were alone: whom its setting
    /// lets through, or everybody where it has none; what is left without it is the result.
    /// Looks at the whole audience each time.
    pub fn counts_apart(&mut self, kind: FilterKind) -> FilterCounts {
        let values = self.values_of(kind);
        let decimals = self.snapshot.facts().venue.decimals;
        let matching = self.view.filters.get(kind).map_or(self.audience_count, |filter| {
            let condition = condition(&filter, &values, self.as_of, decimals);
            values.select(condition, &self.audience).count()
        });
        let unknown = values.count_unknown(&self.audience);
        FilterCounts { matching, without: self.live.total, unknown }
    }

    /// How many customers the result has.
    pub fn total(&self) -> u32 {
        self.live.total
    }

    /// How many of the result can be written to.
    pub fn reach(&self) -> Reach {
        let facts = self.snapshot.facts();
        let consent = facts.venue.marketing_consent.as_deref();
        Reach {
            with_email: self.live.members[facts.consents.len() + self.snapshot.flags().len()],
            with_consent: consent
                .and_then(|id| member_at(&facts.consents, id))
                .map(|at| self.live.members[at]),
        }
    }

    /// The result's rows.
    pub fn result(&self) -> RowBits {
        let mut result = self.audience.clone();
        for slot in self.slots.iter().flatten() {
            result.keep(&slot.passing);
        }
        result
    }

    /// Ids of the result, ascending by bytes, `count` of them from the `start`th on.
    pub fn ids(&self, start: usize, count: usize) -> Vec<&str> {
        let ids = &self.snapshot.facts().customers.ids;
        let result = self.result();
        let rows = result.iter().skip(start).take(count);
        rows.map(|row| ids.get(row as usize)).collect()
    }

    /// The segment, its events or the yardstick changed.
    fn rescope(&mut self) {
        let catalogue = &self.snapshot.facts().catalogue;
        if EventScope::of_segment(&self.view, catalogue, self.as_of) != self.scope {
            self.count_scope();
        }
        self.reaudience();
    }

    /// Counts the attributes over the events in scope.
    fn count_scope(&mut self) {
        // The old columns go first: at five million customers two sets of them show.
        self.slots = std::array::from_fn(|_| None);
        self.purchases = None;
        self.attributes = Arc::new(Attributes::of_nobody());
        let facts = self.snapshot.facts();
        self.scope = EventScope::of_segment(&self.view, &facts.catalogue, self.as_of);
        self.attributes = if self.scope.selected.contains(&false) {
            Arc::new(Attributes::of(facts, Some(&self.scope.selected)))
        } else {
            Arc::clone(self.snapshot.history())
        };
    }

    /// Whom the segment and the mode leave changed; everything is counted anew.
    fn reaudience(&mut self) {
        let mut audience = self.segment_rows();
        self.segment = audience.count();
        let catalogue = &self.snapshot.facts().catalogue;
        self.leave_out(&EventScope::of_mode(&self.view.mode, catalogue), &mut audience);
        self.audience_count = audience.count();
        let members = self.snapshot.members().iter();
        self.audience_members = members.map(|set| set.count_in(&audience)).collect();
        self.audience = audience;
        self.live.start(&self.audience);
        self.slots = std::array::from_fn(|_| None);
        for kind in FilterKind::ALL {
            self.slots[kind.index()] = self.filter_slot(kind);
        }
        for rule in [CONSENTS, FLAGS] {
            self.slots[rule] = self.rule_slot(rule);
        }
        self.note_unknown_ids();
        self.recount();
    }

    fn segment_rows(&self) -> RowBits {
        let everybody = RowBits::all(self.snapshot.facts().customers.count());
        let mut rows = match self.view.segment.people {
            People::Everyone => everybody,
            People::Buyers => {
                let orders = Values::Keys(self.attributes.orders.clone());
                orders.select(Condition::Range(Column::whole_range(Some(1), None)), &everybody)
            }
        };
        let catalogue = &self.snapshot.facts().catalogue;
        self.leave_out(&EventScope::excluded(&self.view, catalogue, self.as_of), &mut rows);
        rows
    }

    /// Takes everybody with a ticket to these events out.
    fn leave_out(&self, events: &EventScope, rows: &mut RowBits) {
        if events.selected.contains(&true) {
            rows.remove(&self.snapshot.holders().of_any(events.events()));
        }
    }

    fn note_unknown_ids(&mut self) {
        let snapshot = &self.snapshot;
        self.unknown_ids = unknown_ids(&self.view, snapshot.facts(), snapshot.flags());
    }
}
