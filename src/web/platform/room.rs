//! How much room the browser gives.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Room that the browser gives to this site, in bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// What is taken.
    pub used: f64,
    /// What there is in all.
    pub quota: f64,
}

impl Room {
    /// What is left.
    pub fn free(self) -> f64 {
        (self.quota - self.used).max(0.0)
    }
}

/// A part of the browser, where it has one: a page without https lacks some.
pub(super) fn part<T: JsCast>(path: &[&str]) -> Option<T> {
    let mut found: JsValue = js_sys::global().into();
    for name in path {
        found = Reflect::get(&found, &(*name).into()).ok()?;
    }
    found.is_object().then(|| found.unchecked_into())
}

pub(super) fn manager() -> Option<StorageManager> {
    part(&["navigator", "storage"])
}

pub(super) async fn settled(promise: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}

/// How much room there is; `None` in a browser that does not say.
pub async fn room() -> Option<Room> {
    let told = settled(manager()?.estimate()).await?;
    let number = |name: &str| Reflect::get(&told, &name.into()).ok()?.as_f64();
    Some(Room { used: number("usage")?, quota: number("quota")? })
}
