//! What this browser keeps between visits, by key. A write is whole or not at all, whatever
//! happens meanwhile, and other tabs hear of it.

use gloo::events::EventListener;
use gloo::utils::window;
use wasm_bindgen::JsCast;
use web_sys::{Storage, StorageEvent};

/// Nothing can be kept: storage is switched off, or full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this browser keeps nothing more: its storage is full or switched off")]
pub struct NotKept;

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What is kept under a key.
pub fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a text under a key.
///
/// # Errors
/// Storage that is full or switched off.
pub fn store(key: &str, text: &str) -> Result<(), NotKept> {
    storage().ok_or(NotKept)?.set_item(key, text).map_err(|_| NotKept)
}

/// Keeps nothing under a key any more.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        // Only storage that is switched off refuses, and then nothing is there.
        storage.remove_item(key).ok();
    }
}

/// All keys that begin with `prefix`.
pub fn stored_keys(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let count = storage.length().unwrap_or(0);
    let keys = (0..count).filter_map(|at| storage.key(at).ok().flatten());
    keys.filter(|key| key.starts_with(prefix)).collect()
}

/// Calls back when another tab keeps something else: the key, or `None` for all of them.
pub fn on_stored(heard: impl Fn(Option<String>) + 'static) {
    EventListener::new(&window(), "storage", move |event| {
        if let Some(event) = event.dyn_ref::<StorageEvent>() {
            heard(event.key());
        }
    })
    .forget();
}
