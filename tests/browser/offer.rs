//! A special offer from the dialog to the mail: seen before, counted, sent, stopped.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::{Arc, LazyLock, Mutex};

use fantoccini::Locator;
use mail_parser::MessageParser;
use publik::demo::{self, Settings};
use publik::engine::{Session, Snapshot};
use publik::export::{Format, Gates, Preflight, Sources};
use publik::model::Contacts;
use publik::view::View;
use serde_json::{Value, json};

use crate::app::written;
use crate::browser::{Browser, in_browser};
use crate::site::Site;
use crate::sync::{apart, click, says, stay_at_a_port, today, use_endpoint, venue_for};
use crate::sync_support::smtp::MailServer;
use crate::sync_support::theatre::smtp;
use crate::sync_support::{Endpoint, Venue};
use crate::workspace::{open, shows, view};
use crate::workspace_access::axe_finds_nothing;

/// The demo that the page opens with, made on this side, with names and addresses.
pub static DEMO: LazyLock<(Arc<Snapshot>, Contacts)> = LazyLock::new(|| {
    let (facts, contacts) = demo::build(&settings());
    (Arc::new(Snapshot::new(facts)), contacts)
});

pub fn settings() -> Settings {
    Settings::new(10_000, 1, today()).unwrap()
}

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

/// A theatre whose offers are the demo's.
pub fn theatre_of_the_demo(site: &Site, mail: &str) -> Venue {
    let venue = venue_for(site, "", mail);
    let files = Mutex::new(BTreeMap::new());
    demo::write_folder(&settings(), |name| {
        let content = Arc::new(Mutex::new(Vec::new()));
        files.lock().unwrap().insert(name.to_owned(), Arc::clone(&content));
        Ok(Box::new(Shared(content)))
    })
    .unwrap();
    for name in ["offers.csv", "events.csv"] {
        let content = files.lock().unwrap()[name].lock().unwrap().clone();
        venue.write(&format!("export/{name}"), content);
    }
    venue
}

/// Regular buyers, viewed for the event or the group of an offer that runs.
pub fn view_for_an_offer() -> (View, String) {
    let facts = DEMO.0.facts();
    let now = (today(), Some(12 * 60));
    let runs = |offer: &&publik::model::Offer| {
        let at = |time: publik::model::LocalTime| (time.day, time.minute);
        offer.starts_at.is_none_or(|starts| at(starts) < now)
            && offer.ends_at.is_none_or(|ends| ends.day > now.0)
    };
    let offer = facts.offers.iter().find(runs).expect("the demo has an offer that runs");
    let mode = match (offer.event, offer.production) {
        (Some(event), _) => {
            json!({ "kind": "event", "id": facts.catalogue.events[event as usize].id })
        }
        (None, Some(production)) => {
            json!({ "kind": "production", "id": facts.catalogue.productions[production as usize].id })
        }
        (None, None) => panic!("the offer is for nothing"),
    };
    let asked = view(&json!({ "filters": { "orders": { "min": 9 } }, "mode": mode }));
    (asked, offer.name.clone())
}

/// Who goes out, by the export's own gates.
pub fn planned(asked: &View, format: Format) -> Vec<publik::model::Row> {
    let session = Session::new(Arc::clone(&DEMO.0), asked.clone(), today());
    let sources = Sources::new(&DEMO.0, &DEMO.1).unwrap();
    let rows = session.result().iter().collect();
    let preflight = Preflight::new(sources, format, Gates::default(), rows).unwrap();
    preflight.finish().rows
}

/// Addresses of those who get a mail.
pub fn addresses(asked: &View) -> BTreeSet<String> {
    let email = DEMO.1.column("email").unwrap();
    let rows = planned(asked, Format::ApsisCsv);
    rows.into_iter().map(|row| email.get(row as usize).to_lowercase()).collect()
}

pub async fn write_offer(browser: &Browser, name: &str) {
    click(browser, "//footer//button[.='Special offer']").await;
    click(browser, &format!("//dialog//select[@id='offer']/option[.=\"{name}\"]")).await;
    click(browser, "//dialog//button[.='Swedish']").await;
    for (field, text) in [
        ("offer-subject", "Välkommen till Svansjön – i år"),
        ("offer-text", "Kom & se <b>oss</b>!\n\nLäs mer: https://example.org/svan."),
    ] {
        let field = browser.wait_for(Locator::Id(field)).await;
        field.send_keys(text).await.unwrap();
    }
}

