//! What is stored comes back, and what is broken is refused.

#[path = "common/facts.rs"]
mod made;

use proptest::prelude::*;
use publik::model::{Contacts, Facts, PackedLine};
use publik::snapshot::{
    Encryption, Manifest, Part, PartEntry, PartKind, SnapshotError, decode_contacts, decode_facts,
    encode_contacts, encode_facts, open, open_contacts, open_unsealed, open_unsealed_contacts,
    section_sizes,
};

const BUILT_AT: &str = "2026-11-21T12:00:00Z";

/// Manifest, facts and contacts as files.
fn stored(facts: &Facts, contacts: &Contacts) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let facts_bytes = encode_facts(facts);
    let contacts_bytes = encode_contacts(contacts);
    let parts = vec![
        PartEntry::of(PartKind::Facts, &facts_bytes, Encryption::None),
        PartEntry::of(PartKind::Contacts, &contacts_bytes, Encryption::None),
    ];
    (Manifest::new(facts, BUILT_AT, parts).to_bytes(), facts_bytes, contacts_bytes)
}

proptest! {
    #[test]
    fn what_is_stored_comes_back((facts, contacts) in made::facts_and_contacts()) {
        let (manifest, facts_bytes, contacts_bytes) = stored(&facts, &contacts);
        // Unsealed elsewhere, both are what lay in their files.
        prop_assert_eq!(&open_unsealed(&manifest, &facts_bytes).unwrap().1, &facts);
        let (manifest, facts_read) = open(&manifest, &facts_bytes).unwrap();
        prop_assert_eq!(&facts_read, &facts);
        prop_assert_eq!(&open_unsealed_contacts(&manifest, &contacts_bytes).unwrap(), &contacts);
        prop_assert_eq!(open_contacts(&manifest, &contacts_bytes).unwrap(), contacts);
        prop_assert_eq!(encode_facts(&facts_read), facts_bytes);
    }

    #[test]
    fn bytes_that_are_anything_are_refused_without_a_panic(bytes in any::<Vec<u8>>()) {
        prop_assert!(decode_facts(&bytes).is_err());
        prop_assert!(decode_contacts(&bytes).is_err());
        prop_assert!(Manifest::parse(&bytes).is_err());
    }

    /// Damage that keeps the frame whole reaches every section's own checks.
    #[test]
    fn damaged_facts_are_refused_or_keep_the_rules_of_the_model(
        facts in made::facts(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = encode_facts(&facts);
        for (at, byte) in &damage {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if let Ok(read) = decode_facts(&bytes) {
            assert_rules(&read);
            prop_assert_eq!(decode_facts(&encode_facts(&read)).unwrap(), read);
        }
    }
}

/// What the model promises to whoever counts.
fn assert_rules(facts: &Facts) {
    let Facts { lines, customers, catalogue, .. } = facts;
    assert!(customers.ids.iter().is_sorted_by(|a, b| a < b));
    assert!(customers.women.is_disjoint(&customers.men));
    let sets = facts.consents.iter().chain(&facts.flags).map(|set| &set.rows);
    for rows in sets.chain([&customers.women, &customers.men, &customers.with_email]) {
        assert!(rows.max().is_none_or(|row| row < customers.count()));
    }
    assert_eq!(lines.first.len(), customers.count() as usize + 1);
    assert_eq!(lines.first.last().copied(), Some(lines.count() as u32));
    for row in 0..customers.count() {
        customers.distances.of(row);
        let mut events = std::collections::HashSet::new();
        let mut before: Option<publik::model::Line> = None;
        for line in lines.of(row) {
            assert!((line.event as usize) < catalogue.events.len());
            assert_eq!(line.new_event, events.insert(line.event));
            let carries_on =
                !line.new_order && before.is_some_and(|before| before.event == line.event);
            assert!(line.tickets > 0 || carries_on);
            match before {
                None => assert!(line.new_order),
                Some(before) if line.new_order => assert!(line.order_day >= before.order_day),
                Some(before) => {
                    assert_eq!((line.order_day, line.channel), (before.order_day, before.channel));
                    assert!(line.event >= before.event);
                }
            }
            before = Some(line);
        }
    }
}

#[test]
fn columns_longer_than_a_block_come_back() {
    for customers in [127, 128, 129, 1_000] {
        let (facts, contacts) = made::regular(customers);
        assert_eq!(decode_facts(&encode_facts(&facts)).unwrap(), facts, "{customers}");
        assert_eq!(decode_contacts(&encode_contacts(&contacts)).unwrap(), contacts);
    }
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let (facts, contacts) = made::regular(300);
    assert_eq!(stored(&facts, &contacts), stored(&facts.clone(), &contacts.clone()));
}

#[test]
fn every_truncation_is_refused() {
    let (facts, contacts) = made::regular(40);
    let (manifest, facts_bytes, contacts_bytes) = stored(&facts, &contacts);
    let known = Manifest::parse(&manifest).unwrap();
    for end in 0..facts_bytes.len() {
        assert!(decode_facts(&facts_bytes[..end]).is_err(), "{end}");
        assert!(open(&manifest, &facts_bytes[..end]).is_err(), "{end}");
    }
    for end in 0..contacts_bytes.len() {
        assert!(decode_contacts(&contacts_bytes[..end]).is_err(), "{end}");
        assert!(open_contacts(&known, &contacts_bytes[..end]).is_err(), "{end}");
    }
    for end in 0..manifest.len() {
        assert!(open(&manifest[..end], &facts_bytes).is_err(), "{end}");
    }
}

#[test]
fn every_flipped_bit_is_refused() {
    let (facts, contacts) = made::regular(20);
    let (manifest, facts_bytes, contacts_bytes) = stored(&facts, &contacts);
    let known = Manifest::parse(&manifest).unwrap();
    let flipped = |bytes: &[u8], bit: usize| {
        let mut bytes = bytes.to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        bytes
    };
    for bit in 0..facts_bytes.len() * 8 {
        let bytes = flipped(&facts_bytes, bit);
        assert!(open(&manifest, &bytes).is_err(), "{bit}");
        if let Ok(read) = decode_facts(&bytes) {
            assert_rules(&read);
        }
    }
    for bit in 0..contacts_bytes.len() * 8 {
        let bytes = flipped(&contacts_bytes, bit);
        assert!(open_contacts(&known, &bytes).is_err(), "{bit}");
        let _ = decode_contacts(&bytes);
    }
    for bit in 0..manifest.len() * 8 {
        assert!(Manifest::parse(&flipped(&manifest, bit)).is_err(), "{bit}");
    }
}

#[test]
fn bytes_behind_the_end_are_refused() {
    let (facts, _) = made::regular(5);
    let mut bytes = encode_facts(&facts);
    bytes.push(0);
    let message = decode_facts(&bytes).unwrap_err().to_string();
    assert!(message.contains("section \"frame\""), "{message}");
}

#[test]
fn a_newer_version_is_refused_and_says_so() {
    let (facts, contacts) = made::regular(5);
    let (manifest, mut facts_bytes, mut contacts_bytes) = stored(&facts, &contacts);
    facts_bytes[8] = 2;
    contacts_bytes[8] = 2;
    let newer_manifest =
        String::from_utf8(manifest).unwrap().replace("\"version\": 1", "\"version\": 7");
    let errors = [
        (Part::Facts, decode_facts(&facts_bytes).unwrap_err()),
        (Part::Contacts, decode_contacts(&contacts_bytes).unwrap_err()),
        (Part::Manifest, Manifest::parse(newer_manifest.as_bytes()).unwrap_err()),
    ];
    for (part, error) in errors {
        assert!(error.is_newer(), "{error}");
        let message = error.to_string();
        assert!(message.contains(part.name()) && message.contains("newer Publik"), "{message}");
    }
}

#[test]
fn a_foreign_file_is_refused_and_says_so() {
    let (facts, contacts) = made::regular(5);
    let (manifest, facts_bytes, contacts_bytes) = stored(&facts, &contacts);
    for bytes in [&b"PK\x03\x04 something else"[..], b"", &contacts_bytes, &manifest] {
        assert!(matches!(decode_facts(bytes), Err(SnapshotError::Foreign { part: Part::Facts })));
    }
    assert!(matches!(decode_contacts(&facts_bytes), Err(SnapshotError::Foreign { .. })));
    for bytes in [&b"{\"name\": \"a web app\"}"[..], b"", &facts_bytes] {
        assert!(matches!(Manifest::parse(bytes), Err(SnapshotError::Foreign { .. })));
    }
}

#[test]
fn parts_of_two_snapshots_do_not_go_together() {
    let (facts, contacts) = made::regular(5);
    let (other, other_contacts) = made::regular(6);
    let (manifest, ..) = stored(&facts, &contacts);
    let (_, other_facts, _) = stored(&other, &other_contacts);
    let error = open(&manifest, &other_facts).unwrap_err();
    assert!(matches!(error, SnapshotError::OtherSize { .. } | SnapshotError::OtherHash { .. }));
}

#[test]
fn a_sealed_part_asks_for_its_passphrase() {
    let (facts, _) = made::regular(5);
    let sealed = b"age-encryption.org/v1 and so on";
    let entry = PartEntry::of(PartKind::Facts, sealed, Encryption::Age);
    assert!(entry.file.starts_with("facts-") && entry.file.ends_with(".bin.age"));
    let manifest = Manifest::new(&facts, BUILT_AT, vec![entry]).to_bytes();
    assert!(open(&manifest, sealed).unwrap_err().is_sealed());
    let manifest = Manifest::parse(&manifest).unwrap();
    let missing = open_contacts(&manifest, b"").unwrap_err();
    assert!(matches!(missing, SnapshotError::Missing { part: Part::Contacts }));
}

#[test]
fn the_manifest_counts_what_the_facts_hold() {
    let (facts, contacts) = made::regular(100);
    let (manifest, ..) = stored(&facts, &contacts);
    let text = String::from_utf8(manifest.clone()).unwrap();
    assert_eq!(text.matches(BUILT_AT).count(), 1);
    let manifest = Manifest::parse(&manifest).unwrap();
    assert_eq!(manifest.venue, "Stora Scenen");
    assert_eq!((manifest.rows.customers, manifest.rows.events), (100, 30));
    assert_eq!((manifest.rows.orders, manifest.rows.tickets), (110, 330));
    assert_eq!(manifest.rows.lines, 220);
    let orders = manifest.days.orders.unwrap();
    assert_eq!((orders.first.as_str(), orders.last.as_str()), ("2025-01-10", "2025-02-18"));
    assert_eq!(manifest.days.events.unwrap().first, "2025-02-11");
    assert_eq!(
        (manifest.flags_cursor, manifest.marketing_consent.as_deref()),
        (17, Some("newsletter"))
    );
}

#[test]
fn the_checksum_is_the_sha256_of_all_bytes_before_its_field() {
    use sha2::Digest;
    let (facts, contacts) = made::regular(3);
    let text = String::from_utf8(stored(&facts, &contacts).0).unwrap();
    let (content, tail) = text.split_once(",\n  \"checksum\": \"").unwrap();
    let hash = sha2::Sha256::digest(content);
    let hex = hash.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    assert_eq!(tail, format!("{hex}\"\n}}\n"));
}

#[test]
fn the_facts_hold_nothing_of_the_contacts_but_the_id() {
    let (facts, contacts) = made::regular(50);
    let bytes = encode_facts(&facts);
    for column in &contacts.cells[1..] {
        for cell in column.iter().filter(|cell| !cell.is_empty()) {
            let found = bytes.windows(cell.len()).any(|window| window == cell.as_bytes());
            assert!(!found, "{cell}");
        }
    }
}

#[test]
fn a_small_file_that_claims_to_be_large_is_refused_at_once() {
    let (facts, _) = made::regular(3);
    let bytes = encode_facts(&facts);
    let counts = bytes.len()
        - section_sizes(PartKind::Facts, &bytes).unwrap()[1..]
            .iter()
            .map(|section| section.bytes as usize)
            .sum::<usize>();
    for at in [counts, counts + 4, counts + 8] {
        let mut bytes = bytes.clone();
        bytes[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(decode_facts(&bytes).is_err());
    }
}

#[test]
fn a_customer_whose_first_line_starts_no_order_is_refused() {
    let (mut facts, _) = made::regular(10);
    let first = facts.lines.first[4] as usize;
    facts.lines.packed[first].tickets_and_marks &= !PackedLine::NEW_ORDER;
    let message = decode_facts(&encode_facts(&facts)).unwrap_err().to_string();
    assert!(message.contains("order_starts"), "{message}");
}

#[test]
fn an_order_before_the_order_before_it_is_refused() {
    let (mut facts, _) = made::regular(10);
    let lines = &mut facts.lines;
    let again = lines.first[0] as usize + 2;
    assert!(lines.get(again).new_order);
    lines.packed[again].order_day = lines.packed[0].order_day - 1;
    let message = decode_facts(&encode_facts(&facts)).unwrap_err().to_string();
    assert!(message.contains("lead_days"), "{message}");
}

#[test]
fn a_customer_further_away_than_the_earth_is_round_is_refused() {
    let (mut facts, _) = made::regular(10);
    for km in [20_016.5, f64::MAX] {
        *facts.customers.distances.km.last_mut().unwrap() = km;
        let message = decode_facts(&encode_facts(&facts)).unwrap_err().to_string();
        assert!(message.contains("kilometres"), "{message}");
    }
}

#[test]
fn a_text_that_would_fill_the_memory_is_stored_plain() {
    let long = "x".repeat(10_000);
    let contacts = Contacts {
        headers: vec!["Note".to_owned()],
        names: vec![None],
        cells: vec![std::iter::repeat_n(long.as_str(), 500).collect()],
    };
    let bytes = encode_contacts(&contacts);
    assert!(bytes.len() > 500 * 10_000);
    assert_eq!(decode_contacts(&bytes).unwrap(), contacts);
}

#[test]
fn the_sections_add_up_to_the_file() {
    let (facts, contacts) = made::regular(20);
    let (_, facts_bytes, contacts_bytes) = stored(&facts, &contacts);
    for (part, bytes) in [(PartKind::Facts, facts_bytes), (PartKind::Contacts, contacts_bytes)] {
        let sections = section_sizes(part, &bytes).unwrap();
        let total: u64 = sections.iter().map(|section| section.bytes).sum();
        assert_eq!(total, bytes.len() as u64);
        assert!(sections.iter().all(|section| section.name != "unknown"), "{sections:?}");
    }
}
