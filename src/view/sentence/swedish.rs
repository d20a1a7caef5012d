//! The sentence in Swedish.

use super::quantity::Quantity;
use super::tongue::{MemberWords, Phrase, SelectionNames, Since, Speaker, Tongue, Words};
use crate::view::{
    Basis, Days, Filter, FilterKind, Genders, LastPurchaseRule, MoneyRange, NumberRange, Purchases,
    SalesTypes, Subscription,
};

/// Swedish.
pub(super) struct Swedish;

const WORDS: Words = Words {
    buyers: "Köpare",
    of: " av biljetter till ",
    all_buyers: "Alla köpare",
    all_customers: "Alla kunder",
    without_tickets_to: " utan biljett till ",
    without_a_ticket_to: " utan biljett till ",
    or_to: " eller till ",
    any_event: "något evenemang",
    who: " som ",
    and: " och ",
    or: " eller ",
    otherwise: "i övrigt ",
    counting_these: "räknat bara på de här evenemangen",
    counting_all: "räknat på alla evenemang",
    counting_tickets_to: "räknat bara på biljetter till",
    consents: MemberWords {
        with: "med samtycket ",
        with_all: "med samtyckena ",
        without: "utan samtycket ",
        but_without: " men utan ",
    },
    flags: MemberWords {
        with: "med flaggan ",
        with_all: "med flaggorna ",
        without: "utan flaggan ",
        but_without: " men utan ",
    },
    one_muted: [" Filtret ", " är tystat."],
    several_muted: [" Filtren ", " är tystade."],
    nameless: "(utan namn)",
};

/// The title of a filter.
pub(super) fn title(kind: FilterKind) -> &'static str {
    match kind {
        FilterKind::DistanceKm => "Avstånd",
        FilterKind::Gender => "Kön",
        FilterKind::Revenue => "Omsättning",
        FilterKind::Orders => "Beställningar",
        FilterKind::SalesType => "Försäljningssätt",
        FilterKind::Subscription => "Abonnemang",
        FilterKind::LastPurchase => "Senaste köp",
        FilterKind::Tickets => "Biljetter",
        FilterKind::Events => "Evenemang",
        FilterKind::Impulsive => "Impulsiv",
        FilterKind::TicketsPerOrder => "Biljetter per beställning",
        FilterKind::Purchases => "Köp",
    }
}

/// A noun as it counts: one, several, and its gender as shown by the word for none.
struct Noun {
    one: &'static str,
    many: &'static str,
    none: &'static str,
}

const ORDER: Noun =
    Noun { one: "beställning", many: "beställningar", none: "någon beställning" };
const TICKET: Noun = Noun { one: "biljett", many: "biljetter", none: "någon biljett" };
const EVENT: Noun = Noun { one: "evenemang", many: "olika evenemang", none: "något evenemang" };

impl Tongue for Swedish {
    fn words(&self) -> &'static Words {
        &WORDS
    }

    fn title(&self, kind: FilterKind) -> &'static str {
        title(kind)
    }

    fn event(&self, name: &str, date: &str) -> String {
        format!("{name} den {date}")
    }

    fn more(&self, number: &str) -> String {
        format!("{number} till")
    }

    fn selection(&self, names: &SelectionNames) -> String {
        let mut text = match (&names.events, &names.productions) {
            (Some(events), Some(productions)) => format!("{events} inom {productions}"),
            (Some(only), None) | (None, Some(only)) => only.clone(),
            (None, None) => "evenemang".to_owned(),
        };
        let details = [
            (" i kategorin ", &names.categories),
            (" med taggen ", &names.tags),
            (" från arrangören ", &names.promoters),
            (" under säsongen ", &names.seasons),
        ];
        for (words, detail) in details {
            if let Some(detail) = detail {
                text = text + words + detail;
            }
        }
        match &names.since {
            Since::Ever => text,
            Since::AsOf(date) => format!("{text} från och med {date}"),
            Since::Earlier(date) => format!("{text} sedan {date}"),
        }
    }

    fn condition(&self, filter: Filter, over: Option<Basis>, speaker: &Speaker<'_>) -> Phrase {
        let of_these = |these: &'static str, all: &'static str| match over {
            None => "",
            Some(Basis::Scope) => these,
            Some(Basis::History) => all,
        };
        let to = of_these(" till de här evenemangen", " oavsett evenemang");
        let of = of_these(" för de här evenemangen", " oavsett evenemang");
        match filter {
            Filter::DistanceKm(range) => Phrase::new("bor ", distance(range, speaker)),
            Filter::Gender(genders) => Phrase::new("är ", gender(genders)),
            Filter::Subscription(asked) => subscription(asked, over),
            Filter::Revenue(range) => revenue(range, of, speaker),
            Filter::Orders(range) => number(range.into(), "har gjort ", &ORDER, of, speaker),
            Filter::Tickets(range) => number(range.into(), "har ", &TICKET, to, speaker),
            Filter::Events(range) => {
                let among = of_these(" bland de här", " av alla slag");
                number(range.into(), "har biljett till ", &EVENT, among, speaker)
            }
            Filter::TicketsPerOrder(range) => {
                let order = format!(" i sin största beställning{to}");
                number(range.into(), "har ", &TICKET, &order, speaker)
            }
            Filter::SalesType(types) => Phrase::new("har köpt ", sales_type(types).to_owned() + to),
            Filter::Purchases(asked) => purchases(asked, of, speaker),
            Filter::LastPurchase(asked) => {
                let over = of_these(
                    "biljett till något av de här evenemangen ",
                    "biljett till något evenemang ",
                );
                last_purchase(asked.rule, over, speaker)
            }
            Filter::Impulsive(range) => impulsive(range.into(), over, speaker),
        }
    }
}

