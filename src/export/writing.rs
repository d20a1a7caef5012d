//! From a plan to bytes, some rows at a time.

use std::io;

use rust_xlsxwriter::ExcelDateTime;

use super::columns::{Cell, ListColumn};
use super::csv::{BOM, push_record};
use super::error::ExportError;
use super::format::{Format, Locale};
use super::people::{People, Sources};
use super::preflight::{CellNote, Plan};
use super::reason::CellFate;
use super::workbook::{Book, SHEET_ROWS};
use super::{apsis, built, mailchimp, meta};
use crate::model::{Contacts, Decimals, Row, guarded};

/// Bytes that are collected before the output gets them.
const CHUNK_BYTES: usize = 1 << 16;

/// Where the bytes go.
pub trait Output {
    /// What is written from now on belongs to a further file: the `number`th, counted from 1.
    /// Only a list with a limit ([`Format::most_bytes`]) has more than one.
    ///
    /// # Errors
    /// What the place says.
    fn begin_file(&mut self, number: u32) -> io::Result<()>;

    /// Appends to the file that was begun last.
    ///
    /// # Errors
    /// What the place says.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
}

/// Files in memory.
impl Output for Vec<Vec<u8>> {
    fn begin_file(&mut self, _number: u32) -> io::Result<()> {
        self.push(Vec::new());
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(file) = self.last_mut() {
            file.extend_from_slice(bytes);
        }
        Ok(())
    }
}

/// How a list is written.
#[derive(Debug, Clone)]
pub struct Setting<'a> {
    /// Which list.
    pub format: Format,
    /// For whose spreadsheet.
    pub locale: Locale,
    /// The columns of `list.*`; the other lists have their own and pay no heed.
    pub columns: Vec<ListColumn<'a>>,
    /// The snapshot's time, RFC 3339: the same list of the same snapshot is the same file.
    pub built_at: &'a str,
}

/// How far the writing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Customers.
    pub rows: usize,
    /// Files that were begun.
    pub files: u32,
    /// Bytes in all files; of a workbook none until its last step.
    pub bytes: u64,
    /// Everything was written.
    pub is_done: bool,
}

/// A list that is being written. Dropping it stops; what the output holds then is half a list.
pub struct Writing<'a> {
    setting: Setting<'a>,
    contacts: &'a Contacts,
    people: People<'a>,
    decimals: Decimals,
    plan: &'a Plan,
    book: Option<Book>,
    notes: Vec<CellNote>,
    written: Written,
    file_bytes: u64,
    buffer: Vec<u8>,
}

