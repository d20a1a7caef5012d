//! Every encoding that a spreadsheet or a ticketing system writes comes in as the same text.

mod ingest_support;

use std::cell::Cell;
use std::fmt::Write;
use std::ops::ControlFlow;

use ingest_support::{folder, folder_with, read_all, refusal};
use publik::ingest::{File, Folder, MemoryFolder, Opened, Options, Warning, read};

const CUSTOMERS: &str = "customer_id,first_name\r\nK1,Åsa €\r\nK2,\"Zoë \"\"Z\"\"\nÖ\"\r\n";

fn first_names(bytes: Vec<u8>) -> (Vec<String>, Vec<Warning>) {
    let read = read_all(&folder_with("customers.csv", bytes));
    let names = read.contacts.column("first_name").unwrap().iter().map(str::to_owned).collect();
    (names, read.warnings)
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(to_bytes).collect()
}

#[test]
fn utf8_and_utf16_are_told_by_their_marks_or_by_being_valid() {
    let mut marked = b"\xEF\xBB\xBF".to_vec();
    marked.extend(CUSTOMERS.as_bytes());
    for bytes in [
        CUSTOMERS.as_bytes().to_vec(),
        marked,
        utf16(CUSTOMERS, u16::to_le_bytes),
        utf16(CUSTOMERS, u16::to_be_bytes),
    ] {
        let (names, warnings) = first_names(bytes);
        assert_eq!(names, ["Åsa €", "Zoë \"Z\"\nÖ"]);
        assert_eq!(warnings, []);
    }
}

#[test]
fn what_is_not_utf8_is_windows_1252_and_is_said_to_be() {
    let (names, warnings) =
        first_names(b"customer_id,first_name\nK1,\xC5sa \x80\nK2,Zo\xEB\n".to_vec());
    assert_eq!(names, ["Åsa €", "Zoë"]);
    assert_eq!(warnings, [Warning::ReadAsWindows1252 { file: File::Customers }]);
    assert_eq!(warnings[0].to_string(), "customers.csv is not UTF-8 and was read as Windows-1252");
}

#[test]
fn one_bad_byte_at_the_very_end_decides_for_the_whole_file() {
    let mut text = String::from("customer_id,first_name\nK1,Åsa\nK2,x\n");
    for number in 3..60_000 {
        writeln!(text, "K{number},Zoë").unwrap();
    }
    let mut bytes = text.into_bytes();
    let (names, _) = first_names(bytes.clone());
    assert_eq!(names[0], "Åsa");
    bytes.extend(b"K0,\xE9\n");
    let (names, warnings) = first_names(bytes);
    assert_eq!((names[0].as_str(), names[1].as_str()), ("é", "Ã…sa"));
    assert_eq!(warnings.len(), 1);
}

#[test]
fn a_character_cut_by_a_chunk_of_reading_is_still_one() {
    for padding in 0..4 {
        let filler = "x".repeat(256 * 1024 - 40 + padding);
        let text = format!("customer_id,first_name\nK1,{filler}ååååååååå𐍈𐍈𐍈\nK2,b\n");
        let expected = format!("{filler}ååååååååå𐍈𐍈𐍈");
        for bytes in [text.clone().into_bytes(), utf16(&text, u16::to_le_bytes)] {
            assert!(first_names(bytes).0[0] == expected, "padding {padding}");
        }
    }
}

#[test]
fn bytes_that_are_no_text_refuse_the_folder_with_their_line() {
    let refused = |bytes: &[u8]| refusal(&folder_with("customers.csv", bytes));
    for undefined in [0x81, 0x8D, 0x8F, 0x90, 0x9D] {
        let mut bytes = b"customer_id\nK\xE9\nK".to_vec();
        bytes.push(undefined);
        let message = refused(&bytes);
        let expected = format!(
            "customers.csv:3: not UTF-8, and the byte {undefined:02X} means nothing in Windows-1252"
        );
        assert_eq!(message, expected);
    }
    let nul = "customers.csv:2: a NUL character; a text file has none";
    assert_eq!(refused(b"customer_id\nK\0\n"), nul);
    assert_eq!(refused(&utf16("customer_id\nK\0\n", u16::to_le_bytes)), nul);
    assert_eq!(
        refused(b"\xEF\xBB\xBFcustomer_id\nK1\nK\xE9\n"),
        "customers.csv:3: marked as UTF-8 by its first three bytes, but not UTF-8"
    );
    let mut half = utf16("customer_id\nK1\n", u16::to_le_bytes);
    half.extend([0x00, 0xD8, b'x', 0]);
    let not_utf16 = "customers.csv:3: marked as UTF-16 by its first two bytes, but not UTF-16";
    assert_eq!(refused(&half), not_utf16);
    let mut odd = utf16("customer_id\nK1\n", u16::to_be_bytes);
    odd.push(0);
    assert_eq!(refused(&odd), not_utf16);
}

#[test]
fn an_undefined_byte_inside_a_utf8_character_is_nothing_bad() {
    let (names, warnings) = first_names("customer_id,first_name\nK1,Á\nK2,ﾐ\n".into());
    assert_eq!(names, ["Á", "ﾐ"]);
    assert_eq!(warnings, []);
}

#[test]
fn venue_toml_may_have_a_mark_too() {
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    bytes.extend(ingest_support::VENUE.as_bytes());
    assert_eq!(read_all(&folder_with("venue.toml", bytes)).facts.venue.name, "Small House");
}

/// Its `tickets.csv` is another one from the third opening on: after the folder was looked
/// through and the encoding learnt.
struct Changing {
    folder: MemoryFolder,
    opened: Cell<u32>,
}

impl Folder for Changing {
    fn open(&self, name: &str) -> std::io::Result<Option<Opened<'_>>> {
        if name != "tickets.csv" {
            return self.folder.open(name);
        }
        self.opened.set(self.opened.get() + 1);
        let bytes: &[u8] = if self.opened.get() < 3 {
            b"ticket_id,order_id,event_id,price\n"
        } else {
            b"ticket_id,order_id,event_id,price\nT\xE9,O1,E1,1\n"
        };
        Ok(Some(Opened { bytes: Box::new(bytes), size_bytes: bytes.len() as u64 }))
    }
}

#[test]
fn a_file_that_changes_between_the_two_passes_is_refused() {
    let changing = Changing { folder: folder(), opened: Cell::new(0) };
    let result = read(&changing, &Options::default(), &mut |_| ControlFlow::Continue(()));
    let message = result.unwrap_err().to_string();
    assert!(message.starts_with("tickets.csv changed while it was being read"), "{message}");
}
