//! Any texts as names and values of customers: the lists they leave in hold no formula, read back as
//! what they were, and full data, imported again, change nothing.
//!
//! An input is a table: `0x1E` between rows, `0x1F` between cells. The first row are headers beside
//! those of every import.
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use publik::engine::Snapshot;
use publik::export::{Format, Gates, ListColumn, Locale, Preflight, Setting, Sources, Writing};
use publik::ingest::{Ingested, MemoryFolder, Options, read};

const HEADERS: [&str; 5] = ["customer_id", "first_name", "last_name", "email", "phone"];

/// Short, and awkward themselves.
const IDS: [&str; 8] = ["=1", "K2", "+3", "-4x", "'5", "@6", "7;", "8,9"];

const OTHER_FILES: [(&str, &str); 5] = [
    (
        "venue.toml",
        "name = \"V\"\ntime_zone = \"Europe/Oslo\"\ncurrency = \"NOK\"\nlatitude = 59.9\nlongitude = 10.7\n",
    ),
    ("events.csv", "event_id,name,starts_at\n"),
    ("orders.csv", "order_id,customer_id,ordered_at,channel\n"),
    ("tickets.csv", "ticket_id,order_id,event_id,price\n"),
    // Without one, every run would unpack the bundled table.
    ("postcodes.csv", "country,postal_code,latitude,longitude\nNO,0150,59.9,10.7\n"),
];

fuzz_target!(|input: &[u8]| {
    // Headers that no import takes are another target's.
    let Some(first) = imported(&customers(&String::from_utf8_lossy(input))) else { return };
    for locale in [Locale::English, Locale::Swedish] {
        let full = written(&first, Format::FullCsv, locale);
        let second = imported(&full).expect("what was imported once is imported again");
        assert!(second.rejects.is_empty(), "{:?}", second.rejects);
        assert_eq!(second.contacts, first.contacts);
        assert_eq!(second.facts, first.facts);
        assert_eq!(written(&second, Format::FullCsv, locale), full);
        let list = written(&first, Format::ListCsv, locale);
        for file in [full, list] {
            holds(&first, &String::from_utf8(file).expect("lists are UTF-8"), locale);
        }
    }
});

/// The table as a file in which every cell is quoted.
fn customers(table: &str) -> Vec<u8> {
    let mut rows = table.split('\u{1e}').map(|row| row.split('\u{1f}'));
    let further: Vec<&str> = rows.next().into_iter().flatten().take(3).collect();
    let mut file = String::new();
    let mut push = |cells: &mut dyn Iterator<Item = &str>| {
        for cell in cells {
            file.push('"');
            file.push_str(&cell.replace('"', "\"\""));
            file.push_str("\",");
        }
        // The comma behind the last one.
        file.pop();
        file.push_str("\r\n");
    };
    push(&mut HEADERS.into_iter().chain(further.iter().copied()));
    for (at, cells) in rows.take(IDS.len()).enumerate() {
        let cells = cells.chain(std::iter::repeat(""));
        push(&mut [IDS[at]].into_iter().chain(cells).take(HEADERS.len() + further.len()));
    }
    file.into_bytes()
}

fn imported(customers: &[u8]) -> Option<Ingested> {
    let mut folder = MemoryFolder::new();
    for (name, text) in OTHER_FILES {
        folder.insert(name, text);
    }
    folder.insert("customers.csv", customers);
    let options = Options { ids_as_they_are: true };
    read(&folder, &options, &mut |_| ControlFlow::Continue(())).ok()
}

/// Everybody, with every column of the import.
fn written(of: &Ingested, format: Format, locale: Locale) -> Vec<u8> {
    let Ingested { facts, contacts, .. } = of;
    let snapshot = Snapshot::new(facts.clone());
    let sources = Sources::new(&snapshot, contacts).expect("both are of one import");
    let rows = (0..facts.customers.count()).collect();
    let plan = Preflight::new(sources, format, Gates::default(), rows)
        .expect("no gate is asked for")
        .finish();
    let cells = contacts.headers.iter().zip(&contacts.cells);
    let column = |(header, cells): (&String, _)| ListColumn::of_texts(header.clone(), Some(cells));
    let columns = cells.map(column).collect();
    let setting = Setting { format, locale, columns, built_at: "2026-11-21T06:10:00Z" };
    let mut writing = Writing::new(sources, &plan, setting).expect("a list has few columns");
    let mut files: Vec<Vec<u8>> = Vec::new();
    while !writing.step(3, &mut files).expect("memory takes every byte").is_done {}
    files.remove(0)
}

/// The file holds the contacts, and nothing that a spreadsheet would compute.
fn holds(of: &Ingested, file: &str, locale: Locale) {
    let file = file.strip_prefix('\u{feff}').expect("a byte order mark");
    let delimiter = if locale == Locale::English { ',' } else { ';' };
    let records = records(file, delimiter);
    let (headers, cells) = (&of.contacts.headers, &of.contacts.cells);
    let customers = of.facts.customers.count() as usize;
    assert_eq!(records.len(), customers + 1, "{file:?}");
    for (row, record) in records.iter().enumerate() {
        assert_eq!(record.len(), headers.len(), "{file:?}");
        for (column, cell) in record.iter().enumerate() {
            assert!(!is_formula(cell), "{cell:?}");
            let was = match row {
                0 => &*headers[column],
                row => cells[column].get(row - 1),
            };
            assert_eq!(meant(cell), was);
        }
    }
}

/// Records as RFC 4180 has them.
fn records(file: &str, delimiter: char) -> Vec<Vec<String>> {
    let (mut records, mut record) = (Vec::new(), vec![String::new()]);
    let mut is_quoted = false;
    let mut letters = file.chars().peekable();
    while let Some(letter) = letters.next() {
        let cell = record.last_mut().expect("begun with one");
        match letter {
            '"' if !is_quoted => is_quoted = true,
            '"' if letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => is_quoted = false,
            letter if is_quoted => cell.push(letter),
            letter if letter == delimiter => record.push(String::new()),
            '\r' if letters.next_if_eq(&'\n').is_some() => {
                records.push(std::mem::replace(&mut record, vec![String::new()]));
            }
            letter => cell.push(letter),
        }
    }
    assert_eq!(record, [""], "the last record ends");
    records
}

/// Whether a spreadsheet may compute a cell: nothing is in front of its sign, and it is no number.
fn is_formula(cell: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_digit() || " \u{a0}-./(),".contains(letter);
    match cell.chars().next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => {
            let rest = &cell[1..];
            !rest.chars().all(is_part) || !rest.contains(|letter: char| letter.is_ascii_digit())
        }
        _ => false,
    }
}

/// A cell without what was put in front of its sign.
fn meant(cell: &str) -> &str {
    let behind = cell.trim_start_matches('\'');
    let is_marked =
        behind.len() < cell.len() && behind.starts_with(['=', '@', '+', '-', '\t', '\r']);
    if is_marked { &cell[1..] } else { cell }
}
