//! Any bytes as each file of a snapshot: refused, or read so that it is written and counted
//! without surprise.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use publik::engine::{Session, Snapshot, naive};
use publik::model::{Day, Facts};
use publik::snapshot::{Manifest, decode_contacts, decode_facts, encode_contacts, encode_facts};
use publik::view::{FilterKind, parse};

/// Above this the row-by-row count takes longer than the fuzzer waits.
const MOST_COUNTED: u32 = 2_000;

const VIEW: &str = r#"{
    "version": 1, "count_over": "history",
    "segment": { "name": "A", "people": "everyone", "events": { "days_back": 1000 } },
    "filters": {
        "distance_km": { "max": 100 }, "gender": ["f", "u"], "revenue": { "min": 1.5 },
        "orders": { "max": 9, "over": "scope" }, "sales_type": ["online"],
        "last_purchase": { "within": 900 }, "tickets": { "min": 1 }, "events": { "min": 1 },
        "impulsive": { "max": 40 }, "tickets_per_order": { "max": 9 },
        "purchases": { "from": "2025-01-01" }
    }
}"#;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(facts) = decode_facts(bytes) {
        assert_eq!(decode_facts(&encode_facts(&facts)).as_ref().ok(), Some(&facts));
        if facts.customers.count() <= MOST_COUNTED {
            counts_are_exact(facts);
        }
    }
    if let Ok(contacts) = decode_contacts(bytes) {
        assert_eq!(decode_contacts(&encode_contacts(&contacts)).ok(), Some(contacts));
    }
    if let Ok(manifest) = Manifest::parse(bytes) {
        assert_eq!(Manifest::parse(&manifest.to_bytes()).ok(), Some(manifest));
    }
});

fn counts_are_exact(facts: Facts) {
    let view = parse(VIEW).expect("written for this");
    let as_of = Day::from_ymd(2026, 11, 21).expect("a day");
    let (counts, rows) = naive::evaluate(&facts, &view, as_of);
    let mut session = Session::new(Arc::new(Snapshot::new(facts)), view, as_of);
    assert_eq!(session.counts(), counts);
    assert_eq!(session.ids(0, usize::MAX).len(), rows.len());
    for kind in FilterKind::ALL {
        session.histogram(kind, 40).ok();
    }
}
