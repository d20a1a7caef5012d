//! Moments as the store keeps them: milliseconds since 1970, UTC.

use jiff::Timestamp;

/// Milliseconds of a minute.
pub const MINUTE: i64 = 60_000;
/// Milliseconds of a day.
pub const DAY: i64 = 24 * 60 * MINUTE;

/// Now.
pub fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

/// As RFC 3339 in UTC, whole seconds.
pub fn rfc3339(moment: i64) -> String {
    let moment = Timestamp::from_second(moment.div_euclid(1000)).unwrap_or(Timestamp::UNIX_EPOCH);
    moment.to_string()
}

/// A moment from RFC 3339 with an offset; `None` when the text is none.
pub fn parse(text: &str) -> Option<i64> {
    let moment: Timestamp = text.trim().parse().ok()?;
    Some(moment.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc_and_read_with_any_offset() {
        let moment = parse("2026-11-21T20:30:00.250+01:00").unwrap();
        assert_eq!(rfc3339(moment), "2026-11-21T19:30:00Z");
        for text in ["2026-11-21T20:30:00", "2026-11-21", "tomorrow", ""] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
