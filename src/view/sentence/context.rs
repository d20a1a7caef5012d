//! Where the sentence finds names, and how it writes numbers, dates and money.

use super::Language;
use crate::model::{Day, Decimals, Facts, Named};

/// What people call an event, and when it is: many events share a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventName {
    /// As people call it.
    pub name: String,
    /// The day it takes place.
    pub day: Day,
}

/// Names for the ids in a view, and the day it is seen from. `None` for an id that nothing is
/// known by: the sentence then shows the id.
pub trait SentenceContext {
    /// The day that days back are counted from.
    fn as_of(&self) -> Day;
    /// Digits of the currency's minor unit.
    fn decimals(&self) -> Decimals;
    /// An event date.
    fn event(&self, id: &str) -> Option<EventName>;
    /// An event group.
    fn production(&self, id: &str) -> Option<String>;
    /// A permission.
    fn consent(&self, id: &str) -> Option<String>;
    /// A flag.
    fn flag(&self, id: &str) -> Option<String>;
}

/// How numbers, dates and money are written.
pub trait Locale {
    /// A number of 0 or more with the digits it has: `1,234.5`.
    fn number(&self, number: f64) -> String;
    /// A date within a sentence: `21 Nov 2026`.
    fn date(&self, day: Day) -> String;
    /// An amount in minor units, with the currency: `SEK 600`.
    fn money(&self, minor: u64) -> String;
}

/// Names from a snapshot.
#[derive(Debug, Clone, Copy)]
pub struct SnapshotNames<'a> {
    facts: &'a Facts,
    as_of: Day,
}

impl<'a> SnapshotNames<'a> {
    /// The names of a snapshot, seen from a day.
    pub fn new(facts: &'a Facts, as_of: Day) -> SnapshotNames<'a> {
        SnapshotNames { facts, as_of }
    }
}

impl SentenceContext for SnapshotNames<'_> {
    fn as_of(&self) -> Day {
        self.as_of
    }

    fn decimals(&self) -> Decimals {
        self.facts.venue.decimals
    }

    fn event(&self, id: &str) -> Option<EventName> {
        let event = self.facts.catalogue.events.iter().find(|event| event.id == id)?;
        Some(EventName { name: event.name.clone(), day: event.day() })
    }

    fn production(&self, id: &str) -> Option<String> {
        let mut productions: std::slice::Iter<'_, Named> = self.facts.catalogue.productions.iter();
        productions.find(|production| production.id == id).map(|found| found.name.clone())
    }

    fn consent(&self, id: &str) -> Option<String> {
        let mut consents = self.facts.consents.iter();
        consents.find(|consent| consent.id == id).map(|found| found.name.clone())
    }

    fn flag(&self, id: &str) -> Option<String> {
        let mut flags = self.facts.flags.iter();
        flags.find(|flag| flag.id == id).map(|found| found.name.clone())
    }
}

/// A locale without a browser's help: the currency's code, months of three or four letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainLocale {
    /// Whose words and separators.
    pub language: Language,
    /// ISO 4217.
    pub currency: String,
    /// Digits of the currency's minor unit.
    pub decimals: Decimals,
}

const ENGLISH_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];
const SWEDISH_MONTHS: [&str; 12] =
    ["jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."];

impl PlainLocale {
    /// Digits in groups of three, with a fraction where there is one.
    fn grouped(&self, units: &str, fraction: &str) -> String {
        let (separator, point) = match self.language {
            Language::English => (',', '.'),
            Language::Swedish => ('\u{A0}', ','),
        };
        let mut text = String::new();
        for (at, digit) in units.chars().enumerate() {
            if at > 0 && (units.len() - at).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(point);
            text.push_str(fraction);
        }
        text
    }
}

impl Locale for PlainLocale {
    fn number(&self, number: f64) -> String {
        let text = number.to_string();
        let (units, fraction) = text.split_once('.').unwrap_or((&text, ""));
        self.grouped(units, fraction)
    }

    fn date(&self, day: Day) -> String {
        let (year, month, day) = day.ymd();
        let months = match self.language {
            Language::English => ENGLISH_MONTHS,
            Language::Swedish => SWEDISH_MONTHS,
        };
        format!("{day} {} {year}", months[usize::from(month) - 1])
    }

    fn money(&self, minor: u64) -> String {
        let (units, rest) = (minor / self.decimals.scale(), minor % self.decimals.scale());
        let width = usize::from(self.decimals.digits());
        let fraction = if rest == 0 { String::new() } else { format!("{rest:0width$}") };
        let amount = self.grouped(&units.to_string(), &fraction);
        match self.language {
            Language::English => format!("{} {amount}", self.currency),
            Language::Swedish => format!("{amount}\u{A0}{}", self.currency),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_dates_and_money_are_written_as_each_language_does() {
        let decimals = Decimals::new(2).unwrap();
        let english = PlainLocale { language: Language::English, currency: "SEK".into(), decimals };
        let swedish = PlainLocale { language: Language::Swedish, ..english.clone() };
        let day = Day::from_ymd(2026, 11, 21).unwrap();
        assert_eq!(english.number(1_234_567.5), "1,234,567.5");
        assert_eq!(swedish.number(1_234_567.5), "1\u{A0}234\u{A0}567,5");
        assert_eq!(english.number(999.0), "999");
        assert_eq!(english.date(day), "21 Nov 2026");
        assert_eq!(swedish.date(day), "21 nov. 2026");
        assert_eq!(english.money(60_000), "SEK 600");
        assert_eq!(english.money(105), "SEK 1.05");
        assert_eq!(swedish.money(100_050), "1\u{A0}000,50\u{A0}SEK");
    }
}
