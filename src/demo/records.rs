//! What the demo tells, record by record, and who listens.

use super::people::Person;
use super::programme::{Performance, Production};
use super::purchases::{Order, Ticket};
use super::towns::Postcode;
use super::venue;
use crate::model::{Day, LocalTime};

/// A customer, complete.
#[derive(Debug)]
pub(super) struct Customer {
    pub(super) person: Person,
    /// Positions in [`venue::CONSENTS`], ascending.
    pub(super) consents: Vec<u32>,
    /// Positions in [`venue::FLAGS`], ascending.
    pub(super) flags: Vec<u32>,
    /// `customers.csv`'s cells, in the order of [`COLUMNS`].
    pub(super) cells: [String; COLUMNS.len()],
}

/// Headers of `customers.csv`; the last one is the venue's own.
pub(super) const COLUMNS: [&str; 14] = [
    "customer_id",
    "first_name",
    "last_name",
    "email",
    "phone",
    "address",
    "postal_code",
    "city",
    "country",
    "gender",
    "language",
    "consents",
    "flags",
    CUSTOMER_SINCE,
];
/// The column that is no part of the contract.
pub(super) const CUSTOMER_SINCE: &str = "customer_since";

impl Customer {
    /// Number `number`, counted from 1; a customer `since` that day.
    pub(super) fn new(
        number: u32,
        person: Person,
        consents: Vec<u32>,
        flags: Vec<u32>,
        since: Day,
    ) -> Customer {
        let cells = [
            format!("K{number:07}"),
            person.first_name.to_owned(),
            person.last_name.to_owned(),
            person.email.clone(),
            person.phone.clone(),
            person.address.clone(),
            person.postal_code.clone(),
            person.city.to_owned(),
            person.country.to_owned(),
            person.gender_letter().to_owned(),
            person.language.to_owned(),
            ids(&venue::CONSENTS, &consents),
            ids(&venue::FLAGS, &flags),
            since.to_string(),
        ];
        Customer { person, consents, flags, cells }
    }

    /// Unique; ascending with the number.
    pub(super) fn id(&self) -> &str {
        &self.cells[0]
    }
}

fn ids(known: &[(&str, &str)], positions: &[u32]) -> String {
    let ids: Vec<&str> = positions.iter().map(|&at| known[at as usize].0).collect();
    ids.join("|")
}

/// A special offer.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) url: String,
    /// Position of the performance it is for, if it is for one.
    pub(super) performance: Option<usize>,
    /// Position of the production it is for, if it is for one.
    pub(super) production: Option<usize>,
    pub(super) starts_at: Option<LocalTime>,
    pub(super) ends_at: Option<LocalTime>,
}

/// Takes the demo's records. They come in this order: postcodes, performances (their position is
/// how often `performance` was called before), offers; then each customer, followed by its
/// orders, each followed by its tickets.
pub(super) trait Sink {
    /// Why a record could not be taken.
    type Error;

    fn postcode(&mut self, postcode: &Postcode) -> Result<(), Self::Error>;
    fn performance(&mut self, one: &Performance, of: &Production) -> Result<(), Self::Error>;
    fn offer(&mut self, offer: &Offer, of: &Production) -> Result<(), Self::Error>;
    fn customer(&mut self, customer: &Customer) -> Result<(), Self::Error>;
    fn order(&mut self, order: &Order, day: Day) -> Result<(), Self::Error>;
    fn ticket(&mut self, ticket: &Ticket) -> Result<(), Self::Error>;
}
