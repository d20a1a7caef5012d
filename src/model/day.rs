//! Calendar days as numbers, in the venue's own time zone.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::{Date, Month};

/// Julian day of 1970-01-01, the day numbered zero.
const EPOCH_JULIAN: i32 = 2_440_588;

/// A calendar day of the proleptic Gregorian calendar, years 0000 to 9999, counted from
/// 1970-01-01. Which moment belongs to which day was decided in the venue's time zone on import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "i32", try_from = "i32")]
pub struct Day(i32);

/// A text is no calendar day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date: {text:?}; a date is written YYYY-MM-DD, such as 2026-11-21")]
pub struct DayError {
    /// What stood there.
    pub text: String,
}

impl Day {
    /// 0000-01-01.
    pub const MIN: Day = Day(-719_528);
    /// 9999-12-31.
    pub const MAX: Day = Day(2_932_896);

    /// The day `number` days after 1970-01-01, or `None` outside the years 0000 to 9999.
    pub fn from_number(number: i32) -> Option<Day> {
        (Day::MIN.0..=Day::MAX.0).contains(&number).then_some(Day(number))
    }

    /// The day of a year (0000 to 9999), month (1 to 12) and day of the month, if there is one.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Day> {
        let month = Month::try_from(month).ok()?;
        let date = Date::from_calendar_date(year, month, day).ok()?;
        Day::from_number(date.to_julian_day() - EPOCH_JULIAN)
    }

    /// Year, month (1 to 12) and day of the month.
    pub fn ymd(self) -> (i32, u8, u8) {
        let date = Date::from_julian_day(self.0 + EPOCH_JULIAN)
            .expect("every Day lies in the years 0000 to 9999");
        (date.year(), date.month().into(), date.day())
    }

    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// Anything else: other lengths or separators, signs, a month or day that does not exist.
    pub fn parse(text: &str) -> Result<Day, DayError> {
        let error = || DayError { text: text.to_owned() };
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return Err(error());
        }
        let digits =
            |range: &[u8]| range.iter().fold(0_i32, |sum, byte| sum * 10 + i32::from(byte - b'0'));
        Day::from_ymd(digits(&bytes[..4]), digits(&bytes[5..7]) as u8, digits(&bytes[8..]) as u8)
            .ok_or_else(error)
    }

    /// Days since 1970-01-01; negative before.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day `days` before this one, or the calendar's first when it would lie before that.
    #[must_use]
    pub fn minus(self, days: u32) -> Day {
        let number = i64::from(self.0) - i64::from(days);
        Day(number.max(i64::from(Day::MIN.0)) as i32)
    }
}

impl From<Day> for i32 {
    fn from(day: Day) -> i32 {
        day.0
    }
}

impl TryFrom<i32> for Day {
    type Error = DayError;

    fn try_from(number: i32) -> Result<Day, DayError> {
        Day::from_number(number).ok_or_else(|| DayError { text: number.to_string() })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

/// A day and, where one is known, the minute of it, on the venue's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// The date.
    pub day: Day,
    /// Minutes since the clock showed midnight, 0 to 1439; `None` when only the date is known.
    pub minute: Option<u16>,
}

impl fmt::Display for LocalTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.day)?;
        match self.minute {
            Some(minute) => write!(out, "T{:02}:{:02}", minute / 60, minute % 60),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_day_of_the_calendar_are_its_limits() {
        assert_eq!(Day::from_ymd(0, 1, 1), Some(Day::MIN));
        assert_eq!(Day::from_ymd(9999, 12, 31), Some(Day::MAX));
        assert_eq!(Day::parse("1970-01-01").unwrap().number(), 0);
        assert_eq!(Day::MIN.minus(1), Day::MIN);
    }

    #[test]
    fn a_day_reads_back_as_it_was_written() {
        for number in (Day::MIN.number()..=Day::MAX.number()).step_by(997) {
            let day = Day::from_number(number).unwrap();
            assert_eq!(Day::parse(&day.to_string()), Ok(day));
        }
    }

    #[test]
    fn only_dates_that_exist_are_read() {
        for text in
            ["2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026/01/01", "+026-01-01", ""]
        {
            assert!(Day::parse(text).is_err(), "{text}");
        }
        assert!(Day::parse("2024-02-29").is_ok());
    }
}
