//! Which saved view to open, or a new one.

use std::sync::Arc;

use leptos::prelude::*;

use super::name_field::NameField;
use super::{begin_new, open_saved};
use crate::view::Mode;
use crate::web::components::{Dialog, OptionList, tap, use_close_dialog};
use crate::web::pages::view_file;
use crate::web::platform;
use crate::web::rows::{OptionRow, OptionRows};
use crate::web::state::document_change::DocumentChange;
use crate::web::state::library::{SavedSegment, SavedView};
use crate::web::state::{App, Page, use_app};
use crate::web::words::{Words, use_words};

/// Open a saved view of a segment, or begin a new one.
#[component]
pub fn OpenDialog(
    /// The segment.
    saved: SavedSegment,
    /// The event or group just chosen, which stays whatever the view has.
    mode: Option<Mode>,
    /// The id of a view that is marked from the beginning.
    #[prop(optional_no_strip)]
    marked: Option<String>,
    /// It was closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let title = format!("{}: {}", words.dialogs().open_title, saved.segment.name);
    view! {
        <Dialog title on_close is_wide=true>
            <OpenChoice id=saved.id mode marked/>
        </Dialog>
    }
}

#[component]
fn OpenChoice(id: String, mode: Option<Mode>, marked: Option<String>) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.dialogs();
    let close = use_close_dialog();
    let is_own = app.documents.is_own(&id);
    let id = StoredValue::new(id);
    let mode = StoredValue::new(mode);
    let saved = Memo::new(move |_| id.with_value(|id| app.documents.segment(id)));
    let rows = Memo::new(move |_| {
        let views = saved.with(|saved| saved.as_ref().map(|saved| saved.views.clone()));
        let row = |view: SavedView| {
            let changed = platform::moment(&view.changed_at, None, words.language.code());
            OptionRow { key: view.id, name: view.view.name, note: changed, at: 0 }
        };
        Arc::new(views.unwrap_or_default().into_iter().map(row).collect::<OptionRows>())
    });
    // Whoever looks for a view here may have saved it with another segment.
    let is_elsewhere = Memo::new(move |_| {
        let has_views = |segment: &SavedSegment| !segment.views.is_empty();
        rows.with(|rows| rows.is_empty()) && app.documents.with_own(|own| own.iter().any(has_views))
    });
    let marked = RwSignal::new(Vec::from_iter(marked));
    let renaming = RwSignal::new(false);
    let open = Callback::new(move |view: String| {
        close.run();
        open_saved(app, &view, mode.get_value());
    });
    let begin = move || {
        close.run();
        if let Some(saved) = saved.get_untracked() {
            begin_new(app, &saved, mode.get_value());
        }
    };
    let has_mark = Memo::new(move |_| marked.with(|marked| !marked.is_empty()));
    view! {
        <div class="dialog__body dialog__body--marks">
            <p class="dialog__hint">{t.open_hint}</p>
            <p class="message message--caution" hidden=move || !app.workspace.is_dirty()>
                {t.unsaved_lost}
            </p>
            <OptionList
                label=t.open_title
                name="view-choice"
                rows=rows.into()
                chosen=marked.into()
                is_plain=true
                nothing=t.no_views
                on_choose=Callback::new(move |view: String| {
                    marked
                        .update(|marked| {
                            let was = marked.first() == Some(&view);
                            marked.clear();
                            if !was {
                                marked.push(view);
                            }
                        });
                })
                on_open=open
            />
            <p class="dialog__elsewhere" hidden=move || !is_elsewhere.get()>
                {t.other_views}
                <button
                    class="button"
                    type="button"
                    on:click=tap(move || {
                        close.run();
                        app.go(Page::Segments);
                    })
                >
                    {t.all_segments}
                </button>
            </p>
            {move || {
                let view = marked.with(|marked| marked.first().cloned()).filter(|_| renaming.get())?;
                let now = saved.with(|saved| saved.as_ref()?.view(&view).map(|view| view.name))?;
                Some(
                    view! {
                        <NameField
                            label=t.view_name
                            missing=t.name_missing
                            confirm=t.rename
                            name=now
                            on_name=Callback::new(move |name: String| {
                                renaming.set(false);
                                rename_view(app, id.get_value(), &view, &name);
                            })
                        />
                    },
                )
            }}
        </div>
        <footer class="dialog__foot">
            <span class="dialog__extras">
                {is_own.then(|| own_extras(app, id, marked, renaming))}
                <button
                    class="button"
                    type="button"
                    disabled=move || !has_mark.get()
                    on:click=tap(move || {
                        let marked = marked.get_untracked().pop();
                        if let Some(view) = saved.get_untracked().zip(marked).and_then(|(saved, id)| saved.view(&id)) {
                            view_file::download(app, &view, words);
                            close.run();
                        }
                    })
                >
                    {t.download_view}
                </button>
            </span>
            <button class="button" type="button" disabled=move || has_mark.get() on:click=tap(begin)>
                {t.new}
            </button>
            <button
                class="button button--primary"
                type="button"
                disabled=move || !has_mark.get()
                on:click=tap(move || {
                    if let Some(view) = marked.get_untracked().pop() {
                        open.run(view);
                    }
                })
            >
                {t.open}
            </button>
        </footer>
    }
    .into_any()
}

