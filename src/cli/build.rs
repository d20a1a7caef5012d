//! `publik build`

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use super::passphrase::PassphraseFile;
use super::progress::ProgressLine;
use super::{Failure, say};
use crate::ingest::{self, DirectoryFolder, IngestError, Ingested, Options};
use crate::snapshot::folder::{self, StoredPart, is_rfc3339};
use crate::snapshot::seal::STANDARD_WORK;
use crate::snapshot::{Encryption, PartKind, Passphrase, encode_contacts, encode_facts};

/// Rejects that are shown; the file has them all.
const SHOWN: usize = 20;

/// Read an export folder and write a snapshot
///
/// Fails, and leaves an older snapshot as it is, when a row cannot be read or points at nothing.
#[derive(Debug, Args)]
pub struct Build {
    /// The export folder: venue.toml, events.csv, customers.csv, orders.csv, tickets.csv
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// The snapshot folder, new, empty, or holding an older snapshot
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
    /// Write the snapshot without the rows that were rejected
    #[arg(long)]
    allow_rejects: bool,
    /// Where rejected rows are listed [default: DIR.rejects.csv]
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Postcodes and their places, instead of the folder's or Publik's own
    #[arg(long, value_name = "FILE")]
    postcodes: Option<PathBuf>,
    /// Which parts to encrypt with the passphrase [default: contacts, once one is given]
    #[arg(long, value_name = "PARTS", requires = "passphrase_file")]
    encrypt: Option<Encrypt>,
    #[command(flatten)]
    passphrase: PassphraseFile,
    /// The time that the manifest gives, RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", value_parser = time)]
    built_at: Option<String>,
    /// Take customer ids that contain @ or look like a personal number
    #[arg(long)]
    ids_as_they_are: bool,
}

/// Which parts are sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Encrypt {
    /// Names and addresses only
    Contacts,
    /// What is counted too
    All,
}

fn time(text: &str) -> Result<String, String> {
    if is_rfc3339(text) {
        Ok(text.to_owned())
    } else {
        Err("a time is written as in RFC 3339, such as 2026-11-21T06:10:00Z".to_owned())
    }
}

impl Build {
    /// Reads, reports and writes.
    ///
    /// # Errors
    /// An export that is refused, rows that are rejected and not allowed to be, a folder that is
    /// no snapshot, a file without a passphrase, or a disk that refuses.
    pub fn run(&self) -> Result<(), Failure> {
        // First what is quick to put right: reading the export can take a while.
        let passphrase = self.passphrase.read()?;
        folder::check_target(&self.out)?;
        if !self.folder.is_dir() {
            return Err(Failure::NoFolder { folder: self.folder.clone() });
        }
        let rejects_file = self.rejects.clone().unwrap_or_else(|| beside(&self.out));
        spare_other_files(&rejects_file)?;
        let mut export = DirectoryFolder::new(&self.folder);
        if let Some(postcodes) = &self.postcodes {
            File::open(postcodes).map_err(Failure::of_file(postcodes))?;
            say(format_args!("postcodes.csv is {}", postcodes.display()));
            export = export.with_file("postcodes.csv", postcodes);
        }
        let options = Options { ids_as_they_are: self.ids_as_they_are };
        let mut line = ProgressLine::new();
        let read = ingest::read(&export, &options, &mut |progress| {
            line.draw(progress);
            ControlFlow::Continue(())
        });
        line.clear();
        let ingested = read.map_err(|error| self.refusal(error))?;
        write_rejects(&rejects_file, &ingested)?;
        self.report(&ingested, &rejects_file);
        let rejected = ingested.rejects.len() as u64;
        if rejected > 0 && !self.allow_rejects {
            return Err(Failure::Rejected { rejected, file: rejects_file });
        }
        self.write(&ingested, passphrase.as_ref())
    }

    fn refusal(&self, error: IngestError) -> Failure {
        match &self.postcodes {
            Some(_) if error.file() == Some(ingest::File::Postcodes) => {
                Failure::Postcodes { line: self.named(&error) }
            }
            _ => Failure::Ingest { folder: self.folder.clone(), error: Box::new(error) },
        }
    }

