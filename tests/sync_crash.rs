//! The endpoint is killed while it sends: nobody gets a mail twice, and nobody is lost.
//!
//! `PUBLIK_KILLS` says how often, 5 unless it is set.
#![cfg(all(feature = "cli", feature = "server"))]

mod sync_support;

use std::collections::HashMap;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;
use sync_support::smtp::{MailServer, Manner};
use sync_support::theatre::{adds_up, campaign, done, smtp, theatre};

const RECIPIENTS: usize = 1000;

/// Numbers that differ from run to run; the seed is shown when a test fails.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

#[test]
fn a_killed_endpoint_sends_nothing_twice_and_loses_nobody() {
    let kills = std::env::var("PUBLIK_KILLS").map_or(5, |kills| kills.parse().unwrap());
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64 | 1;
    println!("seed {seed}");
    let mut dice = Dice(seed);
    for kill in 0..kills {
        one_kill(kill, dice.roll(RECIPIENTS as u64 - 50) as usize, dice.roll(3) as usize);
    }
}

/// Kills the endpoint once `after` mails have come, `more` further times after a few more.
fn one_kill(kill: u32, after: usize, more: usize) {
    let server = MailServer::with(
        |to| match to {
            "k7@example.net" => Manner::RefuseRecipient("550 5.1.1 unknown"),
            "k500@example.net" => Manner::FallSilent,
            _ => Manner::Take,
        },
        None,
    );
    let venue = theatre("", "connections = 3", &smtp(&server));
    let token = venue.token("desk", "campaigns");
    let mut endpoint = venue.start();
    let answer = endpoint.post("/v1/campaigns", &token, &campaign(RECIPIENTS)).ok(202);
    let id = answer["id"].as_str().unwrap();
    for time in 0..=more {
        server.wait_for((after + time * 15).min(RECIPIENTS - 10));
        endpoint.kill();
        endpoint = venue.start();
    }
    let status = done(&endpoint, &token, id);
    adds_up(&status);
    let mut came: HashMap<String, u32> = HashMap::new();
    for mail in server.received() {
        *came.entry(mail.to).or_default() += 1;
    }
    let place = format!("kill {kill} after {after} mails, {more} more: {status}");
    let twice: Vec<_> = came.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "{twice:?} in {place}");
    let named = |field: &str| -> Vec<String> {
        let listed = status[field].as_array().unwrap().iter();
        let id = |entry: &Value| entry.as_str().or(entry["id"].as_str()).unwrap().to_lowercase();
        listed.map(|entry| format!("{}@example.net", id(entry))).collect()
    };
    let (uncertain, failed) = (named("uncertain_customers"), named("failed_customers"));
    for number in 0..RECIPIENTS {
        let to = format!("k{number}@example.net");
        let covered = came.contains_key(&to) || uncertain.contains(&to) || failed.contains(&to);
        assert!(covered, "{to} is lost in {place}");
    }
    // Each kill leaves at most what the three connections had in hand, besides the silent one.
    assert!(uncertain.len() <= 1 + 3 * (more + 1), "{place}");
    assert_eq!(failed, ["k7@example.net"], "{place}");
    assert_eq!(status["sent"].as_u64().unwrap() as usize + uncertain.len() + 1, RECIPIENTS);
}
