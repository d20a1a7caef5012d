//! The snapshot's time as a workbook has it.

use rust_xlsxwriter::{ExcelDateTime, XlsxError};

use crate::model::Day;

/// A moment of RFC 3339 in UTC, to the second. A moment that no workbook can have is an error.
pub(super) fn excel_time(moment: &str) -> Result<ExcelDateTime, XlsxError> {
    match utc_seconds(moment) {
        Some(seconds) => ExcelDateTime::from_timestamp(seconds),
        None => Err(XlsxError::DateTimeParseError(format!("no moment of RFC 3339: {moment:?}"))),
    }
}

/// Seconds since 1970-01-01T00:00:00Z.
fn utc_seconds(moment: &str) -> Option<i64> {
    let number = |from: usize, to: usize| moment.get(from..to)?.parse::<i64>().ok();
    let day = i64::from(Day::parse(moment.get(..10)?).ok()?.number());
    let local = day * 86_400 + number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)?;
    if moment.ends_with(['Z', 'z']) {
        return Some(local);
    }
    let offset = moment.get(moment.len().checked_sub(6)?..)?;
    let (hours, minutes) =
        (offset.get(1..3)?.parse::<i64>().ok()?, offset.get(4..6)?.parse::<i64>().ok()?);
    let east = hours * 3600 + minutes * 60;
    match offset.as_bytes()[0] {
        b'+' => Some(local - east),
        b'-' => Some(local + east),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_utc() {
        for (moment, seconds) in [
            ("1970-01-02T00:00:00Z", Some(86_400)),
            ("2026-11-21T07:10:00.25+01:00", Some(1_795_241_400)),
            ("2026-11-21T01:40:00-04:30", Some(1_795_241_400)),
            ("2026-11-21", None),
            ("yesterday", None),
        ] {
            assert_eq!(utc_seconds(moment), seconds, "{moment}");
        }
    }
}
