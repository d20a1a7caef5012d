//! Something to be sent, and what becomes of it. Moments are milliseconds since 1970.
//!
//! An entry holds who is meant by customer id, never a name or an address. Its id is the key that
//! the endpoint knows it by, so that handing it over again does nothing twice.

use serde::{Deserialize, Serialize};

use super::trouble::Trouble;
use crate::wire::{
    AudienceCreated, AudienceRequest, CampaignAccepted, CampaignRequest, DEFAULT_DELAY_MINUTES,
    FlagOp, FlagRequest, FlagResult, Mode,
};

/// An entry that is older asks before it is sent.
const OLD_MS: u64 = 24 * 3_600_000;
/// The first wait after a call that came to nothing, and the longest.
const FIRST_WAIT_MS: u64 = 4_000;
pub(super) const LONGEST_WAIT_MS: u64 = 300_000;

/// Something to be sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// A UUID; the call's idempotency key.
    pub id: String,
    /// When *Send* was pressed.
    pub made_at: u64,
    /// The endpoint it was meant for, as `endpoint_address` gives it.
    pub endpoint: String,
    /// What was looked at when it was made.
    pub seen: Seen,
    /// What is to be done.
    pub wish: Wish,
    /// Who is meant, by id: at *Send*.
    pub customers: Vec<String>,
    /// How far it is.
    pub state: State,
    /// Calls so far that came to nothing.
    pub tries: u32,
    /// Not to be tried before.
    pub not_before: u64,
    /// Whether somebody said that it is to go although it is old, or its offer has ended.
    pub is_agreed: bool,
}

/// What was looked at when an entry was made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// The venue's name. Contacts of another venue are not asked.
    pub venue: String,
    /// Whether it is the made-up one.
    pub is_demo: bool,
    /// When the snapshot was built, RFC 3339.
    pub snapshot: String,
    /// The view's document.
    pub view: String,
    /// The view's name.
    pub name: String,
    /// The yardstick.
    pub as_of: String,
}

/// What is to be done with the customers. Requests stand here as they go out, but for those whom
/// they are about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Wish {
    /// Set a flag or take it away.
    Tag {
        /// Its id.
        flag: String,
        /// As people call it.
        name: String,
        /// Without customers.
        request: FlagRequest,
        /// The entry that this takes back.
        takes_back: Option<String>,
    },
    /// Send a special offer.
    Offer {
        /// As people call it.
        name: String,
        /// When it ends, if it does.
        ends_at: Option<u64>,
        /// Minutes between the hand-over and the first mail, in which it can be stopped.
        #[serde(default = "default_delay")]
        delay_minutes: u32,
        /// Without recipients.
        request: CampaignRequest,
    },
    /// Hand over an audience.
    Audience {
        /// The connector's id.
        connector: String,
        /// `meta`, `mailchimp` or `apsis`.
        kind: String,
        /// As people call connector and audience.
        name: String,
        /// Without recipients.
        request: AudienceRequest,
    },
}

/// What entries mean that were kept before there was a choice.
fn default_delay() -> u32 {
    DEFAULT_DELAY_MINUTES as u32
}

impl Wish {
    /// Whether names or addresses are needed to send it.
    pub fn needs_contacts(&self) -> bool {
        !matches!(self, Wish::Tag { .. })
    }

    /// The path of its call.
    pub fn path(&self) -> String {
        match self {
            Wish::Tag { flag, .. } => format!("/v1/flags/{}/assignments", in_path(flag)),
            Wish::Offer { .. } => "/v1/campaigns".to_owned(),
            Wish::Audience { connector, .. } => {
                format!("/v1/connectors/{}/audiences", in_path(connector))
            }
        }
    }

    /// What must stay in order among each other.
    pub(super) fn lane(&self) -> (u8, &str, &str) {
        match self {
            Wish::Tag { flag, .. } => (0, flag, ""),
            Wish::Offer { request, .. } => (1, &request.offer, ""),
            Wish::Audience { connector, request, .. } => (2, connector, &request.audience),
        }
    }
}

/// An id as a step of a path.
pub fn in_path(id: &str) -> String {
    let mut path = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push('%');
            for digit in [byte >> 4, byte & 15] {
                path.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
    path
}

/// How far an entry is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum State {
    /// It waits for its turn; why the last call came to nothing, if there was one.
    Waiting {
        /// The last reason.
        trouble: Option<Trouble>,
    },
    /// A call is on its way.
    Sending {
        /// Since when.
        since: u64,
    },
    /// It was taken.
    Done {
        /// When.
        at: u64,
        /// What was answered.
        outcome: Outcome,
    },
    /// It was refused.
    Failed {
        /// Why.
        trouble: Trouble,
    },
    /// Names and addresses are locked.
    NeedsPassphrase,
    /// Nobody is left whom it could go to.
    NobodyLeft,
    /// Somebody has to say whether it is still to go.
    Asks {
        /// What about it.
        about: Doubt,
    },
    /// It was taken out before it was sent.
    Cancelled,
}

/// Why an entry asks before it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// It is more than a day old.
    Old,
    /// Its offer has ended.
    OfferEnded,
}

