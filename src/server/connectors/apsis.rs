//! APSIS One: profile imports. A CSV file goes to an address that the service gives; each row's
//! profile gets the audience's tag.
//!
//! What the published pages say is kept to: who logs in, where an import is asked for, that the
//! answer holds the address and fields for the file, that files have at most 50 MB, and that three
//! imports may go on at once. They describe neither how a tag is taken away by an import nor how
//! all its bearers are listed, so this connector adds and does nothing else.
//!
//! <https://help.apsis.one/en/articles/6104984-import-profiles-with-the-apsis-one-api>,
//! <https://developer.apsis.com/reference/post_v2-audience-sections-section-discriminator-imports-1>

use std::time::Duration;

use axum::http::Method;
use serde::Deserialize;
use serde_json::json;

use super::client::{Body, Client, ServiceError};
use super::{Connector, Errand, Member, Run, Settled, Tell};
use crate::server::config::{ApsisAudience, ApsisSettings};
use crate::wire::{AudienceOperation, ConnectorAudience};

/// Rows of a file: with the longest cells that are taken still below 50 MB.
const ROWS_OF_A_FILE: usize = 25_000;

/// How often an import is asked about, and how many times.
const ASKED_EACH: Duration = Duration::from_secs(5);
const ASKED_AT_MOST: u32 = 720;

/// The service with its settings.
pub(super) struct Apsis {
    pub(super) client: Client,
    pub(super) settings: ApsisSettings,
}

#[derive(Deserialize)]
struct LoggedIn {
    access_token: String,
}

#[derive(Deserialize)]
struct Import {
    import_id: String,
    file_upload_url: String,
}

#[derive(Deserialize)]
struct Progress {
    status: String,
}

impl Connector for Apsis {
    fn kind(&self) -> &'static str {
        "apsis"
    }

    fn operations(&self) -> &'static [AudienceOperation] {
        &[AudienceOperation::Add]
    }

    fn audiences(&self) -> Vec<ConnectorAudience> {
        let all = self.settings.audiences.iter();
        all.map(|(id, one)| ConnectorAudience { id: id.clone(), name: one.name.clone() }).collect()
    }

    fn run<'a>(&'a self, errand: &'a Errand, tell: Tell<'a>) -> Run<'a> {
        Box::pin(self.send(errand, tell))
    }
}

impl Apsis {
    async fn send(&self, errand: &Errand, tell: Tell<'_>) -> Result<(), ServiceError> {
        let audience = self.settings.audiences.get(&errand.audience).ok_or_else(|| {
            ServiceError::Refused("sync.toml has this audience no more".to_owned())
        })?;
        for members in errand.members.chunks(ROWS_OF_A_FILE) {
            // A login lasts an hour, and an import may take as long.
            let login = self.log_in().await?;
            self.import(&login, audience, members).await?;
            let sent = members.iter().map(|member| member.number).collect();
            tell(Settled { sent, rejected: Vec::new() }).await?;
        }
        Ok(())
    }

    async fn log_in(&self) -> Result<String, ServiceError> {
        let body = Body::json(&json!({
            "client_id": self.settings.client_id,
            "client_secret": self.settings.client_secret,
            "grant_type": "client_credentials",
        }))?;
        let url = format!("{}/oauth/token", self.settings.base_url);
        let answer = self.client.call(Method::POST, &url, None, body).await?;
        Ok(format!("Bearer {}", answer.json::<LoggedIn>()?.access_token))
    }

    async fn import(
        &self,
        login: &str,
        audience: &ApsisAudience,
        members: &[Member],
    ) -> Result<(), ServiceError> {
        let imports = format!(
            "{}/v2/audience/sections/{}/imports",
            self.settings.base_url, self.settings.section
        );
        let asked = Body::json(&json!({
            "keyspace_mapping": {
                "keyspace_discriminator": audience.keyspace,
                "field_selector": "email",
            },
            "options": { "update_existing_profiles": true, "clear_existing_attributes": false },
            "tags": [{ "tag_discriminator": audience.tag, "field_selector": "tag" }],
        }))?;
        let answer = self.client.call(Method::POST, &imports, Some(login), asked).await?;
        let import: Import = answer.json()?;
        // The address carries its own login, so ours does not go there.
        let file = Body::Csv(file(members)?);
        self.client.call(Method::PUT, &import.file_upload_url, None, file).await?;
        let url = format!("{imports}/{}", import.import_id);
        for asked in 0..ASKED_AT_MOST {
            tokio::time::sleep(if asked == 0 { ASKED_EACH / 20 } else { ASKED_EACH }).await;
            let answer = self.client.call(Method::GET, &url, Some(login), Body::Empty).await?;
            match answer.json::<Progress>()?.status.to_ascii_lowercase().as_str() {
                "completed" | "finished" | "success" => return Ok(()),
                "error" | "failed" | "cancelled" => {
                    let reason = "APSIS could not import the file; its report says why";
                    return Err(ServiceError::Refused(reason.to_owned()));
                }
                _ => {}
            }
        }
        let reason = "APSIS has not finished an import for an hour".to_owned();
        Err(ServiceError::Later { reason, after: None })
    }
}

fn file(members: &[Member]) -> Result<Vec<u8>, ServiceError> {
    let written = || -> Result<Vec<u8>, csv::Error> {
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(["email", "tag"])?;
        for member in members {
            let email = member.recipient.email.as_deref().unwrap_or_default().trim();
            out.write_record([email, "true"])?;
        }
        out.into_inner().map_err(|error| error.into_error().into())
    };
    written().map_err(|_| ServiceError::Refused("a file that cannot be written".to_owned()))
}
