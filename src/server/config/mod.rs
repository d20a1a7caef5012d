//! `sync.toml`: read, checked whole before anything starts, with every path made absolute.

mod connectors;
mod file;
mod mail;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use url::Url;

pub use connectors::{
    ApsisAudience, ApsisSettings, ConnectorKind, ConnectorSettings, MailchimpAudience,
    MailchimpSettings, MetaAudience, MetaSettings,
};
pub use file::Tls;
pub use mail::{DkimSettings, MailSettings, SmtpSettings};

/// What `publik sync init` writes.
pub const TEMPLATE: &str = include_str!("sync.toml");

/// Everything that a venue decides about its endpoint.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen; port 0 takes any free one.
    pub listen: SocketAddr,
    /// The address from outside, without a slash at its end.
    pub public_url: String,
    /// The SQLite file.
    pub store: PathBuf,
    /// Origins that may call from a browser.
    pub origins: Vec<String>,
    /// A folder with the app.
    pub app: Option<PathBuf>,
    /// `offers.csv`.
    pub offers: Option<PathBuf>,
    /// The venue's time zone, unless a `venue.toml` beside the offers tells it.
    pub time_zone: Option<String>,
    /// The folder of layouts.
    pub layouts: Option<PathBuf>,
    /// The language of mails whose recipient's own is missing.
    pub default_language: String,
    /// Hosts that links in a text may lead to, in lower case; `*.` in front means those below.
    pub link_hosts: Vec<String>,
    /// Where tests may go, trimmed and in lower case.
    pub test_addresses: Vec<String>,
    /// In 24 hours, tests aside.
    pub max_recipients_per_day: u64,
    /// Days after a campaign's end.
    pub retain_days: u32,
    /// Names by id.
    pub flags: BTreeMap<String, String>,
    /// How mail goes out.
    pub mail: MailSettings,
    /// Services by id.
    pub connectors: BTreeMap<String, ConnectorSettings>,
}

/// Why a configuration is none.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It, or a file that it names, cannot be read.
    #[error("{}: {source}", file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is no TOML, or has keys that mean nothing.
    #[error("{}: {message}", file.display())]
    NotToml {
        /// The configuration.
        file: PathBuf,
        /// With line and column.
        message: String,
    },
    /// A value that cannot be.
    #[error("{}: {key}: {message}", file.display())]
    Value {
        /// The configuration.
        file: PathBuf,
        /// Its path, such as `mail.smtp.tls`.
        key: String,
        /// What is wrong and what is allowed; never a secret.
        message: String,
    },
}

/// A configuration on its way in: where it stands, for paths and messages.
#[derive(Debug, Clone)]
struct Place {
    file: PathBuf,
    folder: PathBuf,
}

impl Place {
    fn path(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }

    fn wrong(&self, key: impl Into<String>, message: impl Into<String>) -> ConfigError {
        ConfigError::Value { file: self.file.clone(), key: key.into(), message: message.into() }
    }

    /// A secret that stands in the configuration or in a file of its own; `None` without either.
    fn secret(
        &self,
        key: &str,
        value: Option<String>,
        file: Option<PathBuf>,
    ) -> Result<Option<String>, ConfigError> {
        match (value, file) {
            (Some(_), Some(_)) => {
                Err(self.wrong(key, format!("either {key} or {key}_file, not both")))
            }
            (value, None) => Ok(value),
            (None, Some(file)) => {
                let file = self.path(&file);
                let text = fs::read_to_string(&file)
                    .map_err(|source| ConfigError::Unreadable { file, source })?;
                Ok(Some(text.trim().to_owned()))
            }
        }
    }
}

impl Config {
    /// Reads and checks a configuration and the secrets that it points at.
    ///
    /// # Errors
    /// What makes it unusable, with file, key and what is allowed.
    pub fn read(file: &Path) -> Result<Config, ConfigError> {
        let unreadable = |source| ConfigError::Unreadable { file: file.to_owned(), source };
        let text = fs::read_to_string(file).map_err(unreadable)?;
        let absolute = std::path::absolute(file).map_err(unreadable)?;
        let folder = absolute.parent().unwrap_or(Path::new("/")).to_owned();
        Config::parse(&text, &Place { file: file.to_owned(), folder })
    }

    fn parse(text: &str, place: &Place) -> Result<Config, ConfigError> {
        let file: file::File = toml::from_str(text).map_err(|error| ConfigError::NotToml {
            file: place.file.clone(),
            message: without_values(&error, text),
        })?;
        let listen = file.listen.parse().map_err(|_| {
            place.wrong("listen", "an address and a port, such as 127.0.0.1:8787 or [::]:8787")
        })?;
        let public_url = match &file.public_url {
            Some(url) => checked_url(place, "public_url", url)?,
            None => format!("http://{}", file.listen),
        };
        let origins = file.origins.iter().enumerate().map(|(at, origin)| {
            checked_origin(origin)
                .ok_or_else(|| place.wrong(format!("origins[{at}]"), "https://host, nothing else"))
        });
        let origins = origins.collect::<Result<_, _>>()?;
        for (id, name) in &file.flags {
            let bad = |text: &str| text.is_empty() || text.chars().any(char::is_control);
            if bad(id) || bad(name) {
                return Err(place.wrong("flags", "ids and names without control characters"));
            }
        }
        let config = Config {
            listen,
            public_url,
            store: place.path(&file.store),
            origins,
            app: file.app.map(|app| place.path(&app)),
            offers: file.offers.map(|offers| place.path(&offers)),
            time_zone: file.time_zone,
            layouts: file.layouts.map(|layouts| place.path(&layouts)),
            default_language: file.default_language,
            link_hosts: file.link_hosts.iter().map(|host| host.trim().to_lowercase()).collect(),
            test_addresses: file
                .test_addresses
                .iter()
                .map(|address| address.trim().to_lowercase())
                .collect(),
            max_recipients_per_day: file.max_recipients_per_day,
            retain_days: file.retain_days,
            flags: file.flags,
            mail: mail::checked(place, file.mail)?,
            connectors: connectors::checked(place, file.connectors)?,
        };
        config.check_app(place)?;
        Ok(config)
    }

