//! The workspace keeps still: what is chosen or said moves no control, and what is empty says what
//! to do.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fantoccini::Locator;
use serde_json::{Value, json};

use crate::browser::{Browser, click, in_browser};
use crate::site::Site;

async fn show(browser: &Browser, site: &Site, further: &Value) {
    let mut document = json!({
        "version": 1,
        "segment": { "name": "S", "events": { "days_back": 730 } },
    });
    document.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    let document = URL_SAFE_NO_PAD.encode(document.to_string());
    browser.client.goto("about:blank").await.unwrap();
    browser.client.goto(&site.url(&format!("/#/view/{document}"))).await.unwrap();
    browser.wait_for(Locator::XPath("//output[contains(., ',')]")).await;
    browser.wait_for(Locator::XPath("//*[@aria-label='Tags']//tbody/tr")).await;
}

async fn make_wide(browser: &Browser, width: u32) {
    let window = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    browser.devtools("Emulation.setDeviceMetricsOverride", window).await;
}

/// Where the first element of a selector is on the page.
async fn place(browser: &Browser, selector: &str) -> Value {
    let script = "
        const box = document.querySelector(args[0]).getBoundingClientRect();
        return [box.left + scrollX, box.top + scrollY, box.width, box.height];
    ";
    browser.run(script, vec![selector.into()]).await
}

#[test]
fn the_place_to_choose_boxes_stays_when_the_first_is_chosen() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        for width in [1440, 768, 360] {
            make_wide(&browser, width).await;
            show(&browser, &site, &json!({ "boxes": [] })).await;
            let before = place(&browser, "[aria-label='Boxes in this view']").await;
            for title in ["Distance", "Revenue"] {
                click(&browser, &format!("//button[@aria-pressed][@aria-label='{title}']")).await;
                browser
                    .wait_for(Locator::Css(&format!("section.filter-box[aria-label={title}]")))
                    .await;
                let after = place(&browser, "[aria-label='Boxes in this view']").await;
                assert_eq!(after, before, "{title} at {width}");
            }
        }
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn no_box_moves_while_the_sentence_grows_or_nobody_is_left() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let boxes = json!(["distance_km", "orders"]);
        let long = json!({
            "distance_km": { "min": 1, "max": 40 }, "gender": ["f", "m"], "revenue": { "min": 500.5 },
            "orders": { "min": 2 }, "sales_type": ["online", "both"], "subscription": "regular",
            "last_purchase": { "not_within": 18, "over": "history" },
            "tickets": { "min": 2, "max": 10 }, "impulsive": { "max": 300 },
            "purchases": { "from": "2020-01-01", "to": "2030-06-30", "min": 1 },
        });
        let nobody = json!({ "distance_km": { "max": 0 }, "orders": { "min": 999_999 } });
        for width in [1440, 360] {
            make_wide(&browser, width).await;
            show(&browser, &site, &json!({ "boxes": boxes })).await;
            let first = place(&browser, ".filter-box").await;
            for filters in [&long, &nobody] {
                let document = json!({
                    "version": 1,
                    "segment": { "name": "S", "events": { "days_back": 730 } },
                    "boxes": boxes,
                    "filters": filters,
                });
                let document = URL_SAFE_NO_PAD.encode(document.to_string());
                browser.client.goto("about:blank").await.unwrap();
                browser.client.goto(&site.url(&format!("/#/view/{document}"))).await.unwrap();
                browser
                    .wait_for(Locator::XPath("//p[@role='region']//*[contains(., 'orders')]"))
                    .await;
                browser.wait_for(Locator::Css(".result-bar output")).await;
                assert_eq!(place(&browser, ".filter-box").await, first, "{filters} at {width}");
            }
            browser.wait_for(Locator::XPath("//p[contains(., 'Nobody meets')]")).await;
            assert_eq!(place(&browser, ".filter-box").await, first, "{width}");
        }
    });
}

