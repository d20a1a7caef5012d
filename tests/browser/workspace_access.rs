//! The workspace without a mouse, and for those who see, hear or read it otherwise.

use std::path::PathBuf;
use std::{env, fs};

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::browser::{Browser, in_browser};
use crate::site::Site;
use crate::workspace::{open, press, shows, view, view_of_address};

/// What has the keyboard: its own name, and that of the region it stands in.
async fn focused(browser: &Browser) -> (String, String) {
    let body = "const at = document.activeElement;
                const region = at.closest('[role=region], section, footer');
                return [at.getAttribute('aria-label') ?? '', region?.getAttribute('aria-label') ?? ''];";
    let found = browser.run(body, vec![]).await;
    let text = |at: usize| found[at].as_str().unwrap().to_owned();
    (text(0), text(1))
}

fn key(key: Key) -> String {
    char::from(key).to_string()
}

#[test]
fn a_box_is_found_muted_and_reset_by_keys_alone() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let start = view(&json!({ "filters": { "tickets": { "min": 4 }, "gender": ["f"] } }));
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        press(&browser, &[(None, "/")]).await;
        assert_eq!(focused(&browser).await.0, "Find a box");
        for letter in ["t", "i", "c"] {
            press(&browser, &[(None, letter)]).await;
        }
        press(&browser, &[(None, &key(Key::Enter))]).await;
        let there = "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));";
        browser.run(there, vec![]).await;
        assert_eq!(focused(&browser).await.0, "Tickets");
        press(&browser, &[(None, "m")]).await;
        let muted = view(&json!({
            "filters": { "tickets": { "min": 4 }, "gender": ["f"] }, "muted": ["tickets"],
        }));
        shows(&browser, &muted).await;
        press(&browser, &[(None, "m")]).await;
        shows(&browser, &start).await;
        press(&browser, &[(None, &key(Key::Backspace))]).await;
        shows(&browser, &view(&json!({ "filters": { "gender": ["f"] } }))).await;
        assert_eq!(focused(&browser).await.0, "Tickets");
        press(&browser, &[(Some(Key::Control), "z")]).await;
        shows(&browser, &start).await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn f6_goes_through_the_parts_of_the_page_and_back() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let start = view(&json!({}));
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        let parts =
            ["View", "The view in words", "Boxes", "Permissions and tags", "Result", "View"];
        for part in parts {
            press(&browser, &[(None, &key(Key::F6))]).await;
            assert_eq!(focused(&browser).await.0, part);
        }
        press(&browser, &[(Some(Key::Shift), &key(Key::F6))]).await;
        assert_eq!(focused(&browser).await.0, "Result");
    });
}

#[test]
fn a_condition_of_the_sentence_leads_to_its_box() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let start = view(&json!({ "filters": { "distance_km": { "max": 40 } } }));
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        let clause = Locator::XPath("//*[@role='link'][contains(., '40')]");
        browser.wait_for(clause).await.click().await.unwrap();
        let there = "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));";
        browser.run(there, vec![]).await;
        assert_eq!(focused(&browser).await.0, "Distance");
    });
}

#[test]
fn an_empty_result_offers_to_mute_the_box_that_leaves_most() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let start = view(&json!({
            "filters": { "tickets": { "min": 1 }, "orders": { "min": 1_000_000 } },
        }));
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        let way_out =
            Locator::XPath("//section[@aria-label='Orders']//button[contains(., 'Mute Orders: ')]");
        browser.wait_for(way_out).await.click().await.unwrap();
        let muted = view(&json!({
            "filters": { "tickets": { "min": 1 }, "orders": { "min": 1_000_000 } },
            "muted": ["orders"],
        }));
        shows(&browser, &muted).await;
    });
}

