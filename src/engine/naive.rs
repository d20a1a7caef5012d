//! The same answers, row by row and from scratch: slow, short, and written from the contract
//! alone, for tests to compare the session with. Shared with the session are only the rounding of
//! money bounds and the list of unknown ids, which have tests of their own.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::binning::Histogram;
use super::counts::{Counts, FilterCounts, MemberCounts};
use super::scope::unknown_ids;
use crate::model::{Channel, Day, Event, Facts, Line, Membership, Row};
use crate::view::{
    Basis, DaysBack, EventSelection, Filter, FilterKind, Match, MemberRule, Mode, People,
    SalesType, Subscription, View, money,
};

/// A view's counts, and the rows of its result in ascending order.
pub fn evaluate(facts: &Facts, view: &View, as_of: Day) -> (Counts, Vec<Row>) {
    let question = Question::of(facts, view, as_of);
    let rows = 0..facts.customers.count();
    let segment: Vec<Row> = rows.filter(|row| question.in_segment(*row)).collect();
    let audience: Vec<Row> =
        segment.iter().copied().filter(|row| !question.holds(*row, &question.held_out)).collect();
    let passes: Vec<Vec<bool>> = audience.iter().map(|row| question.passes(*row)).collect();
    let in_result = |passes: &Vec<bool>| passes.iter().all(|pass| *pass);
    let result: Vec<Row> = audience
        .iter()
        .zip(&passes)
        .filter(|(_, passes)| in_result(passes))
        .map(|(row, _)| *row)
        .collect();
    let filters = question.active.iter().enumerate().map(|(at, filter)| {
        let kind = filter.kind();
        let without = passes
            .iter()
            .filter(|passes| passes.iter().enumerate().all(|(other, pass)| other == at || *pass));
        let unknown = audience.iter().filter(|row| question.value(**row, filter).is_none());
        let counts = FilterCounts {
            matching: passes.iter().filter(|passes| passes[at]).count() as u32,
            without: without.count() as u32,
            unknown: unknown.count() as u32,
        };
        (kind, counts)
    });
    let members = |sets: &[Membership]| {
        let count = |rows: &[Row], set: &Membership| {
            rows.iter().filter(|row| set.rows.contains(**row)).count() as u32
        };
        let counted = sets.iter().map(|set| {
            let counts =
                MemberCounts { audience: count(&audience, set), total: count(&result, set) };
            (set.id.clone(), counts)
        });
        counted.collect()
    };
    let counts = Counts {
        as_of,
        segment: segment.len() as u32,
        audience: audience.len() as u32,
        total: result.len() as u32,
        filters: filters.collect(),
        consents: members(&facts.consents),
        flags: members(&facts.flags),
        unknown_ids: unknown_ids(view, facts, &facts.flags),
    };
    (counts, result)
}

/// What a histogram with these edges must hold.
pub fn histogram(
    facts: &Facts,
    view: &View,
    as_of: Day,
    filter: &Filter,
    edges: &[f64],
) -> Histogram {
    let mut others = view.clone();
    others.filters.clear(filter.kind());
    let (_, left) = evaluate(facts, &others, as_of);
    let question = Question::of(facts, view, as_of);
    let mut histogram = Histogram {
        edges: edges.to_vec(),
        bins: vec![0; edges.len() - 1],
        below: 0,
        above: 0,
        unknown: 0,
    };
    let last = edges.len() - 1;
    for row in left {
        let value = match question.value(row, filter) {
            Some(Value::Number(number)) => number,
            Some(Value::Minor(minor)) => facts.venue.decimals.to_units(minor),
            _ => {
                histogram.unknown += 1;
                continue;
            }
        };
        if value < edges[0] {
            histogram.below += 1;
        } else if value > edges[last] {
            histogram.above += 1;
        } else {
            let bin = (1..last).take_while(|edge| edges[*edge] <= value).count();
            histogram.bins[bin] += 1;
        }
    }
    histogram
}

enum Value {
    Number(f64),
    Minor(u64),
    Sales(SalesType),
    Gender(crate::model::Gender),
    Subscription(Subscription),
}

struct Question<'a> {
    facts: &'a Facts,
    view: &'a View,
    as_of: Day,
    /// For each event, whether the segment counts it.
    counted: Vec<bool>,
    /// For each event, whether the segment leaves its ticket holders out.
    excluded: Vec<bool>,
    /// For each event, whether the mode leaves its ticket holders out.
    held_out: Vec<bool>,
    active: Vec<Filter>,
}

