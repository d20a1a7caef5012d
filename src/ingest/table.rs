//! One table of the folder: found, decoded, its header understood, its rows kept or rejected.

use std::collections::HashSet;

use super::encoding::{Encoding, TextSource, detect};
use super::error::{IngestError, Warning};
use super::file::File;
use super::folder::{Folder, Opened};
use super::header::{ColumnAt, ColumnNames, Layout, recognise_delimiter};
use super::id_table::{Insertion, Target};
use super::progress::Meter;
use super::reject::{Reason, Reject};
use super::rows::RowReader;
use super::toml_entry::shortened;

/// How many rows a file had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileCount {
    /// The file.
    pub file: File,
    /// Rows that are in the model.
    pub kept: u64,
    /// Rows that were left out.
    pub rejected: u64,
}

/// What all tables of a folder share while they are read.
pub(super) struct Reading<'a> {
    pub(super) folder: &'a dyn Folder,
    pub(super) meter: Meter<'a>,
    pub(super) rejects: Vec<Reject>,
    pub(super) files: Vec<FileCount>,
    pub(super) warnings: Vec<Warning>,
    /// Ids of the rows with a wrong number of cells, of the table read last. They are apart from
    /// the others: where cells have slipped, another one may stand in the id's place.
    pub(super) misshapen: HashSet<Box<str>>,
}

/// Why a row is not kept.
pub(super) enum Refusal {
    /// It alone is left out.
    Row(ColumnAt, Reason),
    /// The folder cannot be read.
    Folder(IngestError),
}

impl From<IngestError> for Refusal {
    fn from(error: IngestError) -> Refusal {
        Refusal::Folder(error)
    }
}

/// Puts the column to a reason.
pub(super) trait InColumn<T> {
    fn in_column(self, column: ColumnAt) -> Result<T, Refusal>;
}

impl<T> InColumn<T> for Result<T, Reason> {
    fn in_column(self, column: ColumnAt) -> Result<T, Refusal> {
        self.map_err(|reason| Refusal::Row(column, reason))
    }
}

/// The row at hand.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    rows: &'r RowReader<'r>,
    headers: usize,
}

impl<'r> Row<'r> {
    /// A cell; empty in a file without the column.
    pub(super) fn get(self, column: ColumnAt) -> &'r str {
        column.0.map_or("", |at| self.rows.cell(at))
    }

    /// All cells that have a header.
    pub(super) fn cells(self) -> impl Iterator<Item = &'r str> {
        (0..self.headers).map(move |at| self.rows.cell(at))
    }

    /// Physical line where the record starts.
    pub(super) fn line(self) -> u64 {
        self.rows.record_line()
    }

    /// A cell that is an id.
    pub(super) fn id(self, column: ColumnAt) -> Result<&'r str, Refusal> {
        let id = self.get(column);
        let reason = if id.is_empty() {
            Reason::EmptyId
        } else if has_control_character(id) {
            Reason::ControlCharacter
        } else {
            return Ok(id);
        };
        Err(Refusal::Row(column, reason))
    }

    /// A cell that may be empty and otherwise names something by which it is identified.
    pub(super) fn name(self, column: ColumnAt) -> Result<&'r str, Refusal> {
        let name = self.get(column);
        if has_control_character(name) {
            return Err(Refusal::Row(column, Reason::ControlCharacter));
        }
        Ok(name)
    }

    /// The members of a cell that is a list.
    pub(super) fn list(self, column: ColumnAt) -> Result<impl Iterator<Item = &'r str>, Refusal> {
        Ok(self.name(column)?.split('|').filter(|member| !member.is_empty()))
    }
}

fn has_control_character(text: &str) -> bool {
    let is_plain = |byte: u8| (0x20..0x7F).contains(&byte);
    !text.bytes().all(is_plain) && text.chars().any(char::is_control)
}

/// What became of a row's own id.
pub(super) fn once(insertion: Insertion, file: File, column: ColumnAt) -> Result<u32, Refusal> {
    match insertion {
        Insertion::New(position) => Ok(position),
        Insertion::Repeated => Err(Refusal::Row(column, Reason::RepeatedId)),
        Insertion::Full => Err(IngestError::TooLarge { file, what: "the ids".to_owned() }.into()),
    }
}

/// The row that a cell points at.
pub(super) fn target(found: Target, file: File) -> Result<u32, Reason> {
    match found {
        Target::Kept(index) => Ok(index),
        Target::Rejected => Err(Reason::PointsAtRejected { file }),
        Target::Missing => Err(Reason::PointsAtMissing { file }),
    }
}

