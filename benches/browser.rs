//! What a slider costs in headless Chromium, through the JavaScript module over the demo venue.
//!
//! `make bench` builds `dist/` first; `cargo bench --features cli,built-pages --bench browser --
//! [CUSTOMERS]`, 1,000,000 unless said. `examples/module/bench.js` has the work itself.

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/browser/browser.rs"]
mod browser;
#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/browser/site.rs"]
mod site;

use std::path::Path;

use publik::demo::{self, Settings};
use publik::model::Day;
use publik::snapshot::folder;
use serde_json::Value;

const SCRIPT: &str = r#"
    const publik = await import("/module/publik.js");
    const { ALL, bench } = await import("/bench/bench.js");
    const wasm = await publik.default();
    const bytes = async (file) => new Uint8Array(await (await fetch("/snapshot/" + file)).arrayBuffer());
    const manifest = await bytes("manifest.json");
    const facts = await bytes(JSON.parse(new TextDecoder().decode(manifest)).parts[0].file);
    const start = performance.now();
    const snapshot = publik.open(manifest, facts);
    const opened = performance.now();
    const session = snapshot.session(ALL, "2026-11-21");
    session.counts();
    const counted = performance.now();
    for (const name of ["distance_km", "revenue", "orders", "last_purchase", "tickets", "events",
                        "impulsive", "tickets_per_order", "purchases"]) session.histogram(name, 40);
    const memory = wasm.memory.buffer.byteLength;
    session.free();
    return {
        isolated: globalThis.crossOriginIsolated,
        open: opened - start, "first counts": counted - opened, "facts MB": facts.length / 1e6,
        "wasm memory MB": memory / 1e6, rows: bench(snapshot),
    };
"#;

fn main() {
    let said = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let customers = said.unwrap_or(1_000_000);
    let today = Day::from_ymd(2026, 11, 21).expect("a day of the calendar");
    let settings = Settings::new(customers, 1, today).expect("a size that the demo allows");
    let folder = tempfile::tempdir().expect("a folder for the snapshot");
    let snapshot = folder.path().join("snapshot");
    let (facts, contacts) = demo::build(&settings);
    folder::write(&snapshot, &facts, &contacts, "2026-11-21T06:10:00Z").expect("a new folder");
    drop((facts, contacts));
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/module");
    let site = site::Site::isolated_with(vec![("/snapshot", snapshot), ("/bench", scripts)]);
    browser::in_browser(move |browser| async move {
        browser.client.goto(&site.url("/module/publik.js")).await.expect("the module is served");
        let mut found = browser.run(SCRIPT, vec![]).await;
        let rows = found["rows"].take();
        println!("{customers} customers: {found}");
        println!("| work | ms |\n|---|---|");
        for (work, numbers) in rows.as_object().into_iter().flatten() {
            let told = numbers.as_object().into_iter().flatten();
            let told: Vec<String> = told.map(|(name, value)| one(name, value)).collect();
            println!("| {work} | {} |", told.join(", "));
        }
    });
}

fn one(name: &str, value: &Value) -> String {
    format!("{name} {:.3}", value.as_f64().unwrap_or(f64::NAN))
}
