//! How far the reading has come, and the caller's chance to stop it.

use std::ops::ControlFlow;

use super::error::IngestError;
use super::file::File;

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The first pass over a file, which finds out its encoding.
    Checking,
    /// The second pass, which reads its rows.
    Reading,
    /// All files are read; their rows are put into order.
    Ordering,
}

/// How far the reading has come; given a few times for each megabyte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The file at hand; the last one while ordering.
    pub file: File,
    /// What is being done with it.
    pub step: Step,
    /// Bytes of the file that this pass has seen.
    pub bytes_read: u64,
    /// The file's size.
    pub bytes_total: u64,
    /// Rows of the file read so far, kept and rejected.
    pub rows: u64,
}

/// Hands progress on and turns the wish to stop into an error.
pub(super) struct Meter<'a> {
    tell: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
}

impl<'a> Meter<'a> {
    pub(super) fn new(tell: &'a mut dyn FnMut(Progress) -> ControlFlow<()>) -> Meter<'a> {
        Meter { tell }
    }

    /// # Errors
    /// [`IngestError::Cancelled`] when the caller breaks.
    pub(super) fn tell(&mut self, progress: Progress) -> Result<(), IngestError> {
        match (self.tell)(progress) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(IngestError::Cancelled),
        }
    }
}
