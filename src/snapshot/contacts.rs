//! The contacts part: `customers.csv` as columns of text.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use super::container::{Cursor, PartReader, PartWriter};
use super::{Part, SnapshotError, kinds, packed};
use crate::model::{Contacts, TextColumn};

const PLAIN: u8 = 0;
const TABLE: u8 = 1;
/// A column with more distinct texts is stored plain.
const MAX_TABLE: usize = 1 << 16;
/// The most bytes of memory that a byte of a column with a table may become: a long text that
/// many rows share would let a small file fill any memory. Such columns are stored plain.
const MAX_GROWTH: u64 = 256;

#[derive(Serialize, Deserialize)]
struct Headers<'a> {
    rows: u32,
    #[serde(borrow)]
    columns: Vec<Header<'a>>,
}

#[derive(Serialize, Deserialize)]
struct Header<'a> {
    header: &'a str,
    name: Option<&'a str>,
}

/// The contacts part's bytes. The same contacts give the same bytes.
///
/// # Panics
/// When the columns differ in length, or there are more columns than headers or names.
pub fn encode_contacts(contacts: &Contacts) -> Vec<u8> {
    let rows = contacts.cells.first().map_or(0, TextColumn::len);
    let columns = contacts.cells.len();
    assert!(contacts.cells.iter().all(|column| column.len() == rows), "columns differ in length");
    assert!(
        contacts.headers.len() == columns && contacts.names.len() == columns,
        "as many headers and names as columns"
    );
    let named = contacts.headers.iter().zip(&contacts.names);
    let headers = Headers {
        rows: rows as u32,
        columns: named.map(|(header, name)| Header { header, name: name.as_deref() }).collect(),
    };
    let mut part = PartWriter::new(Part::Contacts, 1 + columns);
    part.section(kinds::HEADERS, |out| {
        let bytes = postcard::to_stdvec(&headers)
            .expect("strings, numbers, options and lists of known length always serialize");
        out.extend_from_slice(&bytes);
    });
    for column in &contacts.cells {
        part.section(kinds::CELLS, |out| write_column(out, column));
    }
    part.finish()
}

fn write_column(out: &mut Vec<u8>, column: &TextColumn) {
    let start = out.len();
    if let Some((table, codes)) = table(column) {
        out.push(TABLE);
        out.extend_from_slice(&(table.len() as u32).to_le_bytes());
        packed::write(out, table.iter().map(|text| text.len() as u32));
        for text in &table {
            out.extend_from_slice(text.as_bytes());
        }
        packed::write(out, codes);
        let length = out.len() - start;
        let grows_too_much = grown(column.len(), column.text_bytes() as u64) > most_grown(length);
        if length < plain_size(column) && !grows_too_much {
            return;
        }
        out.truncate(start);
    }
    out.push(PLAIN);
    packed::write(out, lengths(column));
    for text in column.iter() {
        out.extend_from_slice(text.as_bytes());
    }
}

fn lengths(column: &TextColumn) -> impl Iterator<Item = u32> {
    column.iter().map(|text| text.len() as u32)
}

fn plain_size(column: &TextColumn) -> usize {
    1 + packed::size(lengths(column)) + column.text_bytes()
}

/// Bytes of memory that a column takes.
fn grown(rows: usize, text_bytes: u64) -> u64 {
    rows as u64 * 4 + text_bytes
}

/// Bytes of memory that a section of a column with a table may become.
fn most_grown(section_bytes: usize) -> u64 {
    section_bytes as u64 * MAX_GROWTH
}

/// The distinct texts in ascending order and each row's place among them, unless they are many.
fn table(column: &TextColumn) -> Option<(Vec<&str>, Vec<u32>)> {
    let mut place: HashMap<&str, u32, FixedState> = HashMap::default();
    for text in column.iter() {
        place.insert(text, 0);
        if place.len() > MAX_TABLE {
            return None;
        }
    }
    let mut table: Vec<&str> = place.keys().copied().collect();
    table.sort_unstable();
    for (at, text) in (0..).zip(&table) {
        place.insert(text, at);
    }
    let codes = column.iter().map(|text| place[text]).collect();
    Some((table, codes))
}

/// Contacts from the contacts part's bytes, which are not trusted.
///
/// # Errors
/// Bytes that are no contacts part, have a newer format version, end early or go on too long,
/// or break a rule of the format.
pub fn decode_contacts(bytes: &[u8]) -> Result<Contacts, SnapshotError> {
    let mut part = PartReader::new(Part::Contacts, bytes)?;
    let mut cursor = part.section(kinds::HEADERS)?;
    let at_start = cursor.clone();
    let (headers, rest) = postcard::take_from_bytes::<Headers<'_>>(cursor.rest())
        .map_err(|error| at_start.damaged(error.to_string()))?;
    if !rest.is_empty() {
        return Err(at_start.damaged(format!("{} bytes too many", rest.len())));
    }
    if headers.columns.len() != part.left() {
        let (named, columns) = (headers.columns.len(), part.left());
        return Err(at_start.damaged(format!("{named} headers, {columns} columns")));
    }
    if headers.columns.is_empty() && headers.rows > 0 {
        return Err(at_start.damaged(format!("{} rows without a column", headers.rows)));
    }
    let mut contacts = Contacts::default();
    for (at, Header { header, name }) in headers.columns.into_iter().enumerate() {
        let name = name.map(str::to_owned);
        if name.is_some() && contacts.names.contains(&name) {
            return Err(at_start.damaged(format!("column {at} has the name of an earlier one")));
        }
        contacts.headers.push(header.to_owned());
        contacts.names.push(name);
        contacts.cells.push(read_column(part.section(kinds::CELLS)?, headers.rows as usize)?);
    }
    part.finish()?;
    Ok(contacts)
}

