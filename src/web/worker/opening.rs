//! Opens data.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use super::{Desk, answer, internal};
use crate::demo;
use crate::engine::Snapshot;
use crate::model::{Day, Facts};
use crate::web::platform::{Attachments, PagePort, now_in_worker};
use crate::web::protocol::{
    Answer, Failure, Opened, Origin, Progress, Reply, Source, Step, catalogue,
};

/// As many as `publik demo` makes unless told otherwise.
const DEMO_CUSTOMERS: u32 = 10_000;
const DEMO_SEED: u64 = 1;

/// What is on its way.
#[derive(Default)]
pub struct Opening {
    /// Counts up with each opening and each cancelling.
    generation: Cell<u32>,
}

impl Opening {
    /// Gives up what is on its way.
    pub fn cancel(&self) {
        self.generation.set(self.generation.get() + 1);
    }
}

pub fn open(desk: &Rc<Desk>, page: &PagePort, id: u32, source: Source, _: &Attachments) {
    desk.opening.cancel();
    let opened = match source {
        Source::Demo { today } => {
            tell(page, id, Step::MakingUp);
            make_demo(&today).map(|facts| (facts, Origin::Demo, now_in_worker()))
        }
        _ => return answer(page, id, Answer::Nothing),
    };
    match opened {
        Ok((facts, origin, built_at)) => {
            let opened =
                Opened { origin, built_at, customers: facts.customers.count(), kept: Ok(()) };
            finish(desk, page, id, facts, opened);
        }
        Err(failure) => answer(page, id, Answer::Failed(failure)),
    }
}

pub fn look(_desk: &Desk, page: &PagePort, id: u32, _base: &str) {
    answer(page, id, Answer::Nothing);
}

pub fn swap_in(_desk: &Desk, page: &PagePort, id: u32) {
    answer(page, id, Answer::Nothing);
}

fn tell(page: &PagePort, id: u32, step: Step) {
    let progress = Progress { step, file: String::new(), bytes: 0.0, bytes_total: None, rows: 0.0 };
    answer(page, id, Answer::Progress(progress));
}

fn make_demo(today: &str) -> Result<Facts, Failure> {
    let today = Day::parse(today).map_err(|error| internal(&error))?;
    let settings =
        demo::Settings::new(DEMO_CUSTOMERS, DEMO_SEED, today).map_err(|error| internal(&error))?;
    Ok(demo::build(&settings).0)
}

fn finish(desk: &Desk, page: &PagePort, id: u32, facts: Facts, opened: Opened) {
    let names = Attachments::of_bytes(&catalogue::encode(&facts));
    desk.put(Arc::new(Snapshot::new(facts)));
    page.send(&Reply { id, answer: Answer::Opened(Box::new(opened)) }, &names);
}
