//! What the page may do and what it may not: its rules hold, nothing calls another host, and what
//! data says is never markup.

use std::fs;
use std::net::TcpListener;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use fantoccini::Locator;
use publik::ingest::{DirectoryFolder, Options, read};
use publik::snapshot::folder;
use serde_json::{Value, json};

use crate::browser::{Browser, click, in_browser};
use crate::device::{document, restore};
use crate::hosting::{COUNTED, press};
use crate::site::Site;

/// Notes from the start whatever the browser refuses.
async fn watch(browser: &Browser) {
    let source = "
        window.refused = [];
        document.addEventListener('securitypolicyviolation', (event) =>
            refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));";
    let params = json!({ "source": source });
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", params).await;
}

async fn refused(browser: &Browser) -> Value {
    browser.run("return refused", vec![]).await
}

/// Addresses that the page, not its workers, asked for.
async fn asked(browser: &Browser) -> Vec<String> {
    let script = "return performance.getEntriesByType('resource').map(({ name }) => name)";
    serde_json::from_value(browser.run(script, vec![]).await).unwrap()
}

async fn follow(browser: &Browser, name: &str) {
    let link = format!("//nav//a[normalize-space(.)='{name}']");
    browser.wait_for(Locator::XPath(&link)).await.click().await.unwrap();
}

/// A host that counts who comes.
fn other_host() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&calls);
    thread::spawn(move || {
        for _ in listener.incoming() {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    });
    (address, calls)
}

#[test]
fn the_main_flows_break_no_rule_and_call_nobody_else() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        watch(&browser).await;
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        browser.wait_for(Locator::XPath("(//input[@type='range'])[5]")).await;
        let slide = "
            for (const handle of document.querySelectorAll('input[type=range]')) {
                handle.focus();
                for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft'])
                    handle.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
                handle.value = String(Number(handle.value) + 1);
                handle.dispatchEvent(new InputEvent('input', { bubbles: true }));
            }
            for (const box of document.querySelectorAll('input[type=checkbox], input[type=radio]')) box.click();
            for (const more of document.querySelectorAll('main details')) more.open = true;";
        browser.run(slide, vec![]).await;
        press(&browser, "View customers").await;
        for page in ["Segments", "Data", "Workspace"] {
            follow(&browser, page).await;
        }
        follow(&browser, "Segments").await;
        press(&browser, "New segment").await;
        browser.wait_for(Locator::Css("main input")).await;
        let menus = "
            for (const summary of document.querySelectorAll('main summary')) {
                summary.click();
                await new Promise(requestAnimationFrame);
            }";
        browser.run(menus, vec![]).await;
        follow(&browser, "Workspace").await;
        let theme = "document.querySelector('.app-header__end .tool').click();
            document.querySelector('.app-header__language').click();";
        browser.run(theme, vec![]).await;
        // Few are left by now.
        browser.wait_for(Locator::XPath("//output[translate(., '0123456789', '') != .]")).await;
        assert_eq!(refused(&browser).await, json!([]));
        let asked = asked(&browser).await;
        let is_own = |address: &String| address.starts_with(&site.url("/"));
        assert!(!asked.is_empty() && asked.iter().all(is_own), "{asked:?}");
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn neither_page_nor_worker_can_call_another_host() {
    let site = Site::of_dist();
    let (other, calls) = other_host();
    in_browser(|browser| async move {
        watch(&browser).await;
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        let call = "
            const fails = (promise) => promise.then(() => 'answered', () => 'refused');
            const script = `fetch('${args[0]}', { mode: 'no-cors' })
                .then(() => postMessage('answered'), () => postMessage('refused'))`;
            const worker = new Worker(URL.createObjectURL(new Blob([script])));
            const image = new Image();
            const shown = new Promise((resolve, reject) => { image.onload = resolve; image.onerror = reject; });
            image.src = args[0];
            return [
                await fails(fetch(args[0], { mode: 'no-cors' })),
                await new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); }),
                await fails(shown),
                navigator.sendBeacon(args[0]) && 'sent',
            ];";
        let answers = browser.run(call, vec![json!(other)]).await;
        assert_eq!(answers.as_array().unwrap()[..3], ["refused", "refused", "refused"]);
        assert_eq!(calls.load(Ordering::SeqCst), 0);
        let refused = refused(&browser).await.to_string();
        assert!(refused.contains("connect-src") && refused.contains("img-src"), "{refused}");
    });
}

