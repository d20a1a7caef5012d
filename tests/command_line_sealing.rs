//! Sealed snapshots on the command line: what `--encrypt` hides, and who gets in.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const PASSPHRASE: &str = "Fröken Julie, akt 2";
const ANY_VIEW: &str = r#"{"version":1,"segment":{"name":"All","events":{"days_back":"all"}}}"#;
const OPEN_FACTS: &str = "facts are readable by whoever can fetch this folder";

fn publik(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_publik")).args(arguments).output().unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// A folder with the demo's export, a passphrase, another one, and a view.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new(customers: &str) -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        let made = publik(&["demo", text(&desk.path("export")), "--customers", customers]);
        assert!(made.status.success(), "{}", err(&made));
        desk.write("passphrase", &format!("{PASSPHRASE}\n"));
        desk.write("other", "Fadren");
        desk.write("view.json", ANY_VIEW);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.path(name), content).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    /// Runs a command; `@` in front of an argument makes it a path in the folder.
    fn run(&self, arguments: &[&str]) -> Output {
        let arguments: Vec<String> = arguments
            .iter()
            .map(|argument| match argument.strip_prefix('@') {
                Some(name) => text(&self.path(name)).to_owned(),
                None => (*argument).to_owned(),
            })
            .collect();
        publik(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn build(&self, to: &str, more: &[&str]) -> Output {
        let built = self.run(&[&["build", "@export", "-o", to], more].concat());
        assert_eq!(built.status.code(), Some(0), "{}", err(&built));
        built
    }

    /// Names and bytes of the files of a folder.
    fn files(&self, name: &str) -> Vec<(String, Vec<u8>)> {
        let entries = fs::read_dir(self.path(name)).unwrap().map(|entry| entry.unwrap());
        let read = |path: PathBuf| fs::read(path).unwrap();
        entries
            .map(|entry| (entry.file_name().into_string().unwrap(), read(entry.path())))
            .collect()
    }
}

fn is_sealed(name: &str) -> bool {
    name.strip_suffix(".age").is_some()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    memchr::memmem::find(bytes, text.as_bytes()).is_some()
}

#[test]
fn whoever_has_the_passphrase_counts_the_same_as_before_sealing() {
    let desk = Desk::new("300");
    desk.build("@open", &[]);
    let built = desk.build("@sealed", &["--encrypt", "all", "--passphrase-file", "@passphrase"]);
    assert!(!err(&built).contains(OPEN_FACTS), "{}", err(&built));
    for command in ["count", "ids"] {
        let ask = |snapshot, more: &[&str]| {
            let day = ["--view", "@view.json", "--as-of", "2026-11-21"];
            desk.run(&[&[command, snapshot], &day[..], more].concat())
        };
        let open = ask("@open", &[]);
        let sealed = ask("@sealed", &["--passphrase-file", "@passphrase"]);
        assert_eq!(sealed.status.code(), Some(0), "{}", err(&sealed));
        assert!(!out(&open).is_empty());
        assert_eq!(out(&sealed), out(&open));
    }
}

#[test]
fn a_missing_and_a_wrong_passphrase_are_told_apart_and_neither_is_called_damage() {
    let desk = Desk::new("20");
    desk.build("@sealed", &["--encrypt", "all", "--passphrase-file", "@passphrase"]);
    let count = |more: &[&str]| {
        let counted = desk.run(&[&["count", "@sealed", "--view", "@view.json"], more].concat());
        assert_eq!((counted.status.code(), out(&counted)), (Some(1), ""));
        assert!(!err(&counted).contains("damaged"), "{}", err(&counted));
        err(&counted).to_owned()
    };
    let missing = count(&[]);
    assert!(missing.contains("facts part is encrypted"), "{missing}");
    assert!(missing.contains("--passphrase-file"), "{missing}");
    let wrong = count(&["--passphrase-file", "@other"]);
    assert!(wrong.contains("passphrase does not open the facts part"), "{wrong}");
    assert!(!wrong.contains("Fadren"), "{wrong}");

    let (name, mut bytes) =
        desk.files("sealed").into_iter().find(|(name, _)| name.starts_with("facts-")).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(desk.path("sealed").join(name), bytes).unwrap();
    let damaged =
        desk.run(&["count", "@sealed", "--view", "@view.json", "--passphrase-file", "@other"]);
    assert!(err(&damaged).contains("facts part is damaged"), "{}", err(&damaged));
}

#[test]
fn a_passphrase_alone_seals_the_contacts_and_leaves_the_facts_open() {
    let desk = Desk::new("20");
    let built = desk.build("@sealed", &["--passphrase-file", "@passphrase"]);
    assert!(err(&built).contains(OPEN_FACTS), "{}", err(&built));
    let said_so =
        desk.build("@said", &["--encrypt", "contacts", "--passphrase-file", "@passphrase"]);
    assert!(err(&said_so).contains(OPEN_FACTS), "{}", err(&said_so));
    for folder in ["sealed", "said"] {
        let mut names: Vec<String> = desk.files(folder).into_iter().map(|(name, _)| name).collect();
        names.sort();
        assert!(names[0].starts_with("contacts-") && is_sealed(&names[0]), "{names:?}");
        assert!(names[1].starts_with("facts-") && !is_sealed(&names[1]), "{names:?}");
        assert_eq!((names[2].as_str(), names.len()), ("manifest.json", 3));
    }
    let counted = desk.run(&["count", "@sealed", "--view", "@view.json"]);
    assert_eq!(counted.status.code(), Some(0), "{}", err(&counted));
}

/// Every name, address, e-mail and phone number, and every coordinate and postcode that is long
/// enough not to turn up by chance.
fn contact_values(desk: &Desk) -> Vec<String> {
    let mut rows = csv::Reader::from_path(desk.path("export/customers.csv")).unwrap();
    let facts = ["customer_id", "gender", "consents", "flags", "language", "country"];
    let columns: Vec<usize> = (0..)
        .zip(rows.headers().unwrap())
        .filter(|(_, header)| !facts.contains(header))
        .map(|(at, _)| at)
        .collect();
    assert!(columns.len() >= 4, "the demo has names, addresses, e-mails and phones");
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.unwrap()).collect();
    let cells = rows.iter().flat_map(|row| columns.iter().map(|&at| row[at].to_owned()));
    cells.filter(|cell| cell.len() >= 5).collect()
}

