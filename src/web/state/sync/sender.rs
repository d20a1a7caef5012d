//! The outbox: what waits is kept in this browser, and sent by one tab at a time.

use std::sync::Arc;

use leptos::prelude::*;

use super::entry::{Entry, Outcome, Seen, State, Wish, opposite};
use super::outbox::{Around, Hold, Step, steps};
use super::recipients::{NoRecipients, Recipients};
use super::trouble::Trouble;
use super::{Endpoint, FlagFeed};
use crate::web::platform;
use crate::web::platform::database::{self, Change, DatabaseError, Store};
use crate::web::state::Data;

/// The name of what only one tab at a time may do.
const ALONE: &str = "publik.outbox";
/// Looked at so often besides what is told: another tab's pause may end, a day may pass.
const LOOK_MS: u32 = 30_000;

/// A handle on the outbox.
#[derive(Clone, Copy)]
pub struct Outbox {
    data: Data,
    endpoint: Endpoint,
    feed: FlagFeed,
    recipients: Recipients,
    entries: RwSignal<Arc<Vec<Entry>>>,
    /// Why the outbox cannot be kept, if it cannot.
    unkept: RwSignal<Option<String>>,
    is_busy: StoredValue<bool>,
    /// Whether something happened while it was busy.
    is_wanted: StoredValue<bool>,
}

impl Outbox {
    /// One that nobody has looked into yet.
    pub fn new(data: Data, endpoint: Endpoint, feed: FlagFeed, recipients: Recipients) -> Outbox {
        Outbox {
            data,
            endpoint,
            feed,
            recipients,
            entries: RwSignal::new(Arc::default()),
            unkept: RwSignal::new(None),
            is_busy: StoredValue::new(false),
            is_wanted: StoredValue::new(false),
        }
    }

    /// Shows what this browser keeps and sends it from now on.
    pub fn follow(self) {
        Effect::new(move |_| {
            // Whatever stands around it may be what an entry waits for.
            let _around = (self.endpoint.ready(), self.data.open(), self.recipients.are_there());
            self.wake();
        });
        database::on_changed(Store::Outbox, move || {
            // Shown at once: sending may have to wait for the other tab.
            platform::spawn_local(self.show());
            self.wake();
        });
        platform::on_online(move || self.hurry());
        platform::every(LOOK_MS, move || self.wake());
    }

    /// All entries, the oldest first.
    pub fn entries(self) -> Arc<Vec<Entry>> {
        self.entries.get()
    }

    /// How many wait, for their turn or for somebody.
    pub fn waiting(self) -> u32 {
        self.entries.with(|entries| entries.iter().filter(|entry| !entry.is_over()).count() as u32)
    }

    /// Why the outbox cannot be kept, if it cannot.
    pub fn unkept(self) -> Option<String> {
        self.unkept.get()
    }

    /// What is to be done with each entry, as it stands now.
    pub fn steps(self, now: u64) -> Vec<Step> {
        let endpoint = self.endpoint.ready();
        let open = self.data.open();
        let data = open.as_ref().map(|open| (open.names.venue.name.as_str(), open.is_demo()));
        let around = Around { now, endpoint: endpoint.as_deref(), data };
        self.entries.with(|entries| steps(entries, around))
    }

    /// Puts something into the outbox; `told` hears under which id once it is kept.
    pub fn add(
        self,
        wish: Wish,
        customers: Vec<String>,
        seen: Seen,
        told: impl FnOnce(Result<String, DatabaseError>) + 'static,
    ) {
        let Some(endpoint) = untrack(|| self.endpoint.address()) else { return };
        let entry = Entry {
            id: platform::new_uuid(),
            made_at: now(),
            endpoint,
            seen,
            wish,
            customers,
            state: State::Waiting { trouble: None },
            tries: 0,
            not_before: 0,
            is_agreed: false,
        };
        platform::spawn_local(async move {
            let id = entry.id.clone();
            let kept = keep(&entry).await;
            told(kept.map(|()| id));
            self.wake();
        });
    }

