//! A segment in its form: changed, counted, not saved yet.

use std::sync::Arc;

use leptos::prelude::*;

use super::history::History;
use super::pacer::Pacer;
use super::{Data, Engine};
use crate::view::{Document, EventSelection, Segment};
use crate::web::platform::Attachments;
use crate::web::protocol::{Answer, Ask, FormCounts};

/// A handle on the segment in the form.
#[derive(Clone, Copy)]
pub struct Draft {
    engine: Engine,
    data: Data,
    history: RwSignal<History<Segment>>,
    segment: Memo<Segment>,
    baseline: RwSignal<Segment>,
    counts: RwSignal<Option<Arc<FormCounts>>>,
    pacer: StoredValue<Pacer<(String, String)>>,
}

impl Draft {
    /// A draft that begins as `segment` and is counted with every change.
    pub fn new(engine: Engine, data: Data, segment: Segment) -> Draft {
        let history = RwSignal::new(History::new(segment.clone()));
        let draft = Draft {
            engine,
            data,
            history,
            segment: Memo::new(move |_| history.with(|history| history.now().clone())),
            baseline: RwSignal::new(segment),
            counts: RwSignal::new(None),
            pacer: StoredValue::new(Pacer::default()),
        };
        draft.follow();
        draft
    }

    /// The segment as it stands.
    pub fn segment(self) -> Memo<Segment> {
        self.segment
    }

    /// What stands beside the form; `None` before the first answer.
    pub fn counts(self) -> Option<Arc<FormCounts>> {
        self.counts.get()
    }

    /// The segment as it was when the form opened or was last saved.
    pub fn baseline(self) -> Segment {
        self.baseline.get_untracked()
    }

    /// From now on the form knows what another tab saved: saving replaces that.
    pub fn know(self, kept: Segment) {
        self.baseline.set(kept);
    }

    /// Whether something is changed and not saved.
    pub fn is_dirty(self) -> bool {
        self.segment.with(|segment| self.baseline.with(|baseline| segment != baseline))
    }

    /// It was saved as it stands.
    pub fn is_saved(self) {
        self.history.update(History::settle);
        self.baseline.set(self.segment.get_untracked());
    }

    /// A change that is a step by itself.
    pub fn change(self, change: impl FnOnce(&mut Segment)) {
        self.history.update(|history| {
            let mut next = history.now().clone();
            change(&mut next);
            history.change(next);
        });
    }

    /// A change within a gesture; [`Draft::settle`] ends it.
    pub fn drag(self, change: impl FnOnce(&mut Segment)) {
        self.history.update(|history| {
            let mut next = history.now().clone();
            change(&mut next);
            history.drag(next);
        });
    }

    /// Ends a gesture.
    pub fn settle(self) {
        self.history.update(History::settle);
    }

    /// One step back.
    pub fn undo(self) {
        self.history.update(|history| {
            history.undo();
        });
    }

    /// One step forward.
    pub fn redo(self) {
        self.history.update(|history| {
            history.redo();
        });
    }

    /// Whether there is a step to take back.
    pub fn can_undo(self) -> bool {
        self.history.with(History::can_undo)
    }

    /// Whether there is a step to take again.
    pub fn can_redo(self) -> bool {
        self.history.with(History::can_redo)
    }

    /// Asks for the counts of every segment as it comes; names and descriptions change none.
    fn follow(self) {
        let events = Memo::new(move |_| {
            self.segment.with(|segment| Segment {
                name: "draft".to_owned(),
                description: String::new(),
                ..segment.clone()
            })
        });
        Effect::new(move |_| {
            if self.data.open().is_none() {
                return;
            }
            let as_of = self.data.today().to_string();
            let question = (segment_document(&events.get()), as_of);
            let asked = self.pacer.try_update_value(|pacer| pacer.ask(question));
            if let Some(Some((number, question))) = asked {
                self.send(number, question);
            }
        });
    }

    fn send(self, number: u32, (segment, as_of): (String, String)) {
        self.engine.ask(Ask::Form { segment, as_of }, Attachments::none(), move |answer, _| {
            let heard = self.pacer.try_update_value(|pacer| pacer.heard(number));
            let Some(heard) = heard else { return };
            if let Some((number, next)) = heard.next {
                self.send(number, next);
            }
            if let (true, Answer::Form(counts)) = (heard.is_useful, answer) {
                // The form may be gone by now.
                self.counts.try_set(Some(Arc::new(*counts)));
            }
        });
    }
}

/// A segment's document.
pub fn segment_document(segment: &Segment) -> String {
    serde_json::to_string(&Document(segment)).expect("text keys, texts and whole numbers only")
}

/// The list of a selection with this name in the document.
pub fn list_of<'a>(selection: &'a mut EventSelection, name: &str) -> Option<&'a mut Vec<String>> {
    Some(match name {
        "promoters" => &mut selection.promoters,
        "seasons" => &mut selection.seasons,
        "productions" => &mut selection.productions,
        "events" => &mut selection.events,
        "categories" => &mut selection.categories,
        "tags" => &mut selection.tags,
        _ => return None,
    })
}
