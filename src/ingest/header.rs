//! The first record of a table: its delimiter, and which cell is which column.

use std::sync::Arc;

use super::error::IngestError;
use super::file::File;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How `venue.toml` says that a file calls some of its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ColumnNames {
    /// The contract's name and the file's header.
    pub(super) entries: Vec<(&'static str, String)>,
}

impl ColumnNames {
    /// The contract's name of a header, if it has one: what `venue.toml` says, else the same word.
    fn column_of(&self, file: File, header: &str) -> Option<&'static str> {
        let header = header.trim();
        let mapped = self.entries.iter().find(|(_, own)| own.trim() == header);
        mapped.map(|(name, _)| *name).or_else(|| {
            file.columns().iter().map(|column| column.name).find(|name| *name == header)
        })
    }

    fn header_for(&self, column: &str) -> Option<String> {
        self.entries.iter().find(|(name, _)| *name == column).map(|(_, own)| own.clone())
    }
}

/// The delimiter under which the header has most known columns; then most cells.
pub(super) fn recognise_delimiter(beginning: &[u8], file: File, names: &ColumnNames) -> u8 {
    let score = |delimiter: u8| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(beginning);
        let mut header = csv::ByteRecord::new();
        // Reading from memory cannot fail; a missing header is an empty one.
        let _ = reader.read_byte_record(&mut header);
        let known = header
            .iter()
            .filter_map(|cell| std::str::from_utf8(cell).ok())
            .filter(|cell| names.column_of(file, cell).is_some())
            .count();
        (known, header.len())
    };
    let mut best = (DELIMITERS[0], score(DELIMITERS[0]));
    for delimiter in DELIMITERS.into_iter().skip(1) {
        let found = score(delimiter);
        if found > best.1 {
            best = (delimiter, found);
        }
    }
    best.0
}

/// Which cell is which column.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    file: File,
    /// As spelled in the file, without empty ones at the end.
    pub(super) headers: Vec<Arc<str>>,
    /// For each header, the contract's name.
    pub(super) names: Vec<Option<&'static str>>,
}

/// A column's place in the rows of one file.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColumnAt(pub(super) Option<usize>);

/// The headers for a message; none where no column is known, since then the first line is most
/// likely no header but a row, and a row of customers is nobody's to print.
fn shown_headers(headers: &[Arc<str>], names: &[Option<&'static str>]) -> Vec<String> {
    if names.iter().all(Option::is_none) {
        return Vec::new();
    }
    headers.iter().map(ToString::to_string).collect()
}

impl Layout {
    /// From the cells of the header on a physical line.
    ///
    /// # Errors
    /// A column that is required or named by `venue.toml` and missing, or one that stands twice.
    pub(super) fn new<'c>(
        file: File,
        line: u64,
        cells: impl Iterator<Item = &'c str>,
        column_names: &ColumnNames,
    ) -> Result<Layout, IngestError> {
        let mut headers: Vec<Arc<str>> = cells.map(Arc::from).collect();
        while headers.last().is_some_and(|header| header.trim().is_empty()) {
            headers.pop();
        }
        let names: Vec<_> =
            headers.iter().map(|header| column_names.column_of(file, header)).collect();
        for column in file.columns() {
            let mut found = (0..names.len()).filter(|at| names[*at] == Some(column.name));
            let (first, second) = (found.next(), found.next());
            let header = column_names.header_for(column.name);
            if first.is_none() && (column.required || header.is_some()) {
                return Err(IngestError::MissingColumn {
                    file,
                    line,
                    column: column.name,
                    header,
                    found: shown_headers(&headers, &names),
                });
            }
            if let (Some(first), Some(second)) = (first, second) {
                return Err(IngestError::RepeatedColumn {
                    file,
                    line,
                    column: column.name,
                    first: headers[first].to_string(),
                    second: headers[second].to_string(),
                });
            }
        }
        Ok(Layout { file, headers, names })
    }

    /// Where a column of the contract stands.
    pub(super) fn at(&self, name: &'static str) -> ColumnAt {
        debug_assert!(self.file.columns().iter().any(|column| column.name == name), "{name}");
        ColumnAt(self.names.iter().position(|known| *known == Some(name)))
    }

    /// Headers that mean nothing to the contract.
    pub(super) fn unknown(&self) -> Vec<String> {
        let pairs = self.headers.iter().zip(&self.names);
        pairs.filter(|(_, name)| name.is_none()).map(|(header, _)| header.to_string()).collect()
    }
}
