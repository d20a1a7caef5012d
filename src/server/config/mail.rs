//! How mail goes out.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use lettre::Address;
use lettre::message::Mailbox;
use lettre::message::dkim::{
    DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm,
    DkimSigningKey,
};
use lettre::message::header::HeaderName;

use super::file::{DkimAlgorithm, DkimTable, MailTable, SmtpTable, Tls};
use super::{ConfigError, Place};

/// `[mail]`
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// Who mails come from; without it there are no campaigns.
    pub from: Option<Mailbox>,
    /// Where answers go.
    pub reply_to: Option<Mailbox>,
    /// Where mails go that unsubscribe, each with a token behind a plus.
    pub unsubscribe: Option<Address>,
    /// The most mails in a minute, at least 1.
    pub rate_per_minute: u32,
    /// Connections to the mail server at a time, at least 1.
    pub connections: u32,
    /// How long a mail waits that was refused for now; longer each time.
    pub retry: Duration,
    /// Where `.eml` files go without a mail server.
    pub files: PathBuf,
    /// The mail server.
    pub smtp: Option<SmtpSettings>,
    /// What signs the mails.
    pub dkim: Option<DkimSettings>,
}

/// `[mail.smtp]`
#[derive(Clone)]
pub struct SmtpSettings {
    /// Name or address.
    pub host: String,
    /// Usually 587 or 465.
    pub port: u16,
    /// How the connection is kept from others' eyes.
    pub tls: Tls,
    /// Certificates in PEM, trusted besides the public ones.
    pub ca: Option<Vec<u8>>,
    /// Name and password.
    pub login: Option<(String, String)>,
    /// For each answer of the server.
    pub timeout: Duration,
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SmtpSettings({}:{}, {:?})", self.host, self.port, self.tls)
    }
}

/// `[mail.dkim]`, ready to sign.
#[derive(Clone)]
pub struct DkimSettings(pub Arc<DkimConfig>);

impl fmt::Debug for DkimSettings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("DkimSettings(…)")
    }
}

/// What a signature covers: whoever may not change it. RFC 8058 asks for both unsubscription
/// headers. Not `Content-Type`: lettre keeps that of a mail in parts with the parts and names it as
/// signed without having signed it, and every receiver would find the signature broken.
const SIGNED: [&str; 9] = [
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

pub(super) fn checked(place: &Place, table: MailTable) -> Result<MailSettings, ConfigError> {
    let mailbox = |key: &str, text: Option<String>| {
        let parsed = text.map(|text| text.parse::<Mailbox>()).transpose();
        parsed.map_err(|_| place.wrong(key, "an address such as \"Theatre <news@example.org>\""))
    };
    let at_least_1 = |key: &str, value: u32| match value {
        0 => Err(place.wrong(key, "at least 1")),
        value => Ok(value),
    };
    Ok(MailSettings {
        from: mailbox("mail.from", table.from)?,
        reply_to: mailbox("mail.reply_to", table.reply_to)?,
        unsubscribe: checked_unsubscribe(place, table.unsubscribe_address)?,
        rate_per_minute: at_least_1("mail.rate_per_minute", table.rate_per_minute)?,
        connections: at_least_1("mail.connections", table.connections.min(32))?,
        retry: Duration::from_secs(table.retry_seconds.into()),
        files: place.path(&table.files),
        smtp: table.smtp.map(|smtp| checked_smtp(place, smtp)).transpose()?,
        dkim: table.dkim.map(|dkim| checked_dkim(place, dkim)).transpose()?,
    })
}

/// Longest name before the `@` that leaves room for a plus and a token in the 64 letters of RFC 5321.
const MAX_UNSUBSCRIBE_USER: usize = 40;

fn checked_unsubscribe(
    place: &Place,
    text: Option<String>,
) -> Result<Option<Address>, ConfigError> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    let checked = |text: String| {
        let address = text.trim().parse::<Address>().ok().filter(|address| {
            address.user().len() <= MAX_UNSUBSCRIBE_USER && address.user().chars().all(is_plain)
        });
        address.ok_or_else(|| {
            place.wrong(
                "mail.unsubscribe_address",
                format!(
                    "an address such as unsubscribe@example.org: at most {MAX_UNSUBSCRIBE_USER} \
                     letters, digits, dots and dashes before the @"
                ),
            )
        })
    };
    text.map(checked).transpose()
}

fn checked_smtp(place: &Place, table: SmtpTable) -> Result<SmtpSettings, ConfigError> {
    let password = place.secret("mail.smtp.password", table.password, table.password_file)?;
    let login = match (table.user, password) {
        (Some(user), Some(password)) => Some((user, password)),
        (None, None) => None,
        _ => return Err(place.wrong("mail.smtp", "user and password go together")),
    };
    let is_here = table.host == "localhost"
        || table.host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    if table.tls == Tls::None && !is_here {
        return Err(place.wrong(
            "mail.smtp.tls",
            "\"starttls\" or \"implicit\"; \"none\" only for a mail server on this machine",
        ));
    }
    let ca = table.ca_file.map(|file| {
        let file = place.path(&file);
        fs::read(&file).map_err(|source| ConfigError::Unreadable { file, source })
    });
    let usual_port = match table.tls {
        Tls::Starttls => 587,
        Tls::Implicit => 465,
        Tls::None => 25,
    };
    Ok(SmtpSettings {
        host: table.host,
        port: table.port.unwrap_or(usual_port),
        tls: table.tls,
        ca: ca.transpose()?,
        login,
        timeout: Duration::from_secs(table.timeout_seconds.clamp(1, 600)),
    })
}

fn checked_dkim(place: &Place, table: DkimTable) -> Result<DkimSettings, ConfigError> {
    let file = place.path(&table.key_file);
    let key = fs::read_to_string(&file)
        .map_err(|source| ConfigError::Unreadable { file: file.clone(), source })?;
    let (algorithm, allowed) = match table.algorithm {
        DkimAlgorithm::Rsa => (DkimSigningAlgorithm::Rsa, "an RSA key as PKCS#1 in PEM"),
        DkimAlgorithm::Ed25519 => (DkimSigningAlgorithm::Ed25519, "32 bytes in base64"),
    };
    let key = DkimSigningKey::new(key.trim(), algorithm)
        .map_err(|_| place.wrong("mail.dkim.key_file", format!("the file must hold {allowed}")))?;
    let headers = SIGNED.map(HeaderName::new_from_ascii_str).to_vec();
    let relaxed = DkimCanonicalization {
        header: DkimCanonicalizationType::Relaxed,
        body: DkimCanonicalizationType::Relaxed,
    };
    let config = DkimConfig::new(table.selector, table.domain, key, headers, relaxed);
    Ok(DkimSettings(Arc::new(config)))
}
