//! Numbers for whoever watches the endpoint, in the text form of Prometheus.

use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    /// The pattern, so that no id is in it.
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

/// Everything that is counted since the start.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Histogram,
    /// Calls with a token that is none.
    pub wrong_tokens: Counter,
    /// Mails that have not gone out yet.
    pub mails_queued: Gauge,
    mails: Family<Outcome, Counter>,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("publik_sync");
        let requests = Family::default();
        registry.register("requests", "Calls by method, route and status", requests.clone());
        let seconds = Histogram::new(exponential_buckets(0.001, 2.0, 16));
        registry.register("request_seconds", "Time to an answer", seconds.clone());
        let wrong_tokens = Counter::default();
        registry.register("wrong_tokens", "Calls with a wrong token", wrong_tokens.clone());
        let mails_queued = Gauge::default();
        registry.register("mails_queued", "Mails that have not gone out", mails_queued.clone());
        let mails = Family::default();
        registry.register("mails", "What became of mails", mails.clone());
        Metrics { registry, requests, seconds, wrong_tokens, mails_queued, mails }
    }
}

impl Metrics {
    /// Counts an answer.
    pub fn answered(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let route = route.to_owned();
        self.requests.get_or_create(&Answered { method, route, status }).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// Counts a mail by what became of it.
    pub fn mail(&self, outcome: &'static str) {
        self.mails.get_or_create(&Outcome { outcome }).inc();
    }

    /// All of it as text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing into a string cannot fail.
        let _ = text::encode(&mut out, &self.registry);
        out
    }
}
