//! The record of exports: what left this browser, when, for which view and why. It names nobody.

use serde::{Deserialize, Serialize};

use crate::export::{BOM, Format, Locale, push_record};
use crate::model::guarded;

/// One export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// When it was done, RFC 3339 in UTC.
    pub at: String,
    /// The view's name, or its segment's.
    pub view: String,
    /// The yardstick of its counts.
    pub as_of: String,
    /// What the list was for, by the format's name.
    pub format: String,
    /// The audience's name, of lists for Meta.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub audience: String,
    /// Customers of the result.
    pub rows_in: u32,
    /// Customers that went out.
    pub rows: u32,
    /// Why it went without the consent to marketing; empty where it did not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// When the data was built, RFC 3339.
    pub built_at: String,
}

impl Exported {
    /// As it is kept.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers always become JSON")
    }

    /// What was kept; `None` where a later program wrote what this one does not know.
    pub fn of_text(text: &str) -> Option<Exported> {
        serde_json::from_str(text).ok()
    }
}

/// Headers of the record as a file.
const HEADERS: [&str; 9] = [
    "exported_at",
    "view",
    "as_of",
    "format",
    "audience",
    "rows_in",
    "rows_out",
    "ungated_reason",
    "data_built_at",
];

/// The record as a CSV file for somebody's spreadsheet, with a byte order mark and no formulas.
pub fn record_csv(exports: &[Exported], locale: Locale) -> Vec<u8> {
    let mut out = BOM.as_bytes().to_vec();
    let delimiter = locale.delimiter();
    push_record(&mut out, delimiter, HEADERS);
    for export in exports {
        let (rows_in, rows) = (export.rows_in.to_string(), export.rows.to_string());
        let cells = [
            &export.at,
            &export.view,
            &export.as_of,
            &export.format,
            &export.audience,
            &rows_in,
            &rows,
            &export.reason,
            &export.built_at,
        ];
        push_record(&mut out, delimiter, cells.map(|cell| guarded(cell)));
    }
    out
}

/// Letters that some file system or shell does not take well in a name.
fn is_awkward(letter: char) -> bool {
    letter.is_ascii() && !letter.is_ascii_alphanumeric()
        || letter.is_control()
        || letter == '\u{a0}'
}

/// So many letters of a text go into a file's name.
const NAME_LETTERS: usize = 60;

/// A text as a part of a file's name: what is awkward becomes one hyphen.
fn in_file_name(text: &str) -> String {
    let mut name = String::new();
    for letter in text.trim().chars().take(NAME_LETTERS) {
        if !is_awkward(letter) {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.truncate(name.trim_end_matches('-').len());
    name
}

/// What a list's file is called: venue, view or audience, day and format; from the second file
/// on its number too.
pub fn file_name(venue: &str, view: &str, as_of: &str, format: Format, number: u32) -> String {
    let (kind, ending) = format.name().split_once('.').unwrap_or((format.name(), "csv"));
    let parts = [&in_file_name(venue), &in_file_name(view), as_of, kind];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let number = if number > 1 { format!("-{number}") } else { String::new() };
    format!("{}{number}.{ending}", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_venue_view_day_and_format() {
        let name = |view: &str, format, number| {
            file_name("Ljusgårdsteatern", view, "2026-11-21", format, number)
        };
        assert_eq!(
            name("Dans: \"förr/nu\" ", Format::MetaPlainCsv, 1),
            "Ljusgårdsteatern-Dans-förr-nu-2026-11-21-meta-plain.csv"
        );
        assert_eq!(name("..", Format::ApsisCsv, 3), "Ljusgårdsteatern-2026-11-21-apsis-3.csv");
        let long = name(&"å".repeat(500), Format::ListXlsx, 1);
        assert!(long.len() < 200 && long.ends_with("-list.xlsx"), "{long}");
    }

    #[test]
    fn the_record_comes_back_and_becomes_a_file_without_formulas() {
        let export = Exported {
            at: "2026-11-22T06:00:00Z".into(),
            view: "=HYPERLINK(\"x\"), \"y\"".into(),
            as_of: "2026-11-21".into(),
            format: "mailchimp.csv".into(),
            audience: String::new(),
            rows_in: 13,
            rows: 4,
            reason: "Ticket holders are told of a change".into(),
            built_at: "2026-11-21T06:10:00Z".into(),
        };
        assert_eq!(Exported::of_text(&export.to_text()).as_ref(), Some(&export));
        assert_eq!(Exported::of_text("{}"), None);
        let file = String::from_utf8(record_csv(&[export], Locale::Swedish)).unwrap();
        let lines: Vec<&str> = file.split("\r\n").collect();
        assert_eq!(lines[0], format!("\u{feff}{}", HEADERS.join(";")));
        assert_eq!(
            lines[1],
            "2026-11-22T06:00:00Z;\"'=HYPERLINK(\"\"x\"\"), \"\"y\"\"\";2026-11-21;mailchimp.csv;;13;4;\
             Ticket holders are told of a change;2026-11-21T06:10:00Z"
        );
    }
}
