//! Opens stored data: from the host, from files, or kept from last time.

use std::cell::{Cell, RefCell};

use super::further::Asker;
use super::keeping;
use crate::model::Facts;
use crate::snapshot::{self, Encryption, Manifest, PartKind, SnapshotError};
use crate::web::platform::{Attachments, FetchProblem, fetch_bytes, spawn_local};
use crate::web::protocol::{Answer, Failure, FailureKind, Opened, Origin, Progress, Source, Step};

const MANIFEST: &str = "manifest.json";
/// Told at most so often while bytes come: once a megabyte.
const TOLD_BYTES: f64 = 1e6;

/// What is on its way, and what lies ready.
#[derive(Default)]
pub struct Opening {
    /// Counts up with each opening and each cancelling.
    turn: Cell<u32>,
    /// The facts that are open, by the manifest's SHA-256; empty for those that have none.
    open_facts: RefCell<String>,
    newer: RefCell<Option<Found>>,
    /// What waits for somebody to unseal its facts.
    sealed: RefCell<Option<Files>>,
    /// The manifest of what is open; of no bytes where nothing was stored.
    manifest: RefCell<Vec<u8>>,
}

impl Opening {
    /// Hands out the manifest of what is open; no bytes where nothing was stored.
    pub fn with_manifest<T>(&self, read: impl FnOnce(&[u8]) -> T) -> T {
        read(&self.manifest.borrow())
    }

    /// Gives up what is on its way, or waits to be unsealed.
    pub fn cancel(&self) {
        self.turn.set(self.turn.get() + 1);
        self.sealed.replace(None);
    }

    /// Whose turn it is.
    pub fn turn(&self) -> u32 {
        self.turn.get()
    }

    /// Gives up what is on its way for something else, and says whose turn it is then.
    pub fn begin(&self) -> u32 {
        self.cancel();
        self.turn()
    }

    /// What is open now was never stored.
    pub fn forget(&self) {
        self.open_facts.replace(String::new());
        self.manifest.replace(Vec::new());
    }
}

/// A snapshot's manifest and facts as they were stored.
pub struct Files {
    pub origin: Origin,
    pub manifest: Manifest,
    pub manifest_bytes: Vec<u8>,
    pub facts_bytes: Vec<u8>,
}

/// A snapshot that was found.
enum Found {
    /// It was read and checked.
    Read(Files, Box<Facts>),
    /// It is the file that the manifest names, and sealed.
    Sealed(Files),
}

impl Found {
    fn files(&self) -> &Files {
        match self {
            Found::Read(files, _) | Found::Sealed(files) => files,
        }
    }
}

/// Why nothing was opened.
enum NotOpened {
    Failed(Failure),
    GivenUp,
    NothingKept,
}

impl From<Failure> for NotOpened {
    fn from(failure: Failure) -> NotOpened {
        NotOpened::Failed(failure)
    }
}

impl From<SnapshotError> for NotOpened {
    fn from(error: SnapshotError) -> NotOpened {
        NotOpened::Failed(unreadable(&error))
    }
}

impl From<FetchProblem> for NotOpened {
    fn from(problem: FetchProblem) -> NotOpened {
        match problem {
            FetchProblem::Cancelled => NotOpened::GivenUp,
            problem => NotOpened::Failed(Failure {
                kind: FailureKind::Network,
                message: problem.to_string(),
            }),
        }
    }
}

/// Opens a source and answers.
pub fn open(asker: Asker, source: Source, attachments: Attachments) {
    spawn_local(async move {
        let found = match source {
            Source::Site { base } => asker.fetch(&base).await,
            Source::Kept => asker.kept().await,
            Source::Parts { names, origin } => asker.parts(&names, origin, &attachments),
            // Made up elsewhere (`making_up`).
            Source::Demo { .. } => Err(NotOpened::NothingKept),
        };
        match found {
            Ok(found) if asker.is_wanted() => asker.go_on(found).await,
            Ok(_) | Err(NotOpened::GivenUp) => asker.answer(Answer::Cancelled),
            Err(NotOpened::NothingKept) => asker.answer(Answer::Nothing),
            Err(NotOpened::Failed(failure)) => asker.answer(Answer::Failed(failure)),
        }
    });
}

/// Opens what waited for somebody to unseal its facts, which lie beside the message.
pub fn unsealed(asker: Asker, attachments: Attachments) {
    // Whoever gave it up, or opened something else meanwhile, took it away.
    let Some(files) = asker.desk.opening.sealed.take() else {
        return asker.answer(Answer::Cancelled);
    };
    spawn_local(async move {
        asker.tell(Step::Ordering, "", 0.0, None);
        let opened = attachments.bytes(0).unwrap_or_default();
        match snapshot::open_unsealed(&files.manifest_bytes, &opened) {
            Ok((_, facts)) => asker.put(files, facts).await,
            Err(error) => asker.answer(Answer::Failed(unreadable(&error))),
        }
    });
}

/// Looks whether the host has other facts than those that are open, and loads them beside.
pub fn look(asker: Asker, base: String) {
    spawn_local(async move {
        let said = match asker.newer(&base).await {
            Some(found) if asker.is_wanted() => {
                let built_at = found.files().manifest.built_at.clone();
                asker.desk.opening.newer.replace(Some(found));
                Answer::Newer { built_at }
            }
            _ => Answer::Nothing,
        };
        asker.answer(said);
    });
}

