//! One tab at a time.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

// web-sys has it only behind a flag for everything that may still change.
#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, granted: &JsValue) -> Promise;
}

/// While it is there, [`alone`] lets nobody else in, in no tab of this site.
#[derive(Debug)]
pub struct Alone {
    release: Function,
}

impl Drop for Alone {
    fn drop(&mut self) {
        // The function settles a promise; it throws nothing.
        self.release.call0(&JsValue::UNDEFINED).ok();
    }
}

/// Waits until nobody else holds what has this name. `None` in a browser that has no locks, or
/// none for this page: there two tabs have to do without.
pub async fn alone(name: &str) -> Option<Alone> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    if !locks.is_object() {
        return None;
    }
    let (held, release) = open_promise()?;
    let (granted, grant) = open_promise()?;
    // The lock is held for as long as what the call gives back is not settled.
    let callback = Closure::once_into_js(move |_: JsValue| -> Promise {
        grant.call0(&JsValue::UNDEFINED).ok();
        held
    });
    let refused = locks.unchecked_into::<LockManager>().request(name, &callback);
    JsFuture::from(Promise::race(&Array::of2(&granted, &refused))).await.ok()?;
    Some(Alone { release })
}

/// A promise, and what settles it.
fn open_promise() -> Option<(Promise, Function)> {
    let mut settle = None;
    let promise = Promise::new(&mut |resolve, _| settle = Some(resolve));
    Some((promise, settle?))
}
