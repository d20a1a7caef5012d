//! The segments and views that this browser keeps, and those that the host shares.

use leptos::prelude::*;

use super::library::{LibraryError, SavedSegment, SavedView};
use crate::view::{Segment, View};
use crate::web::platform;

/// Each segment with its views lies under a key of its own, so that a save is whole or not at
/// all and two tabs that save different segments do not meet.
const PREFIX: &str = "publik.segment.";

/// Stands before the ids of what the host shares.
const SHARED: &str = "shared.";

/// A handle on the documents.
#[derive(Debug, Clone, Copy)]
pub struct Documents {
    own: RwSignal<Vec<SavedSegment>>,
    shared: RwSignal<Vec<SavedSegment>>,
    unreadable: RwSignal<Vec<(String, LibraryError)>>,
    is_kept: RwSignal<bool>,
}

impl Documents {
    /// What this browser keeps; follows what other tabs save.
    pub fn load() -> Documents {
        let documents = Documents {
            own: RwSignal::new(Vec::new()),
            shared: RwSignal::new(Vec::new()),
            unreadable: RwSignal::new(Vec::new()),
            is_kept: RwSignal::new(true),
        };
        documents.read();
        platform::on_stored(move |key| {
            if key.is_none_or(|key| key.starts_with(PREFIX)) {
                documents.read();
            }
        });
        documents
    }

    fn read(self) {
        let (mut own, mut unreadable) = (Vec::new(), Vec::new());
        for key in platform::stored_keys(PREFIX) {
            let Some(text) = platform::stored(&key) else { continue };
            match SavedSegment::from_text(&text) {
                Ok(segment) => own.push(segment),
                Err(error) => unreadable.push((key, error)),
            }
        }
        own.sort_by(|one, other| {
            one.segment.name.cmp(&other.segment.name).then(one.id.cmp(&other.id))
        });
        self.own.set(own);
        self.unreadable.set(unreadable);
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

    /// Takes a segment out of a file: under its own id, or another where that is taken or none.
    pub fn put_imported(self, mut saved: SavedSegment) {
        if saved.id.is_empty() || self.own_now(&saved.id).is_some() {
            saved.id = platform::new_id();
        }
        let now = platform::now_rfc3339();
        let ids: Vec<String> = self.own.with_untracked(|own| {
            own.iter().flat_map(|saved| &saved.views).map(|view| view.id.clone()).collect()
        });
        for view in &mut saved.views {
            if view.id.is_empty() || ids.contains(&view.id) {
                view.id = platform::new_id();
            }
            if view.changed_at.is_empty() {
                view.changed_at.clone_from(&now);
            }
        }
        if saved.changed_at.is_empty() {
            saved.changed_at = now;
        }
        self.put(saved);
    }

    /// Gives a view another name.
    pub fn rename_view(self, segment_id: &str, view_id: &str, name: &str) {
        let Some(mut segment) = self.own_now(segment_id) else { return };
        let now = platform::now_rfc3339();
        for view in segment.views.iter_mut().filter(|view| view.id == view_id) {
            name.clone_into(&mut view.view.name);
            view.changed_at.clone_from(&now);
        }
        segment.changed_at = now;
        self.put(segment);
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

    /// Keeps a segment with its views, as it is.
    pub fn put(self, saved: SavedSegment) {
        let key = format!("{PREFIX}{}", saved.id);
        let kept = platform::store(&key, &saved.to_text()).is_ok();
        self.is_kept.set(kept);
        if kept {
            self.read();
        } else {
            self.own.update(|own| {
                own.retain(|other| other.id != saved.id);
                own.push(saved);
            });
        }
    }

    /// Saves a segment, a new one without `id`; gives its id.
    pub fn save_segment(self, id: Option<&str>, segment: Segment) -> String {
        let old = id.and_then(|id| self.own_now(id));
        let changed_at = platform::now_rfc3339();
        let saved = match old {
            Some(old) => SavedSegment { changed_at, segment, ..old },
            None => SavedSegment {
                id: id.map_or_else(platform::new_id, str::to_owned),
                changed_at,
                segment,
                views: Vec::new(),
            },
        };
        let id = saved.id.clone();
        self.put(saved);
        id
    }

    /// Takes a segment away with its views, and gives it back so that it can be put again.
    pub fn delete(self, id: &str) -> Option<SavedSegment> {
        let saved = self.own_now(id)?;
        platform::remove(&format!("{PREFIX}{id}"));
        self.own.update(|own| own.retain(|other| other.id != id));
        Some(saved)
    }

    /// Saves a view under a segment of the reader's own, a new one without `view_id`; gives its
    /// id, or `None` where there is no such segment.
    pub fn save_view(self, segment_id: &str, view_id: Option<&str>, view: View) -> Option<String> {
        let mut segment = self.own_now(segment_id)?;
        let changed_at = platform::now_rfc3339();
        let id = view_id.map_or_else(platform::new_id, str::to_owned);
        let view = View { segment: segment.segment.clone(), ..view };
        segment.put_view(SavedView { id: id.clone(), changed_at: changed_at.clone(), view });
        segment.changed_at = changed_at;
        self.put(segment);
        Some(id)
    }

    /// Takes a view away, and gives the segment as it was before, so that it can be put again.
    pub fn delete_view(self, segment_id: &str, view_id: &str) -> Option<SavedSegment> {
        let before = self.own_now(segment_id)?;
        let mut after = before.clone();
        after.views.retain(|view| view.id != view_id);
        after.changed_at = platform::now_rfc3339();
        self.put(after);
        Some(before)
    }

    /// A saved view of the reader's own as it is kept this moment, whichever tab saved it.
    pub fn kept_view(self, segment_id: &str, view_id: &str) -> Option<View> {
        self.own_now(segment_id)?.view(view_id)
    }

    /// A segment of the reader's own as it is kept this moment, whichever tab saved it.
    pub fn kept_segment(self, id: &str) -> Option<Segment> {
        Some(self.own_now(id)?.segment)
    }

    /// A segment as it is kept this moment: another tab may have saved it since.
    fn own_now(self, id: &str) -> Option<SavedSegment> {
        let kept = platform::stored(&format!("{PREFIX}{id}"));
        kept.and_then(|text| SavedSegment::from_text(&text).ok()).or_else(|| {
            self.own.with_untracked(|own| own.iter().find(|saved| saved.id == id).cloned())
        })
    }
}
