//! What several tests draw their values from.

pub mod views;
