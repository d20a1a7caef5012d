//! Meta's customer list: what is normalised, and its hash.
//!
//! As Meta's documentation has it: Letters beyond a to z stay, in UTF-8. Meta's own libraries drop
//! them, which the documentation's example `valéry` shows to be wrong.

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

use super::address::{composed, hex, is_good, key, sha256};
use super::people::Person;

/// The columns, in order.
pub(super) const HEADERS: [&str; 7] = ["email", "phone", "fn", "ln", "ct", "zip", "country"];
/// What they are made of.
pub(super) const COLUMNS: [&str; 7] =
    ["email", "phone", "first_name", "last_name", "city", "postal_code", "country"];
/// Positions of the two by which somebody is found.
pub(super) const EMAIL: u32 = 0;
/// See [`EMAIL`].
pub(super) const PHONE: u32 = 1;

/// One customer's cells as they are hashed. `phone` are the digits of E.164, 0 for none.
pub(super) fn cells(person: &Person<'_>, phone: u64) -> [String; 7] {
    let is_address = is_good(person.email);
    [
        if is_address { email(person.email) } else { String::new() },
        if phone == 0 { String::new() } else { phone.to_string() },
        name(person.first_name),
        name(person.last_name),
        town(person.city),
        postcode(person.postal_code),
        country(person.country),
    ]
}

/// An address as it is hashed.
fn email(address: &str) -> String {
    key(&composed(address))
}

/// A first or last name: without punctuation and white space.
fn name(name: &str) -> String {
    lower(name).chars().filter(|letter| !is_dropped(*letter)).collect()
}

/// A town: without punctuation, white space and digits.
fn town(town: &str) -> String {
    let kept = |letter: &char| !is_dropped(*letter) && !is_digit(*letter);
    lower(town).chars().filter(kept).collect()
}

/// A postcode: without white space and hyphens.
fn postcode(postcode: &str) -> String {
    lower(postcode).chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect()
}

/// A country's alpha-2 code; empty where the cell is something else.
fn country(country: &str) -> String {
    let code = lower(country);
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_code { code } else { String::new() }
}

/// The SHA-256 of a normalised value; what is empty stays empty.
pub(super) fn hashed(value: &str) -> String {
    let mut digits = String::new();
    if !value.is_empty() {
        digits.reserve(64);
        hex(&sha256(value), &mut digits);
    }
    digits
}

fn lower(text: &str) -> String {
    composed(text).trim().to_lowercase()
}

fn is_dropped(letter: char) -> bool {
    use GeneralCategory as Category;
    // ASCII first, since it is what names are mostly made of; `^` and the like are punctuation to
    // whoever writes them, though not to Unicode.
    if letter.is_ascii() {
        return letter.is_ascii_punctuation() || letter.is_whitespace();
    }
    letter.is_whitespace()
        || matches!(
            category(letter),
            Category::ConnectorPunctuation
                | Category::DashPunctuation
                | Category::OpenPunctuation
                | Category::ClosePunctuation
                | Category::InitialPunctuation
                | Category::FinalPunctuation
                | Category::OtherPunctuation
        )
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
        || !letter.is_ascii() && category(letter) == GeneralCategory::DecimalNumber
}

fn category(letter: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_hash_to_the_vectors_of_metas_documentation() {
        for (value, hash) in [
            (
                email(" John_Smith@gmail.com "),
                "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
            ),
            (
                "16505551212".to_owned(),
                "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176",
            ),
            (name("Mary"), "6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec"),
            (name("Valéry"), "08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c"),
            // The same name, its accent written behind the letter.
            (
                name("Vale\u{301}ry"),
                "08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c",
            ),
            (name("정"), "8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14"),
        ] {
            assert_eq!(hashed(&value), hash, "{value}");
        }
        assert_eq!(hashed(""), "");
    }

    #[test]
    fn punctuation_white_space_and_digits_go_where_they_should() {
        assert_eq!(name(" D’Arc-Östman, Åsa\u{a0}2:a "), "darcöstmanåsa2a");
        assert_eq!(town("S:t Eriks-by 12 ٣"), "steriksby");
        assert_eq!(postcode(" SW1A-1AA \u{2003}x"), "sw1a1aax");
        assert_eq!((country(" se "), country("Sverige")), ("se".to_owned(), String::new()));
    }
}
