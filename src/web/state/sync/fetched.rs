//! What the endpoint says that is of use without it, too: kept when it comes.

use serde::{Deserialize, Serialize};

use super::Endpoint;
use super::trouble::Trouble;
use crate::web::platform::database::{self, Change, Store};
use crate::wire::Suppressions;

/// What a question's answer is, or was when it was last asked, and then why it was not asked.
///
/// # Errors
/// Whatever stands in the way, where it was never answered.
pub async fn fetched(endpoint: Endpoint, path: &str) -> Result<(String, Option<Trouble>), Trouble> {
    let address = leptos::prelude::untrack(|| endpoint.address()).unwrap_or_default();
    let key = format!("{path} {address}");
    match endpoint.call(path, None).await {
        Ok(body) => {
            let kept = body.clone();
            // A browser that keeps nothing asks again.
            database::change(Store::Sync, &key, |_| (Change::Put(kept), ())).await.ok();
            Ok((body, None))
        }
        Err(trouble) => match database::read(Store::Sync, &key).await.ok().flatten() {
            Some(body) => Ok((body, Some(trouble))),
            None => Err(trouble),
        },
    }
}

/// Hashes of the addresses that get no mail.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Kept {
    cursor: i64,
    hashes: Vec<String>,
}

/// The hashes of the addresses that get no mail, a line each; and why they are not today's, where
/// the endpoint could not be asked.
pub async fn suppressions(endpoint: Endpoint) -> (String, Option<Trouble>) {
    let address = leptos::prelude::untrack(|| endpoint.address()).unwrap_or_default();
    let key = format!("suppressions {address}");
    let text = database::read(Store::Sync, &key).await.ok().flatten();
    let mut kept: Kept = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let before = kept.cursor;
    let trouble = read_on(endpoint, &mut kept).await.err();
    if let (true, Ok(text)) = (kept.cursor != before, serde_json::to_string(&kept)) {
        // A browser that keeps nothing reads them again.
        database::change(Store::Sync, &key, |_| (Change::Put(text), ())).await.ok();
    }
    (kept.hashes.join("\n"), trouble)
}

async fn read_on(endpoint: Endpoint, kept: &mut Kept) -> Result<(), Trouble> {
    loop {
        let path = format!("/v1/suppressions?since={}", kept.cursor);
        let body = endpoint.call(&path, None).await?;
        let page: Suppressions = serde_json::from_str(&body).map_err(|_| Trouble::NotAnEndpoint)?;
        let has_more = page.more && page.cursor > kept.cursor;
        kept.cursor = kept.cursor.max(page.cursor);
        kept.hashes.extend(page.suppressions.into_iter().map(|one| one.sha256));
        if !has_more {
            return Ok(());
        }
    }
}
