//! The command line as scripts use it: standard output, standard error and the exit status.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn publik(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_publik")).args(arguments).output().unwrap()
}

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases").join(name)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// A snapshot of the demo in a folder of its own.
fn demo_snapshot(folder: &TempDir, customers: &str) -> PathBuf {
    let (export, snapshot) = (folder.path().join("export"), folder.path().join("snapshot"));
    let made = publik(&["demo", text(&export), "--customers", customers]);
    assert!(made.status.success(), "{}", err(&made));
    let built = publik(&["build", text(&export), "-o", text(&snapshot)]);
    assert!(built.status.success(), "{}", err(&built));
    snapshot
}

fn write(folder: &TempDir, name: &str, content: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    path
}

const ANY_VIEW: &str = r#"{"version":1,"segment":{"name":"All","events":{"days_back":"all"}}}"#;

#[test]
fn an_export_goes_in_and_exact_counts_come_out() {
    let folder = tempfile::tempdir().unwrap();
    let (case, snapshot) = (case("adventureworks"), folder.path().join("out"));
    let built = publik(&["build", text(&case.join("export")), "-o", text(&snapshot)]);
    assert_eq!(built.status.code(), Some(0), "{}", err(&built));
    assert_eq!(out(&built), "");
    assert!(err(&built).contains("tickets.csv: 84174 read = 84174 kept + 0 rejected"));
    assert!(err(&built).contains("facts are readable by whoever can fetch this folder"));
    let expected = fs::read_to_string(case.join("expected.jsonl")).unwrap();
    let mut arguments = vec!["--as-of".to_owned(), "2019-07-01".to_owned()];
    for line in expected.lines() {
        let answer: Value = serde_json::from_str(line).unwrap();
        let view = case.join("views").join(answer["view"].as_str().unwrap());
        arguments.extend(["--view".to_owned(), text(&view).to_owned()]);
    }
    for (command, field) in [("count", "counts"), ("ids", "ids")] {
        let mut all = vec![command, text(&snapshot)];
        all.extend(arguments.iter().map(String::as_str));
        let answered = publik(&all);
        assert_eq!(answered.status.code(), Some(0), "{}", err(&answered));
        assert_eq!(out(&answered).lines().count(), 60);
        for (line, expected) in out(&answered).lines().zip(expected.lines()) {
            let (line, expected): (Value, Value) =
                (serde_json::from_str(line).unwrap(), serde_json::from_str(expected).unwrap());
            assert!(line["view"].as_str().unwrap().ends_with(expected["view"].as_str().unwrap()));
            assert_eq!(line[field], expected[field], "{}", line["view"]);
        }
    }
}

#[test]
fn one_view_gives_one_object_and_ids_one_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = demo_snapshot(&folder, "300");
    let view = write(&folder, "view.json", ANY_VIEW);
    let arguments = [text(&snapshot), "--view", text(&view), "--as-of", "2026-11-21"];
    let counted = publik(&[&["count"], &arguments[..]].concat());
    let counts: Value = serde_json::from_str(out(&counted)).unwrap();
    let listed = publik(&[&["ids"], &arguments[..]].concat());
    let ids: Vec<&str> = out(&listed).lines().collect();
    assert_eq!(counts["total"], ids.len());
    assert!(!ids.is_empty() && ids.is_sorted());
}

#[test]
fn without_a_date_views_are_counted_as_of_the_venues_today() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = demo_snapshot(&folder, "20");
    let view = write(&folder, "view.json", ANY_VIEW);
    let before = jiff::Timestamp::now();
    let counted = publik(&["count", text(&snapshot), "--view", text(&view)]);
    let after = jiff::Timestamp::now();
    let counts: Value = serde_json::from_str(out(&counted)).unwrap();
    let zone = jiff::tz::TimeZone::get("Europe/Stockholm").unwrap();
    let today = |moment: jiff::Timestamp| moment.to_zoned(zone.clone()).date().to_string();
    let said = counts["as_of"].as_str().unwrap();
    assert!(said == today(before) || said == today(after), "{said}");
}

