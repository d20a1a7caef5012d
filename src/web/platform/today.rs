//! Today, by the browser's clock and its table of time zones.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::model::Day;
#[cfg(feature = "web")]
use crate::model::LocalTime;

// Bound here because the constructor throws for a zone that the browser does not know, which
// js-sys does not catch.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locale: &str, options: &Object) -> Result<DateTimeFormat, JsValue>;

    #[wasm_bindgen(method, js_name = formatToParts)]
    fn format_to_parts(this: &DateTimeFormat) -> Array;
}

/// Today's date in a time zone, an IANA name; `None` for a zone that the browser does not know.
pub fn today_in(zone: &str) -> Option<Day> {
    today(Some(zone))
}

/// Today's date where the browser is; `None` when it does not know where that is.
#[cfg(feature = "web")]
pub fn today_here() -> Option<Day> {
    today(None)
}

/// Day and minute in a time zone; where the browser is, if it does not know the zone.
#[cfg(feature = "web")]
pub fn now_in(zone: &str) -> Option<LocalTime> {
    let (day, minute) = now(Some(zone)).or_else(|| now(None))?;
    Some(LocalTime { day, minute: Some(minute) })
}

fn today(zone: Option<&str>) -> Option<Day> {
    now(zone).map(|(day, _)| day)
}

fn now(zone: Option<&str>) -> Option<(Day, u16)> {
    let options = Object::new();
    let names = ["year", "month", "day", "hour", "minute"];
    let fields = names.into_iter().map(|name| (name, "numeric")).chain([("hourCycle", "h23")]);
    for (name, value) in zone.map(|zone| ("timeZone", zone)).into_iter().chain(fields) {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    let format = DateTimeFormat::new("en-u-ca-iso8601-nu-latn", &options).ok()?;
    let parts = format.format_to_parts();
    let text = |part: &JsValue, name: &str| Reflect::get(part, &name.into()).ok()?.as_string();
    let part = |wanted: &str| {
        let part = parts.iter().find(|part| text(part, "type").as_deref() == Some(wanted))?;
        text(&part, "value")
    };
    let day = Day::from_ymd(
        part("year")?.parse().ok()?,
        part("month")?.parse().ok()?,
        part("day")?.parse().ok()?,
    );
    let (hour, minute): (u16, u16) = (part("hour")?.parse().ok()?, part("minute")?.parse().ok()?);
    Some((day?, hour * 60 + minute))
}
