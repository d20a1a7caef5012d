//! Audiences go to services that stand here for Meta, Mailchimp and APSIS and check what they are
//! asked against their documentation. No live account was used.
#![cfg(all(feature = "cli", feature = "server"))]

mod sync_support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sync_support::service::{Asked, Service};
use sync_support::{Endpoint, Venue};

fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

fn started(tables: &str) -> (Venue, Endpoint, String) {
    let venue = Venue::new("", &format!("[mail]\nretry_seconds = 1\n{tables}"));
    let token = venue.token("desk", "audiences");
    let endpoint = venue.start();
    (venue, endpoint, token)
}

fn meta(service: &Service) -> (Venue, Endpoint, String) {
    started(&format!(
        "[connectors.fb]\nkind = \"meta\"\nname = \"Facebook\"\nbase_url = \"{}/v25.0\"\n\
         access_token = \"SECRET-TOKEN\"\n\
         [connectors.fb.audiences.guests]\nname = \"Guests\"\naudience_id = \"4711\"\n",
        service.address
    ))
}

fn hand_over(endpoint: &Endpoint, token: &str, connector: &str, body: &Value) -> Value {
    let path = format!("/v1/connectors/{connector}/audiences");
    let created = endpoint.post(&path, token, body).ok(202);
    let path = format!("/v1/audiences/{}", created["id"].as_str().unwrap());
    let until = Instant::now() + Duration::from_mins(1);
    loop {
        let progress = endpoint.get(&path, token).ok(200);
        if progress["state"] == "done" || progress["state"] == "failed" {
            return progress;
        }
        assert!(Instant::now() < until, "{progress}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn hashed(number: usize) -> Value {
    json!({ "id": format!("K{number}"), "email": sha256(&format!("k{number}@example.net")),
        "first_name": sha256("anna"), "country": sha256("se") })
}

fn body(operation: &str, recipients: &[Value]) -> Value {
    json!({ "name": "Dance", "audience": "guests", "operation": operation,
        "recipients": recipients })
}

#[test]
fn meta_gets_hashes_in_batches_of_one_session() {
    let service =
        Service::start(|_, _| (200, json!({ "num_received": 1, "num_invalid_entries": 0 })));
    let (_venue, endpoint, token) = meta(&service);
    let recipients: Vec<Value> = (0..20_001).map(hashed).collect();
    let done = hand_over(&endpoint, &token, "fb", &body("replace", &recipients));
    assert_eq!(
        (&done["state"], &done["sent"], &done["total"]),
        (&json!("done"), &json!(20_001), &json!(20_001)),
        "{}",
        done["error"]
    );
    let asked = service.asked();
    assert_eq!(asked.len(), 3);
    let session =
        |at: usize| -> Value { serde_json::from_str(&asked[at].field("session")).unwrap() };
    for (at, rows) in [10_000, 10_000, 1].into_iter().enumerate() {
        let call = &asked[at];
        assert_eq!(
            (call.method.as_str(), call.path.as_str()),
            ("POST", "/v25.0/4711/usersreplace")
        );
        assert_eq!(call.header("content-type"), "application/x-www-form-urlencoded");
        assert_eq!(call.field("access_token"), "SECRET-TOKEN");
        let payload: Value = serde_json::from_str(&call.field("payload")).unwrap();
        assert_eq!(
            payload["schema"],
            json!(["EXTERN_ID", "EMAIL", "PHONE", "FN", "LN", "CT", "ZIP", "COUNTRY"])
        );
        let data = payload["data"].as_array().unwrap();
        assert_eq!(data.len(), rows);
        let first = format!("k{}@example.net", at * 10_000);
        assert_eq!(
            data[0],
            json!([
                format!("K{}", at * 10_000),
                sha256(&first),
                "",
                sha256("anna"),
                "",
                "",
                "",
                sha256("se")
            ])
        );
        assert_eq!(session(at)["batch_seq"], at + 1);
        assert_eq!(session(at)["last_batch_flag"], at == 2);
        assert_eq!(session(at)["estimated_num_total"], 20_001);
        assert_eq!(session(at)["session_id"], session(0)["session_id"]);
    }
    assert!(session(0)["session_id"].is_u64());
    for (operation, method) in [("add", "POST"), ("remove", "DELETE")] {
        hand_over(&endpoint, &token, "fb", &body(operation, &[hashed(1)]));
        let last = service.asked().pop().unwrap();
        assert_eq!((last.method.as_str(), last.path.as_str()), (method, "/v25.0/4711/users"));
    }
    assert!(!endpoint.said().contains("SECRET"), "{}", endpoint.said());
}

#[test]
fn whoever_was_handed_over_and_not_taken_out_since_is_told() {
    let service =
        Service::start(|_, _| (200, json!({ "num_received": 1, "num_invalid_entries": 0 })));
    let (venue, endpoint, token) = meta(&service);
    let members = || {
        let answer = endpoint.get("/v1/connectors/fb/audiences/guests", &token).ok(200);
        answer["customers"].clone()
    };
    let people = |numbers: &[usize]| numbers.iter().map(|at| hashed(*at)).collect::<Vec<_>>();
    let put = |operation: &str, numbers: &[usize]| {
        hand_over(&endpoint, &token, "fb", &body(operation, &people(numbers)));
    };
    assert_eq!(members(), json!([]));
    put("add", &[9]);
    put("replace", &[3, 1, 2]);
    assert_eq!(members(), json!(["K1", "K2", "K3"]), "replaced");
    put("add", &[4, 2]);
    put("remove", &[2, 3, 7]);
    assert_eq!(members(), json!(["K1", "K4"]));
    put("add", &[2]);
    assert_eq!(members(), json!(["K1", "K2", "K4"]), "back again");
    let forgotten = venue.command(&["forget", "--customer", "K4"]);
    assert!(forgotten.status.success(), "{forgotten:?}");
    assert_eq!(members(), json!(["K1", "K2"]));
    for unknown in ["fb/audiences/strangers", "x/audiences/guests"] {
        endpoint.get(&format!("/v1/connectors/{unknown}"), &token).problem(404);
    }
}

#[test]
fn meta_is_asked_again_later_and_a_refusal_is_told() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let service = Service::start(move |_, _| match counted.fetch_add(1, Ordering::SeqCst) {
        0 => (500, json!({})),
        1 => (429, json!({ "error": { "code": 80003 } })),
        2 => (200, json!({})),
        _ => (
            400,
            json!({ "error": { "code": 100, "error_subcode": 1_713_230,
            "message": "k1@example.net" } }),
        ),
    });
    let (_venue, endpoint, token) = meta(&service);
    let done = hand_over(&endpoint, &token, "fb", &body("add", &[hashed(1)]));
    assert_eq!((&done["state"], &done["sent"]), (&json!("done"), &json!(1)));
    let failed = hand_over(&endpoint, &token, "fb", &body("add", &[hashed(1)]));
    assert_eq!((&failed["state"], &failed["sent"]), (&json!("failed"), &json!(0)));
    assert_eq!(failed["error"], "the service answered 400, code 100, subcode 1713230");
    assert!(!endpoint.said().contains("k1@"), "{}", endpoint.said());
}

#[test]
fn what_an_audience_may_not_be_is_said_at_once() {
    let service = Service::start(|_, _| (200, json!({})));
    let (_venue, endpoint, token) = meta(&service);
    let connectors = endpoint.get("/v1/connectors", &token).ok(200);
    assert_eq!(
        connectors,
        json!([{ "id": "fb", "name": "Facebook", "kind": "meta",
        "operations": ["replace", "add", "remove"],
        "audiences": [{ "id": "guests", "name": "Guests" }] }])
    );
    let post = |body: &Value| endpoint.post("/v1/connectors/fb/audiences", &token, body);
    let mut other = body("add", &[hashed(1)]);
    other["audience"] = json!("strangers");
    assert_eq!(post(&other).problem(422)["errors"][0]["path"], "audience");
    let plain = json!({ "id": "K1", "email": "k1@example.net" });
    let problem = post(&body("add", &[hashed(0), plain])).problem(422);
    assert_eq!(problem["errors"][0]["path"], "recipients[1].email");
    assert!(!problem.to_string().contains("k1@"), "{problem}");
    post(&body("add", &[])).problem(422);
    assert_eq!(post(&body("merge", &[hashed(1)])).problem(422)["errors"][0]["path"], "operation");
    let unknown = endpoint.post("/v1/connectors/x/audiences", &token, &body("add", &[hashed(1)]));
    unknown.problem(404);
    endpoint.get("/v1/audiences/none", &token).problem(404);
    assert!(service.asked().is_empty());
    let none = json!({ "id": "K9" });
    let twice = hand_over(&endpoint, &token, "fb", &body("add", &[hashed(1), hashed(1), none]));
    assert_eq!(
        twice["rejected"],
        json!([{ "id": "K1", "reason": "duplicate" },
        { "id": "K9", "reason": "no_address" }])
    );
}

fn mailchimp(service: &Service) -> (Venue, Endpoint, String) {
    started(&format!(
        "[connectors.mc]\nkind = \"mailchimp\"\nname = \"Mailchimp\"\nbase_url = \"{}/3.0\"\n\
         api_key = \"KEY\"\n[connectors.mc.audiences.guests]\nname = \"Guests\"\n\
         list_id = \"l1\"\nsegment_id = 77\nstatus_if_new = \"pending\"\n",
        service.address
    ))
}

fn plain(number: usize) -> Value {
    json!({ "id": format!("K{number}"), "email": format!("K{number}@example.net"),
        "first_name": "Åsa", "last_name": "Öberg", "language": "sv" })
}

/// A list that holds `old@example.net`, refuses `k3@…` as a member and `k4@…` in the segment.
fn a_list(call: &Asked, errors: u64) -> (u16, Value) {
    assert_eq!(call.header("authorization"), "Basic cHVibGlrOktFWQ==");
    match (call.method.as_str(), call.path.as_str()) {
        ("POST", "/3.0/batches") => (200, json!({ "id": "b1", "status": "pending" })),
        ("GET", "/3.0/batches/b1") => {
            (200, json!({ "id": "b1", "status": "finished", "errored_operations": errors }))
        }
        ("GET", path) if path.starts_with("/3.0/lists/l1/segments/77/members?") => (
            200,
            json!({
            "members": [{ "email_address": "old@example.net" }, { "email_address": "K1@Example.net" }],
            "total_items": 2 }),
        ),
        ("POST", "/3.0/lists/l1/segments/77") => (
            200,
            json!({ "errors": [
            { "email_addresses": ["k4@example.net"], "error": "unknown" }] }),
        ),
        ("PUT", path) if path.starts_with("/3.0/lists/l1/members/") => {
            let is_bad = call.json()["email_address"] == "K3@example.net";
            if is_bad { (400, json!({ "title": "Invalid Resource" })) } else { (200, json!({})) }
        }
        other => panic!("unexpected call: {other:?}"),
    }
}

#[test]
fn mailchimp_subscribes_nobody_again_who_left() {
    let service = Service::start(|call, _| a_list(call, 1));
    let (_venue, endpoint, token) = mailchimp(&service);
    let recipients: Vec<Value> = (1..=5).map(plain).collect();
    let done = hand_over(&endpoint, &token, "mc", &body("replace", &recipients));
    assert_eq!((&done["state"], &done["sent"]), (&json!("done"), &json!(3)), "{done}");
    assert_eq!(
        done["rejected"],
        json!([
            { "id": "K3", "reason": "the service answered 400" },
            { "id": "K4", "reason": "Mailchimp does not take this address into the segment" },
        ])
    );
    let asked = service.asked();
    let batch = asked.iter().find(|call| call.path == "/3.0/batches").unwrap().json();
    let operations = batch["operations"].as_array().unwrap();
    assert_eq!(operations.len(), 5);
    // MD5 of k1@example.net.
    assert_eq!(operations[0]["path"], format!("/lists/l1/members/{}", md5_of("k1@example.net")));
    assert_eq!(operations[0]["method"], "PUT");
    for operation in operations {
        let member: Value = serde_json::from_str(operation["body"].as_str().unwrap()).unwrap();
        assert_eq!(member["status_if_new"], "pending");
        assert!(member.get("status").is_none(), "{member}");
        assert_eq!(member["merge_fields"], json!({ "FNAME": "Åsa", "LNAME": "Öberg" }));
    }
    let segment: Vec<Value> = asked
        .iter()
        .filter(|call| call.method == "POST" && call.path.ends_with("/segments/77"))
        .map(Asked::json)
        .collect();
    assert_eq!(segment[0], json!({ "members_to_remove": ["old@example.net"] }));
    assert_eq!(
        segment[1],
        json!({ "members_to_add":
        ["K1@example.net", "K2@example.net", "K4@example.net", "K5@example.net"] })
    );
}

fn md5_of(text: &str) -> String {
    use md5::Digest;
    hex(&md5::Md5::digest(text))
}

#[test]
fn mailchimp_gets_500_at_a_time_and_taking_out_takes_the_tag_only() {
    let service = Service::start(|call, _| a_list(call, 0));
    let (_venue, endpoint, token) = mailchimp(&service);
    let recipients: Vec<Value> = (10..1211).map(plain).collect();
    let done = hand_over(&endpoint, &token, "mc", &body("add", &recipients));
    assert_eq!(done["sent"], 1201, "{done}");
    let sizes = |asked: &[Asked], path: &str, field: &str| -> Vec<usize> {
        let calls = asked.iter().filter(|call| call.method == "POST" && call.path.ends_with(path));
        calls.map(|call| call.json()[field].as_array().unwrap().len()).collect()
    };
    assert_eq!(sizes(&service.asked(), "/batches", "operations"), [500, 500, 201]);
    assert_eq!(sizes(&service.asked(), "/segments/77", "members_to_add"), [500, 500, 201]);
    let before = service.asked().len();
    let done = hand_over(&endpoint, &token, "mc", &body("remove", &[plain(1)]));
    assert_eq!(done["sent"], 1);
    let asked = &service.asked()[before..];
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].json(), json!({ "members_to_remove": ["K1@example.net"] }));
}

