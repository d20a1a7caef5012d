//! The worker that has the contacts, seen from the page: views and questions out, answers back to who
//! asked, and whether names and addresses are there.

mod line;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use self::line::{Line, failed};
use super::{ContactsOffer, Data, Engine, Vault};
use crate::web::platform::{self, Attachments, WorkerProblem};
use crate::web::protocol::lists::{
    ContactsFrom, ContactsSaid, ListAsk, ListsAnswer, ListsAsk, ListsReply, ListsRequest,
    PreflightAsk,
};
use crate::web::protocol::{Answer, Ask, Failure, FailureKind, Origin};
use crate::web::shelf;

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
    /// What waits until it is known whether there are contacts.
    unsettled: StoredValue<Vec<Settle>, LocalStorage>,
}

impl Lists {
    /// No worker yet.
    pub fn new(engine: Engine, data: Data, offer: ContactsOffer, vault: Vault) -> Lists {
        let contacts = RwSignal::new(ContactsState::Coming);
        let keeps_readable = RwSignal::new(is_readable_wished());
        let line = StoredValue::new_local(Rc::default());
        let unsettled = StoredValue::new_local(Vec::new());
        let lists = Lists { engine, data, offer, vault, contacts, keeps_readable, line, unsettled };
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
        self.line.with_value(|line| line.has_view())
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
        let is_started = self.line.with_value(|line| line.is_started());
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
        self.line.get_value().start();
        let ask = ListAsk { is_first: !self.has_view(), ..ask };
        self.engine.ask(Ask::List(ask), Attachments::none(), move |answer, beside| match answer {
            Answer::List(parts) => {
                let moved = Attachments::none();
                moved.push_all(beside);
                let is_new = parts.data.is_some();
                let ask = ListsAsk::Take(parts);
                // One that is not understood shows at the next question.
                self.ask(ask, &moved, |_, _| {});
                self.line.with_value(|line| line.note_view());
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
        let line = self.line.get_value();
        line.start();
        let id = line.expect(Rc::new(hear));
        line.post(ListsRequest { id, ask }, beside);
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
        let line = self.line.get_value();
        let id = line.expect(Rc::new(move |answer, _| said(PreflightHeard::Said(answer))));
        let beside = suppressions.map_or_else(Attachments::none, Attachments::of_bytes);
        let ask = RefCell::new(Some((ask, beside)));
        self.take_view(ListAsk { with_gates: true, ..view }, move |taken| {
            let Some((ask, beside)) = ask.take() else { return };
            if let Err(failure) = taken {
                return line.hear(ListsReply { id, answer: ListsAnswer::Failed(failure) }, &beside);
            }
            let (line, hear) = (Rc::clone(&line), Rc::clone(&hear));
            self.when_settled(move || {
                if !line.expects(id) {
                    return;
                }
                let contacts = self.contacts.get_untracked();
                if contacts == ContactsState::There {
                    line.post(ListsRequest { id, ask: ListsAsk::Preflight(ask) }, &beside);
                } else {
                    line.forget(id);
                    hear(PreflightHeard::NoContacts(contacts));
                }
            });
        });
        id
    }

    /// Gives up the work of a request and forgets the plan of that number, if there is one.
    pub fn give_up(self, id: u32) {
        let line = self.line.get_value();
        line.forget(id);
        line.tell(ListsAsk::Cancel(id));
        line.tell(ListsAsk::Forget(id));
    }

    /// Gives up the work of a request, which still answers.
    pub fn cancel(self, id: u32) {
        self.line.get_value().tell(ListsAsk::Cancel(id));
    }

    /// Ends the worker, and whatever it is about to keep; no other takes its place.
    pub fn close(self) {
        self.line.get_value().close();
    }

    /// Calls when it is known whether there are contacts: at once if it is.
    fn when_settled(self, call: impl FnOnce() + 'static) {
        if self.contacts.get_untracked() == ContactsState::Coming {
            self.unsettled.update_value(|waiting| waiting.push(Box::new(call)));
        } else {
            call();
        }
    }

    fn settle(self, contacts: ContactsState) {
        self.contacts.set(contacts);
        for call in self.unsettled.try_update_value(std::mem::take).unwrap_or_default() {
            call();
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
