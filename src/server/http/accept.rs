//! Whether a campaign may go out, and who of its recipients gets it.

use std::collections::{BTreeMap, HashSet};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::Transaction;

use super::check::{Findings, customer_ids, line, view_reference};
use super::refusal::Refusal;
use crate::server::Endpoint;
use crate::server::clock::{self, MINUTE};
use crate::server::layouts::{self, LayoutError};
use crate::server::links::foreign_hosts;
use crate::server::mail::address;
use crate::server::offers::Offers;
use crate::server::store::{self, Letter, LetterPage, NewRecipient};
use crate::wire::{
    CampaignRequest, DEFAULT_DELAY_MINUTES, LayoutContent, MAX_AHEAD_MINUTES, MAX_TEST_RECIPIENTS,
    Mode, Recipient, SkipReason, Skipped, address_sha256,
};

/// Longest text, in letters.
const MAX_TEXT: usize = 100_000;

/// A campaign that may go out.
#[derive(Debug)]
pub(super) struct Accepted {
    /// What its mails are put together from.
    pub letter: Letter,
    /// Who gets it.
    pub recipients: Vec<NewRecipient>,
    /// Who does not.
    pub skipped: Vec<Skipped>,
    /// When it leaves.
    pub sends_at: i64,
}

/// Checks a campaign and parts its recipients.
///
/// # Errors
/// 404 for an offer that is not there, 422 for everything else that is not allowed.
pub(super) fn accept(
    endpoint: &Endpoint,
    store: &Transaction<'_>,
    request: &CampaignRequest,
    now: i64,
) -> Result<Accepted, Refusal> {
    let config = &endpoint.config;
    let offers = Offers::read(config.offers.as_deref(), config.time_zone.as_deref());
    let offers = offers.map_err(|error| {
        tracing::error!(%error, "the offers cannot be read");
        Refusal::field("offer", "the endpoint cannot read its offers; its log says why")
    })?;
    let offer = offers
        .get(&request.offer)
        .ok_or_else(|| Refusal::not_found("offers.csv on the endpoint has no offer of this id"))?;
    let mut findings = Findings::default();
    if config.mail.from.is_none() {
        findings.add("", "the endpoint sends no mail: mail.from is missing in its sync.toml");
    }
    match &request.mode {
        Mode::All => findings.add("mode", "a special offer is for an event or a production"),
        mode if !offers.belongs(offer, mode) => {
            findings.add("offer", "it belongs neither to the mode's event nor to its production");
        }
        _ if !offer.is_running(now) => findings.add("offer", "it is not running now"),
        _ => {}
    }
    let sends_at = sends_at(&mut findings, request, now);
    check_words(&mut findings, request, &config.link_hosts);
    let layout = checked_layout(endpoint, &mut findings, request);
    customer_ids(&mut findings, "recipients", request.recipients.iter().map(|one| one.id.as_str()));
    if request.recipients.is_empty() {
        findings.add("recipients", "at least one");
    }
    if request.test {
        check_test(&mut findings, &request.recipients, &config.test_addresses);
    }
    findings.none()?;
    let letter = letter(request, layout, &offer.name, &offer.link);
    let (recipients, skipped) = part(store, request, &letter.pages, &config.default_language)?;
    Ok(Accepted { letter, recipients, skipped, sends_at })
}

fn sends_at(findings: &mut Findings, request: &CampaignRequest, now: i64) -> i64 {
    let wanted = match &request.send_after {
        None => now + DEFAULT_DELAY_MINUTES * MINUTE,
        Some(text) => match clock::parse(text) {
            Some(moment) if moment <= now + MAX_AHEAD_MINUTES * MINUTE => moment.max(now),
            Some(_) => {
                findings.add("send_after", format!("at most {MAX_AHEAD_MINUTES} minutes ahead"));
                now
            }
            None => {
                findings.add("send_after", "a time such as 2026-11-21T19:30:00Z (RFC 3339)");
                now
            }
        },
    };
    if request.test { now } else { wanted }
}

fn check_words(findings: &mut Findings, request: &CampaignRequest, hosts: &[String]) {
    for (language, words) in &request.texts {
        let at = |field: &str| format!("texts.{language}.{field}");
        line(findings, &at("subject"), &words.subject, false);
        let is_text = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t');
        if words.text.trim().is_empty()
            || words.text.chars().count() > MAX_TEXT
            || !words.text.chars().all(is_text)
        {
            findings.add(at("text"), format!("1 to {MAX_TEXT} letters of plain text"));
        }
        for (field, text) in [("subject", &words.subject), ("text", &words.text)] {
            if text.contains("{{") {
                findings.add(at(field), "{{…}} belongs in the layout; this is sent as it stands");
            }
            for host in foreign_hosts(text, hosts) {
                let what = host.map_or_else(
                    || "an address that is no plain http or https link".to_owned(),
                    |host| format!("a link to {host:?}"),
                );
                let allowed = if hosts.is_empty() { "none".to_owned() } else { hosts.join(", ") };
                findings.add(at(field), format!("{what}; links may lead to: {allowed}"));
            }
        }
    }
    if let Some(reason) = &request.ungated_reason {
        line(findings, "ungated_reason", reason, false);
    }
    view_reference(findings, request.view.as_ref());
}

