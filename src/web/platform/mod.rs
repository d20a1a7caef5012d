//! What the browser knows and does; nothing else in the program asks it directly.

mod today;
#[cfg(feature = "web")]
mod worker;

#[cfg(feature = "web")]
pub use today::today_here;
#[cfg(feature = "module")]
pub use today::today_in;
#[cfg(feature = "web")]
pub use worker::{Worker, WorkerProblem, answer_page, is_worker};

/// A count as the reader's language writes it.
#[cfg(feature = "web")]
pub fn written_count(count: u32) -> String {
    let language = web_sys::window()
        .and_then(|window| window.document()?.document_element()?.get_attribute("lang"))
        .unwrap_or_else(|| "en".to_owned());
    js_sys::Number::from(count).to_locale_string(&language).into()
}
