//! The cells that a list asks of each customer, wherever the import has them.

use roaring::RoaringBitmap;

use super::error::ExportError;
use super::phone::Home;
use crate::engine::Snapshot;
use crate::model::{Contacts, Decimals, Lines, Membership, Row, TextColumn};

/// What a list is made of: what is known of customers, and their contacts.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    ids: &'a TextColumn,
    country: Option<&'a str>,
    pub(super) decimals: Decimals,
    /// Who gave the consent to marketing, where the venue names one.
    pub(super) marketing: Option<&'a RoaringBitmap>,
    flags: &'a [Membership],
    latest_orders: LatestOrders<'a>,
    pub(super) contacts: &'a Contacts,
}

/// What [`Sources`] are made of where there is no snapshot.
#[derive(Debug, Clone, Copy)]
pub struct SourceParts<'a> {
    /// The customers' ids, ascending by bytes.
    pub ids: &'a TextColumn,
    /// The venue's country, ISO 3166 alpha-2.
    pub country: Option<&'a str>,
    /// Digits of the currency's minor unit.
    pub decimals: Decimals,
    /// Who gave the consent to marketing; `None` where the venue names no such consent.
    pub marketing: Option<&'a RoaringBitmap>,
    /// Flags as they are now.
    pub flags: &'a [Membership],
    /// A key a customer that ascends with the day of the latest order over all valid tickets; the
    /// largest of all for whoever has none.
    pub latest_orders: &'a [u32],
    /// Names and addresses.
    pub contacts: &'a Contacts,
}

/// Where the day of each customer's latest order stands.
#[derive(Debug, Clone, Copy)]
enum LatestOrders<'a> {
    Lines(&'a Lines),
    Keys(&'a [u32]),
}

impl<'a> Sources<'a> {
    /// A snapshot's facts and flags, and the contacts that belong to it.
    ///
    /// # Errors
    /// [`ExportError::OtherContacts`] when their numbers of customers differ.
    pub fn new(snapshot: &'a Snapshot, contacts: &'a Contacts) -> Result<Sources<'a>, ExportError> {
        let facts = snapshot.facts();
        let named = facts.venue.marketing_consent.as_deref();
        let consent = facts.consents.iter().find(|consent| Some(consent.id.as_str()) == named);
        Sources {
            ids: &facts.customers.ids,
            country: facts.venue.country.as_deref(),
            decimals: facts.venue.decimals,
            marketing: consent.map(|consent| &consent.rows),
            flags: snapshot.flags(),
            latest_orders: LatestOrders::Lines(&facts.lines),
            contacts,
        }
        .checked()
    }

    /// The same from parts that somebody else took from a snapshot: whoever has the contacts
    /// need not have the purchases.
    ///
    /// # Errors
    /// [`ExportError::OtherContacts`] when the contacts or the latest orders are of another number
    /// of customers.
    pub fn of_parts(parts: SourceParts<'a>) -> Result<Sources<'a>, ExportError> {
        let SourceParts { ids, country, decimals, marketing, flags, latest_orders, contacts } =
            parts;
        if latest_orders.len() != ids.len() {
            let facts = latest_orders.len() as u32;
            return Err(ExportError::OtherContacts { contacts: ids.len(), facts });
        }
        let latest_orders = LatestOrders::Keys(latest_orders);
        Sources { ids, country, decimals, marketing, flags, latest_orders, contacts }.checked()
    }

    fn checked(self) -> Result<Sources<'a>, ExportError> {
        let customers = self.ids.len();
        match self.contacts.cells.iter().map(TextColumn::len).find(|rows| *rows != customers) {
            Some(contacts) => Err(ExportError::OtherContacts { contacts, facts: customers as u32 }),
            None => Ok(self),
        }
    }
}

impl LatestOrders<'_> {
    /// Something that ascends with the day; `None` for whoever ordered nothing.
    fn of(self, row: Row) -> Option<i32> {
        match self {
            // A customer's lines ascend by the order's day.
            LatestOrders::Lines(lines) => lines.packed_of(row).last().map(|line| line.order_day),
            LatestOrders::Keys(keys) => match keys[row as usize] {
                u32::MAX => None,
                key => Some(key as i32),
            },
        }
    }
}

/// The contract's columns that places which write to people are given.
#[derive(Debug, Clone, Copy)]
pub(super) struct People<'a> {
    ids: &'a TextColumn,
    country_of_venue: &'a str,
    flags: &'a [Membership],
    latest_orders: LatestOrders<'a>,
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
        let Sources { ids, country, flags, latest_orders, contacts, .. } = sources;
        People {
            ids,
            country_of_venue: country.unwrap_or(""),
            flags,
            latest_orders,
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
        Person {
            customer_id: self.ids.get(row as usize),
            first_name: cell(self.first_name),
            last_name: cell(self.last_name),
            email: cell(self.email),
            phone: cell(self.phone),
            postal_code: cell(self.postal_code),
            city: cell(self.city),
            country: if own_country.is_empty() { self.country_of_venue } else { own_country },
            own_country,
            language: cell(self.language),
        }
    }

    /// Something that ascends with the day of the latest order over all valid tickets.
    pub(super) fn latest_order(&self, row: Row) -> Option<i32> {
        self.latest_orders.of(row)
    }
}

impl Person<'_> {
    /// Whose way of writing phone numbers to assume.
    pub(super) fn home(&self) -> Home {
        Home::of(self.country)
    }
}
