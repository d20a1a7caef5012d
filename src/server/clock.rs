//! Moments as the store keeps them: milliseconds since 1970, UTC.

use jiff::Timestamp;

/// Milliseconds of a day.
pub const DAY: i64 = 24 * 3_600_000;

/// Now.
pub fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

/// As RFC 3339 in UTC, whole seconds.
pub fn rfc3339(moment: i64) -> String {
    let moment = Timestamp::from_second(moment.div_euclid(1000)).unwrap_or(Timestamp::UNIX_EPOCH);
    moment.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc() {
        assert_eq!(rfc3339(1_795_289_400_250), "2026-11-21T19:30:00Z");
    }
}
