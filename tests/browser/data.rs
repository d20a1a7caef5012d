//! Opening data: this site's snapshot, an export folder, and what is there after a restart.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use fantoccini::Locator;
use publik::demo::{self, Settings};
use publik::model::Day;
use publik::snapshot::folder;
use serde_json::{Value, json};

use crate::app::written;
use crate::browser::{Browser, in_browser};
use crate::site::Site;

const CUSTOMERS: u32 = 1_200;

fn settings(customers: u32) -> Settings {
    Settings::new(customers, 5, Day::from_ymd(2026, 11, 21).unwrap()).unwrap()
}

/// A file of an export folder while it is written.
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub fn export() -> BTreeMap<String, String> {
    let files = Arc::new(Mutex::new(BTreeMap::new()));
    let kept = Arc::clone(&files);
    demo::write_folder(&settings(CUSTOMERS), |name| {
        let content = Arc::new(Mutex::new(Vec::new()));
        kept.lock().unwrap().insert(name.to_owned(), Arc::clone(&content));
        Ok(Box::new(Shared(content)))
    })
    .unwrap();
    let files = files.lock().unwrap();
    let text =
        |content: &Arc<Mutex<Vec<u8>>>| String::from_utf8(content.lock().unwrap().clone()).unwrap();
    files.iter().map(|(name, content)| (name.clone(), text(content))).collect()
}

/// Drops files on the page, as a hand would.
pub async fn drop_files(browser: &Browser, files: &BTreeMap<String, String>) {
    let body = "
        const transfer = new DataTransfer();
        for (const [name, text] of Object.entries(args[0])) {
            transfer.items.add(new File([text], name));
        }
        const event = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
        document.querySelector('main').dispatchEvent(event);
    ";
    browser.run(body, vec![json!(files)]).await;
}

pub async fn shows(browser: &Browser, name: &str, value: &str) {
    let path = format!("//dl/div[dt[.='{name}']]/dd[contains(., '{value}')]");
    browser.wait_for(Locator::XPath(&path)).await;
}

#[test]
fn an_export_folder_is_read_in_the_page_and_there_after_a_restart() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/#/data")).await.unwrap();
        shows(&browser, "From", "Demo").await;
        drop_files(&browser, &export()).await;
        shows(&browser, "From", "An export folder").await;
        shows(&browser, "Customers", &written(CUSTOMERS)).await;
        shows(&browser, "Kept here", "Yes").await;
        browser.client.refresh().await.unwrap();
        shows(&browser, "From", "An export folder").await;
        shows(&browser, "Customers", &written(CUSTOMERS)).await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn rows_left_out_are_shown_before_anything_is_opened() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let mut files = export();
        let orders = files.get_mut("orders.csv").unwrap();
        orders.push_str("NEW,NOBODY,2026-11-20T10:00,online\r\n");
        browser.client.goto(&site.url("/#/data")).await.unwrap();
        shows(&browser, "From", "Demo").await;
        drop_files(&browser, &files).await;
        let row = "//tr[td[.='orders.csv']][td[contains(., 'customers.csv')]]";
        browser.wait_for(Locator::XPath(row)).await;
        shows(&browser, "From", "Demo").await;
        let go_on = browser.wait_for(Locator::XPath("//button[.='Go on without them']")).await;
        go_on.click().await.unwrap();
        shows(&browser, "From", "An export folder").await;
        shows(&browser, "Customers", &written(CUSTOMERS)).await;
    });
}

