//! A snapshot as a folder on a disk.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{
    Encryption, Manifest, PartEntry, PartKind, Passphrase, SnapshotError, encode_contacts,
    encode_facts, open_contacts_with, open_with,
};
use crate::model::{Contacts, Facts};

/// The file that makes a folder a snapshot.
pub const MANIFEST: &str = "manifest.json";
/// Behind a file's name until all of it lies on the disk.
const UNFINISHED: &str = ".next";

/// A part as it will lie in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPart {
    /// What it holds.
    pub part: PartKind,
    /// The file's bytes, sealed if it is to be sealed.
    pub bytes: Vec<u8>,
    /// How they are sealed.
    pub encryption: Encryption,
}

impl StoredPart {
    /// A part that lies open.
    pub fn open(part: PartKind, bytes: Vec<u8>) -> StoredPart {
        StoredPart { part, bytes, encryption: Encryption::None }
    }

    /// A part that a passphrase opens; `work` is that of [`super::seal::seal`].
    #[cfg(feature = "seal")]
    pub fn sealed(part: PartKind, bytes: &[u8], passphrase: &Passphrase, work: u8) -> StoredPart {
        let bytes = super::seal::seal(bytes, passphrase, work);
        StoredPart { part, bytes, encryption: Encryption::Age }
    }
}

/// Writes facts and contacts, both open, into a folder, which is made when there is none.
/// `built_at` is RFC 3339.
///
/// # Errors
/// See [`write_parts`].
pub fn write(
    dir: &Path,
    facts: &Facts,
    contacts: &Contacts,
    built_at: &str,
) -> Result<Manifest, SnapshotError> {
    let parts = [
        StoredPart::open(PartKind::Facts, encode_facts(facts)),
        StoredPart::open(PartKind::Contacts, encode_contacts(contacts)),
    ];
    write_parts(dir, facts, &parts, built_at)
}

/// Writes a snapshot whose parts are already bytes. The parts come first, then the manifest
/// takes its name in one step, then the parts of older snapshots go: whoever reads meanwhile,
/// or after a crash, finds the old snapshot or the new one.
///
/// # Errors
/// A time that is not RFC 3339; a folder that is not empty and holds no snapshot (nothing is
/// touched then); a disk that refuses.
pub fn write_parts(
    dir: &Path,
    facts: &Facts,
    parts: &[StoredPart],
    built_at: &str,
) -> Result<Manifest, SnapshotError> {
    if !is_rfc3339(built_at) {
        return Err(SnapshotError::BuiltAt { text: built_at.to_owned() });
    }
    check_target(dir)?;
    fs::create_dir_all(dir).map_err(disk(dir, "make the folder"))?;
    let mut entries = Vec::with_capacity(parts.len());
    for StoredPart { part, bytes, encryption } in parts {
        let entry = PartEntry::of(*part, bytes, *encryption);
        write_file(dir, &entry.file, bytes)?;
        entries.push(entry);
    }
    sync_folder(dir)?;
    let manifest = Manifest::new(facts, built_at, entries);
    write_file(dir, MANIFEST, &manifest.to_bytes())?;
    sync_folder(dir)?;
    remove_other_parts(dir, &manifest)?;
    Ok(manifest)
}

/// Whether a text is a moment as RFC 3339 writes it: jiff reads more spellings than that.
pub fn is_rfc3339(text: &str) -> bool {
    let bytes = text.as_bytes();
    let separated = |at: usize, allowed: &[u8]| bytes.get(at).is_some_and(|b| allowed.contains(b));
    let zone = match bytes {
        [.., b'Z' | b'z'] => 1,
        [.., b'+' | b'-', _, _, b':', _, _] => 6,
        _ => return false,
    };
    let fraction = bytes.get(19..bytes.len() - zone).unwrap_or_default();
    separated(4, b"-")
        && separated(7, b"-")
        && separated(10, b"Tt")
        && separated(13, b":")
        && separated(16, b":")
        && bytes.len() >= 19 + zone
        && (fraction.is_empty() || fraction.len() > 1 && fraction[0] == b'.')
        && text.parse::<jiff::Timestamp>().is_ok()
}

