//! `publik count`

use clap::Args;
use serde::Serialize;

use super::Failure;
use super::questions::Questions;
use crate::engine::Counts;

/// Count a view, as JSON
#[derive(Debug, Args)]
pub struct Count {
    #[command(flatten)]
    questions: Questions,
}

#[derive(Serialize)]
struct Answer<'a> {
    view: &'a str,
    counts: Counts,
}

impl Count {
    /// Writes the counts.
    ///
    /// # Errors
    /// See [`Questions::answer`].
    pub fn run(&self) -> Result<(), Failure> {
        self.questions.answer(
            |session, out| {
                serde_json::to_writer_pretty(&mut *out, &session.counts())?;
                writeln!(out)
            },
            |session, view, out| {
                serde_json::to_writer(&mut *out, &Answer { view, counts: session.counts() })?;
                writeln!(out)
            },
        )
    }
}
