//! Cells as they are read: numbers, money and dates as the page's language writes them.

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::listing::{Cell, List, NO_VALUE};
use crate::model::{Day, Decimals};
use crate::view::FilterKind;
use crate::web::words::{Formats, Language, NO_CURRENCY};

/// Writes the cells of some columns of a list.
pub struct Writer<'a> {
    list: &'a List,
    columns: Vec<(&'a str, Form)>,
    formats: Formats,
}

/// How the numbers of a column are written.
enum Form {
    /// Whole, in groups of three.
    Count,
    /// A date.
    Day,
    /// Divided, with a fixed number of digits behind the mark.
    Fraction(f64, Function),
}

impl<'a> Writer<'a> {
    /// For a language (BCP 47) and a currency of so many digits of the minor unit.
    pub fn new(language: &str, digits: u8, list: &'a List, columns: &'a [String]) -> Writer<'a> {
        let language = Language::from_tag(language).unwrap_or_default();
        let decimals = Decimals::new(digits).unwrap_or_default();
        let form = |name: &str| match FilterKind::from_name(name) {
            Some(FilterKind::LastPurchase) => Form::Day,
            Some(FilterKind::DistanceKm) => Form::Fraction(1.0, fixed(language, 1)),
            Some(FilterKind::Revenue) => {
                let scale = decimals.scale();
                let shown = if has_fraction(list, scale) { decimals.digits() } else { 0 };
                Form::Fraction(scale as f64, fixed(language, shown))
            }
            _ => Form::Count,
        };
        Writer {
            list,
            columns: columns.iter().map(|name| (name.as_str(), form(name))).collect(),
            formats: Formats::new(language, NO_CURRENCY),
        }
    }

    /// One row's cells; empty where there is no value.
    pub fn cells(&self, row: u32) -> Vec<String> {
        let columns = self.columns.iter();
        columns.map(|(name, form)| self.write(self.list.cell(row, name), form)).collect()
    }

    fn write(&self, cell: Cell<'_>, form: &Form) -> String {
        match (cell, form) {
            (Cell::Nothing, _) => String::new(),
            (Cell::Text(text), _) => text.to_owned(),
            (Cell::Number(number), Form::Count) => self.formats.count(number as u32),
            (Cell::Number(number), Form::Day) => {
                // Days are counted from the calendar's first.
                let day = Day::from_number(Day::MIN.number() + number as i32);
                day.map(|day| self.formats.day(day)).unwrap_or_default()
            }
            (Cell::Number(number), Form::Fraction(scale, write)) => {
                let written = write.call1(&JsValue::UNDEFINED, &(number / scale).into()).ok();
                written.and_then(|text| text.as_string()).unwrap_or_default()
            }
        }
    }
}

/// Whether an amount is not whole, so that all show their fractions.
fn has_fraction(list: &List, scale: u64) -> bool {
    let Some(column) = list.numbers(FilterKind::Revenue.name()) else { return false };
    let is_broken = |minor: u64| !minor.is_multiple_of(scale);
    if let Some(table) = &column.table {
        return table.iter().any(|minor| is_broken(*minor as u64));
    }
    column.keys.iter().any(|key| *key != NO_VALUE && is_broken(u64::from(*key)))
}

/// A format with so many digits behind the mark, no more and no fewer.
fn fixed(language: Language, digits: u8) -> Function {
    let options = Object::new();
    for name in ["minimumFractionDigits", "maximumFractionDigits"] {
        // Setting a property of a plain object cannot fail.
        Reflect::set(&options, &name.into(), &digits.into()).ok();
    }
    let tag = match language {
        Language::English => "en-GB",
        Language::Swedish => "sv-SE",
    };
    Intl::NumberFormat::new(&Array::of1(&tag.into()), &options).format()
}
