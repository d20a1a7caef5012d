//! What is to be done next with what waits to be sent. No clock and no browser in here: whoever
//! sends says what time it is, and does what the step says.

use std::collections::BTreeSet;

use super::entry::{Doubt, Entry, LONGEST_WAIT_MS, State, Wish};
use crate::wire::AudienceOperation;

/// What stands around the outbox when it is asked what is next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Around<'a> {
    /// Now.
    pub now: u64,
    /// The endpoint that is set, if its token is there.
    pub endpoint: Option<&'a str>,
    /// The open data: the venue's name, and whether it is made up.
    pub data: Option<(&'a str, bool)>,
}

/// Why nothing can be done with an entry now that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// No token, or no endpoint, is set.
    NoEndpoint,
    /// It is for another endpoint than the one that is set.
    OtherEndpoint,
    /// Its customers are of data that is not open.
    OtherData,
    /// Another one goes first.
    Turn,
    /// It was tried not long ago.
    Pause {
        /// Until when.
        until: u64,
    },
}

/// What is to be done with an entry now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Send it.
    Send,
    /// Ask somebody first.
    Ask(Doubt),
    /// Leave it.
    Hold(Hold),
    /// It is with somebody, or over.
    Rest,
}

/// What is to be done with each entry, oldest first, now; only whoever may send alone acts on it.
pub fn steps(entries: &[Entry], around: Around<'_>) -> Vec<Step> {
    let mut steps = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        steps.push(step(entry, &entries[..at], &steps, around));
    }
    steps
}

/// Who is in an audience by what was handed over from here, ascending.
pub fn handed_over(entries: &[Entry], connector: &str, audience: &str) -> Vec<String> {
    let mut there = BTreeSet::new();
    for entry in entries.iter().filter(|entry| matches!(entry.state, State::Done { .. })) {
        let Wish::Audience { connector: to, request, .. } = &entry.wish else { continue };
        if to != connector || request.audience != audience {
            continue;
        }
        match request.operation {
            AudienceOperation::Replace => there = entry.customers.iter().cloned().collect(),
            AudienceOperation::Add => there.extend(entry.customers.iter().cloned()),
            AudienceOperation::Remove => {
                for customer in &entry.customers {
                    there.remove(customer);
                }
            }
        }
    }
    there.into_iter().collect()
}

/// Who is being taken out of an audience by what still waits here.
pub fn leaving(entries: &[Entry], connector: &str, audience: &str) -> BTreeSet<String> {
    let mut there = BTreeSet::new();
    for entry in entries.iter().filter(|entry| !entry.is_over()) {
        let Wish::Audience { connector: to, request, .. } = &entry.wish else { continue };
        let is_removal = request.operation == AudienceOperation::Remove;
        if is_removal && to == connector && request.audience == audience {
            there.extend(entry.customers.iter().cloned());
        }
    }
    there
}

fn step(entry: &Entry, before: &[Entry], taken: &[Step], around: Around<'_>) -> Step {
    let now = around.now;
    // Whoever acts on this is alone: of one that is under way, the tab that began it is gone.
    if !entry.is_moving() {
        return Step::Rest;
    }
    let Some(endpoint) = around.endpoint else { return Step::Hold(Hold::NoEndpoint) };
    if endpoint != entry.endpoint {
        return Step::Hold(Hold::OtherEndpoint);
    }
    // Whatever is sent goes one by one; what waits for a person holds up only its like.
    let is_held_up = before.iter().zip(taken).any(|(other, step)| {
        let is_alike = other.wish.lane() == entry.wish.lane() && other.endpoint == entry.endpoint;
        let is_going = match step {
            Step::Send => true,
            // A long pause is about that one alone: a day's limit, say.
            Step::Hold(Hold::Pause { until }) => *until <= now + LONGEST_WAIT_MS,
            _ => false,
        };
        is_going || (is_alike && !other.is_over())
    });
    if is_held_up {
        return Step::Hold(Hold::Turn);
    }
    // What is under way the endpoint may have already: only sending it again tells.
    let is_under_way = matches!(entry.state, State::Sending { .. });
    if let Some(doubt) = entry.doubt(now).filter(|_| !is_under_way) {
        return Step::Ask(doubt);
    }
    let is_of_data = around
        .data
        .is_some_and(|(venue, is_demo)| venue == entry.seen.venue && is_demo == entry.seen.is_demo);
    if entry.wish.needs_contacts() && !is_of_data {
        return Step::Hold(Hold::OtherData);
    }
    if entry.not_before > now {
        return Step::Hold(Hold::Pause { until: entry.not_before });
    }
    Step::Send
}

