//! Mailchimp's Marketing API. An audience is a tag, which Mailchimp keeps as a static segment of a
//! list. People who are new to the list get `status_if_new`; the status of those who are there is
//! never touched, so nobody who left is subscribed again, and taking somebody out takes the tag
//! only.
//!
//! <https://mailchimp.com/developer/marketing/api/list-members/add-or-update-list-member/>,
//! <https://mailchimp.com/developer/marketing/api/batch-operations/>,
//! <https://mailchimp.com/developer/marketing/api/list-segments/batch-add-or-remove-members/>

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::time::Duration;

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use serde::Deserialize;
use serde_json::{Value, json};

use super::client::{Answer, Body, Client, ServiceError};
use super::{Connector, Errand, Member, Run, Settled, Tell};
use crate::server::config::{MailchimpAudience, MailchimpSettings};
use crate::wire::{AudienceOperation, ConnectorAudience};

/// Members of a call to a segment, as documented; operations of a batch are kept to the same.
const ROWS_OF_A_CALL: usize = 500;

/// Longest text of a field, in bytes: Mailchimp cuts what is longer.
const MAX_FIELD_BYTES: usize = 255;

/// How often a batch is asked about, and how many times.
const ASKED_EACH: Duration = Duration::from_secs(2);
const ASKED_AT_MOST: u32 = 1800;

/// The service with its settings.
pub(super) struct Mailchimp {
    pub(super) client: Client,
    pub(super) settings: MailchimpSettings,
}

#[derive(Deserialize)]
struct Batch {
    id: String,
    status: String,
    #[serde(default)]
    errored_operations: u64,
}

#[derive(Deserialize)]
struct Members {
    members: Vec<ListMember>,
    total_items: usize,
}

#[derive(Deserialize)]
struct ListMember {
    email_address: String,
}

#[derive(Deserialize)]
struct Changed {
    #[serde(default)]
    errors: Vec<ChangeError>,
}

#[derive(Deserialize)]
struct ChangeError {
    #[serde(default)]
    email_addresses: Vec<String>,
}

impl Connector for Mailchimp {
    fn kind(&self) -> &'static str {
        "mailchimp"
    }

    fn operations(&self) -> &'static [AudienceOperation] {
        &[AudienceOperation::Replace, AudienceOperation::Add, AudienceOperation::Remove]
    }

    fn audiences(&self) -> Vec<ConnectorAudience> {
        let all = self.settings.audiences.iter();
        all.map(|(id, one)| ConnectorAudience { id: id.clone(), name: one.name.clone() }).collect()
    }

    fn run<'a>(&'a self, errand: &'a Errand, tell: Tell<'a>) -> Run<'a> {
        Box::pin(self.send(errand, tell))
    }
}

impl Mailchimp {
    async fn send(&self, errand: &Errand, tell: Tell<'_>) -> Result<(), ServiceError> {
        let audience = self.settings.audiences.get(&errand.audience).ok_or_else(|| {
            ServiceError::Refused("sync.toml has this audience no more".to_owned())
        })?;
        if errand.operation == AudienceOperation::Replace {
            self.remove_others(audience, &errand.members).await?;
        }
        for members in errand.members.chunks(ROWS_OF_A_CALL) {
            let mut settled = Settled::default();
            let mut present: Vec<&Member> = members.iter().collect();
            if errand.operation != AudienceOperation::Remove {
                present = self.put_all(audience, members, &mut settled).await?;
            }
            let field = match errand.operation {
                AudienceOperation::Remove => "members_to_remove",
                AudienceOperation::Add | AudienceOperation::Replace => "members_to_add",
            };
            let addresses: Vec<&str> = present.iter().map(|member| address(member)).collect();
            let refused = self.change(audience, field, &addresses).await?;
            for member in present {
                if refused.contains(&address(member).to_lowercase()) {
                    let reason = "Mailchimp does not take this address into the segment";
                    settled.rejected.push((member.number, reason.to_owned()));
                } else {
                    settled.sent.push(member.number);
                }
            }
            tell(settled).await?;
        }
        Ok(())
    }

    async fn call(&self, method: Method, path: &str, body: Body) -> Result<Answer, ServiceError> {
        let login = STANDARD.encode(format!("publik:{}", self.settings.api_key));
        let url = format!("{}{path}", self.settings.base_url);
        self.client.call(method, &url, Some(&format!("Basic {login}")), body).await
    }