    /// Sends an entry again, or all the same.
    pub fn try_again(self, key: String) {
        self.alter(key, Entry::try_again);
    }

    /// Takes an entry out, unless it is under way.
    pub fn cancel(self, key: String) {
        self.alter(key, |entry| {
            entry.cancel();
        });
    }

    /// Forgets an entry that is over.
    pub fn forget(self, key: String) {
        platform::spawn_local(async move {
            let removed = database::change(Store::Outbox, &key, |kept| {
                let is_over = kept.and_then(read).is_none_or(|entry| entry.is_over());
                (if is_over { Change::Remove } else { Change::Nothing }, ())
            });
            self.hear(removed.await);
        });
    }

    /// Takes a tagging back for exactly whom it changed.
    pub fn take_back(self, entry: &Entry) {
        let Some((wish, customers)) = opposite(entry) else { return };
        let key = entry.key();
        self.add(wish, customers, entry.seen.clone(), move |kept| {
            if kept.is_ok() {
                self.alter(key, |entry| {
                    if let State::Done { outcome: Outcome::Tagged { is_undone, .. }, .. } =
                        &mut entry.state
                    {
                        *is_undone = true;
                    }
                });
            }
        });
    }

    /// Takes note that a campaign was stopped.
    pub fn stopped(self, key: String) {
        self.alter(key, |entry| {
            if let State::Done { outcome: Outcome::Queued { is_stopped, .. }, .. } =
                &mut entry.state
            {
                *is_stopped = true;
            }
        });
    }

    fn alter(self, key: String, change: impl FnOnce(&mut Entry) + 'static) {
        platform::spawn_local(async move {
            let altered = alter(&key, change).await;
            self.hear(altered);
        });
    }

    fn hear(self, kept: Result<(), DatabaseError>) {
        self.unkept.set(kept.err().map(|error| error.to_string()));
        self.wake();
    }

    /// The network is back: pauses that were made for it end.
    fn hurry(self) {
        platform::spawn_local(async move {
            let paused = untrack(|| self.entries.get());
            for entry in paused.iter() {
                let is_for_network =
                    matches!(&entry.state, State::Waiting { trouble: Some(Trouble::Unreachable) });
                if is_for_network {
                    alter(&entry.key(), |entry| entry.not_before = 0).await.ok();
                }
            }
            self.wake();
        });
    }

    /// Looks at the outbox anew, and sends what is to be sent.
    pub fn wake(self) {
        self.is_wanted.set_value(true);
        if self.is_busy.get_value() {
            return;
        }
        self.is_busy.set_value(true);
        platform::spawn_local(async move {
            while self.is_wanted.get_value() {
                self.is_wanted.set_value(false);
                self.show().await;
                if self.has_locked() && untrack(|| self.data.open()).is_some() {
                    self.recipients.load().await;
                }
                let is_moving =
                    self.entries.with_untracked(|entries| entries.iter().any(Entry::is_moving));
                if is_moving || self.has_unlocked() {
                    // The browser hands it to the next tab when this one is done, or gone.
                    let alone = platform::alone(ALONE).await;
                    self.send_all().await;
                    drop(alone);
                }
            }
            self.is_busy.set_value(false);
        });
    }

    async fn show(self) {
        match entries().await {
            Ok(entries) => {
                self.unkept.set(None);
                if self.entries.with_untracked(|shown| **shown != entries) {
                    self.entries.set(Arc::new(entries));
                }
            }
            Err(error) => self.unkept.set(Some(error.to_string())),
        }
    }

    /// Whether something waits for a passphrase that was given.
    fn has_unlocked(self) -> bool {
        untrack(|| self.recipients.are_there()) && self.has_locked()
    }

    fn has_locked(self) -> bool {
        let is_locked = |entry: &Entry| entry.state == State::NeedsPassphrase;
        self.entries.with_untracked(|entries| entries.iter().any(is_locked))
    }

