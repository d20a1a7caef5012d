//! Any bytes as a view: read or refused, and what was read is written so that it reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use publik::view::{parse, to_json, to_pretty_json};

fuzz_target!(|document: &[u8]| {
    match parse(document) {
        Ok(view) => {
            assert_eq!(parse(to_json(&view)).as_ref(), Ok(&view));
            assert_eq!(parse(to_pretty_json(&view)).as_ref(), Ok(&view));
        }
        Err(errors) => assert!(!errors.to_string().is_empty()),
    }
});
