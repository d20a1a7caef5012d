//! What a first visit does not ask: stored snapshots, lists, segments, flags, reasons. The code that
//! answers is a part of this module, cut out by the build and fetched when it is first needed.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::counting::Counting;
use super::{Desk, answer, internal, opening};
use crate::model::Facts;
use crate::web::platform::{Attachments, PagePort, spawn_local};
use crate::web::protocol::lists::ListAsk;
use crate::web::protocol::{Answer, Ask, Failure, FailureKind, Opened, Reply, Request};

/// How often the part is fetched again for a question that nobody is told has failed.
const AGAIN_MS: u32 = 5_000;

/// Answers a question, as soon as the code for it is there.
pub fn hear(desk: Rc<Desk>, page: PagePort, request: Request, attachments: Attachments) {
    // Begun now: whoever gives up while the part is on its way gives up what it would open.
    let turn = match request.ask {
        Ask::Open(_) => desk.opening.begin(),
        _ => desk.opening.turn(),
    };
    spawn_local(async move {
        let Err(missing) = load().await else {
            // It is there now, so that this cannot fail.
            respond(desk, page, request, attachments, turn).await.ok();
            return;
        };
        if let Ask::Open(_) | Ask::List(_) = request.ask {
            let failure = Failure { kind: FailureKind::Network, message: missing.to_string() };
            return answer(&page, request.id, Answer::Failed(failure));
        }
        Timeout::new(AGAIN_MS, move || hear(desk, page, request, attachments)).forget();
    });
}

#[allow(clippy::unnecessary_wraps, reason = "the caller hears of a part that did not come")]
#[wasm_split(further, fallible, preload(load))]
fn respond(
    desk: Rc<Desk>,
    page: PagePort,
    request: Request,
    attachments: Attachments,
    turn: u32,
) -> Result<(), SplitLoaderError> {
    let Request { id, ask } = request;
    let asker = Asker { desk, page, id, turn };
    match ask {
        Ask::Open(source) => opening::open(asker, source, attachments),
        Ask::Unsealed => opening::unsealed(asker, attachments),
        Ask::LookForNewer { base } => opening::look(asker, base),
        Ask::SwapIn => opening::swap_in(asker),
        Ask::List(ask) => list(&asker, &ask),
        Ask::Segments { segments, as_of } => asker.count(|it| it.segments(&segments, &as_of)),
        Ask::Form { segment, as_of } => asker.count(|it| it.form(&segment, &as_of)),
        Ask::Explain(ask) => asker.count(|it| it.explain(&ask)),
        Ask::Flags(changes) => asker.count(|it| it.set_flags(&changes)),
        Ask::Chosen(ask) => asker.count(|it| it.chosen(&ask)),
        Ask::Numbers(ask) => asker.count(|it| it.numbers(*ask)),
        Ask::Cancel => asker.answer(Answer::Cancelled),
    }
    Ok(())
}

/// One question of the page, and the desk it is for.
pub struct Asker {
    pub desk: Rc<Desk>,
    page: PagePort,
    id: u32,
    turn: u32,
}

impl Asker {
    /// The same question, in a turn of its own.
    pub fn anew(self) -> Asker {
        Asker { turn: self.desk.opening.begin(), ..self }
    }

    /// Whether nothing else was begun since it was asked, and nobody gave it up.
    pub fn is_wanted(&self) -> bool {
        self.desk.opening.turn() == self.turn
    }

    pub fn answer(&self, said: Answer) {
        answer(&self.page, self.id, said);
    }

    pub fn answer_with(&self, said: Answer, beside: &Attachments) {
        self.page.send(&Reply { id: self.id, answer: said }, beside);
    }

    pub fn show(&self, facts: Facts, opened: Opened) {
        self.desk.show(&self.page, self.id, facts, opened);
    }

    fn count(&self, count: impl FnOnce(&mut Counting) -> Result<Answer, Failure>) {
        self.answer(self.desk.count(count).unwrap_or_else(Answer::Failed));
    }
}

fn list(asker: &Asker, ask: &ListAsk) {
    let listed = match &mut *asker.desk.counting.borrow_mut() {
        Some(counting) => asker.desk.opening.with_manifest(|manifest| counting.list(ask, manifest)),
        None => Err(internal(&"no data is open")),
    };
    match listed {
        Ok((said, beside)) => asker.answer_with(said, &beside),
        Err(failure) => asker.answer(Answer::Failed(failure)),
    }
}
