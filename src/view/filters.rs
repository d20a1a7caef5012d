//! From JSON to the settings of the twelve filters.

use super::error::Findings;
use super::fields::{Fields, choice, day, list, number, refuse, whole};
use super::json::{Node, Path};
use super::{
    Basis, Days, Filter, FilterKind, Filters, Genders, LastPurchase, LastPurchaseRule, MoneyRange,
    NumberRange, Purchases, SalesType, SalesTypes, Subscription, WholeRange,
};
use crate::model::Gender;

/// What stands under `filters`.
pub(super) fn filters(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<Filters> {
    let fields = Fields::open(node, path, &FilterKind::ALL.map(FilterKind::name), findings)?;
    let mut filters = Filters::default();
    for kind in FilterKind::ALL {
        let setting = fields
            .read(kind.name(), findings, |node, path, findings| filter(kind, node, path, findings));
        if let Some(setting) = setting {
            filters.set(setting);
        }
    }
    Some(filters)
}

/// One filter's setting.
pub(super) fn filter(
    kind: FilterKind,
    node: &Node,
    path: &Path<'_>,
    findings: &mut Findings,
) -> Option<Filter> {
    match kind {
        FilterKind::DistanceKm => number_range(node, path, findings).map(Filter::DistanceKm),
        FilterKind::Gender => genders(node, path, findings).map(Filter::Gender),
        FilterKind::Revenue => money_range(node, path, findings).map(Filter::Revenue),
        FilterKind::Orders => whole_range(node, path, findings).map(Filter::Orders),
        FilterKind::SalesType => sales_types(node, path, findings).map(Filter::SalesType),
        FilterKind::Subscription => subscription(node, path, findings).map(Filter::Subscription),
        FilterKind::LastPurchase => last_purchase(node, path, findings).map(Filter::LastPurchase),
        FilterKind::Tickets => whole_range(node, path, findings).map(Filter::Tickets),
        FilterKind::Events => whole_range(node, path, findings).map(Filter::Events),
        FilterKind::Impulsive => whole_range(node, path, findings).map(Filter::Impulsive),
        FilterKind::TicketsPerOrder => {
            whole_range(node, path, findings).map(Filter::TicketsPerOrder)
        }
        FilterKind::Purchases => purchases(node, path, findings).map(Filter::Purchases),
    }
}

/// The name of a filter.
pub(super) fn filter_kind(
    node: &Node,
    path: &Path<'_>,
    findings: &mut Findings,
) -> Option<FilterKind> {
    choice(&FilterKind::ALL.map(|kind| (kind.name(), kind)), node, path, findings)
}

/// What tickets are counted over.
pub(super) fn basis(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<Basis> {
    choice(&[("scope", Basis::Scope), ("history", Basis::History)], node, path, findings)
}

fn number_range(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<NumberRange> {
    let fields = Fields::open(node, path, &["min", "max"], findings)?;
    let (min, max) = ends(&fields, ["min", "max"], findings, number)?;
    Some(NumberRange { min, max })
}

fn money_range(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<MoneyRange> {
    let fields = Fields::open(node, path, &["min", "max", "over"], findings)?;
    let over = fields.read("over", findings, basis);
    let (min, max) = ends(&fields, ["min", "max"], findings, number)?;
    Some(MoneyRange { min, max, over })
}

fn whole_range(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<WholeRange> {
    let fields = Fields::open(node, path, &["min", "max", "over"], findings)?;
    let over = fields.read("over", findings, basis);
    let (min, max) = ends(&fields, ["min", "max"], findings, whole)?;
    Some(WholeRange { min, max, over })
}

fn purchases(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<Purchases> {
    let fields = Fields::open(node, path, &["from", "to", "min", "max", "over"], findings)?;
    let over = fields.read("over", findings, basis);
    let days = ends(&fields, ["from", "to"], findings, day);
    let (min, max) = ends(&fields, ["min", "max"], findings, whole)?;
    let (from, to) = days?;
    Some(Purchases { days: Days { from, to }, min, max, over })
}

/// Both ends of a range, of which neither has to be there and the first must not lie beyond the
/// second.
fn ends<T: PartialOrd>(
    fields: &Fields<'_>,
    [first, last]: [&str; 2],
    findings: &mut Findings,
    reader: impl Fn(&Node, &Path<'_>, &mut Findings) -> Option<T>,
) -> Option<(Option<T>, Option<T>)> {
    let low = fields.read(first, findings, &reader);
    let high = fields.read(last, findings, &reader);
    if let (Some(low), Some(high)) = (&low, &high)
        && low > high
    {
        let limit = fields.get(last).map(Node::shown).unwrap_or_default();
        fields.refuse(first, &format!("at most `{last}`, {limit}"), findings);
        return None;
    }
    Some((low, high))
}

fn genders(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<Genders> {
    let words = [("f", Gender::Woman), ("m", Gender::Man), ("u", Gender::Unknown)];
    let accepted = some_of(&words, node, path, findings)?;
    Some(Genders {
        women: accepted.contains(&Gender::Woman),
        men: accepted.contains(&Gender::Man),
        unknown: accepted.contains(&Gender::Unknown),
    })
}

fn sales_types(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<SalesTypes> {
    let words = [
        ("online", SalesType::Online),
        ("box_office", SalesType::BoxOffice),
        ("both", SalesType::Both),
    ];
    let accepted = some_of(&words, node, path, findings)?;
    Some(SalesTypes {
        online: accepted.contains(&SalesType::Online),
        box_office: accepted.contains(&SalesType::BoxOffice),
        both: accepted.contains(&SalesType::Both),
    })
}

/// A list of at least one of some words.
fn some_of<T: Copy + Eq>(
    words: &[(&str, T)],
    node: &Node,
    path: &Path<'_>,
    findings: &mut Findings,
) -> Option<Vec<T>> {
    let positions = list(node, path, findings, |node, path, findings| {
        let positions: Vec<(&str, usize)> =
            words.iter().enumerate().map(|(at, (word, _))| (*word, at)).collect();
        choice(&positions, node, path, findings)
    })?;
    if matches!(node, Node::List(nodes) if nodes.is_empty()) {
        let words: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        let allowed = format!("at least one of {}; leave the filter out for all", words.join(", "));
        refuse(node, path, &allowed, findings);
        return None;
    }
    Some(positions.into_iter().map(|at| words[at].1).collect())
}

fn subscription(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<Subscription> {
    let words = [("subscriber", Subscription::Subscriber), ("regular", Subscription::Regular)];
    choice(&words, node, path, findings)
}

fn last_purchase(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<LastPurchase> {
    type Rule = fn(u32) -> LastPurchaseRule;
    let rules: [(&str, Rule); 3] = [
        ("within", LastPurchaseRule::Within),
        ("exactly", LastPurchaseRule::Exactly),
        ("not_within", LastPurchaseRule::NotWithin),
    ];
    let fields = Fields::open(node, path, &["within", "exactly", "not_within", "over"], findings)?;
    let over = fields.read("over", findings, basis);
    let named: Vec<&(&str, Rule)> =
        rules.iter().filter(|(name, _)| fields.get(name).is_some()).collect();
    let values: Vec<Option<u32>> =
        named.iter().map(|(name, _)| fields.read(name, findings, whole)).collect();
    let ([(_, rule)], [days]) = (named.as_slice(), values.as_slice()) else {
        refuse(node, path, "exactly one of `within`, `exactly`, `not_within`", findings);
        return None;
    };
    Some(LastPurchase { rule: rule((*days)?), over })
}
