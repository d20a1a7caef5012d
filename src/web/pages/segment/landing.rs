//! Where the keyboard goes in a form that was opened for one part of it.

use leptos::prelude::*;

use super::facets::selection;
use crate::view::Segment;
use crate::web::pages::focus;
use crate::web::state::{Draft, FormPart};

/// Puts the keyboard on a part of the form, once that is drawn.
pub fn land(part: Option<FormPart>, draft: Draft) {
    let Some(part) = part else { return };
    let place = draft.segment().with_untracked(|segment| place(part, segment));
    // The page as a whole takes the keyboard when it is turned to; this comes after that.
    request_animation_frame(move || focus::on(&place));
}

/// Selects what a part is changed with: of lists the first that asks something.
fn place(part: FormPart, segment: &Segment) -> String {
    let is_excluding = part == FormPart::Exclusion;
    let asking = selection(segment, is_excluding).and_then(|selection| {
        let lists = selection.lists().into_iter();
        lists.filter(|(_, list)| !list.is_empty()).map(|(name, _)| name).next()
    });
    match (part, asking) {
        (FormPart::People, _) => "[name=segment-people]:checked".to_owned(),
        (FormPart::Scope, Some(list)) => format!("#{list}-search"),
        (FormPart::Scope, None) => "#days-back".to_owned(),
        (FormPart::Exclusion, list) => format!("#no-{}-search", list.unwrap_or("productions")),
    }
}
