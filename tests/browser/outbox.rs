//! What stays in the outbox until somebody does something: a passphrase, a word that it may go all the same.

use fantoccini::Locator;
use publik::demo;
use publik::export::Format;
use publik::snapshot::folder::{self, StoredPart};
use publik::snapshot::{PartKind, Passphrase, encode_contacts, encode_facts};
use serde_json::{Value, json};

use crate::app::written;
use crate::browser::{Browser, in_browser};
use crate::offer::{
    DEMO, addresses, planned, settings, theatre_of_the_demo, view_for_an_offer, write_offer,
};
use crate::site::Site;
use crate::sync::{apart, click, says, stay_at_a_port, use_endpoint, venue_for};
use crate::sync_support::Endpoint;
use crate::sync_support::smtp::{MailServer, Manner};
use crate::sync_support::theatre::smtp;
use crate::workspace::{open, shows, view};
use crate::workspace_access::axe_finds_nothing;

pub const PASSPHRASE: &str = "Gösta Berling";
/// Few rounds: nobody guesses here, and the browser has to make the key too.
const WORK: u8 = 10;

/// A host whose snapshot is the demo's, names and addresses sealed; and its folders.
pub fn sealed_site() -> (Site, Vec<tempfile::TempDir>) {
    let [snapshot, config] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let (facts, contacts) = demo::build(&settings());
    let passphrase = Passphrase::new(PASSPHRASE).unwrap();
    let (plain, secret) = (encode_facts(&facts), encode_contacts(&contacts));
    let parts = [
        StoredPart::open(PartKind::Facts, plain),
        StoredPart::sealed(PartKind::Contacts, &secret, &passphrase, WORK),
    ];
    folder::write_parts(snapshot.path(), &facts, &parts, "2026-11-21T06:00:00Z").unwrap();
    std::fs::write(config.path().join("config.json"), r#"{"snapshot":"data/"}"#).unwrap();
    let folders = vec![("/data", snapshot.path().to_owned()), ("", config.path().to_owned())];
    (Site::with(folders), vec![snapshot, config])
}

pub fn campaigns(endpoint: &Endpoint, token: &str) -> Vec<Value> {
    endpoint.get("/v1/campaigns", token).ok(200).as_array().unwrap().clone()
}

#[test]
fn an_offer_of_locked_customers_waits_for_the_passphrase_and_goes_by_itself_once_it_is_given() {
    let (site, _folders) = sealed_site();
    let venue = theatre_of_the_demo(&site, "");
    let token = venue.token("desk", "flags,campaigns");
    let endpoint = venue.start();
    let (asked, name) = view_for_an_offer();
    let expected = addresses(&asked).len();
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &endpoint.address, &token, true).await;
        open(&browser, &site, &asked).await;
        shows(&browser, &asked).await;
        write_offer(&browser, &name).await;
        says(&browser, "Names and addresses are sealed.").await;
        click(&browser, "//dialog//button[.='Put in the outbox until unlocked'][not(@disabled)]")
            .await;
        says(&browser, "Needs the passphrase").await;
        axe_finds_nothing(&browser).await;
        // Another day it still waits, and nothing has gone.
        browser.client.refresh().await.unwrap();
        says(&browser, "Needs the passphrase").await;
        let (endpoint, token) = apart(move || {
            assert!(campaigns(&endpoint, &token).is_empty());
            (endpoint, token)
        })
        .await;
        click(&browser, "//li//button[.='Unlock']").await;
        let field = browser.wait_for(Locator::Css("input[type=password]")).await;
        field.send_keys(&format!("{PASSPHRASE}\u{e007}")).await.unwrap();
        browser.wait_for(Locator::XPath("//*[@role='row']")).await;
        // By its address: the link moves when nothing waits any more.
        browser.run("location.hash = '#/outbox';", vec![]).await;
        says(&browser, &format!("{} mails", written(expected as u32))).await;
        says(&browser, "They leave in").await;
        apart(move || {
            let all = campaigns(&endpoint, &token);
            assert_eq!(all.len(), 1, "{all:?}");
            assert_eq!(all[0]["accepted"], expected, "{all:?}");
        })
        .await;
    });
}

/// Changes what the browser keeps of the only entry: `change` sees it as `entry`.
async fn alter_kept(browser: &Browser, change: &str) {
    let body = format!(
        "const opening = indexedDB.open('publik');
        const database = await new Promise((done) => {{ opening.onsuccess = () => done(opening.result); }});
        const asked = (request) => new Promise((done) => {{ request.onsuccess = () => done(request.result); }});
        const store = database.transaction('outbox', 'readwrite').objectStore('outbox');
        const [key, ...others] = await asked(store.getAllKeys());
        const entry = JSON.parse(await asked(store.get(key)));
        await asked(store.delete(key));
        {change}
        const written = String(entry.made_at).padStart(15, '0') + '-' + entry.id;
        await asked(store.put(JSON.stringify(entry), written));
        database.close();
        return others.length;"
    );
    assert_eq!(browser.run(&body, vec![]).await, json!(0));
}

