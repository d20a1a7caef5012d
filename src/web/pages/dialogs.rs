//! Dialogs: which event or group a view is for, which view to open, what to save it as.

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::{Catalogue, Decimals};
use crate::view::sentence::{Language, Locale, PlainLocale};
use crate::view::{Mode, View};
use crate::web::components::{Dialog, OptionList, tap, use_close_dialog};
use crate::web::platform;
use crate::web::rows::OptionRow;
use crate::web::state::document_change::DocumentChange;
use crate::web::state::library::{SavedSegment, SavedView};
use crate::web::state::{App, OpenData, Page, Saving, use_app};
use crate::web::words::{Words, use_words};

/// How a segment is to be viewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// As it is.
    All,
    /// For an event that is still to be chosen.
    Event,
    /// For an event group that is still to be chosen.
    Production,
}

/// A segment that is about to be viewed.
#[derive(Debug, Clone, PartialEq)]
pub struct Choosing {
    /// Its id.
    pub segment: String,
    /// How.
    pub begin: Begin,
}

/// Asks what has to be asked before a segment can be viewed, then shows it.
pub fn ask_to_begin(app: App, choosing: &Choosing, on_close: Callback<()>) -> AnyView {
    let Some(saved) = app.documents.segment(&choosing.segment) else {
        on_close.run(());
        return ().into_any();
    };
    let saved = StoredValue::new(saved);
    let begin = choosing.begin;
    let mode = RwSignal::new((begin == Begin::All).then_some(None::<Mode>));
    view! {
        {move || match mode.get() {
            None => {
                view! {
                    <ModeDialog
                        begin
                        on_close
                        on_choose=Callback::new(move |chosen: Mode| mode.set(Some(Some(chosen))))
                    />
                }
                    .into_any()
            }
            Some(chosen) => {
                let saved = saved.get_value();
                if saved.views.is_empty() {
                    begin_new(app, &saved, chosen);
                    on_close.run(());
                    return ().into_any();
                }
                view! { <OpenDialog saved mode=chosen on_close/> }.into_any()
            }
        }}
    }
    .into_any()
}

/// Begins a new view of a segment.
fn begin_new(app: App, saved: &SavedSegment, mode: Option<Mode>) {
    let view =
        View { segment: saved.segment.clone(), mode: mode.unwrap_or_default(), ..View::default() };
    app.workspace.open(view, None, None, Some(saved.id.clone()));
    app.go(Page::Workspace);
}

/// Opens a saved view; the event chosen just before stays.
fn open_saved(app: App, id: &str, mode: Option<Mode>) {
    if !app.workspace.open_saved(id, None) {
        return;
    }
    if let Some(mode) = mode {
        app.workspace.change(|view| view.mode = mode);
    }
    app.go(Page::Workspace);
}

/// Which event, or which event group?
#[component]
pub fn ModeDialog(
    /// Events or groups.
    begin: Begin,
    /// It was closed.
    on_close: Callback<()>,
    /// One was chosen.
    on_choose: Callback<Mode>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = &words.app().dialogs;
    let rows = Memo::new(move |_| {
        Arc::new(app.data.open().map_or_else(Vec::new, |open| match begin {
            Begin::Production => production_rows(&open),
            _ => event_rows(&open, words),
        }))
    });
    let title = match begin {
        Begin::Production => t.choose_production,
        _ => t.choose_event,
    };
    view! {
        <Dialog title on_close is_wide=true>
            <ModeChoice begin rows=rows.into() title on_choose/>
        </Dialog>
    }
}

#[component]
fn ModeChoice(
    begin: Begin,
    rows: Signal<Arc<Vec<OptionRow>>>,
    title: &'static str,
    on_choose: Callback<Mode>,
) -> impl IntoView {
    let words = use_words();
    let t = &words.app().dialogs;
    let close = use_close_dialog();
    let chosen = RwSignal::new(Vec::<String>::new());
    let finish = Callback::new(move |id: String| {
        let mode = match begin {
            Begin::Production => Mode::Production(id),
            _ => Mode::Event(id),
        };
        on_choose.run(mode);
        close.run();
    });
    view! {
        <div class="dialog__body">
            <OptionList
                label=title
                name="mode-choice"
                rows
                chosen=chosen.into()
                on_choose=Callback::new(move |id| chosen.set(vec![id]))
                on_open=finish
            />
        </div>
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=tap(move || close.run())>
                {words.app().page.cancel}
            </button>
            <button
                class="button button--primary"
                type="button"
                disabled=move || chosen.with(Vec::is_empty)
                on:click=tap(move || {
                    if let Some(id) = chosen.get_untracked().pop() {
                        finish.run(id);
                    }
                })
            >
                {t.view}
            </button>
        </footer>
    }
    .into_any()
}

fn event_rows(open: &OpenData, words: Words) -> Vec<OptionRow> {
    let catalogue = &open.names.catalogue;
    // The latest first: views are for what is still to be sold.
    let events = (0..catalogue.events.len()).rev();
    events.map(|at| event_row(at, catalogue, words.language)).collect()
}