#[test]
fn usage_errors_end_with_2_before_any_file_is_read() {
    for arguments in [
        &["frobnicate"][..],
        &["count", "nowhere"],
        &["count", "nowhere", "--view", "none.json", "--as-of", "2026-02-30"],
        &["count", "nowhere", "--view", "none.json", "--sideways"],
        &["build", "nowhere", "-o", "out", "--built-at", "yesterday"],
        &["build", "nowhere", "-o", "out", "--built-at", "20261121T0610Z"],
        &["demo", "out", "--customers", "many"],
        &["demo", "out", "--today", "tomorrow"],
    ] {
        let output = publik(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", err(&output));
        assert_eq!(out(&output), "");
    }
}

#[test]
fn a_view_that_is_refused_leaves_standard_output_empty() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = demo_snapshot(&folder, "20");
    let good = write(&folder, "good.json", ANY_VIEW);
    let bad = write(
        &folder,
        "bad.json",
        r#"{"version":1,"segment":{"name":"x"},"filters":{"revenue":{"min":-5}}}"#,
    );
    let output = publik(&["count", text(&snapshot), "--view", text(&good), "--view", text(&bad)]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(out(&output), "");
    let said = err(&output);
    assert!(said.contains("bad.json") && said.contains("filters.revenue.min"), "{said}");
}

#[test]
fn a_file_of_segments_given_as_a_view_is_told_from_one_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let segments = format!(
        r#"{{"version":1,"segments":[{{"segment":{{"name":"All"}},"views":[{{"view":{ANY_VIEW}}}]}}]}}"#
    );
    let file = write(&folder, "All.segment.json", &segments);
    let output = publik(&["count", "nowhere", "--view", text(&file)]);
    assert_eq!(output.status.code(), Some(1));
    let said = err(&output);
    for words in ["segments: unknown field", "segment.name: is missing", "Download as a file"] {
        assert!(said.contains(words), "{said}");
    }
    // Any other document with a wrong field is only wrong.
    let wrong = write(&folder, "wrong.json", r#"{"version":1,"segments":{}}"#);
    let said = publik(&["count", "nowhere", "--view", text(&wrong)]);
    assert!(!err(&said).contains("Download as a file"), "{}", err(&said));
}

#[test]
fn rejects_fail_the_build_unless_they_are_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export");
    assert!(publik(&["demo", text(&export), "--customers", "30"]).status.success());
    let orders = export.join("orders.csv");
    let mut rows = fs::read_to_string(&orders).unwrap();
    rows.push_str("O-broken,nobody-of-that-id,2026-01-01,online\n");
    fs::write(&orders, rows).unwrap();
    let snapshot = folder.path().join("out");
    let refused = publik(&["build", text(&export), "-o", &format!("{}/", text(&snapshot))]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(!snapshot.exists());
    let said = err(&refused);
    assert!(said.contains("customer_id: customers.csv has no row with this id"), "{said}");
    assert!(!said.contains("nobody-of-that-id"), "{said}");
    let listed = fs::read_to_string(folder.path().join("out.rejects.csv")).unwrap();
    assert!(listed.starts_with("file,line,column,reason,record\n"), "{listed}");
    assert!(listed.contains("nobody-of-that-id"));
    let allowed = publik(&["build", text(&export), "-o", text(&snapshot), "--allow-rejects"]);
    assert_eq!(allowed.status.code(), Some(0), "{}", err(&allowed));
    assert!(snapshot.join("manifest.json").exists());
}

#[test]
fn what_is_wrong_with_other_postcodes_names_their_file() {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export");
    assert!(publik(&["demo", text(&export), "--customers", "3"]).status.success());
    let codes = write(&folder, "codes.csv", "country,postal_code,latitude\nSE,1,1\n");
    let snapshot = folder.path().join("out");
    let build = ["build", text(&export), "-o", text(&snapshot), "--postcodes", text(&codes)];
    let refused = publik(&build);
    let said = err(&refused);
    assert!(said.contains(&format!("publik: {}:1: column longitude", text(&codes))), "{said}");

    write(&folder, "codes.csv", "country,postal_code,latitude,longitude\nSE,,1,1\n");
    let refused = publik(&build);
    let said = err(&refused);
    assert!(said.contains(&format!("\n{}:2: postal_code: empty", text(&codes))), "{said}");
}

#[test]
fn a_failed_build_leaves_the_older_snapshot_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = demo_snapshot(&folder, "30");
    let before = fs::read(snapshot.join("manifest.json")).unwrap();
    fs::remove_file(folder.path().join("export/tickets.csv")).unwrap();
    let export = folder.path().join("export");
    let failed = publik(&["build", text(&export), "-o", text(&snapshot), "--allow-rejects"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(err(&failed).contains("tickets.csv is missing"), "{}", err(&failed));
    assert_eq!(fs::read(snapshot.join("manifest.json")).unwrap(), before);
}

#[test]
fn the_same_export_and_time_give_the_same_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export");
    assert!(publik(&["demo", text(&export), "--customers", "200"]).status.success());
    let built = |name: &str| {
        let snapshot = folder.path().join(name);
        let time = "2026-11-21T06:10:00Z";
        let done = publik(&["build", text(&export), "-o", text(&snapshot), "--built-at", time]);
        assert!(done.status.success(), "{}", err(&done));
        let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(snapshot)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read(entry.path()).unwrap())
            })
            .collect();
        files.sort();
        files
    };
    assert_eq!(built("one"), built("two"));
}

