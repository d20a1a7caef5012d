//! The twelve filters: their names, and a setting for each.

use serde::{Deserialize, Serialize};

use super::{
    Basis, Genders, LastPurchase, LastPurchaseRule, MoneyRange, NumberRange, Purchases, SalesTypes,
    Subscription, WholeRange,
};

/// The twelve filters, in the order of the contract's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
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
