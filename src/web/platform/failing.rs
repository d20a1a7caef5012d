//! What the reader meets when the program itself fails.
//!
//! The message is built while everything works and lies in the page out of sight. Showing it asks
//! nothing of the page's state, and what its buttons do is the browser's own.

use std::cell::OnceCell;
use std::panic::PanicHookInfo;

use gloo::events::EventListener;
use gloo::utils::{body, document, window};
use js_sys::{Function, Reflect, encode_uri_component};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DomException, Element, ErrorEvent, HtmlAnchorElement, HtmlDialogElement, PromiseRejectionEvent,
};

use super::panics::set_panic_hook;

/// What of the reader's is not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsaved {
    /// The view at hand.
    View,
    /// The segment in the form.
    Segment,
}

/// The texts of the message.
#[derive(Debug, Clone, Copy)]
pub struct FailingTexts {
    /// What happened.
    pub title: &'static str,
    /// What is safe, and what to do.
    pub text: &'static str,
    /// The button that loads the page anew.
    pub reload: &'static str,
    /// The link to the view at hand as a file.
    pub save_view: &'static str,
    /// The link to the segment in the form as a file.
    pub save_segment: &'static str,
}

/// The message, in the page since the start.
struct Message {
    dialog: HtmlDialogElement,
    title: Element,
    text: Element,
    view: HtmlAnchorElement,
    segment: HtmlAnchorElement,
    reload: Element,
}

thread_local! {
    static MESSAGE: OnceCell<Message> = const { OnceCell::new() };
}

/// Lays the message into the page and shows it whenever the program fails from now on.
pub fn watch_for_failure() {
    // A page that cannot build it has no elements at all, and nothing to show.
    let Ok(message) = build() else { return };
    MESSAGE.with(|place| place.set(message).ok());
    set_panic_hook(|_: &PanicHookInfo<'_>| show_failure());
    // What stops without a panic, such as memory that runs out, reaches the page as an error.
    EventListener::new(&window(), "error", |event| {
        if event.dyn_ref::<ErrorEvent>().is_some_and(|event| is_failure(&event.error())) {
            show_failure();
        }
    })
    .forget();
    EventListener::new(&window(), "unhandledrejection", |event| {
        let event = event.dyn_ref::<PromiseRejectionEvent>();
        if event.is_some_and(|event| is_failure(&event.reason())) {
            show_failure();
        }
    })
    .forget();
}

/// Whether something thrown is a failure of the program. What the browser refuses is not: that is
/// told where it was asked for.
fn is_failure(thrown: &JsValue) -> bool {
    thrown.is_instance_of::<js_sys::Error>() && !thrown.is_instance_of::<DomException>()
}

/// Writes the message in a language.
pub fn word_failure(texts: &FailingTexts) {
    with_message(|message| {
        message.title.set_text_content(Some(texts.title));
        message.text.set_text_content(Some(texts.text));
        message.reload.set_text_content(Some(texts.reload));
        message.view.set_text_content(Some(texts.save_view));
        message.segment.set_text_content(Some(texts.save_segment));
    });
}

/// Lays what is not saved ready under a file name, so that it can be had when nothing else works
/// any more; `None` where everything is saved.
pub fn lay_ready(what: Unsaved, file: Option<(&str, &str)>) {
    with_message(|message| {
        let link = match what {
            Unsaved::View => &message.view,
            Unsaved::Segment => &message.segment,
        };
        link.set_hidden(file.is_none());
        if let Some((name, text)) = file {
            // The content is in the address itself: nothing has to be alive to give it.
            let content = encode_uri_component(text).as_string().unwrap_or_default();
            link.set_href(&format!("data:application/json;charset=utf-8,{content}"));
            link.set_download(name);
        }
    });
}

/// Shows the message over everything; it stays until the page is loaded anew.
pub fn show_failure() {
    with_message(|message| {
        if !message.dialog.open() {
            // Only a dialog that is in no page refuses, and then there is no page.
            message.dialog.show_modal().ok();
        }
    });
}

fn with_message(act: impl FnOnce(&Message)) {
    // A panic while the page closes comes after its own memory is gone.
    MESSAGE.try_with(|place| place.get().map(act)).ok();
}

fn build() -> Result<Message, JsValue> {
    let make = |tag: &str, class: &str| -> Result<Element, JsValue> {
        let element = document().create_element(tag)?;
        element.set_class_name(class);
        Ok(element)
    };
    let dialog = make("dialog", "dialog")?;
    for (name, value) in [
        ("role", "alertdialog"),
        ("aria-labelledby", "failure-title"),
        ("aria-describedby", "failure-text"),
        // Escape leads back to a page that does not work.
        ("closedby", "none"),
    ] {
        dialog.set_attribute(name, value)?;
    }
    let head = make("header", "dialog__head")?;
    let title = make("h2", "dialog__title")?;
    title.set_id("failure-title");
    head.append_child(&title)?;
    let content = make("div", "dialog__body")?;
    let text = make("p", "")?;
    text.set_id("failure-text");
    content.append_child(&text)?;
    let foot = make("footer", "dialog__foot")?;
    let link = || -> Result<HtmlAnchorElement, JsValue> {
        let link: HtmlAnchorElement = make("a", "button")?.unchecked_into();
        link.set_hidden(true);
        foot.append_child(&link)?;
        Ok(link)
    };
    let (segment, view) = (link()?, link()?);
    let reload = make("button", "button button--primary")?;
    reload.set_attribute("type", "button")?;
    let location = window().location();
    let again: Function = Reflect::get(&location, &"reload".into())?.unchecked_into();
    Reflect::set(&reload, &"onclick".into(), &again.bind0(&location))?;
    foot.append_child(&reload)?;
    for part in [&head, &content, &foot] {
        dialog.append_child(part)?;
    }
    body().append_child(&dialog)?;
    Ok(Message { dialog: dialog.unchecked_into(), title, text, view, segment, reload })
}
