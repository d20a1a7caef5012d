//! The segments and views that this browser keeps, and those that the host shares.

mod keeping;

use leptos::prelude::*;

use super::document_change::{DocumentChange, Refusal};
use super::library::{LibraryError, SavedSegment, SavedView};
use super::taking_over;
use crate::view::{Segment, View};
use crate::web::platform::database::{self, Store};
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
        database::on_changed(Store::Documents, move || keeping::read(documents));
        if platform::stored(HAD_SOME).as_deref() == Some("1") || taking_over::is_needed() {
            keeping::begin(documents);
            return documents;
        }
        spawn_local(async move {
            // What reads documents is a part of the page that a first visit does without.
            if platform::has_database().await {
                keeping::begin(documents);
            } else {
                documents.is_read.set(true);
            }
        });
        documents
    }

    /// Reads anew what this browser keeps.
    pub fn read_again(self) {
        keeping::read(self);
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

    /// Takes what the host shares, from an address relative to the page, and tells it.
    pub fn fetch_shared(self, address: String, told: impl FnOnce() + 'static) {
        keeping::fetch_shared(self, address, Box::new(told));
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
        keeping::change(self, id, change, Box::new(told));
    }

    /// Takes a view as it stands under a segment of the reader's own for a new one of it.
    pub fn add_view(self, segment_id: &str, view: View) {
        let change = DocumentChange::View { id: platform::new_id(), view, known: None };
        self.change(segment_id.to_owned(), change, |_| {});
    }
}
