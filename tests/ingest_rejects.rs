//! A row is kept or rejected with its reason; nothing is dropped silently.

mod ingest_support;

use ingest_support::{folder, folder_with, folder_with_venue, ids, read_all, rejects};
use publik::ingest::{File, FileCount, write_rejects};

fn reject_of(name: &str, text: &str) -> String {
    let folder = folder_with(name, text);
    match &rejects(&folder)
        .into_iter()
        .filter(|reject| reject.starts_with(name))
        .collect::<Vec<_>>()[..]
    {
        [reject] => reject.clone(),
        other => panic!("{text:?}: {other:?}"),
    }
}

fn reject_of_customer(header: &str, row: &str) -> String {
    reject_of("customers.csv", &format!("customer_id,{header}\nK1,{row}\n"))
}

fn reject_of_ticket(cells: &str) -> String {
    let header = "ticket_id,order_id,event_id,price,subscription,status";
    reject_of("tickets.csv", &format!("{header}\n{cells}\n"))
}

fn reject_of_event(cells: &str) -> String {
    let header = "event_id,name,starts_at,production_id,production,promoter,tags";
    reject_of("events.csv", &format!("{header}\n{cells}\n"))
}

#[test]
fn rows_of_the_wrong_length_are_rejected() {
    assert_eq!(
        reject_of_ticket("T1,O1,E1"),
        "tickets.csv:2: price: 3 cells where the header has 6"
    );
    assert_eq!(
        reject_of_ticket("T1,O1,E1,1,0,valid,,x"),
        "tickets.csv:2: status: 8 cells where the header has 6, \
         and not all behind the last are empty"
    );
}

#[test]
fn ids_that_cannot_be_are_rejected() {
    assert_eq!(reject_of_ticket(",O1,E1,1,,"), "tickets.csv:2: ticket_id: the id is empty");
    assert_eq!(
        reject_of_ticket("\"T\n1\",O1,E1,1,,"),
        "tickets.csv:2: ticket_id: a control character, such as a line break or a tab, which an \
         id cannot contain: \"T\\n1\""
    );
    assert_eq!(
        reject_of_event("E1,x,2026-01-01,,x,,"),
        "events.csv:2: production_id: the id is empty"
    );
    for (cells, column) in [
        ("E1,x,2026-01-01,P,x,\"a\nb\",", "promoter"),
        ("E1,x,2026-01-01,P,x,,\"a|\u{85}\"", "tags"),
    ] {
        let reject = reject_of_event(cells);
        assert!(reject.starts_with(&format!("events.csv:2: {column}: a control")), "{reject}");
    }
    assert_eq!(
        reject_of_customer("consents", "\"a\tb\""),
        "customers.csv:2: consents: a control character, such as a line break or a tab, which an \
         id cannot contain"
    );
}

#[test]
fn an_id_that_stood_before_is_rejected_and_the_first_stays() {
    let text = "ticket_id,order_id,event_id,price\nT1,O1,E1,1\nT1,O2,E2,2\nt1,O2,E2,3\n";
    let folder = folder_with("tickets.csv", text);
    assert_eq!(
        rejects(&folder),
        ["tickets.csv:3: ticket_id: this id stands on an earlier line of the file: \"T1\""]
    );
    let lines = read_all(&folder).facts.lines;
    assert!(lines.packed.iter().map(|line| line.revenue_minor).eq([100, 300]));
}

#[test]
fn an_id_stands_in_its_file_even_when_its_row_was_rejected() {
    let text = "ticket_id,order_id,event_id,price\nT1,O1,E1,-1\nT1,O1,E1,1\n";
    let all = rejects(&folder_with("tickets.csv", text));
    assert_eq!(all.len(), 2);
    assert!(all[1].contains("earlier line"));
}

#[test]
fn cells_that_say_nothing_are_rejected_with_what_is_allowed() {
    for (reject, start) in [
        (reject_of_ticket("T,O1,E1,,,"), "price: the price is empty; a free ticket costs 0"),
        (reject_of_ticket("T,O1,E1,-1,,"), "price: not a price; allowed are digits with . or ,"),
        (
            reject_of_ticket("T,O1,E1,1.005,,"),
            "price: not a whole number of minor units; this currency has 2 decimals: \"1.005\"",
        ),
        (
            reject_of_ticket("T,O1,E1,10000000000.01,,"),
            "price: more than 10^12 minor units: \"10000000000.01\"",
        ),
        (
            reject_of_ticket("T,O1,E1,1,yes,"),
            "subscription: allowed are 0, 1, false, true and nothing (which is 0), and what \
             [values] in venue.toml maps to them: \"yes\"",
        ),
        (
            reject_of_ticket("T,O1,E1,1,,gone"),
            "status: allowed are valid, refunded and nothing (which is valid), and what [values]",
        ),
    ] {
        assert!(reject.starts_with(&format!("tickets.csv:2: {start}")), "{reject}");
    }
    let reject = reject_of_event("E1,x,21.11.2026,P,x,,");
    assert!(
        reject.starts_with("events.csv:2: starts_at: not a time; allowed are 2026-11-21T19:30")
    );
    assert!(reject.ends_with(": \"21.11.2026\""), "{reject}");
}

