//! Services that audiences go to, each behind the same trait.

mod apsis;
mod client;
mod mailchimp;
mod meta;
mod runner;

use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

pub use client::ServiceError;
pub use runner::{Errands, start};

use crate::server::config::{ConnectorKind, ConnectorSettings};
use crate::wire::{self, AudienceOperation, AudienceRecipient, ConnectorAudience};
use client::Client;

/// A recipient on the way to a service.
#[derive(Debug, Clone)]
pub struct Member {
    /// The row.
    pub number: i64,
    /// What came from the page.
    pub recipient: AudienceRecipient,
}

/// What is to be done.
#[derive(Debug)]
pub struct Errand {
    /// The audience's id in the configuration.
    pub audience: String,
    /// What.
    pub operation: AudienceOperation,
    /// Unique to this attempt.
    pub session: u64,
    /// With whom.
    pub members: Vec<Member>,
}

/// A part of the members of which the service has said what it did.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Rows that it took.
    pub sent: Vec<i64>,
    /// Rows that it did not, and why.
    pub rejected: Vec<(i64, String)>,
}

/// Hears what a service has said; `false` when nobody wants to hear more.
pub type Tell<'a> = &'a mut (dyn FnMut(Settled) -> Told + Send);

/// The end of telling.
pub type Told = Pin<Box<dyn Future<Output = Result<(), ServiceError>> + Send>>;

/// The end of an errand.
pub type Run<'a> = Pin<Box<dyn Future<Output = Result<(), ServiceError>> + Send + 'a>>;

/// A service that audiences go to.
pub trait Connector: Send + Sync {
    /// `meta`, `mailchimp` or `apsis`.
    fn kind(&self) -> &'static str;

    /// What it can do.
    fn operations(&self) -> &'static [AudienceOperation];

    /// Where recipients can go.
    fn audiences(&self) -> Vec<ConnectorAudience>;

    /// Whether recipients come hashed.
    fn is_hashed(&self) -> bool {
        false
    }

    /// Hands members over, and tells after each part what became of it. Every operation may be
    /// repeated without harm.
    fn run<'a>(&'a self, errand: &'a Errand, tell: Tell<'a>) -> Run<'a>;
}

/// A service, and what people call it.
type Named = (String, Box<dyn Connector>);

/// The services of a configuration, by id.
#[derive(Clone, Default)]
pub struct Connectors {
    by_id: Arc<BTreeMap<String, Named>>,
}

impl fmt::Debug for Connectors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.by_id.keys()).finish()
    }
}

impl Connectors {
    /// Makes each of them ready.
    pub fn new(settings: &BTreeMap<String, ConnectorSettings>) -> Connectors {
        let client = Client::default();
        let by_id = settings.iter().map(|(id, settings)| {
            let client = client.clone();
            let connector: Box<dyn Connector> = match settings.kind.clone() {
                ConnectorKind::Meta(settings) => Box::new(meta::Meta { client, settings }),
                ConnectorKind::Mailchimp(settings) => {
                    Box::new(mailchimp::Mailchimp { client, settings })
                }
                ConnectorKind::Apsis(settings) => Box::new(apsis::Apsis { client, settings }),
            };
            (id.clone(), (settings.name.clone(), connector))
        });
        Connectors { by_id: Arc::new(by_id.collect()) }
    }

    /// One of them.
    pub fn get(&self, id: &str) -> Option<&dyn Connector> {
        self.by_id.get(id).map(|(_, connector)| connector.as_ref())
    }

    /// All of them, as the page sees them.
    pub fn list(&self) -> Vec<wire::Connector> {
        let all = self.by_id.iter().map(|(id, (name, connector))| wire::Connector {
            id: id.clone(),
            name: name.clone(),
            operations: connector.operations().to_vec(),
            kind: connector.kind().to_owned(),
            audiences: connector.audiences(),
        });
        all.collect()
    }
}
