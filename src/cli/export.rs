//! `publik export`

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use serde::Serialize;

use super::files::NewFiles;
use super::passphrase::PassphraseFile;
use super::questions::{read_view, today};
use super::{Failure, day, misuse, say};
use crate::engine::{Session, Snapshot};
use crate::export::{
    self, CellFate, ExportError, Format, Gates, ListColumn, Locale, Plan, Preflight, Setting,
    Sources, Suppressions, Writing,
};
use crate::model::Day;
use crate::snapshot::folder;

/// Customers that are taken at a time.
const STEP: usize = 4096;

/// Write the list of a view's result
///
/// list.* are the chosen columns and full.* those of the import, for everybody in the result.
/// meta*, mailchimp and apsis hold only people with an address and the consent to marketing, each
/// address once. The last line on standard error says, as JSON, how many go out, and how many are
/// left out and why.
#[derive(Debug, Args)]
pub struct Export {
    /// The snapshot folder
    #[arg(value_name = "DIR")]
    snapshot: PathBuf,
    /// A view document
    #[arg(long, value_name = "VIEW.json")]
    view: PathBuf,
    /// What the list is for
    #[arg(long, value_parser = format_parser())]
    format: Format,
    /// The file to write; where apsis.csv passes 10 MB, NAME-2.csv and so on are further files
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    /// The day to count as of [default: today in the venue's time zone]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    as_of: Option<Day>,
    #[command(flatten)]
    passphrase: PassphraseFile,
    /// Go without the consent to marketing, and why
    #[arg(long, value_name = "REASON", value_parser = reason)]
    ungated: Option<String>,
    /// Whom to leave out: on each line an address or the SHA-256 of one, trimmed and in lower case
    #[arg(long, value_name = "FILE")]
    suppressions: Option<PathBuf>,
    /// The columns of list.*: those of customers.csv, attributes such as orders or revenue, and
    /// the import's own
    #[arg(long, value_name = "A,B", value_parser = columns)]
    columns: Option<Columns>,
    /// For whose spreadsheet list.* and full.* are: en has commas between cells and decimal
    /// points, sv semicolons and decimal commas
    #[arg(long, default_value = "en", value_parser = locale_parser())]
    locale: Locale,
}

#[derive(Debug, Clone)]
struct Columns(Vec<String>);

fn format_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name))
        .try_map(|name| Format::from_name(&name).ok_or("no such format"))
}

fn locale_parser() -> impl TypedValueParser<Value = Locale> {
    PossibleValuesParser::new(["en", "sv"])
        .try_map(|name| Locale::from_name(&name).ok_or("no such locale"))
}

fn reason(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("a reason is some words".to_owned()),
        reason => Ok(reason.to_owned()),
    }
}

/// A record of CSV, since an import's own headers may have commas in them.
fn columns(text: &str) -> Result<Columns, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let record = reader.records().next().transpose().map_err(|error| error.to_string())?;
    let names: Vec<String> = record.iter().flatten().map(str::to_owned).collect();
    if names.is_empty() || names.iter().any(String::is_empty) {
        return Err("names of columns are separated by commas, and none is empty".to_owned());
    }
    let repeated = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
    match repeated {
        Some((_, name)) => Err(format!("{name:?} stands twice")),
        None => Ok(Columns(names)),
    }
}

/// What standard error ends with.
#[derive(Serialize)]
struct Summary {
    rows_in: u32,
    rows_out: usize,
    left_out: BTreeMap<&'static str, u32>,
}

