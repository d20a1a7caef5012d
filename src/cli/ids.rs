//! `publik ids`

use clap::Args;
use serde::Serialize;

use super::Failure;
use super::questions::Questions;

/// List the ids of a view's result, one a line, in ascending byte order
#[derive(Debug, Args)]
pub struct Ids {
    #[command(flatten)]
    questions: Questions,
}

#[derive(Serialize)]
struct Answer<'a> {
    view: &'a str,
    ids: Vec<&'a str>,
}

impl Ids {
    /// Writes the ids.
    ///
    /// # Errors
    /// See [`Questions::answer`].
    pub fn run(&self) -> Result<(), Failure> {
        self.questions.answer(
            |session, out| {
                session.ids(0, usize::MAX).into_iter().try_for_each(|id| writeln!(out, "{id}"))
            },
            |session, view, out| {
                let answer = Answer { view, ids: session.ids(0, usize::MAX) };
                serde_json::to_writer(&mut *out, &answer)?;
                writeln!(out)
            },
        )
    }
}