/// Everything that the browser keeps of what waits.
async fn kept(browser: &Browser) -> String {
    let body = "
        const opening = indexedDB.open('publik');
        const database = await new Promise((done) => { opening.onsuccess = () => done(opening.result); });
        const asked = database.transaction('outbox').objectStore('outbox').getAll();
        const all = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
        database.close();
        return all.join('\\n');";
    browser.run(body, vec![]).await.as_str().unwrap().to_owned()
}

#[test]
fn an_offer_is_seen_tested_counted_sent_and_arrives_once_for_each_address() {
    let site = Site::of_dist();
    let server = MailServer::start();
    let venue = theatre_of_the_demo(&site, &smtp(&server));
    stay_at_a_port(&venue);
    let token = venue.token("desk", "flags,campaigns");
    let endpoint = venue.start();
    let (asked, name) = view_for_an_offer();
    let expected = addresses(&asked);
    assert!(expected.len() > 1, "{}", expected.len());
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &endpoint.address, &token, true).await;
        open(&browser, &site, &asked).await;
        shows(&browser, &asked).await;
        write_offer(&browser, &name).await;
        let seen = "
            const letter = document.querySelector('iframe').contentDocument;
            return [letter.querySelector('h1')?.textContent, letter.body.innerHTML, letter.scripts.length];";
        let seen = browser.run(seen, vec![]).await;
        assert_eq!(seen[0], "Välkommen till Svansjön – i år");
        let html = seen[1].as_str().unwrap();
        assert!(html.contains("Kom &amp; se &lt;b&gt;oss&lt;/b&gt;!"), "{html}");
        assert!(html.contains("<a href=\"https://example.org/svan\">"), "{html}");
        let count = written(expected.len() as u32);
        let last = format!("//li[contains(., 'One per address')]//span[.='{count}']");
        browser.wait_for(Locator::XPath(&last)).await;
        axe_finds_nothing(&browser).await;
        click(&browser, "//dialog//button[.='Send a test to me']").await;
        let field = browser.wait_for(Locator::Id("offer-test")).await;
        field.send_keys("me@example.org").await.unwrap();
        click(&browser, "//dialog//button[.='Send the test']").await;
        says(&browser, "A test is on its way to me@example.org.").await;
        let server = apart(move || {
            server.wait_for(1);
            let test = &server.received()[0];
            assert_eq!(test.to, "me@example.org");
            let mail = MessageParser::default().parse(&test.bytes).unwrap();
            assert_eq!(mail.subject(), Some("[Test] Välkommen till Svansjön – i år"));
            server
        })
        .await;
        click(&browser, &format!("//dialog//button[contains(., 'Send {count} mails')]")).await;
        says(&browser, &format!("{count} mails.")).await;
        says(&browser, "They leave in").await;
        axe_finds_nothing(&browser).await;
        let kept = kept(&browser).await;
        assert!(kept.contains("\"offer\"") && !kept.contains('@'), "an address is kept");
        apart(move || leave_now(endpoint, &venue, &server, &expected)).await;
    });
}

/// Has what waits at an endpoint leave, and looks at what arrives.
fn leave_now(endpoint: Endpoint, venue: &Venue, server: &MailServer, expected: &BTreeSet<String>) {
    assert_eq!(server.count(), 1, "something left before its time");
    endpoint.kill();
    let store = venue.store();
    for table in ["campaigns SET sends_at", "recipients SET next_at"] {
        store.execute(&format!("UPDATE {table} = 0"), []).unwrap();
    }
    drop(store);
    let _endpoint = venue.start();
    server.wait_for(1 + expected.len());
    let received = server.received();
    let to: Vec<String> = received[1..].iter().map(|mail| mail.to.to_lowercase()).collect();
    assert_eq!(to.len(), expected.len());
    assert_eq!(&to.into_iter().collect::<BTreeSet<_>>(), expected);
    for mail in &received[1..] {
        let mail = MessageParser::default().parse(&mail.bytes).unwrap();
        assert_eq!(mail.subject(), Some("Välkommen till Svansjön – i år"));
        assert!(mail.body_html(0).unwrap().contains("Kom &amp; se &lt;b&gt;oss&lt;/b&gt;!"));
        assert!(mail.body_text(0).unwrap().contains("Kom & se <b>oss</b>!"));
    }
}

