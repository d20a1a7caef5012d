//! The list of customers: who stands in it, in which order, and what is found.

use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::key::Key;
use publik::demo::{self, Settings};
use publik::engine::{Session, Snapshot};
use publik::model::{Contacts, Day};
use publik::view::{FilterKind, View};
use serde_json::{Value, json};

use crate::browser::{Browser, ZONE, click, in_browser};
use crate::site::Site;
use crate::workspace::{open, press, shows, view};

/// How long the list may take to show what is asked.
const PATIENCE: Duration = Duration::from_secs(10);

/// The demo that the page opens with, made on this side.
static DEMO: LazyLock<(Arc<Snapshot>, Contacts)> = LazyLock::new(|| {
    let (facts, contacts) = demo::build(&Settings::new(10_000, 1, today()).unwrap());
    (Arc::new(Snapshot::new(facts)), contacts)
});

fn today() -> Day {
    Day::parse(&jiff::Timestamp::now().in_tz(ZONE).unwrap().date().to_string()).unwrap()
}

fn session(view: &View) -> Session {
    Session::new(Arc::clone(&DEMO.0), view.clone(), today())
}

fn contact(row: usize, column: &str) -> &'static str {
    DEMO.1.column(column).unwrap().get(row)
}

async fn open_list(browser: &Browser, site: &Site, view: &View) {
    open(browser, site, view).await;
    shows(browser, view).await;
    click(browser, "//button[.='View customers']").await;
    browser.wait_for(Locator::XPath("//*[@role='gridcell']/a[contains(@href, 'mailto:')]")).await;
}

/// The rows that are drawn: from 0, with their cells, in the list's order.
async fn rows(browser: &Browser) -> Vec<(usize, Vec<String>)> {
    let body = "
        const rows = Array.from(document.querySelectorAll('[role=grid] [role=row][aria-selected]'));
        return rows
            .map((row) => [row.ariaRowIndex - 2, Array.from(row.children, (cell) => cell.textContent)])
            .sort(([one], [other]) => one - other);";
    serde_json::from_value(browser.run(body, vec![]).await).unwrap()
}

/// Waits until a row stands in a place of the list.
async fn stands(browser: &Browser, at: usize, id: &str) -> Vec<(usize, Vec<String>)> {
    let begun = Instant::now();
    loop {
        let rows = rows(browser).await;
        if rows.iter().any(|(place, cells)| *place == at && cells[0] == id) {
            return rows;
        }
        assert!(begun.elapsed() < PATIENCE, "{id} does not stand at {at}: {rows:?}");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

async fn row_count(browser: &Browser) -> usize {
    let body = "return document.querySelector('[role=grid]').ariaRowCount;";
    browser.run(body, vec![]).await.as_str().unwrap().parse::<usize>().unwrap() - 1
}

/// Puts the keyboard on the list.
async fn go_to_list(browser: &Browser) {
    browser.run("document.querySelector('[role=grid]').focus();", vec![]).await;
}

#[test]
fn the_list_is_the_whole_result_from_its_first_row_to_its_last() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let asked = view(&json!({ "filters": { "orders": { "min": 2 } } }));
        open_list(&browser, &site, &asked).await;
        let session = session(&asked);
        let ids = session.ids(0, usize::MAX);
        let drawn = stands(&browser, 0, ids[0]).await;
        assert!(drawn.len() >= 50, "only {} rows are there", drawn.len());
        assert_eq!(row_count(&browser).await, ids.len());
        for (at, cells) in &drawn {
            assert_eq!(cells[0], ids[*at]);
            let row = DEMO.0.facts().customers.row_of(ids[*at]).unwrap() as usize;
            for (cell, column) in [(1, "first_name"), (2, "last_name"), (3, "email"), (6, "city")] {
                assert_eq!(cells[cell], contact(row, column), "{column} of {}", ids[*at]);
            }
        }
        go_to_list(&browser).await;
        press(&browser, &[(None, &char::from(Key::End).to_string())]).await;
        stands(&browser, ids.len() - 1, ids[ids.len() - 1]).await;
        press(&browser, &[(None, &char::from(Key::PageUp).to_string())]).await;
        press(&browser, &[(None, &char::from(Key::Home).to_string())]).await;
        stands(&browser, 0, ids[0]).await;
        let half = "const grid = document.querySelector('[role=grid]');
                    grid.scrollTop = grid.scrollHeight / 2;";
        browser.run(half, vec![]).await;
        let middle = ids.len() / 2;
        stands(&browser, middle, ids[middle]).await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn numbers_sort_from_the_largest_and_the_list_follows_the_view() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let asked = view(&json!({ "filters": { "tickets": { "min": 3 } } }));
        open_list(&browser, &site, &asked).await;
        let expected = |view: &View| {
            let session = session(view);
            let numbers = session.listed_numbers();
            let revenue = numbers.column(FilterKind::Revenue).unwrap().keys.into_owned();
            let mut rows: Vec<u32> = session.result().iter().collect();
            rows.sort_by_key(|row| (std::cmp::Reverse(revenue[*row as usize]), *row));
            let ids = &DEMO.0.facts().customers.ids;
            rows.into_iter().map(|row| ids.get(row as usize).to_owned()).collect::<Vec<_>>()
        };
        click(&browser, "//*[@role='columnheader']//button[contains(., 'Revenue')]").await;
        let ids = expected(&asked);
        for (at, cells) in stands(&browser, 0, &ids[0]).await {
            assert_eq!(cells[0], ids[at]);
        }
        let sorted = "return document.querySelector('[aria-sort]').ariaSort;";
        assert_eq!(browser.run(sorted, vec![]).await, json!("descending"));
        click(&browser, "//section[@aria-label='Gender']//label[contains(., 'Men & Women')]").await;
        let narrower = view(&json!({
            "filters": { "tickets": { "min": 3 }, "gender": ["f", "m"] },
        }));
        shows(&browser, &narrower).await;
        let ids = expected(&narrower);
        for (at, cells) in stands(&browser, 49, &ids[49]).await {
            assert_eq!(cells[0], ids[at]);
        }
        assert_eq!(row_count(&browser).await, ids.len());
    });
}

