//! The list of segments.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::dialogs::{Begin, Choosing, ask_to_begin};
use super::drop_area::DropArea;
use super::importing::{self, Refused};
use crate::engine::SegmentSize;
use crate::web::components::{keyed, tap};
use crate::web::platform::{self, Attachments};
use crate::web::protocol::{Answer, Ask};
use crate::web::state::document_change::DocumentChange;
use crate::web::state::library::{SavedSegment, SavedView, file_name, to_file};
use crate::web::state::{App, Documents, Page, segment_document, use_app};
use crate::web::words::{Words, use_words};

/// Saved views that a segment's row names.
const SHOWN_VIEWS: usize = 4;

/// The list of segments, the reader's own and the shared ones.
#[component]
pub fn SegmentsPage() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.segments();
    let sizes = sizes(app);
    let choosing = RwSignal::new(None::<Choosing>);
    let refused = RwSignal::new(Vec::<Refused>::new());
    let all = move || {
        let own = app.documents.own().into_iter().map(|saved| (saved, true));
        let shared = app.documents.shared().into_iter().map(|saved| (saved, false));
        own.chain(shared).collect::<Vec<_>>()
    };
    let has_none =
        move || app.documents.with_own(<[_]>::is_empty) && app.documents.shared().is_empty();
    let is_empty = move || app.documents.is_read() && has_none();
    view! {
        <DropArea
            class="segments"
            on_files=Callback::new(move |files| importing::take(app, words, files, refused))
        >
            <header class="page-head">
                <h1 class="page-head__title">{t.title}</h1>
                <Tools refused/>
            </header>
            <Notes refused/>
            <div class="segments__empty" hidden=move || !is_empty()>
                <h2>{t.empty_title}</h2>
                <p>{t.empty_text}</p>
                <div class="segments__begin">
                    <button class="button" type="button" on:click=tap(move || app.go(Page::Segment(None)))>
                        {t.new}
                    </button>
                    <button class="button" type="button" on:click=tap(move || app.go(Page::Workspace))>
                        {words.page().workspace}
                    </button>
                </div>
            </div>
            <p class="segments__coming" role="status" hidden=move || app.documents.is_read()>
                {t.coming}
            </p>
            <div class="segments__scroll" hidden=has_none>
                <table class="segments__table">
                    <thead>
                        <tr>
                            <th scope="col">{t.name}</th>
                            <th scope="col">{t.description}</th>
                            <th scope="col" class="segments__number">{t.events}</th>
                            <th scope="col" class="segments__number">{t.customers}</th>
                            <th scope="col" class="segments__number">{t.views}</th>
                            <th scope="col">{t.changed}</th>
                            <th scope="col">{t.actions}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {keyed(
                            all,
                            |(saved, is_own)| format!("{}\n{}\n{is_own}", saved.id, saved.changed_at),
                            move |(saved, is_own)| {
                                view! { <SegmentLine saved is_own sizes choosing/> }.into_any()
                            },
                        )}
                    </tbody>
                </table>
            </div>
            {move || choosing.get().map(|choosing_now| ask_to_begin(app, &choosing_now, Callback::new(move |()| choosing.set(None))))}
        </DropArea>
    }
    .into_any()
}

/// What can be done with the list as a whole.
#[component]
fn Tools(refused: RwSignal<Vec<Refused>>) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.segments();
    view! {
        <div class="page-head__tools">
            <button
                class="button"
                type="button"
                title=t.import_hint
                on:click=tap(move || importing::choose(app, words, refused))
            >
                {t.import}
            </button>
            <button
                class="button"
                type="button"
                hidden=move || app.documents.with_own(<[_]>::is_empty)
                on:click=tap(move || give(app, words, "views.json", &app.documents.own_untracked()))
            >
                {t.export_shared}
            </button>
            <button
                class="button button--primary"
                type="button"
                on:click=tap(move || app.go(Page::Segment(None)))
            >
                {t.new}
            </button>
        </div>
    }
    .into_any()
}

