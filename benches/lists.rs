//! What the list of customers and the files that leave cost in headless Chromium: the first rows, scrolling
//! and sorting with everybody in the list, and every format from the press of the button to the whole file.
//!
//! `make bench` builds `dist/` first; `cargo bench --features cli,built-pages --bench lists --
//! [CUSTOMERS]`, 1,000,000 unless said; files are of a tenth of them.

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/browser/browser.rs"]
mod browser;
#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/browser/site.rs"]
mod site;

use std::fs;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fantoccini::Locator;
use publik::demo::{self, Settings};
use publik::model::Day;
use publik::snapshot::folder;
use serde_json::{Value, json};
use tempfile::TempDir;

use browser::Browser;
use site::Site;

/// What a file is for, and its form, as the dialog has them.
const FORMATS: [(&str, &str); 8] = [
    ("The list as shown", "CSV"),
    ("The list as shown", "Excel"),
    ("Full customer data", "CSV"),
    ("Full customer data", "Excel"),
    ("Facebook / Meta", "Hashed"),
    ("Facebook / Meta", "Plain"),
    ("External e-mail", "Mailchimp"),
    ("External e-mail", "APSIS"),
];

/// What every script has: the next painted frame, and percentiles.
const HELPERS: &str = "
    const painted = () => new Promise((then) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => then(performance.now());
        port2.postMessage(0);
    }));
    const told = (times) => {
        const sorted = [...times].sort((one, other) => one - other);
        const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
        return { p50: at(0.5), p95: at(0.95), most: sorted.at(-1) };
    };
    const button = (of, says) => Array.from(of.querySelectorAll('button'))
        .find((one) => says.test(one.innerText.trim()) && !one.disabled);
    const dialog = () => document.querySelector('dialog[open]');
    const until = async (is) => { while (!is()) await painted(); return performance.now(); };
";

/// From the press to the first painted rows with an address in them; contacts and their module come meanwhile.
const FIRST_ROWS: &str = "
    const begun = performance.now();
    button(document, /^View customers$/).click();
    const shown = await until(() => document.querySelector('[role=gridcell] a[href^=\"mailto:\"]'));
    return { ms: shown - begun, rows: document.querySelector('[role=grid]').ariaRowCount - 1 };
";

/// A hundred places of the list, here and there; until the middle of the list shows a row.
const SCROLL: &str = "
    const grid = document.querySelector('[role=grid]');
    grid.scrollIntoView({ block: 'center' });
    const { x, y, width, height } = grid.getBoundingClientRect();
    const shows = () => document.elementFromPoint(x + width / 2, y + height / 2)?.closest('[role=row][aria-selected]');
    const times = [];
    for (let turn = 1; turn <= 100; turn++) {
        grid.scrollTop = (grid.scrollHeight - height) * (turn * 0.618034 % 1);
        const begun = performance.now();
        await painted();
        times.push(await until(shows) - begun);
    }
    grid.scrollTop = 0;
    await until(shows);
    return told(times);
";

/// A press on a column's head, twice; until another customer stands first.
const SORT: &str = "
    const [title] = args;
    const first = () => document.querySelector('[role=row][aria-rowindex=\"2\"]')?.innerText;
    const head = Array.from(document.querySelectorAll('[role=columnheader]'))
        .find((one) => one.innerText.trim().startsWith(title));
    const times = {};
    for (const turn of ['first', 'other way']) {
        const before = first();
        const begun = performance.now();
        head.querySelector('button').click();
        times[turn] = await until(() => first() !== undefined && first() !== before) - begun;
    }
    return times;
";

