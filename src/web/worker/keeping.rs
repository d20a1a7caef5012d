//! The snapshot that this browser keeps: there after a restart, without a network. Sealed facts stay
//! sealed; contacts are kept by the worker that has them, beside the snapshot they belong to.

use super::opening::Files;
use crate::snapshot::{Manifest, PartKind, SnapshotError};
use crate::web::platform::{self, alone, keep as keep_file, keep_only, kept as kept_file, room};
use crate::web::protocol::{NotKept, Origin};
use crate::web::shelf::{self, CURRENT, LOCK, PLACES, SPARE_BYTES};

/// A snapshot's files as they were kept.
pub struct Kept {
    pub origin: Origin,
    pub manifest: Vec<u8>,
    pub facts: Vec<u8>,
}

fn letter(origin: Origin) -> u8 {
    match origin {
        Origin::Demo => b'd',
        Origin::Site => b's',
        Origin::Folder => b'f',
        Origin::Export => b'e',
    }
}

fn origin(letter: u8) -> Option<Origin> {
    let all = [Origin::Demo, Origin::Site, Origin::Folder, Origin::Export];
    all.into_iter().find(|origin| self::letter(*origin) == letter)
}

/// Which place the manifest has, and where the snapshot came from.
async fn current() -> Option<(usize, Origin)> {
    let (place, letter) = shelf::current().await?;
    Some((place, origin(letter)?))
}

/// The snapshot that was kept last, its facts unchecked; `None` where none was.
///
/// # Errors
/// A manifest that is damaged.
pub async fn kept() -> Result<Option<Kept>, SnapshotError> {
    let _alone = alone(LOCK).await;
    let Some((place, origin)) = current().await else { return Ok(None) };
    let Some(manifest) = kept_file(PLACES[place]).await else { return Ok(None) };
    let file = Manifest::parse(&manifest)?.part(PartKind::Facts)?.file.clone();
    let facts = kept_file(&file).await;
    Ok(facts.map(|facts| Kept { origin, manifest, facts }))
}

impl From<platform::NotKept> for NotKept {
    fn from(problem: platform::NotKept) -> NotKept {
        NotKept::Refused(problem.to_string())
    }
}

/// Keeps a snapshot in place of the one before, which stays whole until the new one is.
///
/// # Errors
/// A browser that keeps no files, or has less room than it needs.
pub async fn keep(files: &Files) -> Result<(), NotKept> {
    // Another tab may be at the same files, and would take those away that this one just wrote.
    let _alone = alone(LOCK).await;
    let place = current().await.map_or(0, |(place, _)| 1 - place);
    let mut names = vec![CURRENT, PLACES[place]];
    if let Ok(entry) = files.manifest.part(PartKind::Contacts) {
        names.extend([entry.file.as_str(), shelf::readable(&entry.file)]);
    }
    if let Ok(entry) = files.manifest.part(PartKind::Facts) {
        names.push(&entry.file);
        // The name follows from the content: what is there already is the same.
        let is_there = kept_file(&entry.file).await.is_some_and(|there| there == files.facts_bytes);
        if !is_there {
            let needed = files.facts_bytes.len() + files.manifest_bytes.len() + SPARE_BYTES;
            // A browser that does not say is asked to try.
            if let Some(room) = room().await.filter(|room| room.free() < needed as f64) {
                let (needed_bytes, free_bytes) = (needed as u64, room.free() as u64);
                return Err(NotKept::NoRoom { needed_bytes, free_bytes });
            }
            keep_file(&entry.file, &files.facts_bytes).await?;
        }
    }
    keep_file(PLACES[place], &files.manifest_bytes).await?;
    keep_file(CURRENT, &[b'0' + place as u8, letter(files.origin)]).await?;
    keep_only(&names).await;
    Ok(())
}
