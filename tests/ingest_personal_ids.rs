//! Ids that are personal refuse the folder, unless the caller takes them as they are.

mod ingest_support;

use std::ops::ControlFlow;

use ingest_support::{folder, ids, read_all, refusal};
use publik::ingest::{MemoryFolder, Options, Warning, read};

fn folder_of(customers: &str) -> MemoryFolder {
    let mut folder = folder();
    folder.insert("customers.csv", format!("customer_id\n{customers}"));
    folder.insert("orders.csv", "order_id,customer_id,ordered_at,channel\n");
    folder.insert("tickets.csv", "ticket_id,order_id,event_id,price\n");
    folder
}

#[test]
fn an_address_as_id_refuses_with_its_line_and_without_the_id() {
    let message = refusal(&folder_of("K1\nanna@example.org\n"));
    assert!(message.starts_with("customers.csv:3: the customer id contains an @"), "{message}");
    assert!(!message.contains("anna"));
    assert!(message.contains("--ids-as-they-are"));
}

#[test]
fn a_personal_number_as_id_refuses_with_its_line_and_without_the_id() {
    for id in ["811218-9876", "198112189876", "8112189876", "131052-308T", "010190-1234"] {
        let message = refusal(&folder_of(&format!("K1\n{id}\n")));
        let start = "customers.csv:3: the customer id looks like a national identity number";
        assert!(message.starts_with(start), "{message}");
        assert!(!message.contains(id), "{message}");
        assert!(message.contains("--ids-as-they-are"));
    }
}

#[test]
fn such_ids_are_taken_when_the_caller_says_so() {
    let folder = folder_of("anna@example.org\n811218-9876\n");
    let options = Options { ids_as_they_are: true };
    let read = read(&folder, &options, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(ids(&read), ["811218-9876", "anna@example.org"]);
}

#[test]
fn a_number_among_many_that_passes_by_chance_is_only_named() {
    let others = |count: u32| {
        let ids = (0..count).map(|number| format!("99999999{number:02}\n"));
        ids.collect::<Vec<_>>().concat()
    };
    let read = read_all(&folder_of(&format!("{}K1\n", others(19))));
    assert_eq!(read.warnings, []);
    let read = read_all(&folder_of(&format!("{}8112189876\n", others(40))));
    assert_eq!(read.warnings, [Warning::IdsMayBePersonalNumbers { line: 42, matching: 1, of: 41 }]);
}
