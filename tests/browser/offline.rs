//! Without a network, and from one version to the next.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::Locator;
use publik::demo::{self, Settings};
use publik::model::Day;
use publik::snapshot::folder;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::{Browser, in_browser, in_browser_of};
use crate::hosting::{COUNTED, press};
use crate::site::{Mood, Site, dist};

/// Where the page lies on its host.
const PATH: &str = "/theatre/publik";

/// Waits until the script gives something true, and gives it.
async fn until(browser: &Browser, script: &str) -> Value {
    for _ in 0..300 {
        let value = browser.run(script, vec![]).await;
        if value != json!(false) && !value.is_null() {
            return value;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("never came true: {script}");
}

/// Goes to the page and waits until a copy of the program is kept.
async fn visit(browser: &Browser, site: &Site) {
    browser.client.goto(&site.url(&format!("{PATH}/"))).await.unwrap();
    browser.wait_for(COUNTED).await;
    until(browser, "return navigator.serviceWorker.controller?.state === 'activated'").await;
}

/// Which version of the program runs: the hash in the start script's name.
async fn running(browser: &Browser) -> String {
    let script = "return document.querySelector('script[src]').getAttribute('src')";
    browser.run(script, vec![]).await.as_str().unwrap().to_owned()
}

/// Names of the kept versions.
async fn versions(browser: &Browser) -> Vec<String> {
    let names = browser.run("return (await caches.keys()).sort()", vec![]).await;
    let names = names.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned());
    names.filter(|name| !name.ends_with(" site")).collect()
}

/// The number of customers in the result.
async fn total(browser: &Browser) -> String {
    browser.wait_for(Locator::Css(".result-bar output")).await.text().await.unwrap()
}

/// A built page that differs from `dist/`, as the next version does: other bytes in the start
/// script, so another name, and the list that says so.
fn next_version(mark: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&dist(), folder.path());
    let old = names(folder.path()).into_iter().find(|name| is_start(name)).unwrap();
    let stem = old.strip_suffix(".js").unwrap();
    let new = format!("{}{mark}.js", &stem[..stem.len() - mark.len()]);
    assert_ne!(old, new);
    let text = fs::read_to_string(folder.path().join(&old)).unwrap();
    let text = format!("{text}// {mark}\n");
    fs::remove_file(folder.path().join(&old)).unwrap();
    fs::write(folder.path().join(&new), &text).unwrap();
    let page = fs::read_to_string(folder.path().join("index.html")).unwrap();
    let page = page.replace(&old, &new);
    fs::write(folder.path().join("index.html"), &page).unwrap();
    let worker = fs::read_to_string(folder.path().join("sw.js")).unwrap();
    let worker = with_hash(&worker, &old, &new, text.as_bytes());
    let worker = with_hash(&worker, "./", "./", page.as_bytes());
    let at = worker.find("const VERSION = \"").unwrap() + "const VERSION = \"".len();
    let worker = format!("{}{mark}{}", &worker[..at], &worker[at + mark.len()..]);
    fs::write(folder.path().join("sw.js"), worker).unwrap();
    folder
}

/// The worker's list with another name and hash for a file.
fn with_hash(worker: &str, old: &str, new: &str, bytes: &[u8]) -> String {
    use base64::Engine as _;
    use sha2::Digest as _;
    let entry = worker.find(&format!("\"{old}\",")).expect("the file is listed");
    let end = entry + worker[entry..].find(']').unwrap();
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(bytes));
    format!("{}\"{new}\", \"{hash}\"{}", &worker[..entry], &worker[end..])
}

