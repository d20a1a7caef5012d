//! An export folder with views and the right answers, built and served.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use publik::ingest::{DirectoryFolder, Options, read};
use publik::snapshot::folder;
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

/// A case beside `dist/`: its views under `/case`, its snapshot under `/snapshot`.
pub struct Case {
    pub site: Site,
    pub expected: Vec<Expected>,
    _snapshot: TempDir,
}

impl Case {
    /// 2,000 customers, made awkward on purpose, and 60 views.
    pub fn stockholm() -> Self {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases/synthetic-stockholm-2");
        let snapshot = tempfile::tempdir().unwrap();
        build(folder.join("export"), snapshot.path());
        let lines = fs::read_to_string(folder.join("expected.jsonl")).unwrap();
        let expected: Vec<_> = lines.lines().map(expected).collect();
        assert_eq!(expected.len(), 60);
        let site = Site::with(vec![("/case", folder), ("/snapshot", snapshot.path().to_owned())]);
        Self { site, expected, _snapshot: snapshot }
    }

    /// The views' files, as a script's argument.
    pub fn files(&self) -> Value {
        self.expected.iter().map(|expected| expected.file.as_str()).collect()
    }
}

fn build(export: PathBuf, snapshot: &Path) {
    let export = DirectoryFolder::new(export);
    let read = read(&export, &Options::default(), &mut |_| ControlFlow::Continue(())).unwrap();
    assert!(read.rejects.is_empty());
    folder::write(snapshot, &read.facts, &read.contacts, "2026-11-21T06:00:00Z").unwrap();
}

fn expected(line: &str) -> Expected {
    let mut line: Value = serde_json::from_str(line).unwrap();
    Expected {
        file: line["view"].as_str().unwrap().to_owned(),
        counts: line["counts"].take(),
        ids: line["ids"].take(),
    }
}