#[test]
fn customers_and_orders_are_rejected_without_showing_a_cell() {
    for (reject, start) in [
        (reject_of_customer("latitude,longitude", "91,1"), "latitude: not a latitude; allowed are"),
        (reject_of_customer("latitude,longitude", "1,181"), "longitude: not a longitude; allowed"),
        (reject_of_customer("latitude,longitude", "1,"), "latitude: only one of latitude"),
        (reject_of_customer("latitude,longitude", ",1"), "longitude: only one of latitude"),
        (reject_of_customer("latitude", "59.123"), "latitude: only one of latitude"),
        (reject_of_customer("gender", "woman"), "gender: allowed are f, m, u and nothing"),
    ] {
        assert!(reject.starts_with(&format!("customers.csv:2: {start}")), "{reject}");
        for cell in ["K1", "91", "181", "59.123", "woman"] {
            assert!(!reject.contains(&format!("\"{cell}")), "{reject}");
        }
    }
    let header = "order_id,customer_id,ordered_at,channel";
    for (row, start) in [
        ("O1,SECRET,2026-01-01,online", "customer_id: customers.csv has no row with this id"),
        ("O1,K1,SECRET,online", "ordered_at: not a time"),
        ("O1,K1,2026-01-01,SECRET", "channel: allowed are online and box_office"),
        ("O1,K1,2026-01-01,", "channel: allowed are online and box_office"),
        ("O1,,2026-01-01,online", "customer_id: the id is empty"),
    ] {
        let reject = reject_of("orders.csv", &format!("{header}\n{row}\n"));
        assert!(reject.starts_with(&format!("orders.csv:2: {start}")), "{reject}");
        assert!(!reject.contains("SECRET"), "{reject}");
    }
}

#[test]
fn what_points_at_a_rejected_row_is_rejected_all_the_way_down() {
    let mut folder =
        folder_with("customers.csv", "customer_id,latitude,longitude\nK1,99,9\nK2,,\nK1,,\n");
    folder.insert(
        "orders.csv",
        "order_id,customer_id,ordered_at,channel\n\
         O1,K1,2026-11-01,online\nO2,K2,2026-11-02,online\nO3,K3,2026-11-02,online\n",
    );
    folder.insert(
        "tickets.csv",
        "ticket_id,order_id,event_id,price\n\
         T1,O1,E1,1\nT2,O2,E1,1\nT3,O3,E1,1\nT4,O4,E1,1\nT5,O2,E9,1\n",
    );
    let read = read_all(&folder);
    let told: Vec<String> = read.rejects.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 8);
    assert!(told[0].starts_with("customers.csv:2: latitude: "));
    assert!(told[1].starts_with("customers.csv:4: customer_id: this id stands"));
    assert_eq!(
        told[2..],
        [
            "orders.csv:2: customer_id: the row of customers.csv with this id was rejected",
            "orders.csv:4: customer_id: customers.csv has no row with this id",
            "tickets.csv:2: order_id: the row of orders.csv with this id was rejected: \"O1\"",
            "tickets.csv:4: order_id: the row of orders.csv with this id was rejected: \"O3\"",
            "tickets.csv:5: order_id: orders.csv has no row with this id: \"O4\"",
            "tickets.csv:6: event_id: events.csv has no row with this id: \"E9\"",
        ]
    );
    let count = |file, kept, rejected| FileCount { file, kept, rejected };
    assert_eq!(
        read.files,
        [
            count(File::Events, 2, 0),
            count(File::Customers, 1, 2),
            count(File::Orders, 1, 2),
            count(File::Tickets, 1, 4),
        ]
    );
    assert_eq!(ids(&read), ["K2"]);
    assert_eq!(read.facts.lines.count(), 1);
}

