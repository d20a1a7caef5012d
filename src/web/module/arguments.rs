//! What JavaScript hands over, checked.

use js_sys::{JSON, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::failure::Failure;
use crate::snapshot::Passphrase;

/// A value as JSON, for the parser of views; `path` is its place in the view.
pub(super) fn document(path: &str, value: &JsValue) -> Result<String, Failure> {
    // A function or `undefined` has no JSON, a circle or a BigInt throws.
    JSON::stringify(value)
        .ok()
        .and_then(|json| JsValue::from(json).as_string())
        .ok_or_else(|| Failure::NotJson { path: path.to_owned(), found: shown(value) })
}

/// A copy of an array's bytes.
pub(super) fn bytes(name: &'static str, value: &JsValue) -> Result<Vec<u8>, Failure> {
    let array = value.dyn_ref::<Uint8Array>();
    array.map(Uint8Array::to_vec).ok_or_else(|| not_allowed(name, "a Uint8Array", value))
}

/// A text; `allowed` is what it may say.
pub(super) fn text(
    name: &'static str,
    allowed: &'static str,
    value: &JsValue,
) -> Result<String, Failure> {
    value.as_string().ok_or_else(|| not_allowed(name, allowed, value))
}

/// A passphrase, where there is one. A message never shows what it says.
pub(super) fn secret(value: &JsValue) -> Result<Option<Passphrase>, Failure> {
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    let not_allowed = |found: String| Failure::Argument {
        name: "passphrase",
        allowed: "a text of at least one character".to_owned(),
        found,
    };
    let kind = || value.js_typeof().as_string().unwrap_or_default();
    let text = value.as_string().ok_or_else(|| not_allowed(kind()))?;
    Passphrase::new(text).map(Some).ok_or_else(|| not_allowed("an empty text".to_owned()))
}

/// A whole number from `least` to `most`.
pub(super) fn whole_number(
    name: &'static str,
    least: u32,
    most: u32,
    value: &JsValue,
) -> Result<u32, Failure> {
    value
        .as_f64()
        .filter(|number| number.fract() == 0.0)
        .filter(|number| (f64::from(least)..=f64::from(most)).contains(number))
        .map(|number| number as u32)
        .ok_or_else(|| not_allowed(name, &format!("a whole number from {least} to {most}"), value))
}

fn not_allowed(name: &'static str, allowed: &str, value: &JsValue) -> Failure {
    Failure::Argument { name, allowed: allowed.to_owned(), found: shown(value) }
}

/// A value for a message: short, and nothing of an object's inside.
fn shown(value: &JsValue) -> String {
    if let Some(text) = value.as_string() {
        let short: String = text.chars().take(40).collect();
        format!("{short:?}")
    } else if let Some(number) = value.as_f64() {
        number.to_string()
    } else if value.is_null() {
        "null".to_owned()
    } else {
        value.js_typeof().as_string().unwrap_or_default()
    }
}