/// From the choice of a form until it is known who goes out, and from the press until the file is whole.
const EXPORT: &str = "
    const [destination, form] = args;
    button(document, /^Export$/).click();
    const choice = () => document.querySelector(`dialog[open] [aria-label^='${destination}'] label[title='${form}']`);
    await until(choice);
    await until(() => button(dialog(), /^Export .*rows$/));
    const begun = performance.now();
    choice().click();
    await painted();
    await until(() => button(dialog(), /^Export .*rows$/));
    const checked = performance.now();
    button(dialog(), /^Export .*rows$/).click();
    const [, rows] = await (async () => {
        for (;;) {
            const found = /([\\d,]+) rows are in /.exec(dialog().innerText);
            if (found) return found;
            await painted();
        }
    })();
    const written = performance.now();
    dialog().close();
    await painted();
    return { 'who goes out': checked - begun, file: written - checked, rows: Number(rows.replace(/,/g, '')) };
";

/// The place that a reader would choose: no driver can answer that dialog.
const PLACE: &str = "window.showSaveFilePicker = async ({ suggestedName }) => {
    const folder = await navigator.storage.getDirectory();
    return folder.getFileHandle(suggestedName, { create: true });
};";

fn main() {
    let said = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let customers = said.unwrap_or(1_000_000);
    browse(&venue(customers), customers);
    export(&venue(customers / 10), customers / 10);
}

/// A made-up venue's snapshot, and a page of its own that opens it.
fn venue(customers: u32) -> TempDir {
    let today = Day::from_ymd(2026, 11, 21).expect("a day of the calendar");
    let settings = Settings::new(customers, 1, today).expect("a size that the demo allows");
    let folder = tempfile::tempdir().expect("a folder for the snapshot");
    let (facts, contacts) = demo::build(&settings);
    folder::write(&folder.path().join("snapshot"), &facts, &contacts, "2026-11-21T06:10:00Z")
        .expect("a new folder");
    let config = r#"{"snapshot":"snapshot/","language":"en"}"#;
    fs::write(folder.path().join("config.json"), config).expect("a folder of our own");
    folder
}

/// Opens the view that has everybody.
async fn opened(browser: &Browser, site: &Site) {
    let view = json!({
        "version": 1,
        "segment": { "name": "Everybody", "people": "everyone", "events": { "days_back": "all" } },
    });
    let address = format!("/#/view/{}", URL_SAFE_NO_PAD.encode(view.to_string()));
    browser.client.goto(&site.url(&address)).await.expect("the page is served");
    let counted = Locator::XPath("//output[contains(., ',')]");
    let patience = Duration::from_mins(2);
    browser.client.wait().at_most(patience).for_element(counted).await.expect("the data opens");
}

async fn tell(browser: &Browser, what: &str, script: &str, args: Vec<Value>) {
    let found = browser.run(&format!("{HELPERS}{script}"), args).await;
    let numbers = found.as_object().into_iter().flatten();
    let parts =
        numbers.map(|(name, value)| format!("{name} {:.0}", value.as_f64().unwrap_or(f64::NAN)));
    println!("| {what} | {} |", parts.collect::<Vec<_>>().join(", "));
}

fn browse(folder: &TempDir, customers: u32) {
    let site = Site::isolated_with(vec![("", folder.path().to_owned())]);
    browser::in_browser(move |browser| async move {
        opened(&browser, &site).await;
        println!("the list of {customers} customers (ms)");
        tell(&browser, "first rows, contacts loaded", FIRST_ROWS, vec![]).await;
        tell(&browser, "scroll to any row", SCROLL, vec![]).await;
        for title in [
            "First name",
            "Last name",
            "E-mail",
            "Town",
            "Orders",
            "Revenue",
            "Distance",
            "Last purchase",
        ] {
            tell(&browser, &format!("sort by {title}"), SORT, vec![title.into()]).await;
        }
    });
}

fn export(folder: &TempDir, customers: u32) {
    let site = Site::isolated_with(vec![("", folder.path().to_owned())]);
    browser::in_browser(move |browser| async move {
        opened(&browser, &site).await;
        browser.run(PLACE, vec![]).await;
        println!("files of {customers} customers, contacts loaded with the first (ms)");
        for turn in ["first", "second"] {
            for (destination, form) in FORMATS {
                let what = format!("{destination}, {form}, {turn} time");
                tell(&browser, &what, EXPORT, vec![destination.into(), form.into()]).await;
            }
        }
    });
}
