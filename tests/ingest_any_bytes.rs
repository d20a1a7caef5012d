//! Whatever bytes a folder holds, reading ends with an answer, and every row is accounted for.

mod ingest_support;

use std::ops::ControlFlow;

use ingest_support::{folder, read_all};
use proptest::prelude::*;
use publik::ingest::{MemoryFolder, Options, read};

const FILES: [&str; 7] = [
    "venue.toml",
    "events.csv",
    "customers.csv",
    "orders.csv",
    "tickets.csv",
    "offers.csv",
    "postcodes.csv",
];

/// A change of one file's bytes.
#[derive(Debug, Clone)]
enum Change {
    Replace(Vec<u8>),
    Splice { at: u16, removed: u8, added: Vec<u8> },
    Repeat { at: u16, size: u8, times: u8 },
}

fn change() -> impl Strategy<Value = Change> {
    let telling = prop::sample::select(
        &b"\"\"\"\n\r,;|\t'=\0\xE9\xEF\xBB\xBF\xFF\xFE@-+ 0123456789KOTEaf\x81"[..],
    );
    let bytes =
        || prop::collection::vec(prop_oneof![4 => telling.clone(), 1 => any::<u8>()], 0..40);
    prop_oneof![
        1 => bytes().prop_map(Change::Replace),
        8 => (any::<u16>(), 0..20_u8, bytes())
            .prop_map(|(at, removed, added)| Change::Splice { at, removed, added }),
        2 => (any::<u16>(), any::<u8>(), 1..5_u8)
            .prop_map(|(at, size, times)| Change::Repeat { at, size, times }),
    ]
}

fn changed(mut bytes: Vec<u8>, change: Change) -> Vec<u8> {
    match change {
        Change::Replace(other) => return other,
        Change::Splice { at, removed, added } => {
            let start = usize::from(at) % (bytes.len() + 1);
            let end = (start + usize::from(removed)).min(bytes.len());
            bytes.splice(start..end, added);
        }
        Change::Repeat { at, size, times } => {
            let start = usize::from(at) % (bytes.len() + 1);
            let end = (start + usize::from(size)).min(bytes.len());
            let piece = bytes[start..end].repeat(usize::from(times));
            bytes.splice(end..end, piece);
        }
    }
    bytes
}

fn whole_folder() -> MemoryFolder {
    let mut folder = folder();
    folder.insert("offers.csv", "offer_id,name,url,event_id\nF1,a,https://a,E1\n");
    folder.insert("postcodes.csv", "country,postal_code,latitude,longitude\nSE,11122,59,18\n");
    assert_eq!(read_all(&folder).rejects, []);
    folder
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_change_of_any_file_is_read_or_refused(
        changes in prop::collection::vec((0..FILES.len(), change()), 1..5),
    ) {
        let mut folder = whole_folder();
        for (file, change) in changes {
            let bytes = folder.remove(FILES[file]).unwrap_or_default();
            folder.insert(FILES[file], changed(bytes, change));
        }
        let options = Options { ids_as_they_are: true };
        match read(&folder, &options, &mut |_| ControlFlow::Continue(())) {
            Ok(read) => {
                let rejected: u64 = read.files.iter().map(|count| count.rejected).sum();
                prop_assert_eq!(rejected, read.rejects.len() as u64);
                let customers = read.facts.customers.count() as usize;
                prop_assert!(read.contacts.cells.iter().all(|column| column.len() == customers));
            }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn cells_come_in_as_a_csv_writer_meant_them(
        rows in prop::collection::vec(prop::collection::vec("[a-zåäö \"',;|\t\n\r=@+-]{0,12}", 3), 1..12),
        delimiter in prop::sample::select(&b",;\t|"[..]),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["customer_id", "note", "other", "last"]).unwrap();
        for (row, number) in rows.iter().zip(100..) {
            let guarded = row.iter().map(|cell| format!("{}{cell}", guard(cell)));
            writer.write_record(std::iter::once(format!("K{number}")).chain(guarded)).unwrap();
        }
        let mut folder = folder();
        folder.insert("customers.csv", writer.into_inner().unwrap());
        folder.insert("orders.csv", "order_id,customer_id,ordered_at,channel\n");
        folder.insert("tickets.csv", "ticket_id,order_id,event_id,price\n");
        let contacts = read_all(&folder).contacts;
        for (at, row) in rows.iter().enumerate() {
            let read: Vec<&str> = contacts.cells[1..].iter().map(|column| column.get(at)).collect();
            prop_assert_eq!(&read, &row.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}

/// What a list that leaves puts in front of a cell that a spreadsheet would take for a formula.
fn guard(cell: &str) -> &str {
    let is_formula = cell.trim_start_matches('\'').starts_with(['=', '@', '+', '-', '\t', '\r']);
    if is_formula { "'" } else { "" }
}
