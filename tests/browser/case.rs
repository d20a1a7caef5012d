//! An export folder with views and the right answers, built and served.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use publik::ingest::{DirectoryFolder, Options, read};
use publik::snapshot::folder::{self, StoredPart};
use publik::snapshot::{PartKind, Passphrase, encode_facts};
use serde_json::Value;
use tempfile::TempDir;

use crate::site::Site;

/// The day of the expected answers.
pub const AS_OF: &str = "2026-11-21";

/// A view's counts and ids as somebody else computed them.
pub struct Expected {
    pub file: String,
    pub counts: Value,
    pub ids: Value,
}

/// A case beside `dist/`: its views under `/case`, its snapshot under `/snapshot`, and the same
/// sealed with [`PASSPHRASE`] under `/sealed`.
pub struct Case {
    pub site: Site,
    pub expected: Vec<Expected>,
    _snapshots: [TempDir; 2],
}

/// What opens the sealed snapshot.
pub const PASSPHRASE: &str = "Röda rummet";
/// scrypt's work for it: a test need not wait for a second each time.
const WORK: u8 = 10;

impl Case {
    /// 2,000 customers, made awkward on purpose, and 60 views.
    pub fn stockholm() -> Self {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases/synthetic-stockholm-2");
        let [snapshot, sealed] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        build(folder.join("export"), snapshot.path(), sealed.path());
        let lines = fs::read_to_string(folder.join("expected.jsonl")).unwrap();
        let expected: Vec<_> = lines.lines().map(expected).collect();
        assert_eq!(expected.len(), 60);
        let site = Site::with(vec![
            ("/case", folder),
            ("/snapshot", snapshot.path().to_owned()),
            ("/sealed", sealed.path().to_owned()),
        ]);
        Self { site, expected, _snapshots: [snapshot, sealed] }
    }

    /// The views' files, as a script's argument.
    pub fn files(&self) -> Value {
        self.expected.iter().map(|expected| expected.file.as_str()).collect()
    }
}

fn build(export: PathBuf, snapshot: &Path, sealed: &Path) {
    let export = DirectoryFolder::new(export);
    let read = read(&export, &Options::default(), &mut |_| ControlFlow::Continue(())).unwrap();
    assert!(read.rejects.is_empty());
    let built_at = "2026-11-21T06:00:00Z";
    folder::write(snapshot, &read.facts, &read.contacts, built_at).unwrap();
    let passphrase = Passphrase::new(PASSPHRASE).unwrap();
    let facts = encode_facts(&read.facts);
    let parts = [StoredPart::sealed(PartKind::Facts, &facts, &passphrase, WORK)];
    folder::write_parts(sealed, &read.facts, &parts, built_at).unwrap();
}

fn expected(line: &str) -> Expected {
    let mut line: Value = serde_json::from_str(line).unwrap();
    Expected {
        file: line["view"].as_str().unwrap().to_owned(),
        counts: line["counts"].take(),
        ids: line["ids"].take(),
    }
}
