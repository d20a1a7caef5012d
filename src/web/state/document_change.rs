//! What becomes of a kept segment when it is changed.
//!
//! It is decided on the text that is kept at that moment, inside the transaction that writes it:
//! whatever another tab saved meanwhile is built upon, or the change is refused.

use super::library::{LibraryError, SavedSegment, SavedView, differs};
use crate::view::{Segment, View};

/// A change to one kept segment.
#[derive(Debug, Clone, PartialEq)]
// There is one at a time, on its way to the disk.
#[allow(clippy::large_enum_variant)]
pub enum DocumentChange {
    /// Keeps a segment with its views where none of its id is.
    New(SavedSegment),
    /// Saves the segment and leaves its views; keeps a new one where none of the id is.
    Segment {
        /// As it shall be.
        segment: Segment,
        /// As it was when the change began; what else is kept by now is not overwritten.
        known: Option<Segment>,
    },
    /// Saves a view, a new one at the end.
    View {
        /// The view's id.
        id: String,
        /// As it shall be.
        view: View,
        /// As it was when the change began; what else is kept by now is not overwritten.
        known: Option<View>,
    },
    /// Puts a view back that was taken away.
    ViewBack {
        /// The view.
        saved: SavedView,
        /// Its place.
        at: usize,
    },
    /// Gives a view another name.
    Rename {
        /// The view's id.
        id: String,
        /// The name.
        name: String,
    },
    /// Takes a view away.
    DeleteView(String),
    /// Takes the segment away with its views.
    Delete,
}

/// Why nothing was changed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Another tab saved the same thing meanwhile.
    #[error("another tab saved it meanwhile")]
    ChangedElsewhere,
    /// It is not kept any more.
    #[error("it is not kept any more")]
    Gone,
    /// What is kept cannot be read, and stays as it is.
    #[error("{0}")]
    Unreadable(LibraryError),
}

/// What was kept and what shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// What was kept until now.
    pub before: Option<SavedSegment>,
    /// What is to be kept; `None` for nothing.
    pub after: Option<SavedSegment>,
}