#[test]
fn a_folder_that_is_no_snapshot_is_never_written_into() {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export");
    assert!(publik(&["demo", text(&export), "--customers", "10"]).status.success());
    let refused = publik(&["build", text(&export), "-o", text(&export)]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("holds no snapshot"), "{}", err(&refused));
    assert!(!export.join("manifest.json").exists());
}

#[test]
fn a_demo_never_writes_over_another_venues_export() {
    let folder = tempfile::tempdir().unwrap();
    let venue = write(&folder, "venue.toml", "name = \"A real one\"\n");
    let refused = publik(&["demo", text(folder.path())]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(fs::read_to_string(venue).unwrap(), "name = \"A real one\"\n");
}

#[test]
fn info_says_what_a_snapshot_holds() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = demo_snapshot(&folder, "50");
    let described = publik(&["info", text(&snapshot)]);
    assert!(out(&described).contains("customers  50"), "{}", out(&described));
    let json = publik(&["info", text(&snapshot), "--json"]);
    let info: Value = serde_json::from_str(out(&json)).unwrap();
    assert_eq!(info["rows"]["customers"], 50);
    assert_eq!(info["parts"][0]["encryption"], "none");
    let damaged = snapshot.join(info["parts"][0]["file"].as_str().unwrap());
    let mut bytes = fs::read(&damaged).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&damaged, bytes).unwrap();
    let refused = publik(&["info", text(&snapshot)]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("facts part is damaged"), "{}", err(&refused));
}

#[test]
fn a_list_of_rejects_never_writes_over_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export");
    assert!(publik(&["demo", text(&export), "--customers", "5"]).status.success());
    let notes = write(&folder, "notes.txt", "mine");
    let snapshot = folder.path().join("out");
    for file in [&notes, &export.join("customers.csv")] {
        let before = fs::read(file).unwrap();
        let refused =
            publik(&["build", text(&export), "-o", text(&snapshot), "--rejects", text(file)]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(err(&refused).contains("no list of rejects"), "{}", err(&refused));
        assert_eq!(&fs::read(file).unwrap(), &before);
    }
}

#[test]
fn a_row_of_customers_in_the_headers_place_is_not_printed() {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export");
    assert!(publik(&["demo", text(&export), "--customers", "5"]).status.success());
    let customers = export.join("customers.csv");
    let rows = fs::read_to_string(&customers).unwrap();
    let (_, without_header) = rows.split_once('\n').unwrap();
    fs::write(&customers, without_header).unwrap();
    let refused = publik(&["build", text(&export), "-o", text(&folder.path().join("out"))]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("customers.csv:1: column customer_id is missing"));
    let first_row = without_header.lines().next().unwrap();
    for cell in first_row.split(',').filter(|cell| cell.len() > 3) {
        assert!(!err(&refused).contains(cell), "{cell:?} in {}", err(&refused));
    }
}

#[test]
fn a_snapshot_can_be_built_into_the_folder_one_stands_in() {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("export");
    assert!(publik(&["demo", text(&export), "--customers", "5"]).status.success());
    let tickets = export.join("tickets.csv");
    let rows = fs::read_to_string(&tickets).unwrap() + "T-x,no-order,no-event,1,,,\n";
    fs::write(&tickets, rows).unwrap();
    let here = folder.path().join("here");
    fs::create_dir(&here).unwrap();
    let built = Command::new(env!("CARGO_BIN_EXE_publik"))
        .args(["build", text(&export), "-o", ".", "--allow-rejects"])
        .current_dir(&here)
        .output()
        .unwrap();
    assert_eq!(built.status.code(), Some(0), "{}", err(&built));
    assert!(here.join("manifest.json").exists());
    assert!(folder.path().join("here.rejects.csv").exists());
}
