//! The form of a segment: every list open, with its numbers, and the result beside it.

mod bar;
mod days;
mod facets;
mod landing;
mod names;
mod older;
mod reach;
mod save_as_new;
mod saving;
mod scope_list;
mod selections;
mod timeline;

use leptos::prelude::*;

use crate::view::{DaysBack, Segment};
use crate::web::components::{UndoPair, tap};
use crate::web::state::{Draft, DraftOf, FormPart, Page, use_app};
use crate::web::words::use_words;

use bar::FormBar;
use names::Names;
use scope_list::ScopeList;
use selections::Selections;

/// How far a new segment reaches back.
const FIRST_DAYS_BACK: u32 = 730;

/// The form of a segment, or of a new one.
#[component]
pub fn SegmentPage(
    /// The segment's id; `None` for a new one.
    id: Option<String>,
) -> impl IntoView {
    let app = use_app();
    let coming = use_words().segments().coming;
    move || {
        // What is kept is read a moment after the page is there.
        if id.is_some() && !app.documents.is_read() {
            return view! {
                <main class="segment-form" id="content" tabindex="-1">
                    <p class="segments__coming" role="status">{coming}</p>
                </main>
            }
            .into_any();
        }
        view! { <SegmentForm id=id.clone()/> }.into_any()
    }
}

#[component]
fn SegmentForm(id: Option<String>) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.form();
    let of = app.form.of(id);
    let begun = match &of {
        DraftOf::New => {
            let mut segment = Segment::default();
            segment.events.days_back = Some(DaysBack::Days(FIRST_DAYS_BACK));
            Some(segment)
        }
        DraftOf::View => Some(app.workspace.view().with_untracked(|view| view.segment.clone())),
        DraftOf::Kept(id) => untrack(|| app.documents.segment(id)).map(|saved| saved.segment),
    };
    let Some(segment) = begun else {
        return view! {
            <main class="segment-form" id="content" tabindex="-1">
                <p class="message message--caution">{t.gone}</p>
            </main>
        }
        .into_any();
    };
    let is_shared = match &of {
        DraftOf::Kept(id) => untrack(|| !app.documents.is_own(id)),
        DraftOf::New | DraftOf::View => false,
    };
    let draft = app.form.draft(of.clone(), segment);
    let part = app.form.take_part();
    let is_excluding = RwSignal::new(part == Some(FormPart::Exclusion));
    landing::land(part, draft);
    let title = move || {
        draft.segment().with(|segment| match segment.name.trim() {
            "" => t.new_title.to_owned(),
            name => name.to_owned(),
        })
    };
    view! {
        <main
            class="segment-form"
            id="content"
            tabindex="-1"
            on:keydown=move |event| undo_keys(draft, &event)
        >
            <header class="page-head">
                <h1 class="page-head__title">
                    <button class="page-head__back" type="button" on:click=tap(move || app.go(Page::Segments))>
                        {words.page().segments}
                    </button>
                    {title}
                </h1>
                <div class="page-head__tools">
                    <UndoPair
                        can_undo=Signal::derive(move || draft.can_undo())
                        can_redo=Signal::derive(move || draft.can_redo())
                        on_undo=Callback::new(move |()| draft.undo())
                        on_redo=Callback::new(move |()| draft.redo())
                    />
                </div>
            </header>
            {is_shared.then(|| view! { <p class="message">{t.read_only}</p> })}
            <div class="segment-form__body">
                <div class="segment-form__main">
                    <Names draft/>
                    <Selections draft is_excluding/>
                </div>
                <ScopeList draft/>
            </div>
        </main>
        <FormBar draft of is_shared/>
    }
    .into_any()
}

fn undo_keys(draft: Draft, event: &leptos::ev::KeyboardEvent) {
    let is_command = event.ctrl_key() || event.meta_key();
    if !is_command || !event.key().eq_ignore_ascii_case("z") {
        return;
    }
    event.prevent_default();
    if event.shift_key() { draft.redo() } else { draft.undo() }
}