#[test]
fn a_view_without_boxes_says_what_to_do_and_shows_all_when_asked() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        show(&browser, &site, &json!({})).await;
        browser.wait_for(Locator::XPath("//h2[.='No boxes yet']")).await;
        click(&browser, "//button[.='Choose boxes…']").await;
        let held =
            "return document.activeElement.matches('[aria-label=\"Boxes in this view\"] button');";
        assert_eq!(browser.run(held, vec![]).await, Value::Bool(true));
        click(&browser, "//button[.='Show all boxes']").await;
        browser.wait_for(Locator::Css("section.filter-box")).await;
        let shown = browser.client.find_all(Locator::Css("section.filter-box")).await.unwrap();
        assert_eq!(shown.len(), 12);
        let left = browser.client.find_all(Locator::XPath("//h2[.='No boxes yet']")).await.unwrap();
        assert_eq!(left.len(), 0);
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn the_default_of_what_boxes_count_names_those_that_say_otherwise() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let filters = json!({ "orders": { "min": 2 }, "last_purchase": { "not_within": 30, "over": "history" } });
        show(&browser, &site, &json!({ "filters": filters })).await;
        let panel = "//section[@aria-label='What the boxes count']";
        let otherwise =
            format!("{panel}//p[contains(., 'Last purchase')][not(contains(., 'Orders'))]");
        browser.wait_for(Locator::XPath(&otherwise)).await;
        let marked = "return Array.from(document.querySelectorAll('.box-head__over--own'), (over) => over.closest('section').ariaLabel);";
        assert_eq!(browser.run(marked, vec![]).await, json!(["Last purchase"]));
        let counting =
            "document.querySelector('[data-panel=counting]').scrollIntoView({ block: 'center' });";
        browser.run(counting, vec![]).await;
        click(&browser, &format!("{panel}//label[@title='all events']")).await;
        browser.wait_for(Locator::XPath(&format!("{panel}//p[.='No box says otherwise.']"))).await;
        assert_eq!(browser.run(marked, vec![]).await, json!([]));
    });
}

#[test]
fn heads_of_columns_are_whole_at_1440_pixels_however_they_are_sorted() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        show(&browser, &site, &json!({})).await;
        click(&browser, "//button[.='View customers']").await;
        browser.wait_for(Locator::Css(".customer-table [role=gridcell]")).await;
        let heads =
            browser.client.find_all(Locator::Css("[role=columnheader] button")).await.unwrap();
        assert!(heads.len() > 10);
        for head in heads {
            head.click().await.unwrap();
            let cut = "
                return Array.from(document.querySelectorAll('[role=columnheader] button > span'))
                    .filter((title) => title.scrollWidth > title.clientWidth || title.scrollHeight > title.clientHeight)
                    .map((title) => title.innerText);
            ";
            assert_eq!(browser.run(cut, vec![]).await, json!([]));
        }
        let wide = "const table = document.querySelector('.customer-table'); return table.scrollWidth <= table.clientWidth;";
        assert_eq!(browser.run(wide, vec![]).await, Value::Bool(true));
    });
}

#[test]
fn a_long_name_in_a_list_is_whole_on_the_row_that_has_the_keyboard() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        show(&browser, &site, &json!({})).await;
        browser.client.goto(&site.url("/#/segments/new")).await.unwrap();
        browser.wait_for(Locator::Css("#events [role=option]")).await;
        let whole = "
            const row = document.querySelector('#events [role=option]');
            const name = row.querySelector('.option-list__name');
            name.textContent = 'Det osannolikt långa namnet på en föreställning som ingen lista är bred nog för '.repeat(3);
            const isCut = () => name.scrollHeight > name.clientHeight + 1;
            const before = isCut();
            document.querySelector('#events-search').focus();
            return [before, isCut(), row.title.length > 0];
        ";
        assert_eq!(browser.run(whole, vec![]).await, json!([true, false, true]));
    });
}
