//! Views as files: written by one browser, counted on the command line, read by another browser.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use fantoccini::Locator;
use fantoccini::key::Key;
use publik::demo::{self, Settings};
use publik::model::Day;
use publik::snapshot::folder;
use publik::view::{View, parse};
use serde_json::{Value, json};

use crate::app::written;
use crate::browser::{Browser, ZONE, click, in_browser};
use crate::data::drop_files;
use crate::documents::kept_under;
use crate::site::Site;
use crate::workspace::{open, shows, view, view_of_address};

/// Has the page keep what it gives to the reader, by name.
async fn hear_downloads(browser: &Browser) {
    let hear = "
        window.given = [];
        const make = URL.createObjectURL;
        const blobs = new Map();
        URL.createObjectURL = (blob) => {
            const address = make.call(URL, blob);
            blobs.set(address, blob);
            return address;
        };
        const click = HTMLAnchorElement.prototype.click;
        HTMLAnchorElement.prototype.click = function () {
            if (blobs.has(this.href)) window.given.push([this.download, blobs.get(this.href)]);
            else click.call(this);
        };
    ";
    browser.run(hear, vec![]).await;
}

/// The last file that the page gave: its name and text.
async fn given(browser: &Browser) -> (String, String) {
    let body = "const [name, blob] = window.given.at(-1); return [name, await blob.text()];";
    serde_json::from_value(browser.run(body, vec![]).await).unwrap()
}

/// What `publik count` counts for a view's file over the page's demo.
fn counted(file: &str, as_of: Option<&str>) -> u32 {
    let desk = tempfile::tempdir().unwrap();
    let today = jiff::Timestamp::now().in_tz(ZONE).unwrap().date().to_string();
    let settings = Settings::new(10_000, 1, Day::parse(&today).unwrap()).unwrap();
    let (facts, contacts) = demo::build(&settings);
    let (snapshot, path) = (desk.path().join("snapshot"), desk.path().join("a.view.json"));
    folder::write(&snapshot, &facts, &contacts, "2026-11-21T06:00:00Z").unwrap();
    fs::write(&path, file).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_publik"));
    command.arg("count").arg(&snapshot).arg("--view").arg(&path);
    let output = command.args(as_of.iter().flat_map(|day| ["--as-of", day])).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let counts: Value = serde_json::from_slice(&output.stdout).unwrap();
    u32::try_from(counts["total"].as_u64().unwrap()).unwrap()
}

async fn result_is(browser: &Browser, count: u32) {
    let path = format!("//*[@aria-label='Result']//output[.='{}']", written(count));
    browser.wait_for(Locator::XPath(&path)).await;
}

async fn said(browser: &Browser, words: &str) {
    let path = format!("//*[@role='status'][contains(., '{words}')]");
    browser.wait_for(Locator::XPath(&path)).await;
}

fn named(name: &str) -> View {
    view(&json!({
        "name": name,
        "filters": { "orders": { "min": 2 }, "distance_km": { "max": 40 }, "impulsive": { "max": 3 } },
        "muted": ["impulsive"],
    }))
}

/// Goes to the list of segments and drops a file on it.
async fn drop_on_list(browser: &Browser, name: &str, text: &str) {
    browser.run("location.hash = '/segments';", vec![]).await;
    browser.wait_for(Locator::XPath("//h1[.='Segments']")).await;
    drop_files(browser, &BTreeMap::from([(name.to_owned(), text.to_owned())])).await;
}

