//! The segments and views that this browser keeps, and those that the host shares.

use leptos::prelude::*;

use super::arrival::Arrival;
use super::document_change::{Decided, DocumentChange, Refusal};
use super::library::{LibraryError, SavedSegment, SavedView};
use super::taking_over::{TAKEN, take_over};
use crate::view::{Segment, View};
use crate::web::platform::database::{self, Change, Store};
use crate::web::platform::{self, spawn_local};

/// Stands before the ids of what the host shares.
const SHARED: &str = "shared.";
/// Whether there were segments at the last visit: the page begins before it has read them.
const HAD_SOME: &str = "publik.segments";

/// What became of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// What was there until then.
    pub before: Option<SavedSegment>,
    /// Whether it is kept beyond this visit.
    pub is_kept: bool,
}

/// What this visit alone has, because the browser did not keep it.
#[derive(Debug, Clone)]
struct Afloat {
    id: String,
    /// The text that was kept when it was changed first.
    base: Option<String>,
    now: Option<SavedSegment>,
}

/// A handle on the documents.
#[derive(Debug, Clone, Copy)]
pub struct Documents {
    own: RwSignal<Vec<SavedSegment>>,
    shared: RwSignal<Vec<SavedSegment>>,
    unreadable: RwSignal<Vec<(String, LibraryError)>>,
    is_read: RwSignal<bool>,
    is_kept: RwSignal<bool>,
    afloat: StoredValue<Vec<Afloat>>,
    /// Whether the browser was asked to keep it all for good.
    has_asked: StoredValue<bool>,
    /// Counts changes and readings, so that a reading that was overtaken is done again.
    generation: StoredValue<u32>,
}

impl Documents {
    /// Begins to read what this browser keeps; follows what other tabs save.
    pub fn load() -> Documents {
        let documents = Documents {
            own: RwSignal::new(Vec::new()),
            shared: RwSignal::new(Vec::new()),
            unreadable: RwSignal::new(Vec::new()),
            is_read: RwSignal::new(false),
            is_kept: RwSignal::new(true),
            afloat: StoredValue::new(Vec::new()),
            has_asked: StoredValue::new(false),
            generation: StoredValue::new(0),
        };
        database::on_changed(Store::Documents, move || spawn_local(documents.read()));
        spawn_local(async move {
            let left = take_over().await;
            let afloat = left.into_iter().filter_map(|(id, text)| {
                let now = SavedSegment::from_text(&text).ok();
                now.map(|now| Afloat { id, base: None, now: Some(now) })
            });
            documents.afloat.update_value(|all| all.extend(afloat));
            documents.read().await;
            documents.is_read.set(true);
        });
        documents
    }

