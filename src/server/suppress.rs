//! Addresses that somebody hands in: of mails that came back late, or of people who wrote.

use serde_json::json;

use super::config::Config;
use super::mail::{address, token_of};
use super::store::{self, Store, StoreError};
use super::{ServerError, clock};
use crate::wire::{SuppressionReason, address_sha256};

/// What became of a list of addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suppressed {
    /// Addresses that get no mail from now on.
    pub added: usize,
    /// Addresses that got none before.
    pub known: usize,
    /// Lines, from 1, without an address, or with several: nobody can tell which is meant.
    pub unclear: Vec<usize>,
}

/// Suppresses the address of each line. Whatever else stands in a line is left: commas, semicolons,
/// tabs, blanks, quotes and angle brackets part it, so that a list, a CSV file and
/// `Final-Recipient: rfc822; a@example.org` of a bounce are all read. An address of
/// `mail.unsubscribe_address` with its token stands for whoever got the mail. Empty lines and
/// those that begin with `#` are nothing.
///
/// # Errors
/// What the store says.
pub fn suppress(
    config: &Config,
    text: &[u8],
    reason: SuppressionReason,
) -> Result<Suppressed, ServerError> {
    let text = String::from_utf8_lossy(text);
    let store = Store::open(&config.store)?;
    let now = clock::now();
    let done = store.run(|store| {
        let mut done = Suppressed::default();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match hash_of(store, config, line)? {
                Some(sha256) if store::suppress(store, &sha256, reason, now)? => done.added += 1,
                Some(_) => done.known += 1,
                None => done.unclear.push(at + 1),
            }
        }
        let counts = json!({ "added": done.added, "known": done.known, "reason": reason.word() });
        let entry =
            store::Entry { who: "command", what: "suppress", about: "", view: None, counts };
        store::record(store, &entry, now)?;
        Ok::<_, StoreError>(done)
    })?;
    Ok(done)
}

/// The hash of the only address of a line.
fn hash_of(
    store: &rusqlite::Connection,
    config: &Config,
    line: &str,
) -> Result<Option<String>, StoreError> {
    let own = config.mail.unsubscribe.as_ref();
    let mut found: Option<String> = None;
    let is_between = |letter: char| letter.is_whitespace() || ",;|\"<>()[]".contains(letter);
    for word in line.split(is_between) {
        let word = word.strip_prefix("mailto:").unwrap_or(word);
        if address(word).is_none() {
            continue;
        }
        let sha256 = match own.and_then(|own| token_of(own, word)) {
            Some(token) => match store::recipient_of_token(store, token)? {
                Some((sha256, _)) => sha256,
                None => continue,
            },
            None => address_sha256(word),
        };
        if found.as_ref().is_some_and(|found| *found != sha256) {
            return Ok(None);
        }
        found = Some(sha256);
    }
    Ok(found)
}
