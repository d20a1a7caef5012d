//! The venue's special offers: `offers.csv`, with `events.csv` and `venue.toml` beside it where
//! they are. Read anew for each campaign, so that last night's export counts.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use encoding_rs::WINDOWS_1252;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

use crate::wire::Mode;

/// One offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// As people call it.
    pub name: String,
    /// Where it leads.
    pub link: String,
    event: Option<String>,
    production: Option<String>,
    /// Not before, in milliseconds since 1970.
    starts_at: Option<i64>,
    /// Not from this moment on.
    ends_at: Option<i64>,
}

/// All offers, and which event belongs to which event group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offers {
    offers: BTreeMap<String, Offer>,
    production_of: HashMap<String, String>,
}

/// Why the offers cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum OffersError {
    /// The configuration names none.
    #[error("sync.toml names no offers.csv")]
    None,
    /// A file.
    #[error("{}: {source}", file.display())]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file that is not what it should be.
    #[error("{}{}: {message}", file.display(), line.map_or_else(String::new, |line| format!(":{line}")))]
    Wrong {
        /// Which.
        file: PathBuf,
        /// From 1, where it is known.
        line: Option<u64>,
        /// What is wrong and what is allowed.
        message: String,
    },
}

impl Offers {
    /// Reads the offers and what stands beside them. `time_zone` is the configuration's.
    ///
    /// # Errors
    /// A file that is missing or cannot be read. Single rows without an id, a name, a link or with
    /// a time that is none refuse the file, as `publik build` would reject them.
    pub fn read(file: Option<&Path>, time_zone: Option<&str>) -> Result<Offers, OffersError> {
        let file = file.ok_or(OffersError::None)?;
        let folder = file.parent().unwrap_or(Path::new("."));
        let venue = Venue::beside(folder)?;
        let zone = time_zone.or(venue.time_zone.as_deref()).unwrap_or("UTC");
        let zone = TimeZone::get(zone).map_err(|_| OffersError::Wrong {
            file: file.to_owned(),
            line: None,
            message: format!(
                "time_zone {zone:?} is unknown; allowed is a name such as Europe/Stockholm"
            ),
        })?;
        let mut offers = Offers::default();
        let events = folder.join("events.csv");
        if events.exists() {
            let names = ["event_id", "production_id"];
            Table::read(&events, &venue.columns.events)?.each(
                names,
                |_, [event, production]| {
                    offers.production_of.insert(event.to_owned(), production.to_owned());
                    Ok(())
                },
            )?;
        }
        let names =
            ["offer_id", "name", "url", "event_id", "production_id", "starts_at", "ends_at"];
        let table = Table::read(file, &venue.columns.offers)?;
        table.each(names, |wrong, [id, name, link, event, production, starts_at, ends_at]| {
            if id.is_empty() || link.is_empty() {
                return Err(wrong("offer_id and url must not be empty"));
            }
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let time = |text: &str, at_end: bool| match text.trim() {
                "" => Ok(None),
                text => moment(text, &zone, at_end).map(Some).ok_or_else(|| {
                    wrong("starts_at and ends_at: a time such as 2026-11-21T19:30, or nothing")
                }),
            };
            let offer = Offer {
                name: name.to_owned(),
                link: link.trim().to_owned(),
                event: some(event),
                production: some(production),
                starts_at: time(starts_at, false)?,
                ends_at: time(ends_at, true)?,
            };
            offers.offers.entry(id.to_owned()).or_insert(offer);
            Ok(())
        })?;
        Ok(offers)
    }

    /// The offer of this id.
    pub fn get(&self, id: &str) -> Option<&Offer> {
        self.offers.get(id)
    }

