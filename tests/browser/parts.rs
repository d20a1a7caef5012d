//! Parts of the page that are fetched when they are first needed.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fantoccini::Locator;
use fantoccini::key::Key;

use crate::browser::{Browser, click, in_browser};
use crate::device::{has_segment, visit};
use crate::hosting::COUNTED;
use crate::site::{Mood, Site};

/// From the next page on there is no copy of the program, as on a host without https.
async fn without_a_copy(browser: &Browser) {
    let params = serde_json::json!({ "source": "delete Navigator.prototype.serviceWorker" });
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", params).await;
}

/// Waits until the page says that a part did not come, and lets it come.
async fn is_told_and_tried_again(browser: &Browser, site: &Site) {
    let told = "//*[@role='alert'][contains(., 'could not be fetched')]";
    browser.wait_for(Locator::XPath(told)).await;
    site.set_mood(Mood::Friendly);
    click(browser, "//*[@role='alert']//button[normalize-space()='Try again']").await;
}

#[test]
fn what_a_first_visit_does_not_show_is_fetched_once_it_is_asked_for() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let later = |site: &Site| {
            let given = site.given_to_page().into_iter();
            given.filter(|path| path.contains("app_split_")).collect::<Vec<_>>()
        };
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        assert!(later(&site).is_empty(), "{:?}", later(&site));
        click(&browser, "//button[normalize-space()='Export']").await;
        browser.wait_for(Locator::XPath("//dialog[@open]//h2[contains(., 'Export')]")).await;
        let needed = browser
            .run("return performance.getEntriesByType('resource').map((e) => e.name)", vec![]);
        let needed = needed.await.to_string();
        assert!(needed.contains("app_split_sending"), "{needed}");
        assert!(!needed.contains("app_split_device"), "{needed}");
        assert!(browser.errors().await.is_empty(), "{:?}", browser.errors().await);
    });
}

#[test]
fn a_part_that_does_not_come_is_told_and_fetched_again() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        without_a_copy(&browser).await;
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        site.set_mood(Mood::Breaking("app_split_segments"));
        click(&browser, "//nav//a[normalize-space()='Segments']").await;
        is_told_and_tried_again(&browser, &site).await;
        browser.wait_for(Locator::XPath("//main//h1[normalize-space()='Segments']")).await;
    });
}

#[test]
fn what_the_worker_needs_a_part_for_is_answered_once_it_comes() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        without_a_copy(&browser).await;
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        assert!(!site.given_to_page().iter().any(|path| path.contains("count_split_further")));
        site.set_mood(Mood::Breaking("count_split_further"));
        browser.run("location.hash = '#/segments/new'", vec![]).await;
        browser.wait_for(Locator::XPath("//span[@class='scope-list__count'][.='–']")).await;
        while !site.asked().iter().any(|path| path.contains("count_split_further")) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        site.set_mood(Mood::Friendly);
        browser
            .wait_for(Locator::XPath(
                "//span[@class='scope-list__count'][translate(., '0123456789', '') != .]",
            ))
            .await;
        assert!(site.given_to_page().iter().any(|path| path.contains("count_split_further")));
    });
}

#[test]
fn a_link_whose_part_does_not_come_is_told_and_followed_once_it_is_there() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        without_a_copy(&browser).await;
        site.set_mood(Mood::Breaking("app_split_documents"));
        let view = r#"{"version":1,"name":"Lapsed locals","segment":{"name":"Dance"}}"#;
        let link = format!("/#/view/{}", URL_SAFE_NO_PAD.encode(view));
        browser.client.goto(&site.url(&link)).await.unwrap();
        is_told_and_tried_again(&browser, &site).await;
        browser.wait_for(Locator::XPath("//h1[contains(., 'Lapsed locals')]")).await;
        browser.wait_for(COUNTED).await;
    });
}

#[test]
fn a_first_save_waits_for_the_part_that_keeps_it() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        without_a_copy(&browser).await;
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        click(&browser, "//button[normalize-space()='Save']").await;
        let name = browser.wait_for(Locator::XPath("//dialog//label//input")).await;
        site.set_mood(Mood::Breaking("app_split_documents"));
        name.send_keys(&format!("Everyone{}", char::from(Key::Enter))).await.unwrap();
        is_told_and_tried_again(&browser, &site).await;
        browser.wait_for(Locator::XPath("//h1[contains(., 'Everyone')]")).await;
        visit(&browser, &site.url("/#/segments")).await;
        has_segment(&browser, "Last two years").await;
    });
}

#[test]
fn a_page_that_comes_in_a_part_is_read_from_its_top() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        browser.run("scrollTo(0, 300)", vec![]).await;
        click(&browser, "//nav//a[normalize-space()='Segments']").await;
        browser.wait_for(Locator::Css("main.segments:focus")).await;
        assert_eq!(browser.run("return scrollY", vec![]).await, serde_json::json!(0));
    });
}