#[test]
fn names_sort_as_each_language_does() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let asked = view(&json!({ "filters": { "orders": { "min": 3 } } }));
        open_list(&browser, &site, &asked).await;
        let all: Vec<u32> = session(&asked).result().iter().collect();
        let names: Vec<&str> = all.iter().map(|&row| contact(row as usize, "last_name")).collect();
        for (language, header, next) in
            [("en", "Last name", "Svenska"), ("sv", "Efternamn", "English")]
        {
            // Ties stand by id, as the stable sort of the browser leaves them.
            let body = "const order = new Intl.Collator(args[0]).compare;
                return args[1].map((name, at) => [name, at])
                    .sort(([one], [other]) => (one === '') - (other === '') || order(one, other))
                    .map(([, at]) => at);";
            let order = browser.run(body, vec![json!(language), json!(names)]).await;
            let order: Vec<usize> = serde_json::from_value(order).unwrap();
            if language == "en" {
                click(
                    &browser,
                    &format!("//*[@role='columnheader']//button[contains(., '{header}')]"),
                )
                .await;
            }
            let ids = &DEMO.0.facts().customers.ids;
            let id = |at: usize| ids.get(all[order[at]] as usize);
            go_to_list(&browser).await;
            press(&browser, &[(None, &char::from(Key::End).to_string())]).await;
            let last = all.len() - 1;
            for (at, cells) in stands(&browser, last, id(last)).await {
                assert_eq!(cells[0], id(at), "{language} at {at}");
            }
            press(&browser, &[(None, &char::from(Key::Home).to_string())]).await;
            for (at, cells) in stands(&browser, 0, id(0)).await {
                assert_eq!(cells[0], id(at), "{language} at {at}");
            }
            click(&browser, &format!("//button[contains(., '{next}')]")).await;
        }
    });
}

#[test]
fn people_are_found_inside_the_result_and_outside_it() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let asked = view(&json!({ "filters": { "orders": { "min": 5 } } }));
        open_list(&browser, &site, &asked).await;
        let result = session(&asked).result();
        let has_email = |row: &u32| !contact(*row as usize, "email").is_empty();
        let outside = (0..10_000).filter(|row| !result.contains(*row)).find(has_email).unwrap();
        let email = contact(outside as usize, "email");
        let field = "//input[contains(@aria-label, 'Name, e-mail')]";
        browser.wait_for(Locator::XPath(field)).await.send_keys(email).await.unwrap();
        let found = Locator::XPath("//*[@role='status'][.='0 found in the result, 1 outside it']");
        browser.wait_for(found).await;
        let row = Locator::XPath("//*[@role='row'][@title='Not in the result']");
        assert!(browser.wait_for(row).await.text().await.unwrap().contains(email));
        browser.wait_for(Locator::XPath(field)).await.clear().await.unwrap();
        let inside = result.iter().next().unwrap() as usize;
        let id = DEMO.0.facts().customers.ids.get(inside);
        browser.wait_for(Locator::XPath(field)).await.send_keys(id).await.unwrap();
        stands(&browser, 0, id).await;
        browser.wait_for(Locator::XPath(field)).await.clear().await.unwrap();
        browser.wait_for(Locator::XPath(field)).await.send_keys("zzqqxx").await.unwrap();
        browser.wait_for(Locator::XPath("//*[contains(., 'Nobody has that name')]")).await;
        assert_eq!(row_count(&browser).await, 0);
    });
}

