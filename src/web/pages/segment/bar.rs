//! The result, and what to do with the form.

use leptos::prelude::*;

use crate::view::View;
use crate::web::components::tap;
use crate::web::platform;
use crate::web::state::document_change::DocumentChange;
use crate::web::state::{Draft, OpenData, Page, use_app};
use crate::web::words::use_words;

/// The result, and what to do with the form.
#[component]
pub fn FormBar(
    /// The segment.
    draft: Draft,
    /// Its id; `None` for a new one.
    id: Option<String>,
    /// Whether the host shares it, so that it cannot be changed.
    is_shared: bool,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = &words.app().form;
    let id = StoredValue::new(id);
    let is_wrong = RwSignal::new(false);
    let views = {
        let saved = id.get_value().and_then(|id| untrack(|| app.documents.segment(&id)));
        saved.map_or(0, |saved| saved.views.len() as u32)
    };
    let size = move || draft.counts().map(|form| form.size);
    let dash = || "–".to_owned();
    let customers = move || size().map_or_else(dash, |size| words.formats.count(size.customers));
    let events = move || size().map_or_else(dash, |size| words.formats.count(size.events));
    let all = move |of: fn(&OpenData) -> u32| app.data.open().map_or(0, |open| of(&open));
    let share = move || {
        let whole = all(|open| open.opened.customers);
        size().and_then(|size| words.formats.share(size.customers, whole)).unwrap_or_else(dash)
    };
    let all_events = move || all(|open| open.names.catalogue.events.len() as u32);
    let save = move |then_view: bool| {
        let segment = draft.segment().get_untracked();
        if segment.name.trim().is_empty() {
            is_wrong.set(true);
            platform::focus("segment-name");
            return;
        }
        is_wrong.set(false);
        let old = id.get_value();
        let known = old.is_some().then(|| draft.baseline());
        let id = old.unwrap_or_else(platform::new_id);
        let change = DocumentChange::Segment { segment: segment.clone(), known };
        app.documents.change(id.clone(), change, move |changed| {
            let Ok(changed) = changed else {
                // Told once; who saves again means it.
                if let Some(kept) = untrack(|| app.documents.segment(&id)) {
                    draft.know(kept.segment);
                }
                return app.tell((t.changed_elsewhere)(&segment.name), None);
            };
            draft.is_saved();
            app.drop_draft();
            // Above the page it says where nothing is kept.
            if changed.is_kept {
                app.tell((t.saved)(&segment.name), None);
            }
            if then_view {
                // A view at hand of this very segment keeps its conditions, and follows it.
                let at_hand = untrack(|| app.workspace.belonging()).segment;
                if at_hand.as_ref() != Some(&id) {
                    let view = View { segment, ..View::default() };
                    app.workspace.open(view, None, None, Some(id));
                }
                app.go(Page::Workspace);
            } else {
                app.go(Page::Segments);
            }
        });
    };
    view! {
        <footer class="result-bar form-bar" aria-label=t.in_scope>
            <p class="result-bar__total">
                <output class="result-bar__number" aria-live="polite">{customers}</output>
                <span class="result-bar__word">
                    {move || {
                        (words.messages.customers)(words.formats.plural(size().map_or(0, |size| size.customers)))
                    }}
                </span>
            </p>
            <dl class="result-bar__shares">
                <div class="result-bar__share">
                    <dt>{move || (t.of_events)(&words.formats.count(all_events()))}</dt>
                    <dd>{events}</dd>
                </div>
                <div class="result-bar__share">
                    <dt>{move || (t.of_customers)(&words.formats.count(all(|open| open.opened.customers)))}</dt>
                    <dd>{share}</dd>
                </div>
            </dl>
            <p class="form-bar__note" role="alert">
                {move || match (is_wrong.get(), views) {
                    (true, _) => t.name_missing.to_owned(),
                    (false, 1..) if draft.is_dirty() => (t.changes_views)(views, words.formats.plural(views)),
                    _ => String::new(),
                }}
            </p>
            <div class="result-bar__actions">
                <button
                    class="button"
                    type="button"
                    on:click=tap(move || {
                        app.drop_draft();
                        app.go(Page::Segments);
                    })
                >
                    {words.app().page.cancel}
                </button>
                <button class="button" type="button" disabled=is_shared on:click=tap(move || save(false))>
                    {t.save}
                </button>
                <button class="button button--primary" type="button" disabled=is_shared on:click=tap(move || save(true))>
                    {t.save_and_view}
                </button>
            </div>
        </footer>
    }
    .into_any()
}
