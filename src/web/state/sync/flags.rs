//! The flag feed: what changed since the snapshot was built, into the counts.

use leptos::prelude::*;

use super::endpoint::Endpoint;
use super::feed::KeptFeed;
use super::trouble::Trouble;
use crate::model::Named;
use crate::web::platform::database::{self, Change, Store};
use crate::web::platform::{self, Attachments};
use crate::web::protocol::{Answer, Ask};
use crate::web::state::{Data, Engine};
use crate::wire::FlagChanges;

/// How often the feed is read.
const EVERY_MS: u32 = 5 * 60_000;

/// How the feed stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// When it was last read to its end, RFC 3339.
    pub read_at: Option<String>,
    /// Why it could not be read the last time.
    pub trouble: Option<Trouble>,
    /// Customers in it that the data does not know.
    pub unknown: u32,
}

/// A handle on the flag feed.
#[derive(Clone, Copy)]
pub struct FlagFeed {
    engine: Engine,
    data: Data,
    endpoint: Endpoint,
    standing: RwSignal<Standing>,
    /// What is kept, for this endpoint and this data; `None` before it was looked for.
    kept: StoredValue<Option<(String, KeptFeed)>>,
    is_reading: StoredValue<bool>,
}

impl FlagFeed {
    /// One that nobody reads yet.
    pub fn new(engine: Engine, data: Data, endpoint: Endpoint) -> FlagFeed {
        FlagFeed {
            engine,
            data,
            endpoint,
            standing: RwSignal::new(Standing::default()),
            kept: StoredValue::new(None),
            is_reading: StoredValue::new(false),
        }
    }

    /// Follows the endpoint and the data from now on.
    pub fn follow(self) {
        Effect::new(move |_| {
            let (address, is_ready) = (self.endpoint.address(), self.endpoint.ready().is_some());
            let held = self.data.open().map(|open| open.names.venue.flags_cursor);
            if let (Some(address), Some(held)) = (address, held) {
                platform::spawn_local(self.begin(address, held as i64, is_ready));
            }
        });
        platform::every(EVERY_MS, move || self.read());
        platform::on_online(move || self.read());
        database::on_changed(Store::Sync, move || platform::spawn_local(self.catch_up()));
    }

    /// How it stands.
    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    /// Reads on, unless that is under way or there is nobody to ask.
    pub fn read(self) {
        let is_there = self.kept.with_value(Option::is_some);
        if !is_there || self.is_reading.get_value() || untrack(|| self.endpoint.ready()).is_none() {
            return;
        }
        self.is_reading.set_value(true);
        platform::spawn_local(async move {
            let read = self.read_to_end().await;
            self.is_reading.set_value(false);
            self.standing.update(|standing| match read {
                Ok(()) => {
                    standing.read_at = Some(platform::now_rfc3339());
                    standing.trouble = None;
                }
                Err(trouble) => standing.trouble = Some(trouble),
            });
        });
    }

    /// Other data, or another endpoint: what is kept of it counts at once, then it is read on.
    async fn begin(self, address: String, held: i64, is_ready: bool) {
        // A browser that keeps nothing reads everything anew.
        let text = database::read(Store::Sync, &key(&address)).await.ok().flatten();
        let kept: KeptFeed =
            text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let kept = kept.for_data(held);
        self.standing.set(Standing::default());
        self.apply(&kept);
        self.kept.set_value(Some((address, kept)));
        if is_ready {
            self.read();
        }
    }

    /// Another tab read on.
    async fn catch_up(self) {
        let Some(address) = self.kept.with_value(|kept| kept.as_ref().map(|(of, _)| of.clone()))
        else {
            return;
        };
        let text = database::read(Store::Sync, &key(&address)).await.ok().flatten();
        let Some(theirs) = text.and_then(|text| serde_json::from_str::<KeptFeed>(&text).ok())
        else {
            return;
        };
        let taken = self.kept.try_update_value(|kept| {
            let (of, mine) = kept.as_mut()?;
            let is_further = *of == address && theirs.cursor() > mine.cursor();
            // What they have from an earlier place on, and what this data holds, are one.
            is_further.then(|| mine.take_all(theirs)).flatten()
        });
        if let Some(Some(kept)) = taken {
            self.apply(&kept);
        }
    }

    async fn read_to_end(self) -> Result<(), Trouble> {
        if untrack(|| self.endpoint.flags()).is_none() {
            // For their names alone: whatever is wrong the feed says as well.
            self.endpoint.ask_flags().await.ok();
        }
        loop {
            let since =
                self.kept.with_value(|kept| kept.as_ref().map_or(0, |(_, kept)| kept.cursor()));
            let asked = untrack(|| self.endpoint.ready());
            let path = format!("/v1/flags/changes?since={since}");
            let body = self.endpoint.call(&path, None).await?;
            let page: FlagChanges =
                serde_json::from_str(&body).map_err(|_| Trouble::NotAnEndpoint)?;
            let has_more = page.more && page.cursor > since;
            let taken = self.kept.try_update_value(|kept| {
                // Another endpoint was set, or other data opened, while this page was on its way.
                let (address, kept) = kept.as_mut()?;
                let is_next = asked.as_ref() == Some(address) && kept.cursor() == since;
                is_next.then(|| (kept.take(page), address.clone(), kept.clone()))
            });
            let Some(Some((is_new, address, kept))) = taken else { return Ok(()) };
            if is_new {
                self.apply(&kept);
            }
            if is_new || kept.cursor() > since {
                self.keep(&address, &kept).await;
            }
            if !has_more {
                return Ok(());
            }
        }
    }

    async fn keep(self, address: &str, kept: &KeptFeed) {
        let Ok(text) = serde_json::to_string(kept) else { return };
        // A browser that keeps nothing reads it again.
        database::change(Store::Sync, &key(address), |_| (Change::Put(text), ())).await.ok();
    }

    fn apply(self, kept: &KeptFeed) {
        if kept.changes().is_empty() {
            return;
        }
        let Ok(changes) = serde_json::to_string(kept.changes()) else { return };
        self.engine.ask(Ask::Flags(changes), Attachments::none(), move |answer, _| {
            let Answer::Flags(set) = answer else { return };
            self.standing.update(|standing| standing.unknown = set.unknown_customers);
            let named = untrack(|| self.endpoint.flags()).unwrap_or_default();
            let name = |id: String| {
                let name = named.iter().find(|flag| flag.id == id).map(|flag| flag.name.clone());
                Named { name: name.unwrap_or_else(|| id.clone()), id }
            };
            self.data.flags_changed(set.further.into_iter().map(name).collect());
        });
    }
}

fn key(address: &str) -> String {
    format!("flags {address}")
}
