//! Full data go out and come in again, cell by cell the same.
#![cfg(feature = "cli")]

mod export_support;

use std::ops::ControlFlow;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use publik::engine::Snapshot;
use publik::export::{Format, Gates, Locale, Output, Plan, Preflight, Setting, Sources, Writing};
use publik::ingest::{self, DirectoryFolder, Folder, Ingested, MemoryFolder, Options};
use publik::model::Contacts;

fn read(folder: &dyn Folder) -> Ingested {
    let options = Options { ids_as_they_are: true };
    ingest::read(folder, &options, &mut |_| ControlFlow::Continue(())).unwrap()
}

/// Everybody's full data, a step of `step` rows at a time.
fn full_csv(ingested: &Ingested, locale: Locale, step: usize) -> Vec<u8> {
    let Ingested { facts, contacts, .. } = ingested;
    let snapshot = Snapshot::new(facts.clone());
    let sources = Sources::new(&snapshot, contacts).unwrap();
    let rows = (0..facts.customers.count()).collect();
    let format = Format::FullCsv;
    let plan: Plan = Preflight::new(sources, format, Gates::default(), rows).unwrap().finish();
    let setting = Setting { format, locale, columns: Vec::new(), built_at: "2026-11-21T06:10:00Z" };
    let mut writing = Writing::new(sources, &plan, setting).unwrap();
    let mut files: Vec<Vec<u8>> = Vec::new();
    while !writing.step(step, &mut files).unwrap().is_done {}
    assert_eq!(files.len(), 1);
    files.remove(0)
}

/// The export with other customers.
fn with_customers(from: &Path, customers: Vec<u8>) -> MemoryFolder {
    let mut folder = MemoryFolder::default();
    for name in ["venue.toml", "events.csv", "orders.csv", "tickets.csv"] {
        folder.insert(name, std::fs::read(from.join(name)).unwrap());
    }
    folder.insert("customers.csv", customers);
    folder
}

#[test]
fn every_case_comes_back_as_it_left() {
    for case in ["adventureworks", "synthetic-reykjavik-1", "synthetic-stockholm-2"] {
        let export = export_support::case(case).join("export");
        let first = read(&DirectoryFolder::new(&export));
        for locale in [Locale::English, Locale::Swedish] {
            let customers = full_csv(&first, locale, 1000);
            let second = read(&with_customers(&export, customers.clone()));
            assert!(second.contacts == first.contacts, "{case}: other contacts");
            assert!(second.facts == first.facts, "{case}: other facts");
            assert!(full_csv(&second, locale, 7) == customers, "{case}: other bytes");
        }
    }
}

const VENUE: &str =
    "name = \"V\"\ntime_zone = \"UTC\"\ncurrency = \"SEK\"\nlatitude = 0\nlongitude = 0\n";

fn awkward_folder(customers: &[u8]) -> MemoryFolder {
    let mut folder = MemoryFolder::default();
    for (name, text) in [
        ("venue.toml", VENUE),
        ("events.csv", "event_id,name,starts_at,production_id,production\n"),
        ("orders.csv", "order_id,customer_id,ordered_at,channel\n"),
        ("tickets.csv", "ticket_id,order_id,event_id,price\n"),
    ] {
        folder.insert(name, text.as_bytes().to_vec());
    }
    folder.insert("customers.csv", customers.to_vec());
    folder
}

/// Cells that spreadsheets, delimiters, quotes and line breaks make awkward.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "['=@+\\-\t\r\n\";,| a0-9åÖ\u{feff}\u{a0}()./]{0,10}",
        "'{0,3}[=@+\\-]\\PC{0,8}",
        "\\+[0-9 ()-]{5,20}",
        "\\PC{0,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn awkward_cells_come_back_as_they_left(
        rows in vec(vec(cell(), 3), 0..12),
        header in "[='+\";,a-z ]{0,6}x",
        swedish in any::<bool>(),
        step in 1..20_usize,
    ) {
        let mut contacts = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        contacts.write_record(["customer_id", "first_name", &header, "last_name"]).unwrap();
        for (at, cells) in rows.iter().enumerate() {
            let id = format!("={at}");
            contacts.write_record([&[id][..], cells].concat()).unwrap();
        }
        let first = read(&awkward_folder(&contacts.into_inner().unwrap()));
        prop_assert!(first.rejects.is_empty());
        let locale = if swedish { Locale::Swedish } else { Locale::English };
        let customers = full_csv(&first, locale, step);
        let second = read(&awkward_folder(&customers));
        prop_assert_eq!(&second.contacts, &first.contacts);
        prop_assert_eq!(full_csv(&second, locale, 1000), customers);
    }

    #[test]
    fn ids_alone_come_back_however_they_look(ids in vec("[ ='+\";,|\u{a0}a]{1,4}", 0..8)) {
        let mut contacts = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        contacts.write_record(["customer_id"]).unwrap();
        for id in &ids {
            contacts.write_record([id]).unwrap();
        }
        let first: Contacts = read(&awkward_folder(&contacts.into_inner().unwrap())).contacts;
        let ingested = read(&awkward_folder(&full_csv(
            &read(&awkward_folder(&always_quoted(&first))), Locale::English, 3,
        )));
        prop_assert_eq!(ingested.contacts, first);
    }
}

/// Contacts as a file that needs no care.
fn always_quoted(contacts: &Contacts) -> Vec<u8> {
    let style = csv::QuoteStyle::Always;
    let mut out = csv::WriterBuilder::new().quote_style(style).from_writer(Vec::new());
    out.write_record(&contacts.headers).unwrap();
    for row in 0..contacts.cells[0].len() {
        let cells = contacts.cells.iter().map(|cells| format!("'{}", cells.get(row)));
        let plain = contacts.cells.iter().map(|cells| cells.get(row).to_owned());
        let guarded = cells.zip(plain).map(|(guarded, plain)| {
            let looks_like_a_formula =
                plain.trim_start_matches('\'').starts_with(['=', '@', '+', '-', '\t', '\r']);
            if looks_like_a_formula { guarded } else { plain }
        });
        out.write_record(guarded).unwrap();
    }
    out.into_inner().unwrap()
}

/// An output that refuses, to see that nothing is lost or repeated silently.
struct Full;

impl Output for Full {
    fn begin_file(&mut self, _number: u32) -> std::io::Result<()> {
        Ok(())
    }

    fn append(&mut self, _bytes: &[u8]) -> std::io::Result<()> {
        Err(std::io::Error::other("the disk is full"))
    }
}

#[test]
fn an_output_that_refuses_ends_the_writing() {
    let ingested = read(&awkward_folder(b"customer_id\nK1\n"));
    let snapshot = Snapshot::new(ingested.facts);
    let sources = Sources::new(&snapshot, &ingested.contacts).unwrap();
    let format = Format::FullCsv;
    let plan = Preflight::new(sources, format, Gates::default(), vec![0]).unwrap().finish();
    let setting = Setting {
        format,
        locale: Locale::English,
        columns: Vec::new(),
        built_at: "2026-11-21T06:10:00Z",
    };
    let error = Writing::new(sources, &plan, setting).unwrap().step(10, &mut Full).unwrap_err();
    assert_eq!(error.to_string(), "the disk is full");
}
