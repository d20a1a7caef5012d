//! Facebook and Instagram: Meta's Marketing API, customer file custom audiences. Recipients come
//! hashed; only the customer id, which Meta calls the external id, does not.
//!
//! <https://developers.facebook.com/docs/marketing-api/reference/custom-audience/users>,
//! <https://developers.facebook.com/docs/marketing-api/reference/custom-audience/usersreplace>

use axum::http::Method;
use serde::Deserialize;
use serde_json::json;

use super::client::{Body, Client, ServiceError};
use super::{Connector, Errand, Member, Run, Settled, Tell};
use crate::server::config::MetaSettings;
use crate::wire::{AudienceOperation, ConnectorAudience};

/// Rows of a call, as documented.
const ROWS_OF_A_CALL: usize = 10_000;

/// What a row's cells are.
const SCHEMA: [&str; 8] = ["EXTERN_ID", "EMAIL", "PHONE", "FN", "LN", "CT", "ZIP", "COUNTRY"];

/// The service with its settings.
pub(super) struct Meta {
    pub(super) client: Client,
    pub(super) settings: MetaSettings,
}

#[derive(Deserialize)]
struct Received {
    #[serde(default)]
    num_invalid_entries: u64,
}

impl Connector for Meta {
    fn kind(&self) -> &'static str {
        "meta"
    }

    fn operations(&self) -> &'static [AudienceOperation] {
        &[AudienceOperation::Replace, AudienceOperation::Add, AudienceOperation::Remove]
    }

    fn audiences(&self) -> Vec<ConnectorAudience> {
        let all = self.settings.audiences.iter();
        all.map(|(id, one)| ConnectorAudience { id: id.clone(), name: one.name.clone() }).collect()
    }

    fn is_hashed(&self) -> bool {
        true
    }

    fn run<'a>(&'a self, errand: &'a Errand, tell: Tell<'a>) -> Run<'a> {
        Box::pin(self.send(errand, tell))
    }
}

impl Meta {
    async fn send(&self, errand: &Errand, tell: Tell<'_>) -> Result<(), ServiceError> {
        let audience = self.settings.audiences.get(&errand.audience).ok_or_else(|| {
            ServiceError::Refused("sync.toml has this audience no more".to_owned())
        })?;
        let (method, edge) = match errand.operation {
            AudienceOperation::Add => (Method::POST, "users"),
            AudienceOperation::Remove => (Method::DELETE, "users"),
            AudienceOperation::Replace => (Method::POST, "usersreplace"),
        };
        let url = format!("{}/{}/{edge}", self.settings.base_url, audience.audience_id);
        let batches = errand.members.len().div_ceil(ROWS_OF_A_CALL);
        let mut invalid = 0;
        for (at, members) in errand.members.chunks(ROWS_OF_A_CALL).enumerate() {
            let rows: Vec<[&str; 8]> = members.iter().map(row).collect();
            let payload = json!({ "schema": SCHEMA, "data": rows }).to_string();
            let session = json!({
                "session_id": errand.session,
                "batch_seq": at + 1,
                "last_batch_flag": at + 1 == batches,
                "estimated_num_total": errand.members.len(),
            });
            let body = Body::form(&[
                ("payload", &payload),
                ("session", &session.to_string()),
                ("access_token", &self.settings.access_token),
            ]);
            let answer = self.client.call(method.clone(), &url, None, body).await?;
            invalid += answer.json::<Received>()?.num_invalid_entries;
            let sent = members.iter().map(|member| member.number).collect();
            tell(Settled { sent, rejected: Vec::new() }).await?;
        }
        if invalid > 0 {
            // Meta gives a number, not the rows.
            tracing::warn!(invalid, "the service could not read some rows");
        }
        Ok(())
    }
}

fn row(member: &Member) -> [&str; 8] {
    let recipient = &member.recipient;

    [
        &recipient.id,
        cell(recipient.email.as_ref()),
        cell(recipient.phone.as_ref()),
        cell(recipient.first_name.as_ref()),
        cell(recipient.last_name.as_ref()),
        cell(recipient.city.as_ref()),
        cell(recipient.postal_code.as_ref()),
        cell(recipient.country.as_ref()),
    ]
}

fn cell(cell: Option<&String>) -> &str {
    cell.map(String::as_str).unwrap_or_default()
}
