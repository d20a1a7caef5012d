//! The tasks that send: each takes a mail, writes down that it hands it over, hands it over, and
//! writes down what became of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::DefaultDirectRateLimiter;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use super::compose::{Composed, compose};
use super::smtp::{Begun, Connection, Ended, Refused, Server, Unreachable};
use super::{files, pace};
use crate::server::store::{self, Letter, Mail, Outcome, StoreError};
use crate::server::{Endpoint, clock, stopped};
use crate::wire::Delivery;

/// How long a sender sleeps when nothing is due; another process may have queued something.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

/// How long a connection stays open without a mail.
const IDLE: Duration = Duration::from_secs(10);

/// What senders share.
#[derive(Debug)]
pub struct Post {
    server: Option<Server>,
    limiter: DefaultDirectRateLimiter,
    wake: Notify,
    /// Letters of campaigns that are being sent.
    letters: Mutex<HashMap<i64, Arc<Letter>>>,
}

impl Post {
    /// Prepares what senders need.
    ///
    /// # Errors
    /// TLS settings that cannot be used.
    pub fn new(config: &crate::server::config::Config) -> Result<Post, Unreachable> {
        let own_name = url::Url::parse(&config.public_url).ok();
        let own_name = own_name.and_then(|url| url.host_str().map(str::to_owned));
        let own_name = own_name.unwrap_or_else(|| "localhost".to_owned());
        let smtp = config.mail.smtp.clone();
        Ok(Post {
            server: smtp.map(|smtp| Server::new(smtp, &own_name)).transpose()?,
            limiter: pace::limiter(config.mail.rate_per_minute),
            wake: Notify::new(),
            letters: Mutex::default(),
        })
    }

    /// Tells the senders that something was queued.
    pub fn wake(&self) {
        self.wake.notify_waiters();
    }
}

/// Starts the senders. They end, each after the mail it has in hand, when `stop` says so.
pub fn start(endpoint: &Arc<Endpoint>, stop: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
    let senders = (0..endpoint.config.mail.connections).map(|_| {
        let sender = Sender {
            endpoint: Arc::clone(endpoint),
            stop: stop.clone(),
            connection: None,
            failures: 0,
            rest: None,
        };
        tokio::spawn(sender.run())
    });
    senders.collect()
}

struct Sender {
    endpoint: Arc<Endpoint>,
    stop: watch::Receiver<bool>,
    connection: Option<Connection>,
    /// Times in a row that the mail server could not be reached.
    failures: u32,
    /// How long to leave the mail server alone.
    rest: Option<Duration>,
}

impl Sender {
    async fn run(mut self) {
        while !*self.stop.borrow() {
            let done = match self.send_next().await {
                Ok(true) => Ok(()),
                Ok(false) => self.wait_for_mail().await,
                Err(error) => Err(error),
            };
            if let Err(error) = done {
                tracing::error!(%error, "sending pauses");
                self.rest = Some(Duration::from_secs(10));
            }
            if let Some(rest) = self.rest.take() {
                self.pause(rest).await;
            }
        }
        if let Some(connection) = self.connection.take() {
            connection.quit().await;
        }
    }

    /// Sends one mail; `false` when none is due.
    async fn send_next(&mut self) -> Result<bool, StoreError> {
        let now = clock::now();
        let due = self.endpoint.store.read(store::next_due).await?;
        if due.is_none_or(|due| due > now) {
            return Ok(false);
        }
        // Its turn first: a mail that waits for it can still be stopped.
        let post = &self.endpoint.post;
        tokio::select! {
            () = stopped(&mut self.stop) => return Ok(true),
            () = post.limiter.until_ready() => {}
        }
        let taken = self.endpoint.store.call(|store| store::take(store, clock::now())).await?;
        let Some(mail) = taken else { return Ok(false) };
        let outcome = self.send(&mail).await?;
        if let Some(outcome) = outcome {
            self.settle(mail, outcome).await?;
        }
        Ok(true)
    }

