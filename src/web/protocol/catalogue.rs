//! The venue, its events and its named sets as bytes: what the page needs to name things, without
//! any customer.

use serde::{Deserialize, Serialize};

use crate::model::{Catalogue, Day, Decimals, Event, Facts, LocalTime, Named, Offer, Venue};

/// What the page knows of the open data beyond counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Names {
    /// The venue.
    pub venue: Venue,
    /// Events and their groups.
    pub catalogue: Catalogue,
    /// Consents in the snapshot's order.
    pub consents: Vec<Named>,
    /// Flags in the snapshot's order.
    pub flags: Vec<Named>,
    /// Special offers.
    pub offers: Vec<Offer>,
}

/// Bytes that are no catalogue: page and worker are not of one build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the page and its worker are of different versions; load the page again")]
pub struct NotACatalogue;

type Pair = (String, String);
type Time = (i32, Option<u16>);

#[derive(Serialize, Deserialize)]
struct Wire {
    venue: WireVenue,
    events: Vec<WireEvent>,
    productions: Vec<Pair>,
    promoters: Vec<String>,
    seasons: Vec<String>,
    categories: Vec<String>,
    tags: Vec<String>,
    consents: Vec<Pair>,
    flags: Vec<Pair>,
    offers: Vec<WireOffer>,
}

#[derive(Serialize, Deserialize)]
struct WireVenue {
    name: String,
    time_zone: String,
    currency: String,
    digits: u8,
    country: Option<String>,
    locale: Option<String>,
    marketing_consent: Option<String>,
    flags_cursor: u64,
}

#[derive(Serialize, Deserialize)]
struct WireEvent {
    id: String,
    name: String,
    starts_at: Time,
    production: u32,
    promoter: Option<u32>,
    season: Option<u32>,
    categories: Vec<u32>,
    tags: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
struct WireOffer {
    id: String,
    name: String,
    url: String,
    event: Option<u32>,
    production: Option<u32>,
    starts_at: Option<Time>,
    ends_at: Option<Time>,
}

/// The bytes of what facts name.
pub fn encode(facts: &Facts) -> Vec<u8> {
    let Facts { venue, catalogue, consents, flags, offers, .. } = facts;
    let wire = Wire {
        venue: WireVenue {
            name: venue.name.clone(),
            time_zone: venue.time_zone.clone(),
            currency: venue.currency.clone(),
            digits: venue.decimals.digits(),
            country: venue.country.clone(),
            locale: venue.locale.clone(),
            marketing_consent: venue.marketing_consent.clone(),
            flags_cursor: venue.flags_cursor,
        },
        events: catalogue.events.iter().map(wire_event).collect(),
        productions: pairs(catalogue.productions.iter().map(|one| (&one.id, &one.name))),
        promoters: catalogue.promoters.clone(),
        seasons: catalogue.seasons.clone(),
        categories: catalogue.categories.clone(),
        tags: catalogue.tags.clone(),
        consents: pairs(consents.iter().map(|one| (&one.id, &one.name))),
        flags: pairs(flags.iter().map(|one| (&one.id, &one.name))),
        offers: offers.iter().map(wire_offer).collect(),
    };
    postcard::to_stdvec(&wire).expect("texts, numbers and lists of them always become bytes")
}

/// What the facts named.
///
/// # Errors
/// Bytes that [`encode`] did not write.
pub fn decode(bytes: &[u8]) -> Result<Names, NotACatalogue> {
    let wire: Wire = postcard::from_bytes(bytes).map_err(|_| NotACatalogue)?;
    let WireVenue { name, time_zone, currency, digits, .. } = wire.venue;
    let venue = Venue {
        name,
        time_zone,
        currency,
        decimals: Decimals::new(digits).ok_or(NotACatalogue)?,
        country: wire.venue.country,
        locale: wire.venue.locale,
        marketing_consent: wire.venue.marketing_consent,
        flags_cursor: wire.venue.flags_cursor,
    };
    let catalogue = Catalogue {
        events: wire.events.into_iter().map(event).collect::<Result<_, _>>()?,
        productions: named(wire.productions),
        promoters: wire.promoters,
        seasons: wire.seasons,
        categories: wire.categories,
        tags: wire.tags,
    };
    Ok(Names {
        venue,
        catalogue,
        consents: named(wire.consents),
        flags: named(wire.flags),
        offers: wire.offers.into_iter().map(offer).collect::<Result<_, _>>()?,
    })
}

fn pairs<'a>(named: impl Iterator<Item = (&'a String, &'a String)>) -> Vec<Pair> {
    named.map(|(id, name)| (id.clone(), name.clone())).collect()
}

fn named(pairs: Vec<Pair>) -> Vec<Named> {
    pairs.into_iter().map(|(id, name)| Named { id, name }).collect()
}

fn wire_time(time: LocalTime) -> Time {
    (time.day.number(), time.minute)
}

fn time((day, minute): Time) -> Result<LocalTime, NotACatalogue> {
    Ok(LocalTime { day: Day::from_number(day).ok_or(NotACatalogue)?, minute })
}

fn wire_event(event: &Event) -> WireEvent {
    WireEvent {
        id: event.id.clone(),
        name: event.name.clone(),
        starts_at: wire_time(event.starts_at),
        production: event.production,
        promoter: event.promoter,
        season: event.season,
        categories: event.categories.clone(),
        tags: event.tags.clone(),
    }
}

fn event(wire: WireEvent) -> Result<Event, NotACatalogue> {
    Ok(Event {
        id: wire.id,
        name: wire.name,
        starts_at: time(wire.starts_at)?,
        production: wire.production,
        promoter: wire.promoter,
        season: wire.season,
        categories: wire.categories,
        tags: wire.tags,
    })
}

fn wire_offer(offer: &Offer) -> WireOffer {
    WireOffer {
        id: offer.id.clone(),
        name: offer.name.clone(),
        url: offer.url.clone(),
        event: offer.event,
        production: offer.production,
        starts_at: offer.starts_at.map(wire_time),
        ends_at: offer.ends_at.map(wire_time),
    }
}

fn offer(wire: WireOffer) -> Result<Offer, NotACatalogue> {
    Ok(Offer {
        id: wire.id,
        name: wire.name,
        url: wire.url,
        event: wire.event,
        production: wire.production,
        starts_at: wire.starts_at.map(time).transpose()?,
        ends_at: wire.ends_at.map(time).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;

    #[test]
    fn names_come_back_as_the_facts_have_them() {
        let today = Day::from_ymd(2026, 11, 21).unwrap();
        let (facts, _) = demo::build(&demo::Settings::new(50, 7, today).unwrap());
        let names = decode(&encode(&facts)).unwrap();
        assert_eq!(names.venue, facts.venue);
        assert_eq!(names.catalogue, facts.catalogue);
        assert_eq!(names.offers, facts.offers);
        let ids = |named: &[Named]| named.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        let sets = facts.flags.iter().map(|set| set.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&names.flags), sets);
        assert!(!names.catalogue.events.is_empty());
    }

    #[test]
    fn other_bytes_are_refused() {
        assert_eq!(decode(&[]), Err(NotACatalogue));
        assert_eq!(decode(&[255; 40]), Err(NotACatalogue));
    }
}
