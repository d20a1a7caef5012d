//! What counts for the page, off its thread: holds the snapshot and answers.

mod messages;
mod opening;

pub use messages::{Answer, Ask, Overview};

use super::platform::answer_page;

/// Answers the page until it closes.
pub fn run() {
    answer_page(&Answer::Ready, |ask| match ask {
        Ok(Ask::OpenDemo { today }) => match opening::open_demo(&today) {
            Ok(overview) => Answer::Opened(overview),
            Err(message) => Answer::Failed { message },
        },
        Err(problem) => Answer::Failed { message: problem.to_string() },
    })
    .expect("only a worker runs this");
}
