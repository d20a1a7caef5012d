//! What a slider costs: the engine's work over the demo venue, as `scale.md`-style tables.
//!
//! `cargo bench --bench engine -- [CUSTOMERS]`, 1,000,000 unless said. Prints medians and 95th
//! percentiles in milliseconds; asserts nothing, since a slow day is no bug.

use std::sync::Arc;
use std::time::Instant;

use publik::demo::{self, Settings};
use publik::engine::{Session, Snapshot};
use publik::model::{Day, Facts};
use publik::snapshot;
use publik::view::{self, FilterKind, View};

/// Ten filters, all active, loose enough that many customers fail one or none.
const TEN: &str = r#"{"version":1,"segment":{"name":"bench","events":{"days_back":1500}},
 "filters":{"distance_km":{"max":150},"gender":["f","m"],"revenue":{"min":200},"orders":{"min":1},
 "sales_type":["online","both"],"last_purchase":{"within":1400},"tickets":{"min":2},
 "events":{"min":1},"impulsive":{"max":90},"tickets_per_order":{"max":8}}}"#;
/// All twelve, and rules on consents and flags.
const TWELVE: &str = r#"{"version":1,"segment":{"name":"bench","events":{"days_back":1500}},
 "filters":{"distance_km":{"max":150},"gender":["f","m"],"revenue":{"min":200},"orders":{"min":1},
 "sales_type":["online","both"],"subscription":"regular","last_purchase":{"within":1400,"over":"history"},
 "tickets":{"min":2},"events":{"min":1},"impulsive":{"max":90},"tickets_per_order":{"max":8},
 "purchases":{"min":1}},"consents":{"exclude":["no_mail"]},"flags":{"exclude":["press"]}}"#;

/// A filter that is dragged: its name, and its setting at each place of the slider.
type Drag = (&'static str, Vec<String>);

fn drags() -> Vec<Drag> {
    let steps =
        |low: f64, high: f64| (0..60).map(move |step| low + (high - low) * f64::from(step) / 59.0);
    let whole = |low: f64, high: f64| steps(low, high).map(f64::round);
    vec![
        ("distance_km", steps(300.0, 1.0).map(|km| format!("{{\"max\":{km}}}")).collect()),
        ("revenue", steps(0.0, 6000.0).map(|sum| format!("{{\"min\":{sum}}}")).collect()),
        ("orders", whole(0.0, 12.0).map(|count| format!("{{\"min\":{count}}}")).collect()),
        (
            "last_purchase",
            whole(1500.0, 1.0).map(|days| format!("{{\"within\":{days}}}")).collect(),
        ),
        ("tickets", whole(0.0, 30.0).map(|count| format!("{{\"min\":{count}}}")).collect()),
        ("events", whole(0.0, 12.0).map(|count| format!("{{\"min\":{count}}}")).collect()),
        ("impulsive", whole(200.0, 0.0).map(|days| format!("{{\"max\":{days}}}")).collect()),
        (
            "tickets_per_order",
            whole(20.0, 1.0).map(|count| format!("{{\"max\":{count}}}")).collect(),
        ),
    ]
}

/// Milliseconds, collected.
#[derive(Default)]
struct Times(Vec<f64>);

impl Times {
    fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.0.push(start.elapsed().as_secs_f64() * 1000.0);
        result
    }

    fn at(&mut self, fraction: f64) -> f64 {
        self.0.sort_unstable_by(f64::total_cmp);
        let last = self.0.len().saturating_sub(1);
        self.0.get((last as f64 * fraction).round() as usize).copied().unwrap_or(f64::NAN)
    }
}

fn view(document: &str) -> View {
    view::parse(document).expect("the documents above are views")
}

fn answer(session: &mut Session, histograms: bool) -> u32 {
    let mut sum = session.counts().total + session.reach().with_email;
    if histograms {
        for kind in FilterKind::ALL {
            sum += match session.choices(kind) {
                Some(choices) => choices.unknown,
                None => session.histogram(kind, 40).expect("numbers and 40 bins").unknown,
            };
        }
    }
    sum
}

