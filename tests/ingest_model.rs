//! A folder becomes exactly the facts and contacts that it tells.

mod ingest_support;

use ingest_support::{folder, folder_with, ids, read_all};
use publik::ingest::{DirectoryFolder, File, Options, read};
use publik::model::{Channel, Gender};
use std::ops::ControlFlow;

#[test]
fn a_folder_becomes_rows_ordered_by_customer_id() {
    let read = read_all(&folder());
    assert_eq!(ids(&read), ["K1", "K2"]);
    let facts = &read.facts;
    assert_eq!(facts.venue.name, "Small House");
    assert_eq!(
        (facts.customers.gender(0), facts.customers.gender(1)),
        (Gender::Man, Gender::Woman)
    );
    assert_eq!(facts.customers.with_email.iter().collect::<Vec<_>>(), [1]);
    let first: Vec<_> = facts.lines.of(0).collect();
    assert_eq!(first.len(), 1);
    assert_eq!((first[0].revenue_minor, first[0].tickets), (15_050, 2));
    assert_eq!(first[0].channel, Channel::Online);
    assert_eq!(first[0].order_day.to_string(), "2026-11-01");
    let second: Vec<_> = facts.lines.of(1).collect();
    assert_eq!((second[0].revenue_minor, second[0].channel), (20_000, Channel::BoxOffice));
    assert_eq!(facts.catalogue.events[0].starts_at.to_string(), "2026-11-21T19:30");
}

#[test]
fn contacts_stand_in_row_order_and_as_they_were_written() {
    let text = "customer_id;Noteringar;email;Noteringar\n\
                K9; x ;' a;\"line\none\"\n\
                K1;'=1+1;A@b.se;'\n";
    let mut folder = folder_with("customers.csv", text);
    folder.insert("orders.csv", "order_id,customer_id,ordered_at,channel\n");
    folder.insert("tickets.csv", "ticket_id,order_id,event_id,price\n");
    let contacts = read_all(&folder).contacts;
    assert_eq!(contacts.headers, ["customer_id", "Noteringar", "email", "Noteringar"]);
    let names: Vec<_> = contacts.names.iter().map(Option::as_deref).collect();
    assert_eq!(names, [Some("customer_id"), None, Some("email"), None]);
    let column = |at: usize| contacts.cells[at].iter().collect::<Vec<_>>();
    assert_eq!(column(0), ["K1", "K9"]);
    assert_eq!(column(1), ["=1+1", " x "]);
    assert_eq!(column(2), ["A@b.se", "' a"]);
    assert_eq!(column(3), ["'", "line\none"]);
}

#[test]
fn consents_stand_in_the_order_of_venue_toml_and_then_by_bytes() {
    let mut folder = ingest_support::folder_with_venue(
        "marketing_consent = \"zeta\"\n\
         [consents]\nzeta = \"Z\"\nalpha = \"A\"\n[flags]\nvip = \"VIP\"\n",
    );
    folder.insert(
        "customers.csv",
        "customer_id,consents,flags\nK1,öl|post|zeta|post,\nK2,||alpha|Post,vip|press||\n",
    );
    let facts = read_all(&folder).facts;
    let rows = |members: &[publik::model::Membership]| {
        members
            .iter()
            .map(|member| (member.id.clone(), member.name.clone(), member.rows.iter().collect()))
            .collect::<Vec<(String, String, Vec<u32>)>>()
    };
    let row = |id: &str, name: &str, rows: &[u32]| (id.to_owned(), name.to_owned(), rows.to_vec());
    assert_eq!(
        rows(&facts.consents),
        [
            row("zeta", "Z", &[0]),
            row("alpha", "A", &[1]),
            row("Post", "Post", &[1]),
            row("post", "post", &[0]),
            row("öl", "öl", &[0]),
        ]
    );
    assert_eq!(rows(&facts.flags), [row("vip", "VIP", &[1]), row("press", "press", &[1])]);
}

