//! Views that are passed on, renamed and rearranged, and two tabs over the same ones.

use fantoccini::Locator;
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::key::Key;
use publik::view::{FilterKind, View, to_json};
use serde_json::{Value, json};
use std::time::Duration;

use crate::browser::{Browser, click, in_browser};
use crate::site::Site;
use crate::workspace::{open, view, view_of_address};

/// Keeps a segment with one view, as an earlier visit would have.
async fn keep(browser: &Browser, site: &Site, view: &View) {
    browser.client.goto(&site.url("/")).await.unwrap();
    browser.wait_for(Locator::XPath("//output[contains(., ',')]")).await;
    let view: Value = serde_json::from_str(&to_json(view)).unwrap();
    let at = "2026-11-01T10:00:00Z";
    let kept = json!({
        "version": 1, "id": "s1", "changed_at": at, "segment": view["segment"],
        "views": [{ "id": "v1", "changed_at": at, "view": view }],
    });
    let body = "localStorage.setItem('publik.segment.s1', args[0]);";
    browser.run(body, vec![json!(kept.to_string())]).await;
}

/// What the browser keeps under a key of a store.
pub async fn kept_under(browser: &Browser, store: &str, key: &str) -> Value {
    let body = "
        const settled = (request) => new Promise((done, failed) => {
            request.onsuccess = () => done(request.result);
            request.onerror = () => failed(request.error);
        });
        // A page that keeps nothing has not made it yet.
        if (!(await indexedDB.databases()).some(({ name }) => name === 'publik')) return null;
        const database = await settled(indexedDB.open('publik'));
        const store = database.transaction(args[0]).objectStore(args[0]);
        const text = await settled(store.get(args[1]));
        database.close();
        return text ?? null;
    ";
    match browser.run(body, vec![json!(store), json!(key)]).await {
        Value::String(text) => serde_json::from_str(&text).unwrap(),
        other => other,
    }
}

async fn open_kept(browser: &Browser, site: &Site, name: &str) {
    browser.client.goto("about:blank").await.unwrap();
    browser.client.goto(&site.url("/#/saved/v1")).await.unwrap();
    browser.wait_for(Locator::XPath(&format!("//h1[contains(., '{name}')]"))).await;
    is_counted(browser).await;
}

/// Until the data is open nothing is counted, and then the workspace is drawn anew.
async fn is_counted(browser: &Browser) {
    let number = "//*[@aria-label='Result']//output[translate(., '0123456789', '') != .]";
    browser.wait_for(Locator::XPath(number)).await;
}

fn named(name: &str) -> View {
    view(&json!({ "name": name, "filters": { "orders": { "min": 2 } } }))
}

/// Puts a bound into a field and leaves it.
async fn type_bound(browser: &Browser, filter: &str, bound: &str) {
    let field = format!("[aria-label='{filter}'] [aria-label=From]");
    let field = browser.wait_for(Locator::Css(&field)).await;
    field.clear().await.unwrap();
    field.send_keys(&format!("{bound}{}", char::from(Key::Enter))).await.unwrap();
}

#[test]
fn a_copied_link_opens_the_same_view_elsewhere() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let shared = named("Twice or more");
        open(&browser, &site, &shared).await;
        is_counted(&browser).await;
        let hear = "navigator.clipboard.writeText = async (text) => { window.copied = text; };";
        browser.run(hear, vec![]).await;
        click(&browser, "//button[.='Copy link']").await;
        browser.wait_for(Locator::XPath("//*[@role='status'][contains(., 'copied')]")).await;
        let copied = browser.run("return window.copied;", vec![]).await;
        browser.run("localStorage.clear();", vec![]).await;
        browser.client.goto("about:blank").await.unwrap();
        browser.client.goto(copied.as_str().unwrap()).await.unwrap();
        browser.wait_for(Locator::XPath("//h1[contains(., 'Twice or more')]")).await;
        assert_eq!(view_of_address(&browser).await, shared);
    });
}

