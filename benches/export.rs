//! What a list costs: preflight and writing of every format over the demo venue.
//!
//! `cargo bench --features export --bench export -- [CUSTOMERS]`, 100,000 unless said. Prints the
//! best and the median of a few runs in milliseconds; asserts nothing, since a slow day is no bug.

use std::sync::Arc;
use std::time::Instant;

use publik::demo::{self, Settings};
use publik::engine::{Session, Snapshot};
use publik::export::{
    Format, Gates, ListColumn, Locale, Output, Preflight, Setting, Sources, Suppressions, Writing,
};
use publik::model::{Contacts, Day};
use publik::view;

const RUNS: usize = 5;
const STEP: usize = 4096;
const BUILT_AT: &str = "2026-11-21T06:10:00Z";
const EVERYBODY: &str = r#"{"version":1,"segment":{"name":"bench","people":"everyone",
 "events":{"days_back":"all"}}}"#;

/// Counts bytes, as a disk would take them.
#[derive(Default)]
struct Bytes(usize);

impl Output for Bytes {
    fn begin_file(&mut self, _number: u32) -> std::io::Result<()> {
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.0 += std::hint::black_box(bytes).len();
        Ok(())
    }
}

/// Milliseconds of the preflight and of the writing, with the bytes and rows that came out.
fn run(format: Format, session: &mut Session, contacts: &Contacts) -> (f64, f64, usize, usize) {
    let snapshot = Arc::clone(session.snapshot());
    let sources = Sources::new(&snapshot, contacts).expect("made together");
    let mut suppressions = Suppressions::default();
    suppressions.insert([0; 32]);
    let start = Instant::now();
    let rows = session.result().iter().collect();
    let gates = Gates { ungated: false, suppressions };
    let mut preflight =
        Preflight::new(sources, format, gates, rows).expect("the demo names a consent");
    while !preflight.step(STEP) {}
    let plan = preflight.finish();
    let checked = start.elapsed();
    let columns = ListColumn::resolve(&[], contacts, session).expect("the usual columns");
    let setting = Setting { format, locale: Locale::English, columns, built_at: BUILT_AT };
    let start = Instant::now();
    let mut writing = Writing::new(sources, &plan, setting).expect("few columns");
    let mut bytes = Bytes::default();
    while !writing.step(STEP, &mut bytes).expect("nothing refuses").is_done {}
    let written = start.elapsed();
    (checked.as_secs_f64() * 1e3, written.as_secs_f64() * 1e3, bytes.0, plan.rows.len())
}

fn main() {
    let customers = std::env::args().find_map(|argument| argument.parse().ok());
    let today = Day::parse("2026-11-21").expect("a date");
    let settings =
        Settings::new(customers.unwrap_or(100_000), 1, today).expect("an allowed number");
    let (facts, contacts) = demo::build(&settings);
    let view = view::parse(EVERYBODY.as_bytes()).expect("a view");
    let mut session = Session::new(Arc::new(Snapshot::new(facts)), view, today);
    println!("format           rows out   preflight best/median   writing best/median    bytes");
    for format in Format::ALL {
        let runs: Vec<_> = (0..RUNS).map(|_| run(format, &mut session, &contacts)).collect();
        let sorted = |pick: fn(&(f64, f64, usize, usize)) -> f64| {
            let mut times: Vec<f64> = runs.iter().map(pick).collect();
            times.sort_unstable_by(f64::total_cmp);
            (times[0], times[RUNS / 2])
        };
        let (checked, written) = (sorted(|run| run.0), sorted(|run| run.1));
        let (_, _, bytes, rows) = runs[0];
        println!(
            "{format:<15} {rows:>9} {:>14.0} / {:<7.0} {:>12.0} / {:<7.0} {bytes:>9}",
            checked.0,
            checked.1,
            written.0,
            written.1,
            format = format.name(),
        );
    }
}
