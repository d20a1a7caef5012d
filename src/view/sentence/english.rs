//! The sentence in English.

use super::quantity::Quantity;
use super::tongue::{MemberWords, Phrase, SelectionNames, Since, Speaker, Tongue, Words};
use crate::view::{
    Basis, Days, Filter, FilterKind, Genders, LastPurchaseRule, MoneyRange, NumberRange, Purchases,
    SalesTypes, Subscription,
};

/// English.
pub(super) struct English;

const WORDS: Words = Words {
    buyers: "Buyers",
    of: " of ",
    all_buyers: "All buyers",
    all_customers: "All customers",
    without_tickets_to: " without tickets to ",
    without_a_ticket_to: " without a ticket to ",
    or_to: " or to ",
    any_event: "any event",
    who: " who ",
    and: " and ",
    or: " or ",
    otherwise: "otherwise ",
    counting_these: "counting only these events",
    counting_all: "counting all events",
    counting_tickets_to: "counting only tickets to",
    consents: MemberWords {
        with: "with the permission ",
        with_all: "with the permissions ",
        without: "without the permission ",
        but_without: " but without ",
    },
    flags: MemberWords {
        with: "tagged ",
        with_all: "tagged ",
        without: "not tagged ",
        but_without: " but not ",
    },
    one_muted: [" ", " is muted."],
    several_muted: [" ", " are muted."],
    nameless: "(no name)",
};

/// The title of a filter.
pub(super) fn title(kind: FilterKind) -> &'static str {
    match kind {
        FilterKind::DistanceKm => "Distance",
        FilterKind::Gender => "Gender",
        FilterKind::Revenue => "Revenue",
        FilterKind::Orders => "Orders",
        FilterKind::SalesType => "Sales type",
        FilterKind::Subscription => "Subscription",
        FilterKind::LastPurchase => "Last purchase",
        FilterKind::Tickets => "Tickets",
        FilterKind::Events => "Events",
        FilterKind::Impulsive => "Impulsive",
        FilterKind::TicketsPerOrder => "Tickets per order",
        FilterKind::Purchases => "Purchases",
    }
}

impl Tongue for English {
    fn words(&self) -> &'static Words {
        &WORDS
    }

    fn title(&self, kind: FilterKind) -> &'static str {
        title(kind)
    }

    fn event(&self, name: &str, date: &str) -> String {
        format!("{name} on {date}")
    }

    fn more(&self, number: &str) -> String {
        format!("{number} more")
    }

    fn selection(&self, names: &SelectionNames) -> String {
        let mut text = match (&names.events, &names.productions, &names.categories) {
            (Some(events), Some(productions), _) => format!("{events} within {productions}"),
            (Some(only), None, _) | (None, Some(only), _) => only.clone(),
            (None, None, Some(categories)) => format!("{categories} events"),
            (None, None, None) => "events".to_owned(),
        };
        let has_head = names.events.is_some() || names.productions.is_some();
        let details = [
            (" in the category ", names.categories.as_ref().filter(|_| has_head)),
            (" tagged ", names.tags.as_ref()),
            (" promoted by ", names.promoters.as_ref()),
            (" in the season ", names.seasons.as_ref()),
        ];
        for (words, detail) in details {
            if let Some(detail) = detail {
                text = text + words + detail;
            }
        }
        match &names.since {
            Since::Ever => text,
            Since::AsOf(date) => format!("{text} from {date} on"),
            Since::Earlier(date) => format!("{text} since {date}"),
        }
    }

    fn condition(&self, filter: Filter, over: Option<Basis>, speaker: &Speaker<'_>) -> Phrase {
        let of_these = |these: &'static str, all: &'static str| match over {
            None => "",
            Some(Basis::Scope) => these,
            Some(Basis::History) => all,
        };
        match filter {
            Filter::DistanceKm(range) => Phrase::new("live ", distance(range, speaker)),
            Filter::Gender(genders) => Phrase::new("are ", gender(genders)),
            Filter::Subscription(asked) => subscription(asked, over),
            Filter::Revenue(range) => {
                let over = of_these(" on these events", " on all events");
                Phrase::new("spent ", money(range, speaker) + over)
            }
            Filter::Orders(range) => {
                let over = of_these(" for these events", " across all events");
                Phrase::new("placed ", number(range.into(), ["order", "orders"], speaker) + over)
            }
            Filter::Tickets(range) => {
                let over = of_these(" to these events", " across all events");
                Phrase::new("hold ", number(range.into(), ["ticket", "tickets"], speaker) + over)
            }
            Filter::Events(range) => {
                let over = of_these(" among these", " of any kind");
                Phrase::new("have tickets to ", events(range.into(), speaker) + over)
            }
            Filter::TicketsPerOrder(range) => {
                let over = of_these(" for these events", " across all events");
                let tickets = number(range.into(), ["ticket", "tickets"], speaker);
                Phrase::new("have ", tickets + " in their largest order" + over)
            }
            Filter::SalesType(types) => {
                let over = of_these(" for these events", " across all events");
                Phrase::new("bought ", sales_type(types).to_owned() + over)
            }
            Filter::Purchases(asked) => {
                purchases(asked, of_these(" for these events", " across all events"), speaker)
            }
            Filter::LastPurchase(asked) => last_purchase(
                asked.rule,
                of_these("a ticket to one of these events ", "a ticket to any event "),
                speaker,
            ),
            Filter::Impulsive(range) => {
                let event = match over {
                    None => "the event",
                    Some(Basis::Scope) => "one of these events",
                    Some(Basis::History) => "any event",
                };
                impulsive(range.into(), event, speaker)
            }
        }
    }
}