fn is_start(name: &str) -> bool {
    name.starts_with("start-") && name.rsplit('.').next() == Some("js")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn copy(from: &Path, to: &Path) {
    for name in names(from) {
        let source = from.join(&name);
        if source.is_file() {
            fs::copy(source, to.join(name)).unwrap();
        }
    }
}

/// A venue's snapshot with the configuration that names it.
fn site_with_snapshot() -> (Site, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::new(3_000, 7, Day::from_ymd(2026, 11, 21).unwrap()).unwrap();
    let (facts, contacts) = demo::build(&settings);
    let built_at = "2026-11-21T06:00:00Z";
    folder::write(&folder.path().join("data"), &facts, &contacts, built_at).unwrap();
    let config = r#"{ "snapshot": "data/", "language": "sv" }"#;
    fs::write(folder.path().join("config.json"), config).unwrap();
    (Site::of([(PATH, folder.path().to_owned()), (PATH, dist())]), folder)
}

#[test]
fn after_one_visit_the_demo_starts_without_a_host() {
    let site = Site::of([(PATH, dist())]);
    let profile = tempfile::tempdir().unwrap();
    let address = site.url(&format!("{PATH}/"));
    in_browser_of(profile.path(), |browser| async move {
        visit(&browser, &site).await;
        site.set_mood(Mood::Gone);
    });
    in_browser_of(profile.path(), |browser| async move {
        browser.client.goto(&address).await.unwrap();
        browser.wait_for(COUNTED).await;
        // What is fetched only when it is needed is there too.
        press(&browser, "View customers").await;
        browser.wait_for(Locator::Css("[role=grid] [role=row] a[href^='mailto:']")).await;
        let import = "
            const name = document.querySelector('meta[name=\"publik:import.js\"]').content;
            return typeof (await import(new URL(name, location.href))).default;";
        assert_eq!(browser.run(import, vec![]).await, "function");
    });
}

#[test]
fn after_one_visit_the_kept_snapshot_starts_without_a_host() {
    let (site, _folder) = site_with_snapshot();
    let profile = tempfile::tempdir().unwrap();
    let address = site.url(&format!("{PATH}/"));
    let (told, heard) = std::sync::mpsc::channel();
    in_browser_of(profile.path(), |browser| async move {
        visit(&browser, &site).await;
        until(&browser, "return localStorage.getItem('publik.source') === 'kept'").await;
        until(&browser, "return (await caches.match('config.json')) !== undefined").await;
        told.send(total(&browser).await).unwrap();
        site.set_mood(Mood::Gone);
    });
    let before = heard.recv().unwrap();
    in_browser_of(profile.path(), |browser| async move {
        browser.client.goto(&address).await.unwrap();
        browser.wait_for(Locator::XPath("//output[string-length(.) > 1]")).await;
        assert_eq!(total(&browser).await, before);
        // The site's own language, from the configuration as it was.
        let language = "return document.documentElement.lang";
        assert_eq!(browser.run(language, vec![]).await, "sv");
        let demo = "return document.querySelector('.app-header__demo').checkVisibility()";
        assert_eq!(browser.run(demo, vec![]).await, false);
        let snapshots = "
            const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
            const requests = (await Promise.all(caches_.map((cache) => cache.keys()))).flat();
            return requests.map(({ url }) => url).filter((url) => url.includes('/data/'));";
        assert_eq!(browser.run(snapshots, vec![]).await, json!([]));
    });
}

#[test]
fn no_network_is_told_in_the_header() {
    let site = Site::of([(PATH, dist())]);
    in_browser(|browser| async move {
        visit(&browser, &site).await;
        let stamp = Locator::Css(".app-header__stamp");
        let text = browser.wait_for(stamp).await.text().await.unwrap();
        assert!(text.starts_with("Data from "), "{text}");
        let network = |is_off: bool| json!({ "offline": is_off, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        browser.devtools("Network.emulateNetworkConditions", network(true)).await;
        let offline = "//header//*[starts-with(normalize-space(.), 'Offline, data of ')]";
        browser.wait_for(Locator::XPath(offline)).await;
        browser.devtools("Network.emulateNetworkConditions", network(false)).await;
        let online = "//header//*[starts-with(normalize-space(.), 'Data from ')]";
        browser.wait_for(Locator::XPath(online)).await;
    });
}

#[test]
fn a_newer_version_is_announced_and_starts_when_it_is_wanted() {
    let site = Site::of([(PATH, dist())]);
    let newer = next_version("beef");
    in_browser(|browser| async move {
        visit(&browser, &site).await;
        let old = running(&browser).await;
        let kept = versions(&browser).await;
        assert_eq!(kept.len(), 1, "{kept:?}");
        site.put(PATH, newer.path().to_owned());
        browser.client.refresh().await.unwrap();
        let ready = Locator::XPath("//*[contains(text(), 'A new version of Publik is ready')]");
        browser.wait_for(ready).await;
        // As long as nobody says so it stays what it was, whatever is loaded anew.
        for _ in 0..2 {
            browser.client.refresh().await.unwrap();
            browser.wait_for(COUNTED).await;
            assert_eq!(running(&browser).await, old);
        }
        press(&browser, "Later").await;
        assert!(browser.client.find(ready).await.is_err());
        browser.client.refresh().await.unwrap();
        browser.wait_for(ready).await;
        press(&browser, "Start it now").await;
        let new = format!("return !document.querySelector('script[src=\"{old}\"]')");
        until(&browser, &new).await;
        browser.wait_for(COUNTED).await;
        assert!(running(&browser).await.contains("beef"), "{}", running(&browser).await);
        until(
            &browser,
            "return (await caches.keys()).filter((name) => !name.endsWith(' site')).length === 1",
        )
        .await;
        assert_ne!(versions(&browser).await, kept);
        // And the new one starts without a host.
        site.set_mood(Mood::Gone);
        browser.client.refresh().await.unwrap();
        browser.wait_for(COUNTED).await;
        assert!(running(&browser).await.contains("beef"));
    });
}

#[test]
fn an_update_that_breaks_off_leaves_the_old_version_whole() {
    let site = Site::of([(PATH, dist())]);
    let newer = next_version("cafe");
    // The host has only part of the new version: one file is of yet another.
    let mixed = next_version("cafe");
    let page = mixed.path().join("index.html");
    fs::write(&page, format!("{}<!-- -->", fs::read_to_string(&page).unwrap())).unwrap();
    in_browser(|browser| async move {
        visit(&browser, &site).await;
        let old = running(&browser).await;
        let kept = versions(&browser).await;
        let look = "
            const registration = await navigator.serviceWorker.ready;
            const outcome = new Promise((resolve) => registration.addEventListener('updatefound', () => {
                const { installing } = registration;
                installing.addEventListener('statechange', () => resolve(installing.state));
            }));
            registration.update();
            return outcome;";
        let breaks: [(PathBuf, Mood); 2] = [
            (newer.path().to_owned(), Mood::Breaking("start-")),
            (mixed.path().to_owned(), Mood::Friendly),
        ];
        for (folder, mood) in breaks {
            site.put(PATH, folder);
            site.set_mood(mood);
            assert_eq!(browser.run(look, vec![]).await, "redundant");
            assert_eq!(versions(&browser).await, kept);
            for mood in [Mood::Friendly, Mood::Gone] {
                site.set_mood(Mood::Gone);
                browser.client.refresh().await.unwrap();
                browser.wait_for(COUNTED).await;
                assert_eq!(running(&browser).await, old);
                site.set_mood(mood);
            }
        }
        // The next look finds it whole.
        site.put(PATH, newer.path().to_owned());
        site.set_mood(Mood::Friendly);
        assert_eq!(browser.run(look, vec![]).await, "installed");
        let ready = Locator::XPath("//*[contains(text(), 'A new version of Publik is ready')]");
        browser.wait_for(ready).await;
    });
}

#[test]
fn another_window_goes_on_with_its_version() {
    let site = Site::of([(PATH, dist())]);
    let newer = next_version("f00d");
    in_browser(|browser| async move {
        visit(&browser, &site).await;
        let old = running(&browser).await;
        let first = browser.client.window().await.unwrap();
        let second = browser.client.new_window(true).await.unwrap().handle;
        browser.client.switch_to_window(second).await.unwrap();
        visit(&browser, &site).await;
        site.put(PATH, newer.path().to_owned());
        browser.client.refresh().await.unwrap();
        browser.wait_for(COUNTED).await;
        press(&browser, "Start it now").await;
        until(&browser, &format!("return !document.querySelector('script[src=\"{old}\"]')")).await;
        browser.wait_for(COUNTED).await;
        // The first window still runs the old one, is told so, and still finds its modules.
        browser.client.switch_to_window(first).await.unwrap();
        assert_eq!(running(&browser).await, old);
        browser.wait_for(Locator::XPath("//*[contains(text(), 'A new version of Publik')]")).await;
        site.set_mood(Mood::Gone);
        let own = "return (await fetch(document.querySelector('script[src]').src)).status";
        assert_eq!(browser.run(own, vec![]).await, 200);
        press(&browser, "View customers").await;
        browser.wait_for(Locator::Css("[role=grid] [role=row] a[href^='mailto:']")).await;
        press(&browser, "Start it now").await;
        until(&browser, &format!("return !document.querySelector('script[src=\"{old}\"]')")).await;
    });
}
