//! The demo: a venue that is made up here, and kept nowhere.

use super::{Desk, answer, internal};
use crate::demo;
use crate::model::{Day, Facts};
use crate::web::platform::{PagePort, now_rfc3339};
use crate::web::protocol::{
    Answer, DEMO_CUSTOMERS, DEMO_SEED, Failure, Opened, Origin, Progress, Step,
};

/// Opens the demo of a day and answers.
pub fn open(desk: &Desk, page: &PagePort, id: u32, today: &str) {
    desk.opening.cancel();
    let progress = Progress {
        step: Step::MakingUp,
        file: String::new(),
        bytes: 0.0,
        bytes_total: None,
        rows: 0.0,
    };
    answer(page, id, Answer::Progress(progress));
    match make(today) {
        Ok(facts) => {
            desk.opening.forget();
            let opened = Opened {
                origin: Origin::Demo,
                built_at: now_rfc3339(),
                customers: facts.customers.count(),
                is_sealed: false,
                kept: Ok(()),
            };
            desk.show(page, id, facts, opened);
        }
        Err(failure) => answer(page, id, Answer::Failed(failure)),
    }
}

fn make(today: &str) -> Result<Facts, Failure> {
    let today = Day::parse(today).map_err(|error| internal(&error))?;
    let settings =
        demo::Settings::new(DEMO_CUSTOMERS, DEMO_SEED, today).map_err(|error| internal(&error))?;
    Ok(demo::build(&settings).0)
}
