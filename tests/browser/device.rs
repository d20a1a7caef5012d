//! What this device keeps: room, backup, erasing, and what a kill leaves.

use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::browser::{Browser, click, in_browser, in_browser_of};
use crate::data::{drop_files, export, shows};
use crate::documents::kept_under;
use crate::site::Site;

/// A segment's text as it is kept.
pub fn document(id: &str, name: &str) -> String {
    let segment = json!({ "name": name, "events": { "days_back": 100 } });
    let view = json!({ "version": 1, "name": "Often", "segment": { "name": name },
                       "filters": { "orders": { "min": 2 } } });
    let at = "2026-11-01T10:00:00Z";
    json!({ "version": 1, "id": id, "changed_at": at, "segment": segment,
            "views": [{ "id": format!("v-{id}"), "changed_at": at, "view": view }] })
    .to_string()
}

/// Writes texts into a store, or with a null takes them away, as another program would.
pub async fn put(browser: &Browser, store: &str, texts: &Value) {
    let body = "
        const settled = (request) => new Promise((done, failed) => {
            request.onsuccess = () => done(request.result);
            request.onerror = () => failed(request.error);
        });
        const opening = indexedDB.open('publik', 1);
        // A page that has nothing to keep has not made its stores yet.
        opening.onupgradeneeded = () => ['documents', 'exports', 'outbox', 'sync'].forEach(
            (name) => opening.result.createObjectStore(name));
        const database = await settled(opening);
        const transaction = database.transaction(args[0], 'readwrite');
        const store = transaction.objectStore(args[0]);
        for (const [key, text] of Object.entries(args[1])) {
            if (text === null) store.delete(key); else store.put(text, key);
        }
        await new Promise((done) => { transaction.oncomplete = done; });
        database.close();
    ";
    browser.run(body, vec![json!(store), texts.clone()]).await;
}

/// Opens a page from nothing, as a new tab would.
pub async fn visit(browser: &Browser, address: &str) {
    browser.client.goto("about:blank").await.unwrap();
    browser.client.goto(address).await.unwrap();
}

pub async fn has_segment(browser: &Browser, name: &str) {
    browser.wait_for(Locator::XPath(&format!("//th//button[.='{name}']"))).await;
}

#[test]
fn documents_of_an_earlier_version_are_taken_over_once() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let address = site.url("/#/segments");
        visit(&browser, &address).await;
        browser
            .wait_for(Locator::XPath("//h2[.='No segments yet'][not(ancestor::*[@hidden])]"))
            .await;
        let lay = "for (const [id, text] of Object.entries(args[0])) {
                       localStorage.setItem('publik.segment.' + id, text);
                   }";
        let old = json!({ "a": document("a", "Autumn"), "b": document("b", "Spring"), "c": "{" });
        browser.run(lay, vec![old.clone()]).await;
        visit(&browser, &address).await;
        has_segment(&browser, "Autumn").await;
        has_segment(&browser, "Spring").await;
        browser.wait_for(Locator::XPath("//*[contains(., 'cannot be read and is left')]")).await;
        let left =
            "return Object.keys(localStorage).filter((key) => key.startsWith('publik.segment.'));";
        let gone = Instant::now();
        while browser.run(left, vec![]).await != json!([]) {
            assert!(gone.elapsed() < Duration::from_secs(10), "the old place is not emptied");
        }

        // Stopped before the old place was emptied: what was deleted since does not come back.
        put(&browser, "documents", &json!({ "a": null, "taken-over": old.to_string() })).await;
        browser.run(lay, vec![old.clone()]).await;
        visit(&browser, &address).await;
        has_segment(&browser, "Spring").await;
        let autumn = browser.client.find_all(Locator::XPath("//th//button[.='Autumn']"));
        assert_eq!(autumn.await.unwrap().len(), 0);

        // An old program in another tab went on meanwhile: both are kept.
        browser.run(lay, vec![json!({ "b": document("b", "Late spring") })]).await;
        visit(&browser, &address).await;
        has_segment(&browser, "Spring").await;
        has_segment(&browser, "Late spring").await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn damaged_and_newer_documents_are_told_and_left_as_they_are() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let address = site.url("/#/segments");
        visit(&browser, &address).await;
        browser
            .wait_for(Locator::XPath("//h2[.='No segments yet'][not(ancestor::*[@hidden])]"))
            .await;
        let newer = document("n", "Newer").replacen("\"version\":1", "\"version\":9", 1);
        assert!(newer.contains("\"version\":9"));
        put(
            &browser,
            "documents",
            &json!({ "n": newer, "g": document("g", "Good"), "d": "{\"id\":" }),
        )
        .await;
        visit(&browser, &address).await;
        has_segment(&browser, "Good").await;
        let told = browser.client.find_all(Locator::Css(".message--caution")).await.unwrap();
        assert_eq!(told.len(), 2);
        browser.wait_for(Locator::XPath("//*[contains(., 'version 9')]")).await;
        assert_eq!(kept_under(&browser, "documents", "n").await["version"], json!(9));
    });
}

