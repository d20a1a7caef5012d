//! What `count` and `ids` share: a snapshot, views, and the day they are asked as of. `export`
//! has one view of its own.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::passphrase::PassphraseFile;
use super::{Failure, day};
use crate::engine::{Session, Snapshot};
use crate::model::{Day, Venue};
use crate::snapshot::folder;
use crate::view::{self, View};

/// A snapshot and the views asked of it.
#[derive(Debug, Args)]
pub struct Questions {
    /// The snapshot folder
    #[arg(value_name = "DIR")]
    snapshot: PathBuf,
    /// A view document; several may be given, each answer is then one line of JSON
    #[arg(long = "view", value_name = "VIEW.json", required = true)]
    views: Vec<PathBuf>,
    /// The day to count as of [default: today in the venue's time zone]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    as_of: Option<Day>,
    #[command(flatten)]
    passphrase: PassphraseFile,
}

impl Questions {
    /// Answers every view on standard output, in the order given. All views are read and checked
    /// before the snapshot, and so before the first answer. With one view `one` writes the
    /// answer, with several `each` does, a line with the argument as it was given.
    ///
    /// # Errors
    /// A view or a snapshot that cannot be read, or an output that is closed.
    pub fn answer(
        &self,
        one: impl Fn(&Session, &mut dyn Write) -> io::Result<()>,
        each: impl Fn(&Session, &str, &mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let views = self.views.iter().map(|path| Ok((path, read_view(path)?)));
        let views: Vec<(&PathBuf, View)> = views.collect::<Result<_, Failure>>()?;
        let passphrase = self.passphrase.read()?;
        let (_, facts) = folder::read_facts(&self.snapshot, passphrase.as_ref())?;
        let as_of = match self.as_of {
            Some(as_of) => as_of,
            None => today(&facts.venue)?,
        };
        let snapshot = Arc::new(Snapshot::new(facts));
        let mut out = BufWriter::new(io::stdout().lock());
        let single = views.len() == 1;
        for (path, view) in views {
            let session = Session::new(Arc::clone(&snapshot), view, as_of);
            if single {
                one(&session, &mut out)?;
            } else {
                each(&session, &path.to_string_lossy(), &mut out)?;
            }
        }
        Ok(out.flush()?)
    }
}

/// A view document, checked.
pub fn read_view(path: &Path) -> Result<View, Failure> {
    let document = fs::read(path).map_err(Failure::of_file(path))?;
    view::parse(&document).map_err(|errors| Failure::View {
        file: path.to_owned(),
        is_of_segments: serde_json::from_slice::<OfSegments>(&document).is_ok(),
        errors: Box::new(errors),
    })
}

/// What tells a file of segments, as the app exports them, from a view.
#[derive(serde::Deserialize)]
struct OfSegments {
    #[serde(rename = "segments")]
    _segments: Vec<serde::de::IgnoredAny>,
}

/// The date that the venue's calendar shows now.
pub fn today(venue: &Venue) -> Result<Day, Failure> {
    let unknown = || Failure::TimeZone { zone: venue.time_zone.clone() };
    let zone = TimeZone::get(&venue.time_zone).map_err(|_| unknown())?;
    let date = Timestamp::now().to_zoned(zone).date();
    Day::from_ymd(date.year().into(), date.month() as u8, date.day() as u8).ok_or_else(unknown)
}
