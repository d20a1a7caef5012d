//! One customer held against every condition of the view.

use super::super::attributes::NO_SALES;
use super::super::column::{Column, Meaning, UNKNOWN, day_key};
use super::super::condition::{Condition, Values, condition};
use super::super::explanation::{
    Asked, AttributeValue, DecidingLine, Explanation, MOST_LINES, Member, Reason, Verdict,
};
use super::super::scope::{EventScope, member_at};
use super::Session;
use crate::model::{Day, Membership, Row};
use crate::view::{Basis, Filter, FilterKind, Match, MemberRule, Mode, People};

/// A purchase, and the number of its order among the customer's.
struct Bought {
    order: u32,
    line: DecidingLine,
}

/// What is asked of consents or flags that a rule names.
type Asks = fn(Vec<Member>) -> Asked;

impl Session {
    /// Why a customer is in the result, or which conditions leave them out. Takes time in
    /// proportion to what the customer bought, once more a pass over everybody's lines where
    /// orders between two days are asked for and that filter is muted.
    ///
    /// # Panics
    /// For a row beyond the customers.
    pub fn explain(&mut self, row: Row) -> Explanation {
        let bought = self.bought(row);
        let mut conditions = self.audience_reasons(&bought);
        for kind in FilterKind::ALL {
            if let Some(filter) = self.view.filters.get(kind) {
                conditions.push(self.filter_reason(row, &filter, &bought));
            }
        }
        let facts = self.snapshot.facts();
        let consents: [Asks; 2] = [Asked::WithConsents, Asked::WithoutConsents];
        let flags: [Asks; 2] = [Asked::WithFlags, Asked::WithoutFlags];
        conditions.extend(member_reasons(row, &self.view.consents, &facts.consents, consents));
        conditions.extend(member_reasons(row, &self.view.flags, self.snapshot.flags(), flags));
        Explanation { row, conditions }
    }

    /// All that a customer bought, in the order of the lines; what carries on is put together.
    fn bought(&self, row: Row) -> Vec<Bought> {
        let mut all: Vec<Bought> = Vec::new();
        let mut order = 0;
        for line in self.snapshot.facts().lines.of(row) {
            order += u32::from(line.new_order);
            match all.last_mut() {
                Some(last) if last.order == order && last.line.event == line.event => {
                    last.line.tickets += line.tickets;
                    last.line.revenue_minor += u64::from(line.revenue_minor);
                    last.line.subscription |= line.subscription;
                }
                _ => all.push(Bought {
                    order,
                    line: DecidingLine {
                        event: line.event,
                        order_day: line.order_day,
                        tickets: line.tickets,
                        revenue_minor: u64::from(line.revenue_minor),
                        channel: line.channel,
                        subscription: line.subscription,
                    },
                }),
            }
        }
        all
    }

    /// Segment, events left out, mode.
    fn audience_reasons(&self, bought: &[Bought]) -> Vec<Reason> {
        let (view, catalogue) = (&self.view, &self.snapshot.facts().catalogue);
        let among = |scope: &EventScope| {
            let selected = |line: &DecidingLine| scope.selected[line.event as usize];
            bought.iter().map(|bought| &bought.line).filter(|line| selected(line)).collect()
        };
        let reason = |asked, holds, lines: Vec<&DecidingLine>| {
            let verdict = if holds { Verdict::True } else { Verdict::False };
            with_lines(Reason { verdict, ..Reason::of(asked) }, lines)
        };
        let mut reasons = vec![match view.segment.people {
            People::Everyone => reason(Asked::Everyone, true, Vec::new()),
            People::Buyers => {
                let lines: Vec<_> = among(&self.scope);
                reason(Asked::Buyer, !lines.is_empty(), lines)
            }
        }];
        let excluded = view.segment.exclude_events.as_ref();
        if excluded.is_some_and(|excluded| !excluded.asks_nothing()) {
            let lines: Vec<_> = among(&EventScope::excluded(view, catalogue, self.as_of));
            reasons.push(reason(Asked::NoExcludedEvent, lines.is_empty(), lines));
        }
        if view.mode != Mode::All {
            let lines: Vec<_> = among(&EventScope::of_mode(&view.mode, catalogue));
            reasons.push(reason(Asked::NotYetBought, lines.is_empty(), lines));
        }
        reasons
    }

    /// A filter that has a setting, applied or muted.
    fn filter_reason(&mut self, row: Row, filter: &Filter, bought: &[Bought]) -> Reason {
        let kind = filter.kind();
        let values = self.values_of(kind);
        let decimals = self.snapshot.facts().venue.decimals;
        let accepted = condition(filter, &values, self.as_of, decimals);
        let value = value_at(&values, row, kind);
        let verdict = match (&value, accepts(&values, row, accepted)) {
            (None, _) => Verdict::Unknown,
            (Some(_), true) => Verdict::True,
            (Some(_), false) => Verdict::False,
        };
        let is_scope = self.view.basis_of(kind) == Basis::Scope;
        let counted: Vec<&Bought> = bought
            .iter()
            .filter(|bought| !is_scope || self.scope.selected[bought.line.event as usize])
            .collect();
        let reason = Reason {
            is_applied: self.view.is_active(kind),
            verdict,
            value,
            ..Reason::of(Asked::Filter(kind))
        };
        with_lines(reason, self.deciding(filter, &counted))
    }