#[test]
fn choices_are_taken_and_given_back() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let start = view(&json!({}));
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        let click = |path: &'static str| {
            let browser = browser.clone();
            async move { browser.wait_for(Locator::XPath(path)).await.click().await.unwrap() }
        };
        click("//section[@aria-label='Gender']//label[contains(., 'Men & Women')]").await;
        click("//section[@aria-label='Sales type']//label[contains(., 'Box office only')]").await;
        click("//section[@aria-label='Subscription']//label[contains(., 'Single-ticket')]").await;
        let permission = view_of_address(&browser).await;
        let chosen = view(&json!({ "filters": {
            "gender": ["f", "m"], "sales_type": ["online", "both"], "subscription": "regular",
        } }));
        assert_eq!(permission.filters, chosen.filters);
        shows(&browser, &chosen).await;
        click("//section[@aria-label='Gender']//label[contains(., 'All')]").await;
        click("//section[@aria-label='Sales type']//label[contains(., 'Box office only')]").await;
        click("//section[@aria-label='Subscription']//label[contains(., 'All')]").await;
        assert_eq!(view_of_address(&browser).await.filters, start.filters);
        click("//section[@aria-label='Permissions']//tbody/tr[1]//label[@title='Must have']").await;
        let asked = view_of_address(&browser).await;
        assert_eq!(asked.consents.include.len(), 1);
        shows(&browser, &asked).await;
        click("//section[@aria-label='Permissions']//tbody/tr[1]//label[@title='Must not have']")
            .await;
        let ruled_out = view_of_address(&browser).await;
        assert_eq!(ruled_out.consents.exclude, asked.consents.include);
        shows(&browser, &ruled_out).await;
    });
}

#[test]
fn the_page_changes_its_language_and_keeps_the_view() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let start = view(&json!({ "filters": { "distance_km": { "max": 40.5 } } }));
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        let total = "return document.querySelector('.result-bar output').innerText;";
        let english = browser.run(total, vec![]).await;
        let press = Locator::XPath("//button[contains(., 'Svenska')]");
        browser.wait_for(press).await.click().await.unwrap();
        let title = Locator::XPath("//section[@aria-label='Avstånd']");
        browser.wait_for(title).await;
        let field = Locator::XPath("//section[@aria-label='Avstånd']//input[@aria-label='Till']");
        let bound = browser.wait_for(field).await.prop("value").await.unwrap();
        assert_eq!(bound.as_deref(), Some("40,5"));
        let swedish = browser.run(total, vec![]).await;
        let digits = |text: &Value| {
            text.as_str().unwrap().chars().filter(char::is_ascii_digit).collect::<String>()
        };
        assert_eq!(digits(&swedish), digits(&english));
        assert_eq!(swedish.as_str().unwrap(), english.as_str().unwrap().replace(',', "\u{a0}"));
        assert_eq!(view_of_address(&browser).await.filters, start.filters);
        let back = Locator::XPath("//button[contains(., 'English')]");
        browser.wait_for(back).await.click().await.unwrap();
        shows(&browser, &start).await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn axe_finds_nothing_wrong_in_either_theme() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let full = view(&json!({
            "name": "Lapsed locals",
            "filters": {
                "distance_km": { "max": 40 }, "revenue": { "min": 600.5 }, "gender": ["u"],
                "last_purchase": { "not_within": 60, "over": "history" }, "impulsive": { "max": 21 },
            },
            "muted": ["impulsive"],
            "consents": { "include": ["nobody_knows"] },
        }));
        for shown in [&view(&json!({})), &full] {
            open(&browser, &site, shown).await;
            shows(&browser, shown).await;
            axe_finds_nothing(&browser).await;
        }
    });
}

/// Has axe look at the page as it stands, in both themes.
pub async fn axe_finds_nothing(browser: &Browser) {
    let script = fs::read_to_string(axe()).expect("tools/setup.sh test installs axe-core");
    for theme in ["light", "dark"] {
        let set = "document.documentElement.dataset.theme = args[0];
                   document.documentElement.style.colorScheme = args[0];";
        browser.run(set, vec![json!(theme)]).await;
        // A colour half way to the other theme is nobody's colour.
        // Handed in by the driver: the page's own rules forbid making code out of text.
        browser.client.execute(&script, vec![]).await.unwrap();
        let run = "await Promise.allSettled(document.getAnimations().map((one) => one.finished));
                   const found = await axe.run(document);
                   return found.violations.map((one) => [one.id, one.impact, one.nodes[0].html]);";
        let found = browser.run(run, vec![]).await;
        assert_eq!(found, Value::Array(vec![]), "{theme}");
    }
}

/// Where tools/setup.sh puts it.
pub fn axe() -> PathBuf {
    let tools = env::var_os("PUBLIK_TOOLS").map_or_else(
        || PathBuf::from(env::var_os("HOME").expect("there is a home")).join(".cache/publik"),
        PathBuf::from,
    );
    tools.join("node_modules/axe-core/axe.min.js")
}
