//! The page as a whole: its language, its theme, its title, and leaving it.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use gloo::utils::{body, document, document_element, window};
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BeforeUnloadEvent, FocusOptions, HtmlElement};

/// How soon a page that is not there yet is looked for again.
const LOOK_AGAIN_MS: u32 = 50;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
}

/// The reader's languages, BCP 47, the best first.
pub fn browser_languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|language| language.as_string()).collect()
}

/// Says which language the page is in.
pub fn set_language(language: &str) {
    // An attribute with a fixed, lawful name cannot be refused.
    document_element().set_attribute("lang", language).ok();
}

/// Sets the theme, `light` or `dark`; `None` follows the system.
pub fn set_theme(theme: Option<&str>) {
    let root = document_element();
    // As above.
    match theme {
        Some(theme) => root.set_attribute("data-theme", theme).ok(),
        None => root.remove_attribute("data-theme").ok(),
    };
}

/// Whether the system is dark.
pub fn is_system_dark() -> bool {
    let query = window().match_media("(prefers-color-scheme: dark)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Puts the focus on the element of this name, if it is there.
pub fn focus(name: &str) {
    let element = document().get_element_by_id(name);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        element.focus().ok();
    }
}

/// Begins reading a page of this name at its top, as soon as it is there.
pub fn begin_reading(name: &'static str) {
    let element = document().get_element_by_id(name);
    let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        // A part of the page may still be on its way.
        Timeout::new(LOOK_AGAIN_MS, move || begin_reading(name)).forget();
        return;
    };
    let focused = document().active_element();
    // A page that puts the focus somewhere itself knows better.
    if focused.is_some_and(|focused| element.contains(Some(&focused))) {
        return;
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that cannot take the focus leaves it where it is.
    element.focus_with_options(&options).ok();
}

/// Puts a text where it can be pasted from; tells whether the browser allowed it.
pub fn copy_text(text: &str, told: impl FnOnce(bool) + 'static) {
    match write_text(text) {
        Ok(written) => spawn_local(async move { told(JsFuture::from(written).await.is_ok()) }),
        // A page without https has no clipboard to call.
        Err(_) => told(false),
    }
}

/// A text in lower case.
pub fn lower_case(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// Takes away what stands in the page until the program is there.
pub fn clear_page() {
    body().set_text_content(None);
}

/// Loads the page anew.
pub fn reload() {
    // Nothing can be done about a browser that does not.
    window().location().reload().ok();
}

/// Names the page in its tab.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Asks the reader before the page closes, whenever `is_asking` says so.
pub fn on_leaving(is_asking: impl Fn() -> bool + 'static) {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window(), "beforeunload", options, move |event| {
        if is_asking() {
            event.prevent_default();
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                event.set_return_value("unsaved");
            }
        }
    })
    .forget();
}