#[test]
fn an_offer_is_stopped_before_it_leaves() {
    let site = Site::of_dist();
    let server = MailServer::start();
    let venue = theatre_of_the_demo(&site, &smtp(&server));
    let token = venue.token("desk", "flags,campaigns");
    let endpoint = venue.start();
    let (asked, name) = view_for_an_offer();
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &endpoint.address, &token, true).await;
        open(&browser, &site, &asked).await;
        shows(&browser, &asked).await;
        write_offer(&browser, &name).await;
        // Without the gate only with a reason, which is kept.
        click(&browser, "//dialog//label[contains(., 'Only with consent')]").await;
        let more =
            Locator::XPath("//dialog//button[starts-with(., 'Send ') and contains(., ' mail')]");
        browser.wait_for(more).await;
        browser
            .wait_for(Locator::XPath(
                "//dialog//button[starts-with(., 'Send ') and contains(., ' mail')][@disabled]",
            ))
            .await;
        let reason = browser.wait_for(Locator::Id("offer-reason")).await;
        reason.send_keys("The evening is cancelled").await.unwrap();
        click(
            &browser,
            "//dialog//button[starts-with(., 'Send ') and contains(., ' mail')][not(@disabled)]",
        )
        .await;
        says(&browser, "They leave in").await;
        click(&browser, "//button[.='Stop']").await;
        says(&browser, "Stopped").await;
        apart(move || {
            let all = endpoint.get("/v1/campaigns", &token).ok(200);
            assert_eq!(all[0]["state"], "cancelled", "{all}");
            assert_eq!(server.count(), 0);
            let audit = venue.command(&["audit"]);
            let audit = String::from_utf8(audit.stdout).unwrap();
            assert!(audit.contains("The evening is cancelled"), "{audit}");
        })
        .await;
    });
}

#[test]
fn an_offer_leaves_when_it_was_said_and_needs_the_endpoints_usual_language() {
    let site = Site::of_dist();
    let server = MailServer::start();
    let venue = theatre_of_the_demo(&site, &smtp(&server));
    let token = venue.token("desk", "campaigns");
    let endpoint = venue.start();
    let (asked, name) = view_for_an_offer();
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &endpoint.address, &token, true).await;
        open(&browser, &site, &asked).await;
        shows(&browser, &asked).await;
        click(&browser, "//footer//button[.='Special offer']").await;
        click(&browser, &format!("//dialog//select[@id='offer']/option[.=\"{name}\"]")).await;
        let swedish = "//dialog//button[.='Swedish'][@aria-pressed='true']";
        browser.wait_for(Locator::XPath(swedish)).await;
        says(&browser, "Körteatern").await;
        click(&browser, "//dialog//button[.='English']").await;
        for (field, text) in [("offer-subject", "Welcome"), ("offer-text", "Come and see us!")] {
            browser.wait_for(Locator::Id(field)).await.send_keys(text).await.unwrap();
        }
        says(&browser, "Swedish has to be written").await;
        let counted = "//dialog//button[starts-with(., 'Send ') and contains(., ' mail')]";
        browser.wait_for(Locator::XPath(&format!("{counted}[@disabled]"))).await;
        axe_finds_nothing(&browser).await;
        click(&browser, "//dialog//button[.='Swedish']").await;
        for (field, text) in [("offer-subject", "Välkommen"), ("offer-text", "Kom och se!")] {
            browser.wait_for(Locator::Id(field)).await.send_keys(text).await.unwrap();
        }
        says(&browser, "mails leave in 2 minutes.").await;
        click(&browser, "//dialog//select[@id='offer-leaves']/option[.='In 15 minutes']").await;
        says(&browser, "mails leave in 15 minutes.").await;
        // A device whose clock is ahead: it is the endpoint's that counts.
        let ahead = "const real = Date.now; Date.now = () => real() + 600000;";
        browser.run(ahead, vec![]).await;
        click(&browser, &format!("{counted}[not(@disabled)]")).await;
        says(&browser, "They leave in 14:").await;
        apart(move || {
            let all = endpoint.get("/v1/campaigns", &token).ok(200);
            let moment = |field: &str| -> jiff::Timestamp {
                all[0][field].as_str().unwrap().parse().unwrap()
            };
            let wait = moment("sends_at").duration_since(moment("created_at")).as_secs();
            assert!((895..=900).contains(&wait), "{all}");
            assert_eq!(server.count(), 0);
        })
        .await;
    });
}

#[test]
fn an_offer_needs_an_event_and_says_so() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        open(&browser, &site, &view(&json!({}))).await;
        shows(&browser, &view(&json!({}))).await;
        let button = "//footer//button[.='Special offer'][@aria-disabled='true']";
        let reason = browser.wait_for(Locator::XPath(button)).await.attr("title").await.unwrap();
        assert!(reason.unwrap().contains("belongs to an event or a production"));
        click(&browser, button).await;
        says(&browser, "A special offer belongs to an event or a production").await;
        let open = "return document.querySelector('dialog[open]') === null;";
        assert_eq!(browser.run(open, vec![]).await, Value::Bool(true));
    });
}
