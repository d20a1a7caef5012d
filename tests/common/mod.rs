//! What several tests draw their values from.

pub mod facts;
pub mod small_venue;
pub mod views;