impl Export {
    /// Counts, checks and writes.
    ///
    /// # Errors
    /// A view, a list of suppressions or a snapshot that cannot be read; a list that needs a
    /// consent nobody names; a column there is not; a disk that refuses.
    pub fn run(&self) -> Result<(), Failure> {
        self.check_usage();
        let view = read_view(&self.view)?;
        let audience = if view.name.is_empty() { &view.segment.name } else { &view.name };
        let audience = audience.clone();
        let suppressions = match &self.suppressions {
            Some(file) => read_suppressions(file)?,
            None => Suppressions::default(),
        };
        let passphrase = self.passphrase.read()?;
        let (manifest, facts) = folder::read_facts(&self.snapshot, passphrase.as_ref())?;
        let contacts = folder::read_contacts(&self.snapshot, &manifest, passphrase.as_ref())?;
        let as_of = match self.as_of {
            Some(as_of) => as_of,
            None => today(&facts.venue)?,
        };
        let snapshot = Arc::new(Snapshot::new(facts));
        let mut session = Session::new(Arc::clone(&snapshot), view, as_of);
        let sources = Sources::new(&snapshot, &contacts)?;
        let rows = session.result().iter().collect();
        let gates = Gates { ungated: self.ungated.is_some(), suppressions };
        let plan = Preflight::new(sources, self.format, gates, rows)?.finish();
        let columns = match &self.columns {
            _ if !self.format.is_list() => Vec::new(),
            Some(Columns(names)) => ListColumn::resolve(names, &contacts, &mut session)?,
            None => ListColumn::resolve(&[], &contacts, &mut session)?,
        };
        let (format, locale, built_at) = (self.format, self.locale, &manifest.built_at);
        let setting = Setting { format, locale, columns, built_at };
        self.write(Writing::new(sources, &plan, setting)?, &plan, &audience)
    }

    /// What clap cannot tell: a choice of columns for a list that has its own.
    fn check_usage(&self) {
        if self.columns.is_some() && !self.format.is_list() {
            let format = self.format;
            let message = format!("{format} has columns of its own; --columns is for list.*");
            misuse("export", ErrorKind::ArgumentConflict, message);
        }
    }

    fn write(&self, mut writing: Writing<'_>, plan: &Plan, audience: &str) -> Result<(), Failure> {
        let mut files = NewFiles::new(&self.out);
        let written = loop {
            match writing.step(STEP, &mut files) {
                Ok(written) if written.is_done => break written,
                Ok(_) => {}
                Err(ExportError::Output(source)) => {
                    return Err(Failure::of_file(files.at_hand())(source));
                }
                Err(error) => return Err(error.into()),
            }
        };
        for file in files.keep()? {
            say(format_args!("{}", file.display()));
        }
        self.report(&writing, plan, audience);
        let rows = Summary {
            rows_in: plan.rows_in,
            rows_out: written.rows,
            left_out: plan.counts().into_iter().map(|(reason, n)| (reason.name(), n)).collect(),
        };
        say(serde_json::to_string(&rows).map_err(std::io::Error::from)?);
        Ok(())
    }

    /// Numbers alone: who it is about is nothing for a terminal.
    fn report(&self, writing: &Writing<'_>, plan: &Plan, audience: &str) {
        let cells = |fate| {
            let notes = plan.notes.iter().chain(writing.notes());
            notes.filter(|note| note.fate == fate).count()
        };
        for (fate, what) in [
            (CellFate::Unreadable, "cannot be read as an address or a phone number: left empty"),
            (CellFate::Shortened, "longer than their place takes: cut"),
        ] {
            match cells(fate) {
                0 => {}
                count => say(format_args!("cells {what}: {count}")),
            }
        }
        if self.format.is_meta() {
            export::advice(plan, audience).iter().for_each(say);
        }
        if let Some(reason) = self.ungated.as_ref().filter(|_| self.format.is_gated()) {
            say(format_args!("without the consent to marketing: {reason}"));
        }
    }
}

fn read_suppressions(file: &Path) -> Result<Suppressions, Failure> {
    let bytes = fs::read(file).map_err(Failure::of_file(file))?;
    Suppressions::parse(&String::from_utf8_lossy(&bytes))
        .map_err(|error| Failure::Suppressions { file: file.to_owned(), error })
}