/// What is amiss with segments: kept ones that cannot be read, older ones than the shared, files
/// that were refused.
#[component]
fn Notes(refused: RwSignal<Vec<Refused>>) -> impl IntoView {
    let app = use_app();
    let t = use_words().segments();
    view! {
        {move || {
            let errors = app.documents.unreadable().into_iter().map(|(_, error)| {
                view! { <p class="message message--caution">{(t.unreadable)(&error.to_string())}</p> }
            });
            errors.collect_view()
        }}
        {move || {
            let newer = app.documents.shared_and_newer().into_iter().map(|name| {
                view! { <p class="message">{(t.shared_is_newer)(&name)}</p> }
            });
            newer.collect_view()
        }}
        <div role="alert">
            {move || refused.get().into_iter().map(refusal).collect_view()}
        </div>
    }
    .into_any()
}

/// A file that was not imported, with each reason.
fn refusal((happened, reasons): Refused) -> AnyView {
    let reasons = reasons.into_iter().map(|reason| view! { <li>{reason}</li> });
    view! {
        <div class="message message--caution">
            <p>{happened}</p>
            <ul class="message__reasons">{reasons.collect_view()}</ul>
        </div>
    }
    .into_any()
}

type Sizes = ReadSignal<HashMap<String, SegmentSize>>;

/// One segment's row.
#[component]
fn SegmentLine(
    saved: SavedSegment,
    is_own: bool,
    sizes: Sizes,
    choosing: RwSignal<Option<Choosing>>,
) -> impl IntoView {
    let words = use_words();
    let t = words.segments();
    let id = StoredValue::new(saved.id.clone());
    let count = move |of: fn(&SegmentSize) -> u32| {
        sizes.with(|sizes| {
            let size = id.with_value(|id| sizes.get(id).map(of));
            size.map_or_else(|| "–".to_owned(), |count| words.formats.count(count))
        })
    };
    let views = words.formats.count(saved.views.len() as u32);
    let changed = if saved.changed_at.is_empty() {
        String::new()
    } else {
        platform::moment(&saved.changed_at, None, words.language.code())
    };
    let name = saved.segment.name.clone();
    let choose = move |begin, view| {
        choosing.set(Some(Choosing { segment: id.get_value(), begin, view }));
    };
    let begin = Callback::new(move |begin| choose(begin, None));
    let named = view_names(&saved, Callback::new(move |view| choose(Begin::All, view)));
    view! {
        <tr>
            <th scope="row">
                <button class="segments__name" type="button" on:click=tap(move || begin.run(Begin::All))>
                    {name.clone()}
                </button>
                {(!is_own).then(|| view! { <span class="badge" title=t.shared_hint>{t.shared}</span> })}
                {named}
            </th>
            <td class="segments__description">{saved.segment.description.clone()}</td>
            <td class="segments__number">{move || count(|size| size.events)}</td>
            <td class="segments__number segments__customers" data-label=t.customers>{move || count(|size| size.customers)}</td>
            <td class="segments__number segments__count" data-label=t.views>{views}</td>
            <td class="segments__changed" data-label=t.changed>{changed}</td>
            <td>
                <Actions saved is_own begin/>
            </td>
        </tr>
    }
    .into_any()
}

/// The saved views by name, each a way into it; of many the first, and a way to all.
fn view_names(saved: &SavedSegment, all: Callback<Option<String>>) -> Option<AnyView> {
    let app = use_app();
    let words = use_words();
    let t = words.segments();
    let view = |view: &SavedView| {
        let id = view.id.clone();
        let open = tap(move || {
            // What is not saved in the workspace is asked about, in the dialog.
            if untrack(|| app.workspace.is_dirty()) {
                return all.run(Some(id.clone()));
            }
            if app.workspace.open_saved(&id, None) {
                app.go(Page::Workspace);
            }
        });
        let name = view.view.name.clone();
        view! { <li><button class="segments__view" type="button" on:click=open>{name}</button></li> }
    };
    let further = saved.views.len().saturating_sub(SHOWN_VIEWS);
    let more = (further > 0).then(|| {
        let text = (t.more_views)(&words.formats.count(further as u32));
        view! {
            <li>
                <button class="segments__view" type="button" on:click=tap(move || all.run(None))>{text}</button>
            </li>
        }
    });
    (!saved.views.is_empty()).then(|| {
        view! {
            <ul class="segments__views" aria-label=t.views>
                {saved.views.iter().take(SHOWN_VIEWS).map(view).collect_view()}
                {more}
            </ul>
        }
        .into_any()
    })
}

