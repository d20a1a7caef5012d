//! Where the endpoint is, what lets the page in, and calling it.

use leptos::prelude::*;

use super::address::{AddressProblem, endpoint_address, origin_of, with_scheme};
use super::now;
use super::trouble::{Trouble, body_of, healthy};
use crate::web::platform;
use crate::web::protocol::http::HttpCall;
use crate::wire::Flag;

/// Under which key this browser keeps the address; the page's start reads it there.
const ADDRESS: &str = "publik.sync.address";
/// Under which key it keeps the token, where that is wished: the origin it is for, a line break,
/// the token.
const TOKEN: &str = "publik.sync.token";

/// What lets the page in, at one origin only.
#[derive(Clone, PartialEq, Eq)]
struct Token {
    origin: String,
    secret: String,
}

/// What came of trying the endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trial {
    /// Not tried.
    None,
    /// Under way.
    Trying,
    /// It lets the page in.
    Good(Rights),
    /// It does not.
    Bad(Trouble),
}

/// What the token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights {
    /// Flags.
    pub flags: bool,
    /// Campaign mail.
    pub campaigns: bool,
    /// Audiences.
    pub audiences: bool,
}

/// A handle on the endpoint.
#[derive(Clone, Copy)]
pub struct Endpoint {
    chosen: RwSignal<Option<String>>,
    default: RwSignal<Option<String>>,
    token: RwSignal<Option<Token>>,
    is_remembered: RwSignal<bool>,
    trial: RwSignal<Trial>,
    /// Flags that the endpoint has, as it last said.
    flags: RwSignal<Option<Vec<Flag>>>,
    /// How far its clock is ahead of this device's, by its last answer.
    ahead_ms: StoredValue<i64>,
}

impl Endpoint {
    /// What this browser keeps of it.
    pub fn load() -> Endpoint {
        let chosen = platform::stored(ADDRESS).and_then(|kept| checked(&kept).ok());
        let kept = platform::stored(TOKEN);
        let token = kept
            .as_deref()
            .and_then(|kept| kept.split_once('\n'))
            .map(|(origin, secret)| Token { origin: origin.to_owned(), secret: secret.to_owned() });
        Endpoint {
            chosen: RwSignal::new(chosen),
            default: RwSignal::new(None),
            is_remembered: RwSignal::new(token.is_some()),
            token: RwSignal::new(token),
            trial: RwSignal::new(Trial::None),
            flags: RwSignal::new(None),
            ahead_ms: StoredValue::new(0),
        }
    }

    /// What time it is there, in milliseconds since 1970, as far as is known.
    pub fn now(self) -> u64 {
        now().saturating_add_signed(self.ahead_ms.get_value())
    }

    /// The endpoint that the site names; what was chosen here goes before it.
    pub fn set_default(self, address: Option<&str>) {
        self.default.set(address.and_then(|address| checked(address).ok()));
    }

    /// Its address without a slash at the end, if there is one.
    pub fn address(self) -> Option<String> {
        self.chosen.get().or_else(|| self.default.get())
    }

    /// The address if there is a token for it as well: then it can be called.
    pub fn ready(self) -> Option<String> {
        let address = self.address()?;
        let is_for = |token: &Token| token.origin == origin_of(&address);
        self.token.with(|token| token.as_ref().is_some_and(is_for)).then_some(address)
    }

    /// Whether the token is kept for the next visit.
    pub fn is_remembered(self) -> bool {
        self.is_remembered.get()
    }

    /// What came of trying it.
    pub fn trial(self) -> Trial {
        self.trial.get()
    }

    /// The flags that it has; `None` before it was asked.
    pub fn flags(self) -> Option<Vec<Flag>> {
        self.flags.get()
    }

