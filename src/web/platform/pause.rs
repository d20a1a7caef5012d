//! Letting a worker hear what was said meanwhile.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    // Pages and workers have it under the same name; web-sys binds it to each apart.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(call: &Function, ms: i32) -> i32;
}

/// Goes on behind the messages that wait.
pub async fn pause() {
    let turn = Promise::new(&mut |go_on, _| {
        set_timeout(&go_on, 0);
    });
    // It is never refused.
    JsFuture::from(turn).await.ok();
}
