//! The app's page.

use std::sync::Arc;

use fantoccini::Locator;
use publik::demo::{self, Settings};
use publik::engine::{Session, Snapshot};
use publik::model::Day;
use publik::view::parse;
use serde_json::{Value, json};

use crate::browser::{ZONE, in_browser};
use crate::site::Site;

#[test]
fn the_page_shows_the_exact_counts_of_the_demo() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(Locator::XPath("//output[contains(., ',')]")).await;
        let body = r#"
            const text = (of) => document.querySelector(of).innerText;
            const texts = (of) => Array.from(document.querySelectorAll(of), (at) => at.innerText);
            return {
                venue: text(".app-header__venue"),
                demo: text(".app-header__demo"),
                total: text(".result-bar output"),
                as_of: document.querySelector("[aria-label='As of']").value,
                shares: texts(".result-bar dd").filter((text) => text !== ""),
                consents: texts("[aria-label=Permissions] tbody tr > :nth-child(-n + 2)"),
            };
        "#;
        let mut shown = browser.run(body, vec![]).await;
        let as_of = read_day(shown["as_of"].take().as_str().unwrap()).unwrap();
        let today = jiff::Timestamp::now().in_tz(ZONE).unwrap().date();
        // Midnight may fall between the page's look at the clock and this one.
        let days = [today, today.yesterday().unwrap()];
        assert!(days.iter().any(|day| day.to_string() == as_of.to_string()));
        assert_eq!(shown, expected(as_of));
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
    let consents = consents
        .flat_map(|(consent, (_, row))| [consent.name.clone(), written(row.total)])
        .collect::<Vec<_>>();
    let share = |part: u32| {
        let percent = f64::from(part) / f64::from(counts.total) * 100.0;
        [written(part), format!("{percent:.1}%")]
    };
    let [with_email, email_share] = share(reach.with_email);
    let [with_consent, consent_share] = share(reach.with_consent.unwrap());
    json!({
        "venue": facts.venue.name,
        "demo": "Demo",
        "total": written(counts.total),
        "as_of": null,
        "shares": ["100.0%", with_email, email_share, with_consent, consent_share],
        "consents": consents,
    })
}

/// Reads `21 Nov 2026`.
pub fn read_day(text: &str) -> Option<Day> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let mut parts = text.split(' ');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.find(month.get(..3)?)? / 3 + 1;
    Day::from_ymd(year.parse().ok()?, month as u8, day.parse().ok()?)
}

/// A number below a million in English.
pub fn written(number: u32) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", number / 1000, number % 1000),
    }
}