#[test]
fn a_segment_saved_in_one_tab_is_seen_in_the_other() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        visit(&browser, &site.url("/#/segments")).await;
        put(&browser, "documents", &json!({ "a": document("a", "Autumn") })).await;
        visit(&browser, &site.url("/#/segments")).await;
        has_segment(&browser, "Autumn").await;
        let first = browser.client.window().await.unwrap();
        let second = browser.client.new_window(true).await.unwrap();
        browser.client.switch_to_window(second.handle).await.unwrap();
        visit(&browser, &site.url("/#/segments")).await;
        click(&browser, "//*[@aria-label='Actions for Autumn']").await;
        click(&browser, "//button[.='Duplicate']").await;
        has_segment(&browser, "Copy of Autumn").await;
        browser.client.switch_to_window(first).await.unwrap();
        has_segment(&browser, "Copy of Autumn").await;
    });
}

/// Has the next files that the page gives kept aside.
const HEAR_FILES: &str = "
    window.files = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { window.files.push(blob); return make.call(URL, blob); };
";

async fn back_up(browser: &Browser) -> String {
    browser.run(HEAR_FILES, vec![]).await;
    click(browser, "//button[.='Back up everything']").await;
    let body = "
        for (let tries = 0; tries < 200 && window.files.length === 0; tries++) {
            await new Promise((later) => setTimeout(later, 50));
        }
        return await window.files[0].text();
    ";
    browser.run(body, vec![]).await.as_str().unwrap().to_owned()
}

/// Restores a file, as if it had been chosen.
pub async fn restore(browser: &Browser, name: &str, text: &str) {
    let body = "
        const click = HTMLInputElement.prototype.click;
        HTMLInputElement.prototype.click = function () {
            HTMLInputElement.prototype.click = click;
            const transfer = new DataTransfer();
            transfer.items.add(new File([args[1]], args[0]));
            this.files = transfer.files;
            this.dispatchEvent(new Event('change'));
        };
    ";
    browser.run(body, vec![json!(name), json!(text)]).await;
    click(browser, "//button[.='Restore…']").await;
}

