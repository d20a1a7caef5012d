//! Publik decides whom a venue writes to: exact audiences from a snapshot of its own customers.
//!
//! | module | question it answers |
//! |---|---|
//! | [`model`] | what is known? customers, events and purchases as columns |
//! | [`ingest`] | how does it come in? an export folder becomes a model, or rejects |
//! | [`demo`] | what does a venue look like? a made-up one from a seed |
//! | [`snapshot`] | how is it stored? a model becomes bytes and comes back |
//! | [`view`] | what is asked? the JSON document, checked |
//! | `listing` | who is on the list, in which order? sorting by a language's rules, searching |
//! | [`engine`] | who is in? row sets, counts, histograms; no clock, no I/O, no browser |
//! | `export` | how does it leave? lists for people, Meta, Mailchimp and APSIS |
//! | [`wire`] | what do the page and the sync endpoint say to each other? |
//!
//! Imports go one way: `model` < `view`, `ingest`, `demo`, `snapshot`, `listing` < `engine` < `export`
//! < `cli`, `web`; `wire` stands alone, and `server` uses it and nothing else.
//! `tests/layering.rs` holds that. "Today" is always an argument.

#[cfg(feature = "cli")]
pub mod cli;
pub mod demo;
pub mod engine;
// Without its feature only what names formats and reasons: the page asks with them.
#[cfg(any(feature = "export", feature = "browser", test))]
pub mod export;
pub mod ingest;
#[cfg(any(feature = "lists", test))]
pub mod listing;
pub mod model;
#[cfg(feature = "server")]
pub mod server;
pub mod snapshot;
pub mod view;
// In tests too: what the page thinks needs no browser.
#[cfg(any(feature = "browser", test))]
pub mod web;
pub mod wire;