    /// Whether an offer belongs to what a view was opened for: to the event, to the event's group,
    /// to the group, or to one of the group's events.
    pub fn belongs(&self, offer: &Offer, mode: &Mode) -> bool {
        let is_of_production = |id: &String| offer.production.as_ref() == Some(id);
        match mode {
            Mode::All => false,
            Mode::Event { id } => {
                offer.event.as_ref() == Some(id)
                    || self.production_of.get(id).is_some_and(is_of_production)
            }
            Mode::Production { id } => {
                let of_event = offer.event.as_ref().and_then(|event| self.production_of.get(event));
                is_of_production(id) || of_event == Some(id)
            }
        }
    }
}

impl Offer {
    /// Whether it runs at this moment.
    pub fn is_running(&self, now: i64) -> bool {
        self.starts_at.is_none_or(|starts| starts <= now)
            && self.ends_at.is_none_or(|ends| now < ends)
    }
}

/// A cell as a moment; a date alone is the day's beginning, or its end.
fn moment(text: &str, zone: &TimeZone, at_end: bool) -> Option<i64> {
    let text = text.trim();
    if let Ok(moment) = text.replacen(' ', "T", 1).parse::<Timestamp>() {
        return Some(moment.as_millisecond());
    }
    let civil = if text.len() == 10 {
        let date: Date = text.parse().ok()?;
        let date = if at_end { date.checked_add(1.day()).ok()? } else { date };
        DateTime::from_parts(date, Time::midnight())
    } else {
        // jiff takes offsets in brackets here, which no export has.
        text.replace(',', ".").parse().ok()?
    };
    Some(zone.to_timestamp(civil).ok()?.as_millisecond())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Venue {
    time_zone: Option<String>,
    columns: Columns,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Columns {
    offers: HashMap<String, String>,
    events: HashMap<String, String>,
}

impl Venue {
    fn beside(folder: &Path) -> Result<Venue, OffersError> {
        let file = folder.join("venue.toml");
        if !file.exists() {
            return Ok(Venue::default());
        }
        let text = read_text(&file)?;
        toml::from_str(&text).map_err(|error| OffersError::Wrong {
            file,
            line: None,
            message: error.message().to_owned(),
        })
    }
}

fn read_text(file: &Path) -> Result<String, OffersError> {
    let unreadable = |source| OffersError::Unreadable { file: file.to_owned(), source };
    let bytes = fs::read(file).map_err(unreadable)?;
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(&bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned());
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned(),
    })
}

/// A CSV file whose columns are found by their names, or by what a venue calls them.
struct Table<'a> {
    file: &'a Path,
    text: String,
    delimiter: u8,
    columns: &'a HashMap<String, String>,
}

impl<'a> Table<'a> {
    fn read(
        file: &'a Path,
        columns: &'a HashMap<String, String>,
    ) -> Result<Table<'a>, OffersError> {
        let text = read_text(file)?;
        let header = text.lines().next().unwrap_or_default();
        let count = |delimiter: &u8| header.bytes().filter(|byte| byte == delimiter).count();
        let delimiter = [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(count);
        Ok(Table { file, text, delimiter: delimiter.unwrap_or(b','), columns })
    }

