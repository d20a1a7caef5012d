//! Everything the pages share, as one handle.

use leptos::prelude::*;

use super::place::{Place, PlaceError};
use super::{Data, Documents, Engine, Settings, Workspace};
use crate::web::platform;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// The list of segments.
    Segments,
    /// The form of one segment; `None` for a new one.
    Segment(Option<String>),
    /// The workspace.
    Workspace,
    /// What is open, and opening something else.
    Data,
}

/// Something to be told at the page's edge, with a way back where there is one.
#[derive(Clone)]
pub struct Notice {
    /// What happened.
    pub text: String,
    /// Takes it back.
    pub undo: Option<Callback<()>>,
}

/// A handle on all state.
#[derive(Clone, Copy)]
pub struct App {
    /// Language and theme.
    pub settings: Settings,
    /// The line to the worker.
    pub engine: Engine,
    /// What is open.
    pub data: Data,
    /// What is kept.
    pub documents: Documents,
    /// The view at hand.
    pub workspace: Workspace,
    /// Told at the page's edge.
    pub notice: RwSignal<Option<Notice>>,
    page: RwSignal<Page>,
    misplaced: RwSignal<Option<PlaceError>>,
}

/// The state of the app that a component is part of.
pub fn use_app() -> App {
    expect_context::<App>()
}

impl App {
    /// Starts the worker, reads what is kept, and goes where the address says.
    pub fn start() -> App {
        let settings = Settings::load();
        let engine = Engine::start();
        let data = Data::new(engine);
        let documents = Documents::load();
        let workspace = Workspace::new(engine, data, documents);
        let app = App {
            settings,
            engine,
            data,
            documents,
            workspace,
            notice: RwSignal::new(None),
            page: RwSignal::new(Page::Workspace),
            misplaced: RwSignal::new(None),
        };
        platform::on_fragment(move |fragment| app.follow(&fragment));
        app
    }

    /// The page shown.
    pub fn page(self) -> Page {
        self.page.get()
    }

    /// What was wrong with the address, if it led nowhere.
    pub fn misplaced(self) -> Option<PlaceError> {
        self.misplaced.get()
    }

    /// Goes to a page; the workspace keeps the view at hand.
    pub fn go(self, page: Page) {
        let fragment = match &page {
            Page::Segments => Place::Segments.fragment(),
            Page::Segment(id) => Place::Segment(id.clone()).fragment(),
            Page::Data => Place::Data.fragment(),
            Page::Workspace => self.workspace.address(),
        };
        self.turn_to(page);
        if let Some(fragment) = fragment.filter(|fragment| *fragment != platform::fragment()) {
            platform::replace_fragment(&fragment, true);
        }
    }

    /// Goes where an address says.
    pub fn follow(self, fragment: &str) {
        let place = match Place::parse(fragment) {
            Ok(place) => place,
            Err(error) => {
                self.misplaced.set(Some(error));
                return self.turn_to(Page::Segments);
            }
        };
        self.misplaced.set(None);
        match place {
            Place::Start => {
                let has_segments = self.documents.with_own(|own| !own.is_empty());
                self.turn_to(if has_segments { Page::Segments } else { Page::Workspace });
            }
            Place::Segments => self.turn_to(Page::Segments),
            Place::Segment(id) => self.turn_to(Page::Segment(id)),
            Place::Data => self.turn_to(Page::Data),
            Place::View(shown) => {
                self.workspace.show(*shown);
                self.turn_to(Page::Workspace);
            }
            Place::Saved { id, as_of } => {
                let is_there = self.workspace.open_saved(&id, as_of);
                let page = if is_there { Page::Workspace } else { Page::Segments };
                if !is_there {
                    self.misplaced.set(Some(PlaceError::NoPage(id)));
                }
                self.turn_to(page);
            }
        }
    }

    /// Tells something.
    pub fn tell(self, text: String, undo: Option<Callback<()>>) {
        self.notice.set(Some(Notice { text, undo }));
    }

    fn turn_to(self, page: Page) {
        self.workspace.set_shown(page == Page::Workspace);
        if self.page.get_untracked() != page {
            self.page.set(page);
        }
    }
}
