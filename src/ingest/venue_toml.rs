//! `venue.toml`: who the venue is, and how its files differ from the contract's spelling.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use toml::de::DeValue;

use super::file::File;
use super::header::ColumnNames;
use super::toml_entry::{Entry, Table, parse};
pub use super::toml_entry::{VenueError, VenueProblem};
use super::words::{StatedGender, Word, WordMap, folded};
use crate::model::{Channel, Decimals, Place, Validity, Venue};

const KEYS: &[&str] = &[
    "name",
    "time_zone",
    "currency",
    "latitude",
    "longitude",
    "country",
    "decimals",
    "locale",
    "consents",
    "flags",
    "marketing_consent",
    "flags_cursor",
    "columns",
    "values",
];

/// Decimals of a currency that the file says nothing of.
const DEFAULT_DECIMALS: u64 = 2;

/// Everything that `venue.toml` says.
#[derive(Debug)]
pub(super) struct VenueFile {
    pub(super) venue: Venue,
    pub(super) place: Place,
    pub(super) zone: TimeZone,
    /// Id and name, in the document's order.
    pub(super) consents: Vec<(String, String)>,
    /// Id and name, in the document's order.
    pub(super) flags: Vec<(String, String)>,
    /// Where `marketing_consent` stands, to be checked once the customers are known.
    pub(super) marketing_line: u64,
    columns: HashMap<File, ColumnNames>,
    values: HashMap<(File, &'static str), WordMap>,
}

impl VenueFile {
    /// # Errors
    /// Anything that is not as the contract says; the first one in the order of its table.
    pub(super) fn parse(text: &str) -> Result<VenueFile, VenueError> {
        let document = parse(text)?;
        let root = Table::root(text, document.get_ref());
        root.allow_only(KEYS)?;
        let zone = time_zone(&root.required("time_zone", "an IANA time zone, Europe/Stockholm")?)?;
        let place = Place {
            latitude: root
                .required("latitude", "degrees north")?
                .degrees(90.0, "a number of degrees from -90 to 90")?,
            longitude: root
                .required("longitude", "degrees east")?
                .degrees(180.0, "a number of degrees from -180 to 180")?,
        };
        let marketing = root.get("marketing_consent");
        Ok(VenueFile {
            venue: venue(&root, &zone, marketing.as_ref())?,
            place,
            zone,
            consents: named(&root, "consents")?,
            flags: named(&root, "flags")?,
            marketing_line: marketing.map_or(0, |entry| entry.line),
            columns: columns(&root)?,
            values: values(&root)?,
        })
    }

    /// How a file calls its columns.
    pub(super) fn column_names(&self, file: File) -> ColumnNames {
        self.columns.get(&file).cloned().unwrap_or_default()
    }

    /// What a column's own words mean.
    pub(super) fn words(&self, file: File, column: &'static str) -> Option<&WordMap> {
        self.values.get(&(file, column))
    }
}

fn venue(
    root: &Table<'_>,
    zone: &TimeZone,
    marketing: Option<&Entry<'_>>,
) -> Result<Venue, VenueError> {
    let name = root.required("name", "the venue's name")?.text()?.to_owned();
    let currency = letters(
        &root.required("currency", "an ISO 4217 code, SEK")?,
        3,
        "an ISO 4217 code: three letters",
    )?;
    let digits = root.get("decimals").map_or(Ok(DEFAULT_DECIMALS), |entry| {
        entry.whole(u64::from(Decimals::MAX), "a whole number from 0 to 6")
    })?;
    let country = root
        .get("country")
        .map(|entry| letters(&entry, 2, "an ISO 3166 alpha-2 code: two letters"))
        .transpose()?;
    let flags_cursor = root
        .get("flags_cursor")
        .map_or(Ok(0), |entry| entry.whole(i64::MAX as u64, "a whole number, 0 or more"))?;
    Ok(Venue {
        name,
        time_zone: zone.iana_name().expect("zones are looked up by IANA name").to_owned(),
        currency,
        decimals: Decimals::new(digits as u8).expect("checked against Decimals::MAX"),
        country,
        locale: root.get("locale").map(|entry| locale(&entry)).transpose()?,
        marketing_consent: marketing.map(|entry| entry.text().map(str::to_owned)).transpose()?,
        flags_cursor,
    })
}

fn time_zone(entry: &Entry<'_>) -> Result<TimeZone, VenueError> {
    const ALLOWED: &str = "the IANA name of a time zone, such as Europe/Stockholm";
    let zone = TimeZone::get(entry.text()?).map_err(|_| entry.not_allowed(ALLOWED))?;
    match zone.iana_name() {
        Some(_) if !zone.is_unknown() => Ok(zone),
        _ => Err(entry.not_allowed(ALLOWED)),
    }
}

/// A code of so many ASCII letters, in upper case.
fn letters(entry: &Entry<'_>, count: usize, allowed: &'static str) -> Result<String, VenueError> {
    match entry.value {
        DeValue::String(code)
            if code.len() == count && code.bytes().all(|byte| byte.is_ascii_alphabetic()) =>
        {
            Ok(code.to_ascii_uppercase())
        }
        _ => Err(entry.not_allowed(allowed)),
    }
}

/// A language tag by its shape: a language of letters, then subtags of letters and digits.
fn locale(entry: &Entry<'_>) -> Result<String, VenueError> {
    let is_tag = |text: &str| {
        text.split('-').enumerate().all(|(at, part)| {
            let is_language = (2..=8).contains(&part.len())
                && part.bytes().all(|byte| byte.is_ascii_alphabetic());
            let is_subtag = (1..=8).contains(&part.len())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if at == 0 { is_language } else { is_subtag }
        })
    };
    match entry.value {
        DeValue::String(text) if is_tag(text) => Ok(text.to_string()),
        _ => Err(entry.not_allowed("a BCP 47 language tag, such as sv-SE")),
    }
}

/// `id = "Name"`, in the document's order.
fn named(root: &Table<'_>, key: &str) -> Result<Vec<(String, String)>, VenueError> {
    let Some(table) = root.table(key)? else { return Ok(Vec::new()) };
    let pair = |entry: Entry<'_>| {
        let is_id = !entry.key.is_empty()
            && !entry.key.contains('|')
            && !entry.key.chars().any(char::is_control);
        if !is_id {
            return Err(entry.error(VenueProblem::NotAllowed {
                found: format!("the id {:?}", entry.key),
                allowed: "an id that is not empty, without control characters and |",
            }));
        }
        Ok((entry.key.to_owned(), entry.text()?.to_owned()))
    };
    table.entries().into_iter().map(pair).collect()
}

