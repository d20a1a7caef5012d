//! What becomes of the form: saved, or saved as a new segment.

use leptos::prelude::*;

use crate::view::{Segment, View};
use crate::web::platform;
use crate::web::state::document_change::DocumentChange;
use crate::web::state::{App, Draft, DraftOf, Page};
use crate::web::words::app::FormWords;

/// Saves the form's segment as what it is, and then shows it or goes to the list.
pub fn save(app: App, t: &'static FormWords, draft: Draft, of: DraftOf, then_view: bool) {
    let segment = draft.segment().get_untracked();
    let known = matches!(of, DraftOf::Kept(_)).then(|| draft.baseline());
    let is_of_view = of == DraftOf::View;
    let id = match of {
        DraftOf::Kept(id) => id,
        DraftOf::New | DraftOf::View => platform::new_id(),
    };
    let change = DocumentChange::Segment { segment: segment.clone(), known };
    app.documents.change(id.clone(), change, move |changed| {
        let Ok(changed) = changed else {
            // Told once; who saves again means it.
            if let Some(kept) = untrack(|| app.documents.segment(&id)) {
                draft.know(kept.segment);
            }
            return app.tell((t.changed_elsewhere)(&segment.name), None);
        };
        if is_of_view {
            app.workspace.belong_to_segment(id.clone());
        }
        leave(app, t, draft, &segment.name, changed.is_kept);
        if then_view {
            view(app, id, segment);
        } else {
            app.go(Page::Segments);
        }
    });
}

/// Saves the form's segment beside the one it began as, under another name. The view at hand, if
/// the reader came from it, goes over to the new one.
pub fn save_as_new(app: App, t: &'static FormWords, draft: Draft, old: &str, name: String) {
    let segment = Segment { name, ..draft.segment().get_untracked() };
    let id = platform::new_id();
    let belonging = untrack(|| app.workspace.belonging()).segment;
    let takes_view = app.form.is_from_workspace() && belonging.as_deref() == Some(old);
    let change = DocumentChange::Segment { segment: segment.clone(), known: None };
    app.documents.change(id.clone(), change, move |changed| {
        let is_kept = changed.is_ok_and(|changed| changed.is_kept);
        leave(app, t, draft, &segment.name, is_kept);
        if takes_view {
            app.workspace.move_to_segment(id);
            app.go(Page::Workspace);
        } else {
            app.go(Page::Segments);
        }
    });
}

fn leave(app: App, t: &'static FormWords, draft: Draft, name: &str, is_kept: bool) {
    draft.is_saved();
    app.form.drop_draft();
    // Above the page it says where nothing is kept.
    if is_kept {
        app.tell((t.saved)(name), None);
    }
}

/// Shows a segment. A view at hand of this very segment keeps its conditions, and follows it.
fn view(app: App, id: String, segment: Segment) {
    let at_hand = untrack(|| app.workspace.belonging()).segment;
    if at_hand.as_ref() != Some(&id) {
        let view = View { segment, ..View::default() };
        app.workspace.open(view, None, None, Some(id));
    }
    app.go(Page::Workspace);
}