    /// Puts members on the list, in one batch. When some of it failed each is put by itself, which
    /// changes nothing for the others and tells who it was.
    async fn put_all<'a>(
        &self,
        audience: &MailchimpAudience,
        members: &'a [Member],
        settled: &mut Settled,
    ) -> Result<Vec<&'a Member>, ServiceError> {
        let operations: Vec<Value> = members
            .iter()
            .map(|member| {
                json!({
                    "method": "PUT",
                    "path": member_path(audience, member),
                    "operation_id": member.number.to_string(),
                    "body": member_body(audience, member).to_string(),
                })
            })
            .collect();
        let body = Body::json(&json!({ "operations": operations }))?;
        let mut batch: Batch = self.call(Method::POST, "/batches", body).await?.json()?;
        let mut asked = 0;
        while batch.status != "finished" {
            if asked == ASKED_AT_MOST {
                return Err(ServiceError::Later {
                    reason: "Mailchimp has not finished a batch for an hour".to_owned(),
                    after: None,
                });
            }
            asked += 1;
            tokio::time::sleep(if asked == 1 { ASKED_EACH / 10 } else { ASKED_EACH }).await;
            let path = format!("/batches/{}", batch.id);
            batch = self.call(Method::GET, &path, Body::Empty).await?.json()?;
        }
        if batch.errored_operations == 0 {
            return Ok(members.iter().collect());
        }
        let mut present = Vec::new();
        for member in members {
            let body = Body::json(&member_body(audience, member))?;
            match self.call(Method::PUT, &member_path(audience, member), body).await {
                Ok(_) => present.push(member),
                Err(ServiceError::Refused(reason)) => {
                    settled.rejected.push((member.number, reason));
                }
                Err(later) => return Err(later),
            }
        }
        Ok(present)
    }

    /// Changes the segment; gives the addresses, in lower case, that the service refused though it
    /// answered 200.
    async fn change(
        &self,
        audience: &MailchimpAudience,
        field: &str,
        addresses: &[&str],
    ) -> Result<HashSet<String>, ServiceError> {
        if addresses.is_empty() {
            return Ok(HashSet::new());
        }
        let path = format!("/lists/{}/segments/{}", audience.list_id, audience.segment_id);
        let body = Body::json(&HashMap::from([(field, addresses)]))?;
        let changed: Changed = self.call(Method::POST, &path, body).await?.json()?;
        let refused = changed.errors.into_iter().flat_map(|error| error.email_addresses);
        Ok(refused.map(|address| address.to_lowercase()).collect())
    }

    async fn remove_others(
        &self,
        audience: &MailchimpAudience,
        members: &[Member],
    ) -> Result<(), ServiceError> {
        let wanted: HashSet<String> =
            members.iter().map(|member| address(member).to_lowercase()).collect();
        let path = format!("/lists/{}/segments/{}/members", audience.list_id, audience.segment_id);
        let mut others: Vec<String> = Vec::new();
        let mut offset = 0;
        loop {
            let query = format!(
                "{path}?count=1000&offset={offset}&fields=members.email_address,total_items"
            );
            let page: Members = self.call(Method::GET, &query, Body::Empty).await?.json()?;
            offset += page.members.len();
            let is_last = page.members.is_empty() || offset >= page.total_items;
            let addresses = page.members.into_iter().map(|member| member.email_address);
            others.extend(addresses.filter(|address| !wanted.contains(&address.to_lowercase())));
            if is_last {
                break;
            }
        }
        for others in others.chunks(ROWS_OF_A_CALL) {
            let addresses: Vec<&str> = others.iter().map(String::as_str).collect();
            self.change(audience, "members_to_remove", &addresses).await?;
        }
        Ok(())
    }
}

fn address(member: &Member) -> &str {
    member.recipient.email.as_deref().unwrap_or_default().trim()
}

/// Members are named by the MD5 of the address in lower case.
fn member_path(audience: &MailchimpAudience, member: &Member) -> String {
    let hash = Md5::digest(address(member).to_lowercase());
    let hash = hash.iter().fold(String::with_capacity(32), |mut hex, byte| {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    format!("/lists/{}/members/{hash}", audience.list_id)
}

fn member_body(audience: &MailchimpAudience, member: &Member) -> Value {
    let recipient = &member.recipient;
    let mut names = serde_json::Map::new();
    for (field, name) in [("FNAME", &recipient.first_name), ("LNAME", &recipient.last_name)] {
        if let Some(name) = name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
            names.insert(field.to_owned(), cut(name).into());
        }
    }
    let mut body = json!({
        "email_address": address(member),
        "status_if_new": audience.status_if_new,
        "merge_fields": names,
    });
    if let Some(language) = recipient.language.as_deref().filter(|language| !language.is_empty()) {
        body["language"] = language.into();
    }
    body
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(MAX_FIELD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::AudienceRecipient;

    #[test]
    fn members_are_named_by_the_hash_of_their_address() {
        let audience = MailchimpAudience {
            name: "x".to_owned(),
            list_id: "l1".to_owned(),
            segment_id: 7,
            status_if_new: "pending".to_owned(),
        };
        let recipient = AudienceRecipient {
            id: "K1".to_owned(),
            email: Some(" Urist.McVankab@freddiesjokes.com ".to_owned()),
            first_name: Some("å".repeat(200)),
            ..AudienceRecipient::default()
        };
        let member = Member { number: 1, recipient };
        assert_eq!(
            member_path(&audience, &member),
            "/lists/l1/members/62eeb292278cc15f5817cb78f7790b08"
        );
        let body = member_body(&audience, &member);
        assert_eq!((&body["status_if_new"], body.get("status")), (&json!("pending"), None));
        assert_eq!(body["merge_fields"]["FNAME"].as_str().unwrap().len(), 254);
    }
}