/// Puts what lies ready in place of what is open.
pub fn swap_in(asker: Asker) {
    let Some(found) = asker.desk.opening.newer.take() else {
        return asker.answer(Answer::Nothing);
    };
    let asker = asker.anew();
    spawn_local(async move { asker.go_on(found).await });
}

impl Asker {
    fn tell(&self, step: Step, file: &str, bytes: f64, bytes_total: Option<f64>) {
        let file = file.to_owned();
        self.answer(Answer::Progress(Progress { step, file, bytes, bytes_total, rows: 0.0 }));
    }

    async fn fetch(&self, base: &str) -> Result<Found, NotOpened> {
        let manifest_bytes =
            fetch_bytes(&format!("{base}{MANIFEST}"), |_, _| self.is_wanted()).await?;
        let entry = Manifest::parse(&manifest_bytes)?.part(PartKind::Facts)?.clone();
        let told = Cell::new(0.0);
        let expected = Some(entry.bytes as f64);
        self.tell(Step::Fetching, &entry.file, 0.0, expected);
        let facts_bytes = fetch_bytes(&format!("{base}{}", entry.file), |bytes, _| {
            if bytes - told.get() >= TOLD_BYTES {
                told.set(bytes);
                self.tell(Step::Fetching, &entry.file, bytes, expected);
            }
            self.is_wanted()
        })
        .await?;
        self.check(Origin::Site, manifest_bytes, facts_bytes)
    }

    async fn kept(&self) -> Result<Found, NotOpened> {
        let kept = keeping::kept().await?.ok_or(NotOpened::NothingKept)?;
        self.check(kept.origin, kept.manifest, kept.facts)
    }

    fn parts(
        &self,
        names: &[String],
        origin: Origin,
        attachments: &Attachments,
    ) -> Result<Found, NotOpened> {
        let find = |wanted: &str| {
            let at = names.iter().position(|name| name.starts_with(wanted))?;
            attachments.bytes(at as u32)
        };
        let missing = |wanted: &str| Failure {
            kind: FailureKind::Unreadable,
            message: format!("there is no {wanted} among these files"),
        };
        let manifest_bytes = find(MANIFEST).ok_or_else(|| missing(MANIFEST))?;
        // The manifest says which: the folder may hold another snapshot's parts as well.
        let manifest = Manifest::parse(&manifest_bytes)?;
        let facts = manifest.part(PartKind::Facts)?;
        let unnamed = || find("facts-").filter(|_| names.iter().any(|name| name == "facts-"));
        let facts_bytes =
            find(&facts.file).or_else(unnamed).ok_or_else(|| missing("facts part"))?;
        self.check(origin, manifest_bytes, facts_bytes)
    }

    fn check(
        &self,
        origin: Origin,
        manifest_bytes: Vec<u8>,
        facts_bytes: Vec<u8>,
    ) -> Result<Found, NotOpened> {
        let manifest = Manifest::parse(&manifest_bytes)?;
        let entry = manifest.part(PartKind::Facts)?;
        if entry.encryption == Encryption::Age {
            entry.check(&facts_bytes)?;
            return Ok(Found::Sealed(Files { origin, manifest, manifest_bytes, facts_bytes }));
        }
        self.tell(Step::Ordering, "", 0.0, None);
        let (manifest, facts) = snapshot::open(&manifest_bytes, &facts_bytes)?;
        Ok(Found::Read(Files { origin, manifest, manifest_bytes, facts_bytes }, Box::new(facts)))
    }

    async fn newer(&self, base: &str) -> Option<Found> {
        let manifest =
            fetch_bytes(&format!("{base}{MANIFEST}"), |_, _| self.is_wanted()).await.ok()?;
        let manifest = Manifest::parse(&manifest).ok()?;
        let facts = &manifest.part(PartKind::Facts).ok()?.sha256;
        let open = self.desk.opening.open_facts.borrow().clone();
        if open.is_empty() || open == *facts {
            return None;
        }
        self.fetch(base).await.ok()
    }

    /// Opens what was found, or holds it until somebody unseals its facts.
    async fn go_on(&self, found: Found) {
        match found {
            Found::Read(files, facts) => self.put(files, *facts).await,
            Found::Sealed(files) => {
                let beside = Attachments::of_bytes(&files.facts_bytes);
                self.desk.opening.sealed.replace(Some(files));
                self.answer_with(Answer::Sealed, &beside);
            }
        }
    }

    async fn put(&self, files: Files, facts: Facts) {
        let kept = keeping::keep(&files).await;
        let Files { origin, manifest, manifest_bytes, .. } = files;
        self.desk.opening.manifest.replace(manifest_bytes);
        let entry = manifest.part(PartKind::Facts).ok();
        let is_sealed = entry.is_some_and(|entry| entry.encryption == Encryption::Age);
        let sha256 = entry.map(|entry| entry.sha256.clone());
        self.desk.opening.open_facts.replace(sha256.unwrap_or_default());
        let opened = Opened {
            origin,
            built_at: manifest.built_at,
            customers: facts.customers.count(),
            is_sealed,
            kept,
        };
        self.show(facts, opened);
    }
}

fn unreadable(error: &SnapshotError) -> Failure {
    Failure { kind: FailureKind::Unreadable, message: error.to_string() }
}
