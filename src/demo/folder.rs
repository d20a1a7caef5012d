//! The demo as an export folder, written as it is told.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::generate::generate;
use super::programme::{Performance, Production};
use super::purchases::{Order, Ticket};
use super::records::{COLUMNS, Customer, Offer, Sink};
use super::towns::Postcode;
use super::venue;
use super::{DemoError, Settings};
use crate::model::{Channel, Day, LocalTime};

/// What an export folder of the demo holds, beside the files that a build needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Rows of `events.csv`.
    pub events: u64,
    /// Rows of `customers.csv`.
    pub customers: u64,
    /// Rows of `orders.csv`.
    pub orders: u64,
    /// Rows of `tickets.csv`.
    pub tickets: u64,
}

/// Writes the export folder of the made-up venue: `venue.toml`, `postcodes.csv`, `events.csv`,
/// `offers.csv`, `customers.csv`, `orders.csv` and `tickets.csv`, UTF-8, commas, LF. `open` makes
/// an empty file of a name; all are open at once and written through small buffers, so that
/// millions of customers need no memory. The same settings give the same bytes.
///
/// # Errors
/// Whatever `open` or a writer fails with, and which file it was.
pub fn write_folder<F>(settings: &Settings, mut open: F) -> Result<Written, DemoError>
where
    F: FnMut(&str) -> io::Result<Box<dyn Write>>,
{
    write_venue(&mut open)?;
    let mut folder = Folder {
        postcodes: Table::new(
            &mut open,
            "postcodes.csv",
            &["country", "postal_code", "latitude", "longitude"],
        )?,
        events: Table::new(
            &mut open,
            "events.csv",
            &[
                "event_id",
                "name",
                "starts_at",
                "production_id",
                "production",
                "promoter",
                "season",
                "categories",
                "tags",
            ],
        )?,
        offers: Table::new(
            &mut open,
            "offers.csv",
            &["offer_id", "name", "url", "event_id", "production_id", "starts_at", "ends_at"],
        )?,
        customers: Table::new(&mut open, "customers.csv", &COLUMNS)?,
        orders: Table::new(
            &mut open,
            "orders.csv",
            &["order_id", "customer_id", "ordered_at", "channel"],
        )?,
        tickets: Table::new(
            &mut open,
            "tickets.csv",
            &[
                "ticket_id",
                "order_id",
                "event_id",
                "price",
                "ticket_type",
                "subscription",
                "status",
            ],
        )?,
        event_ids: Vec::new(),
        customer_id: String::new(),
        order_id: String::new(),
        text: String::new(),
    };
    generate(settings, &mut folder)?;
    folder.finish()
}

fn write_venue<F>(open: &mut F) -> Result<(), DemoError>
where
    F: FnMut(&str) -> io::Result<Box<dyn Write>>,
{
    let file = "venue.toml";
    let (latitude, longitude) = venue::POINT;
    let mut text = format!(
        "name = \"{}\"\ncountry = \"{}\"\nlocale = \"{}\"\ntime_zone = \"{}\"\ncurrency = \"{}\"\n\
         latitude = {}\nlongitude = {}\nmarketing_consent = \"{}\"\n",
        venue::NAME,
        venue::COUNTRY,
        venue::LOCALE,
        venue::TIME_ZONE,
        venue::CURRENCY,
        venue::degrees(latitude),
        venue::degrees(longitude),
        venue::MARKETING_CONSENT,
    );
    for (table, names) in [("consents", venue::CONSENTS), ("flags", venue::FLAGS)] {
        text.push_str("\n[");
        text.push_str(table);
        text.push_str("]\n");
        for (id, name) in names {
            writeln!(text, "{id} = \"{name}\"").expect("a String takes every text");
        }
    }
    let failed = |source| DemoError::Write { file, source };
    let mut writer = open(file).map_err(failed)?;
    writer.write_all(text.as_bytes()).and_then(|()| writer.flush()).map_err(failed)
}

/// One CSV file.
struct Table {
    file: &'static str,
    writer: csv::Writer<Box<dyn Write>>,
    rows: u64,
}