/// What can be done with a marked view of the reader's own.
fn own_extras(
    app: App,
    id: StoredValue<String>,
    marked: RwSignal<Vec<String>>,
    renaming: RwSignal<bool>,
) -> AnyView {
    let words = use_words();
    let t = words.dialogs();
    let has_mark = Memo::new(move |_| marked.with(|marked| !marked.is_empty()));
    view! {
        <button
            class="button"
            type="button"
            disabled=move || !has_mark.get()
            on:click=tap(move || renaming.update(|renaming| *renaming = !*renaming))
        >
            {t.rename}
        </button>
        <button
            class="button"
            type="button"
            disabled=move || !has_mark.get()
            on:click=tap(move || duplicate_view(app, id, marked, words))
        >
            {t.duplicate}
        </button>
        <button
            class="button"
            type="button"
            disabled=move || !has_mark.get()
            on:click=tap(move || delete_view(app, id, marked, words))
        >
            {t.delete}
        </button>
    }
    .into_any()
}

fn duplicate_view(app: App, id: StoredValue<String>, marked: RwSignal<Vec<String>>, words: Words) {
    let Some(view) = marked.get_untracked().pop() else { return };
    id.with_value(|id| {
        let Some(mut copy) = app.documents.segment(id).and_then(|saved| saved.view(&view)) else {
            return;
        };
        copy.name = (words.segments().copy_of)(&copy.name);
        app.documents.add_view(id, copy);
    });
}

fn rename_view(app: App, segment: String, view: &str, name: &str) {
    let (id, name) = (view.to_owned(), name.to_owned());
    let change = DocumentChange::Rename { id: id.clone(), name: name.clone() };
    app.documents.change(segment, change, move |changed| {
        if changed.is_ok() {
            app.workspace.follow_rename(&id, &name);
        }
    });
}

fn delete_view(app: App, id: StoredValue<String>, marked: RwSignal<Vec<String>>, words: Words) {
    let Some(view) = marked.get_untracked().pop() else { return };
    marked.set(Vec::new());
    let segment = id.get_value();
    let change = DocumentChange::DeleteView(view.clone());
    app.documents.change(segment.clone(), change, move |changed| {
        let views = changed.ok().and_then(|changed| changed.before).unwrap_or_default().views;
        let Some(at) = views.iter().position(|saved| saved.id == view) else { return };
        let saved = views[at].clone();
        let said = (words.dialogs().view_deleted)(&saved.view.name);
        let back = move || {
            let change = DocumentChange::ViewBack { saved: saved.clone(), at };
            app.documents.change(segment.clone(), change, |_| {});
        };
        app.tell(said, Some(Arc::new(back)));
    });
}
