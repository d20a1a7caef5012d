//! The sync endpoint seen from the page: set in the settings, read for tags.

use std::sync::{Arc, LazyLock};

use fantoccini::Locator;
use publik::demo::{self, Settings};
use publik::engine::{Session, Snapshot, parse_flag_changes};
use publik::model::Day;
use publik::view::View;
use serde_json::{Value, json};

use crate::app::written;
pub use crate::browser::click;
use crate::browser::{Browser, ZONE, in_browser};
use crate::site::Site;
use crate::sync_support::theatre::theatre;
use crate::sync_support::{Endpoint, Venue};
use crate::workspace::{open, view};

/// The demo that the page opens with, made on this side.
pub static DEMO: LazyLock<Arc<Snapshot>> = LazyLock::new(|| {
    let (facts, _) = demo::build(&Settings::new(10_000, 1, today()).unwrap());
    Arc::new(Snapshot::new(facts))
});

pub fn today() -> Day {
    Day::parse(&jiff::Timestamp::now().in_tz(ZONE).unwrap().date().to_string()).unwrap()
}

pub fn session(view: &View) -> Session {
    Session::new(Arc::clone(&DEMO), view.clone(), today())
}

/// A theatre whose endpoint lets this site's pages in.
pub fn venue_for(site: &Site, mail: &str, tables: &str) -> Venue {
    let top = format!("origins = [\"{}\"]", site.url(""));
    theatre(&top, mail, tables)
}

/// Has the endpoint listen where it can be found again after it was stopped.
pub fn stay_at_a_port(venue: &Venue) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let config = std::fs::read_to_string(venue.path("sync.toml")).unwrap();
    assert!(config.contains("127.0.0.1:0"));
    venue.write("sync.toml", config.replace("127.0.0.1:0", &format!("127.0.0.1:{port}")));
}

/// Does something that blocks, beside the browser's own steps.
pub async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

pub async fn says(browser: &Browser, text: &str) {
    let path = format!("//*[contains(normalize-space(.), \"{text}\")]");
    browser.wait_for(Locator::XPath(&path)).await;
}

async fn fill(browser: &Browser, label: &str, text: &str) {
    let path = format!("//input[@id=//label[normalize-space(.)='{label}']/@for]");
    let field = browser.wait_for(Locator::XPath(&path)).await;
    field.clear().await.unwrap();
    field.send_keys(text).await.unwrap();
}

async fn set_address(browser: &Browser, address: &str) {
    fill(browser, "Address", address).await;
    click(browser, "//button[.='Use this address']").await;
}

async fn connect(browser: &Browser, token: &str) {
    fill(browser, "Token", token).await;
    click(browser, "//button[.='Connect']").await;
}

/// Sets the endpoint in the settings of a page that is open.
pub async fn use_endpoint(browser: &Browser, site: &Site, address: &str, token: &str, keep: bool) {
    browser.client.goto(&site.url("/#/settings")).await.unwrap();
    set_address(browser, address).await;
    let is_set = format!("//p[contains(., \"goes to {address} only\")]");
    browser.wait_for(Locator::XPath(&is_set)).await;
    if keep {
        click(browser, "//label[contains(., 'Remember on this device')]").await;
    }
    connect(browser, token).await;
    says(browser, "Connected.").await;
}

#[test]
fn settings_say_what_is_wrong_with_an_endpoint() {
    let site = Site::of_dist();
    let (mine, others) = (venue_for(&site, "", ""), theatre("", "", ""));
    let mail_only = mine.token("mail", "campaigns");
    let (mine, others) = (mine.start(), others.start());
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/#/settings")).await.unwrap();
        for (typed, said) in [
            ("http://sync.example.org", "has to begin with https"),
            ("https://a:b@sync.example.org", "Only the address belongs here"),
            ("https://", "This is no address"),
        ] {
            set_address(&browser, typed).await;
            says(&browser, said).await;
        }
        for (address, said) in [
            (nobody, "Nobody answers at this address"),
            (site.url(""), "is not a Publik sync endpoint"),
            (others.address.clone(), "does not let this page in"),
            (mine.address.clone(), "does not know this token"),
        ] {
            set_address(&browser, &address).await;
            let is_set = format!("//p[contains(., \"goes to {address} only\")]");
            browser.wait_for(Locator::XPath(&is_set)).await;
            connect(&browser, "not-a-token").await;
            says(&browser, said).await;
        }
        connect(&browser, &mail_only).await;
        says(&browser, "Connected. You may: send special offers.").await;
    });
}

