//! The address: only its fragment is ever written.

use gloo::events::EventListener;
use gloo::utils::{history, window};
use wasm_bindgen::JsValue;
use web_sys::Url;

/// The fragment without its `#`.
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// This page's absolute address with another fragment, and no query.
pub fn with_fragment(fragment: &str) -> String {
    let location = window().location();
    let part = |part: Result<String, JsValue>| part.unwrap_or_default();
    format!("{}{}#{fragment}", part(location.origin()), part(location.pathname()))
}

/// Writes another fragment. With `as_new_entry` the browser's back button comes back to the one
/// before. [`on_fragment`] hears nothing of it.
pub fn replace_fragment(fragment: &str, as_new_entry: bool) {
    let address = format!("#{fragment}");
    // Browsers refuse when written too often within seconds; the next gesture writes again.
    if as_new_entry {
        history().push_state_with_url(&JsValue::NULL, "", Some(&address)).ok();
    } else {
        history().replace_state_with_url(&JsValue::NULL, "", Some(&address)).ok();
    }
}

/// Calls back whenever the reader goes to another fragment, until the page closes.
pub fn on_fragment(heard: impl Fn(String) + Clone + 'static) {
    let popped = heard.clone();
    EventListener::new(&window(), "hashchange", move |_| heard(fragment())).forget();
    // Back and forward between entries that were written, not gone to.
    EventListener::new(&window(), "popstate", move |_| popped(fragment())).forget();
}

/// An address beside the page as an absolute one; `None` for one of another host.
pub fn absolute(relative: &str) -> Option<String> {
    let base = gloo::utils::document().base_uri().ok().flatten()?;
    let url = Url::new_with_base(relative, &base).ok()?;
    (url.origin() == window().location().origin().ok()?).then(|| url.href())
}
