//! Reads export folders, in a module of its own: time zones, encodings and tables of places are
//! fetched only by whoever imports.

use std::ops::ControlFlow;

use super::platform::{Attachments, PagePort, WorkerProblem, answer_page, note_panics};
use super::protocol::import::{ImportAnswer, ImportAsk, ImportOutcome, RejectLine};
use super::protocol::{self, Progress};
use crate::ingest::{self, File, MemoryFolder, Options};
use crate::snapshot::{Encryption, Manifest, PartEntry, PartKind, encode_contacts, encode_facts};

/// Rejects that cross with their reasons; the file beside the answer has all.
const MOST_LINES: usize = 200;

/// Answers the page until it closes the worker.
pub fn run() {
    note_panics();
    let port = answer_page(|page, heard: Result<(ImportAsk, Attachments), WorkerProblem>| {
        let read = match heard {
            Ok((ask, attachments)) => read(page, &ask, &attachments),
            Err(problem) => Err(problem.to_string()),
        };
        match read {
            Ok((outcome, parts)) => page.send(&ImportAnswer::Done(outcome), &parts),
            Err(message) => page.send(&ImportAnswer::Failed { message }, &Attachments::none()),
        }
    })
    .expect("only a worker runs this");
    port.send(&ImportAnswer::Ready, &Attachments::none());
}

fn read(
    page: &PagePort,
    ask: &ImportAsk,
    attachments: &Attachments,
) -> Result<(ImportOutcome, Attachments), String> {
    let folder: MemoryFolder = ask
        .names
        .iter()
        .zip(0..)
        .filter_map(|(name, at)| Some((name.clone(), attachments.bytes(at)?)))
        .collect();
    let mut tell = |progress: ingest::Progress| {
        page.send(&ImportAnswer::Progress(told(progress)), &Attachments::none());
        ControlFlow::Continue(())
    };
    let ingested =
        ingest::read(&folder, &Options::default(), &mut tell).map_err(|error| error.to_string())?;
    drop(folder);
    let facts = encode_facts(&ingested.facts);
    let contacts = encode_contacts(&ingested.contacts);
    let parts = vec![
        PartEntry::of(PartKind::Facts, &facts, Encryption::None),
        PartEntry::of(PartKind::Contacts, &contacts, Encryption::None),
    ];
    let manifest = Manifest::new(&ingested.facts, &ask.built_at, parts).to_bytes();
    let mut file = Vec::new();
    ingest::write_rejects(&mut file, &ingested.rejects).map_err(|error| error.to_string())?;
    let beside = Attachments::none();
    for bytes in [&manifest, &facts, &contacts, &file] {
        beside.push_bytes(bytes);
    }
    let line = |reject: &ingest::Reject| RejectLine {
        file: reject.file.name().to_owned(),
        line: u32::try_from(reject.line).unwrap_or(u32::MAX),
        column: reject.column.to_string(),
        reason: reject.told_reason(),
    };
    let outcome = ImportOutcome {
        rejected: ingested.rejects.len() as u32,
        rejects: ingested.rejects.iter().take(MOST_LINES).map(line).collect(),
        warnings: ingested.warnings.iter().map(ToString::to_string).collect(),
    };
    Ok((outcome, beside))
}

fn told(progress: ingest::Progress) -> Progress {
    let step = match progress.step {
        ingest::Step::Checking => protocol::Step::Checking,
        ingest::Step::Reading => protocol::Step::Reading,
        ingest::Step::Ordering => protocol::Step::Ordering,
    };
    let is_ordering = step == protocol::Step::Ordering;
    Progress {
        step,
        file: if is_ordering { String::new() } else { File::name(progress.file).to_owned() },
        bytes: progress.bytes_read as f64,
        bytes_total: (!is_ordering).then_some(progress.bytes_total as f64),
        rows: progress.rows as f64,
    }
}
