//! Lists in CSV, read back by a program of another language.
#![cfg(feature = "cli")]

mod export_support;

use std::process::Command;

use export_support::{CUSTOMERS, Desk};

/// Prints the rows as JSON, as Python reads them.
const SCRIPT: &str = "\
import csv, json, sys
with open(sys.argv[1], encoding='utf-8-sig', newline='') as file:
    print(json.dumps(list(csv.reader(file, delimiter=sys.argv[2], strict=True))))
";

fn read_elsewhere(desk: &Desk, delimiter: &str) -> Vec<Vec<String>> {
    let path = desk.path("out");
    let read = Command::new("python3").args(["-c", SCRIPT]).arg(path).arg(delimiter).output();
    let read = read.expect("python3, which tools/setup.sh installs");
    assert!(read.status.success(), "{}", export_support::err(&read));
    serde_json::from_slice(&read.stdout).unwrap()
}

#[test]
fn another_reader_finds_the_cells_that_came_in() {
    let desk = Desk::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(CUSTOMERS.as_bytes());
    let expected: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(guarded).collect()).collect();
    for (locale, delimiter) in [("en", ","), ("sv", ";")] {
        assert!(desk.export("full.csv", &["--locale", locale]).status.success());
        assert_eq!(read_elsewhere(&desk, delimiter), expected, "{locale}");
    }
}

/// The few cells of the small venue that look like formulas.
fn guarded(cell: &str) -> String {
    match cell {
        "@" | "=note" => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}

#[test]
fn every_list_has_as_many_cells_in_each_row() {
    let desk = Desk::new();
    for (format, columns) in [
        ("list.csv", 14),
        ("full.csv", 15),
        ("meta.csv", 7),
        ("meta-plain.csv", 7),
        ("mailchimp.csv", 7),
        ("apsis.csv", 9),
    ] {
        let done = desk.export(format, &[]);
        assert!(done.status.success());
        let read = read_elsewhere(&desk, ",");
        assert!(read.iter().all(|row| row.len() == columns), "{format}: {read:?}");
        assert_eq!(read.len() as u64 - 1, export_support::rows(&done)["rows_out"], "{format}");
    }
}
