//! `publik demo`

use std::fs::{self, File};
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::PathBuf;

use clap::Args;

use super::{Failure, day, say};
use crate::demo::{self, Settings};
use crate::model::Day;

/// Write the export folder of a made-up venue; same values, same bytes
#[derive(Debug, Args)]
pub struct Demo {
    /// The folder to write into, made when there is none
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// How many customers
    #[arg(long, default_value_t = 10_000, value_parser = customers())]
    customers: u32,
    /// Another seed makes up other people
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The day between what was and what is to come
    #[arg(long, value_name = "YYYY-MM-DD", default_value = "2026-11-21", value_parser = day)]
    today: Day,
}

fn customers() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(0..=i64::from(Settings::MAX_CUSTOMERS))
}

impl Demo {
    /// Writes the folder.
    ///
    /// # Errors
    /// A folder that holds somebody else's export, or that cannot be written.
    pub fn run(&self) -> Result<(), Failure> {
        let settings = Settings::new(self.customers, self.seed, self.today)?;
        self.spare_other_exports()?;
        fs::create_dir_all(&self.out).map_err(Failure::of_file(&self.out))?;
        let written = demo::write_folder(&settings, |name| {
            let file = File::create(self.out.join(name))?;
            Ok(Box::new(file) as Box<dyn Write>)
        })?;
        say(format_args!(
            "{}: {} events, {} customers, {} orders, {} tickets",
            self.out.display(),
            written.events,
            written.customers,
            written.orders,
            written.tickets
        ));
        Ok(())
    }

    /// An earlier demo may be written over, anything else never.
    fn spare_other_exports(&self) -> Result<(), Failure> {
        let mut files = match fs::read_dir(&self.out) {
            Ok(files) => files,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(Failure::of_file(&self.out)(error)),
        };
        let venue = File::open(self.out.join("venue.toml")).map(BufReader::new);
        let first_line = venue.ok().and_then(|file| file.lines().next()?.ok());
        if files.next().is_none() || first_line == Some(format!("name = \"{}\"", demo::VENUE)) {
            return Ok(());
        }
        Err(Failure::OtherExport { folder: self.out.clone() })
    }
}
