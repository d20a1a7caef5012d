//! What every call of version 1 has in common, asked of each of them over real HTTP: rights, keys, bodies, errors.
#![cfg(all(feature = "cli", feature = "server"))]

mod sync_support;

use http::Method;
use serde_json::{Value, json};
use sync_support::theatre::{campaign, recipient, theatre, with};
use sync_support::{Call, Endpoint, Venue, new_key};

const ASSIGN: &str = "/v1/flags/vip/assignments";
const CAMPAIGNS: &str = "/v1/campaigns";
const AUDIENCES: &str = "/v1/connectors/fb/audiences";

/// A theatre whose mails become files, with a service that nobody answers for.
fn started() -> (Venue, Endpoint) {
    let venue = theatre(
        "",
        "",
        "[connectors.fb]\nkind = \"meta\"\nname = \"Facebook\"\n\
         base_url = \"http://127.0.0.1:9\"\naccess_token = \"SECRET\"\n\
         [connectors.fb.audiences.guests]\nname = \"Guests\"\naudience_id = \"4711\"\n",
    );
    let endpoint = venue.start();
    (venue, endpoint)
}

/// A campaign that stays where it is while the test runs.
fn waiting(count: usize) -> Value {
    with(campaign(count), &json!({ "send_after": null }))
}

fn audience(count: usize) -> Value {
    let recipients: Vec<Value> =
        (0..count).map(|at| json!({ "id": format!("K{at}"), "email": "0".repeat(64) })).collect();
    json!({ "name": "Dance", "audience": "guests", "operation": "add", "recipients": recipients })
}

fn assignment(customers: &[&str]) -> Value {
    json!({ "op": "add", "customers": customers })
}

/// Each `POST` of the contract with a body that it takes and another one, and what it then answers.
fn posts(endpoint: &Endpoint, token: &str) -> Vec<(String, Value, Value, u16)> {
    let accepted = endpoint.post(CAMPAIGNS, token, &waiting(1)).ok(202);
    let cancel = format!("{CAMPAIGNS}/{}/cancel", accepted["id"].as_str().unwrap());
    vec![
        (ASSIGN.to_owned(), assignment(&["K1"]), assignment(&["K2"]), 200),
        (CAMPAIGNS.to_owned(), waiting(2), waiting(3), 202),
        (AUDIENCES.to_owned(), audience(1), audience(2), 202),
        (cancel, json!({}), json!({ "why": 1 }), 200),
    ]
}

#[test]
fn every_call_that_names_a_right_refuses_a_token_without_it() {
    let (venue, endpoint) = started();
    let tokens =
        ["flags", "campaigns", "audiences"].map(|right| (right, venue.token(right, right)));
    let document = endpoint.get("/v1/openapi.json", &tokens[0].1).ok(200);
    let mut refused = 0;
    for (path, calls) in document["paths"].as_object().unwrap() {
        for (method, call) in calls.as_object().unwrap() {
            if call["responses"]["403"].is_null() {
                continue;
            }
            let needed = match call["tags"][0].as_str().unwrap() {
                "flags" => "flags",
                "campaigns" => "campaigns",
                "audiences" => "audiences",
                other => panic!("{path}: a right for {other:?}?"),
            };
            let method: Method = method.to_uppercase().parse().unwrap();
            let path = path.replace(['{', '}'], "x");
            for (right, token) in &tokens {
                let call = endpoint.call(method.clone(), &path).token(token).new_key();
                let answer = call.json(&json!({})).send();
                if *right == needed {
                    assert!(![401, 403].contains(&answer.status), "{path}: {}", answer.text());
                } else {
                    let problem = answer.problem(403);
                    let detail = problem["detail"].as_str().unwrap();
                    assert!(detail.contains(&format!("{needed:?}")), "{path}: {problem}");
                    refused += 1;
                }
            }
        }
    }
    assert!(refused >= 22, "{refused}");
    for (_, token) in &tokens {
        endpoint.get("/v1/suppressions", token).ok(200);
    }
}

#[test]
fn every_post_needs_a_key_and_answers_it_again_without_doing_it_again() {
    let (venue, endpoint) = started();
    let token = venue.token("desk", "flags,campaigns,audiences");
    for (path, body, other, status) in posts(&endpoint, &token) {
        let post = || endpoint.call(Method::POST, &path).token(&token);
        for key in [None, Some(""), Some("17"), Some("not-a-uuid-at-all")] {
            let call = key.into_iter().fold(post(), Call::key);
            call.json(&body).send().problem(400);
        }
        let key = new_key();
        let first = post().key(&key).json(&body).send();
        first.ok(status);
        for _ in 0..2 {
            let again = post().key(&key).json(&body).send();
            assert_eq!((again.status, &again.body), (status, &first.body), "{path}");
        }
        let problem = post().key(&key).json(&other).send().problem(422);
        assert_eq!(problem["first"], first.json(), "{path}");
        assert_eq!(problem["errors"][0]["path"], "Idempotency-Key", "{path}");
    }
    let campaigns = endpoint.get(CAMPAIGNS, &token).ok(200);
    assert_eq!(campaigns.as_array().unwrap().len(), 2, "{campaigns}");
    let stored = "SELECT count(*) FROM audiences";
    let audiences: u64 = venue.store().query_row(stored, [], |row| row.get(0)).unwrap();
    assert_eq!(audiences, 1);
    assert_eq!(endpoint.get("/v1/flags/changes", &token).ok(200)["cursor"], 1);
}

