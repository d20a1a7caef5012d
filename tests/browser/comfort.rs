//! Zoomed in, without motion, in the system's own colours: what a reader's settings ask for.

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::browser::{Browser, in_browser};
use crate::site::Site;

/// Every page, and what is there once it is drawn.
const PAGES: [(&str, &str); 5] = [
    ("/#/", "//output[contains(., ',')]"),
    ("/#/segments", "//main//h1"),
    ("/#/segments/new", "//*[@role='option']"),
    ("/#/data", "//dl/div[dt[.='From']]/dd[contains(., 'Demo')]"),
    ("/#/settings", "//main//h2"),
];

async fn visit(browser: &Browser, site: &Site, page: &str, there: &str) {
    browser.client.goto("about:blank").await.unwrap();
    browser.client.goto(&site.url(page)).await.unwrap();
    browser.wait_for(Locator::XPath(there)).await;
}

async fn ask_for(browser: &Browser, feature: &str, value: &str) {
    let features = json!({ "features": [{ "name": feature, "value": value }] });
    browser.devtools("Emulation.setEmulatedMedia", features).await;
}

#[test]
fn at_twice_the_size_every_page_fits_its_width() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        // What a window of 1280 pixels has at 200 %.
        let zoomed =
            json!({ "width": 640, "height": 400, "deviceScaleFactor": 2, "mobile": false });
        browser.devtools("Emulation.setDeviceMetricsOverride", zoomed).await;
        for (page, there) in PAGES {
            visit(&browser, &site, page, there).await;
            let width = "return document.documentElement.scrollWidth;";
            let width = browser.run(width, vec![]).await.as_u64().unwrap();
            assert!(width <= 640, "{page} is {width} pixels wide");
        }
    });
}

#[test]
fn nothing_moves_for_a_reader_who_asks_for_less_motion() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        ask_for(&browser, "prefers-reduced-motion", "reduce").await;
        for (page, there) in PAGES {
            visit(&browser, &site, page, there).await;
            let moving = "
                const seconds = (list) => list.split(',').map((one) =>
                    parseFloat(one) * (one.trim().endsWith('ms') ? 0.001 : 1));
                return Array.from(document.querySelectorAll('body *')).filter((element) => {
                    const style = getComputedStyle(element);
                    const times = [...seconds(style.transitionDuration), ...seconds(style.animationDuration)];
                    return Math.max(...times) > 0.011;
                }).map((element) => element.outerHTML.slice(0, 120)).slice(0, 5);
            ";
            assert_eq!(browser.run(moving, vec![]).await, json!([]), "{page}");
        }
    });
}

#[test]
fn in_the_systems_own_colours_every_control_has_an_edge_or_a_name() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        ask_for(&browser, "forced-colors", "active").await;
        for (page, there) in PAGES {
            visit(&browser, &site, page, there).await;
            // Backgrounds are gone then: what is a button must be seen by its border or its words. A
            // range's handle has colours of its own for this, which no script can ask for.
            let bare = "
                const seen = (element) => element.checkVisibility() && element.getClientRects().length > 0;
                return Array.from(document.querySelectorAll('button, input, [role=slider]')).filter((element) => {
                    const style = getComputedStyle(element);
                    const hasEdge = style.borderStyle !== 'none' && parseFloat(style.borderWidth) > 0
                        || style.outlineStyle !== 'none';
                    const hasContent = element.innerText?.trim() || element.querySelector('svg')
                        || ['radio', 'checkbox', 'range'].includes(element.type);
                    return seen(element) && !hasEdge && !hasContent;
                }).map((element) => element.outerHTML.slice(0, 120)).slice(0, 5);
            ";
            assert_eq!(browser.run(bare, vec![]).await, Value::Array(vec![]), "{page}");
        }
    });
}
