//! The result, and what to do with the form.

use leptos::prelude::*;

use super::save_as_new::SaveAsNewDialog;
use super::saving;
use crate::web::components::tap;
use crate::web::platform;
use crate::web::state::{Draft, DraftOf, OpenData, Page, use_app};
use crate::web::words::use_words;

/// The result, and what to do with the form.
#[component]
pub fn FormBar(
    /// The segment.
    draft: Draft,
    /// Whose it is.
    of: DraftOf,
    /// Whether the host shares it, so that it cannot be changed.
    is_shared: bool,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.form();
    let is_wrong = RwSignal::new(false);
    let old = match &of {
        DraftOf::Kept(id) => Some(id.clone()),
        DraftOf::New | DraftOf::View => None,
    };
    let views = {
        let saved = old.as_deref().and_then(|id| untrack(|| app.documents.segment(id)));
        saved.map_or(0, |saved| saved.views.len() as u32)
    };
    let is_of_view = of == DraftOf::View;
    let of = StoredValue::new(of);
    let old = StoredValue::new(old);
    let is_naming = RwSignal::new(false);
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
        let is_nameless = draft.segment().with_untracked(|segment| segment.name.trim().is_empty());
        is_wrong.set(is_nameless);
        if is_nameless {
            return platform::focus("segment-name");
        }
        saving::save(app, t, draft, of.get_value(), then_view);
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
                    _ if is_of_view => t.not_kept_yet.to_owned(),
                    _ => String::new(),
                }}
            </p>
            <div class="result-bar__actions">
                <button
                    class="button"
                    type="button"
                    on:click=tap(move || {
                        let back = app.form.is_from_workspace();
                        app.form.drop_draft();
                        app.go(if back { Page::Workspace } else { Page::Segments });
                    })
                >
                    {words.page().cancel}
                </button>
                {old.with_value(Option::is_some)
                    .then(|| {
                        view! {
                            <button class="button" type="button" on:click=tap(move || is_naming.set(true))>
                                {t.save_as_new}
                            </button>
                        }
                    })}
                <button class="button" type="button" disabled=is_shared on:click=tap(move || save(false))>
                    {t.save}
                </button>
                <button class="button button--primary" type="button" disabled=is_shared on:click=tap(move || save(true))>
                    {t.save_and_view}
                </button>
            </div>
        </footer>
        {move || {
            let old = old.get_value().filter(|_| is_naming.get())?;
            let on_close = Callback::new(move |()| is_naming.set(false));
            Some(view! { <SaveAsNewDialog draft old on_close/> })
        }}
    }
    .into_any()
}
