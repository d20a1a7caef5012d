//! How fast mails go out, and how long a refused one waits.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota};

/// Refusals for now after which a mail has failed.
pub const MOST_ATTEMPTS: u32 = 10;

/// A limiter that gives each connection its turn, evenly over the minute.
pub fn limiter(per_minute: u32) -> DefaultDirectRateLimiter {
    let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
    // A second's worth may go at once, so that a small pause is made up for.
    let burst = NonZeroU32::new(per_minute.get().div_ceil(60)).unwrap_or(NonZeroU32::MIN);
    DefaultDirectRateLimiter::direct(Quota::per_minute(per_minute).allow_burst(burst))
}

/// How long a mail waits that was refused for now, `attempts` times before this: it doubles, from
/// `first` to four hours.
pub fn wait_of_mail(first: Duration, attempts: u32) -> Duration {
    let doubled = first.saturating_mul(2_u32.saturating_pow(attempts.min(20)));
    doubled.min(Duration::from_hours(4))
}

/// How long a connection waits when the mail server cannot be reached: it doubles, from a twelfth
/// of `first` to five minutes.
pub fn wait_of_server(first: Duration, failures: u32) -> Duration {
    let doubled = (first / 12).saturating_mul(2_u32.saturating_pow(failures.min(20)));
    doubled.min(Duration::from_mins(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_their_limit() {
        let minute = Duration::from_mins(1);
        let waits: Vec<u64> =
            (0..10).map(|attempts| wait_of_mail(minute, attempts).as_secs() / 60).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]);
        assert_eq!(wait_of_server(minute, 0), Duration::from_secs(5));
        assert_eq!(wait_of_server(minute, 40), Duration::from_mins(5));
    }
}
