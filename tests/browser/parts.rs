//! Parts of the page that are fetched when they are first needed.

use std::time::Duration;

use fantoccini::Locator;

use crate::browser::{click, in_browser};
use crate::hosting::COUNTED;
use crate::site::{Mood, Site};

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
        // Without a copy of the program, as on a host without https.
        let params = serde_json::json!({ "source": "delete Navigator.prototype.serviceWorker" });
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", params).await;
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        site.set_mood(Mood::Breaking("app_split_segments"));
        click(&browser, "//nav//a[normalize-space()='Segments']").await;
        browser
            .wait_for(Locator::XPath("//*[@role='alert'][contains(., 'could not be fetched')]"))
            .await;
        site.set_mood(Mood::Friendly);
        click(&browser, "//*[@role='alert']//button[normalize-space()='Try again']").await;
        browser.wait_for(Locator::XPath("//main//h1[normalize-space()='Segments']")).await;
    });
}

#[test]
fn what_the_worker_needs_a_part_for_is_answered_once_it_comes() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let params = serde_json::json!({ "source": "delete Navigator.prototype.serviceWorker" });
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", params).await;
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        assert!(!site.given_to_page().iter().any(|path| path.contains("count_split_further")));
        site.set_mood(Mood::Breaking("count_split_further"));
        browser.run("location.hash = '#/segments/new'", vec![]).await;
        browser.wait_for(Locator::XPath("//main//h1[normalize-space()='New segment']")).await;
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
