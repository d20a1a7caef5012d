//! What this browser keeps between visits, by key. A write is whole or not at all, whatever
//! happens meanwhile.

use std::cell::Cell;

use gloo::utils::window;
use web_sys::Storage;

/// Nothing can be kept: storage is switched off, or full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this browser keeps nothing more: its storage is full or switched off")]
pub struct NotKept;

thread_local! {
    static IS_OVER: Cell<bool> = const { Cell::new(false) };
}

/// Keeps nothing any more for as long as the page lives, here and in the database: everything is
/// being erased.
pub fn stop_keeping() {
    IS_OVER.set(true);
}

/// Whether nothing is kept any more.
pub(super) fn is_over() -> bool {
    IS_OVER.get()
}

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
    let storage = storage().filter(|_| !is_over());
    storage.ok_or(NotKept)?.set_item(key, text).map_err(|_| NotKept)
}

/// Keeps nothing under a key any more.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        // Only storage that is switched off refuses, and then nothing is there.
        storage.remove_item(key).ok();
    }
}

/// How many keys there are, of this visit's storage too.
pub(super) fn count() -> u32 {
    all_storages().map(|storage| storage.length().unwrap_or(0)).sum()
}

/// Keeps nothing any more under any key.
pub(super) fn clear() {
    // As in `remove`.
    all_storages().for_each(|storage| storage.clear().unwrap_or_default());
}

fn all_storages() -> impl Iterator<Item = Storage> {
    let of_this_visit = window().session_storage().ok().flatten();
    storage().into_iter().chain(of_this_visit)
}

/// All keys that begin with `prefix`.
pub fn stored_keys(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let count = storage.length().unwrap_or(0);
    let keys = (0..count).filter_map(|at| storage.key(at).ok().flatten());
    keys.filter(|key| key.starts_with(prefix)).collect()
}
