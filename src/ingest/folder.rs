//! Where the bytes of an export folder come from: a directory, or memory.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;

/// Named files that can be read from their beginning as often as asked.
pub trait Folder {
    /// Opens a file at its first byte; `None` when the folder has none of that name.
    ///
    /// # Errors
    /// What the system says when a file is there and cannot be opened.
    fn open(&self, name: &str) -> io::Result<Option<Opened<'_>>>;
}

/// A file at its first byte.
pub struct Opened<'a> {
    /// The bytes in order.
    pub bytes: Box<dyn Read + 'a>,
    /// How many there are, for the progress shown; reading trusts the bytes alone.
    pub size_bytes: u64,
}

/// A directory of the file system.
#[derive(Debug, Clone)]
pub struct DirectoryFolder {
    path: PathBuf,
    elsewhere: BTreeMap<String, PathBuf>,
}

impl DirectoryFolder {
    /// The directory at `path`; nothing is opened yet.
    pub fn new(path: impl Into<PathBuf>) -> DirectoryFolder {
        DirectoryFolder { path: path.into(), elsewhere: BTreeMap::new() }
    }

    /// The same directory with one file, named as in the contract, taken from another path.
    #[must_use]
    pub fn with_file(mut self, name: &str, path: impl Into<PathBuf>) -> DirectoryFolder {
        self.elsewhere.insert(name.to_owned(), path.into());
        self
    }
}

impl Folder for DirectoryFolder {
    fn open(&self, name: &str) -> io::Result<Option<Opened<'_>>> {
        let elsewhere = self.elsewhere.get(name);
        let opened = match elsewhere {
            Some(path) => fs::File::open(path),
            None => fs::File::open(self.path.join(name)),
        };
        match opened {
            Ok(file) => {
                let size_bytes = file.metadata()?.len();
                Ok(Some(Opened { bytes: Box::new(file), size_bytes }))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && elsewhere.is_none() => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// Files held in memory, by name.
#[derive(Debug, Clone, Default)]
pub struct MemoryFolder {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryFolder {
    /// An empty folder.
    pub fn new() -> MemoryFolder {
        MemoryFolder::default()
    }

    /// Puts a file in, in place of one with that name.
    pub fn insert(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(name.into(), bytes.into());
    }

    /// Takes a file out.
    pub fn remove(&mut self, name: &str) -> Option<Vec<u8>> {
        self.files.remove(name)
    }

    /// All files by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }
}

impl<N: Into<String>, B: Into<Vec<u8>>> FromIterator<(N, B)> for MemoryFolder {
    fn from_iter<I: IntoIterator<Item = (N, B)>>(files: I) -> MemoryFolder {
        let files = files.into_iter().map(|(name, bytes)| (name.into(), bytes.into())).collect();
        MemoryFolder { files }
    }
}

impl Folder for MemoryFolder {
    fn open(&self, name: &str) -> io::Result<Option<Opened<'_>>> {
        Ok(self.files.get(name).map(|bytes| Opened {
            bytes: Box::new(bytes.as_slice()),
            size_bytes: bytes.len() as u64,
        }))
    }
}
