//! The task that takes audiences to their services, one after the other.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use super::{Errand, Member, ServiceError, Settled, Told};
use crate::server::store::{self, DueAudience, Ending, Store, StoreError};
use crate::server::{Endpoint, clock, stopped};

/// How long the task sleeps when nothing is due.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

/// Times that an audience is put off before it has failed.
const MOST_ATTEMPTS: u32 = 10;

/// What wakes the task.
#[derive(Debug, Default)]
pub struct Errands {
    wake: Notify,
}

impl Errands {
    /// Something was accepted.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}

/// Starts the task. It ends when `stop` says so; what it had begun goes on after the next start,
/// which does no harm, since every operation may be repeated.
pub fn start(endpoint: &Arc<Endpoint>, mut stop: watch::Receiver<bool>) -> JoinHandle<()> {
    let endpoint = Arc::clone(endpoint);
    tokio::spawn(async move {
        loop {
            let worked = tokio::select! {
                () = stopped(&mut stop) => return,
                worked = next(&endpoint) => worked,
            };
            let sleep = match worked {
                Ok(None) => continue,
                Ok(Some(sleep)) => sleep,
                Err(error) => {
                    tracing::error!(%error, "audiences pause");
                    LONGEST_SLEEP
                }
            };
            tokio::select! {
                () = stopped(&mut stop) => return,
                () = endpoint.errands.wake.notified() => {}
                () = tokio::time::sleep(sleep) => {}
            }
        }
    })
}

/// Takes one audience to its service; when none is due, says how long there is to sleep.
async fn next(endpoint: &Arc<Endpoint>) -> Result<Option<Duration>, StoreError> {
    let due = endpoint.store.read(|store| store::due_audience(store, clock::now())).await?;
    let Some(due) = due else {
        let next = endpoint.store.read(store::next_audience).await?;
        let wait = next.map_or(i64::MAX, |next| (next - clock::now()).max(0));
        return Ok(Some(Duration::from_millis(wait as u64).min(LONGEST_SLEEP)));
    };
    let ending = match attempt(endpoint, &due).await? {
        Ok(()) => Ending::Done,
        Err(ServiceError::Later { reason, after }) if due.attempts + 1 < MOST_ATTEMPTS => {
            let first = u64::from(endpoint.config.mail.retry.as_secs().max(1) as u32);
            let own = first.saturating_mul(1 << due.attempts.min(12)).min(4 * 3600);
            let wait = after.unwrap_or(own).min(24 * 3600);
            Ending::Later(clock::now() + wait as i64 * 1000, reason)
        }
        Err(error) => Ending::Failed(error.to_string()),
    };
    if let Ending::Later(_, reason) | Ending::Failed(reason) = &ending {
        tracing::warn!(connector = due.connector, reason, "an audience did not go through");
    }
    let number = due.number;
    let ended = move |store: &rusqlite::Transaction<'_>| {
        store::end_audience(store, number, &ending, clock::now())
    };
    endpoint.store.call(ended).await?;
    Ok(None)
}

async fn attempt(
    endpoint: &Arc<Endpoint>,
    due: &DueAudience,
) -> Result<Result<(), ServiceError>, StoreError> {
    let Some(connector) = endpoint.connectors.get(&due.connector) else {
        let reason = "sync.toml has this connector no more".to_owned();
        return Ok(Err(ServiceError::Refused(reason)));
    };
    let of_task = due.clone();
    let members = endpoint.store.call(move |store| store::begin_audience(store, &of_task)).await?;
    let members = members.into_iter().map(|(number, recipient)| Member { number, recipient });
    let members: Vec<Member> = members.collect();
    if members.is_empty() {
        return Ok(Ok(()));
    }
    let errand = Errand {
        audience: due.audience.clone(),
        operation: due.operation,
        session: clock::now() as u64,
        members,
    };
    let store = endpoint.store.clone();
    let mut tell = move |settled: Settled| keep(store.clone(), settled);
    Ok(connector.run(&errand, &mut tell).await)
}

fn keep(store: Store, settled: Settled) -> Told {
    Box::pin(async move {
        let kept =
            store.call(move |store| store::settle_members(store, &settled.sent, &settled.rejected));
        kept.await.map_err(|error: StoreError| {
            tracing::error!(%error, "what a service did could not be written down");
            ServiceError::Later { reason: "the store failed".to_owned(), after: None }
        })
    })
}
