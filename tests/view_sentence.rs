//! A view reads back as a sentence that a person could have written.

mod common;

use common::views::{Ids, views};
use proptest::prelude::*;
use publik::model::{Day, Decimals, EventFacts, FactsBuilder, LocalTime, Venue};
use publik::view::sentence::{
    About, Clause, EventName, Language, PlainLocale, SentenceContext, SnapshotNames, filter_title,
    plain_text, sentence,
};
use publik::view::{FilterKind, View, parse};

/// A theatre that knows a name for every id it is asked with: the id without `id_`, and words.
struct Theatre {
    as_of: Day,
}

impl Theatre {
    fn seen_from(date: &str) -> Theatre {
        Theatre { as_of: Day::parse(date).unwrap() }
    }
}

fn name_of(id: &str) -> Option<String> {
    id.strip_prefix("id_").map(|name| name.replace('_', " "))
}

impl SentenceContext for Theatre {
    fn as_of(&self) -> Day {
        self.as_of
    }

    fn decimals(&self) -> Decimals {
        Decimals::new(2).unwrap()
    }

    fn event(&self, id: &str) -> Option<EventName> {
        let day = Day::from_ymd(2026, 12, 13).unwrap();
        name_of(id).map(|name| EventName { name, day })
    }

    fn production(&self, id: &str) -> Option<String> {
        name_of(id)
    }

    fn consent(&self, id: &str) -> Option<String> {
        name_of(id)
    }

    fn flag(&self, id: &str) -> Option<String> {
        name_of(id)
    }
}

fn locale(language: Language) -> PlainLocale {
    let decimals = Decimals::new(2).unwrap();
    PlainLocale { language, currency: "SEK".to_owned(), decimals }
}

fn clauses(view: &View, language: Language) -> Vec<Clause> {
    sentence(view, &Theatre::seen_from("2026-11-21"), &locale(language), language)
}

/// The sentence of a document, with plain spaces.
fn said(document: &str, language: Language) -> String {
    plain_text(&clauses(&parse(document).unwrap(), language)).replace('\u{A0}', " ")
}

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

/// Ids whose names are words of their own, so that a doubled word is the sentence's fault.
fn theatre_ids() -> Ids {
    Ids {
        promoters: names(&["Riksteatern", "Scenkonstbolaget"]),
        seasons: names(&["2025/26", "2026/27"]),
        productions: names(&["id_Nötknäpparen", "id_Svansjön", "id_Carmen"]),
        events: names(&["id_Hamlet", "id_Macbeth", "id_Lear", "id_Othello"]),
        categories: names(&["Dance", "Opera", "Jazz"]),
        tags: names(&["Family", "Premiere", "Matinee"]),
        consents: names(&["id_Newsletter", "id_SMS", "id_Post", "id_No_mail"]),
        flags: names(&["id_VIP", "id_Press", "id_Mailed_in_October"]),
        largest_count: 400,
        largest_amount: 5000.0,
        days: (20_000, 21_000),
    }
}

/// The pieces of a view's sentence that are about one thing.
fn about(view: &View, language: Language, about: About) -> String {
    let clauses = clauses(view, language);
    let texts: Vec<&str> = clauses
        .iter()
        .filter(|clause| clause.about == Some(about))
        .map(|clause| clause.text.as_str())
        .collect();
    texts.join(" | ").replace('\u{A0}', " ")
}