#[test]
fn no_name_or_address_is_in_the_facts_or_in_a_sealed_part() {
    let desk = Desk::new("400");
    desk.build("@contacts", &["--passphrase-file", "@passphrase"]);
    desk.build("@all", &["--encrypt", "all", "--passphrase-file", "@passphrase"]);
    desk.build("@open", &[]);
    let values = contact_values(&desk);
    assert!(values.len() > 1000, "{}", values.len());
    let open_contacts =
        |(name, _): &(String, Vec<u8>)| name.starts_with("contacts-") && !is_sealed(name);
    // What the venue says of itself is no secret of a customer's: both may be in Stockholm.
    let own = ["venue.toml", "events.csv", "offers.csv"]
        .map(|file| fs::read_to_string(desk.path("export").join(file)).unwrap())
        .concat();
    let mut found_in_open_contacts = 0;
    for folder in ["contacts", "all", "open"] {
        // The manifest has days and counts of the venue's, and is no part.
        for file in desk.files(folder).into_iter().filter(|(name, _)| name != "manifest.json") {
            for value in values.iter().filter(|value| !own.contains(value.as_str())) {
                if open_contacts(&file) {
                    found_in_open_contacts += usize::from(holds(&file.1, value));
                } else {
                    assert!(!holds(&file.1, value), "{value:?} is in {folder}/{}", file.0);
                }
            }
        }
    }
    assert!(found_in_open_contacts > 1000, "the search finds what is there to be found");
    for (name, bytes) in desk.files("all").iter().filter(|(name, _)| is_sealed(name)) {
        assert!(bytes.starts_with(b"age-encryption.org/v1\n"), "{name}");
        assert!(!holds(bytes, "PUBLIK") && !holds(bytes, PASSPHRASE), "{name}");
    }
}