/// What the endpoint answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Outcome {
    /// A flag was set or taken away.
    Tagged {
        /// Whose changed; an undo is about exactly these.
        changed: Vec<String>,
        /// Whether it was taken back.
        is_undone: bool,
    },
    /// Mails are queued.
    Queued {
        /// The campaign's id.
        campaign: String,
        /// How many mails.
        accepted: u64,
        /// How many customers get none.
        skipped: u64,
        /// When they leave.
        sends_at: String,
        /// Whether it was stopped.
        is_stopped: bool,
    },
    /// An audience is being handed over.
    HandedOver {
        /// Its id.
        audience: String,
    },
}

impl Entry {
    /// Whether nothing more happens with it by itself or by anybody.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Done { .. } | State::Cancelled | State::NobodyLeft)
    }

    /// Whether it waits for its turn, or is under way.
    pub fn is_moving(&self) -> bool {
        matches!(self.state, State::Waiting { .. } | State::Sending { .. })
    }

    /// Under which key it is kept, so that keys in order are entries in order.
    pub fn key(&self) -> String {
        format!("{:015}-{}", self.made_at, self.id)
    }

    /// Takes note that a call is on its way.
    pub fn begin(&mut self, now: u64) {
        self.state = State::Sending { since: now };
    }

    /// Takes note of what came of a call.
    pub fn end(&mut self, now: u64, answered: Result<String, Trouble>) {
        match answered.and_then(|body| outcome(&self.wish, &body)) {
            Ok(outcome) => self.state = State::Done { at: now, outcome },
            Err(trouble) if trouble.may_pass() => {
                self.tries += 1;
                let wait = match trouble {
                    Trouble::Busy { retry_after: Some(seconds) } => u64::from(seconds) * 1000,
                    _ => wait_after(self.tries),
                };
                self.not_before = now + wait;
                self.state = State::Waiting { trouble: Some(trouble) };
            }
            Err(trouble) => self.state = State::Failed { trouble },
        }
    }

    /// Somebody wants it sent now, whatever stood in the way.
    pub fn try_again(&mut self) {
        if self.is_over() {
            return;
        }
        self.is_agreed |= matches!(self.state, State::Asks { .. });
        self.not_before = 0;
        self.state = State::Waiting { trouble: None };
    }

    /// Somebody does not want it sent; false where it is too late.
    pub fn cancel(&mut self) -> bool {
        let is_in_time = !self.is_over() && !matches!(self.state, State::Sending { .. });
        if is_in_time {
            self.state = State::Cancelled;
        }
        is_in_time
    }

    pub(super) fn doubt(&self, now: u64) -> Option<Doubt> {
        if self.is_agreed {
            return None;
        }
        match self.wish {
            Wish::Offer { ends_at: Some(ends_at), .. } if ends_at <= now => Some(Doubt::OfferEnded),
            _ if now.saturating_sub(self.made_at) > OLD_MS => Some(Doubt::Old),
            _ => None,
        }
    }
}

/// How long to wait after so many calls that came to nothing: twice as long each time.
fn wait_after(tries: u32) -> u64 {
    let doublings = tries.saturating_sub(1).min(16);
    (FIRST_WAIT_MS << doublings).min(LONGEST_WAIT_MS)
}

fn outcome(wish: &Wish, body: &str) -> Result<Outcome, Trouble> {
    let strange = |_: serde_json::Error| Trouble::NotAnEndpoint;
    Ok(match wish {
        Wish::Tag { .. } => {
            let result: FlagResult = serde_json::from_str(body).map_err(strange)?;
            Outcome::Tagged { changed: result.changed_customers, is_undone: false }
        }
        Wish::Offer { .. } => {
            let accepted: CampaignAccepted = serde_json::from_str(body).map_err(strange)?;
            Outcome::Queued {
                campaign: accepted.id,
                accepted: accepted.accepted,
                skipped: accepted.skipped.len() as u64,
                sends_at: accepted.sends_at,
                is_stopped: false,
            }
        }
        Wish::Audience { .. } => {
            let created: AudienceCreated = serde_json::from_str(body).map_err(strange)?;
            Outcome::HandedOver { audience: created.id }
        }
    })
}

/// The wish that takes a tagging back, and for whom; `None` where there is nothing to take back.
pub fn opposite(entry: &Entry) -> Option<(Wish, Vec<String>)> {
    let Wish::Tag { flag, name, request, .. } = &entry.wish else { return None };
    let State::Done { outcome: Outcome::Tagged { changed, is_undone: false }, .. } = &entry.state
    else {
        return None;
    };
    if changed.is_empty() {
        return None;
    }
    let op = match request.op {
        FlagOp::Add => FlagOp::Remove,
        FlagOp::Remove => FlagOp::Add,
    };
    let request = FlagRequest { op, customers: Vec::new(), view: request.view.clone() };
    let takes_back = Some(entry.id.clone());
    let wish = Wish::Tag { flag: flag.clone(), name: name.clone(), request, takes_back };
    Some((wish, changed.clone()))
}

/// What a view is for, as the endpoint has it.
pub fn mode_of(mode: &crate::view::Mode) -> Mode {
    match mode {
        crate::view::Mode::All => Mode::All,
        crate::view::Mode::Event(id) => Mode::Event { id: id.clone() },
        crate::view::Mode::Production(id) => Mode::Production { id: id.clone() },
    }
}
