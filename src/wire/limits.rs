//! Numbers that both sides keep to.

/// The most bytes of a body, unpacked.
pub const MAX_BODY_BYTES: usize = 64 * 1024 * 1024;

/// The most customers or recipients of one call.
pub const MAX_CUSTOMERS: usize = 250_000;

/// The most entries of one answer of a feed.
pub const MAX_CHANGES: usize = 10_000;

/// When a campaign leaves that names no time, in minutes from now.
pub const DEFAULT_DELAY_MINUTES: i64 = 2;

/// How far ahead a campaign may be set to leave, in minutes.
pub const MAX_AHEAD_MINUTES: i64 = 15;

/// The most recipients of a test.
pub const MAX_TEST_RECIPIENTS: usize = 5;
