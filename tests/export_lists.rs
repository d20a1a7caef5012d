//! Lists on the command line, each against what it should be by hand.
#![cfg(feature = "cli")]

mod export_support;

use std::fmt::Write;

use export_support::{CUSTOMERS, Desk, VENUE, err, rows};
use serde_json::json;

/// An address and the hash of another one.
const SUPPRESSIONS: &str = "\
a67d0721592847a9ad3fadc0e69c5e84b893bd6563bbc04bc4ca24c346380e7d
sup2@example.se
";

#[test]
fn the_list_as_shown_has_everybody_with_numbers_and_guarded_cells() {
    let (text, rows) = Desk::new().list("list.csv", &[]);
    assert_eq!(rows, json!({ "rows_in": 13, "rows_out": 13, "left_out": {} }));
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines[..4],
        [
            "customer_id,first_name,last_name,email,phone,postal_code,city,country,orders,tickets,\
             events,revenue,last_purchase,distance_km",
            "K01,Anna,D'Arc-Östman,\" Anna@Example.se \",070-174 06 05,111 20,S:t Eriksby 2,,1,2,2,\
             150.50,2025-01-10,5.727",
            "K02,Valéry,Öst,anna@example.se,,SW1A 1AA,London,gb,1,1,1,80.00,2025-02-01,0.000",
            "K03,Åsa,Phone,,22 12 34 56,,,NO,0,0,0,0.00,,",
        ]
    );
    assert_eq!(lines[7], "K07,Eva,Bad without,'@,,,,,0,0,0,0.00,,");
    let last = "K13,\"Two\nlines\",\"Says \"\"hi\"\"; ok, so\",kim@example.se,\
                +46 (0)8-123 456 78,,,,1,1,1,0.00,2026-11-20,";
    assert_eq!(lines[13..], [last, ""]);
}

#[test]
fn swedish_lists_have_semicolons_and_decimal_commas() {
    let (text, _) =
        Desk::new().list("list.csv", &["--locale", "sv", "--columns", "revenue,last_name"]);
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(lines[..3], ["revenue;last_name", "150,50;D'Arc-Östman", "80,00;Öst"]);
    assert_eq!(lines[13], "0,00;\"Says \"\"hi\"\"; ok, so\"");
}

#[test]
fn columns_are_those_of_the_contract_attributes_and_the_imports_own() {
    let desk = Desk::new();
    let chosen = "customer_id,address,Old no,=note,gender,sales_type,subscription,flags,impulsive";
    let (text, _) = desk.list("list.csv", &["--columns", chosen]);
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "customer_id,address,Old no,'=note,gender,sales_type,subscription,flags,impulsive"
    );
    assert_eq!(lines[1], "K01,,007,'=1+1,f,online,regular,vip|press,111");
    assert_eq!(lines[2].split(',').nth(5), Some("box_office"));
    assert_eq!(lines[12].split(',').skip(5).collect::<Vec<_>>(), ["", "regular", "", ""]);

    let refused = desk.export("list.csv", &["--columns", "customer_id,shoe_size"]);
    assert_eq!(refused.status.code(), Some(1));
    let said = err(&refused);
    assert!(said.contains("\"shoe_size\"") && said.contains("Old no, =note"), "{said}");
}

#[test]
fn an_attribute_is_shown_over_the_tickets_that_its_filter_counts() {
    let desk = Desk::new();
    let columns = ["--columns", "customer_id,orders,tickets,revenue,last_purchase"];
    desk.write(
        "view.json",
        r#"{"version":1,"segment":{"name":"To come","events":{"days_back":0}},
            "filters":{"last_purchase":{"within":900,"over":"history"},
                       "revenue":{"min":0,"over":"history"}},"muted":["revenue"]}"#,
    );
    let (text, _) = desk.list("list.csv", &columns);
    assert!(text.contains("K01,1,1,150.50,2025-01-10\r\n"), "{text}");
    let (text, _) = desk.list("list.csv", &["--columns", "customer_id,events"]);
    assert_eq!(text, "customer_id,events\r\nK01,1\r\nK13,1\r\n");
}

