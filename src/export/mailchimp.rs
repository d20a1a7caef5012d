//! Mailchimp's import columns.

use super::people::{People, Person};
use crate::model::{Membership, Row};

/// The columns, in order.
pub(super) const HEADERS: [&str; 7] =
    ["Email Address", "First Name", "Last Name", "Phone Number", "Postal Code", "City", "Tags"];
/// What those are made of that are made of one column.
pub(super) const COLUMNS: [&str; 6] =
    ["email", "first_name", "last_name", "phone", "postal_code", "city"];

/// The most bytes of a text; Mailchimp cuts off what is more, if need be inside of a character.
const MAX_BYTES: usize = 255;

/// One customer's cells, none of them too long.
pub(super) fn cells(people: People<'_>, row: Row) -> [String; 7] {
    let person = people.get(row);
    let [email, first, last, phone, postcode, city] = texts(&person).map(cut);
    let tags = tags(people.flags(row)).0;
    [email.into(), first.into(), last.into(), phone.into(), postcode.into(), city.into(), tags]
}

/// Positions of the cells that are too long, ascending.
pub(super) fn shortened(people: People<'_>, row: Row) -> Vec<u32> {
    let person = people.get(row);
    let texts = texts(&person).map(|text| text.len() > MAX_BYTES);
    let are_long = texts.into_iter().chain([tags(people.flags(row)).1]);
    (0..).zip(are_long).filter_map(|(column, is_long)| is_long.then_some(column)).collect()
}

fn texts<'a>(person: &Person<'a>) -> [&'a str; 6] {
    [
        person.email,
        person.first_name,
        person.last_name,
        person.phone,
        person.postal_code,
        person.city,
    ]
}

/// As much of a text as fits, in whole characters.
fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_BYTES)]
}

/// The names of a customer's flags as Mailchimp separates tags, and whether some of them did not
/// fit. Half a tag would be another one, so only whole tags go out.
fn tags<'a>(flags: impl Iterator<Item = &'a Membership>) -> (String, bool) {
    let mut tags = String::new();
    for flag in flags {
        let name = flag.name.replace(',', " ");
        let name = name.trim();
        let separator = if tags.is_empty() { "" } else { "," };
        if tags.len() + separator.len() + name.len() > MAX_BYTES {
            return (tags, true);
        }
        tags.push_str(separator);
        tags.push_str(name);
    }
    (tags, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters() {
        let text = format!("{}ö", "x".repeat(254));
        assert_eq!(cut(&text), "x".repeat(254));
        assert_eq!(cut("Öberg"), "Öberg");
    }
}
