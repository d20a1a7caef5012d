//! What this browser keeps for the page in all, and taking it all away.

use gloo::events::EventListener;
use idb::Factory;
use js_sys::{Array, AsyncIterator, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::{BroadcastChannel, File, FileSystemDirectoryHandle, FileSystemFileHandle};

use super::room::{manager, part, settled};
use super::{database, storage};

// Pages and workers have these under the same names; web-sys binds them to each apart, or not at
// all without a flag.
#[wasm_bindgen]
extern "C" {
    type Caches;

    #[wasm_bindgen(method)]
    fn keys(this: &Caches) -> Promise;

    #[wasm_bindgen(method, js_name = delete)]
    fn delete(this: &Caches, name: &str) -> Promise;

    type Databases;

    #[wasm_bindgen(method, catch)]
    fn databases(this: &Databases) -> Result<Promise, JsValue>;

    type Services;

    #[wasm_bindgen(method, js_name = getRegistrations)]
    fn registrations(this: &Services) -> Promise;

    type Registration;

    #[wasm_bindgen(method)]
    fn unregister(this: &Registration) -> Promise;
}

thread_local! {
    // As in `database`: one that tells and hears, so that a page does not hear itself.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new("publik.device").ok();
}

/// Tells the other tabs that everything is being erased.
pub fn tell_erased() {
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            // A text can always be sent.
            channel.post_message(&"erased".into()).ok();
        }
    });
}

/// Calls back when another tab erases everything.
pub fn on_erased(heard: impl Fn() + 'static) {
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            EventListener::new(channel, "message", move |_| heard()).forget();
        }
    });
}

/// How much of each kind this browser keeps for the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Holdings {
    /// Files, of which a snapshot is made.
    pub files: u32,
    /// Databases, with documents, records and what waits to be sent.
    pub databases: u32,
    /// Settings, and what is known of the last visit.
    pub settings: u32,
    /// Copies of the program and of this site's data, for use without a network.
    pub caches: u32,
    /// Service workers, which answer without a network.
    pub services: u32,
}

impl Holdings {
    /// Whether there is nothing at all.
    pub fn is_nothing(self) -> bool {
        self == Holdings::default()
    }
}

/// Whether the browser keeps it all until the reader takes it away, and not only while it has
/// room to spare; `None` in a browser that does not say.
pub async fn is_lasting() -> Option<bool> {
    settled(manager()?.persisted()).await?.as_bool()
}

/// Asks the browser to keep it all until the reader takes it away; gives its answer. Some ask the
/// reader.
pub async fn ask_to_last() -> bool {
    let Some(manager) = manager() else { return false };
    settled(manager.persist()).await.is_some_and(|answer| answer.is_truthy())
}

async fn folder() -> Option<FileSystemDirectoryHandle> {
    Some(settled(Ok(manager()?.get_directory())).await?.unchecked_into())
}

async fn file_names(folder: &FileSystemDirectoryHandle) -> Vec<String> {
    let entries: AsyncIterator = folder.keys();
    let mut names = Vec::new();
    while let Some(next) = settled(entries.next()).await {
        let value = Reflect::get(&next, &"value".into()).ok().and_then(|value| value.as_string());
        let Some(name) = value else { break };
        names.push(name);
    }
    names
}

/// The files that this browser keeps, with their sizes in bytes.
pub async fn kept_files() -> Vec<(String, f64)> {
    let Some(folder) = folder().await else { return Vec::new() };
    let mut files = Vec::new();
    for name in file_names(&folder).await {
        let handle = settled(Ok(folder.get_file_handle(&name))).await;
        let handle = handle.map(JsCast::unchecked_into::<FileSystemFileHandle>);
        let file = match handle {
            Some(handle) => settled(Ok(handle.get_file())).await,
            None => None,
        };
        let size = file.map_or(0.0, |file| file.unchecked_into::<File>().size());
        files.push((name, size));
    }
    files
}

/// What stands in a kept file; `None` where there is none, or no text in it.
pub async fn kept_text(name: &str) -> Option<String> {
    let handle = settled(Ok(folder().await?.get_file_handle(name))).await?;
    let file = settled(Ok(handle.unchecked_into::<FileSystemFileHandle>().get_file())).await?;
    settled(Ok(file.unchecked_into::<File>().text())).await?.as_string()
}

/// Takes away the kept files whose names are meant. Whoever writes them has to be stopped before.
pub async fn remove_files(is_meant: impl Fn(&str) -> bool) {
    let Some(folder) = folder().await else { return };
    for name in file_names(&folder).await {
        if is_meant(&name) {
            // One that cannot go now goes with the snapshot it belongs to.
            settled(Ok(folder.remove_entry(&name))).await;
        }
    }
}

/// What this browser keeps now.
async fn holdings() -> Holdings {
    let count =
        |array: Option<JsValue>| array.map_or(0, |array| array.unchecked_into::<Array>().length());
    let files = match folder().await {
        Some(folder) => file_names(&folder).await.len() as u32,
        None => 0,
    };
    Holdings {
        files,
        databases: database_names().await.len() as u32,
        settings: storage::count(),
        caches: match part::<Caches>(&["caches"]) {
            Some(caches) => count(settled(Ok(caches.keys())).await),
            None => 0,
        },
        services: registrations().await.len() as u32,
    }
}

/// Whether this browser keeps a database for the page; true where it does not say.
pub async fn has_database() -> bool {
    let Some(databases) = part::<Databases>(&["indexedDB"]) else { return true };
    let Some(all) = settled(databases.databases()).await else { return true };
    all.unchecked_into::<Array>().length() > 0
}

async fn database_names() -> Vec<String> {
    let Some(databases) = part::<Databases>(&["indexedDB"]) else { return Vec::new() };
    let Some(all) = settled(databases.databases()).await else { return Vec::new() };
    let name = |one: JsValue| Reflect::get(&one, &"name".into()).ok()?.as_string();
    all.unchecked_into::<Array>().iter().filter_map(name).collect()
}

async fn registrations() -> Vec<Registration> {
    let Some(services) = part::<Services>(&["navigator", "serviceWorker"]) else {
        return Vec::new();
    };
    let Some(all) = settled(Ok(services.registrations())).await else { return Vec::new() };
    all.unchecked_into::<Array>().iter().map(JsCast::unchecked_into).collect()
}

/// Takes away everything that this browser keeps for the page, and gives what is left of it.
/// Whoever writes meanwhile has to be stopped before.
pub async fn erase() -> Holdings {
    for registration in registrations().await {
        settled(Ok(registration.unregister())).await;
    }
    if let Some(caches) = part::<Caches>(&["caches"]) {
        let names = settled(Ok(caches.keys())).await;
        let names = names.map(JsCast::unchecked_into::<Array>).unwrap_or_default();
        for name in names.iter().filter_map(|name| name.as_string()) {
            settled(Ok(caches.delete(&name))).await;
        }
    }
    if let Some(folder) = folder().await {
        for name in file_names(&folder).await {
            // One that cannot go is told of below.
            settled(Ok(folder.remove_entry(&name))).await;
        }
    }
    // As above; the others are of earlier programs, or of another page at this address.
    database::erase().await.ok();
    for name in database_names().await {
        if let Ok(deleting) = Factory::new().and_then(|factory| factory.delete(&name)) {
            deleting.await.ok();
        }
    }
    storage::clear();
    holdings().await
}
