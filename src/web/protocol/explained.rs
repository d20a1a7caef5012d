//! Why a customer is in a view's result, or is not, as the worker tells it.
//!
//! The page asks [`Ask::Explain`](super::Ask::Explain) with the view's document, the yardstick
//! and the customer's id, and hears [`Answer::Explained`](super::Answer::Explained), or
//! [`Answer::Nothing`](super::Answer::Nothing) for an id that is not in the data.
//! `components::Explanation` shows the answer.

use serde::{Deserialize, Serialize};

use crate::engine::{self, Asked, Member, Verdict};
use crate::model::{Channel, Facts};
use crate::view::FilterKind;

/// Whom to explain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainAsk {
    /// The view's document.
    pub view: String,
    /// The yardstick.
    pub as_of: String,
    /// The customer's id.
    pub customer: String,
}

/// Every condition of a view, for one customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explained {
    /// The customer's id.
    pub customer: String,
    /// Whether every condition that is applied holds.
    pub is_in_result: bool,
    /// As in [`engine::Explanation::conditions`].
    pub conditions: Vec<ExplainedCondition>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExplainedCondition {
    /// What is asked.
    pub asked: Question,
    /// False for a muted filter.
    pub is_applied: bool,
    /// Whether it holds.
    pub verdict: Verdict,
    /// The attribute's value, if there is one.
    pub value: Option<ExplainedValue>,
    /// The purchases that decide it, latest first.
    pub lines: Vec<ExplainedLine>,
    /// How many older ones decide it as well.
    pub more_lines: u32,
}

impl ExplainedCondition {
    /// Whether it leaves the customer out.
    pub fn leaves_out(&self) -> bool {
        self.is_applied && self.verdict != Verdict::True
    }
}

/// What a condition asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// To have a ticket to an event in scope.
    Buyer,
    /// Nothing: everyone is in the segment.
    Everyone,
    /// To have no ticket to the events that the segment leaves out.
    NoExcludedEvent,
    /// To have no ticket to what the view is for.
    NotYetBought,
    /// A filter's setting; the filter by its name.
    Filter(String),
    /// Consents.
    WithConsents(Vec<Member>),
    /// None of these consents.
    WithoutConsents(Vec<Member>),
    /// Flags.
    WithFlags(Vec<Member>),
    /// None of these flags.
    WithoutFlags(Vec<Member>),
}

impl Question {
    /// The filter that asks.
    pub fn filter(&self) -> Option<FilterKind> {
        match self {
            Question::Filter(name) => FilterKind::from_name(name),
            _ => None,
        }
    }

    /// The consents or flags that are asked for or ruled out.
    pub fn members(&self) -> &[Member] {
        match self {
            Question::WithConsents(members)
            | Question::WithoutConsents(members)
            | Question::WithFlags(members)
            | Question::WithoutFlags(members) => members,
            _ => &[],
        }
    }
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ExplainedValue {
    /// How many.
    Count(u32),
    /// Days.
    Days(u32),
    /// Currency units.
    Money(f64),
    /// Kilometres.
    Kilometres(f64),
    /// A choice as the view's document names it.
    Choice(String),
}

/// The tickets of one order to one event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExplainedLine {
    /// The event's name.
    pub event: String,
    /// The event's day, `YYYY-MM-DD`.
    pub event_day: String,
    /// The order's day, `YYYY-MM-DD`.
    pub order_day: String,
    /// How many tickets.
    pub tickets: u32,
    /// What they cost together, in currency units.
    pub revenue: f64,
    /// Whether they were ordered online, not at the box office.
    pub is_online: bool,
    /// Whether a ticket belongs to a subscription.
    pub is_subscription: bool,
}

impl Explained {
    /// An explanation with the names and amounts that its facts give it.
    pub fn of(explanation: engine::Explanation, facts: &Facts) -> Explained {
        Explained {
            customer: facts.customers.ids.get(explanation.row as usize).to_owned(),
            is_in_result: explanation.is_in_result(),
            conditions: explanation
                .conditions
                .into_iter()
                .map(|reason| condition(reason, facts))
                .collect(),
        }
    }
}

fn condition(reason: engine::Reason, facts: &Facts) -> ExplainedCondition {
    let decimals = facts.venue.decimals;
    ExplainedCondition {
        asked: match reason.asked {
            Asked::Buyer => Question::Buyer,
            Asked::Everyone => Question::Everyone,
            Asked::NoExcludedEvent => Question::NoExcludedEvent,
            Asked::NotYetBought => Question::NotYetBought,
            Asked::Filter(kind) => Question::Filter(kind.name().to_owned()),
            Asked::WithConsents(members) => Question::WithConsents(members),
            Asked::WithoutConsents(members) => Question::WithoutConsents(members),
            Asked::WithFlags(members) => Question::WithFlags(members),
            Asked::WithoutFlags(members) => Question::WithoutFlags(members),
        },
        is_applied: reason.is_applied,
        verdict: reason.verdict,
        value: reason.value.map(|value| match value {
            engine::AttributeValue::Count(count) => ExplainedValue::Count(count),
            engine::AttributeValue::Days(days) => ExplainedValue::Days(days),
            engine::AttributeValue::Minor(minor) => ExplainedValue::Money(decimals.to_units(minor)),
            engine::AttributeValue::Kilometres(km) => ExplainedValue::Kilometres(km),
            engine::AttributeValue::Choice(choice) => ExplainedValue::Choice(choice),
        }),
        lines: reason
            .lines
            .iter()
            .map(|line| {
                let event = &facts.catalogue.events[line.event as usize];
                ExplainedLine {
                    event: event.name.clone(),
                    event_day: event.day().to_string(),
                    order_day: line.order_day.to_string(),
                    tickets: line.tickets,
                    revenue: decimals.to_units(line.revenue_minor),
                    is_online: line.channel == Channel::Online,
                    is_subscription: line.subscription,
                }
            })
            .collect(),
        more_lines: reason.more_lines,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::demo;
    use crate::engine::{Session, Snapshot};
    use crate::model::Day;
    use crate::view;

    #[test]
    fn an_explanation_crosses_with_names_and_amounts() {
        let today = Day::from_ymd(2026, 11, 21).unwrap();
        let (facts, _) = demo::build(&demo::Settings::new(50, 7, today).unwrap());
        let snapshot = Arc::new(Snapshot::new(facts));
        let view = view::parse(
            r#"{"version":1,"segment":{"name":"All","events":{"days_back":"all"}},
                "filters":{"revenue":{"min":1}}}"#,
        );
        let mut session = Session::new(Arc::clone(&snapshot), view.unwrap(), today);
        let row = session.result().iter().next().unwrap();
        let facts = snapshot.facts();
        let explained = Explained::of(session.explain(row), facts);
        assert!(explained.is_in_result);
        assert_eq!(explained.customer, session.ids(0, 1)[0]);
        let revenue = &explained.conditions[1];
        assert_eq!(revenue.asked.filter(), Some(FilterKind::Revenue));
        let sum: f64 = revenue.lines.iter().map(|line| line.revenue).sum();
        assert_eq!(revenue.value, Some(ExplainedValue::Money(sum)));
        let names: Vec<&str> =
            facts.catalogue.events.iter().map(|event| event.name.as_str()).collect();
        assert!(revenue.lines.iter().all(|line| names.contains(&line.event.as_str())));
    }
}
