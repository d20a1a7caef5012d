//! The page's line to the worker that has the contacts: views and questions out, answers back to
//! who asked. The worker is started when it is needed first.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::{ContactsOffer, Data, Engine, Vault};
use crate::web::platform::{self, Attachments, Worker, WorkerProblem};
use crate::web::protocol::lists::{
    ContactsFrom, ContactsSaid, ListAsk, ListsAnswer, ListsAsk, ListsReply, ListsRequest,
    PreflightAsk,
};
use crate::web::protocol::{Answer, Ask, Failure, FailureKind, Origin};
use crate::web::shelf;

/// The worker's script, and the module it runs.
const MODULE: &str = "lists.js";

/// Under which key this browser keeps whether names and addresses are kept readable.
const KEPT: &str = "publik.contacts";
/// What stands there if they are.
const READABLE: &str = "readable";

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

/// What is heard of a preflight, in the end or on the way.
#[derive(Debug, Clone)]
pub enum PreflightHeard {
    /// What the worker says: progress, what was found, or why nothing was.
    Said(ListsAnswer),
    /// Names and addresses are not there; nothing was looked at.
    NoContacts(ContactsState),
}

type Hear = Rc<dyn Fn(ListsAnswer, &Attachments)>;
type Settle = Box<dyn FnOnce()>;

/// A handle on the worker that has the contacts.
#[derive(Clone, Copy)]
pub struct Lists {
    engine: Engine,
    data: Data,
    offer: ContactsOffer,
    vault: Vault,
    contacts: RwSignal<ContactsState>,
    keeps_readable: RwSignal<bool>,
    line: StoredValue<Rc<Line>, LocalStorage>,
}

#[derive(Default)]
struct Line {
    worker: RefCell<Option<Worker>>,
    is_listening: Cell<bool>,
    /// What was said before it listened.
    early: RefCell<Vec<(ListsRequest, Attachments)>>,
    /// Whether the worker has a view.
    has_view: Cell<bool>,
    last: Cell<u32>,
    waiting: RefCell<HashMap<u32, Hear>>,
    /// What waits until it is known whether there are contacts.
    unsettled: RefCell<Vec<Settle>>,
}

impl Lists {
    /// No worker yet.
    pub fn new(engine: Engine, data: Data, offer: ContactsOffer, vault: Vault) -> Lists {
        let contacts = RwSignal::new(ContactsState::Coming);
        let keeps_readable = RwSignal::new(is_readable_wished());
        let line = StoredValue::new_local(Rc::default());
        let lists = Lists { engine, data, offer, vault, contacts, keeps_readable, line };
        Effect::new(move |before: Option<Option<usize>>| {
            let open = data.open();
            let now = open.as_ref().map(|open| Arc::as_ptr(open).addr());
            if let Some(open) = open.filter(|_| before.is_none_or(|before| before != now)) {
                offer.settle(open.opened.origin);
            }
            now
        });
        lists
    }

    /// Whether names and addresses are there.
    pub fn contacts(self) -> ContactsState {
        self.contacts.get()
    }

    /// Whether the worker has a view.
    pub fn has_view(self) -> bool {
        self.line.with_value(|line| line.has_view.get())
    }

    /// Opens sealed names and addresses.
    pub fn unlock(self, passphrase: String) {
        self.contacts.set(ContactsState::Coming);
        self.try_passphrase(passphrase, true);
    }

    /// Tries a passphrase; only one that the reader typed can be wrong.
    fn try_passphrase(self, passphrase: String, is_typed: bool) {
        let ask = ListsAsk::Unlock(passphrase.clone());
        self.ask(ask, &Attachments::none(), move |answer, _| {
            let became = became(answer);
            if became == ContactsState::There {
                self.vault.remember(passphrase.clone());
            }
            let is_wrong = matches!(became, ContactsState::Sealed { is_wrong: true });
            let sealed = ContactsState::Sealed { is_wrong: is_typed };
            self.settle(if is_wrong { sealed } else { became });
        });
    }

    /// Whether this device keeps names and addresses readable, so that no start asks for them.
    pub fn keeps_readable(self) -> bool {
        self.keeps_readable.get()
    }

    /// Keeps them readable from now on, or takes what lies readable away. `told` hears what the browser
    /// refused, or nothing.
    pub fn keep_readable(self, is_wished: bool, told: impl Fn(Option<Failure>) + Clone + 'static) {
        if !is_wished {
            platform::remove(KEPT);
        } else if let Err(problem) = platform::store(KEPT, READABLE) {
            let (kind, message) = (FailureKind::Internal, problem.to_string());
            return told(Some(Failure { kind, message }));
        }
        self.keeps_readable.set(is_wished);
        let is_started = self.line.with_value(|line| line.worker.borrow().is_some());
        if !is_started && is_wished {
            return told(None);
        }
        if is_started {
            let told = told.clone();
            self.ask(ListsAsk::KeepReadable(is_wished), &Attachments::none(), move |answer, _| {
                match answer {
                    ListsAnswer::Failed(failure) => told(Some(failure)),
                    _ if is_wished => told(None),
                    _ => {}
                }
            });
        }
        if !is_wished {
            platform::spawn_local(async move {
                // Behind whoever is writing them.
                let _alone = platform::alone(shelf::LOCK).await;
                let is_readable = |name: &str| {
                    name.starts_with(shelf::CONTACTS) && !name.ends_with(shelf::SEALED)
                };
                platform::remove_files(is_readable).await;
                told(None);
            });
        }
    }

