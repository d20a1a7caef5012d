//! An audience handed over from the page: replaced first, hashed for Meta, through every gate.

use std::thread;
use std::time::{Duration, Instant};

use fantoccini::Locator;
use publik::export::Format;
use publik::wire::address_sha256;
use serde_json::{Value, json};

use crate::app::written;
use crate::browser::in_browser;
use crate::offer::{DEMO, planned};
use crate::site::Site;
use crate::sync::{apart, click, says, use_endpoint, venue_for};
use crate::sync_support::service::{Asked, Service};
use crate::workspace::{shows, view};
use crate::workspace_access::axe_finds_nothing;

/// A service that stands for Meta, in the endpoint's configuration.
pub fn connector(service: &Service) -> String {
    format!(
        "[connectors.fb]\nkind = \"meta\"\nname = \"Facebook\"\nbase_url = \"{}/v25.0\"\n\
         access_token = \"SECRET-TOKEN\"\n\
         [connectors.fb.audiences.guests]\nname = \"Guests\"\naudience_id = \"4711\"\n",
        service.address
    )
}

/// Where Meta takes the rows of a *replace*, and where those to be taken out.
pub const REPLACED: &str = "/4711/usersreplace";
const REMOVED: &str = "/4711/users";

/// The rows of the calls of one method, all of which go to one path.
pub fn rows(asked: &[Asked], method: &str, path: &str) -> Vec<Vec<String>> {
    let calls = asked.iter().filter(|call| call.method == method);
    let payloads = calls.map(|call| {
        assert!(call.path.contains(path), "{}", call.path);
        serde_json::from_str::<Value>(&call.field("payload")).unwrap()
    });
    payloads
        .flat_map(|payload| {
            serde_json::from_value::<Vec<Vec<String>>>(payload["data"].clone()).unwrap()
        })
        .collect()
}

#[test]
fn an_audience_is_replaced_by_hashed_customers_who_pass_the_gates() {
    let site = Site::of_dist();
    let service =
        Service::start(|_, _| (200, json!({ "num_received": 1, "num_invalid_entries": 0 })));
    let connector = connector(&service);
    let venue = venue_for(&site, "", &connector);
    let token = venue.token("desk", "audiences");
    let endpoint = venue.start();
    let asked = view(&json!({ "filters": { "orders": { "min": 7 } } }));
    let expected = planned(&asked, Format::MetaCsv).len();
    assert!(expected > 1);
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &endpoint.address, &token, false).await;
        click(&browser, "//nav//a[contains(., 'Workspace')]").await;
        let go = format!("location.hash = '{}';", crate::workspace::fragment(&asked));
        browser.run(&go, vec![]).await;
        shows(&browser, &asked).await;
        click(&browser, "//footer//button[.='Audience']").await;
        click(&browser, "//dialog//select[@id='handing-to']/option[.='Facebook · Guests']").await;
        says(&browser, "Afterwards the audience holds these customers and nobody else.").await;
        let count = written(expected as u32);
        let go = format!("//dialog//button[.='Hand over {count}'][not(@disabled)]");
        browser.wait_for(Locator::XPath(&go)).await;
        axe_finds_nothing(&browser).await;
        click(&browser, &go).await;
        says(&browser, &format!("{count} handed over.")).await;
        let rows = apart(move || {
            let began = Instant::now();
            while rows(&service.asked(), "POST", REPLACED).len() < expected {
                assert!(began.elapsed() < Duration::from_secs(30), "{:?}", service.asked());
                thread::sleep(Duration::from_millis(50));
            }
            rows(&service.asked(), "POST", REPLACED)
        })
        .await;
        assert_eq!(rows.len(), expected);
        let is_hashed = |cell: &String| {
            cell.is_empty() || cell.len() == 64 && cell.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        // The first is the customer's id, which nobody else knows.
        assert!(rows.iter().all(|row| row[1..].iter().all(is_hashed)), "{:?}", rows[0]);
        drop((endpoint, venue));
    });
}