#[test]
fn what_is_older_than_a_day_asks_before_it_goes() {
    let site = Site::of_dist();
    let venue = venue_for(&site, "", "");
    stay_at_a_port(&venue);
    let token = venue.token("desk", "flags");
    let endpoint = venue.start();
    let asked = view(&json!({ "filters": { "orders": { "min": 6 } } }));
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &endpoint.address, &token, true).await;
        open(&browser, &site, &asked).await;
        shows(&browser, &asked).await;
        apart(move || endpoint.kill()).await;
        click(&browser, "//footer//button[.='Tag']").await;
        click(&browser, "//dialog//button[@aria-label='Save VIP']").await;
        says(&browser, "Waiting. Nobody answers at this address").await;
        alter_kept(&browser, "entry.made_at -= 25 * 3600000; entry.not_before = 0;").await;
        let (endpoint, venue) = apart(move || (venue.start(), venue)).await;
        browser.client.goto(&site.url("/#/outbox")).await.unwrap();
        browser.client.refresh().await.unwrap();
        says(&browser, "Asks first").await;
        says(&browser, "It is older than a day. The customers are those of then.").await;
        axe_finds_nothing(&browser).await;
        let (endpoint, token) = apart(move || {
            let feed = endpoint.get("/v1/flags/changes", &token).ok(200);
            assert_eq!(feed["cursor"], 0, "{feed}");
            (endpoint, token)
        })
        .await;
        click(&browser, "//li//button[.='Send all the same']").await;
        says(&browser, "customers changed.").await;
        apart(move || {
            let feed = endpoint.get("/v1/flags/changes", &token).ok(200);
            assert_eq!(feed["changes"].as_array().unwrap().len(), 1, "{feed}");
            drop(venue);
        })
        .await;
    });
}

#[test]
fn an_offer_that_ended_while_it_waited_asks_and_can_be_given_up() {
    let site = Site::of_dist();
    let venue = theatre_of_the_demo(&site, "");
    stay_at_a_port(&venue);
    let token = venue.token("desk", "flags,campaigns");
    let endpoint = venue.start();
    let (asked, name) = view_for_an_offer();
    let count = written(addresses(&asked).len() as u32);
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &endpoint.address, &token, true).await;
        open(&browser, &site, &asked).await;
        shows(&browser, &asked).await;
        write_offer(&browser, &name).await;
        let send = format!("//dialog//button[contains(., 'Send {count} mails')][not(@disabled)]");
        browser.wait_for(Locator::XPath(&send)).await;
        apart(move || endpoint.kill()).await;
        click(&browser, &send).await;
        says(&browser, "Nobody answers at this address").await;
        says(&browser, "They leave 2 minutes after the endpoint has them.").await;
        alter_kept(&browser, "entry.wish.ends_at = entry.made_at; entry.not_before = 0;").await;
        let (endpoint, venue) = apart(move || (venue.start(), venue)).await;
        browser.client.refresh().await.unwrap();
        says(&browser, "Asks first").await;
        says(&browser, "The offer has ended.").await;
        click(&browser, "//li//button[.='Cancel']").await;
        says(&browser, "Cancelled").await;
        apart(move || {
            assert!(campaigns(&endpoint, &token).is_empty());
            drop(venue);
        })
        .await;
    });
}

#[test]
fn mails_without_an_answer_are_listed_for_a_person_to_decide() {
    let site = Site::of_dist();
    let (asked, name) = view_for_an_offer();
    let row = planned(&asked, Format::ApsisCsv)[0] as usize;
    let customer = DEMO.0.facts().customers.ids.get(row).to_owned();
    let silent = DEMO.1.column("email").unwrap().get(row).to_lowercase();
    let manner = move |to: &str| {
        if to.to_lowercase() == silent { Manner::FallSilent } else { Manner::Take }
    };
    let server = MailServer::with(manner, None);
    let venue = theatre_of_the_demo(&site, &smtp(&server));
    stay_at_a_port(&venue);
    let token = venue.token("desk", "flags,campaigns");
    let endpoint = venue.start();
    let sent = addresses(&asked).len();
    let count = written(sent as u32);
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &endpoint.address, &token, true).await;
        open(&browser, &site, &asked).await;
        shows(&browser, &asked).await;
        write_offer(&browser, &name).await;
        click(
            &browser,
            &format!("//dialog//button[contains(., 'Send {count} mails')][not(@disabled)]"),
        )
        .await;
        says(&browser, "They leave in").await;
        let running = apart(move || {
            endpoint.kill();
            let store = venue.store();
            for table in ["campaigns SET sends_at", "recipients SET next_at"] {
                store.execute(&format!("UPDATE {table} = 0"), []).unwrap();
            }
            (venue.start(), venue)
        })
        .await;
        let all = format!("{} of {count} mails sent. 1 uncertain:", written(sent as u32 - 1));
        says(&browser, &all).await;
        click(&browser, "//summary[.='Which customers these are']").await;
        let listed = format!("//details[@open]/p[.='{customer}']");
        browser.wait_for(Locator::XPath(&listed)).await;
        axe_finds_nothing(&browser).await;
        drop((running, server));
    });
}
