//! `--passphrase-file`, of every command that reads or writes a sealed part.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::{Failure, say};
use crate::snapshot::Passphrase;

/// Where the passphrase stands. Never on the command line itself, which other people on the
/// machine can see.
#[derive(Debug, Args)]
pub struct PassphraseFile {
    /// A file with the passphrase of what is encrypted, one line
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl PassphraseFile {
    /// The passphrase, without the line break that ends its file; `None` when no file was given.
    /// Says so when everybody on this machine could read the file.
    ///
    /// # Errors
    /// A file that cannot be read, is empty, has several lines or is no UTF-8.
    pub fn read(&self) -> Result<Option<Passphrase>, Failure> {
        let Some(file) = &self.passphrase_file else { return Ok(None) };
        let refused = |reason| Failure::Passphrase { file: file.clone(), reason };
        let bytes = fs::read(file).map_err(Failure::of_file(file))?;
        let text = String::from_utf8(bytes).map_err(|_| refused("this file is no text"))?;
        // Some editors put a mark of UTF-8 in front, which nobody types.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let line = text.strip_suffix('\n').unwrap_or(text);
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.contains(['\n', '\r']) {
            return Err(refused("this file has several lines"));
        }
        let passphrase = Passphrase::new(line).ok_or_else(|| refused("this file is empty"))?;
        if is_readable_by_everybody(file) {
            say(format_args!("{}: everybody on this machine can read this file", file.display()));
        }
        Ok(Some(passphrase))
    }
}

#[cfg(unix)]
fn is_readable_by_everybody(file: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    // A pipe has no lasting content.
    fs::metadata(file).is_ok_and(|of| of.is_file() && of.permissions().mode() & 0o004 != 0)
}

#[cfg(not(unix))]
fn is_readable_by_everybody(_: &std::path::Path) -> bool {
    false
}
