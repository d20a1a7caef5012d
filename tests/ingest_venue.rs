//! `venue.toml` is checked key by key, and what it says of the other files holds.

mod ingest_support;

use ingest_support::{VENUE, folder_with, folder_with_venue, read_all, refusal, rejects};
use publik::model::Gender;

fn refused(lines: &str) -> String {
    refusal(&folder_with_venue(lines))
}

fn refused_with(from: &str, to: &str) -> String {
    assert!(VENUE.contains(from));
    refusal(&folder_with("venue.toml", VENUE.replace(from, to)))
}

#[test]
fn every_key_arrives_in_the_model() {
    let venue = read_all(&folder_with(
        "venue.toml",
        "name = 'Ö'\ntime_zone = 'europe/stockholm'\ncurrency = 'sek'\nlatitude = 59\n\
         longitude = '18,06'\ncountry = 'se'\ndecimals = 3\nlocale = 'sv-SE'\n\
         marketing_consent = 'news'\nflags_cursor = 17\n",
    ))
    .facts
    .venue;
    assert_eq!(venue.name, "Ö");
    assert_eq!(venue.time_zone, "Europe/Stockholm");
    assert_eq!((&*venue.currency, venue.decimals.digits()), ("SEK", 3));
    assert_eq!((venue.country.as_deref(), venue.locale.as_deref()), (Some("SE"), Some("sv-SE")));
    assert_eq!((venue.marketing_consent.as_deref(), venue.flags_cursor), (Some("news"), 17));
}

#[test]
fn what_may_be_absent_has_a_default() {
    let text = VENUE.replace("country = \"SE\"\n", "");
    let venue = read_all(&folder_with("venue.toml", text)).facts.venue;
    assert_eq!(venue.decimals.digits(), 2);
    assert_eq!((venue.country, venue.locale, venue.marketing_consent), (None, None, None));
    assert_eq!(venue.flags_cursor, 0);
}

#[test]
fn required_keys_have_to_be_there() {
    for line in VENUE.lines().filter(|line| !line.starts_with("country")) {
        let key = line.split(' ').next().unwrap();
        let message = refused_with(line, "");
        assert!(message.starts_with(&format!("venue.toml:1: {key}: missing; it is ")), "{message}");
    }
}

#[test]
fn values_that_cannot_be_refuse_with_line_and_what_is_allowed() {
    for (from, to, message) in [
        (
            "Europe/Stockholm",
            "Europe/Stokholm",
            "venue.toml:2: time_zone: \"Europe/Stokholm\" is not allowed; \
             allowed is the IANA name of a time zone, such as Europe/Stockholm",
        ),
        (
            "\"SEK\"",
            "\"kr\"",
            "venue.toml:3: currency: \"kr\" is not allowed; \
             allowed is an ISO 4217 code: three letters",
        ),
        (
            "59.3326",
            "90.5",
            "venue.toml:4: latitude: 90.5 is not allowed; \
             allowed is a number of degrees from -90 to 90",
        ),
        (
            "18.0649",
            "nan",
            "venue.toml:5: longitude: nan is not allowed; \
             allowed is a number of degrees from -180 to 180",
        ),
        (
            "\"SE\"",
            "\"Sverige\"",
            "venue.toml:6: country: \"Sverige\" is not allowed; \
             allowed is an ISO 3166 alpha-2 code: two letters",
        ),
        (
            "\"Small House\"",
            "7",
            "venue.toml:1: name: 7 is not allowed; \
             allowed is a text that is not empty, without control characters",
        ),
    ] {
        assert_eq!(refused_with(from, to), message);
    }
    for (lines, start) in [
        ("decimals = 7", "decimals: 7 is not allowed; allowed is a whole number from 0 to 6"),
        ("decimals = 2.0", "decimals: 2.0 is not allowed"),
        (
            "flags_cursor = -1",
            "flags_cursor: -1 is not allowed; allowed is a whole number, 0 or more",
        ),
        ("locale = 'sv_SE'", "locale: \"sv_SE\" is not allowed; allowed is a BCP 47 language tag"),
        ("consents = 'x'", "consents: \"x\" is not allowed; allowed is a table"),
    ] {
        let message = refused(lines);
        assert!(message.starts_with(&format!("venue.toml:7: {start}")), "{message}");
    }
    for (lines, start) in [
        ("[consents]\n'a|b' = 'x'", "consents.a|b: the id \"a|b\" is not allowed"),
        ("[flags]\n'' = 'x'", "flags.: the id \"\" is not allowed"),
        ("[flags]\nvip = ''", "flags.vip: \"\" is not allowed"),
    ] {
        let message = refused(lines);
        assert!(message.starts_with(&format!("venue.toml:8: {start}")), "{message}");
    }
}

#[test]
fn a_typing_error_in_a_key_is_found() {
    assert!(
        refused("decimal = 0")
            .starts_with("venue.toml:7: decimal: unknown key; allowed here are name,")
    );
    assert_eq!(
        refused("[columns.customer]\nemail = 'x'"),
        "venue.toml:7: columns.customer: unknown key; allowed here are \
         postcodes, events, customers, orders, tickets, offers"
    );
    assert_eq!(
        refused("[columns.orders]\norder = 'x'"),
        "venue.toml:8: columns.orders.order: unknown key; allowed here are \
         order_id, customer_id, ordered_at, channel"
    );
    assert_eq!(
        refused("[values.orders.chanel]\nx = 'online'"),
        "venue.toml:7: values.orders.chanel: unknown key; allowed here are channel"
    );
    assert_eq!(
        refused("[values.events.name]\nx = 'y'"),
        "venue.toml:7: values.events: unknown key; allowed here are customers, orders, tickets"
    );
}

