//! Tells the whole demo to a listener, customer by customer, holding one of them at a time.

use super::Settings;
use super::buyers::Buyer;
use super::dice::Dice;
use super::people::People;
use super::programme::{DAYS_AHEAD, DAYS_BACK, Programme};
use super::purchases::Purchases;
use super::records::{Customer, Offer, Sink};
use super::towns::towns;
use super::venue;
use crate::model::{Day, LocalTime};

/// What the draws are for: each has a sequence of its own.
const FOR_PROGRAMME: u64 = 1;
const FOR_OFFERS: u64 = 2;
const FOR_CUSTOMERS: u64 = 3;

/// The venue's records in the order that [`Sink`] promises.
pub(super) fn generate<S: Sink>(settings: &Settings, sink: &mut S) -> Result<(), S::Error> {
    let mut people = People::new(towns());
    for postcode in people.postcodes() {
        sink.postcode(postcode)?;
    }
    let programme = Programme::draw(
        &mut Dice::new(settings.seed, FOR_PROGRAMME),
        settings.today,
        events_for(settings.customers),
    );
    for performance in &programme.performances {
        sink.performance(performance, &programme.productions[performance.production])?;
    }
    offers(settings, &programme, sink)?;

    let mut dice = Dice::new(settings.seed, FOR_CUSTOMERS);
    let mut purchases = Purchases::default();
    for number in 1..=settings.customers {
        let buyer = Buyer::draw(&mut dice, number);
        purchases.draw(&mut dice, &buyer, &programme);
        sink.customer(&customer(&mut dice, settings, &mut people, number, &buyer, &purchases))?;
        for (order, tickets) in purchases.orders() {
            sink.order(order, day(settings, order.offset))?;
            for ticket in tickets {
                sink.ticket(ticket)?;
            }
        }
    }
    Ok(())
}

/// How many performances a venue of that many customers has: some 600 at 10,000 6,000 from 50,000
/// on, and never so few that nothing lies ahead.
fn events_for(customers: u32) -> u32 {
    let customers = u64::from(customers);
    let events = match customers {
        0..10_000 => customers * 6 / 100,
        10_000..50_000 => 600 + (customers - 10_000) * 5400 / 40_000,
        _ => 6000,
    };
    events.max(300) as u32
}

fn customer(
    dice: &mut Dice,
    settings: &Settings,
    people: &mut People,
    number: u32,
    buyer: &Buyer,
    purchases: &Purchases,
) -> Customer {
    let person = people.draw(dice, number, buyer.is_group);
    let last = purchases.last_offset();
    let consents = consents(dice, last, !person.email.is_empty(), !person.phone.is_empty());
    let flags = flags(dice, buyer, last, &consents);
    let known_for = || buyer.window.0.clamp(-DAYS_BACK, 0);
    let since = purchases.first_offset().unwrap_or_else(known_for) - dice.below(3) as i32;
    Customer::new(number, person, consents, flags, day(settings, since))
}

/// The longer ago someone bought, the likelier they have said no since.
fn consents(dice: &mut Dice, last: Option<i32>, has_email: bool, has_phone: bool) -> Vec<u32> {
    let [newsletter, partners, post, sms, no_mail] = match last {
        Some(-400..) => [660, 150, 380, 300, 18],
        Some(-1100..) => [470, 90, 320, 170, 38],
        Some(_) => [270, 40, 240, 70, 85],
        None => [560, 110, 130, 120, 30],
    };
    if dice.chance(no_mail) {
        return vec![venue::NO_MAIL];
    }
    let mut given = Vec::new();
    for (consent, thousandths, reachable) in [
        (venue::NEWSLETTER, newsletter, has_email),
        (venue::PARTNERS, partners, has_email),
        (venue::POST, post, true),
        (venue::SMS, sms, has_phone),
    ] {
        if dice.chance(thousandths) && reachable {
            given.push(consent);
        }
    }
    given
}

fn flags(dice: &mut Dice, buyer: &Buyer, last: Option<i32>, consents: &[u32]) -> Vec<u32> {
    let is_loyal = buyer.orders >= 12 && !buyer.is_group;
    let is_recent = last.is_some_and(|last| last > -700);
    let mut carried = Vec::new();
    for (flag, thousandths) in [
        (venue::FRIEND, if is_loyal { 420 } else { 14 }),
        (venue::MAILED, if is_recent && consents.contains(&venue::NEWSLETTER) { 720 } else { 0 }),
        (venue::PRESS, 4),
        (venue::SCHOOL, if buyer.is_group { 600 } else { 0 }),
        (venue::VIP, if is_loyal { 160 } else { 2 }),
    ] {
        if dice.chance(thousandths) {
            carried.push(flag);
        }
    }
    carried
}

/// Links for what is ahead: every second production and some evenings; the first production that
/// is still to come always has one that runs today.
fn offers<S: Sink>(
    settings: &Settings,
    programme: &Programme,
    sink: &mut S,
) -> Result<(), S::Error> {
    let mut dice = Dice::new(settings.seed, FOR_OFFERS);
    let mut seen = vec![false; programme.productions.len()];
    let mut told = 0;
    for at in programme.during(-90, DAYS_AHEAD) {
        let performance = &programme.performances[at];
        let is_first = !std::mem::replace(&mut seen[performance.production], true);
        let is_ahead = performance.offset >= 0;
        let is_next = is_ahead && told == 0;
        let for_production = is_first && (is_next || dice.chance(500));
        if !for_production && !is_next && !dice.chance(60) {
            continue;
        }
        told += u32::from(is_ahead);
        let production = programme.production_of(at);
        let text = dice.pick(&["Två för en", "25 % rabatt", "Fri garderob", "Premiärpris"]);
        let id = format!("OF{:04}", at + 1);
        let offer = Offer {
            name: format!("{text}: {}", production.name),
            url: format!("https://www.example.com/lykttornet/kampanj/{}", id.to_lowercase()),
            id,
            performance: (!for_production).then_some(at),
            production: for_production.then_some(performance.production),
            starts_at: (!dice.chance(250)).then(|| LocalTime {
                day: day(settings, performance.offset.min(0) - dice.between(1, 30)),
                minute: Some(8 * 60),
            }),
            ends_at: (!dice.chance(150)).then_some(performance.starts_at),
        };
        sink.offer(&offer, production)?;
    }
    Ok(())
}

/// A day counted from today, brought inside the calendar.
fn day(settings: &Settings, offset: i32) -> Day {
    let number = settings.today.number() + offset;
    Day::from_number(number.clamp(Day::MIN.number(), Day::MAX.number()))
        .expect("the number was brought inside the calendar")
}
