//! Orders and tickets of one customer after another.

use super::buyers::{Buyer, Party, Timing};
use super::dice::Dice;
use super::genres::CHILDREN;
use super::programme::{DAYS_AHEAD, Programme};
use super::venue;
use crate::model::Channel;

/// An order; its tickets are a stretch of [`Purchases::tickets`].
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// Days from today, never after it.
    pub(super) offset: i32,
    /// Minutes after midnight.
    pub(super) minute: u16,
    pub(super) channel: Channel,
    tickets: (u32, u32),
}

/// A ticket to a performance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ticket {
    /// Position in [`Programme::performances`].
    pub(super) performance: usize,
    pub(super) price_minor: u64,
    /// Name of its type.
    pub(super) kind: &'static str,
    pub(super) subscription: bool,
    pub(super) refunded: bool,
}

/// The purchases of one customer; made once and filled again and again.
#[derive(Debug, Default)]
pub(super) struct Purchases {
    orders: Vec<Order>,
    tickets: Vec<Ticket>,
}

/// Name of a ticket type, and its price in per cent of the full one.
type TicketType = (&'static str, u32);

const FULL: TicketType = ("Ordinarie", 100);
const SENIOR: TicketType = ("Pensionär", 85);
const STUDENT: TicketType = ("Student", 60);
const YOUNG: TicketType = ("Ung", 50);
const CHILD: TicketType = ("Barn", 45);
const SCHOOL: TicketType = ("Skola", 35);
const GROUP: TicketType = ("Grupp", 80);
const SUBSCRIPTION: TicketType = ("Abonnemang", 75);
const FREE: TicketType = ("Fribiljett", 0);

/// Rows of the hall, in per cent of the best price.
const ZONES: [(u32, u32); 3] = [(100, 45), (80, 38), (60, 17)];

impl Purchases {
    /// Orders by time, each with its tickets.
    pub(super) fn orders(&self) -> impl Iterator<Item = (&Order, &[Ticket])> {
        self.orders
            .iter()
            .map(|order| (order, &self.tickets[order.tickets.0 as usize..order.tickets.1 as usize]))
    }

    /// Days from today of the latest order, if there is one.
    pub(super) fn last_offset(&self) -> Option<i32> {
        self.orders.last().map(|order| order.offset)
    }

    /// Days from today of the first order, if there is one.
    pub(super) fn first_offset(&self) -> Option<i32> {
        self.orders.first().map(|order| order.offset)
    }

    /// What a buyer has bought, in place of what stood here before.
    pub(super) fn draw(&mut self, dice: &mut Dice, buyer: &Buyer, programme: &Programme) {
        self.orders.clear();
        self.tickets.clear();
        for at in 0..buyer.orders {
            if at < buyer.subscriptions {
                self.subscribe(dice, buyer, programme, at);
            } else {
                self.order(dice, buyer, programme);
            }
        }
        self.orders.sort_by_key(|order| (order.offset, order.minute));
        if buyer.gives_back {
            self.tickets.iter_mut().for_each(|ticket| ticket.refunded = true);
        }
    }

    fn order(&mut self, dice: &mut Dice, buyer: &Buyer, programme: &Programme) {
        let timing = if dice.chance(180) {
            dice.pick(&[Timing::Early, Timing::Planned, Timing::Late])
        } else {
            buyer.timing
        };
        let Some((performance, offset)) = choose(dice, buyer, programme, timing) else { return };
        let first_ticket = self.tickets.len() as u32;
        self.seats(dice, buyer, programme, performance);
        if dice.chance(50) && buyer.party != Party::Class {
            let after = programme.during(offset.max(buyer.window.0), offset + 200);
            if let Some(second) = programme.pick(dice, &after) {
                self.seats(dice, buyer, programme, second);
            }
        }
        if dice.chance(14) {
            self.tickets[first_ticket as usize..].iter_mut().for_each(|one| one.refunded = true);
        }
        let at_counter = timing == Timing::AtTheDoor
            // The web shop took over with the years.
            || dice.chance(if offset < -1500 { buyer.box_office + 180 } else { buyer.box_office });
        let starts = programme.performances[performance].starts_at.minute.unwrap_or(720);
        let is_same_day = programme.performances[performance].offset == offset;
        let minute = match (is_same_day, at_counter) {
            (true, true) => starts.saturating_sub(dice.between(2, 60) as u16),
            (true, false) => starts.saturating_sub(dice.between(30, 300) as u16),
            (false, true) => dice.between(600, 1139) as u16,
            (false, false) => dice.between(420, 1435) as u16,
        };
        let channel = if at_counter { Channel::BoxOffice } else { Channel::Online };
        self.close(offset, minute, channel, first_ticket);
    }

    /// A season's choice of performances, bought at once before they begin.
    fn subscribe(&mut self, dice: &mut Dice, buyer: &Buyer, programme: &Programme, year: u32) {
        let offset = (buyer.window.0 + 365 * year as i32 + dice.between(0, 40)).min(-1);
        let season = programme.during(offset + 7, (offset + 320).min(DAYS_AHEAD));
        let seats = if buyer.party == Party::Alone { 1 } else { 2 };
        let first_ticket = self.tickets.len() as u32;
        let mut chosen = Vec::new();
        for _ in 0..dice.between(3, 5) {
            match programme.pick(dice, &season) {
                Some(one) if !chosen.contains(&one) => chosen.push(one),
                _ => {}
            }
        }
        for &performance in &chosen {
            for _ in 0..seats {
                let ticket = ticket(programme, performance, SUBSCRIPTION, 100);
                self.tickets.push(Ticket { subscription: true, ..ticket });
            }
        }
        if !chosen.is_empty() {
            let at_counter = dice.chance(buyer.box_office);
            let channel = if at_counter { Channel::BoxOffice } else { Channel::Online };
            self.close(offset, dice.between(600, 1080) as u16, channel, first_ticket);
        }
    }

    fn seats(&mut self, dice: &mut Dice, buyer: &Buyer, programme: &Programme, performance: usize) {
        let zone = dice.weighted(&ZONES);
        let genre = programme.production_of(performance).genre;
        let (adults, children) = match buyer.party {
            Party::Alone => (1, 0),
            Party::Couple if dice.chance(45) => (4, 0),
            Party::Couple => (2, 0),
            Party::Family => (dice.between(1, 2), dice.between(1, 3)),
            Party::Friends => (dice.low_between(3, 8), 0),
            Party::Class if genre == CHILDREN => (dice.between(1, 3), dice.between(9, 28)),
            Party::Class => (dice.low_between(7, 44), 0),
        };
        let adult = match buyer.party {
            _ if dice.chance(12) => FREE,
            Party::Class => GROUP,
            _ => dice.weighted(&[(FULL, 640), (SENIOR, 200), (STUDENT, 90), (YOUNG, 70)]),
        };
        let child = match buyer.party {
            Party::Class => SCHOOL,
            _ if genre == CHILDREN => CHILD,
            _ => YOUNG,
        };
        for (kind, count) in [(adult, adults), (child, children)] {
            for _ in 0..count {
                let mut one = ticket(programme, performance, kind, zone);
                one.refunded = dice.chance(6);
                self.tickets.push(one);
            }
        }
    }

    fn close(&mut self, offset: i32, minute: u16, channel: Channel, first_ticket: u32) {
        let tickets = (first_ticket, self.tickets.len() as u32);
        self.orders.push(Order { offset, minute, channel, tickets });
    }
}

/// A performance the buyer would come for and the day they order it, not after today.
fn choose(
    dice: &mut Dice,
    buyer: &Buyer,
    programme: &Programme,
    timing: Timing,
) -> Option<(usize, i32)> {
    let mut window = programme.during(buyer.window.0, buyer.window.1);
    if window.is_empty() {
        window = 0..programme.performances.len();
    }
    let before = lead_days(dice, timing);
    let mut performance = favourite(dice, buyer, programme, &window)?;
    let mut offset = programme.performances[performance].offset - before;
    if offset > 0 {
        if timing == Timing::Early || dice.chance(300) {
            // What is far ahead sells slowly, from the day it is announced.
            return Some((performance, -dice.low_between(0, 60)));
        }
        let past = programme.during(buyer.window.0.min(-600), 0);
        performance = favourite(dice, buyer, programme, &past)?;
        offset = programme.performances[performance].offset - before;
    }
    Some((performance, offset))
}

/// A pick that is mostly of a favourite genre.
fn favourite(
    dice: &mut Dice,
    buyer: &Buyer,
    programme: &Programme,
    of: &std::ops::Range<usize>,
) -> Option<usize> {
    for _ in 0..3 {
        let one = programme.pick(dice, of)?;
        if buyer.genres.contains(&programme.production_of(one).genre) || dice.chance(250) {
            return Some(one);
        }
    }
    programme.pick(dice, of)
}

fn lead_days(dice: &mut Dice, timing: Timing) -> i32 {
    match timing {
        Timing::Early => dice.low_between(30, 210),
        Timing::Planned => dice.low_between(2, 75),
        Timing::Late => dice.low_between(0, 6),
        Timing::AtTheDoor => 0,
    }
}

/// One ticket, its price in whole five kronor.
fn ticket(programme: &Programme, performance: usize, kind: TicketType, zone: u32) -> Ticket {
    let full = programme.production_of(performance).price;
    let kronor = u64::from(full * zone / 100 * kind.1 / 100 / 5 * 5);
    Ticket {
        performance,
        price_minor: kronor * venue::MINOR,
        kind: kind.0,
        subscription: false,
        refunded: false,
    }
}