    /// Reads each row's cells of these names; a column that is not there gives empty cells, but
    /// the first must be.
    fn each<const N: usize>(
        &self,
        names: [&str; N],
        mut row: impl FnMut(&dyn Fn(&str) -> OffersError, [&str; N]) -> Result<(), OffersError>,
    ) -> Result<(), OffersError> {
        let wrong = |line: Option<u64>, message: String| OffersError::Wrong {
            file: self.file.to_owned(),
            line,
            message,
        };
        let not_csv = |error: csv::Error| {
            let line = error.position().map(csv::Position::line);
            wrong(line, "a row cannot be read as CSV".to_owned())
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .from_reader(self.text.as_bytes());
        let header = reader.headers().map_err(not_csv)?.clone();
        let places = names.map(|name| {
            let own = self.columns.get(name).map_or(name, String::as_str);
            header.iter().position(|cell| cell.trim() == own || cell.trim() == name)
        });
        if places[0].is_none() {
            return Err(wrong(Some(1), format!("column {} is missing", names[0])));
        }
        for record in reader.records() {
            let record = record.map_err(not_csv)?;
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let line = record.position().map(csv::Position::line);
            let cells = places.map(|place| place.and_then(|place| record.get(place)).unwrap_or(""));
            row(&|message| wrong(line, message.to_owned()), cells)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offers(files: &[(&str, &str)]) -> Result<Offers, OffersError> {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            fs::write(folder.path().join(name), content).unwrap();
        }
        Offers::read(Some(&folder.path().join("offers.csv")), Some("Europe/Stockholm"))
    }

    const EVENTS: (&str, &str) = (
        "events.csv",
        "event_id,name,starts_at,production_id,production\n\
         E1,Swan,2026-12-01,P1,Swan Lake\nE2,Swan,2026-12-02,P1,Swan Lake\nE3,Aida,2026-12-03,P2,Aida\n",
    );

    #[test]
    fn an_offer_belongs_to_its_event_to_the_group_and_to_the_groups_events() {
        let rows = "offer_id,name,url,event_id,production_id\n\
             OE,x,https://a,E1,\nOP,x,https://a,,P1\nOB,x,https://a,E1,P1\n";
        let offers = offers(&[EVENTS, ("offers.csv", rows)]).unwrap();
        let belongs = |offer: &str, mode: Mode| offers.belongs(offers.get(offer).unwrap(), &mode);
        let event = |id: &str| Mode::Event { id: id.to_owned() };
        let production = |id: &str| Mode::Production { id: id.to_owned() };
        for (offer, mode, expected) in [
            ("OE", event("E1"), true),
            ("OE", event("E2"), false),
            ("OE", production("P1"), true),
            ("OE", production("P2"), false),
            ("OP", event("E1"), true),
            ("OP", event("E2"), true),
            ("OP", event("E3"), false),
            ("OP", production("P1"), true),
            ("OP", event("unknown"), false),
            ("OB", event("E2"), true),
            ("OB", production("P1"), true),
            ("OE", Mode::All, false),
        ] {
            assert_eq!(belongs(offer, mode.clone()), expected, "{offer} {mode:?}");
        }
    }

    #[test]
    fn times_are_the_venues_and_a_last_day_counts_whole() {
        let rows = "offer_id;name;url;starts_at;ends_at\n\
             O1;x;https://a;2026-11-21T19:30;2026-11-22\nO2;x;https://a;2026-11-21T19:30:00Z;\n";
        let offers = offers(&[("offers.csv", rows)]).unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap().as_millisecond();
        let first = offers.get("O1").unwrap();
        assert!(!first.is_running(at("2026-11-21T18:29:59Z")));
        assert!(first.is_running(at("2026-11-21T18:30:00Z")));
        assert!(first.is_running(at("2026-11-22T22:59:59Z")));
        assert!(!first.is_running(at("2026-11-22T23:00:00Z")));
        assert!(!offers.get("O2").unwrap().is_running(at("2026-11-21T19:29:59Z")));
    }

    #[test]
    fn a_venues_own_headers_are_understood() {
        let venue = ("venue.toml", "name = \"x\"\n[columns.offers]\noffer_id = \"Kampanj\"\n");
        let rows = ("offers.csv", "Kampanj,name,url\nO1,Två för en,https://a\n");
        let offers = offers(&[venue, rows]).unwrap();
        assert_eq!(offers.get("O1").unwrap().name, "Två för en");
    }

    #[test]
    fn a_time_that_is_none_refuses_with_its_line() {
        let rows = "offer_id,name,url,ends_at\nO1,x,https://a,\nO2,x,https://a,soon\n";
        let error = offers(&[("offers.csv", rows)]).unwrap_err().to_string();
        assert!(error.contains("offers.csv:3:"), "{error}");
    }
}
