use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::*;
use crate::model::{Channel, Facts};

const TODAY: &str = "2026-11-21";

fn settings(customers: u32, seed: u64, today: &str) -> Settings {
    Settings::new(customers, seed, Day::parse(today).unwrap()).unwrap()
}

/// What the filters look at, over all tickets of a customer.
#[derive(Default)]
struct Attributes {
    orders: u32,
    tickets: u32,
    events: u32,
    revenue_minor: u64,
    days_since: i32,
    lead_days: i32,
    largest_order: u32,
    online: bool,
    box_office: bool,
    subscriber: bool,
}

fn attributes(facts: &Facts, row: u32, today: Day) -> Option<Attributes> {
    let mut found =
        Attributes { days_since: i32::MAX, lead_days: i32::MAX, ..Attributes::default() };
    let mut of_order = 0;
    for line in facts.lines.of(row) {
        if line.new_order {
            found.orders += 1;
            of_order = 0;
        }
        of_order += line.tickets;
        found.largest_order = found.largest_order.max(of_order);
        found.tickets += line.tickets;
        found.events += u32::from(line.new_event);
        found.revenue_minor += u64::from(line.revenue_minor);
        found.days_since = found.days_since.min(today.number() - line.order_day.number());
        let event = facts.catalogue.events[line.event as usize].day();
        found.lead_days = found.lead_days.min((event.number() - line.order_day.number()).max(0));
        found.subscriber |= line.subscription;
        match line.channel {
            Channel::Online => found.online = true,
            Channel::BoxOffice => found.box_office = true,
        }
    }
    (found.orders > 0).then_some(found)
}

