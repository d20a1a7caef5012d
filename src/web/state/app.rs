//! Everything the pages share, as one handle.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::config::Config;
use super::place::{Place, PlaceError};
use super::sync::{Endpoint, FlagFeed, Outbox, Recipients, begin_when_needed};
use super::{
    ContactsOffer, Customers, Data, Device, Documents, Engine, Form, FormPart, Import, Lists,
    OpenData, Release, Settings, Vault, Workspace,
};
use crate::view::sentence::Language;
use crate::web::later::later;
use crate::web::rows::OptionRows;
use crate::web::{choices, platform};

/// How long something is told that cannot be taken back.
const NOTICE_TIME: Duration = Duration::from_secs(10);
/// How often the host is asked for newer data.
const LOOK_FOR_NEWER_MINUTES: u32 = 15;

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
    /// What holds for every visit.
    Settings,
    /// What was sent from here, and what waits.
    Outbox,
    /// None yet: the address has a view, and what reads it is on its way.
    Coming,
}

/// Takes something back; outlives the part of the page that it was done in.
pub type TakeBack = Arc<dyn Fn() + Send + Sync>;

/// Something to be told at the page's edge, with a way back where there is one.
#[derive(Clone)]
pub struct Notice {
    /// What happened.
    pub text: String,
    /// Takes it back.
    pub undo: Option<TakeBack>,
}

/// A handle on all state.
#[derive(Clone, Copy)]
pub struct App {
    /// Language and theme.
    pub settings: Settings,
    /// The line to the worker.
    pub engine: Engine,
    /// What is sealed.
    pub vault: Vault,
    /// What is open.
    pub data: Data,
    /// Files that become data.
    pub import: Import,
    /// What is kept.
    pub documents: Documents,
    /// What this device keeps in all.
    pub device: Device,
    /// The view at hand.
    pub workspace: Workspace,
    /// The segment in the form.
    pub form: Form,
    /// The worker that has names and addresses.
    pub lists: Lists,
    /// The list of customers.
    pub customers: Customers,
    /// The sync endpoint.
    pub endpoint: Endpoint,
    /// What it says of flags.
    pub flags: FlagFeed,
    /// What is sent there, and what waits.
    pub outbox: Outbox,
    /// Where tests of special offers go; in memory alone.
    pub test_address: RwSignal<String>,
    /// Told at the page's edge.
    pub notice: RwSignal<Option<Notice>>,
    /// Counts up with every notice.
    told: StoredValue<u32>,
    /// The program itself, and whether its host can be reached.
    pub release: Release,
    /// All events to choose from, of which there may be 50,000.
    pub event_rows: Memo<Arc<OptionRows>>,
    /// All event groups to choose from.
    pub production_rows: Memo<Arc<OptionRows>>,
    page: RwSignal<Page>,
    /// Counts up with every look at the clock.
    minute: RwSignal<u32>,
    misplaced: RwSignal<Option<PlaceError>>,
}

/// The state of the app that a component is part of.
pub fn use_app() -> App {
    expect_context::<App>()
}

/// What the site says of itself.
fn site() -> Config {
    let file = platform::site_configuration();
    file.and_then(|file| Config::read(|name| platform::text_of(&file, name))).unwrap_or_default()
}

later! {
    /// Shows the view in an address.
    documents: fn follow_view(app: App, fragment: String) {
        app.follow_view(&fragment);
    }
}

impl App {
    /// Starts the worker, reads what is kept, and goes where the address says.
    pub fn start() -> App {
        let settings = Settings::load();
        if let Some(language) = site().language.as_deref().and_then(Language::from_tag) {
            settings.set_default_language(language);
        }
        let engine = Engine::start();
        let vault = Vault::empty();
        let data = Data::new(engine, vault);
        let documents = Documents::load();
        let workspace = Workspace::new(engine, data, documents);
        let offer = ContactsOffer::none();
        let lists = Lists::new(engine, data, offer, vault);
        let customers = Customers::new(engine, data, workspace, settings, lists);
        let endpoint = Endpoint::load();
        let recipients = Recipients::new(lists, customers, endpoint);
        let flags = FlagFeed::new(engine, data, endpoint);
        let outbox = Outbox::new(data, endpoint, flags, recipients);
        let app = App {
            settings,
            engine,
            vault,
            data,
            import: Import::new(data, offer),
            documents,
            device: Device::new(documents),
            workspace,
            form: Form::new(engine, data),
            lists,
            customers,
            endpoint,
            flags,
            outbox,
            test_address: RwSignal::new(String::new()),
            notice: RwSignal::new(None),
            told: StoredValue::new(0),
            release: Release::watch(data),
            event_rows: Memo::new(move |_| {
                let language = settings.language();
                let rows = |open: Arc<OpenData>| choices::events(open, language);
                Arc::new(data.open().map(rows).unwrap_or_default())
            }),
            production_rows: Memo::new(move |_| {
                let rows = |open: Arc<OpenData>| choices::productions(&open.names.catalogue);
                Arc::new(data.open().map(rows).unwrap_or_default())
            }),
            page: RwSignal::new(Page::Coming),
            minute: RwSignal::new(0),
            misplaced: RwSignal::new(None),
        };
        begin_when_needed(endpoint, flags, outbox);
        platform::on_fragment(move |fragment| app.follow(&fragment));
        platform::on_erased(move || {
            app.close();
            app.device.follow_erasing();
        });
        Effect::new(move |_| {
            if app.documents.is_read() {
                untrack(|| app.meet_documents());
            }
        });
        platform::on_leaving(move || untrack(|| app.form.has_unsaved()));
        app
    }