impl Table {
    fn new<F>(open: &mut F, file: &'static str, headers: &[&str]) -> Result<Table, DemoError>
    where
        F: FnMut(&str) -> io::Result<Box<dyn Write>>,
    {
        let inner = open(file).map_err(|source| DemoError::Write { file, source })?;
        let writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(inner);
        let mut table = Table { file, writer, rows: 0 };
        table.row(headers)?;
        table.rows = 0;
        Ok(table)
    }

    fn row<C: AsRef<[u8]>>(&mut self, cells: &[C]) -> Result<(), DemoError> {
        self.rows += 1;
        self.writer
            .write_record(cells)
            .map_err(|error| DemoError::Write { file: self.file, source: error.into() })
    }

    fn finish(mut self) -> Result<u64, DemoError> {
        let file = self.file;
        self.writer.flush().map_err(|source| DemoError::Write { file, source })?;
        Ok(self.rows)
    }
}

struct Folder {
    postcodes: Table,
    events: Table,
    offers: Table,
    customers: Table,
    orders: Table,
    tickets: Table,
    event_ids: Vec<String>,
    /// Ids of the customer and order that rows now belong to.
    customer_id: String,
    order_id: String,
    text: String,
}

impl Folder {
    fn finish(self) -> Result<Written, DemoError> {
        self.postcodes.finish()?;
        self.offers.finish()?;
        Ok(Written {
            events: self.events.finish()?,
            customers: self.customers.finish()?,
            orders: self.orders.finish()?,
            tickets: self.tickets.finish()?,
        })
    }

    /// Writes over the scratch text.
    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        self.text.clear();
        self.text.write_fmt(text).expect("a String takes every text");
    }
}

impl Sink for Folder {
    type Error = DemoError;

    fn postcode(&mut self, postcode: &Postcode) -> Result<(), DemoError> {
        let (latitude, longitude) = postcode.point;
        self.postcodes.row(&[
            postcode.country,
            &postcode.spelled(),
            &venue::degrees(latitude),
            &venue::degrees(longitude),
        ])
    }

    fn performance(&mut self, one: &Performance, of: &Production) -> Result<(), DemoError> {
        self.event_ids.push(one.id.clone());
        self.events.row(&[
            one.id.as_str(),
            &of.name,
            &one.starts_at.to_string(),
            &of.id,
            &of.name,
            of.promoter,
            &one.season,
            &one.categories.join("|"),
            &one.tags.join("|"),
        ])
    }

    fn offer(&mut self, offer: &Offer, of: &Production) -> Result<(), DemoError> {
        let moment = |time: Option<LocalTime>| time.map_or(String::new(), |time| time.to_string());
        self.offers.row(&[
            offer.id.as_str(),
            &offer.name,
            &offer.url,
            offer.performance.map_or("", |at| self.event_ids[at].as_str()),
            offer.production.map_or("", |_| of.id.as_str()),
            &moment(offer.starts_at),
            &moment(offer.ends_at),
        ])
    }

    fn customer(&mut self, customer: &Customer) -> Result<(), DemoError> {
        customer.id().clone_into(&mut self.customer_id);
        self.customers.row(&customer.cells)
    }

    fn order(&mut self, order: &Order, day: Day) -> Result<(), DemoError> {
        self.write(format_args!("{}", LocalTime { day, minute: Some(order.minute) }));
        self.order_id.clear();
        write!(self.order_id, "O{:08}", self.orders.rows + 1).expect("a String takes every text");
        let channel = match order.channel {
            Channel::Online => "online",
            Channel::BoxOffice => "box_office",
        };
        self.orders.row(&[self.order_id.as_str(), &self.customer_id, &self.text, channel])
    }

    fn ticket(&mut self, ticket: &Ticket) -> Result<(), DemoError> {
        let (whole, fraction) =
            (ticket.price_minor / venue::MINOR, ticket.price_minor % venue::MINOR);
        let number = self.tickets.rows + 1;
        self.write(format_args!("T{number:09}{whole}.{fraction:02}"));
        let (id, price) = self.text.split_at(10);
        self.tickets.row(&[
            id,
            &self.order_id,
            &self.event_ids[ticket.performance],
            price,
            ticket.kind,
            if ticket.subscription { "1" } else { "0" },
            if ticket.refunded { "refunded" } else { "valid" },
        ])
    }
}