impl DocumentChange {
    /// Decides on what is kept under the segment's `id`. `now` is the time, RFC 3339.
    ///
    /// # Errors
    /// Another tab was faster, or the kept text cannot be read.
    pub fn decide(self, kept: Option<&str>, id: &str, now: &str) -> Result<Decided, Refusal> {
        let before = kept.map(SavedSegment::from_text).transpose().map_err(Refusal::Unreadable)?;
        let mut after = match (&before, &self) {
            (Some(before), _) => before.clone(),
            (None, DocumentChange::New(_) | DocumentChange::Segment { .. }) => {
                SavedSegment { id: id.to_owned(), ..SavedSegment::default() }
            }
            (None, _) => return Err(Refusal::Gone),
        };
        now.clone_into(&mut after.changed_at);
        match self {
            DocumentChange::New(_) if before.is_some() => return Err(Refusal::ChangedElsewhere),
            DocumentChange::New(saved) => after = saved,
            DocumentChange::Segment { segment, known } => {
                let is_other =
                    |known: &Segment| after.segment != *known && after.segment != segment;
                if before.is_some() && known.as_ref().is_some_and(is_other) {
                    return Err(Refusal::ChangedElsewhere);
                }
                after.segment = segment;
            }
            DocumentChange::View { id, view, known } => {
                let there = after.views.iter().find(|saved| saved.id == id);
                let is_other = match (there, &known) {
                    (Some(there), Some(known)) => {
                        differs(&there.view, known) && differs(&there.view, &view)
                    }
                    // Another tab took it away.
                    (None, Some(_)) => return Err(Refusal::Gone),
                    _ => false,
                };
                if is_other {
                    return Err(Refusal::ChangedElsewhere);
                }
                after.put_view(SavedView { id, changed_at: now.to_owned(), view });
            }
            DocumentChange::ViewBack { saved, at } => {
                if after.views.iter().all(|view| view.id != saved.id) {
                    after.views.insert(at.min(after.views.len()), saved);
                }
            }
            DocumentChange::Rename { id, name } => {
                let view = after.views.iter_mut().find(|view| view.id == id);
                let view = view.ok_or(Refusal::Gone)?;
                view.view.name = name;
                now.clone_into(&mut view.changed_at);
            }
            DocumentChange::DeleteView(id) => after.views.retain(|view| view.id != id),
            DocumentChange::Delete => return Ok(Decided { before, after: None }),
        }
        for view in &mut after.views {
            view.view.segment = after.segment.clone();
        }
        Ok(Decided { before, after: Some(after) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Filter, WholeRange};

    const NOW: &str = "2026-11-22T10:00:00Z";

    fn view(name: &str, orders: u32) -> View {
        let mut view = View { name: name.into(), ..View::default() };
        view.filters.set(Filter::Orders(WholeRange { min: Some(orders), ..WholeRange::default() }));
        view.segment.name = "Dance".into();
        view
    }

    fn kept() -> SavedSegment {
        let segment = Segment { name: "Dance".into(), ..Segment::default() };
        let views = vec![
            SavedView { id: "v1".into(), changed_at: String::new(), view: view("One", 1) },
            SavedView { id: "v2".into(), changed_at: String::new(), view: view("Two", 2) },
        ];
        SavedSegment { id: "s1".into(), changed_at: String::new(), segment, views }
    }

    fn decide(change: DocumentChange) -> Result<SavedSegment, Refusal> {
        let decided = change.decide(Some(&kept().to_text()), "s1", NOW)?;
        assert_eq!(decided.before, Some(kept()));
        decided.after.ok_or(Refusal::Gone)
    }

    #[test]
    fn a_view_saved_over_what_it_began_as_takes_its_place_and_leaves_the_others() {
        let change = DocumentChange::View {
            id: "v1".into(),
            view: view("One", 5),
            known: Some(view("One", 1)),
        };
        let after = decide(change).unwrap();
        assert_eq!(after.views[0].view, view("One", 5));
        assert_eq!(after.views[0].changed_at, NOW);
        assert_eq!(after.views[1], kept().views[1]);
        assert_eq!(after.changed_at, NOW);
    }

    #[test]
    fn a_view_that_another_tab_saved_is_not_overwritten() {
        let saved =
            |known| decide(DocumentChange::View { id: "v1".into(), view: view("One", 5), known });
        assert_eq!(saved(Some(view("One", 3))), Err(Refusal::ChangedElsewhere));
        // Both tabs saved the same.
        let same = DocumentChange::View {
            id: "v1".into(),
            view: view("One", 1),
            known: Some(view("One", 3)),
        };
        assert_eq!(decide(same).unwrap().views[0].view, view("One", 1));
    }

    #[test]
    fn what_another_tab_took_away_is_gone() {
        let save = |id: &str| DocumentChange::View {
            id: id.into(),
            view: view("One", 5),
            known: Some(view("One", 1)),
        };
        assert_eq!(decide(save("v9")), Err(Refusal::Gone));
        assert_eq!(save("v1").decide(None, "s1", NOW), Err(Refusal::Gone));
        let rename = DocumentChange::Rename { id: "v9".into(), name: "N".into() };
        assert_eq!(decide(rename), Err(Refusal::Gone));
    }

    #[test]
    fn a_segment_changed_elsewhere_is_not_overwritten_and_its_views_stay() {
        let named = |name: &str| Segment { name: name.into(), ..Segment::default() };
        let save = |known| DocumentChange::Segment { segment: named("Ballet"), known };
        assert_eq!(decide(save(Some(named("Jazz")))), Err(Refusal::ChangedElsewhere));
        let after = decide(save(Some(named("Dance")))).unwrap();
        assert_eq!(after.segment, named("Ballet"));
        assert_eq!(after.views.len(), 2);
        assert_eq!(after.view("v1").unwrap().segment, named("Ballet"));
        assert_eq!(decide(save(None)).unwrap().segment, named("Ballet"));
    }

    #[test]
    fn a_new_segment_takes_nobodys_place() {
        let new = DocumentChange::New(SavedSegment { id: "s9".into(), ..kept() });
        let decided = new.clone().decide(None, "s9", NOW).unwrap();
        assert_eq!(decided.after.unwrap().id, "s9");
        assert_eq!(decide(new), Err(Refusal::ChangedElsewhere));
    }

    #[test]
    fn a_view_taken_away_comes_back_where_it_was() {
        let after = decide(DocumentChange::DeleteView("v1".into())).unwrap();
        assert_eq!(after.views.len(), 1);
        let back = DocumentChange::ViewBack { saved: kept().views[0].clone(), at: 0 };
        let after = back.decide(Some(&after.to_text()), "s1", NOW).unwrap().after.unwrap();
        assert_eq!(after.views, kept().views);
    }

    #[test]
    fn a_deleted_segment_is_given_back_as_it_was() {
        let decided = DocumentChange::Delete.decide(Some(&kept().to_text()), "s1", NOW).unwrap();
        assert_eq!((decided.before, decided.after), (Some(kept()), None));
    }

    #[test]
    fn what_cannot_be_read_stays_as_it_is() {
        let newer = kept().to_text().replacen("\"version\":1", "\"version\":7", 1);
        for text in ["{", &newer] {
            let refused = DocumentChange::Delete.decide(Some(text), "s1", NOW);
            assert!(matches!(refused, Err(Refusal::Unreadable(_))), "{text}: {refused:?}");
        }
    }
}
