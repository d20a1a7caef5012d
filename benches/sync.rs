//! What the sync endpoint holds on this machine: a hundred clients that set flags and read them, and a campaign of
//! ten thousand mails to a mail server that takes everything at once. All of it on loopback.
//!
//! `cargo bench --locked --features cli,server --bench sync`. It ends by itself, or fails after ten minutes. Each
//! answer is checked: numbers of a run that lost something are none.

#[path = "../tests/sync_support/mod.rs"]
mod sync_support;

use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use http::Request;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

use sync_support::smtp::MailServer;
use sync_support::theatre::{adds_up, campaign, smtp, theatre};
use sync_support::{Endpoint, Venue, new_key};

const CLIENTS: usize = 100;
const CALLS_OF_A_CLIENT: usize = 20;
const CUSTOMERS_OF_A_CALL: usize = 100;
const RECIPIENTS: usize = 10_000;
const PATIENCE: Duration = Duration::from_mins(10);

type Connector = Client<HttpConnector, Full<Cursor<Vec<u8>>>>;

fn main() {
    let server = MailServer::start();
    flags(&server);
    for connections in [2, 8] {
        println!("{}", mails(connections));
    }
}

fn started(server: &MailServer, mail: &str) -> (Venue, Endpoint, String) {
    let venue = theatre("", mail, &smtp(server));
    let token = venue.token("load", "flags,campaigns");
    let endpoint = venue.start();
    (venue, endpoint, token)
}

/// Every client sets a flag on a hundred customers of its own, twenty times, then all read the feed.
fn flags(server: &MailServer) {
    let (_venue, endpoint, token) = started(server, "");
    let (whole, took) = by_all(&endpoint, &token, |client, call| {
        let first = (client * CALLS_OF_A_CLIENT + call) * CUSTOMERS_OF_A_CALL;
        let customers: Vec<String> =
            (first..first + CUSTOMERS_OF_A_CALL).map(|number| format!("K{number}")).collect();
        let body = json!({ "op": "add", "customers": customers }).to_string();
        ("/v1/flags/vip/assignments".to_owned(), Some(body))
    });
    println!("{}", row("setting a flag on 100 customers", whole, took));
    let all = CLIENTS * CALLS_OF_A_CLIENT;
    let feed = endpoint.get("/v1/flags/changes?limit=1", &token).ok(200);
    assert_eq!(feed["more"], true);
    assert_eq!(
        endpoint.get("/v1/flags", &token).ok(200)[1]["customers"],
        all * CUSTOMERS_OF_A_CALL
    );
    let (whole, took) = by_all(&endpoint, &token, |_, call| {
        let since = all - 1 - call;
        (format!("/v1/flags/changes?since={since}&limit=1"), None)
    });
    println!("{}", row("reading one entry of the feed", whole, took));
    assert!(endpoint.stop());
}

/// Makes all calls, each client's one after the other; how long the whole took, and each call.
fn by_all(
    endpoint: &Endpoint,
    token: &str,
    wish: impl Fn(usize, usize) -> (String, Option<String>),
) -> (Duration, Vec<Duration>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime for the clients");
    let client: Arc<Connector> =
        Arc::new(Client::builder(TokioExecutor::new()).build(HttpConnector::new()));
    runtime.block_on(async {
        let began = Instant::now();
        let tasks = (0..CLIENTS).map(|number| {
            let wishes: Vec<_> = (0..CALLS_OF_A_CLIENT).map(|call| wish(number, call)).collect();
            let (client, token) = (Arc::clone(&client), token.to_owned());
            let address = endpoint.address.clone();
            tokio::spawn(async move {
                let mut took = Vec::with_capacity(wishes.len());
                for (path, body) in wishes {
                    let began = Instant::now();
                    call(&client, &format!("{address}{path}"), &token, body).await;
                    took.push(began.elapsed());
                }
                took
            })
        });
        let mut took = Vec::new();
        for task in tasks.collect::<Vec<_>>() {
            let of_client = tokio::time::timeout(PATIENCE, task).await.expect("no end in sight");
            took.extend(of_client.expect("every call was answered with 200"));
        }
        (began.elapsed(), took)
    })
}

async fn call(client: &Connector, uri: &str, token: &str, body: Option<String>) {
    let request = Request::builder()
        .method(if body.is_some() { "POST" } else { "GET" })
        .uri(uri)
        .header("authorization", format!("Bearer {token}"))
        .header("idempotency-key", new_key())
        .header("content-type", "application/json")
        .body(Full::new(Cursor::new(body.unwrap_or_default().into_bytes())))
        .expect("a request of known parts");
    let answer = client.request(request).await.expect("the endpoint answers");
    assert_eq!(answer.status(), 200);
    answer.into_body().collect().await.expect("the answer comes whole");
}

fn row(what: &str, whole: Duration, mut took: Vec<Duration>) -> String {
    took.sort_unstable();
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    let rate = took.len() as f64 / whole.as_secs_f64();
    format!(
        "| {what} | {} | {rate:.0} a second | {:.0} / {:.0} / {:.0} ms |",
        took.len(),
        at(0.5),
        at(0.95),
        at(1.0)
    )
}

/// One campaign from the call to the last mail.
fn mails(connections: usize) -> String {
    let server = MailServer::start();
    let (_venue, endpoint, token) = started(&server, &format!("connections = {connections}"));
    let body = campaign(RECIPIENTS);
    let began = Instant::now();
    let accepted = endpoint.post("/v1/campaigns", &token, &body).ok(202);
    let accepting = began.elapsed();
    assert_eq!(accepted["accepted"], RECIPIENTS);
    let path = format!("/v1/campaigns/{}", accepted["id"].as_str().expect("an id"));
    let status = loop {
        let status: Value = endpoint.get(&path, &token).ok(200);
        adds_up(&status);
        if status["state"] == "done" {
            break status;
        }
        assert!(began.elapsed() < PATIENCE, "no end in sight: {status}");
        thread::sleep(Duration::from_millis(100));
    };
    let whole = began.elapsed();
    assert_eq!(status["sent"], RECIPIENTS);
    let received: Vec<String> = server.received().into_iter().map(|mail| mail.to).collect();
    assert_eq!(received.len(), RECIPIENTS);
    assert_eq!(received.iter().collect::<BTreeSet<_>>().len(), RECIPIENTS);
    assert!(endpoint.stop());
    format!(
        "| {RECIPIENTS} mails over {connections} connections | accepted in {:.1} s | {:.0} a second | done in {:.0} s |",
        accepting.as_secs_f64(),
        RECIPIENTS as f64 / whole.saturating_sub(accepting).as_secs_f64(),
        whole.as_secs_f64()
    )
}
