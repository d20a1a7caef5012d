//! The form of a segment: what is left out, and where the sentence leads.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fantoccini::Locator;
use fantoccini::key::Key;
use publik::demo::{self, Settings};
use publik::engine::{Session, Snapshot};
use publik::model::Day;
use publik::view::{View, parse};
use serde_json::{Value, json};

use crate::app::{read_day, written};
use crate::browser::{Browser, click, in_browser};
use crate::site::Site;

/// A segment of the last two years without the holders of tickets to these productions.
fn document(left_out: &[&str]) -> Value {
    json!({
        "version": 1,
        "segment": {
            "name": "S",
            "events": { "days_back": 730 },
            "exclude_events": { "productions": left_out },
        },
    })
}

fn session(document: &Value, as_of: Day) -> Session {
    let (facts, _) = demo::build(&Settings::new(10_000, 1, as_of).unwrap());
    let view: View = parse(document.to_string()).unwrap();
    Session::new(Arc::new(Snapshot::new(facts)), view, as_of)
}

/// Shows a view and gives the day it is counted on.
async fn show(browser: &Browser, site: &Site, document: &Value) -> Day {
    let document = URL_SAFE_NO_PAD.encode(document.to_string());
    browser.client.goto("about:blank").await.unwrap();
    browser.client.goto(&site.url(&format!("/#/view/{document}"))).await.unwrap();
    browser.wait_for(Locator::XPath("//output[contains(., ',')]")).await;
    let as_of = browser.wait_for(Locator::Css("[aria-label='As of']")).await;
    read_day(&as_of.prop("value").await.unwrap().unwrap()).unwrap()
}

/// Waits until the keyboard is where a selector finds, and that is in sight above the bar.
async fn has_keyboard(browser: &Browser, selector: &str) {
    let script = "
        for (let turn = 0; turn < 200; turn++) {
            const bar = document.querySelector('.form-bar');
            const held = document.activeElement;
            if (bar && held?.matches(args[0])) {
                const box = held.getBoundingClientRect();
                return box.top >= 0 && box.bottom <= bar.getBoundingClientRect().top;
            }
            await new Promise((then) => setTimeout(then, 50));
        }
        return document.activeElement?.outerHTML;
    ";
    let is_there = browser.run(script, vec![selector.into()]).await;
    assert_eq!(is_there, Value::Bool(true), "{selector}");
}

#[test]
fn a_production_is_left_out_in_the_form_without_scrolling_and_the_number_is_exact() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let as_of = show(&browser, &site, &document(&[])).await;
        let session = session(&document(&[]), as_of);
        let catalogue = &session.snapshot().facts().catalogue;
        let last = catalogue.events.last().unwrap();
        let production = &catalogue.productions[last.production as usize];
        click(&browser, "//*[@role='link'][.='Buyers']").await;
        has_keyboard(&browser, "[name=segment-people]").await;

        let tab = "//*[@role='tab'][contains(., 'Exclude events')]";
        browser.wait_for(Locator::XPath(&format!("{tab}[contains(., 'nobody')]"))).await;
        click(&browser, tab).await;
        let search =
            "[role=combobox][aria-label='Search: Exclude events: Productions (event groups)']";
        let search = browser.wait_for(Locator::Css(search)).await;
        let below =
            "const box = document.querySelector('#no-productions-search').getBoundingClientRect();
             return innerHeight - box.bottom > 100 && box.top > 0;";
        assert_eq!(browser.run(below, vec![]).await, Value::Bool(true), "the list is in sight");
        search.send_keys(&production.name).await.unwrap();
        search.send_keys(&Key::Enter.to_string()).await.unwrap();
        browser.wait_for(Locator::XPath(&format!("{tab}[contains(., '1 chosen')]"))).await;

        let left = session_total(&document(&[&production.id]), as_of);
        assert!(left < session.total());
        browser.wait_for(Locator::XPath(&format!("//output[.='{}']", written(left)))).await;
        click(&browser, "//button[.='Save and view']").await;
        let clause = format!("//*[@role='link'][.='{}']", production.name);
        click(&browser, &clause).await;
        // Back at the very list that says so.
        has_keyboard(&browser, "#no-productions-search").await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

