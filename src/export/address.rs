//! E-mail addresses: which can be written to, and which are the same.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;
use sha2::{Digest, Sha256};

/// The most bytes of an address, and of the part before its `@` (RFC 5321).
const MAX_BYTES: usize = 254;
const MAX_LOCAL_BYTES: usize = 64;
/// The most bytes of a label of a domain (RFC 1035).
const MAX_LABEL_BYTES: usize = 63;

/// An address by which it is compared: trimmed, in Unicode lower case.
pub(super) fn key(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Whether mail can be sent to a trimmed address as far as one can see: something without spaces,
/// quotes or brackets, one `@`, and a domain with a dot whose labels are letters, digits and
/// inner hyphens. Letters need not be ASCII.
pub(super) fn is_good(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else { return false };
    address.len() <= MAX_BYTES
        && local.len() <= MAX_LOCAL_BYTES
        && local.split('.').all(|part| !part.is_empty() && part.chars().all(is_local))
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

fn is_local(letter: char) -> bool {
    letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(letter) || is_mark(letter)
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= MAX_LABEL_BYTES
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-' || is_mark(letter))
}

/// An accent that stands behind its letter.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// A text in Unicode's composed form, so that one word has one spelling.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// SHA-256 of a text's UTF-8.
pub(super) fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Bytes in lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            out.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_good_when_mail_can_be_sent_there() {
        for address in [
            "a@b.se",
            "anna.o'hara+x@sub.example.co.uk",
            "åsa@räksmörgås.se",
            "1@2.se",
            "a@xn--4ca.se",
        ] {
            assert!(is_good(address), "{address}");
        }
        let long = format!("{}@b.se", "a".repeat(65));
        for address in [
            "",
            "@",
            "a",
            "a@",
            "@b.se",
            "a@b",
            "a@@b.se",
            "a@b@c.se",
            "a b@c.se",
            "a@b .se",
            "a@.se",
            "a@b.",
            "a@b..se",
            ".a@b.se",
            "a.@b.se",
            "a..b@c.se",
            "a@-b.se",
            "a@b-.se",
            "a,b@c.se",
            "<a@b.se>",
            "a@b.se;c@d.se",
            "a@b_c.se",
            "\"a\"@b.se",
            long.as_str(),
        ] {
            assert!(!is_good(address), "{address}");
        }
    }

    #[test]
    fn addresses_are_the_same_without_outer_spaces_and_case() {
        assert_eq!(key("  Anna.ÅS@Example.SE\u{a0}"), "anna.ås@example.se");
    }
}