#[test]
fn full_data_are_the_imports_own_columns_and_guarded() {
    let (text, _) = Desk::new().list("full.csv", &[]);
    let expected = CUSTOMERS
        .replace("flags,=note", "flags,'=note")
        .replace(" Anna@Example.se ", "\" Anna@Example.se \"")
        .replace("SUP2@example.se ,", "\"SUP2@example.se \",")
        .replace(",,@,", ",,'@,")
        .replace('\n', "\r\n")
        .replace("\"Two\r\nlines\"", "\"Two\nlines\"");
    assert_eq!(text, expected);
}

#[test]
fn meta_is_given_normalised_values_or_their_hashes() {
    let desk = Desk::new();
    desk.write("suppressions", SUPPRESSIONS);
    let suppressions = ["--suppressions", "@suppressions"];
    let (plain, rows) = desk.list("meta-plain.csv", &suppressions);
    assert_eq!(
        plain.split("\r\n").collect::<Vec<_>>(),
        [
            "email,phone,fn,ln,ct,zip,country",
            "anna@example.se,,valéry,öst,london,sw1a1aa,gb",
            ",4722123456,åsa,phone,,,no",
            "twin@example.se,,gun,twin,,,se",
            "cia@example.se,,ida,again,,,se",
            "kim@example.se,46812345678,twolines,sayshiokso,,,se",
            "",
        ]
    );
    let counts = json!({
        "rows_in": 13,
        "rows_out": 5,
        "left_out": {
            "no_address": 1, "bad_address": 2, "no_consent": 2, "suppressed": 1, "duplicate": 2
        }
    });
    assert_eq!(rows, counts);
    let (hashed, rows) = desk.list("meta.csv", &suppressions);
    assert_eq!(rows, counts);
    let lines: Vec<&str> = hashed.split("\r\n").collect();
    assert_eq!(
        lines[..3],
        [
            "email,phone,fn,ln,ct,zip,country",
            "f2a216c0b7bc0f42c605b87b114643d49ee41a2e5bb05c6040a16493c5bc073c,,\
             08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c,\
             c97600997e4f60b62bfee2c24e695c14e0ab44fb9aeb3f745fb872e3bd531bf4,\
             6089854c94ca5454b76be6752c562901a985f64c9a946f62976aeab593b83161,\
             830e1d4b9838bab1f5c2acdb23e0b502ff13a9832c4632e8d67a1d43d3b7f614,\
             0b407281768f0e833afef47ed464b6571d01ca4d53c12ce5c51d1462f4ad6677",
            ",cf38d27f31af2b17284144376d548bba5b26aa58766cea2ab78246ceab35559f,\
             4f3aeda40bda6c102b8b5820941ca4c47f61f9d06cd4e1d0b51619e862945d3d,\
             45569da57f4b7bf472d7a864ef4781451cae6383fee9fb0ae40c59aa1ce475b7,,,\
             9390298f3fb0c5b160498935d79cb139aef28e1c47358b4bbba61862b9c26e59",
        ]
    );
}

#[test]
fn what_cannot_be_read_and_what_meta_dislikes_is_told_without_naming_anybody() {
    let desk = Desk::new();
    desk.write(
        "view.json",
        r#"{"version":1,"name":"Low income","segment":{"name":"Everyone","people":"everyone",
            "events":{"days_back":"all"}}}"#,
    );
    let done = desk.export("meta.csv", &[]);
    let said = err(&done);
    assert!(said.contains("left empty: 1\n"), "{said}");
    assert!(said.contains("6 people") && said.contains("\"income\""), "{said}");
    for personal in ["K09", "twin", "Gun"] {
        assert!(!said.contains(personal), "{said}");
    }
}

#[test]
fn mailchimp_is_given_its_columns_and_tags() {
    let desk = Desk::new();
    desk.write("suppressions", SUPPRESSIONS);
    let (text, rows) =
        desk.list("mailchimp.csv", &["--suppressions", "@suppressions", "--locale", "sv"]);
    assert_eq!(
        text,
        "Email Address,First Name,Last Name,Phone Number,Postal Code,City,Tags\r\n\
         anna@example.se,Valéry,Öst,,SW1A 1AA,London,\r\n\
         twin@example.se,Gun,Twin,12,,,\r\n\
         CIA@example.se,Ida,Again,,,,\r\n\
         kim@example.se,\"Two\nlines\",\"Says \"\"hi\"\"; ok, so\",+46 (0)8-123 456 78,,,\r\n"
    );
    assert_eq!(rows["left_out"]["no_address"], 2);
    // Who is kept of several depends on the tickets, so that without K02 it is K01.
    desk.write("view.json", EVERYONE_WITH_FLAG);
    let (text, _) = desk.list("mailchimp.csv", &[]);
    assert!(
        text.ends_with(
            "Anna@Example.se,Anna,D'Arc-Östman,070-174 06 05,111 20,S:t Eriksby 2,\
             \"Gold  silver,Press\"\r\n"
        ),
        "{text}"
    );
}

