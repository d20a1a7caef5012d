//! How far a build has come, as one line on a terminal that is drawn over again.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use crate::ingest::{Progress, Step};

/// Drawn at most this often.
const PAUSE: Duration = Duration::from_millis(100);

/// The line, or nothing where standard error is no terminal.
pub struct ProgressLine {
    drawn: Option<Instant>,
    is_terminal: bool,
}

impl ProgressLine {
    /// A line that is not drawn yet.
    pub fn new() -> ProgressLine {
        ProgressLine { drawn: None, is_terminal: stderr().is_terminal() }
    }

    /// Draws over what was drawn.
    pub fn draw(&mut self, progress: Progress) {
        if !self.is_terminal || self.drawn.is_some_and(|drawn| drawn.elapsed() < PAUSE) {
            return;
        }
        self.drawn = Some(Instant::now());
        let doing = match progress.step {
            Step::Checking => "checking",
            Step::Reading => "reading",
            Step::Ordering => "putting into order",
        };
        let percent = 100 * progress.bytes_read / progress.bytes_total.max(1);
        let (file, rows) = (progress.file, progress.rows);
        let line = match progress.step {
            Step::Ordering => doing.to_owned(),
            _ => format!("{doing} {file}: {percent} %, {rows} rows"),
        };
        // A terminal that takes no line is no reason to stop.
        let _ = write!(stderr(), "\r\x1b[K{line}");
    }

    /// Takes the line away.
    pub fn clear(&mut self) {
        if self.drawn.take().is_some() {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
