//! Where the files of the kept snapshot lie: what the worker that counts and the one that has the
//! contacts both know, and the page when it takes some away.
//!
//! The parts lie under their own names, the manifest in one of two places, and two letters in
//! `current` say in which, and where the snapshot came from. Those are written last: whoever stops
//! in the middle finds the old snapshot whole.

#[cfg(any(feature = "count", feature = "lists"))]
use super::platform::kept;

/// What tabs that keep or read hold meanwhile.
pub const LOCK: &str = "publik.snapshot";
/// How the name of a contacts file begins, sealed or readable.
#[cfg(feature = "web")]
pub const CONTACTS: &str = "contacts-";
/// How the name of a sealed file ends.
pub const SEALED: &str = ".age";
/// Which of [`PLACES`] has the manifest, and a letter for where the snapshot came from.
#[cfg(any(feature = "count", feature = "lists"))]
pub const CURRENT: &str = "current";
/// Where a manifest lies.
#[cfg(any(feature = "count", feature = "lists"))]
pub const PLACES: [&str; 2] = ["manifest-0.json", "manifest-1.json"];
/// Left free, so that segments can still be saved beside the snapshot.
#[cfg(any(feature = "count", feature = "lists"))]
pub const SPARE_BYTES: usize = 1_000_000;

/// Which place the manifest has, and the letter; `None` where nothing is kept.
#[cfg(any(feature = "count", feature = "lists"))]
pub async fn current() -> Option<(usize, u8)> {
    match kept(CURRENT).await?.as_slice() {
        [place @ (b'0' | b'1'), letter] => Some((usize::from(place - b'0'), *letter)),
        _ => None,
    }
}

/// Under which name the readable copy of a contacts file lies, if there is one.
#[cfg(any(feature = "count", feature = "lists"))]
pub fn readable(file: &str) -> &str {
    file.strip_suffix(SEALED).unwrap_or(file)
}
