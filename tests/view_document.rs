//! What a document may say, what it means, and what is said about everything else.

use publik::model::Day;
use publik::view::{
    Basis, DaysBack, Filter, FilterKind, MAX_BYTES, Match, Mode, People, View, ViewError, parse,
    parse_consents, parse_filter, parse_flags, parse_mode, parse_segment, to_json,
};

/// The document with every field, written out in the format's description.
const EVERYTHING: &str = r#"{
  "version": 1,
  "name": "Lapsed locals",
  "segment": {
    "name": "Dance, last two years", "description": "Internal note",
    "events": { "days_back": 730, "promoters": [], "seasons": [], "productions": [],
                "events": [], "categories": ["Dance"], "tags": [] },
    "exclude_events": { "productions": ["P12"] },
    "people": "buyers" },
  "mode": { "kind": "production", "id": "P12" },
  "count_over": "scope",
  "filters": {
    "distance_km": { "max": 40 }, "gender": ["f", "m"], "revenue": { "min": 500.5 },
    "orders": { "min": 2 }, "sales_type": ["online", "both"], "subscription": "regular",
    "last_purchase": { "not_within": 180, "over": "history" },
    "tickets": { "min": 2, "max": 10 }, "events": { "min": 2 },
    "impulsive": { "max": 3 }, "tickets_per_order": { "min": 4 },
    "purchases": { "from": "2026-01-01", "to": "2026-06-30", "min": 1 } },
  "consents": { "include": ["newsletter"], "exclude": ["no_mail"], "match": "all" },
  "flags": { "include": [], "exclude": ["mailed_october"], "match": "all" },
  "muted": ["impulsive"],
  "boxes": ["distance_km", "revenue", "impulsive"]
}"#;

