//! The list of customers: open or not, its wishes, and the part of it that is looked at. All that
//! names a person is in a worker of its own, which is started when the list is opened first.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::pacer::Pacer;
use super::{ContactsOffer, Data, Engine, Settings, Workspace};
use crate::model::DEFAULT_COLUMNS;
use crate::view::to_json;
use crate::web::platform::{self, Attachments, Worker, WorkerProblem};
use crate::web::protocol::explained::{ExplainAsk, Explained};
use crate::web::protocol::lists::{
    ContactsFrom, ContactsSaid, ListAsk, ListPart, ListsAnswer, ListsAsk, ListsReply, ListsRequest,
    PartAsk,
};
use crate::web::protocol::{Answer, Ask, Failure, FailureKind, Origin};

/// The worker's script, and the module it runs.
const MODULE: &str = "lists.js";
/// Under which key this browser keeps which columns are shown.
const COLUMNS: &str = "publik.columns";
/// Between their names: nothing that a header holds.
const BETWEEN: char = '\u{1f}';
/// Asked for before anybody scrolled.
const FIRST_ROWS: u32 = 100;

/// Whether names and addresses are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContactsState {
    /// They are on their way.
    Coming,
    /// They are there.
    There,
    /// This browser does not keep them: the reader has to open the files again.
    Elsewhere,
    /// They are sealed; the last passphrase, if there was one, was another.
    Sealed {
        /// Whether a passphrase was tried.
        is_wrong: bool,
    },
    /// They could not be had.
    Failed(Failure),
}

/// A handle on the list of customers.
#[derive(Clone, Copy)]
pub struct Customers {
    engine: Engine,
    data: Data,
    workspace: Workspace,
    settings: Settings,
    offer: ContactsOffer,
    is_open: RwSignal<bool>,
    part: RwSignal<Option<Arc<ListPart>>>,
    contacts: RwSignal<ContactsState>,
    failure: RwSignal<Option<Failure>>,
    explained: RwSignal<Option<Explained>>,
    /// By which column, and whether the largest comes first; by id where there is none.
    pub sort: RwSignal<Option<(String, bool)>>,
    /// What is searched.
    pub search: RwSignal<String>,
    columns: RwSignal<Option<Vec<String>>>,
    window: RwSignal<(u32, u32)>,
    line: StoredValue<Rc<Line>, LocalStorage>,
}

/// The line to the worker.
#[derive(Default)]
struct Line {
    worker: RefCell<Option<Worker>>,
    is_listening: Cell<bool>,
    /// What was said before it listened.
    early: RefCell<Vec<(ListsRequest, Attachments)>>,
    /// Whether the worker has a view to list.
    has_view: Cell<bool>,
    last: Cell<u32>,
    views: RefCell<Pacer<ListAsk>>,
    /// The number of the view that is on its way, and of the part.
    view: Cell<u32>,
    parts: RefCell<Pacer<PartAsk>>,
    part: Cell<u32>,
}

impl Customers {
    /// Nothing listed yet.
    pub fn new(
        engine: Engine,
        data: Data,
        workspace: Workspace,
        settings: Settings,
        offer: ContactsOffer,
    ) -> Customers {
        let kept = platform::stored(COLUMNS)
            .map(|names| names.split(BETWEEN).map(str::to_owned).collect::<Vec<_>>());
        let customers = Customers {
            engine,
            data,
            workspace,
            settings,
            offer,
            is_open: RwSignal::new(false),
            part: RwSignal::new(None),
            contacts: RwSignal::new(ContactsState::Coming),
            failure: RwSignal::new(None),
            explained: RwSignal::new(None),
            sort: RwSignal::new(None),
            search: RwSignal::new(String::new()),
            columns: RwSignal::new(kept),
            window: RwSignal::new((0, FIRST_ROWS)),
            line: StoredValue::new_local(Rc::default()),
        };
        customers.follow();
        customers
    }

    /// Whether the list is open.
    pub fn is_open(self) -> bool {
        self.is_open.get()
    }

    /// Opens or closes the list.
    pub fn set_open(self, is_open: bool) {
        self.is_open.set(is_open);
    }

    /// The part of the list that is looked at; `None` before the first.
    pub fn part(self) -> ReadSignal<Option<Arc<ListPart>>> {
        self.part.read_only()
    }

    /// Whether names and addresses are there.
    pub fn contacts(self) -> ContactsState {
        self.contacts.get()
    }

    /// Why there is no list, if there is none.
    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// The columns shown, in order: those of the part that is looked at.
    pub fn columns(self) -> Vec<String> {
        self.part.with(|part| part.as_ref().map(|part| part.columns.clone())).unwrap_or_default()
    }