#[test]
fn columns_are_chosen_and_remembered() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let asked = view(&json!({}));
        open_list(&browser, &site, &asked).await;
        let titles = "return Array.from(document.querySelectorAll('[role=columnheader]'), (at) => at.innerText.trim());";
        let has = |titles: &Value, title: &str| titles.as_array().unwrap().contains(&json!(title));
        let before = browser.run(titles, vec![]).await;
        assert!(has(&before, "Phone") && !has(&before, "Address"), "{before}");
        click(&browser, "//button[contains(., 'Columns')]").await;
        click(&browser, "//dialog//label[contains(., 'Phone')]").await;
        click(&browser, "//dialog//label[contains(., 'Address')]").await;
        click(&browser, "//dialog//button[.='Done']").await;
        browser.wait_for(Locator::XPath("//*[@role='columnheader'][contains(., 'Address')]")).await;
        browser.client.refresh().await.unwrap();
        open_list(&browser, &site, &asked).await;
        let after = browser.run(titles, vec![]).await;
        assert!(!has(&after, "Phone") && has(&after, "Address"), "{after}");
    });
}

#[test]
fn the_explanation_names_the_person_and_the_events_that_leave_them_out() {
    let site = Site::of_dist();
    let facts = DEMO.0.facts();
    // Somebody who holds a ticket to the latest event that anybody holds one to.
    let (event, row) = (0..facts.catalogue.events.len() as u32)
        .rev()
        .find_map(|event| {
            let holds = |row: &u32| facts.lines.of(*row).any(|line| line.event == event);
            (0..facts.customers.count()).find(holds).map(|row| (event, row))
        })
        .unwrap();
    let production =
        &facts.catalogue.productions[facts.catalogue.events[event as usize].production as usize];
    let asked = view(&json!({
        "segment": {
            "name": "S", "events": { "days_back": 730 },
            "exclude_events": { "productions": [production.id] },
        },
    }));
    let (id, event) =
        (facts.customers.ids.get(row as usize), &facts.catalogue.events[event as usize]);
    let name =
        format!("{} {}", contact(row as usize, "first_name"), contact(row as usize, "last_name"));
    let name = if name.trim().is_empty() { format!("customer {id}") } else { name };
    in_browser(|browser| async move {
        open_list(&browser, &site, &asked).await;
        let field = "//input[contains(@aria-label, 'Name, e-mail')]";
        browser.wait_for(Locator::XPath(field)).await.send_keys(id).await.unwrap();
        // The list says what its rows open, in sight and to whoever hears it, and each row bears the mark.
        let told = "
            const grid = document.querySelector('[role=grid]');
            const line = document.getElementById(grid.getAttribute('aria-describedby'));
            return line.checkVisibility() && line.innerText.includes('Enter, to see why');
        ";
        assert_eq!(browser.run(told, vec![]).await, json!(true));
        let mark =
            "//*[@role='row'][@title='Not in the result']//*[@title='Why is this person here?']";
        click(&browser, mark).await;
        let title = format!("//dialog//h2[.='Why is {} not here?']", name.trim());
        browser.wait_for(Locator::XPath(&title)).await;
        let named = format!(
            "//dialog//p[contains(., 'Left out by tickets to') and contains(., '{}')]",
            event.name
        );
        browser.wait_for(Locator::XPath(&named)).await;
        browser.wait_for(Locator::XPath(&format!("//dialog//p[contains(., '{id}')]"))).await;
        browser
            .wait_for(Locator::XPath("//dialog//li[contains(., 'leaves out')]/span[.='No']"))
            .await;
        let signs = "return Array.from(document.querySelectorAll('dialog summary')).every((fold) => fold.querySelector('svg'));";
        assert_eq!(browser.run(signs, vec![]).await, json!(true));
    });
}

#[test]
fn another_clock_than_the_browsers_is_named() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let stamp = "//header//*[starts-with(., 'Data from')]";
        open(&browser, &site, &view(&json!({}))).await;
        let here = browser.wait_for(Locator::XPath(stamp)).await.text().await.unwrap();
        assert!(!here.contains('('), "{here}");
        let zone = json!({ "timezoneId": "America/New_York" });
        browser.devtools("Emulation.setTimezoneOverride", zone).await;
        browser.client.refresh().await.unwrap();
        let there = format!("{stamp}[contains(., '(Stockholm)')]");
        browser.wait_for(Locator::XPath(&there)).await;
    });
}
