//! Takes over the documents that earlier versions kept in the browser's plain storage.

use std::collections::BTreeMap;

use super::merge::merge;
use crate::web::platform;
use crate::web::platform::database::{self, Change, DatabaseError, Store};

/// Before each segment's id, where earlier versions kept it.
const PREFIX: &str = "publik.segment.";
/// Under which key stands what was taken over while it still lies in the old place too.
pub const TAKEN: &str = "taken-over";
/// What a tab holds while it takes documents from elsewhere.
pub const LOCK: &str = "publik.documents";

/// Whether something lies in the old place.
pub fn is_needed() -> bool {
    !platform::stored_keys(PREFIX).is_empty()
}

/// Takes over what lies in the old place: all of it in one transaction, then it goes from there.
/// Whoever stops in between finds noted what was taken, and takes nothing twice. Gives what could
/// not be taken, by id, and leaves it where it is.
pub async fn take_over() -> Vec<(String, String)> {
    if !is_needed() {
        return Vec::new();
    }
    // Two tabs that start at once would take over what the first one has changed by then.
    let _alone = platform::alone(LOCK).await;
    let old = old_documents();
    if old.is_empty() || take(&old).await.is_ok() {
        return Vec::new();
    }
    old
}

fn old_documents() -> Vec<(String, String)> {
    let keys = platform::stored_keys(PREFIX).into_iter();
    let document = |key: String| {
        let text = platform::stored(&key)?;
        Some((key.strip_prefix(PREFIX)?.to_owned(), text))
    };
    keys.filter_map(document).collect()
}

async fn take(old: &[(String, String)]) -> Result<(), DatabaseError> {
    let mut kept: BTreeMap<String, String> =
        database::read_all(Store::Documents).await?.into_iter().collect();
    let taken = kept.remove(TAKEN).unwrap_or_default();
    let taken: BTreeMap<String, String> = serde_json::from_str(&taken).unwrap_or_default();
    let is_left = |(id, text): &&(String, String)| taken.get(id) != Some(text);
    let merged = merge(&kept, old.iter().filter(is_left).cloned());
    let noted: BTreeMap<&str, &str> =
        old.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
    let note = serde_json::to_string(&noted).expect("texts by text keys");
    let put = merged.put.into_iter().map(|(key, text)| (key, Change::Put(text)));
    let all = put.chain([(TAKEN.to_owned(), Change::Put(note))]);
    let all = all.map(|(key, change)| (Store::Documents, key, change));
    database::change_all(all.collect()).await?;
    for (id, _) in old {
        platform::remove(&format!("{PREFIX}{id}"));
    }
    // Should this not be written, the note says what is true all the same.
    database::change(Store::Documents, TAKEN, |_| (Change::Remove, ())).await.ok();
    Ok(())
}