#[test]
fn a_view_goes_out_as_a_file_is_counted_elsewhere_and_comes_back() {
    let site = Site::of_dist();
    let (sender, receiver) = std::sync::mpsc::channel();
    let theirs = Site::of_dist();
    in_browser(|browser| async move {
        let start = named("Regulars nearby");
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        hear_downloads(&browser).await;
        // As it stands, without being saved, under the name that is typed.
        click(&browser, "//button[.='Save as…']").await;
        let field = browser.wait_for(Locator::XPath("//dialog//label//input")).await;
        field.clear().await.unwrap();
        field.send_keys("Neighbours").await.unwrap();
        click(&browser, "//dialog//button[.='Download as a file']").await;
        let (name, file) = given(&browser).await;
        assert_eq!(name, "Neighbours.view.json");
        said(&browser, "Downloaded: Neighbours.view.json").await;
        let told = parse(&file).unwrap();
        assert_eq!(told, View { name: "Neighbours".into(), ..start.clone() });
        result_is(&browser, counted(&file, None)).await;
        assert_eq!(view_of_address(&browser).await, start);

        // Saved, from the dialog that opens views.
        click(&browser, "//button[.='Save as…']").await;
        let field = browser.wait_for(Locator::XPath("//dialog//label//input")).await;
        field.send_keys(&Key::Enter.to_string()).await.unwrap();
        said(&browser, "is saved").await;
        click(&browser, "//button[.='Open / New…']").await;
        click(&browser, "//dialog//*[@role='option'][contains(., 'Regulars nearby')]").await;
        click(&browser, "//dialog//button[.='Download as a file'][not(@disabled)]").await;
        let (name, file) = given(&browser).await;
        said(&browser, "Downloaded: Regulars-nearby.view.json").await;
        assert_eq!((name.as_str(), parse(&file).unwrap()), ("Regulars-nearby.view.json", start));
        sender.send(file).unwrap();
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
    let file = receiver.recv().unwrap();
    in_browser(|browser| async move {
        browser.client.goto(&theirs.url("/#/segments")).await.unwrap();
        drop_on_list(&browser, "Regulars-nearby.view.json", &file).await;
        said(&browser, "Two years is imported with 1 saved view").await;
        // The same once more brings nothing; another view of the segment goes under it.
        drop_on_list(&browser, "again.view.json", &file).await;
        said(&browser, "Two years is here already with all").await;
        let mut other = parse(&file).unwrap();
        other.name = "Others nearby".into();
        drop_on_list(&browser, "o.view.json", &publik::view::to_json(&other)).await;
        said(&browser, "1 saved view is added").await;
        click(&browser, "//th//ul//button[.='Regulars nearby']").await;
        result_is(&browser, counted(&file, None)).await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn a_bad_file_is_refused_with_every_place_and_nothing_changes() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/#/segments")).await.unwrap();
        let bad = json!({
            "version": 1, "segment": { "name": "S" },
            "filters": { "orders": { "min": -1 }, "distance_km": { "near": 3 } },
        });
        drop_on_list(&browser, "bad.view.json", &bad.to_string()).await;
        let path = "//*[@role='alert'][contains(., 'bad.view.json was not imported')]";
        let alert = browser.wait_for(Locator::XPath(path)).await.text().await.unwrap();
        for place in ["filters.orders.min: -1 is not allowed", "filters.distance_km.near"] {
            assert!(alert.contains(place), "{alert}");
        }
        let newer = json!({ "version": 2, "segment": { "name": "S" } });
        drop_on_list(&browser, "newer.view.json", &newer.to_string()).await;
        let path = "//*[@role='alert'][contains(., 'this program reads version 1')]";
        browser.wait_for(Locator::XPath(path)).await;
        assert_eq!(kept_under(&browser, "documents", "s1").await, Value::Null);
        browser
            .wait_for(Locator::XPath("//h2[.='No segments yet'][not(ancestor::*[@hidden])]"))
            .await;
    });
}

#[test]
fn a_file_of_a_view_on_another_day_says_that_the_day_is_not_in_it() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let start = named("Then");
        let address = format!("/{}?as_of=2026-03-01", crate::workspace::fragment(&start));
        browser.client.goto(&site.url(&address)).await.unwrap();
        browser.wait_for(Locator::XPath("//*[contains(., 'moves the yardstick only')]")).await;
        hear_downloads(&browser).await;
        click(&browser, "//button[.='Save as…']").await;
        click(&browser, "//dialog//button[.='Download as a file']").await;
        said(&browser, "--as-of 2026-03-01").await;
        let (_, file) = given(&browser).await;
        result_is(&browser, counted(&file, Some("2026-03-01"))).await;
    });
}
