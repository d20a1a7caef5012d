//! What this browser keeps between visits in `IndexedDB`: texts by key, in a store for each kind.
//!
//! Every call is one transaction, whole or not at all whatever happens meanwhile, and opens the
//! database for itself: nothing stands in the way of another tab with a newer program.

use gloo::events::EventListener;
use idb::{
    Database, DatabaseEvent, Factory, ObjectStore, ObjectStoreParams, Transaction, TransactionMode,
};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "publik";
/// Counts up with every further store.
const VERSION: u32 = 1;

/// What is kept together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Store {
    /// Segments with their views, by id.
    Documents,
    /// The record of exports, by id.
    Exports,
    /// What waits to be sent, by id.
    Outbox,
    /// What is known of the sync endpoint: how far its feed was read and what it said.
    Sync,
}

impl Store {
    /// All of them.
    pub const ALL: [Store; 4] = [Store::Documents, Store::Exports, Store::Outbox, Store::Sync];

    fn name(self) -> &'static str {
        match self {
            Store::Documents => "documents",
            Store::Exports => "exports",
            Store::Outbox => "outbox",
            Store::Sync => "sync",
        }
    }
}

/// What happens to what is kept under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It stays as it is.
    Nothing,
    /// This takes its place.
    Put(String),
    /// It goes.
    Remove,
}

/// Why something was not kept or not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseError {
    /// There is no room left.
    #[error("this browser keeps nothing more: its storage is full")]
    Full,
    /// The browser does not want to, as in some private windows.
    #[error("this browser keeps nothing for the page: {0}")]
    Refused(String),
}

impl From<idb::Error> for DatabaseError {
    fn from(error: idb::Error) -> DatabaseError {
        // The crate writes what JavaScript threw into its message, name and all.
        let message = error.to_string();
        if message.contains("QuotaExceeded") {
            DatabaseError::Full
        } else {
            DatabaseError::Refused(message)
        }
    }
}

/// Everything of a store: keys and texts, by key.
///
/// # Errors
/// A browser that keeps nothing.
pub async fn read_all(store: Store) -> Result<Vec<(String, String)>, DatabaseError> {
    let database = open().await?;
    let transaction = begin(&database, store, TransactionMode::ReadOnly)?;
    let table = transaction.object_store(store.name())?;
    let keys = table.get_all_keys(None, None)?.await?;
    let texts = table.get_all(None, None)?.await?;
    database.close();
    let texts = texts.into_iter().filter_map(|text| text.as_string());
    Ok(keys.into_iter().filter_map(|key| key.as_string()).zip(texts).collect())
}

/// What is kept under a key.
///
/// # Errors
/// A browser that keeps nothing.
pub async fn read(store: Store, key: &str) -> Result<Option<String>, DatabaseError> {
    let database = open().await?;
    let transaction = begin(&database, store, TransactionMode::ReadOnly)?;
    let text = text_of(&transaction.object_store(store.name())?, key).await;
    database.close();
    text
}

/// Looks at what is kept under a key and decides what becomes of it, and no other tab comes
/// between.
///
/// # Errors
/// A browser that keeps nothing, or whose storage is full; then all is as before.
pub async fn change<T>(
    store: Store,
    key: &str,
    decide: impl FnOnce(Option<&str>) -> (Change, T),
) -> Result<T, DatabaseError> {
    let database = open().await?;
    let transaction = begin(&database, store, TransactionMode::ReadWrite)?;
    let table = transaction.object_store(store.name())?;
    let (change, said) = decide(text_of(&table, key).await?.as_deref());
    let is_changed = change != Change::Nothing;
    apply(&table, key, change)?;
    finish(transaction, &database).await?;
    if is_changed {
        tell(store);
    }
    Ok(said)
}