/// What somebody has so many of. None is said by the verb, as Swedish does.
fn number(
    quantity: Quantity<u32>,
    verb: &str,
    noun: &Noun,
    rest: &str,
    speaker: &Speaker<'_>,
) -> Phrase {
    match quantity {
        Quantity::None => Phrase::new(format!("inte {verb}"), format!("{}{rest}", noun.none)),
        _ => Phrase::new(verb, amount(quantity, noun.one, noun.many, speaker) + rest),
    }
}

/// How many of something.
fn amount(quantity: Quantity<u32>, one: &str, many: &str, speaker: &Speaker<'_>) -> String {
    let counted = |count: u32| {
        let noun = if count == 1 { one } else { many };
        format!("{} {noun}", speaker.count(count))
    };
    match quantity {
        Quantity::Any => format!("hur många {many} som helst"),
        Quantity::None => format!("inga {many}"),
        Quantity::AtLeast(least) => format!("minst {}", counted(least)),
        Quantity::AtMost(most) => format!("högst {}", counted(most)),
        Quantity::Exactly(exact) => format!("exakt {}", counted(exact)),
        Quantity::Between(least, most) => {
            format!("{}–{}", speaker.count(least), counted(most))
        }
    }
}

fn distance(range: NumberRange, speaker: &Speaker<'_>) -> String {
    let km = |km| speaker.number(km);
    match Quantity::of(range.min, range.max) {
        Quantity::Any => "på känt avstånd".to_owned(),
        Quantity::None => format!("inom {} km", km(0.0)),
        Quantity::AtLeast(least) => format!("minst {} km bort", km(least)),
        Quantity::AtMost(most) => format!("inom {} km", km(most)),
        Quantity::Exactly(exact) => format!("exakt {} km bort", km(exact)),
        Quantity::Between(least, most) => format!("{}–{} km bort", km(least), km(most)),
    }
}

fn gender(genders: Genders) -> &'static str {
    match (genders.women, genders.men, genders.unknown) {
        (true, false, false) => "kvinnor",
        (false, true, false) => "män",
        (true, true, false) => "kvinnor eller män",
        (true, false, true) => "kvinnor eller av okänt kön",
        (false, true, true) => "män eller av okänt kön",
        (true, true, true) => "av vilket kön som helst",
        (false, false, _) => "av okänt kön",
    }
}

fn subscription(asked: Subscription, over: Option<Basis>) -> Phrase {
    let is_subscriber = asked == Subscription::Subscriber;
    let events = match over {
        None if is_subscriber => return Phrase::new("är ", "abonnenter"),
        None => return Phrase::new("", "inte är abonnenter"),
        Some(Basis::Scope) => "något av de här evenemangen",
        Some(Basis::History) => "något evenemang",
    };
    let verb = if is_subscriber { "har " } else { "inte har " };
    Phrase::new(verb, format!("abonnemangsbiljett till {events}"))
}