/// Every slider through its range and back in one go.
fn sliders(name: &str, snapshot: &Arc<Snapshot>, document: &str, as_of: Day, histograms: bool) {
    let mut session = Session::new(Arc::clone(snapshot), view(document), as_of);
    answer(&mut session, histograms);
    let (mut steps, mut jumps) = (Times::default(), Times::default());
    for (name, places) in drags() {
        let parsed: Vec<_> = places
            .iter()
            .map(|place| view::parse_filter(name, place).expect("the places above are settings"))
            .collect();
        let original = session.view().clone();
        for (kind, filter) in parsed {
            steps.take(|| {
                session.set_filter(kind, filter);
                answer(&mut session, histograms)
            });
        }
        jumps.take(|| {
            session.set_view(original);
            answer(&mut session, histograms)
        });
    }
    println!(
        "| {name} | {:.3} | {:.3} | {:.3} | {:.2} |",
        steps.at(0.5),
        steps.at(0.95),
        jumps.at(1.0),
        steps.at(1.0)
    );
}

fn scopes(snapshot: &Arc<Snapshot>, as_of: Day) {
    let mut session = Session::new(Arc::clone(snapshot), view(TWELVE), as_of);
    answer(&mut session, true);
    let (mut scopes, mut firsts) = (Times::default(), Times::default());
    for days_back in [200, 2900, 700, 1500, 365, 2000, 30, 1000, 2500] {
        let mut segment = session.view().segment.clone();
        segment.events.days_back = Some(view::DaysBack::Days(days_back));
        scopes.take(|| {
            session.set_segment(segment);
            answer(&mut session, false)
        });
        let (kind, filter) = view::parse_filter("revenue", "{\"min\":300}").expect("a setting");
        firsts.take(|| {
            session.set_filter(kind, filter);
            answer(&mut session, true)
        });
    }
    println!(
        "W3, another set of events: median {:.1} ms, slowest {:.1} ms",
        scopes.at(0.5),
        scopes.at(1.0)
    );
    println!(
        "the first change after it, with all histograms: median {:.1} ms, slowest {:.1} ms",
        firsts.at(0.5),
        firsts.at(1.0)
    );
}

fn open(facts: &Facts) -> Arc<Snapshot> {
    let (mut encode, mut decode, mut prepare) = Default::default();
    let bytes = Times::take(&mut encode, || snapshot::encode_facts(facts));
    let read = Times::take(&mut decode, || snapshot::decode_facts(&bytes).expect("just written"));
    let snapshot = Times::take(&mut prepare, || Arc::new(Snapshot::new(read)));
    println!(
        "facts {:.1} MB, written in {:.0} ms, read in {:.0} ms, prepared in {:.0} ms",
        bytes.len() as f64 / 1e6,
        encode.at(0.5),
        decode.at(0.5),
        prepare.at(0.5)
    );
    snapshot
}

fn main() {
    let said = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let customers = said.unwrap_or(1_000_000);
    let today = Day::from_ymd(2026, 11, 21).expect("a day of the calendar");
    let settings = Settings::new(customers, 1, today).expect("a size that the demo allows");
    let (facts, _) = demo::build(&settings);
    println!("{customers} customers, {} lines", facts.lines.count());
    let snapshot = open(&facts);
    drop(facts);
    println!("| work | p50 | p95 | jump | slowest |\n|---|---|---|---|---|");
    sliders("W1, ten filters", &snapshot, TEN, today, false);
    sliders("W1, twelve filters, consents, flags", &snapshot, TWELVE, today, false);
    sliders("W2, ten filters", &snapshot, TEN, today, true);
    sliders("W2, twelve filters, consents, flags", &snapshot, TWELVE, today, true);
    scopes(&snapshot, today);
}
