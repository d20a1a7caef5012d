//! Sealed snapshots in the page: asked for once, sealed on the device, and asked for again after a
//! restart.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fantoccini::Locator;
use publik::snapshot::folder;
use serde_json::{Value, json};

use crate::browser::{Browser, click, in_browser};
use crate::data::shows;
use crate::export_support::{Desk, err};
use crate::exporting::{Host, is_accessible, is_gone, says};
use crate::site::Site;

pub const PASSPHRASE: &str = "Röda rummet";
pub const FIELD: &str = "//dialog//input[@type='password']";
/// Some of what only contacts hold.
pub const CONTACTS: [&str; 4] = ["Arc-", "kim@example.se", "Eriksby", "SW1A 1AA"];

/// Builds the small venue into a folder of the desk, sealed.
pub fn seal(desk: &Desk, into: &str, what: &str, built_at: &str) {
    desk.write("passphrase", format!("{PASSPHRASE}\n"));
    let into = format!("@{into}");
    let command = ["build", "@export", "-o", &into, "--built-at", built_at, "--encrypt", what];
    let done = desk.run(&[&command[..], &["--passphrase-file", "@passphrase"]].concat());
    assert!(done.status.success(), "{}", err(&done));
}

/// Pieces of the plain files, as text of one byte a letter: nothing sealed holds any of them.
fn plain(snapshot: &Path) -> Vec<String> {
    let mut pieces: Vec<String> = CONTACTS.map(str::to_owned).to_vec();
    for entry in fs::read_dir(snapshot).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "bin") {
            let bytes = fs::read(path).unwrap();
            pieces.extend(
                bytes
                    .chunks_exact(24)
                    .map(|piece| piece.iter().map(|byte| char::from(*byte)).collect::<String>()),
            );
        }
    }
    assert!(pieces.len() > 50, "the plain files are there: {}", pieces.len());
    pieces
}

/// The names of what this browser keeps that holds one of some pieces, and how many files and texts
/// were looked through.
pub async fn kept_with(browser: &Browser, pieces: &[String]) -> (Vec<String>, u64) {
    let body = "
        const all = [];
        const folder = await navigator.storage.getDirectory();
        for await (const [name, handle] of folder.entries()) {
            const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
            all.push([name, Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')]);
        }
        const settled = (request) => new Promise((done, failed) => {
            request.onsuccess = () => done(request.result);
            request.onerror = () => failed(request.error);
        });
        for (const { name } of await indexedDB.databases()) {
            const database = await settled(indexedDB.open(name));
            for (const store of database.objectStoreNames) {
                const texts = database.transaction(store).objectStore(store).getAll();
                all.push([name + ' ' + store, JSON.stringify(await settled(texts))]);
            }
            database.close();
        }
        for (const [key, text] of Object.entries(localStorage)) all.push([key, text]);
        for (const [key, text] of Object.entries(sessionStorage)) all.push([key, text]);
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const { url } of await cache.keys()) all.push([name, url]);
        }
        const found = all.filter(([, text]) => args[0].some((piece) => text.includes(piece)));
        return [found.map(([name]) => name), all.length];
    ";
    let found = browser.run(body, vec![json!(pieces)]).await;
    serde_json::from_value(found).unwrap()
}

/// Types a passphrase into the dialog that asks, and sends it.
pub async fn unlock(browser: &Browser, passphrase: &str) {
    let field = browser.wait_for(Locator::XPath(FIELD)).await;
    field.clear().await.unwrap();
    field.send_keys(passphrase).await.unwrap();
    click(browser, "//dialog[.//input[@type='password']]//button[.='Unlock'][not(@disabled)]")
        .await;
}

pub async fn is_asked_for_nothing(browser: &Browser) {
    let fields = browser.client.find_all(Locator::XPath(FIELD)).await.unwrap();
    assert_eq!(fields.len(), 0, "a passphrase is asked for");
}

/// Names and addresses stand in the list of customers.
pub async fn shows_names(browser: &Browser) {
    browser.wait_for(Locator::XPath("//*[@role='gridcell']/a[contains(@href, 'kim@')]")).await;
}

/// Drops a folder's files on the page, as a hand would.
async fn drop_folder(browser: &Browser, snapshot: &Path) {
    let files: Value = fs::read_dir(snapshot)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, json!(STANDARD.encode(fs::read(path).unwrap())))
        })
        .collect::<serde_json::Map<_, _>>()
        .into();
    let body = "
        const transfer = new DataTransfer();
        for (const [name, text] of Object.entries(args[0])) {
            const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            transfer.items.add(new File([bytes], name));
        }
        const event = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
        document.querySelector('main').dispatchEvent(event);
    ";
    browser.run(body, vec![files]).await;
}

