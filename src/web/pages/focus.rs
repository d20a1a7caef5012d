//! Where the keyboard goes.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

/// The parts of the workspace, in reading order.
const REGIONS: [&str; 6] = [
    ".workspace-head",
    ".sentence",
    ".workspace__boxes",
    ".workspace__panels",
    ".customers",
    ".result-bar",
];

/// Puts the keyboard on the first element that a selector finds, and shows it.
pub fn on(selector: &str) {
    // A selector of this program is well formed; an element that is not there is not gone to.
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        element.focus().ok();
        element.scroll_into_view_with_bool(false);
    }
}

/// Puts the keyboard on the next part of the page, or the one before.
pub fn next_region(backwards: bool) {
    let held = document().active_element();
    let holds = |selector: &str| {
        let region = held.as_ref().and_then(|held| held.closest(selector).ok().flatten());
        region.is_some_and(|region: Element| region.is_connected())
    };
    // The list of customers is not always there.
    let is_there = |selector: &&str| document().query_selector(selector).ok().flatten().is_some();
    let regions: Vec<&str> = REGIONS.into_iter().filter(is_there).collect();
    let now = regions.iter().position(|selector| holds(selector));
    let count = regions.len().max(1);
    let next = match (now, backwards) {
        (Some(now), false) => (now + 1) % count,
        (Some(now), true) => (now + count - 1) % count,
        (None, false) => 0,
        (None, true) => count - 1,
    };
    if let Some(region) = regions.get(next) {
        on(region);
    }
}
