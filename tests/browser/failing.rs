//! The program itself fails: what a reader then sees, and what is safe.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::browser::{Browser, click, in_browser};
use crate::site::Site;
use crate::workspace::{open, shows, view, view_of_address};

const MESSAGE: &str = "//dialog[@open][@role='alertdialog']";

async fn type_bound(browser: &Browser, bound: &str) {
    let field = Locator::Css("[aria-label=Orders] [aria-label=From]");
    let field = browser.wait_for(field).await;
    field.clear().await.unwrap();
    field.send_keys(&format!("{bound}{}", char::from(Key::Enter))).await.unwrap();
}

/// The content of the file that a link of the message gives.
async fn file(browser: &Browser, link: &str) -> String {
    let link = browser.wait_for(Locator::XPath(&format!("{MESSAGE}//a[.='{link}']"))).await;
    assert!(link.is_displayed().await.unwrap());
    assert_eq!(link.attr("download").await.unwrap().unwrap().rsplit('.').next(), Some("json"));
    let address = link.attr("href").await.unwrap().unwrap();
    let read = browser.run(
        "return decodeURIComponent(args[0].slice(args[0].indexOf(',') + 1));",
        vec![json!(address)],
    );
    read.await.as_str().unwrap().to_owned()
}

#[test]
fn a_panic_says_what_is_safe_and_gives_the_unsaved_work_as_a_file() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let start = view(&json!({ "name": "Åtta", "filters": { "orders": { "min": 2 } } }));
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        type_bound(&browser, "3").await;
        let changed = view_of_address(&browser).await;
        assert_ne!(changed, start);
        // No element can be made any more: the first part of the page that wants one panics.
        let refuse = "Document.prototype.createElement = () => { throw new Error('Kim Berg'); };";
        browser.run(refuse, vec![]).await;
        click(&browser, "//button[.='Open / New…']").await;
        browser.wait_for(Locator::XPath(&format!("{MESSAGE}[contains(., 'is safe')]"))).await;
        let saved = file(&browser, "Save my work as a file").await;
        assert_eq!(publik::view::parse(saved).unwrap(), changed);
        let noted = browser.errors().await;
        assert!(noted.iter().any(|note| note.contains("Publik stopped at")), "{noted:?}");
        let mut ours = noted.iter().filter(|note| note.contains("Publik stopped"));
        assert!(!ours.any(|note| note.contains("Kim Berg")), "{noted:?}");

        click(&browser, &format!("{MESSAGE}//button[.='Reload']")).await;
        browser.wait_for(Locator::XPath("//h1[contains(., 'Åtta')]")).await;
        shows(&browser, &changed).await;
        let messages = browser.client.find_all(Locator::XPath(MESSAGE)).await.unwrap();
        assert_eq!(messages.len(), 0);
    });
}

#[test]
fn an_error_is_told_in_the_pages_language_with_the_segment_of_the_form() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/#/segments/new")).await.unwrap();
        click(&browser, "//button[@lang='sv']").await;
        let name = browser.wait_for(Locator::XPath("//label[contains(., 'Namn')]//input")).await;
        name.send_keys("Vårens premiärer").await.unwrap();
        // Scripts of a driver are strangers to the page: it hears of their errors only like this.
        let stop = "
            const promise = Promise.resolve();
            const rejected = (reason) => window.dispatchEvent(
                new PromiseRejectionEvent('unhandledrejection', { promise, reason }));
            if (args[0]) rejected(new WebAssembly.RuntimeError('unreachable'));
            else rejected(new DOMException('no', 'NotAllowedError'));
        ";
        browser.run(stop, vec![json!(false)]).await;
        let messages = browser.client.find_all(Locator::XPath(MESSAGE)).await.unwrap();
        assert_eq!(messages.len(), 0, "what the browser refuses is no failure");
        browser.run(stop, vec![json!(true)]).await;
        browser.wait_for(Locator::XPath(&format!("{MESSAGE}//h2[.='Publik har stannat']"))).await;
        let saved = file(&browser, "Spara segmentet i formuläret som en fil").await;
        assert_eq!(publik::view::parse(saved).unwrap().segment.name, "Vårens premiärer");
        publik::view::parse(file(&browser, "Spara mitt arbete som en fil").await).unwrap();
        browser.wait_for(Locator::XPath(&format!("{MESSAGE}//button[.='Ladda om']"))).await;
    });
}

/// Has a counting worker stop as a trap in it would stop it, unless it was already; gives how many
/// stopped.
async fn stop_counting(browser: &Browser, stopped: &mut Vec<Value>) -> usize {
    let targets = browser.devtools("Target.getTargets", json!({ "filter": [{}] })).await;
    let is_counting =
        |target: &&Value| target["type"] == "worker" && !stopped.contains(&target["targetId"]);
    let targets = targets["targetInfos"].as_array().unwrap();
    let found: Vec<Value> =
        targets.iter().filter(is_counting).map(|target| target["targetId"].clone()).collect();
    for target in &found {
        let attach = json!({ "targetId": target, "flatten": false });
        let session = browser.devtools("Target.attachToTarget", attach).await["sessionId"].clone();
        let stop = "setTimeout(() => { throw new WebAssembly.RuntimeError('unreachable'); })";
        let message = json!({
            "id": 1, "method": "Runtime.evaluate", "params": { "expression": stop },
        });
        let send = json!({ "sessionId": session, "message": message.to_string() });
        browser.devtools("Target.sendMessageToTarget", send).await;
    }
    stopped.extend(found.iter().cloned());
    found.len()
}

#[test]
fn a_counting_worker_that_dies_is_started_again_over_the_same_data_and_view() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let start = view(&json!({ "filters": { "orders": { "min": 2 } } }));
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        let mut stopped = Vec::new();
        for orders in 3..5 {
            assert_eq!(stop_counting(&browser, &mut stopped).await, 1);
            let told = "//*[@role='status'][contains(., 'Counting stopped')]";
            browser.wait_for(Locator::XPath(told)).await;
            type_bound(&browser, &orders.to_string()).await;
            shows(&browser, &view(&json!({ "filters": { "orders": { "min": orders } } }))).await;
            click(&browser, "//*[@role='status']//button[@aria-label='Dismiss']").await;
        }
        let messages = browser.client.find_all(Locator::XPath(MESSAGE)).await.unwrap();
        assert_eq!(messages.len(), 0);
    });
}

#[test]
fn a_worker_that_dies_over_and_over_is_given_up_and_the_work_offered() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let start = view(&json!({ "filters": { "orders": { "min": 2 } } }));
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        let (mut stopped, begun) = (Vec::new(), Instant::now());
        while browser.client.find_all(Locator::XPath(MESSAGE)).await.unwrap().is_empty() {
            assert!(begun.elapsed() < Duration::from_mins(1), "stopped {}", stopped.len());
            stop_counting(&browser, &mut stopped).await;
        }
        assert!(stopped.len() > 1);
        let saved = file(&browser, "Save my work as a file").await;
        assert_eq!(publik::view::parse(saved).unwrap(), start);
        let focus: Value = browser.run("return document.activeElement.localName;", vec![]).await;
        assert!(["a", "button"].contains(&focus.as_str().unwrap()), "{focus}");
    });
}