    /// Sends one after the other what is to be sent now. Nobody else does so meanwhile.
    async fn send_all(self) {
        loop {
            if self.has_unlocked() {
                for entry in self.entries.get_untracked().iter() {
                    if entry.state == State::NeedsPassphrase {
                        alter(&entry.key(), Entry::try_again).await.ok();
                    }
                }
            }
            self.show().await;
            let entries = self.entries.get_untracked();
            let mut next = None;
            for (entry, step) in entries.iter().zip(untrack(|| self.steps(now()))) {
                match step {
                    Step::Ask(about) => {
                        alter(&entry.key(), move |entry| entry.state = State::Asks { about })
                            .await
                            .ok();
                    }
                    Step::Send if next.is_none() => next = Some(entry.clone()),
                    Step::Hold(Hold::Pause { until }) => self.wake_at(until),
                    _ => {}
                }
            }
            let Some(entry) = next else { return self.show().await };
            if self.send(entry).await.is_err() {
                // What cannot be noted is not sent: it might be sent twice.
                return;
            }
        }
    }

    fn wake_at(self, until: u64) {
        let wait = until.saturating_sub(now()).min(u64::from(LOOK_MS));
        set_timeout(move || self.wake(), std::time::Duration::from_millis(wait + 50));
    }

    async fn send(self, mut entry: Entry) -> Result<(), DatabaseError> {
        let body = match self.recipients.body_of(&entry).await {
            Ok(body) => body,
            Err(reason) => {
                entry.state = match reason {
                    NoRecipients::Locked => State::NeedsPassphrase,
                    NoRecipients::Nobody => State::NobodyLeft,
                    NoRecipients::Trouble(trouble) => {
                        entry.end(now(), Err(trouble));
                        entry.state
                    }
                };
                return note(&entry).await.map(drop);
            }
        };
        entry.begin(now());
        // Whoever cancels it from here on is too late; whoever did before finds it gone.
        if !note(&entry).await? {
            return Ok(());
        }
        self.show().await;
        let answered = self.endpoint.call(&entry.wish.path(), Some((entry.id.clone(), body))).await;
        entry.end(now(), answered);
        note(&entry).await?;
        if let (Wish::Tag { .. }, State::Done { .. }) = (&entry.wish, &entry.state) {
            self.feed.read();
        }
        Ok(())
    }
}

/// Milliseconds since 1970.
pub fn now() -> u64 {
    platform::milliseconds() as u64
}

async fn entries() -> Result<Vec<Entry>, DatabaseError> {
    let kept = database::read_all(Store::Outbox).await?;
    Ok(kept.iter().filter_map(|(_, text)| read(text)).collect())
}

fn read(text: &str) -> Option<Entry> {
    serde_json::from_str(text).ok()
}

fn written(entry: &Entry) -> String {
    serde_json::to_string(entry).expect("texts, numbers and lists of them always become JSON")
}

async fn keep(entry: &Entry) -> Result<(), DatabaseError> {
    let text = written(entry);
    database::change(Store::Outbox, &entry.key(), |_| (Change::Put(text), ())).await
}

/// Notes how far an entry is; false where it was cancelled or erased meanwhile.
async fn note(entry: &Entry) -> Result<bool, DatabaseError> {
    database::change(Store::Outbox, &entry.key(), |kept| {
        let is_wanted = kept.and_then(read).is_some_and(|kept| kept.is_moving());
        (if is_wanted { Change::Put(written(entry)) } else { Change::Nothing }, is_wanted)
    })
    .await
}

async fn alter(key: &str, change: impl FnOnce(&mut Entry)) -> Result<(), DatabaseError> {
    database::change(Store::Outbox, key, |kept| match kept.and_then(read) {
        Some(mut entry) => {
            change(&mut entry);
            (Change::Put(written(&entry)), ())
        }
        None => (Change::Nothing, ()),
    })
    .await
}
