//! The view as checked values; the JSON document is read and written beside this file.

use crate::model::{Day, Gender};

/// A segment seen in a mode through filters: what is saved, shared and evaluated.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    /// As people call it; empty when never named.
    pub name: String,
    /// Which events, and whose buyers.
    pub segment: Segment,
    /// Whom the view leaves out for the sake of an event.
    pub mode: Mode,
    /// Which tickets the attributes count unless a filter says otherwise.
    pub count_over: Basis,
    /// The settings of all filters, muted ones included.
    pub filters: Filters,
    /// Consents asked for and ruled out.
    pub consents: MemberRule,
    /// Flags asked for and ruled out.
    pub flags: MemberRule,
    /// Filters that keep their setting and are not applied.
    pub muted: Vec<FilterKind>,
    /// Boxes shown, in order; `None` where the document names none. They change no count.
    pub boxes: Option<Vec<FilterKind>>,
}

impl View {
    /// Whether a filter has a setting and is not muted.
    pub fn is_active(&self, kind: FilterKind) -> bool {
        self.filters.has(kind) && !self.muted.contains(&kind)
    }

    /// What a filter counts over: its own word, else the view's.
    pub fn basis_of(&self, kind: FilterKind) -> Basis {
        self.filters.basis(kind).unwrap_or(self.count_over)
    }
}

/// A named set of events and whose customers they bring.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Segment {
    /// Required.
    pub name: String,
    /// For the marketers themselves.
    pub description: String,
    /// Events in scope.
    pub events: EventSelection,
    /// Whoever holds a valid ticket to these is left out; `None` excludes nobody.
    pub exclude_events: Option<EventSelection>,
    /// Whose customers.
    pub people: People,
}

/// Events by what they belong to. Values of a list are alternatives; lists combine with *and*;
/// an empty list asks nothing. Each list holds every value once, in the document's order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventSelection {
    /// How far back; `None` where the document does not say.
    pub days_back: Option<DaysBack>,
    /// Names of promoters.
    pub promoters: Vec<String>,
    /// Names of seasons.
    pub seasons: Vec<String>,
    /// Ids of event groups.
    pub productions: Vec<String>,
    /// Ids of events.
    pub events: Vec<String>,
    /// Names of categories.
    pub categories: Vec<String>,
    /// Names of tags.
    pub tags: Vec<String>,
}

impl EventSelection {
    /// The six lists with the names they have in the document.
    pub fn lists(&self) -> [(&'static str, &[String]); 6] {
        [
            ("promoters", &self.promoters),
            ("seasons", &self.seasons),
            ("productions", &self.productions),
            ("events", &self.events),
            ("categories", &self.categories),
            ("tags", &self.tags),
        ]
    }

    /// Whether nothing at all is asked: every list empty and no days back.
    pub fn asks_nothing(&self) -> bool {
        self.days_back.is_none() && self.lists().iter().all(|(_, list)| list.is_empty())
    }
}

/// How far back events reach, counted from the as-of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DaysBack {
    /// Events of that many days ago and later; 0 to 1,000,000.
    Days(u32),
    /// Every event.
    All,
}

/// Whose customers a segment has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum People {
    /// Customers with a counted ticket.
    #[default]
    Buyers,
    /// Every customer of the snapshot.
    Everyone,
}

/// Whom a view leaves out: those who already hold a valid ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Mode {
    /// Nobody.
    #[default]
    All,
    /// Holders of a ticket to this event.
    Event(String),
    /// Holders of a ticket to any event of this group.
    Production(String),
}

/// Which tickets an attribute counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basis {
    /// Valid tickets to events in scope.
    #[default]
    Scope,
    /// All valid tickets.
    History,
}

/// The twelve filters, in the order of the contract's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilterKind {
    /// Kilometres from the venue.
    DistanceKm,
    /// Women, men, unknown.
    Gender,
    /// Sum of prices.
    Revenue,
    /// Number of orders.
    Orders,
    /// Channels of the orders.
    SalesType,
    /// Subscriber or not.
    Subscription,
    /// Days since the latest order.
    LastPurchase,
    /// Number of tickets.
    Tickets,
    /// Number of distinct events.
    Events,
    /// Fewest days from order to event.
    Impulsive,
    /// Tickets in the largest order.
    TicketsPerOrder,
    /// Orders between two days.
    Purchases,
}

impl FilterKind {
    /// How many there are.
    pub const COUNT: usize = 12;

