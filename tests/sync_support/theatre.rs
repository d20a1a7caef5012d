//! A venue with offers and layouts, and campaigns for it.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::smtp::MailServer;
use super::{Endpoint, Venue};

const HTML: &str = "<!doctype html><html><body><h1>{{subject}}</h1><p>Hej {{first_name}}!</p>\
    {{text}}<a href=\"{{offer_link}}\">{{offer_name}}</a> <a href=\"{{unsubscribe_link}}\">x</a>\
    {{sender}}</body></html>\n";
const TEXT: &str = "Hej {{first_name}} {{last_name}}!\n\n{{text}}\n\n{{offer_name}}: \
    {{offer_link}}\n\nAvsluta: {{unsubscribe_link}}\n";

/// `top` and `mail` are lines of the configuration, the second for `[mail]`; `tables` come last.
pub fn theatre(top: &str, mail: &str, tables: &str) -> Venue {
    let top = format!(
        "offers = \"export/offers.csv\"\nlayouts = \"layouts\"\ndefault_language = \"sv\"\n\
         time_zone = \"Europe/Stockholm\"\nlink_hosts = [\"example.org\"]\n\
         test_addresses = [\"me@example.org\", \"you@example.org\"]\n{top}"
    );
    let tables = format!(
        "[mail]\nfrom = \"Körteatern <news@example.org>\"\nrate_per_minute = 600000\n{mail}\n{tables}"
    );
    let venue = Venue::new(&top, &tables);
    venue.write(
        "export/offers.csv",
        "offer_id,name,url,event_id,production_id,starts_at,ends_at\n\
         OE,Två för en,https://tickets.example.com/oe?a=1&b=2,E1,,,\n\
         OP,Gruppen,https://tickets.example.com/op,,P1,,\n\
         OLD,Slut,https://tickets.example.com/old,E1,,2020-01-01,2020-02-01\n\
         NEW,Snart,https://tickets.example.com/new,E1,,2999-01-01,\n",
    );
    venue.write(
        "export/events.csv",
        "event_id,name,starts_at,production_id,production\n\
         E1,Svansjön,2027-01-01,P1,Svansjön\nE2,Svansjön,2027-01-02,P1,Svansjön\n\
         E3,Aida,2027-01-03,P2,Aida\n",
    );
    venue.write("layouts/season/layout.toml", "name = \"Säsongen\"\n");
    for language in ["sv", "en"] {
        venue.write(&format!("layouts/season/{language}.html"), HTML);
        venue.write(&format!("layouts/season/{language}.txt"), TEXT);
    }
    venue
}

/// `[mail.smtp]` for a server on this machine.
pub fn smtp(server: &MailServer) -> String {
    format!("[mail.smtp]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\n", server.port)
}

pub fn recipient(number: usize) -> Value {
    json!({ "id": format!("K{number}"), "email": format!("k{number}@example.net"),
        "first_name": "Åsa", "last_name": "Öberg", "language": "sv" })
}

/// A campaign for `count` recipients that leaves at once.
pub fn campaign(count: usize) -> Value {
    let recipients: Vec<Value> = (0..count).map(recipient).collect();
    json!({
        "offer": "OE",
        "mode": { "kind": "event", "id": "E1" },
        "layout": "season",
        "texts": { "sv": { "subject": "Välkommen till Svansjön – i år",
            "text": "Kom & se!\nLäs mer: https://example.org/svan.\n\n.En rad som börjar med punkt" } },
        "recipients": recipients,
        "send_after": jiff::Timestamp::now().to_string(),
    })
}

/// The same with fields put in the place of others; null takes a field away.
pub fn with(mut body: Value, changes: &Value) -> Value {
    for (field, value) in changes.as_object().unwrap() {
        if value.is_null() {
            body.as_object_mut().unwrap().remove(field);
        } else {
            body[field] = value.clone();
        }
    }
    body
}

/// Waits until a campaign is done and gives its status, having checked that it adds up.
pub fn done(endpoint: &Endpoint, token: &str, id: &str) -> Value {
    let until = Instant::now() + Duration::from_mins(2);
    loop {
        let status = endpoint.get(&format!("/v1/campaigns/{id}"), token).ok(200);
        adds_up(&status);
        if status["state"] == "done" {
            return status;
        }
        assert!(Instant::now() < until, "{status}");
        thread::sleep(Duration::from_millis(20));
    }
}

pub fn adds_up(status: &Value) {
    let words = ["queued", "sent", "failed", "suppressed", "uncertain", "cancelled"];
    let sum: u64 = words.iter().map(|word| status[*word].as_u64().unwrap()).sum();
    assert_eq!(status["accepted"], sum, "{status}");
}
