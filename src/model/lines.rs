//! What was bought: one line for each order and event, in customer order.

use super::{Day, Row};

/// Where an order was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// On the web.
    Online,
    /// At the box office.
    BoxOffice,
}

/// Sums of the valid tickets of one order to one event.
///
/// Lines are ordered by customer row, then the order's day, then the order as it came, then the
/// event. Refunded tickets are in no line: nothing that is asked depends on them. A sum that does
/// not fit one line goes on in further lines of the same order and event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    /// `first[row]..first[row + 1]` are the lines of a customer; one longer than the customers.
    pub first: Vec<u32>,
    /// The lines.
    pub packed: Vec<PackedLine>,
}

/// One line as it is kept: all of it beside each other, since a count reads all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PackedLine {
    /// Position in [`super::Catalogue::events`].
    pub event: u32,
    /// The order's day, as [`Day::number`].
    pub order_day: i32,
    /// Prices together, in minor units.
    pub revenue_minor: u32,
    /// Tickets in the low 24 bits, the marks below above them.
    pub tickets_and_marks: u32,
}

impl PackedLine {
    /// The bits of [`PackedLine::tickets_and_marks`] that count tickets.
    pub const TICKETS: u32 = (1 << 24) - 1;
    /// The first line of an order.
    pub const NEW_ORDER: u32 = 1 << 24;
    /// The first line of this customer and event.
    pub const NEW_EVENT: u32 = 1 << 25;
    /// A ticket of the line belongs to a subscription.
    pub const SUBSCRIPTION: u32 = 1 << 26;
    /// The order was placed at the box office, not online.
    pub const BOX_OFFICE: u32 = 1 << 27;

    /// How many tickets.
    pub fn tickets(self) -> u32 {
        self.tickets_and_marks & PackedLine::TICKETS
    }

    /// Whether a mark is set.
    pub fn has(self, mark: u32) -> bool {
        self.tickets_and_marks & mark != 0
    }

    /// As its parts.
    pub fn unpack(self) -> Line {
        Line {
            event: self.event,
            order_day: Day::from_number(self.order_day)
                .expect("order days are checked when lines are made"),
            revenue_minor: self.revenue_minor,
            tickets: self.tickets(),
            new_order: self.has(PackedLine::NEW_ORDER),
            new_event: self.has(PackedLine::NEW_EVENT),
            subscription: self.has(PackedLine::SUBSCRIPTION),
            channel: if self.has(PackedLine::BOX_OFFICE) {
                Channel::BoxOffice
            } else {
                Channel::Online
            },
        }
    }
}

impl Lines {
    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.packed.len()
    }

    /// The lines of one customer.
    pub fn of(&self, row: Row) -> impl Iterator<Item = Line> {
        self.packed_of(row).iter().map(|line| line.unpack())
    }

    /// The lines of one customer, as they are kept.
    pub fn packed_of(&self, row: Row) -> &[PackedLine] {
        &self.packed[self.first[row as usize] as usize..self.first[row as usize + 1] as usize]
    }

    /// One line, unpacked.
    pub fn get(&self, at: usize) -> Line {
        self.packed[at].unpack()
    }
}

/// One line of [`Lines`], unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Four independent marks, as they are stored.
pub struct Line {
    /// Position in [`super::Catalogue::events`].
    pub event: u32,
    /// The day the order was placed.
    pub order_day: Day,
    /// Prices together, in minor units.
    pub revenue_minor: u32,
    /// Number of tickets; 0 in a line that only carries on a revenue.
    pub tickets: u32,
    /// The first line of its order.
    pub new_order: bool,
    /// The first line of this customer and event.
    pub new_event: bool,
    /// A ticket belongs to a subscription.
    pub subscription: bool,
    /// Where the order was placed.
    pub channel: Channel,
}
