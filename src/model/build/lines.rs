//! Orders and tickets become lines.

use std::collections::HashSet;

use super::groups::places;
use super::sort;
use crate::model::{Channel, Lines, PackedLine};

#[derive(Debug, Clone, Copy)]
pub(super) struct OrderRecord {
    pub(super) customer: u32,
    pub(super) day: i32,
    pub(super) channel: Channel,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct TicketRecord {
    pub(super) price_minor: u64,
    pub(super) order: u32,
    pub(super) event: u32,
    pub(super) subscription: bool,
}

/// Sorts orders by row, day and the order they came in; sums each order's tickets by event.
pub(super) fn lines(
    orders: &[OrderRecord],
    tickets: &[TicketRecord],
    row_of_customer: &[u32],
    event_at: &[u32],
) -> Lines {
    let sequence = order_sequence(orders, row_of_customer);
    let place = places(&sequence);
    let mut first_ticket = vec![0_u32; orders.len() + 1];
    for ticket in tickets {
        first_ticket[place[ticket.order as usize] as usize + 1] += 1;
    }
    for at in 0..orders.len() {
        first_ticket[at + 1] += first_ticket[at];
    }
    let mut next = first_ticket.clone();
    let mut sorted = vec![0_u32; tickets.len()];
    for (at, ticket) in tickets.iter().enumerate() {
        let slot = &mut next[place[ticket.order as usize] as usize];
        sorted[*slot as usize] = at as u32;
        *slot += 1;
    }
    drop(next);

    let mut lines = LinesWriter::new(row_of_customer.len());
    for (position, &order_index) in sequence.iter().enumerate() {
        let range = first_ticket[position] as usize..first_ticket[position + 1] as usize;
        let own = &mut sorted[range];
        let event_of = |at: u32| event_at[tickets[at as usize].event as usize];
        sort(own, &|a, b| event_of(a).cmp(&event_of(b)));
        let order = &orders[order_index as usize];
        lines.start_order(row_of_customer[order.customer as usize], order);
        for &at in own.iter() {
            let ticket = &tickets[at as usize];
            lines.add(event_at[ticket.event as usize], ticket);
        }
    }
    lines.finish()
}

/// Orders by row, then day, then as they came. Rows are dense, so they are counted, not compared.
fn order_sequence(orders: &[OrderRecord], row_of_customer: &[u32]) -> Vec<u32> {
    let row_of = |order: &OrderRecord| row_of_customer[order.customer as usize] as usize;
    let mut next = vec![0_u32; row_of_customer.len() + 1];
    for order in orders {
        next[row_of(order) + 1] += 1;
    }
    for row in 1..next.len() {
        next[row] += next[row - 1];
    }
    let mut sequence = vec![0_u32; orders.len()];
    for (at, order) in orders.iter().enumerate() {
        let slot = &mut next[row_of(order)];
        sequence[*slot as usize] = at as u32;
        *slot += 1;
    }
    // Each row's start has moved to its end.
    let mut start = 0;
    for &end in &next[..row_of_customer.len()] {
        let day_of = |at: u32| orders[at as usize].day;
        sort(&mut sequence[start..end as usize], &|a, b| day_of(a).cmp(&day_of(b)));
        start = end as usize;
    }
    sequence
}

struct LinesWriter {
    lines: Lines,
    row: u32,
    order_day: i32,
    channel_mark: u32,
    order_start: usize,
    events_of_row: HashSet<u32>,
}

impl LinesWriter {
    fn new(rows: usize) -> LinesWriter {
        let mut lines = Lines::default();
        lines.first.reserve_exact(rows + 1);
        lines.first.resize(rows + 1, 0);
        LinesWriter {
            lines,
            row: 0,
            order_day: 0,
            channel_mark: 0,
            order_start: 0,
            events_of_row: HashSet::new(),
        }
    }

    fn start_order(&mut self, row: u32, order: &OrderRecord) {
        if row != self.row {
            self.row = row;
            self.events_of_row.clear();
        }
        self.order_day = order.day;
        self.channel_mark = match order.channel {
            Channel::Online => 0,
            Channel::BoxOffice => PackedLine::BOX_OFFICE,
        };
        self.order_start = self.lines.count();
    }

    /// Tickets of one order come event by event.
    fn add(&mut self, event: u32, ticket: &TicketRecord) {
        let starts = self.lines.count() == self.order_start;
        if starts || self.lines.packed.last().is_none_or(|line| line.event != event) {
            let new_event = self.events_of_row.insert(event);
            let mut marks = self.channel_mark;
            if starts {
                marks |= PackedLine::NEW_ORDER;
            }
            if new_event {
                marks |= PackedLine::NEW_EVENT;
            }
            self.push(event, marks);
        }
        self.add_ticket(event, ticket);
    }

    fn add_ticket(&mut self, event: u32, ticket: &TicketRecord) {
        let mut left = ticket.price_minor;
        if self.last().tickets() == PackedLine::TICKETS {
            self.push(event, self.channel_mark);
        }
        self.last().tickets_and_marks += 1;
        if ticket.subscription {
            self.last().tickets_and_marks |= PackedLine::SUBSCRIPTION;
        }
        loop {
            let sum = &mut self.last().revenue_minor;
            let fits = left.min(u64::from(u32::MAX - *sum));
            *sum += fits as u32;
            left -= fits;
            if left == 0 {
                break;
            }
            self.push(event, self.channel_mark);
        }
    }

    fn push(&mut self, event: u32, marks: u32) {
        self.lines.packed.push(PackedLine {
            event,
            order_day: self.order_day,
            revenue_minor: 0,
            tickets_and_marks: marks,
        });
        self.lines.first[self.row as usize + 1] += 1;
    }

    fn last(&mut self) -> &mut PackedLine {
        self.lines.packed.last_mut().expect("a line was just pushed")
    }

    fn finish(mut self) -> Lines {
        for row in 1..self.lines.first.len() {
            self.lines.first[row] += self.lines.first[row - 1];
        }
        self.lines
    }
}
