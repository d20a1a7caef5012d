//! Shows a letter in a frame of its own, where nothing in it can run, lead away, or load anything
//! from elsewhere.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DomParser, Element, HtmlElement, HtmlIFrameElement, SupportedType};

/// Shows a letter's HTML. The frame must be one of `sandbox="allow-same-origin"`: scripts do not run
/// in it, and this page can put the letter there.
///
/// Styles are set through the document's objects, since the page's own rules forbid them in markup.
pub fn show_letter(frame: &HtmlIFrameElement, html: &str) {
    // A frame that is not in the page yet, or gone, shows nothing.
    shown(frame, html).ok();
}

fn shown(frame: &HtmlIFrameElement, html: &str) -> Result<(), JsValue> {
    let document = frame.content_document().ok_or(JsValue::NULL)?;
    let letter = DomParser::new()?.parse_from_string(html, SupportedType::TextHtml)?;
    let sheets = styles_of(&letter)?;
    set_styles_aside(&letter)?;
    // Nothing in it is to be pressed.
    if let Some(body) = letter.body() {
        body.set_attribute("inert", "")?;
    }
    let (Some(old), Some(new)) = (document.document_element(), letter.document_element()) else {
        return Err(JsValue::NULL);
    };
    old.replace_with_with_node_1(&document.import_node_with_deep(&new, true)?)?;
    let styled = document.query_selector_all("[data-style]")?;
    for at in 0..styled.length() {
        let Some(element) = styled.get(at).and_then(|node| node.dyn_into::<HtmlElement>().ok())
        else {
            continue;
        };
        let text = element.get_attribute("data-style").unwrap_or_default();
        element.style().set_css_text(&text);
    }
    adopt(frame, &document, &sheets)
}

/// Takes the elements' own styles out of the markup, where the page's rules would refuse them.
fn set_styles_aside(letter: &Document) -> Result<(), JsValue> {
    let styled = letter.query_selector_all("[style]")?;
    for at in 0..styled.length() {
        let Some(element) = styled.get(at).and_then(|node| node.dyn_into::<Element>().ok()) else {
            continue;
        };
        let text = element.get_attribute("style").unwrap_or_default();
        element.set_attribute("data-style", &text)?;
        element.remove_attribute("style")?;
    }
    Ok(())
}

/// The texts of the letter's style sheets, which are taken out.
fn styles_of(letter: &Document) -> Result<Vec<String>, JsValue> {
    let found = letter.query_selector_all("style, link, script, base, meta[http-equiv]")?;
    let mut texts = Vec::new();
    for at in 0..found.length() {
        let Some(element) = found.get(at).and_then(|node| node.dyn_into::<Element>().ok()) else {
            continue;
        };
        if element.tag_name().eq_ignore_ascii_case("style") {
            texts.push(element.text_content().unwrap_or_default());
        }
        element.remove();
    }
    Ok(texts)
}

fn adopt(frame: &HtmlIFrameElement, document: &Document, sheets: &[String]) -> Result<(), JsValue> {
    let adopted = Array::new();
    let window = frame.content_window().ok_or(JsValue::NULL)?;
    let constructor: Function = Reflect::get(&window, &"CSSStyleSheet".into())?.dyn_into()?;
    for text in sheets {
        let sheet = Reflect::construct(&constructor, &Array::new())?;
        let replace: Function = Reflect::get(&sheet, &"replaceSync".into())?.dyn_into()?;
        replace.call1(&sheet, &text.into())?;
        adopted.push(&sheet);
    }
    Reflect::set(document, &"adoptedStyleSheets".into(), &adopted)?;
    Ok(())
}
