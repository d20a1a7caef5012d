//! Pages: each takes what is open and lays it out.

mod overview;

pub use overview::{Overview, OverviewPage, Venue};