    /// Hands a mail over; `None` when it was stopped before.
    async fn send(&mut self, mail: &Mail) -> Result<Option<Outcome>, StoreError> {
        let letter = self.letter(mail.campaign).await?;
        let (endpoint, of_task) = (Arc::clone(&self.endpoint), mail.clone());
        // Signing takes a millisecond or two.
        let composed = tokio::task::spawn_blocking(move || {
            let config = &endpoint.config;
            compose(&of_task, &letter, &config.mail, &config.public_url)
        });
        let Some(composed) = composed.await.map_err(|_| StoreError::Broken)? else {
            let reason = "the mail could not be put together".to_owned();
            return Ok(Some(Outcome::Failed { reason, bounced: false }));
        };
        match (mail.delivery, self.endpoint.post.server.clone()) {
            (Delivery::Files, _) => self.write(mail, composed).await,
            (Delivery::Smtp, Some(server)) => self.transmit(&server, mail, &composed).await,
            (Delivery::Smtp, None) => {
                let reason = "sync.toml has no [mail.smtp] any more".to_owned();
                Ok(Some(self.unreachable(&Unreachable::because(reason))))
            }
        }
    }

    async fn letter(&self, campaign: i64) -> Result<Arc<Letter>, StoreError> {
        let letters = &self.endpoint.post.letters;
        let known = letters.lock().unwrap_or_else(PoisonError::into_inner).get(&campaign).cloned();
        if let Some(letter) = known {
            return Ok(letter);
        }
        let read = self.endpoint.store.read(move |store| store::letter(store, campaign)).await?;
        let letter = Arc::new(read);
        let mut letters = letters.lock().unwrap_or_else(PoisonError::into_inner);
        // A handful of campaigns at a time; older ones are read again when a mail comes back.
        if letters.len() >= 16 {
            letters.clear();
        }
        letters.insert(campaign, Arc::clone(&letter));
        Ok(letter)
    }

    async fn hand_over(&self, mail: &Mail) -> Result<bool, StoreError> {
        let number = mail.number;
        self.endpoint.store.call(move |store| store::hand_over(store, number)).await
    }

    async fn write(&self, mail: &Mail, composed: Composed) -> Result<Option<Outcome>, StoreError> {
        if !self.hand_over(mail).await? {
            return Ok(None);
        }
        let folder = self.endpoint.config.mail.files.clone();
        let (campaign, number) = (mail.campaign_id.clone(), mail.number);
        let written = tokio::task::spawn_blocking(move || {
            files::write(&folder, &campaign, number, composed.text.as_bytes())
        });
        match written.await.map_err(|_| StoreError::Broken)? {
            Ok(()) => Ok(Some(Outcome::Sent)),
            Err(error) => {
                tracing::error!(%error, "the folder of mails takes none");
                let next_at = clock::now() + clock::MINUTE;
                let reason = "the folder of mails takes none".to_owned();
                Ok(Some(Outcome::Later { next_at, reason, counts: false }))
            }
        }
    }

    async fn transmit(
        &mut self,
        server: &Server,
        mail: &Mail,
        composed: &Composed,
    ) -> Result<Option<Outcome>, StoreError> {
        let mut connection = match self.begin(server, composed).await {
            Ok(connection) => connection,
            Err(Stopped::Unreachable(error)) => return Ok(Some(self.unreachable(&error))),
            Err(Stopped::Refused(refused)) => return Ok(Some(self.refused(mail, refused))),
        };
        self.failures = 0;
        if !self.hand_over(mail).await? {
            if connection.reset().await {
                self.connection = Some(connection);
            }
            return Ok(None);
        }
        match connection.announce().await {
            Begun::Ready => {}
            Begun::Refused(refused) => {
                self.keep(connection).await;
                return Ok(Some(self.refused(mail, refused)));
            }
            Begun::Broken(error) => return Ok(Some(self.unreachable(&error))),
        }
        Ok(Some(match connection.finish(composed).await {
            Ended::Taken => {
                self.keep(connection).await;
                Outcome::Sent
            }
            Ended::Refused(refused) => {
                self.keep(connection).await;
                self.refused(mail, refused)
            }
            Ended::Unknown => {
                tracing::warn!("a mail was handed over and the mail server gave no answer");
                Outcome::Uncertain
            }
        }))
    }