fn session_total(document: &Value, as_of: Day) -> u32 {
    session(document, as_of).total()
}

#[test]
fn each_part_of_the_sentence_leads_to_its_part_of_the_form() {
    let site = Site::of_dist();
    let document = json!({
        "version": 1,
        "segment": {
            "name": "S",
            "events": { "days_back": 730, "categories": ["Dance", "Opera", "Dans", "Teater"] },
            "exclude_events": { "days_back": 30 },
        },
    });
    in_browser(|browser| async move {
        let encoded = URL_SAFE_NO_PAD.encode(document.to_string());
        let address = site.url(&format!("/#/view/{encoded}"));
        for (clause, place) in [
            ("Buyers", "[name=segment-people]"),
            ("events since", "#categories-search"),
            ("without tickets to", "#no-productions-search"),
        ] {
            browser.client.goto("about:blank").await.unwrap();
            browser.client.goto(&address).await.unwrap();
            browser.wait_for(Locator::XPath("//output[contains(., ',')]")).await;
            // By the words before it, where a clause has no name of its own.
            let path = format!(
                "(//p[@role='region']/*[@role='link'][contains(., '{clause}')] | \
                 //p[@role='region']/text()[contains(., '{clause}')]/following-sibling::*[1])[1]"
            );
            let link = browser.wait_for(Locator::XPath(&path)).await;
            link.send_keys(&Key::Enter.to_string()).await.unwrap();
            has_keyboard(&browser, place).await;
        }
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn the_seasons_stand_in_time_with_the_latest_first() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        show(&browser, &site, &document(&[])).await;
        browser.client.goto(&site.url("/#/segments/new")).await.unwrap();
        browser.wait_for(Locator::Css("[aria-label=Seasons] [role=option]")).await;
        let names = "return Array.from(document.querySelectorAll('[aria-label=Seasons] .option-list__name'), (name) => name.innerText);";
        let names = browser.run(names, vec![]).await;
        // "Hösten 2026" is later than "Våren 2026".
        let place = |name: &Value| {
            let (half, year) = name.as_str().unwrap().split_once(' ').unwrap();
            (year.parse::<u16>().unwrap(), half == "Hösten")
        };
        let places: Vec<_> = names.as_array().unwrap().iter().map(place).collect();
        assert!(places.len() > 2 && places.is_sorted_by(|one, next| one > next), "{names}");
    });
}

