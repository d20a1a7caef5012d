//! The built page on hosts of different kinds: at any path, and before its module is there.

use std::fs;
use std::time::Duration;

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
        site.set_mood(Mood::Holding(".wasm"));
        browser.client.goto(&site.url("/")).await.unwrap();
        let place = r#"
            const round = (at) => { const { x, y, width, height } = at.getBoundingClientRect();
                return [x, y, width, height].map((side) => Math.round(side * 10) / 10); };
            return [".app-header__brand", ".app-header"].map((of) => round(document.querySelector(of)));
        "#;
        browser.wait_for(Locator::Css(".app-header__brand")).await;
        let before = browser.run(place, vec![]).await;
        assert!(browser.client.find(Locator::Css(".app-header__end")).await.is_err());
        let paints = "return performance.getEntriesByName('first-contentful-paint').length";
        for _ in 0..100 {
            if browser.run(paints, vec![]).await == 1 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(browser.run(paints, vec![]).await, 1, "nothing is painted without the module");
        site.set_mood(Mood::Friendly);
        browser.wait_for(COUNTED).await;
        assert_eq!(browser.run(place, vec![]).await, before);
        assert_eq!(
            browser.run("return document.querySelectorAll('.start').length", vec![]).await,
            0
        );
    });
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

#[test]
fn how_fast_the_page_starts_is_printed() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let watch = json!({ "source": "
            window.shifts = []; window.tasks = [];
            new PerformanceObserver((list) => list.getEntries().forEach((entry) => shifts.push(entry.value)))
                .observe({ type: 'layout-shift', buffered: true });
            new PerformanceObserver((list) => list.getEntries().forEach((entry) => tasks.push(entry.duration)))
                .observe({ type: 'longtask', buffered: true });
        " });
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", watch).await;
        for (width, height) in [(1440, 1000), (768, 1000), (360, 780)] {
            let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            browser.devtools("Emulation.setDeviceMetricsOverride", screen).await;
            browser.devtools("Network.clearBrowserCache", json!({})).await;
            let origin = json!({ "origin": site.url(""), "storageTypes": "all" });
            browser.devtools("Storage.clearDataForOrigin", origin).await;
            browser.client.goto("about:blank").await.unwrap();
            browser.client.goto(&site.url("/")).await.unwrap();
            let counted = "
                while (!/\\d,\\d/.test(document.querySelector('output')?.innerText ?? ''))
                    await new Promise(requestAnimationFrame);
                return {
                    counted_ms: Math.round(performance.now()),
                    first_paint_ms: Math.round(
                        performance.getEntriesByName('first-contentful-paint')[0].startTime),
                    layout_shift: shifts.reduce((sum, shift) => sum + shift, 0),
                    longest_task_ms: Math.max(0, ...tasks),
                };";
            let measured = browser.run(counted, vec![]).await;
            println!("start at {width} px: {measured}");
            assert!(measured["counted_ms"].as_u64() > measured["first_paint_ms"].as_u64());
        }
    });
}
