//! The workspace: what its boxes, panels and bar show is what the engine counts for the view in
//! the address, however the view came to be.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions, MouseActions, PointerAction};
use fantoccini::key::Key;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use publik::demo::{self, Settings};
use publik::engine::{Session, Snapshot};
use publik::model::Day;
use publik::view::sentence::{Language, filter_title};
use publik::view::{FilterKind, View, parse, to_json};
use serde_json::{Value, json};

use crate::app::written;
use crate::browser::{Browser, ZONE, in_browser};
use crate::site::Site;
use crate::views;

/// How many drawn views are shown and counted.
const VIEWS: usize = 36;
/// How long the page may take to show what a view counts.
const PATIENCE: Duration = Duration::from_secs(10);

/// The demo that the page opens with, counted on this side.
static DEMO: LazyLock<Arc<Snapshot>> = LazyLock::new(|| {
    let (facts, _) = demo::build(&Settings::new(10_000, 1, today()).unwrap());
    Arc::new(Snapshot::new(facts))
});

fn today() -> Day {
    Day::parse(&jiff::Timestamp::now().in_tz(ZONE).unwrap().date().to_string()).unwrap()
}

/// The view with every box, over the last two years, and these fields besides.
pub fn view(further: &Value) -> View {
    let boxes: Vec<&str> = FilterKind::ALL.into_iter().map(FilterKind::name).collect();
    let mut document = json!({
        "version": 1,
        "segment": { "name": "Two years", "events": { "days_back": 730 } },
        "boxes": boxes,
    });
    let fields = further.as_object().unwrap().clone();
    document.as_object_mut().unwrap().extend(fields);
    parse(document.to_string()).unwrap()
}

pub fn fragment(view: &View) -> String {
    format!("#/view/{}", URL_SAFE_NO_PAD.encode(to_json(view)))
}

pub async fn open(browser: &Browser, site: &Site, view: &View) {
    browser.client.goto(&site.url(&format!("/{}", fragment(view)))).await.unwrap();
    browser.wait_for(Locator::Css("[aria-label=Result] output")).await;
}

/// The view that the address says.
pub async fn view_of_address(browser: &Browser) -> View {
    let address = browser.run("return location.hash;", vec![]).await;
    let document = address.as_str().unwrap().strip_prefix("#/view/").unwrap();
    let document = document.split('?').next().unwrap();
    parse(URL_SAFE_NO_PAD.decode(document).unwrap()).unwrap()
}

/// Everything that is counted, as it stands on the page: by region, by caption.
async fn shown(browser: &Browser) -> Value {
    let body = r#"
        const squeezed = (text) => text.replaceAll(/[\u00a0\u202f]/g, " ").trim();
        const pairs = (list) => Object.fromEntries(Array.from(list.querySelectorAll("div"), (pair) =>
            [squeezed(pair.querySelector("dt").innerText), squeezed(pair.querySelector("dd").innerText)]));
        const rows = (region) => Object.fromEntries(Array.from(
            document.querySelectorAll(`[aria-label='${region}'] tbody tr`), (row) =>
            [squeezed((row.querySelector(".choice-panel__name") ?? row).innerText), Array.from(row.querySelectorAll("td"), (cell) =>
                squeezed(cell.innerText)).slice(0, 2)]));
        const result = document.querySelector("[aria-label=Result]");
        return {
            total: squeezed(result.querySelector("output").innerText),
            boxes: Object.fromEntries(Array.from(
                document.querySelectorAll("[aria-label=Boxes] > section:has(dl)"), (box) =>
                [box.getAttribute("aria-label"), pairs(box.querySelector("dl"))])),
            permissions: rows("Permissions"),
            tags: rows("Tags"),
        };
    "#;
    browser.run(body, vec![]).await
}

/// What the page shall show for a view.
fn counted(view: &View) -> Value {
    let mut session = Session::new(Arc::clone(&DEMO), view.clone(), today());
    let counts = session.counts();
    let boxes = view.boxes.clone().unwrap_or_else(|| {
        FilterKind::ALL.into_iter().filter(|kind| view.filters.has(*kind)).collect()
    });
    let boxes = boxes.into_iter().map(|kind| {
        let row = counts.filters.iter().find(|(other, _)| *other == kind).map(|(_, row)| *row);
        let row = row.unwrap_or_else(|| session.counts_apart(kind));
        let numbers = json!({
            "Matching alone": written(row.matching),
            "Without it": written(row.without),
            "Unknown": written(row.unknown),
        });
        (filter_title(kind, Language::English), numbers)
    });
    let boxes: BTreeMap<&str, Value> = boxes.collect();
    let facts = DEMO.facts();
    let members = |sets: &[publik::model::Membership],
                   rows: &[(String, publik::engine::MemberCounts)],
                   rule: &publik::view::MemberRule| {
        let known = sets.iter().zip(rows).map(|(set, (_, row))| {
            (set.name.clone(), json!([written(row.total), written(row.audience)]))
        });
        let mut shown: BTreeMap<String, Value> = known.collect();
        for id in rule.include.iter().chain(&rule.exclude) {
            if !sets.iter().any(|set| set.id == *id) {
                shown.insert(id.clone(), json!(["–", "–"]));
            }
        }
        shown
    };
    json!({
        "total": written(counts.total),
        "boxes": boxes,
        "permissions": members(&facts.consents, &counts.consents, &view.consents),
        "tags": members(&facts.flags, &counts.flags, &view.flags),
    })
}