fn read_column(mut cursor: Cursor<'_>, rows: usize) -> Result<TextColumn, SnapshotError> {
    let size_bytes = cursor.left();
    match cursor.u8()? {
        PLAIN => {
            let lengths = packed::read(&mut cursor, rows)?;
            let texts = read_texts(&mut cursor, &lengths)?;
            cursor.finish()?;
            Ok(texts)
        }
        TABLE => {
            let count = cursor.u32()? as usize;
            let lengths = packed::read(&mut cursor, count)?;
            let table = read_texts(&mut cursor, &lengths)?;
            let codes = packed::read(&mut cursor, rows)?;
            cursor.finish()?;
            spread(&cursor, &table, &codes, size_bytes)
        }
        form => Err(cursor.damaged(format!("form {form} of a column; 0 and 1 are"))),
    }
}

/// Texts of these lengths, end to end.
fn read_texts(cursor: &mut Cursor<'_>, lengths: &[u32]) -> Result<TextColumn, SnapshotError> {
    let total: u64 = lengths.iter().map(|length| u64::from(*length)).sum();
    let at_start = cursor.clone();
    let bytes = cursor.take(usize::try_from(total).unwrap_or(usize::MAX))?;
    let text = std::str::from_utf8(bytes)
        .map_err(|error| at_start.damaged(format!("text that is not UTF-8: {error}")))?;
    let mut texts = TextColumn::with_capacity(lengths.len(), text.len());
    let mut start = 0;
    for (row, length) in lengths.iter().enumerate() {
        let end = start + *length as usize;
        let text = text.get(start..end).ok_or_else(|| {
            at_start.damaged(format!("text {row} begins or ends inside of a character"))
        })?;
        if !texts.push(text) {
            return Err(at_start.damaged("more than 4 GiB of text in one column"));
        }
        start = end;
    }
    Ok(texts)
}

/// Each row's text out of the table.
fn spread(
    cursor: &Cursor<'_>,
    table: &TextColumn,
    codes: &[u32],
    size_bytes: usize,
) -> Result<TextColumn, SnapshotError> {
    let mut text_bytes = 0_u64;
    for (row, code) in codes.iter().enumerate() {
        let code = *code as usize;
        if code >= table.len() {
            let count = table.len();
            return Err(cursor.damaged(format!("row {row} has text {code} of {count}")));
        }
        text_bytes += table.get(code).len() as u64;
    }
    if grown(codes.len(), text_bytes) > most_grown(size_bytes) {
        return Err(cursor.damaged(format!(
            "{size_bytes} bytes that grow to {text_bytes}, more than {MAX_GROWTH} times as much"
        )));
    }
    cursor.check_room(text_bytes)?;
    let mut column = TextColumn::with_capacity(codes.len(), text_bytes as usize);
    for code in codes {
        if !column.push(table.get(*code as usize)) {
            return Err(cursor.damaged("more than 4 GiB of text in one column"));
        }
    }
    Ok(column)
}

/// The name of a section of the contacts.
pub(super) fn section_name(number: u32) -> Option<&'static str> {
    let known = [kinds::HEADERS, kinds::CELLS];
    known.into_iter().find(|kind| kind.number == number).map(|kind| kind.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A column of one text that every row has.
    fn one_text(text: &str, rows: usize) -> Vec<u8> {
        let mut bytes = vec![TABLE, 1, 0, 0, 0];
        packed::write(&mut bytes, [text.len() as u32]);
        bytes.extend_from_slice(text.as_bytes());
        packed::write(&mut bytes, std::iter::repeat_n(0, rows));
        bytes
    }

    #[test]
    fn a_text_that_many_rows_share_is_refused_when_it_would_fill_the_memory() {
        let city = one_text("Malmö", 1_000);
        assert_eq!(read_column(Cursor::of(&city), 1_000).unwrap().get(999), "Malmö");
        let bomb = one_text(&"x".repeat(10_000), 1_000);
        let message = read_column(Cursor::of(&bomb), 1_000).unwrap_err().to_string();
        assert!(message.contains("256 times"), "{message}");
    }

    #[test]
    fn a_cell_that_ends_inside_of_a_character_is_refused() {
        let mut bytes = vec![PLAIN];
        packed::write(&mut bytes, [1, 1]);
        bytes.extend_from_slice("ö".as_bytes());
        let message = read_column(Cursor::of(&bytes), 2).unwrap_err().to_string();
        assert!(message.contains("inside of a character"), "{message}");
    }
}
