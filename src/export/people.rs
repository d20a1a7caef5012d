//! The cells that a list asks of each customer, wherever the import has them.

use super::error::ExportError;
use super::phone::Home;
use crate::engine::Snapshot;
use crate::model::{Contacts, Facts, Membership, Row, TextColumn};

/// What a list is made of: a snapshot, and its contacts.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    pub(super) facts: &'a Facts,
    /// As they are now: they change without a new snapshot.
    pub(super) flags: &'a [Membership],
    pub(super) contacts: &'a Contacts,
}

impl<'a> Sources<'a> {
    /// A snapshot's facts and flags, and the contacts that belong to it.
    ///
    /// # Errors
    /// [`ExportError::OtherContacts`] when their numbers of customers differ.
    pub fn new(snapshot: &'a Snapshot, contacts: &'a Contacts) -> Result<Sources<'a>, ExportError> {
        let (facts, flags) = (snapshot.facts(), snapshot.flags());
        let customers = facts.customers.count();
        match contacts.cells.iter().map(TextColumn::len).find(|rows| *rows != customers as usize) {
            Some(contacts) => Err(ExportError::OtherContacts { contacts, facts: customers }),
            None => Ok(Sources { facts, flags, contacts }),
        }
    }
}

/// The contract's columns that places which write to people are given.
#[derive(Debug, Clone, Copy)]
pub(super) struct People<'a> {
    facts: &'a Facts,
    flags: &'a [Membership],
    first_name: Option<&'a TextColumn>,
    last_name: Option<&'a TextColumn>,
    email: Option<&'a TextColumn>,
    phone: Option<&'a TextColumn>,
    postal_code: Option<&'a TextColumn>,
    city: Option<&'a TextColumn>,
    country: Option<&'a TextColumn>,
    language: Option<&'a TextColumn>,
}

/// One customer's cells without outer white space; empty where the import has no such column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Person<'a> {
    pub(super) customer_id: &'a str,
    pub(super) first_name: &'a str,
    pub(super) last_name: &'a str,
    pub(super) email: &'a str,
    pub(super) phone: &'a str,
    pub(super) postal_code: &'a str,
    pub(super) city: &'a str,
    /// The venue's where the customer's is empty and the venue says one.
    pub(super) country: &'a str,
    /// As the import has it.
    pub(super) own_country: &'a str,
    pub(super) language: &'a str,
}

impl<'a> People<'a> {
    pub(super) fn new(sources: Sources<'a>) -> People<'a> {
        let Sources { facts, flags, contacts } = sources;
        People {
            facts,
            flags,
            first_name: contacts.column("first_name"),
            last_name: contacts.column("last_name"),
            email: contacts.column("email"),
            phone: contacts.column("phone"),
            postal_code: contacts.column("postal_code"),
            city: contacts.column("city"),
            country: contacts.column("country"),
            language: contacts.column("language"),
        }
    }

    /// The flags that a customer carries.
    pub(super) fn flags(&self, row: Row) -> impl Iterator<Item = &'a Membership> {
        self.flags.iter().filter(move |flag| flag.rows.contains(row))
    }

    pub(super) fn get(&self, row: Row) -> Person<'a> {
        let cell =
            |column: Option<&'a TextColumn>| column.map_or("", |c| c.get(row as usize).trim());
        let own_country = cell(self.country);
        let venue = self.facts.venue.country.as_deref().unwrap_or("");
        Person {
            customer_id: self.facts.customers.ids.get(row as usize),
            first_name: cell(self.first_name),
            last_name: cell(self.last_name),
            email: cell(self.email),
            phone: cell(self.phone),
            postal_code: cell(self.postal_code),
            city: cell(self.city),
            country: if own_country.is_empty() { venue } else { own_country },
            own_country,
            language: cell(self.language),
        }
    }

    /// The day of the latest order over all valid tickets, as a day number.
    pub(super) fn latest_order(&self, row: Row) -> Option<i32> {
        // A customer's lines ascend by the order's day.
        self.facts.lines.packed_of(row).last().map(|line| line.order_day)
    }
}

impl Person<'_> {
    /// Whose way of writing phone numbers to assume.
    pub(super) fn home(&self) -> Home {
        Home::of(self.country)
    }
}