#[test]
fn a_token_is_forgotten_with_the_page_unless_it_is_to_be_remembered() {
    let site = Site::of_dist();
    let venue = venue_for(&site, "", "");
    let token = venue.token("desk", "flags");
    let endpoint = venue.start();
    in_browser(|browser| async move {
        let kept = "return [JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join();";
        let holds = |kept: Value, token: &str| kept.as_str().unwrap().contains(token);
        use_endpoint(&browser, &site, &endpoint.address, &token, false).await;
        let now = browser.run(kept, vec![]).await;
        assert!(!holds(now.clone(), &token) && holds(now, &endpoint.address));
        browser.client.refresh().await.unwrap();
        browser.wait_for(Locator::XPath("//button[.='Connect'][@disabled]")).await;
        use_endpoint(&browser, &site, &endpoint.address, &token, true).await;
        assert!(holds(browser.run(kept, vec![]).await, &token));
        browser.client.refresh().await.unwrap();
        browser.wait_for(Locator::XPath("//button[.='Connect'][not(@disabled)]")).await;
        // It is for that origin alone.
        set_address(&browser, "http://127.0.0.1:9").await;
        browser.wait_for(Locator::XPath("//button[.='Connect'][@disabled]")).await;
        assert!(!holds(browser.run(kept, vec![]).await, &token));
    });
}

/// The two counts of a tag's row: in the result, in the audience.
pub async fn shows_tag(browser: &Browser, name: &str, result: u32, audience: u32) {
    let row = format!(
        "//*[@aria-label='Tags']//tr[th[contains(., '{name}')]]\
         [td[1][normalize-space(.)='{}']][td[2][normalize-space(.)='{}']]",
        written(result),
        written(audience)
    );
    browser.wait_for(Locator::XPath(&row)).await;
}

/// What a tag's row shows once these changes of the feed are known.
fn counted(view: &View, feed: &Value, flag: &str) -> (u32, u32) {
    let changes = parse_flag_changes(&feed.to_string()).unwrap();
    let mut session = session(view);
    session.set_snapshot(Arc::new(DEMO.with_flags(&changes).0));
    let flags = session.counts().flags;
    let (_, counts) = flags.into_iter().find(|(id, _)| id == flag).unwrap();
    (counts.total, counts.audience)
}

fn assign(endpoint: &Endpoint, token: &str, flag: &str, op: &str, customers: &[&str]) {
    let body = json!({ "op": op, "customers": customers });
    endpoint.post(&format!("/v1/flags/{flag}/assignments"), token, &body).ok(200);
}

#[test]
fn tags_of_the_endpoint_are_counted_at_once_and_after_a_restart_without_it() {
    let site = Site::of_dist();
    let venue = venue_for(&site, "", "");
    let token = venue.token("desk", "flags");
    let endpoint = venue.start();
    let asked = view(&json!({ "filters": { "orders": { "min": 2 } } }));
    let ids: Vec<String> = session(&asked).ids(0, 40).into_iter().map(str::to_owned).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    assign(&endpoint, &token, "vip", "add", &ids);
    assign(&endpoint, &token, "vip", "remove", &ids[..5]);
    assign(&endpoint, &token, "choir", "add", &[&ids[..7], &["nobody-has-this-id"]].concat());
    let feed = endpoint.get("/v1/flags/changes?since=0", &token).ok(200);
    let expected = ["vip", "choir"].map(|flag| counted(&asked, &feed, flag));
    assert_eq!(expected[1], (7, 7));
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &endpoint.address, &token, true).await;
        says(&browser, "1 customer with a changed tag is not in this data.").await;
        open(&browser, &site, &asked).await;
        let [(vip, all_vip), _] = expected;
        shows_tag(&browser, "VIP", vip, all_vip).await;
        shows_tag(&browser, "Körvän", 7, 7).await;
        apart(move || endpoint.kill()).await;
        browser.client.refresh().await.unwrap();
        shows_tag(&browser, "VIP", vip, all_vip).await;
        browser.client.goto(&site.url("/#/settings")).await.unwrap();
        says(&browser, "Tags are as they were last fetched. Nobody answers").await;
    });
}