/// `[columns.FILE]`
fn columns(root: &Table<'_>) -> Result<HashMap<File, ColumnNames>, VenueError> {
    let mut columns = HashMap::new();
    let Some(table) = root.table("columns")? else { return Ok(columns) };
    table.allow_only(&File::TABLES.map(File::stem))?;
    for file in File::TABLES {
        let Some(own) = table.table(file.stem())? else { continue };
        let known: Vec<&str> = file.columns().iter().map(|column| column.name).collect();
        own.allow_only(&known)?;
        let mut names = ColumnNames::default();
        for entry in own.entries() {
            let header = entry.text()?.to_owned();
            if names.entries.iter().any(|(_, other)| other.trim() == header.trim()) {
                return Err(entry.error(VenueProblem::MappedTwice(header)));
            }
            let column = file.columns().iter().find(|column| column.name == entry.key);
            names.entries.push((column.expect("only known keys are allowed").name, header));
        }
        columns.insert(file, names);
    }
    Ok(columns)
}

/// A column that `[values]` can map.
struct MappedColumn {
    file: File,
    column: &'static str,
    is_word: fn(&str) -> bool,
    allowed: &'static str,
}

const MAPPED: [MappedColumn; 4] = [
    mapped::<StatedGender>(File::Customers, "gender"),
    mapped::<Channel>(File::Orders, "channel"),
    mapped::<bool>(File::Tickets, "subscription"),
    mapped::<Validity>(File::Tickets, "status"),
];

const fn mapped<W: Word>(file: File, column: &'static str) -> MappedColumn {
    MappedColumn { file, column, is_word: |word| W::of(word).is_some(), allowed: W::ALLOWED }
}

/// `[values.FILE.COLUMN]`
fn values(root: &Table<'_>) -> Result<HashMap<(File, &'static str), WordMap>, VenueError> {
    let mut values = HashMap::new();
    let Some(table) = root.table("values")? else { return Ok(values) };
    table.allow_only(&[File::Customers, File::Orders, File::Tickets].map(File::stem))?;
    for file in [File::Customers, File::Orders, File::Tickets] {
        let Some(of_file) = table.table(file.stem())? else { continue };
        let columns: Vec<_> = MAPPED.iter().filter(|mapped| mapped.file == file).collect();
        let allowed: Vec<&str> = columns.iter().map(|mapped| mapped.column).collect();
        of_file.allow_only(&allowed)?;
        for mapped in columns {
            if let Some(own) = of_file.table(mapped.column)? {
                values.insert((file, mapped.column), word_map(&own, mapped)?);
            }
        }
    }
    Ok(values)
}

fn word_map(own: &Table<'_>, mapped: &MappedColumn) -> Result<WordMap, VenueError> {
    let mut map = WordMap::new();
    for entry in own.entries() {
        let word = match entry.value {
            DeValue::String(text) => folded(text),
            DeValue::Boolean(value) => value.to_string(),
            DeValue::Integer(number) => number.to_string(),
            _ => return Err(entry.not_allowed(mapped.allowed)),
        };
        if !(mapped.is_word)(&word) {
            return Err(entry.not_allowed(mapped.allowed));
        }
        if map.insert(folded(entry.key), word).is_some() {
            return Err(entry.error(VenueProblem::MappedTwice(entry.key.to_owned())));
        }
    }
    Ok(map)
}
