//! Arbitrary views, over ids that the caller chooses.

#![allow(dead_code, reason = "each test binary uses a part of this")]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use publik::model::Day;
use publik::view::{
    Basis, Days, DaysBack, EventSelection, Filter, FilterKind, Filters, Genders, LastPurchase,
    LastPurchaseRule, Match, MemberRule, Mode, MoneyRange, NumberRange, People, Purchases,
    SalesTypes, Segment, Subscription, View, WholeRange,
};

/// The ids and names that views are drawn over.
#[derive(Debug, Clone)]
pub struct Ids {
    pub promoters: Vec<String>,
    pub seasons: Vec<String>,
    pub productions: Vec<String>,
    pub events: Vec<String>,
    pub categories: Vec<String>,
    pub tags: Vec<String>,
    pub consents: Vec<String>,
    pub flags: Vec<String>,
    /// Whole bounds are drawn from 0 to about here.
    pub largest_count: u32,
    /// Bounds in kilometres and currency units are drawn from 0 to about here.
    pub largest_amount: f64,
    /// Days are drawn from this range of day numbers.
    pub days: (i32, i32),
}

impl Ids {
    /// Ids of nothing in particular, and bounds over all that is allowed.
    pub fn anything() -> Ids {
        let strange = ["", "P1", "Å \"quoted\", \\ and\nbroken", "\u{0}\u{1F3AD}", "null"];
        let names: Vec<String> = strange.into_iter().map(str::to_owned).collect();
        Ids {
            promoters: names.clone(),
            seasons: names.clone(),
            productions: names.clone(),
            events: names.clone(),
            categories: names.clone(),
            tags: names.clone(),
            consents: names.clone(),
            flags: names,
            largest_count: 1_000_000,
            largest_amount: 1e9,
            days: (Day::MIN.number(), Day::MAX.number()),
        }
    }
}

/// Any view over these ids.
pub fn views(ids: &Ids) -> BoxedStrategy<View> {
    let names = prop_oneof![Just(String::new()), "\\PC{0,12}"];
    let about = (names, segments(ids), modes(ids), bases(), filters(ids));
    let rest = (
        member_rules(&ids.consents),
        member_rules(&ids.flags),
        filter_kinds(),
        option::of(filter_kinds()),
    );
    (about, rest)
        .prop_map(
            |((name, segment, mode, count_over, filters), (consents, flags, muted, boxes))| View {
                name,
                segment,
                mode,
                count_over,
                filters,
                consents,
                flags,
                muted,
                boxes,
            },
        )
        .boxed()
}

/// Any segment over these ids.
pub fn segments(ids: &Ids) -> BoxedStrategy<Segment> {
    let people = prop_oneof![4 => Just(People::Buyers), 1 => Just(People::Everyone)];
    let excluded = prop_oneof![2 => Just(None), 1 => selections(ids).prop_map(Some)];
    ("\\PC{0,12}", "\\PC{0,12}", selections(ids), excluded, people)
        .prop_map(|(name, description, events, exclude_events, people)| Segment {
            name,
            description,
            events,
            exclude_events,
            people,
        })
        .boxed()
}

/// Any selection of events over these ids; most lists are empty.
pub fn selections(ids: &Ids) -> BoxedStrategy<EventSelection> {
    let largest = ids.largest_count;
    let days_back = prop_oneof![
        Just(None),
        Just(Some(DaysBack::All)),
        (0..=largest).prop_map(|days| Some(DaysBack::Days(days))),
        (0..=largest.min(1000)).prop_map(|days| Some(DaysBack::Days(days))),
    ];
    let lists = (
        few(&ids.promoters),
        few(&ids.seasons),
        few(&ids.productions),
        few(&ids.events),
        few(&ids.categories),
        few(&ids.tags),
    );
    (days_back, lists)
        .prop_map(|(days_back, (promoters, seasons, productions, events, categories, tags))| {
            EventSelection { days_back, promoters, seasons, productions, events, categories, tags }
        })
        .boxed()
}

/// Any mode over these ids.
pub fn modes(ids: &Ids) -> BoxedStrategy<Mode> {
    let mut modes = vec![Just(Mode::All).boxed()];
    if !ids.events.is_empty() {
        modes.push(proptest::sample::select(ids.events.clone()).prop_map(Mode::Event).boxed());
    }
    if !ids.productions.is_empty() {
        let ids = proptest::sample::select(ids.productions.clone());
        modes.push(ids.prop_map(Mode::Production).boxed());
    }
    proptest::strategy::Union::new(modes).boxed()
}

/// Any rule over these ids.
pub fn member_rules(ids: &[String]) -> BoxedStrategy<MemberRule> {
    let matching = prop_oneof![Just(Match::All), Just(Match::Any)];
    (few(ids), few(ids), matching)
        .prop_map(|(include, exclude, matching)| MemberRule { include, exclude, matching })
        .boxed()
}