/// Waits until the page shows what the engine counts for a view.
pub async fn shows(browser: &Browser, view: &View) {
    let expected = counted(view);
    let began = Instant::now();
    loop {
        let shown = shown(browser).await;
        if shown == expected {
            return;
        }
        if began.elapsed() > PATIENCE {
            assert_eq!(shown, expected, "{}", to_json(view));
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

pub async fn press(browser: &Browser, keys: &[(Option<Key>, &str)]) {
    for (held, key) in keys {
        let mut actions = KeyActions::new("keyboard".to_owned());
        let value = key.chars().next().unwrap();
        if let Some(held) = held {
            actions = actions.then(KeyAction::Down { value: char::from(*held) });
        }
        actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        if let Some(held) = held {
            actions = actions.then(KeyAction::Up { value: char::from(*held) });
        }
        browser.client.perform_actions(actions).await.unwrap();
    }
}

#[test]
fn drawn_views_are_shown_with_the_counts_of_the_engine() {
    let site = Site::of_dist();
    let views = drawn_views();
    let found = views.iter().filter(|view| counted(view)["total"] != "0").count();
    assert!(found > VIEWS / 3, "only {found} of the views find anybody");
    in_browser(|browser| async move {
        open(&browser, &site, &views[0]).await;
        for view in &views {
            let go = "location.hash = args[0];";
            browser.run(go, vec![json!(fragment(view))]).await;
            shows(&browser, view).await;
        }
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

/// Views over the demo's own ids, each with a few of the filters that were drawn for it.
fn drawn_views() -> Vec<View> {
    let facts = DEMO.facts();
    let catalogue = &facts.catalogue;
    let ids = views::Ids {
        promoters: catalogue.promoters.clone(),
        seasons: catalogue.seasons.clone(),
        productions: catalogue.productions.iter().map(|one| one.id.clone()).collect(),
        events: catalogue.events.iter().map(|one| one.id.clone()).collect(),
        categories: catalogue.categories.clone(),
        tags: catalogue.tags.clone(),
        consents: facts.consents.iter().map(|one| one.id.clone()).collect(),
        flags: facts.flags.iter().map(|one| one.id.clone()).collect(),
        largest_count: 12,
        largest_amount: 3000.0,
        days: (today().number() - 1500, today().number()),
    };
    let mut runner = TestRunner::deterministic();
    let strategy = views::views(&ids);
    let drawn = (0..VIEWS).map(|at| {
        let mut view = strategy.new_tree(&mut runner).unwrap().current();
        // Any name does; the box of a filter has to be shown for its numbers to be read.
        view.segment.events = view_of_years(at);
        for kind in FilterKind::ALL.into_iter().filter(|kind| (kind.index() + at) % 4 != 0) {
            view.filters.clear(kind);
        }
        if at % 3 > 0 {
            view.consents = publik::view::MemberRule::default();
            view.flags = publik::view::MemberRule::default();
        }
        view.boxes = Some(FilterKind::ALL.to_vec());
        view
    });
    drawn.collect()
}

/// Every third view sees everything, the others two to five years.
fn view_of_years(at: usize) -> publik::view::EventSelection {
    let days = if at.is_multiple_of(3) { json!("all") } else { json!(365 * (2 + at % 4)) };
    let document =
        json!({ "version": 1, "segment": { "name": "S", "events": { "days_back": days } } });
    parse(document.to_string()).unwrap().segment.events
}

#[test]
fn a_handle_is_moved_by_keys_one_bar_ten_bars_and_to_its_ends() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        open(&browser, &site, &view(&json!({}))).await;
        shows(&browser, &view(&json!({}))).await;
        let handle = Locator::Css("[aria-label='Distance, to']");
        let focus = "document.querySelector(args[0]).focus();";
        browser.run(focus, vec![json!("[aria-label='Distance, to']")]).await;
        let left = char::from(Key::Left).to_string();
        let mut bounds = Vec::new();
        for keys in [
            vec![(None, left.clone())],
            vec![(Some(Key::Shift), left.clone())],
            vec![(None, char::from(Key::Right).to_string())],
            vec![(None, char::from(Key::End).to_string())],
        ] {
            for (held, key) in &keys {
                press(&browser, &[(*held, key.as_str())]).await;
            }
            let now = view_of_address(&browser).await;
            shows(&browser, &now).await;
            bounds.push(now.filters.distance_km.and_then(|range| range.max));
        }
        let steps: Vec<f64> = bounds.iter().flatten().copied().collect();
        assert_eq!(steps.len(), 3, "{bounds:?}");
        assert!(steps[1] < steps[2] && steps[2] < steps[0], "{bounds:?}");
        // Enter leads to the number, where a typed one counts as well.
        browser.run(focus, vec![json!("[aria-label='Distance, to']")]).await;
        press(&browser, &[(None, &char::from(Key::Enter).to_string())]).await;
        for key in ["1", "2", ".", "5"] {
            press(&browser, &[(None, key)]).await;
        }
        press(&browser, &[(None, &char::from(Key::Enter).to_string())]).await;
        let typed = view(&json!({ "filters": { "distance_km": { "max": 12.5 } } }));
        shows(&browser, &typed).await;
        assert_eq!(view_of_address(&browser).await.filters, typed.filters);
        // From between two edges a key leads to the next one, and leaving changes nothing.
        browser.run(focus, vec![json!("[aria-label='Distance, from']")]).await;
        browser.run(focus, vec![json!("[aria-label='Distance, to']")]).await;
        assert_eq!(view_of_address(&browser).await.filters, typed.filters);
        press(&browser, &[(None, &char::from(Key::Right).to_string())]).await;
        let next = view_of_address(&browser).await.filters.distance_km.unwrap().max.unwrap();
        assert!(next > 12.5, "{next}");
        press(&browser, &[(Some(Key::Control), "z")]).await;
        shows(&browser, &typed).await;
        let said = browser.wait_for(handle).await.attr("aria-valuetext").await.unwrap();
        assert_eq!(said.unwrap().replace('\u{a0}', " "), "12.5 km");
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn a_drag_of_a_handle_and_a_brush_over_the_bars_are_one_step_each() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let start = view(&json!({}));
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        let frame = "const box = document.querySelector(args[0]).getBoundingClientRect();
                     return [box.left, box.top, box.width, box.height];";
        let plot = json!("[aria-label=Revenue] .range-dial__plot");
        let at = browser.run(frame, vec![plot]).await;
        let at: Vec<f64> = at.as_array().unwrap().iter().map(|at| at.as_f64().unwrap()).collect();
        let x = |share: f64| (at[0] + at[2] * share).round();
        // The upper handle stands at the right end, just below the bars.
        drag(&browser, (x(1.0), (at[1] + at[3] + 3.0).round()), x(0.4)).await;
        let dragged = view_of_address(&browser).await;
        let range = dragged.filters.revenue.unwrap();
        assert!(range.min.is_none() && range.max.is_some(), "{range:?}");
        shows(&browser, &dragged).await;
        drag(&browser, (x(0.1), (at[1] + at[3] / 2.0).round()), x(0.3)).await;
        let brushed = view_of_address(&browser).await;
        let range = brushed.filters.revenue.unwrap();
        assert!(
            range.min.is_some()
                && range.max.unwrap() < dragged.filters.revenue.unwrap().max.unwrap()
        );
        shows(&browser, &brushed).await;
        for (expected, key) in [(&dragged, "z"), (&start, "z"), (&dragged, "y"), (&brushed, "y")] {
            press(&browser, &[(Some(Key::Control), key)]).await;
            shows(&browser, expected).await;
            assert_eq!(view_of_address(&browser).await.filters, expected.filters);
        }
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

async fn drag(browser: &Browser, from: (f64, f64), to_x: f64) {
    let moved = |x, y| PointerAction::MoveTo { duration: Some(Duration::from_millis(40)), x, y };
    let mouse = MouseActions::new("mouse".to_owned())
        .then(moved(from.0, from.1))
        .then(PointerAction::Down { button: 0 })
        .then(moved(f64::midpoint(from.0, to_x), from.1))
        .then(moved(to_x, from.1))
        .then(PointerAction::Up { button: 0 });
    browser.client.perform_actions(mouse).await.unwrap();
    browser.client.release_actions().await.unwrap();
}

#[test]
fn a_field_keeps_what_cannot_be_read_and_says_what_is_allowed() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let start = view(&json!({ "filters": { "orders": { "min": 2, "max": 5 } } }));
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        let field = browser.wait_for(Locator::Css("[aria-label=Orders] [aria-label=From]")).await;
        for (typed, allowed) in [
            ("2.5", "Allowed: a whole number from 0 to 1,000,000."),
            ("many", "Allowed: a whole number from 0 to 1,000,000."),
            ("9", "The first must not be above the last."),
        ] {
            field.clear().await.unwrap();
            field.send_keys(typed).await.unwrap();
            press(&browser, &[(None, &char::from(Key::Enter).to_string())]).await;
            let message = browser.wait_for(Locator::Css("[aria-label=Orders] [role=alert]")).await;
            assert_eq!(message.text().await.unwrap(), allowed);
            assert_eq!(field.prop("value").await.unwrap().as_deref(), Some(typed));
            shows(&browser, &start).await;
        }
        field.clear().await.unwrap();
        field.send_keys("3").await.unwrap();
        press(&browser, &[(None, &char::from(Key::Enter).to_string())]).await;
        shows(&browser, &view(&json!({ "filters": { "orders": { "min": 3, "max": 5 } } }))).await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}
