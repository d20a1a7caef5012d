//! The app's page.

use std::sync::Arc;

use fantoccini::Locator;
use publik::demo::{self, Settings};
use publik::engine::{Session, Snapshot};
use publik::model::Day;
use publik::view::parse;
use serde_json::{Value, json};

use crate::browser::in_browser;
use crate::site::Site;

#[test]
fn the_page_shows_the_exact_counts_of_the_demo() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(Locator::Css(".consents td")).await;
        let body = r#"
            const text = (of) => document.querySelector(of).innerText;
            const texts = (of) => Array.from(document.querySelectorAll(of), (at) => at.innerText);
            return {
                venue: text(".app-header__venue"),
                demo: text(".app-header__demo"),
                state: text(".overview__state"),
                total: text(".result-bar__total"),
                further: texts(".result-bar dd"),
                consents: texts(".consents tr"),
            };
        "#;
        let shown = browser.run(body, vec![]).await;
        let state = shown["state"].as_str().unwrap();
        let as_of = state.rsplit(' ').next().unwrap().trim_end_matches('.');
        let today = jiff::Zoned::now().date();
        // Midnight may fall between the page's look at the clock and this one.
        assert!([today, today.yesterday().unwrap()].iter().any(|day| day.to_string() == as_of));
        assert_eq!(shown, expected(Day::parse(as_of).unwrap()));
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

/// What the page shall show on a day, counted here.
fn expected(as_of: Day) -> Value {
    let (facts, _) = demo::build(&Settings::new(10_000, 1, as_of).unwrap());
    let view = r#"{ "version": 1, "segment": { "name": "A", "events": { "days_back": 730 } } }"#;
    let session = Session::new(Arc::new(Snapshot::new(facts)), parse(view).unwrap(), as_of);
    let (counts, reach) = (session.counts(), session.reach());
    let facts = session.snapshot().facts();
    assert!(counts.total > 1000 && counts.total < facts.customers.count());
    let consents = facts.consents.iter().zip(&counts.consents);
    let row =
        |(consent, (_, row)): (&publik::model::Membership, &(_, publik::engine::MemberCounts))| {
            format!("{}\t{}", consent.name, written(row.total))
        };
    json!({
        "venue": facts.venue.name,
        "demo": "Demo",
        "state": format!("{} events, as of {as_of}.", written(session.scope().count() as u32)),
        "total": written(counts.total),
        "further": [
            written(facts.customers.count()),
            written(reach.with_email),
            written(reach.with_consent.unwrap()),
        ],
        "consents": consents.map(row).collect::<Vec<_>>(),
    })
}

/// A number below a million in English.
pub fn written(number: u32) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", number / 1000, number % 1000),
    }
}
