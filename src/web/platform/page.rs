//! The page as a whole: its language, its theme, its title, and leaving it.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::{document, document_element, window};
use wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, HtmlElement};

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
