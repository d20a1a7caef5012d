//! An audience handed over from the page: replaced first, hashed for Meta, through every gate.

use std::thread;
use std::time::{Duration, Instant};

use publik::export::Format;
use serde_json::{Value, json};

use crate::app::written;
use crate::browser::in_browser;
use crate::offer::planned;
use crate::site::Site;
use crate::sync::{apart, click, says, use_endpoint, venue_for};
use crate::sync_support::service::{Asked, Service};
use crate::workspace::{shows, view};
use crate::workspace_access::axe_finds_nothing;

fn rows(asked: &[Asked]) -> Vec<Vec<String>> {
    let posts = asked.iter().filter(|call| call.method == "POST");
    let payloads = posts.map(|call| {
        assert!(call.path.contains("/4711/usersreplace"), "{}", call.path);
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
    let connector = format!(
        "[connectors.fb]\nkind = \"meta\"\nname = \"Facebook\"\nbase_url = \"{}/v25.0\"\n\
         access_token = \"SECRET-TOKEN\"\n\
         [connectors.fb.audiences.guests]\nname = \"Guests\"\naudience_id = \"4711\"\n",
        service.address
    );
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
        browser.wait_for(fantoccini::Locator::XPath(&go)).await;
        axe_finds_nothing(&browser).await;
        click(&browser, &go).await;
        says(&browser, &format!("{count} handed over.")).await;
        let rows = apart(move || {
            let began = Instant::now();
            while rows(&service.asked()).len() < expected {
                assert!(began.elapsed() < Duration::from_secs(30), "{:?}", service.asked());
                thread::sleep(Duration::from_millis(50));
            }
            rows(&service.asked())
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
