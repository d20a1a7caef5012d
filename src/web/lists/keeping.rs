//! Contacts that this browser keeps beside the snapshot they belong to: sealed ones as they are, so that
//! they are there without a network; readable ones only where the reader asked for that.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use super::Desk;
use crate::model::Contacts;
use crate::snapshot::{
    Encryption, Manifest, PartEntry, PartKind, encode_contacts, open_unsealed_contacts,
};
use crate::web::platform::{NotKept, alone, keep, kept, room};
use crate::web::shelf::{self, LOCK, PLACES, SEALED, SPARE_BYTES};

/// What is wished, and what is known to be kept.
#[derive(Default)]
pub struct Keeping {
    is_readable_wished: Cell<bool>,
    /// Files of the data that is open which are kept whole.
    whole: RefCell<HashSet<String>>,
}

impl Keeping {
    /// Keeps readable contacts from now on, or none.
    pub fn wish(&self, is_readable_wished: bool) {
        self.is_readable_wished.set(is_readable_wished);
        if !is_readable_wished {
            self.whole.borrow_mut().retain(|name| name.ends_with(SEALED));
        }
    }

    /// Knows nothing of what is kept: other data is open.
    pub fn forget(&self) {
        self.whole.borrow_mut().clear();
    }

    fn note(&self, name: &str) {
        self.whole.borrow_mut().insert(name.to_owned());
    }

    fn may_keep(&self, name: &str) -> bool {
        name.ends_with(SEALED) || self.is_readable_wished.get()
    }
}

/// The readable contacts that are kept, where that is wished.
pub async fn readable(desk: &Desk, manifest: &Manifest) -> Option<Contacts> {
    if !desk.keeping.is_readable_wished.get() {
        return None;
    }
    let name = shelf::readable(&manifest.part(PartKind::Contacts).ok()?.file);
    // What is broken is as good as not there: the passphrase, or the host, still has it.
    let contacts = open_unsealed_contacts(manifest, &kept(name).await?).ok()?;
    desk.keeping.note(name);
    Some(contacts)
}

/// The sealed file that the manifest names, if it is kept whole.
pub async fn sealed(desk: &Desk, entry: &PartEntry) -> Option<Vec<u8>> {
    if entry.encryption == Encryption::None {
        return None;
    }
    let bytes = kept(&entry.file).await?;
    entry.check(&bytes).ok()?;
    desk.keeping.note(&entry.file);
    Some(bytes)
}

/// Keeps what is to be kept of the contacts that are here. Data whose facts are sealed asks for its
/// passphrase anyway: contacts that lay readable beside them would bring nothing.
///
/// # Errors
/// A browser that keeps no files, or has no room for them.
pub async fn settle(desk: &Desk) -> Result<(), NotKept> {
    let Ok(manifest) = Manifest::parse(&desk.manifest.borrow()) else { return Ok(()) };
    let part = |kind| manifest.part(kind).ok();
    let (Some(facts), Some(entry)) = (part(PartKind::Facts), part(PartKind::Contacts)) else {
        return Ok(());
    };
    let generation = desk.generation.get();
    let waiting = desk.sealed.borrow().clone();
    if let Some(sealed) = waiting {
        put(desk, generation, &entry.file, || sealed.to_vec()).await?;
    }
    let contacts = desk.list.borrow().shared().contacts;
    match contacts {
        Some(contacts) if facts.encryption == Encryption::None => {
            let readable = shelf::readable(&entry.file);
            put(desk, generation, readable, || encode_contacts(&contacts)).await
        }
        _ => Ok(()),
    }
}

/// Keeps a file of the data of a generation, unless it is kept already, unwished, or its snapshot is not
/// the one that is kept.
async fn put(
    desk: &Desk,
    generation: u32,
    name: &str,
    bytes: impl FnOnce() -> Vec<u8>,
) -> Result<(), NotKept> {
    if !desk.keeping.may_keep(name) || desk.keeping.whole.borrow().contains(name) {
        return Ok(());
    }
    // Another tab may be keeping another snapshot, or taking readable contacts away.
    let _alone = alone(LOCK).await;
    let beside = match shelf::current().await {
        Some((place, _)) => kept(PLACES[place]).await,
        None => None,
    };
    let is_beside = beside.is_some_and(|manifest| manifest == *desk.manifest.borrow());
    if !is_beside || desk.generation.get() != generation || !desk.keeping.may_keep(name) {
        return Ok(());
    }
    let bytes = bytes();
    let needed = (bytes.len() + SPARE_BYTES) as f64;
    if room().await.is_some_and(|room| room.free() < needed) {
        return Err(NotKept { reason: "its storage is full".to_owned() });
    }
    keep(name, &bytes).await?;
    desk.keeping.note(name);
    Ok(())
}