impl<'a> Writing<'a> {
    /// Prepares to write who goes out by a plan that was made of the same sources for the same
    /// format.
    ///
    /// # Errors
    /// [`ExportError::TooManyColumns`], or a time that no workbook can have.
    pub fn new(
        sources: Sources<'a>,
        plan: &'a Plan,
        setting: Setting<'a>,
    ) -> Result<Writing<'a>, ExportError> {
        Writing::with_sheets_of(SHEET_ROWS, sources, plan, setting)
    }

    /// With other sheets than Excel's, which take long to fill.
    pub(super) fn with_sheets_of(
        sheet_rows: u32,
        sources: Sources<'a>,
        plan: &'a Plan,
        setting: Setting<'a>,
    ) -> Result<Writing<'a>, ExportError> {
        let Sources { contacts, decimals, .. } = sources;
        let mut writing = Writing {
            setting,
            contacts,
            people: People::new(sources),
            decimals,
            plan,
            book: None,
            notes: Vec::new(),
            written: Written::default(),
            file_bytes: 0,
            buffer: Vec::new(),
        };
        if writing.setting.format.is_excel() {
            let headers = writing.headers();
            let made_at: ExcelDateTime = built::excel_time(writing.setting.built_at)?;
            let locale = writing.setting.locale;
            writing.book = Some(Book::new(headers, locale, decimals, &made_at, sheet_rows)?);
        }
        Ok(writing)
    }

    /// Writes up to `count` further customers. A workbook's bytes come in a step of their own,
    /// the last: only then is it known what they are.
    ///
    /// # Errors
    /// What the output or the workbook refuses.
    pub fn step(&mut self, count: usize, out: &mut dyn Output) -> Result<Written, ExportError> {
        let plan = self.plan;
        let end = plan.rows.len().min(self.written.rows.saturating_add(count));
        if self.written.is_done {
            return Ok(self.written);
        }
        if self.book.is_some() {
            self.step_book(end, out)?;
        } else {
            if self.written.files == 0 {
                self.begin_file(out)?;
            }
            for at in self.written.rows..end {
                self.record(at, out)?;
            }
            self.flush(out)?;
            self.written.rows = end;
            self.written.is_done = end == plan.rows.len();
        }
        Ok(self.written)
    }

    /// Cells of a workbook that were too long for it and were cut, so far; what becomes of cells
    /// in other lists stands in the plan.
    pub fn notes(&self) -> &[CellNote] {
        &self.notes
    }

    fn headers(&self) -> Vec<String> {
        match self.setting.format {
            Format::ListCsv | Format::ListXlsx => {
                self.setting.columns.iter().map(|column| column.header().to_owned()).collect()
            }
            Format::FullCsv | Format::FullXlsx => self.contacts.headers.clone(),
            format => format.headers().iter().map(ToString::to_string).collect(),
        }
    }

    fn step_book(&mut self, end: usize, out: &mut dyn Output) -> Result<(), ExportError> {
        let Some(book) = &mut self.book else { return Ok(()) };
        if self.written.rows == self.plan.rows.len() {
            let bytes = book.finish()?;
            out.begin_file(1)?;
            out.append(&bytes)?;
            let (files, bytes) = (1, bytes.len() as u64);
            self.written = Written { files, bytes, is_done: true, ..self.written };
            return Ok(());
        }
        let columns = &self.setting.columns;
        for &row in &self.plan.rows[self.written.rows..end] {
            let fate = CellFate::Shortened;
            let shortened = |column| self.notes.push(CellNote { row, column, fate });
            if self.setting.format.is_list() {
                book.push(columns.iter().map(|column| column.cell(row)), shortened)?;
            } else {
                let cells = self.contacts.cells.iter();
                book.push(cells.map(|cells| Cell::Text(cells.get(row as usize))), shortened)?;
            }
        }
        self.written.rows = end;
        Ok(())
    }

    /// The header goes into every file.
    fn begin_file(&mut self, out: &mut dyn Output) -> Result<(), ExportError> {
        self.flush(out)?;
        self.written.files += 1;
        self.file_bytes = 0;
        out.begin_file(self.written.files)?;
        self.buffer.extend_from_slice(BOM.as_bytes());
        let (delimiter, headers) = (self.delimiter(), self.headers());
        if self.is_for_spreadsheets() {
            push_record(&mut self.buffer, delimiter, headers.iter().map(|header| guarded(header)));
        } else {
            push_record(&mut self.buffer, delimiter, &headers);
        }
        self.file_bytes = self.buffer.len() as u64;
        Ok(())
    }

    /// Writes the customer at a position of the plan.
    fn record(&mut self, at: usize, out: &mut dyn Output) -> Result<(), ExportError> {
        let start = self.buffer.len();
        self.push_customer(at);
        let bytes = (self.buffer.len() - start) as u64;
        let is_full =
            self.setting.format.most_bytes().is_some_and(|most| self.file_bytes + bytes > most);
        if is_full {
            let record = self.buffer.split_off(start);
            self.begin_file(out)?;
            self.buffer.extend_from_slice(&record);
        }
        self.file_bytes += bytes;
        if self.buffer.len() >= CHUNK_BYTES {
            self.flush(out)?;
        }
        Ok(())
    }

    fn push_customer(&mut self, at: usize) {
        let row: Row = self.plan.rows[at];
        let (delimiter, buffer) = (self.delimiter(), &mut self.buffer);
        match self.setting.format {
            Format::ListCsv | Format::ListXlsx => {
                let (locale, decimals) = (self.setting.locale, self.decimals);
                let columns = self.setting.columns.iter();
                let cells = columns.map(|column| match column.cell(row) {
                    Cell::Text(text) => guarded(text),
                    cell => cell.text(locale, decimals),
                });
                push_record(buffer, delimiter, cells);
            }
            Format::FullCsv | Format::FullXlsx => {
                let cells =
                    self.contacts.cells.iter().map(|cells| guarded(cells.get(row as usize)));
                push_record(buffer, delimiter, cells);
            }
            Format::MetaCsv | Format::MetaPlainCsv => {
                let phone = self.plan.phones.get(at).copied().unwrap_or_default();
                let cells = meta::cells(&self.people.get(row), phone);
                if self.setting.format == Format::MetaCsv {
                    push_record(buffer, delimiter, cells.map(|cell| meta::hashed(&cell)));
                } else {
                    push_record(buffer, delimiter, cells);
                }
            }
            Format::MailchimpCsv => {
                push_record(buffer, delimiter, mailchimp::cells(self.people, row));
            }
            Format::ApsisCsv => {
                push_record(buffer, delimiter, apsis::cells(&self.people.get(row)));
            }
        }
    }

    fn flush(&mut self, out: &mut dyn Output) -> Result<(), ExportError> {
        out.append(&self.buffer)?;
        self.written.bytes += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }

    fn is_for_spreadsheets(&self) -> bool {
        !self.setting.format.is_gated()
    }

    fn delimiter(&self) -> u8 {
        if self.is_for_spreadsheets() { self.setting.locale.delimiter() } else { b',' }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Reader, Xlsx};

    use super::*;
    use crate::engine::Snapshot;
    use crate::export::{Gates, Preflight};
    use crate::model::{CustomerFacts, FactsBuilder, Gender, TextColumn, Venue};

    #[test]
    fn what_passes_a_sheet_goes_on_in_a_further_one() {
        let mut builder = FactsBuilder::new(Venue {
            name: String::new(),
            time_zone: "UTC".to_owned(),
            currency: "SEK".to_owned(),
            decimals: Decimals::default(),
            country: None,
            locale: None,
            marketing_consent: None,
            flags_cursor: 0,
        });
        let ids = ["K1", "K2", "K3", "K4", "K5"];
        for id in ids {
            let (consents, flags) = (&[][..], &[][..]);
            let (gender, distance_km, has_email) = (Gender::Unknown, None, false);
            let customer = CustomerFacts { id, gender, distance_km, has_email, consents, flags };
            builder.add_customer(&customer);
        }
        let facts = builder.finish().facts;
        let contacts = Contacts {
            headers: vec!["Kundnr".to_owned()],
            names: vec![Some("customer_id".to_owned())],
            cells: vec![ids.into_iter().collect::<TextColumn>()],
        };
        let snapshot = Snapshot::new(facts);
        let sources = Sources::new(&snapshot, &contacts).unwrap();
        let format = Format::FullXlsx;
        let rows = vec![4, 3, 2, 1, 0];
        let plan = Preflight::new(sources, format, Gates::default(), rows).unwrap().finish();
        let (locale, built_at) = (Locale::English, "2026-11-21T06:10:00Z");
        let setting = Setting { format, locale, columns: Vec::new(), built_at };
        let mut writing = Writing::with_sheets_of(2, sources, &plan, setting).unwrap();
        let mut files: Vec<Vec<u8>> = Vec::new();
        while !writing.step(3, &mut files).unwrap().is_done {}
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(files.remove(0))).unwrap();
        let mut sheets = Vec::new();
        for name in book.sheet_names() {
            let range = book.worksheet_range(&name).unwrap();
            sheets.push((name, range.rows().map(|row| row[0].to_string()).collect::<Vec<_>>()));
        }
        let sheet = |name: &str, cells: &[&str]| {
            (name.to_owned(), cells.iter().map(ToString::to_string).collect())
        };
        assert_eq!(
            sheets,
            [
                sheet("Customers", &["Kundnr", "K5", "K4"]),
                sheet("Customers 2", &["Kundnr", "K3", "K2"]),
                sheet("Customers 3", &["Kundnr", "K1"]),
            ]
        );
    }
}
