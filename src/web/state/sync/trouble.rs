//! What an answer of the endpoint means.

use serde::{Deserialize, Serialize};

use crate::web::protocol::http::{HttpAnswer, NotReached};
use crate::wire::{Health, Problem};

/// Why a call did not do what it was for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Trouble {
    /// Nobody answers at the address.
    Unreachable,
    /// Somebody answers, and does not let a page of this origin read it.
    NotForThisPage,
    /// It took too long, or the endpoint asks to come again.
    Busy {
        /// Seconds after which to come again, where it says.
        retry_after: Option<u32>,
    },
    /// What answers is no endpoint.
    NotAnEndpoint,
    /// It does not know the token.
    WrongToken,
    /// The token has not the right that this needs.
    NoRight,
    /// Names and addresses could not be had here.
    NoContacts,
    /// The endpoint broke down over it.
    Broken {
        /// The HTTP status.
        status: u16,
    },
    /// The endpoint refuses what it was asked; in its own words why.
    Refused {
        /// The HTTP status.
        status: u16,
        /// What is wrong and what is allowed.
        why: String,
    },
}

impl Trouble {
    /// Whether the same may well succeed later, without anybody doing anything here.
    pub fn may_pass(&self) -> bool {
        match self {
            Trouble::Unreachable
            | Trouble::NotForThisPage
            | Trouble::Busy { .. }
            | Trouble::NoContacts
            | Trouble::Broken { .. } => true,
            Trouble::NotAnEndpoint
            | Trouble::WrongToken
            | Trouble::NoRight
            | Trouble::Refused { .. } => false,
        }
    }
}

/// The body of an answer that is none of these.
///
/// # Errors
/// Whatever stood in the way. A key that was used before with another body is no trouble: what was
/// asked then was done, and its answer is the answer.
pub fn body_of(answered: Result<HttpAnswer, NotReached>) -> Result<String, Trouble> {
    let answer = answered.map_err(|problem| match problem {
        NotReached::Nobody => Trouble::Unreachable,
        NotReached::NotForThisPage => Trouble::NotForThisPage,
        NotReached::TooLate => Trouble::Busy { retry_after: None },
    })?;
    let status = answer.status;
    if (200..300).contains(&status) {
        return Ok(answer.body);
    }
    let problem = serde_json::from_str::<Problem>(&answer.body).ok();
    if let Some(first) = problem.as_ref().and_then(|problem| problem.first.as_ref()) {
        return Ok(first.to_string());
    }
    Err(match status {
        401 if problem.is_some() => Trouble::WrongToken,
        403 if problem.is_some() => Trouble::NoRight,
        // A key in flight: another tab, or a call whose answer was lost, is still being worked on.
        409 if problem.as_ref().is_some_and(|problem| problem.errors.is_empty()) => {
            Trouble::Busy { retry_after: answer.retry_after }
        }
        408 | 429 | 503 => Trouble::Busy { retry_after: answer.retry_after },
        500.. => Trouble::Broken { status },
        _ => match problem {
            Some(problem) => Trouble::Refused { status, why: said(&problem) },
            None => Trouble::NotAnEndpoint,
        },
    })
}

/// What a problem says, on one line.
fn said(problem: &Problem) -> String {
    let mut parts = Vec::new();
    for error in &problem.errors {
        let place = if error.path.is_empty() { "" } else { ": " };
        parts.push(format!("{}{place}{}", error.path, error.message));
    }
    if parts.is_empty() {
        parts.push(problem.detail.clone().unwrap_or_else(|| problem.title.clone()));
    }
    parts.join("; ")
}

