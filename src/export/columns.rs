//! The columns of the list as shown.

use std::borrow::Cow;

use super::error::ExportError;
use super::format::Locale;
use crate::engine::{Attribute, ListedValue, Session};
use crate::model::{Contacts, DEFAULT_COLUMNS, Day, Decimals, Row, TextColumn};
use crate::view::FilterKind;

/// Columns of `customers.csv` that the contract names and an export may lack.
const CONTACT_COLUMNS: [&str; 14] = [
    "customer_id",
    "first_name",
    "last_name",
    "email",
    "phone",
    "address",
    "postal_code",
    "city",
    "country",
    "latitude",
    "longitude",
    "language",
    "consents",
    "flags",
];

/// One column of a list.
#[derive(Debug, Clone)]
pub struct ListColumn<'a> {
    header: String,
    source: Source<'a>,
}

#[derive(Debug, Clone)]
enum Source<'a> {
    Cells(&'a TextColumn),
    /// One that the contract names and this import does not have.
    Absent,
    Attribute(Attribute),
    Numbers(Numbers<'a>),
}

/// A number of each customer, as [`crate::engine::ListedColumn`] has it.
#[derive(Debug, Clone, Copy)]
struct Numbers<'a> {
    kind: FilterKind,
    keys: &'a [u32],
    table: Option<&'a [f64]>,
}

/// A cell of a list, before it is written in some language.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell<'a> {
    Empty,
    Text(&'a str),
    Whole(u32),
    Minor(u64),
    Kilometres(f64),
    Day(Day),
}

impl<'a> ListColumn<'a> {
    /// The columns of these names, or [`DEFAULT_COLUMNS`] where none are named.
    ///
    /// A name is one that the contract gives a column of `customers.csv` (empty where the import
    /// has none), the name of a filter, which shows that attribute as the view looks at it (see
    /// [`Session::attribute`]; `last_purchase` as the day itself), or a header of the import as
    /// spelled there. `gender` is the one that is counted.
    ///
    /// # Errors
    /// [`ExportError::UnknownColumn`] for the first other name.
    pub fn resolve(
        names: &[String],
        contacts: &'a Contacts,
        session: &mut Session,
    ) -> Result<Vec<ListColumn<'a>>, ExportError> {
        let find = |name: &str| {
            let source = if let Some(kind) = FilterKind::from_name(name) {
                Source::Attribute(session.attribute(kind))
            } else if let Some(cells) = contacts.column(name) {
                Source::Cells(cells)
            } else if CONTACT_COLUMNS.contains(&name) {
                Source::Absent
            } else if let Some(at) = contacts.headers.iter().position(|header| header == name) {
                Source::Cells(&contacts.cells[at])
            } else {
                return Err(unknown(name, contacts));
            };
            Ok(ListColumn { header: name.to_owned(), source })
        };
        if names.is_empty() {
            DEFAULT_COLUMNS.into_iter().map(find).collect()
        } else {
            names.iter().map(String::as_str).map(find).collect()
        }
    }

    /// A column under a header of its own: texts of the contacts, or nothing where they have no
    /// such column.
    pub fn of_texts(header: String, cells: Option<&'a TextColumn>) -> ListColumn<'a> {
        ListColumn { header, source: cells.map_or(Source::Absent, Source::Cells) }
    }

    /// A number of each customer, under a header of its own: keys and table as
    /// [`crate::engine::ListedColumn`] has them for the filter.
    pub fn of_numbers(
        header: String,
        kind: FilterKind,
        keys: &'a [u32],
        table: Option<&'a [f64]>,
    ) -> ListColumn<'a> {
        ListColumn { header, source: Source::Numbers(Numbers { kind, keys, table }) }
    }

    /// Its header: the name by which it was asked for.
    pub fn header(&self) -> &str {
        &self.header
    }

    pub(super) fn cell(&self, row: Row) -> Cell<'a> {
        match &self.source {
            Source::Absent => Cell::Empty,
            Source::Cells(cells) => Cell::Text(cells.get(row as usize)),
            Source::Attribute(attribute) => match attribute.of(row) {
                ListedValue::Unknown => Cell::Empty,
                ListedValue::Whole(number) => Cell::Whole(number),
                ListedValue::Minor(minor) => Cell::Minor(minor),
                ListedValue::Kilometres(km) => Cell::Kilometres(km),
                ListedValue::Day(day) => Cell::Day(day),
                ListedValue::Choice(choice) => Cell::Text(choice),
            },
            Source::Numbers(numbers) => numbers.cell(row),
        }
    }
}

