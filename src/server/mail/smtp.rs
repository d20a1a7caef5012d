//! One connection to the mail server, driven command by command: only so is it known, when
//! something breaks, whether the server can have the mail.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail as From, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};

use super::compose::Composed;
use crate::server::config::{SmtpSettings, Tls};

/// Mails after which a connection is given up: some servers take no more on one.
const MAILS_OF_A_CONNECTION: u32 = 100;

/// Why the mail server takes no mail at all. Never holds a name or an address.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct Unreachable(String);

impl Unreachable {
    /// For this reason.
    pub fn because(reason: String) -> Unreachable {
        Unreachable(reason)
    }
}

/// A refusal by the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// 4xx, with code and enhanced code.
    ForNow(String),
    /// 5xx, with code and enhanced code; whether it is the recipient's address that is refused.
    ForGood {
        /// Codes only: the server's words may hold the address.
        reason: String,
        /// Whether the address gets no further mail.
        bounced: bool,
    },
}

/// How far a mail came before the server could have it.
#[derive(Debug)]
pub enum Begun {
    /// The server waits for the mail itself.
    Ready,
    /// The server does not want it.
    Refused(Refused),
    /// The connection broke; the server has nothing.
    Broken(Unreachable),
}

/// What came after the mail itself was sent.
#[derive(Debug)]
pub enum Ended {
    /// The server has it.
    Taken,
    /// The server does not want it.
    Refused(Refused),
    /// No answer: nobody knows.
    Unknown,
}

/// Opens connections.
#[derive(Clone)]
pub struct Server {
    settings: Arc<SmtpSettings>,
    tls: Option<TlsParameters>,
    name: ClientId,
}

impl fmt::Debug for Server {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(out)
    }
}

impl Server {
    /// Prepares what every connection needs.
    ///
    /// # Errors
    /// A host that no certificate can be for, or certificates that are none.
    pub fn new(settings: SmtpSettings, own_name: &str) -> Result<Server, Unreachable> {
        let tls = match settings.tls {
            Tls::None => None,
            Tls::Starttls | Tls::Implicit => Some(tls(&settings)?),
        };
        let name = ClientId::Domain(own_name.to_owned());
        Ok(Server { settings: Arc::new(settings), tls, name })
    }

    /// Connects, secures the connection and logs in.
    ///
    /// # Errors
    /// Whatever keeps it from that.
    pub async fn connect(&self) -> Result<Connection, Unreachable> {
        let limit = self.settings.timeout;
        let connected = tokio::time::timeout(limit, self.connected()).await;
        let inner = connected
            .map_err(|_| Unreachable("the mail server does not answer".to_owned()))?
            .map_err(|error| Unreachable(described(&error)))?;
        Ok(Connection { inner, limit, mails: 0 })
    }

    async fn connected(&self) -> Result<AsyncSmtpConnection, Error> {
        let settings = &self.settings;
        let address = (settings.host.as_str(), settings.port);
        let at_once = match settings.tls {
            Tls::Implicit => self.tls.clone(),
            Tls::Starttls | Tls::None => None,
        };
        let limit = Some(settings.timeout);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, limit, &self.name, at_once, None).await?;
        if let (Tls::Starttls, Some(tls)) = (settings.tls, &self.tls) {
            connection.starttls(tls.clone(), &self.name).await?;
        }
        if let Some((user, password)) = &settings.login {
            let credentials = Credentials::new(user.clone(), password.clone());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&mechanisms, &credentials).await?;
        }
        Ok(connection)
    }
}

fn tls(settings: &SmtpSettings) -> Result<TlsParameters, Unreachable> {
    let mut builder: TlsParametersBuilder = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.ca {
        let wrong = |_| Unreachable("mail.smtp.ca_file holds no certificate in PEM".to_owned());
        for certificate in certificates(pem) {
            let certificate = Certificate::from_pem(certificate.as_bytes()).map_err(wrong)?;
            builder = builder.add_root_certificate(certificate);
        }
    }
    builder.build_rustls().map_err(|error| Unreachable(described(&error)))
}

/// Each certificate of a file by itself.
fn certificates(pem: &[u8]) -> Vec<String> {
    const END: &str = "-----END CERTIFICATE-----";
    let text = String::from_utf8_lossy(pem);
    let whole = text.split_inclusive(END).filter(|part| part.contains(END));
    whole.map(str::to_owned).collect()
}

/// A connection that mails go over, one after the other.
pub struct Connection {
    inner: AsyncSmtpConnection,
    limit: Duration,
    mails: u32,
}

impl Connection {
    /// Whether another mail may go over it.
    pub fn is_good(&self) -> bool {
        !self.inner.has_broken() && self.mails < MAILS_OF_A_CONNECTION
    }

    /// Whether it has carried a mail: one that breaks at its first mail is no stale one.
    pub fn is_used(&self) -> bool {
        self.mails > 0
    }

