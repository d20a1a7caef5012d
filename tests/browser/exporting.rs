//! Lists that leave the page: each is the file that `publik export` writes, after a look at who
//! goes out, and leaves a line in the record.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fantoccini::Locator;
use fantoccini::wd::WebDriverCompatibleCommand;
use publik::demo::{self, Settings};
use publik::model::Day;
use publik::snapshot::folder;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::browser::{Browser, ZONE, click, in_browser};
use crate::export_support::{Desk, EVERYONE, err, rows};
use crate::site::Site;
use crate::workspace_access::axe;

/// How long a file may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// The destination and the form that each format is chosen by.
const FORMATS: [(&str, &str, &str); 8] = [
    ("list.csv", "The list as shown", "CSV"),
    ("list.xlsx", "The list as shown", "Excel"),
    ("full.csv", "Full customer data", "CSV"),
    ("full.xlsx", "Full customer data", "Excel"),
    ("meta.csv", "Facebook / Meta", "Hashed"),
    ("meta-plain.csv", "Facebook / Meta", "Plain"),
    ("mailchimp.csv", "External e-mail", "Mailchimp"),
    ("apsis.csv", "External e-mail", "APSIS"),
];

/// A command of Chromium's own protocol.
#[derive(Debug)]
struct Chromium(&'static str, Value);

impl WebDriverCompatibleCommand for Chromium {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({ "cmd": self.0, "params": self.1 });
        (http::Method::POST, Some(body.to_string()))
    }
}

/// Where the browser puts what it downloads.
struct Downloads {
    folder: TempDir,
}

impl Downloads {
    async fn of(browser: &Browser) -> Downloads {
        let folder = tempfile::tempdir().unwrap();
        let params = json!({ "behavior": "allow", "downloadPath": folder.path() });
        browser.client.issue_cmd(Chromium("Browser.setDownloadBehavior", params)).await.unwrap();
        Downloads { folder }
    }

