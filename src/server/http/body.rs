//! Bodies on their way in: their kind, their size, gzip, JSON, and where in it something is wrong.

use std::io::Read;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, header};
use flate2::read::MultiGzDecoder;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::{DeserializeOwned, IgnoredAny};

use super::refusal::Refusal;
use crate::wire::{MAX_BODY_BYTES, ProblemError};

/// How long a body may take to arrive.
const ARRIVAL: Duration = Duration::from_mins(2);

/// Reads a body to its end and unpacks it.
///
/// # Errors
/// 408, 413, 415, and 400 for a body that breaks off or is no gzip.
pub async fn read(headers: &HeaderMap, body: Body, may_be_empty: bool) -> Result<Vec<u8>, Refusal> {
    let gzip = is_gzip(headers)?;
    let kind = headers.get(header::CONTENT_TYPE);
    let is_json = kind.is_some_and(|kind| is_json(kind.to_str().unwrap_or_default()));
    let may_lack_kind = may_be_empty && kind.is_none();
    let other_kind = || Refusal::media_type("Content-Type has to be application/json");
    if !is_json && !may_lack_kind {
        return Err(other_kind());
    }
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if announced
        .and_then(|length| length.parse().ok())
        .is_some_and(|length: u64| length > MAX_BODY_BYTES as u64)
    {
        return Err(Refusal::too_large());
    }
    let arriving = Limited::new(body, MAX_BODY_BYTES).collect();
    let arrived = tokio::time::timeout(ARRIVAL, arriving).await.map_err(|_| Refusal::too_slow())?;
    let packed = arrived.map_err(|error| {
        if error.is::<LengthLimitError>() {
            Refusal::too_large()
        } else {
            Refusal::bad_request("The body broke off", "send it again with the same key")
        }
    })?;
    let packed = packed.to_bytes();
    if !is_json && !packed.is_empty() {
        return Err(other_kind());
    }
    if !gzip {
        return Ok(packed.to_vec());
    }
    let unpacked = tokio::task::spawn_blocking(move || unpack(&packed)).await;
    unpacked.unwrap_or_else(|_| Err(Refusal::fault()))
}

fn is_gzip(headers: &HeaderMap) -> Result<bool, Refusal> {
    let Some(encoding) = headers.get(header::CONTENT_ENCODING) else { return Ok(false) };
    match encoding.to_str().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => Ok(true),
        "identity" | "" => Ok(false),
        _ => Err(Refusal::media_type("Content-Encoding has to be gzip, or absent")),
    }
}

fn is_json(kind: &str) -> bool {
    let mut parts = kind.split(';').map(|part| part.trim().to_ascii_lowercase());
    let is_utf8 = |part: String| match part.strip_prefix("charset=") {
        Some(charset) => charset.trim_matches('"') == "utf-8",
        None => true,
    };
    parts.next().as_deref() == Some("application/json") && parts.all(is_utf8)
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut unpacked = Vec::new();
    let limit = MAX_BODY_BYTES as u64 + 1;
    let read = MultiGzDecoder::new(packed).take(limit).read_to_end(&mut unpacked);
    if unpacked.len() > MAX_BODY_BYTES {
        return Err(Refusal::too_large());
    }
    match read {
        Ok(_) => Ok(unpacked),
        Err(_) => Err(Refusal::bad_request("The body is no gzip", "Content-Encoding says gzip")),
    }
}

/// Whether this is JSON at all.
///
/// # Errors
/// 400, with the place.
pub fn check_json(body: &[u8]) -> Result<(), Refusal> {
    let text = std::str::from_utf8(body)
        .map_err(|_| Refusal::bad_request("The body is no JSON", "not UTF-8"))?;
    let read = serde_json::from_str::<IgnoredAny>(text);
    read.map(drop).map_err(|error| {
        let place = format!("not JSON at line {}, column {}", error.line(), error.column());
        Refusal::bad_request("The body is no JSON", place)
    })
}

/// Reads JSON that means something.
///
/// # Errors
/// 422, with the place.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let mut json = serde_json::Deserializer::from_slice(body);
    serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { String::new() } else { path };
        let message = without_values(&error.inner().to_string());
        Refusal::unprocessable(vec![ProblemError { path, message }])
    })
}

/// What the parser expected, without what it found: that may be a name or an address.
fn without_values(message: &str) -> String {
    let message = message.rsplit_once(" at line ").map_or(message, |(message, _)| message);
    let is_about_names = message.starts_with("missing field") || message.starts_with("duplicate");
    match message.rsplit_once("expected ") {
        _ if is_about_names => message.to_owned(),
        Some((_, expected)) if message.starts_with("unknown field") => {
            format!("unknown field; allowed here: {}", expected.trim_start_matches("one of "))
        }
        Some((_, expected)) => format!("not allowed here; allowed is {expected}"),
        None => "not allowed here".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;
    use crate::wire::CampaignRequest;

    fn said(body: &str) -> (u16, String) {
        let parsed = check_json(body.as_bytes()).and_then(|()| parse(body.as_bytes()));
        let refusal = parsed.map(|_: CampaignRequest| ()).unwrap_err();
        let text = format!("{refusal:?}");
        (refusal.into_response().status().as_u16(), text)
    }

    #[test]
    fn what_is_wrong_is_named_by_its_place_and_never_quoted() {
        for (body, status, place) in [
            ("{", 400, "line 1, column 1"),
            ("{\"offer\": 5, ", 400, "line 1"),
            ("[]", 422, "expected struct"),
            (
                r#"{"offer": "O", "recipients": [{"id": "K", "email": 4412345}]}"#,
                422,
                "recipients[0].email",
            ),
            (r#"{"recipients": [{"id": "K", "phone": "4412345"}]}"#, 422, "recipients[0].phone"),
            (r#"{"recipients": "4412345"}"#, 422, "recipients"),
            (r#"{"offer": "O"}"#, 422, "missing field `mode`"),
            (r#"{"mode": {"kind": "4412345"}}"#, 422, "mode"),
        ] {
            let (found, text) = said(body);
            assert_eq!(found, status, "{body}: {text}");
            assert!(!text.contains("4412345"), "{text}");
            if place != "expected struct" {
                assert!(text.contains(place), "{body}: {text}");
            }
        }
    }

    #[test]
    fn json_is_taken_with_or_without_its_charset() {
        assert!(is_json("application/json") && is_json("Application/JSON; charset=UTF-8"));
        assert!(!is_json("text/plain") && !is_json("application/json; charset=latin-1"));
    }
}
