//! Any bytes as an export folder: read, refused, or rejected row by row, and what was read
//! survives its storage.
//!
//! An input holds files, each behind a line `=== NAME`; a file that it does not hold is there with
//! a few rows, so that one file alone can be tried.
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use publik::ingest::{MemoryFolder, Options, read};
use publik::snapshot::{decode_contacts, decode_facts, encode_contacts, encode_facts};

const NAMES: [&str; 6] =
    ["venue.toml", "customers.csv", "events.csv", "orders.csv", "tickets.csv", "postcodes.csv"];

const USUAL: [(&str, &str); 6] = [
    (
        "venue.toml",
        "name = \"V\"\ntime_zone = \"Europe/Oslo\"\ncurrency = \"NOK\"\nlatitude = 59.9\nlongitude = 10.7\n",
    ),
    ("customers.csv", "customer_id,email\nK1,a@example.org\nK2,\n"),
    ("events.csv", "event_id,name,starts_at\nE1,A,2026-01-02 19:00\nE2,B,2026-03-04 18:00\n"),
    ("orders.csv", "order_id,customer_id,ordered_at,channel\nO1,K1,2026-01-01 12:00,online\n"),
    ("tickets.csv", "ticket_id,order_id,event_id,price\nT1,O1,E1,100.50\nT2,O1,E2,0\n"),
    // Without one, every run would unpack the bundled table.
    ("postcodes.csv", "country,postal_code,latitude,longitude\nNO,0150,59.9,10.7\n"),
];

fuzz_target!(|input: &[u8]| {
    let folder = folder(input);
    let (ignored, taken) = (Options::default(), Options { ids_as_they_are: true });
    let mut go_on = |_| ControlFlow::Continue(());
    let strict = read(&folder, &ignored, &mut go_on);
    let read = match read(&folder, &taken, &mut go_on) {
        Ok(read) => read,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert!(strict.is_err(), "what is taken with fewer rules is refused with more");
            return;
        }
    };
    for reject in &read.rejects {
        assert!(!reject.to_string().is_empty());
    }
    assert_eq!(decode_facts(&encode_facts(&read.facts)).unwrap(), read.facts);
    assert_eq!(decode_contacts(&encode_contacts(&read.contacts)).unwrap(), read.contacts);
});

fn folder(input: &[u8]) -> MemoryFolder {
    let mut folder = MemoryFolder::new();
    for (name, text) in USUAL {
        folder.insert(name, text);
    }
    let mut name = "customers.csv";
    let mut file = Vec::new();
    for line in input.split_inclusive(|byte| *byte == b'\n') {
        let next = line.strip_prefix(b"=== ").map(<[u8]>::trim_ascii_end);
        if let Some(next) = NAMES.into_iter().find(|name| next == Some(name.as_bytes())) {
            if !file.is_empty() {
                folder.insert(name, std::mem::take(&mut file));
            }
            name = next;
        } else {
            file.extend_from_slice(line);
        }
    }
    folder.insert(name, file);
    folder
}