#[test]
fn those_who_withdrew_since_another_browser_handed_them_over_are_listed_and_taken_out() {
    let site = Site::of_dist();
    let service =
        Service::start(|_, _| (200, json!({ "num_received": 1, "num_invalid_entries": 0 })));
    let venue = venue_for(&site, "", &connector(&service));
    let token = venue.token("desk", "audiences");
    let endpoint = venue.start();
    let asked = view(&json!({ "filters": { "orders": { "min": 7 } } }));
    // Five who pass the gates go there from elsewhere; two of them do not want to any more.
    let contacts = &DEMO.1;
    let (ids, email) = (&DEMO.0.facts().customers.ids, contacts.column("email").unwrap());
    let before: Vec<u32> = planned(&asked, Format::MetaCsv).into_iter().take(5).collect();
    let hash = |row: &u32| address_sha256(email.get(*row as usize));
    let people: Vec<Value> = before
        .iter()
        .map(|row| json!({ "id": ids.get(*row as usize), "email": hash(row) }))
        .collect();
    let body = json!({ "name": "Before", "audience": "guests", "operation": "replace",
        "recipients": people });
    endpoint.post("/v1/connectors/fb/audiences", &token, &body).ok(202);
    let began = Instant::now();
    while rows(&service.asked(), "POST", REPLACED).len() < 5 {
        assert!(began.elapsed() < Duration::from_secs(30), "{:?}", service.asked());
        thread::sleep(Duration::from_millis(20));
    }
    let gone = [before[1], before[3]];
    let list = gone.map(|row| email.get(row as usize).to_owned()).join("\n");
    venue.write("gone.txt", list);
    let file = venue.path("gone.txt");
    let handed_in =
        venue.command(&["suppress", file.to_str().unwrap(), "--reason", "unsubscribed"]);
    assert!(handed_in.status.success(), "{handed_in:?}");
    let expected = gone.map(|row| ids.get(row as usize).to_owned());
    let hashes = gone.map(|row| hash(&row));
    let names = gone.map(|row| {
        let name = |column: &str| contacts.column(column).unwrap().get(row as usize).to_owned();
        format!("{} {}", name("first_name"), name("last_name"))
    });
    in_browser(|browser| async move {
        use_endpoint(&browser, &site, &endpoint.address, &token, false).await;
        click(&browser, "//nav//a[contains(., 'Workspace')]").await;
        let go = format!("location.hash = '{}';", crate::workspace::fragment(&asked));
        browser.run(&go, vec![]).await;
        shows(&browser, &asked).await;
        click(&browser, "//footer//button[.='Audience']").await;
        click(&browser, "//dialog//select[@id='handing-to']/option[.='Facebook · Guests']").await;
        says(&browser, "2 customers sent there before have withdrawn since:").await;
        for name in &names {
            browser.wait_for(Locator::XPath(&format!("//dialog//li[.=\"{name}\"]"))).await;
        }
        axe_finds_nothing(&browser).await;
        click(&browser, "//dialog//button[.='Remove 2']").await;
        let removed = apart(move || {
            let began = Instant::now();
            while rows(&service.asked(), "DELETE", REMOVED).is_empty() {
                assert!(began.elapsed() < Duration::from_secs(30), "{:?}", service.asked());
                thread::sleep(Duration::from_millis(50));
            }
            rows(&service.asked(), "DELETE", REMOVED)
        })
        .await;
        let mut found: Vec<[&str; 2]> =
            removed.iter().map(|row| [row[0].as_str(), row[1].as_str()]).collect();
        found.sort_unstable();
        let mut wanted: Vec<[&str; 2]> =
            (0..2).map(|at| [expected[at].as_str(), hashes[at].as_str()]).collect();
        wanted.sort_unstable();
        assert_eq!(found, wanted);
        // Whoever looks again finds nobody, and the others are as they were.
        click(&browser, "//dialog//button[.='Cancel']").await;
        click(&browser, "//footer//button[.='Audience']").await;
        click(&browser, "//dialog//select[@id='handing-to']/option[.='Facebook · Guests']").await;
        says(&browser, "Afterwards the audience holds these customers and nobody else.").await;
        browser.wait_for(Locator::XPath("//dialog//li[contains(., 'One per address')]")).await;
        let listed = "return document.querySelector('dialog .message--caution') === null;";
        assert_eq!(browser.run(listed, vec![]).await, Value::Bool(true));
        apart(move || {
            let left = endpoint.get("/v1/connectors/fb/audiences/guests", &token).ok(200);
            assert_eq!(left["customers"].as_array().unwrap().len(), 3, "{left}");
            drop(venue);
        })
        .await;
    });
}