    /// What begins with `postcodes.csv` begins with the name of the file that stands in for it.
    fn named(&self, line: &impl ToString) -> String {
        let line = line.to_string();
        match (&self.postcodes, line.strip_prefix(ingest::File::Postcodes.name())) {
            (Some(postcodes), Some(rest)) => format!("{}{rest}", postcodes.display()),
            _ => line,
        }
    }

    fn report(&self, ingested: &Ingested, rejects_file: &Path) {
        for warning in &ingested.warnings {
            say(self.named(warning));
        }
        for reject in ingested.rejects.iter().take(SHOWN) {
            say(self.named(reject));
        }
        if ingested.rejects.len() > SHOWN {
            say(format_args!("… and {} more", ingested.rejects.len() - SHOWN));
        }
        if !ingested.rejects.is_empty() {
            say(format_args!("all rejected rows are in {}", rejects_file.display()));
        }
        for count in &ingested.files {
            let (kept, rejected) = (count.kept, count.rejected);
            say(format_args!(
                "{}: {} read = {kept} kept + {rejected} rejected",
                count.file,
                kept + rejected
            ));
        }
    }

    /// Writes the snapshot, sealed as far as was asked for, and says what lies open.
    fn write(&self, ingested: &Ingested, passphrase: Option<&Passphrase>) -> Result<(), Failure> {
        let facts = encode_facts(&ingested.facts);
        let contacts = encode_contacts(&ingested.contacts);
        let parts = match passphrase {
            None => [
                StoredPart::open(PartKind::Facts, facts),
                StoredPart::open(PartKind::Contacts, contacts),
            ],
            Some(passphrase) => {
                let sealed =
                    |part, bytes: &[u8]| StoredPart::sealed(part, bytes, passphrase, STANDARD_WORK);
                let facts = match self.encrypt {
                    Some(Encrypt::All) => sealed(PartKind::Facts, &facts),
                    Some(Encrypt::Contacts) | None => StoredPart::open(PartKind::Facts, facts),
                };
                [facts, sealed(PartKind::Contacts, &contacts)]
            }
        };
        let built_at = self.built_at.clone().unwrap_or_else(now);
        let manifest = folder::write_parts(&self.out, &ingested.facts, &parts, &built_at)?;
        for entry in &manifest.parts {
            let sealed = match entry.encryption {
                Encryption::None => "",
                Encryption::Age => ", encrypted",
            };
            let file = self.out.join(&entry.file);
            say(format_args!("{}: {} bytes{sealed}", file.display(), entry.bytes));
        }
        if manifest.part(PartKind::Facts)?.encryption == Encryption::None {
            say("facts are readable by whoever can fetch this folder");
        }
        Ok(())
    }
}

/// Now, to the second.
fn now() -> String {
    let seconds = Timestamp::now().as_second();
    Timestamp::from_second(seconds).unwrap_or_default().to_string()
}

/// `DIR.rejects.csv` beside `DIR`, also where `DIR` is `.` or ends in a slash.
fn beside(out: &Path) -> PathBuf {
    let whole = fs::canonicalize(out).unwrap_or_else(|_| out.components().collect());
    let mut name = OsString::from(whole);
    name.push(".rejects.csv");
    name.into()
}

/// Refuses a path where something else than a list of rejects lies: it would be written over.
fn spare_other_files(file: &Path) -> Result<(), Failure> {
    let mut start = vec![0; ingest::REJECTS_HEADER.len()];
    let read = File::open(file).and_then(|mut opened| opened.read_exact(&mut start));
    match read {
        Ok(()) if start == ingest::REJECTS_HEADER.as_bytes() => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Ok(()) => Err(Failure::NotRejects { file: file.to_owned() }),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            Err(Failure::NotRejects { file: file.to_owned() })
        }
        Err(error) => Err(Failure::of_file(file)(error)),
    }
}

/// Lists the rejects; with none, a list from an earlier build would mislead and goes. The list
/// holds whole records, so nobody else may read it.
fn write_rejects(file: &Path, ingested: &Ingested) -> Result<(), Failure> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(Failure::of_file(file)(error));
        }
        _ if ingested.rejects.is_empty() => return Ok(()),
        _ => {}
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let created = options.open(file).map_err(Failure::of_file(file))?;
    let mut out = BufWriter::new(created);
    ingest::write_rejects(&mut out, &ingested.rejects)
        .and_then(|()| out.flush())
        .map_err(Failure::of_file(file))
}
