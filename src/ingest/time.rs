//! Times of an export on the venue's clock.
//!
//! A time with an offset is a moment, and the venue's time zone says which day and minute its
//! clock showed. A time without one is what the clock showed, taken as written: an hour that a
//! change of clocks skipped or repeated keeps its date and its digits, so no rule for such gaps
//! is needed. `2026-12-31T23:59:60` is a leap second and counts as the second before it.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use crate::model::{Day, LocalTime};

/// Reads a time; `None` when the cell is none.
///
/// `YYYY-MM-DD`, then perhaps `T`, `t` or a space and `HH:MM`, then perhaps `:SS` and a fraction
/// behind `.` or `,`, then perhaps `Z`, `z` or `+HH:MM`, `-HH:MM`.
pub(super) fn local_time(cell: &str, zone: &TimeZone) -> Option<LocalTime> {
    let mut text = Text(cell.trim().as_bytes());
    let year = text.number(4)?;
    text.skip(b"-")?;
    let month = text.number(2)?;
    text.skip(b"-")?;
    let day_of_month = text.number(2)?;
    let day = Day::from_ymd(i32::from(year), month as u8, day_of_month as u8)?;
    if text.0.is_empty() {
        return Some(LocalTime { day, minute: None });
    }
    text.skip(b"Tt ")?;
    let hour = text.number(2).filter(|hour| *hour <= 23)?;
    text.skip(b":")?;
    let minute = text.number(2).filter(|minute| *minute <= 59)?;
    let mut second = 0;
    if text.skip(b":").is_some() {
        second = text.number(2).filter(|second| *second <= 60)?.min(59);
        if text.skip(b".,").is_some() {
            text.digits()?;
        }
    }
    if text.0.is_empty() {
        return Some(LocalTime { day, minute: Some(hour * 60 + minute) });
    }
    let offset = text.offset()?;
    let written = DateTime::new(
        year as i16,
        month as i8,
        day_of_month as i8,
        hour as i8,
        minute as i8,
        second as i8,
        0,
    )
    .ok()?;
    let shown = zone.to_datetime(offset.to_timestamp(written).ok()?);
    let day = Day::from_ymd(i32::from(shown.year()), shown.month() as u8, shown.day() as u8)?;
    Some(LocalTime { day, minute: Some(shown.hour() as u16 * 60 + shown.minute() as u16) })
}

/// What is left of a cell.
struct Text<'a>(&'a [u8]);

impl Text<'_> {
    /// Exactly so many digits.
    fn number(&mut self, digits: usize) -> Option<u16> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        if !number.iter().all(u8::is_ascii_digit) {
            return None;
        }
        self.0 = rest;
        Some(number.iter().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0')))
    }

    /// One of these characters.
    fn skip(&mut self, allowed: &[u8]) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        allowed.contains(first).then(|| self.0 = rest)
    }

    /// At least one digit, and all that follow it.
    fn digits(&mut self) -> Option<()> {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.0 = &self.0[count..];
        (count > 0).then_some(())
    }

    /// `Z` or hours and minutes, to the end.
    fn offset(&mut self) -> Option<Offset> {
        if self.skip(b"Zz").is_some() {
            return self.0.is_empty().then_some(Offset::UTC);
        }
        let is_west = self.0.first() == Some(&b'-');
        self.skip(b"+-")?;
        let hours = self.number(2).filter(|hours| *hours <= 23)?;
        self.skip(b":")?;
        let minutes = self.number(2).filter(|minutes| *minutes <= 59)?;
        let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60;
        let offset = Offset::from_seconds(if is_west { -seconds } else { seconds }).ok()?;
        self.0.is_empty().then_some(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cell: &str, zone: &str) -> Option<String> {
        let zone = TimeZone::get(zone).unwrap();
        local_time(cell, &zone).map(|time| time.to_string())
    }

    fn in_stockholm(cell: &str) -> Option<String> {
        shown(cell, "Europe/Stockholm")
    }

    #[test]
    fn a_moment_has_the_date_that_the_venue_s_clock_shows() {
        for (cell, time) in [
            ("2026-11-21T19:30:00+01:00", "2026-11-21T19:30"),
            ("2026-11-21T23:30:00Z", "2026-11-22T00:30"),
            ("2026-11-21t23:30:00.999z", "2026-11-22T00:30"),
            ("2026-07-01T22:30:00-00:00", "2026-07-02T00:30"),
            ("2026-07-06 07:00:00+09:30", "2026-07-05T23:30"),
            ("2026-12-31T23:59:60Z", "2027-01-01T00:59"),
            ("2026-11-21T19:30Z", "2026-11-21T20:30"),
        ] {
            assert_eq!(in_stockholm(cell).as_deref(), Some(time), "{cell}");
        }
    }

    #[test]
    fn moments_around_a_change_of_clocks_fall_on_the_right_side_of_midnight() {
        assert_eq!(in_stockholm("2026-03-28T23:30:00Z").unwrap(), "2026-03-29T00:30");
        assert_eq!(in_stockholm("2026-03-29T22:30:00Z").unwrap(), "2026-03-30T00:30");
        assert_eq!(in_stockholm("2026-10-24T22:30:00Z").unwrap(), "2026-10-25T00:30");
        assert_eq!(in_stockholm("2026-10-25T22:30:00Z").unwrap(), "2026-10-25T23:30");
        assert_eq!(
            shown("2019-03-10T08:00:00Z", "America/Los_Angeles").unwrap(),
            "2019-03-10T00:00"
        );
        assert_eq!(
            shown("2019-03-11T06:59:00Z", "America/Los_Angeles").unwrap(),
            "2019-03-10T23:59"
        );
    }

    #[test]
    fn a_local_time_is_taken_as_written_even_where_clocks_skip_it() {
        for (cell, time) in [
            ("2026-11-21T19:30", "2026-11-21T19:30"),
            ("2026-11-21 19:30:15,5", "2026-11-21T19:30"),
            ("  2026-03-29T02:30  ", "2026-03-29T02:30"),
            ("2026-10-25T02:30", "2026-10-25T02:30"),
            ("2026-11-21", "2026-11-21"),
        ] {
            assert_eq!(in_stockholm(cell).as_deref(), Some(time), "{cell}");
        }
        assert_eq!(shown("2011-12-30T12:00", "Pacific/Apia").unwrap(), "2011-12-30T12:00");
    }

    #[test]
    fn other_spellings_are_no_times() {
        for cell in [
            "",
            "21.11.2026",
            "2026-11-21T",
            "2026-11-21T19",
            "2026-11-21T1930",
            "20261121T193000",
            "2026-11-21T24:00",
            "2026-11-21T19:60",
            "2026-11-21T19:30:61",
            "2026-11-21T19:30.5",
            "2026-11-21T19:30:00.",
            "2026-11-21T19:30+0100",
            "2026-11-21T19:30+01",
            "2026-11-21T19:30+24:00",
            "2026-11-21T19:30 +01:00",
            "2026-11-21T19:30+01:00[Europe/Stockholm]",
            "2026-11-21  19:30",
            "2026-02-29",
            "+2026-11-21",
            "2026-11-21Z",
            "٢026-11-21",
            "0000-01-01T00:00+14:00",
            "9999-12-31T23:59-12:00",
        ] {
            assert_eq!(in_stockholm(cell), None, "{cell}");
        }
    }
}