/// A view whose `filters` are these.
fn with_filters(filters: &str) -> String {
    format!(r#"{{"version":1,"segment":{{"name":"S"}},"filters":{filters}}}"#)
}

/// A view with these fields beside the required ones.
fn with(fields: &str) -> String {
    format!(r#"{{"version":1,"segment":{{"name":"S"}},{fields}}}"#)
}

/// A view whose segment has these fields beside its name.
fn with_segment(fields: &str) -> String {
    format!(r#"{{"version":1,"segment":{{"name":"S",{fields}}}}}"#)
}

/// Checks that a document is refused for exactly one reason, with this path and these words.
fn assert_refused(document: &str, path: &str, words: &[&str]) {
    let errors = parse(document).expect_err(document);
    assert_eq!(errors.path(), path, "{document}\n{errors}");
    assert_eq!(errors.iter().count(), 1, "{document}\n{errors}");
    let message = errors.to_string();
    for word in words {
        assert!(message.contains(word), "{document}\n{message}\nlacks {word}");
    }
}

#[test]
fn a_document_with_every_field_means_what_it_says() {
    let view = parse(EVERYTHING).unwrap();
    assert_eq!(view.name, "Lapsed locals");
    assert_eq!(view.segment.events.days_back, Some(DaysBack::Days(730)));
    assert_eq!(view.segment.events.categories, ["Dance"]);
    assert_eq!(view.segment.exclude_events.as_ref().unwrap().productions, ["P12"]);
    assert_eq!(view.mode, Mode::Production("P12".to_owned()));
    assert_eq!(view.filters.revenue.unwrap().min, Some(500.5));
    assert_eq!(view.basis_of(FilterKind::LastPurchase), Basis::History);
    assert_eq!(view.basis_of(FilterKind::Orders), Basis::Scope);
    assert_eq!(view.filters.purchases.unwrap().days.to, Day::from_ymd(2026, 6, 30));
    assert!(FilterKind::ALL.iter().all(|kind| view.filters.has(*kind)));
    assert!(!view.is_active(FilterKind::Impulsive));
    assert_eq!(view.flags.exclude, ["mailed_october"]);
    let boxes = [FilterKind::DistanceKm, FilterKind::Revenue, FilterKind::Impulsive];
    assert_eq!(view.boxes.as_deref(), Some(&boxes[..]));
}

#[test]
fn what_a_document_leaves_out_has_its_default() {
    let view = parse(r#"{"version":1,"segment":{"name":"S"}}"#).unwrap();
    let mut expected = View::default();
    expected.segment.name = "S".to_owned();
    assert_eq!(view, expected);
    assert_eq!(view.segment.people, People::Buyers);
    assert_eq!(view.count_over, Basis::Scope);
    assert_eq!(view.consents.matching, Match::All);

    let empty = r#""events":{},"exclude_events":{},"description":"""#;
    let spelled = parse(with_segment(empty)).unwrap();
    assert!(spelled.segment.exclude_events.unwrap().asks_nothing());
    assert_eq!(parse(with(r#""mode":{},"filters":{},"consents":{},"flags":{}"#)).unwrap(), view);
    assert_eq!(parse(with(r#""mode":{"kind":"all"},"muted":[]"#)).unwrap(), view);
}

#[test]
fn defaults_are_left_out_and_numbers_are_short() {
    let view = parse(with(r#""mode":{"kind":"all"},"count_over":"scope","muted":[]"#)).unwrap();
    assert_eq!(to_json(&view), r#"{"version":1,"segment":{"name":"S"}}"#);
    let numbers = r#"{"distance_km":{"min":0.10,"max":40.0},"revenue":{"min":-0,"max":1e9}}"#;
    assert_eq!(
        to_json(&parse(with_filters(numbers)).unwrap()),
        with_filters(
            r#"{"distance_km":{"min":0.1,"max":40},"revenue":{"min":0,"max":1000000000}}"#
        )
    );
}

#[test]
fn fields_are_written_in_the_order_of_the_format() {
    let written = to_json(&parse(EVERYTHING).unwrap());
    let mut rest = written.as_str();
    for name in [
        "version",
        "name",
        "segment",
        "name",
        "description",
        "events",
        "days_back",
        "categories",
        "exclude_events",
        "mode",
        "kind",
        "id",
        "filters",
        "distance_km",
        "gender",
        "revenue",
        "orders",
        "sales_type",
        "subscription",
        "last_purchase",
        "not_within",
        "over",
        "tickets",
        "min",
        "max",
        "events",
        "impulsive",
        "tickets_per_order",
        "purchases",
        "from",
        "to",
        "consents",
        "include",
        "exclude",
        "flags",
        "exclude",
        "muted",
        "boxes",
    ] {
        let at = rest.find(&format!("\"{name}\":"));
        rest = &rest[at.unwrap_or_else(|| panic!("{name} is not where it belongs: {written}"))..];
    }
}

#[test]
fn repeated_values_count_once() {
    let lists = r#""events":{"tags":["a","b","a"]},"exclude_events":{"events":["x","x"]}"#;
    let segment = parse(with_segment(lists)).unwrap().segment;
    assert_eq!(segment.events.tags, ["a", "b"]);
    assert_eq!(segment.exclude_events.unwrap().events, ["x"]);
    let rest = r#""muted":["orders","orders"],"boxes":["gender","orders","gender"],
        "consents":{"include":["n","n"]},"filters":{"gender":["f","f"]}"#;
    let view = parse(with(rest)).unwrap();
    assert_eq!(view.muted, [FilterKind::Orders]);
    assert_eq!(view.boxes.unwrap(), [FilterKind::Gender, FilterKind::Orders]);
    assert_eq!(view.consents.include, ["n"]);
    let genders = view.filters.gender.unwrap();
    assert!(genders.women && !genders.men && !genders.unknown);
}

#[test]
fn whole_numbers_may_be_written_in_any_way() {
    for (written, value) in [
        ("2", 2),
        ("2.0", 2),
        ("2e0", 2),
        ("1e3", 1000),
        ("-0", 0),
        ("-0.0", 0),
        ("0", 0),
        ("1000000", 1_000_000),
        ("1e6", 1_000_000),
        ("1000000.0", 1_000_000),
        ("20e-1", 2),
    ] {
        let view = parse(with_filters(&format!(r#"{{"orders":{{"min":{written}}}}}"#))).unwrap();
        assert_eq!(view.filters.orders.unwrap().min, Some(value), "{written}");
    }
    assert!(parse(r#"{"version":1.0,"segment":{"name":"S"}}"#).is_ok());
}

#[test]
fn numbers_outside_their_range_are_refused_with_their_path() {
    let whole = "an integer from 0 to 1,000,000";
    for value in [
        "-1",
        "0.5",
        "1000001",
        "1e7",
        "1e300",
        "18446744073709551616",
        "-9223372036854775808",
        "-1e-300",
        "1000000.0000001",
        "null",
        "\"2\"",
        "true",
        "[]",
        "{}",
    ] {
        for kind in ["orders", "tickets", "events", "impulsive", "tickets_per_order", "purchases"] {
            for end in ["min", "max"] {
                let path = format!("filters.{kind}.{end}");
                let filters = format!(r#"{{"{kind}":{{"{end}":{value}}}}}"#);
                assert_refused(&with_filters(&filters), &path, &[whole]);
            }
        }
        for rule in ["within", "exactly", "not_within"] {
            let filters = format!(r#"{{"last_purchase":{{"{rule}":{value}}}}}"#);
            assert_refused(
                &with_filters(&filters),
                &format!("filters.last_purchase.{rule}"),
                &[whole],
            );
        }
        let segment = format!(r#""events":{{"days_back":{value}}}"#);
        assert_refused(&with_segment(&segment), "segment.events.days_back", &[whole, "\"all\""]);
    }
    for value in ["-1", "-0.001", "1000000000.1", "10000000000", "null", "\"2\"", "false", "[1]"] {
        for kind in ["distance_km", "revenue"] {
            let filters = format!(r#"{{"{kind}":{{"max":{value}}}}}"#);
            let words = [value, "a number from 0 to 1,000,000,000"];
            assert_refused(&with_filters(&filters), &format!("filters.{kind}.max"), &words);
        }
    }
}

#[test]
fn a_number_beyond_every_double_is_named_with_its_path() {
    let document = with_filters("{\"distance_km\":{\"min\":1},\n\"revenue\":{\"min\":1e400}}");
    assert_refused(&document, "filters.revenue.min", &["1e400", "at most 1,000,000,000"]);
    let tiny = parse(with_filters(r#"{"revenue":{"min":1e-400}}"#)).unwrap();
    assert_eq!(tiny.filters.revenue.unwrap().min, Some(0.0));
}

#[test]
fn a_wrong_type_is_refused_everywhere() {
    let table = [
        ("null", "", "null", "an object"),
        ("[]", "", "[]", "an object"),
        (r#"{"version":1,"segment":[]}"#, "segment", "[]", "an object"),
        (r#"{"version":1,"segment":null}"#, "segment", "null", "an object"),
        (r#"{"version":1,"segment":{"name":7}}"#, "segment.name", "7", "a text"),
        (r#"{"version":1,"segment":{"name":null}}"#, "segment.name", "null", "a text"),
        (r#"{"version":"1","segment":{"name":"S"}}"#, "version", "\"1\"", "reads"),
        (r#"{"version":null,"segment":{"name":"S"}}"#, "version", "null", "reads"),
        (r#"{"version":0,"segment":{"name":"S"}}"#, "version", "0", "reads"),
        (r#"{"version":1.5,"segment":{"name":"S"}}"#, "version", "1.5", "reads"),
    ];
    for (document, path, value, allowed) in table {
        assert_refused(document, path, &[value, allowed]);
    }
    let table = [
        (r#""name":null"#, "name", "null", "a text"),
        (r#""mode":"all""#, "mode", "\"all\"", "an object"),
        (r#""mode":{"kind":null}"#, "mode.kind", "null", "\"all\" or \"event\" or \"production\""),
        (r#""mode":{"kind":"venue"}"#, "mode.kind", "\"venue\"", "\"production\""),
        (r#""mode":{"kind":"event","id":4}"#, "mode.id", "4", "a text"),
        (r#""count_over":"all""#, "count_over", "\"all\"", "\"scope\" or \"history\""),
        (r#""filters":[]"#, "filters", "[]", "an object"),
        (r#""filters":{"orders":null}"#, "filters.orders", "null", "an object"),
        (r#""filters":{"gender":null}"#, "filters.gender", "null", "a list"),
        (r#""filters":{"gender":"f"}"#, "filters.gender", "\"f\"", "a list"),
        (r#""filters":{"gender":["f","x"]}"#, "filters.gender[1]", "\"x\"", "\"f\" or \"m\""),
        (r#""filters":{"gender":["F"]}"#, "filters.gender[0]", "\"F\"", "\"f\""),
        (r#""filters":{"sales_type":["web"]}"#, "filters.sales_type[0]", "\"web\"", "box_office"),
        (r#""filters":{"subscription":["regular"]}"#, "filters.subscription", "[", "subscriber"),
        (r#""filters":{"subscription":"none"}"#, "filters.subscription", "none", "\"regular\""),
        (r#""filters":{"orders":{"over":null}}"#, "filters.orders.over", "null", "\"history\""),
        (r#""consents":[]"#, "consents", "[]", "an object"),
        (r#""consents":{"include":"n"}"#, "consents.include", "\"n\"", "a list"),
        (r#""consents":{"exclude":["a",1]}"#, "consents.exclude[1]", "1", "a text"),
        (r#""flags":{"match":"some"}"#, "flags.match", "\"some\"", "\"all\" or \"any\""),
        (r#""flags":{"include":[["a"]]}"#, "flags.include[0]", "[\"a\"]", "a text"),
        (r#""muted":"orders""#, "muted", "\"orders\"", "a list"),
        (r#""muted":["revenue","age"]"#, "muted[1]", "\"age\"", "\"distance_km\""),
        (r#""boxes":null"#, "boxes", "null", "a list"),
        (r#""boxes":[3]"#, "boxes[0]", "3", "\"purchases\""),
    ];
    for (fields, path, value, allowed) in table {
        assert_refused(&with(fields), path, &[value, allowed]);
    }
    let table = [
        (r#""events":[]"#, "segment.events", "[]", "an object"),
        (r#""events":null"#, "segment.events", "null", "an object"),
        (r#""events":{"tags":"a"}"#, "segment.events.tags", "\"a\"", "a list"),
        (r#""events":{"tags":["a","b",3]}"#, "segment.events.tags[2]", "3", "a text"),
        (r#""events":{"days_back":"All"}"#, "segment.events.days_back", "\"All\"", "\"all\""),
        (r#""exclude_events":null"#, "segment.exclude_events", "null", "an object"),
        (r#""exclude_events":{"days_back":1.5}"#, "segment.exclude_events.days_back", "1.5", "all"),
        (r#""people":"all""#, "segment.people", "\"all\"", "\"buyers\" or \"everyone\""),
        (r#""description":1"#, "segment.description", "1", "a text"),
    ];
    for (fields, path, value, allowed) in table {
        assert_refused(&with_segment(fields), path, &[value, allowed]);
    }
}

#[test]
fn what_is_required_is_missed_by_name() {
    assert_refused(r#"{"segment":{"name":"S"}}"#, "version", &["missing", "1"]);
    assert_refused(r#"{"version":1}"#, "segment.name", &["missing", "a text"]);
    assert_refused(r#"{"version":1,"segment":{}}"#, "segment.name", &["missing", "a text"]);
    assert_refused(&with(r#""mode":{"kind":"event"}"#), "mode.id", &["missing", "an event"]);
    let document = with(r#""mode":{"kind":"production"}"#);
    assert_refused(&document, "mode.id", &["missing", "event group"]);
}

#[test]
fn the_mode_for_all_has_no_id() {
    for mode in [r#"{"kind":"all","id":"E1"}"#, r#"{"id":"E1"}"#] {
        assert_refused(&with(&format!(r#""mode":{mode}"#)), "mode.id", &["\"E1\"", "no id"]);
    }
}

#[test]
fn unknown_fields_are_refused_with_the_fields_there_are() {
    let table = [
        (with(r#""extra":1"#), "extra", "count_over"),
        (with(r#""filters":{"age":{"min":3}}"#), "filters.age", "distance_km"),
        (with(r#""filters":{"orders":{"mn":3}}"#), "filters.orders.mn", "min, max, over"),
        (
            with(r#""filters":{"distance_km":{"over":"scope"}}"#),
            "filters.distance_km.over",
            "allowed here: min, max",
        ),
        (with(r#""filters":{"revenue":{"from":"2026-01-01"}}"#), "filters.revenue.from", "over"),
        (with(r#""mode":{"kind":"all","ids":[]}"#), "mode.ids", "kind, id"),
        (with(r#""consents":{"any":[]}"#), "consents.any", "include, exclude, match"),
        (with(r#""flags":{"a b":[]}"#), "flags[\"a b\"]", "include"),
        (with_segment(r#""id":"S1""#), "segment.id", "exclude_events"),
        (with_segment(r#""events":{"days":3}"#), "segment.events.days", "days_back"),
        (with_segment(r#""events":{"":3}"#), "segment.events[\"\"]", "days_back"),
    ];
    for (document, path, allowed) in table {
        assert_refused(&document, path, &["unknown field", allowed]);
    }
}

#[test]
fn a_key_may_stand_once() {
    let table = [
        (r#"{"version":1,"version":1,"segment":{"name":"S"}}"#.to_owned(), "version"),
        (with(r#""name":"a","name":"a""#), "name"),
        (with(r#""filters":{"orders":{},"orders":{}}"#), "filters.orders"),
        (with(r#""filters":{"orders":{"min":1,"min":1}}"#), "filters.orders.min"),
        (with(r#""filters":{},"filters":{}"#), "filters"),
        (with(r#""flags":{"include":[],"include":[]}"#), "flags.include"),
        (with(r#""mode":{"kind":"all","kind":"all"}"#), "mode.kind"),
        // The same key, once with an escape.
        (with(r#""mode":{"kind":"all","\u006bind":"all"}"#), "mode.kind"),
        (with_segment(r#""events":{"tags":[],"tags":[]}"#), "segment.events.tags"),
    ];
    for (document, path) in table {
        assert_refused(&document, path, &["second time", "once"]);
    }
}

#[test]
fn lists_of_choices_are_never_empty() {
    assert_refused(&with_filters(r#"{"gender":[]}"#), "filters.gender", &["[]", "\"u\""]);
    let document = with_filters(r#"{"sales_type":[]}"#);
    assert_refused(&document, "filters.sales_type", &["[]", "\"box_office\""]);
}

#[test]
fn the_ends_of_a_range_are_in_order() {
    for kind in [
        "distance_km",
        "revenue",
        "orders",
        "tickets",
        "events",
        "impulsive",
        "tickets_per_order",
        "purchases",
    ] {
        let filters = |ends: &str| with_filters(&format!(r#"{{"{kind}":{{{ends}}}}}"#));
        let path = format!("filters.{kind}.min");
        assert_refused(&filters(r#""min":5,"max":3"#), &path, &["5", "at most `max`, 3"]);
        assert!(parse(filters(r#""min":3,"max":3"#)).is_ok());
        assert!(parse(filters("")).is_ok(), "a range open at both ends");
    }
    let days = |from: &str, to: &str| {
        with_filters(&format!(r#"{{"purchases":{{"from":"{from}","to":"{to}"}}}}"#))
    };
    let words = ["\"2026-02-01\"", "at most `to`, \"2026-01-31\""];
    assert_refused(&days("2026-02-01", "2026-01-31"), "filters.purchases.from", &words);
    assert!(parse(days("2026-02-01", "2026-02-01")).is_ok());
}

#[test]
fn last_purchase_takes_exactly_one_rule() {
    for filter in ["{}", r#"{"over":"scope"}"#, r#"{"within":1,"exactly":1}"#] {
        let document = with_filters(&format!(r#"{{"last_purchase":{filter}}}"#));
        assert_refused(&document, "filters.last_purchase", &[filter, "exactly one of"]);
    }
}

#[test]
fn dates_exist_and_are_written_in_one_way() {
    for date in ["2026-02-29", "2026-1-1", "1/2/2026", "2026-01-01T00:00", "", "20260101"] {
        for end in ["from", "to"] {
            let document = with_filters(&format!(r#"{{"purchases":{{"{end}":"{date}"}}}}"#));
            let path = format!("filters.purchases.{end}");
            assert_refused(&document, &path, &[&format!("\"{date}\""), "YYYY-MM-DD"]);
        }
    }
    assert_refused(
        &with_filters(r#"{"purchases":{"to":20260101}}"#),
        "filters.purchases.to",
        &["20260101", "YYYY-MM-DD"],
    );
}

#[test]
fn a_later_version_is_refused_with_that_alone() {
    for version in ["2", "3.0", "1e300", "18446744073709551615"] {
        let document = format!(r#"{{"segments":[],"version":{version},"filters":[7]}}"#);
        assert_refused(&document, "version", &["this program reads version 1"]);
        assert!(parse(&document).unwrap_err().needs_a_newer_program());
    }
    let document = r#"{"version":0,"segment":{"name":"S"}}"#;
    assert!(!parse(document).unwrap_err().needs_a_newer_program());
}

#[test]
fn what_is_no_json_is_named_by_line_and_column() {
    let errors = parse("{\"version\": 1,\n \"segment\": {\"name\": \"S\",}}").unwrap_err();
    let ViewError::NotJson { path, line, .. } = errors.first() else { panic!("{errors}") };
    assert_eq!((path.as_str(), *line), ("segment", 2));
    for (document, path) in [
        ("", ""),
        ("{", ""),
        (r#"{"version":1} {}"#, ""),
        (r#"{"segment":{"name":NaN}}"#, "segment.name"),
        (r#"{"segment":{"name":"\ud800"}}"#, "segment.name"),
        (r#"{"segment":{"events":{"tags":["a",]}}}"#, "segment.events.tags[1]"),
        (r#"{"segment":{"name":01}}"#, "segment.name"),
    ] {
        assert_refused(document, path, &["not JSON", "line 1"]);
    }
    let errors = parse(b"{\n\"name\":\"\xFF\"}").unwrap_err();
    let ViewError::NotJson { line, column, .. } = errors.first() else { panic!("{errors}") };
    assert_eq!((*line, *column), (2, 9));
}

#[test]
fn a_byte_order_mark_is_no_error() {
    let document = format!("\u{FEFF}{EVERYTHING}");
    assert_eq!(parse(document), parse(EVERYTHING));
}

#[test]
fn a_document_has_at_most_one_megabyte() {
    let largest = format!("{EVERYTHING}{}", " ".repeat(MAX_BYTES - EVERYTHING.len()));
    assert!(parse(&largest).is_ok());
    assert_refused(&format!("{largest} "), "", &["1000001 bytes", "1 MB"]);
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = format!("{}1{}", open.repeat(80_000), close.repeat(80_000));
        let errors = parse(with(&format!("\"name\":{nested}"))).unwrap_err();
        assert!(errors.to_string().contains("recursion limit"), "{errors}");
        assert!(errors.path().starts_with("name"), "{}", errors.path());
    }
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let document = r#"{"version":1,"segment":{"name":1},"mode":{"kind":"event"},
        "filters":{"orders":{"min":-1,"max":0.5},"gender":["x"]},"muted":[null]}"#;
    let errors = parse(document).unwrap_err();
    let paths: Vec<&str> = errors.iter().map(ViewError::path).collect();
    assert_eq!(
        paths,
        [
            "segment.name",
            "mode.id",
            "filters.gender[0]",
            "filters.orders.min",
            "filters.orders.max",
            "muted[0]",
        ]
    );
    assert_eq!(errors.to_string().lines().count(), 6);

    let many = format!("\"muted\":[{}]", vec!["0"; 100_000].join(","));
    let message = parse(with(&many)).unwrap_err().to_string();
    assert!(message.ends_with("and 99950 more"), "{}", &message[message.len() - 40..]);
}

#[test]
fn long_values_and_keys_are_shortened() {
    let long = "ä".repeat(50_000);
    let errors = parse(with(&format!("\"mode\":\"{long}\",\"{long}\":1"))).unwrap_err();
    assert_eq!(errors.iter().count(), 2);
    for error in errors.iter() {
        assert!(error.to_string().len() < 400, "{error}");
        assert!(error.to_string().contains('…'), "{error}");
    }
}

#[test]
fn a_part_of_a_view_has_the_paths_of_the_whole() {
    let null = parse_filter("revenue", "null");
    assert_eq!(null, Ok((FilterKind::Revenue, None)));
    let (kind, setting) = parse_filter("revenue", r#"{"min":500}"#).unwrap();
    assert!(matches!((kind, setting), (FilterKind::Revenue, Some(Filter::Revenue(_)))));

    let table = [
        (parse_filter("revenue", r#"{"min":-5}"#).map(drop), "filters.revenue.min"),
        (parse_filter("revenue", r#"{"min":1e999}"#).map(drop), "filters.revenue.min"),
        (parse_filter("revenue", "[").map(drop), "filters.revenue[0]"),
        (parse_filter("gender", "[null]").map(drop), "filters.gender[0]"),
        (parse_filter("age", "null").map(drop), "filters.age"),
        (parse_segment(r#"{"events":{"tags":[0]},"name":""}"#).map(drop), "segment.events.tags[0]"),
        (parse_segment("null").map(drop), "segment"),
        (parse_mode(r#"{"kind":"event"}"#).map(drop), "mode.id"),
        (parse_mode("{").map(drop), "mode"),
        (parse_consents(r#"{"include":[1]}"#).map(drop), "consents.include[0]"),
        (parse_flags(r#"{"match":null}"#).map(drop), "flags.match"),
    ];
    for (read, path) in table {
        assert_eq!(read.unwrap_err().path(), path);
    }
    assert_eq!(parse_segment(r#"{"name":"S"}"#).unwrap().name, "S");
    assert_eq!(parse_mode("{}").unwrap(), Mode::All);
}
