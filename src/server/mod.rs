//! The sync endpoint: flags, campaign mail and audiences. It knows what the page and it say to each
//! other ([`crate::wire`]) and nothing of views, counts or snapshots: it never filters.

mod clock;
pub mod config;
mod connectors;
mod http;
mod layouts;
mod links;
mod mail;
mod metrics;
mod offers;
pub mod store;
mod suppress;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;

use config::{Config, ConfigError};
use connectors::{Connectors, Errands};
use http::{InFlight, WrongTokens};
use mail::Post;
use metrics::Metrics;
use store::{Forgotten, Person, Store, StoreError};

pub use suppress::{Suppressed, suppress};

/// Why the endpoint does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// Its configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Its store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The address to listen on.
    #[error("{address}: {source}")]
    Listen {
        /// As configured.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The settings of its mail server.
    #[error("mail.smtp: {0}")]
    Mail(#[from] mail::Unreachable),
    /// Something else that the system does not give.
    #[error("the system: {0}")]
    System(#[from] io::Error),
}

/// Removes one person from the store and from the folder of mails. A running endpoint sends them
/// nothing from then on.
///
/// # Errors
/// What the store says, or a file that cannot be removed.
pub fn forget(config: &Config, person: &Person) -> Result<Forgotten, ServerError> {
    let store = Store::open(&config.store)?;
    let now = clock::now();
    let mut forgotten = store.run(|store| {
        let forgotten = store::forget(store, person)?;
        let counts = serde_json::json!({
            "mails": forgotten.mails, "members": forgotten.members, "flags": forgotten.flags,
        });
        let entry = store::Entry { who: "command", what: "forget", about: "", view: None, counts };
        store::record(store, &entry, now)?;
        Ok::<_, StoreError>(forgotten)
    })?;
    store.compact()?;
    let mut removed = Vec::new();
    for (campaign, number) in forgotten.files {
        if mail::remove(&config.mail.files, &campaign, number)? {
            removed.push((campaign, number));
        }
    }
    forgotten.files = removed;
    Ok(forgotten)
}

/// A moment of the store as people read it, RFC 3339 in UTC.
pub fn moment(milliseconds: i64) -> String {
    clock::rfc3339(milliseconds)
}

/// Logs to standard error: lines for a terminal, JSON for whatever collects logs. Only what this
/// program says itself is logged, and that never holds a name or an address.
pub fn log_to_stderr(is_terminal: bool) {
    use tracing_subscriber::filter::Targets;
    use tracing_subscriber::layer::SubscriberExt;
    use tracing_subscriber::{Layer, Registry, fmt};
    let own = Targets::new().with_target("publik", tracing::Level::INFO);
    let layer = if is_terminal {
        fmt::layer().with_writer(io::stderr).boxed()
    } else {
        fmt::layer().json().flatten_event(true).with_writer(io::stderr).boxed()
    };
    // A second call in one process keeps the first log.
    let _ =
        tracing::subscriber::set_global_default(Registry::default().with(layer.with_filter(own)));
}

/// What every call can reach.
#[derive(Debug)]
pub struct Endpoint {
    config: Config,
    store: Store,
    in_flight: InFlight,
    wrong_tokens: WrongTokens,
    metrics: Metrics,
    post: Post,
    connectors: Connectors,
    errands: Errands,
}

/// Runs the endpoint until the process is asked to stop (SIGTERM, SIGINT), then ends what it has
/// begun. `listening` hears the address once calls are taken.
///
/// # Errors
/// What keeps it from starting.
pub fn run(config: Config, listening: impl FnOnce(SocketAddr)) -> Result<(), ServerError> {
    let store = Store::open(&config.store)?;
    let post = Post::new(&config)?;
    let connectors = Connectors::new(&config.connectors);
    let uncertain = store.run(|store| {
        let is_written =
            |campaign: &str, number| mail::is_written(&config.mail.files, campaign, number);
        store::recover(store, is_written, clock::now())
    })?;
    if uncertain > 0 {
        tracing::warn!(uncertain, "mails had been handed over without an answer; look at them");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let address = config.listen;
        let listen = |source| ServerError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(listen)?;
        let bound = listener.local_addr().map_err(listen)?;
        let endpoint = Arc::new(Endpoint {
            config,
            store,
            in_flight: InFlight::default(),
            wrong_tokens: WrongTokens::default(),
            metrics: Metrics::default(),
            post,
            connectors,
            errands: Errands::default(),
        });
        let (stopping, stop) = watch::channel(false);
        let senders = mail::start(&endpoint, &stop);
        let runner = connectors::start(&endpoint, stop.clone());
        let care = tokio::spawn(care(Arc::clone(&endpoint), stop.clone()));
        let signals = asked_to_stop()?;
        tokio::spawn(async move {
            signals.await;
            tracing::info!("stopping");
            let _ = stopping.send(true);
        });
        listening(bound);
        http::serve(listener, http::router(endpoint), stop).await?;
        let _ = care.await;
        for task in senders.into_iter().chain([runner]) {
            let _ = task.await;
        }
        Ok(())
    })
}

/// Ends when the endpoint is to stop.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // Nobody left to say so means the same.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// What has to be done from time to time.
async fn care(endpoint: Arc<Endpoint>, mut stop: watch::Receiver<bool>) {
    let mut hourly = tokio::time::interval(std::time::Duration::from_hours(1));
    loop {
        tokio::select! {
            () = stopped(&mut stop) => return,
            _ = hourly.tick() => {
                endpoint.wrong_tokens.forget_old();
                let (now, retain_days) = (clock::now(), endpoint.config.retain_days);
                let cleared = endpoint.store.call(move |store| {
                    store::forget_old_answers(store, now)?;
                    store::clear_ended(store, retain_days, now)
                });
                match cleared.await {
                    Ok(0) => {}
                    Ok(ended) => tracing::info!(ended, "names and addresses were removed"),
                    Err(error) => tracing::error!(%error, "what is old could not be deleted"),
                }
            }
        }
    }
}

#[cfg(unix)]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