    /// Whether names and addresses are not loaded yet and may open without a question.
    pub fn may_open_by_itself(self) -> bool {
        let opens = self.keeps_readable.get_untracked() || self.vault.passphrase().is_some();
        opens && !self.has_view()
    }

    /// Has the counting worker give a view and hands it on. `then` is called when it is on its
    /// way: whatever is asked from then on is about that view.
    pub fn take_view(self, ask: ListAsk, then: impl Fn(Result<(), Failure>) + 'static) {
        self.start();
        let ask = ListAsk { is_first: !self.has_view(), ..ask };
        self.engine.ask(Ask::List(ask), Attachments::none(), move |answer, beside| match answer {
            Answer::List(parts) => {
                let moved = Attachments::none();
                moved.push_all(beside);
                let is_new = parts.data.is_some();
                let ask = ListsAsk::Take(parts);
                // One that is not understood shows at the next question.
                self.ask(ask, &moved, |_, _| {});
                self.line.with_value(|line| line.has_view.set(true));
                if is_new {
                    self.send_contacts();
                }
                then(Ok(()));
            }
            Answer::Failed(failure) => then(Err(failure)),
            _ => then(Err(failed(WorkerProblem::NotUnderstood))),
        });
    }

    /// Asks. `hear` gets the answer, and before it whatever is said on the way to it. The number
    /// is the request's.
    pub fn ask(
        self,
        ask: ListsAsk,
        beside: &Attachments,
        hear: impl Fn(ListsAnswer, &Attachments) + 'static,
    ) -> u32 {
        self.start();
        let id = self.expect(Rc::new(hear));
        self.post(ListsRequest { id, ask }, beside);
        id
    }

    /// Goes through the people of a view, or of a list of ids, before they leave: takes the view,
    /// waits for names and addresses, and has the plan made. The number is the plan's, for
    /// [`ListsAsk::People`], [`ListsAsk::Write`] and [`ListsAsk::Recipients`];
    /// [`Lists::give_up`] forgets it.
    pub fn preflight(
        self,
        view: ListAsk,
        ask: PreflightAsk,
        suppressions: Option<&[u8]>,
        hear: impl Fn(PreflightHeard) + 'static,
    ) -> u32 {
        let hear = Rc::new(hear);
        let said = Rc::clone(&hear);
        let id = self.expect(Rc::new(move |answer, _| said(PreflightHeard::Said(answer))));
        let beside = suppressions.map_or_else(Attachments::none, Attachments::of_bytes);
        let ask = RefCell::new(Some((ask, beside)));
        self.take_view(ListAsk { with_gates: true, ..view }, move |taken| {
            let Some((ask, beside)) = ask.take() else { return };
            if let Err(failure) = taken {
                return self.hear(ListsReply { id, answer: ListsAnswer::Failed(failure) }, &beside);
            }
            let hear = Rc::clone(&hear);
            self.when_settled(move || {
                if !self.line.with_value(|line| line.waiting.borrow().contains_key(&id)) {
                    return;
                }
                let contacts = self.contacts.get_untracked();
                if contacts == ContactsState::There {
                    self.post(ListsRequest { id, ask: ListsAsk::Preflight(ask) }, &beside);
                } else {
                    self.line.with_value(|line| line.waiting.borrow_mut().remove(&id));
                    hear(PreflightHeard::NoContacts(contacts));
                }
            });
        });
        id
    }

    /// Gives up the work of a request and forgets the plan of that number, if there is one.
    pub fn give_up(self, id: u32) {
        self.line.with_value(|line| line.waiting.borrow_mut().remove(&id));
        self.tell(ListsAsk::Cancel(id));
        self.tell(ListsAsk::Forget(id));
    }

    /// Gives up the work of a request, which still answers.
    pub fn cancel(self, id: u32) {
        self.tell(ListsAsk::Cancel(id));
    }

    /// Says what has no answer; whoever does not listen has nothing of it.
    fn tell(self, ask: ListsAsk) {
        if self.line.with_value(|line| line.worker.borrow().is_some()) {
            self.post(ListsRequest { id: 0, ask }, &Attachments::none());
        }
    }

    /// Calls when it is known whether there are contacts: at once if it is.
    fn when_settled(self, call: impl FnOnce() + 'static) {
        if self.contacts.get_untracked() == ContactsState::Coming {
            self.line.with_value(|line| line.unsettled.borrow_mut().push(Box::new(call)));
        } else {
            call();
        }
    }