#[test]
fn a_whole_view_reads_like_a_sentence() {
    let document = r#"{
        "version": 1,
        "segment": { "name": "Dance", "events": { "days_back": 730, "categories": ["Dance"] } },
        "mode": { "kind": "production", "id": "id_Nötknäpparen" },
        "filters": {
            "distance_km": { "max": 40 }, "revenue": { "min": 600 }, "orders": { "min": 2 },
            "sales_type": ["online", "both"], "subscription": "regular",
            "last_purchase": { "not_within": 180, "over": "history" },
            "tickets": { "min": 2, "max": 10 }, "impulsive": { "max": 3 } },
        "consents": { "include": ["id_Newsletter"], "exclude": ["id_No_mail"] },
        "flags": { "exclude": ["id_Mailed_in_October"] },
        "muted": ["impulsive"] }"#;
    assert_eq!(
        said(document, Language::English),
        "Buyers of Dance events since 21 Nov 2024 without a ticket to Nötknäpparen who live \
         within 40 km, are not subscribers, spent SEK 600 or more, placed 2 or more orders, hold \
         2 to 10 tickets, bought online at least once and last bought a ticket to any event more \
         than 180 days ago, otherwise counting only these events; with the permission Newsletter \
         but without No mail, not tagged Mailed in October. Impulsive is muted."
    );
    assert_eq!(
        said(document, Language::Swedish),
        "Köpare av biljetter till evenemang i kategorin Dance sedan 21 nov. 2024 utan biljett \
         till Nötknäpparen som bor inom 40 km, inte är abonnenter, har betalat minst 600 SEK, har \
         gjort minst 2 beställningar, har 2–10 biljetter, har köpt på nätet minst en gång och \
         senast köpte biljett till något evenemang för mer än 180 dagar sedan, i övrigt räknat \
         bara på de här evenemangen; med samtycket Newsletter men utan No mail, utan flaggan \
         Mailed in October. Filtret Impulsiv är tystat."
    );
}

#[test]
fn each_clause_knows_what_it_is_about() {
    let document = r#"{
        "version": 1,
        "segment": { "name": "S", "exclude_events": { "tags": ["Family"] } },
        "mode": { "kind": "event", "id": "id_Hamlet" },
        "filters": { "gender": ["f"], "orders": {}, "revenue": {} },
        "consents": { "include": ["id_SMS", "id_Post"] },
        "flags": { "include": ["id_VIP", "id_Press"], "match": "any" },
        "muted": ["revenue", "events"] }"#;
    let view = parse(document).unwrap();
    let table = [
        (About::People, "Buyers"),
        (About::Scope, "events from 21 Nov 2026 on"),
        (About::Exclusion, "events tagged Family"),
        (About::Mode, "Hamlet on 13 Dec 2026"),
        (About::Filter(FilterKind::Gender), "women"),
        (About::Filter(FilterKind::Orders), "any number of orders"),
        (About::Filter(FilterKind::Revenue), ""),
        (About::Counting, "counting only these events"),
        (About::Consents, "SMS and Post"),
        (About::Flags, "VIP or Press"),
        (About::Muted(FilterKind::Revenue), "Revenue"),
        // A muted filter without a setting has nothing that could be left unapplied.
        (About::Muted(FilterKind::Events), ""),
    ];
    for (place, text) in table {
        assert_eq!(about(&view, Language::English, place), text, "{place:?}");
    }
    let asides: String = clauses(&view, Language::English)
        .into_iter()
        .filter(|clause| clause.is_aside)
        .map(|clause| clause.text)
        .collect();
    assert_eq!(asides, " Revenue is muted.");
}

