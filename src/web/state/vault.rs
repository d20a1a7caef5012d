//! What is sealed, and the passphrase that opens it: asked for once, and in this page's memory alone.
//! Sealed facts are opened by a worker of their own, which lives until they are.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;

use crate::web::platform::{Attachments, Worker, WorkerProblem};
use crate::web::protocol::unseal::{UnsealAnswer, UnsealAsk};

/// The module that the worker runs.
const MODULE: &str = "unseal.js";

/// What became of sealed facts.
pub enum Unsealed {
    /// They are open, and lie here.
    Opened(Attachments),
    /// They were sealed with another passphrase.
    WrongPassphrase,
    /// No passphrase opens them; why not, in English.
    Failed(String),
}

/// A handle on what is sealed.
#[derive(Clone, Copy)]
pub struct Vault {
    is_asking: RwSignal<bool>,
    /// What opened something last.
    passphrase: StoredValue<Option<String>>,
    held: StoredValue<Rc<Held>, LocalStorage>,
}

/// Sealed facts with the worker that has them.
#[derive(Default)]
struct Held {
    worker: RefCell<Option<Worker>>,
    is_listening: Cell<bool>,
    /// What was said before it listened.
    early: RefCell<Vec<(UnsealAsk, Attachments)>>,
}

impl Held {
    fn send(&self, ask: UnsealAsk, beside: Attachments) -> Result<(), WorkerProblem> {
        if !self.is_listening.get() {
            self.early.borrow_mut().push((ask, beside));
            return Ok(());
        }
        match &*self.worker.borrow() {
            Some(worker) => worker.send(&ask, &beside),
            None => Err(WorkerProblem::NotStarted),
        }
    }

    fn listen(&self) -> Result<(), WorkerProblem> {
        self.is_listening.set(true);
        let early = self.early.take();
        early.into_iter().try_for_each(|(ask, beside)| self.send(ask, beside))
    }
}

impl Vault {
    /// Nothing is sealed.
    pub fn empty() -> Vault {
        Vault {
            is_asking: RwSignal::new(false),
            passphrase: StoredValue::new(None),
            held: StoredValue::new_local(Rc::default()),
        }
    }

    /// Whether the reader is being asked for the passphrase.
    pub fn is_asking(self) -> bool {
        self.is_asking.get()
    }

    /// Asks the reader for it, or no longer.
    pub fn set_asking(self, is_asking: bool) {
        // Told again of the same, the dialog would begin anew under the reader's hands.
        if self.is_asking.get_untracked() != is_asking {
            self.is_asking.set(is_asking);
        }
    }

    /// The passphrase that opened something last: it may open more.
    pub fn passphrase(self) -> Option<String> {
        self.passphrase.get_value()
    }

    /// Takes note of one that opened something.
    pub fn remember(self, passphrase: String) {
        self.passphrase.set_value(Some(passphrase));
    }

    /// Holds sealed facts, which lie beside a message, in place of those before. `hear` hears what
    /// becomes of them.
    pub fn hold(self, beside: &Attachments, hear: impl Fn(Unsealed) + 'static) {
        let held = Rc::new(Held::default());
        self.held.set_value(Rc::clone(&held));
        let sealed = Attachments::none();
        sealed.push_all(beside);
        held.early.borrow_mut().push((UnsealAsk::Hold, sealed));
        let hear = Rc::new(hear);
        let (line, told) = (Rc::downgrade(&held), Rc::clone(&hear));
        let started = Worker::start(MODULE, move |heard| {
            let said = match heard {
                Ok((UnsealAnswer::Ready, _)) => {
                    let Some(held) = line.upgrade() else { return };
                    match held.listen() {
                        Ok(()) => return,
                        Err(problem) => Unsealed::Failed(problem.to_string()),
                    }
                }
                Ok((UnsealAnswer::Opened, beside)) => {
                    let opened = Attachments::none();
                    opened.push_all(&beside);
                    Unsealed::Opened(opened)
                }
                Ok((UnsealAnswer::WrongPassphrase, _)) => Unsealed::WrongPassphrase,
                Ok((UnsealAnswer::Failed { message }, _)) => Unsealed::Failed(message),
                Err(problem) => Unsealed::Failed(problem.to_string()),
            };
            told(said);
        });
        match started {
            Ok(worker) => *held.worker.borrow_mut() = Some(worker),
            Err(problem) => hear(Unsealed::Failed(problem.to_string())),
        }
    }

    /// Tries a passphrase on the facts that are held.
    pub fn open(self, passphrase: String) {
        let held = self.held.get_value();
        // A worker that cannot be spoken to says so by itself.
        held.send(UnsealAsk::Open(passphrase), Attachments::none()).ok();
    }

    /// Lets go of the facts that are held, and of their worker.
    pub fn let_go(self) {
        self.held.set_value(Rc::default());
    }
}
