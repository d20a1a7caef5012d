//! Tags set and taken back through the outbox, whatever becomes of the network.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::app::written;
use crate::browser::{Browser, in_browser};
use crate::cut_wire::CutWire;
use crate::site::Site;
use crate::sync::{DEMO, apart, click, says, session, stay_at_a_port, use_endpoint, venue_for};
use crate::sync_support::Endpoint;
use crate::workspace::{open, shows, view};
use crate::workspace_access::axe_finds_nothing;

/// How many of a view's result have a flag of the demo, and the ids of those who have it not.
fn with_and_without(asked: &publik::view::View, flag: &str) -> (u32, Vec<String>) {
    let session = session(asked);
    let set = DEMO.flags().iter().find(|set| set.id == flag).unwrap();
    let ids = &DEMO.facts().customers.ids;
    let result: Vec<u32> = session.result().iter().collect();
    let without = result.iter().filter(|row| !set.rows.contains(**row));
    let without: Vec<String> = without.map(|row| ids.get(*row as usize).to_owned()).collect();
    ((result.len() - without.len()) as u32, without)
}

/// What the feed of an endpoint holds.
fn feed(endpoint: &Endpoint, token: &str) -> Vec<Value> {
    let feed = endpoint.get("/v1/flags/changes?since=0", token).ok(200);
    feed["changes"].as_array().unwrap().clone()
}

async fn stands_in_row(browser: &Browser, name: &str, now: u32, after: u32) {
    let row = format!(
        "//dialog//tr[th[contains(., '{name}')]][td[1][.='{}']][td[2][.='{}']]",
        written(now),
        written(after)
    );
    browser.wait_for(Locator::XPath(&row)).await;
}

/// Waits until so many of the result have a tag.
async fn has_tag(browser: &Browser, name: &str, count: u32) {
    let row = format!(
        "//*[@aria-label='Tags']//tr[th[contains(., '{name}')]][td[1][normalize-space(.)='{}']]",
        written(count)
    );
    browser.wait_for(Locator::XPath(&row)).await;
}

async fn save_tag(browser: &Browser, name: &str) {
    click(browser, "//footer//button[.='Tag']").await;
    click(browser, &format!("//dialog//button[@aria-label='Save {name}']")).await;
}

#[test]
fn a_tag_goes_to_those_who_lack_it_and_is_taken_back_for_exactly_those() {
    let site = Site::of_dist();
    let venue = venue_for(&site, "", "");
    let token = venue.token("desk", "flags");
    let endpoint = venue.start();
    let asked = view(&json!({ "filters": { "orders": { "min": 3 } } }));
    let (have, lack) = with_and_without(&asked, "vip");
    assert!(have > 0 && !lack.is_empty());
    let all = have + lack.len() as u32;
    let (address, key) = (endpoint.address.clone(), token.clone());
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &address, &key, false).await;
        click(&browser, "//nav//a[contains(., 'Workspace')]").await;
        let go = format!("location.hash = '{}';", crate::workspace::fragment(&asked));
        browser.run(&go, vec![]).await;
        click(&browser, "//footer//button[.='Tag']").await;
        stands_in_row(&browser, "VIP", have, all).await;
        axe_finds_nothing(&browser).await;
        click(&browser, "//dialog//button[@aria-label='Save VIP']").await;
        says(&browser, &format!("{} customers changed.", written(lack.len() as u32))).await;
        stands_in_row(&browser, "VIP", all, all).await;
        let (endpoint, lack, token) = apart(move || {
            let changes = feed(&endpoint, &token);
            assert_eq!(changes.len(), 1);
            assert_eq!(
                (&changes[0]["op"], &changes[0]["customers"]),
                (&json!("add"), &json!(lack))
            );
            (endpoint, lack, token)
        })
        .await;
        // Another browser reads it from the feed.
        let (of_other, key, asked_too) = (endpoint.address.clone(), token.clone(), asked.clone());
        let site = apart(move || {
            let shared = std::sync::Arc::new(site);
            let site = std::sync::Arc::clone(&shared);
            in_browser(|other| async move {
                use_endpoint(&other, &site, &of_other, &key, true).await;
                open(&other, &site, &asked_too).await;
                has_tag(&other, "VIP", all).await;
            });
            shared
        })
        .await;
        click(&browser, "//dialog//button[@aria-label='Undo VIP']").await;
        stands_in_row(&browser, "VIP", have, all).await;
        apart(move || {
            let changes = feed(&endpoint, &token);
            assert_eq!(changes.len(), 2);
            assert_eq!(
                (&changes[1]["op"], &changes[1]["customers"]),
                (&json!("remove"), &json!(lack))
            );
        })
        .await;
        click(&browser, "//dialog//button[.='Close']").await;
        click(&browser, "//nav//a[contains(., 'Outbox')]").await;
        says(&browser, "Undone").await;
        axe_finds_nothing(&browser).await;
        drop(site);
    });
}