impl<'a> Question<'a> {
    fn of(facts: &'a Facts, view: &'a View, as_of: Day) -> Question<'a> {
        let segment = &view.segment;
        let each =
            |pick: &dyn Fn(&Event) -> bool| facts.catalogue.events.iter().map(pick).collect();
        let selects = |selection: &EventSelection, unsaid: DaysBack, event: &Event| {
            selects(facts, selection, unsaid, as_of, event)
        };
        let production = |event: &Event| &facts.catalogue.productions[event.production as usize].id;
        Question {
            counted: each(&|event| selects(&segment.events, DaysBack::Days(0), event)),
            excluded: each(&|event| {
                segment.exclude_events.as_ref().is_some_and(|selection| {
                    *selection != EventSelection::default()
                        && selects(selection, DaysBack::All, event)
                })
            }),
            held_out: each(&|event| match &view.mode {
                Mode::All => false,
                Mode::Event(id) => event.id == *id,
                Mode::Production(id) => production(event) == id,
            }),
            active: FilterKind::ALL
                .into_iter()
                .filter(|kind| !view.muted.contains(kind))
                .filter_map(|kind| view.filters.get(kind))
                .collect(),
            facts,
            view,
            as_of,
        }
    }

    fn holds(&self, row: Row, events: &[bool]) -> bool {
        self.facts.lines.of(row).any(|line| events[line.event as usize])
    }

    fn in_segment(&self, row: Row) -> bool {
        let buys = self.view.segment.people == People::Everyone || self.holds(row, &self.counted);
        buys && !self.holds(row, &self.excluded)
    }

    /// Whether a customer passes each active filter, the consents and the flags.
    fn passes(&self, row: Row) -> Vec<bool> {
        let filters = self.active.iter().map(|filter| {
            self.value(row, filter).is_some_and(|value| self.accepts(filter, &value))
        });
        let rules = [
            allows(&self.view.consents, &self.facts.consents, row),
            allows(&self.view.flags, &self.facts.flags, row),
        ];
        filters.chain(rules).collect()
    }

    /// A customer's attribute; `None` when it is unknown.
    fn value(&self, row: Row, filter: &Filter) -> Option<Value> {
        let basis = self.view.basis_of(filter.kind());
        let lines: Vec<Line> = self
            .facts
            .lines
            .of(row)
            .filter(|line| basis == Basis::History || self.counted[line.event as usize])
            .collect();
        let orders = self.orders(row, basis);
        let number = |number: usize| Some(Value::Number(number as f64));
        match filter {
            Filter::DistanceKm(_) => self.facts.customers.distances.of(row).map(Value::Number),
            Filter::Gender(_) => Some(Value::Gender(self.facts.customers.gender(row))),
            Filter::Revenue(_) => {
                Some(Value::Minor(lines.iter().map(|line| u64::from(line.revenue_minor)).sum()))
            }
            Filter::Orders(_) => number(orders.len()),
            Filter::SalesType(_) => {
                let channels: HashSet<Channel> = lines.iter().map(|line| line.channel).collect();
                match (channels.contains(&Channel::Online), channels.contains(&Channel::BoxOffice))
                {
                    (true, true) => Some(Value::Sales(SalesType::Both)),
                    (true, false) => Some(Value::Sales(SalesType::Online)),
                    (false, true) => Some(Value::Sales(SalesType::BoxOffice)),
                    (false, false) => None,
                }
            }
            Filter::Subscription(_) => {
                Some(Value::Subscription(if lines.iter().any(|line| line.subscription) {
                    Subscription::Subscriber
                } else {
                    Subscription::Regular
                }))
            }
            Filter::LastPurchase(_) => {
                let latest = lines.iter().map(|line| line.order_day).max()?;
                number(days_between(latest, self.as_of))
            }
            Filter::Tickets(_) => number(lines.iter().map(|line| line.tickets as usize).sum()),
            Filter::Events(_) => {
                number(lines.iter().map(|line| line.event).collect::<HashSet<_>>().len())
            }
            Filter::Impulsive(_) => {
                let lead = |line: &Line| {
                    let event = &self.facts.catalogue.events[line.event as usize];
                    days_between(line.order_day, event.day())
                };
                number(lines.iter().map(lead).min()?)
            }
            Filter::TicketsPerOrder(_) => {
                number(orders.values().map(|order| order.1).max().unwrap_or(0))
            }
            Filter::Purchases(purchases) => {
                number(orders.values().filter(|order| purchases.days.contain(order.0)).count())
            }
        }
    }

    /// Day and counted tickets of each of a customer's counted orders.
    fn orders(&self, row: Row, basis: Basis) -> HashMap<usize, (Day, usize)> {
        let mut orders = HashMap::new();
        let mut order = 0;
        for line in self.facts.lines.of(row) {
            order += usize::from(line.new_order);
            if basis == Basis::History || self.counted[line.event as usize] {
                orders.entry(order).or_insert((line.order_day, 0)).1 += line.tickets as usize;
            }
        }
        orders
    }

    fn accepts(&self, filter: &Filter, value: &Value) -> bool {
        let within = |number: f64, min: Option<f64>, max: Option<f64>| {
            min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max)
        };
        match (filter, value) {
            (Filter::DistanceKm(range), Value::Number(km)) => within(*km, range.min, range.max),
            (Filter::Gender(genders), Value::Gender(gender)) => genders.accept(*gender),
            (Filter::Revenue(range), Value::Minor(minor)) => {
                let decimals = self.facts.venue.decimals;
                range.min.is_none_or(|min| money::min_minor(min, decimals) <= *minor)
                    && range.max.is_none_or(|max| *minor <= money::max_minor(max, decimals))
            }
            (
                Filter::Orders(range)
                | Filter::Tickets(range)
                | Filter::Events(range)
                | Filter::Impulsive(range)
                | Filter::TicketsPerOrder(range),
                Value::Number(number),
            ) => within(*number, range.min.map(f64::from), range.max.map(f64::from)),
            (Filter::Purchases(purchases), Value::Number(number)) => {
                within(*number, Some(f64::from(purchases.least())), purchases.max.map(f64::from))
            }
            (Filter::SalesType(types), Value::Sales(sales_type)) => types.accept(*sales_type),
            (Filter::Subscription(asked), Value::Subscription(has)) => asked == has,
            (Filter::LastPurchase(last), Value::Number(days)) => last.rule.accept(*days as u32),
            _ => false,
        }
    }
}

