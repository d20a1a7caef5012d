//! The demo's two ways into the model lead to the same place.

use std::cell::RefCell;
use std::io;
use std::ops::ControlFlow;
use std::rc::Rc;

use publik::demo::{Settings, build, write_folder};
use publik::ingest::{Ingested, MemoryFolder, Options, read};
use publik::model::Day;

/// Files as they were written so far.
type Files = Rc<RefCell<Vec<(String, Vec<u8>)>>>;

/// A file of the folder that outlives its writer.
struct Kept(Files, usize);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut()[self.1].1.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn written(settings: &Settings) -> MemoryFolder {
    let files = Files::default();
    write_folder(settings, |name| {
        files.borrow_mut().push((name.to_owned(), Vec::new()));
        let at = files.borrow().len() - 1;
        Ok(Box::new(Kept(Rc::clone(&files), at)))
    })
    .unwrap();
    files.take().into_iter().collect()
}

fn ingested(settings: &Settings) -> Ingested {
    let options = Options::default();
    read(&written(settings), &options, &mut |_| ControlFlow::Continue(())).unwrap()
}

#[test]
fn the_folder_reads_back_as_the_model_that_is_built_at_once() {
    for (customers, seed, today) in [
        (3_100, 1, "2026-11-21"),
        (700, 2, "2024-02-29"),
        (300, u64::MAX, "2031-07-15"),
        (0, 4, "1999-12-31"),
    ] {
        let settings = Settings::new(customers, seed, Day::parse(today).unwrap()).unwrap();
        let from_folder = ingested(&settings);
        assert!(from_folder.rejects.is_empty(), "{today}: {:?}", from_folder.rejects.first());
        let (facts, contacts) = build(&settings);
        assert_eq!(facts.venue, from_folder.facts.venue);
        assert_eq!(facts.offers, from_folder.facts.offers, "{today}");
        assert!(facts.catalogue == from_folder.facts.catalogue, "{today}: events differ");
        assert!(facts.customers == from_folder.facts.customers, "{today}: customers differ");
        assert!(facts.lines == from_folder.facts.lines, "{today}: purchases differ");
        assert_eq!(facts, from_folder.facts);
        assert_eq!(contacts.headers, from_folder.contacts.headers);
        assert_eq!(contacts.names, from_folder.contacts.names);
        assert!(contacts == from_folder.contacts, "{today}: contacts differ");
    }
}

#[test]
fn reading_the_folder_gives_no_warning() {
    let settings = Settings::new(500, 9, Day::parse("2026-11-21").unwrap()).unwrap();
    let warnings = ingested(&settings).warnings;
    assert!(warnings.is_empty(), "{warnings:?}");
}
