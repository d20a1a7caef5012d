//! What the page itself costs in headless Chromium: a drag of three seconds at 1,000,000 customers from
//! event to paint, and the pickers with 50,000 events.
//!
//! `make bench` builds `dist/` first; `cargo bench --features cli,built-pages --bench page --
//! [CUSTOMERS]`, 1,000,000 unless said.

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/browser/browser.rs"]
mod browser;
#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/browser/site.rs"]
mod site;

use std::fmt::Write;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fantoccini::Locator;
use publik::demo::{self, Settings};
use publik::ingest::{MemoryFolder, Options, read};
use publik::model::Day;
use publik::snapshot::folder;
use serde_json::{Value, json};
use tempfile::TempDir;

use browser::Browser;
use site::Site;

/// Events of the pickers' venue.
const EVENTS: usize = 50_000;
/// When the snapshots say they were built.
const BUILT_AT: &str = "2026-11-21T06:10:00Z";

/// What every script has: the time until what is drawn next is on the screen, and percentiles.
const HELPERS: &str = "
    const painted = () => new Promise((then) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => then(performance.now());
        port2.postMessage(0);
    }));
    const told = (times) => {
        const sorted = [...times].sort((one, other) => one - other);
        const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
        return { p50: at(0.5), p95: at(0.95), most: sorted.at(-1), count: sorted.length };
    };
";

/// Moves a handle to and fro for three seconds, once a frame, with all boxes and their histograms
/// shown. *control*: until the frame with the handle is painted. *number*: until the first frame
/// with the result of that very step or of a later one. Long tasks are those over 50 ms.
const DRAG: &str = "
    const [title, name] = args;
    const box = document.querySelector(`section.filter-box[aria-label='${title}']`);
    const handle = box.querySelector(`input[type=range][aria-label='${name}']`);
    const output = document.querySelector('.result-bar output');
    const fields = () => Array.from(box.querySelectorAll('input:not([type=range])'), (field) => field.value).join();
    const tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration)))
        .observe({ type: 'longtask' });
    const changes = [];
    new MutationObserver(() => changes.push(performance.now()))
        .observe(output, { childList: true, characterData: true, subtree: true });
    const say = (event) => handle.dispatchEvent(event);
    say(new PointerEvent('pointerdown', { bubbles: true, pointerId: 1, isPrimary: true, buttons: 1 }));
    const steps = [], controls = [], start = performance.now();
    for (let turn = 0; performance.now() - start < 3000; turn++) {
        const begun = performance.now(), before = fields();
        handle.value = String(handle.max * (0.5 + 0.45 * Math.sin(turn / 17)));
        say(new Event('input', { bubbles: true }));
        controls.push(await painted() - begun);
        // A handle stands on round values: a step that stays on one asks nothing.
        if (fields() !== before) steps.push(begun);
    }
    say(new Event('change', { bubbles: true }));
    await new Promise((then) => setTimeout(then, 500));
    // The number of a step is there with the first change after it; a frame paints it.
    const numbers = steps.map((begun) => {
        const change = changes.find((time) => time > begun);
        return change === undefined ? undefined : change - begun;
    }).filter((time) => time !== undefined);
    return { control: told(controls), number: told(numbers), changes: changes.length,
             'tasks over 50 ms': tasks.length };
";

/// Types into a picker's search, a letter at a time, and takes it back.
const SEARCH: &str = "
    const field = document.querySelector(args[0]);
    const list = document.getElementById(field.getAttribute('aria-controls'));
    const words = 'svan 2021 lör';
    const times = [];
    for (let length of [...Array(words.length).keys(), ...[...Array(words.length).keys()].reverse()]) {
        const begun = performance.now();
        field.value = words.slice(0, length + 1);
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        times.push(await painted() - begun);
        await new Promise((then) => setTimeout(then, 30));
    }
    return { ...told(times), rows: list.querySelectorAll('[role=option]').length };
";

/// Opens something by a press; until its list is painted.
const OPENING: &str = "
    const button = Array.from(document.querySelectorAll('button')).find((one) => one.innerText === args[0]);
    const begun = performance.now();
    button.click();
    while (!document.querySelector(args[1])) { await painted(); }
    return { ms: await painted() - begun };
";

fn main() {
    let said = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let customers = said.unwrap_or(1_000_000);
    let today = Day::from_ymd(2026, 11, 21).expect("a day of the calendar");
    let settings = Settings::new(customers, 1, today).expect("a size that the demo allows");
    let large = tempfile::tempdir().expect("a folder for the snapshot");
    let (facts, contacts) = demo::build(&settings);
    folder::write(&large.path().join("snapshot"), &facts, &contacts, BUILT_AT)
        .expect("a new folder");
    drop((facts, contacts));
    drag(&large, customers);
    pick(&many_events());
}

/// A host of `dist/` whose own snapshot is the one in a folder.
fn host(folder: &TempDir) -> Site {
    let config = r#"{"snapshot":"snapshot/","language":"en"}"#;
    fs::write(folder.path().join("config.json"), config).expect("a folder of our own");
    Site::isolated_with(vec![("", folder.path().to_owned())])
}

