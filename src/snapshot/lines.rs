//! What was bought. Only what differs is stored: a day and a channel for each order, and no
//! mark for a customer's first line of an event, which follows from the events.

use super::bits::{self, Bits};
use super::container::{Cursor, PartReader, PartWriter};
use super::packed::{self, PackedStream};
use super::{SnapshotError, kinds, revenue};
use crate::model::{Catalogue, Day, Event, Lines, PackedLine};

/// Appends the eight sections.
pub(super) fn write(part: &mut PartWriter, lines: &Lines, catalogue: &Catalogue) {
    let marked = |mark: u32| lines.packed.iter().map(move |line| line.has(mark));
    let orders = || lines.packed.iter().filter(|line| line.has(PackedLine::NEW_ORDER));
    part.section(kinds::LINE_COUNTS, |out| {
        packed::write(out, lines.first.windows(2).map(|pair| pair[1] - pair[0]));
    });
    part.section(kinds::ORDER_STARTS, |out| bits::write(out, marked(PackedLine::NEW_ORDER)));
    part.section(kinds::BOX_OFFICE, |out| {
        bits::write(out, orders().map(|line| line.has(PackedLine::BOX_OFFICE)));
    });
    part.section(kinds::LEAD_DAYS, |out| {
        let lead = |line: &PackedLine| {
            catalogue.events[line.event as usize].day().number() - line.order_day
        };
        let least = orders().map(lead).min().unwrap_or(0);
        out.extend_from_slice(&least.to_le_bytes());
        packed::write(out, orders().map(|line| (lead(line) - least) as u32));
    });
    part.section(kinds::LINE_EVENTS, |out| {
        packed::write(out, lines.packed.iter().map(|line| line.event));
    });
    part.section(kinds::TICKETS, |out| {
        packed::write(out, lines.packed.iter().map(|line| line.tickets()));
    });
    part.section(kinds::SUBSCRIPTIONS, |out| bits::write(out, marked(PackedLine::SUBSCRIPTION)));
    part.section(kinds::REVENUE, |out| {
        let revenue: Vec<u32> = lines.packed.iter().map(|line| line.revenue_minor).collect();
        revenue::write(out, &revenue);
    });
}

/// How many of everything the columns have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts {
    pub customers: u32,
    pub lines: u32,
    pub orders: u32,
}

/// Reads the lines and holds them to the model's rules.
pub(super) fn read(
    part: &mut PartReader<'_>,
    counts: Counts,
    catalogue: &Catalogue,
) -> Result<Lines, SnapshotError> {
    let (lines, orders) = (counts.lines as usize, counts.orders as usize);
    let first = read_first(part.section(kinds::LINE_COUNTS)?, counts)?;
    let starts_cursor = part.section(kinds::ORDER_STARTS)?;
    let order_starts = Bits::read(starts_cursor.clone(), lines)?;
    if order_starts.ones() != u64::from(counts.orders) {
        return Err(starts_cursor.damaged(format!(
            "{} lines start an order, there are {orders} orders",
            order_starts.ones()
        )));
    }
    let box_office = Bits::read(part.section(kinds::BOX_OFFICE)?, orders)?;
    let mut lead_cursor = part.section(kinds::LEAD_DAYS)?;
    let least_lead = lead_cursor.u32()?.cast_signed();
    let lead_days = PackedStream::new(lead_cursor, orders)?;
    let events_cursor = part.section(kinds::LINE_EVENTS)?;
    let event = read_column(events_cursor.clone(), lines)?;
    let (latest, events) = (event.iter().max(), catalogue.events.len());
    if let Some(event) = latest.filter(|event| **event as usize >= events) {
        return Err(events_cursor.damaged(format!("a line has event {event} of {events}")));
    }
    let new_line = |event| PackedLine { event, ..PackedLine::default() };
    let mut packed: Vec<PackedLine> = event.into_iter().map(new_line).collect();
    let tickets_cursor = part.section(kinds::TICKETS)?;
    for (line, tickets) in packed.iter_mut().zip(read_column(tickets_cursor.clone(), lines)?) {
        line.tickets_and_marks = tickets;
    }
    let subscriptions = Bits::read(part.section(kinds::SUBSCRIPTIONS)?, lines)?;
    let revenue = revenue::read(part.section(kinds::REVENUE)?, lines)?;
    for (line, minor) in packed.iter_mut().zip(revenue) {
        line.revenue_minor = minor;
    }
    let mut filler = Filler {
        lines: Lines { first, packed },
        event_days: catalogue.events.iter().map(|event| Event::day(event).number()).collect(),
        last_row: vec![u32::MAX; catalogue.events.len()],
        order_starts,
        box_office,
        subscriptions,
        lead_days,
        least_lead,
        orders: 0,
        starts_cursor,
        events_cursor,
        tickets_cursor,
    };
    for row in 0..counts.customers {
        filler.fill_customer(row)?;
    }
    filler.lead_days.finish()?;
    Ok(filler.lines)
}