fn revenue(range: MoneyRange, over: &str, speaker: &Speaker<'_>) -> Phrase {
    let amount = match speaker.amounts(range) {
        Quantity::Any => "hur mycket som helst".to_owned(),
        Quantity::None => return Phrase::new("inte har betalat ", format!("något{over}")),
        Quantity::AtLeast(least) => format!("minst {least}"),
        Quantity::AtMost(most) => format!("högst {most}"),
        Quantity::Exactly(exact) => format!("exakt {exact}"),
        Quantity::Between(least, most) => format!("mellan {least} och {most}"),
    };
    Phrase::new("har betalat ", amount + over)
}

fn sales_type(types: SalesTypes) -> &'static str {
    match (types.online, types.box_office, types.both) {
        (true, false, false) => "bara på nätet",
        (false, true, false) => "bara i biljettkassan",
        (true, true, false) => "antingen på nätet eller i biljettkassan men aldrig på båda sätten",
        (true, false, true) => "på nätet minst en gång",
        (false, true, true) => "i biljettkassan minst en gång",
        (true, true, true) => "på nätet eller i biljettkassan",
        (false, false, _) => "både på nätet och i biljettkassan",
    }
}

fn purchases(asked: Purchases, over: &str, speaker: &Speaker<'_>) -> Phrase {
    let when = days(asked.days, speaker);
    if asked.min.is_none() && asked.max.is_none() {
        return Phrase::new("har köpt ", when + over);
    }
    let is_ever = asked.days == Days::default();
    let rest = if is_ever { over.to_owned() } else { format!(" {when}{over}") };
    number(Quantity::of(asked.min, asked.max), "har gjort ", &ORDER, &rest, speaker)
}

fn days(days: Days, speaker: &Speaker<'_>) -> String {
    let date = |day| speaker.date(day);
    match (days.from, days.to) {
        (None, None) => "någon gång".to_owned(),
        (Some(from), None) => format!("sedan {}", date(from)),
        (None, Some(to)) => format!("till och med {}", date(to)),
        (Some(from), Some(to)) if from == to => format!("den {}", date(from)),
        (Some(from), Some(to)) => format!("mellan {} och {}", date(from), date(to)),
    }
}

fn last_purchase(rule: LastPurchaseRule, over: &str, speaker: &Speaker<'_>) -> Phrase {
    match rule {
        // Orders after the day that the view is seen from are zero days old as well.
        LastPurchaseRule::Within(0) | LastPurchaseRule::Exactly(0) => {
            Phrase::new("har köpt ", format!("{over}{} eller senare", speaker.as_of()))
        }
        LastPurchaseRule::NotWithin(0) => {
            Phrase::new("senast köpte ", format!("{over}före {}", speaker.as_of()))
        }
        LastPurchaseRule::Within(1) => {
            Phrase::new("har köpt ", format!("{over}det senaste dygnet"))
        }
        LastPurchaseRule::Within(limit) => {
            let limit = speaker.count(limit);
            Phrase::new("har köpt ", format!("{over}de senaste {limit} dagarna"))
        }
        LastPurchaseRule::Exactly(exact) => {
            let days = amount(Quantity::Exactly(exact), "dag", "dagar", speaker);
            Phrase::new("senast köpte ", format!("{over}för {days} sedan"))
        }
        LastPurchaseRule::NotWithin(limit) => {
            let noun = if limit == 1 { "dag" } else { "dagar" };
            let limit = speaker.count(limit);
            Phrase::new("senast köpte ", format!("{over}för mer än {limit} {noun} sedan"))
        }
    }
}

fn impulsive(quantity: Quantity<u32>, over: Option<Basis>, speaker: &Speaker<'_>) -> Phrase {
    let (event, each) = match over {
        None => ("evenemanget", "evenemanget"),
        Some(Basis::Scope) => ("något av de här evenemangen", "de här evenemangen"),
        Some(Basis::History) => ("något evenemang", "alla evenemang"),
    };
    let days = amount(quantity, "dag", "dagar", speaker);
    match quantity {
        Quantity::Any => Phrase::new("har köpt ", format!("{days} före {event}")),
        Quantity::None => Phrase::new("någon gång har köpt ", format!("samma dag som {event}")),
        Quantity::AtMost(_) => Phrase::new("någon gång har köpt ", format!("{days} före {event}")),
        Quantity::AtLeast(_) => Phrase::new("alltid har köpt ", format!("{days} före {each}")),
        Quantity::Exactly(_) | Quantity::Between(..) => {
            Phrase::new("när de är som mest impulsiva köper ", format!("{days} före {event}"))
        }
    }
}