async fn opened(browser: &Browser, site: &Site, address: &str) {
    browser.client.goto(&site.url(address)).await.expect("the page is served");
    let counted = Locator::XPath("//output[contains(., ',')]");
    let patience = Duration::from_mins(2);
    browser.client.wait().at_most(patience).for_element(counted).await.expect("the data opens");
}

fn drag(folder: &TempDir, customers: u32) {
    let site = host(folder);
    let document = json!({
        "version": 1,
        "segment": { "name": "Two years", "events": { "days_back": 730 } },
        "filters": { "distance_km": { "max": 60 }, "revenue": { "max": 5000 }, "orders": { "min": 1 } },
        "boxes": ["distance_km", "gender", "revenue", "orders", "sales_type", "subscription",
                  "last_purchase", "tickets", "events", "impulsive", "tickets_per_order", "purchases"],
    });
    let address = format!("/#/view/{}", URL_SAFE_NO_PAD.encode(document.to_string()));
    browser::in_browser(move |browser| async move {
        opened(&browser, &site, &address).await;
        println!("{customers} customers, twelve boxes, a drag of 3 s (ms)");
        for (title, handle) in [("Distance", "Distance, to"), ("Revenue", "Revenue, to")] {
            // The first drag of a column sorts it; both are told.
            for turn in ["first", "second"] {
                let script = format!("{HELPERS}{DRAG}");
                let found = browser.run(&script, vec![title.into(), handle.into()]).await;
                println!("| {title}, {turn} drag | {} |", rounded(&found));
            }
        }
    });
}

fn pick(folder: &TempDir) {
    let site = host(folder);
    browser::in_browser(move |browser| async move {
        let view =
            json!({ "version": 1, "segment": { "name": "S", "events": { "days_back": "all" } } });
        let address = format!("/#/view/{}", URL_SAFE_NO_PAD.encode(view.to_string()));
        opened(&browser, &site, &address).await;
        println!("{EVENTS} events (ms)");
        let tell = async |what: &str, script: &str, args: Vec<Value>| {
            let found = browser.run(&format!("{HELPERS}{script}"), args).await;
            println!("| {what} | {} |", rounded(&found));
        };
        let list = "#mode-choice [role=option]";
        for turn in ["first", "second"] {
            let what = format!("open the picker of events, {turn} time");
            tell(&what, OPENING, vec!["For event".into(), list.into()]).await;
            tell("a key in its search", SEARCH, vec!["#mode-choice-search".into()]).await;
            browser.run("document.querySelector('dialog').close();", vec![]).await;
        }
        let form = "#events [role=option]";
        tell("open the form of the segment", OPENING, vec!["S".into(), form.into()]).await;
        tell("a key in its event dates", SEARCH, vec!["#events-search".into()]).await;
    });
}

fn rounded(found: &Value) -> String {
    let parts = found.as_object().into_iter().flatten().map(|(name, value)| match value {
        Value::Object(_) => format!("{name}: {}", rounded(value)),
        _ => format!("{name} {:.1}", value.as_f64().unwrap_or(f64::NAN)),
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// A venue of many events and few customers, built and written to a folder.
fn many_events() -> TempDir {
    let mut export = MemoryFolder::default();
    let venue = "name = \"Large House\"\ntime_zone = \"Europe/Stockholm\"\ncurrency = \"SEK\"\n\
                 latitude = 59.3326\nlongitude = 18.0649\ncountry = \"SE\"\n";
    export.insert("venue.toml", venue);
    let mut events =
        "event_id,name,starts_at,production_id,production,season,categories\n".to_owned();
    let mut tickets = "ticket_id,order_id,event_id,price\n".to_owned();
    let mut orders = "order_id,customer_id,ordered_at,channel\n".to_owned();
    let mut customers = "customer_id,first_name\n".to_owned();
    let first = Day::from_ymd(1990, 1, 1).expect("a day of the calendar").number();
    for at in 0..EVENTS {
        let day = Day::from_number(first + (at / 4) as i32).expect("before the calendar ends");
        let (group, year) = (at / 20, day.ymd().0);
        writeln!(
            events,
            "E{at},Svansjön del {},{day}T19:30,P{group},Svansjön {group},Säsong {year},Balett",
            at % 20
        )
        .expect("writing to a String does not fail");
    }
    for at in 0..5_000 {
        let event = at * (EVENTS / 5_000);
        writeln!(customers, "K{at},Anna").expect("writing to a String does not fail");
        writeln!(orders, "O{at},K{at},2026-01-01T10:00,online")
            .expect("writing to a String does not fail");
        writeln!(tickets, "T{at},O{at},E{event},100").expect("writing to a String does not fail");
    }
    for (name, text) in [
        ("events.csv", events),
        ("tickets.csv", tickets),
        ("orders.csv", orders),
        ("customers.csv", customers),
    ] {
        export.insert(name, text);
    }
    let read = read(&export, &Options::default(), &mut |_| ControlFlow::Continue(()))
        .expect("the folder is right in every cell");
    assert!(read.rejects.is_empty(), "{} rejects", read.rejects.len());
    let folder = tempfile::tempdir().expect("a folder for the snapshot");
    let snapshot: &Path = &folder.path().join("snapshot");
    folder::write(snapshot, &read.facts, &read.contacts, BUILT_AT).expect("a new folder");
    folder
}