#[test]
fn every_post_takes_json_only_and_not_too_much_of_it() {
    let (venue, endpoint) = started();
    let token = venue.token("desk", "flags,campaigns,audiences");
    let bomb = sync_support::gzip(&vec![b' '; 64 * 1024 * 1024 + 1]);
    for (path, body, _, _) in posts(&endpoint, &token) {
        let post = || endpoint.call(Method::POST, &path).token(&token).new_key();
        let json = || post().header("content-type", "application/json");
        for broken in ["{", "{} {}", "op=add"] {
            json().body(broken).send().problem(400);
        }
        post().header("content-type", "text/csv").body(body.to_string()).send().problem(415);
        post().body(body.to_string()).send().problem(415);
        json().header("content-encoding", "gzip").body(bomb.clone()).send().problem(413);
        let unknown = post().json(&json!({ "colour": "red" })).send().problem(422);
        assert_eq!(unknown["errors"][0]["path"], "colour", "{path}: {unknown}");
        assert!(!unknown["errors"][0]["message"].as_str().unwrap().is_empty());
    }
}

#[test]
fn a_call_has_at_most_a_quarter_of_a_million_recipients() {
    let (venue, endpoint) = started();
    let token = venue.token("desk", "flags,campaigns,audiences");
    let many: Vec<Value> = (0..250_001).map(|at| json!({ "id": format!("K{at}") })).collect();
    for (path, body) in [(CAMPAIGNS, waiting(1)), (AUDIENCES, audience(1))] {
        let body = with(body, &json!({ "recipients": many }));
        let problem = endpoint.post(path, &token, &body).problem(422);
        assert_eq!(problem["errors"][0]["path"], "recipients", "{problem}");
    }
}

#[test]
fn what_the_contract_names_is_in_every_answer() {
    let (venue, endpoint) = started();
    let token = venue.token("desk", "flags,campaigns,audiences");
    let has = |answer: &Value, fields: &[&str]| {
        for field in fields {
            assert!(answer.get(field).is_some(), "{field} is missing: {answer}");
        }
    };
    has(&endpoint.call(Method::GET, "/v1/health").send().ok(200), &["status", "version"]);
    has(&endpoint.get("/v1/flags", &token).ok(200)[0], &["id", "name", "customers"]);
    let set = endpoint.post(ASSIGN, &token, &assignment(&["K1"])).ok(200);
    has(&set, &["changed", "unchanged", "changed_customers", "cursor"]);
    let feed = endpoint.get("/v1/flags/changes?since=0&limit=5", &token).ok(200);
    has(&feed, &["cursor", "more", "changes"]);
    has(&feed["changes"][0], &["cursor", "flag", "op", "customers", "at", "by"]);
    has(&endpoint.get("/v1/layouts", &token).ok(200)[0], &["id", "name", "languages"]);
    let nobody = json!({ "recipients": [recipient(1), { "id": "K2" }] });
    let accepted = endpoint.post(CAMPAIGNS, &token, &with(waiting(1), &nobody)).ok(202);
    has(&accepted, &["id", "accepted", "skipped", "sends_at"]);
    has(&accepted["skipped"][0], &["id", "reason"]);
    let one = format!("{CAMPAIGNS}/{}", accepted["id"].as_str().unwrap());
    let states = ["state", "queued", "sent", "failed", "suppressed", "uncertain", "cancelled"];
    has(&endpoint.get(&one, &token).ok(200), &states);
    has(&endpoint.get(CAMPAIGNS, &token).ok(200)[0], &states);
    has(&endpoint.post(&format!("{one}/cancel"), &token, &json!({})).ok(200), &states);
    let suppressions = endpoint.get("/v1/suppressions?since=0&limit=5", &token).ok(200);
    has(&suppressions, &["cursor", "more", "suppressions"]);
    for query in ["since=x", "limit=0"] {
        endpoint.get(&format!("/v1/suppressions?{query}"), &token).problem(422);
    }
    has(&endpoint.get("/v1/connectors", &token).ok(200)[0], &["id", "name", "operations"]);
    let handed = endpoint.post(AUDIENCES, &token, &audience(1)).ok(202);
    let progress = format!("/v1/audiences/{}", handed["id"].as_str().unwrap());
    has(&endpoint.get(&progress, &token).ok(200), &["state", "total", "sent", "rejected"]);
}
