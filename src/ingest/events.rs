//! `events.csv` and `offers.csv`: what is on, and what is offered.

use super::error::IngestError;
use super::file::File;
use super::header::ColumnNames;
use super::id_table::{RowsById, Target};
use super::reject::Reason;
use super::table::{InColumn, Reading, once, target};
use super::time::local_time;
use super::venue_toml::VenueFile;
use crate::model::{EventFacts, FactsBuilder, Offer};

/// Reads the events into the builder.
///
/// # Errors
/// Whatever refuses the folder.
pub(super) fn read_events(
    reading: &mut Reading<'_>,
    venue: &VenueFile,
    builder: &mut FactsBuilder,
) -> Result<RowsById, IngestError> {
    let file = File::Events;
    let mut events = RowsById::default();
    let names: ColumnNames = venue.column_names(file);
    reading.table(
        file,
        &names,
        |layout| {
            [
                "event_id",
                "name",
                "starts_at",
                "production_id",
                "production",
                "promoter",
                "season",
                "categories",
                "tags",
            ]
            .map(|name| layout.at(name))
        },
        |columns, row| {
            let [
                id_at,
                name,
                starts_at,
                production_id,
                production,
                promoter,
                season,
                categories,
                tags,
            ] = *columns;
            let id = row.id(id_at)?;
            once(events.insert(id), file, id_at)?;
            let starts = local_time(row.get(starts_at), &venue.zone)
                .ok_or(Reason::NotATime)
                .in_column(starts_at)?;
            let event = EventFacts {
                id,
                name: row.get(name),
                production: (row.id(production_id)?, row.get(production)),
                promoter: row.name(promoter)?,
                season: row.name(season)?,
                categories: row.list(categories)?.collect(),
                tags: row.list(tags)?.collect(),
            };
            events.keep_last(builder.add_event(&event, starts));
            Ok(())
        },
    )?;
    events.add_misshapen(std::mem::take(&mut reading.misshapen));
    Ok(events)
}

/// Reads the offers, where the folder has any, into the builder.
///
/// # Errors
/// Whatever refuses the folder.
pub(super) fn read_offers(
    reading: &mut Reading<'_>,
    venue: &VenueFile,
    events: &mut RowsById,
    builder: &mut FactsBuilder,
) -> Result<(), IngestError> {
    let file = File::Offers;
    let mut offers = RowsById::default();
    let names = venue.column_names(file);
    reading.table(
        file,
        &names,
        |layout| {
            ["offer_id", "name", "url", "event_id", "production_id", "starts_at", "ends_at"]
                .map(|name| layout.at(name))
        },
        |columns, row| {
            let [id_at, name, url, event_at, production_at, starts_at, ends_at] = *columns;
            let id = row.id(id_at)?;
            once(offers.insert(id), file, id_at)?;
            if row.get(url).trim().is_empty() {
                return Err(Reason::Empty).in_column(url);
            }
            let event = match row.get(event_at) {
                "" => None,
                id => Some(target(events.find(id), File::Events).in_column(event_at)?),
            };
            let production = match row.get(production_at) {
                "" => None,
                id => {
                    let found = builder.production_index(id).map_or(Target::Missing, Target::Kept);
                    Some(target(found, File::Events).in_column(production_at)?)
                }
            };
            let time_in = |column| match row.get(column).trim() {
                "" => Ok(None),
                cell => {
                    let time = local_time(cell, &venue.zone).ok_or(Reason::NotATime);
                    time.map(Some).in_column(column)
                }
            };
            builder.add_offer(Offer {
                id: id.to_owned(),
                name: row.get(name).to_owned(),
                url: row.get(url).to_owned(),
                event,
                production,
                starts_at: time_in(starts_at)?,
                ends_at: time_in(ends_at)?,
            });
            Ok(())
        },
    )?;
    Ok(())
}