/// Refuses a folder with something in it that is no snapshot.
///
/// # Errors
/// [`SnapshotError::NotASnapshot`], or a folder that cannot be listed.
pub fn check_target(dir: &Path) -> Result<(), SnapshotError> {
    let names = match names(dir) {
        Ok(names) => names,
        Err(SnapshotError::Disk { source, .. }) if source.kind() == ErrorKind::NotFound => {
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    // What a first write leaves when it is interrupted is ours too.
    let ours = |name: &String| is_part(name) || is_unfinished(name);
    if names.iter().all(ours) {
        return Ok(());
    }
    let not_a_snapshot = || SnapshotError::NotASnapshot { dir: dir.to_owned() };
    if !names.iter().any(|name| name == MANIFEST) {
        return Err(not_a_snapshot());
    }
    match Manifest::parse(&read_file(&dir.join(MANIFEST))?) {
        // A damaged or newer snapshot is one all the same, and may be replaced.
        Err(SnapshotError::Foreign { .. }) => Err(not_a_snapshot()),
        _ => Ok(()),
    }
}

/// Reads a whole snapshot whose parts lie open.
///
/// # Errors
/// No manifest; sealed parts; anything that [`open_with`] or [`open_contacts_with`] refuses; a
/// disk that refuses.
pub fn read(dir: &Path) -> Result<(Manifest, Facts, Contacts), SnapshotError> {
    let (manifest, facts) = read_facts(dir, None)?;
    let contacts = read_contacts(dir, &manifest, None)?;
    Ok((manifest, facts, contacts))
}

/// Reads a snapshot without its contacts; the passphrase is needed for sealed facts only.
///
/// # Errors
/// No manifest; anything that [`open_with`] refuses; a disk that refuses.
pub fn read_facts(
    dir: &Path,
    passphrase: Option<&Passphrase>,
) -> Result<(Manifest, Facts), SnapshotError> {
    let bytes = read_manifest_bytes(dir)?;
    let manifest = Manifest::parse(&bytes)?;
    open_with(&bytes, &read_part(dir, &manifest, PartKind::Facts)?, passphrase)
}

/// Reads the contacts that a manifest names; the passphrase is needed for sealed ones only.
///
/// # Errors
/// Anything that [`open_contacts_with`] refuses; a disk that refuses.
pub fn read_contacts(
    dir: &Path,
    manifest: &Manifest,
    passphrase: Option<&Passphrase>,
) -> Result<Contacts, SnapshotError> {
    open_contacts_with(manifest, &read_part(dir, manifest, PartKind::Contacts)?, passphrase)
}

/// Reads the manifest alone.
///
/// # Errors
/// None there, or anything that [`Manifest::parse`] refuses.
pub fn read_manifest(dir: &Path) -> Result<Manifest, SnapshotError> {
    Manifest::parse(&read_manifest_bytes(dir)?)
}

/// A part's file as it lies in the folder, not checked yet.
///
/// # Errors
/// The manifest names none, or the disk refuses.
pub fn read_part(
    dir: &Path,
    manifest: &Manifest,
    part: PartKind,
) -> Result<Vec<u8>, SnapshotError> {
    read_file(&dir.join(&manifest.part(part)?.file))
}

fn read_manifest_bytes(dir: &Path) -> Result<Vec<u8>, SnapshotError> {
    match read_file(&dir.join(MANIFEST)) {
        Err(SnapshotError::Disk { source, .. }) if source.kind() == ErrorKind::NotFound => {
            Err(SnapshotError::NoSnapshot { dir: dir.to_owned() })
        }
        read => read,
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, SnapshotError> {
    fs::read(path).map_err(disk(path, "read the file"))
}

/// Writes beside the file of that name, waits until it lies on the disk, and takes the name in
/// one step: an older file of the same name is never half overwritten.
fn write_file(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), SnapshotError> {
    let path = dir.join(format!("{name}{UNFINISHED}"));
    let mut file = File::create(&path).map_err(disk(&path, "create the file"))?;
    file.write_all(bytes).map_err(disk(&path, "write the file"))?;
    file.sync_all().map_err(disk(&path, "write the file to the disk"))?;
    fs::rename(&path, dir.join(name)).map_err(disk(&path, "rename the file"))
}

/// Waits until the folder's names lie on the disk, where folders can be waited for.
fn sync_folder(dir: &Path) -> Result<(), SnapshotError> {
    if cfg!(unix) {
        let folder = File::open(dir).map_err(disk(dir, "open the folder"))?;
        folder.sync_all().map_err(disk(dir, "write the folder to the disk"))?;
    }
    Ok(())
}

fn remove_other_parts(dir: &Path, manifest: &Manifest) -> Result<(), SnapshotError> {
    let named = |name: &String| manifest.parts.iter().any(|entry| entry.file == *name);
    let superfluous = |name: &String| is_unfinished(name) || is_part(name) && !named(name);
    for name in names(dir)?.into_iter().filter(superfluous) {
        let path = dir.join(name);
        fs::remove_file(&path).map_err(disk(&path, "remove the file"))?;
    }
    Ok(())
}

/// Names in a folder; what is no text has none of ours and stands as an empty one.
fn names(dir: &Path) -> Result<Vec<String>, SnapshotError> {
    let listing = |source| disk(dir, "list the folder")(source);
    fs::read_dir(dir)
        .map_err(listing)?
        .map(|entry| Ok(entry.map_err(listing)?.file_name().into_string().unwrap_or_default()))
        .collect()
}

/// Whether a name is one that parts have: `facts-0123456789abcdef.bin`.
fn is_part(name: &str) -> bool {
    let name = name.strip_suffix(".age").unwrap_or(name);
    let hash = ["facts-", "contacts-"]
        .iter()
        .find_map(|start| name.strip_prefix(start))
        .and_then(|rest| rest.strip_suffix(".bin"));
    hash.is_some_and(|hash| {
        hash.len() == 16 && hash.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// Whether an interrupted write left it.
fn is_unfinished(name: &str) -> bool {
    name.strip_suffix(UNFINISHED).is_some_and(|name| name == MANIFEST || is_part(name))
}

fn disk(path: &Path, doing: &'static str) -> impl Fn(std::io::Error) -> SnapshotError {
    let path = PathBuf::from(path);
    move |source| SnapshotError::Disk { path: path.clone(), doing, source }
}