#[test]
fn not_for_in_the_workspace_leaves_buyers_out_and_says_whom() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let as_of = show(&browser, &site, &document(&[])).await;
        let session = session(&document(&[]), as_of);
        let catalogue = &session.snapshot().facts().catalogue;
        let last = catalogue.events.last().unwrap();
        let production = &catalogue.productions[last.production as usize];
        click(&browser, "//section[@aria-label='Left out']//button[.='Exclude in the segment…']")
            .await;
        has_keyboard(&browser, "#no-productions-search").await;
        let search = browser.wait_for(Locator::Css("#no-productions-search")).await;
        search.send_keys(&production.name).await.unwrap();
        search.send_keys(&Key::Enter.to_string()).await.unwrap();
        browser.wait_for(Locator::XPath("//*[@role='tab'][contains(., '1 chosen')]")).await;
        click(&browser, "//button[.='Save and view']").await;
        let left = written(session_total(&document(&[&production.id]), as_of));
        browser.wait_for(Locator::XPath(&format!("//output[.='{left}']"))).await;
        let said = format!(
            "//section[@aria-label='Left out']//div[dt='By the segment']/dd[contains(., '{}')]",
            production.name
        );
        browser.wait_for(Locator::XPath(&said)).await;

        // Whom the mode leaves out stands there too.
        click(&browser, "//button[.='No ticket to a production']").await;
        browser.wait_for(Locator::XPath("//dialog//p[contains(., 'is left out')]")).await;
        let search = browser.wait_for(Locator::Css("#mode-choice-search")).await;
        search.send_keys(&Key::Enter.to_string()).await.unwrap();
        click(&browser, "//dialog//footer//button[.='View']").await;
        let by_view = "//section[@aria-label='Left out']//div[dt='By the view']/dd[contains(., 'who has a ticket to')]";
        browser.wait_for(Locator::XPath(by_view)).await;

        // The same panel leads there, and from there to whole seasons.
        let way = "//section[@aria-label='Left out']//div[dt='By the view']//button[.='An event…']";
        click(&browser, way).await;
        browser.wait_for(Locator::XPath("//dialog//h2[.='View for which event?']")).await;
        click(&browser, "//dialog//button[.='Exclude in the segment…']").await;
        has_keyboard(&browser, "#no-productions-search").await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn a_new_segment_says_at_its_seasons_from_when_they_count_and_counts_all_on_a_click() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/#/segments/new")).await.unwrap();
        let seasons = "//fieldset[legend[.='Seasons']]";
        let said = format!("{seasons}//*[starts-with(., 'Counted from ')]");
        browser.wait_for(Locator::XPath(&said)).await;
        let place = "return document.querySelector('#seasons').getBoundingClientRect().top;";
        let before = browser.run(place, vec![]).await;
        click(&browser, &format!("{seasons}//button[.='Days back: all']")).await;
        let said = format!("{seasons}//*[.='Every day counts']");
        browser.wait_for(Locator::XPath(&said)).await;
        browser.wait_for(Locator::XPath("//button[.='All'][@aria-pressed='true']")).await;
        assert_eq!(browser.run(place, vec![]).await, before, "the list does not move");
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn dates_that_bring_nothing_stand_below_those_that_count() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/#/segments/new")).await.unwrap();
        numbers_in(&browser, "categories").await;
        let search = browser.wait_for(Locator::Css("#categories-search")).await;
        search.send_keys("Jul").await.unwrap();
        search.send_keys(&Key::Enter.to_string()).await.unwrap();
        let body = "
            for (let turn = 0; turn < 200; turn++) {
                const rows = [...document.querySelectorAll('#events [role=option]')];
                const place = (row) => Number(row.ariaPosInSet);
                const counts = rows.sort((one, next) => place(one) - place(next))
                    .map((row) => row.querySelector('.option-list__count').innerText);
                if (counts.includes('0') && counts.includes('1')) return counts;
                await new Promise((then) => setTimeout(then, 50));
            }
        ";
        let counts: Vec<String> = serde_json::from_value(browser.run(body, vec![]).await).unwrap();
        assert!(counts.is_sorted_by(|one, next| one >= next), "{counts:?}");
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn giving_up_the_form_leads_back_to_the_view_and_keeps_nothing() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        show(&browser, &site, &document(&[])).await;
        click(&browser, "//*[@role='link'][.='Buyers']").await;
        browser.wait_for(Locator::XPath("//p[contains(., 'Not among your segments yet')]")).await;
        click(&browser, "//button[.='Cancel']").await;
        browser.wait_for(Locator::XPath("//button[.='Save as…']")).await;
        click(&browser, "//nav//a[.='Segments']").await;
        browser
            .wait_for(Locator::XPath("//h2[.='No segments yet'][not(ancestor::*[@hidden])]"))
            .await;
    });
}

