//! The view at hand: what it asks, what it counts, what was changed.

use std::sync::Arc;

use leptos::prelude::*;

use super::document_change::{DocumentChange, Refusal};
use super::history::History;
use super::library::{SavedSegment, SavedView, differs};
use super::pacer::Pacer;
use super::place::{Place, Shown};
use super::{Data, Documents, Engine};
use crate::model::Day;
use crate::view::{FilterKind, Segment, View, to_json};
use crate::web::platform::{self, Attachments};
use crate::web::protocol::{Answer, Ask, Failure, Numbers, NumbersAsk};

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

    /// Opens a saved view; false where there is none of that id.
    pub fn open_saved(self, id: &str, as_of: Option<Day>) -> bool {
        let Some(kept) = self.documents.segment_of_view(id) else { return false };
        let Some(view) = kept.view(id) else { return false };
        self.open(view, as_of, Some(id.to_owned()), Some(kept.id));
        true
    }

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

    /// Keeps the segment of the view at hand, which is not kept yet; gives its id.
    pub fn keep_segment(self, told: impl FnOnce(String) + 'static) {
        let segment = self.view.with_untracked(|view| view.segment.clone());
        self.documents.begin(segment, Vec::new(), move |id, _| {
            self.belonging.update(|belonging| belonging.segment = Some(id.clone()));
            told(id);
        });
    }

    /// The segment of the view at hand as one that is not kept and has no saved views.
    pub fn unsaved_segment(self) -> SavedSegment {
        let segment = self.view.with_untracked(|view| view.segment.clone());
        SavedSegment { segment, ..SavedSegment::default() }
    }

    /// Tells whether the workspace is what is shown.
    pub fn set_shown(self, is_shown: bool) {
        self.is_shown.set(is_shown);
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

    /// Asks for the counts of every view as it comes.
    fn follow_the_view(self) {
        Effect::new(move |before: Option<Option<usize>>| {
            let data = self.data.open();
            // By address: a new opening is a new allocation while the old one is still held.
            let now = data.as_ref().map(|data| Arc::as_ptr(data).addr());
            if before.is_some_and(|before| before != now) {
                self.pacer.update_value(Pacer::forget);
                self.numbers.set(None);
            }
            if data.is_some() {
                self.data.flags_turn();
                let as_of = self.as_of().to_string();
                self.view.with(|view| {
                    let shown = boxes(view).iter().map(|kind| kind.name().to_owned()).collect();
                    self.ask(NumbersAsk { view: to_json(view), as_of, shown, bins: BINS });
                });
            }
            now
        });
    }

    fn ask(self, question: NumbersAsk) {
        if let Some(Some((number, question))) =
            self.pacer.try_update_value(|pacer| pacer.ask(question))
        {
            self.send(number, question);
        }
    }

    fn send(self, number: u32, question: NumbersAsk) {
        self.engine.ask(Ask::Numbers(question), Attachments::none(), move |answer, _| {
            let heard = self.pacer.try_update_value(|pacer| pacer.heard(number));
            let Some(heard) = heard else { return };
            if let Some((number, next)) = heard.next {
                self.send(number, next);
            }
            if !heard.is_useful {
                return;
            }
            match answer {
                Answer::Numbers(numbers) => {
                    self.failure.set(None);
                    self.numbers.set(Some(Arc::new(*numbers)));
                }
                Answer::Failed(failure) => self.failure.set(Some(failure)),
                _ => {}
            }
        });
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

/// Whether two segments are the same but for the description, which addresses leave out.
fn same_events(kept: &Segment, named: &Segment) -> bool {
    let description = String::new();
    Segment { description: description.clone(), ..kept.clone() }
        == Segment { description, ..named.clone() }
}
