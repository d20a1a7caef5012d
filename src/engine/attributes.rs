//! Every attribute of every customer over a set of events, in one pass over the lines.

use std::ops::Range;
use std::sync::Arc;

use super::column::{Column, Meaning, UNKNOWN, day_key};
use crate::model::{Day, Decimals, Facts, Lines, PackedLine};
use crate::view::{Days, SalesType};

/// Code of a customer without an order in [`Attributes::sales_types`].
pub const NO_SALES: u8 = 3;

/// What the counted tickets say of each customer; a column has an entry a row.
#[derive(Debug)]
pub struct Attributes {
    /// Sum of prices.
    pub revenue: Column,
    /// Number of orders.
    pub orders: Column,
    /// Day of the latest order, as [`day_key`].
    pub latest_day: Arc<Vec<u32>>,
    /// Number of tickets.
    pub tickets: Column,
    /// Number of distinct events.
    pub events: Column,
    /// Fewest days from order to event.
    pub impulsive: Column,
    /// Tickets in the largest order.
    pub tickets_per_order: Column,
    /// [`sales_code`], or [`NO_SALES`].
    pub sales_types: Arc<Vec<u8>>,
    /// 1 for a customer with a subscription ticket.
    pub subscribers: Arc<Vec<u8>>,
}

/// The code of a sales type, below [`NO_SALES`].
pub fn sales_code(sales_type: SalesType) -> u8 {
    match sales_type {
        SalesType::Online => 0,
        SalesType::BoxOffice => 1,
        SalesType::Both => 2,
    }
}

/// Customers that one call counts. Not all in one: a browser replaces its first, slow
/// translation of a function only between calls.
const BLOCK: usize = 4096;

/// The event's day where it is counted, a day before every calendar where it is not.
const NOT_COUNTED: i32 = i32::MIN;

impl Attributes {
    /// Counts the tickets to the selected events, or to all.
    ///
    /// Time is linear in the lines; nothing is sorted. "First line of this customer and event"
    /// is stored, since it does not depend on the selection, so distinct events need no set.
    pub fn of(facts: &Facts, selected: Option<&[bool]>) -> Attributes {
        let event_day: Vec<i32> = facts
            .catalogue
            .events
            .iter()
            .enumerate()
            .map(|(at, event)| match selected {
                Some(selected) if !selected[at] => NOT_COUNTED,
                _ => event.day().number(),
            })
            .collect();
        let rows = facts.customers.count() as usize;
        let mut sums = Sums::of_rows(rows);
        let mut large: Option<Vec<u64>> = None;
        let mut start = 0;
        while start < rows {
            let end = (start + BLOCK).min(rows);
            sums.count(start..end, &facts.lines, &event_day, &mut large);
            start = end;
        }
        let decimals = facts.venue.decimals;
        Attributes::from_sums(sums, large.as_deref(), decimals)
    }

    /// Columns without a row, until they are counted.
    pub fn of_nobody() -> Attributes {
        Attributes::from_sums(Sums::of_rows(0), None, Decimals::default())
    }

    /// `large` are the revenues where one does not fit a key.
    fn from_sums(sums: Sums, large: Option<&[u64]>, decimals: Decimals) -> Attributes {
        let revenue = match large {
            None => Column {
                keys: Arc::new(sums.revenue),
                meaning: Meaning::Minor(decimals),
                is_always_known: true,
            },
            Some(minor) => ranked(minor, |table| Meaning::MinorRanks(decimals, table)),
        };
        let whole = |keys: Vec<u32>| Column {
            keys: Arc::new(keys),
            meaning: Meaning::Whole,
            is_always_known: true,
        };
        Attributes {
            revenue,
            orders: whole(sums.orders),
            latest_day: Arc::new(sums.latest_day),
            tickets: whole(sums.tickets),
            events: whole(sums.events),
            impulsive: Column { is_always_known: false, ..whole(sums.impulsive) },
            tickets_per_order: whole(sums.tickets_per_order),
            sales_types: Arc::new(sums.sales_types),
            subscribers: Arc::new(sums.subscribers),
        }
    }
}

/// Number of orders of each customer with a counted ticket whose day lies in a span.
pub fn orders_between(facts: &Facts, selected: Option<&[bool]>, days: Days) -> Column {
    let lines = &facts.lines;
    let from = days.from.map_or(i32::MIN, Day::number);
    let to = days.to.map_or(i32::MAX, Day::number);
    let counted = |event: u32| selected.is_none_or(|selected| selected[event as usize]);
    let keys = (0..facts.customers.count())
        .map(|row| {
            let (mut orders, mut seen) = (0, false);
            for line in lines.packed_of(row) {
                seen &= !line.has(PackedLine::NEW_ORDER);
                let here = (from..=to).contains(&line.order_day) && counted(line.event);
                orders += u32::from(here && !seen);
                seen |= here;
            }
            orders
        })
        .collect();
    Column { keys: Arc::new(keys), meaning: Meaning::Whole, is_always_known: true }
}

