//! Reading what is kept and writing it: a part of the page that is fetched when something is there
//! to be read, or to be kept.

use leptos::prelude::*;

use super::{Afloat, Changed, Documents, HAD_SOME, SHARED};
use crate::web::later::later;
use crate::web::platform::database::{self, Change, Store};
use crate::web::platform::{self, spawn_local};
use crate::web::state::arrival::Arrival;
use crate::web::state::document_change::{Decided, DocumentChange, Refusal};
use crate::web::state::library::{SavedSegment, SavedView, from_file};
use crate::web::state::taking_over::{TAKEN, take_over};

/// Is told what became of a change.
pub(super) type Told = Box<dyn FnOnce(Result<Changed, Refusal>)>;

later! {
    /// Reads what this browser keeps, for the first time.
    documents: pub(super) fn begin(documents: Documents) {
        spawn_local(documents.read_first());
    }
}
later! {
    /// Reads it anew.
    documents: pub(super) fn read(documents: Documents) {
        spawn_local(documents.read());
    }
}
later! {
    /// Changes a segment, and tells what became of it.
    documents: pub(super) fn change(
        documents: Documents,
        id: String,
        change: DocumentChange,
        told: Told,
    ) {
        spawn_local(documents.write_and_tell(id, change, told));
    }
}
later! {
    /// Takes what the host shares, and tells it.
    documents: pub(super) fn fetch_shared(
        documents: Documents,
        address: String,
        told: Box<dyn FnOnce()>,
    ) {
        platform::fetch_beside(&address, move |bytes| {
            let Some(shared) = bytes.and_then(|bytes| from_file(&bytes).ok()) else { return };
            documents.set_shared(shared);
            told();
        });
    }
}

impl Documents {
    async fn read_first(self) {
        let left = take_over().await;
        let afloat = left.into_iter().filter_map(|(id, text)| {
            let now = SavedSegment::from_text(&text).ok();
            now.map(|now| Afloat { id, base: None, now: Some(now) })
        });
        self.afloat.update_value(|all| all.extend(afloat));
        self.read().await;
        self.is_read.set(true);
    }

    async fn read(self) {
        loop {
            self.generation.update_value(|generation| *generation += 1);
            let generation = self.generation.get_value();
            // A browser that keeps nothing has nothing to read: the first save says so.
            let all = database::read_all(Store::Documents).await.unwrap_or_default();
            if self.generation.get_value() == generation {
                return self.take(all);
            }
        }
    }

    fn take(self, all: Vec<(String, String)>) {
        let (mut own, mut unreadable) = (Vec::new(), Vec::new());
        for (key, text) in all.into_iter().filter(|(key, _)| key != TAKEN) {
            match SavedSegment::from_text(&text) {
                Ok(segment) => own.push(segment),
                Err(error) => unreadable.push((key, error)),
            }
        }
        self.afloat.with_value(|afloat| {
            for Afloat { id, now, .. } in afloat {
                own.retain(|saved| saved.id != *id);
                own.extend(now.clone());
            }
        });
        self.unreadable.set(unreadable);
        self.show(own);
    }

    fn show(self, mut own: Vec<SavedSegment>) {
        own.sort_by(|one, other| {
            one.segment.name.cmp(&other.segment.name).then(one.id.cmp(&other.id))
        });
        // Not kept is no harm: the next visit then begins with the workspace and moves on.
        platform::store(HAD_SOME, if own.is_empty() { "0" } else { "1" }).ok();
        self.own.set(own);
    }

    /// Takes what the host shares. Its ids are told from those of the reader's own, who may have
    /// the same segment.
    fn set_shared(self, mut shared: Vec<SavedSegment>) {
        for saved in &mut shared {
            saved.id.insert_str(0, SHARED);
            saved.views.iter_mut().for_each(|view| view.id.insert_str(0, SHARED));
        }
        self.shared.set(shared);
    }

    /// Takes a segment out of a file, and says where it went.
    pub async fn put_imported(self, saved: SavedSegment) -> Arrival {
        let now = platform::now_rfc3339();
        let place = |own: &Vec<SavedSegment>| Arrival::of(saved, own, &now, platform::new_id);
        let arrival = self.own.with_untracked(place);
        let (id, changes) = match arrival.clone() {
            Arrival::Alone(saved) => (saved.id.clone(), vec![DocumentChange::New(saved)]),
            Arrival::Under { id, views } => {
                let change =
                    |SavedView { id, view, .. }| DocumentChange::View { id, view, known: None };
                (id, views.into_iter().map(change).collect())
            }
        };
        for change in changes {
            if self.write(&id, change).await.is_err() {
                // What is shown is not what is kept.
                self.read().await;
            }
        }
        arrival
    }

    async fn write_and_tell(self, id: String, change: DocumentChange, told: Told) {
        let changed = self.write(&id, change).await;
        if changed.is_err() {
            // What is shown is not what is kept.
            self.read().await;
        }
        told(changed);
    }

    async fn write(self, id: &str, change: DocumentChange) -> Result<Changed, Refusal> {
        let now = platform::now_rfc3339();
        let floating =
            self.afloat.with_value(|afloat| afloat.iter().find(|afloat| afloat.id == id).cloned());
        let unkept = change.clone();
        let mut base = None;
        let written = database::change(Store::Documents, id, |kept| {
            base = kept.map(str::to_owned);
            let decided = match &floating {
                None => change.decide(kept, id, &now),
                Some(floating) if floating.base != base => Err(Refusal::ChangedElsewhere),
                Some(floating) => {
                    let text = floating.now.as_ref().map(SavedSegment::to_text);
                    change.decide(text.as_deref(), id, &now)
                }
            };
            let write = match &decided {
                Err(_) => Change::Nothing,
                Ok(Decided { after: Some(after), .. }) => Change::Put(after.to_text()),
                Ok(Decided { after: None, .. }) => Change::Remove,
            };
            (write, decided)
        });
        let decided = written.await;
        let is_kept = decided.is_ok();
        let Decided { before, after } = if let Ok(decided) = decided {
            decided?
        } else {
            // The browser keeps nothing, or no more: this visit goes on with it all the same.
            let known = self.own.with_untracked(|own| own.iter().find(|own| own.id == id).cloned());
            unkept.decide(known.map(|known| known.to_text()).as_deref(), id, &now)?
        };
        self.afloat.update_value(|afloat| {
            let base = floating.map_or(base, |floating| floating.base);
            afloat.retain(|afloat| afloat.id != id);
            if !is_kept {
                afloat.push(Afloat { id: id.to_owned(), base, now: after.clone() });
            }
        });
        self.is_kept.set(self.afloat.with_value(Vec::is_empty));
        // Something of the reader's own is there to be lost now: the moment to ask for safety.
        if is_kept
            && !self.has_asked.try_update_value(|has| std::mem::replace(has, true)).unwrap_or(true)
        {
            spawn_local(async {
                platform::ask_to_last().await;
            });
        }
        self.generation.update_value(|generation| *generation += 1);
        let mut own = self.own.get_untracked();
        own.retain(|saved| saved.id != id);
        own.extend(after);
        self.show(own);
        Ok(Changed { before, is_kept })
    }
}
