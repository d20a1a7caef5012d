//! The view at hand in the page's address.

use leptos::prelude::*;

use super::{Belonging, Standing, Workspace};
use crate::model::Day;
use crate::view::{Segment, View};
use crate::web::platform;
use crate::web::state::history::History;
use crate::web::state::library::differs;
use crate::web::state::place::{Place, Shown};

impl Workspace {
    /// Shows what an address says: a step, if it is of the same document, else opened anew.
    pub fn show(self, shown: Shown) {
        let Shown { mut view, as_of, saved, segment } = shown;
        if !self.documents.is_read_untracked() {
            self.open(view, as_of, None, None);
            // Looked up when it can be: `meet_documents`.
            self.named.set_value(Some((saved, segment)));
            return;
        }
        let kept = segment.as_deref().and_then(|id| self.documents.segment(id));
        // An address from elsewhere may name a segment that is another one here.
        let kept = kept.filter(|kept| same_events(&kept.segment, &view.segment));
        let segment = kept.as_ref().map(|kept| kept.id.clone());
        let saved = saved.filter(|id| {
            kept.as_ref().is_some_and(|kept| kept.views.iter().any(|view| view.id == *id))
        });
        if let Some(kept) = &kept {
            view.segment = kept.segment.clone();
        }
        let belonging = self.belonging.get_untracked();
        let is_same_document = (&belonging.saved, &belonging.segment) == (&saved, &segment);
        if is_same_document && self.is_at(&view, as_of) {
            return;
        }
        if self.is_shown.get_untracked() && is_same_document {
            self.alter(|standing| *standing = Standing { view, as_of }, History::change);
            return;
        }
        let baseline = saved.as_deref().and_then(|id| kept.as_ref()?.view(id));
        let opened = view.clone();
        self.open(view, as_of, saved, segment);
        self.belonging.update(|belonging| belonging.baseline = baseline.unwrap_or(opened));
    }

    /// The documents are read by now: holds what the view was said to belong to against them.
    pub fn meet_documents(self) {
        let named = self.named.try_update_value(Option::take).flatten();
        let Some((saved, segment)) = named else { return };
        let baseline = self.belonging.get_untracked().baseline;
        let kept = segment.and_then(|id| self.documents.segment(&id));
        let kept = kept.filter(|kept| same_events(&kept.segment, &baseline.segment));
        let view = saved.as_deref().and_then(|id| kept.as_ref()?.view(id));
        self.belonging.set(Belonging {
            saved: saved.filter(|_| view.is_some()),
            segment: kept.map(|kept| kept.id),
            baseline: view.unwrap_or(baseline),
        });
    }

    /// Whether this is the view at hand, so that coming back to it keeps what can be taken back.
    fn is_at(self, view: &View, as_of: Option<Day>) -> bool {
        self.standing.with_untracked(|now| {
            now.as_of == as_of
                && same_events(&now.view.segment, &view.segment)
                && !differs(&now.view, view)
        })
    }

    /// The address of the view as it stands; `None` where it is too long and not saved.
    pub fn address(self) -> Option<String> {
        let standing = self.standing.get_untracked();
        let Belonging { saved, segment, .. } = self.belonging.get_untracked();
        let shown = Shown { view: standing.view, as_of: standing.as_of, saved, segment };
        Place::View(Box::new(shown)).fragment()
    }

    /// The link to the view, absolute; `None` where it is too long for one.
    pub fn link(self) -> Option<String> {
        let standing = self.standing.get_untracked();
        // Whoever follows it has other documents: ids of these would name nothing there.
        let shown = Shown { view: standing.view, as_of: standing.as_of, ..Shown::default() };
        let fragment = Place::View(Box::new(shown)).fragment()?;
        Some(platform::with_fragment(&fragment))
    }

    /// Writes the address, if the workspace is shown.
    pub fn write_address(self, as_new_entry: bool) {
        if !self.is_shown.get_untracked() {
            return;
        }
        if let Some(fragment) = self.address().filter(|fragment| *fragment != platform::fragment())
        {
            platform::replace_fragment(&fragment, as_new_entry);
        }
    }
}

/// Whether two segments are the same but for the description, which addresses leave out.
fn same_events(kept: &Segment, named: &Segment) -> bool {
    let description = String::new();
    Segment { description: description.clone(), ..kept.clone() }
        == Segment { description, ..named.clone() }
}