/// How a language writes dates, without the browser.
fn plain_locale(language: Language) -> PlainLocale {
    let decimals = Decimals::new(0).expect("no digits are few enough");
    PlainLocale { language, currency: String::new(), decimals }
}

/// An event's row: name, day, and its group where that has another name.
pub fn event_row(at: usize, catalogue: &Catalogue, language: Language) -> OptionRow {
    let event = &catalogue.events[at];
    let production = catalogue.productions.get(event.production as usize);
    let production = production.filter(|production| production.name != event.name);
    // Tens of thousands of days: the browser's own formats would take too long.
    let day = plain_locale(language).date(event.day());
    let note = match production {
        Some(production) => format!("{day} · {}", production.name),
        None => day,
    };
    OptionRow::new(at, event.id.clone(), event.name.clone(), note)
}

fn production_rows(open: &OpenData) -> Vec<OptionRow> {
    let productions = open.names.catalogue.productions.iter().enumerate();
    let row = |(at, production): (usize, &crate::model::Named)| {
        OptionRow::new(at, production.id.clone(), production.name.clone(), String::new())
    };
    let mut rows: Vec<OptionRow> = productions.map(row).collect();
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    rows
}

/// Open a saved view of a segment, or begin a new one.
#[component]
pub fn OpenDialog(
    /// The segment.
    saved: SavedSegment,
    /// The event or group just chosen, which stays whatever the view has.
    mode: Option<Mode>,
    /// It was closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let title = format!("{}: {}", words.app().dialogs.open_title, saved.segment.name);
    view! {
        <Dialog title on_close is_wide=true>
            <OpenChoice id=saved.id mode/>
        </Dialog>
    }
}

#[component]
fn OpenChoice(id: String, mode: Option<Mode>) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = &words.app().dialogs;
    let close = use_close_dialog();
    let is_own = app.documents.is_own(&id);
    let id = StoredValue::new(id);
    let mode = StoredValue::new(mode);
    let saved = Memo::new(move |_| id.with_value(|id| app.documents.segment(id)));
    let rows = Memo::new(move |_| {
        let views = saved.with(|saved| saved.as_ref().map(|saved| saved.views.clone()));
        let row = |view: SavedView| {
            let changed = platform::moment(&view.changed_at, None, words.language.code());
            OptionRow::new(0, view.id, view.view.name, changed)
        };
        Arc::new(views.unwrap_or_default().into_iter().map(row).collect::<Vec<_>>())
    });
    let marked = RwSignal::new(Vec::<String>::new());
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
            <span class="dialog__extras" hidden=!is_own>
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

fn duplicate_view(app: App, id: StoredValue<String>, marked: RwSignal<Vec<String>>, words: Words) {
    let Some(view) = marked.get_untracked().pop() else { return };
    id.with_value(|id| {
        let Some(mut copy) = app.documents.segment(id).and_then(|saved| saved.view(&view)) else {
            return;
        };
        copy.name = (words.app().segments.copy_of)(&copy.name);
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
        let said = (words.app().dialogs.view_deleted)(&saved.view.name);
        let back = move || {
            let change = DocumentChange::ViewBack { saved: saved.clone(), at };
            app.documents.change(segment.clone(), change, |_| {});
        };
        app.tell(said, Some(Arc::new(back)));
    });
}

/// Asks for the name to save the view at hand as.
#[component]
pub fn SaveAsDialog(
    /// It was closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <Dialog title=words.app().dialogs.save_as on_close>
            <SaveAsForm/>
        </Dialog>
    }
}

#[component]
fn SaveAsForm() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = &words.app().dialogs;
    let close = use_close_dialog();
    let name = app.workspace.view().with_untracked(|view| view.name.clone());
    view! {
        <div class="dialog__body">
            <NameField
                label=t.view_name
                missing=t.name_missing
                confirm=t.save
                name
                on_name=Callback::new(move |name: String| {
                    let said = (t.saved)(&name);
                    app.workspace.save_as(&name, move |saving| {
                        if saving == Saving::Done {
                            app.tell(said, None);
                        }
                    });
                    close.run();
                })
            />
        </div>
    }
    .into_any()
}

/// A name, and the button that takes it.
#[component]
fn NameField(
    label: &'static str,
    missing: &'static str,
    confirm: &'static str,
    name: String,
    on_name: Callback<String>,
) -> impl IntoView {
    let field = NodeRef::<leptos::html::Input>::new();
    let is_wrong = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A field that cannot take the focus leaves it in the dialog.
            field.focus().ok();
            field.select();
        }
    });
    view! {
        <form
            class="name-field"
            on:submit=move |event| {
                event.prevent_default();
                let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
                let typed = typed.trim().to_owned();
                if typed.is_empty() { is_wrong.set(true) } else { on_name.run(typed) }
            }
        >
            <label class="name-field__label">
                <span class="label">{label}</span>
                <input node_ref=field class="field" class=("field--wrong", is_wrong) value=name autocomplete="off" maxlength="200"/>
            </label>
            <button class="button button--primary" type="submit">{confirm}</button>
            <p class="name-field__wrong" role="alert" hidden=move || !is_wrong.get()>{missing}</p>
        </form>
    }
    .into_any()
}
