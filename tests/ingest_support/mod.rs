//! A small folder that is right in every cell, for tests to spoil.

#![allow(dead_code)] // Every test file uses a part of it.

use std::ops::ControlFlow;

use publik::ingest::{IngestError, Ingested, MemoryFolder, Options, read};

pub const VENUE: &str = "\
name = \"Small House\"
time_zone = \"Europe/Stockholm\"
currency = \"SEK\"
latitude = 59.3326
longitude = 18.0649
country = \"SE\"
";

/// Two events, two customers, two orders and three tickets.
pub fn folder() -> MemoryFolder {
    [
        ("venue.toml", VENUE),
        (
            "events.csv",
            "event_id,name,starts_at,production_id,production\n\
             E1,First,2026-11-21T19:30,P1,One\n\
             E2,Second,2026-11-22T19:30,P1,One\n",
        ),
        (
            "customers.csv",
            "customer_id,first_name,email,gender,consents\n\
             K2,Anna,anna@example.org,f,news|post\n\
             K1,Bo,,m,news\n",
        ),
        (
            "orders.csv",
            "order_id,customer_id,ordered_at,channel\n\
             O1,K1,2026-11-01T10:00,online\n\
             O2,K2,2026-11-02T10:00,box_office\n",
        ),
        (
            "tickets.csv",
            "ticket_id,order_id,event_id,price\n\
             T1,O1,E1,100\n\
             T2,O1,E1,50.50\n\
             T3,O2,E2,200\n",
        ),
    ]
    .into_iter()
    .collect()
}

/// The folder with one file changed.
pub fn folder_with(name: &str, text: impl Into<Vec<u8>>) -> MemoryFolder {
    let mut folder = folder();
    folder.insert(name, text);
    folder
}

/// The folder with lines added to `venue.toml`.
pub fn folder_with_venue(lines: &str) -> MemoryFolder {
    folder_with("venue.toml", format!("{VENUE}{lines}"))
}

pub fn try_read(folder: &MemoryFolder) -> Result<Ingested, IngestError> {
    read(folder, &Options::default(), &mut |_| ControlFlow::Continue(()))
}

pub fn read_all(folder: &MemoryFolder) -> Ingested {
    try_read(folder).unwrap_or_else(|error| panic!("refused: {error}"))
}

/// What refuses a folder, as people read it.
pub fn refusal(folder: &MemoryFolder) -> String {
    match try_read(folder) {
        Ok(read) => panic!("not refused: {:?}", read.files),
        Err(error) => error.to_string(),
    }
}

/// The rejects of a folder, as they are printed.
pub fn rejects(folder: &MemoryFolder) -> Vec<String> {
    read_all(folder).rejects.iter().map(ToString::to_string).collect()
}

/// Customer ids in row order.
pub fn ids(read: &Ingested) -> Vec<String> {
    read.facts.customers.ids.iter().map(str::to_owned).collect()
}
