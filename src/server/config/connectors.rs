//! Services that audiences go to.

use std::collections::BTreeMap;
use std::fmt;

use super::file::ConnectorTable;
use super::{ConfigError, Place, checked_url};

/// One service.
#[derive(Debug, Clone)]
pub struct ConnectorSettings {
    /// As people call it.
    pub name: String,
    /// Which one, and its own settings.
    pub kind: ConnectorKind,
}

/// The services there are.
#[derive(Debug, Clone)]
pub enum ConnectorKind {
    /// Facebook and Instagram.
    Meta(MetaSettings),
    /// Mailchimp.
    Mailchimp(MailchimpSettings),
    /// APSIS One.
    Apsis(ApsisSettings),
}

/// Settings of Meta's Marketing API.
#[derive(Clone)]
pub struct MetaSettings {
    /// With the version, without a slash at its end.
    pub base_url: String,
    /// The secret.
    pub access_token: String,
    /// By id.
    pub audiences: BTreeMap<String, MetaAudience>,
}

/// A customer file custom audience.
#[derive(Debug, Clone)]
pub struct MetaAudience {
    /// As people call it.
    pub name: String,
    /// Meta's id.
    pub audience_id: String,
}

/// Settings of Mailchimp's Marketing API.
#[derive(Clone)]
pub struct MailchimpSettings {
    /// With the data centre and `/3.0`, without a slash at its end.
    pub base_url: String,
    /// The secret.
    pub api_key: String,
    /// By id.
    pub audiences: BTreeMap<String, MailchimpAudience>,
}

/// A tag on a list.
#[derive(Debug, Clone)]
pub struct MailchimpAudience {
    /// As people call it.
    pub name: String,
    /// The list, which Mailchimp calls an audience.
    pub list_id: String,
    /// The tag, which Mailchimp keeps as a static segment.
    pub segment_id: u64,
    /// What people become who are new to the list.
    pub status_if_new: String,
}

/// Settings of APSIS One.
#[derive(Clone)]
pub struct ApsisSettings {
    /// Without a slash at its end.
    pub base_url: String,
    /// The key's name.
    pub client_id: String,
    /// The secret.
    pub client_secret: String,
    /// The section's discriminator.
    pub section: String,
    /// By id.
    pub audiences: BTreeMap<String, ApsisAudience>,
}

/// A tag in a section.
#[derive(Debug, Clone)]
pub struct ApsisAudience {
    /// As people call it.
    pub name: String,
    /// The keyspace whose keys the addresses are.
    pub keyspace: String,
    /// The tag's discriminator.
    pub tag: String,
}

/// Settings without their secret.
macro_rules! shown_without_secret {
    ($($settings:ty),*) => {$(
        impl fmt::Debug for $settings {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.debug_struct(stringify!($settings)).field("base_url", &self.base_url)
                    .field("audiences", &self.audiences).finish_non_exhaustive()
            }
        }
    )*};
}

shown_without_secret!(MetaSettings, MailchimpSettings, ApsisSettings);

pub(super) fn checked(
    place: &Place,
    tables: BTreeMap<String, ConnectorTable>,
) -> Result<BTreeMap<String, ConnectorSettings>, ConfigError> {
    let connectors = tables.into_iter().map(|(id, table)| {
        let settings = checked_one(place, &format!("connectors.{id}"), table)?;
        Ok((id, settings))
    });
    connectors.collect()
}

fn checked_one(
    place: &Place,
    key: &str,
    table: ConnectorTable,
) -> Result<ConnectorSettings, ConfigError> {
    let url = |url: &str| checked_url(place, &format!("{key}.base_url"), url);
    let secret = |name: &str, value, file| {
        let key = format!("{key}.{name}");
        place
            .secret(&key, value, file)?
            .filter(|secret| !secret.is_empty())
            .ok_or_else(|| place.wrong(&key, format!("missing; {name} or {name}_file is needed")))
    };
    Ok(match table {
        ConnectorTable::Meta { name, base_url, access_token, access_token_file, audiences } => {
            let audiences = audiences.into_iter().map(|(id, audience)| {
                let audience_id = audience.audience_id;
                (id, MetaAudience { name: audience.name, audience_id })
            });
            let kind = ConnectorKind::Meta(MetaSettings {
                base_url: url(&base_url)?,
                access_token: secret("access_token", access_token, access_token_file)?,
                audiences: audiences.collect(),
            });
            ConnectorSettings { name, kind }
        }
        ConnectorTable::Mailchimp { name, base_url, api_key, api_key_file, audiences } => {
            for (id, audience) in &audiences {
                let statuses = ["subscribed", "pending", "transactional"];
                if !statuses.contains(&audience.status_if_new.as_str()) {
                    let key = format!("{key}.audiences.{id}.status_if_new");
                    return Err(place.wrong(key, "subscribed, pending or transactional"));
                }
            }
            let audiences = audiences.into_iter().map(|(id, audience)| {
                let audience = MailchimpAudience {
                    name: audience.name,
                    list_id: audience.list_id,
                    segment_id: audience.segment_id,
                    status_if_new: audience.status_if_new,
                };
                (id, audience)
            });
            let kind = ConnectorKind::Mailchimp(MailchimpSettings {
                base_url: url(&base_url)?,
                api_key: secret("api_key", api_key, api_key_file)?,
                audiences: audiences.collect(),
            });
            ConnectorSettings { name, kind }
        }
        ConnectorTable::Apsis {
            name,
            base_url,
            client_id,
            client_secret,
            client_secret_file,
            section,
            audiences,
        } => {
            let audiences = audiences.into_iter().map(|(id, audience)| {
                let (keyspace, tag) = (audience.keyspace, audience.tag);
                (id, ApsisAudience { name: audience.name, keyspace, tag })
            });
            let kind = ConnectorKind::Apsis(ApsisSettings {
                base_url: url(&base_url)?,
                client_id,
                client_secret: secret("client_secret", client_secret, client_secret_file)?,
                section,
                audiences: audiences.collect(),
            });
            ConnectorSettings { name, kind }
        }
    })
}