/// Whether a selection selects an event, by names alone.
fn selects(
    facts: &Facts,
    selection: &EventSelection,
    unsaid: DaysBack,
    as_of: Day,
    event: &Event,
) -> bool {
    let catalogue = &facts.catalogue;
    let passes = |list: &[String], has: &[&String]| {
        list.is_empty() || list.iter().any(|name| has.contains(&name))
    };
    let of = |list: &[String], names: &[String], at: &[u32]| {
        let has: Vec<&String> = at.iter().map(|at| &names[*at as usize]).collect();
        passes(list, &has)
    };
    let one = |at: Option<u32>| at.into_iter().collect::<Vec<u32>>();
    let days_ago = i64::from(as_of.number()) - i64::from(event.day().number());
    let recent = match selection.days_back.unwrap_or(unsaid) {
        DaysBack::Days(days) => days_ago <= i64::from(days),
        DaysBack::All => true,
    };
    recent
        && of(&selection.promoters, &catalogue.promoters, &one(event.promoter))
        && of(&selection.seasons, &catalogue.seasons, &one(event.season))
        && passes(&selection.productions, &[&catalogue.productions[event.production as usize].id])
        && passes(&selection.events, &[&event.id])
        && of(&selection.categories, &catalogue.categories, &event.categories)
        && of(&selection.tags, &catalogue.tags, &event.tags)
}

fn allows(rule: &MemberRule, defined: &[Membership], row: Row) -> bool {
    let has: BTreeSet<&str> =
        defined.iter().filter(|set| set.rows.contains(row)).map(|set| set.id.as_str()).collect();
    let mut included = rule.include.iter().map(|id| has.contains(id.as_str()));
    let enough = match rule.matching {
        Match::All => included.all(|has| has),
        Match::Any => rule.include.is_empty() || included.any(|has| has),
    };
    enough && !rule.exclude.iter().any(|id| has.contains(id.as_str()))
}

fn days_between(from: Day, to: Day) -> usize {
    usize::try_from(to.number() - from.number()).unwrap_or(0)
}