#[derive(Debug, Default, Clone, Copy)]
struct OneCustomer {
    revenue_minor: u64,
    orders: u32,
    tickets: u32,
    events: u32,
    largest_order: u32,
    /// One more than [`day_key`]; 0 without an order.
    latest_day: u32,
    fewest_days: u32,
    /// Bit 0: an order online; bit 1: one at the box office.
    channels: u32,
    /// The marks of all counted lines together.
    marks: u32,
}

/// The sums of one customer's lines. The one branch is on whether a line is counted: lines come in
/// the order of time, and so mostly in runs of either kind.
#[inline]
fn one_customer(lines: &[PackedLine], event_day: &[i32]) -> OneCustomer {
    let mut sum = OneCustomer { fewest_days: UNKNOWN, ..OneCustomer::default() };
    let (mut in_order, mut new_order) = (0_u32, 0_u32);
    for line in lines {
        let packed = line.tickets_and_marks;
        new_order |= packed & PackedLine::NEW_ORDER;
        let day = event_day[line.event as usize];
        if day == NOT_COUNTED {
            continue;
        }
        // Of an order's lines the first that is counted starts its sum.
        let same_order = u32::from(new_order != 0).wrapping_sub(1);
        new_order = 0;
        let tickets = line.tickets();
        in_order = (in_order & same_order) + tickets;
        sum.revenue_minor += u64::from(line.revenue_minor);
        sum.orders += 1 & !same_order;
        sum.tickets += tickets;
        sum.events += u32::from(line.has(PackedLine::NEW_EVENT));
        sum.largest_order = sum.largest_order.max(in_order);
        sum.latest_day = sum.latest_day.max(day_key(line.order_day) + 1);
        sum.fewest_days = sum.fewest_days.min((day - line.order_day).max(0) as u32);
        sum.channels |= 1 + u32::from(line.has(PackedLine::BOX_OFFICE));
        sum.marks |= packed;
    }
    sum
}

#[derive(Debug)]
struct Sums {
    revenue: Vec<u32>,
    orders: Vec<u32>,
    latest_day: Vec<u32>,
    tickets: Vec<u32>,
    events: Vec<u32>,
    impulsive: Vec<u32>,
    tickets_per_order: Vec<u32>,
    sales_types: Vec<u8>,
    subscribers: Vec<u8>,
}

impl Sums {
    fn of_rows(rows: usize) -> Sums {
        Sums {
            revenue: vec![0; rows],
            orders: vec![0; rows],
            latest_day: vec![0; rows],
            tickets: vec![0; rows],
            events: vec![0; rows],
            impulsive: vec![0; rows],
            tickets_per_order: vec![0; rows],
            sales_types: vec![0; rows],
            subscribers: vec![0; rows],
        }
    }

    /// Counts the customers of these rows.
    #[inline(never)]
    fn count(
        &mut self,
        rows: Range<usize>,
        lines: &Lines,
        event_day: &[i32],
        large: &mut Option<Vec<u64>>,
    ) {
        for row in rows {
            let one = one_customer(lines.packed_of(row as u32), event_day);
            if one.revenue_minor >= u64::from(UNKNOWN) && large.is_none() {
                let small = self.revenue[..row].iter().map(|&minor| u64::from(minor));
                *large = Some(small.collect());
            }
            if let Some(large) = large {
                large.push(one.revenue_minor);
            }
            self.set(row, &one);
        }
    }

    #[inline]
    fn set(&mut self, row: usize, one: &OneCustomer) {
        self.revenue[row] = one.revenue_minor.min(u64::from(UNKNOWN - 1)) as u32;
        self.orders[row] = one.orders;
        // One below none wraps to unknown.
        self.latest_day[row] = one.latest_day.wrapping_sub(1);
        self.tickets[row] = one.tickets;
        self.events[row] = one.events;
        self.impulsive[row] = one.fewest_days;
        self.tickets_per_order[row] = one.largest_order;
        // 1, 2, 3 are online, box office, both; 0 wraps to none of them.
        self.sales_types[row] = (one.channels as u8).wrapping_sub(1).min(NO_SALES);
        self.subscribers[row] = u8::from(one.marks & PackedLine::SUBSCRIPTION != 0);
    }
}

/// Values too large for a key, as positions among the distinct ones.
fn ranked(values: &[u64], meaning: impl FnOnce(Arc<Vec<u64>>) -> Meaning) -> Column {
    let mut table = values.to_vec();
    table.sort_unstable();
    table.dedup();
    let rank = |value: &u64| table.partition_point(|known| known < value) as u32;
    let keys = values.iter().map(rank).collect();
    Column { keys: Arc::new(keys), meaning: meaning(Arc::new(table)), is_always_known: true }
}