    /// All of them, in order.
    pub const ALL: [FilterKind; FilterKind::COUNT] = [
        FilterKind::DistanceKm,
        FilterKind::Gender,
        FilterKind::Revenue,
        FilterKind::Orders,
        FilterKind::SalesType,
        FilterKind::Subscription,
        FilterKind::LastPurchase,
        FilterKind::Tickets,
        FilterKind::Events,
        FilterKind::Impulsive,
        FilterKind::TicketsPerOrder,
        FilterKind::Purchases,
    ];

    /// The name in the document.
    pub fn name(self) -> &'static str {
        match self {
            FilterKind::DistanceKm => "distance_km",
            FilterKind::Gender => "gender",
            FilterKind::Revenue => "revenue",
            FilterKind::Orders => "orders",
            FilterKind::SalesType => "sales_type",
            FilterKind::Subscription => "subscription",
            FilterKind::LastPurchase => "last_purchase",
            FilterKind::Tickets => "tickets",
            FilterKind::Events => "events",
            FilterKind::Impulsive => "impulsive",
            FilterKind::TicketsPerOrder => "tickets_per_order",
            FilterKind::Purchases => "purchases",
        }
    }

    /// The filter of this name.
    pub fn from_name(name: &str) -> Option<FilterKind> {
        FilterKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Position in [`FilterKind::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Whether its attribute is a number, so that it has a histogram.
    pub fn is_numeric(self) -> bool {
        !matches!(self, FilterKind::Gender | FilterKind::SalesType | FilterKind::Subscription)
    }
}

/// The settings of the twelve filters; `None` is no setting.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filters {
    /// Kilometres from the venue.
    pub distance_km: Option<NumberRange>,
    /// Genders accepted.
    pub gender: Option<Genders>,
    /// Sum of prices.
    pub revenue: Option<MoneyRange>,
    /// Number of orders.
    pub orders: Option<WholeRange>,
    /// Channels accepted.
    pub sales_type: Option<SalesTypes>,
    /// Subscribers or the others.
    pub subscription: Option<Subscription>,
    /// Days since the latest order.
    pub last_purchase: Option<LastPurchase>,
    /// Number of tickets.
    pub tickets: Option<WholeRange>,
    /// Number of distinct events.
    pub events: Option<WholeRange>,
    /// Fewest days from order to event.
    pub impulsive: Option<WholeRange>,
    /// Tickets in the largest order.
    pub tickets_per_order: Option<WholeRange>,
    /// Orders between two days.
    pub purchases: Option<Purchases>,
}

/// One filter's setting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Filter {
    /// Kilometres from the venue.
    DistanceKm(NumberRange),
    /// Genders accepted.
    Gender(Genders),
    /// Sum of prices.
    Revenue(MoneyRange),
    /// Number of orders.
    Orders(WholeRange),
    /// Channels accepted.
    SalesType(SalesTypes),
    /// Subscribers or the others.
    Subscription(Subscription),
    /// Days since the latest order.
    LastPurchase(LastPurchase),
    /// Number of tickets.
    Tickets(WholeRange),
    /// Number of distinct events.
    Events(WholeRange),
    /// Fewest days from order to event.
    Impulsive(WholeRange),
    /// Tickets in the largest order.
    TicketsPerOrder(WholeRange),
    /// Orders between two days.
    Purchases(Purchases),
}

impl Filter {
    /// A setting without bounds, to ask which values a filter would look at. Not for
    /// `last_purchase` and `subscription`, which have no such setting: theirs accept some.
    pub fn open(kind: FilterKind) -> Filter {
        let whole = WholeRange::default();
        match kind {
            FilterKind::DistanceKm => Filter::DistanceKm(NumberRange::default()),
            FilterKind::Gender => Filter::Gender(Genders { women: true, men: true, unknown: true }),
            FilterKind::Revenue => Filter::Revenue(MoneyRange::default()),
            FilterKind::Orders => Filter::Orders(whole),
            FilterKind::SalesType => {
                Filter::SalesType(SalesTypes { online: true, box_office: true, both: true })
            }
            FilterKind::Subscription => Filter::Subscription(Subscription::Regular),
            FilterKind::LastPurchase => {
                Filter::LastPurchase(LastPurchase { rule: LastPurchaseRule::Within(0), over: None })
            }
            FilterKind::Tickets => Filter::Tickets(whole),
            FilterKind::Events => Filter::Events(whole),
            FilterKind::Impulsive => Filter::Impulsive(whole),
            FilterKind::TicketsPerOrder => Filter::TicketsPerOrder(whole),
            FilterKind::Purchases => Filter::Purchases(Purchases::default()),
        }
    }

    /// Which of the twelve it is.
    pub fn kind(&self) -> FilterKind {
        match self {
            Filter::DistanceKm(_) => FilterKind::DistanceKm,
            Filter::Gender(_) => FilterKind::Gender,
            Filter::Revenue(_) => FilterKind::Revenue,
            Filter::Orders(_) => FilterKind::Orders,
            Filter::SalesType(_) => FilterKind::SalesType,
            Filter::Subscription(_) => FilterKind::Subscription,
            Filter::LastPurchase(_) => FilterKind::LastPurchase,
            Filter::Tickets(_) => FilterKind::Tickets,
            Filter::Events(_) => FilterKind::Events,
            Filter::Impulsive(_) => FilterKind::Impulsive,
            Filter::TicketsPerOrder(_) => FilterKind::TicketsPerOrder,
            Filter::Purchases(_) => FilterKind::Purchases,
        }
    }
}

impl Filters {
    /// One filter's setting, if it has one.
    pub fn get(&self, kind: FilterKind) -> Option<Filter> {
        match kind {
            FilterKind::DistanceKm => self.distance_km.map(Filter::DistanceKm),
            FilterKind::Gender => self.gender.map(Filter::Gender),
            FilterKind::Revenue => self.revenue.map(Filter::Revenue),
            FilterKind::Orders => self.orders.map(Filter::Orders),
            FilterKind::SalesType => self.sales_type.map(Filter::SalesType),
            FilterKind::Subscription => self.subscription.map(Filter::Subscription),
            FilterKind::LastPurchase => self.last_purchase.map(Filter::LastPurchase),
            FilterKind::Tickets => self.tickets.map(Filter::Tickets),
            FilterKind::Events => self.events.map(Filter::Events),
            FilterKind::Impulsive => self.impulsive.map(Filter::Impulsive),
            FilterKind::TicketsPerOrder => self.tickets_per_order.map(Filter::TicketsPerOrder),
            FilterKind::Purchases => self.purchases.map(Filter::Purchases),
        }
    }

    /// Puts one filter's setting in place of the old one.
    pub fn set(&mut self, filter: Filter) {
        match filter {
            Filter::DistanceKm(range) => self.distance_km = Some(range),
            Filter::Gender(genders) => self.gender = Some(genders),
            Filter::Revenue(range) => self.revenue = Some(range),
            Filter::Orders(range) => self.orders = Some(range),
            Filter::SalesType(types) => self.sales_type = Some(types),
            Filter::Subscription(subscription) => self.subscription = Some(subscription),
            Filter::LastPurchase(rule) => self.last_purchase = Some(rule),
            Filter::Tickets(range) => self.tickets = Some(range),
            Filter::Events(range) => self.events = Some(range),
            Filter::Impulsive(range) => self.impulsive = Some(range),
            Filter::TicketsPerOrder(range) => self.tickets_per_order = Some(range),
            Filter::Purchases(purchases) => self.purchases = Some(purchases),
        }
    }

    /// Takes one filter's setting away.
    pub fn clear(&mut self, kind: FilterKind) {
        match kind {
            FilterKind::DistanceKm => self.distance_km = None,
            FilterKind::Gender => self.gender = None,
            FilterKind::Revenue => self.revenue = None,
            FilterKind::Orders => self.orders = None,
            FilterKind::SalesType => self.sales_type = None,
            FilterKind::Subscription => self.subscription = None,
            FilterKind::LastPurchase => self.last_purchase = None,
            FilterKind::Tickets => self.tickets = None,
            FilterKind::Events => self.events = None,
            FilterKind::Impulsive => self.impulsive = None,
            FilterKind::TicketsPerOrder => self.tickets_per_order = None,
            FilterKind::Purchases => self.purchases = None,
        }
    }

    /// Whether a filter has a setting.
    pub fn has(&self, kind: FilterKind) -> bool {
        self.get(kind).is_some()
    }

    /// What a filter itself says it counts over.
    pub fn basis(&self, kind: FilterKind) -> Option<Basis> {
        match self.get(kind)? {
            Filter::DistanceKm(_)
            | Filter::Gender(_)
            | Filter::SalesType(_)
            | Filter::Subscription(_) => None,
            Filter::Revenue(range) => range.over,
            Filter::LastPurchase(rule) => rule.over,
            Filter::Purchases(purchases) => purchases.over,
            Filter::Orders(range)
            | Filter::Tickets(range)
            | Filter::Events(range)
            | Filter::Impulsive(range)
            | Filter::TicketsPerOrder(range) => range.over,
        }
    }
}

/// Real numbers from `min` to `max`, both inclusive; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct NumberRange {
    /// 0 to 1e9.
    pub min: Option<f64>,
    /// 0 to 1e9.
    pub max: Option<f64>,
}

/// Currency units from `min` to `max`, both inclusive; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MoneyRange {
    /// 0 to 1e9, the double nearest to what was typed.
    pub min: Option<f64>,
    /// 0 to 1e9, the double nearest to what was typed.
    pub max: Option<f64>,
    /// The filter's own word on what it counts over.
    pub over: Option<Basis>,
}

/// Whole numbers from `min` to `max`, both inclusive; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WholeRange {
    /// 0 to 1,000,000.
    pub min: Option<u32>,
    /// 0 to 1,000,000.
    pub max: Option<u32>,
    /// The filter's own word on what it counts over.
    pub over: Option<Basis>,
}

/// Orders whose day lies in a span, counted; without `min` and `max`, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Purchases {
    /// The span of days.
    pub days: Days,
    /// 0 to 1,000,000.
    pub min: Option<u32>,
    /// 0 to 1,000,000.
    pub max: Option<u32>,
    /// The filter's own word on what it counts over.
    pub over: Option<Basis>,
}

impl Purchases {
    /// The smallest number of orders that matches: `min`, or 1 without both ends.
    pub fn least(&self) -> u32 {
        self.min.unwrap_or(u32::from(self.max.is_none()))
    }
}

/// Days from `from` to `to`, both inclusive; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// Not before.
    pub from: Option<Day>,
    /// Not after.
    pub to: Option<Day>,
}

impl Days {
    /// Whether a day lies in the span.
    pub fn contain(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// Genders accepted, never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // A set of three.
pub struct Genders {
    /// `f`
    pub women: bool,
    /// `m`
    pub men: bool,
    /// `u`
    pub unknown: bool,
}

impl Genders {
    /// Whether a gender is accepted.
    pub fn accept(self, gender: Gender) -> bool {
        match gender {
            Gender::Woman => self.women,
            Gender::Man => self.men,
            Gender::Unknown => self.unknown,
        }
    }
}

/// Channels of a customer's orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SalesType {
    /// Online only.
    Online,
    /// Box office only.
    BoxOffice,
    /// Orders of either kind.
    Both,
}

/// Sales types accepted, never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // A set of three.
pub struct SalesTypes {
    /// Online only.
    pub online: bool,
    /// Box office only.
    pub box_office: bool,
    /// Orders of either kind.
    pub both: bool,
}

impl SalesTypes {
    /// Whether a sales type is accepted.
    pub fn accept(self, sales_type: SalesType) -> bool {
        match sales_type {
            SalesType::Online => self.online,
            SalesType::BoxOffice => self.box_office,
            SalesType::Both => self.both,
        }
    }
}

/// Whether somebody holds a subscription ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subscription {
    /// At least one.
    Subscriber,
    /// None.
    Regular,
}

/// Days since the latest order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastPurchase {
    /// What is asked of them.
    pub rule: LastPurchaseRule,
    /// The filter's own word on what it counts over.
    pub over: Option<Basis>,
}

/// What is asked of the days since the latest order; each 0 to 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastPurchaseRule {
    /// At most that many.
    Within(u32),
    /// That many.
    Exactly(u32),
    /// More than that many.
    NotWithin(u32),
}

impl LastPurchaseRule {
    /// Whether a number of days meets it.
    pub fn accept(self, days: u32) -> bool {
        match self {
            LastPurchaseRule::Within(limit) => days <= limit,
            LastPurchaseRule::Exactly(limit) => days == limit,
            LastPurchaseRule::NotWithin(limit) => days > limit,
        }
    }
}

/// Consents or flags asked for and ruled out; exclusion wins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemberRule {
    /// Ids, each once, in the document's order.
    pub include: Vec<String>,
    /// Having any of these removes.
    pub exclude: Vec<String>,
    /// Whether all or any of `include` are needed.
    pub matching: Match,
}

impl MemberRule {
    /// Whether nothing is asked.
    pub fn ask_nothing(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

/// How the included ones combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Match {
    /// Every one of them.
    #[default]
    All,
    /// At least one of them.
    Any,
}