/// How many of something. Its name stands for one, then for several.
fn number(quantity: Quantity<u32>, [one, many]: [&str; 2], speaker: &Speaker<'_>) -> String {
    let noun = |count: u32| if count == 1 { one } else { many };
    let count = |count| speaker.count(count);
    match quantity {
        Quantity::Any => format!("any number of {many}"),
        Quantity::None => format!("no {}", many.trim_start_matches("different ")),
        Quantity::AtLeast(1) => format!("at least {} {one}", count(1)),
        Quantity::AtLeast(least) => format!("{} or more {many}", count(least)),
        Quantity::AtMost(most) => format!("at most {} {}", count(most), noun(most)),
        Quantity::Exactly(exact) => format!("exactly {} {}", count(exact), noun(exact)),
        Quantity::Between(least, most) => format!("{} to {} {many}", count(least), count(most)),
    }
}

/// How many different events, after `to`.
fn events(quantity: Quantity<u32>, speaker: &Speaker<'_>) -> String {
    match quantity {
        Quantity::Between(least, most) => {
            let (least, most) = (speaker.count(least), speaker.count(most));
            format!("between {least} and {most} different events")
        }
        _ => number(quantity, ["event", "different events"], speaker),
    }
}

fn distance(range: NumberRange, speaker: &Speaker<'_>) -> String {
    let km = |km| speaker.number(km);
    match Quantity::of(range.min, range.max) {
        Quantity::Any => "at a known distance".to_owned(),
        Quantity::None => format!("within {} km", km(0.0)),
        Quantity::AtLeast(least) => format!("{} km or more away", km(least)),
        Quantity::AtMost(most) => format!("within {} km", km(most)),
        Quantity::Exactly(exact) => format!("exactly {} km away", km(exact)),
        Quantity::Between(least, most) => format!("{} to {} km away", km(least), km(most)),
    }
}

fn gender(genders: Genders) -> &'static str {
    match (genders.women, genders.men, genders.unknown) {
        (true, false, false) => "women",
        (false, true, false) => "men",
        (true, true, false) => "women or men",
        (true, false, true) => "women or of unknown gender",
        (false, true, true) => "men or of unknown gender",
        (true, true, true) => "of any gender",
        (false, false, _) => "of unknown gender",
    }
}

fn subscription(asked: Subscription, over: Option<Basis>) -> Phrase {
    let is_subscriber = asked == Subscription::Subscriber;
    let events = match over {
        None if is_subscriber => return Phrase::new("are ", "subscribers"),
        None => return Phrase::new("are ", "not subscribers"),
        Some(Basis::Scope) => "one of these events",
        Some(Basis::History) => "any event",
    };
    let article = if is_subscriber { "a" } else { "no" };
    Phrase::new("have ", format!("{article} subscription ticket to {events}"))
}

