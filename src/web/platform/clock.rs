//! Moments, waiting, and ids that nothing else has.

use js_sys::{Array, Date, Intl, Object, Reflect};
#[cfg(feature = "web")]
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;

/// Now, RFC 3339 in UTC.
pub fn now_rfc3339() -> String {
    Date::new_0().to_iso_string().into()
}

/// Now, in milliseconds since 1970.
pub fn milliseconds() -> f64 {
    Date::now()
}

/// A moment in milliseconds since 1970 as RFC 3339 in UTC.
pub fn rfc3339(milliseconds: f64) -> String {
    Date::new(&milliseconds.into()).to_iso_string().into()
}

/// A moment (RFC 3339) in milliseconds since 1970; `None` where it is none, or before that.
#[cfg(feature = "web")]
pub fn milliseconds_of(moment: &str) -> Option<u64> {
    let then = Date::parse(moment);
    (then >= 0.0).then_some(then as u64)
}

/// Hours since a moment (RFC 3339); `None` where it is none.
pub fn hours_since(moment: &str) -> Option<f64> {
    let then = Date::parse(moment);
    then.is_finite().then(|| (Date::now() - then) / 3_600_000.0)
}

/// A moment (RFC 3339) with date and time, as a language (BCP 47) writes it; the moment itself
/// where it is none. By the clock of a zone, which is named where the browser's shows another
/// time, or with `None` by the browser's.
pub fn moment(moment: &str, zone: Option<&str>, language: &str) -> String {
    let there = written(moment, zone, language);
    match zone {
        Some(zone) if there != written(moment, None, language) => {
            // Europe/Stockholm: Stockholm.
            let place = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
            format!("{there} ({place})")
        }
        _ => there,
    }
}

fn written(moment: &str, zone: Option<&str>, language: &str) -> String {
    let then = Date::parse(moment);
    if !then.is_finite() {
        return moment.to_owned();
    }
    let options = Object::new();
    let set = |name: &str, value: &str| {
        // Setting a property of a plain object cannot fail.
        Reflect::set(&options, &name.into(), &value.into()).ok();
    };
    set("dateStyle", "medium");
    set("timeStyle", "short");
    if let Some(zone) = zone {
        set("timeZone", zone);
    }
    // Day before month in English too.
    let language = if language == "en" { "en-GB" } else { language };
    let format = Intl::DateTimeFormat::new(&Array::of1(&language.into()), &options);
    let text = format.format().call1(&JsValue::UNDEFINED, &Date::new(&then.into()));
    text.ok().and_then(|text| text.as_string()).unwrap_or_else(|| moment.to_owned())
}

/// Calls back again and again, so many milliseconds apart, until the page closes.
pub fn every(milliseconds: u32, call: impl FnMut() + 'static) {
    gloo::timers::callback::Interval::new(milliseconds, call).forget();
}

/// An id that nothing else has: 16 hexadecimal digits by chance.
pub fn new_id() -> String {
    let mut bytes = [0_u8; 8];
    let crypto = gloo::utils::window().crypto();
    if crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)).is_err() {
        // A browser without secure randomness: these ids guard nothing, they only have to differ.
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    format!("{:016x}", u64::from_be_bytes(bytes))
}

/// What a language (BCP 47) is called in another; its tag where the browser does not know.
#[cfg(feature = "web")]
pub fn language_name(language: &str, into: &str) -> String {
    let named = || {
        let browser = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let names: js_sys::Function =
            Reflect::get(&browser, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
        let options = Object::new();
        Reflect::set(&options, &"type".into(), &"language".into()).ok()?;
        let arguments = Array::of2(&into.into(), &options);
        let names = Reflect::construct(&names, &arguments).ok()?;
        let of: js_sys::Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
        of.call1(&names, &language.into()).ok()?.as_string()
    };
    named().unwrap_or_else(|| language.to_owned())
}
