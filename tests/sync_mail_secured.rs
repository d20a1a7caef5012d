//! Mail on its way: the connection secured, the login, the signature.
#![cfg(all(feature = "cli", feature = "server"))]

mod sync_support;

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::Arc;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;
use mail_auth::dkim::generate::DkimKeyPair;
use mail_auth::hickory_resolver::config::{ResolverConfig, ResolverOpts};
use mail_auth::{
    AuthenticatedMessage, DkimResult, MessageAuthenticator, Parameters, ResolverCache, Txt,
};
use rustls::pki_types::PrivateKeyDer;
use serde_json::Value;
use sync_support::smtp::{MailServer, Manner, Received};
use sync_support::theatre::{campaign, done, theatre};

const CAMPAIGNS: &str = "/v1/campaigns";

/// A certificate for `localhost`, in PEM, and a mail server's side of it.
fn certificate() -> (String, Arc<rustls::ServerConfig>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (made.cert.pem(), Arc::new(config))
}

fn smtp(server: &MailServer, tls: &str) -> String {
    format!(
        "[mail.smtp]\nhost = \"localhost\"\nport = {}\ntls = \"{tls}\"\nca_file = \"ca.pem\"\n\
         user = \"news\"\npassword_file = \"smtp-password\"\ntimeout_seconds = 20\n",
        server.port
    )
}

/// One mail, sent over a connection that is secured like this.
fn sent(server: &MailServer, ca: &str, tls: &str) -> Received {
    let venue = theatre("", "", &smtp(server, tls));
    venue.write("ca.pem", ca);
    venue.write("smtp-password", "hemligt å\n");
    let token = venue.token("desk", "campaigns");
    let endpoint = venue.start();
    let id = endpoint.post(CAMPAIGNS, &token, &campaign(1)).ok(202)["id"].clone();
    assert_eq!(done(&endpoint, &token, id.as_str().unwrap())["sent"], 1);
    server.received().remove(0)
}

#[test]
fn a_connection_is_secured_before_anything_is_said_over_it() {
    let (pem, tls) = certificate();
    for (way, server) in [
        ("starttls", MailServer::with(|_| Manner::Take, Some(Arc::clone(&tls)))),
        ("implicit", MailServer::secured_at_once(Arc::clone(&tls))),
    ] {
        let received = sent(&server, &pem, way);
        assert!(received.is_secure, "{way}");
        let login = received.login.unwrap();
        let plain = login.strip_prefix("PLAIN ").unwrap_or_else(|| panic!("{way}: {login}"));
        assert_eq!(STANDARD.decode(plain).unwrap(), "\0news\0hemligt å".as_bytes(), "{way}");
    }
}

#[test]
fn a_server_that_cannot_prove_who_it_is_gets_no_mail_and_no_password() {
    let (_, tls) = certificate();
    let (other, _) = certificate();
    let untrusted = MailServer::with(|_| Manner::Take, Some(tls));
    let unsecured = MailServer::start();
    for (what, server) in [("another's certificate", untrusted), ("no STARTTLS", unsecured)] {
        let venue = theatre("", "retry_seconds = 1\n", &smtp(&server, "starttls"));
        venue.write("ca.pem", &other);
        venue.write("smtp-password", "hemligt");
        let token = venue.token("desk", "campaigns");
        let endpoint = venue.start();
        let id = endpoint.post(CAMPAIGNS, &token, &campaign(1)).ok(202)["id"].clone();
        let path = format!("{CAMPAIGNS}/{}", id.as_str().unwrap());
        server.wait_for_connections(2);
        let status = endpoint.get(&path, &token).ok(200);
        assert_eq!((&status["queued"], &status["sent"]), (&Value::from(1), &Value::from(0)));
        assert_eq!(server.count(), 0, "{what}");
        assert_eq!(server.logins(), Vec::<String>::new(), "{what}");
    }
}

/// The one record that a receiver asks the name server for.
struct Published(Txt);

impl ResolverCache<Box<str>, Txt> for Published {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let own: Box<str> = "publik._domainkey.example.org.".into();
        (own.borrow() == name).then(|| self.0.clone())
    }

    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: Box<str>, _: Txt, _: Instant) {}
}

/// What a receiver thinks of a mail's signature, and which headers that covers.
async fn verified(mail: &[u8], record: &str) -> (DkimResult, Vec<String>) {
    let key = DomainKey::parse(record.as_bytes()).unwrap();
    // No name server is asked: the record is there already.
    let nobody = ResolverConfig::from_parts(None, Vec::new(), Vec::new());
    let receiver = MessageAuthenticator::new(nobody, ResolverOpts::default()).unwrap();
    let published = Published(key.into());
    let message = AuthenticatedMessage::parse(mail).unwrap();
    let results = receiver.verify_dkim(Parameters::new(&message).with_txt_cache(&published)).await;
    assert_eq!(results.len(), 1, "signatures");
    let signature = results[0].signature().unwrap();
    (results[0].result().clone(), signature.h.iter().map(|header| header.to_lowercase()).collect())
}

/// RFC 7468, which wants lines of 64.
fn pem(label: &str, bytes: &[u8]) -> String {
    let text = STANDARD.encode(bytes);
    let lines = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap());
    let lines: Vec<&str> = lines.collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

#[test]
fn a_signature_holds_for_the_mail_as_it_arrives_and_for_no_other() {
    let rsa = DkimKeyPair::generate_rsa(2048).unwrap();
    let rsa_pem = pem("RSA PRIVATE KEY", rsa.private_key());
    let ed25519 = DkimKeyPair::generate_ed25519().unwrap();
    // The seed is the octet string inside the octet string of RFC 8410 section 7.
    let seed = STANDARD.encode(&ed25519.private_key()[16..48]);
    for (algorithm, file, public) in [
        ("rsa", rsa_pem, rsa.encoded_public_key()),
        ("ed25519", seed, ed25519.encoded_public_key()),
    ] {
        let server = MailServer::start();
        let dkim = format!(
            "[mail.dkim]\ndomain = \"example.org\"\nselector = \"publik\"\n\
             algorithm = \"{algorithm}\"\nkey_file = \"dkim.key\"\n"
        );
        let tables = format!("{}{dkim}", sync_support::theatre::smtp(&server));
        let venue = theatre("", "reply_to = \"box@example.org\"", &tables);
        venue.write("dkim.key", &file);
        let token = venue.token("desk", "campaigns");
        let endpoint = venue.start();
        let id = endpoint.post(CAMPAIGNS, &token, &campaign(1)).ok(202)["id"].clone();
        done(&endpoint, &token, id.as_str().unwrap());
        let mail = server.received().remove(0).bytes;
        let record = format!("v=DKIM1; k={algorithm}; p={public}");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (result, headers) = runtime.block_on(verified(&mail, &record));
        assert_eq!(result, DkimResult::Pass, "{algorithm}");
        for header in ["from", "to", "subject", "list-unsubscribe", "list-unsubscribe-post"] {
            assert!(headers.iter().any(|signed| signed == header), "{algorithm}: {headers:?}");
        }
        let text = String::from_utf8(mail).unwrap();
        for (was, becomes) in [("box@example.org", "box@example.net"), ("Svan", "Svin")] {
            assert!(text.contains(was), "{text}");
            let changed = text.replace(was, becomes);
            let (result, _) = runtime.block_on(verified(changed.as_bytes(), &record));
            assert_ne!(result, DkimResult::Pass, "{algorithm}: {was}");
        }
    }
}
