//! Who calls: bearer tokens, and patience with those who guess.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

use super::refusal::Refusal;
use crate::server::Endpoint;
use crate::server::store::{Right, Token, authenticate};

/// Wrong tokens that an address may try in one go, and in each minute after that.
const WRONG_TOKENS: NonZeroU32 = NonZeroU32::new(10).expect("10 is not 0");

/// The address at the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// The token that a call came with.
#[derive(Debug, Clone)]
pub struct Caller(pub Token);

impl Caller {
    /// Who called, when they may do this.
    ///
    /// # Errors
    /// 403 without the right; 401 when nobody looked at the token.
    pub fn of(request: &Request, right: Right) -> Result<Caller, Refusal> {
        let caller = Caller::any(request)?;
        if caller.0.rights.holds(right) { Ok(caller) } else { Err(Refusal::missing_right(right)) }
    }

    /// Who called, whatever they may do.
    ///
    /// # Errors
    /// 401 when nobody looked at the token.
    pub fn any(request: &Request) -> Result<Caller, Refusal> {
        let caller = request.extensions().get::<Caller>().cloned();
        caller.ok_or_else(|| Refusal::unauthorized("send Authorization: Bearer TOKEN"))
    }
}

/// Counts wrong tokens by address. A good one always passes: behind a proxy everybody has the
/// same address, and 256 bits are not guessed.
#[derive(Debug)]
pub struct WrongTokens {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for WrongTokens {
    fn default() -> WrongTokens {
        let limiter = DefaultKeyedRateLimiter::keyed(Quota::per_minute(WRONG_TOKENS));
        WrongTokens { limiter }
    }
}

impl WrongTokens {
    /// Counts one, and says what to answer.
    fn refusal(&self, address: Option<IpAddr>) -> Refusal {
        let address = address.unwrap_or(IpAddr::from([0, 0, 0, 0]));
        match self.limiter.check_key(&address) {
            Ok(()) => Refusal::unauthorized("this token is unknown or was revoked"),
            Err(until) => {
                let seconds = until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
                Refusal::too_many("too many wrong tokens from this address", seconds)
            }
        }
    }

    /// Forgets addresses that have been quiet.
    pub fn forget_old(&self) {
        self.limiter.retain_recent();
    }
}

/// Lets a call to `/v1/` or `/metrics` through when its token is good, and says whose it is.
///
/// # Errors
/// 401 and 429.
pub async fn check(
    State(endpoint): State<Arc<Endpoint>>,
    mut request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let path = request.uri().path();
    if !(path == "/v1" || path.starts_with("/v1/") || path == "/metrics") || path == "/v1/health" {
        return Ok(next.run(request).await);
    }
    let header = request.headers().get(header::AUTHORIZATION);
    let secret = header
        .and_then(|header| header.to_str().ok())
        .and_then(|header| header.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, secret)| secret.trim().to_owned());
    let Some(secret) = secret else {
        return Err(Refusal::unauthorized("send Authorization: Bearer TOKEN"));
    };
    let found = endpoint.store.read(move |store| authenticate(store, &secret)).await?;
    let Some(token) = found else {
        let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
        endpoint.metrics.wrong_tokens.inc();
        return Err(endpoint.wrong_tokens.refusal(peer));
    };
    request.extensions_mut().insert(Caller(token));
    Ok(next.run(request).await)
}