/// Makes several changes at once, in several stores; all of them or none.
///
/// # Errors
/// As [`change`].
pub async fn change_all(changes: Vec<(Store, String, Change)>) -> Result<(), DatabaseError> {
    let mut stores: Vec<Store> = changes.iter().map(|(store, ..)| *store).collect();
    stores.sort_unstable();
    stores.dedup();
    if stores.is_empty() {
        return Ok(());
    }
    let database = open().await?;
    let names: Vec<&str> = stores.iter().map(|store| store.name()).collect();
    let transaction = database.transaction(&names, TransactionMode::ReadWrite)?;
    for (store, key, change) in changes {
        apply(&transaction.object_store(store.name())?, &key, change)?;
    }
    finish(transaction, &database).await?;
    stores.into_iter().for_each(tell);
    Ok(())
}

/// Keeps nothing at all any more. Waits for other tabs to let go of it, which they do by
/// themselves once their call is done.
///
/// # Errors
/// A browser that keeps nothing.
pub async fn erase() -> Result<(), DatabaseError> {
    Factory::new()?.delete(NAME)?.await?;
    Store::ALL.into_iter().for_each(tell);
    Ok(())
}

/// Calls back when another tab changed something in a store.
pub fn on_changed(store: Store, heard: impl Fn() + 'static) {
    CHANNEL.with(|channel| {
        let Some(channel) = channel else { return };
        EventListener::new(channel, "message", move |event| {
            let of = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            if of.as_deref() == Some(store.name()) {
                heard();
            }
        })
        .forget();
    });
}

async fn open() -> Result<Database, DatabaseError> {
    if super::storage::is_over() {
        return Err(DatabaseError::Refused("everything is being erased".to_owned()));
    }
    let mut opening = Factory::new()?.open(NAME, Some(VERSION))?;
    opening.on_upgrade_needed(|event| {
        let Ok(database) = event.database() else { return };
        let there = database.store_names();
        for store in Store::ALL.map(Store::name) {
            if !there.iter().any(|name| name == store) {
                // Where it fails the upgrade is taken back, and opening says why.
                database.create_object_store(store, ObjectStoreParams::new()).ok();
            }
        }
    });
    Ok(opening.await?)
}

fn begin(
    database: &Database,
    store: Store,
    mode: TransactionMode,
) -> Result<Transaction, DatabaseError> {
    Ok(database.transaction(&[store.name()], mode)?)
}

async fn text_of(table: &ObjectStore, key: &str) -> Result<Option<String>, DatabaseError> {
    let text = table.get(JsValue::from(key))?.await?;
    Ok(text.and_then(|text| text.as_string()))
}

fn apply(table: &ObjectStore, key: &str, change: Change) -> Result<(), DatabaseError> {
    match change {
        Change::Nothing => {}
        Change::Put(text) => drop(table.put(&text.into(), Some(&key.into()))?),
        Change::Remove => drop(table.delete(JsValue::from(key))?),
    }
    Ok(())
}

/// Waits until the transaction is whole on its way to the disk.
async fn finish(transaction: Transaction, database: &Database) -> Result<(), DatabaseError> {
    let finished = transaction.await;
    database.close();
    match finished? {
        idb::TransactionResult::Committed => Ok(()),
        // The browser takes a transaction back by itself for one reason only.
        idb::TransactionResult::Aborted => Err(DatabaseError::Full),
    }
}

thread_local! {
    // Tells and hears: a second one of the same page would hear what the first one tells.
    static CHANNEL: Option<BroadcastChannel> = channel();
}

fn channel() -> Option<BroadcastChannel> {
    // Absent where a page may not keep anything either.
    let is_there = Reflect::has(&js_sys::global(), &"BroadcastChannel".into()).unwrap_or(false);
    is_there.then(|| BroadcastChannel::new("publik.database").ok()).flatten()
}

/// Tells the other tabs; never this one.
fn tell(store: Store) {
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            // A text can always be sent.
            channel.post_message(&store.name().into()).ok();
        }
    });
}