/// Whether what answered `GET /v1/health` is an endpoint that works.
///
/// # Errors
/// Whatever stands in the way.
pub fn healthy(answered: Result<HttpAnswer, NotReached>) -> Result<(), Trouble> {
    let is_http_answer = matches!(&answered, Ok(answer) if answer.status < 500);
    match body_of(answered) {
        Ok(body) => match serde_json::from_str::<Health>(&body) {
            Ok(health) if health.status == "ok" => Ok(()),
            _ => Err(Trouble::NotAnEndpoint),
        },
        // Whatever refuses this question is something else.
        Err(Trouble::Busy { retry_after }) => Err(Trouble::Busy { retry_after }),
        Err(_) if is_http_answer => Err(Trouble::NotAnEndpoint),
        Err(trouble) => Err(trouble),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // As a call gives it.
    #[allow(clippy::unnecessary_wraps)]
    fn answer(status: u16, body: &str) -> Result<HttpAnswer, NotReached> {
        Ok(HttpAnswer { status, retry_after: Some(7), date_ms: None, body: body.to_owned() })
    }

    fn problem(status: u16, more: &str) -> Result<HttpAnswer, NotReached> {
        answer(status, &format!(r#"{{"type":"about:blank","status":{status},"title":"T"{more}}}"#))
    }

    #[test]
    fn each_status_of_the_contract_means_what_it_says() {
        assert_eq!(body_of(answer(202, "{}")), Ok("{}".to_owned()));
        assert_eq!(body_of(problem(401, "")), Err(Trouble::WrongToken));
        assert_eq!(body_of(problem(403, "")), Err(Trouble::NoRight));
        assert_eq!(body_of(problem(409, "")), Err(Trouble::Busy { retry_after: Some(7) }));
        assert_eq!(body_of(problem(429, "")), Err(Trouble::Busy { retry_after: Some(7) }));
        assert_eq!(body_of(problem(500, "")), Err(Trouble::Broken { status: 500 }));
        let errors =
            r#","errors":[{"path":"texts.sv","message":"too long"},{"path":"","message":"x"}]"#;
        let why = "texts.sv: too long; x".to_owned();
        assert_eq!(body_of(problem(422, errors)), Err(Trouble::Refused { status: 422, why }));
        let why = "no offer".to_owned();
        let detail = r#","detail":"no offer""#;
        assert_eq!(body_of(problem(404, detail)), Err(Trouble::Refused { status: 404, why }));
    }

    #[test]
    fn what_is_no_problem_of_the_contract_comes_from_something_else() {
        for status in [301, 401, 403, 404] {
            assert_eq!(body_of(answer(status, "<html>")), Err(Trouble::NotAnEndpoint), "{status}");
        }
        assert_eq!(healthy(answer(200, "<html>")), Err(Trouble::NotAnEndpoint));
        assert_eq!(healthy(answer(200, r#"{"status":"ok"}"#)), Err(Trouble::NotAnEndpoint));
        assert_eq!(healthy(answer(200, r#"{"status":"ok","version":"1"}"#)), Ok(()));
        assert_eq!(healthy(Err(NotReached::Nobody)), Err(Trouble::Unreachable));
        assert_eq!(healthy(Err(NotReached::NotForThisPage)), Err(Trouble::NotForThisPage));
        assert_eq!(healthy(answer(502, "bad gateway")), Err(Trouble::Broken { status: 502 }));
    }

    #[test]
    fn a_key_used_before_gives_what_was_answered_then() {
        let first = r#","errors":[{"path":"Idempotency-Key","message":"x"}],"first":{"id":"a"}"#;
        assert_eq!(body_of(problem(422, first)), Ok(r#"{"id":"a"}"#.to_owned()));
    }

    #[test]
    fn only_what_may_pass_by_itself_is_tried_again() {
        let passing = [
            Trouble::Unreachable,
            Trouble::NotForThisPage,
            Trouble::Busy { retry_after: None },
            Trouble::Broken { status: 502 },
        ];
        assert!(passing.iter().all(Trouble::may_pass));
        let lasting = [
            Trouble::WrongToken,
            Trouble::NoRight,
            Trouble::NotAnEndpoint,
            Trouble::Refused { status: 422, why: String::new() },
        ];
        assert!(!lasting.iter().any(Trouble::may_pass));
    }
}
