//! What a question names by its text: views and segments by their documents, days.

use super::internal;
use crate::model::Day;
use crate::view::{self, Segment, View};
use crate::web::protocol::{Failure, FailureKind};

pub fn view_of(document: &str) -> Result<View, Failure> {
    view::parse(document).map_err(|errors| unreadable(&errors))
}

pub fn segment_of(document: &str) -> Result<Segment, Failure> {
    view::parse_segment(document).map_err(|errors| unreadable(&errors))
}

pub fn day(text: &str) -> Result<Day, Failure> {
    Day::parse(text).map_err(|error| internal(&error))
}

pub fn unreadable(reason: &impl ToString) -> Failure {
    Failure { kind: FailureKind::Unreadable, message: reason.to_string() }
}