const EVERYONE_WITH_FLAG: &str = r#"{"version":1,"segment":{"name":"Everyone","people":"everyone",
    "events":{"days_back":"all"}},"flags":{"include":["vip"]}}"#;

#[test]
fn a_text_that_is_too_long_for_mailchimp_is_cut_and_told() {
    let long = "ö".repeat(200);
    let customers = format!("customer_id,first_name,email,consents\nK1,{long},a@b.se,news\n");
    let desk = Desk::with(VENUE, &(customers + "K01,,,\nK02,,,\nK09,,,\nK10,,,\nK13,,,\n"));
    let done = desk.export("mailchimp.csv", &[]);
    assert!(err(&done).contains("cut: 1\n"), "{}", err(&done));
    let text = String::from_utf8(desk.read("out")).unwrap();
    assert!(text.contains(&format!("a@b.se,{},,", "ö".repeat(127))), "{text}");
}

#[test]
fn apsis_is_given_its_columns() {
    let (text, rows) = Desk::new().list("apsis.csv", &[]);
    assert_eq!(
        text,
        "email,phone,first_name,last_name,postal_code,city,country,language,customer_id\r\n\
         anna@example.se,,Valéry,Öst,SW1A 1AA,London,gb,en,K02\r\n\
         sup@example.se,,Dag,Suppressed,,,,,K06\r\n\
         twin@example.se,12,Gun,Twin,,,,,K09\r\n\
         CIA@example.se,,Ida,Again,,,,,K11\r\n\
         kim@example.se,+46 (0)8-123 456 78,\"Two\nlines\",\"Says \"\"hi\"\"; ok, so\",,,,,K13\r\n"
    );
    assert_eq!(rows["rows_out"], 5);
}

#[test]
fn without_a_named_consent_or_against_it_a_reason_is_needed() {
    let venue = VENUE.replace("marketing_consent = \"news\"\n", "");
    let desk = Desk::with(&venue, CUSTOMERS);
    for format in ["meta.csv", "meta-plain.csv", "mailchimp.csv", "apsis.csv"] {
        let refused = desk.export(format, &[]);
        assert_eq!(refused.status.code(), Some(1), "{format}");
        assert!(err(&refused).contains("--ungated REASON"), "{}", err(&refused));
        assert!(!desk.path("out").exists());
    }
    for format in ["list.csv", "full.csv", "list.xlsx", "full.xlsx"] {
        assert!(desk.export(format, &[]).status.success(), "{format}");
    }
    let done = desk.export("apsis.csv", &["--ungated", "They asked for it"]);
    assert!(err(&done).contains("They asked for it"), "{}", err(&done));
    // K05 and K11 share an address, and neither bought anything: the smaller id.
    let left_out = json!({ "no_address": 2, "bad_address": 2, "duplicate": 3 });
    assert_eq!(rows(&done), json!({ "rows_in": 13, "rows_out": 6, "left_out": left_out }));
    assert!(String::from_utf8(desk.read("out")).unwrap().contains("cia@example.se,,Cia,"));

    let done = Desk::new().export("apsis.csv", &["--ungated", "The venue's own meeting"]);
    assert_eq!(rows(&done)["left_out"], left_out);
}