    /// Reads anew what this browser keeps.
    pub fn read_again(self) {
        spawn_local(self.read());
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

    /// Whether what this browser keeps has been read.
    pub fn is_read(self) -> bool {
        self.is_read.get()
    }

    /// The same, without being told of changes.
    pub fn is_read_untracked(self) -> bool {
        self.is_read.get_untracked()
    }

    /// Whether there are segments of the reader's own; before they are read, whether there were.
    pub fn has_some(self) -> bool {
        if self.is_read.get_untracked() {
            self.own.with_untracked(|own| !own.is_empty())
        } else {
            platform::stored(HAD_SOME).as_deref() == Some("1")
        }
    }

    /// The reader's own segments, by name.
    pub fn own(self) -> Vec<SavedSegment> {
        self.own.get()
    }

    /// The same, without being told of changes.
    pub fn own_untracked(self) -> Vec<SavedSegment> {
        self.own.get_untracked()
    }

    /// A segment under the ids that it has where it comes from.
    pub fn as_own(saved: &SavedSegment) -> SavedSegment {
        let mut saved = saved.clone();
        let ids = saved.views.iter_mut().map(|view| &mut view.id).chain([&mut saved.id]);
        for id in ids {
            if let Some(own) = id.strip_prefix(SHARED) {
                *id = own.to_owned();
            }
        }
        saved
    }

    /// Names of shared segments that are newer than the reader's own with the same id.
    pub fn shared_and_newer(self) -> Vec<String> {
        self.own.with(|own| {
            self.shared.with(|shared| {
                let newer = |shared: &&SavedSegment| {
                    let id = shared.id.strip_prefix(SHARED).unwrap_or(&shared.id);
                    own.iter().any(|own| own.id == id && own.changed_at < shared.changed_at)
                };
                shared.iter().filter(newer).map(|shared| shared.segment.name.clone()).collect()
            })
        })
    }

    /// Reads the reader's own segments.
    pub fn with_own<T>(self, read: impl FnOnce(&[SavedSegment]) -> T) -> T {
        self.own.with(|own| read(own))
    }

    /// The segments that the host shares, read-only.
    pub fn shared(self) -> Vec<SavedSegment> {
        self.shared.get()
    }

    /// Documents that this version cannot read, with the reason; they are left as they are.
    pub fn unreadable(self) -> Vec<(String, LibraryError)> {
        self.unreadable.get()
    }

    /// Whether the last save is kept beyond this visit.
    pub fn is_kept(self) -> bool {
        self.is_kept.get()
    }

    /// Takes what the host shares. Its ids are told from those of the reader's own, who may have
    /// the same segment.
    pub fn set_shared(self, mut shared: Vec<SavedSegment>) {
        for saved in &mut shared {
            saved.id.insert_str(0, SHARED);
            saved.views.iter_mut().for_each(|view| view.id.insert_str(0, SHARED));
        }
        self.shared.set(shared);
    }

    /// A segment by id: the reader's own, else a shared one.
    pub fn segment(self, id: &str) -> Option<SavedSegment> {
        let find = |all: &Vec<SavedSegment>| all.iter().find(|saved| saved.id == id).cloned();
        self.own.with(find).or_else(|| self.shared.with(find))
    }

    /// Whether a segment is the reader's own.
    pub fn is_own(self, id: &str) -> bool {
        self.own.with(|own| own.iter().any(|saved| saved.id == id))
    }

    /// The segment a saved view stands under: the reader's own, else a shared one.
    pub fn segment_of_view(self, id: &str) -> Option<SavedSegment> {
        let find = |all: &Vec<SavedSegment>| {
            all.iter().find(|saved| saved.views.iter().any(|view| view.id == id)).cloned()
        };
        self.own.with(find).or_else(|| self.shared.with(find))
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

    /// Keeps a segment with its views, unless there is one of its id.
    pub fn put_new(self, saved: SavedSegment) {
        let id = saved.id.clone();
        self.change(id, DocumentChange::New(saved), |_| {});
    }

    /// Keeps a new segment with a view or none; gives its id and whether it is kept.
    pub fn begin(
        self,
        segment: Segment,
        views: Vec<SavedView>,
        told: impl FnOnce(String, bool) + 'static,
    ) {
        let id = platform::new_id();
        let changed_at = platform::now_rfc3339();
        let saved = SavedSegment { id: id.clone(), changed_at, segment, views };
        self.change(id.clone(), DocumentChange::New(saved), move |changed| {
            told(id, changed.is_ok_and(|changed| changed.is_kept));
        });
    }

    /// Changes a segment of the reader's own, and tells what became of it. What is decided is
    /// decided on what is kept when it is written, whichever tab wrote it.
    pub fn change(
        self,
        id: String,
        change: DocumentChange,
        told: impl FnOnce(Result<Changed, Refusal>) + 'static,
    ) {
        spawn_local(async move {
            let changed = self.write(&id, change).await;
            if changed.is_err() {
                // What is shown is not what is kept.
                self.read().await;
            }
            told(changed);
        });
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

    /// Takes a view as it stands under a segment of the reader's own for a new one of it.
    pub fn add_view(self, segment_id: &str, view: View) {
        let change = DocumentChange::View { id: platform::new_id(), view, known: None };
        self.change(segment_id.to_owned(), change, |_| {});
    }
}
