//! What is wrong with a body that could be read, place by place.

use super::refusal::Refusal;
use crate::wire::{MAX_CUSTOMERS, ProblemError, ViewReference};

/// Longest customer id, in bytes.
const MAX_ID_BYTES: usize = 1000;

/// Longest name of a view or list, in letters.
const MAX_NAME: usize = 300;

/// Findings on their way into one answer.
#[derive(Debug, Default)]
pub struct Findings {
    found: Vec<ProblemError>,
}

impl Findings {
    /// Adds one: what is wrong and what is allowed, without quoting the value.
    pub fn add(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.found.push(ProblemError { path: path.into(), message: message.into() });
    }

    /// # Errors
    /// 422 when there is any.
    pub fn none(self) -> Result<(), Refusal> {
        if self.found.is_empty() { Ok(()) } else { Err(Refusal::unprocessable(self.found)) }
    }
}

/// Checks a list of customer ids, and that there are not too many.
pub fn customer_ids<'a>(
    findings: &mut Findings,
    path: &str,
    ids: impl ExactSizeIterator<Item = &'a str>,
) {
    if ids.len() > MAX_CUSTOMERS {
        findings.add(path, format!("at most {MAX_CUSTOMERS} in one call; send several"));
        return;
    }
    for (at, id) in ids.enumerate() {
        if id.is_empty() || id.len() > MAX_ID_BYTES || id.chars().any(char::is_control) {
            findings.add(
                format!("{path}[{at}]"),
                format!("an id of 1 to {MAX_ID_BYTES} bytes without control characters"),
            );
        }
    }
}

/// Checks the view that a wish comes from.
pub fn view_reference(findings: &mut Findings, view: Option<&ViewReference>) {
    let Some(view) = view else { return };
    line(findings, "view.name", &view.name, true);
    if !is_sha256(&view.sha256) {
        findings.add("view.sha256", "64 lower-case hex digits");
    }
}

/// Whether this is a SHA-256 as lower-case hex.
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Checks a line of text that people read.
pub fn line(findings: &mut Findings, path: &str, text: &str, may_be_empty: bool) {
    let too_long = text.chars().count() > MAX_NAME;
    if too_long || text.chars().any(char::is_control) || (text.trim().is_empty() && !may_be_empty) {
        let least = u8::from(!may_be_empty);
        findings.add(path, format!("{least} to {MAX_NAME} letters on one line"));
    }
}
