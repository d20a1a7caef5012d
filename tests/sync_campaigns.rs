//! Campaign mail: accepted over HTTP, received by a real mail server, parsed.
#![cfg(all(feature = "cli", feature = "server"))]

mod sync_support;

use std::fs;
use std::thread;
use std::time::Duration;

use http::Method;
use mail_parser::{MessageParser, MimeHeaders};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sync_support::smtp::{MailServer, Manner};
use sync_support::theatre::{adds_up, campaign, done, recipient, smtp, theatre, with};
use sync_support::{Endpoint, Venue};

const CAMPAIGNS: &str = "/v1/campaigns";

fn started(server: &MailServer, top: &str, mail: &str) -> (Venue, Endpoint, String) {
    let venue = theatre(top, mail, &smtp(server));
    let token = venue.token("desk", "campaigns");
    let endpoint = venue.start();
    (venue, endpoint, token)
}

fn accepted(endpoint: &Endpoint, token: &str, body: &Value) -> (String, Value) {
    let answer = endpoint.post(CAMPAIGNS, token, body).ok(202);
    (answer["id"].as_str().unwrap().to_owned(), answer)
}

fn sha256(text: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

#[test]
fn a_mail_arrives_with_both_parts_and_everything_that_was_written() {
    let server = MailServer::start();
    let (_venue, endpoint, token) = started(&server, "", "reply_to = \"box@example.org\"");
    let (id, answer) = accepted(&endpoint, &token, &campaign(1));
    assert_eq!((&answer["accepted"], &answer["delivery"]), (&json!(1), &json!("smtp")));
    let status = done(&endpoint, &token, &id);
    assert_eq!(status["sent"], 1);
    let received = server.received();
    assert_eq!(
        (received[0].from.as_str(), received[0].to.as_str()),
        ("news@example.org", "k0@example.net")
    );
    let mail = MessageParser::default().parse(&received[0].bytes).unwrap();
    assert_eq!(mail.subject(), Some("Välkommen till Svansjön – i år"));
    let to = mail.to().unwrap().first().unwrap();
    assert_eq!((to.name(), to.address()), (Some("Åsa Öberg"), Some("k0@example.net")));
    assert_eq!(mail.from().unwrap().first().unwrap().name(), Some("Körteatern"));
    assert_eq!(mail.reply_to().unwrap().first().unwrap().address(), Some("box@example.org"));
    assert!(mail.date().is_some() && mail.message_id().is_some());
    assert_eq!(mail.content_type().unwrap().subtype(), Some("alternative"));
    let text = mail.body_text(0).unwrap();
    assert!(text.contains("Hej Åsa Öberg!"), "{text}");
    assert!(text.contains("\n.En rad som börjar med punkt"), "{text}");
    assert!(text.contains("Två för en: https://tickets.example.com/oe?a=1&b=2"), "{text}");
    let html = mail.body_html(0).unwrap();
    assert!(html.contains("Kom &amp; se!<br>"), "{html}");
    assert!(html.contains("<a href=\"https://example.org/svan\">https://example.org/svan</a>."));
    assert!(html.contains("href=\"https://tickets.example.com/oe?a=1&amp;b=2\""), "{html}");
    let raw = String::from_utf8_lossy(&received[0].bytes);
    assert!(raw.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{raw}");
    let mut headers = raw.lines();
    let header = headers.find(|header| header.starts_with("List-Unsubscribe:")).unwrap();
    let link = header.split(['<', '>']).nth(1).unwrap();
    assert!(link.starts_with("http://127.0.0.1:1/u/") && text.contains(link), "{header}");
}

#[test]
fn one_click_unsubscribes_and_looking_does_not() {
    let server = MailServer::start();
    let (_venue, endpoint, token) = started(&server, "", "");
    let (id, _) = accepted(&endpoint, &token, &campaign(1));
    done(&endpoint, &token, &id);
    let raw = String::from_utf8(server.received()[0].bytes.clone()).unwrap();
    let start = raw.find("/u/").unwrap();
    let path = raw[start..].split('>').next().unwrap().to_owned();
    assert!(path.len() >= 3 + 22, "{path}");
    for method in [Method::GET, Method::HEAD] {
        let page = endpoint.call(method.clone(), &path).send();
        assert_eq!(page.status, 200);
        assert!(page.header("content-type").starts_with("text/html"));
        assert!(method == Method::HEAD || page.text().contains("<form method=\"post\">"));
        assert!(page.headers.get("set-cookie").is_none());
    }
    let empty = endpoint.get("/v1/suppressions", &token).ok(200);
    assert_eq!(empty, json!({ "cursor": 0, "more": false, "suppressions": [] }));
    for _ in 0..2 {
        let call = endpoint.call(Method::POST, &path);
        let call = call.header("content-type", "application/x-www-form-urlencoded");
        let left = call.body("List-Unsubscribe=One-Click").send();
        assert_eq!(left.status, 200, "{}", left.text());
        assert!(left.text().contains("Klart"), "{}", left.text());
    }
    let feed = endpoint.get("/v1/suppressions", &token).ok(200);
    let listed = feed["suppressions"].as_array().unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["sha256"], sha256("k0@example.net"));
    assert_eq!((&listed[0]["reason"], &listed[0]["cursor"]), (&json!("unsubscribed"), &json!(1)));
    assert_eq!(endpoint.get("/v1/suppressions?since=1", &token).json()["cursor"], 1);
    let again = with(
        campaign(0),
        &json!({ "recipients": [
        { "id": "K9", "email": " K0@Example.NET " }, recipient(1)] }),
    );
    let (_, answer) = accepted(&endpoint, &token, &again);
    assert_eq!(answer["skipped"], json!([{ "id": "K9", "reason": "suppressed" }]));
    assert_eq!(endpoint.call(Method::POST, "/u/unknown").send().status, 404);
    assert_eq!(endpoint.call(Method::GET, "/u/unknown").send().status, 404);
}

#[test]
fn an_address_to_unsubscribe_stands_behind_the_link_where_one_is_configured() {
    let server = MailServer::start();
    let own = "unsubscribe_address = \"leave@example.org\"";
    let (venue, endpoint, token) = started(&server, "", own);
    let (id, _) = accepted(&endpoint, &token, &campaign(2));
    done(&endpoint, &token, &id);
    let received = server.received();
    let mail = received.iter().find(|mail| mail.to == "k0@example.net").unwrap();
    let raw = String::from_utf8(mail.bytes.clone()).unwrap();
    let header = raw.lines().find(|line| line.starts_with("List-Unsubscribe:")).unwrap();
    let (_, both) = header.split_once(": ").unwrap();
    let (link, mailto) = both.split_once(", ").unwrap();
    let secret = link.strip_prefix("<http://127.0.0.1:1/u/").unwrap().strip_suffix('>').unwrap();
    assert_eq!(mailto, format!("<mailto:leave+{secret}@example.org?subject=unsubscribe>"));
    assert!(raw.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    // Whoever reads that mailbox hands in what came.
    venue.write("came.txt", format!("leave+{secret}@example.org\nleave+nothing@example.org\n"));
    let file = venue.path("came.txt");
    let handed_in =
        venue.command(&["suppress", file.to_str().unwrap(), "--reason", "unsubscribed"]);
    assert!(handed_in.status.success(), "{handed_in:?}");
    assert!(String::from_utf8_lossy(&handed_in.stderr).contains("line 2"), "{handed_in:?}");
    let feed = endpoint.get("/v1/suppressions", &token).ok(200);
    assert_eq!(feed["suppressions"].as_array().unwrap().len(), 1);
    assert_eq!(feed["suppressions"][0]["sha256"], sha256("k0@example.net"));
    assert_eq!(feed["suppressions"][0]["reason"], "unsubscribed");
    venue.write(
        "sync.toml",
        std::fs::read_to_string(venue.path("sync.toml")).unwrap().replace("leave@", "a+b@"),
    );
    let refused = venue.command(&[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("mail.unsubscribe_address"));
}

#[test]
fn mails_that_came_back_late_are_handed_in_as_a_file() {
    let server = MailServer::start();
    let (venue, endpoint, token) = started(&server, "", "");
    let waiting = with(campaign(3), &json!({ "send_after": null }));
    let (id, _) = accepted(&endpoint, &token, &waiting);
    let list = "\u{feff}# bounced in November\n\n K0@Example.net \n\
        \"2026-11-20\";\"Åsa <k1@example.net>\";550 5.1.1\n\
        Final-Recipient: rfc822;k1@example.net\nnobody here\na@example.net, b@example.net\n";
    venue.write("bounces.csv", list);
    let file = venue.path("bounces.csv");
    let handed_in = venue.command(&["suppress", file.to_str().unwrap()]);
    assert!(handed_in.status.success(), "{handed_in:?}");
    let said = String::from_utf8_lossy(&handed_in.stderr);
    let out = String::from_utf8_lossy(&handed_in.stdout);
    assert_eq!(out, "suppressed from now on  2\nsuppressed before       1\n");
    assert!(said.contains("lines 6, 7") && !said.contains('@'), "{said}");
    let feed = endpoint.get("/v1/suppressions", &token).ok(200);
    let hashes = ["k0@example.net", "k1@example.net"].map(sha256);
    for (at, hash) in hashes.iter().enumerate() {
        assert_eq!(feed["suppressions"][at]["sha256"], *hash);
        assert_eq!(feed["suppressions"][at]["reason"], "hard_bounce");
    }
    let audit = String::from_utf8(venue.command(&["audit"]).stdout).unwrap();
    let line = audit.lines().last().unwrap();
    assert!(line.contains("command,suppress,") && line.contains("\"\"added\"\":2"), "{audit}");
    assert!(!audit.contains("example.net"), "{audit}");
    // What waits for its time does not go to them either.
    let again = with(campaign(3), &json!({ "send_after": null }));
    let (_, answer) = accepted(&endpoint, &token, &again);
    assert_eq!(answer["accepted"], 1);
    assert_eq!(endpoint.get(&format!("/v1/campaigns/{id}"), &token).ok(200)["queued"], 3);
    assert!(endpoint.stop());
    venue.store().execute("UPDATE recipients SET next_at = 0", []).unwrap();
    venue.store().execute("UPDATE campaigns SET sends_at = 0", []).unwrap();
    let endpoint = venue.start();
    let status = done(&endpoint, &token, &id);
    assert_eq!((&status["sent"], &status["suppressed"]), (&json!(1), &json!(2)), "{status}");
    let missing = venue.command(&["suppress", venue.path("none.txt").to_str().unwrap()]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("none.txt"));
}

#[test]
fn each_address_gets_one_mail_and_the_others_a_reason() {
    let server = MailServer::start();
    let (_venue, endpoint, token) = started(&server, "", "");
    let body = with(
        campaign(0),
        &json!({ "recipients": [
        recipient(1),
        { "id": "K2" }, { "id": "K3", "email": "  " }, { "id": "K4", "email": "nobody" },
        { "id": "K5", "email": " K1@EXAMPLE.net" }, { "id": "K1", "email": "k6@example.net" },
        { "id": "K7", "email": "x@example.net\r\nBcc: y@example.net", "first_name": null },
        recipient(8),
    ] }),
    );
    let (id, answer) = accepted(&endpoint, &token, &body);
    assert_eq!(answer["accepted"], 2);
    assert_eq!(
        answer["skipped"],
        json!([
            { "id": "K2", "reason": "no_address" }, { "id": "K3", "reason": "no_address" },
            { "id": "K4", "reason": "bad_address" }, { "id": "K5", "reason": "duplicate" },
            { "id": "K1", "reason": "duplicate" }, { "id": "K7", "reason": "bad_address" },
        ])
    );
    done(&endpoint, &token, &id);
    let mut to: Vec<String> = server.received().into_iter().map(|mail| mail.to).collect();
    to.sort();
    assert_eq!(to, ["k1@example.net", "k8@example.net"]);
    let nobody = with(campaign(0), &json!({ "recipients": [{ "id": "K1" }] }));
    let (id, answer) = accepted(&endpoint, &token, &nobody);
    assert_eq!(answer["accepted"], 0);
    assert_eq!(endpoint.get(&format!("/v1/campaigns/{id}"), &token).json()["state"], "done");
}

#[test]
fn the_language_is_the_recipients_where_text_and_layout_have_it() {
    let server = MailServer::start();
    let (_venue, endpoint, token) = started(&server, "", "");
    let words = |subject: &str| json!({ "subject": subject, "text": "x" });
    let languages = ["sv", "en", "fi", "de"].map(|language| {
        json!({ "id": language, "email": format!("{language}@example.net"), "language": language })
    });
    let body = with(
        campaign(0),
        &json!({ "recipients": languages,
        "texts": { "sv": words("svenska"), "en": words("english"), "fi": words("suomi") } }),
    );
    let (id, _) = accepted(&endpoint, &token, &body);
    done(&endpoint, &token, &id);
    for mail in server.received() {
        let parsed = MessageParser::default().parse(&mail.bytes).unwrap();
        let expected = if mail.to.starts_with("en") { "english" } else { "svenska" };
        assert_eq!(parsed.subject(), Some(expected), "{}", mail.to);
    }
}

#[test]
fn what_a_campaign_may_not_be_is_said_before_anything_is_queued() {
    let server = MailServer::start();
    let (venue, endpoint, token) = started(&server, "", "");
    venue.write("layouts/broken/layout.toml", "name = \"x\"");
    venue.write("layouts/broken/sv.html", "{{text}} {{offer_link}} {{unsubscribe_link}} {{nme}}");
    venue.write("layouts/broken/sv.txt", "{{text}} {{offer_link}} {{unsubscribe_link}}");
    let late = (jiff::Timestamp::now() + jiff::SignedDuration::from_mins(16)).to_string();
    let text = |text: &str| json!({ "texts": { "sv": { "subject": "x", "text": text } } });
    let event = |id: &str| json!({ "mode": { "kind": "event", "id": id } });
    let subject = json!({ "texts": { "sv": { "subject": "a\nb", "text": "x" } } });
    for (changes, path) in [
        (json!({ "mode": { "kind": "all" } }), "mode"),
        (event("E2"), "offer"),
        (event("E3"), "offer"),
        (json!({ "mode": { "kind": "production", "id": "P2" } }), "offer"),
        (json!({ "offer": "OLD" }), "offer"),
        (json!({ "offer": "NEW" }), "offer"),
        (json!({ "layout": "none" }), "layout"),
        (json!({ "layout": "broken" }), "layout"),
        (json!({ "layout": "../export" }), "layout"),
        (json!({ "send_after": late }), "send_after"),
        (json!({ "send_after": "tomorrow" }), "send_after"),
        (json!({ "texts": { "en": { "subject": "x", "text": "x" } } }), "texts.sv"),
        (text("se https://evil.example/"), "texts.sv.text"),
        (text(" "), "texts.sv.text"),
        (text("Hej {{first_name}}"), "texts.sv.text"),
        (subject, "texts.sv.subject"),
        (json!({ "recipients": [] }), "recipients"),
        (json!({ "recipients": [{ "id": "" }] }), "recipients[0]"),
        (json!({ "recipients": [{ "id": "K1", "mail": "x" }] }), "recipients[0].mail"),
        (json!({ "ungated_reason": "" }), "ungated_reason"),
        (json!({ "layout": null }), ""),
    ] {
        let problem = endpoint.post(CAMPAIGNS, &token, &with(campaign(1), &changes)).problem(422);
        assert_eq!(problem["errors"][0]["path"], path, "{changes}: {problem}");
    }
    endpoint.post(CAMPAIGNS, &token, &with(campaign(1), &json!({ "offer": "NO" }))).problem(404);
    assert_eq!(endpoint.get(CAMPAIGNS, &token).ok(200), json!([]));
    let layouts = endpoint.get("/v1/layouts", &token).ok(200);
    let season = json!([{ "id": "season", "name": "Säsongen", "languages": ["en", "sv"] }]);
    assert_eq!(layouts, season);
    let page = endpoint.get("/v1/layouts/season", &token).ok(200);
    assert!(page["languages"]["sv"]["html"].as_str().unwrap().contains("{{text}}"));
    assert_eq!((&page["default_language"], &page["sender"]), (&json!("sv"), &json!("Körteatern")));
    endpoint.get("/v1/layouts/none", &token).problem(404);
    for (offer, mode) in [
        ("OE", json!({ "kind": "production", "id": "P1" })),
        ("OP", json!({ "kind": "event", "id": "E2" })),
        ("OP", json!({ "kind": "production", "id": "P1" })),
    ] {
        let body = with(campaign(1), &json!({ "offer": offer, "mode": mode }));
        accepted(&endpoint, &token, &body);
    }
    assert_eq!(endpoint.get(CAMPAIGNS, &token).json().as_array().unwrap().len(), 3);
    endpoint.get("/v1/campaigns/none", &token).problem(404);
    endpoint.post("/v1/campaigns/none/cancel", &token, &json!({})).problem(404);
}

#[test]
fn a_campaign_waits_two_minutes_and_can_be_stopped_until_then() {
    let server = MailServer::start();
    let (_venue, endpoint, token) = started(&server, "", "");
    let before = jiff::Timestamp::now();
    let body = with(campaign(3), &json!({ "send_after": null }));
    let (id, answer) = accepted(&endpoint, &token, &body);
    let sends_at: jiff::Timestamp = answer["sends_at"].as_str().unwrap().parse().unwrap();
    let wait = sends_at.duration_since(before).as_secs();
    assert!((118..=121).contains(&wait), "{wait}");
    let status = endpoint.get(&format!("/v1/campaigns/{id}"), &token).ok(200);
    assert_eq!((&status["state"], &status["queued"]), (&json!("waiting"), &json!(3)));
    let cancel = format!("/v1/campaigns/{id}/cancel");
    for _ in 0..2 {
        let call = endpoint.call(Method::POST, &cancel).token(&token).new_key();
        let stopped = call.send().ok(200);
        assert_eq!((&stopped["state"], &stopped["cancelled"]), (&json!("cancelled"), &json!(3)));
        adds_up(&stopped);
    }
    endpoint.call(Method::POST, &cancel).token(&token).send().problem(400);
    let (id, _) = accepted(&endpoint, &token, &campaign(1));
    done(&endpoint, &token, &id);
    let late = endpoint.post(&format!("/v1/campaigns/{id}/cancel"), &token, &json!({}));
    late.problem(409);
    assert_eq!(server.count(), 1);
}

#[test]
fn a_campaign_that_is_being_sent_stops_where_it_is() {
    let server = MailServer::start();
    let (_venue, endpoint, token) = started(&server, "", "connections = 1");
    let (id, _) = accepted(&endpoint, &token, &campaign(2000));
    server.wait_for(5);
    let stopped = endpoint.post(&format!("/v1/campaigns/{id}/cancel"), &token, &json!({})).ok(200);
    assert_eq!(stopped["state"], "cancelled");
    thread::sleep(Duration::from_millis(300));
    let status = endpoint.get(&format!("/v1/campaigns/{id}"), &token).ok(200);
    adds_up(&status);
    assert_eq!(status["queued"], 0);
    assert_eq!(status["sent"], server.count());
    assert!(status["cancelled"].as_u64().unwrap() > 0, "{status}");
}

#[test]
fn a_test_goes_at_once_to_test_addresses_and_says_so() {
    let server = MailServer::start();
    let (_venue, endpoint, token) = started(&server, "max_recipients_per_day = 1", "");
    let test = |emails: &[&str]| {
        let recipients: Vec<Value> =
            emails.iter().map(|email| json!({ "id": *email, "email": *email })).collect();
        let late = (jiff::Timestamp::now() + jiff::SignedDuration::from_mins(10)).to_string();
        with(campaign(0), &json!({ "recipients": recipients, "test": true, "send_after": late }))
    };
    let (id, _) = accepted(&endpoint, &token, &test(&["Me@example.org", "you@example.org"]));
    assert_eq!(done(&endpoint, &token, &id)["test"], true);
    for mail in server.received() {
        let parsed = MessageParser::default().parse(&mail.bytes).unwrap();
        assert!(
            parsed.subject().unwrap().starts_with("[Test] Välkommen"),
            "{:?}",
            parsed.subject()
        );
    }
    let foreign = endpoint.post(CAMPAIGNS, &token, &test(&["me@example.org", "k@example.net"]));
    assert_eq!(foreign.problem(422)["errors"][0]["path"], "recipients[1].email");
    endpoint.post(CAMPAIGNS, &token, &test(&["me@example.org"; 6])).problem(422);
    // Not counted: a first real one still fits into the day.
    accepted(&endpoint, &token, &campaign(1));
    let full = endpoint.post(CAMPAIGNS, &token, &campaign(1));
    full.problem(429);
    let wait: u64 = full.header("retry-after").parse().unwrap();
    assert!((86_000..=86_401).contains(&wait), "{wait}");
    accepted(&endpoint, &token, &test(&["me@example.org"]));
}

#[test]
fn refusals_for_now_are_tried_again_and_refusals_for_good_are_not() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let tries = AtomicUsize::new(0);
    let server = MailServer::with(
        move |to| match to {
            "k0@example.net" if tries.fetch_add(1, Ordering::SeqCst) < 2 => {
                Manner::RefuseRecipient("451 4.7.1 <k0@example.net> greylisted")
            }
            "k1@example.net" => Manner::RefuseRecipient("550 5.1.1 <k1@example.net> unknown"),
            "k2@example.net" => Manner::RefuseRecipient("550 5.7.1 policy"),
            "k3@example.net" => Manner::RefuseMail("554 5.6.0 spam"),
            _ => Manner::Take,
        },
        None,
    );
    let (_venue, endpoint, token) = started(&server, "", "retry_seconds = 1\nconnections = 1");
    let (id, _) = accepted(&endpoint, &token, &campaign(6));
    let status = done(&endpoint, &token, &id);
    assert_eq!((&status["sent"], &status["failed"]), (&json!(3), &json!(3)), "{status}");
    let mut failed = status["failed_customers"].as_array().unwrap().clone();
    failed.sort_by_key(|failed| failed["id"].as_str().unwrap().to_owned());
    assert_eq!(
        failed,
        [
            json!({ "id": "K1", "reason": "550 5.1.1" }),
            json!({ "id": "K2", "reason": "550 5.7.1" }),
            json!({ "id": "K3", "reason": "554 5.6.0" }),
        ]
    );
    let attempts = server.attempts();
    let count = |to: &str| attempts.iter().filter(|attempt| *attempt == to).count();
    assert_eq!(count("k0@example.net"), 3);
    assert_eq!(count("k1@example.net"), 1);
    let feed = endpoint.get("/v1/suppressions", &token).ok(200);
    assert_eq!(feed["suppressions"].as_array().unwrap().len(), 1);
    assert_eq!(feed["suppressions"][0]["sha256"], sha256("k1@example.net"));
    assert_eq!(feed["suppressions"][0]["reason"], "hard_bounce");
    let log = endpoint.said();
    assert!(!log.contains("example.net") && !log.contains("Öberg"), "{log}");
}

#[test]
fn a_mail_without_an_answer_is_uncertain_and_never_sent_again() {
    let server = MailServer::with(
        |to| if to == "k1@example.net" { Manner::FallSilent } else { Manner::Take },
        None,
    );
    let (venue, endpoint, token) = started(&server, "", "retry_seconds = 1");
    let (id, _) = accepted(&endpoint, &token, &campaign(4));
    let status = done(&endpoint, &token, &id);
    assert_eq!((&status["sent"], &status["uncertain"]), (&json!(3), &json!(1)), "{status}");
    assert_eq!(status["uncertain_customers"], json!(["K1"]));
    assert!(endpoint.stop());
    let endpoint = venue.start();
    thread::sleep(Duration::from_millis(500));
    assert_eq!(done(&endpoint, &token, &id)["uncertain"], 1);
    assert_eq!(server.attempts().iter().filter(|to| *to == "k1@example.net").count(), 1);
}

#[test]
fn mails_wait_while_the_mail_server_is_away() {
    let server = MailServer::start();
    let port = server.port;
    drop(server);
    let settings = format!("[mail.smtp]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\n");
    let venue = theatre("", "retry_seconds = 1", &settings);
    let token = venue.token("desk", "campaigns");
    let endpoint = venue.start();
    let (id, _) = accepted(&endpoint, &token, &campaign(5));
    thread::sleep(Duration::from_millis(500));
    let status = endpoint.get(&format!("/v1/campaigns/{id}"), &token).ok(200);
    assert_eq!((&status["state"], &status["queued"]), (&json!("sending"), &json!(5)));
    assert!(endpoint.said().contains("mails wait for the mail server"), "{}", endpoint.said());
    assert!(endpoint.stop(), "it stops although mails wait");
    let endpoint = venue.start();
    assert_eq!(endpoint.get(&format!("/v1/campaigns/{id}"), &token).json()["queued"], 5);
}

#[test]
fn the_rate_is_kept() {
    let server = MailServer::start();
    let venue = theatre("", "", &smtp(&server));
    let config = fs::read_to_string(venue.path("sync.toml")).unwrap();
    venue.write("sync.toml", config.replace("rate_per_minute = 600000", "rate_per_minute = 300"));
    let token = venue.token("desk", "campaigns");
    let endpoint = venue.start();
    let began = std::time::Instant::now();
    let (id, _) = accepted(&endpoint, &token, &campaign(15));
    done(&endpoint, &token, &id);
    // Five at once, then one each fifth of a second.
    assert!(began.elapsed() >= Duration::from_millis(1900), "{:?}", began.elapsed());
}

#[test]
fn without_a_mail_server_mails_are_files_and_the_answer_says_so() {
    let venue = theatre("", "", "");
    let token = venue.token("desk", "campaigns");
    let endpoint = venue.start();
    let (id, answer) = accepted(&endpoint, &token, &campaign(3));
    assert_eq!(answer["delivery"], "files");
    let status = done(&endpoint, &token, &id);
    assert_eq!((&status["sent"], &status["delivery"]), (&json!(3), &json!("files")));
    let files: Vec<_> = fs::read_dir(venue.path("outbox").join(&id)).unwrap().collect();
    assert_eq!(files.len(), 3);
    for file in files {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        let is_mail = file.path().extension().is_some_and(|kind| kind == "eml");
        assert!(is_mail && !name.contains('@'), "{name}");
        let bytes = fs::read(file.path()).unwrap();
        let mail = MessageParser::default().parse(&bytes).unwrap();
        assert!(mail.to().unwrap().first().unwrap().address().unwrap().ends_with("@example.net"));
    }
}

#[test]
fn names_and_addresses_go_when_their_time_is_over() {
    let server = MailServer::start();
    let (venue, endpoint, token) = started(&server, "retain_days = 0", "");
    let (id, _) = accepted(&endpoint, &token, &campaign(2));
    done(&endpoint, &token, &id);
    assert!(endpoint.stop());
    let endpoint = venue.start();
    let rows = |wanted: &str| -> u64 {
        let count = format!("SELECT count(*) FROM recipients WHERE {wanted}");
        venue.store().query_row(&count, [], |row| row.get(0)).unwrap()
    };
    for _ in 0..200 {
        if rows("email IS NULL AND first_name IS NULL AND last_name IS NULL") == 2 {
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(rows("email IS NULL AND first_name IS NULL AND last_name IS NULL"), 2);
    assert_eq!(endpoint.get(&format!("/v1/campaigns/{id}"), &token).json()["sent"], 2);
    // Whoever wants no more mail can still say so.
    let raw = String::from_utf8(server.received()[0].bytes.clone()).unwrap();
    let path = raw[raw.find("/u/").unwrap()..].split('>').next().unwrap().to_owned();
    assert_eq!(endpoint.call(Method::POST, &path).send().status, 200);
    assert_eq!(endpoint.get("/v1/suppressions", &token).json()["cursor"], 1);
}

#[test]
fn a_person_who_is_forgotten_is_nowhere_any_more() {
    let venue = theatre("", "", "");
    let token = venue.token("desk", "flags,campaigns");
    let endpoint = venue.start();
    let mut people: Vec<Value> = (0..3).map(recipient).collect();
    people[0]["id"] = json!("Kund-4711");
    people[0]["email"] = json!("forget.me@example.net");
    people[0]["first_name"] = json!("Zebulon");
    let body = with(campaign(0), &json!({ "recipients": people }));
    let (sent, _) = accepted(&endpoint, &token, &body);
    done(&endpoint, &token, &sent);
    let waiting = with(body, &json!({ "send_after": null }));
    let (waiting, _) = accepted(&endpoint, &token, &waiting);
    let flag = json!({ "op": "add", "customers": ["Kund-4711", "K1"] });
    endpoint.post("/v1/flags/vip/assignments", &token, &flag).ok(200);
    let gone = venue.command(&["forget", "--email", " Forget.Me@example.net"]);
    let said = String::from_utf8(gone.stdout).unwrap();
    assert!(gone.status.success(), "{}", String::from_utf8_lossy(&gone.stderr));
    for line in [
        "campaign mails       2",
        "not sent for that  1",
        "written as files   1",
        "flags                1",
        "changes of flags     1",
        "kept answers         1",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let status = endpoint.get(&format!("/v1/campaigns/{waiting}"), &token).ok(200);
    assert_eq!((&status["queued"], &status["cancelled"]), (&json!(2), &json!(1)));
    adds_up(&status);
    let feed = endpoint.get("/v1/flags/changes", &token).ok(200);
    assert_eq!(feed["changes"][0]["customers"], json!(["K1"]));
    assert!(endpoint.stop());
    assert_eq!(fs::read_dir(venue.path("outbox").join(&sent)).unwrap().count(), 2);
    for file in ["sync.db", "sync.db-wal"] {
        let bytes = fs::read(venue.path(file)).unwrap_or_default();
        for trace in ["Kund-4711", "forget.me", "Zebulon", &sha256("forget.me@example.net")] {
            let found = bytes.windows(trace.len()).any(|window| window == trace.as_bytes());
            assert!(!found, "{trace} is still in {file}");
        }
    }
    let twice = venue.command(&["forget", "--customer", "Kund-4711"]);
    assert!(String::from_utf8(twice.stdout).unwrap().contains("campaign mails       0"));
    assert_eq!(venue.command(&["forget"]).status.code(), Some(2));
    let audit = String::from_utf8(venue.command(&["audit"]).stdout).unwrap();
    assert!(audit.contains("campaign.create") && audit.contains(",command,forget,"), "{audit}");
    assert!(!audit.contains("4711") && !audit.contains('@'), "{audit}");
}
