//! What kind of buyer a customer is.

use super::dice::Dice;
use super::genres::{CHILDREN, GENRES};
use super::programme::{DAYS_AHEAD, DAYS_BACK};

/// How many seats someone takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Party {
    Alone,
    Couple,
    Family,
    Friends,
    Class,
}

/// How long before the event someone buys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timing {
    Early,
    Planned,
    Late,
    AtTheDoor,
}

/// A customer's habits.
#[derive(Debug, Clone)]
pub(super) struct Buyer {
    /// Orders to place.
    pub(super) orders: u32,
    /// Subscriptions among them.
    pub(super) subscriptions: u32,
    /// Days of the events they come for, first and last, counted from today.
    pub(super) window: (i32, i32),
    pub(super) party: Party,
    pub(super) timing: Timing,
    /// Orders in a thousand that go through the box office.
    pub(super) box_office: u32,
    /// Positions of favourite genres.
    pub(super) genres: [usize; 2],
    /// A school, society or firm.
    pub(super) is_group: bool,
    /// Everything they order is given back.
    pub(super) gives_back: bool,
}

/// One customer in so many is an agency with hundreds of orders.
const AGENCIES_EVERY: u32 = 3000;
const AGENCY_AT: u32 = 1500;

impl Buyer {
    /// Customer number `number`, counted from 1.
    pub(super) fn draw(dice: &mut Dice, number: u32) -> Buyer {
        let mut buyer = Buyer::common(dice);
        if number % AGENCIES_EVERY == AGENCY_AT {
            buyer.agency(dice);
            return buyer;
        }
        match dice.below(1000) {
            0..70 => {
                buyer.gives_back = true;
                buyer.orders = u32::from(dice.chance(250));
            }
            70..425 => buyer.orders = 1,
            425..760 => {
                buyer.orders = dice.low_between(2, 5) as u32;
                buyer.stays(dice, (150, 1500), 420);
            }
            760..930 => {
                buyer.orders = dice.low_between(5, 13) as u32;
                buyer.stays(dice, (500, 2500), 620);
            }
            930..988 => buyer.loyal(dice),
            _ => buyer.group(dice),
        }
        buyer
    }

    fn common(dice: &mut Dice) -> Buyer {
        let newer = dice.chance(500);
        let last_day = 40;
        let day = if newer {
            dice.high_between(-DAYS_BACK, last_day)
        } else {
            dice.between(-DAYS_BACK, last_day)
        };
        let liked: Vec<(usize, u32)> =
            GENRES.iter().enumerate().map(|(at, genre)| (at, genre.share)).collect();
        let party = dice.weighted(&[
            (Party::Alone, 340),
            (Party::Couple, 510),
            (Party::Family, 100),
            (Party::Friends, 50),
        ]);
        let favourite = if party == Party::Family { CHILDREN } else { dice.weighted(&liked) };
        Buyer {
            orders: 1,
            subscriptions: 0,
            window: (day - 30, day + 30),
            party,
            timing: dice.weighted(&[
                (Timing::Early, 170),
                (Timing::Planned, 500),
                (Timing::Late, 230),
                (Timing::AtTheDoor, 100),
            ]),
            box_office: dice.weighted(&[(30, 620), (500, 220), (920, 160)]),
            genres: [favourite, dice.weighted(&liked)],
            is_group: false,
            gives_back: false,
        }
    }

    /// Comes for a time of `days`, and in `active` of a thousand cases still does.
    fn stays(&mut self, dice: &mut Dice, days: (i32, i32), active: u32) {
        let days = dice.between(days.0, days.1);
        let last = if dice.chance(active) {
            DAYS_AHEAD
        } else {
            dice.between(-DAYS_BACK + days / 2, DAYS_AHEAD)
        };
        self.window = ((last - days).max(-DAYS_BACK), last);
    }

    fn loyal(&mut self, dice: &mut Dice) {
        self.orders = dice.low_between(12, 44) as u32;
        self.stays(dice, (900, DAYS_BACK + DAYS_AHEAD), 800);
        if dice.chance(650) {
            let years = (self.window.1 - self.window.0) / 365;
            self.subscriptions = (years.max(1) as u32).min(self.orders / 4);
        }
        if dice.chance(500) {
            self.timing = Timing::Early;
        }
    }

    fn group(&mut self, dice: &mut Dice) {
        self.is_group = true;
        self.orders = dice.low_between(1, 8) as u32;
        self.stays(dice, (300, 2500), 600);
        self.party = Party::Class;
        self.timing = dice.weighted(&[(Timing::Early, 700), (Timing::Planned, 300)]);
        self.box_office = 700;
        self.genres[0] = CHILDREN;
    }

    fn agency(&mut self, dice: &mut Dice) {
        self.is_group = true;
        self.orders = dice.between(205, 340) as u32;
        self.window = (-DAYS_BACK, DAYS_AHEAD);
        self.box_office = 250;
        self.timing = Timing::Planned;
        self.party = Party::Couple;
    }
}