#[test]
fn a_customer_s_place_is_its_own_else_that_of_its_postcode() {
    let text = "customer_id,postal_code,country,latitude,longitude\n\
                K1,111 22,,\"59,3326\",18.0649\n\
                K2,111-22,,,\n\
                K3,99999,,,\n\
                K4,11122,NO,,\n\
                K5,,,,\n";
    let mut folder = folder_with("customers.csv", text);
    folder.insert("orders.csv", "order_id,customer_id,ordered_at,channel\n");
    folder.insert("tickets.csv", "ticket_id,order_id,event_id,price\n");
    folder.insert(
        "postcodes.csv",
        "country,postal_code,latitude,longitude\nSE,111 22,60,18\n,11122,62,18\n",
    );
    let read = read_all(&folder);
    let distance = |row| read.facts.customers.distances.of(row);
    assert!(distance(0).unwrap() < 1e-9);
    assert!((distance(1).unwrap() - 185.47).abs() < 1.0, "{:?}", distance(1));
    assert_eq!((distance(2), distance(3), distance(4)), (None, None, None));
    assert_eq!(read.files[0].file, File::Postcodes);

    folder.remove("postcodes.csv");
    let bundled = read_all(&folder).facts.customers.distances;
    assert!(bundled.of(1).unwrap() < 10.0, "{:?}", bundled.of(1));
}

#[test]
fn an_empty_gender_is_told_by_the_first_name_and_u_is_not() {
    let text = "customer_id,first_name,gender,country\n\
                K1,Anna-Karin,,SE\nK2,Anna,u,SE\nK3,Erik Olof, ,\nK4,,,\nK5,Xqzw,,SE\n";
    let mut folder = folder_with("customers.csv", text);
    folder.insert("orders.csv", "order_id,customer_id,ordered_at,channel\n");
    folder.insert("tickets.csv", "ticket_id,order_id,event_id,price\n");
    let customers = read_all(&folder).facts.customers;
    let genders: Vec<Gender> = (0..5).map(|row| customers.gender(row)).collect();
    let unknown = Gender::Unknown;
    assert_eq!(genders, [Gender::Woman, unknown, Gender::Man, unknown, unknown]);
}

#[test]
fn offers_point_at_events_and_groups() {
    let mut folder = folder();
    folder.insert(
        "offers.csv",
        "offer_id,name,url,event_id,production_id,starts_at,ends_at\n\
         F1,Half,https://example.org/a,E2,,2026-11-01,2026-11-20T12:00\n\
         F2,Group,https://example.org/b,,P1,,\n",
    );
    let facts = read_all(&folder).facts;
    let offers = &facts.offers;
    assert_eq!(facts.catalogue.events[offers[0].event.unwrap() as usize].id, "E2");
    assert_eq!(offers[0].starts_at.unwrap().to_string(), "2026-11-01");
    assert_eq!(offers[0].ends_at.unwrap().to_string(), "2026-11-20T12:00");
    assert_eq!(facts.catalogue.productions[offers[1].production.unwrap() as usize].id, "P1");
    assert_eq!((offers[1].event, offers[1].starts_at), (None, None));
}

#[test]
fn a_directory_is_read_like_memory() {
    let directory = tempfile::tempdir().unwrap();
    let folder = folder();
    for (name, bytes) in folder.iter() {
        std::fs::write(directory.path().join(name), bytes).unwrap();
    }
    let from_disk = DirectoryFolder::new(directory.path());
    let options = Options::default();
    let mut seen = Vec::new();
    let from_disk = read(&from_disk, &options, &mut |progress| {
        seen.push((progress.file, progress.bytes_read, progress.bytes_total));
        ControlFlow::Continue(())
    })
    .unwrap();
    let in_memory = read_all(&folder);
    assert_eq!(from_disk.facts, in_memory.facts);
    assert_eq!(from_disk.contacts, in_memory.contacts);
    assert!(seen.iter().any(|(file, read, of)| *file == File::Tickets && *read > 0 && read == of));
}

#[test]
fn another_file_can_stand_in_for_the_postcodes() {
    let directory = tempfile::tempdir().unwrap();
    for (name, bytes) in folder().iter() {
        std::fs::write(directory.path().join(name), bytes).unwrap();
    }
    let other = directory.path().join("other.txt");
    std::fs::write(&other, "country,postal_code,latitude,longitude\nSE,1,95,1\n").unwrap();
    let folder = DirectoryFolder::new(directory.path()).with_file("postcodes.csv", &other);
    let options = Options::default();
    let result = read(&folder, &options, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(result.rejects.len(), 1);
    std::fs::remove_file(&other).unwrap();
    let result = read(&folder, &options, &mut |_| ControlFlow::Continue(()));
    assert!(result.unwrap_err().to_string().starts_with("postcodes.csv cannot be read"));
}

#[test]
fn reading_stops_when_asked_to() {
    for calls in 1..8 {
        let mut left = calls;
        let result = read(&folder(), &Options::default(), &mut |_| {
            left -= 1;
            if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(result.unwrap_err().is_cancelled());
    }
}