#[test]
fn apsis_gets_a_file_at_the_address_it_gives() {
    let service = Service::start(|call, own| match (call.method.as_str(), call.path.as_str()) {
        ("POST", "/oauth/token") => {
            let asked = json!({ "client_id": "ID", "client_secret": "SECRET",
                "grant_type": "client_credentials" });
            assert_eq!(call.json(), asked);
            (200, json!({ "access_token": "T1", "expires_in": 3600 }))
        }
        ("POST", "/v2/audience/sections/s1/imports") => {
            assert_eq!(call.header("authorization"), "Bearer T1");
            let upload = format!("{own}/upload?signature=x");
            (202, json!({ "import_id": "i1", "file_upload_url": upload }))
        }
        ("PUT", "/upload?signature=x") => {
            assert_eq!(call.header("authorization"), "");
            assert_eq!(call.header("content-type"), "text/csv");
            (200, json!({}))
        }
        ("GET", "/v2/audience/sections/s1/imports/i1") => (200, json!({ "status": "completed" })),
        other => panic!("unexpected call: {other:?}"),
    });
    let (_venue, endpoint, token) = started(&format!(
        "[connectors.ap]\nkind = \"apsis\"\nname = \"APSIS\"\nbase_url = \"{}\"\n\
         client_id = \"ID\"\nclient_secret = \"SECRET\"\nsection = \"s1\"\n\
         [connectors.ap.audiences.guests]\nname = \"Guests\"\ntag = \"t1\"\n",
        service.address
    ));
    let nobody = json!({ "id": "K9", "email": "nobody" });
    let done = hand_over(&endpoint, &token, "ap", &body("add", &[plain(1), plain(2), nobody]));
    assert_eq!((&done["state"], &done["sent"]), (&json!("done"), &json!(2)), "{done}");
    assert_eq!(done["rejected"], json!([{ "id": "K9", "reason": "bad_address" }]));
    let asked = service.asked();
    let import = asked.iter().find(|call| call.path.ends_with("/imports")).unwrap().json();
    assert_eq!(
        import["keyspace_mapping"],
        json!({
        "keyspace_discriminator": "com.apsis1.keyspaces.email", "field_selector": "email" })
    );
    let file = asked.iter().find(|call| call.method == "PUT").unwrap();
    assert_eq!(file.body, "email,tag\nK1@example.net,true\nK2@example.net,true\n");
    let refused = body("remove", &[plain(1)]);
    let refused = endpoint.post("/v1/connectors/ap/audiences", &token, &refused).problem(422);
    assert_eq!(refused["errors"][0]["path"], "operation");
}

#[test]
fn an_audience_goes_on_after_the_endpoint_was_killed() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let service = Service::start(move |_, _| {
        if counted.fetch_add(1, Ordering::SeqCst) == 0 {
            thread::sleep(Duration::from_millis(800));
        }
        (200, json!({}))
    });
    let (venue, endpoint, token) = meta(&service);
    let created = endpoint.post("/v1/connectors/fb/audiences", &token, &body("add", &[hashed(1)]));
    let id = created.ok(202)["id"].as_str().unwrap().to_owned();
    while calls.load(Ordering::SeqCst) == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    endpoint.kill();
    let endpoint = venue.start();
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        let progress = endpoint.get(&format!("/v1/audiences/{id}"), &token).ok(200);
        if progress["state"] == "done" {
            assert_eq!(progress["sent"], 1);
            break;
        }
        assert!(Instant::now() < until, "{progress}");
        thread::sleep(Duration::from_millis(20));
    }
}
