//! The line to the worker that has the contacts. The worker is started when it is needed first; what it is
//! asked before it listens waits.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use crate::web::platform::{Attachments, Worker, WorkerProblem};
use crate::web::protocol::lists::{ListsAnswer, ListsAsk, ListsReply, ListsRequest};
use crate::web::protocol::{Failure, FailureKind};

/// The worker's script, and the module it runs.
const MODULE: &str = "lists.js";

/// Hears an answer, and what lies beside it.
pub type Hear = Rc<dyn Fn(ListsAnswer, &Attachments)>;

/// The worker, and who waits for what it says.
#[derive(Default)]
pub struct Line {
    worker: RefCell<Option<Worker>>,
    is_listening: Cell<bool>,
    /// Whether no worker is started any more.
    is_closed: Cell<bool>,
    /// What was said before it listened.
    early: RefCell<Vec<(ListsRequest, Attachments)>>,
    /// Whether the worker has a view.
    has_view: Cell<bool>,
    last: Cell<u32>,
    waiting: RefCell<HashMap<u32, Hear>>,
}

impl Line {
    /// Starts a worker, unless there is one.
    pub fn start(self: &Rc<Line>) {
        if self.is_closed.get() || self.is_started() {
            return;
        }
        let line = Rc::clone(self);
        let started = Worker::start(MODULE, move |heard| match heard {
            Ok((reply, beside)) => line.hear(reply, &beside),
            Err(problem) => line.lose(problem),
        });
        match started {
            Ok(worker) => *self.worker.borrow_mut() = Some(worker),
            Err(problem) => self.lose(problem),
        }
    }

    /// Ends the worker for good: nobody hears of what it was asked, and what is asked from now on fails.
    pub fn close(&self) {
        self.is_closed.set(true);
        drop(self.let_go());
    }

    /// Whether there is a worker.
    pub fn is_started(&self) -> bool {
        self.worker.borrow().is_some()
    }

    /// Whether the worker has a view.
    pub fn has_view(&self) -> bool {
        self.has_view.get()
    }

    /// Takes note that the worker was given a view.
    pub fn note_view(&self) {
        self.has_view.set(true);
    }

    /// A new request's number; `hear` hears what is said to it.
    pub fn expect(&self, hear: Hear) -> u32 {
        self.last.set(self.last.get() + 1);
        self.waiting.borrow_mut().insert(self.last.get(), hear);
        self.last.get()
    }

    /// Whether an answer to a request is still waited for.
    pub fn expects(&self, id: u32) -> bool {
        self.waiting.borrow().contains_key(&id)
    }

    /// Waits for no answer to a request any more.
    pub fn forget(&self, id: u32) {
        self.waiting.borrow_mut().remove(&id);
    }

    /// Says what has no answer; whoever does not listen has nothing of it.
    pub fn tell(&self, ask: ListsAsk) {
        if self.is_started() {
            self.post(ListsRequest { id: 0, ask }, &Attachments::none());
        }
    }

    /// Sends a request, as soon as the worker listens.
    pub fn post(&self, request: ListsRequest, beside: &Attachments) {
        if !self.is_listening.get() && self.is_started() {
            self.early.borrow_mut().push((request, beside.clone()));
            return;
        }
        let sent = match &*self.worker.borrow() {
            Some(worker) => worker.send(&request, beside),
            None => Err(WorkerProblem::NotStarted),
        };
        if let Err(problem) = sent {
            self.lose(problem);
        }
    }

    /// Hears what the worker says, and tells it who asked.
    pub fn hear(&self, reply: ListsReply, beside: &Attachments) {
        if matches!(reply.answer, ListsAnswer::Ready) {
            self.is_listening.set(true);
            for (request, beside) in self.early.take() {
                self.post(request, &beside);
            }
            return;
        }
        let hear = if matches!(reply.answer, ListsAnswer::Progress(_)) {
            self.waiting.borrow().get(&reply.id).cloned()
        } else {
            self.waiting.borrow_mut().remove(&reply.id)
        };
        if let Some(hear) = hear {
            hear(reply.answer, beside);
        }
    }

    /// The worker is gone, and what it was asked fails; the next question starts another.
    fn lose(&self, problem: WorkerProblem) {
        for hear in self.let_go().into_values() {
            hear(ListsAnswer::Failed(failed(problem)), &Attachments::none());
        }
    }

    /// Lets go of the worker, and gives who waits.
    fn let_go(&self) -> HashMap<u32, Hear> {
        *self.worker.borrow_mut() = None;
        self.is_listening.set(false);
        self.early.take();
        self.has_view.set(false);
        self.waiting.take()
    }
}

/// Why an answer does not come.
pub fn failed(problem: WorkerProblem) -> Failure {
    Failure { kind: FailureKind::Internal, message: problem.to_string() }
}
