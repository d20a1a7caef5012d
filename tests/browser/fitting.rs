//! What is long or wide fits its place, and says where it goes on.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::browser::{Browser, click, in_browser};
use crate::device::{document, has_segment, put, visit};
use crate::site::Site;
use crate::workspace::{open, shows, view};

const PATIENCE: Duration = Duration::from_secs(10);

async fn size(browser: &Browser, width: u32, height: u32) {
    let window =
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    browser.devtools("Emulation.setDeviceMetricsOverride", window).await;
}

/// Waits until a script says so.
async fn comes(browser: &Browser, script: &str, expected: Value) {
    let begun = Instant::now();
    loop {
        let found = browser.run(script, vec![]).await;
        if found == expected {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{found} in place of {expected}");
    }
}

#[test]
fn the_heads_line_stays_one_line_however_long_the_names_are() {
    let site = Site::of_dist();
    let name = "Regular guests of concerts and musicals who have not been here for a year";
    let segment = json!({ "name": "Everybody within reach of the tram, in all seasons so far",
                          "events": { "days_back": 730 } });
    let asked = view(&json!({ "name": name, "segment": segment }));
    in_browser(|browser| async move {
        for width in [1280, 1440, 1920] {
            size(&browser, width, 900).await;
            open(&browser, &site, &asked).await;
            shows(&browser, &asked).await;
            let head = "
                const head = document.querySelector('.workspace-head');
                const all = [...head.querySelectorAll('button, input, .workspace-head__name')];
                const places = all.map((one) => one.getBoundingClientRect());
                const name = head.querySelector('.workspace-head__name');
                return [head.clientHeight < 60, places.every((place) => place.right <= innerWidth),
                        name.clientWidth > 80, name.title];
            ";
            let found = browser.run(head, vec![]).await;
            assert_eq!(found, json!([true, true, true, name]), "at {width}");
        }
    });
}

#[test]
fn the_table_of_customers_says_that_it_goes_on_until_its_end_is_in_sight() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        size(&browser, 390, 844).await;
        let asked = view(&json!({}));
        open(&browser, &site, &asked).await;
        shows(&browser, &asked).await;
        click(&browser, "//button[.='View customers']").await;
        browser.wait_for(Locator::XPath("//*[@role='gridcell']/a[contains(@href, '@')]")).await;
        let goes_on = "return getComputedStyle(document.querySelector('[role=grid]').parentElement,
                                               '::after').content !== 'none';";
        comes(&browser, goes_on, json!(true)).await;
        browser.run("document.querySelector('[role=grid]').scrollLeft = 100000;", vec![]).await;
        comes(&browser, goes_on, json!(false)).await;
        browser.run("document.querySelector('[role=grid]').scrollLeft = 0;", vec![]).await;
        comes(&browser, goes_on, json!(true)).await;
        // The same where the reader's system chooses the colours.
        let features = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
        browser.devtools("Emulation.setEmulatedMedia", features).await;
        let edge = "return getComputedStyle(document.querySelector('[role=grid]').parentElement,
                                            '::after').borderLeftStyle;";
        comes(&browser, edge, json!("solid")).await;
    });
}

#[test]
fn numbers_of_a_segments_card_have_their_names_on_a_phone() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        size(&browser, 360, 800).await;
        let address = site.url("/#/segments");
        visit(&browser, &address).await;
        put(&browser, "documents", &json!({ "a": document("a", "Autumn") })).await;
        visit(&browser, &address).await;
        has_segment(&browser, "Autumn").await;
        let labels = "
            const heads = [...document.querySelectorAll('thead th')].map((head) => head.innerText);
            const places = { customers: 3, count: 4, changed: 5 };
            return Object.entries(places).map(([name, at]) => {
                const cell = document.querySelector(`tbody .segments__${name}`);
                return cell.checkVisibility() && cell.innerText !== ''
                    && getComputedStyle(cell, '::before').content.includes(heads[at]);
            });
        ";
        comes(&browser, labels, json!([true, true, true])).await;
        let width = browser.run("return document.documentElement.scrollWidth;", vec![]).await;
        assert!(width.as_u64().unwrap() <= 360, "{width}");
    });
}

#[test]
fn a_marked_row_is_yellow_and_legible_in_light_and_dark() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let address = site.url("/#/segments");
        visit(&browser, &address).await;
        put(&browser, "documents", &json!({ "a": document("a", "Autumn") })).await;
        for theme in ["light", "dark"] {
            let features =
                json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
            browser.devtools("Emulation.setEmulatedMedia", features).await;
            visit(&browser, &address).await;
            has_segment(&browser, "Autumn").await;
            click(&browser, "//th//button[.='Autumn']").await;
            click(&browser, "//dialog//*[@role='option'][contains(., 'Often')]").await;
            let marked = "//dialog//*[@role='option'][@aria-selected='true']";
            browser.wait_for(Locator::XPath(marked)).await;
            let seen = "
                const row = document.querySelector('dialog [role=option][aria-selected=true]');
                const linear = (one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
                const parts = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((one) => linear(one / 255));
                const light = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
                const ground = parts(getComputedStyle(row).backgroundColor);
                const [r, g, b] = ground;
                const texts = ['.option-list__name', '.option-list__note'].map((part) =>
                    light(parts(getComputedStyle(row.querySelector(part)).color)));
                const contrasts = texts.map((text) => (light(ground) + 0.05) / (text + 0.05));
                // Yellow: bright, as much green as red or nearly so, and little blue.
                return [r > 0.5 && g > 0.45 && b < g / 2, Math.min(...contrasts) >= 4.5];
            ";
            assert_eq!(browser.run(seen, vec![]).await, json!([true, true]), "{theme}");
        }
    });
}

#[test]
fn the_bar_stays_one_line_when_its_button_says_another_thing() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let asked = view(&json!({}));
        open(&browser, &site, &asked).await;
        click(&browser, "//header//button[.='Svenska']").await;
        for width in [1280, 1440] {
            size(&browser, width, 900).await;
            let height = "return document.querySelector('.result-bar').clientHeight;";
            let total = "return document.querySelector('output').innerText.length > 3;";
            comes(&browser, total, json!(true)).await;
            let before = browser.run(height, vec![]).await;
            let turn = "//footer//button[@aria-expanded][contains(@class, 'primary')]";
            click(&browser, turn).await;
            let open = format!("{turn}[@aria-expanded='true']");
            browser.wait_for(Locator::XPath(&open)).await;
            assert_eq!(browser.run(height, vec![]).await, before, "at {width}");
            click(&browser, turn).await;
        }
    });
}
