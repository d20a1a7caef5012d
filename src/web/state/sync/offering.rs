//! Which offers a view may send, and until when.

use crate::model::{Catalogue, LocalTime, Offer};
use crate::view::Mode;

/// An offer that may be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Its position among the data's offers.
    pub at: usize,
    /// Minutes until it ends, if it does.
    pub minutes_left: Option<u64>,
}

/// The offers of what a view is for: of the event, of the event's group, of the group, of one of
/// the group's events. Only those that run now, on the venue's clock.
pub fn offers_for(
    mode: &Mode,
    catalogue: &Catalogue,
    offers: &[Offer],
    now: LocalTime,
) -> Vec<Running> {
    let production_of =
        |event: u32| catalogue.events.get(event as usize).map(|event| event.production);
    let belongs = |offer: &Offer| match mode {
        Mode::All => false,
        Mode::Event(id) => {
            let event = catalogue.events.iter().position(|event| event.id == *id);
            let event = event.map(|at| at as u32);
            event.is_some()
                && (offer.event == event
                    || offer.production.is_some()
                        && offer.production == event.and_then(production_of))
        }
        Mode::Production(id) => {
            let production = catalogue.productions.iter().position(|one| one.id == *id);
            let production = production.map(|at| at as u32);
            production.is_some()
                && (offer.production == production
                    || offer.event.and_then(production_of) == production)
        }
    };
    let now = minutes(now, 0);
    let running = offers.iter().enumerate().filter(|(_, offer)| belongs(offer));
    let running = running.filter_map(|(at, offer)| {
        // A day alone begins at its midnight, and ends with it.
        let starts = offer.starts_at.map(|time| minutes(time, 0));
        let ends = offer.ends_at.map(|time| minutes(time, 24 * 60));
        let is_running =
            starts.is_none_or(|starts| starts <= now) && ends.is_none_or(|ends| now < ends);
        let minutes_left = ends.map(|ends| (ends - now).max(0) as u64);
        is_running.then_some(Running { at, minutes_left })
    });
    running.collect()
}

/// Minutes on the venue's clock; a day without a time stands for `of_day`.
fn minutes(time: LocalTime, of_day: i64) -> i64 {
    i64::from(time.day.number()) * 24 * 60 + time.minute.map_or(of_day, i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Day, Event, Named};

    fn time(day: &str, minute: Option<u16>) -> LocalTime {
        LocalTime { day: Day::parse(day).unwrap(), minute }
    }

    fn catalogue() -> Catalogue {
        let event = |id: &str, production| Event {
            id: id.to_owned(),
            name: id.to_owned(),
            starts_at: time("2026-12-01", Some(19 * 60)),
            production,
            promoter: None,
            season: None,
            categories: vec![],
            tags: vec![],
        };
        let named = |id: &str| Named { id: id.to_owned(), name: id.to_owned() };
        Catalogue {
            events: vec![event("E1", 0), event("E2", 0), event("E3", 1)],
            productions: vec![named("P1"), named("P2")],
            ..Catalogue::default()
        }
    }

    fn offer(event: Option<u32>, production: Option<u32>) -> Offer {
        let (id, name, url) = (String::new(), String::new(), String::new());
        Offer { id, name, url, event, production, starts_at: None, ends_at: None }
    }

    fn found(mode: &Mode, offers: &[Offer], now: LocalTime) -> Vec<usize> {
        let running = offers_for(mode, &catalogue(), offers, now);
        running.into_iter().map(|running| running.at).collect()
    }

    #[test]
    fn offers_are_of_the_event_its_group_the_group_or_one_of_its_events() {
        let offers = [
            offer(Some(0), None),
            offer(Some(1), None),
            offer(Some(2), None),
            offer(None, Some(0)),
            offer(None, Some(1)),
            offer(None, None),
        ];
        let now = time("2026-11-21", Some(600));
        assert_eq!(found(&Mode::Event("E1".into()), &offers, now), [0, 3]);
        assert_eq!(found(&Mode::Production("P1".into()), &offers, now), [0, 1, 3]);
        assert_eq!(found(&Mode::Production("P2".into()), &offers, now), [2, 4]);
        for nothing in [Mode::All, Mode::Event("E9".into()), Mode::Production("P9".into())] {
            assert_eq!(found(&nothing, &offers, now), [0_usize; 0], "{nothing:?}");
        }
    }

    #[test]
    fn an_offer_runs_from_its_first_minute_until_its_last_or_through_its_last_day() {
        let of = |starts_at, ends_at| [Offer { starts_at, ends_at, ..offer(Some(0), None) }];
        let mode = Mode::Event("E1".into());
        let now = time("2026-11-21", Some(600));
        for (starts, ends, left) in [
            (None, None, Some(None)),
            (Some(time("2026-11-21", None)), Some(time("2026-11-21", None)), Some(Some(840))),
            (Some(time("2026-11-21", Some(600))), None, Some(None)),
            (Some(time("2026-11-21", Some(601))), None, None),
            (Some(time("2026-11-22", None)), None, None),
            (None, Some(time("2026-11-21", Some(601))), Some(Some(1))),
            (None, Some(time("2026-11-21", Some(600))), None),
            (None, Some(time("2026-11-20", None)), None),
        ] {
            let running = offers_for(&mode, &catalogue(), &of(starts, ends), now);
            let found = running.first().map(|running| running.minutes_left);
            assert_eq!(found, left, "{starts:?} {ends:?}");
        }
    }
}
