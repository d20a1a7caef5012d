//! The small records of the facts: venue, catalogue, definitions, offers.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::SnapshotError;
use super::container::Cursor;
use crate::model::{Catalogue, Day, Decimals, Event, Facts, LocalTime, Named, Offer, Venue};

/// What postcard writes, field by field in this order; `FORMAT.md` has the same list.
#[derive(Serialize, Deserialize)]
struct Records<'a> {
    #[serde(borrow)]
    venue: VenueRecord<'a>,
    consents: Vec<NamedRecord<'a>>,
    flags: Vec<NamedRecord<'a>>,
    productions: Vec<NamedRecord<'a>>,
    promoters: Vec<&'a str>,
    seasons: Vec<&'a str>,
    categories: Vec<&'a str>,
    tags: Vec<&'a str>,
    events: Vec<EventRecord<'a>>,
    offers: Vec<OfferRecord<'a>>,
}

#[derive(Serialize, Deserialize)]
struct VenueRecord<'a> {
    name: &'a str,
    time_zone: &'a str,
    currency: &'a str,
    decimals: u8,
    country: Option<&'a str>,
    locale: Option<&'a str>,
    marketing_consent: Option<&'a str>,
    flags_cursor: u64,
}

#[derive(Serialize, Deserialize)]
struct NamedRecord<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize, Deserialize)]
struct TimeRecord {
    day: i32,
    minute: Option<u16>,
}

#[derive(Serialize, Deserialize)]
struct EventRecord<'a> {
    #[serde(borrow)]
    named: NamedRecord<'a>,
    starts_at: TimeRecord,
    production: u32,
    promoter: Option<u32>,
    season: Option<u32>,
    categories: Vec<u32>,
    tags: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
struct OfferRecord<'a> {
    #[serde(borrow)]
    named: NamedRecord<'a>,
    url: &'a str,
    event: Option<u32>,
    production: Option<u32>,
    starts_at: Option<TimeRecord>,
    ends_at: Option<TimeRecord>,
}

/// The records as the model has them; the members of consents and flags come from elsewhere.
pub(super) struct Decoded {
    pub venue: Venue,
    pub catalogue: Catalogue,
    pub consents: Vec<Named>,
    pub flags: Vec<Named>,
    pub offers: Vec<Offer>,
}

/// Appends the section.
pub(super) fn write(out: &mut Vec<u8>, facts: &Facts) {
    let catalogue = &facts.catalogue;
    let records = Records {
        venue: venue_record(&facts.venue),
        consents: facts.consents.iter().map(|set| named(&set.id, &set.name)).collect(),
        flags: facts.flags.iter().map(|set| named(&set.id, &set.name)).collect(),
        productions: catalogue.productions.iter().map(|of| named(&of.id, &of.name)).collect(),
        promoters: texts(&catalogue.promoters),
        seasons: texts(&catalogue.seasons),
        categories: texts(&catalogue.categories),
        tags: texts(&catalogue.tags),
        events: catalogue.events.iter().map(event_record).collect(),
        offers: facts.offers.iter().map(offer_record).collect(),
    };
    let bytes = postcard::to_stdvec(&records)
        .expect("strings, numbers, options and lists of known length always serialize");
    out.extend_from_slice(&bytes);
}

fn texts(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

fn named<'a>(id: &'a str, name: &'a str) -> NamedRecord<'a> {
    NamedRecord { id, name }
}

fn venue_record(venue: &Venue) -> VenueRecord<'_> {
    VenueRecord {
        name: &venue.name,
        time_zone: &venue.time_zone,
        currency: &venue.currency,
        decimals: venue.decimals.digits(),
        country: venue.country.as_deref(),
        locale: venue.locale.as_deref(),
        marketing_consent: venue.marketing_consent.as_deref(),
        flags_cursor: venue.flags_cursor,
    }
}

fn time_record(time: LocalTime) -> TimeRecord {
    TimeRecord { day: time.day.number(), minute: time.minute }
}

fn event_record(event: &Event) -> EventRecord<'_> {
    EventRecord {
        named: named(&event.id, &event.name),
        starts_at: time_record(event.starts_at),
        production: event.production,
        promoter: event.promoter,
        season: event.season,
        categories: event.categories.clone(),
        tags: event.tags.clone(),
    }
}

fn offer_record(offer: &Offer) -> OfferRecord<'_> {
    OfferRecord {
        named: named(&offer.id, &offer.name),
        url: &offer.url,
        event: offer.event,
        production: offer.production,
        starts_at: offer.starts_at.map(time_record),
        ends_at: offer.ends_at.map(time_record),
    }
}

/// Reads the section and holds it to the model's rules.
pub(super) fn read(mut cursor: Cursor<'_>) -> Result<Decoded, SnapshotError> {
    let at_start = cursor.clone();
    let (records, rest) = postcard::take_from_bytes::<Records<'_>>(cursor.rest())
        .map_err(|error| at_start.damaged(error.to_string()))?;
    if !rest.is_empty() {
        return Err(at_start.damaged(format!("{} bytes too many", rest.len())));
    }
    decoded(&records).map_err(|reason| at_start.damaged(reason))
}