    /// A connection on which sender and recipient are named. One that was open and turns out to
    /// be broken is replaced once: servers close idle ones.
    async fn begin(&mut self, server: &Server, composed: &Composed) -> Result<Connection, Stopped> {
        let kept = self.connection.take().filter(Connection::is_good);
        for kept in [kept, None] {
            let is_kept = kept.as_ref().is_some_and(Connection::is_used);
            let mut connection = match kept {
                Some(connection) => connection,
                None => server.connect().await.map_err(Stopped::Unreachable)?,
            };
            match connection.begin(composed).await {
                Begun::Ready => return Ok(connection),
                Begun::Refused(refused) => {
                    if connection.reset().await {
                        self.connection = Some(connection);
                    }
                    return Err(Stopped::Refused(refused));
                }
                Begun::Broken(_) if is_kept => {}
                Begun::Broken(error) => return Err(Stopped::Unreachable(error)),
            }
        }
        Err(Stopped::Unreachable(Unreachable::because("the connection broke".to_owned())))
    }

    async fn keep(&mut self, connection: Connection) {
        if connection.is_good() {
            self.connection = Some(connection);
        } else {
            connection.quit().await;
        }
    }

    fn refused(&self, mail: &Mail, refused: Refused) -> Outcome {
        match refused {
            Refused::ForGood { reason, bounced } => Outcome::Failed { reason, bounced },
            Refused::ForNow(reason) if mail.attempts + 1 >= pace::MOST_ATTEMPTS => {
                let reason = format!("{reason}, {} times", pace::MOST_ATTEMPTS);
                Outcome::Failed { reason, bounced: false }
            }
            Refused::ForNow(reason) => {
                let wait = pace::wait_of_mail(self.endpoint.config.mail.retry, mail.attempts);
                let next_at = clock::now() + wait.as_millis() as i64;
                Outcome::Later { next_at, reason, counts: true }
            }
        }
    }

    /// The mail server's fault, not the mail's: it goes back, and the sender pauses.
    fn unreachable(&mut self, error: &Unreachable) -> Outcome {
        let wait = pace::wait_of_server(self.endpoint.config.mail.retry, self.failures);
        self.failures = self.failures.saturating_add(1);
        tracing::warn!(%error, seconds = wait.as_secs(), "mails wait for the mail server");
        self.rest = Some(wait);
        let next_at = clock::now();
        Outcome::Later { next_at, reason: error.to_string(), counts: false }
    }

    async fn settle(&self, mail: Mail, outcome: Outcome) -> Result<(), StoreError> {
        self.endpoint.metrics.mail(match &outcome {
            Outcome::Sent => "sent",
            Outcome::Failed { .. } => "failed",
            Outcome::Later { .. } => "later",
            Outcome::Uncertain => "uncertain",
        });
        let settled = self
            .endpoint
            .store
            .call(move |store| store::settle(store, &mail, &outcome, clock::now()));
        settled.await
    }

    /// Sleeps until a mail is due, something was queued, or the endpoint stops.
    async fn wait_for_mail(&mut self) -> Result<(), StoreError> {
        let wake = self.endpoint.post.wake.notified();
        tokio::pin!(wake);
        // From here on a call to wake is heard, so that nothing queued meanwhile is slept over.
        wake.as_mut().enable();
        let due = self.endpoint.store.read(store::next_due).await?;
        let sleep = due.map_or(LONGEST_SLEEP, |due| {
            Duration::from_millis((due - clock::now()).max(0) as u64).min(LONGEST_SLEEP)
        });
        if sleep > IDLE
            && let Some(connection) = self.connection.take()
        {
            connection.quit().await;
        }
        tokio::select! {
            () = tokio::time::sleep(sleep) => {}
            () = wake => {}
            () = stopped(&mut self.stop) => {}
        }
        Ok(())
    }

    async fn pause(&mut self, length: Duration) {
        tokio::select! {
            () = tokio::time::sleep(length) => {}
            () = stopped(&mut self.stop) => {}
        }
    }
}

enum Stopped {
    Refused(Refused),
    Unreachable(Unreachable),
}
