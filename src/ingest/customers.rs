//! `customers.csv`: who they are for counting, and every cell as it came.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::error::{IngestError, Warning};
use super::file::File;
use super::given_names;
use super::header::{ColumnAt, Layout};
use super::id_table::RowsById;
use super::numbers::{latitude, longitude};
use super::personal_id::IdWatch;
use super::postcodes::Postcodes;
use super::reject::Reason;
use super::table::{InColumn, Reading, Refusal, Row, once};
use super::venue_toml::VenueFile;
use super::words::{StatedGender, WordReader};
use crate::model::{
    Contacts, CustomerFacts, FactsBuilder, Gender, Place, TextColumn, great_circle_km,
};

/// Genders of first names that are kept in memory; beyond, names are looked up again.
const REMEMBERED_NAMES: usize = 1 << 17;

/// Reads the customers into the builder, to which the consents and flags of `venue.toml` were
/// added; those that only customers name come behind them in byte order.
///
/// # Errors
/// Whatever refuses the folder, ids among it unless `ids_as_they_are`.
pub(super) fn read_customers(
    reading: &mut Reading<'_>,
    venue: &VenueFile,
    own_postcodes: Option<Postcodes>,
    ids_as_they_are: bool,
    builder: &mut FactsBuilder,
) -> Result<(RowsById, Contacts), IngestError> {
    let file = File::Customers;
    let mut people = People {
        venue,
        postcodes: own_postcodes.map_or_else(OnceCell::new, OnceCell::from),
        ids: RowsById::default(),
        watch: (!ids_as_they_are).then(IdWatch::default),
        genders: WordReader::new(venue.words(file, "gender")),
        of_first_names: HashMap::new(),
        consents: Members::new(&venue.consents),
        flags: Members::new(&venue.flags),
        unplaced: 0,
        builder,
    };
    let prepared = reading.table(
        file,
        &venue.column_names(file),
        |layout| (Columns::new(layout), empty_contacts(layout)),
        |(columns, contacts), row| {
            people.take(columns, row)?;
            keep(contacts, row)
        },
    )?;
    let (_, contacts) = prepared.ok_or(IngestError::MissingFile { file })?;
    if let Some(watch) = people.watch {
        reading.warnings.extend(watch.finish()?);
    }
    if people.unplaced > 0 {
        reading.warnings.push(Warning::PostcodesNotAsked { customers: people.unplaced });
    }
    for (column, defined, members) in
        [("consents", &venue.consents, &people.consents), ("flags", &venue.flags, &people.flags)]
    {
        let count = members.positions.len() - defined.len();
        if count > 0 && !defined.is_empty() {
            reading.warnings.push(Warning::NotInVenue { column, count });
        }
    }
    let mut ids = people.ids;
    ids.add_misshapen(std::mem::take(&mut reading.misshapen));
    builder.sort_members_behind(venue.consents.len(), venue.flags.len());
    Ok((ids, contacts))
}

/// Columns that counting looks at.
struct Columns {
    id: ColumnAt,
    first_name: ColumnAt,
    email: ColumnAt,
    postal_code: ColumnAt,
    country: ColumnAt,
    latitude: ColumnAt,
    longitude: ColumnAt,
    gender: ColumnAt,
    consents: ColumnAt,
    flags: ColumnAt,
}

impl Columns {
    fn new(layout: &Layout) -> Columns {
        Columns {
            id: layout.at("customer_id"),
            first_name: layout.at("first_name"),
            email: layout.at("email"),
            postal_code: layout.at("postal_code"),
            country: layout.at("country"),
            latitude: layout.at("latitude"),
            longitude: layout.at("longitude"),
            gender: layout.at("gender"),
            consents: layout.at("consents"),
            flags: layout.at("flags"),
        }
    }
}

fn empty_contacts(layout: &Layout) -> Contacts {
    Contacts {
        headers: layout.headers.iter().map(ToString::to_string).collect(),
        names: layout.names.iter().map(|name| name.map(str::to_owned)).collect(),
        cells: vec![TextColumn::default(); layout.headers.len()],
    }
}

fn keep(contacts: &mut Contacts, row: Row<'_>) -> Result<(), Refusal> {
    for (at, cell) in row.cells().enumerate() {
        if !contacts.cells[at].push(cell) {
            let what = format!("the cells of {:?}", contacts.headers[at]);
            return Err(IngestError::TooLarge { file: File::Customers, what }.into());
        }
    }
    Ok(())
}

