//! Files that appear whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process;

use super::Failure;
use crate::export::Output;

/// One or several files that are written beside their places and take their names in the end.
/// Whatever ends the writing before that, nothing of them stays. Only their owner may read them.
pub struct NewFiles {
    first: PathBuf,
    files: Vec<NewFile>,
}

struct NewFile {
    path: PathBuf,
    beside: PathBuf,
    out: BufWriter<File>,
}

impl NewFiles {
    /// Files of which the first will be `first`.
    pub fn new(first: &Path) -> NewFiles {
        NewFiles { first: first.to_owned(), files: Vec::new() }
    }

    /// The file that is written just now.
    pub fn at_hand(&self) -> &Path {
        self.files.last().map_or(&self.first, |file| &file.path)
    }

    /// Waits until all files lie on the disk and gives them their names, which they tell.
    ///
    /// # Errors
    /// A disk that refuses.
    pub fn keep(mut self) -> Result<Vec<PathBuf>, Failure> {
        for NewFile { path, out, .. } in &mut self.files {
            let written = out.flush().and_then(|()| out.get_ref().sync_all());
            written.map_err(Failure::of_file(path))?;
        }
        for NewFile { path, beside, .. } in &self.files {
            fs::rename(beside, path).map_err(Failure::of_file(path))?;
        }
        Ok(std::mem::take(&mut self.files).into_iter().map(|file| file.path).collect())
    }

    /// `NAME.csv`, `NAME-2.csv`, and so on.
    fn path(&self, number: u32) -> PathBuf {
        if number == 1 {
            return self.first.clone();
        }
        let mut name: OsString = self.first.file_stem().unwrap_or_default().to_owned();
        name.push(format!("-{number}"));
        if let Some(extension) = self.first.extension() {
            name.push(".");
            name.push(extension);
        }
        self.first.with_file_name(name)
    }
}

impl Output for NewFiles {
    fn begin_file(&mut self, number: u32) -> io::Result<()> {
        let path = self.path(number);
        let mut name = OsString::from(".");
        name.push(path.file_name().ok_or_else(|| io::Error::other("this is no name of a file"))?);
        name.push(format!(".{}.next", process::id()));
        let beside = path.with_file_name(name);
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let out = BufWriter::new(options.open(&beside)?);
        self.files.push(NewFile { path, beside, out });
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.files.last_mut() {
            Some(file) => file.out.write_all(bytes),
            None => Ok(()),
        }
    }
}

impl Drop for NewFiles {
    fn drop(&mut self) {
        for file in &self.files {
            // What was kept has its own name by now.
            let _ = fs::remove_file(&file.beside);
        }
    }
}