fn money(range: MoneyRange, speaker: &Speaker<'_>) -> String {
    match speaker.amounts(range) {
        Quantity::Any => "any amount".to_owned(),
        Quantity::None => "nothing".to_owned(),
        Quantity::AtLeast(least) => format!("{least} or more"),
        Quantity::AtMost(most) => format!("at most {most}"),
        Quantity::Exactly(exact) => format!("exactly {exact}"),
        Quantity::Between(least, most) => format!("{least} to {most}"),
    }
}

fn sales_type(types: SalesTypes) -> &'static str {
    match (types.online, types.box_office, types.both) {
        (true, false, false) => "only online",
        (false, true, false) => "only at the box office",
        (true, true, false) => "either online or at the box office but never both ways",
        (true, false, true) => "online at least once",
        (false, true, true) => "at the box office at least once",
        (true, true, true) => "online or at the box office",
        (false, false, _) => "both online and at the box office",
    }
}

fn purchases(asked: Purchases, over: &str, speaker: &Speaker<'_>) -> Phrase {
    let when = days(asked.days, speaker);
    if asked.min.is_none() && asked.max.is_none() {
        return Phrase::new("bought ", when + over);
    }
    let quantity = Quantity::of(asked.min, asked.max);
    let orders = number(quantity, ["order", "orders"], speaker);
    let is_ever = asked.days == Days::default();
    let when = if is_ever { String::new() } else { format!(" {when}") };
    Phrase::new("placed ", orders + &when + over)
}

fn days(days: Days, speaker: &Speaker<'_>) -> String {
    let date = |day| speaker.date(day);
    match (days.from, days.to) {
        (None, None) => "at any time".to_owned(),
        (Some(from), None) => format!("since {}", date(from)),
        (None, Some(to)) => format!("by {}", date(to)),
        (Some(from), Some(to)) if from == to => format!("on {}", date(from)),
        (Some(from), Some(to)) => format!("between {} and {}", date(from), date(to)),
    }
}

fn last_purchase(rule: LastPurchaseRule, over: &str, speaker: &Speaker<'_>) -> Phrase {
    let days = |days| number(Quantity::Exactly(days), ["day", "days"], speaker);
    match rule {
        // Orders after the day that the view is seen from are zero days old as well.
        LastPurchaseRule::Within(0) | LastPurchaseRule::Exactly(0) => {
            Phrase::new("bought ", format!("{over}on {} or later", speaker.as_of()))
        }
        LastPurchaseRule::NotWithin(0) => {
            Phrase::new("last bought ", format!("{over}before {}", speaker.as_of()))
        }
        LastPurchaseRule::Within(1) => Phrase::new("bought ", format!("{over}in the last day")),
        LastPurchaseRule::Within(limit) => {
            let limit = speaker.count(limit);
            Phrase::new("bought ", format!("{over}in the last {limit} days"))
        }
        LastPurchaseRule::Exactly(exact) => {
            Phrase::new("last bought ", format!("{over}{} ago", days(exact)))
        }
        LastPurchaseRule::NotWithin(limit) => {
            let noun = if limit == 1 { "day" } else { "days" };
            let limit = speaker.count(limit);
            Phrase::new("last bought ", format!("{over}more than {limit} {noun} ago"))
        }
    }
}

fn impulsive(quantity: Quantity<u32>, event: &str, speaker: &Speaker<'_>) -> Phrase {
    let days = |quantity| number(quantity, ["day", "days"], speaker);
    match quantity {
        Quantity::Any => Phrase::new("bought ", format!("any number of days before {event}")),
        Quantity::None => Phrase::new("at least once bought ", format!("on the day of {event}")),
        Quantity::AtMost(most) => {
            let noun = if most == 1 { "day" } else { "days" };
            let link = format!("{} {noun} or less before {event}", speaker.count(most));
            Phrase::new("at least once bought ", link)
        }
        Quantity::AtLeast(_) => {
            let each = if event == "one of these events" { "each of these events" } else { event };
            Phrase::new("always bought ", format!("{} before {each}", days(quantity)))
        }
        Quantity::Exactly(_) | Quantity::Between(..) => {
            let link = format!("{} before {event}", days(quantity));
            Phrase::new("at their most impulsive bought ", link)
        }
    }
}