fn decoded(records: &Records<'_>) -> Result<Decoded, String> {
    let catalogue = Catalogue {
        events: records.events.iter().map(event).collect::<Result<_, _>>()?,
        productions: records.productions.iter().map(owned).collect(),
        promoters: strings(&records.promoters),
        seasons: strings(&records.seasons),
        categories: strings(&records.categories),
        tags: strings(&records.tags),
    };
    check_catalogue(&catalogue)?;
    let offers: Vec<Offer> = records.offers.iter().map(offer).collect::<Result<_, _>>()?;
    for (at, offer) in offers.iter().enumerate() {
        let what = || format!("offer {at}");
        check_index(offer.event, catalogue.events.len(), what, "event")?;
        check_index(offer.production, catalogue.productions.len(), what, "event group")?;
    }
    check_unique("offer", offers.iter().map(|offer| offer.id.as_str()))?;
    check_unique("consent", records.consents.iter().map(|consent| consent.id))?;
    check_unique("flag", records.flags.iter().map(|flag| flag.id))?;
    Ok(Decoded {
        venue: venue(&records.venue)?,
        catalogue,
        consents: records.consents.iter().map(owned).collect(),
        flags: records.flags.iter().map(owned).collect(),
        offers,
    })
}

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|&text| text.to_owned()).collect()
}

fn owned(record: &NamedRecord<'_>) -> Named {
    Named { id: record.id.to_owned(), name: record.name.to_owned() }
}

fn venue(record: &VenueRecord<'_>) -> Result<Venue, String> {
    let decimals = Decimals::new(record.decimals).ok_or_else(|| {
        format!("a currency of {} decimals; 0 to {} are", record.decimals, Decimals::MAX)
    })?;
    Ok(Venue {
        name: record.name.to_owned(),
        time_zone: record.time_zone.to_owned(),
        currency: record.currency.to_owned(),
        decimals,
        country: record.country.map(str::to_owned),
        locale: record.locale.map(str::to_owned),
        marketing_consent: record.marketing_consent.map(str::to_owned),
        flags_cursor: record.flags_cursor,
    })
}

fn time(record: &TimeRecord) -> Result<LocalTime, String> {
    let day = Day::from_number(record.day)
        .ok_or_else(|| format!("day {} is outside the years 0000 to 9999", record.day))?;
    match record.minute {
        Some(minute) if minute >= 24 * 60 => {
            Err(format!("minute {minute} of a day; 0 to 1439 are"))
        }
        minute => Ok(LocalTime { day, minute }),
    }
}

fn event(record: &EventRecord<'_>) -> Result<Event, String> {
    Ok(Event {
        id: record.named.id.to_owned(),
        name: record.named.name.to_owned(),
        starts_at: time(&record.starts_at)?,
        production: record.production,
        promoter: record.promoter,
        season: record.season,
        categories: record.categories.clone(),
        tags: record.tags.clone(),
    })
}

fn offer(record: &OfferRecord<'_>) -> Result<Offer, String> {
    Ok(Offer {
        id: record.named.id.to_owned(),
        name: record.named.name.to_owned(),
        url: record.url.to_owned(),
        event: record.event,
        production: record.production,
        starts_at: record.starts_at.as_ref().map(time).transpose()?,
        ends_at: record.ends_at.as_ref().map(time).transpose()?,
    })
}

fn check_catalogue(catalogue: &Catalogue) -> Result<(), String> {
    let ascends = |list: &[String]| list.is_sorted_by(|a, b| a < b);
    let lists = [
        ("promoters", &catalogue.promoters),
        ("seasons", &catalogue.seasons),
        ("categories", &catalogue.categories),
        ("tags", &catalogue.tags),
    ];
    for (name, list) in lists {
        if !ascends(list) {
            return Err(format!("the {name} do not ascend by bytes"));
        }
    }
    if !catalogue.productions.is_sorted_by(|a, b| a.id < b.id) {
        return Err("the event groups do not ascend by the bytes of their ids".to_owned());
    }
    if !catalogue.events.is_sorted_by_key(|event| (event.starts_at, &event.id)) {
        return Err("the events do not ascend by start and id".to_owned());
    }
    check_unique("event", catalogue.events.iter().map(|event| event.id.as_str()))?;
    for (at, event) in catalogue.events.iter().enumerate() {
        let what = || format!("event {at}");
        check_index(Some(event.production), catalogue.productions.len(), what, "event group")?;
        check_index(event.promoter, catalogue.promoters.len(), what, "promoter")?;
        check_index(event.season, catalogue.seasons.len(), what, "season")?;
        check_list(&event.categories, catalogue.categories.len(), what, "category")?;
        check_list(&event.tags, catalogue.tags.len(), what, "tag")?;
    }
    Ok(())
}

fn check_index(
    index: Option<u32>,
    count: usize,
    what: impl Fn() -> String,
    list: &str,
) -> Result<(), String> {
    match index {
        Some(index) if index as usize >= count => {
            Err(format!("{} names {list} {index} of {count}", what()))
        }
        _ => Ok(()),
    }
}

fn check_list(
    indexes: &[u32],
    count: usize,
    what: impl Fn() -> String,
    list: &str,
) -> Result<(), String> {
    if !indexes.is_sorted_by(|a, b| a < b) {
        return Err(format!("{}: each {list} must stand once, in ascending order", what()));
    }
    check_index(indexes.last().copied(), count, what, list)
}

fn check_unique<'a>(what: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut known = HashSet::new();
    for (at, id) in ids.enumerate() {
        if !known.insert(id) {
            return Err(format!("{what} {at} has the id of an earlier one"));
        }
    }
    Ok(())
}
