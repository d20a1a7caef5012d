//! A plan's people as JSON, for whoever hands them over to an endpoint.

use std::ops::Range;

use serde::Serialize;

use super::meta;
use super::people::{People, Person, Sources};
use super::preflight::Plan;
use super::reason::RecipientKind;

/// One person. What is empty is not told.
#[derive(Serialize, Default)]
struct Recipient<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    email: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    phone: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    first_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    last_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    postal_code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    city: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    country: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
}

/// Appends the people at some positions of a plan, each as a JSON object, with commas between
/// them. Brackets are the caller's.
///
/// The plan has to be one of these sources; for [`RecipientKind::Meta`] one for Meta.
pub fn push_recipients(
    sources: Sources<'_>,
    plan: &Plan,
    kind: RecipientKind,
    range: Range<usize>,
    out: &mut Vec<u8>,
) {
    let people = People::new(sources);
    let first = range.start;
    for at in range {
        let Some(&row) = plan.rows.get(at) else { return };
        if at > first {
            out.push(b',');
        }
        let person = people.get(row);
        let written = match kind {
            RecipientKind::Mail => serde_json::to_writer(&mut *out, &mail(&person)),
            RecipientKind::Plain => {
                let recipient = Recipient {
                    phone: person.phone,
                    postal_code: person.postal_code,
                    city: person.city,
                    country: person.country,
                    ..mail(&person)
                };
                serde_json::to_writer(&mut *out, &recipient)
            }
            RecipientKind::Meta => {
                let phone = plan.phones.get(at).copied().unwrap_or_default();
                let hashed = meta::cells(&person, phone).map(|cell| meta::hashed(&cell));
                let [email, phone, first_name, last_name, city, postal_code, country] = &hashed;
                let recipient = Recipient {
                    id: person.customer_id,
                    email,
                    phone,
                    first_name,
                    last_name,
                    postal_code,
                    city,
                    country,
                    language: "",
                };
                serde_json::to_writer(&mut *out, &recipient)
            }
        };
        written.expect("texts always become JSON, and memory takes them");
    }
}

fn mail<'a>(person: &Person<'a>) -> Recipient<'a> {
    Recipient {
        id: person.customer_id,
        email: person.email,
        first_name: person.first_name,
        last_name: person.last_name,
        language: person.language,
        ..Recipient::default()
    }
}
