//! Delimiters, quotes, blank lines and headers: a table is read as it was meant.

mod ingest_support;

use ingest_support::{folder, folder_with, ids, read_all, refusal, rejects};
use publik::ingest::Warning;

#[test]
fn the_delimiter_is_recognised_from_the_header() {
    for delimiter in [",", ";", "\t", "|"] {
        let text = "order_id,customer_id,ordered_at,channel\nO1,K1,2026-11-01,online\n"
            .replace(',', delimiter);
        let mut folder = folder_with("orders.csv", text);
        folder.insert("tickets.csv", "ticket_id,order_id,event_id,price\nT1,O1,E1,1\n");
        assert_eq!(read_all(&folder).facts.lines.count(), 1, "{delimiter:?}");
    }
}

#[test]
fn a_header_with_other_delimiters_in_its_cells_is_still_understood() {
    let text = "\"a,b,c,d|e|f\";customer_id;x\ty\tz;email\n1;K1;2;a@b.se\n1;K2;2;\n";
    let read = read_all(&folder_with("customers.csv", text));
    assert_eq!(read.contacts.headers, ["a,b,c,d|e|f", "customer_id", "x\ty\tz", "email"]);
}

#[test]
fn a_table_of_one_column_needs_no_delimiter() {
    assert_eq!(ids(&read_all(&folder_with("customers.csv", "customer_id\nK1\nK2"))), ["K1", "K2"]);
}

#[test]
fn blank_lines_and_surplus_empty_cells_are_skipped() {
    let text = "\n\r\ncustomer_id,email,,\r\n  \nK1,a@b.se\n\n\t\nK2,,,,,\r\n\r\n";
    let read = read_all(&folder_with("customers.csv", text));
    assert_eq!(ids(&read), ["K1", "K2"]);
    assert_eq!(read.contacts.headers, ["customer_id", "email"]);
    assert_eq!(read.rejects, []);
}

#[test]
fn every_line_break_ends_a_record() {
    for line_break in ["\n", "\r\n", "\r"] {
        let text = ["customer_id,email", "K1,", "K2,", "K3,", "K1,x"].join(line_break);
        let folder = folder_with("customers.csv", text);
        assert_eq!(ids(&read_all(&folder)), ["K1", "K2", "K3"]);
        let [reject] = &rejects(&folder)[..] else { panic!("one reject") };
        assert!(reject.starts_with("customers.csv:5: customer_id: "), "{line_break:?}: {reject}");
    }
}

#[test]
fn lines_are_counted_physically_through_quoted_line_breaks() {
    let text = "customer_id,email\n\nK1,\"a\nb\r\nc\"\n\nK2,\nK2,\"x\ny\"\nK3,\n,\n";
    let read = read_all(&folder_with("customers.csv", text));
    let lines: Vec<_> = read.rejects.iter().map(|r| (r.line, &*r.record)).collect();
    assert_eq!(lines, [(8, "K2,\"x\ny\""), (11, ",")]);
}

#[test]
fn an_unclosed_quote_refuses_and_names_the_line_where_its_record_starts() {
    for (text, line) in [
        ("customer_id,email\nK1,\nK2,\"a\nK3,b\n", 3),
        ("customer_id,email\nK1,\"", 2),
        ("customer_id,email\nK1,\"a\"\"", 2),
        ("customer_id,\"email\nK1,\n", 1),
    ] {
        let expected =
            format!("customers.csv:{line}: a quote that opens in this record is never closed");
        assert_eq!(refusal(&folder_with("customers.csv", text)), expected);
    }
}

#[test]
fn a_record_that_never_ends_is_refused_before_it_fills_the_memory() {
    let text = format!("customer_id,email\nK1,\"{}", "x\n".repeat(9 * 1024 * 1024));
    let message = refusal(&folder_with("customers.csv", text));
    assert!(message.starts_with("customers.csv:2: this record is longer than"), "{message}");
}

#[test]
fn text_behind_a_closing_quote_rejects_its_row() {
    let text = "customer_id,email\nK1,\"a\"b\nK2,a\"b\"\n";
    let folder = folder_with("customers.csv", text);
    assert_eq!(ids(&read_all(&folder)), ["K2"]);
    assert!(rejects(&folder)[0].contains("text follows a closing quote"));
}

#[test]
fn missing_files_refuse_and_optional_ones_do_not() {
    for name in ["venue.toml", "events.csv", "customers.csv", "orders.csv", "tickets.csv"] {
        let mut folder = folder();
        folder.remove(name);
        assert!(refusal(&folder).starts_with(&format!("{name} is missing")));
    }
    assert_eq!(read_all(&folder()).files.len(), 4);
}

#[test]
fn missing_and_repeated_columns_refuse() {
    assert_eq!(
        refusal(&folder_with("orders.csv", "order_id;Kundnr;ordered_at;channel\n")),
        "orders.csv:1: column customer_id is missing; \
         the header has: \"order_id\", \"Kundnr\", \"ordered_at\", \"channel\""
    );
    assert_eq!(
        refusal(&folder_with("customers.csv", "customer_id,email,x,email\n")),
        "customers.csv:1: column email stands twice, as \"email\" and as \"email\""
    );
    for empty in ["", "\n\n", "\u{FEFF}"] {
        assert_eq!(
            refusal(&folder_with("orders.csv", empty)),
            "orders.csv is empty; its first line names the columns: \
             order_id, customer_id, ordered_at, channel"
        );
    }
}

#[test]
fn unknown_columns_are_named_except_among_the_customers() {
    let mut folder = folder_with("customers.csv", "customer_id,Eget\nK1,\nK2,\n");
    folder.insert("events.csv", "event_id,name,starts_at,production_id,production,Sal,Rad\n");
    folder.insert("tickets.csv", "ticket_id,order_id,event_id,price\n");
    let warnings = read_all(&folder).warnings;
    assert!(matches!(&warnings[..], [Warning::UnknownColumns { .. }]));
    assert_eq!(
        warnings[0].to_string(),
        "events.csv: columns that Publik does not know are ignored: \"Sal\", \"Rad\""
    );
}

#[test]
fn the_spreadsheet_guard_comes_off_headers_and_cells() {
    let text = "customer_id,'=Eget\n'+1,''@x\n'-2,'x\n";
    let contacts = read_all(&folder_with("customers.csv", text)).contacts;
    assert_eq!(contacts.headers, ["customer_id", "=Eget"]);
    let column = |at: usize| contacts.cells[at].iter().collect::<Vec<_>>();
    assert_eq!(column(0), ["+1", "-2"]);
    assert_eq!(column(1), ["'@x", "'x"]);
}
