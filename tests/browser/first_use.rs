//! What a first visit loads.

use std::fs;
use std::path::Path;

use fantoccini::Locator;
use serde_json::Value;

use crate::browser::{in_browser, in_traced_browser};
use crate::site::Site;

/// All wasm of a first visit, in brotli, is at most this. Aimed at are 300,000.
const MOST_BYTES: usize = 430_000;

#[test]
fn a_first_visit_loads_little_wasm_and_nothing_for_imports() {
    let site = Site::of_dist();
    let address = site.url("/");
    in_browser(|browser| async move {
        browser.client.goto(&address).await.unwrap();
        browser.wait_for(Locator::XPath("//output[contains(., ',')]")).await;
    });
    let is_wasm = |path: &String| path.rsplit('.').next() == Some("wasm");
    let mut loaded: Vec<String> = site.given_to_page().into_iter().filter(is_wasm).collect();
    loaded.sort();
    loaded.dedup();
    // The page, and what counts for it.
    assert_eq!(loaded.len(), 2, "{loaded:?}");
    let sizes = loaded.iter().map(|path| packed_bytes(path)).collect::<Vec<_>>();
    let sum: usize = sizes.iter().sum();
    assert!(
        sum <= MOST_BYTES,
        "{sum} bytes, at most {MOST_BYTES} are allowed: {loaded:?} {sizes:?}"
    );
}

/// Everything that a first visit loads, texts and styles too, in brotli, is at most this.
const MOST_BYTES_OF_ALL: usize = 500_000;

/// The sum of the layout's shifts while the page starts is at most this; browsers call 0.1 good.
const MOST_SHIFT: f64 = 0.05;

/// Elements of the demo's first page; from 1,400 on Lighthouse warns.
const MOST_ELEMENTS: u64 = 1_400;

#[test]
fn the_browsers_own_trace_of_a_first_visit_keeps_to_the_budget() {
    let site = Site::of_dist();
    let own = site.url("/");
    let (address, origin) = (own.clone(), own.clone());
    in_traced_browser(|browser| async move {
        browser.client.goto(&address).await.unwrap();
        browser.wait_for(Locator::XPath("//output[contains(., ',')]")).await;
        let elements = browser.run("return document.querySelectorAll('*').length", vec![]).await;
        let trace = browser.trace().await;
        assert!(elements.as_u64().unwrap() <= MOST_ELEMENTS, "{elements} elements");
        let began = began_at(&trace, &address);
        let thread = began["tid"].clone();
        let of_page = |name: &'static str| {
            let thread = thread.clone();
            trace.iter().filter(move |event| event["name"] == name && event["tid"] == thread)
        };
        let requests: Vec<&Value> = trace.iter().filter_map(request_of_a_site).collect();
        assert!(requests.iter().any(|asked| asked["url"] == address.as_str()), "{requests:?}");
        let foreign = requests.iter().find(|asked| !is_within(asked, &origin));
        assert!(foreign.is_none(), "{foreign:?}");
        let waits = |asked: &&&Value| asked["renderBlocking"] == "blocking";
        let waited_for: Vec<_> = requests.iter().filter(waits).map(|asked| &asked["url"]).collect();
        assert!(waited_for.len() <= 1, "the first paint waits for {waited_for:?}");
        let shift: f64 = of_page("LayoutShift")
            .filter_map(|event| event["args"]["data"]["score"].as_f64())
            .sum();
        assert!(shift <= MOST_SHIFT, "{shift}");
        let since = |event: &Value| (time(event) - time(began)) / 1000.0;
        let painted = of_page("firstContentfulPaint").map(since).fold(f64::INFINITY, f64::min);
        assert!(painted.is_finite(), "the trace has no first paint");
        let tasks =
            of_page("ThreadControllerImpl::RunTask").filter_map(|event| event["dur"].as_f64());
        let blocked: f64 = tasks.map(|length| (length / 1000.0 - 50.0).max(0.0)).sum();
        println!(
            "first visit: first paint after {painted:.0} ms, blocked for {blocked:.0} ms, \
             layout shift {shift:.3}, {elements} elements"
        );
    });
    let mut loaded = site.given_to_page();
    loaded.sort();
    loaded.dedup();
    let sum: usize = loaded.iter().map(|path| packed_bytes(path)).sum();
    println!("first visit: {} files, {sum} bytes in brotli", loaded.len());
    assert!(sum <= MOST_BYTES_OF_ALL, "{sum} bytes: {loaded:?}");
}

/// Where the page itself was asked for.
fn began_at<'a>(trace: &'a [Value], address: &str) -> &'a Value {
    let is_beginning = |event: &&Value| {
        request_of_a_site(event)
            .is_some_and(|asked| asked["url"] == address && asked["resourceType"] == "Document")
    };
    trace.iter().find(is_beginning).expect("the trace has the visit")
}

/// What was asked for, if it is of a site and not of the browser's own pages.
fn request_of_a_site(event: &Value) -> Option<&Value> {
    let asked = &event["args"]["data"];
    let is_site =
        |url: &str| ["http:", "https:", "ws:", "wss:"].iter().any(|of| url.starts_with(of));
    (event["name"] == "ResourceSendRequest" && asked["url"].as_str().is_some_and(is_site))
        .then_some(asked)
}

fn is_within(asked: &Value, origin: &str) -> bool {
    asked["url"].as_str().is_some_and(|url| url.starts_with(origin))
}

/// In microseconds.
fn time(event: &Value) -> f64 {
    event["ts"].as_f64().expect("every event has its time")
}

/// The size of a file of `dist/` as a host sends it.
fn packed_bytes(path: &str) -> usize {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist").join(&path[1..]);
    let mut packed = Vec::new();
    let best = brotli::enc::BrotliEncoderParams { lgwin: 24, ..Default::default() };
    assert_eq!(best.quality, 11);
    brotli::BrotliCompress(&mut fs::read(file).unwrap().as_slice(), &mut packed, &best).unwrap();
    packed.len()
}
