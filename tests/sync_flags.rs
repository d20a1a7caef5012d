//! Tokens, keys, errors and flags of the sync endpoint, over real HTTP.
#![cfg(all(feature = "cli", feature = "server"))]

mod sync_support;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::thread;
use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use sync_support::{Answer, Endpoint, Venue, gzip, new_key};

const ASSIGN: &str = "/v1/flags/vip/assignments";

/// A venue with an endpoint and a token that may do everything.
fn started() -> (Venue, Endpoint, String) {
    let venue = Venue::new("origins = [\"https://page.example.org\"]", "");
    let token = venue.token("desk", "flags,campaigns,audiences");
    let endpoint = venue.start();
    (venue, endpoint, token)
}

fn add(customers: &[&str]) -> Value {
    json!({ "op": "add", "customers": customers })
}

#[test]
fn health_needs_no_token_and_everything_else_does() {
    let (_venue, endpoint, token) = started();
    let health = endpoint.call(Method::GET, "/v1/health").send().ok(200);
    assert_eq!(health["status"], "ok");
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
    let document = endpoint.get("/v1/openapi.json", &token).ok(200);
    let mut checked = 0;
    for (path, calls) in document["paths"].as_object().unwrap() {
        for method in calls.as_object().unwrap().keys() {
            if path == "/v1/health" || path.starts_with("/u/") {
                continue;
            }
            let method: Method = method.to_uppercase().parse().unwrap();
            let path = path.replace(['{', '}'], "x");
            let answer = endpoint.call(method, &path).send();
            answer.problem(401);
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            checked += 1;
        }
    }
    assert!(checked >= 3, "{checked}");
    for path in ["/metrics", "/v1/openapi.json", "/v1/nothing", "/v1/"] {
        endpoint.call(Method::GET, path).send().problem(401);
    }
    let basic = endpoint.call(Method::GET, "/v1/flags").header("authorization", "Basic eDp5");
    basic.send().problem(401);
}

#[test]
fn a_token_may_do_what_it_has_the_right_to() {
    let venue = Venue::new("", "");
    let (flags, campaigns) = (venue.token("a", "flags"), venue.token("b", "campaigns"));
    let endpoint = venue.start();
    endpoint.get("/v1/flags", &flags).ok(200);
    let refused = endpoint.get("/v1/flags", &campaigns).problem(403);
    assert!(refused["detail"].as_str().unwrap().contains("\"flags\""), "{refused}");
    endpoint.post(ASSIGN, &campaigns, &add(&["K1"])).problem(403);
    endpoint.get("/v1/flags/changes", &campaigns).problem(403);
}

#[test]
fn wrong_tokens_are_slowed_down_and_good_ones_are_not() {
    let (_venue, endpoint, token) = started();
    let mut statuses = Vec::new();
    for number in 0..15 {
        let answer = endpoint.get("/v1/flags", &format!("publik_wrong{number}"));
        if answer.status == 429 {
            answer.problem(429);
            assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
        } else {
            answer.problem(401);
        }
        statuses.push(answer.status);
        endpoint.get("/v1/flags", &token).ok(200);
    }
    assert_eq!(statuses[..10], [401; 10]);
    assert_eq!(statuses[14], 429);
}