    /// Of the purchases that a filter counts, those that make its value.
    fn deciding<'a>(&self, filter: &Filter, counted: &[&'a Bought]) -> Vec<&'a DecidingLine> {
        let events = &self.snapshot.facts().catalogue.events;
        let lead = |line: &DecidingLine| {
            let day = events[line.event as usize].day();
            (day.number() - line.order_day.number()).max(0)
        };
        let tickets_of = |order: u32| -> u32 {
            let same = counted.iter().filter(|bought| bought.order == order);
            same.map(|bought| bought.line.tickets).sum()
        };
        let decides: Box<dyn Fn(&Bought) -> bool> = match filter {
            Filter::DistanceKm(_) | Filter::Gender(_) => Box::new(|_| false),
            Filter::Subscription(_) => Box::new(|bought| bought.line.subscription),
            Filter::LastPurchase(_) => {
                let latest = counted.iter().map(|bought| bought.line.order_day).max();
                Box::new(move |bought| Some(bought.line.order_day) == latest)
            }
            Filter::Impulsive(_) => {
                let fewest = counted.iter().map(|bought| lead(&bought.line)).min();
                Box::new(move |bought| Some(lead(&bought.line)) == fewest)
            }
            Filter::TicketsPerOrder(_) => {
                let most = counted.iter().map(|bought| tickets_of(bought.order)).max();
                Box::new(move |bought| Some(tickets_of(bought.order)) == most)
            }
            Filter::Purchases(asked) => {
                let days = asked.days;
                Box::new(move |bought| days.contain(bought.line.order_day))
            }
            Filter::Revenue(_)
            | Filter::Orders(_)
            | Filter::SalesType(_)
            | Filter::Tickets(_)
            | Filter::Events(_) => Box::new(|_| true),
        };
        counted.iter().filter(|bought| decides(bought)).map(|bought| &bought.line).collect()
    }
}

impl Reason {
    fn of(asked: Asked) -> Reason {
        Reason {
            asked,
            is_applied: true,
            verdict: Verdict::True,
            value: None,
            lines: Vec::new(),
            more_lines: 0,
        }
    }
}

/// Names the latest of these purchases, and counts the others.
fn with_lines(reason: Reason, lines: Vec<&DecidingLine>) -> Reason {
    let more_lines = lines.len().saturating_sub(MOST_LINES) as u32;
    // Lines ascend by the day of the order.
    let latest = lines.into_iter().rev().take(MOST_LINES);
    Reason { lines: latest.cloned().collect(), more_lines, ..reason }
}

/// What a rule asks for and what it rules out, as far as it does.
fn member_reasons(
    row: Row,
    rule: &MemberRule,
    defined: &[Membership],
    [with, without]: [Asks; 2],
) -> Vec<Reason> {
    let members = |ids: &[String]| -> Vec<Member> {
        let member = |id: &String| match member_at(defined, id).map(|at| &defined[at]) {
            Some(set) => Member { name: set.name.clone(), has: set.rows.contains(row) },
            None => Member { name: id.clone(), has: false },
        };
        ids.iter().map(member).collect()
    };
    let reason = |asked, holds| {
        let verdict = if holds { Verdict::True } else { Verdict::False };
        Reason { verdict, ..Reason::of(asked) }
    };
    let mut reasons = Vec::new();
    if !rule.include.is_empty() {
        let members = members(&rule.include);
        let holds = match rule.matching {
            Match::All => members.iter().all(|member| member.has),
            Match::Any => members.iter().any(|member| member.has),
        };
        reasons.push(reason(with(members), holds));
    }
    if !rule.exclude.is_empty() {
        let members = members(&rule.exclude);
        let holds = !members.iter().any(|member| member.has);
        reasons.push(reason(without(members), holds));
    }
    reasons
}

/// Whether a customer's value is accepted; an unknown one never is.
fn accepts(values: &Values, row: Row, condition: Condition) -> bool {
    match (values, condition) {
        (Values::Keys(column), Condition::Range(range)) => {
            range.contains(column.keys[row as usize])
        }
        (Values::Codes { codes, .. }, Condition::Choice(accepted)) => {
            accepted >> codes[row as usize] & 1 != 0
        }
        _ => false,
    }
}

/// A customer's value, as people say it; `None` where it is unknown.
fn value_at(values: &Values, row: Row, kind: FilterKind) -> Option<AttributeValue> {
    match values {
        Values::Keys(column) => number_at(column, row, kind),
        Values::Codes { codes, .. } => choice_name(kind, codes[row as usize])
            .map(|choice| AttributeValue::Choice(choice.to_owned())),
    }
}

fn number_at(column: &Column, row: Row, kind: FilterKind) -> Option<AttributeValue> {
    let key = column.keys[row as usize];
    if key == UNKNOWN && !column.is_always_known {
        return None;
    }
    Some(match &column.meaning {
        Meaning::Whole if kind == FilterKind::Impulsive => AttributeValue::Days(key),
        Meaning::Whole => AttributeValue::Count(key),
        Meaning::Minor(_) => AttributeValue::Minor(u64::from(key)),
        Meaning::MinorRanks(_, table) => AttributeValue::Minor(table[key as usize]),
        Meaning::KilometreRanks(table) => AttributeValue::Kilometres(table[key as usize]),
        Meaning::LatestDay { as_of } => AttributeValue::Days(days_since(key, *as_of)),
    })
}

/// Days from a day's key to the yardstick; days after it count as 0.
fn days_since(key: u32, as_of: Day) -> u32 {
    day_key(as_of.number()).saturating_sub(key)
}

/// A choice as the view's document names it; `None` for the code of no value.
pub(super) fn choice_name(kind: FilterKind, code: u8) -> Option<&'static str> {
    let names: &[&'static str] = match kind {
        FilterKind::Gender => &["f", "m", "u"],
        FilterKind::SalesType if code == NO_SALES => &[],
        FilterKind::SalesType => &["online", "box_office", "both"],
        FilterKind::Subscription => &["regular", "subscriber"],
        _ => &[],
    };
    names.get(usize::from(code)).copied()
}