#[test]
fn a_backup_is_restored_in_another_browser_and_takes_nobodys_place() {
    let site = Site::of_dist();
    let address = site.url("/#/settings");
    let saved = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let (at, kept) = (address.clone(), std::sync::Arc::clone(&saved));
    in_browser(|browser| async move {
        visit(&browser, &at).await;
        browser.wait_for(Locator::XPath("//h2[.='This device']")).await;
        put(
            &browser,
            "documents",
            &json!({ "a": document("a", "Autumn"), "b": document("b", "Spring") }),
        )
        .await;
        put(&browser, "exports", &json!({ "e": "{\"rows\":12}" })).await;
        browser
            .run(
                "localStorage.setItem('publik.theme', 'dark');
                     localStorage.setItem('publik.sync.token', 'secret');",
                vec![],
            )
            .await;
        visit(&browser, &at).await;
        browser.wait_for(Locator::XPath("//dd[.='2 segments, 2 views']")).await;
        let backup = back_up(&browser).await;
        assert!(backup.contains("Autumn") && backup.contains("\"rows\":12"), "{backup}");
        assert!(backup.contains("dark") && !backup.contains("secret"), "{backup}");
        *kept.lock().unwrap() = backup;
    });
    let backup = saved.lock().unwrap().clone();
    in_browser(|browser| async move {
        visit(&browser, &address).await;
        browser.wait_for(Locator::XPath("//h2[.='This device']")).await;
        let mine = document("b", "Spring of mine");
        put(&browser, "documents", &json!({ "b": mine })).await;
        visit(&browser, &address).await;
        let said = |text: &str| format!("//p[contains(@class, 'message')][contains(., '{text}')]");
        restore(&browser, "bad.json", "{\"publik_backup\":7}").await;
        browser
            .wait_for(Locator::XPath(&said("bad.json was not restored, nothing is changed")))
            .await;
        restore(&browser, "b.json", &backup).await;
        browser.wait_for(Locator::XPath(&said("2 new, 0 already here, 1 kept beside"))).await;
        browser.wait_for(Locator::XPath(&said("both are kept: Spring"))).await;
        restore(&browser, "b.json", &backup).await;
        browser.wait_for(Locator::XPath(&said("0 new, 3 already here, 0 kept beside"))).await;
        assert_eq!(
            kept_under(&browser, "documents", "b").await,
            serde_json::from_str::<Value>(&mine).unwrap()
        );
        assert_eq!(kept_under(&browser, "exports", "e").await, json!({ "rows": 12 }));
        let theme = browser.run("return localStorage.getItem('publik.theme');", vec![]).await;
        assert_eq!(theme, json!("dark"));
        visit(&browser, &site.url("/#/segments")).await;
        for name in ["Autumn", "Spring", "Spring of mine"] {
            has_segment(&browser, name).await;
        }
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn erasing_leaves_nothing_in_any_tab_and_says_so() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        visit(&browser, &site.url("/#/data")).await;
        shows(&browser, "From", "Demo").await;
        drop_files(&browser, &export()).await;
        shows(&browser, "Kept here", "Yes").await;
        put(&browser, "documents", &json!({ "a": document("a", "Autumn") })).await;
        let more = "
            await (await caches.open('another')).put('/x', new Response('x'));
            sessionStorage.setItem('x', 'x');
        ";
        browser.run(more, vec![]).await;
        let first = browser.client.window().await.unwrap();
        let second = browser.client.new_window(true).await.unwrap();
        browser.client.switch_to_window(second.handle).await.unwrap();
        visit(&browser, &site.url("/#/settings")).await;
        browser.wait_for(Locator::XPath("//dd[.='1 segment, 1 view']")).await;
        click(&browser, "//button[starts-with(., 'Erase everything on')]").await;
        click(&browser, "//dialog//button[.='Cancel']").await;
        click(&browser, "//button[starts-with(., 'Erase everything on')]").await;
        browser
            .wait_for(Locator::XPath("//dialog[contains(., '1 segment is kept here only')]"))
            .await;
        click(&browser, "//dialog//button[.='Erase everything']").await;
        let erased = "//h1[.='Everything is erased']";
        browser.wait_for(Locator::XPath(erased)).await;
        browser.client.switch_to_window(first).await.unwrap();
        browser.wait_for(Locator::XPath(erased)).await;
        let left = "
            const files = [];
            for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
            return { files, databases: await indexedDB.databases(), settings: Object.keys(localStorage),
                     session: Object.keys(sessionStorage), caches: await caches.keys(),
                     services: (await navigator.serviceWorker.getRegistrations()).length };
        ";
        let nothing = json!({ "files": [], "databases": [], "settings": [], "session": [],
                              "caches": [], "services": 0 });
        assert_eq!(browser.run(left, vec![]).await, nothing);
        let counts = "return Array.from(document.querySelectorAll('dd'), (dd) => dd.innerText);";
        assert_eq!(browser.run(counts, vec![]).await, json!(["0", "0", "0", "0", "0"]));
        click(&browser, "//button[.='Begin anew']").await;
        shows(&browser, "From", "Demo").await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

/// How often the browser is killed.
fn kills() -> u32 {
    env::var("PUBLIK_KILLS").ok().and_then(|said| said.parse().ok()).unwrap_or(5)
}

/// The process of the browser that uses a profile: the one that no other of its processes began.
fn browser_of(profile: &Path) -> u32 {
    let uses = format!("--user-data-dir={}", profile.display());
    let processes = fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| {
        let process: u32 = entry.file_name().to_str()?.parse().ok()?;
        let said = fs::read(entry.path().join("cmdline")).ok()?;
        let mut said = said.split(|byte| *byte == 0);
        let is_it = said.clone().any(|part| part == uses.as_bytes())
            && !said.any(|part| part.starts_with(b"--type="));
        is_it.then_some(process)
    });
    // chromedriver hands the same argument to nothing else.
    processes.min().expect("the browser runs")
}

#[test]
fn a_killed_browser_leaves_the_state_before_or_after_a_save() {
    let site = Site::of_dist();
    let profile = tempfile::tempdir().unwrap();
    let address = site.url("/#/segments");
    for kill in 0..kills() {
        let (at, path) = (address.clone(), profile.path().to_owned());
        in_browser_of(profile.path(), move |browser| async move {
            visit(&browser, &at).await;
            if kill > 0 {
                is_whole(&browser).await;
            }
            put(&browser, "documents", &json!({ "s": document("s", "Generation 0") })).await;
            visit(&browser, &at).await;
            has_segment(&browser, "Generation 0").await;
            // A snapshot is being kept, or segments are saved without a pause.
            if kill % 2 == 0 {
                drop_on_data(&browser).await;
            } else {
                let save = "
                    const duplicate = () => [...document.querySelectorAll('button')]
                        .find((button) => button.innerText === 'Duplicate').click();
                    setInterval(duplicate, 2);
                ";
                browser.run(save, vec![]).await;
            }
            thread::sleep(Duration::from_millis(60 + u64::from(kill) * 90));
            let process = browser_of(&path);
            assert!(
                std::process::Command::new("kill")
                    .args(["-KILL", &process.to_string()])
                    .status()
                    .unwrap()
                    .success()
            );
        });
    }
    in_browser_of(profile.path(), move |browser| async move {
        visit(&browser, &address).await;
        is_whole(&browser).await;
    });
}

/// Opens an export folder while the segments are shown.
async fn drop_on_data(browser: &Browser) {
    click(browser, "//nav//a[.='Data']").await;
    browser.wait_for(Locator::XPath("//h2[.='Open now' or .='Open data']")).await;
    drop_files(browser, &export()).await;
}

/// What a killed browser left can be read: every segment, and the snapshot of before or after.
async fn is_whole(browser: &Browser) {
    browser.wait_for(Locator::XPath("//th//button[contains(., 'Generation 0')]")).await;
    let told = browser.client.find_all(Locator::Css(".message--caution")).await.unwrap();
    assert_eq!(told.len(), 0, "a segment cannot be read");
    // Demo or the dropped folder, and never a failure.
    let number =
        "//tbody//td[contains(@class, 'segments__customers')][translate(., '0123456789', '') != .]";
    browser.wait_for(Locator::XPath(number)).await;
    let failed = browser.client.find_all(Locator::Css(".stage__line--failed")).await.unwrap();
    assert_eq!(failed.len(), 0, "the snapshot cannot be read");
}