fn all_attributes(facts: &Facts, today: &str) -> Vec<Attributes> {
    let today = Day::parse(today).unwrap();
    (0..facts.customers.count()).filter_map(|row| attributes(facts, row, today)).collect()
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

type Files = BTreeMap<String, Vec<u8>>;

/// A file that outlives its writer.
struct Kept(Rc<RefCell<Files>>, String);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().get_mut(&self.1).unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn folder(settings: &Settings) -> (Files, Written) {
    let files = Rc::new(RefCell::new(Files::new()));
    let written = write_folder(settings, |name| {
        let is_new = files.borrow_mut().insert(name.to_owned(), Vec::new()).is_none();
        assert!(is_new, "{name} was opened twice");
        Ok(Box::new(Kept(Rc::clone(&files), name.to_owned())))
    });
    let written = written.unwrap();
    (files.take(), written)
}

#[test]
fn a_customer_has_about_four_orders_and_an_order_about_two_and_a_half_tickets() {
    for seed in 1..=3 {
        let (facts, _) = build(&settings(10_000, seed, TODAY));
        let buyers = all_attributes(&facts, TODAY);
        let orders: u32 = buyers.iter().map(|buyer| buyer.orders).sum();
        let tickets: u32 = buyers.iter().map(|buyer| buyer.tickets).sum();
        let orders_each = f64::from(orders) / 10_000.0;
        let tickets_each = f64::from(tickets) / f64::from(orders);
        assert!((3.7..4.3).contains(&orders_each), "{orders_each} with seed {seed}");
        assert!((2.25..2.55).contains(&tickets_each), "{tickets_each} with seed {seed}");
        let heavy = buyers.iter().filter(|buyer| buyer.orders > 200).count();
        assert!((1..=5).contains(&heavy), "{heavy} with seed {seed}");
        let never = share(10_000 - buyers.len(), 10_000);
        assert!((0.04..0.12).contains(&never), "{never} with seed {seed}");
    }
}

#[test]
fn every_numeric_filter_has_a_wide_and_skewed_histogram() {
    let (facts, _) = build(&settings(10_000, 1, TODAY));
    let buyers = all_attributes(&facts, TODAY);
    let of = |pick: fn(&Attributes) -> i64| buyers.iter().map(pick).collect::<Vec<i64>>();
    let km: Vec<i64> = (0..facts.customers.count())
        .filter_map(|row| facts.customers.distances.of(row))
        .map(|km| km as i64)
        .collect();
    for (name, mut values, [low, middle, high]) in [
        ("distance_km", km, [3, 40, 120]),
        ("revenue", of(|b| b.revenue_minor as i64 / 100), [400, 1500, 4000]),
        ("orders", of(|b| b.orders.into()), [1, 4, 8]),
        ("last_purchase", of(|b| b.days_since.into()), [60, 900, 1600]),
        ("tickets", of(|b| b.tickets.into()), [2, 8, 18]),
        ("events", of(|b| b.events.into()), [1, 4, 8]),
        ("impulsive", of(|b| b.lead_days.into()), [0, 15, 45]),
        ("tickets_per_order", of(|b| b.largest_order.into()), [1, 3, 4]),
    ] {
        values.sort_unstable();
        let at = |thousandths: usize| values[values.len() * thousandths / 1000];
        let shown = (name, at(100), at(250), at(500), at(750), at(900), at(990));
        assert!(at(100) <= low && at(500) <= middle && at(900) >= high, "{shown:?}");
        assert!(at(990) > 2 * at(750).max(1) || name == "last_purchase", "{shown:?}");
        let mut distinct = values.clone();
        distinct.dedup();
        assert!(distinct.len() >= 25, "{name}: {}", distinct.len());
    }
}

#[test]
fn every_choice_of_a_filter_has_its_customers() {
    let (facts, _) = build(&settings(10_000, 1, TODAY));
    let women = share(facts.customers.women.len() as usize, 10_000);
    let men = share(facts.customers.men.len() as usize, 10_000);
    assert!((0.45..0.6).contains(&women) && (0.3..0.45).contains(&men), "{women} {men}");
    let buyers = all_attributes(&facts, TODAY);
    for (name, least, holds) in [
        ("online", 0.3, (|b| b.online && !b.box_office) as fn(&Attributes) -> bool),
        ("box_office", 0.15, |b| !b.online && b.box_office),
        ("both", 0.15, |b| b.online && b.box_office),
        ("subscriber", 0.02, |b| b.subscriber),
        ("regular", 0.8, |b| !b.subscriber),
    ] {
        let found = share(buyers.iter().filter(|buyer| holds(buyer)).count(), buyers.len());
        assert!(found > least, "{name}: {found}");
    }
    for set in facts.consents.iter().chain(&facts.flags) {
        assert!((20..8000).contains(&set.rows.len()), "{}: {}", set.id, set.rows.len());
    }
}

#[test]
fn consents_thin_out_with_the_years_since_the_last_purchase() {
    let (facts, _) = build(&settings(10_000, 1, TODAY));
    let today = Day::parse(TODAY).unwrap();
    let newsletter = &facts.consents[venue::NEWSLETTER as usize];
    let share_of = |range: std::ops::Range<i32>| {
        let rows: Vec<u32> = (0..facts.customers.count())
            .filter(|&row| {
                attributes(&facts, row, today).is_some_and(|b| range.contains(&b.days_since))
            })
            .collect();
        assert!(rows.len() > 500, "{}", rows.len());
        share(rows.iter().filter(|&&row| newsletter.rows.contains(row)).count(), rows.len())
    };
    let (recent, older, old) = (share_of(0..400), share_of(400..1100), share_of(1100..4000));
    assert!(recent > older + 0.1 && older > old + 0.1, "{recent} {older} {old}");
}

#[test]
fn there_is_a_future_and_a_past_whatever_day_it_is() {
    for today in ["1999-12-31", "2024-02-29", "2026-06-15", TODAY, "2027-07-20", "2031-08-01"] {
        let (facts, _) = build(&settings(300, 5, today));
        let day = Day::parse(today).unwrap();
        let events = &facts.catalogue.events;
        let ahead = events.iter().filter(|event| event.day() >= day).count();
        assert!(ahead >= 5 && ahead < events.len() / 4, "{today}: {ahead} of {}", events.len());
        assert!(events[0].day().number() < day.number() - 2500, "{today}");
        assert!(facts.lines.packed.iter().all(|line| line.order_day <= day.number()), "{today}");
        let sold =
            facts.lines.packed.iter().filter(|line| events[line.event as usize].day() >= day);
        assert!(sold.count() > 10, "{today}");
        let runs = |offer: &&crate::model::Offer| {
            offer.starts_at.is_none_or(|time| time.day <= day)
                && offer.ends_at.is_none_or(|time| time.day >= day)
        };
        assert!(facts.offers.iter().any(|offer| runs(&offer)), "{today}");
    }
}

#[test]
fn the_ends_of_the_calendar_give_a_demo_too() {
    for today in ["0000-01-01", "9999-12-31"] {
        let (facts, _) = build(&settings(100, 1, today));
        let day = Day::parse(today).unwrap();
        assert!(facts.catalogue.events.iter().any(|event| event.day() >= day), "{today}");
    }
}

#[test]
fn the_same_settings_give_the_same_bytes_and_another_seed_others() {
    let (first, written) = folder(&settings(200, 1, TODAY));
    let (second, _) = folder(&settings(200, 1, TODAY));
    let (other, _) = folder(&settings(200, 2, TODAY));
    assert!(first == second);
    for name in ["events.csv", "customers.csv", "orders.csv", "tickets.csv"] {
        assert!(first[name] != other[name], "{name}");
    }
    assert_eq!(first["venue.toml"], other["venue.toml"]);
    assert_eq!(written.customers, 200);
}

#[test]
fn the_files_hold_the_rows_that_were_counted() {
    let (files, written) = folder(&settings(500, 1, TODAY));
    for (name, rows) in [
        ("events.csv", written.events),
        ("customers.csv", written.customers),
        ("orders.csv", written.orders),
        ("tickets.csv", written.tickets),
    ] {
        let found = csv::Reader::from_reader(files[name].as_slice()).records().count();
        assert_eq!(found as u64, rows, "{name}");
    }
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let expected = [
        "customers.csv",
        "events.csv",
        "offers.csv",
        "orders.csv",
        "postcodes.csv",
        "tickets.csv",
        "venue.toml",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let told = write_folder(&settings(10, 1, TODAY), |name| {
        if name == "orders.csv" {
            return Err(io::Error::other("disk full"));
        }
        Ok(Box::new(io::sink()))
    });
    assert_eq!(told.unwrap_err().to_string(), "cannot write orders.csv: disk full");
}

#[test]
fn the_number_of_customers_has_a_limit_and_none_is_allowed() {
    let today = Day::parse(TODAY).unwrap();
    let told = Settings::new(10_000_000, 1, today).unwrap_err().to_string();
    assert_eq!(told, "10000000 customers are too many: the demo makes at most 9999999");
    let (facts, contacts) = build(&settings(0, 1, TODAY));
    assert_eq!((facts.customers.count(), contacts.cells[0].len()), (0, 0));
    assert!(!facts.catalogue.events.is_empty());
}
