//! Where a list goes, and how it is written for whoever reads it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The lists that leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// The list as shown, CSV.
    ListCsv,
    /// Every column of the import, CSV.
    FullCsv,
    /// The list as shown, Excel.
    ListXlsx,
    /// Every column of the import, Excel.
    FullXlsx,
    /// Meta custom audience, hashed.
    MetaCsv,
    /// Meta custom audience, what would be hashed.
    MetaPlainCsv,
    /// Mailchimp.
    MailchimpCsv,
    /// APSIS One.
    ApsisCsv,
}

impl Format {
    /// All of them, in the contract's order.
    pub const ALL: [Format; 8] = [
        Format::ListCsv,
        Format::FullCsv,
        Format::ListXlsx,
        Format::FullXlsx,
        Format::MetaCsv,
        Format::MetaPlainCsv,
        Format::MailchimpCsv,
        Format::ApsisCsv,
    ];

    /// The name that asks for it, which is also how its file is best called.
    pub fn name(self) -> &'static str {
        match self {
            Format::ListCsv => "list.csv",
            Format::FullCsv => "full.csv",
            Format::ListXlsx => "list.xlsx",
            Format::FullXlsx => "full.xlsx",
            Format::MetaCsv => "meta.csv",
            Format::MetaPlainCsv => "meta-plain.csv",
            Format::MailchimpCsv => "mailchimp.csv",
            Format::ApsisCsv => "apsis.csv",
        }
    }

    /// The format of this name.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What its file is, for whoever serves it.
    pub fn media_type(self) -> &'static str {
        if self.is_excel() {
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        } else {
            "text/csv;charset=utf-8"
        }
    }

    /// Whether it is a workbook and not text.
    pub fn is_excel(self) -> bool {
        matches!(self, Format::ListXlsx | Format::FullXlsx)
    }

    /// Whether it is the list as shown, whose columns can be chosen.
    pub fn is_list(self) -> bool {
        matches!(self, Format::ListCsv | Format::ListXlsx)
    }

    /// Whether it is for Meta.
    pub fn is_meta(self) -> bool {
        matches!(self, Format::MetaCsv | Format::MetaPlainCsv)
    }

    /// Whether it goes to a place that writes to people, so that each of them needs an address,
    /// once, and the consent to marketing.
    pub fn is_gated(self) -> bool {
        self.is_meta() || matches!(self, Format::MailchimpCsv | Format::ApsisCsv)
    }

    /// The headers of a list that has its own; none of `list.*` and `full.*`.
    #[cfg(feature = "export")]
    pub fn headers(self) -> &'static [&'static str] {
        match self {
            Format::ListCsv | Format::ListXlsx | Format::FullCsv | Format::FullXlsx => &[],
            Format::MetaCsv | Format::MetaPlainCsv => &super::meta::HEADERS,
            Format::MailchimpCsv => &super::mailchimp::HEADERS,
            Format::ApsisCsv => &super::apsis::HEADERS,
        }
    }

    /// The contract's column that a column of [`Format::headers`] is made of; `None` where it is
    /// made of several or of none.
    #[cfg(feature = "export")]
    pub fn contact_column(self, column: u32) -> Option<&'static str> {
        let columns: &[&str] = match self {
            Format::MetaCsv | Format::MetaPlainCsv => &super::meta::COLUMNS,
            Format::MailchimpCsv => &super::mailchimp::COLUMNS,
            _ => self.headers(),
        };
        columns.get(column as usize).copied()
    }

    /// The most bytes that one file may have; what is more goes into further files.
    pub fn most_bytes(self) -> Option<u64> {
        // The decimal reading of "10 MB", which is good under the other one too.
        (self == Format::ApsisCsv).then_some(10_000_000)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// How numbers and cells are told apart. It counts for `list.*` and `full.*`, which people open;
/// the other places read what their documentation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Locale {
    /// Comma between cells, point as the decimal mark.
    #[default]
    English,
    /// Semicolon between cells, comma as the decimal mark.
    Swedish,
}

impl Locale {
    /// The locale of a language: `en` or `sv`.
    pub fn from_name(name: &str) -> Option<Locale> {
        match name {
            "en" => Some(Locale::English),
            "sv" => Some(Locale::Swedish),
            _ => None,
        }
    }

    /// What stands between cells.
    pub fn delimiter(self) -> u8 {
        match self {
            Locale::English => b',',
            Locale::Swedish => b';',
        }
    }

    /// What stands before the fraction of a number.
    pub fn decimal_mark(self) -> char {
        match self {
            Locale::English => '.',
            Locale::Swedish => ',',
        }
    }
}
