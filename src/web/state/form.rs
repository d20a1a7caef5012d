//! The form of a segment: whose segment is in it, and how the reader came to it.

use leptos::prelude::*;

use super::library::file_name;
use super::{Data, Draft, Engine};
use crate::view::{Segment, View, to_json};
use crate::web::platform::{self, Unsaved};

/// A part of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormPart {
    /// Whose customers: buyers' or everyone.
    People,
    /// Which events count.
    Scope,
    /// Whose buyers are left out.
    Exclusion,
}

/// Whose segment is in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftOf {
    /// A new one, begun from nothing.
    New,
    /// That of the view at hand, which is not among the kept ones yet.
    View,
    /// The kept one of this id.
    Kept(String),
}

/// A handle on the form. Its segment outlives a change of page or language.
#[derive(Clone, Copy)]
pub struct Form {
    engine: Engine,
    data: Data,
    held: StoredValue<Option<(DraftOf, Draft)>>,
    /// The part that it is opened for.
    part: StoredValue<Option<FormPart>>,
    /// Whether a form without an id is of the view at hand.
    is_of_view: StoredValue<bool>,
    /// Whether the reader came from the workspace, so that giving up leads there.
    is_from_workspace: StoredValue<bool>,
    /// Of the state: the form may go while its segment stays.
    owner: StoredValue<Owner>,
}

impl Form {
    /// A form without a segment.
    pub fn new(engine: Engine, data: Data) -> Form {
        Form {
            engine,
            data,
            held: StoredValue::new(None),
            part: StoredValue::new(None),
            is_of_view: StoredValue::new(false),
            is_from_workspace: StoredValue::new(false),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// What the next form without an id is of, and the part that the next form is opened for.
    pub fn prepare(self, is_of_view: bool, part: Option<FormPart>) {
        self.is_of_view.set_value(is_of_view);
        self.part.set_value(part);
    }

    /// The reader comes to the form now, from the workspace or from elsewhere.
    pub fn come_from(self, is_workspace: bool) {
        self.is_from_workspace.set_value(is_workspace);
    }

    /// Whether giving up leads back to the workspace.
    pub fn is_from_workspace(self) -> bool {
        self.is_from_workspace.get_value()
    }

    /// Whose segment a form is of; `None` for one without an id.
    pub fn of(self, id: Option<String>) -> DraftOf {
        match id {
            Some(id) => DraftOf::Kept(id),
            None if self.is_of_view.get_value() => DraftOf::View,
            None => DraftOf::New,
        }
    }

    /// The part that the form is opened for, once.
    pub fn take_part(self) -> Option<FormPart> {
        self.part.try_update_value(Option::take).flatten()
    }

    /// The segment in the form: the one at hand if it is of the same and changed, else `segment`.
    pub fn draft(self, of: DraftOf, segment: Segment) -> Draft {
        let is_it = |(held, draft): &(DraftOf, Draft)| {
            // Another view may be at hand by now.
            let is_same = of != DraftOf::View || draft.baseline() == segment;
            *held == of && is_same && untrack(|| draft.is_dirty())
        };
        if let Some((_, draft)) = self.held.get_value().filter(is_it) {
            return draft;
        }
        let draft = self.owner.with_value(|owner| {
            owner.with(|| {
                let draft = Draft::new(self.engine, self.data, segment);
                lay_ready(draft);
                draft
            })
        });
        self.held.set_value(Some((of, draft)));
        draft
    }

    /// Leaves the segment behind.
    pub fn drop_draft(self) {
        self.held.set_value(None);
        platform::lay_ready(Unsaved::Segment, None);
    }

    /// Whether closing the page would lose a change.
    pub fn has_unsaved(self) -> bool {
        self.held.with_value(|held| held.as_ref().is_some_and(|(_, draft)| draft.is_dirty()))
    }
}

/// Keeps a form's unsaved segment where it can be had when the page fails, as a view of all who
/// are in it.
fn lay_ready(draft: Draft) {
    Effect::new(move |_| {
        if !draft.is_dirty() {
            return platform::lay_ready(Unsaved::Segment, None);
        }
        draft.segment().with(|segment| {
            let file = file_name(&segment.name, "segment");
            let mut view = View { segment: segment.clone(), ..View::default() };
            if view.segment.name.trim().is_empty() {
                // Without a name no program would read it; the word is the same in all languages here.
                "Segment".clone_into(&mut view.segment.name);
            }
            platform::lay_ready(Unsaved::Segment, Some((&file, &to_json(&view))));
        });
    });
}
