//! `orders.csv` and `tickets.csv`: what was bought.

use super::error::IngestError;
use super::file::File;
use super::id_table::{IdTable, RowsById, Target};
use super::numbers::price_minor;
use super::reject::Reason;
use super::table::{InColumn, Reading, once, target};
use super::time::local_time;
use super::venue_toml::VenueFile;
use super::words::WordReader;
use crate::model::{Channel, FactsBuilder, TicketFacts, Validity};

/// Reads the orders into the builder.
///
/// # Errors
/// Whatever refuses the folder.
pub(super) fn read_orders(
    reading: &mut Reading<'_>,
    venue: &VenueFile,
    customers: &mut RowsById,
    builder: &mut FactsBuilder,
) -> Result<RowsById, IngestError> {
    let file = File::Orders;
    let mut orders = RowsById::default();
    let mut channels = WordReader::<Channel>::new(venue.words(file, "channel"));
    reading.table(
        file,
        &venue.column_names(file),
        |layout| ["order_id", "customer_id", "ordered_at", "channel"].map(|name| layout.at(name)),
        |columns, row| {
            let [id_at, customer_at, ordered_at, channel_at] = *columns;
            once(orders.insert(row.id(id_at)?), file, id_at)?;
            let customer = target(customers.find(row.id(customer_at)?), File::Customers)
                .in_column(customer_at)?;
            let ordered = local_time(row.get(ordered_at), &venue.zone)
                .ok_or(Reason::NotATime)
                .in_column(ordered_at)?;
            let channel = channels.read(row.get(channel_at)).in_column(channel_at)?;
            orders.keep_last(builder.add_order(customer, ordered.day, channel));
            Ok(())
        },
    )?;
    orders.add_misshapen(std::mem::take(&mut reading.misshapen));
    Ok(orders)
}

/// Reads the tickets into the builder.
///
/// # Errors
/// Whatever refuses the folder.
pub(super) fn read_tickets(
    reading: &mut Reading<'_>,
    venue: &VenueFile,
    (orders, events): (&mut RowsById, &mut RowsById),
    builder: &mut FactsBuilder,
) -> Result<(), IngestError> {
    let file = File::Tickets;
    let mut tickets = IdTable::default();
    let mut order_of = LastFound::new(orders);
    let mut event_of = LastFound::new(events);
    let mut validity = WordReader::<Validity>::new(venue.words(file, "status"));
    let mut subscription = WordReader::<bool>::new(venue.words(file, "subscription"));
    reading.table(
        file,
        &venue.column_names(file),
        |layout| {
            ["ticket_id", "order_id", "event_id", "price", "subscription", "status"]
                .map(|name| layout.at(name))
        },
        |columns, row| {
            let [id_at, order_at, event_at, price_at, subscription_at, status_at] = *columns;
            once(tickets.insert(row.id(id_at)?), file, id_at)?;
            let order = order_of.find(row.id(order_at)?);
            let event = event_of.find(row.id(event_at)?);
            builder.add_ticket(TicketFacts {
                order: target(order, File::Orders).in_column(order_at)?,
                event: target(event, File::Events).in_column(event_at)?,
                price_minor: price_minor(row.get(price_at), venue.venue.decimals)
                    .in_column(price_at)?,
                subscription: subscription
                    .read(row.get(subscription_at))
                    .in_column(subscription_at)?,
                validity: validity.read(row.get(status_at)).in_column(status_at)?,
            });
            Ok(())
        },
    )?;
    Ok(())
}

/// Looks ids up and remembers the last: the tickets of an order mostly stand together.
struct LastFound<'a> {
    rows: &'a mut RowsById,
    id: String,
    found: Target,
}

impl<'a> LastFound<'a> {
    fn new(rows: &'a mut RowsById) -> LastFound<'a> {
        LastFound { rows, id: String::new(), found: Target::Missing }
    }

    fn find(&mut self, id: &str) -> Target {
        if self.id != id {
            self.id.clear();
            self.id.push_str(id);
            self.found = self.rows.find(id);
        }
        self.found
    }
}