#[test]
fn tokens_are_listed_and_revoked_while_the_endpoint_runs() {
    let (venue, endpoint, token) = started();
    endpoint.get("/v1/flags", &token).ok(200);
    let listing = String::from_utf8(venue.command(&["token", "list"]).stdout).unwrap();
    assert!(listing.starts_with("desk\tflags,campaigns,audiences\tadded "), "{listing}");
    assert!(!listing.contains(&token));
    assert!(venue.command(&["token", "revoke", "desk"]).status.success());
    endpoint.get("/v1/flags", &token).problem(401);
    let again = venue.command(&["token", "revoke", "desk"]);
    assert_eq!(again.status.code(), Some(1));
    let refused = venue.command(&["token", "add", "desk"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("already"), "{refused:?}");
    let unknown = venue.command(&["token", "add", "x", "--rights", "flags,root"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn init_writes_a_private_configuration_and_a_token_that_works() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("sync.toml");
    let init = || {
        Command::new(env!("CARGO_BIN_EXE_publik"))
            .args(["sync", "init", "--config"])
            .arg(&config)
            .output()
            .unwrap()
    };
    let made = init();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let token = String::from_utf8(made.stdout).unwrap();
    #[cfg(unix)]
    for file in ["sync.toml", "sync.db"] {
        use std::os::unix::fs::PermissionsExt;
        let bits = fs::metadata(folder.path().join(file)).unwrap().permissions().mode();
        assert_eq!(bits & 0o777, 0o600, "{file}");
    }
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replace("127.0.0.1:8787", "127.0.0.1:0")).unwrap();
    let endpoint = Endpoint::start(&config);
    endpoint.get("/v1/flags", token.trim()).ok(200);
    let twice = init();
    assert_eq!(twice.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&twice.stderr).contains("sync.toml"));
}

#[test]
fn flags_are_set_taken_away_and_told_in_the_feed() {
    let (_venue, endpoint, token) = started();
    let flags = endpoint.get("/v1/flags", &token).ok(200);
    assert_eq!(
        flags,
        json!([{ "id": "choir", "name": "Körvän", "customers": 0 },
               { "id": "vip", "name": "VIP", "customers": 0 }])
    );
    let set = endpoint.post(ASSIGN, &token, &add(&["K1", "K2"])).ok(200);
    assert_eq!(
        set,
        json!({ "changed": 2, "unchanged": 0, "changed_customers": ["K1", "K2"], "cursor": 1 })
    );
    let again = endpoint.post(ASSIGN, &token, &add(&["K2", "K3"])).ok(200);
    assert_eq!(
        again,
        json!({ "changed": 1, "unchanged": 1, "changed_customers": ["K3"], "cursor": 2 })
    );
    let undo = json!({ "op": "remove", "customers": ["K3"],
        "view": { "name": "Dance", "sha256": "a".repeat(64) } });
    assert_eq!(endpoint.post(ASSIGN, &token, &undo).ok(200)["cursor"], 3);
    assert_eq!(endpoint.get("/v1/flags", &token).json()[1]["customers"], 2);
    let feed = endpoint.get("/v1/flags/changes?since=1", &token).ok(200);
    assert_eq!((feed["cursor"].clone(), feed["more"].clone()), (json!(3), json!(false)));
    let changes = feed["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 2);
    assert_eq!(changes[0]["customers"], json!(["K3"]));
    assert_eq!(
        (&changes[1]["op"], &changes[1]["by"], &changes[1]["flag"], &changes[1]["cursor"]),
        (&json!("remove"), &json!("desk"), &json!("vip"), &json!(3))
    );
    assert!(changes[1]["at"].as_str().unwrap().ends_with('Z'));
    let first = endpoint.get("/v1/flags/changes?limit=1", &token).ok(200);
    assert_eq!((first["cursor"].clone(), first["more"].clone()), (json!(1), json!(true)));
}

#[test]
fn the_ticketing_system_gets_every_change_as_csv() {
    let (venue, endpoint, token) = started();
    endpoint.post(ASSIGN, &token, &add(&["K1", "K,2"])).ok(200);
    endpoint.post(ASSIGN, &token, &json!({ "op": "remove", "customers": ["K1"] })).ok(200);
    let file = venue.path("flags.csv");
    let written = |since: &str| {
        let file = file.to_str().unwrap();
        let done = venue.command(&["flags", "--since", since, "-o", file]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert!(String::from_utf8_lossy(&done.stderr).contains("--since 2"));
        let rows = csv::Reader::from_path(file).unwrap().into_records().map(Result::unwrap);
        rows.map(|row| row.iter().take(3).collect::<Vec<_>>().join("|")).collect::<Vec<_>>()
    };
    assert_eq!(written("0"), ["K,2|vip|add", "K1|vip|add", "K1|vip|remove"]);
    assert_eq!(written("1"), ["K1|vip|remove"]);
    let header = fs::read_to_string(&file).unwrap();
    assert!(header.starts_with("customer_id,flag,op,at\n"), "{header}");
}

#[test]
fn the_same_key_and_body_does_nothing_twice() {
    let (_venue, endpoint, token) = started();
    let key = new_key();
    let post = |key: &str, body: &Value| {
        endpoint.call(Method::POST, ASSIGN).token(&token).key(key).json(body).send()
    };
    let first = post(&key, &add(&["K1"]));
    let second = post(&key.to_uppercase(), &add(&["K1"]));
    assert_eq!((second.status, &second.body), (200, &first.body));
    let other = post(&key, &add(&["K2"])).problem(422);
    assert_eq!(other["first"], first.json());
    assert_eq!(other["errors"][0]["path"], "Idempotency-Key");
    let elsewhere = endpoint.call(Method::POST, "/v1/flags/choir/assignments").token(&token);
    elsewhere.key(&key).json(&add(&["K1"])).send().problem(422);
    assert_eq!(endpoint.get("/v1/flags/changes", &token).json()["cursor"], 1);
    // What was refused may come again, put right, with its key.
    let key = new_key();
    post(&key, &json!({ "op": "add", "customers": [""] })).problem(422);
    post(&key, &add(&["K9"])).ok(200);
}

#[test]
fn keys_are_each_tokens_own_and_outlive_the_process() {
    let venue = Venue::new("", "");
    let (a, b) = (venue.token("a", "flags"), venue.token("b", "flags"));
    let key = new_key();
    let post = |endpoint: &Endpoint, token: &str| {
        let call = endpoint.call(Method::POST, ASSIGN).token(token).key(&key);
        call.json(&add(&["K1"])).send().ok(200)["changed"].clone()
    };
    let endpoint = venue.start();
    assert_eq!(post(&endpoint, &a), 1);
    assert_eq!(post(&endpoint, &b), 0);
    assert!(endpoint.stop());
    let endpoint = venue.start();
    assert_eq!(post(&endpoint, &a), 1);
}

#[test]
fn a_key_that_is_being_answered_is_a_conflict() {
    let (_venue, endpoint, token) = started();
    let body = add(&["K1"]).to_string();
    let address = endpoint.address.trim_start_matches("http://");
    // The slow one has to be there first, which only its arrival can tell.
    for _ in 0..20 {
        let key = new_key();
        let again = || {
            let call = endpoint.call(Method::POST, ASSIGN).token(&token).key(&key);
            call.json(&add(&["K1"])).send()
        };
        let mut slow = TcpStream::connect(address).unwrap();
        let head = format!(
            "POST {ASSIGN} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\
             idempotency-key: {key}\r\ncontent-type: application/json\r\n\
             connection: close\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        slow.write_all(head.as_bytes()).unwrap();
        slow.write_all(&body.as_bytes()[..5]).unwrap();
        thread::sleep(Duration::from_millis(200));
        let early = again();
        slow.write_all(&body.as_bytes()[5..]).unwrap();
        let mut answer = String::new();
        slow.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        if early.status == 409 {
            early.problem(409);
            assert!(answer.ends_with(&again().text()), "{answer}");
            return;
        }
    }
    panic!("no call came while another with its key was under way");
}

#[test]
fn what_cannot_be_read_is_400() {
    let (_venue, endpoint, token) = started();
    let post = || endpoint.call(Method::POST, ASSIGN).token(&token);
    post().json(&add(&["K1"])).send().problem(400);
    post().key("17").json(&add(&["K1"])).send().problem(400);
    let json = "application/json";
    for body in ["", "{", "{\"op\":\"add\"", "{} {}", "\u{feff}{}", "op=add"] {
        let call = post().new_key().header("content-type", json).body(body);
        call.send().problem(400);
    }
    let invalid = post().new_key().header("content-type", json).body(vec![b'"', 0xff, b'"']);
    invalid.send().problem(400);
    let no_gzip = post().new_key().header("content-encoding", "gzip").json(&add(&["K1"]));
    no_gzip.send().problem(400);
}

#[test]
fn other_kinds_of_bodies_are_415() {
    let (_venue, endpoint, token) = started();
    let post = || endpoint.call(Method::POST, ASSIGN).token(&token).new_key();
    post().body("{}").send().problem(415);
    post().header("content-type", "text/plain").body("{}").send().problem(415);
    post().header("content-encoding", "br").json(&add(&["K1"])).send().problem(415);
    let charset = post().header("content-type", "application/json; charset=utf-8");
    charset.body(add(&["K1"]).to_string()).send().ok(200);
}

#[test]
fn bodies_may_be_packed_and_are_limited_as_unpacked() {
    let (_venue, endpoint, token) = started();
    let post = |body: Vec<u8>, encoding: &str| {
        let call = endpoint.call(Method::POST, ASSIGN).token(&token).new_key();
        let call = call.header("content-type", "application/json");
        call.header("content-encoding", encoding).body(body).try_send()
    };
    let customers: Vec<String> = (0..250_000).map(|number| format!("K{number}")).collect();
    let most = json!({ "op": "add", "customers": customers }).to_string();
    let set = post(gzip(most.as_bytes()), "gzip").unwrap().ok(200);
    assert_eq!(set["changed"], 250_000);
    let bomb = vec![b' '; 64 * 1024 * 1024 + 1];
    post(gzip(&bomb), "gzip").unwrap().problem(413);
    // The endpoint may answer and close before it has read so much.
    match post(bomb, "identity") {
        Ok(answer) => drop(answer.problem(413)),
        Err(error) => {
            let told = format!("{error:?}");
            assert!(told.contains("onnection") || told.contains("BrokenPipe"), "{told}");
        }
    }
    let mut largest = vec![b' '; 64 * 1024 * 1024 - 2];
    largest.extend(b"{}");
    post(gzip(&largest), "gzip").unwrap().problem(422);
}

#[test]
fn what_is_not_allowed_is_422_with_its_place() {
    let (_venue, endpoint, token) = started();
    let too_many: Vec<String> = (0..250_001).map(|number| format!("K{number}")).collect();
    for (body, path) in [
        (json!({ "op": "set", "customers": [] }), "op"),
        (json!({ "op": "add" }), ""),
        (json!({ "op": "add", "customers": ["K1", 7] }), "customers[1]"),
        (json!({ "op": "add", "customers": ["K1", "", "a\nb"] }), "customers[1]"),
        (json!({ "op": "add", "customers": ["K1"], "note": 1 }), "note"),
        (json!({ "op": "add", "customers": too_many }), "customers"),
        (
            json!({ "op": "add", "customers": [], "view": { "name": "x", "sha256": "y" } }),
            "view.sha256",
        ),
        (json!([]), ""),
    ] {
        let problem = endpoint.post(ASSIGN, &token, &body).problem(422);
        assert_eq!(problem["errors"][0]["path"], path, "{problem}");
        assert!(!problem["errors"][0]["message"].as_str().unwrap().is_empty());
    }
    for query in ["since=x", "since=-1", "limit=0", "limit=ten", "since=1&since=2"] {
        endpoint.get(&format!("/v1/flags/changes?{query}"), &token).problem(422);
    }
    endpoint.get("/v1/flags/changes?limit=99999", &token).ok(200);
    assert_eq!(endpoint.get("/v1/flags/changes", &token).json()["cursor"], 0);
}

#[test]
fn what_is_not_there_is_404_and_other_methods_405() {
    let (_venue, endpoint, token) = started();
    endpoint.post("/v1/flags/gold/assignments", &token, &add(&["K1"])).problem(404);
    endpoint.get("/v1/nothing", &token).problem(404);
    endpoint.get("/elsewhere", &token).problem(404);
    endpoint.call(Method::DELETE, "/v1/flags").token(&token).send().problem(405);
}

#[test]
fn pages_of_configured_origins_may_call_and_others_may_not() {
    let (_venue, endpoint, _token) = started();
    let preflight = |origin: &str| -> Answer {
        let call = endpoint.call(Method::OPTIONS, ASSIGN).header("origin", origin);
        let call = call.header("access-control-request-method", "POST");
        call.header("access-control-request-headers", "authorization,idempotency-key,content-type")
            .send()
    };
    let allowed = preflight("https://page.example.org");
    assert_eq!(allowed.status, 200);
    assert_eq!(allowed.header("access-control-allow-origin"), "https://page.example.org");
    let headers = allowed.header("access-control-allow-headers").to_lowercase();
    for header in ["authorization", "idempotency-key", "content-type", "content-encoding"] {
        assert!(headers.contains(header), "{headers}");
    }
    assert_eq!(preflight("https://other.example.org").header("access-control-allow-origin"), "");
    // Errors too must be readable for the page.
    let refused =
        endpoint.call(Method::GET, "/v1/flags").header("origin", "https://page.example.org");
    let refused = refused.send();
    refused.problem(401);
    assert_eq!(refused.header("access-control-allow-origin"), "https://page.example.org");
    let readable = refused.header("access-control-expose-headers").to_lowercase();
    assert!(readable.contains("retry-after") && readable.contains("date"), "{readable}");
    assert!(refused.header("date").ends_with("GMT"));
}

#[test]
fn a_hundred_clients_at_once_lose_nothing() {
    let (_venue, endpoint, token) = started();
    thread::scope(|scope| {
        let clients = (0..100).map(|client| {
            let (endpoint, token) = (&endpoint, &token);
            scope.spawn(move || {
                let customers: Vec<String> =
                    (0..50).map(|at| format!("K{}", client + at)).collect();
                let body = json!({ "op": "add", "customers": customers });
                endpoint.post(ASSIGN, token, &body).ok(200)["changed"].as_u64().unwrap()
            })
        });
        let clients: Vec<_> = clients.collect();
        let changed: u64 = clients.into_iter().map(|client| client.join().unwrap()).sum();
        assert_eq!(changed, 149);
    });
    let feed = endpoint.get("/v1/flags/changes", &token).ok(200);
    let changes = feed["changes"].as_array().unwrap();
    let cursors: Vec<i64> = changes.iter().map(|one| one["cursor"].as_i64().unwrap()).collect();
    assert!(cursors.is_sorted() && cursors.iter().collect::<BTreeSet<_>>().len() == cursors.len());
    let told = changes.iter().flat_map(|change| change["customers"].as_array().unwrap());
    let told: Vec<&str> = told.map(|id| id.as_str().unwrap()).collect();
    assert_eq!(told.len(), 149);
    assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), 149);
    assert_eq!(endpoint.get("/v1/flags", &token).json()[1]["customers"], 149);
}

#[test]
fn the_audit_log_has_who_what_and_how_many_and_no_log_has_a_customer() {
    let (venue, endpoint, token) = started();
    let body = json!({ "op": "add", "customers": ["Kundnummer-4711"],
        "view": { "name": "Dance", "sha256": "b".repeat(64) } });
    endpoint.post(ASSIGN, &token, &body).ok(200);
    endpoint.get("/v1/flags/Kundnummer-4711/assignments", &token);
    let metrics = endpoint.get("/metrics", &token);
    assert!(metrics.text().contains("publik_sync_requests_total{"), "{}", metrics.text());
    let log = endpoint.said();
    assert!(log.contains("/v1/flags/{id}/assignments"), "{log}");
    assert!(endpoint.stop());
    let line: (String, String, String, String, String) = venue
        .store()
        .query_row("SELECT who, what, about, view_name, counts FROM audit", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
        .unwrap();
    let expected = ["desk", "flag.add", "vip", "Dance", r#"{"changed":1,"unchanged":0}"#];
    assert_eq!([line.0, line.1, line.2, line.3, line.4], expected);
    for text in [log, metrics.text()] {
        assert!(!text.contains("4711") && !text.contains(&token), "{text}");
    }
}

#[test]
fn the_app_is_served_by_the_same_process_when_a_folder_is_named() {
    let venue = Venue::new("app = \"dist\"", "");
    venue.write("dist/index.html", "<!doctype html><title>Publik</title>");
    venue.write("dist/index.html.br", "smaller");
    venue.write("dist/data/facts-0123456789abcdef.bin", "facts");
    let token = venue.token("desk", "flags");
    let endpoint = venue.start();
    let page = endpoint.call(Method::GET, "/").send();
    assert_eq!((page.status, page.header("cache-control")), (200, "no-cache"));
    assert!(page.text().contains("Publik") && page.header("content-type").starts_with("text/html"));
    assert_eq!(page.header("content-security-policy"), "frame-ancestors 'none'");
    assert!(page.header("permissions-policy").contains("geolocation=()"));
    let smaller = endpoint.call(Method::GET, "/").header("accept-encoding", "gzip, br").send();
    assert_eq!((smaller.header("content-encoding"), smaller.text().as_str()), ("br", "smaller"));
    assert!(smaller.header("content-type").starts_with("text/html"));
    let facts = endpoint.call(Method::GET, "/data/facts-0123456789abcdef.bin").send();
    assert!(facts.header("cache-control").contains("immutable"));
    for path in ["/sync.toml", "/../sync.toml", "/%2e%2e/sync.toml", "/../sync.db"] {
        let stolen = endpoint.call(Method::GET, path).send();
        assert_eq!(stolen.status, 404, "{path}");
    }
    endpoint.get("/v1/nothing", &token).problem(404);
}

#[test]
fn a_bad_configuration_is_refused_before_anything_starts() {
    let venue = Venue::new("retain_dys = 3", "");
    let refused = venue.command(&[]);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("sync.toml") && said.contains("retain_dys"), "{said}");
    assert!(!venue.path("sync.db").exists());
}