#[cfg(test)]
mod tests {
    use super::super::entry::{Outcome, Seen, opposite};
    use super::super::trouble::Trouble;
    use super::*;
    use crate::wire::{AudienceRequest, CampaignRequest, FlagOp, FlagRequest, Mode};

    const NOW: u64 = 1_800_000_000_000;
    const DAY: u64 = 24 * 3_600_000;
    const HOME: &str = "https://sync.example.org";

    fn entry(id: &str, wish: Wish) -> Entry {
        Entry {
            id: id.to_owned(),
            made_at: NOW,
            endpoint: HOME.to_owned(),
            seen: Seen { venue: "Teatern".to_owned(), ..Seen::default() },
            wish,
            customers: vec!["K1".to_owned(), "K2".to_owned()],
            state: State::Waiting { trouble: None },
            tries: 0,
            not_before: 0,
            is_agreed: false,
        }
    }

    fn tag(id: &str, flag: &str) -> Entry {
        let request = FlagRequest { op: FlagOp::Add, customers: vec![], view: None };
        let (flag, name) = (flag.to_owned(), "VIP".to_owned());
        entry(id, Wish::Tag { flag, name, request, takes_back: None })
    }

    fn offer(id: &str, ends_at: Option<u64>) -> Entry {
        let request = CampaignRequest {
            offer: "OF1".to_owned(),
            mode: Mode::Event { id: "E1".to_owned() },
            layout: "season".to_owned(),
            texts: std::collections::BTreeMap::new(),
            recipients: vec![],
            send_after: None,
            ungated_reason: None,
            test: false,
            view: None,
        };
        entry(
            id,
            Wish::Offer { name: "Two for one".to_owned(), ends_at, delay_minutes: 2, request },
        )
    }

