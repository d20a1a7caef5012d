//! `publik info`

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::Failure;
use super::passphrase::PassphraseFile;
use crate::snapshot::{
    DayRange, Encryption, Manifest, PartKind, SnapshotError, folder, section_sizes,
};

/// Say what a snapshot holds: venue, when built, rows, ranges of days, sizes, what is encrypted
#[derive(Debug, Args)]
pub struct Info {
    /// The snapshot folder
    #[arg(value_name = "DIR")]
    snapshot: PathBuf,
    /// As JSON: the manifest, with the sections of each part that can be opened
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    passphrase: PassphraseFile,
}

#[derive(Serialize)]
struct Described {
    #[serde(flatten)]
    manifest: Manifest,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    part: PartKind,
    name: &'static str,
    bytes: u64,
}

impl Info {
    /// Checks the parts against the manifest and describes them.
    ///
    /// # Errors
    /// A snapshot that cannot be read, or a passphrase that does not open it.
    pub fn run(&self) -> Result<(), Failure> {
        let passphrase = self.passphrase.read()?;
        let manifest = folder::read_manifest(&self.snapshot)?;
        let mut sections = Vec::new();
        for entry in &manifest.parts {
            let bytes = folder::read_part(&self.snapshot, &manifest, entry.part)?;
            let opened = match entry.opened(&bytes, passphrase.as_ref()) {
                // Without a passphrase the rest can be told all the same.
                Err(SnapshotError::Sealed { .. }) => continue,
                opened => opened?,
            };
            let sizes = section_sizes(entry.part, &opened)?.into_iter();
            sections.extend(sizes.map(|size| Section {
                part: entry.part,
                name: size.name,
                bytes: size.bytes,
            }));
        }
        let described = Described { manifest, sections };
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &described).map_err(io::Error::from)?;
            writeln!(out)?;
        } else {
            write_text(&mut out, &described)?;
        }
        Ok(())
    }
}

fn write_text(out: &mut impl Write, described: &Described) -> io::Result<()> {
    let Described { manifest, sections } = described;
    let days = |range: &Option<DayRange>| match range {
        Some(range) => format!(", {} to {}", range.first, range.last),
        None => String::new(),
    };
    let rows = &manifest.rows;
    writeln!(out, "{}", manifest.venue)?;
    writeln!(out, "built      {}", manifest.built_at)?;
    writeln!(out, "customers  {}", rows.customers)?;
    writeln!(
        out,
        "events     {} of {} event groups{}",
        rows.events,
        rows.productions,
        days(&manifest.days.events)
    )?;
    writeln!(out, "orders     {} with a valid ticket{}", rows.orders, days(&manifest.days.orders))?;
    writeln!(out, "tickets    {} valid", rows.tickets)?;
    writeln!(out, "consents   {}, flags {}, offers {}", rows.consents, rows.flags, rows.offers)?;
    for entry in &manifest.parts {
        let sealed = match entry.encryption {
            Encryption::None => "readable by whoever can fetch it",
            Encryption::Age => "encrypted (age)",
        };
        writeln!(out, "{}  {} bytes, {sealed}", entry.file, entry.bytes)?;
        for section in sections.iter().filter(|section| section.part == entry.part) {
            writeln!(out, "  {:<16} {:>12}", section.name, section.bytes)?;
        }
    }
    Ok(())
}
