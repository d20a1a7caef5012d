//! Lists made of parts of a snapshot, as a browser's worker makes them, are the same files.
#![cfg(feature = "export")]

use std::sync::Arc;

use publik::demo::{self, Settings};
use publik::engine::{Session, Snapshot};
use publik::export::{
    Format, Gates, ListColumn, Locale, Plan, Preflight, RecipientKind, Setting, SourceParts,
    Sources, Writing, push_recipients,
};
use publik::model::{Contacts, DEFAULT_COLUMNS, Day, Row};
use publik::view::{self, FilterKind};
use publik::wire::{AudienceRecipient, Recipient};

const TODAY: &str = "2026-11-21";
const VIEW: &str = r#"{"version":1,"segment":{"name":"A","events":{"days_back":900}},
    "filters":{"orders":{"min":1},"last_purchase":{"within":900,"over":"scope"}}}"#;

/// A session of the demo, and the demo's contacts.
fn demo_session() -> (Session, Contacts) {
    let today = Day::parse(TODAY).unwrap();
    let (facts, contacts) = demo::build(&Settings::new(3000, 7, today).unwrap());
    let view = view::parse(VIEW).unwrap();
    (Session::new(Arc::new(Snapshot::new(facts)), view, today), contacts)
}

/// For each customer the day of the latest order as the worker is given it.
fn latest_orders(snapshot: &Snapshot) -> Vec<u32> {
    let facts = snapshot.facts();
    let day = |row: Row| facts.lines.packed_of(row).last().map(|line| line.order_day);
    let key = |day: i32| (day - Day::MIN.number()) as u32;
    (0..facts.customers.count()).map(|row| day(row).map_or(u32::MAX, key)).collect()
}

fn parts<'a>(
    snapshot: &'a Snapshot,
    contacts: &'a Contacts,
    latest_orders: &'a [u32],
) -> SourceParts<'a> {
    let facts = snapshot.facts();
    let named = facts.venue.marketing_consent.as_deref();
    let consent = facts.consents.iter().find(|consent| Some(consent.id.as_str()) == named);
    SourceParts {
        ids: &facts.customers.ids,
        country: facts.venue.country.as_deref(),
        decimals: facts.venue.decimals,
        marketing: consent.map(|consent| &consent.rows),
        flags: snapshot.flags(),
        latest_orders,
        contacts,
    }
}

fn plan(sources: Sources<'_>, format: Format, session: &Session) -> Plan {
    let rows = session.result().iter().collect();
    Preflight::new(sources, format, Gates::default(), rows).unwrap().finish()
}

fn files(
    sources: Sources<'_>,
    plan: &Plan,
    format: Format,
    columns: Vec<ListColumn<'_>>,
) -> Vec<Vec<u8>> {
    let built_at = "2026-11-21T06:10:00Z";
    let setting = Setting { format, locale: Locale::Swedish, columns, built_at };
    let mut writing = Writing::new(sources, plan, setting).unwrap();
    let mut files: Vec<Vec<u8>> = Vec::new();
    while !writing.step(777, &mut files).unwrap().is_done {}
    files
}

#[test]
fn every_list_made_of_parts_is_the_file_that_the_snapshot_gives() {
    let (mut session, contacts) = demo_session();
    let snapshot = Arc::clone(session.snapshot());
    let latest = latest_orders(&snapshot);
    let whole = Sources::new(&snapshot, &contacts).unwrap();
    let parted = Sources::of_parts(parts(&snapshot, &contacts, &latest)).unwrap();
    let numbers = session.listed_numbers();
    for format in Format::ALL {
        let resolved = ListColumn::resolve(&[], &contacts, &mut session).unwrap();
        let listed: Vec<_> = DEFAULT_COLUMNS
            .iter()
            .map(|name| {
                (
                    name,
                    FilterKind::from_name(name)
                        .and_then(|kind| Some((kind, numbers.column(kind)?))),
                )
            })
            .collect();
        let columns = listed.iter().map(|(name, column)| match column {
            Some((kind, column)) => {
                let table = column.table.as_deref();
                ListColumn::of_numbers((*name).to_string(), *kind, &column.keys, table)
            }
            None => ListColumn::of_texts((*name).to_string(), contacts.column(name)),
        });
        let (one, other) = (plan(whole, format, &session), plan(parted, format, &session));
        assert_eq!(one, other, "{format}");
        assert!(one.rows.len() > 500, "{format}: only {} people", one.rows.len());
        let expected = files(whole, &one, format, resolved);
        assert_eq!(files(parted, &other, format, columns.collect()), expected, "{format}");
    }
}

#[test]
fn parts_of_another_number_of_customers_are_refused() {
    let (session, contacts) = demo_session();
    let latest = latest_orders(session.snapshot());
    let snapshot = session.snapshot();
    let short = Sources::of_parts(parts(snapshot, &contacts, &latest[1..])).unwrap_err();
    assert!(short.is_asked_wrongly(), "{short}");
    let nobody = Contacts { cells: vec![["K1"].into_iter().collect()], ..contacts };
    assert!(Sources::of_parts(parts(snapshot, &nobody, &latest)).is_err());
}

fn recipients<T: serde::de::DeserializeOwned>(
    sources: Sources<'_>,
    plan: &Plan,
    kind: RecipientKind,
) -> Vec<T> {
    // As who sends them in several goes asks for them.
    let parts = (0..plan.rows.len().div_ceil(400)).map(|part| {
        let mut json = vec![b'['];
        push_recipients(sources, plan, kind, part * 400..(part + 1) * 400, &mut json);
        json.push(b']');
        serde_json::from_slice::<Vec<T>>(&json).unwrap()
    });
    parts.flatten().collect()
}

#[test]
fn recipients_are_what_the_endpoint_takes() {
    let (session, contacts) = demo_session();
    let sources = Sources::new(session.snapshot(), &contacts).unwrap();
    let mail = plan(sources, Format::ApsisCsv, &session);
    let people: Vec<Recipient> = recipients(sources, &mail, RecipientKind::Mail);
    assert_eq!(people.len(), mail.rows.len());
    let cell = |name: &str, row: Row| contacts.column(name).unwrap().get(row as usize).to_owned();
    for (person, &row) in people.iter().zip(&mail.rows) {
        assert_eq!(person.id, cell("customer_id", row));
        assert_eq!(person.email, Some(cell("email", row)));
        let language = Some(cell("language", row)).filter(|language| !language.is_empty());
        assert_eq!(person.language, language);
    }
    let meta = plan(sources, Format::MetaCsv, &session);
    let hashed: Vec<AudienceRecipient> = recipients(sources, &meta, RecipientKind::Meta);
    let list = files(sources, &meta, Format::MetaCsv, Vec::new()).remove(0);
    let list = String::from_utf8(list).unwrap();
    assert_eq!(list.lines().count(), hashed.len() + 1);
    for (line, person) in list.lines().skip(1).zip(&hashed) {
        let cell = |cell: &Option<String>| cell.clone().unwrap_or_default();
        let cells = [
            &person.email,
            &person.phone,
            &person.first_name,
            &person.last_name,
            &person.city,
            &person.postal_code,
            &person.country,
        ];
        assert_eq!(cells.map(cell).join(","), line, "{}", person.id);
    }
}