    /// The columns that there are: those of the default first and in its order, then the others.
    pub fn known_columns(self) -> Vec<String> {
        let known = self.part.with(|part| part.as_ref().map(|part| part.known.clone()));
        let known = known.unwrap_or_default();
        let first = default_columns().into_iter();
        let first: Vec<String> = first.filter(|name| known.contains(name)).collect();
        let others = known.into_iter().filter(|name| !first.contains(name)).collect::<Vec<_>>();
        [first, others].concat()
    }

    /// Shows a column, or no longer.
    pub fn set_column(self, name: &str, is_shown: bool) {
        let shown = untrack(|| self.columns());
        let is_wanted =
            |known: &String| if known == name { is_shown } else { shown.contains(known) };
        let columns: Vec<String> =
            untrack(|| self.known_columns()).into_iter().filter(is_wanted).collect();
        // Not kept is no harm: the next visit begins with the default.
        platform::store(COLUMNS, &columns.join(&BETWEEN.to_string())).ok();
        self.columns.set(Some(columns));
    }

    /// The columns of the default again.
    pub fn reset_columns(self) {
        platform::remove(COLUMNS);
        self.columns.set(None);
    }

    /// Looks at another part of the list: the first row, and how many.
    pub fn look_at(self, from: u32, count: u32) {
        if self.window.get_untracked() != (from, count) {
            self.window.set((from, count));
        }
    }

    /// Asks why the customer of an id is in the result, or is not.
    pub fn explain(self, customer: String) {
        let as_of = untrack(|| self.workspace.as_of()).to_string();
        let view = self.workspace.view().with_untracked(to_json);
        let ask = Ask::Explain(ExplainAsk { view, as_of, customer });
        self.engine.ask(ask, Attachments::none(), move |answer, _| {
            if let Answer::Explained(explained) = answer {
                self.explained.set(Some(*explained));
            }
        });
    }

    /// What is explained, while it is shown.
    pub fn explained(self) -> Option<Explained> {
        self.explained.get()
    }

    /// Puts the explanation away.
    pub fn close_explanation(self) {
        self.explained.set(None);
    }

    /// Opens sealed names and addresses.
    pub fn unlock(self, passphrase: String) {
        self.contacts.set(ContactsState::Coming);
        self.send(ListsAsk::Unlock(passphrase), &Attachments::none());
    }

    /// Begins anew after a failure.
    pub fn try_again(self) {
        self.failure.set(None);
        self.is_open.notify();
    }

    /// Asks for what is wished, whenever that changes.
    fn follow(self) {
        Effect::new(move |before: Option<Option<usize>>| {
            let open = self.data.open();
            let now = open.as_ref().map(|open| Arc::as_ptr(open).addr());
            if before.is_none_or(|before| before != now) {
                if let Some(open) = &open {
                    self.offer.settle(open.opened.origin);
                }
                self.part.set(None);
            }
            now
        });
        Effect::new(move |_| {
            if !self.is_open.get() || self.data.open().is_none() {
                return;
            }
            let as_of = self.workspace.as_of().to_string();
            let view = self.workspace.view().with(to_json);
            self.start();
            self.ask_view(ListAsk { view, as_of, is_first: false });
        });
        Effect::new(move |_| {
            let (from, count) = self.window.get();
            let ask = PartAsk {
                language: self.settings.language().code().to_owned(),
                sort: self.sort.get(),
                search: self.search.get(),
                columns: self.columns.get().unwrap_or_else(default_columns),
                from,
                count,
            };
            self.ask_part(ask);
        });
    }

    fn start(self) {
        let line = self.line.get_value();
        if line.worker.borrow().is_some() {
            return;
        }
        let started = Worker::start(MODULE, move |heard| match heard {
            Ok((ListsReply { answer, .. }, _)) => self.hear(answer),
            Err(problem) => self.lose(problem),
        });
        match started {
            Ok(worker) => *line.worker.borrow_mut() = Some(worker),
            Err(problem) => self.lose(problem),
        }
    }

    fn ask_view(self, ask: ListAsk) {
        let line = self.line.get_value();
        let next = line.views.borrow_mut().ask(ask);
        if let Some((number, ask)) = next {
            line.view.set(number);
            self.fetch_view(ask);
        }
    }

