//! What waits in the outbox when the browser is closed: it goes out at the next start, once, and needs names
//! and addresses that are there or are asked for.

use std::path::Path;
use std::sync::Arc;

use fantoccini::Locator;
use publik::export::Format;
use publik::view::View;
use serde_json::{Value, json};

use crate::app::written;
use crate::audience::{REPLACED, connector, rows};
use crate::browser::{Browser, in_browser_of};
use crate::device::visit;
use crate::kept_names::{CHOICE, lie_readable};
use crate::offer::{DEMO, addresses, planned, theatre_of_the_demo, view_for_an_offer, write_offer};
use crate::outbox::{PASSPHRASE, campaigns, sealed_site};
use crate::sealed::{FIELD, is_asked_for_nothing};
use crate::site::Site;
use crate::sync::{apart, click, says, use_endpoint};
use crate::sync_support::Endpoint;
use crate::sync_support::service::Service;
use crate::workspace::{fragment, shows};

/// Somebody's address, in the list of customers.
const NAMED: &str = "//*[@role='gridcell']/a[contains(@href, '@')]";

/// A view with an offer and who it reaches, the services it goes to, and the page's host.
struct Evening {
    site: Site,
    service: Service,
    endpoint: Endpoint,
    token: String,
    asked: View,
    offer: String,
    _folders: Vec<tempfile::TempDir>,
    _venue: crate::sync_support::Venue,
}

impl Evening {
    fn new() -> Arc<Evening> {
        let (site, folders) = sealed_site();
        let service =
            Service::start(|_, _| (200, json!({ "num_received": 1, "num_invalid_entries": 0 })));
        let venue = theatre_of_the_demo(&site, &connector(&service));
        let token = venue.token("desk", "flags,campaigns,audiences");
        let endpoint = venue.start();
        let (asked, offer) = view_for_an_offer();
        let evening = Evening {
            site,
            service,
            endpoint,
            token,
            asked,
            offer,
            _folders: folders,
            _venue: venue,
        };
        Arc::new(evening)
    }

    /// How many mails and how many rows of the audience there are to be.
    fn expected(&self) -> (usize, usize) {
        (addresses(&self.asked).len(), planned(&self.asked, Format::MetaCsv).len())
    }

    /// What came out: the mails of each campaign, and how many rows the service was given.
    async fn went_out(self: &Arc<Evening>) -> (Vec<Value>, usize) {
        let evening = Arc::clone(self);
        apart(move || {
            let all = campaigns(&evening.endpoint, &evening.token);
            let accepted = all.iter().map(|campaign| campaign["accepted"].clone()).collect();
            (accepted, rows(&evening.service.asked(), "POST", REPLACED).len())
        })
        .await
    }
}

/// Opens names and addresses, kept readable where that is wished, and puts an offer and an audience into the
/// outbox of a browser that then is closed before either could go out.
fn queue(evening: &Arc<Evening>, profile: &Path, is_kept: bool) {
    let evening = Arc::clone(evening);
    assert!(in_browser_of(profile, |browser| async move {
        let Evening { site, endpoint, token, asked, offer, .. } = &*evening;
        use_endpoint(&browser, site, &endpoint.address, token, true).await;
        let go = format!("location.hash = '{}';", fragment(asked));
        browser.run(&go, vec![]).await;
        shows(&browser, asked).await;
        click(&browser, "//button[.='View customers']").await;
        let field = browser.wait_for(Locator::XPath(FIELD)).await;
        if is_kept {
            click(&browser, CHOICE).await;
        }
        field.send_keys(&format!("{PASSPHRASE}\u{e007}")).await.unwrap();
        browser.wait_for(Locator::XPath(NAMED)).await;
        if is_kept {
            let name =
                DEMO.1.column("email").unwrap().get(planned(asked, Format::ApsisCsv)[0] as usize);
            lie_readable(&browser, &[name.to_owned()]).await;
        }
        click(&browser, "//button[.='Back to the boxes']").await;
        // From here on nothing reaches the endpoint that would do something there.
        browser.devtools("Network.enable", json!({})).await;
        let blocked = ["*/v1/campaigns", "*/v1/connectors/*/audiences"];
        browser.devtools("Network.setBlockedURLs", json!({ "urls": blocked })).await;
        let (mails, people) = evening.expected();
        write_offer(&browser, offer).await;
        let send = format!(
            "//dialog//button[contains(., 'Send {} mails')][not(@disabled)]",
            written(mails as u32)
        );
        click(&browser, &send).await;
        says(&browser, "Nobody answers at this address").await;
        browser.run(&go, vec![]).await;
        click(&browser, "//footer//button[.='Audience']").await;
        click(&browser, "//dialog//select[@id='handing-to']/option[.='Facebook · Guests']").await;
        click(
            &browser,
            &format!("//dialog//button[.='Hand over {}'][not(@disabled)]", written(people as u32)),
        )
        .await;
        both_are(&browser, "Waiting").await;
        assert_eq!(evening.went_out().await, (vec![], 0));
    }));
}

/// Waits until the offer and the audience stand so in the outbox.
async fn both_are(browser: &Browser, state: &str) {
    let path = format!("//ol[count(li) = 2 and count(li[.//strong[.='{state}']]) = 2]");
    browser.wait_for(Locator::XPath(&path)).await;
}

/// Both are out, whole, and a further start sends nothing again.
async fn both_went_once(browser: &Browser, evening: &Arc<Evening>) {
    let (mails, people) = evening.expected();
    both_are(browser, "Done").await;
    says(browser, &format!("{} handed over.", written(people as u32))).await;
    let once = (vec![json!(mails)], people);
    assert_eq!(evening.went_out().await, once);
    visit(browser, &evening.site.url("/#/outbox")).await;
    both_are(browser, "Done").await;
    says(browser, &format!("{} handed over.", written(people as u32))).await;
    assert_eq!(evening.went_out().await, once);
}

#[test]
fn what_waited_goes_by_itself_after_a_restart_where_names_are_kept_readable() {
    let (evening, profile) = (Evening::new(), tempfile::tempdir().unwrap());
    queue(&evening, profile.path(), true);
    in_browser_of(profile.path(), |browser| async move {
        visit(&browser, &evening.site.url("/#/outbox")).await;
        both_went_once(&browser, &evening).await;
        is_asked_for_nothing(&browser).await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn what_waited_needs_the_passphrase_after_a_restart_where_names_are_not_kept() {
    let (evening, profile) = (Evening::new(), tempfile::tempdir().unwrap());
    queue(&evening, profile.path(), false);
    in_browser_of(profile.path(), |browser| async move {
        visit(&browser, &evening.site.url("/#/outbox")).await;
        both_are(&browser, "Needs the passphrase").await;
        is_asked_for_nothing(&browser).await;
        assert_eq!(evening.went_out().await, (vec![], 0));
        click(&browser, "//li//button[.='Unlock']").await;
        let field = browser.wait_for(Locator::XPath(FIELD)).await;
        field.send_keys(&format!("{PASSPHRASE}\u{e007}")).await.unwrap();
        browser.wait_for(Locator::XPath(NAMED)).await;
        browser.run("location.hash = '#/outbox';", vec![]).await;
        both_went_once(&browser, &evening).await;
    });
}