fn read_column(mut cursor: Cursor<'_>, count: usize) -> Result<Vec<u32>, SnapshotError> {
    let column = packed::read(&mut cursor, count)?;
    cursor.finish()?;
    Ok(column)
}

/// Line counts summed up: one longer than the customers.
fn read_first(mut cursor: Cursor<'_>, counts: Counts) -> Result<Vec<u32>, SnapshotError> {
    let customers = counts.customers as usize;
    packed::check_count(&cursor, customers)?;
    let mut first = vec![0_u32; customers + 1];
    packed::read_into(&mut cursor, &mut first[1..])?;
    cursor.finish()?;
    let mut total = 0_u64;
    for end in &mut first {
        total += u64::from(*end);
        // What does not fit is refused below, since the count of lines does.
        *end = total as u32;
    }
    if total != u64::from(counts.lines) {
        let lines = counts.lines;
        return Err(cursor.damaged(format!("customers with {total} lines, there are {lines}")));
    }
    Ok(first)
}

/// Fills order days and marks in, customer by customer, and checks on the way.
struct Filler<'a> {
    lines: Lines,
    event_days: Vec<i32>,
    /// For each event, the latest row with a line of it.
    last_row: Vec<u32>,
    order_starts: Bits<'a>,
    box_office: Bits<'a>,
    subscriptions: Bits<'a>,
    lead_days: PackedStream<'a>,
    least_lead: i32,
    /// Orders met so far.
    orders: usize,
    starts_cursor: Cursor<'a>,
    events_cursor: Cursor<'a>,
    tickets_cursor: Cursor<'a>,
}

impl Filler<'_> {
    fn fill_customer(&mut self, row: u32) -> Result<(), SnapshotError> {
        let ends = [self.lines.first[row as usize], self.lines.first[row as usize + 1]];
        let range = ends[0] as usize..ends[1] as usize;
        let mut day = Day::MIN.number();
        let mut order_marks = 0;
        let mut event_before = 0;
        for (at, line) in range.clone().zip(&mut self.lines.packed[range.clone()]) {
            let event = line.event;
            let starts = self.order_starts.get(at);
            if starts {
                let lead = i64::from(self.least_lead) + i64::from(self.lead_days.next()?);
                day = order_day_of(self.event_days[event as usize], lead, day)
                    .ok_or_else(|| self.lead_days.damaged(too_early(at)))?;
                order_marks = mark_if(self.box_office.get(self.orders), PackedLine::BOX_OFFICE);
                self.orders += 1;
            } else if at == range.start {
                let reason = format!("line {at} is a customer's first and starts no order");
                return Err(self.starts_cursor.damaged(reason));
            } else if event < event_before {
                let reason = format!("line {at}: the events of an order do not ascend");
                return Err(self.events_cursor.damaged(reason));
            }
            let tickets = line.tickets_and_marks;
            let carries_on = !starts && event == event_before;
            if tickets > PackedLine::TICKETS || (tickets == 0 && !carries_on) {
                let reason = format!("line {at} has {tickets} tickets; 1 to 16777215 are");
                return Err(self.tickets_cursor.damaged(reason));
            }
            let row_before = std::mem::replace(&mut self.last_row[event as usize], row);
            line.tickets_and_marks = tickets
                | order_marks
                | mark_if(starts, PackedLine::NEW_ORDER)
                | mark_if(row_before != row, PackedLine::NEW_EVENT)
                | mark_if(self.subscriptions.get(at), PackedLine::SUBSCRIPTION);
            line.order_day = day;
            event_before = event;
        }
        Ok(())
    }
}

/// Without a branch: whether an order starts cannot be foretold.
fn mark_if(marked: bool, mark: u32) -> u32 {
    u32::from(marked) * mark
}

/// The day so long before an event, if it is one and not before the order before it.
fn order_day_of(event_day: i32, lead: i64, before: i32) -> Option<i32> {
    let day = i64::from(event_day) - lead;
    (i64::from(before)..=i64::from(Day::MAX.number())).contains(&day).then_some(day as i32)
}

fn too_early(line: usize) -> String {
    format!(
        "the order at line {line} lies before the customer's order before it, or outside the \
         years 0000 to 9999"
    )
}
