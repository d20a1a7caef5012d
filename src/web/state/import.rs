//! Files of the reader that become data: an export folder is read by a worker of its own, which
//! lives as long as the reading; a snapshot folder is opened as it is.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::ContactsOffer;
use super::data::{Data, Stage};
use crate::web::platform::{self, Attachments, PickedFile, Worker, WorkerProblem};
use crate::web::protocol::import::{ImportAnswer, ImportAsk, ImportOutcome};
use crate::web::protocol::{Failure, FailureKind, Origin, Source};

/// The module that the worker runs.
const MODULE: &str = "import.js";
/// What an export folder holds.
const EXPORT: [&str; 7] = [
    "venue.toml",
    "postcodes.csv",
    "events.csv",
    "customers.csv",
    "orders.csv",
    "tickets.csv",
    "offers.csv",
];
const MANIFEST: &str = "manifest.json";
/// How the name of a snapshot's contacts begins.
const CONTACTS: &str = "contacts-";
/// Where manifest, facts, contacts and rejects lie beside the worker's answer.
const PARTS: [u32; 2] = [0, 1];
const CONTACTS_PART: u32 = 2;
const REJECTS: u32 = 3;

/// A handle on importing.
#[derive(Clone, Copy)]
pub struct Import {
    data: Data,
    offer: ContactsOffer,
    outcome: RwSignal<Option<Arc<ImportOutcome>>>,
    is_waiting: RwSignal<bool>,
    held: StoredValue<Rc<RefCell<Held>>, LocalStorage>,
}

#[derive(Default)]
struct Held {
    worker: Option<Worker>,
    parts: Option<Attachments>,
    rejects: Vec<u8>,
}

impl Import {
    /// Nothing imported yet.
    pub fn new(data: Data, offer: ContactsOffer) -> Import {
        Import {
            data,
            offer,
            outcome: RwSignal::new(None),
            is_waiting: RwSignal::new(false),
            held: StoredValue::new_local(Rc::default()),
        }
    }

    /// What the last import left out.
    pub fn outcome(self) -> Option<Arc<ImportOutcome>> {
        self.outcome.get()
    }

    /// Whether rows were left out and the reader has not said yet to go on without them.
    pub fn is_waiting(self) -> bool {
        self.is_waiting.get()
    }

    /// Opens files: those of a snapshot where there is a manifest, else those of an export.
    pub fn open_files(self, files: Vec<PickedFile>) {
        self.cancel();
        self.outcome.set(None);
        let is_snapshot = files.iter().any(|file| file.name() == MANIFEST);
        let is_wanted = |name: &str| {
            if is_snapshot { true } else { EXPORT.contains(&name.to_ascii_lowercase().as_str()) }
        };
        let files: Vec<PickedFile> =
            files.into_iter().filter(|file| is_wanted(&file.name())).collect();
        // Contacts are read by whoever lists, when a list is opened.
        let (contacts, files): (Vec<PickedFile>, Vec<PickedFile>) =
            files.into_iter().partition(|file| file.name().starts_with(CONTACTS));
        self.offer.files(&contacts);
        if files.is_empty() {
            return self.fail(FailureKind::Unreadable, EXPORT.join(", "));
        }
        self.data.tell(Stage::Opening(None));
        platform::read_files(files, move |read| match read {
            None => self.fail(FailureKind::Unreadable, String::new()),
            Some(read) if is_snapshot => {
                let names = read.iter().map(|(name, _)| name.clone()).collect();
                let parts = Attachments::none();
                for (_, bytes) in &read {
                    parts.push_array(bytes);
                }
                self.data.ask(Source::Parts { names, origin: Origin::Folder }, parts);
            }
            Some(read) => {
                let names = read.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
                let parts = Attachments::none();
                for (_, bytes) in &read {
                    parts.push_array(bytes);
                }
                self.read_export(names, parts);
            }
        });
    }

    fn read_export(self, names: Vec<String>, files: Attachments) {
        let ask = ImportAsk { names, built_at: platform::now_rfc3339() };
        let unsent = RefCell::new(Some((ask, files)));
        let started = Worker::start(MODULE, move |heard| match heard {
            Ok((ImportAnswer::Ready, _)) => {
                if let Some((ask, files)) = unsent.take() {
                    self.send(&ask, &files);
                }
            }
            Ok((answer, beside)) => self.hear(answer, &beside),
            Err(problem) => self.lose(problem),
        });
        match started {
            Ok(worker) => self.held.with_value(|held| held.borrow_mut().worker = Some(worker)),
            Err(problem) => self.lose(problem),
        }
    }

    fn send(self, ask: &ImportAsk, files: &Attachments) {
        let sent = self
            .held
            .with_value(|held| held.borrow().worker.as_ref().map(|worker| worker.send(ask, files)));
        if let Some(Err(problem)) = sent {
            self.lose(problem);
        }
    }

    fn hear(self, answer: ImportAnswer, beside: &Attachments) {
        match answer {
            ImportAnswer::Ready => {}
            ImportAnswer::Progress(progress) => self.data.tell(Stage::Opening(Some(progress))),
            ImportAnswer::Failed { message } => {
                self.close_worker();
                self.fail(FailureKind::Unreadable, message);
            }
            ImportAnswer::Done(outcome) => {
                self.close_worker();
                let parts = Attachments::none();
                PARTS
                    .iter()
                    .filter_map(|at| beside.array(*at))
                    .for_each(|part| parts.push_array(&part));
                if let Some(contacts) = beside.array(CONTACTS_PART) {
                    let moved = Attachments::none();
                    moved.push_array(&contacts);
                    self.offer.bytes(moved);
                }
                let is_whole = outcome.rejected == 0;
                self.held.with_value(|held| {
                    let mut held = held.borrow_mut();
                    held.parts = Some(parts);
                    held.rejects = beside.bytes(REJECTS).unwrap_or_default();
                });
                self.outcome.set(Some(Arc::new(outcome)));
                self.is_waiting.set(!is_whole);
                if is_whole {
                    self.go_on();
                } else {
                    self.data.rest();
                }
            }
        }
    }

    /// Opens what was read, without the rows that were left out.
    pub fn go_on(self) {
        self.is_waiting.set(false);
        let parts = self.held.with_value(|held| held.borrow_mut().parts.take());
        if let Some(parts) = parts {
            let names = [MANIFEST, "facts-"].map(str::to_owned).to_vec();
            self.data.ask(Source::Parts { names, origin: Origin::Export }, parts);
        }
    }

    /// Hands the reader the rows that were left out.
    pub fn download_rejects(self) {
        self.held.with_value(|held| {
            platform::download("rejects.csv", "text/csv", &held.borrow().rejects);
        });
    }

    /// Stops reading, if something is being read.
    pub fn cancel(self) {
        self.close_worker();
        self.is_waiting.set(false);
        self.held.with_value(|held| held.borrow_mut().parts = None);
    }

    fn close_worker(self) {
        self.held.with_value(|held| held.borrow_mut().worker = None);
    }

    fn lose(self, problem: WorkerProblem) {
        self.close_worker();
        self.fail(FailureKind::Internal, problem.to_string());
    }

    fn fail(self, kind: FailureKind, message: String) {
        self.data.tell(Stage::Failed(Failure { kind, message }));
    }
}
