//! What the browser knows and does; nothing else in the program asks it directly.

#[cfg(feature = "web")]
mod address;
#[cfg(feature = "web")]
mod clock;
#[cfg(feature = "web")]
mod page;
#[cfg(feature = "module")]
mod stopwatch;
#[cfg(feature = "web")]
mod storage;
mod today;
#[cfg(feature = "web")]
mod worker;

#[cfg(feature = "web")]
pub use address::{absolute, fragment, go_to, on_fragment, replace_fragment};
#[cfg(feature = "web")]
pub use clock::{after, hours_since, moment, new_id, now_rfc3339, now_rfc3339 as now_in_worker};
#[cfg(feature = "web")]
pub use page::{browser_languages, on_leaving, set_language, set_theme, set_title};
#[cfg(feature = "module")]
pub use stopwatch::now_ms;
#[cfg(feature = "web")]
pub use storage::{on_stored, remove, store, stored, stored_keys};
#[cfg(feature = "web")]
pub use today::today_here;
#[cfg(any(feature = "module", feature = "web"))]
pub use today::today_in;
#[cfg(feature = "web")]
pub use worker::{Attachments, PagePort, Worker, WorkerProblem, answer_page, is_worker};

/// A count as the reader's language writes it.
#[cfg(feature = "web")]
pub fn written_count(count: u32) -> String {
    let language = gloo::utils::document_element().get_attribute("lang");
    let language = language.unwrap_or_else(|| "en".to_owned());
    js_sys::Number::from(count).to_locale_string(&language).into()
}
