//! The built page on hosts of different kinds: at any path, and before its module is there.

use std::fs;

use fantoccini::Locator;
use serde_json::json;

use crate::browser::{Browser, in_browser};
use crate::site::{Mood, Site, dist};

/// A number of customers in the bar: the data is open and counted.
pub const COUNTED: Locator<'_> =
    Locator::XPath("//output[string-length(translate(., translate(., '0123456789', ''), '')) > 2]");

/// Presses the button of this name.
pub async fn press(browser: &Browser, name: &str) {
    let button = format!("//button[normalize-space(.)='{name}']");
    browser.wait_for(Locator::XPath(&button)).await.click().await.unwrap();
}

#[test]
fn the_page_works_at_any_path() {
    let site = Site::of([("/some/deep/path", dist())]);
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/some/deep/path/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        // The list of customers is a module of its own.
        press(&browser, "View customers").await;
        browser.wait_for(Locator::Css("[role=grid] [role=row] a[href^='mailto:']")).await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
        let asked = site.asked();
        let is_inside = |path: &String| path.starts_with("/some/deep/path/");
        assert!(asked.iter().all(is_inside), "{asked:?}");
        let lists = asked.iter().filter(|path| path.contains("/lists")).count();
        assert!(lists >= 2, "{asked:?}");
    });
}

#[test]
fn every_file_that_may_be_kept_for_ever_carries_a_hash() {
    let entries = fs::read_dir(dist()).unwrap().map(Result::unwrap);
    let mut without: Vec<_> = entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| name.rsplit_once('.').is_some_and(|(_, end)| end != "br" && end != "gz"))
        .filter(|name| {
            let stem = name.split('.').next().unwrap_or_default();
            let hash = stem.rsplit('-').next().unwrap_or_default();
            hash.len() != 16 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
        .collect();
    without.sort();
    assert_eq!(without, ["app.webmanifest", "index.html", "sw.js"]);
}

#[test]
fn brand_and_header_stand_in_their_place_before_the_module_is_there() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        for width in [1440, 768, 360] {
            set_screen(&browser, width).await;
            site.set_mood(Mood::Holding(".wasm"));
            browser.client.goto("about:blank").await.unwrap();
            browser.client.goto(&site.url("/")).await.unwrap();
            let place = r#"
                const side = (at) => Math.round(at * 10) / 10;
                return [".app-header__brand", ".app-header"].map((of) => {
                    const { x, y, width, height } = document.querySelector(of).getBoundingClientRect();
                    return [x, y, width, height].map(side);
                });
            "#;
            browser.wait_for(Locator::Css(".start")).await;
            let before = browser.run(place, vec![]).await;
            let painted = "
                while (performance.getEntriesByName('first-contentful-paint').length === 0)
                    await new Promise((resolve) => setTimeout(resolve, 20));
                return document.querySelectorAll('output').length";
            assert_eq!(browser.run(painted, vec![]).await, 0);
            site.set_mood(Mood::Friendly);
            browser.wait_for(COUNTED).await;
            assert_eq!(browser.run(place, vec![]).await, before, "{width} px");
            assert!(browser.client.find(Locator::Css(".start")).await.is_err());
            // The next width begins as a first visit does.
            forget(&browser, &site).await;
        }
    });
}

/// A screen of this width, in pixels.
async fn set_screen(browser: &Browser, width: u32) {
    let screen = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    browser.devtools("Emulation.setDeviceMetricsOverride", screen).await;
}

/// Leaves the site, and takes away whatever the browser keeps of it.
async fn forget(browser: &Browser, site: &Site) {
    browser.client.goto("about:blank").await.unwrap();
    browser.devtools("Network.clearBrowserCache", json!({})).await;
    let origin = json!({ "origin": site.url(""), "storageTypes": "all" });
    browser.devtools("Storage.clearDataForOrigin", origin).await;
}

#[test]
fn a_browser_that_lacks_something_is_told_what() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let cases = [
            ("WebAssembly.validate = () => false;", "en", "WebAssembly SIMD"),
            ("WebAssembly.validate = () => false;", "sv", "saknar WebAssembly SIMD"),
            ("delete globalThis.WebAssembly;", "en", "WebAssembly is missing or switched off"),
        ];
        for (lack, language, said) in cases {
            let source = format!("{lack} localStorage.setItem('publik.language', '{language}');");
            let params = json!({ "source": source });
            let added = browser.devtools("Page.addScriptToEvaluateOnNewDocument", params).await;
            browser.client.goto(&site.url("/")).await.unwrap();
            let told = format!("//*[@role='status'][contains(., '{said}')]");
            browser.wait_for(Locator::XPath(&told)).await;
            browser.devtools("Page.removeScriptToEvaluateOnNewDocument", added).await;
        }
        // What cannot run is not started either.
        let address = site.url("/");
        assert!(!site.asked().iter().any(|path| path.contains("sw.js")), "{address}");
    });
}

#[test]
fn a_module_that_does_not_come_is_told() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        site.set_mood(Mood::Breaking("app_bg"));
        browser.client.goto(&site.url("/")).await.unwrap();
        let told = Locator::XPath("//*[@role='status'][contains(., 'could not be loaded')]");
        browser.wait_for(told).await;
        site.set_mood(Mood::Friendly);
        browser.client.refresh().await.unwrap();
        browser.wait_for(COUNTED).await;
    });
}

/// The sum of the layout's shifts while the page starts is at most this; browsers call 0.1 good.
const MOST_SHIFT: f64 = 0.05;

#[test]
fn little_moves_while_the_page_starts_and_how_fast_it_does_is_printed() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let watch = json!({ "source": "
            window.shifts = [];
            window.tasks = [];
            const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note))
                .observe({ type, buffered: true });
            watch('layout-shift', (entry) => shifts.push(entry.value));
            watch('longtask', (entry) => tasks.push(Math.round(entry.duration)));
        " });
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", watch).await;
        for width in [1440, 768, 360] {
            set_screen(&browser, width).await;
            browser.client.goto(&site.url("/")).await.unwrap();
            let measure = "
                while (!/\\d,\\d/.test(document.querySelector('output')?.innerText ?? ''))
                    await new Promise(requestAnimationFrame);
                const counted = Math.round(performance.now());
                await new Promise((resolve) => setTimeout(resolve, 1000));
                const [paint] = performance.getEntriesByName('first-contentful-paint');
                return {
                    first_paint_ms: Math.round(paint.startTime), counted_ms: counted,
                    longest_task_ms: Math.max(0, ...tasks),
                    layout_shift: shifts.reduce((sum, shift) => sum + shift, 0),
                };";
            let measured = browser.run(measure, vec![]).await;
            println!("start at {width} px: {measured}");
            let shift = measured["layout_shift"].as_f64().unwrap();
            assert!(shift <= MOST_SHIFT, "{width} px: {measured}");
            forget(&browser, &site).await;
        }
    });
}