    /// The file of a name, once it is there and whole; it is taken away.
    async fn take(&self, name: &str) -> Vec<u8> {
        let begun = Instant::now();
        loop {
            let names = fs::read_dir(self.folder.path()).unwrap();
            let names: BTreeSet<String> =
                names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            if names.contains(name) && !names.iter().any(|name| name.ends_with(".crdownload")) {
                let path = self.folder.path().join(name);
                let bytes = fs::read(&path).unwrap();
                fs::remove_file(path).unwrap();
                return bytes;
            }
            assert!(begun.elapsed() < PATIENCE, "no {name} among {names:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// A snapshot as a site's own, beside the built page.
pub struct Host {
    pub site: Site,
    _config: TempDir,
}

impl Host {
    pub fn of(snapshot: PathBuf) -> Host {
        let config = tempfile::tempdir().unwrap();
        fs::write(config.path().join("config.json"), r#"{"snapshot":"data/"}"#).unwrap();
        let site = Site::with(vec![("/data", snapshot), ("", config.path().to_owned())]);
        Host { site, _config: config }
    }
}

async fn open(browser: &Browser, site: &Site, view: &str) {
    let view = serde_json::from_str::<Value>(view).unwrap().to_string();
    let view = URL_SAFE_NO_PAD.encode(view);
    let address = site.url(&format!("/#/view/{view}?as_of=2026-11-21"));
    browser.client.goto(&address).await.unwrap();
    browser.wait_for(Locator::XPath("//button[.='Export'][not(@disabled)]")).await;
}

/// Opens the dialog and chooses what for, and in which form.
async fn choose(browser: &Browser, destination: &str, form: &str) {
    let form =
        format!("//dialog//*[starts-with(@aria-label, '{destination}')]//label[@title='{form}']");
    click(browser, &form).await;
}

/// The button that writes, once it says how many rows.
async fn write(browser: &Browser, rows: &str) {
    let rows = format!("//dialog//button[.='Export {rows}'][not(@disabled)]");
    click(browser, &rows).await;
}

pub async fn says(browser: &Browser, text: &str) {
    let path = format!("//dialog//*[contains(normalize-space(.), '{text}')]");
    browser.wait_for(Locator::XPath(&path)).await;
}

pub async fn is_gone(browser: &Browser, what: &str) {
    let begun = Instant::now();
    while browser.client.find(Locator::Css(what)).await.is_ok() {
        assert!(begun.elapsed() < PATIENCE, "{what} stays");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

pub async fn is_accessible(browser: &Browser, what: &str) {
    let script = fs::read_to_string(axe()).expect("tools/setup.sh test installs axe-core");
    // Handed in by the driver: the page's own rules forbid making code out of text.
    browser.client.execute(&script, vec![]).await.unwrap();
    let run = "await Promise.allSettled(document.getAnimations().map((one) => one.finished));
               const found = await axe.run(document);
               return found.violations.map((one) => [one.id, one.impact, one.nodes[0].html]);";
    let found = browser.run(run, vec![]).await;
    assert_eq!(found, json!([]), "{what}");
}

/// `1,127 rows`, as the button says it.
fn in_words(rows: u64) -> String {
    match rows {
        1 => "1 row".to_owned(),
        0..1000 => format!("{rows} rows"),
        _ => format!("{},{:03} rows", rows / 1000, rows % 1000),
    }
}

#[test]
fn every_list_of_awkward_customers_is_the_file_of_the_command_line() {
    let desk = Desk::new();
    let host = Host::of(desk.path("snapshot"));
    in_browser(|browser| async move {
        let downloads = Downloads::of(&browser).await;
        open(&browser, &host.site, EVERYONE).await;
        click(&browser, "//button[.='Export']").await;
        for (format, destination, form) in FORMATS {
            let done = desk.export(format, &[]);
            assert!(done.status.success(), "{}", err(&done));
            choose(&browser, destination, form).await;
            write(&browser, &in_words(rows(&done)["rows_out"].as_u64().unwrap())).await;
            let name = format!("Lilla-scenen-Everyone-2026-11-21-{format}");
            let file = downloads.take(&name).await;
            assert!(file == desk.read("out"), "{format} differs from the command line's");
        }
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn every_list_of_the_demo_is_the_file_of_the_command_line() {
    const VIEW: &str = r#"{"version":1,"name":"Often","segment":{"name":"A",
        "events":{"days_back":900}},"filters":{"orders":{"min":3}}}"#;
    let desk = tempfile::tempdir().unwrap();
    let today = jiff::Timestamp::now().in_tz(ZONE).unwrap().date().to_string();
    let settings = Settings::new(10_000, 1, Day::parse(&today).unwrap()).unwrap();
    let (facts, contacts) = demo::build(&settings);
    // What is awkward in a file's name became hyphens.
    assert_eq!(facts.venue.name, "Lykttornet, scen & konserthus");
    let venue = "Lykttornet-scen-konserthus";
    fs::write(desk.path().join("view.json"), VIEW).unwrap();
    let site = Site::of_dist();
    in_browser(|browser| async move {
        let downloads = Downloads::of(&browser).await;
        open(&browser, &site, VIEW).await;
        click(&browser, "//button[.='Export']").await;
        for (format, destination, form) in FORMATS {
            choose(&browser, destination, form).await;
            let ready = "//dialog//button[starts-with(., 'Export ')][not(@disabled)]";
            click(&browser, ready).await;
            let name = format!("{venue}-Often-2026-11-21-{format}");
            let file = downloads.take(&name).await;
            // The demo is built when the page opens, and a workbook says when.
            let built_at = if format.ends_with("xlsx") {
                created(&file)
            } else {
                "2026-11-21T06:10:00Z".to_owned()
            };
            let snapshot = desk.path().join(format!("of-{format}"));
            fs::create_dir(&snapshot).unwrap();
            folder::write(&snapshot, &facts, &contacts, &built_at).unwrap();
            let out = exported(&snapshot, &desk.path().join("view.json"), format, &[]);
            assert!(file == out, "{format} differs from the command line's");
        }
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

/// What `publik export` writes.
fn exported(snapshot: &Path, view: &Path, format: &str, more: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let done = Command::new(env!("CARGO_BIN_EXE_publik"))
        .arg("export")
        .arg(snapshot)
        .arg("--view")
        .arg(view)
        .args(["--as-of", "2026-11-21", "--format", format])
        .args(more)
        .arg("-o")
        .arg(&out)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", err(&done));
    fs::read(out).unwrap()
}

/// When a workbook says that it was made.
fn created(workbook: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut core = String::new();
    archive.by_name("docProps/core.xml").unwrap().read_to_string(&mut core).unwrap();
    let after = core.split("<dcterms:created").nth(1).unwrap().split_once('>').unwrap().1;
    after.split('<').next().unwrap().to_owned()
}

#[test]
fn a_list_goes_out_in_the_order_and_language_of_the_page() {
    let desk = Desk::new();
    let host = Host::of(desk.path("snapshot"));
    in_browser(|browser| async move {
        let downloads = Downloads::of(&browser).await;
        open(&browser, &host.site, EVERYONE).await;
        click(&browser, "//button[contains(., 'Svenska')]").await;
        click(&browser, "//button[.='Visa kunder']").await;
        click(&browser, "//*[@role='columnheader']//button[contains(., 'Efternamn')]").await;
        browser.wait_for(Locator::XPath("//*[@role='columnheader'][@aria-sort]")).await;
        is_accessible(&browser, "the open list").await;
        click(&browser, "//button[.='Exportera']").await;
        click(&browser, "//dialog//button[.='Exportera 13 rader'][not(@disabled)]").await;
        let file = downloads.take("Lilla-scenen-Everyone-2026-11-21-list.csv").await;
        let file = String::from_utf8(file).unwrap();
        let (expected, _) = desk.list("list.csv", &["--locale", "sv"]);
        let lines = |text: &str| -> Vec<String> {
            text.trim_start_matches('\u{feff}')
                .split_terminator("\r\n")
                .map(str::to_owned)
                .collect()
        };
        let (written, mut sorted) = (lines(&file), lines(&expected));
        assert_eq!(written[0], sorted[0]);
        let ids: Vec<&str> = written[1..].iter().map(|line| &line[..3]).collect();
        // Again, Bad, Bad without, Both, D'Arc-Östman, Nowhere, Phone, Says…, Suppressed, Twin ×2,
        // Without, Öst: as Swedish sorts, with Ö behind Z.
        assert_eq!(
            ids,
            [
                "K11", "K04", "K07", "K08", "K01", "K12", "K03", "K13", "K06", "K09", "K10", "K05",
                "K02"
            ]
        );
        let mut written = written;
        written.sort();
        sorted.sort();
        assert_eq!(written, sorted);
    });
}

#[test]
fn going_without_consent_needs_a_reason_that_stays_in_the_record() {
    const WHY: &str = "The house moves, and ticket holders must know";
    let desk = Desk::new();
    let host = Host::of(desk.path("snapshot"));
    in_browser(|browser| async move {
        let downloads = Downloads::of(&browser).await;
        open(&browser, &host.site, EVERYONE).await;
        click(&browser, "//button[.='Export']").await;
        choose(&browser, "External e-mail", "Mailchimp").await;
        says(&browser, "Has given consent: Newsletter").await;
        click(&browser, "//dialog//label[contains(., 'Only with consent: Newsletter')]").await;
        let done = desk.export("mailchimp.csv", &["--ungated", WHY]);
        assert!(done.status.success(), "{}", err(&done));
        let out = in_words(rows(&done)["rows_out"].as_u64().unwrap());
        let held = format!("//dialog//button[.='Export {out}'][@disabled]");
        browser.wait_for(Locator::XPath(&held)).await;
        let field = "//dialog//label[contains(., 'Why without consent')]//input";
        browser.wait_for(Locator::XPath(field)).await.send_keys(WHY).await.unwrap();
        write(&browser, &out).await;
        let name = "Lilla-scenen-Everyone-2026-11-21-mailchimp.csv";
        assert!(downloads.take(name).await == desk.read("out"));
        says(&browser, &format!("{out} are in {name}")).await;
        // What is left to do is to close.
        let strongest = "return Array.from(document.querySelectorAll('dialog[open] .button--primary'), (button) => button.innerText.trim());";
        assert_eq!(browser.run(strongest, vec![]).await, json!(["Close"]));
        let row = format!("//dialog//tr[td[.='Everyone']][td[.='mailchimp.csv']][td[.='{WHY}']]");
        // A dialog that opens while the page still starts can go again with what is drawn anew; a
        // record that is lost stays lost.
        let mut is_there = false;
        for _ in 0..3 {
            browser.client.refresh().await.unwrap();
            click(&browser, "//button[.='Export'][not(@disabled)]").await;
            click(&browser, "//dialog//button[.='Record of exports']").await;
            let patience = std::time::Duration::from_secs(10);
            let wait = browser.client.wait().at_most(patience);
            is_there = wait.for_element(Locator::XPath(&row)).await.is_ok();
            if is_there {
                break;
            }
        }
        assert!(is_there, "the record holds no such export");
        is_accessible(&browser, "the record").await;
        click(&browser, "//dialog//button[.='Download as CSV']").await;
        let record = String::from_utf8(downloads.take("exports.csv").await).unwrap();
        let line = record.lines().nth(1).unwrap();
        assert!(line.contains("Everyone,2026-11-21,mailchimp.csv,,13,"), "{line}");
        assert!(line.contains(WHY) && record.lines().count() == 2, "{record}");
        assert!(!record.contains('@') && !record.contains("K01"), "{record}");
    });
}

#[test]
fn whoever_is_left_out_is_counted_and_named_before_anything_is_written() {
    let desk = Desk::new();
    let host = Host::of(desk.path("snapshot"));
    in_browser(|browser| async move {
        let downloads = Downloads::of(&browser).await;
        open(&browser, &host.site, EVERYONE).await;
        click(&browser, "//button[.='Export']").await;
        choose(&browser, "Facebook / Meta", "Hashed").await;
        let few = "Meta advises against audiences of fewer than 100";
        says(&browser, few).await;
        let name = "//dialog//label[contains(., 'Name of the audience')]//input";
        let name = browser.wait_for(Locator::XPath(name)).await;
        name.clear().await.unwrap();
        name.send_keys("High income").await.unwrap();
        says(&browser, "“income” hints at health or money").await;
        // As a reader would choose a file.
        let body = "HTMLInputElement.prototype.click = function () {
            const transfer = new DataTransfer();
            transfer.items.add(new File([args[0]], 'gone.txt'));
            this.files = transfer.files;
            this.onchange(new Event('change'));
        };";
        browser.run(body, vec![json!("Anna Ek")]).await;
        click(&browser, "//dialog//button[contains(., 'Leave out people')]").await;
        says(&browser, "Line 1 of the file is neither an address").await;
        let suppressions = "\u{feff}sup2@example.se\r\nSUP@example.se\r\n";
        browser.run(body, vec![json!(suppressions)]).await;
        click(&browser, "//dialog//button[contains(., 'Leave out people')]").await;
        desk.write("gone.txt", suppressions);
        let done = desk
            .export("meta.csv", &["--suppressions", &desk.path("gone.txt").display().to_string()]);
        let counted = rows(&done);
        says(&browser, "1 is in the file").await;
        assert_eq!(counted["left_out"]["suppressed"], 1, "{counted}");
        let people = "return Array.from(document.querySelectorAll('dialog tbody tr'),
            (row) => Array.from(row.cells, (cell) => cell.textContent));";
        click(&browser, "//dialog//button[.='1 is in the file']").await;
        says(&browser, "sup@example.se").await;
        assert_eq!(
            browser.run(people, vec![]).await,
            json!([["K06", "Dag Suppressed", "sup@example.se"]])
        );
        is_accessible(&browser, "the dialog").await;
        let twins = counted["left_out"]["duplicate"].as_u64().unwrap();
        click(&browser, &format!("//dialog//button[starts-with(., '{twins} share')]")).await;
        says(&browser, "the one with the latest order goes out").await;
        let shown = browser.run(people, vec![]).await;
        assert_eq!(shown.as_array().unwrap().len() as u64, twins, "{shown}");
        let twin = json!(["K10", "Hal Twin", "Twin@Example.SE", "K09"]);
        assert!(shown.as_array().unwrap().contains(&twin), "{shown}");
        write(&browser, &in_words(counted["rows_out"].as_u64().unwrap())).await;
        let file = downloads.take("Lilla-scenen-High-income-2026-11-21-meta.csv").await;
        assert!(file == desk.read("out"));
    });
}

#[test]
fn sealed_contacts_ask_for_their_passphrase_first() {
    let desk = Desk::new();
    desk.write("passphrase", "Röda rummet\n");
    let sealed = ["build", "@export", "-o", "@sealed", "--built-at", "2026-11-21T07:10:00+01:00"];
    let sealed = desk.run(&[&sealed[..], &["--passphrase-file", "@passphrase"]].concat());
    assert!(sealed.status.success(), "{}", err(&sealed));
    let host = Host::of(desk.path("sealed"));
    in_browser(|browser| async move {
        let downloads = Downloads::of(&browser).await;
        open(&browser, &host.site, EVERYONE).await;
        click(&browser, "//button[.='Export']").await;
        click(&browser, "//dialog//button[.='Unlock']").await;
        let field = "//dialog//input[@type='password']";
        browser.wait_for(Locator::XPath(field)).await.send_keys("Gösta Berling").await.unwrap();
        click(&browser, "//dialog[.//input[@type='password']]//button[.='Unlock']").await;
        says(&browser, "That is not the passphrase").await;
        is_accessible(&browser, "the passphrase's dialog").await;
        let field = browser.wait_for(Locator::XPath(field)).await;
        field.clear().await.unwrap();
        field.send_keys("Röda rummet").await.unwrap();
        click(&browser, "//dialog[.//input[@type='password']]//button[.='Unlock']").await;
        is_gone(&browser, "dialog input[type=password]").await;
        choose(&browser, "Full customer data", "CSV").await;
        write(&browser, "13 rows").await;
        let file = downloads.take("Lilla-scenen-Everyone-2026-11-21-full.csv").await;
        desk.export("full.csv", &[]);
        assert!(file == desk.read("out"));
    });
}

#[test]
fn a_long_list_goes_to_the_disk_as_it_comes_and_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let today = Day::parse("2026-11-21").unwrap();
    let (facts, contacts) = demo::build(&Settings::new(60_000, 3, today).unwrap());
    let snapshot = folder.path().join("snapshot");
    fs::create_dir(&snapshot).unwrap();
    folder::write(&snapshot, &facts, &contacts, "2026-11-21T06:10:00Z").unwrap();
    let host = Host::of(snapshot.clone());
    let view = folder.path().join("view.json");
    fs::write(&view, EVERYONE).unwrap();
    in_browser(|browser| async move {
        open(&browser, &host.site, EVERYONE).await;
        // The place that a reader would choose: no driver can answer that dialog.
        let stub = "window.showSaveFilePicker = async ({ suggestedName }) => {
                const folder = await navigator.storage.getDirectory();
                return folder.getFileHandle(suggestedName, { create: true });
            };";
        browser.run(stub, vec![]).await;
        click(&browser, "//button[.='Export']").await;
        choose(&browser, "Full customer data", "Excel").await;
        write(&browser, "60,000 rows").await;
        click(&browser, "//dialog//button[.='Stop']").await;
        says(&browser, "Stopped. Nothing was kept.").await;
        choose(&browser, "The list as shown", "CSV").await;
        write(&browser, "60,000 rows").await;
        says(&browser, "60,000 rows are in ").await;
        let kept = "const folder = await navigator.storage.getDirectory();
            const read = async (name) => {
                const file = await (await folder.getFileHandle(name)).getFile();
                const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
                return [file.size, Array.from(new Uint8Array(hash))];
            };
            const names = [];
            for await (const name of folder.keys()) if (name.endsWith(args[0])) names.push(name);
            return await Promise.all(names.map(read));";
        let stopped = browser.run(kept, vec![json!("full.xlsx")]).await;
        assert_eq!(stopped[0][0], 0, "{stopped}");
        let expected = exported(&snapshot, &view, "list.csv", &[]);
        let hash = Sha256::digest(&expected).to_vec();
        let kept = browser.run(kept, vec![json!("list.csv")]).await;
        assert_eq!(kept, json!([[expected.len(), hash]]));
    });
}