#[test]
fn a_link_that_the_browser_does_not_copy_stands_in_a_field() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        open(&browser, &site, &named("By hand")).await;
        let refuse = "navigator.clipboard.writeText = async () => { throw new Error('no'); };";
        browser.run(refuse, vec![]).await;
        click(&browser, "//button[.='Copy link']").await;
        let field = browser.wait_for(Locator::Css("dialog input[aria-label='Link to the view']"));
        let link = field.await.prop("value").await.unwrap().unwrap();
        assert!(link.starts_with(&site.url("/#/view/")), "{link}");
    });
}

#[test]
fn a_view_too_long_for_a_link_is_named_by_the_address_and_offered_as_a_file() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let mut long = named("Long one");
        long.segment.events.events = (0..2000).map(|number| format!("E{number:05}")).collect();
        keep(&browser, &site, &long).await;
        open_kept(&browser, &site, "Long one").await;
        type_bound(&browser, "Orders", "1").await;
        browser.wait_for(Locator::XPath("//*[.='Unsaved changes'][@aria-hidden='false']")).await;
        let address = browser.run("return location.hash;", vec![]).await;
        assert_eq!(address, json!("#/saved/v1"));
        click(&browser, "//button[.='Copy link']").await;
        let hear = "
            window.files = [];
            const make = URL.createObjectURL;
            URL.createObjectURL = (blob) => { window.files.push(blob); return make.call(URL, blob); };
        ";
        browser.run(hear, vec![]).await;
        click(&browser, "//dialog[contains(., 'too long')]//button[.='Download as a file']").await;
        let file = browser.run("return await window.files[0].text();", vec![]).await;
        let file = publik::view::parse(file.as_str().unwrap()).unwrap();
        assert_eq!(file.segment.events.events.len(), 2000);
        assert_eq!(file.name, "Long one");
    });
}

#[test]
fn renaming_a_view_renames_the_open_one() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        keep(&browser, &site, &named("Old name")).await;
        open_kept(&browser, &site, "Old name").await;
        click(&browser, "//button[.='Open / New…']").await;
        click(&browser, "//dialog//*[@role='option'][contains(., 'Old name')]").await;
        click(&browser, "//dialog//button[.='Rename']").await;
        let field = browser.wait_for(Locator::XPath("//dialog//label//input")).await;
        field.clear().await.unwrap();
        field.send_keys(&format!("New name{}", char::from(Key::Enter))).await.unwrap();
        browser.wait_for(Locator::XPath("//h1[contains(., 'New name')]")).await;
        browser.wait_for(Locator::XPath("//*[.='Unsaved changes'][@aria-hidden='true']")).await;
        assert_eq!(view_of_address(&browser).await.name, "New name");
    });
}

#[test]
fn a_view_that_another_tab_saved_is_not_overwritten() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        keep(&browser, &site, &named("For two")).await;
        open_kept(&browser, &site, "For two").await;
        let first = browser.client.window().await.unwrap();
        let second = browser.client.new_window(true).await.unwrap();
        browser.client.switch_to_window(second.handle).await.unwrap();
        open_kept(&browser, &site, "For two").await;
        type_bound(&browser, "Orders", "3").await;
        click(&browser, "//button[.='Save']").await;
        browser.wait_for(Locator::XPath("//*[@role='status'][contains(., 'is saved')]")).await;

        browser.client.switch_to_window(first).await.unwrap();
        type_bound(&browser, "Orders", "4").await;
        click(&browser, "//button[.='Save']").await;
        browser.wait_for(Locator::XPath("//*[contains(., 'Another tab saved this view')]")).await;
        let kept = kept_under(&browser, "documents", "s1").await;
        assert_eq!(kept["views"][0]["view"]["filters"]["orders"]["min"], json!(3));
        // Under another name it is kept beside.
        let field = browser.wait_for(Locator::XPath("//dialog//label//input")).await;
        field.clear().await.unwrap();
        field.send_keys(&format!("Mine{}", char::from(Key::Enter))).await.unwrap();
        browser.wait_for(Locator::XPath("//h1[contains(., 'Mine')]")).await;
        let kept = kept_under(&browser, "documents", "s1").await;
        let orders = |at: usize| kept["views"][at]["view"]["filters"]["orders"]["min"].clone();
        assert_eq!([orders(0), orders(1)], [json!(3), json!(4)]);
    });
}