/// Reads one customer after the other.
struct People<'a> {
    venue: &'a VenueFile,
    /// The folder's own, or the bundled ones as soon as somebody needs them.
    postcodes: OnceCell<Postcodes>,
    ids: RowsById,
    /// `None` when ids are taken as they are.
    watch: Option<IdWatch>,
    genders: WordReader<'a, StatedGender>,
    /// By country and first name as written.
    of_first_names: HashMap<(String, String), Gender>,
    consents: Members,
    flags: Members,
    /// Customers with a postcode that was not looked up.
    unplaced: u64,
    builder: &'a mut FactsBuilder,
}

impl People<'_> {
    fn take(&mut self, columns: &Columns, row: Row<'_>) -> Result<(), Refusal> {
        let file = File::Customers;
        let id = row.id(columns.id)?;
        if let Some(watch) = &mut self.watch {
            watch.see(id, row.line())?;
        }
        once(self.ids.insert(id), file, columns.id)?;
        let country = match (row.get(columns.country).trim(), &self.venue.venue.country) {
            ("", Some(country)) => country.as_str(),
            (country, _) => country,
        };
        let place = self.place(columns, row, country)?;
        let stated = self.genders.read(row.get(columns.gender)).in_column(columns.gender)?;
        let (consents, flags) = (row.list(columns.consents)?, row.list(columns.flags)?);
        let gender = match stated {
            StatedGender::Stated(gender) => gender,
            StatedGender::Derived => self.derived_gender(row.get(columns.first_name), country),
        };
        let builder = &mut *self.builder;
        self.consents.find(consents, |id| builder.add_consent(id, id));
        self.flags.find(flags, |id| builder.add_flag(id, id));
        let added = builder.add_customer(&CustomerFacts {
            id,
            gender,
            distance_km: place.map(|place| great_circle_km(self.venue.place, place)),
            has_email: !row.get(columns.email).trim().is_empty(),
            consents: &self.consents.found,
            flags: &self.flags.found,
        });
        let index =
            added.ok_or_else(|| IngestError::TooLarge { file, what: "the ids".to_owned() })?;
        self.ids.keep_last(index);
        Ok(())
    }

    /// Where the row says, else where its postcode lies.
    ///
    /// The bundled table is not asked where it would only guess at what the export knows: when
    /// the file has coordinates of its own and the venue does not even say its country.
    fn place(
        &mut self,
        columns: &Columns,
        row: Row<'_>,
        country: &str,
    ) -> Result<Option<Place>, Refusal> {
        let (north, east) = (row.get(columns.latitude).trim(), row.get(columns.longitude).trim());
        match (north.is_empty(), east.is_empty()) {
            (false, false) => Ok(Some(Place {
                latitude: latitude(north).in_column(columns.latitude)?,
                longitude: longitude(east).in_column(columns.longitude)?,
            })),
            (true, true) => {
                let code = row.get(columns.postal_code);
                if code.trim().is_empty() {
                    return Ok(None);
                }
                let knows_places = columns.latitude.0.is_some();
                let is_bundled = self.postcodes.get().is_none_or(Postcodes::is_bundled);
                if knows_places && is_bundled && self.venue.venue.country.is_none() {
                    self.unplaced += 1;
                    return Ok(None);
                }
                Ok(self.postcodes.get_or_init(Postcodes::bundled).lookup(country, code))
            }
            (true, false) => Err(Reason::HalfAPlace).in_column(columns.longitude),
            (false, true) => Err(Reason::HalfAPlace).in_column(columns.latitude),
        }
    }

    fn derived_gender(&mut self, first_name: &str, country: &str) -> Gender {
        if first_name.trim().is_empty() {
            return Gender::Unknown;
        }
        let key = (country.to_owned(), first_name.to_owned());
        if let Some(gender) = self.of_first_names.get(&key) {
            return *gender;
        }
        let gender = given_names::gender(first_name, country);
        if self.of_first_names.len() < REMEMBERED_NAMES {
            self.of_first_names.insert(key, gender);
        }
        gender
    }
}

/// Consents, or flags, by id.
struct Members {
    positions: HashMap<String, u32>,
    /// Positions of the row at hand.
    found: Vec<u32>,
}

impl Members {
    fn new(defined: &[(String, String)]) -> Members {
        let positions = defined.iter().zip(0..).map(|((id, _), at)| (id.clone(), at)).collect();
        Members { positions, found: Vec::new() }
    }

    /// Notes the positions of a row's ids; `define` gives one to an id that is new.
    fn find<'r>(
        &mut self,
        ids: impl Iterator<Item = &'r str>,
        mut define: impl FnMut(&str) -> u32,
    ) {
        self.found.clear();
        for id in ids {
            let known = self.positions.get(id).copied();
            self.found.push(known.unwrap_or_else(|| {
                let at = define(id);
                self.positions.insert(id.to_owned(), at);
                at
            }));
        }
    }
}