    fn around(now: u64) -> Around<'static> {
        Around { now, endpoint: Some(HOME), data: Some(("Teatern", false)) }
    }

    fn refused() -> Trouble {
        Trouble::Refused { status: 422, why: "no".to_owned() }
    }

    #[test]
    fn entries_go_one_by_one_in_order() {
        let mut entries = vec![tag("a", "vip"), tag("b", "choir"), offer("c", None)];
        let turn = Step::Hold(Hold::Turn);
        assert_eq!(steps(&entries, around(NOW)), [Step::Send, turn, turn]);
        entries[0].begin(NOW);
        entries[0].end(
            NOW,
            Ok(r#"{"changed":1,"unchanged":0,"changed_customers":["K1"],"cursor":3}"#.into()),
        );
        assert_eq!(steps(&entries, around(NOW)), [Step::Rest, Step::Send, turn]);
    }

    #[test]
    fn without_a_network_all_wait_longer_each_time_and_in_order() {
        let mut entries = vec![tag("a", "vip"), tag("b", "choir")];
        let mut waits = Vec::new();
        let mut now = NOW;
        for _ in 0..10 {
            assert_eq!(steps(&entries, around(now)), [Step::Send, Step::Hold(Hold::Turn)]);
            entries[0].begin(now);
            entries[0].end(now, Err(Trouble::Unreachable));
            let until = entries[0].not_before;
            let paused = [Step::Hold(Hold::Pause { until }), Step::Hold(Hold::Turn)];
            assert_eq!(steps(&entries, around(now)), paused);
            waits.push(until - now);
            now = until;
        }
        assert_eq!(waits[..4], [4_000, 8_000, 16_000, 32_000]);
        assert_eq!(waits[9], LONGEST_WAIT_MS);
        let State::Waiting { trouble } = &entries[0].state else { panic!("{:?}", entries[0]) };
        assert_eq!(*trouble, Some(Trouble::Unreachable));
    }

    #[test]
    fn what_the_endpoint_asks_to_wait_is_waited_and_holds_up_only_its_like() {
        let mut entries = vec![offer("a", None), tag("b", "vip")];
        entries[0].end(NOW, Err(Trouble::Busy { retry_after: Some(7_200) }));
        let until = NOW + 7_200_000;
        assert_eq!(steps(&entries, around(NOW)), [Step::Hold(Hold::Pause { until }), Step::Send]);
    }

    #[test]
    fn what_was_refused_waits_for_somebody_and_holds_up_only_its_like() {
        let mut entries = vec![tag("a", "vip"), tag("b", "choir"), tag("c", "vip")];
        entries[0].end(NOW, Err(refused()));
        assert_eq!(entries[0].state, State::Failed { trouble: refused() });
        let turn = Step::Hold(Hold::Turn);
        assert_eq!(steps(&entries, around(NOW)), [Step::Rest, Step::Send, turn]);
        entries[0].try_again();
        assert_eq!(steps(&entries, around(NOW))[0], Step::Send);
        assert!(entries[0].cancel());
        assert_eq!(steps(&entries[..1], around(NOW)), [Step::Rest]);
        assert!(!entries[0].cancel());
    }

    #[test]
    fn what_is_older_than_a_day_asks_first_and_goes_once_somebody_agrees() {
        let mut entries = vec![tag("a", "vip")];
        assert_eq!(steps(&entries, around(NOW + DAY)), [Step::Send]);
        let late = around(NOW + DAY + 1);
        assert_eq!(steps(&entries, late), [Step::Ask(Doubt::Old)]);
        entries[0].state = State::Asks { about: Doubt::Old };
        assert_eq!(steps(&entries, late), [Step::Rest]);
        entries[0].try_again();
        assert_eq!(steps(&entries, late), [Step::Send]);
    }

    #[test]
    fn an_offer_that_has_ended_asks_first() {
        let entries = [offer("a", Some(NOW + 1_000))];
        assert_eq!(steps(&entries, around(NOW)), [Step::Send]);
        assert_eq!(steps(&entries, around(NOW + 1_000)), [Step::Ask(Doubt::OfferEnded)]);
    }

    #[test]
    fn one_whose_answer_was_lost_is_sent_again_under_its_key_and_never_asked_about() {
        let mut entries = vec![offer("a", Some(NOW + 1_000))];
        entries[0].begin(NOW);
        assert!(!entries[0].cancel(), "it may have arrived");
        assert_eq!(steps(&entries, around(NOW + 2 * DAY)), [Step::Send]);
    }

    #[test]
    fn an_entry_goes_only_to_the_endpoint_it_was_made_for() {
        let entries = [tag("a", "vip")];
        let other = Around { endpoint: Some("https://other.example.org"), ..around(NOW) };
        assert_eq!(steps(&entries, other), [Step::Hold(Hold::OtherEndpoint)]);
        let none = Around { endpoint: None, ..around(NOW) };
        assert_eq!(steps(&entries, none), [Step::Hold(Hold::NoEndpoint)]);
    }

    #[test]
    fn addresses_come_only_from_the_data_that_the_customers_are_of() {
        let entries = [tag("a", "vip"), offer("b", None)];
        for data in [None, Some(("Teatern", true)), Some(("Operan", false))] {
            let elsewhere = Around { data, ..around(NOW) };
            assert_eq!(steps(&entries[..1], elsewhere), [Step::Send], "a tag names nobody");
            assert_eq!(steps(&entries[1..], elsewhere), [Step::Hold(Hold::OtherData)]);
        }
    }

    #[test]
    fn a_tagging_is_taken_back_for_exactly_whom_it_changed() {
        let mut entry = tag("a", "vip");
        assert_eq!(opposite(&entry), None);
        entry.end(
            NOW,
            Ok(r#"{"changed":1,"unchanged":1,"changed_customers":["K2"],"cursor":3}"#.into()),
        );
        let (wish, customers) = opposite(&entry).unwrap();
        assert_eq!(customers, ["K2"]);
        let Wish::Tag { request, takes_back, .. } = wish else { panic!("no tagging") };
        assert_eq!((request.op, takes_back.as_deref()), (FlagOp::Remove, Some("a")));
        let State::Done { outcome: Outcome::Tagged { is_undone, .. }, .. } = &mut entry.state
        else {
            panic!("not done")
        };
        *is_undone = true;
        assert_eq!(opposite(&entry), None);
    }

    #[test]
    fn an_answer_that_is_none_of_an_endpoint_is_no_success() {
        let mut entry = tag("a", "vip");
        entry.end(NOW, Ok("<html>".to_owned()));
        assert_eq!(entry.state, State::Failed { trouble: Trouble::NotAnEndpoint });
    }

    #[test]
    fn an_entry_reads_back_as_it_was_kept_and_keys_are_in_order() {
        let mut entry = offer("a", Some(NOW));
        entry.end(NOW, Err(Trouble::Busy { retry_after: None }));
        let text = serde_json::to_string(&entry).unwrap();
        assert_eq!(serde_json::from_str::<Entry>(&text).unwrap(), entry);
        let later = Entry { made_at: NOW * 10, ..tag("0", "vip") };
        assert!(entry.key() < later.key());
    }

    #[test]
    fn an_audience_holds_whom_the_last_hand_overs_left_there() {
        use AudienceOperation::{Add, Remove, Replace};
        let audience = |operation, customers: &[&str], is_done: bool| {
            let request = AudienceRequest {
                name: "list".to_owned(),
                audience: "season".to_owned(),
                operation,
                recipients: vec![],
                ungated_reason: None,
                view: None,
            };
            let (connector, kind, name) = ("meta".to_owned(), "meta".to_owned(), String::new());
            let mut entry = entry("a", Wish::Audience { connector, kind, name, request });
            entry.customers = customers.iter().map(|id| (*id).to_owned()).collect();
            if is_done {
                entry.end(NOW, Ok(r#"{"id":"x"}"#.to_owned()));
            }
            entry
        };
        let entries = [
            audience(Replace, &["K9"], true),
            audience(Replace, &["K1", "K2", "K3"], true),
            audience(Add, &["K4"], true),
            audience(Remove, &["K2"], true),
            audience(Replace, &[], false),
        ];
        assert_eq!(handed_over(&entries, "meta", "season"), ["K1", "K3", "K4"]);
        assert!(handed_over(&entries, "meta", "other").is_empty());
        let waiting = [
            audience(Remove, &["K1", "K3"], false),
            audience(Remove, &["K4"], true),
            audience(Add, &["K5"], false),
        ];
        let leaving = leaving(&waiting, "meta", "season");
        assert_eq!(leaving.iter().map(String::as_str).collect::<Vec<_>>(), ["K1", "K3"]);
    }

    #[test]
    fn an_offer_kept_before_there_was_a_choice_leaves_at_the_usual_time() {
        let mut kept = serde_json::to_value(offer("a", None)).unwrap();
        kept["wish"].as_object_mut().unwrap().remove("delay_minutes").unwrap();
        assert_eq!(serde_json::from_value::<Entry>(kept).unwrap(), offer("a", None));
    }

    #[test]
    fn an_id_in_a_path_cannot_leave_it() {
        assert_eq!(tag("a", "kör/../x?").wish.path(), "/v1/flags/k%C3%B6r%2F..%2Fx%3F/assignments");
    }
}
