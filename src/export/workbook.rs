//! Excel workbooks: typed cells, a further sheet where one is full.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as CellFormat, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::columns::{Cell, metres};
use super::error::ExportError;
use super::format::Locale;
use crate::model::{Day, Decimals};

/// Rows of a sheet under its header.
pub(super) const SHEET_ROWS: u32 = 1_048_575;
/// Columns of a sheet.
const SHEET_COLUMNS: usize = 16_384;
/// The most UTF-16 units of a text.
const MAX_TEXT: usize = 32_767;
/// Wide enough for most cells, narrow enough to see several columns.
const COLUMN_WIDTH: f64 = 16.0;

/// A workbook that is being filled.
pub(super) struct Book {
    excel: Workbook,
    headers: Vec<String>,
    sheet_name: &'static str,
    sheets: usize,
    /// Rows of the last sheet, its header among them.
    rows: u32,
    sheet_rows: u32,
    formats: Formats,
    decimals: Decimals,
}

struct Formats {
    header: CellFormat,
    day: CellFormat,
    money: CellFormat,
    kilometres: CellFormat,
}

impl Book {
    /// An empty workbook that says it was made at `made_at`.
    pub(super) fn new(
        headers: Vec<String>,
        locale: Locale,
        decimals: Decimals,
        made_at: &ExcelDateTime,
        sheet_rows: u32,
    ) -> Result<Book, ExportError> {
        if headers.len() > SHEET_COLUMNS {
            return Err(ExportError::TooManyColumns { columns: headers.len() });
        }
        let mut excel = Workbook::new();
        excel.set_properties(&DocProperties::new().set_creation_datetime(made_at));
        let mut money = "0".to_owned();
        if decimals.digits() > 0 {
            money.push('.');
            money.push_str(&"0".repeat(decimals.digits().into()));
        }
        let mut made = Book {
            excel,
            headers,
            sheet_name: match locale {
                Locale::English => "Customers",
                Locale::Swedish => "Kunder",
            },
            sheets: 0,
            rows: 0,
            sheet_rows,
            formats: Formats {
                header: CellFormat::new().set_bold().set_align(FormatAlign::Left),
                day: CellFormat::new().set_num_format("yyyy-mm-dd"),
                money: CellFormat::new().set_num_format(money),
                kilometres: CellFormat::new().set_num_format("0.0"),
            },
            decimals,
        };
        made.begin_sheet()?;
        Ok(made)
    }

    fn begin_sheet(&mut self) -> Result<(), ExportError> {
        self.sheets += 1;
        let name = match self.sheets {
            1 => self.sheet_name.to_owned(),
            number => format!("{} {number}", self.sheet_name),
        };
        let sheet = self.excel.add_worksheet();
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, header) in (0..).zip(&self.headers) {
            sheet.set_column_width(at, COLUMN_WIDTH)?;
            sheet.write_string_with_format(0, at, cut(header), &self.formats.header)?;
        }
        self.rows = 1;
        Ok(())
    }

    /// Appends a row; `shortened` hears the position of each cell that is too long.
    pub(super) fn push<'c>(
        &mut self,
        cells: impl Iterator<Item = Cell<'c>>,
        mut shortened: impl FnMut(u32),
    ) -> Result<(), ExportError> {
        if self.rows > self.sheet_rows {
            self.begin_sheet()?;
        }
        let (row, formats, decimals) = (self.rows, &self.formats, self.decimals);
        let sheet = self.excel.worksheet_from_index(self.sheets - 1)?;
        for (at, cell) in (0..).zip(cells) {
            if let Cell::Text(text) = cell
                && cut(text).len() < text.len()
            {
                shortened(at.into());
            }
            write(sheet, (row, at), cell, formats, decimals)?;
        }
        self.rows += 1;
        Ok(())
    }

    /// The file's bytes.
    pub(super) fn finish(&mut self) -> Result<Vec<u8>, ExportError> {
        Ok(self.excel.save_to_buffer()?)
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: Cell<'_>,
    formats: &Formats,
    decimals: Decimals,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty | Cell::Text("") => return Ok(()),
        Cell::Text(text) => sheet.write_string(row, column, cut(text))?,
        Cell::Whole(number) => sheet.write_number(row, column, number)?,
        Cell::Minor(minor) => {
            let units = decimals.to_units(minor);
            sheet.write_number_with_format(row, column, units, &formats.money)?
        }
        Cell::Kilometres(km) => {
            let km = f64::from(metres(km)) / 1000.0;
            sheet.write_number_with_format(row, column, km, &formats.kilometres)?
        }
        Cell::Day(day) => match excel_day(day) {
            Some(date) => sheet.write_datetime_with_format(row, column, date, &formats.day)?,
            // Excel knows no day before 1900.
            None => sheet.write_string(row, column, day.to_string())?,
        },
    };
    Ok(())
}

fn excel_day(day: Day) -> Option<ExcelDateTime> {
    let (year, month, day) = day.ymd();
    let year = u16::try_from(year).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// As much of a text as a cell takes, in whole characters.
fn cut(text: &str) -> &str {
    if text.len() <= MAX_TEXT {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > MAX_TEXT
    });
    end.map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_a_cell_ends() {
        let text = "😀".repeat(MAX_TEXT);
        assert_eq!(cut(&text).encode_utf16().count(), MAX_TEXT - 1);
        let text = "ö".repeat(MAX_TEXT);
        assert_eq!(cut(&text), text);
    }
}
