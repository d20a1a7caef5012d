//! Records of a CSV file one at a time, each with its physical line and the text as it stood.

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::encoding::{TextFailure, TextSource};
use super::error::IngestError;
use super::file::File;
use super::progress::{Meter, Progress, Step};
use super::quotes::{Quotes, quotes_of};
use crate::model::unguarded;

/// Longest record that is read; beyond it a quote was left open.
pub(super) const MAX_RECORD_BYTES: usize = 16 * 1024 * 1024;

/// Goes through a file's records; holds one at a time.
pub(super) struct RowReader<'a> {
    file: File,
    source: TextSource<'a>,
    core: csv_core::Reader,
    delimiter: u8,
    /// Text read and not yet passed; the record at hand is `start..end` of it.
    text: Vec<u8>,
    start: usize,
    end: usize,
    /// Whether `text` reaches to the end of the file.
    is_whole: bool,
    cells: Vec<u8>,
    cell_ends: Vec<usize>,
    cell_count: usize,
    quotes: Quotes,
    /// Physical line at `end`.
    line: u64,
    after_return: bool,
    record_line: u64,
    /// Records handed out, the header among them.
    records: u64,
}

impl<'a> RowReader<'a> {
    /// Reads the beginning of a file; the delimiter is set before the first record.
    pub(super) fn new(
        file: File,
        source: TextSource<'a>,
        meter: &mut Meter<'_>,
    ) -> Result<RowReader<'a>, IngestError> {
        let mut rows = RowReader {
            file,
            source,
            core: csv_core::Reader::new(),
            delimiter: b',',
            text: Vec::new(),
            start: 0,
            end: 0,
            is_whole: false,
            cells: vec![0; 1024],
            cell_ends: vec![0; 64],
            cell_count: 0,
            quotes: Quotes::Closed,
            line: 1,
            after_return: false,
            record_line: 1,
            records: 0,
        };
        rows.refill(meter)?;
        Ok(rows)
    }

    /// The text read so far, from which the delimiter is recognised.
    pub(super) fn beginning(&self) -> &[u8] {
        &self.text
    }

    pub(super) fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
        self.core = ReaderBuilder::new().delimiter(delimiter).build();
    }

    /// Goes to the next record that is not blank; false at the end of the file.
    pub(super) fn advance(&mut self, meter: &mut Meter<'_>) -> Result<bool, IngestError> {
        loop {
            self.start = self.end;
            if !self.skip_line_breaks(meter)? {
                return Ok(false);
            }
            self.record_line = self.line;
            self.parse(meter)?;
            let range = self.start..self.end;
            self.line += line_breaks(&self.text[range], &mut self.after_return);
            if std::str::from_utf8(self.raw_bytes()).is_err() {
                return Err(IngestError::Changed { file: self.file });
            }
            self.quotes = match memchr::memchr(b'"', self.raw_bytes()) {
                None => Quotes::Closed,
                Some(_) => quotes_of(self.raw_bytes(), self.delimiter),
            };
            if self.quotes == Quotes::Open {
                let (file, line) = (self.file, self.record_line);
                return Err(IngestError::UnclosedQuote { file, line });
            }
            if !self.is_blank() {
                self.records += 1;
                return Ok(true);
            }
        }
    }

    /// How many cells the record has.
    pub(super) fn cell_count(&self) -> usize {
        self.cell_count
    }

    /// A cell of the record as the export meant it, without the spreadsheet guard.
    pub(super) fn cell(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.cell_ends[at - 1] };
        let cell = std::str::from_utf8(&self.cells[start..self.cell_ends[at]])
            .expect("the record is UTF-8, and cells end at ASCII characters");
        unguarded(cell)
    }

    /// The record as it stood, without its line break.
    pub(super) fn raw(&self) -> &str {
        std::str::from_utf8(self.raw_bytes()).expect("checked when the record was read")
    }

    /// Physical line where the record starts.
    pub(super) fn record_line(&self) -> u64 {
        self.record_line
    }

    /// Whether text stands behind a closing quote.
    pub(super) fn has_text_behind_a_quote(&self) -> bool {
        self.quotes == Quotes::TextBehind
    }

    fn raw_bytes(&self) -> &[u8] {
        let record = &self.text[self.start..self.end];
        record.strip_suffix(b"\n").or(record.strip_suffix(b"\r")).unwrap_or(record)
    }

    fn is_blank(&self) -> bool {
        let is_white = |byte: &u8| *byte == b' ' || (*byte == b'\t' && self.delimiter != b'\t');
        self.cell_count == 1 && self.raw_bytes().iter().all(is_white)
    }

    /// Passes the rest of the last record's line break and empty lines; false at the end.
    fn skip_line_breaks(&mut self, meter: &mut Meter<'_>) -> Result<bool, IngestError> {
        loop {
            if self.start == self.text.len() {
                self.end = self.start;
                if !self.refill(meter)? {
                    return Ok(false);
                }
                continue;
            }
            match self.text[self.start] {
                b'\n' if self.after_return => self.after_return = false,
                b'\n' => self.line += 1,
                b'\r' => {
                    self.line += 1;
                    self.after_return = true;
                }
                _ => {
                    self.after_return = false;
                    return Ok(true);
                }
            }
            self.start += 1;
        }
    }

    /// Splits the record at `start` into cells and finds its end.
    fn parse(&mut self, meter: &mut Meter<'_>) -> Result<(), IngestError> {
        let (mut written, mut cells) = (0, 0);
        self.end = self.start;
        loop {
            if self.end == self.text.len() && !self.is_whole {
                self.refill(meter)?;
                continue;
            }
            let (result, taken, out, ends) = self.core.read_record(
                &self.text[self.end..],
                &mut self.cells[written..],
                &mut self.cell_ends[cells..],
            );
            self.end += taken;
            written += out;
            cells += ends;
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => break,
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize(self.cells.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => {
                    self.cell_ends.resize(self.cell_ends.len() * 2, 0);
                }
            }
            if self.end - self.start > MAX_RECORD_BYTES {
                return Err(IngestError::RecordTooLong {
                    file: self.file,
                    line: self.record_line,
                    limit_bytes: MAX_RECORD_BYTES,
                });
            }
        }
        self.cell_count = cells;
        Ok(())
    }

    /// Drops what was passed and appends the next chunk; false when there is none.
    fn refill(&mut self, meter: &mut Meter<'_>) -> Result<bool, IngestError> {
        self.text.drain(..self.start);
        self.end -= self.start;
        self.start = 0;
        let file = self.file;
        let before = self.text.len();
        while self.text.len() == before && !self.is_whole {
            let more = self.source.append_to(&mut self.text).map_err(|failure| match failure {
                TextFailure::Io(source) => IngestError::Unreadable { file, source },
                TextFailure::Changed => IngestError::Changed { file },
            })?;
            self.is_whole = !more;
            meter.tell(Progress {
                file,
                step: Step::Reading,
                bytes_read: self.source.bytes_read,
                bytes_total: self.source.bytes_total.max(self.source.bytes_read),
                rows: self.records.saturating_sub(1),
            })?;
        }
        Ok(self.text.len() > before)
    }
}

/// Line breaks in some text: LF, CR LF and CR are one each. `after_return` says whether a CR came
/// last, so that an LF behind it is no further one.
fn line_breaks(text: &[u8], after_return: &mut bool) -> u64 {
    let mut breaks = 0;
    let mut last_return = None;
    for at in memchr::memchr2_iter(b'\n', b'\r', text) {
        if text[at] == b'\r' {
            breaks += 1;
            last_return = Some(at);
        } else if at == 0 || last_return != Some(at - 1) {
            breaks += 1;
        }
    }
    *after_return = text.last() == Some(&b'\r');
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_break_counts_once() {
        let mut after_return = false;
        assert_eq!(line_breaks(b"a\nb\r\nc\rd\n\n", &mut after_return), 5);
        assert!(!after_return);
        assert_eq!(line_breaks(b"a\r", &mut after_return), 1);
        assert!(after_return);
    }
}