#[test]
fn suppressions_leave_people_out_of_any_list() {
    let desk = Desk::new();
    desk.write("suppressions", SUPPRESSIONS);
    for format in ["list.csv", "full.xlsx"] {
        let done = desk.export(format, &["--suppressions", "@suppressions"]);
        let left_out = json!({ "suppressed": 2 });
        assert_eq!(rows(&done), json!({ "rows_in": 13, "rows_out": 11, "left_out": left_out }));
    }
    desk.write("suppressions", "sup2@example.se\nAnna Ek\n");
    let refused = desk.export("list.csv", &["--suppressions", "@suppressions"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("line 2") && !err(&refused).contains("Ek"), "{}", err(&refused));
}

#[test]
fn misuse_is_found_before_any_file_is_read() {
    let desk = Desk::new();
    let nowhere = ["export", "@nowhere", "--view", "@nowhere.json", "-o", "@out"];
    for wrong in [
        &["--format", "list.pdf"][..],
        &["--format", "list.csv", "--as-of", "tomorrow"],
        &["--format", "list.csv", "--locale", "de"],
        &["--format", "list.csv", "--columns", "email,,phone"],
        &["--format", "list.csv", "--columns", "email,email"],
        &["--format", "full.csv", "--columns", "email"],
        &["--format", "apsis.csv", "--ungated", " "],
        &[],
    ] {
        let refused = desk.run(&[&nowhere, wrong].concat());
        assert_eq!(refused.status.code(), Some(2), "{wrong:?}: {}", err(&refused));
        assert!(!err(&refused).contains("nowhere: "), "{}", err(&refused));
    }
    let refused = desk.run(&[&nowhere, &["--format", "list.csv"][..]].concat());
    assert_eq!(refused.status.code(), Some(1));
}

#[test]
fn a_failed_export_leaves_nothing_and_an_older_list_alone() {
    let desk = Desk::new();
    desk.write("out", "older");
    let before = desk.names();
    for wrong in [&["--columns", "nothing"][..], &["--suppressions", "@view.json"]] {
        assert_eq!(desk.export("list.csv", wrong).status.code(), Some(1));
    }
    assert_eq!(desk.names(), before);
    assert_eq!(desk.read("out"), b"older");
    // A folder in the way.
    std::fs::remove_file(desk.path("out")).unwrap();
    std::fs::create_dir(desk.path("out")).unwrap();
    let refused = desk.export("list.csv", &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("out"), "{}", err(&refused));
    assert_eq!(desk.names(), before);
}

#[cfg(unix)]
#[test]
fn a_list_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.write("out", "older");
    assert!(desk.export("list.csv", &[]).status.success());
    let mode = std::fs::metadata(desk.path("out")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_list_for_apsis_goes_on_in_further_files_above_ten_megabytes() {
    let padding = "x".repeat(2000);
    let mut customers = "customer_id,first_name,email,consents\n".to_owned();
    for number in 0..12_000 {
        writeln!(customers, "K{number:05},{padding},k{number}@example.se,news").unwrap();
    }
    let customers = customers + "K01,,,\nK02,,,\nK09,,,\nK10,,,\nK13,,,\n";
    let desk = Desk::with(VENUE, &customers);
    let fixed = ["export", "@snapshot", "--view", "@view.json", "--as-of", "2026-11-21"];
    let done = desk.run(&[&fixed[..], &["--format", "apsis.csv", "-o", "@list.csv"]].concat());
    assert!(done.status.success(), "{}", err(&done));
    let mut lines = 0;
    for name in ["list.csv", "list-2.csv", "list-3.csv"] {
        assert!(err(&done).contains(name));
        let text = String::from_utf8(desk.read(name)).unwrap();
        assert!(text.len() <= 10_000_000, "{name}: {}", text.len());
        assert!(text.starts_with("\u{feff}email,phone,"));
        assert!(text.ends_with("\r\n"));
        lines += text.lines().count() - 1;
    }
    assert_eq!(lines, 12_000);
    assert!(!desk.path("list-4.csv").exists());
}

#[test]
fn sealed_contacts_need_their_passphrase() {
    let desk = Desk::new();
    desk.write("passphrase", "Fröken Julie, akt 2\n");
    let sealed = desk.run(&[
        "build",
        "@export",
        "-o",
        "@snapshot",
        "--encrypt",
        "contacts",
        "--passphrase-file",
        "@passphrase",
    ]);
    assert!(sealed.status.success(), "{}", err(&sealed));
    let refused = desk.export("list.csv", &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(!desk.path("out").exists());
    let (text, _) = desk.list("list.csv", &["--passphrase-file", "@passphrase"]);
    assert!(text.contains("K02,Valéry,Öst,"), "{text}");
}
