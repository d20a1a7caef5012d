//! The view at hand: what it asks, what it counts, what was changed.

mod address;
mod counting;
mod saving;

use std::sync::Arc;

use leptos::prelude::*;

use super::history::History;
use super::library::differs;
use super::pacer::Pacer;
use super::{Data, Documents, Engine};
use crate::model::Day;
use crate::view::{FilterKind, View};
use crate::web::protocol::{Failure, Numbers, NumbersAsk};

pub use saving::Saving;

/// Bars of a histogram.
pub const BINS: u32 = 40;

/// What undo goes through.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standing {
    /// The view, its segment filled in.
    pub view: View,
    /// The yardstick, unless it is today.
    pub as_of: Option<Day>,
}

/// Which documents the view at hand belongs to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Belonging {
    /// The saved view it began as or was last saved as.
    pub saved: Option<String>,
    /// The kept segment it is of.
    pub segment: Option<String>,
    /// The view as it was then; what differs is unsaved.
    pub baseline: View,
}

/// A handle on the view at hand.
#[derive(Clone, Copy)]
pub struct Workspace {
    engine: Engine,
    data: Data,
    documents: Documents,
    history: RwSignal<History<Standing>>,
    standing: Memo<Standing>,
    view: Memo<View>,
    belonging: RwSignal<Belonging>,
    /// The saved view and the segment that an address named before the documents were read.
    named: StoredValue<Option<(Option<String>, Option<String>)>>,
    numbers: RwSignal<Option<Arc<Numbers>>>,
    failure: RwSignal<Option<Failure>>,
    pacer: StoredValue<Pacer<NumbersAsk>>,
    /// Whether the workspace is what is shown, so that the address is its to write.
    is_shown: RwSignal<bool>,
}

impl Workspace {
    /// An empty view.
    pub fn new(engine: Engine, data: Data, documents: Documents) -> Workspace {
        let history = RwSignal::new(History::new(Standing::default()));
        let standing = Memo::new(move |_| history.with(|history| history.now().clone()));
        let workspace = Workspace {
            engine,
            data,
            documents,
            history,
            standing,
            view: Memo::new(move |_| standing.with(|standing| standing.view.clone())),
            belonging: RwSignal::new(Belonging::default()),
            named: StoredValue::new(None),
            numbers: RwSignal::new(None),
            failure: RwSignal::new(None),
            pacer: StoredValue::new(Pacer::default()),
            is_shown: RwSignal::new(false),
        };
        workspace.follow_the_view();
        workspace.follow_the_segment();
        workspace
    }

    /// The view as it stands, its segment filled in.
    pub fn view(self) -> Memo<View> {
        self.view
    }

    /// The yardstick.
    pub fn as_of(self) -> Day {
        self.standing.with(|standing| standing.as_of).unwrap_or_else(|| self.data.today())
    }

    /// Whether the yardstick is another day than today.
    pub fn is_as_of_another_day(self) -> bool {
        self.standing.with(|standing| standing.as_of.is_some())
    }

    /// All counts of the latest view that is counted; `None` before the first.
    pub fn numbers(self) -> Option<Arc<Numbers>> {
        self.numbers.get()
    }

    /// The same as a signal, for parts that read a piece of it in a memo.
    pub fn numbers_signal(self) -> ReadSignal<Option<Arc<Numbers>>> {
        self.numbers.read_only()
    }

    /// Why the last counting failed, if it did; the counts before it stay.
    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// The boxes shown, in order: those the view names, else those of its filters.
    pub fn boxes(self) -> Vec<FilterKind> {
        self.view.with(boxes)
    }

    /// The boxes shown, without following them.
    pub fn boxes_untracked(self) -> Vec<FilterKind> {
        self.view.with_untracked(boxes)
    }

    /// Which documents the view belongs to.
    pub fn belonging(self) -> Belonging {
        self.belonging.get()
    }

    /// Whether something is changed and not saved.
    pub fn is_dirty(self) -> bool {
        self.view.with(|view| self.belonging.with(|belonging| differs(view, &belonging.baseline)))
    }

    /// Whether there is a step to take back.
    pub fn can_undo(self) -> bool {
        self.history.with(History::can_undo)
    }

    /// Whether there is a step to take again.
    pub fn can_redo(self) -> bool {
        self.history.with(History::can_redo)
    }

    /// Changes the view: a step by itself.
    pub fn change(self, change: impl FnOnce(&mut View)) {
        self.alter(|standing| change(&mut standing.view), History::change);
        self.write_address(true);
    }

    /// Changes the view within a gesture; [`Workspace::settle`] ends it.
    pub fn drag(self, change: impl FnOnce(&mut View)) {
        self.alter(|standing| change(&mut standing.view), History::drag);
    }

    /// Ends a gesture: all its changes are one step.
    pub fn settle(self) {
        self.history.update(History::settle);
        self.write_address(true);
    }

    /// Another yardstick; `None` is today.
    pub fn set_as_of(self, as_of: Option<Day>) {
        let as_of = as_of.filter(|day| *day != self.data.today_untracked());
        self.alter(|standing| standing.as_of = as_of, History::change);
        self.write_address(true);
    }

    /// One step back.
    pub fn undo(self) {
        self.history.update(|history| {
            history.undo();
        });
        self.write_address(false);
    }

    /// One step forward.
    pub fn redo(self) {
        self.history.update(|history| {
            history.redo();
        });
        self.write_address(false);
    }

    fn alter(
        self,
        change: impl FnOnce(&mut Standing),
        take: impl FnOnce(&mut History<Standing>, Standing),
    ) {
        self.history.update(|history| {
            let mut next = history.now().clone();
            change(&mut next);
            take(history, next);
        });
    }

    /// Opens a view, without a past. `saved` and `segment` are ids in the documents.
    pub fn open(
        self,
        view: View,
        as_of: Option<Day>,
        saved: Option<String>,
        segment: Option<String>,
    ) {
        let baseline = view.clone();
        self.named.set_value(None);
        self.pacer.update_value(Pacer::forget);
        self.belonging.set(Belonging { saved, segment, baseline });
        self.history.set(History::new(Standing { view, as_of }));
    }

    /// Opens a saved view; false where there is none of that id.
    pub fn open_saved(self, id: &str, as_of: Option<Day>) -> bool {
        let Some(kept) = self.documents.segment_of_view(id) else { return false };
        let Some(view) = kept.view(id) else { return false };
        self.open(view, as_of, Some(id.to_owned()), Some(kept.id));
        true
    }

    /// Tells whether the workspace is what is shown.
    pub fn set_shown(self, is_shown: bool) {
        self.is_shown.set(is_shown);
    }

    /// A kept segment that is edited, here or in another tab, changes the views of it.
    fn follow_the_segment(self) {
        Effect::new(move |_| {
            let Some(id) = self.belonging.with(|belonging| belonging.segment.clone()) else {
                return;
            };
            let Some(kept) = self.documents.segment(&id) else { return };
            let is_same = self.view.with_untracked(|view| view.segment == kept.segment);
            if !is_same {
                self.history.update(|history| {
                    history.rewrite(|standing| standing.view.segment = kept.segment.clone());
                });
                self.write_address(false);
            }
        });
    }
}

/// The boxes a view shows, in order.
pub fn boxes(view: &View) -> Vec<FilterKind> {
    match &view.boxes {
        Some(boxes) => boxes.clone(),
        None => FilterKind::ALL.into_iter().filter(|kind| view.filters.has(*kind)).collect(),
    }
}