#[test]
fn a_kept_segment_is_saved_as_a_new_one_and_stays_as_it_was() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        show(&browser, &site, &document(&[])).await;
        click(&browser, "//button[.='Save as…']").await;
        let name = browser.wait_for(Locator::XPath("//dialog//label//input")).await;
        name.send_keys("Mine").await.unwrap();
        name.send_keys(&Key::Enter.to_string()).await.unwrap();
        browser.wait_for(Locator::XPath("//h1[contains(., 'Mine')]")).await;

        click(&browser, "//*[@role='link'][.='Buyers']").await;
        click(&browser, "//label[@title='Everyone']").await;
        let note = "//p[contains(., 'Saving changes 1 saved view of this segment')]";
        browser.wait_for(Locator::XPath(note)).await;
        click(&browser, "//button[.='Save as new segment…']").await;
        browser.wait_for(Locator::XPath("//dialog//p[contains(., 'stay as they are')]")).await;
        let field = browser.wait_for(Locator::XPath("//dialog//label//input")).await;
        assert_eq!(field.prop("value").await.unwrap().unwrap(), "Copy of S");
        field.clear().await.unwrap();
        field.send_keys("All of them").await.unwrap();
        click(&browser, "//dialog//button[.='Save']").await;

        // The view at hand has gone over, with its conditions and not saved yet.
        browser.wait_for(Locator::XPath("//h1//button[.='All of them']")).await;
        browser.wait_for(Locator::XPath("//*[@role='link'][.='All customers']")).await;
        browser.wait_for(Locator::XPath("//*[.='Unsaved changes'][@aria-hidden='false']")).await;
        click(&browser, "//nav//a[.='Segments']").await;
        browser.wait_for(Locator::XPath("//tr[th[contains(., 'All of them')]][td[.='0']]")).await;
        browser.wait_for(Locator::XPath("//tr[th//button[.='S']][td[.='1']]")).await;
        click(&browser, "//*[@aria-label='Actions for S']").await;
        click(&browser, "//tr[th//button[.='S']]//button[.='Edit']").await;
        browser.wait_for(Locator::Css("[name=segment-people][aria-label=Buyers]:checked")).await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

/// The two numbers beside each option of a list, in order of the options' names, once they are
/// counted.
async fn numbers_in(browser: &Browser, list: &str) -> Vec<(String, u32, u32)> {
    let body = "
        const number = (cell) => Number(cell.innerText.replaceAll(',', ''));
        for (;;) {
            const rows = Array.from(document.querySelectorAll(`#${args[0]} [role=option]`), (row) =>
                [row.querySelector('.option-list__name').innerText,
                 ...Array.from(row.querySelectorAll('.option-list__count'), number)]);
            if (rows.length > 0 && !rows.flat().some(Number.isNaN)) return rows.sort();
            await new Promise((then) => setTimeout(then, 50));
        }
    ";
    let rows = browser.run(body, vec![list.into()]).await;
    serde_json::from_value(rows).unwrap()
}

