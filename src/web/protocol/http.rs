//! What a call over HTTP comes to, as the browser tells it.

/// A call to be made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HttpCall {
    /// Absolute.
    pub address: String,
    /// Goes along as `Authorization: Bearer …`.
    pub token: Option<String>,
    /// Goes along as `Idempotency-Key`.
    pub key: Option<String>,
    /// JSON; with one it is a `POST`.
    pub body: Option<String>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpAnswer {
    /// The HTTP status.
    pub status: u16,
    /// Seconds after which the same may be asked again, where the answer says.
    pub retry_after: Option<u32>,
    /// What time it is there, in milliseconds since 1970, where the answer says.
    pub date_ms: Option<u64>,
    /// The body as text.
    pub body: String,
}

/// Why nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotReached {
    /// Nobody answers at that address.
    Nobody,
    /// Somebody answers, and lets no page of this origin read it.
    NotForThisPage,
    /// It took too long.
    TooLate,
}