    /// Names sender and recipient. The server has nothing of the mail yet.
    pub async fn begin(&mut self, mail: &Composed) -> Begun {
        self.mails += 1;
        let mut parameters = Vec::new();
        let addresses = mail.envelope.to().iter().chain(mail.envelope.from());
        if !addresses.map(AsRef::<str>::as_ref).all(str::is_ascii) {
            if !self.inner.server_info().supports_feature(Extension::SmtpUtfEight) {
                let reason = "the mail server takes no address with such letters".to_owned();
                return Begun::Refused(Refused::ForGood { reason, bounced: false });
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !mail.text.is_ascii() {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let from = From::new(mail.envelope.from().cloned(), parameters);
        if let Err(begun) = self.command(from.to_string(), false).await {
            return begun;
        }
        for to in mail.envelope.to() {
            let to = Rcpt::new(to.clone(), Vec::new()).to_string();
            if let Err(begun) = self.command(to, true).await {
                return begun;
            }
        }
        Begun::Ready
    }

    /// Asks whether the mail itself may come. The server has nothing of it yet.
    pub async fn announce(&mut self) -> Begun {
        self.command(Data.to_string(), false).await.err().unwrap_or(Begun::Ready)
    }

    async fn command(&mut self, command: String, names_recipient: bool) -> Result<(), Begun> {
        let answer = tokio::time::timeout(self.limit, self.inner.command(command)).await;
        match answer {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => match refused(&error, names_recipient) {
                Some(refused) => Err(Begun::Refused(refused)),
                None => Err(Begun::Broken(Unreachable(described(&error)))),
            },
            Err(_) => Err(Begun::Broken(Unreachable("the mail server does not answer".to_owned()))),
        }
    }

    /// Sends the mail itself and waits for the answer.
    pub async fn finish(&mut self, mail: &Composed) -> Ended {
        // RFC 5321 section 4.5.3.2.6: servers may take their time here, and an early end means
        // that nobody knows.
        let limit = self.limit.saturating_mul(10);
        let ended = tokio::time::timeout(limit, self.inner.command(as_data(&mail.text))).await;
        match ended {
            Ok(Ok(_)) => Ended::Taken,
            Ok(Err(error)) => refused(&error, false).map_or(Ended::Unknown, Ended::Refused),
            Err(_) => Ended::Unknown,
        }
    }

    /// Takes back what was begun; `false` when the connection is of no more use.
    pub async fn reset(&mut self) -> bool {
        matches!(tokio::time::timeout(self.limit, self.inner.command(Rset)).await, Ok(Ok(_)))
    }

    /// Ends the connection politely.
    pub async fn quit(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(5), self.inner.quit()).await;
    }
}

/// A mail as it follows `DATA`, with the line that ends it: RFC 5321 section 4.5.2. The crate's own function sends
/// that line by itself, and it then waits 40 ms for the server's delayed acknowledgement of the mail.
fn as_data(mail: &str) -> String {
    let lines = mail.strip_suffix("\r\n").unwrap_or(mail);
    let first = if lines.starts_with('.') { "." } else { "" };
    format!("{first}{}\r\n.\r\n", lines.replace("\r\n.", "\r\n.."))
}

/// A negative answer of the server; `None` for whatever else went wrong.
fn refused(error: &Error, names_recipient: bool) -> Option<Refused> {
    let code = error.status()?;
    let words = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let enhanced = enhanced_code(&words);
    let reason = match &enhanced {
        Some(enhanced) => format!("{code} {enhanced}"),
        None => code.to_string(),
    };
    if error.is_transient() {
        return Some(Refused::ForNow(reason));
    }
    let bounced = names_recipient && is_bounce(&code.to_string(), enhanced.as_deref());
    Some(Refused::ForGood { reason, bounced })
}

/// Whether this refusal of a recipient means that there is no such address (RFC 3463): *bad
/// destination* and *mailbox disabled*, but neither policy nor the sender.
fn is_bounce(code: &str, enhanced: Option<&str>) -> bool {
    match enhanced {
        Some("5.1.7" | "5.1.8") => false,
        Some(enhanced) => enhanced.starts_with("5.1.") || enhanced == "5.2.1",
        None => matches!(code, "550" | "551" | "553"),
    }
}

/// `5.1.1` at the beginning of a server's words.
fn enhanced_code(words: &str) -> Option<String> {
    let first = words.split_whitespace().next()?;
    let is_number = |part: &str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_code = first.split('.').count() == 3 && first.split('.').all(is_number);
    (is_code && first.starts_with(['2', '4', '5'])).then(|| first.to_owned())
}

/// What went wrong, without the words of the server: they may hold an address.
fn described(error: &Error) -> String {
    if let Some(code) = error.status() {
        return format!("the mail server answered {code}");
    }
    if error.is_tls() {
        return "the connection to the mail server could not be secured".to_owned();
    }
    if error.is_client() {
        return error.to_string();
    }
    "the connection to the mail server failed".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_do_not_exist_are_bounces() {
        for (code, enhanced, bounced) in [
            ("550", None, true),
            ("550", Some("5.1.1"), true),
            ("550", Some("5.2.1"), true),
            ("552", Some("5.2.2"), false),
            ("550", Some("5.7.1"), false),
            ("554", None, false),
            ("553", Some("5.1.8"), false),
        ] {
            assert_eq!(is_bounce(code, enhanced), bounced, "{code} {enhanced:?}");
        }
    }

    #[test]
    fn no_line_of_a_mail_ends_it() {
        for (mail, data) in [
            ("a: b\r\n\r\nc\r\n", "a: b\r\n\r\nc\r\n.\r\n"),
            ("a\r\n.\r\n..b\r\n", "a\r\n..\r\n...b\r\n.\r\n"),
            (".", "..\r\n.\r\n"),
            ("a.\r\n\r\n", "a.\r\n\r\n.\r\n"),
        ] {
            assert_eq!(as_data(mail), data, "{mail:?}");
        }
    }

    #[test]
    fn an_enhanced_code_is_found_where_it_belongs() {
        assert_eq!(enhanced_code("5.1.1 <x@y> unknown").as_deref(), Some("5.1.1"));
        assert_eq!(enhanced_code("unknown 5.1.1"), None);
        assert_eq!(enhanced_code("5.1 x"), None);
    }
}