    /// Opens what there is to open.
    pub fn begin(self) {
        let config = site();
        self.endpoint.set_default(config.sync.as_deref());
        let folder = config.snapshot_folder();
        self.data.begin(folder.as_deref().and_then(platform::absolute));
        if let Some(views) = config.views {
            self.documents.fetch_shared(views, move || {
                // An address may name what is only known now.
                if self.misplaced.get_untracked().is_some() {
                    self.follow(&platform::fragment());
                }
            });
        }
    }

    /// Looks at the clock: midnight may have passed, the data grown old, the host have newer.
    pub fn look_at_the_clock(self) {
        self.minute.update(|minute| *minute += 1);
        if let Some(open) = self.data.open_untracked() {
            self.data.refresh_today(&open.names.venue.time_zone);
            if self.minute.get_untracked().is_multiple_of(LOOK_FOR_NEWER_MINUTES) {
                self.data.look_for_newer();
            }
        }
    }

    /// Tells readers of time to look anew.
    pub fn minute(self) -> u32 {
        self.minute.get()
    }

    /// Gives up what is on its way.
    pub fn cancel_opening(self) {
        self.import.cancel();
        self.data.cancel();
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
        if matches!(page, Page::Segment(_)) {
            self.form.prepare(false, None);
        }
        self.turn_to_and_say(page);
    }

    fn turn_to_and_say(self, page: Page) {
        let fragment = match &page {
            Page::Segments => Place::Segments.fragment(),
            Page::Segment(id) => Place::Segment(id.clone()).fragment(),
            Page::Data => Place::Data.fragment(),
            Page::Settings => Place::Settings.fragment(),
            Page::Outbox => Place::Outbox.fragment(),
            Page::Workspace => self.workspace.address(),
            Page::Coming => None,
        };
        self.turn_to(page);
        if let Some(fragment) = fragment.filter(|fragment| *fragment != platform::fragment()) {
            platform::replace_fragment(&fragment, true);
        }
    }

    /// Opens the form of the segment of the view at hand, at one part of it where one is wanted.
    pub fn edit_segment_of_view(self, part: Option<FormPart>) {
        let id = untrack(|| self.workspace.belonging()).segment;
        let kept = id.filter(|id| untrack(|| self.documents.segment(id)).is_some());
        self.form.prepare(kept.is_none(), part);
        self.turn_to_and_say(Page::Segment(kept));
    }

    /// Goes where an address says.
    pub fn follow(self, fragment: &str) {
        match Place::without_view(fragment) {
            Ok(Some(place)) => self.follow_place(place),
            Ok(None) => follow_view(self, fragment.to_owned()),
            Err(error) => self.misplace(error),
        }
    }

    fn follow_view(self, fragment: &str) {
        // The reader may have gone elsewhere while this part of the page came.
        if platform::fragment() != fragment {
            return;
        }
        match Place::parse(fragment) {
            Ok(place) => self.follow_place(place),
            Err(error) => self.misplace(error),
        }
    }

    fn misplace(self, error: PlaceError) {
        self.misplaced.set(Some(error));
        self.turn_to(Page::Segments);
    }

    fn follow_place(self, place: Place) {
        self.misplaced.set(None);
        match place {
            Place::Start => {
                let has_segments = self.documents.has_some();
                self.turn_to(if has_segments { Page::Segments } else { Page::Workspace });
            }
            Place::Segments => self.turn_to(Page::Segments),
            Place::Segment(id) => self.turn_to(Page::Segment(id)),
            Place::Data => self.turn_to(Page::Data),
            Place::Settings => self.turn_to(Page::Settings),
            Place::Outbox => self.turn_to(Page::Outbox),
            Place::View(shown) => {
                self.workspace.show(*shown);
                self.turn_to(Page::Workspace);
            }
            // Followed again when they are read.
            Place::Saved { .. } if !self.documents.is_read_untracked() => {
                self.turn_to(Page::Segments);
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

    /// Erases everything that this device keeps, in every tab.
    pub fn erase(self) {
        self.close();
        self.device.erase();
    }

    /// Ends whatever may still write something, and what the reader would be asked for.
    fn close(self) {
        self.engine.close();
        self.lists.close();
        self.import.cancel();
        self.form.drop_draft();
    }

    /// The documents are read by now: what the address names of them can be shown.
    fn meet_documents(self) {
        let fragment = platform::fragment();
        match Place::without_view(&fragment) {
            Ok(Some(Place::Start | Place::Saved { .. })) => self.follow(&fragment),
            Ok(None) => self.workspace.meet_documents(),
            _ => {}
        }
    }

    /// Tells something.
    pub fn tell(self, text: String, undo: Option<TakeBack>) {
        let stays = undo.is_some();
        self.notice.set(Some(Notice { text, undo }));
        let turn = self.told.try_update_value(|told| {
            *told += 1;
            *told
        });
        if !stays {
            // What can be taken back stays until something else is told.
            let is_last = move || self.told.try_get_value() == turn;
            let clear = move || {
                if is_last() {
                    self.notice.set(None);
                }
            };
            set_timeout(clear, NOTICE_TIME);
        }
    }

    fn turn_to(self, page: Page) {
        self.workspace.set_shown(page == Page::Workspace);
        let from = self.page.get_untracked();
        if matches!(page, Page::Segment(_)) && from != page {
            self.form.come_from(from == Page::Workspace);
        }
        if self.page.get_untracked() != page {
            self.page.set(page);
        }
    }
}
