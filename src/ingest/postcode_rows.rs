//! `postcodes.csv`: the folder's own centroids, in place of the bundled ones.

use super::error::IngestError;
use super::file::File;
use super::numbers::{latitude, longitude};
use super::postcodes::Postcodes;
use super::reject::Reason;
use super::table::{InColumn, Reading};
use super::venue_toml::VenueFile;
use crate::model::Place;

/// The folder's own table, if it has one. An empty country is the venue's.
///
/// # Errors
/// Whatever refuses the folder.
pub(super) fn read_postcodes(
    reading: &mut Reading<'_>,
    venue: &VenueFile,
) -> Result<Option<Postcodes>, IngestError> {
    let mut rows: Vec<(String, String, Place)> = Vec::new();
    let own_country = venue.venue.country.as_deref().unwrap_or_default();
    let found = reading.table(
        File::Postcodes,
        &venue.column_names(File::Postcodes),
        |layout| ["country", "postal_code", "latitude", "longitude"].map(|name| layout.at(name)),
        |columns, row| {
            let [country_at, code_at, latitude_at, longitude_at] = *columns;
            let country = match row.get(country_at).trim() {
                "" => own_country,
                country => country,
            };
            if country.is_empty() {
                return Err(Reason::Empty).in_column(country_at);
            }
            let code = row.get(code_at);
            if code.trim().is_empty() {
                return Err(Reason::Empty).in_column(code_at);
            }
            let place = Place {
                latitude: latitude(row.get(latitude_at)).in_column(latitude_at)?,
                longitude: longitude(row.get(longitude_at)).in_column(longitude_at)?,
            };
            rows.push((country.to_owned(), code.to_owned(), place));
            Ok(())
        },
    )?;
    Ok(found.map(|_| Postcodes::from_rows(rows)))
}
