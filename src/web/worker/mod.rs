//! What counts for the page, off its thread: holds the snapshot and answers.
//!
//! The module that is loaded first makes up the demo and counts a view; what else may be asked is
//! answered by a part of it that is fetched then ([`further`]).

mod choosing;
mod counting;
mod documents;
mod explaining;
mod further;
mod keeping;
mod listing;
mod making_up;
mod opening;
mod segments;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use counting::Counting;

use crate::engine::Snapshot;
use crate::model::Facts;
use crate::web::platform::{Attachments, PagePort, WorkerProblem, answer_page, note_panics};
use crate::web::protocol::{
    Answer, Ask, Failure, FailureKind, Opened, Reply, Request, Source, catalogue,
};

/// What the worker holds.
#[derive(Default)]
struct Desk {
    counting: RefCell<Option<Counting>>,
    opening: opening::Opening,
}

/// Answers the page until it closes.
pub fn run() {
    note_panics();
    let desk = Rc::new(Desk::default());
    let port =
        answer_page(
            move |page, heard: Result<(Request, Attachments), WorkerProblem>| match heard {
                Ok((request, attachments)) => Rc::clone(&desk).hear(page, request, attachments),
                Err(problem) => answer(page, 0, Answer::Failed(internal(&problem))),
            },
        )
        .expect("only a worker runs this");
    answer(&port, 0, Answer::Ready);
}

fn answer(page: &PagePort, id: u32, answer: Answer) {
    page.send(&Reply { id, answer }, &Attachments::none());
}

fn internal(reason: &impl ToString) -> Failure {
    Failure { kind: FailureKind::Internal, message: reason.to_string() }
}

impl Desk {
    fn hear(self: Rc<Desk>, page: &PagePort, request: Request, attachments: Attachments) {
        let Request { id, ask } = request;
        match ask {
            Ask::Numbers(ask) => {
                let counted = self.count(|counting| counting.numbers(*ask));
                answer(page, id, counted.unwrap_or_else(Answer::Failed));
            }
            Ask::Cancel => {
                self.opening.cancel();
                answer(page, id, Answer::Cancelled);
            }
            Ask::Open(Source::Demo { today }) => making_up::open(&self, page, id, &today),
            ask => further::hear(self, page.clone(), Request { id, ask }, attachments),
        }
    }

    fn count(
        &self,
        count: impl FnOnce(&mut Counting) -> Result<Answer, Failure>,
    ) -> Result<Answer, Failure> {
        match &mut *self.counting.borrow_mut() {
            Some(counting) => count(counting),
            None => Err(internal(&"no data is open")),
        }
    }

    fn put(&self, snapshot: Arc<Snapshot>) {
        self.counting.replace(Some(Counting::new(snapshot)));
    }

    /// Counts over these facts from now on, and tells the page what they are.
    fn show(&self, page: &PagePort, id: u32, facts: Facts, opened: Opened) {
        let names = Attachments::of_bytes(&catalogue::encode(&facts));
        self.put(Arc::new(Snapshot::new(facts)));
        page.send(&Reply { id, answer: Answer::Opened(Box::new(opened)) }, &names);
    }
}
