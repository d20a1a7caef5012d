//! What this device keeps: looked at, backed up, restored, erased.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use serde::Deserialize;

use super::Documents;
use super::backup::Backup;
use super::merge::{Merged, merge};
use super::taking_over::{LOCK, TAKEN};
use crate::web::later::later;
use crate::web::platform::database::{self, Change, DatabaseError, Store};
use crate::web::platform::{self, Holdings, Room, spawn_local};

/// What a backup has of the reader's choices: named after these keys without their beginning. A
/// token is none of them.
const SETTINGS: [&str; 4] =
    ["publik.language", "publik.theme", "publik.columns", "publik.sync.address"];
const BEFORE_NAMES: &str = "publik.";
/// The file that says which manifest is the latest, in its first letter.
const CURRENT: &str = "current";

/// The snapshot that is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptSnapshot {
    /// Its size.
    pub bytes: f64,
    /// When it was built, RFC 3339.
    pub built_at: String,
}

/// What this device keeps.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The snapshot, if one is kept.
    pub snapshot: Option<KeptSnapshot>,
    /// Exports that are recorded.
    pub exports: u32,
    /// Entries that wait to be sent, or are done.
    pub outbox: u32,
    /// How much room there is, where the browser says.
    pub room: Option<Room>,
    /// Whether it stays for good, where the browser says.
    pub is_lasting: Option<bool>,
}

/// What came of a backup that was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Documents and records that were not here.
    pub new: u32,
    /// Those that were here already, byte by byte.
    pub same: u32,
    /// Names of those that are kept beside others of the same id.
    pub beside: Vec<String>,
    /// Whether settings came with it.
    pub has_settings: bool,
}

/// How far erasing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasing {
    /// Under way.
    Now,
    /// Done; this is left.
    Done(Holdings),
}

/// A handle on what this device keeps.
#[derive(Debug, Clone, Copy)]
pub struct Device {
    documents: Documents,
    report: RwSignal<Option<Arc<Report>>>,
    erasing: RwSignal<Option<Erasing>>,
}

impl Device {
    /// Nothing is looked at yet.
    pub fn new(documents: Documents) -> Device {
        Device { documents, report: RwSignal::new(None), erasing: RwSignal::new(None) }
    }

    /// What this device keeps, as far as it was looked at.
    pub fn report(self) -> Option<Arc<Report>> {
        self.report.get()
    }

    /// Whether everything is being erased, or was.
    pub fn erasing(self) -> Option<Erasing> {
        self.erasing.get()
    }

    /// Looks at what this device keeps.
    pub fn look(self) {
        spawn_local(async move {
            let count = |all: Result<Vec<(String, String)>, DatabaseError>| {
                all.map_or(0, |all| all.len() as u32)
            };
            let report = Report {
                snapshot: kept_snapshot().await,
                exports: count(database::read_all(Store::Exports).await),
                outbox: count(database::read_all(Store::Outbox).await),
                room: platform::room().await,
                is_lasting: platform::is_lasting().await,
            };
            self.report.set(Some(Arc::new(report)));
        });
    }

    /// Asks the browser to keep it all for good, and tells its answer.
    pub fn ask_to_last(self, told: impl FnOnce(bool) + 'static) {
        spawn_local(async move {
            let is_lasting = platform::ask_to_last().await;
            self.look();
            told(is_lasting);
        });
    }

    /// Everything of the reader's as a file.
    pub fn back_up(self, told: impl FnOnce(Result<String, DatabaseError>) + 'static) {
        spawn_local(async move { told(backup().await.map(|backup| backup.to_text())) });
    }

    /// Takes a backup beside what is here.
    pub fn restore(
        self,
        backup: Backup,
        told: impl FnOnce(Result<Restored, DatabaseError>) + 'static,
    ) {
        spawn_local(async move {
            let restored = restore(backup).await;
            self.documents.read_again();
            self.look();
            told(restored);
        });
    }

    /// Erases everything, once nobody of this page writes any more.
    pub fn erase(self) {
        platform::stop_keeping();
        platform::tell_erased();
        self.clear();
    }

    /// Another tab erases everything: this one keeps nothing more either.
    pub fn follow_erasing(self) {
        platform::stop_keeping();
        self.clear();
    }

    fn clear(self) {
        self.erasing.set(Some(Erasing::Now));
        clear(self);
    }
}

later! {
    /// Takes everything away, and tells what is left.
    device: fn clear(device: Device) {
        spawn_local(async move {
            device.erasing.set(Some(Erasing::Done(platform::erase().await)));
        });
    }
}

async fn kept_snapshot() -> Option<KeptSnapshot> {
    #[derive(Deserialize)]
    struct Manifest {
        built_at: String,
    }
    let files = platform::kept_files().await;
    let current = platform::kept_text(CURRENT).await?;
    let manifest = platform::kept_text(&format!("manifest-{}.json", current.get(..1)?)).await?;
    let Manifest { built_at } = serde_json::from_str(&manifest).ok()?;
    Some(KeptSnapshot { bytes: files.iter().map(|(_, bytes)| bytes).sum(), built_at })
}

async fn kept(store: Store) -> Result<BTreeMap<String, String>, DatabaseError> {
    let all = database::read_all(store).await?;
    Ok(all.into_iter().filter(|(key, _)| key != TAKEN).collect())
}

async fn backup() -> Result<Backup, DatabaseError> {
    let settings = SETTINGS.iter().filter_map(|key| {
        Some((key.strip_prefix(BEFORE_NAMES)?.to_owned(), platform::stored(key)?))
    });
    Ok(Backup {
        made_at: platform::now_rfc3339(),
        segments: kept(Store::Documents).await?,
        exports: kept(Store::Exports).await?,
        settings: settings.collect(),
    })
}

async fn restore(backup: Backup) -> Result<Restored, DatabaseError> {
    // Two tabs that restore at once would not see what the other one puts beside.
    let _alone = platform::alone(LOCK).await;
    let segments = merge(&kept(Store::Documents).await?, backup.segments);
    let exports = merge(&kept(Store::Exports).await?, backup.exports);
    let (new, same) = (segments.new + exports.new, segments.same + exports.same);
    let puts = |store: Store, merged: Merged| {
        merged.put.into_iter().map(move |(key, text)| (store, key, Change::Put(text)))
    };
    let beside = [segments.beside.clone(), exports.beside.clone()].concat();
    let changes = puts(Store::Documents, segments).chain(puts(Store::Exports, exports));
    database::change_all(changes.collect()).await?;
    let mut has_settings = false;
    for key in SETTINGS {
        let value = key.strip_prefix(BEFORE_NAMES).and_then(|name| backup.settings.get(name));
        // What was chosen here stays.
        if let Some(value) = value.filter(|_| platform::stored(key).is_none()) {
            has_settings |= platform::store(key, value).is_ok();
        }
    }
    Ok(Restored { new, same, beside, has_settings })
}
