//! What a first visit loads.

use std::fs;
use std::path::Path;

use fantoccini::Locator;

use crate::browser::in_browser;
use crate::site::Site;

/// All wasm of a first visit, in brotli, is at most this. Aimed at are 300,000.
const MOST_BYTES: usize = 630_000;

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

/// The size of a file of `dist/` as a host sends it.
fn packed_bytes(path: &str) -> usize {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist").join(&path[1..]);
    let mut packed = Vec::new();
    let best = brotli::enc::BrotliEncoderParams { lgwin: 24, ..Default::default() };
    assert_eq!(best.quality, 11);
    brotli::BrotliCompress(&mut fs::read(file).unwrap().as_slice(), &mut packed, &best).unwrap();
    packed.len()
}
