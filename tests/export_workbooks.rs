//! Workbooks, read back by a library that did not write them.
#![cfg(feature = "cli")]

mod export_support;

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use export_support::{CUSTOMERS, Desk, VENUE};

fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn text(text: &str) -> Data {
    if text.is_empty() { Data::Empty } else { Data::String(text.to_owned()) }
}

#[test]
fn cells_of_the_list_are_texts_numbers_and_days() {
    let desk = Desk::new();
    assert!(desk.export("list.xlsx", &[]).status.success());
    let rows = sheet(&desk.read("out"), "Customers");
    assert_eq!(rows.len(), 14);
    assert_eq!(rows[0][0], text("customer_id"));
    let first: Vec<Data> = rows[1][..8].to_vec();
    let texts = [
        "K01",
        "Anna",
        "D'Arc-Östman",
        " Anna@Example.se ",
        "070-174 06 05",
        "111 20",
        "S:t Eriksby 2",
        "",
    ];
    assert_eq!(first, texts.map(text));
    let numbers: Vec<Data> = rows[1][8..12].to_vec();
    assert_eq!(numbers, [1.0, 2.0, 2.0, 150.5].map(Data::Float));
    let Data::DateTime(day) = &rows[1][12] else { panic!("{:?}", rows[1][12]) };
    // Days since the end of 1899, the way of spreadsheets.
    assert!((day.as_f64() - 45_667.0).abs() < f64::EPSILON, "{day:?}");
    assert_eq!(rows[1][13], Data::Float(5.727));
    assert_eq!(rows[3][12..], [Data::Empty, Data::Empty]);
    assert_eq!(rows[7][3], text("@"));
}

#[test]
fn full_data_are_texts_without_the_guard() {
    let desk = Desk::new();
    assert!(desk.export("full.xlsx", &["--locale", "sv"]).status.success());
    let rows = sheet(&desk.read("out"), "Kunder");
    let mut expected =
        csv::ReaderBuilder::new().has_headers(false).from_reader(CUSTOMERS.as_bytes());
    for (row, record) in rows.iter().zip(expected.records()) {
        let record: Vec<Data> = record
            .unwrap()
            .iter()
            .map(|cell| text(cell.strip_prefix("'=").map_or(cell, |_| "=1+1")))
            .collect();
        assert_eq!(*row, record);
    }
    assert_eq!(rows.len(), 14);
    assert_eq!(rows[1][14], text("=1+1"));
}

#[test]
fn the_workbooks_time_is_the_snapshots_and_the_same_list_is_the_same_file() {
    let desk = Desk::new();
    assert!(desk.export("list.xlsx", &[]).status.success());
    let bytes = desk.read("out");
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut properties = String::new();
    archive.by_name("docProps/core.xml").unwrap().read_to_string(&mut properties).unwrap();
    assert_eq!(properties.matches("2026-11-21T06:10:00Z").count(), 2, "{properties}");
    assert!(desk.export("list.xlsx", &[]).status.success());
    assert_eq!(desk.read("out"), bytes);
}

#[test]
fn texts_that_xml_cannot_hold_or_excel_would_decode_come_back() {
    let awkward = "_x0041_ <&> \u{1}\u{b} \t end \u{fffe}";
    let customers =
        format!("customer_id,first_name\nK1,\"{awkward}\"\nK01,\nK02,\nK09,\nK10,\nK13,\n");
    let desk = Desk::with(VENUE, &customers);
    assert!(desk.export("full.xlsx", &[]).status.success());
    let rows = sheet(&desk.read("out"), "Customers");
    let found = rows.iter().find(|row| row[0] == text("K1")).unwrap();
    assert_eq!(found[1], text(awkward));
}

#[test]
fn a_text_that_is_too_long_for_a_cell_is_cut_and_told() {
    let customers = format!(
        "customer_id,first_name\nK1,{}\nK01,\nK02,\nK09,\nK10,\nK13,\n",
        "ö".repeat(40_000)
    );
    let desk = Desk::with(VENUE, &customers);
    let done = desk.export("full.xlsx", &[]);
    assert!(export_support::err(&done).contains("cut: 1\n"));
    let rows = sheet(&desk.read("out"), "Customers");
    assert!(rows.iter().any(|row| row[1] == text(&"ö".repeat(32_767))));
}