impl Reading<'_> {
    /// Opens a file; `None` when the folder has none.
    pub(super) fn open(&self, file: File) -> Result<Option<Opened<'_>>, IngestError> {
        self.folder.open(file.name()).map_err(|source| IngestError::Unreadable { file, source })
    }

    /// The first pass over a file; `None` when the folder has none.
    ///
    /// # Errors
    /// A required file is missing, or the bytes are no text.
    pub(super) fn encoding(&mut self, file: File) -> Result<Option<Encoding>, IngestError> {
        let opened = self.folder.open(file.name());
        let Some(opened) = opened.map_err(|source| IngestError::Unreadable { file, source })?
        else {
            let missing = Err(IngestError::MissingFile { file });
            return if file.is_required() { missing } else { Ok(None) };
        };
        let encoding = detect(file, opened, &mut self.meter)?;
        if encoding == Encoding::Windows1252 {
            self.warnings.push(Warning::ReadAsWindows1252 { file });
        }
        Ok(Some(encoding))
    }

    /// The second pass: what is `prepared` from the header takes the rows one by one. `None` when
    /// the folder has no such file.
    ///
    /// # Errors
    /// Whatever refuses the folder.
    pub(super) fn table<T>(
        &mut self,
        file: File,
        names: &ColumnNames,
        prepare: impl FnOnce(&Layout) -> T,
        mut take: impl FnMut(&mut T, Row<'_>) -> Result<(), Refusal>,
    ) -> Result<Option<T>, IngestError> {
        let Some(encoding) = self.encoding(file)? else { return Ok(None) };
        let folder = self.folder;
        let opened = folder.open(file.name());
        let opened = opened
            .map_err(|source| IngestError::Unreadable { file, source })?
            .ok_or(IngestError::Changed { file })?;
        let mut rows = RowReader::new(file, TextSource::new(opened, encoding), &mut self.meter)?;
        rows.set_delimiter(recognise_delimiter(rows.beginning(), file, names));
        if !rows.advance(&mut self.meter)? {
            return Err(IngestError::NoHeader { file });
        }
        let header = (0..rows.cell_count()).map(|at| rows.cell(at));
        let layout = Layout::new(file, rows.record_line(), header, names)?;
        if file != File::Customers && !layout.unknown().is_empty() {
            self.warnings.push(Warning::UnknownColumns { file, headers: layout.unknown() });
        }
        let mut taken = prepare(&layout);
        let mut count = FileCount { file, kept: 0, rejected: 0 };
        let id_at = file.columns().first().and_then(|column| layout.at(column.name).0);
        self.misshapen.clear();
        while rows.advance(&mut self.meter)? {
            let row = Row { rows: &rows, headers: layout.headers.len() };
            let shape = check_shape(&rows, layout.headers.len());
            if let Some(at) = id_at.filter(|at| shape.is_err() && *at < rows.cell_count()) {
                self.misshapen.insert(rows.cell(at).into());
            }
            match shape.and_then(|()| take(&mut taken, row)) {
                Ok(()) => count.kept += 1,
                Err(Refusal::Folder(error)) => return Err(error),
                Err(Refusal::Row(column, reason)) => {
                    count.rejected += 1;
                    self.rejects.push(reject(file, &layout, &rows, column, reason));
                }
            }
        }
        self.files.push(count);
        Ok(Some(taken))
    }
}

/// As many cells as headers, or empty ones beyond.
fn check_shape(rows: &RowReader<'_>, headers: usize) -> Result<(), Refusal> {
    let cells = rows.cell_count();
    let (found, wanted) = (cells as u32, headers as u32);
    if cells < headers {
        return Err(Refusal::Row(ColumnAt(Some(cells)), Reason::TooFewCells { found, wanted }));
    }
    let last = ColumnAt(headers.checked_sub(1));
    if (headers..cells).any(|at| !rows.cell(at).trim().is_empty()) {
        return Err(Refusal::Row(last, Reason::SurplusCells { found, wanted }));
    }
    if rows.has_text_behind_a_quote() {
        return Err(Refusal::Row(last, Reason::TextBehindQuote));
    }
    Ok(())
}

fn reject(
    file: File,
    layout: &Layout,
    rows: &RowReader<'_>,
    column: ColumnAt,
    reason: Reason,
) -> Reject {
    let header = column.0.and_then(|at| layout.headers.get(at)).cloned();
    let is_about_a_cell = !matches!(
        reason,
        Reason::TooFewCells { .. } | Reason::SurplusCells { .. } | Reason::TextBehindQuote
    );
    let cell = column
        .0
        .filter(|_| is_about_a_cell && file.may_be_quoted())
        .map(|at| rows.cell(at))
        .filter(|cell| !cell.trim().is_empty())
        .map(|cell| shortened(cell).into_boxed_str());
    Reject {
        file,
        line: rows.record_line(),
        column: header.unwrap_or_default(),
        reason,
        cell,
        record: rows.raw().into(),
    }
}
