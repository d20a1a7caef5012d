//! Every view of every case gives the answers that two other implementations agree on.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use publik::engine::{Session, Snapshot, naive};
use publik::ingest::{self, DirectoryFolder, Options};
use publik::model::{Day, Facts};
use publik::snapshot;
use publik::view;
use serde_json::Value;

const CASES: [(&str, &str); 3] = [
    ("adventureworks", "2019-07-01"),
    ("synthetic-reykjavik-1", "2026-11-21"),
    ("synthetic-stockholm-2", "2026-11-21"),
];

fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases").join(case)
}

/// The case's facts, by way of a snapshot's bytes.
fn facts(case: &str) -> Facts {
    let export = DirectoryFolder::new(folder(case).join("export"));
    let options = Options::default();
    let ingested = ingest::read(&export, &options, &mut |_| std::ops::ControlFlow::Continue(()))
        .unwrap_or_else(|error| panic!("{case}: {error}"));
    assert!(ingested.rejects.is_empty(), "{case}: {:?}", ingested.rejects.first());
    snapshot::decode_facts(&snapshot::encode_facts(&ingested.facts)).unwrap()
}

/// Each view's name, document, and expected counts and ids.
fn views(case: &str) -> Vec<(String, Vec<u8>, Value)> {
    let expected = fs::read_to_string(folder(case).join("expected.jsonl")).unwrap();
    let views = expected.lines().map(|line| {
        let expected: Value = serde_json::from_str(line).unwrap();
        let name = expected["view"].as_str().unwrap().to_owned();
        let document = fs::read(folder(case).join("views").join(&name)).unwrap();
        (name, document, expected)
    });
    views.collect()
}

#[test]
fn every_view_of_every_case_has_the_expected_counts_and_ids() {
    let mut checked = 0;
    for (case, as_of) in CASES {
        let as_of = Day::parse(as_of).unwrap();
        let snapshot = Arc::new(Snapshot::new(facts(case)));
        for (name, document, expected) in views(case) {
            let view = view::parse(&document).unwrap();
            let session = Session::new(Arc::clone(&snapshot), view, as_of);
            let counts = serde_json::to_value(session.counts()).unwrap();
            assert_eq!(counts, expected["counts"], "{case}/{name}");
            let ids = serde_json::to_value(session.ids(0, usize::MAX)).unwrap();
            assert_eq!(ids, expected["ids"], "{case}/{name}");
            checked += 1;
        }
    }
    assert_eq!(checked, 180);
}

#[test]
fn one_session_walks_through_all_views_of_a_case() {
    for (case, as_of) in CASES {
        let as_of = Day::parse(as_of).unwrap();
        let snapshot = Arc::new(Snapshot::new(facts(case)));
        let mut session = Session::new(snapshot, view::View::default(), as_of);
        for (name, document, expected) in views(case) {
            session.set_view(view::parse(&document).unwrap());
            let counts = serde_json::to_value(session.counts()).unwrap();
            assert_eq!(counts, expected["counts"], "{case}/{name}");
        }
    }
}

#[test]
fn the_naive_evaluator_agrees_with_the_cases_too() {
    let (case, as_of) = CASES[2];
    let facts = facts(case);
    for (name, document, expected) in views(case) {
        let view = view::parse(&document).unwrap();
        let (counts, rows) = naive::evaluate(&facts, &view, Day::parse(as_of).unwrap());
        assert_eq!(serde_json::to_value(counts).unwrap(), expected["counts"], "{case}/{name}");
        let ids: Vec<&str> =
            rows.iter().map(|row| facts.customers.ids.get(*row as usize)).collect();
        assert_eq!(serde_json::to_value(ids).unwrap(), expected["ids"], "{case}/{name}");
    }
}