/// What can be done with a segment.
#[component]
fn Actions(saved: SavedSegment, is_own: bool, begin: Callback<Begin>) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.segments();
    let menu = NodeRef::<leptos::html::Details>::new();
    let label = (t.actions_for)(&saved.segment.name);
    let saved = StoredValue::new(saved);
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let entry = move |text: &'static str, act: Callback<()>| {
        view! {
            <button
                class="menu__entry"
                type="button"
                on:click=tap(move || {
                    close();
                    act.run(());
                })
            >
                {text}
            </button>
        }
    };
    let begins = [
        (t.view_segmentation, Begin::All),
        (t.view_for_event, Begin::Event),
        (t.view_for_production, Begin::Production),
    ];
    let begins = begins
        .into_iter()
        .map(move |(text, kind)| entry(text, Callback::new(move |()| begin.run(kind))));
    let edit = Callback::new(move |()| {
        app.go(Page::Segment(Some(saved.with_value(|saved| saved.id.clone()))));
    });
    let duplicate =
        Callback::new(move |()| saved.with_value(|saved| duplicate(app, saved, t.copy_of)));
    let export = Callback::new(move |()| {
        saved.with_value(|saved| {
            let name = file_name(&saved.segment.name, "segment");
            give(app, words, &name, &[Documents::as_own(saved)]);
        });
    });
    let delete = Callback::new(move |()| saved.with_value(|saved| delete(app, &saved.id, words)));
    view! {
        <details
            node_ref=menu
            class="menu"
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
            on:focusout=move |event| {
                use leptos::wasm_bindgen::JsCast;
                let inside = event
                    .related_target()
                    .and_then(|to| to.dyn_into::<leptos::web_sys::Node>().ok())
                    .is_some_and(|to| menu.get_untracked().is_some_and(|menu| menu.contains(Some(&to))));
                if !inside && event.related_target().is_some() {
                    close();
                }
            }
        >
            <summary class="button" aria-label=label>{t.actions}</summary>
            <div class="menu__list">
                {begins.collect_view()}
                <hr/>
                {is_own.then(|| entry(t.edit, edit))}
                {entry(t.duplicate, duplicate)}
                {entry(t.export, export)}
                {is_own.then(|| entry(t.delete, delete))}
            </div>
        </details>
    }
    .into_any()
}

fn duplicate(app: App, saved: &SavedSegment, copy_of: fn(&str) -> String) {
    let mut copy = saved.clone();
    copy.id = platform::new_id();
    copy.changed_at = platform::now_rfc3339();
    copy.segment.name = copy_of(&saved.segment.name);
    for view in &mut copy.views {
        view.id = platform::new_id();
        view.changed_at.clone_from(&copy.changed_at);
    }
    app.documents.put_new(copy);
}

/// Gives the reader segments as a file, and says which.
fn give(app: App, words: Words, name: &str, segments: &[SavedSegment]) {
    platform::download(name, "application/json", to_file(segments).as_bytes());
    app.tell((words.dialogs().downloaded)(name), None);
}

/// Deletes a segment with its views, and offers the way back.
fn delete(app: App, id: &str, words: Words) {
    app.documents.change(id.to_owned(), DocumentChange::Delete, move |changed| {
        let Some(saved) = changed.ok().and_then(|changed| changed.before) else { return };
        let count = saved.views.len() as u32;
        let say = words.segments().deleted;
        let text = say(&saved.segment.name, count, words.formats.plural(count));
        let back = Arc::new(move || app.documents.put_new(saved.clone()));
        app.tell(text, Some(back));
    });
}

/// Events and customers of every segment, counted anew when one changes or other data opens.
fn sizes(app: App) -> Sizes {
    let (sizes, set_sizes) = signal(HashMap::new());
    Effect::new(move |_| {
        let all: Vec<SavedSegment> =
            app.documents.own().into_iter().chain(app.documents.shared()).collect();
        if app.data.open().is_none() || all.is_empty() {
            return;
        }
        let ids: Vec<String> = all.iter().map(|saved| saved.id.clone()).collect();
        let segments = all.iter().map(|saved| segment_document(&saved.segment)).collect();
        let ask = Ask::Segments { segments, as_of: app.data.today().to_string() };
        app.engine.ask(ask, Attachments::none(), move |answer, _| {
            if let Answer::Segments(counted) = answer {
                // The page may be gone by now.
                set_sizes.try_set(ids.iter().cloned().zip(counted).collect());
            }
        });
    });
    sizes
}