    /// Sets another address; nothing typed is the site's own. A token stays only if it is for that
    /// origin. The page is loaded anew where its rules have to change.
    ///
    /// # Errors
    /// What is no address of an endpoint.
    pub fn set_address(self, typed: &str) -> Result<(), AddressProblem> {
        if typed.trim().is_empty() {
            platform::remove(ADDRESS);
            self.chosen.set(None);
        } else {
            let address = checked(typed)?;
            // Not kept is no harm: it is asked again next time.
            platform::store(ADDRESS, &address).ok();
            self.chosen.set(Some(address));
        }
        let address = untrack(|| self.address());
        let is_for = |token: &Token| address.as_deref().map(origin_of) == Some(&token.origin);
        if !self.token.with_untracked(|token| token.as_ref().is_none_or(is_for)) {
            self.forget_token();
        }
        self.trial.set(Trial::None);
        self.flags.set(None);
        if address.is_some_and(|address| platform::is_closed_to(origin_of(&address))) {
            platform::reload();
        }
        Ok(())
    }

    /// Takes a token for the address that is set, and tries it.
    pub fn set_token(self, secret: &str, is_remembered: bool) {
        let Some(address) = untrack(|| self.address()) else { return };
        let origin = origin_of(&address).to_owned();
        platform::remove(TOKEN);
        if is_remembered {
            // Not kept is no harm: it is asked again next time.
            platform::store(TOKEN, &format!("{origin}\n{secret}")).ok();
        }
        self.is_remembered.set(is_remembered);
        self.token.set(Some(Token { origin, secret: secret.to_owned() }));
        self.try_it();
    }

    /// Forgets the token, here and on this device.
    pub fn forget_token(self) {
        platform::remove(TOKEN);
        self.is_remembered.set(false);
        self.token.set(None);
        self.trial.set(Trial::None);
        self.flags.set(None);
    }

    /// Asks what answers at the address, and what the token may do there.
    pub fn try_it(self) {
        self.trial.set(Trial::Trying);
        platform::spawn_local(async move {
            let tried = self.tried().await;
            self.trial.set(match tried {
                Ok(rights) => Trial::Good(rights),
                Err(trouble) => Trial::Bad(trouble),
            });
        });
    }

    async fn tried(self) -> Result<Rights, Trouble> {
        // Without the token first: whatever else answers there shall not see it.
        let Some(address) = untrack(|| self.address()) else { return Err(Trouble::NotAnEndpoint) };
        let call = HttpCall { address: format!("{address}/v1/health"), ..HttpCall::default() };
        healthy(platform::http(&call).await)?;
        Ok(Rights {
            flags: may(self.ask_flags().await)?,
            campaigns: may(self.call("/v1/layouts", None).await)?,
            audiences: may(self.call("/v1/connectors", None).await)?,
        })
    }

    /// Asks which flags it has.
    ///
    /// # Errors
    /// As [`Endpoint::call`].
    pub async fn ask_flags(self) -> Result<(), Trouble> {
        let body = self.call("/v1/flags", None).await?;
        let flags = serde_json::from_str(&body).map_err(|_| Trouble::NotAnEndpoint)?;
        self.flags.set(Some(flags));
        Ok(())
    }

    /// Calls it, with a key and a body as a `POST`, and gives the answer's body.
    ///
    /// # Errors
    /// Whatever stood in the way; without address or token nobody is called.
    pub async fn call(self, path: &str, post: Option<(String, String)>) -> Result<String, Trouble> {
        let Some(address) = untrack(|| self.ready()) else { return Err(Trouble::WrongToken) };
        let token =
            self.token.with_untracked(|token| token.as_ref().map(|token| token.secret.clone()));
        let (key, body) = post.unzip();
        let call = HttpCall { address: format!("{address}{path}"), token, key, body };
        let answered = platform::http(&call).await;
        if let Ok(Some(there)) = answered.as_ref().map(|answer| answer.date_ms) {
            self.ahead_ms.try_set_value(there.cast_signed() - now().cast_signed());
        }
        body_of(answered)
    }
}

fn checked(typed: &str) -> Result<String, AddressProblem> {
    let whole = platform::whole_address(&with_scheme(typed));
    endpoint_address(&whole.ok_or(AddressProblem::NotOne)?)
}

/// A right that is missing is no trouble where it is only asked about.
fn may(answered: Result<impl Sized, Trouble>) -> Result<bool, Trouble> {
    match answered {
        Ok(_) => Ok(true),
        Err(Trouble::NoRight) => Ok(false),
        Err(trouble) => Err(trouble),
    }
}