#[test]
fn info_says_what_is_encrypted_and_opens_it_with_the_passphrase() {
    let desk = Desk::new("20");
    desk.build("@sealed", &["--encrypt", "all", "--passphrase-file", "@passphrase"]);
    let closed = desk.run(&["info", "@sealed"]);
    assert_eq!(closed.status.code(), Some(0), "{}", err(&closed));
    assert_eq!(out(&closed).matches("encrypted (age)").count(), 2, "{}", out(&closed));
    assert!(!out(&closed).contains("id_text"), "{}", out(&closed));
    let opened = desk.run(&["info", "@sealed", "--json", "--passphrase-file", "@passphrase"]);
    let described: Value = serde_json::from_str(out(&opened)).unwrap();
    assert_eq!(described["parts"][1]["encryption"], "age");
    let sections = described["sections"].as_array().unwrap();
    assert!(sections.iter().any(|section| section["name"] == "id_text"), "{sections:?}");
    let refused = desk.run(&["info", "@sealed", "--passphrase-file", "@other"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("passphrase does not open"), "{}", err(&refused));
}

#[test]
fn encrypting_without_a_passphrase_file_is_a_usage_error() {
    for arguments in [
        &["build", "nowhere", "-o", "out", "--encrypt", "all"][..],
        &["build", "nowhere", "-o", "out", "--encrypt", "facts", "--passphrase-file", "nowhere"],
        &["build", "nowhere", "-o", "out", "--passphrase-file"],
    ] {
        let refused = publik(arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}: {}", err(&refused));
    }
}

#[test]
fn a_file_that_holds_no_passphrase_is_refused_before_the_export_is_read() {
    let desk = Desk::new("5");
    for (content, said) in [
        ("", "is empty"),
        ("\n", "is empty"),
        ("\u{feff}\r\n", "is empty"),
        ("one\ntwo\n", "several lines"),
    ] {
        desk.write("none", content);
        let refused =
            desk.run(&["build", "@no-export", "-o", "@out", "--passphrase-file", "@none"]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(err(&refused).contains(said), "{content:?}: {}", err(&refused));
        assert!(!err(&refused).contains("two"), "{}", err(&refused));
        assert!(!desk.path("out").exists());
    }
    fs::write(desk.path("bytes"), [0xff, 0xfe]).unwrap();
    let refused = desk.run(&["info", "@out", "--passphrase-file", "@bytes"]);
    assert!(err(&refused).contains("this file is no text"), "{}", err(&refused));
}

#[test]
fn only_one_line_break_is_taken_off_a_passphrase() {
    let desk = Desk::new("5");
    desk.write("spaced", " a word \r\n");
    desk.build("@sealed", &["--passphrase-file", "@spaced"]);
    for (content, opens) in [(" a word ", true), ("\u{feff} a word \n", true), ("a word", false)] {
        desk.write("again", content);
        let read = desk.run(&["info", "@sealed", "--passphrase-file", "@again"]);
        assert_eq!(read.status.success(), opens, "{content:?}: {}", err(&read));
    }
}

#[cfg(unix)]
#[test]
fn a_passphrase_that_everybody_can_read_is_warned_about() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new("5");
    let quiet = desk.build("@sealed", &["--passphrase-file", "@passphrase"]);
    assert!(!err(&quiet).contains("everybody"), "{}", err(&quiet));
    fs::set_permissions(desk.path("passphrase"), fs::Permissions::from_mode(0o644)).unwrap();
    let warned = desk.build("@sealed", &["--passphrase-file", "@passphrase"]);
    assert!(err(&warned).contains("everybody on this machine can read"), "{}", err(&warned));
}
