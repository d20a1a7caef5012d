//! What the start script of the page (`shell/start.js`) knows: the site's configuration, and a newer
//! version of the program that waits; and whether there is a network.

use gloo::events::EventListener;
use gloo::utils::{document_element, window};
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::JsCast;
use web_sys::Event;

/// The window's property with the configuration's text.
const CONFIGURATION: &str = "publikConfiguration";
/// The root's attribute while a newer version waits.
const UPDATE: &str = "data-update";
/// Told to the window when one begins to wait.
const UPDATE_READY: &str = "publik-update-ready";
/// Told by the page when there is something to work with.
const READY: &str = "publik-ready";
/// Told by the page when it is wanted.
const TAKE_UPDATE: &str = "publik-take-update";

/// A field that is there and is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the field is no text")]
pub struct NoText;

/// `config.json`; `None` where the site has none, or no JSON object in it: hosts of single pages
/// answer any address with the page itself.
pub fn site_configuration() -> Option<Object> {
    let text = Reflect::get(&window(), &CONFIGURATION.into()).ok()?.as_string()?;
    let file = JSON::parse(&text).ok().filter(|file| !Array::is_array(file))?;
    file.dyn_into().ok()
}

/// The text of a file's field, if the field is there.
///
/// # Errors
/// A field of another kind.
pub fn text_of(file: &Object, field: &str) -> Result<Option<String>, NoText> {
    let value = Reflect::get(file, &field.into()).map_err(|_| NoText)?;
    if value.is_null() || value.is_undefined() {
        return Ok(None);
    }
    value.as_string().map(Some).ok_or(NoText)
}

/// Whether the browser has no network at all.
pub fn is_offline() -> bool {
    !window().navigator().on_line()
}

/// Calls back whenever the network went or came, until the page closes.
pub fn on_network(heard: impl Fn() + Clone + 'static) {
    for change in ["online", "offline"] {
        let heard = heard.clone();
        EventListener::new(&window(), change, move |_| heard()).forget();
    }
}

/// Whether a newer version of the program is kept here, ready to start.
pub fn is_update_ready() -> bool {
    document_element().has_attribute(UPDATE)
}

/// Calls back whenever one became ready.
pub fn on_update_ready(heard: impl Fn() + 'static) {
    EventListener::new(&window(), UPDATE_READY, move |_| heard()).forget();
}

/// Says that the first data is there, or will not come: the network is free for the copy that is kept.
pub fn say_ready() {
    tell(READY);
}

/// Starts the newer version: the page loads anew, unless the reader stays for what is not saved.
pub fn take_update() {
    tell(TAKE_UPDATE);
}

fn tell(name: &str) {
    if let Ok(event) = Event::new(name) {
        // Nobody listens to these who could forbid it.
        window().dispatch_event(&event).ok();
    }
}