#[test]
fn a_sealed_site_is_asked_for_once_a_start_and_stays_sealed_on_the_device() {
    let desk = Desk::new();
    seal(&desk, "sealed", "all", "2026-11-21T07:10:00+01:00");
    seal(&desk, "newer", "all", "2026-11-21T09:30:00+01:00");
    let pieces = plain(&desk.path("snapshot"));
    let host = Host::of(desk.path("sealed"));
    in_browser(|browser| async move {
        let address = host.site.url("/#/data");
        browser.client.goto(&address).await.unwrap();
        unlock(&browser, "Gösta Berling").await;
        says(&browser, "That is not the passphrase").await;
        is_accessible(&browser, "the passphrase's dialog").await;
        unlock(&browser, PASSPHRASE).await;
        shows(&browser, "Customers", "13").await;
        shows(&browser, "From", "site").await;
        shows(&browser, "Kept here", "Yes").await;
        is_gone(&browser, "dialog input[type=password]").await;
        // The contacts have the same passphrase: nothing more is asked.
        click(&browser, "//a[.='Workspace']").await;
        click(&browser, "//button[.='View customers']").await;
        shows_names(&browser).await;
        is_asked_for_nothing(&browser).await;
        let (found, looked_at) = kept_with(&browser, &pieces).await;
        assert_eq!(found, Vec::<String>::new());
        assert!(looked_at >= 3, "only {looked_at} were looked at");
        let (sealed, _) = kept_with(&browser, &["age-encryption.org/v1".to_owned()]).await;
        assert!(sealed.iter().any(|name| name.starts_with("facts-")), "{sealed:?}");

        // A newer one of the same passphrase takes its place without a question.
        host.site.put("/data", desk.path("newer"));
        browser.client.goto("about:blank").await.unwrap();
        browser.client.goto(&address).await.unwrap();
        unlock(&browser, PASSPHRASE).await;
        shows(&browser, "Built", "07:10").await;
        click(&browser, "//button[.='Use it']").await;
        shows(&browser, "Built", "09:30").await;
        is_asked_for_nothing(&browser).await;

        // Without the host it is there after a restart, and asks again.
        host.site.put("/data", desk.path("nowhere"));
        browser.client.goto("about:blank").await.unwrap();
        browser.client.goto(&address).await.unwrap();
        unlock(&browser, "Röda Rummet").await;
        says(&browser, "That is not the passphrase").await;
        unlock(&browser, PASSPHRASE).await;
        shows(&browser, "Customers", "13").await;
        assert_eq!(kept_with(&browser, &pieces).await.0, Vec::<String>::new());
    });
}

#[test]
fn a_sealed_folder_opens_by_hand_and_whoever_does_not_know_it_stays_where_they_were() {
    let desk = Desk::new();
    seal(&desk, "sealed", "all", "2026-11-21T07:10:00+01:00");
    let pieces = plain(&desk.path("snapshot"));
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/#/data")).await.unwrap();
        shows(&browser, "From", "Demo").await;
        drop_folder(&browser, &desk.path("sealed")).await;
        browser.wait_for(Locator::XPath(FIELD)).await;
        click(&browser, "//dialog//button[@aria-label='Close']").await;
        is_gone(&browser, "dialog input[type=password]").await;
        click(&browser, "//button[.='Stay with what is open']").await;
        is_gone(&browser, ".stage__line").await;
        shows(&browser, "From", "Demo").await;
        drop_folder(&browser, &desk.path("sealed")).await;
        unlock(&browser, "Gösta Berling").await;
        says(&browser, "That is not the passphrase").await;
        click(&browser, "//dialog//button[@aria-label='Close']").await;
        // Closed by mistake: the line above the page asks again.
        click(&browser, "//button[.='Unlock']").await;
        unlock(&browser, PASSPHRASE).await;
        shows(&browser, "From", "A snapshot folder").await;
        shows(&browser, "Customers", "13").await;
        click(&browser, "//a[.='Workspace']").await;
        click(&browser, "//button[.='View customers']").await;
        shows_names(&browser).await;
        assert_eq!(kept_with(&browser, &pieces).await.0, Vec::<String>::new());
        browser.client.refresh().await.unwrap();
        unlock(&browser, PASSPHRASE).await;
        // By its address: the link moves when the venue's name comes.
        browser.run("location.hash = '#/data'", vec![]).await;
        shows(&browser, "From", "A snapshot folder").await;
        shows(&browser, "Customers", "13").await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn a_folder_with_sealed_contacts_alone_counts_at_once_and_asks_when_names_are_wanted() {
    let desk = Desk::new();
    seal(&desk, "sealed", "contacts", "2026-11-21T07:10:00+01:00");
    // Left behind by an older snapshot: the manifest says which one is meant.
    let older = desk.path("sealed/contacts-0000000000000000.bin.age");
    fs::write(older, "age-encryption.org/v1\n").unwrap();
    let contacts: Vec<String> = CONTACTS.map(str::to_owned).to_vec();
    let manifest = folder::read_manifest(&desk.path("sealed")).unwrap();
    assert_eq!(manifest.parts.len(), 2);
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/#/data")).await.unwrap();
        shows(&browser, "From", "Demo").await;
        drop_folder(&browser, &desk.path("sealed")).await;
        shows(&browser, "From", "A snapshot folder").await;
        shows(&browser, "Customers", "13").await;
        is_asked_for_nothing(&browser).await;
        click(&browser, "//a[.='Workspace']").await;
        click(&browser, "//button[.='View customers']").await;
        unlock(&browser, "Gösta Berling").await;
        says(&browser, "That is not the passphrase").await;
        unlock(&browser, PASSPHRASE).await;
        shows_names(&browser).await;
        assert_eq!(kept_with(&browser, &contacts).await.0, Vec::<String>::new());
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}