async fn boxes_shown(browser: &Browser) -> Value {
    let body =
        "return Array.from(document.querySelectorAll('[aria-label=Boxes] > section:has(dl)'),
        (box) => box.getAttribute('aria-label'));";
    browser.run(body, vec![]).await
}

#[test]
fn boxes_are_put_in_another_order_with_keys_and_with_the_mouse() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let boxes = [FilterKind::Orders, FilterKind::Tickets, FilterKind::Revenue];
        let mut start = named("Ordered");
        start.boxes = Some(boxes.to_vec());
        open(&browser, &site, &start).await;
        is_counted(&browser).await;
        let name = |kind| {
            publik::view::sentence::filter_title(kind, publik::view::sentence::Language::English)
        };
        let [orders, tickets, revenue] = boxes.map(name);
        let grip = format!("//button[starts-with(@aria-label, 'Move {orders}')]");
        let grip = browser.wait_for(Locator::XPath(&grip)).await;
        assert_eq!(boxes_shown(&browser).await, json!([orders, tickets, revenue]));

        grip.send_keys(&char::from(Key::Right).to_string()).await.unwrap();
        let said = format!("//*[@role='status'][.='{orders}: place 2 of 3']");
        browser.wait_for(Locator::XPath(&said)).await;
        assert_eq!(boxes_shown(&browser).await, json!([tickets, orders, revenue]));
        let has_keyboard = "
            await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
            return document.activeElement.getAttribute('aria-label');
        ";
        let focused = browser.run(has_keyboard, vec![]).await;
        assert!(focused.as_str().unwrap().starts_with(&format!("Move {orders}")), "{focused}");

        let centre = "
            const of = (title) => document.querySelector(`button[aria-label^='Move ${title}']`);
            return args.map((title) => {
                const at = of(title).getBoundingClientRect();
                return [at.x + at.width / 2, at.y + at.height / 2];
            });
        ";
        let at = browser.run(centre, vec![json!(tickets), json!(revenue)]).await;
        let spot = |which: usize, axis: usize| at[which][axis].as_f64().unwrap();
        let moved =
            |x, y| PointerAction::MoveTo { duration: Some(Duration::from_millis(60)), x, y };
        let mouse = MouseActions::new("mouse".to_owned())
            .then(moved(spot(0, 0), spot(0, 1)))
            .then(PointerAction::Down { button: 0 })
            .then(moved(spot(1, 0) + 40.0, spot(1, 1) + 60.0))
            .then(moved(spot(1, 0) + 44.0, spot(1, 1) + 64.0))
            .then(PointerAction::Up { button: 0 });
        browser.client.perform_actions(mouse).await.unwrap();
        browser.client.release_actions().await.unwrap();
        let said = format!("//*[@role='status'][.='{tickets}: place 3 of 3']");
        browser.wait_for(Locator::XPath(&said)).await;
        assert_eq!(boxes_shown(&browser).await, json!([orders, revenue, tickets]));
        let kept = view_of_address(&browser).await.boxes.unwrap();
        assert_eq!(kept, [FilterKind::Orders, FilterKind::Revenue, FilterKind::Tickets]);

        click(&browser, "//button[@aria-label='Undo']").await;
        browser.wait_for(Locator::XPath("//button[@aria-label='Redo'][not(@disabled)]")).await;
        assert_eq!(boxes_shown(&browser).await, json!([tickets, orders, revenue]));
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}
