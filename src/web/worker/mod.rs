//! What counts for the page, off its thread: holds the snapshot and answers.

mod choosing;
mod counting;
mod keeping;
mod listing;
mod opening;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use counting::Counting;

use crate::engine::Snapshot;
use crate::web::platform::{Attachments, PagePort, WorkerProblem, answer_page, note_panics};
use crate::web::protocol::lists::ListAsk;
use crate::web::protocol::{Answer, Ask, Failure, FailureKind, Reply, Request};

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
        let counted = match ask {
            Ask::Open(source) => {
                return opening::open(self, page.clone(), id, source, attachments);
            }
            Ask::Unsealed => return opening::unsealed(self, page.clone(), id, attachments),
            Ask::LookForNewer { base } => return opening::look(self, page.clone(), id, base),
            Ask::SwapIn => return opening::swap_in(self, page.clone(), id),
            Ask::Cancel => {
                self.opening.cancel();
                return answer(page, id, Answer::Cancelled);
            }
            Ask::Numbers(ask) => self.count(|counting| counting.numbers(&ask)),
            Ask::Segments { segments, as_of } => {
                self.count(|counting| counting.segments(&segments, &as_of))
            }
            Ask::Explain(ask) => self.count(|counting| counting.explain(&ask)),
            Ask::List(ask) => return self.list(page, id, &ask),
            Ask::Flags(changes) => self.count(|counting| counting.set_flags(&changes)),
            Ask::Chosen(ask) => self.count(|counting| counting.chosen(&ask)),
            Ask::Form { segment, as_of } => self.count(|counting| counting.form(&segment, &as_of)),
        };
        answer(page, id, counted.unwrap_or_else(Answer::Failed));
    }

    fn list(&self, page: &PagePort, id: u32, ask: &ListAsk) {
        let listed = match &mut *self.counting.borrow_mut() {
            Some(counting) => self.opening.with_manifest(|manifest| counting.list(ask, manifest)),
            None => Err(internal(&"no data is open")),
        };
        let (said, beside) =
            listed.unwrap_or_else(|failure| (Answer::Failed(failure), Attachments::none()));
        page.send(&Reply { id, answer: said }, &beside);
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
}
