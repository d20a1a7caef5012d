//! Sync begins when there is something to sync: an endpoint, or an entry in the outbox. What does
//! it is a part of the page that is fetched then.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::{Endpoint, FlagFeed, Outbox};
use crate::web::later::later;
use crate::web::platform;
use crate::web::platform::database::{self, Store};

/// How often it is fetched again where it could not be.
const AGAIN_MS: u32 = 30_000;

/// Follows flags and outbox from the moment on that there is a reason to.
pub fn begin_when_needed(endpoint: Endpoint, feed: FlagFeed, outbox: Outbox) {
    let is_needed = StoredValue::new(false);
    let is_begun = StoredValue::new(false);
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    let begin = move || {
        if !is_needed.get_value() || is_begun.get_value() {
            return;
        }
        is_begun.set_value(true);
        platform::spawn_local(async move {
            let begun = follow(owner.get_value(), feed, outbox).await;
            is_begun.set_value(begun.is_ok());
        });
    };
    let need = move || {
        is_needed.set_value(true);
        begin();
    };
    Effect::new(move |_| {
        if endpoint.address().is_some() {
            need();
        }
    });
    database::on_changed(Store::Outbox, need);
    platform::every(AGAIN_MS, begin);
    platform::spawn_local(async move {
        if platform::has_database().await {
            look_into_outbox(Box::new(need));
        }
    });
}

later! {
    /// Tells whether something is kept in the outbox.
    documents: fn look_into_outbox(need: Box<dyn Fn()>) {
        platform::spawn_local(async move {
            // A browser that keeps nothing has nothing to send either.
            let kept = database::read_all(Store::Outbox).await.unwrap_or_default();
            if !kept.is_empty() {
                need();
            }
        });
    }
}

#[allow(clippy::unnecessary_wraps, reason = "the caller hears of a part that did not come")]
#[wasm_split(sending, wasm_split_path = ::leptos::wasm_split, fallible)]
fn follow(owner: Owner, feed: FlagFeed, outbox: Outbox) -> Result<(), SplitLoaderError> {
    owner.with(|| {
        feed.follow();
        outbox.follow();
    });
    Ok(())
}
