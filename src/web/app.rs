//! The app: the state, the page that the address names, and what stands around every page.

use leptos::prelude::*;

use super::components::{AppHeader, HeaderLink, NoticeBar, Sprite};
use super::later;
use super::pages::{self, Begin, StageLine, UpdateLine, WorkspaceDialogs, WorkspacePage};
use super::platform;
use super::state::{App as State, Page, Saving, Theme};
use super::words::{Language, Words, use_words};
use crate::view::{DaysBack, FilterKind, Segment, View};

/// How far the first segment reaches back.
const FIRST_DAYS_BACK: u32 = 730;
/// A currency (ISO 4217) where no amounts are written.
const NO_MONEY: &str = "EUR";
/// How often the clock is looked at: midnight, and data that grows old.
const LOOK_MS: u32 = 60_000;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let app = State::start();
    provide_context(app);
    super::failing::guard(app);
    pages::tell_of_no_room(app);
    app.workspace.open(first_view(app), None, None, None);
    app.follow(&platform::fragment());
    app.begin();
    let is_erased = Memo::new(move |_| app.device.erasing().is_some());
    platform::every(LOOK_MS, move || app.look_at_the_clock());
    move || {
        // Money is the workspace's alone, which has words of its own.
        provide_context(Words::new(app.settings.language(), NO_MONEY));
        if is_erased.get() {
            return (pages::erased_page(), later::missed()).into_any();
        }
        view! { <Frame/> }.into_any()
    }
}

/// What the workspace shows before anyone chose anything.
fn first_view(app: State) -> View {
    let words = super::words::app::PageWords::of(untrack(|| app.settings.language()));
    let mut segment = Segment { name: words.starter_segment.to_owned(), ..Segment::default() };
    segment.events.days_back = Some(DaysBack::Days(FIRST_DAYS_BACK));
    View { segment, boxes: Some(FilterKind::ALL.to_vec()), ..View::default() }
}

/// Header, page, and what is told at the edge.
#[component]
fn Frame() -> impl IntoView {
    let app = use_app_state();
    Effect::new(move |_| {
        let venue = app.data.open().map(|open| open.names.venue.name.clone());
        platform::set_title(
            &venue.map_or_else(|| "Publik".to_owned(), |venue| format!("{venue} · Publik")),
        );
    });
    // Where another page begins, so does reading it.
    let begin = |_: &Page, before: Option<&Page>, _| {
        if before != Some(&Page::Coming) {
            platform::begin_reading("content");
        }
    };
    Effect::watch(move || app.page(), begin, false);
    let notice = app.notice;
    view! {
        <Header/>
        <UpdateLine/>
        <StageLine/>
        {later::missed()}
        {move || match app.page() {
            Page::Workspace => view! { <Workspace/> }.into_any(),
            Page::Coming => ().into_any(),
            page => {
                let page = match page {
                    Page::Segment(id) => pages::segment_page(id),
                    Page::Data => pages::data_page(),
                    Page::Settings => pages::settings_page(),
                    Page::Outbox => pages::outbox_page(),
                    _ => pages::segments_page(),
                };
                view! {
                    <Sprite/>
                    {page}
                }
                    .into_any()
            }
        }}
        {move || {
            app.vault
                .is_asking()
                .then(|| {
                    let on_close = Callback::new(move |()| app.vault.set_asking(false));
                    pages::passphrase_dialog(on_close)
                })
        }}
        <NoticeBar
            text=Signal::derive(move || notice.get().map(|notice| notice.text))
            can_undo=Signal::derive(move || notice.get().is_some_and(|notice| notice.undo.is_some()))
            on_undo=Callback::new(move |()| {
                let undo = notice.get_untracked().and_then(|notice| notice.undo);
                notice.set(None);
                if let Some(undo) = undo {
                    undo();
                }
            })
            on_dismiss=Callback::new(move |()| notice.set(None))
        />
    }
    .into_any()
}

fn use_app_state() -> State {
    super::state::use_app()
}