    fn settle(self, contacts: ContactsState) {
        self.contacts.set(contacts);
        for call in self.line.with_value(|line| line.unsettled.take()) {
            call();
        }
    }

    fn expect(self, hear: Hear) -> u32 {
        self.line.with_value(|line| {
            line.last.set(line.last.get() + 1);
            line.waiting.borrow_mut().insert(line.last.get(), hear);
            line.last.get()
        })
    }

    fn start(self) {
        let line = self.line.get_value();
        if line.worker.borrow().is_some() {
            return;
        }
        let started = Worker::start(MODULE, move |heard| match heard {
            Ok((reply, beside)) => self.hear(reply, &beside),
            Err(problem) => self.lose(problem),
        });
        match started {
            Ok(worker) => *line.worker.borrow_mut() = Some(worker),
            Err(problem) => self.lose(problem),
        }
    }

    fn send_contacts(self) {
        let Some(open) = self.data.open_untracked() else { return };
        let beside = Attachments::none();
        let site = self.data.site_untracked();
        let from = match open.opened.origin {
            Origin::Demo => ContactsFrom::Demo { today: self.data.made_for() },
            Origin::Site => site.map_or(ContactsFrom::Kept, |base| ContactsFrom::Site { base }),
            Origin::Folder | Origin::Export if self.offer.lay(&beside) => ContactsFrom::Beside,
            Origin::Folder | Origin::Export => ContactsFrom::Kept,
        };
        // As it is wished now: it may have been another tab that changed it.
        self.keeps_readable.set(is_readable_wished());
        let wish = ListsAsk::KeepReadable(self.keeps_readable.get_untracked());
        self.ask(wish, &Attachments::none(), |_, _| {});
        self.contacts.set(ContactsState::Coming);
        self.ask_contacts(ListsAsk::Contacts(from), &beside);
    }

    fn ask_contacts(self, ask: ListsAsk, beside: &Attachments) {
        self.ask(ask, beside, move |answer, _| {
            let became = became(answer);
            let known = self.vault.passphrase();
            match known.filter(|_| matches!(became, ContactsState::Sealed { .. })) {
                // What opened the facts, or the contacts before, may open these.
                Some(passphrase) => self.try_passphrase(passphrase, false),
                None => self.settle(became),
            }
        });
    }

    fn post(self, request: ListsRequest, beside: &Attachments) {
        let line = self.line.get_value();
        if !line.is_listening.get() && line.worker.borrow().is_some() {
            line.early.borrow_mut().push((request, beside.clone()));
            return;
        }
        let sent = match &*line.worker.borrow() {
            Some(worker) => worker.send(&request, beside),
            None => Err(WorkerProblem::NotStarted),
        };
        if let Err(problem) = sent {
            self.lose(problem);
        }
    }

    fn hear(self, reply: ListsReply, beside: &Attachments) {
        let line = self.line.get_value();
        if matches!(reply.answer, ListsAnswer::Ready) {
            line.is_listening.set(true);
            for (request, beside) in line.early.take() {
                self.post(request, &beside);
            }
            return;
        }
        let hear = if matches!(reply.answer, ListsAnswer::Progress(_)) {
            line.waiting.borrow().get(&reply.id).cloned()
        } else {
            line.waiting.borrow_mut().remove(&reply.id)
        };
        if let Some(hear) = hear {
            hear(reply.answer, beside);
        }
    }

    /// The worker is gone, and what it was asked fails; the next question starts another.
    fn lose(self, problem: WorkerProblem) {
        let line = self.line.get_value();
        *line.worker.borrow_mut() = None;
        line.is_listening.set(false);
        line.early.take();
        line.has_view.set(false);
        let waiting = line.waiting.take();
        for hear in waiting.into_values() {
            hear(ListsAnswer::Failed(failed(problem)), &Attachments::none());
        }
    }
}

fn is_readable_wished() -> bool {
    platform::stored(KEPT).as_deref() == Some(READABLE)
}

/// What became of the contacts, as the worker says.
fn became(answer: ListsAnswer) -> ContactsState {
    match answer {
        ListsAnswer::Contacts(ContactsSaid::There) => ContactsState::There,
        ListsAnswer::Contacts(ContactsSaid::Sealed) => ContactsState::Sealed { is_wrong: false },
        ListsAnswer::Contacts(ContactsSaid::WrongPassphrase) => {
            ContactsState::Sealed { is_wrong: true }
        }
        ListsAnswer::Contacts(ContactsSaid::Elsewhere) => ContactsState::Elsewhere,
        ListsAnswer::Contacts(ContactsSaid::Failed(failure)) | ListsAnswer::Failed(failure) => {
            ContactsState::Failed(failure)
        }
        _ => ContactsState::Failed(failed(WorkerProblem::NotUnderstood)),
    }
}

fn failed(problem: WorkerProblem) -> Failure {
    Failure { kind: FailureKind::Internal, message: problem.to_string() }
}