impl Numbers<'_> {
    fn cell(&self, row: Row) -> Cell<'static> {
        let Some(&key) = self.keys.get(row as usize) else { return Cell::Empty };
        if key == u32::MAX {
            return Cell::Empty;
        }
        let number = match self.table {
            Some(table) => table.get(key as usize).copied().unwrap_or_default(),
            None => f64::from(key),
        };
        match self.kind {
            FilterKind::Revenue => Cell::Minor(number as u64),
            FilterKind::DistanceKm => Cell::Kilometres(number),
            FilterKind::LastPurchase => {
                let day = Day::from_number(Day::MIN.number() + key as i32);
                day.map_or(Cell::Empty, Cell::Day)
            }
            _ => Cell::Whole(key),
        }
    }
}

fn unknown(name: &str, contacts: &Contacts) -> ExportError {
    let mut allowed: Vec<&str> = CONTACT_COLUMNS.to_vec();
    allowed.extend(FilterKind::ALL.iter().map(|kind| -> &str { kind.name() }));
    let named = contacts.headers.iter().zip(&contacts.names);
    allowed.extend(named.filter(|(_, name)| name.is_none()).map(|(header, _)| header.as_str()));
    ExportError::UnknownColumn { name: name.to_owned(), allowed: allowed.join(", ") }
}

impl<'a> Cell<'a> {
    /// The cell as text: numbers with the locale's decimal mark and no thousands mark, money with
    /// all the currency's decimals, kilometres to the metre, days as ISO 8601.
    pub(super) fn text(self, locale: Locale, decimals: Decimals) -> Cow<'a, str> {
        let mark = locale.decimal_mark();
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Whole(number) => Cow::Owned(number.to_string()),
            Cell::Minor(minor) if decimals.digits() == 0 => Cow::Owned(minor.to_string()),
            Cell::Minor(minor) => {
                let (units, rest) = (minor / decimals.scale(), minor % decimals.scale());
                let width = usize::from(decimals.digits());
                Cow::Owned(format!("{units}{mark}{rest:0width$}"))
            }
            Cell::Kilometres(km) => {
                let metres = metres(km);
                Cow::Owned(format!("{}{mark}{:03}", metres / 1000, metres % 1000))
            }
            Cell::Day(day) => Cow::Owned(day.to_string()),
        }
    }
}

/// A distance in whole metres; no two places are further apart than fits.
pub(super) fn metres(km: f64) -> u32 {
    (km * 1000.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_locale_writes_them() {
        let written = |cell: Cell<'static>, locale, digits| {
            cell.text(locale, Decimals::new(digits).unwrap()).into_owned()
        };
        for (cell, digits, english, swedish) in [
            (Cell::Minor(123_405), 2, "1234.05", "1234,05"),
            (Cell::Minor(7), 2, "0.07", "0,07"),
            (Cell::Minor(1200), 0, "1200", "1200"),
            (Cell::Kilometres(12.345_678), 2, "12.346", "12,346"),
            (Cell::Kilometres(0.000_4), 2, "0.000", "0,000"),
            (Cell::Whole(3), 2, "3", "3"),
            (Cell::Day(Day::parse("2025-12-13").unwrap()), 2, "2025-12-13", "2025-12-13"),
            (Cell::Empty, 2, "", ""),
        ] {
            assert_eq!(written(cell, Locale::English, digits), english);
            assert_eq!(written(cell, Locale::Swedish, digits), swedish);
        }
    }
}
