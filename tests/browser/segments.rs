//! Segments and saved views: made, kept, opened, taken back, by labels and roles alone.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fantoccini::Locator;
use fantoccini::key::Key;
use publik::demo::{self, Settings};
use publik::engine::{Session, Snapshot};
use publik::model::Day;
use publik::view::{View, parse};
use serde_json::json;

use crate::app::{read_day, written};
use crate::browser::{Browser, click, in_browser};
use crate::site::Site;

async fn button(browser: &Browser, text: &str) {
    // In a dialog where one is open: what lies behind it cannot be reached.
    let path = format!("(//dialog[@open]//button[.='{text}'] | //button[.='{text}'])[last()]");
    click(browser, &path).await;
}

/// What the result says, once it says `wanted`.
async fn total(browser: &Browser, wanted: &str) {
    let path = format!("//output[.='{wanted}']");
    browser.wait_for(Locator::XPath(&path)).await;
}

/// Makes a segment of the first category and saves it; the category's name and the day it was
/// counted on.
async fn make_segment(browser: &Browser, name: &str) -> (String, Day) {
    browser.wait_for(Locator::XPath("//output[contains(., ',')]")).await;
    let as_of = browser.wait_for(Locator::Css("[aria-label='As of']")).await;
    let as_of = as_of.prop("value").await.unwrap().unwrap();
    click(browser, "//nav//a[.='Segments']").await;
    button(browser, "New segment").await;
    let field = browser.wait_for(Locator::XPath("//label[contains(., 'Name')]//input")).await;
    field.send_keys(name).await.unwrap();
    let option = "//*[@role='listbox'][@aria-label='Categories']//*[@role='option'][1]";
    let option = browser.wait_for(Locator::XPath(option)).await;
    option.click().await.unwrap();
    browser
        .wait_for(Locator::XPath("//fieldset[contains(., 'Categories')]//*[.='1 chosen']"))
        .await;
    let category = browser.run(
        "return document.querySelector('[aria-label=Categories] [aria-selected=true] .option-list__name').innerText",
        vec![],
    );
    let category = category.await.as_str().unwrap().to_owned();
    button(browser, "Save").await;
    (category, read_day(&as_of).unwrap())
}

fn counted(view: &View, as_of: Day) -> (u32, Session) {
    let (facts, _) = demo::build(&Settings::new(10_000, 1, as_of).unwrap());
    let session = Session::new(Arc::new(Snapshot::new(facts)), view.clone(), as_of);
    (session.total(), session)
}

fn view(category: &str) -> View {
    let document = json!({
        "version": 1,
        "segment": { "name": "S", "events": { "days_back": 730, "categories": [category] } },
    });
    parse(document.to_string()).unwrap()
}

#[test]
fn a_segment_is_made_viewed_for_an_event_saved_and_there_after_a_reload() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/")).await.unwrap();
        let (category, as_of) = make_segment(&browser, "First lot").await;
        let (all, session) = counted(&view(&category), as_of);
        let row = format!("//tr[contains(., 'First lot')][contains(., '{}')]", written(all));
        browser.wait_for(Locator::XPath(&row)).await;

        click(&browser, "//*[@aria-label='Actions for First lot']").await;
        button(&browser, "View for event…").await;
        let event = session.snapshot().facts().catalogue.events.last().unwrap().clone();
        let search = browser.wait_for(Locator::XPath("//dialog//input[@role='combobox']")).await;
        search.send_keys(&event.name).await.unwrap();
        search.send_keys(&Key::Enter.to_string()).await.unwrap();
        browser
            .wait_for(Locator::XPath("//dialog//*[@role='option'][@aria-selected='true']"))
            .await;
        button(&browser, "View").await;
        let mut for_event = view(&category);
        for_event.mode = publik::view::Mode::Event(event.id);
        let (left, _) = counted(&for_event, as_of);
        total(&browser, &written(left)).await;

        button(&browser, "Save as…").await;
        let name = browser.wait_for(Locator::XPath("//dialog//label//input")).await;
        name.send_keys("For the last one").await.unwrap();
        name.send_keys(&Key::Enter.to_string()).await.unwrap();
        browser.wait_for(Locator::XPath("//h1[contains(., 'For the last one')]")).await;

        browser.client.goto("about:blank").await.unwrap();
        browser.client.goto(&site.url("/")).await.unwrap();
        click(&browser, "//th//button[.='First lot']").await;
        let marked = "//dialog//*[@role='option'][contains(., 'For the last one')]";
        click(&browser, marked).await;
        browser.wait_for(Locator::XPath(&format!("{marked}[@aria-selected='true']"))).await;
        button(&browser, "Open").await;
        total(&browser, &written(left)).await;
        browser.wait_for(Locator::XPath("//h1[contains(., 'For the last one')]")).await;

        click(&browser, "//button[@lang='sv']").await;
        browser.wait_for(Locator::XPath("//nav//a[.='Arbetsyta']")).await;
        let swedish = written(left).replace(',', "\u{a0}");
        total(&browser, &swedish).await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn a_deleted_segment_comes_back_with_undo() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/")).await.unwrap();
        make_segment(&browser, "Short-lived").await;
        click(&browser, "//*[@aria-label='Actions for Short-lived']").await;
        button(&browser, "Delete").await;
        browser
            .wait_for(Locator::XPath("//h2[.='No segments yet'][not(ancestor::*[@hidden])]"))
            .await;
        click(&browser, "//*[@role='status']//button[contains(., 'Undo')]").await;
        browser.wait_for(Locator::XPath("//th//button[.='Short-lived']")).await;
        browser.client.refresh().await.unwrap();
        browser.wait_for(Locator::XPath("//th//button[.='Short-lived']")).await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn a_view_keeps_its_conditions_when_its_segment_is_edited_from_it() {
    let site = Site::of_dist();
    let document = json!({
        "version": 1,
        "segment": { "name": "S", "events": { "days_back": 730 } },
        "filters": { "distance_km": { "max": 40 }, "orders": { "min": 2 } },
    });
    let address = format!("/#/view/{}", URL_SAFE_NO_PAD.encode(document.to_string()));
    in_browser(|browser| async move {
        browser.client.goto(&site.url(&address)).await.unwrap();
        browser.wait_for(Locator::XPath("//output[contains(., ',')]")).await;
        let as_of = browser.wait_for(Locator::Css("[aria-label='As of']")).await;
        let as_of = read_day(&as_of.prop("value").await.unwrap().unwrap()).unwrap();
        let (left, _) = counted(&parse(document.to_string()).unwrap(), as_of);
        total(&browser, &written(left)).await;
        click(&browser, "//*[@role='link'][.='Buyers']").await;
        button(&browser, "Save and view").await;
        browser.wait_for(Locator::XPath("//*[contains(., 'within 40')]")).await;
        total(&browser, &written(left)).await;
    });
}
