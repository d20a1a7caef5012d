//! Names and addresses that the reader wants kept readable on this device: there without a question after a
//! restart, and gone without a trace when that is taken back, or everything is erased.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use serde_json::json;

use crate::browser::{Browser, click, in_browser};
use crate::data::shows;
use crate::device::visit;
use crate::export_support::Desk;
use crate::exporting::{Host, says};
use crate::sealed::{
    CONTACTS, FIELD, PASSPHRASE, is_asked_for_nothing, kept_with, seal, shows_names, unlock,
};

/// How long something may take to be kept.
const PATIENCE: Duration = Duration::from_secs(30);
/// In the dialog that asks for the passphrase.
pub const CHOICE: &str = "//dialog//label[contains(., 'readable on this device')]/input";
/// What is known of customers alone: names, addresses, telephones.
const OF_CUSTOMERS: [&str; 9] = [
    "D'Arc-Östman",
    "Valéry",
    "S:t Eriksby 2",
    "SW1A 1AA",
    "Anna@Example.se",
    "kim@example.se",
    "cia@example.se",
    "070-174 06 05",
    "+46 (0)8-123 456 78",
];

/// A host whose names and addresses are sealed, and its folder.
fn sealed_host() -> (Host, Desk) {
    let desk = Desk::new();
    seal(&desk, "sealed", "contacts", "2026-11-21T07:10:00+01:00");
    (Host::of(desk.path("sealed")), desk)
}

/// Opens the list of customers in a page that begins.
async fn open_list(browser: &Browser, address: &str) {
    visit(browser, address).await;
    shows(browser, "Customers", "13").await;
    click(browser, "//a[.='Workspace']").await;
    click(browser, "//button[.='View customers']").await;
}

/// Waits until names and addresses lie readable beside the snapshot, where nothing else holds any.
pub async fn lie_readable(browser: &Browser, pieces: &[String]) {
    let begun = Instant::now();
    loop {
        let (names, _) = kept_with(browser, pieces).await;
        assert!(names.iter().all(|name| name.starts_with("contacts-")), "{names:?}");
        if !names.is_empty() {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "nothing readable is kept");
    }
}

/// Pieces as they stand in a file's bytes, a letter a byte, and as they stand in texts.
fn as_bytes_and_texts(pieces: &[&str]) -> Vec<String> {
    let bytes = |piece: &&str| piece.bytes().map(char::from).collect();
    pieces.iter().map(|piece| (*piece).to_owned()).chain(pieces.iter().map(bytes)).collect()
}

/// Whatever is copied for use without a network and holds one of some pieces, and how much was looked at.
async fn copied_with(browser: &Browser, pieces: &[String]) -> (Vec<String>, u64) {
    let body = "
        const [found, looked] = [[], []];
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                const text = await (await cache.match(request)).text();
                looked.push(request.url);
                if (args[0].some((piece) => text.includes(piece))) found.push(request.url);
            }
        }
        return [found, looked.length];
    ";
    serde_json::from_value(browser.run(body, vec![json!(pieces)]).await).unwrap()
}

#[test]
fn names_are_kept_readable_where_that_is_asked_for_and_until_it_is_taken_back() {
    let (host, desk) = sealed_host();
    let contacts: Vec<String> = CONTACTS.map(str::to_owned).to_vec();
    in_browser(|browser| async move {
        let address = host.site.url("/#/data");
        open_list(&browser, &address).await;
        browser.wait_for(Locator::XPath(FIELD)).await;
        let is_on = "return document.querySelector('dialog input[type=checkbox]').checked;";
        assert_eq!(browser.run(is_on, vec![]).await, json!(false), "off by itself");
        click(&browser, CHOICE).await;
        unlock(&browser, "Gösta Berling").await;
        says(&browser, "That is not the passphrase").await;
        unlock(&browser, PASSPHRASE).await;
        shows_names(&browser).await;
        lie_readable(&browser, &contacts).await;

        // Neither the passphrase nor the host is needed from now on.
        host.site.put("/data", desk.path("nowhere"));
        open_list(&browser, &address).await;
        shows_names(&browser).await;
        is_asked_for_nothing(&browser).await;

        click(&browser, "//a[.='Settings']").await;
        click(&browser, "//section//label[contains(., 'readable on this device')]/input").await;
        browser.wait_for(Locator::XPath("//*[@role='status'][contains(., 'is removed')]")).await;
        assert_eq!(kept_with(&browser, &contacts).await.0, Vec::<String>::new());
        // What is sealed is still here.
        open_list(&browser, &address).await;
        unlock(&browser, PASSPHRASE).await;
        shows_names(&browser).await;
        assert_eq!(kept_with(&browser, &contacts).await.0, Vec::<String>::new());
    });
}

#[test]
fn erasing_everything_takes_readable_names_and_the_wish_for_them_out_of_every_tab() {
    let (host, _desk) = sealed_host();
    let pieces = as_bytes_and_texts(&OF_CUSTOMERS);
    in_browser(|browser| async move {
        let address = host.site.url("/#/data");
        open_list(&browser, &address).await;
        browser.wait_for(Locator::XPath(FIELD)).await;
        click(&browser, CHOICE).await;
        unlock(&browser, PASSPHRASE).await;
        shows_names(&browser).await;
        for piece in OF_CUSTOMERS {
            lie_readable(&browser, &as_bytes_and_texts(&[piece])).await;
        }
        // Another tab has them open, in a worker that would keep them.
        let first = browser.client.window().await.unwrap();
        let second = browser.client.new_window(true).await.unwrap();
        browser.client.switch_to_window(second.handle).await.unwrap();
        open_list(&browser, &address).await;
        shows_names(&browser).await;
        is_asked_for_nothing(&browser).await;

        visit(&browser, &host.site.url("/#/settings")).await;
        click(&browser, "//button[starts-with(., 'Erase everything on')]").await;
        click(&browser, "//dialog//button[.='Erase everything']").await;
        let erased = Locator::XPath("//h1[.='Everything is erased']");
        browser.wait_for(erased).await;
        browser.client.switch_to_window(first).await.unwrap();
        browser.wait_for(erased).await;
        assert_eq!(kept_with(&browser, &pieces).await, (Vec::new(), 0), "something is kept");
        assert_eq!(copied_with(&browser, &pieces).await, (Vec::new(), 0), "something is copied");

        // The wish is erased as well: who begins anew is asked, and nothing is kept readable.
        open_list(&browser, &address).await;
        unlock(&browser, PASSPHRASE).await;
        shows_names(&browser).await;
        let sealed = ["age-encryption.org/v1".to_owned()];
        let begun = Instant::now();
        while kept_with(&browser, &sealed).await.0.is_empty() {
            assert!(begun.elapsed() < PATIENCE, "the sealed file is not kept");
        }
        let (found, looked_at) = kept_with(&browser, &pieces).await;
        assert_eq!(found, Vec::<String>::new());
        assert!(looked_at >= 3, "only {looked_at} were looked at");
        assert_eq!(copied_with(&browser, &pieces).await.0, Vec::<String>::new());
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}
