//! Mails as `.eml` files, for a venue without a mail server.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where a mail is written. No name and no address is in it.
pub fn path(folder: &Path, campaign: &str, number: i64) -> PathBuf {
    folder.join(campaign).join(format!("{number}.eml"))
}

/// Whether a mail has been written whole.
pub fn is_written(folder: &Path, campaign: &str, number: i64) -> bool {
    path(folder, campaign, number).exists()
}

/// Writes a mail so that it is there whole or not at all.
///
/// # Errors
/// What the system says.
pub fn write(folder: &Path, campaign: &str, number: i64, bytes: &[u8]) -> io::Result<()> {
    let target = path(folder, campaign, number);
    let partial = target.with_extension("part");
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&partial)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(partial, target)
}

/// Removes a mail; whether it was there.
///
/// # Errors
/// What the system says.
pub fn remove(folder: &Path, campaign: &str, number: i64) -> io::Result<bool> {
    let target = path(folder, campaign, number);
    let mut was_there = false;
    for file in [target.with_extension("part"), target] {
        match fs::remove_file(file) {
            Ok(()) => was_there = true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(was_there)
}
