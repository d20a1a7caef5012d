//! The files of an export folder and the columns that the contract gives them.

use std::fmt;

/// A file of the export folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum File {
    /// `venue.toml`
    Venue,
    /// `postcodes.csv`
    Postcodes,
    /// `events.csv`
    Events,
    /// `customers.csv`
    Customers,
    /// `orders.csv`
    Orders,
    /// `tickets.csv`
    Tickets,
    /// `offers.csv`
    Offers,
}

/// A column that the contract names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnRule {
    /// The contract's name, which is the header unless `venue.toml` gives another.
    pub name: &'static str,
    /// Whether a file without it is refused.
    pub required: bool,
}

const fn required(name: &'static str) -> ColumnRule {
    ColumnRule { name, required: true }
}

const fn optional(name: &'static str) -> ColumnRule {
    ColumnRule { name, required: false }
}

const POSTCODES: &[ColumnRule] =
    &[required("country"), required("postal_code"), required("latitude"), required("longitude")];

const EVENTS: &[ColumnRule] = &[
    required("event_id"),
    required("name"),
    required("starts_at"),
    required("production_id"),
    required("production"),
    optional("promoter"),
    optional("season"),
    optional("categories"),
    optional("tags"),
];

const CUSTOMERS: &[ColumnRule] = &[
    required("customer_id"),
    optional("first_name"),
    optional("last_name"),
    optional("email"),
    optional("phone"),
    optional("address"),
    optional("postal_code"),
    optional("city"),
    optional("country"),
    optional("latitude"),
    optional("longitude"),
    optional("gender"),
    optional("language"),
    optional("consents"),
    optional("flags"),
];

const ORDERS: &[ColumnRule] =
    &[required("order_id"), required("customer_id"), required("ordered_at"), required("channel")];

const TICKETS: &[ColumnRule] = &[
    required("ticket_id"),
    required("order_id"),
    required("event_id"),
    required("price"),
    optional("ticket_type"),
    optional("subscription"),
    optional("status"),
];

const OFFERS: &[ColumnRule] = &[
    required("offer_id"),
    required("name"),
    required("url"),
    optional("event_id"),
    optional("production_id"),
    optional("starts_at"),
    optional("ends_at"),
];

impl File {
    /// The CSV files in the order they are read: each points only at files before it.
    pub const TABLES: [File; 6] =
        [File::Postcodes, File::Events, File::Customers, File::Orders, File::Tickets, File::Offers];

    /// The file's name in the folder.
    pub fn name(self) -> &'static str {
        match self {
            File::Venue => "venue.toml",
            File::Postcodes => "postcodes.csv",
            File::Events => "events.csv",
            File::Customers => "customers.csv",
            File::Orders => "orders.csv",
            File::Tickets => "tickets.csv",
            File::Offers => "offers.csv",
        }
    }

    /// The name without its ending, as `[columns.FILE]` of `venue.toml` writes it.
    pub fn stem(self) -> &'static str {
        let name = self.name();
        name.split_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Whether a folder without it is refused.
    pub fn is_required(self) -> bool {
        !matches!(self, File::Postcodes | File::Offers)
    }

    /// The contract's columns; none for `venue.toml`.
    pub fn columns(self) -> &'static [ColumnRule] {
        match self {
            File::Venue => &[],
            File::Postcodes => POSTCODES,
            File::Events => EVENTS,
            File::Customers => CUSTOMERS,
            File::Orders => ORDERS,
            File::Tickets => TICKETS,
            File::Offers => OFFERS,
        }
    }

    /// Whether a message may quote a cell: not where customers' ids or contacts can stand, even
    /// in a row whose cells have slipped by one column.
    pub(super) fn may_be_quoted(self) -> bool {
        !matches!(self, File::Customers | File::Orders)
    }
}

impl fmt::Display for File {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}