    /// Nothing that is served may hold what is not for others' eyes.
    fn check_app(&self, place: &Place) -> Result<(), ConfigError> {
        let Some(app) = &self.app else { return Ok(()) };
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let app = real(app);
        let secret_files =
            [Some(place.folder.as_path()), self.store.parent(), Some(&self.mail.files)];
        for folder in secret_files.into_iter().flatten() {
            if real(folder).starts_with(&app) {
                let holds = folder.display();
                return Err(place.wrong(
                    "app",
                    format!("this folder is open to everybody and must not hold {holds}"),
                ));
            }
        }
        Ok(())
    }
}

/// What the parser says, without the line that it quotes: that may hold a secret.
fn without_values(error: &toml::de::Error, text: &str) -> String {
    let message = error.message();
    match error.span() {
        Some(span) => {
            let before = &text[..span.start.min(text.len())];
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
            format!("line {line}, column {column}: {message}")
        }
        None => message.to_owned(),
    }
}

/// An address that calls or links begin with, without the slash at its end.
fn checked_url(place: &Place, key: &str, text: &str) -> Result<String, ConfigError> {
    let url = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())
        .filter(|url| url.query().is_none() && url.fragment().is_none())
        .filter(|url| url.username().is_empty() && url.password().is_none())
        .ok_or_else(|| place.wrong(key, "an address such as https://sync.example.org"))?;
    if url.scheme() == "http" && !is_loopback(&url) {
        return Err(place.wrong(key, "https; http only for this machine itself"));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn checked_origin(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let origin = url.origin().ascii_serialization();
    (url.scheme().starts_with("http") && origin == text.trim_end_matches('/')).then_some(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        let place = Place { file: "sync.toml".into(), folder: "/venue".into() };
        Config::parse(text, &place)
    }

    #[test]
    fn what_init_writes_is_a_configuration() {
        let config = parse(TEMPLATE).unwrap();
        assert_eq!(config.store, Path::new("/venue/sync.db"));
        assert_eq!(config.max_recipients_per_day, 20_000);
        assert_eq!(config.retain_days, 30);
        assert!(config.mail.smtp.is_none());
    }

    #[test]
    fn every_line_that_init_comments_out_is_right_too() {
        let uncommented: Vec<&str> = TEMPLATE
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(rest) if rest.starts_with('[') || rest.contains(" = ") && !prose(rest) => rest,
                _ => line,
            })
            .filter(|line| !line.contains("_file ="))
            .collect();
        let with_secrets = uncommented
            .join("\n")
            .replace("kind = \"meta\"", "kind = \"meta\"\naccess_token = \"x\"")
            .replace("kind = \"mailchimp\"", "kind = \"mailchimp\"\napi_key = \"x\"")
            .replace("kind = \"apsis\"", "kind = \"apsis\"\nclient_secret = \"x\"")
            .replace("user = \"news\"", "user = \"news\"\npassword = \"x\"")
            .replace("ca_file = \"ca.pem\"\n", "");
        // The key of DKIM has no form but a file.
        let start = with_secrets.find("[mail.dkim]").unwrap();
        let end = with_secrets.find("[connectors.meta]").unwrap();
        let text = format!("{}{}", &with_secrets[..start], &with_secrets[end..]);
        let config = parse(&text).unwrap();
        assert_eq!(config.connectors.len(), 3);
        assert_eq!(config.flags["vip"], "VIP");
        assert!(config.mail.smtp.is_some());
    }

    fn prose(line: &str) -> bool {
        line.starts_with(char::is_uppercase) || line.starts_with('"') || line.starts_with("HTML")
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line_and_without_any_value() {
        let error = parse("store = \"a.db\"\npasword = \"hunter2\"\n").unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("pasword"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        assert!(parse("public_url = \"http://127.0.0.1:1\"").is_ok());
        assert!(parse("public_url = \"https://sync.example.org/\"").is_ok());
        let error = parse("public_url = \"http://sync.example.org\"").unwrap_err().to_string();
        assert!(error.contains("public_url: https"), "{error}");
    }

    #[test]
    fn an_app_folder_that_holds_the_store_is_refused() {
        let error = parse("app = \".\"").unwrap_err().to_string();
        assert!(error.contains("app: this folder is open to everybody"), "{error}");
    }
}