#[test]
fn chosen_events_that_days_back_cut_off_are_said_and_counted_too_on_a_click() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let as_of = show(&browser, &site, &document(&[])).await;
        let session = session(&document(&[]), as_of);
        let catalogue = &session.snapshot().facts().catalogue;
        // The season of the very first event lies before the days back as a whole.
        let season = catalogue.events[0].season.unwrap();
        let of_season = catalogue.events.iter().filter(|event| event.season == Some(season));
        let (count, name) = (of_season.clone().count(), &catalogue.seasons[season as usize]);
        assert!(count > 1 && of_season.clone().all(|event| event.day() < as_of.minus(730)));
        click(&browser, "//*[@role='link'][.='Buyers']").await;
        let search = browser.wait_for(Locator::Css("#seasons-search")).await;
        let place = "return document.querySelector('#seasons').getBoundingClientRect().top;";
        search.send_keys(name).await.unwrap();
        let before = browser.run(place, vec![]).await;
        search.send_keys(&Key::Enter.to_string()).await.unwrap();
        let said = format!("//*[@role='status'][starts-with(., 'All {count} chosen events lie')]");
        browser.wait_for(Locator::XPath(&said)).await;
        assert_eq!(browser.run(place, vec![]).await, before, "the lists do not move");
        click(&browser, "//button[.='Days back: all']").await;
        browser.wait_for(Locator::XPath("//button[.='All'][@aria-pressed='true']")).await;
        let in_scope = format!("//section[@aria-label='Events in scope']//span[.='{count}']");
        browser.wait_for(Locator::XPath(&in_scope)).await;
        let silent = "return document.querySelector('.timeline__older').innerText.trim();";
        assert_eq!(browser.run(silent, vec![]).await, Value::from(""));
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn options_of_the_exclusion_keep_their_numbers_and_excluded_events_are_marked() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let as_of = show(&browser, &site, &document(&[])).await;
        let whole = session(&document(&[]), as_of);
        let catalogue = &whole.snapshot().facts().catalogue;
        let last = catalogue.events.last().unwrap();
        let production = &catalogue.productions[last.production as usize];
        click(&browser, "//section[@aria-label='Left out']//button[.='Exclude in the segment…']")
            .await;
        has_keyboard(&browser, "#no-productions-search").await;
        browser
            .wait_for(Locator::XPath("//*[@role='status'][.='No event is excluded yet.']"))
            .await;
        let before = numbers_in(&browser, "no-seasons").await;
        let bring = |rows: &[(String, u32, u32)]| {
            rows.iter().filter(|(_, events, customers)| events * customers > 0).count()
        };
        assert!(bring(&before) > 2, "{before:?}");
        let search = browser.wait_for(Locator::Css("#no-productions-search")).await;
        search.send_keys(&production.name).await.unwrap();
        search.send_keys(&Key::Enter.to_string()).await.unwrap();

        let of_it = catalogue.events.iter().filter(|event| event.production == last.production);
        let gone = whole.total() - session_total(&document(&[&production.id]), as_of);
        let (word, events) = match of_it.count() {
            1 => ("event", 1),
            events => ("events", events),
        };
        let said = format!(
            "//*[@role='status'][contains(., '{events} {word} excluded') and contains(., '{}')]",
            written(gone)
        );
        browser.wait_for(Locator::XPath(&said)).await;
        assert_eq!(numbers_in(&browser, "no-seasons").await, before);
        let marked = "//*[@aria-label='Events in scope']//*[@role='option']//*[.='excluded']";
        browser.wait_for(Locator::XPath(marked)).await;

        // Lists narrow each other down, here to nothing: that is said.
        let other = catalogue
            .events
            .iter()
            .find(|event| event.season.is_some() && event.season != last.season);
        let other = other.unwrap();
        let season = &catalogue.seasons[other.season.unwrap() as usize];
        let search = browser.wait_for(Locator::Css("#no-seasons-search")).await;
        search.send_keys(season).await.unwrap();
        search.send_keys(&Key::Enter.to_string()).await.unwrap();
        let is_elsewhere = catalogue
            .events
            .iter()
            .all(|event| event.production != last.production || event.season != other.season);
        assert!(is_elsewhere, "the production has no event in that season");
        let said = "//*[@role='status'][.='No event meets all of this: nobody is left out.']";
        browser.wait_for(Locator::XPath(said)).await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn options_that_bring_nobody_come_last_but_for_the_chosen() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let as_of = show(&browser, &site, &document(&[])).await;
        let session = session(&document(&[]), as_of);
        let catalogue = &session.snapshot().facts().catalogue;
        click(&browser, "//*[@role='link'][.='Buyers']").await;
        browser.wait_for(Locator::Css("#productions [role=option]")).await;
        let search = browser.wait_for(Locator::Css("#seasons-search")).await;
        let season = catalogue.events.iter().rev().find(|event| event.day() < as_of).unwrap();
        let name = &catalogue.seasons[season.season.unwrap() as usize];
        search.send_keys(name).await.unwrap();
        search.send_keys(&Key::Enter.to_string()).await.unwrap();
        browser
            .wait_for(Locator::XPath("//fieldset[contains(., 'Seasons')]//*[.='1 chosen']"))
            .await;
        // The season leaves most productions without events.
        let settled = "
            for (let turn = 0; turn < 200; turn++) {
                const rows = Array.from(document.querySelectorAll('#productions [role=option]'))
                    .sort((one, other) => one.ariaPosInSet - other.ariaPosInSet);
                const is_empty = rows.map((row) => Array.from(
                    row.querySelectorAll('.option-list__count'), (cell) => cell.innerText).includes('0'));
                const first = is_empty.indexOf(true);
                if (first > 0 && is_empty.slice(first).every((empty) => empty)) return true;
                await new Promise((then) => setTimeout(then, 50));
            }
            return document.querySelector('#productions').innerText;
        ";
        assert_eq!(browser.run(settled, vec![]).await, Value::Bool(true));
    });
}
