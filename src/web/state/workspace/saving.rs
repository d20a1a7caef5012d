//! The view at hand as a saved one.

use leptos::prelude::*;

use super::{Belonging, Workspace};
use crate::view::View;
use crate::web::platform;
use crate::web::state::document_change::{DocumentChange, Refusal};
use crate::web::state::library::{SavedSegment, SavedView};

/// What became of a wish to save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// It is saved.
    Done,
    /// It was never saved, or is shared: it needs a name first.
    NeedsName,
    /// Another tab saved the same view since it was opened here; nothing is overwritten.
    ChangedElsewhere,
    /// The browser does not keep it beyond this visit.
    NotKept,
}

impl Workspace {
    /// Saves under the name it has, unless something has to be asked first.
    pub fn save(self, told: impl FnOnce(Saving) + 'static) {
        let Belonging { saved, segment, baseline } = self.belonging.get_untracked();
        let (Some(id), Some(segment)) = (saved, segment) else { return told(Saving::NeedsName) };
        if !untrack(|| self.documents.is_own(&segment)) {
            return told(Saving::NeedsName);
        }
        self.settle();
        let view = self.view.get_untracked();
        let change =
            DocumentChange::View { id: id.clone(), view: view.clone(), known: Some(baseline) };
        self.documents.change(segment, change, move |changed| match changed {
            Ok(changed) => told(self.is_saved(&id, view, changed.is_kept)),
            Err(Refusal::ChangedElsewhere) => told(Saving::ChangedElsewhere),
            // It is not there any more to be saved to.
            Err(Refusal::Gone | Refusal::Unreadable(_)) => told(Saving::NeedsName),
        });
    }

    /// The saved view of this id is as `view` now.
    fn is_saved(self, id: &str, view: View, is_kept: bool) -> Saving {
        if !is_kept {
            return Saving::NotKept;
        }
        // The reader may have gone on to another by now.
        if self.belonging.with_untracked(|belonging| belonging.saved.as_deref() == Some(id)) {
            self.belonging.update(|belonging| belonging.baseline = view);
        }
        Saving::Done
    }

    /// Saves as a new view of this name. Its segment is kept too, if it was not.
    pub fn save_as(self, name: &str, told: impl FnOnce(Saving) + 'static) {
        self.settle();
        self.history
            .update(|history| history.rewrite(|standing| name.clone_into(&mut standing.view.name)));
        let view = self.view.get_untracked();
        let id = platform::new_id();
        let own = self.belonging.get_untracked().segment;
        let Some(own) = own.filter(|id| untrack(|| self.documents.is_own(id))) else {
            return self.save_with_segment(id, view, told);
        };
        let change = DocumentChange::View { id: id.clone(), view: view.clone(), known: None };
        self.documents.change(own.clone(), change, move |changed| match changed {
            Ok(changed) => told(self.belongs_to(own, id, view, changed.is_kept)),
            // Its segment went away meanwhile, or cannot be read.
            Err(_) => self.save_with_segment(id, view, told),
        });
    }

    fn save_with_segment(self, id: String, view: View, told: impl FnOnce(Saving) + 'static) {
        let changed_at = platform::now_rfc3339();
        let views = vec![SavedView { id: id.clone(), changed_at, view: view.clone() }];
        self.documents.begin(view.segment.clone(), views, move |segment, is_kept| {
            told(self.belongs_to(segment, id, view, is_kept));
        });
    }

    fn belongs_to(self, segment: String, id: String, view: View, is_kept: bool) -> Saving {
        // Not kept it counts as unsaved still.
        let baseline = if is_kept { view } else { View::default() };
        self.belonging.set(Belonging { saved: Some(id), segment: Some(segment), baseline });
        self.write_address(false);
        if is_kept { Saving::Done } else { Saving::NotKept }
    }

    /// A saved view has another name: the one at hand too, if it is that one.
    pub fn follow_rename(self, saved: &str, name: &str) {
        let is_it = |belonging: &Belonging| belonging.saved.as_deref() == Some(saved);
        if !self.belonging.with_untracked(is_it) {
            return;
        }
        self.belonging.update(|belonging| name.clone_into(&mut belonging.baseline.name));
        self.history
            .update(|history| history.rewrite(|standing| name.clone_into(&mut standing.view.name)));
        self.write_address(false);
    }

    /// The segment of the view at hand is kept from now on, under this id.
    pub fn belong_to_segment(self, id: String) {
        self.belonging.update(|belonging| belonging.segment = Some(id));
    }

    /// The view at hand goes over to another kept segment, where it is not saved yet.
    pub fn move_to_segment(self, id: String) {
        let baseline = View::default();
        self.belonging.set(Belonging { saved: None, segment: Some(id), baseline });
    }

    /// The segment of the view at hand as one that is not kept and has no saved views.
    pub fn unsaved_segment(self) -> SavedSegment {
        let segment = self.view.with_untracked(|view| view.segment.clone());
        SavedSegment { segment, ..SavedSegment::default() }
    }
}