#[test]
fn a_rejected_event_leaves_no_trace_in_the_catalogue() {
    let mut folder = folder_with(
        "events.csv",
        "event_id,name,starts_at,production_id,production,tags\nE1,a,soon,P1,One,t\n\
         E2,b,2026-01-01,P2,Two,u\n",
    );
    folder.insert(
        "offers.csv",
        "offer_id,name,url,event_id,production_id\nF1,a,https://a,E1,\nF2,a,https://a,,P1\n\
         F3,a,,E2,\nF4,a,https://a,E2,P2\n",
    );
    let read = read_all(&folder);
    let ids: Vec<&str> = read.facts.catalogue.events.iter().map(|event| &*event.id).collect();
    assert_eq!((ids, &read.facts.catalogue.tags[..]), (vec!["E2"], &["u".to_owned()][..]));
    let offers: Vec<String> = read
        .rejects
        .iter()
        .filter(|reject| reject.file == File::Offers)
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        offers,
        [
            "offers.csv:2: event_id: the row of events.csv with this id was rejected: \"E1\"",
            "offers.csv:3: production_id: events.csv has no row with this id: \"P1\"",
            "offers.csv:4: url: empty, and this column has to be filled",
        ]
    );
    assert_eq!(read.facts.offers.len(), 1);
}

#[test]
fn rows_of_the_postcode_table_can_be_rejected() {
    let mut folder = folder();
    folder.insert(
        "postcodes.csv",
        "country,postal_code,latitude,longitude\nSE,1,,1\nSE,,1,1\nSE,2,1,1\n",
    );
    let told = rejects(&folder);
    assert!(told[0].starts_with("postcodes.csv:2: latitude: not a latitude"), "{told:?}");
    assert_eq!(told[1], "postcodes.csv:3: postal_code: empty, and this column has to be filled");
    assert_eq!(
        read_all(&folder).files[0],
        FileCount { file: File::Postcodes, kept: 1, rejected: 2 }
    );
}

#[test]
fn the_column_of_a_reject_is_spelled_as_in_the_file() {
    let mut folder = folder_with_venue("[columns.tickets]\nprice = \" Pris \"\n");
    folder.insert("tickets.csv", "ticket_id,order_id,event_id, Pris \nT1,O1,E1,x\n");
    assert!(rejects(&folder)[0].starts_with("tickets.csv:2:  Pris : not a price"));
}

#[test]
fn what_points_at_a_row_of_the_wrong_length_points_at_a_rejected_row() {
    let header = "customer_id,first_name,email,gender,consents";
    let text = format!("{header}\nK1,Bo\nK2,Anna,a@b.se,f,news,surplus\nK2,Eva,e@b.se,f,news\n");
    let told = rejects(&folder_with("customers.csv", text));
    // K1 is nowhere else; the misshapen K2 takes the id from nobody.
    assert!(
        told.contains(
            &"orders.csv:2: customer_id: the row of customers.csv with this id was rejected"
                .to_owned()
        ),
        "{told:?}"
    );
    assert_eq!(told.iter().filter(|told| told.starts_with("customers.csv")).count(), 2);
    assert_eq!(told.iter().filter(|told| told.starts_with("orders.csv")).count(), 1);
}

#[test]
fn no_spreadsheet_reads_a_rejected_record_as_a_formula() {
    let text = "customer_id,email,latitude,longitude\n=1+1,,95,1\nK1,,,\nK2,,,\n";
    let read = read_all(&folder_with("customers.csv", text));
    let mut written = Vec::new();
    write_rejects(&mut written, &read.rejects).unwrap();
    let written = String::from_utf8(written).unwrap();
    assert!(written.contains(",\"'=1+1,,95,1\"\n"), "{written}");
}

#[test]
fn the_rejects_file_holds_the_records_as_they_stood() {
    let text = "customer_id;email;latitude;longitude\nK1;'=\"a\";\" 95\";\"1\n\"\nK2;;;\n";
    let read = read_all(&folder_with("customers.csv", text));
    let mut written = Vec::new();
    write_rejects(&mut written, read.rejects.iter().filter(|r| r.file == File::Customers)).unwrap();
    let mut csv = csv::Reader::from_reader(&written[..]);
    assert_eq!(csv.headers().unwrap(), &["file", "line", "column", "reason", "record"][..]);
    let records: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 1);
    assert_eq!(
        (&records[0][0], &records[0][1], &records[0][2], &records[0][4]),
        ("customers.csv", "2", "latitude", "K1;'=\"a\";\" 95\";\"1\n\"")
    );
}