#[test]
fn what_waits_survives_a_restart_and_two_tabs_send_it_once() {
    let site = Site::of_dist();
    let venue = venue_for(&site, "", "");
    stay_at_a_port(&venue);
    let token = venue.token("desk", "flags");
    let endpoint = venue.start();
    let asked = view(&json!({ "filters": { "orders": { "min": 4 } } }));
    let (have, lack) = with_and_without(&asked, "vip");
    let all = have + lack.len() as u32;
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &endpoint.address, &token, true).await;
        open(&browser, &site, &asked).await;
        shows(&browser, &asked).await;
        apart(move || endpoint.kill()).await;
        save_tag(&browser, "VIP").await;
        says(&browser, "Waiting. Nobody answers at this address").await;
        browser.client.refresh().await.unwrap();
        let first = browser.client.window().await.unwrap();
        let second = browser.client.new_window(true).await.unwrap().handle;
        browser.client.switch_to_window(second).await.unwrap();
        browser.client.goto(&site.url("/#/outbox")).await.unwrap();
        says(&browser, "Tag VIP on").await;
        says(&browser, "Waiting").await;
        let endpoint = apart(move || (venue.start(), venue)).await;
        click(&browser, "//button[.='Try again']").await;
        says(&browser, "customers changed.").await;
        browser.client.switch_to_window(first).await.unwrap();
        has_tag(&browser, "VIP", all).await;
        // Long enough for whoever would send it again.
        tokio::time::sleep(Duration::from_secs(8)).await;
        apart(move || {
            let (endpoint, _venue) = endpoint;
            let changes = feed(&endpoint, &token);
            assert_eq!(changes.len(), 1, "{changes:?}");
            assert_eq!(
                (&changes[0]["op"], &changes[0]["customers"]),
                (&json!("add"), &json!(lack))
            );
        })
        .await;
    });
}

#[test]
fn a_call_whose_answer_was_lost_is_made_again_and_done_once() {
    let site = Site::of_dist();
    let venue = venue_for(&site, "", "");
    let token = venue.token("desk", "flags");
    let endpoint = venue.start();
    let wire = CutWire::to(&endpoint.address);
    let asked = view(&json!({ "filters": { "orders": { "min": 5 } } }));
    let (_, lack) = with_and_without(&asked, "vip");
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &wire.address, &token, true).await;
        open(&browser, &site, &asked).await;
        shows(&browser, &asked).await;
        wire.lose_answers(true);
        save_tag(&browser, "VIP").await;
        let began = Instant::now();
        while wire.lost() == 0 {
            assert!(began.elapsed() < Duration::from_secs(30), "nothing was sent");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        says(&browser, "Waiting.").await;
        wire.lose_answers(false);
        says(&browser, &format!("{} customers changed.", written(lack.len() as u32))).await;
        assert!(wire.lost() > 0);
        apart(move || {
            let changes = feed(&endpoint, &token);
            assert_eq!(changes.len(), 1, "{changes:?}");
            assert_eq!(changes[0]["customers"], json!(lack));
        })
        .await;
    });
}

#[test]
fn without_an_endpoint_tagging_says_what_is_missing() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        open(&browser, &site, &view(&json!({}))).await;
        shows(&browser, &view(&json!({}))).await;
        click(&browser, "//footer//button[.='Tag']").await;
        says(&browser, "Your venue's sync endpoint is not set").await;
        browser
            .wait_for(Locator::XPath("//dialog//button[@aria-label='Save VIP'][@disabled]"))
            .await;
        axe_finds_nothing(&browser).await;
        click(&browser, "//dialog//button[.='Settings']").await;
        says(&browser, "Begins with https").await;
        axe_finds_nothing(&browser).await;
    });
}
