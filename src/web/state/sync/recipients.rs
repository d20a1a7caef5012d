//! What goes out of an entry: with names and addresses where it needs them, which are asked for at
//! that moment and kept nowhere.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use leptos::prelude::untrack;
use serde::Serialize;

use super::Endpoint;
use super::entry::{Entry, Wish};
use super::fetched::suppressions;
use super::trouble::Trouble;
use crate::export::{Format, RecipientKind};
use crate::web::platform::{self, Attachments};
use crate::web::protocol::lists::{ListsAnswer, ListsAsk, PreflightAsk, RecipientsAsk, Who};
use crate::web::state::{ContactsState, Customers, Lists, PreflightHeard};
use crate::wire::{
    AudienceOperation, CampaignRequest, DEFAULT_DELAY_MINUTES, FlagRequest, MAX_CUSTOMERS,
};

/// Why there is nothing to send.
pub enum NoRecipients {
    /// Names and addresses are sealed.
    Locked,
    /// Nobody is left who may be written to.
    Nobody,
    /// They could not be had.
    Trouble(Trouble),
}

/// A handle on whoever has names and addresses.
#[derive(Clone, Copy)]
pub struct Recipients {
    lists: Lists,
    customers: Customers,
    endpoint: Endpoint,
}

impl Recipients {
    /// Asks `lists`, for the view of `customers`.
    pub fn new(lists: Lists, customers: Customers, endpoint: Endpoint) -> Recipients {
        Recipients { lists, customers, endpoint }
    }

    /// Whether names and addresses are there.
    pub fn are_there(self) -> bool {
        self.lists.contacts() == ContactsState::There
    }

    /// Loads names and addresses where that needs no question: they are kept readable, or have the
    /// passphrase that was given.
    pub async fn load(self) {
        if !self.lists.may_open_by_itself() {
            return;
        }
        let who = Who::Customers(Vec::new());
        let ask = PreflightAsk {
            format: Format::ListCsv,
            is_ungated: false,
            has_suppressions: false,
            who,
        };
        // Whether it was of use is seen by whether they are there.
        if let Ok((plan, _)) = self.planned(ask, &[]).await {
            self.lists.give_up(plan);
        }
    }

    /// The body of an entry's call.
    ///
    /// # Errors
    /// Why there is nobody to send it to, now or at all.
    pub async fn body_of(self, entry: &Entry) -> Result<String, NoRecipients> {
        match &entry.wish {
            Wish::Tag { request, .. } => {
                let request = FlagRequest { customers: entry.customers.clone(), ..request.clone() };
                Ok(json(&request))
            }
            Wish::Offer { request, delay_minutes, .. } => {
                let is_ungated = request.ungated_reason.is_some();
                let people = (Format::ApsisCsv, RecipientKind::Mail, is_ungated);
                let people = self.people(entry, people).await?;
                // From now on, however long it waited here, so that there is time to stop it; by the
                // endpoint's clock, which answered about its suppressions a moment ago.
                let leaves = self.endpoint.now() + u64::from(*delay_minutes) * 60_000;
                let is_chosen = i64::from(*delay_minutes) != DEFAULT_DELAY_MINUTES;
                let send_after = is_chosen.then(|| platform::rfc3339(leaves as f64));
                let request = CampaignRequest { send_after, ..request.clone() };
                Ok(with_people(&json(&request), &people))
            }
            Wish::Audience { kind, request, .. } => {
                // Whoever leaves may have withdrawn.
                let leaves = request.operation == AudienceOperation::Remove;
                let is_ungated = leaves || request.ungated_reason.is_some();
                let people = match kind.as_str() {
                    "meta" => (Format::MetaCsv, RecipientKind::Meta, is_ungated),
                    "mailchimp" => (Format::MailchimpCsv, RecipientKind::Plain, is_ungated),
                    _ => (Format::ApsisCsv, RecipientKind::Plain, is_ungated),
                };
                Ok(with_people(&json(request), &self.people(entry, people).await?))
            }
        }
    }

    /// Those of an entry's customers who may be written to, as a JSON list.
    async fn people(
        self,
        entry: &Entry,
        (format, kind, is_ungated): (Format, RecipientKind, bool),
    ) -> Result<String, NoRecipients> {
        // Out of reach, those known to be suppressed are left out; the endpoint knows the others.
        let suppressed = match &entry.wish {
            Wish::Audience { request, .. } if request.operation == AudienceOperation::Remove => {
                String::new()
            }
            _ => suppressions(self.endpoint).await.0,
        };
        let who = Who::Customers(entry.customers.clone());
        let ask = PreflightAsk { format, is_ungated, has_suppressions: true, who };
        let (plan, count) = self.planned(ask, suppressed.as_bytes()).await?;
        if count == 0 {
            self.lists.give_up(plan);
            return Err(NoRecipients::Nobody);
        }
        let ask = RecipientsAsk { plan, kind, from: 0, count: MAX_CUSTOMERS as u32 };
        let (told, heard) = heard();
        self.lists.ask(ListsAsk::Recipients(ask), &Attachments::none(), move |answer, beside| {
            told.tell(match answer {
                ListsAnswer::Recipients(_) => beside.bytes(0),
                _ => None,
            });
        });
        let people = heard.await.and_then(|bytes| String::from_utf8(bytes).ok());
        self.lists.give_up(plan);
        people.ok_or(NoRecipients::Trouble(Trouble::NoContacts))
    }

    /// A plan of who goes out, and how many.
    async fn planned(
        self,
        ask: PreflightAsk,
        suppressed: &[u8],
    ) -> Result<(u32, u32), NoRecipients> {
        let view = untrack(|| self.customers.view_ask());
        let (told, heard) = heard();
        let plan = self.lists.preflight(view, ask, Some(suppressed), move |said| {
            told.tell(match said {
                PreflightHeard::Said(ListsAnswer::Progress(_)) => return,
                PreflightHeard::Said(ListsAnswer::Preflight(said)) => Ok(said.rows_out),
                PreflightHeard::NoContacts(ContactsState::Sealed { .. }) => {
                    Err(NoRecipients::Locked)
                }
                _ => Err(NoRecipients::Trouble(Trouble::NoContacts)),
            });
        });
        Ok((plan, heard.await?))
    }
}

fn json(request: &impl Serialize) -> String {
    serde_json::to_string(request).expect("texts, numbers and lists of them always become JSON")
}

/// A request with its people. Inside a text quotes are escaped, so that this place is the only one.
fn with_people(request: &str, people: &str) -> String {
    request.replacen(r#""recipients":[]"#, &format!(r#""recipients":{people}"#), 1)
}

/// Hears one thing that is told by a callback.
struct Heard<T>(Rc<RefCell<Slot<T>>>);

/// Tells it.
struct Told<T>(Rc<RefCell<Slot<T>>>);

struct Slot<T> {
    said: Option<T>,
    waker: Option<Waker>,
}

fn heard<T>() -> (Told<T>, Heard<T>) {
    let slot = Rc::new(RefCell::new(Slot { said: None, waker: None }));
    (Told(Rc::clone(&slot)), Heard(slot))
}

impl<T> Told<T> {
    fn tell(&self, said: T) {
        let mut slot = self.0.borrow_mut();
        slot.said = Some(said);
        if let Some(waker) = slot.waker.take() {
            waker.wake();
        }
    }
}

impl<T> Future for Heard<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut slot = self.0.borrow_mut();
        if let Some(said) = slot.said.take() {
            return Poll::Ready(said);
        }
        slot.waker = Some(context.waker().clone());
        Poll::Pending
    }
}