/// The header with the data's date.
#[component]
fn Header() -> impl IntoView {
    let app = use_app_state();
    let words = use_words();
    let page = words.page();
    let link = |name, address, is_shown: fn(&Page) -> bool| {
        let (is_hidden, note) = (Signal::stored(false), Signal::stored(String::new()));
        let link = HeaderLink { name, address, is_hidden, note };
        (link, Signal::derive(move || is_shown(&app.page())))
    };
    let mut outbox = link(words.outbox().title, "#/outbox", |page| *page == Page::Outbox);
    outbox.0.is_hidden =
        Signal::derive(move || app.endpoint.address().is_none() && app.outbox.entries().is_empty());
    outbox.0.note = Signal::derive(move || match app.outbox.waiting() {
        0 => String::new(),
        waiting => (words.outbox().waiting_count)(&words.formats.count(waiting)),
    });
    let links = vec![
        link(page.segments, "#/segments", |page| matches!(page, Page::Segments | Page::Segment(_))),
        link(page.workspace, "#/", |page| *page == Page::Workspace),
        outbox,
        link(page.data, "#/data", |page| *page == Page::Data),
        link(words.settings().title, "#/settings", |page| *page == Page::Settings),
    ];
    let built = move || {
        let open = app.data.open()?;
        let zone = &open.names.venue.time_zone;
        Some(platform::moment(&open.opened.built_at, Some(zone), words.language.code()))
    };
    let on_link = Callback::new(move |at: usize| {
        let pages = [Page::Segments, Page::Workspace, Page::Outbox, Page::Data, Page::Settings];
        if let Some(page) = pages.get(at) {
            app.go(page.clone());
        }
    });
    view! {
        <AppHeader
            venue=Signal::derive(move || app.data.open().map(|open| open.names.venue.name.clone()))
            is_demo=Signal::derive(move || app.data.open().is_some_and(|open| open.is_demo()))
            built=Signal::derive(built)
            is_offline=Signal::derive(move || app.release.is_offline())
            is_stale=Signal::derive(move || {
                app.minute();
                app.data.open().is_some_and(|open| open.is_stale())
            })
            links
            on_link
            on_skip=Callback::new(|()| platform::focus("content"))
            on_language=Callback::new(move |()| {
                app.settings
                    .set_language(match words.language {
                        Language::English => Language::Swedish,
                        Language::Swedish => Language::English,
                    });
            })
            on_theme=Callback::new(move |()| {
                let is_dark = match untrack(|| app.settings.theme()) {
                    Theme::System => platform::is_system_dark(),
                    theme => theme == Theme::Dark,
                };
                app.settings.set_theme(if is_dark { Theme::Light } else { Theme::Dark });
            })
        />
    }
}

/// What can open over the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Mode(Begin),
    Open,
    SaveAs,
    /// The link for copying by hand, or a file where there is none.
    Link,
}

/// The workspace with its dialogs.
#[component]
fn Workspace() -> impl IntoView {
    let app = use_app_state();
    let words = use_words();
    let over = RwSignal::new(None::<Over>);
    let show = move |what| Callback::new(move |()| over.set(Some(what)));
    let edit_segment = Callback::new(move |part| app.edit_segment_of_view(part));
    let save = Callback::new(move |()| {
        let t = words.dialogs();
        app.workspace.save(move |saving| {
            // Above the page it says that nothing is kept.
            if saving == Saving::NotKept {
                return;
            }
            if saving == Saving::Done {
                let name = app.workspace.view().with_untracked(|view| view.name.clone());
                return app.tell((t.saved)(&name), None);
            }
            if saving == Saving::ChangedElsewhere {
                app.tell(t.changed_elsewhere.to_owned(), None);
            }
            // The page may be another by now.
            over.try_set(Some(Over::SaveAs));
        });
    });
    let copy_link = Callback::new(move |()| {
        let Some(link) = app.workspace.link() else { return over.set(Some(Over::Link)) };
        platform::copy_text(&link, move |is_copied| {
            if is_copied {
                app.tell(words.dialogs().link_copied.to_owned(), None);
            } else {
                over.set(Some(Over::Link));
            }
        });
    });
    let dialogs = WorkspaceDialogs {
        edit_segment,
        choose_event: show(Over::Mode(Begin::Event)),
        choose_production: show(Over::Mode(Begin::Production)),
        open: show(Over::Open),
        copy_link,
        save,
        save_as: show(Over::SaveAs),
    };
    let close = Callback::new(move |()| over.set(None));
    view! {
        <WorkspacePage dialogs/>
        {move || {
            Some(
                match over.get()? {
                    Over::Mode(begin) => {
                        let on_choose = Callback::new(move |mode| {
                            app.workspace.change(|view| view.mode = mode);
                        });
                        pages::mode_dialog(begin, close, on_choose)
                    }
                    Over::Open => {
                        let segment = untrack(|| app.workspace.belonging()).segment;
                        let saved = segment.and_then(|id| untrack(|| app.documents.segment(&id)));
                        let saved = saved.unwrap_or_else(|| app.workspace.unsaved_segment());
                        pages::open_dialog(saved, None, close)
                    }
                    Over::SaveAs => pages::save_as_dialog(close),
                    Over::Link => pages::link_dialog(close),
                },
            )
        }}
    }
    .into_any()
}
