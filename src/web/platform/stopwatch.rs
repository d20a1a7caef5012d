//! How long something takes, as the browser tells it.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    // A global of pages and workers alike, which web-sys reaches only by way of either.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

/// Milliseconds since the page or worker began, as fine as the browser tells: 5 microseconds on
/// a cross-origin isolated page.
pub fn now_ms() -> f64 {
    now()
}