#[test]
fn scripts_and_styles_that_the_build_did_not_write_do_nothing() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        watch(&browser).await;
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        let inject = r#"
            const place = document.createElement("div");
            document.body.append(place);
            place.innerHTML = `<img src="x" onerror="window.ran = 1"><p style="color: rgb(1, 2, 3)">a</p>
                <style>p { width: 12345px }</style>`;
            const script = document.createElement("script");
            script.textContent = "window.ran = 2";
            place.append(script);
            await new Promise((resolve) => setTimeout(resolve, 300));
            const { color, width } = getComputedStyle(place.querySelector("p"));
            return [window.ran ?? null, color === "rgb(1, 2, 3)", width === "12345px"];
        "#;
        assert_eq!(browser.run(inject, vec![]).await, json!([null, false, false]));
        let refused = refused(&browser).await.to_string();
        for rule in ["script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr"] {
            assert!(refused.contains(rule), "{rule}: {refused}");
        }
    });
}

/// Whether a call to a host goes out, with a `config.json` and an address set on this device.
fn goes_out(
    config: &str,
    set_here: Option<&str>,
    (other, calls): &(String, Arc<AtomicUsize>),
) -> bool {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("config.json"), config).unwrap();
    let site = Site::with(vec![("", folder.path().to_owned())]);
    let (other, set_here) = (other.clone(), set_here.map(str::to_owned));
    let before = calls.load(Ordering::SeqCst);
    in_browser(|browser| async move {
        if let Some(set_here) = set_here {
            browser.client.goto(&site.url("/config.json")).await.unwrap();
            let set = "localStorage.setItem('publik.sync.address', args[0])";
            browser.run(set, vec![json!(set_here)]).await;
        }
        browser.client.goto(&site.url("/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        // Whoever answers only counts, so the call fails either way.
        let call = "await fetch(args[0], { mode: 'no-cors' }).catch(() => {});";
        browser.run(call, vec![json!(other)]).await;
    });
    calls.load(Ordering::SeqCst) > before
}

#[test]
fn the_sync_endpoint_alone_can_be_called() {
    let (endpoint, stranger) = (other_host(), other_host());
    let config = json!({ "sync": format!("{}/publik", endpoint.0) }).to_string();
    assert!(goes_out(&config, None, &endpoint));
    assert!(!goes_out(&config, None, &stranger));
    // What is set on this device goes before what the site says.
    assert!(goes_out(&config, Some(&stranger.0), &stranger));
    assert!(!goes_out(&config, Some(&stranger.0), &endpoint));
    assert!(!goes_out("{}", Some("http://example.org; *"), &stranger));
}

/// Markup that a name must never become.
const HOSTILE: &str = "<img src=x onerror=window.ran=1><b class=hostile>&amp;";

/// The export folder of a venue whose every name is markup.
fn hostile_export(folder: &Path) {
    let quoted = format!("\"{HOSTILE}\"");
    let write = |name: &str, text: String| fs::write(folder.join(name), text).unwrap();
    write(
        "venue.toml",
        format!(
            "name = '{HOSTILE}'\ntime_zone = \"Europe/Stockholm\"\ncurrency = \"SEK\"\n\
             latitude = 59.3\nlongitude = 18.1\n\
             [consents]\nnewsletter = '{HOSTILE}'\n[flags]\nvip = '{HOSTILE}'\n"
        ),
    );
    write(
        "events.csv",
        format!(
            "event_id,name,starts_at,production_id,production,promoter,season,categories,tags\n\
             E1,{quoted},2026-11-01T19:00,P1,{quoted},{quoted},{quoted},{quoted},{quoted}\n"
        ),
    );
    write(
        "customers.csv",
        format!(
            "customer_id,first_name,last_name,email,city,address,consents,flags\n\
             K1,{quoted},{quoted},a@example.org,{quoted},{quoted},newsletter,vip\n"
        ),
    );
    write(
        "orders.csv",
        "order_id,customer_id,ordered_at,channel\nO1,K1,2026-10-01T10:00,online\n".into(),
    );
    write("tickets.csv", "ticket_id,order_id,event_id,price\nT1,O1,E1,100.00\n".into());
}

#[test]
fn what_data_says_is_never_markup() {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export");
    fs::create_dir(&export).unwrap();
    hostile_export(&export);
    let export = DirectoryFolder::new(export);
    let read = read(&export, &Options::default(), &mut |_| ControlFlow::Continue(())).unwrap();
    assert!(read.rejects.is_empty());
    let built_at = "2026-11-21T06:00:00Z";
    folder::write(&folder.path().join("data"), &read.facts, &read.contacts, built_at).unwrap();
    fs::write(folder.path().join("config.json"), r#"{ "snapshot": "data/" }"#).unwrap();
    let site = Site::with(vec![("", folder.path().to_owned())]);
    in_browser(|browser| async move {
        watch(&browser).await;
        browser.client.goto(&site.url("/#/data")).await.unwrap();
        let shown = |of: &str| format!("//{of}[contains(., '<b class=hostile>')]");
        browser.wait_for(Locator::XPath(&shown("main//dd"))).await;
        follow(&browser, "Workspace").await;
        press(&browser, "View customers").await;
        browser.wait_for(Locator::XPath(&shown("*[@role='gridcell']"))).await;
        follow(&browser, "Segments").await;
        press(&browser, "New segment").await;
        browser.wait_for(Locator::Css("main input")).await.send_keys(HOSTILE).await.unwrap();
        let menus = "
            for (const summary of document.querySelectorAll('main summary')) {
                summary.click();
                await new Promise(requestAnimationFrame);
            }";
        browser.run(menus, vec![]).await;
        let found = "return [window.ran ?? null, document.querySelectorAll('.hostile, img').length,
            document.title.includes('<b class=hostile>')]";
        assert_eq!(browser.run(found, vec![]).await, json!([null, 0, true]));
        assert_eq!(refused(&browser).await, json!([]));
    });
}

#[test]
fn what_views_and_files_are_called_is_never_markup() {
    let folder = tempfile::tempdir().unwrap();
    let mut shared: Value = serde_json::from_str(&document("a", HOSTILE)).unwrap();
    shared.as_object_mut().unwrap().remove("version");
    shared["views"][0]["view"]["name"] = json!(HOSTILE);
    let views = json!({ "version": 1, "segments": [shared] });
    fs::write(folder.path().join("views.json"), views.to_string()).unwrap();
    fs::write(folder.path().join("config.json"), r#"{ "views": "views.json" }"#).unwrap();
    let site = Site::with(vec![("", folder.path().to_owned())]);
    in_browser(|browser| async move {
        watch(&browser).await;
        browser.client.goto(&site.url("/#/segments")).await.unwrap();
        let shown = |of: &str| format!("//{of}[contains(., '<b class=hostile>')]");
        browser.wait_for(Locator::XPath(&shown("th//button"))).await;
        click(&browser, "//*[starts-with(@aria-label, 'Actions for')]").await;
        click(&browser, "//button[.='View segmentation']").await;
        browser.wait_for(Locator::XPath(&shown("dialog[@open]//*[@role='option']"))).await;
        click(&browser, "//dialog[@open]//*[@role='option'][contains(., '<b class=hostile>')]")
            .await;
        click(&browser, "//dialog[@open]//button[.='Open']").await;
        browser.wait_for(COUNTED).await;
        browser.wait_for(Locator::XPath(&shown("main//h1"))).await;
        follow(&browser, "Settings").await;
        restore(&browser, &format!("{HOSTILE}.json"), "{").await;
        browser.wait_for(Locator::XPath(&shown("*[@role='status' or @role='alert']"))).await;
        let found =
            "return [window.ran ?? null, document.querySelectorAll('.hostile, img').length]";
        assert_eq!(browser.run(found, vec![]).await, json!([null, 0]));
        assert_eq!(refused(&browser).await, json!([]));
    });
}
