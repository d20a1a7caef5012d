//! One mail as it goes out: headers, both parts, signature.

use lettre::Message;
use lettre::address::{Address, Envelope};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use crate::server::config::MailSettings;
use crate::server::store::{Letter, Mail};
use crate::wire::{Values, fill_html, fill_text};

/// A mail, ready to be handed over.
#[derive(Debug)]
pub struct Composed {
    /// Who it is from and who gets it.
    pub envelope: Envelope,
    /// All of it, lines ended by CRLF.
    pub text: String,
}

/// Puts a mail together. `None` when its address, or the campaign's letter, cannot be used, which
/// was checked when the campaign was accepted.
pub fn compose(
    mail: &Mail,
    letter: &Letter,
    settings: &MailSettings,
    public_url: &str,
) -> Option<Composed> {
    let from = settings.from.clone()?;
    let page = letter.pages.get(&mail.language)?;
    let to: Address = mail.email.parse().ok()?;
    let name = format!("{} {}", mail.first_name, mail.last_name);
    let name = name.trim();
    let unsubscribe = format!("{public_url}/u/{}", mail.token);
    let mut ways_out = format!("<{unsubscribe}>");
    if let Some(address) = &settings.unsubscribe {
        // Behind the other, which takes one click (RFC 8058); mail programs read the first they know.
        let tagged = unsubscribe_address(address, &mail.token);
        ways_out = format!("{ways_out}, <mailto:{tagged}?subject=unsubscribe>");
    }
    let subject = if mail.test { format!("[Test] {}", page.subject) } else { page.subject.clone() };
    let values = Values {
        first_name: &mail.first_name,
        last_name: &mail.last_name,
        subject: &page.subject,
        text: &page.text,
        offer_name: &letter.offer_name,
        offer_link: &letter.offer_link,
        unsubscribe_link: &unsubscribe,
        sender: sender(&from),
    };
    let text = fill_text(&page.text_layout, &values).ok()?;
    let html = fill_html(&page.html_layout, &values).ok()?;
    let id = format!("<{}.{}@{}>", mail.number, mail.campaign_id, from.email.domain());
    let mut builder = Message::builder()
        .from(from)
        .to(Mailbox::new((!name.is_empty()).then(|| name.to_owned()), to))
        .subject(subject)
        .date_now()
        .message_id(Some(id))
        // On one line each: some mail programs and signatures do not take folded ones.
        .raw_header(one_line("List-Unsubscribe", ways_out))
        .raw_header(one_line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    if let Some(reply_to) = &settings.reply_to {
        builder = builder.reply_to(reply_to.clone());
    }
    let mut message = builder.multipart(MultiPart::alternative_plain_html(text, html)).ok()?;
    if let Some(dkim) = &settings.dkim {
        message.sign(&dkim.0);
    }
    let text = String::from_utf8(message.formatted()).ok()?;
    Some(Composed { envelope: message.envelope().clone(), text })
}

fn one_line(name: &'static str, value: String) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value)
}

/// Who a mail says that it is from.
pub fn sender(from: &Mailbox) -> &str {
    from.name.as_deref().unwrap_or(from.email.domain())
}

/// Where a mail that unsubscribes goes: the address with the token behind a plus.
fn unsubscribe_address(address: &Address, token: &str) -> String {
    format!("{}+{token}@{}", address.user(), address.domain())
}

/// The token of such a mail; `None` for other addresses.
pub fn token_of<'a>(address: &Address, text: &'a str) -> Option<&'a str> {
    let (local, domain) = text.trim().rsplit_once('@')?;
    let (user, token) = local.split_once('+')?;
    let is_own =
        domain.eq_ignore_ascii_case(address.domain()) && user.eq_ignore_ascii_case(address.user());
    is_own.then_some(token)
}

/// An address as mail servers take it: trimmed, its domain in ASCII. `None` when it is none.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    // What has to be quoted is a slip of the hand, not somebody's address.
    let is_plain =
        |letter: char| letter.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(letter);
    if !local.chars().all(is_plain) || text.len() > 254 {
        return None;
    }
    let url::Host::Domain(domain) = url::Host::parse(domain).ok()? else { return None };
    let ends_well = domain.rsplit_once('.').is_some_and(|(before, last)| {
        !before.is_empty() && last.len() >= 2 && !last.bytes().all(|byte| byte.is_ascii_digit())
    });
    let address = format!("{local}@{domain}");
    (ends_well && address.parse::<Address>().is_ok()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_as_people_write_them() {
        for (text, taken) in [
            (" anna@example.org ", "anna@example.org"),
            ("Anna.O'Hara+x@Example.ORG", "Anna.O'Hara+x@example.org"),
            ("åsa@malmö.se", "åsa@xn--malm-8qa.se"),
        ] {
            assert_eq!(address(text).as_deref(), Some(taken), "{text}");
        }
        for text in [
            "anna",
            "anna@",
            "@example.org",
            "anna@example",
            "a b@example.org",
            "a@b@example.org",
            "anna@example.org\nBcc: x@example.org",
            "anna@127.0.0.1",
            "anna@[127.0.0.1]",
            "\"anna\"@example.org",
            "anna@example..org",
            "anna@.org",
            "anna..b@example.org",
            "",
        ] {
            assert_eq!(address(text), None, "{text:?}");
        }
    }
}
