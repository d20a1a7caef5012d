//! Finding people by what is typed: their id, name, address, e-mail, phone, town or postcode.
//!
//! All that is searched of a customer stands in one text, in lower case and without accents, so
//! that one pass over it finds a word. `asvik` finds *Åsvik*; `åsvik` does not find *Asvik*.

use std::borrow::Cow;

use icu_normalizer::DecomposingNormalizerBorrowed;
use memchr::memmem::Finder;

use super::order::RowSet;
use crate::model::{Contacts, TextColumn};

/// The columns of the contacts that are searched, and the customers' ids besides.
const SEARCHED: [&str; 7] =
    ["first_name", "last_name", "address", "email", "phone", "city", "postal_code"];
/// Between the columns of a customer: nobody types it.
const BETWEEN: char = '\u{1f}';
/// Fewer digits than these are looked for as they are, not as part of a phone number.
const LEAST_PHONE_DIGITS: usize = 3;

/// What is searched of all customers.
#[derive(Debug, Default)]
pub struct Haystack {
    plain: String,
    ends: Vec<usize>,
}

impl Haystack {
    /// Of the ids, and of the contacts where they are there.
    pub fn of(ids: &TextColumn, contacts: Option<&Contacts>) -> Haystack {
        let columns = columns(contacts);
        let phone = contacts.and_then(|contacts| contacts.column("phone"));
        let bytes: usize = columns.iter().map(|column| column.text_bytes() + ids.len()).sum();
        let mut plain = String::with_capacity(ids.text_bytes() + bytes + 8 * ids.len());
        let mut ends = Vec::with_capacity(ids.len());
        for (row, id) in ids.iter().enumerate() {
            push_plain(&mut plain, id);
            for column in &columns {
                plain.push(BETWEEN);
                push_plain(&mut plain, column.get(row));
            }
            plain.push(BETWEEN);
            // The postcode without its gap, and the digits of the phone number.
            if let Some(code) = contacts.and_then(|contacts| contacts.column("postal_code")) {
                plain.extend(code.get(row).chars().filter(|letter| !letter.is_whitespace()));
                plain.push(BETWEEN);
            }
            if let Some(phone) = phone {
                plain.extend(phone.get(row).chars().filter(char::is_ascii_digit));
            }
            plain.push(BETWEEN);
            ends.push(plain.len());
        }
        Haystack { plain, ends }
    }

    /// The rows that hold every word of what is typed; a number typed in groups is one word too.
    pub fn find(&self, typed: &str, ids: &TextColumn, contacts: Option<&Contacts>) -> RowSet {
        let mut found = RowSet::none(self.ends.len());
        self.add(&Words::of(typed), ids, contacts, &mut found);
        if let Some(digits) = phone_digits(typed) {
            let words = Words { plain: vec![digits], accented: Vec::new() };
            self.add(&words, ids, contacts, &mut found);
        }
        found
    }

    fn add(
        &self,
        words: &Words,
        ids: &TextColumn,
        contacts: Option<&Contacts>,
        found: &mut RowSet,
    ) {
        let Some(longest) = words.plain.iter().max_by_key(|word| word.len()) else { return };
        let finders: Vec<Finder> =
            words.plain.iter().map(|word| Finder::new(word.as_bytes())).collect();
        let first = Finder::new(longest.as_bytes());
        let columns = columns(contacts);
        let bytes = self.plain.as_bytes();
        let mut from = 0;
        while let Some(at) = first.find(&bytes[from..]) {
            let row = self.ends.partition_point(|end| *end <= from + at);
            let start = if row == 0 { 0 } else { self.ends[row - 1] };
            let of_row = &bytes[start..self.ends[row]];
            let has_all = finders.iter().all(|finder| finder.find(of_row).is_some())
                && words.accented.iter().all(|word| {
                    let mut texts = columns.iter().map(|column| column.get(row));
                    ids.get(row).to_lowercase().contains(word)
                        || texts.any(|text| text.to_lowercase().contains(word))
                });
            if has_all {
                found.insert(row as u32);
            }
            from = self.ends[row];
        }
    }
}

fn columns(contacts: Option<&Contacts>) -> Vec<&TextColumn> {
    let column = |name: &&str| contacts?.column(name);
    SEARCHED.iter().filter_map(column).collect()
}

/// The words that are looked for.
#[derive(Debug, PartialEq, Eq)]
struct Words {
    /// As they stand in the haystack.
    plain: Vec<String>,
    /// Those with accents, which a second look compares as they are, in lower case.
    accented: Vec<String>,
}

