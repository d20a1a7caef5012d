//! A small venue whose lists can be worked out by hand.

#![allow(dead_code)] // Each test binary uses a part of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

pub const VENUE: &str = r#"
name = "Lilla scenen"
time_zone = "Europe/Stockholm"
currency = "SEK"
latitude = 59.0
longitude = 18.0
country = "SE"
marketing_consent = "news"
[consents]
news = "Newsletter"
post = "Letters"
[flags]
vip = "Gold, silver"
press = "Press"
"#;

const EVENTS: &str = "\
event_id,name,starts_at,production_id,production
E1,Hamlet,2025-05-01T19:00,P1,Hamlet
E2,Faust,2026-12-01T19:00,P2,Faust
";

/// The columns stand in no usual order, and two are the venue's own.
pub const CUSTOMERS: &str = "\
customer_id,last_name,first_name,Old no,email,phone,postal_code,city,country,latitude,longitude,language,consents,flags,=note
K01,D'Arc-Östman,Anna,007, Anna@Example.se ,070-174 06 05,111 20,S:t Eriksby 2,,59.0,18.1,sv,news,vip|press,'=1+1
K02,Öst,Valéry,,anna@example.se,,SW1A 1AA,London,gb,59.0,18.0,en,news,,
K03,Phone,Åsa,,,22 12 34 56,,,NO,,,,news,,
K04,Bad,Bo,,not an address,,,,,,,,news,,
K05,Without,Cia,,cia@example.se,,,,,,,,post,,
K06,Suppressed,Dag,,sup@example.se,,,,,,,,news,,
K07,Bad without,Eva,,@,,,,,,,,,,
K08,Both,Fia,,SUP2@example.se ,,,,,,,,,,
K09,Twin,Gun,,twin@example.se,12,,,,,,,news,,
K10,Twin,Hal,,Twin@Example.SE,,,,,,,,news,,
K11,Again,Ida,,CIA@example.se,,,,,,,,news,,
K12,Nowhere,Jan,,,,,,,,,,news,,
K13,\"Says \"\"hi\"\"; ok, so\",\"Two
lines\",,kim@example.se,+46 (0)8-123 456 78,,,,,,,news,,
";

const ORDERS: &str = "\
order_id,customer_id,ordered_at,channel
O1,K01,2025-01-10,online
O2,K01,2026-01-01,online
O3,K02,2025-02-01,box_office
O4,K09,2025-03-01,online
O5,K10,2025-03-01,online
O6,K13,2026-11-20T23:30,online
";

/// K01's later order was handed back.
const TICKETS: &str = "\
ticket_id,order_id,event_id,price,status
T1,O1,E1,100.50,valid
T2,O1,E2,50,valid
T3,O2,E2,500,refunded
T4,O3,E1,80,valid
T5,O4,E1,80,valid
T6,O5,E1,80,valid
T7,O6,E2,0,valid
";

pub const EVERYONE: &str = r#"{"version":1,"segment":{"name":"Everyone","people":"everyone",
    "events":{"days_back":"all"}}}"#;

/// A folder in which things are exported.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    /// The small venue, built into `snapshot`.
    pub fn new() -> Desk {
        Desk::with(VENUE, CUSTOMERS)
    }

    pub fn with(venue: &str, customers: &str) -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(desk.path("export")).unwrap();
        for (name, text) in [
            ("export/venue.toml", venue),
            ("export/events.csv", EVENTS),
            ("export/customers.csv", customers),
            ("export/orders.csv", ORDERS),
            ("export/tickets.csv", TICKETS),
            ("view.json", EVERYONE),
        ] {
            desk.write(name, text);
        }
        let built = desk.run(&[
            "build",
            "@export",
            "-o",
            "@snapshot",
            "--built-at",
            "2026-11-21T07:10:00+01:00",
        ]);
        assert!(built.status.success(), "{}", err(&built));
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// Runs a command; `@` in front of an argument makes it a path in the folder.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let arguments = arguments.iter().map(|argument| match argument.strip_prefix('@') {
            Some(name) => self.path(name).into_os_string(),
            None => argument.into(),
        });
        Command::new(env!("CARGO_BIN_EXE_publik")).args(arguments).output().unwrap()
    }

    /// Exports the view into `out`.
    pub fn export(&self, format: &str, more: &[&str]) -> Output {
        let fixed = ["export", "@snapshot", "--view", "@view.json", "--as-of", "2026-11-21"];
        self.run(&[&fixed[..], &["--format", format, "-o", "@out"], more].concat())
    }

    /// The text of a list without its byte order mark, and the JSON about its rows.
    pub fn list(&self, format: &str, more: &[&str]) -> (String, Value) {
        let done = self.export(format, more);
        assert!(done.status.success(), "{}", err(&done));
        assert!(done.stdout.is_empty());
        let text = String::from_utf8(self.read("out")).unwrap();
        let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
        (text.to_owned(), rows(&done))
    }

    /// Names in the folder.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// The last line of standard error.
pub fn rows(output: &Output) -> Value {
    serde_json::from_str(err(output).lines().last().unwrap()).unwrap()
}

pub fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases").join(name)
}
