//! `sync.toml` as it is written.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default = "listen")]
    pub listen: String,
    pub public_url: Option<String>,
    #[serde(default = "store")]
    pub store: PathBuf,
    #[serde(default)]
    pub origins: Vec<String>,
    pub app: Option<PathBuf>,
    pub offers: Option<PathBuf>,
    pub time_zone: Option<String>,
    pub layouts: Option<PathBuf>,
    #[serde(default = "language")]
    pub default_language: String,
    #[serde(default)]
    pub link_hosts: Vec<String>,
    #[serde(default)]
    pub test_addresses: Vec<String>,
    #[serde(default = "max_recipients_per_day")]
    pub max_recipients_per_day: u64,
    #[serde(default = "retain_days")]
    pub retain_days: u32,
    #[serde(default)]
    pub flags: BTreeMap<String, String>,
    #[serde(default)]
    pub mail: MailTable,
    #[serde(default)]
    pub connectors: BTreeMap<String, ConnectorTable>,
}

fn listen() -> String {
    "127.0.0.1:8787".to_owned()
}

fn store() -> PathBuf {
    PathBuf::from("sync.db")
}

fn language() -> String {
    "en".to_owned()
}

fn max_recipients_per_day() -> u64 {
    20_000
}

fn retain_days() -> u32 {
    30
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct MailTable {
    pub from: Option<String>,
    pub reply_to: Option<String>,
    pub unsubscribe_address: Option<String>,
    pub rate_per_minute: u32,
    pub connections: u32,
    pub files: PathBuf,
    pub retry_seconds: u32,
    pub smtp: Option<SmtpTable>,
    pub dkim: Option<DkimTable>,
}

impl Default for MailTable {
    fn default() -> MailTable {
        MailTable {
            from: None,
            reply_to: None,
            unsubscribe_address: None,
            rate_per_minute: 120,
            connections: 2,
            files: PathBuf::from("outbox"),
            retry_seconds: 60,
            smtp: None,
            dkim: None,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SmtpTable {
    pub host: String,
    pub port: Option<u16>,
    #[serde(default)]
    pub tls: Tls,
    pub ca_file: Option<PathBuf>,
    pub user: Option<String>,
    pub password: Option<String>,
    pub password_file: Option<PathBuf>,
    #[serde(default = "timeout_seconds")]
    pub timeout_seconds: u64,
}

fn timeout_seconds() -> u64 {
    60
}

/// How the connection to the mail server is kept from others' eyes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// The server must offer `STARTTLS`.
    #[default]
    Starttls,
    /// From the first byte.
    Implicit,
    /// Not at all.
    None,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DkimTable {
    pub domain: String,
    pub selector: String,
    #[serde(default)]
    pub algorithm: DkimAlgorithm,
    pub key_file: PathBuf,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum DkimAlgorithm {
    #[default]
    Rsa,
    Ed25519,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum ConnectorTable {
    Meta {
        name: String,
        #[serde(default = "meta_url")]
        base_url: String,
        access_token: Option<String>,
        access_token_file: Option<PathBuf>,
        #[serde(default)]
        audiences: BTreeMap<String, MetaAudienceTable>,
    },
    Mailchimp {
        name: String,
        base_url: String,
        api_key: Option<String>,
        api_key_file: Option<PathBuf>,
        #[serde(default)]
        audiences: BTreeMap<String, MailchimpAudienceTable>,
    },
    Apsis {
        name: String,
        #[serde(default = "apsis_url")]
        base_url: String,
        client_id: String,
        client_secret: Option<String>,
        client_secret_file: Option<PathBuf>,
        section: String,
        #[serde(default)]
        audiences: BTreeMap<String, ApsisAudienceTable>,
    },
}

fn meta_url() -> String {
    "https://graph.facebook.com/v25.0".to_owned()
}

fn apsis_url() -> String {
    "https://api.apsis.one".to_owned()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MetaAudienceTable {
    pub name: String,
    pub audience_id: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailchimpAudienceTable {
    pub name: String,
    pub list_id: String,
    pub segment_id: u64,
    #[serde(default = "subscribed")]
    pub status_if_new: String,
}

fn subscribed() -> String {
    "subscribed".to_owned()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApsisAudienceTable {
    pub name: String,
    #[serde(default = "email_keyspace")]
    pub keyspace: String,
    pub tag: String,
}

fn email_keyspace() -> String {
    "com.apsis1.keyspaces.email".to_owned()
}
