//! Who is left out of a list and why, before anything is written.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use roaring::RoaringBitmap;

use super::error::ExportError;
use super::format::Format;
use super::people::{People, Person, Sources};
use super::phone::e164_digits;
use super::reason::{CellFate, Reason};
use super::suppressions::Suppressions;
use super::{address, mailchimp, meta};
use crate::model::Row;

/// Somebody who is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Who.
    pub row: Row,
    /// Why.
    pub reason: Reason,
    /// Of duplicates, who goes out instead: the latest buyer.
    pub kept: Option<Row>,
}

/// A cell that does not go out as it stands, of somebody who goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellNote {
    /// Whose.
    pub row: Row,
    /// Which column of the list, by position.
    pub column: u32,
    /// What becomes of it.
    pub fate: CellFate,
}

/// What goes out and what does not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Customers that were asked for.
    pub rows_in: u32,
    /// Who goes out, in the order in which they were asked for.
    pub rows: Vec<Row>,
    /// Who does not, in the order in which they were asked for.
    pub left_out: Vec<LeftOut>,
    /// Cells that change on the way, of those who go out.
    pub notes: Vec<CellNote>,
    /// For Meta: the digits of each phone number that goes out, 0 where there is none.
    pub(super) phones: Vec<u64>,
}

impl Plan {
    /// How many are left out for each reason that occurs.
    pub fn counts(&self) -> BTreeMap<Reason, u32> {
        let mut counts = BTreeMap::new();
        for left_out in &self.left_out {
            *counts.entry(left_out.reason).or_default() += 1;
        }
        counts
    }
}

/// Which gates a list passes.
#[derive(Debug, Clone, Default)]
pub struct Gates {
    /// Goes without the consent to marketing. Why is the caller's to ask and to keep.
    pub ungated: bool,
    /// Whom to leave out of any list, if they are among these.
    pub suppressions: Suppressions,
}

/// Goes through customers and decides who leaves, some at a time.
///
/// Lists that are not for a place that writes to people ([`Format::is_gated`]) leave nobody out,
/// but for suppressions where they are given.
#[derive(Debug)]
pub struct Preflight<'a> {
    format: Format,
    gates: Gates,
    people: People<'a>,
    /// `None` where nobody asks.
    consented: Option<&'a RoaringBitmap>,
    rows: Vec<Row>,
    /// For each row that was looked at.
    outcomes: Vec<Outcome>,
    /// For each address the best of its customers so far.
    groups: Vec<Best>,
    group_of: HashMap<String, u32>,
    /// Of those that are not left out, in their order.
    notes: Vec<CellNote>,
    phones: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
enum Outcome {
    LeftOut(Reason),
    /// Passed all gates but the last, which is about the group with this address.
    Passed {
        group: u32,
    },
    /// Passed, and nobody asks for addresses.
    Free,
}

#[derive(Debug, Clone, Copy)]
struct Best {
    row: Row,
    latest_order: Option<i32>,
}

