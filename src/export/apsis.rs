//! APSIS One's import columns.

use super::people::Person;

/// The columns, in order.
pub(super) const HEADERS: [&str; 9] = [
    "email",
    "phone",
    "first_name",
    "last_name",
    "postal_code",
    "city",
    "country",
    "language",
    "customer_id",
];

/// One customer's cells.
pub(super) fn cells<'a>(person: &Person<'a>) -> [&'a str; 9] {
    [
        person.email,
        person.phone,
        person.first_name,
        person.last_name,
        person.postal_code,
        person.city,
        person.own_country,
        person.language,
        person.customer_id,
    ]
}