#[test]
fn this_sites_snapshot_opens_by_itself_and_a_newer_one_waits_to_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let write = |customers: u32, built_at: &str| {
        let (facts, contacts) = demo::build(&settings(customers));
        folder::write(&data, &facts, &contacts, built_at).unwrap();
    };
    write(900, "2026-11-20T04:00:00Z");
    fs::write(folder.path().join("config.json"), r#"{"snapshot":"data/"}"#).unwrap();
    let site = Site::with(vec![("", folder.path().to_owned())]);
    let newer_folder = tempfile::tempdir().unwrap();
    let (facts, contacts) = demo::build(&settings(1_000));
    let newer = newer_folder.path().join("data");
    folder::write(&newer, &facts, &contacts, "2026-11-21T04:00:00Z").unwrap();
    in_browser(move |browser| async move {
        browser.client.goto(&site.url("/#/data")).await.unwrap();
        shows(&browser, "Customers", "900").await;
        shows(&browser, "From", "site").await;
        fs::remove_dir_all(&data).unwrap();
        fs::rename(&newer, &data).unwrap();
        browser.client.refresh().await.unwrap();
        shows(&browser, "Customers", "900").await;
        let path = "//button[.='Use it']";
        browser.wait_for(Locator::XPath(path)).await.click().await.unwrap();
        shows(&browser, "Customers", "1,000").await;
        let stale: Value = browser
            .run("return document.querySelector('.app-header__stamp').innerText", vec![])
            .await;
        assert!(stale.as_str().unwrap().contains("21 Nov 2026"), "{stale}");
    });
}

#[test]
fn a_snapshot_that_cannot_be_read_says_why_and_offers_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    fs::write(folder.path().join("data/manifest.json"), "{}").unwrap();
    fs::write(folder.path().join("config.json"), r#"{"snapshot":"data"}"#).unwrap();
    let site = Site::with(vec![("", folder.path().to_owned())]);
    in_browser(move |browser| async move {
        browser.client.goto(&site.url("/#/data")).await.unwrap();
        browser.wait_for(Locator::XPath("//*[@role='alert'][contains(., 'manifest')]")).await;
        let demo = browser.wait_for(Locator::XPath("//button[.='Open the demo']")).await;
        demo.click().await.unwrap();
        shows(&browser, "From", "Demo").await;
        drop(folder);
    });
}

#[test]
fn a_kept_snapshot_that_was_damaged_says_why_and_offers_the_demo() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let address = site.url("/#/data");
        browser.client.goto(&address).await.unwrap();
        shows(&browser, "From", "Demo").await;
        drop_files(&browser, &export()).await;
        shows(&browser, "Kept here", "Yes").await;
        for (kind, said) in [("manifest-", "manifest"), ("facts-", "facts")] {
            let damage = "
                const folder = await navigator.storage.getDirectory();
                for await (const [name, file] of folder.entries()) {
                    if (!name.startsWith(args[0])) continue;
                    const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
                    bytes[bytes.length >> 1] ^= 1;
                    const target = await file.createWritable();
                    await target.write(bytes);
                    await target.close();
                }
            ";
            browser.run(damage, vec![json!(kind)]).await;
            browser.client.refresh().await.unwrap();
            let why = format!("//*[@role='alert'][contains(., '{said}')]");
            browser.wait_for(Locator::XPath(&why)).await;
            // Whole again for the next round: the same bit once more.
            browser.run(damage, vec![json!(kind)]).await;
        }
        let demo =
            browser.wait_for(Locator::XPath("//*[@role='alert']//button[.='Open the demo']"));
        demo.await.click().await.unwrap();
        shows(&browser, "From", "Demo").await;
    });
}

#[test]
fn a_tab_waits_while_another_is_at_the_kept_files() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/#/data")).await.unwrap();
        shows(&browser, "From", "Demo").await;
        let hold = "
            await new Promise((held) => navigator.locks.request('publik.snapshot', () => {
                held();
                return new Promise((release) => { window.release = release; });
            }));
        ";
        browser.run(hold, vec![]).await;
        drop_files(&browser, &export()).await;
        let asks = "
            for (let tries = 0; tries < 600; tries++) {
                const { pending } = await navigator.locks.query();
                if (pending.some((lock) => lock.name === 'publik.snapshot')) return true;
                await new Promise((later) => setTimeout(later, 50));
            }
            return false;
        ";
        assert_eq!(browser.run(asks, vec![]).await, json!(true));
        shows(&browser, "From", "Demo").await;
        browser.run("window.release();", vec![]).await;
        shows(&browser, "From", "An export folder").await;
        shows(&browser, "Kept here", "Yes").await;
    });
}