    /// Has the counting worker give what the list needs, and hands it on.
    fn fetch_view(self, ask: ListAsk) {
        let is_first = !self.line.get_value().has_view.get();
        let ask = ListAsk { is_first, ..ask };
        self.engine.ask(Ask::List(ask), Attachments::none(), move |answer, beside| match answer {
            Answer::List(parts) => {
                let moved = Attachments::none();
                moved.push_all(beside);
                let is_new = parts.data.is_some();
                self.send(ListsAsk::Take(parts), &moved);
                self.line.get_value().has_view.set(true);
                if is_new {
                    self.send_contacts();
                }
                self.ask_part_again();
            }
            Answer::Failed(failure) => {
                self.failure.set(Some(failure));
                self.view_is_done();
            }
            _ => self.view_is_done(),
        });
    }

    fn view_is_done(self) {
        let line = self.line.get_value();
        let heard = line.views.borrow_mut().heard(line.view.get());
        if let Some((number, ask)) = heard.next {
            line.view.set(number);
            self.fetch_view(ask);
        }
    }

    fn send_contacts(self) {
        let Some(open) = self.data.open_untracked() else { return };
        let beside = Attachments::none();
        let from = match open.opened.origin {
            Origin::Demo => Some(ContactsFrom::Demo { today: self.data.made_for() }),
            Origin::Site => self.data.site_untracked().map(|base| ContactsFrom::Site { base }),
            Origin::Folder | Origin::Export => {
                self.offer.lay(&beside).then_some(ContactsFrom::Beside)
            }
        };
        match from {
            Some(from) => {
                self.contacts.set(ContactsState::Coming);
                self.send(ListsAsk::Contacts(from), &beside);
            }
            None => self.contacts.set(ContactsState::Elsewhere),
        }
    }

    /// The part as it is wished now, of whatever changed in the worker.
    fn ask_part_again(self) {
        self.window.notify();
    }

    fn ask_part(self, ask: PartAsk) {
        let line = self.line.get_value();
        if !line.has_view.get() {
            return;
        }
        let next = line.parts.borrow_mut().ask(ask);
        if let Some((number, ask)) = next {
            line.part.set(number);
            self.send(ListsAsk::Part(ask), &Attachments::none());
        }
    }

    fn part_is_done(self) {
        let line = self.line.get_value();
        let heard = line.parts.borrow_mut().heard(line.part.get());
        if let Some((number, ask)) = heard.next {
            line.part.set(number);
            self.send(ListsAsk::Part(ask), &Attachments::none());
        }
    }

    fn send(self, ask: ListsAsk, beside: &Attachments) {
        let line = self.line.get_value();
        line.last.set(line.last.get() + 1);
        let request = ListsRequest { id: line.last.get(), ask };
        if line.is_listening.get() {
            self.post(&request, beside);
        } else {
            line.early.borrow_mut().push((request, beside.clone()));
        }
    }

    fn post(self, request: &ListsRequest, beside: &Attachments) {
        let line = self.line.get_value();
        let sent = match &*line.worker.borrow() {
            Some(worker) => worker.send(request, beside),
            None => Err(WorkerProblem::NotStarted),
        };
        if let Err(problem) = sent {
            self.lose(problem);
        }
    }

    fn hear(self, answer: ListsAnswer) {
        match answer {
            ListsAnswer::Ready => {
                let line = self.line.get_value();
                line.is_listening.set(true);
                let early = line.early.take();
                for (request, beside) in &early {
                    self.post(request, beside);
                }
            }
            ListsAnswer::Taken => self.view_is_done(),
            ListsAnswer::Contacts(said) => {
                self.contacts.set(match said {
                    ContactsSaid::There => ContactsState::There,
                    ContactsSaid::Sealed => ContactsState::Sealed { is_wrong: false },
                    ContactsSaid::WrongPassphrase => ContactsState::Sealed { is_wrong: true },
                    ContactsSaid::Failed(failure) => ContactsState::Failed(failure),
                });
                self.ask_part_again();
            }
            ListsAnswer::Part(part) => {
                self.failure.set(None);
                self.part.set(Some(Arc::new(part)));
                self.part_is_done();
            }
            ListsAnswer::Failed(failure) => {
                self.failure.set(Some(failure));
                self.view_is_done();
                self.part_is_done();
            }
        }
    }

    fn lose(self, problem: WorkerProblem) {
        let line = self.line.get_value();
        *line.worker.borrow_mut() = None;
        line.is_listening.set(false);
        line.early.take();
        line.has_view.set(false);
        line.views.borrow_mut().lose();
        line.parts.borrow_mut().lose();
        let message = problem.to_string();
        self.failure.set(Some(Failure { kind: FailureKind::Internal, message }));
    }
}

fn default_columns() -> Vec<String> {
    DEFAULT_COLUMNS.map(str::to_owned).to_vec()
}