/// Any setting of this filter.
pub fn filter(kind: FilterKind, ids: &Ids) -> BoxedStrategy<Filter> {
    match kind {
        FilterKind::DistanceKm => {
            amounts(ids).prop_map(|(min, max)| Filter::DistanceKm(NumberRange { min, max })).boxed()
        }
        FilterKind::Gender => (1_u8..8)
            .prop_map(|bits| {
                let (women, men, unknown) = bits_of(bits);
                Filter::Gender(Genders { women, men, unknown })
            })
            .boxed(),
        FilterKind::Revenue => (amounts(ids), overs())
            .prop_map(|((min, max), over)| Filter::Revenue(MoneyRange { min, max, over }))
            .boxed(),
        FilterKind::Orders => whole_ranges(ids).prop_map(Filter::Orders).boxed(),
        FilterKind::SalesType => (1_u8..8)
            .prop_map(|bits| {
                let (online, box_office, both) = bits_of(bits);
                Filter::SalesType(SalesTypes { online, box_office, both })
            })
            .boxed(),
        FilterKind::Subscription => prop_oneof![
            Just(Filter::Subscription(Subscription::Subscriber)),
            Just(Filter::Subscription(Subscription::Regular)),
        ]
        .boxed(),
        FilterKind::LastPurchase => (0..3_u8, counts(ids), overs())
            .prop_map(|(rule, days, over)| {
                let rule = match rule {
                    0 => LastPurchaseRule::Within(days),
                    1 => LastPurchaseRule::Exactly(days),
                    _ => LastPurchaseRule::NotWithin(days),
                };
                Filter::LastPurchase(LastPurchase { rule, over })
            })
            .boxed(),
        FilterKind::Tickets => whole_ranges(ids).prop_map(Filter::Tickets).boxed(),
        FilterKind::Events => whole_ranges(ids).prop_map(Filter::Events).boxed(),
        FilterKind::Impulsive => whole_ranges(ids).prop_map(Filter::Impulsive).boxed(),
        FilterKind::TicketsPerOrder => whole_ranges(ids).prop_map(Filter::TicketsPerOrder).boxed(),
        FilterKind::Purchases => (spans(ids), whole_ranges(ids))
            .prop_map(|(days, WholeRange { min, max, over })| {
                Filter::Purchases(Purchases { days, min, max, over })
            })
            .boxed(),
    }
}

/// Any settings of the twelve filters, each there or not.
pub fn filters(ids: &Ids) -> BoxedStrategy<Filters> {
    let each: Vec<_> = FilterKind::ALL
        .into_iter()
        .map(|kind| prop_oneof![2 => Just(None), 1 => filter(kind, ids).prop_map(Some)])
        .collect();
    each.prop_map(|settings| {
        let mut filters = Filters::default();
        settings.into_iter().flatten().for_each(|setting| filters.set(setting));
        filters
    })
    .boxed()
}

/// What a view counts over.
pub fn bases() -> impl Strategy<Value = Basis> + Clone {
    prop_oneof![Just(Basis::Scope), Just(Basis::History)]
}

fn overs() -> impl Strategy<Value = Option<Basis>> + Clone {
    option::of(bases())
}

fn bits_of(bits: u8) -> (bool, bool, bool) {
    (bits & 1 != 0, bits & 2 != 0, bits & 4 != 0)
}

/// Up to three of these, each once; none more often than not.
fn few(ids: &[String]) -> BoxedStrategy<Vec<String>> {
    if ids.is_empty() {
        return Just(Vec::new()).boxed();
    }
    let some = proptest::sample::subsequence(ids.to_vec(), 1..=ids.len().min(3)).prop_shuffle();
    prop_oneof![2 => Just(Vec::new()), 1 => some].boxed()
}

fn filter_kinds() -> impl Strategy<Value = Vec<FilterKind>> {
    let some = proptest::sample::subsequence(FilterKind::ALL.to_vec(), 0..=4).prop_shuffle();
    prop_oneof![Just(Vec::new()), some]
}

fn counts(ids: &Ids) -> impl Strategy<Value = u32> + Clone + use<> {
    let largest = ids.largest_count;
    prop_oneof![0..=largest.min(3), 0..=largest]
}

fn whole_ranges(ids: &Ids) -> BoxedStrategy<WholeRange> {
    (ends(counts(ids)), overs())
        .prop_map(|((min, max), over)| WholeRange { min, max, over })
        .boxed()
}

fn amounts(ids: &Ids) -> BoxedStrategy<(Option<f64>, Option<f64>)> {
    let largest = ids.largest_amount;
    let amount = prop_oneof![
        0.0..=largest,
        (0..=largest as u32).prop_map(f64::from),
        (0..=largest.min(1e6) as u32 * 100).prop_map(|hundredths| f64::from(hundredths) / 100.0),
        Just(largest),
        Just(1e-7),
    ];
    ends(amount).boxed()
}

fn spans(ids: &Ids) -> BoxedStrategy<Days> {
    let (first, last) = ids.days;
    let day = (first..=last).prop_map(|number| Day::from_number(number).expect("in the calendar"));
    ends(day).prop_map(|(from, to)| Days { from, to }).boxed()
}

/// Two ends in order, each there or not, now and then the same.
fn ends<T: PartialOrd + Copy + std::fmt::Debug + 'static>(
    end: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = (Option<T>, Option<T>)> {
    (vec(end, 2), 0..5_u8).prop_map(|(ends, shape)| {
        let (low, high) = if ends[1] < ends[0] { (ends[1], ends[0]) } else { (ends[0], ends[1]) };
        match shape {
            0 => (None, None),
            1 => (Some(low), None),
            2 => (None, Some(high)),
            3 => (Some(low), Some(low)),
            _ => (Some(low), Some(high)),
        }
    })
}