impl<'a> Preflight<'a> {
    /// Prepares to go through `rows`, each of them once, in the order in which they are to leave.
    ///
    /// # Errors
    /// [`ExportError::NoMarketingConsent`]: the snapshot names no consent to marketing, the list
    /// needs one, and the gates do not say to go without.
    pub fn new(
        sources: Sources<'a>,
        format: Format,
        gates: Gates,
        rows: Vec<Row>,
    ) -> Result<Preflight<'a>, ExportError> {
        let consented = if format.is_gated() && !gates.ungated {
            Some(sources.marketing.ok_or(ExportError::NoMarketingConsent { format })?)
        } else {
            None
        };
        Ok(Preflight {
            format,
            gates,
            people: People::new(sources),
            consented,
            outcomes: Vec::with_capacity(rows.len()),
            rows,
            groups: Vec::new(),
            group_of: HashMap::new(),
            notes: Vec::new(),
            phones: Vec::new(),
        })
    }

    /// Looks at up to `count` further customers; true when all were looked at.
    pub fn step(&mut self, count: usize) -> bool {
        let start = self.outcomes.len();
        let end = self.rows.len().min(start.saturating_add(count));
        for at in start..end {
            let outcome = self.look_at(self.rows[at]);
            self.outcomes.push(outcome);
        }
        end == self.rows.len()
    }

    /// How many were looked at.
    pub fn rows_done(&self) -> usize {
        self.outcomes.len()
    }

    /// Looks at whoever is left, and says who goes out.
    pub fn finish(mut self) -> Plan {
        self.step(usize::MAX);
        let mut plan = Plan { rows_in: self.rows.len() as u32, ..Plan::default() };
        let mut notes = self.notes.into_iter().peekable();
        let mut phones = self.phones.into_iter();
        for (row, outcome) in self.rows.into_iter().zip(self.outcomes) {
            let (reason, kept) = match outcome {
                Outcome::Free => {
                    plan.rows.push(row);
                    continue;
                }
                Outcome::LeftOut(reason) => (reason, None),
                Outcome::Passed { group } => {
                    let phone = phones.next();
                    let best = self.groups[group as usize].row;
                    let is_best = best == row;
                    while let Some(note) = notes.next_if(|note| note.row == row) {
                        plan.notes.extend(is_best.then_some(note));
                    }
                    if is_best {
                        plan.rows.push(row);
                        plan.phones.extend(phone);
                        continue;
                    }
                    (Reason::Duplicate, Some(best))
                }
            };
            plan.left_out.push(LeftOut { row, reason, kept });
        }
        plan
    }

    fn look_at(&mut self, row: Row) -> Outcome {
        let person = self.people.get(row);
        if !self.format.is_gated() {
            let is_suppressed = self.gates.suppressions.contain(person.email);
            return if is_suppressed {
                Outcome::LeftOut(Reason::Suppressed)
            } else {
                Outcome::Free
            };
        }
        let key = match self.address(&person) {
            Ok(key) => key,
            Err(reason) => return Outcome::LeftOut(reason),
        };
        if self.consented.is_some_and(|rows| !rows.contains(row)) {
            return Outcome::LeftOut(Reason::NoConsent);
        }
        if self.gates.suppressions.contain(person.email) {
            return Outcome::LeftOut(Reason::Suppressed);
        }
        self.note(row, &person);
        Outcome::Passed { group: self.group(row, key) }
    }

    /// By what a customer is reached: the e-mail address, else for Meta the phone number.
    fn address(&self, person: &Person<'_>) -> Result<String, Reason> {
        if self.is_good(person.email) {
            return Ok(address::key(person.email));
        }
        let phone = if self.format.is_meta() { person.phone } else { "" };
        if person.email.is_empty() && phone.is_empty() {
            return Err(Reason::NoAddress);
        }
        e164_digits(phone, person.home()).ok_or(Reason::BadAddress)
    }

    fn is_good(&self, email: &str) -> bool {
        // Mailchimp takes other letters behind the @ alone.
        let is_taken = self.format != Format::MailchimpCsv
            || email.split('@').next().is_some_and(str::is_ascii);
        is_taken && address::is_good(email)
    }

    /// Notes what will not go out as it stands. Phone numbers take long to read, so those of Meta
    /// are kept for the writing.
    fn note(&mut self, row: Row, person: &Person<'_>) {
        let mut note = |column, fate| self.notes.push(CellNote { row, column, fate });
        if self.format.is_meta() {
            if !person.email.is_empty() && !address::is_good(person.email) {
                note(meta::EMAIL, CellFate::Unreadable);
            }
            // At most fifteen digits, and no country code begins with a zero.
            let digits = e164_digits(person.phone, person.home());
            let phone = digits.and_then(|digits| digits.parse().ok());
            if !person.phone.is_empty() && phone.is_none() {
                note(meta::PHONE, CellFate::Unreadable);
            }
            self.phones.push(phone.unwrap_or(0));
        } else if self.format == Format::MailchimpCsv {
            for column in mailchimp::shortened(self.people, row) {
                note(column, CellFate::Shortened);
            }
        }
    }

    /// The group of an address, of which the latest buyer is kept, and of those the smallest id.
    fn group(&mut self, row: Row, key: String) -> u32 {
        let latest_order = self.people.latest_order(row);
        let group = *self.group_of.entry(key).or_insert_with(|| {
            self.groups.push(Best { row, latest_order });
            self.groups.len() as u32 - 1
        });
        let best = &mut self.groups[group as usize];
        if (latest_order, Reverse(row)) > (best.latest_order, Reverse(best.row)) {
            *best = Best { row, latest_order };
        }
        group
    }
}