fn checked_layout(
    endpoint: &Endpoint,
    findings: &mut Findings,
    request: &CampaignRequest,
) -> Option<LayoutContent> {
    let fallback = &endpoint.config.default_language;
    if !request.texts.contains_key(fallback) {
        findings.add(
            format!("texts.{fallback}"),
            "missing; it is for everybody whose own language is not there",
        );
    }
    match layouts::layout(endpoint.config.layouts.as_deref(), &request.layout) {
        Ok(layout) if layout.languages.contains_key(fallback) => Some(layout),
        Ok(_) => {
            let message = format!("the layout lacks the language {fallback:?}, which is needed");
            findings.add("layout", message);
            None
        }
        Err(error @ LayoutError::Unreadable { .. }) => {
            tracing::error!(%error, "a layout cannot be read");
            findings.add("layout", "the endpoint cannot read it; its log says why");
            None
        }
        Err(error) => {
            findings.add("layout", error.to_string());
            None
        }
    }
}

fn check_test(findings: &mut Findings, recipients: &[Recipient], allowed: &[String]) {
    if recipients.len() > MAX_TEST_RECIPIENTS {
        findings.add("recipients", format!("at most {MAX_TEST_RECIPIENTS} in a test"));
        return;
    }
    for (at, recipient) in recipients.iter().enumerate() {
        let address = recipient.email.as_deref().unwrap_or_default().trim().to_lowercase();
        if !allowed.contains(&address) {
            findings.add(
                format!("recipients[{at}].email"),
                "a test goes only to test_addresses of the endpoint's sync.toml",
            );
        }
    }
}

/// The languages that text and layout both have.
fn letter(
    request: &CampaignRequest,
    layout: Option<LayoutContent>,
    offer_name: &str,
    offer_link: &str,
) -> Letter {
    let languages = layout.map(|layout| layout.languages).unwrap_or_default();
    let pages = languages.into_iter().filter_map(|(language, page)| {
        let words = request.texts.get(&language)?;
        let page = LetterPage {
            subject: words.subject.clone(),
            text: words.text.clone(),
            html_layout: page.html,
            text_layout: page.text,
        };
        Some((language, page))
    });
    Letter {
        offer_name: offer_name.to_owned(),
        offer_link: offer_link.to_owned(),
        pages: pages.collect(),
    }
}

/// Who gets the mail and who does not, in the order of the request. The first of several with one
/// address, or one id, gets it.
fn part(
    store: &Transaction<'_>,
    request: &CampaignRequest,
    pages: &BTreeMap<String, LetterPage>,
    default_language: &str,
) -> Result<(Vec<NewRecipient>, Vec<Skipped>), Refusal> {
    let (mut recipients, mut skipped) = (Vec::new(), Vec::new());
    let (mut addresses, mut ids) = (HashSet::new(), HashSet::new());
    let mut secrets = vec![0_u8; request.recipients.len() * 16];
    getrandom::fill(&mut secrets).map_err(|error| {
        tracing::error!(%error, "the system gives no random bytes");
        Refusal::fault()
    })?;
    for (recipient, secret) in request.recipients.iter().zip(secrets.chunks_exact(16)) {
        let skip = |reason| Skipped { id: recipient.id.clone(), reason };
        let written = recipient.email.as_deref().unwrap_or_default();
        if written.trim().is_empty() {
            skipped.push(skip(SkipReason::NoAddress));
            continue;
        }
        let Some(email) = address(written) else {
            skipped.push(skip(SkipReason::BadAddress));
            continue;
        };
        let sha256 = address_sha256(written);
        if !request.test && store::is_suppressed(store, &sha256)? {
            skipped.push(skip(SkipReason::Suppressed));
            continue;
        }
        // Two spellings of one domain reach one person.
        let is_new = addresses.insert(email.to_lowercase()) && ids.insert(recipient.id.as_str());
        if !is_new {
            skipped.push(skip(SkipReason::Duplicate));
            continue;
        }
        let own = recipient.language.as_deref().unwrap_or_default();
        let language = if pages.contains_key(own) { own } else { default_language };
        recipients.push(NewRecipient {
            customer: recipient.id.clone(),
            email,
            sha256,
            first_name: one_line(recipient.first_name.as_deref()),
            last_name: one_line(recipient.last_name.as_deref()),
            language: language.to_owned(),
            token: URL_SAFE_NO_PAD.encode(secret),
        });
    }
    Ok((recipients, skipped))
}

/// A name as it stands in a greeting and behind `To:`.
fn one_line(name: Option<&str>) -> String {
    let name = name.unwrap_or_default();
    let plain: String =
        name.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.trim().chars().take(100).collect()
}