#[test]
fn the_events_of_a_segment_are_said_as_narrowly_as_they_are_chosen() {
    let table = [
        (r#"{"days_back":"all"}"#, "All buyers.", "Alla köpare."),
        // Before the calendar begins, every event lies after.
        (r#"{"days_back":1000000}"#, "All buyers.", "Alla köpare."),
        (
            "{}",
            "Buyers of events from 21 Nov 2026 on.",
            "Köpare av biljetter till evenemang från och med 21 nov. 2026.",
        ),
        (
            r#"{"days_back":1,"productions":["id_Carmen"]}"#,
            "Buyers of Carmen since 20 Nov 2026.",
            "Köpare av biljetter till Carmen sedan 20 nov. 2026.",
        ),
        (
            r#"{"days_back":"all","productions":["id_Carmen","P9"],"events":["id_Lear","E9"]}"#,
            "Buyers of Lear on 13 Dec 2026 or E9 within Carmen or P9.",
            "Köpare av biljetter till Lear den 13 dec. 2026 eller E9 inom Carmen eller P9.",
        ),
        (
            r#"{"days_back":"all","promoters":["A","B"],"seasons":["S"],"categories":["C","D","E"],
                "tags":["T"]}"#,
            "Buyers of C, D or E events tagged T promoted by A or B in the season S.",
            "Köpare av biljetter till evenemang i kategorin C, D eller E med taggen T från \
             arrangören A eller B under säsongen S.",
        ),
        (
            r#"{"days_back":"all","tags":["1","2","3","4","5","6","7","8"]}"#,
            "Buyers of events tagged 1, 2, 3, 4, 5 or 3 more.",
            "Köpare av biljetter till evenemang med taggen 1, 2, 3, 4, 5 eller 3 till.",
        ),
        (
            r#"{"days_back":"all","tags":["", "two\n lines"]}"#,
            "Buyers of events tagged (no name) or two lines.",
            "Köpare av biljetter till evenemang med taggen (utan namn) eller two lines.",
        ),
    ];
    for (events, english, swedish) in table {
        let document = format!(r#"{{"version":1,"segment":{{"name":"S","events":{events}}}}}"#);
        assert_eq!(said(&document, Language::English), english);
        assert_eq!(said(&document, Language::Swedish), swedish);
    }
}

/// A setting, what a customer then is or did in English, and in Swedish.
const SETTINGS: &[(&str, &str, &str)] = &[
    (r#""distance_km":{}"#, "live at a known distance", "bor på känt avstånd"),
    (r#""distance_km":{"max":0}"#, "live within 0 km", "bor inom 0 km"),
    (r#""distance_km":{"min":0,"max":7.5}"#, "live within 7.5 km", "bor inom 7,5 km"),
    (r#""distance_km":{"min":30}"#, "live 30 km or more away", "bor minst 30 km bort"),
    (r#""distance_km":{"min":5,"max":30}"#, "live 5 to 30 km away", "bor 5–30 km bort"),
    (r#""gender":["u","f"]"#, "are women or of unknown gender", "är kvinnor eller av okänt kön"),
    (r#""gender":["f","m","u"]"#, "are of any gender", "är av vilket kön som helst"),
    (r#""revenue":{"max":0}"#, "spent nothing", "inte har betalat något"),
    (r#""revenue":{"max":0.001}"#, "spent nothing", "inte har betalat något"),
    (r#""revenue":{"min":0.001}"#, "spent SEK 0.01 or more", "har betalat minst 0,01 SEK"),
    (
        r#""revenue":{"min":0.001,"max":0.002}"#,
        "spent 0.001 to 0.002",
        "har betalat mellan 0,001 och 0,002",
    ),
    (
        r#""revenue":{"min":100,"max":1500.5}"#,
        "spent SEK 100 to SEK 1,500.50",
        "har betalat mellan 100 SEK och 1 500,50 SEK",
    ),
    (r#""orders":{"min":1}"#, "placed at least 1 order", "har gjort minst 1 beställning"),
    (r#""orders":{"max":1}"#, "placed at most 1 order", "har gjort högst 1 beställning"),
    (r#""orders":{"max":0}"#, "placed no orders", "inte har gjort någon beställning"),
    (r#""orders":{"min":2,"max":2}"#, "placed exactly 2 orders", "har gjort exakt 2 beställningar"),
    (r#""tickets":{"max":0}"#, "hold no tickets", "inte har någon biljett"),
    (r#""tickets":{"min":0,"max":3}"#, "hold at most 3 tickets", "har högst 3 biljetter"),
    (r#""events":{"max":0}"#, "have tickets to no events", "inte har biljett till något evenemang"),
    (
        r#""events":{"min":1,"max":1}"#,
        "have tickets to exactly 1 event",
        "har biljett till exakt 1 evenemang",
    ),
    (
        r#""events":{"min":2,"max":4}"#,
        "have tickets to between 2 and 4 different events",
        "har biljett till 2–4 olika evenemang",
    ),
    (
        r#""sales_type":["both"]"#,
        "bought both online and at the box office",
        "har köpt både på nätet och i biljettkassan",
    ),
    (r#""sales_type":["online"]"#, "bought only online", "har köpt bara på nätet"),
    (
        r#""sales_type":["box_office","online"]"#,
        "bought either online or at the box office but never both ways",
        "har köpt antingen på nätet eller i biljettkassan men aldrig på båda sätten",
    ),
    (r#""subscription":"subscriber""#, "are subscribers", "är abonnenter"),
    (r#""subscription":"regular""#, "are not subscribers", "inte är abonnenter"),
    (r#""last_purchase":{"within":1}"#, "bought in the last day", "har köpt det senaste dygnet"),
    (
        r#""last_purchase":{"within":30}"#,
        "bought in the last 30 days",
        "har köpt de senaste 30 dagarna",
    ),
    (
        r#""last_purchase":{"exactly":1}"#,
        "last bought exactly 1 day ago",
        "senast köpte för exakt 1 dag sedan",
    ),
    (
        r#""last_purchase":{"not_within":1}"#,
        "last bought more than 1 day ago",
        "senast köpte för mer än 1 dag sedan",
    ),
    (
        r#""last_purchase":{"within":0}"#,
        "bought on 21 Nov 2026 or later",
        "har köpt 21 nov. 2026 eller senare",
    ),
    (
        r#""last_purchase":{"not_within":0}"#,
        "last bought before 21 Nov 2026",
        "senast köpte före 21 nov. 2026",
    ),
    (
        r#""impulsive":{"max":0}"#,
        "at least once bought on the day of the event",
        "någon gång har köpt samma dag som evenemanget",
    ),
    (
        r#""impulsive":{"max":3}"#,
        "at least once bought 3 days or less before the event",
        "någon gång har köpt högst 3 dagar före evenemanget",
    ),
    (
        r#""impulsive":{"min":1}"#,
        "always bought at least 1 day before the event",
        "alltid har köpt minst 1 dag före evenemanget",
    ),
    (
        r#""impulsive":{"min":3,"max":9}"#,
        "at their most impulsive bought 3 to 9 days before the event",
        "när de är som mest impulsiva köper 3–9 dagar före evenemanget",
    ),
    (
        r#""tickets_per_order":{"min":4}"#,
        "have 4 or more tickets in their largest order",
        "har minst 4 biljetter i sin största beställning",
    ),
    (
        r#""tickets_per_order":{"max":0}"#,
        "have no tickets in their largest order",
        "inte har någon biljett i sin största beställning",
    ),
    (r#""purchases":{"min":2}"#, "placed 2 or more orders", "har gjort minst 2 beställningar"),
    (r#""revenue":{"min":1.001,"max":1.001}"#, "spent exactly 1.001", "har betalat exakt 1,001"),
    (r#""purchases":{}"#, "bought at any time", "har köpt någon gång"),
    (
        r#""purchases":{"from":"2026-01-01"}"#,
        "bought since 1 Jan 2026",
        "har köpt sedan 1 jan. 2026",
    ),
    (
        r#""purchases":{"to":"2026-01-01"}"#,
        "bought by 1 Jan 2026",
        "har köpt till och med 1 jan. 2026",
    ),
    (
        r#""purchases":{"from":"2026-05-02","to":"2026-05-02"}"#,
        "bought on 2 May 2026",
        "har köpt den 2 maj 2026",
    ),
    (
        r#""purchases":{"from":"2026-01-01","to":"2026-06-30","max":0}"#,
        "placed no orders between 1 Jan 2026 and 30 Jun 2026",
        "inte har gjort någon beställning mellan 1 jan. 2026 och 30 juni 2026",
    ),
];

#[test]
fn every_setting_of_a_filter_has_its_words() {
    for (filter, english, swedish) in SETTINGS {
        let document = format!(
            r#"{{"version":1,"segment":{{"name":"S","events":{{"days_back":"all"}}}},
                "filters":{{{filter}}}}}"#
        );
        assert_eq!(said(&document, Language::English), format!("All buyers who {english}."));
        assert_eq!(said(&document, Language::Swedish), format!("Alla köpare som {swedish}."));
    }
}

#[test]
fn what_is_counted_is_said_where_it_matters() {
    let document = |people: &str, days_back: &str, rest: &str| {
        format!(
            r#"{{"version":1,"segment":{{"name":"S","people":"{people}",
                "events":{{"days_back":{days_back},"categories":{}}}}},{rest}}}"#,
            if days_back == "0" { r#"["Jazz"]"# } else { "[]" }
        )
    };
    let two = |over: &str| format!(r#""filters":{{"orders":{{"min":2}},"tickets":{{{over}}}}}"#);
    let history = r#""over":"history""#;
    let scope = r#""over":"scope","min":3"#;
    let by_history = |filters: String| format!(r#""count_over":"history",{filters}"#);
    let jazz = "Buyers of Jazz events from 21 Nov 2026 on who placed 2 or more orders and hold";
    let table = [
        (
            document("buyers", "0", &two("")),
            format!("{jazz} any number of tickets, counting only these events."),
        ),
        (
            document("buyers", "0", &two(history)),
            format!(
                "{jazz} any number of tickets across all events, otherwise counting only these events."
            ),
        ),
        (
            document("buyers", "0", &by_history(two(scope))),
            format!("{jazz} 3 or more tickets to these events, otherwise counting all events."),
        ),
        (
            document("buyers", "0", &by_history(two(""))),
            format!("{jazz} any number of tickets, counting all events."),
        ),
        // Of all events, these are all.
        (
            document("buyers", "\"all\"", &two(history)),
            "All buyers who placed 2 or more orders and hold any number of tickets.".to_owned(),
        ),
        (
            document("everyone", "0", &two("")),
            "All customers who placed 2 or more orders and hold any number of tickets, counting \
             only tickets to Jazz events from 21 Nov 2026 on."
                .to_owned(),
        ),
        (
            document("everyone", "0", &by_history(two(scope))),
            "All customers who placed 2 or more orders across all events and hold 3 or more \
             tickets, otherwise counting only tickets to Jazz events from 21 Nov 2026 on."
                .to_owned(),
        ),
        (
            document(
                "everyone",
                "0",
                r#""count_over":"history","filters":{"subscription":"regular",
                    "sales_type":["online"],"orders":{"over":"scope"}}"#,
            ),
            "All customers who have no subscription ticket to any event, placed any number of \
             orders and bought only online across all events, otherwise counting only tickets to \
             Jazz events from 21 Nov 2026 on."
                .to_owned(),
        ),
        // Nothing is counted.
        (
            document("everyone", "0", r#""filters":{"gender":["m"]}"#),
            "All customers who are men.".to_owned(),
        ),
    ];
    for (document, sentence) in table {
        assert_eq!(said(&document, Language::English), sentence);
    }
}

/// A setting that counts all events while others count these, in English and Swedish.
const ACROSS_ALL: &[(&str, &str, &str)] = &[
    (
        r#""revenue":{"min":9,"over":"history"}"#,
        "spent SEK 9 or more on all events",
        "har betalat minst 9 SEK oavsett evenemang",
    ),
    (
        r#""events":{"min":2,"over":"history"}"#,
        "have tickets to 2 or more different events of any kind",
        "har biljett till minst 2 olika evenemang av alla slag",
    ),
    (
        r#""tickets_per_order":{"max":4,"over":"history"}"#,
        "have at most 4 tickets in their largest order across all events",
        "har högst 4 biljetter i sin största beställning oavsett evenemang",
    ),
    (
        r#""purchases":{"to":"2026-01-01","over":"history"}"#,
        "bought by 1 Jan 2026 across all events",
        "har köpt till och med 1 jan. 2026 oavsett evenemang",
    ),
    (
        r#""last_purchase":{"within":9,"over":"history"}"#,
        "bought a ticket to any event in the last 9 days",
        "har köpt biljett till något evenemang de senaste 9 dagarna",
    ),
    (
        r#""impulsive":{"max":9,"over":"history"}"#,
        "at least once bought 9 days or less before any event",
        "någon gång har köpt högst 9 dagar före något evenemang",
    ),
    (
        r#""impulsive":{"min":9,"over":"history"}"#,
        "always bought 9 or more days before any event",
        "alltid har köpt minst 9 dagar före alla evenemang",
    ),
];

#[test]
fn a_filter_that_counts_something_else_says_so() {
    for (filter, english, swedish) in ACROSS_ALL {
        let document = format!(
            r#"{{"version":1,"segment":{{"name":"S"}},
                "filters":{{"subscription":"subscriber",{filter}}}}}"#
        );
        assert_eq!(
            said(&document, Language::English),
            format!(
                "Buyers of events from 21 Nov 2026 on who are subscribers and {english}, \
                 otherwise counting only these events."
            )
        );
        assert_eq!(
            said(&document, Language::Swedish),
            format!(
                "Köpare av biljetter till evenemang från och med 21 nov. 2026 som är abonnenter \
                 och {swedish}, i övrigt räknat bara på de här evenemangen."
            )
        );
    }
}

#[test]
fn permissions_and_flags_say_how_they_combine() {
    let a_b = r#"["id_A","id_B"]"#;
    let table = [
        (format!(r#"{{"include":{a_b}}}"#), "with the permissions A and B", "tagged A and B"),
        (
            format!(r#"{{"include":{a_b},"match":"any"}}"#),
            "with the permission A or B",
            "tagged A or B",
        ),
        (r#"{"include":["id_A"],"match":"any"}"#.to_owned(), "with the permission A", "tagged A"),
        (format!(r#"{{"exclude":{a_b}}}"#), "without the permission A or B", "not tagged A or B"),
        (
            format!(r#"{{"include":["id_C"],"exclude":{a_b}}}"#),
            "with the permission C but without A or B",
            "tagged C but not A or B",
        ),
    ];
    for (rule, consents, flags) in table {
        let document = |name: &str| {
            format!(
                r#"{{"version":1,"segment":{{"name":"S","events":{{"days_back":"all"}}}},
                    "{name}":{rule}}}"#
            )
        };
        assert_eq!(
            said(&document("consents"), Language::English),
            format!("All buyers, {consents}.")
        );
        assert_eq!(said(&document("flags"), Language::English), format!("All buyers, {flags}."));
    }
}

#[test]
fn names_come_from_the_snapshot_and_unknown_ids_stand_for_themselves() {
    let mut builder = FactsBuilder::new(Venue {
        name: "Scenen".to_owned(),
        time_zone: "Europe/Stockholm".to_owned(),
        currency: "SEK".to_owned(),
        decimals: Decimals::new(2).unwrap(),
        country: None,
        locale: None,
        marketing_consent: None,
        flags_cursor: 0,
    });
    builder.add_consent("news", "Nyhetsbrev");
    builder.add_flag("vip", "VIP");
    let event = EventFacts {
        id: "E1",
        name: "Giselle",
        production: ("P1", "Giselle 2026"),
        ..EventFacts::default()
    };
    let day = Day::parse("2026-12-24").unwrap();
    builder.add_event(&event, LocalTime { day, minute: None });
    let facts = builder.finish().facts;
    let document = r#"{ "version": 1,
        "segment": { "name": "S", "events": { "events": ["E1", "E2"], "days_back": 1 },
                     "exclude_events": { "productions": ["P2"] } },
        "mode": { "kind": "production", "id": "P1" },
        "consents": { "include": ["news", "sms"] },
        "flags": { "exclude": ["vip", "press"] } }"#;
    let names = SnapshotNames::new(&facts, Day::parse("2026-12-01").unwrap());
    let view = parse(document).unwrap();
    let english = locale(Language::English);
    assert_eq!(
        plain_text(&sentence(&view, &names, &english, Language::English)),
        "Buyers of Giselle on 24 Dec 2026 or E2 since 30 Nov 2026 without tickets to P2 or to \
         Giselle 2026, with the permissions Nyhetsbrev and sms, not tagged VIP or press."
    );
}

#[test]
fn a_name_that_ends_with_a_full_stop_ends_the_sentence() {
    let document = r#"{"version":1,"segment":{"name":"S","events":{"days_back":"all"}},
        "flags":{"include":["Mailed in Oct."]}}"#;
    assert_eq!(said(document, Language::English), "All buyers, tagged Mailed in Oct.");
}

#[test]
fn filters_have_titles_of_their_own_in_both_languages() {
    for language in Language::ALL {
        let mut titles: Vec<&str> =
            FilterKind::ALL.into_iter().map(|kind| filter_title(kind, language)).collect();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), FilterKind::COUNT);
    }
    assert_eq!(Language::from_tag("sv-SE"), Some(Language::Swedish));
    assert_eq!(Language::from_tag("EN"), Some(Language::English));
    assert_eq!(Language::from_tag("svx"), None);
}

/// The first word that stands twice in a row, with no mark between.
fn doubled_word(text: &str) -> Option<&str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_doubled = |pair: &&[&str]| {
        let next = pair[1].trim_end_matches(|letter: char| !letter.is_alphanumeric());
        pair[0].to_lowercase() == next.to_lowercase()
    };
    words.windows(2).find(is_doubled).map(|pair| pair[0])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn any_view_reads_like_a_sentence(view in views(&theatre_ids())) {
        for language in Language::ALL {
            let clauses = clauses(&view, language);
            let text = plain_text(&clauses);
            prop_assert_eq!(doubled_word(&text), None, "{}", &text);
            let clean = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(text.replace('\u{A0}', " "), clean, "spaces");
            prop_assert!(!text.contains(['_', '{', '}', '[', ']', '"']), "{}", &text);
            prop_assert!(!text.contains("..") && !text.contains(",,"), "{}", &text);
            for before in [" ,", " .", " ;", ",.", ";.", "( ", " )"] {
                prop_assert!(!text.contains(before), "{:?} in {}", before, &text);
            }
            let main: String = clauses
                .iter()
                .filter(|clause| !clause.is_aside)
                .map(|clause| clause.text.as_str())
                .collect();
            prop_assert!(main.ends_with('.') && text.ends_with('.'), "{}", &text);
            prop_assert!(text.starts_with(char::is_uppercase), "{}", &text);
            prop_assert!(clauses.iter().all(|clause| !clause.text.is_empty()));
            prop_assert_eq!(&clauses, &self::clauses(&view, language));
        }
    }

    #[test]
    fn every_condition_is_in_the_sentence_and_nothing_else(view in views(&theatre_ids())) {
        for language in Language::ALL {
            let clauses = clauses(&view, language);
            let is_there = |about: About| clauses.iter().any(|clause| clause.about == Some(about));
            for kind in FilterKind::ALL {
                let is_muted = view.filters.has(kind) && view.muted.contains(&kind);
                prop_assert_eq!(is_there(About::Filter(kind)), view.is_active(kind));
                prop_assert_eq!(is_there(About::Muted(kind)), is_muted);
            }
            prop_assert!(is_there(About::People));
            prop_assert_eq!(is_there(About::Mode), view.mode != publik::view::Mode::All);
            prop_assert_eq!(is_there(About::Consents), !view.consents.ask_nothing());
            prop_assert_eq!(is_there(About::Flags), !view.flags.ask_nothing());
        }
    }

    #[test]
    fn views_of_strange_names_have_a_sentence_too(view in views(&Ids::anything())) {
        for language in Language::ALL {
            let text = plain_text(&clauses(&view, language));
            prop_assert!(text.ends_with('.') && !text.contains('\n'), "{:?}", text);
        }
    }
}
