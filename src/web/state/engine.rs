//! The page's line to its worker: questions out, answers back to who asked.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use leptos::prelude::{LocalStorage, StoredValue, WithValue};

use crate::web::platform::{Attachments, Worker, WorkerProblem};
use crate::web::protocol::{Answer, Ask, Failure, FailureKind, Reply, Request};

/// The module that the worker runs.
const MODULE: &str = "count.js";

/// Told that a worker was lost, and whether it was lost again before it counted anything.
type Lost = Rc<dyn Fn(bool)>;
type Hear = Rc<dyn Fn(Answer, &Attachments)>;

/// A handle on the worker.
#[derive(Clone, Copy)]
pub struct Engine {
    line: StoredValue<Rc<Line>, LocalStorage>,
}

struct Line {
    worker: RefCell<Option<Worker>>,
    /// Questions asked before the worker listens.
    early: RefCell<Vec<(Request, Attachments)>>,
    is_listening: Cell<bool>,
    last: Cell<u32>,
    waiting: RefCell<HashMap<u32, Hear>>,
    lost: RefCell<Lost>,
    /// Whether it was lost since it last counted a view.
    was_lost: Cell<bool>,
}

impl Engine {
    /// Starts the worker.
    pub fn start() -> Engine {
        let line = Rc::new(Line {
            worker: RefCell::new(None),
            early: RefCell::default(),
            is_listening: Cell::new(false),
            last: Cell::new(0),
            waiting: RefCell::default(),
            lost: RefCell::new(Rc::new(|_| {})),
            was_lost: Cell::new(false),
        });
        line.clone().begin();
        Engine { line: StoredValue::new_local(line) }
    }

    /// Asks. `hear` gets the answer, and before it whatever is said on the way to it.
    pub fn ask(
        self,
        ask: Ask,
        attachments: Attachments,
        hear: impl Fn(Answer, &Attachments) + 'static,
    ) {
        self.line.with_value(|line| line.ask(ask, attachments, Rc::new(hear)));
    }

    /// Ends the worker; what it is asked from now on fails.
    pub fn close(self) {
        self.line.with_value(|line| {
            line.is_listening.set(false);
            *line.worker.borrow_mut() = None;
        });
    }

    /// Calls back when the worker was lost: with false when a new one, without data, took its
    /// place; with true when that was lost too before it counted anything, and none did.
    pub fn on_lost(self, call: impl Fn(bool) + 'static) {
        self.line.with_value(|line| line.lost.replace(Rc::new(call)));
    }
}

impl Line {
    fn begin(self: Rc<Line>) {
        let line = Rc::clone(&self);
        let started =
            Worker::start(MODULE, move |heard: Result<(Reply, Attachments), WorkerProblem>| {
                match heard {
                    Ok((reply, attachments)) => line.hear(reply, &attachments),
                    Err(problem) => line.lose(problem),
                }
            });
        match started {
            Ok(worker) => *self.worker.borrow_mut() = Some(worker),
            Err(problem) => self.fail_all(problem),
        }
    }

    fn ask(&self, ask: Ask, attachments: Attachments, hear: Hear) {
        self.last.set(self.last.get() + 1);
        let request = Request { id: self.last.get(), ask };
        self.waiting.borrow_mut().insert(request.id, hear);
        if self.is_listening.get() {
            self.send(&request, &attachments);
        } else if self.worker.borrow().is_some() {
            self.early.borrow_mut().push((request, attachments));
        } else {
            self.fail_all(WorkerProblem::NotStarted);
        }
    }

    fn send(&self, request: &Request, attachments: &Attachments) {
        let sent = match &*self.worker.borrow() {
            Some(worker) => worker.send(request, attachments),
            None => Err(WorkerProblem::NotStarted),
        };
        if let Err(problem) = sent {
            let answer = failed(problem);
            self.hear(Reply { id: request.id, answer }, &Attachments::none());
        }
    }

    fn hear(&self, reply: Reply, attachments: &Attachments) {
        if matches!(reply.answer, Answer::Ready) {
            self.is_listening.set(true);
            for (request, attachments) in self.early.take() {
                self.send(&request, &attachments);
            }
            return;
        }
        if matches!(reply.answer, Answer::Numbers(_)) {
            self.was_lost.set(false);
        }
        let hear = if matches!(reply.answer, Answer::Progress(_)) {
            self.waiting.borrow().get(&reply.id).cloned()
        } else {
            self.waiting.borrow_mut().remove(&reply.id)
        };
        if let Some(hear) = hear {
            hear(reply.answer, attachments);
        }
    }

    /// The worker is gone. What it was asked fails; another takes its place, unless it never
    /// listened, or fell over the same thing again: then the next would too.
    fn lose(self: &Rc<Line>, problem: WorkerProblem) {
        let had_listened = self.is_listening.replace(false);
        *self.worker.borrow_mut() = None;
        self.early.take();
        let is_again = self.was_lost.replace(true);
        if had_listened && !is_again {
            Rc::clone(self).begin();
        }
        self.fail_all(problem);
        if had_listened || is_again {
            let lost = Rc::clone(&self.lost.borrow());
            lost(is_again);
        }
    }

    fn fail_all(&self, problem: WorkerProblem) {
        let waiting = self.waiting.take();
        for hear in waiting.into_values() {
            hear(failed(problem), &Attachments::none());
        }
    }
}

fn failed(problem: WorkerProblem) -> Answer {
    Answer::Failed(Failure { kind: FailureKind::Internal, message: problem.to_string() })
}