#[test]
fn what_is_no_toml_is_refused_with_its_line() {
    let message = refused("name = 'again'");
    assert!(message.starts_with("venue.toml:7: not TOML: "), "{message}");
    assert!(refused("x = ").starts_with("venue.toml:7: not TOML: "));
}

#[test]
fn the_marketing_consent_has_to_be_defined_somewhere() {
    assert_eq!(
        refused("marketing_consent = 'nyhetsbrev'\n[consents]\nnyheter = 'N'"),
        "venue.toml:7: marketing_consent: \"nyhetsbrev\" is no consent: neither [consents] nor \
         customers.csv names it; [consents] has: nyheter"
    );
    read_all(&folder_with_venue("marketing_consent = 'nyheter'\n[consents]\nnyheter = 'N'"));
    read_all(&folder_with_venue("marketing_consent = 'post'"));
}

#[test]
fn columns_have_the_names_that_the_system_gives_them() {
    let mut folder = folder_with_venue(
        "[columns.customers]\ncustomer_id = 'Kundnummer'\nfirst_name = 'Namn'\n\
         [columns.events]\nproduction = 'name'\nname = 'production'\n",
    );
    folder.insert("customers.csv", "Namn;Kundnummer;email\nAnna;K2;\nErik;K1;x@y.se\n");
    let read = read_all(&folder);
    assert_eq!(read.contacts.headers, ["Namn", "Kundnummer", "email"]);
    assert_eq!(read.contacts.names[1].as_deref(), Some("customer_id"));
    assert_eq!(read.facts.customers.gender(0), Gender::Man);
    assert_eq!(read.facts.catalogue.events[0].name, "One");
    assert_eq!(read.facts.catalogue.productions[0].name, "First");
}

#[test]
fn a_column_that_venue_toml_names_has_to_be_there() {
    let mut folder = folder_with_venue("[columns.customers]\nemail = 'E-post'\n");
    folder.insert("customers.csv", "customer_id,Epost\nK1,\n");
    assert_eq!(
        refusal(&folder),
        "customers.csv:1: column email (in venue.toml: \"E-post\") is missing; \
         the header has: \"customer_id\", \"Epost\""
    );
    folder.insert("customers.csv", "customer_id,email\nK1,a@b.se\nK2,\n");
    assert_eq!(read_all(&folder).facts.customers.with_email.len(), 1);
    folder.insert("customers.csv", "customer_id,email,E-post\nK1,,\n");
    assert_eq!(
        refusal(&folder),
        "customers.csv:1: column email stands twice, as \"email\" and as \"E-post\""
    );
    assert_eq!(
        refused("[columns.customers]\nemail = 'x'\nphone = 'x'"),
        "venue.toml:9: columns.customers.phone: \"x\" is mapped twice"
    );
}

#[test]
fn words_mean_what_venue_toml_says() {
    let mut folder = folder_with_venue(
        "[values.orders.channel]\nWebb = 'online'\n'Kassa ' = 'Box_Office'\n\
         [values.tickets.status]\nMAKULERAD = 'refunded'\nok = ''\n\
         [values.tickets.subscription]\nja = true\nnej = 0\n\
         [values.customers.gender]\nkvinna = 'f'\nu = ''\n",
    );
    folder.insert(
        "customers.csv",
        "customer_id,first_name,gender\nK1,Erik, KVINNA\nK2,Erik,u\nK3,Erik,m\nK4,x,man\n",
    );
    folder.insert(
        "orders.csv",
        "order_id,customer_id,ordered_at,channel\n\
         O1,K1,2026-01-01,WEBB\nO2,K2,2026-01-01,kassa\nO3,K2,2026-01-01,online\n",
    );
    folder.insert(
        "tickets.csv",
        "ticket_id,order_id,event_id,price,status,subscription\n\
         T1,O1,E1,1,OK,Ja\nT2,O2,E1,1,makulerad,nej\nT3,O2,E1,1,,NEJ\nT4,O1,E1,1,valid,1\n",
    );
    let facts = read_all(&folder).facts;
    let genders: Vec<Gender> = (0..3).map(|row| facts.customers.gender(row)).collect();
    assert_eq!(genders, [Gender::Woman, Gender::Man, Gender::Man]);
    let first: Vec<_> = facts.lines.of(0).collect();
    let second: Vec<_> = facts.lines.of(1).collect();
    assert_eq!((first[0].tickets, first[0].subscription), (2, true));
    assert_eq!((second[0].tickets, second[0].subscription), (1, false));
    assert_ne!(first[0].channel, second[0].channel);
    assert_eq!(rejects(&folder).len(), 1);
}

#[test]
fn words_can_only_mean_what_is_allowed() {
    assert_eq!(
        refused("[values.orders.channel]\nWebb = 'web'"),
        "venue.toml:8: values.orders.channel.Webb: \"web\" is not allowed; \
         allowed is online and box_office"
    );
    assert_eq!(
        refused("[values.orders.channel]\nWebb = 'online'\n'webb ' = 'box_office'"),
        "venue.toml:9: values.orders.channel.webb : \"webb \" is mapped twice"
    );
}