impl Words {
    fn of(typed: &str) -> Words {
        let words = typed.split_whitespace().map(str::to_lowercase);
        let mut plain = Vec::new();
        let mut accented = Vec::new();
        for word in words {
            let mut folded = String::new();
            push_plain(&mut folded, &word);
            if !folded.is_empty() {
                plain.push(folded);
            }
            if !word.is_ascii() {
                accented.push(word);
            }
        }
        Words { plain, accented }
    }
}

/// The digits of what looks like a phone number or a number in groups, without the zero in front
/// that a country's code takes the place of.
fn phone_digits(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let is_part = |letter: char| letter.is_ascii_digit() || " +-()/.".contains(letter);
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if !typed.chars().all(is_part) || digits.len() < LEAST_PHONE_DIGITS {
        return None;
    }
    let national = digits.strip_prefix("00").or_else(|| digits.strip_prefix('0'));
    Some(national.map_or_else(|| digits.clone(), str::to_owned))
}

/// Appends a text in lower case and without accents.
fn push_plain(to: &mut String, text: &str) {
    if text.is_ascii() {
        to.extend(text.chars().map(|letter| letter.to_ascii_lowercase()));
        return;
    }
    let normalizer = const { DecomposingNormalizerBorrowed::new_nfd() };
    let decomposed: Cow<'_, str> = normalizer.normalize(text);
    for letter in decomposed.chars().flat_map(char::to_lowercase) {
        match letter {
            '\u{300}'..='\u{36f}' => {}
            'ø' => to.push('o'),
            'æ' => to.push_str("ae"),
            'ß' => to.push_str("ss"),
            'ł' => to.push('l'),
            'đ' | 'ð' => to.push('d'),
            letter => to.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(found: &RowSet) -> Vec<u32> {
        (0..64).filter(|row| found.contains(*row)).collect()
    }

    fn people() -> (TextColumn, Contacts) {
        let people = [
            [
                "K1",
                "Alvhild",
                "Åsvik",
                "Kungsgatan 1",
                "alvhild@example.se",
                "070-174 06 81",
                "Malmö",
                "211 20",
            ],
            ["K2", "Asta", "Asvik", "", "", "+46 70 174 06 05", "Lund", "22100"],
            ["k17", "Jürgen", "Größe", "", "J@EXAMPLE.DE", "", "Köln", ""],
        ];
        let column = |at: usize| people.iter().map(|person| person[at]).collect::<TextColumn>();
        let names = [
            "customer_id",
            "first_name",
            "last_name",
            "address",
            "email",
            "phone",
            "city",
            "postal_code",
        ];
        let contacts = Contacts {
            headers: names.map(str::to_owned).to_vec(),
            names: names.map(|name| Some(name.to_owned())).to_vec(),
            cells: (0..names.len()).map(column).collect(),
        };
        (column(0), contacts)
    }

    fn found(typed: &str) -> Vec<u32> {
        let (ids, contacts) = people();
        rows(&Haystack::of(&ids, Some(&contacts)).find(typed, &ids, Some(&contacts)))
    }

    #[test]
    fn people_are_found_by_every_column_and_by_words_of_several() {
        assert_eq!(found("k1"), [0, 2]);
        assert_eq!(found("alvhild ÅSVIK malmö"), [0]);
        assert_eq!(found("kungsgatan"), [0]);
        assert_eq!(found("@example"), [0, 2]);
        assert_eq!(found("grosse"), [2]);
        assert_eq!(found("nobody"), Vec::<u32>::new());
        assert_eq!(found("  "), Vec::<u32>::new());
    }

    #[test]
    fn a_plain_letter_finds_the_accented_one_and_not_the_other_way_round() {
        assert_eq!(found("asvik"), [0, 1]);
        assert_eq!(found("åsvik"), [0]);
    }

    #[test]
    fn a_phone_number_is_found_however_its_digits_are_grouped() {
        assert_eq!(found("070-174 06 81"), [0]);
        assert_eq!(found("0701740681"), [0]);
        assert_eq!(found("0701740605"), [1]);
        assert_eq!(found("070 1740605"), [1]);
        assert_eq!(found("004670174"), [1]);
        assert_eq!(found("+46 701740605"), [1]);
        assert_eq!(found("211 20"), [0]);
        assert_eq!(found("21120"), [0]);
    }

    #[test]
    fn words_do_not_run_from_one_customer_or_column_into_the_next() {
        assert_eq!(found("malmö2"), Vec::<u32>::new());
        assert_eq!(found("k1k2"), Vec::<u32>::new());
    }

    #[test]
    fn without_contacts_ids_are_found() {
        let (ids, _) = people();
        assert_eq!(rows(&Haystack::of(&ids, None).find("K2", &ids, None)), [1]);
    }
}
