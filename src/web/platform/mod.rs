//! What the browser knows and does; nothing else in the program asks it directly.

#[cfg(feature = "web")]
mod address;
#[cfg(any(feature = "web", feature = "count", feature = "lists"))]
mod alone;
#[cfg(feature = "web")]
mod boot;
#[cfg(any(feature = "web", feature = "count"))]
mod clock;
#[cfg(feature = "web")]
pub mod database;
#[cfg(feature = "web")]
mod device;
#[cfg(feature = "web")]
mod failing;
#[cfg(any(feature = "web", feature = "count", feature = "lists"))]
mod fetch;
#[cfg(feature = "lists")]
mod file_bytes;
#[cfg(feature = "web")]
mod files;
#[cfg(feature = "web")]
mod http;
#[cfg(any(feature = "count", feature = "lists"))]
mod keep;
#[cfg(feature = "web")]
mod letter_frame;
#[cfg(feature = "web")]
mod page;
#[cfg(any(
    feature = "web",
    feature = "count",
    feature = "import",
    feature = "lists",
    feature = "unseal"
))]
mod panics;
#[cfg(feature = "lists")]
mod pause;
#[cfg(feature = "web")]
mod release;
#[cfg(any(feature = "web", feature = "count", feature = "lists"))]
mod room;
#[cfg(feature = "lists")]
mod sink;
#[cfg(any(feature = "module", feature = "lists"))]
mod stopwatch;
#[cfg(feature = "web")]
mod storage;
mod today;
#[cfg(any(
    feature = "web",
    feature = "count",
    feature = "import",
    feature = "lists",
    feature = "unseal"
))]
mod worker;

#[cfg(feature = "web")]
pub use address::{absolute, fragment, on_fragment, replace_fragment, with_fragment};
#[cfg(any(feature = "web", feature = "count", feature = "lists"))]
pub use alone::{Alone, alone};
#[cfg(any(feature = "web", feature = "count"))]
pub use clock::{every, hours_since, milliseconds, moment, new_id, now_rfc3339, rfc3339};
#[cfg(feature = "web")]
pub use clock::{language_name, milliseconds_of};
#[cfg(feature = "web")]
pub use device::{
    Holdings, ask_to_last, erase, has_database, is_lasting, kept_files, kept_text, on_erased,
    remove_files, tell_erased,
};
#[cfg(feature = "web")]
pub use failing::{
    FailingTexts, Unsaved, lay_ready, show_failure, watch_for_failure, word_failure,
};
#[cfg(feature = "web")]
pub use fetch::fetch_beside;
#[cfg(any(feature = "web", feature = "count", feature = "lists"))]
pub use fetch::{FetchProblem, fetch_bytes};
#[cfg(feature = "lists")]
pub use file_bytes::bytes_of;
#[cfg(feature = "web")]
pub use files::{
    Chosen, Place, choose_files, choose_place, content_of, download, dropped_files, hand_over,
    read_file, read_files,
};
#[cfg(feature = "web")]
pub use http::{http, is_closed_to, new_uuid, on_online, whole_address};
#[cfg(feature = "count")]
pub use keep::keep_only;
#[cfg(any(feature = "count", feature = "lists"))]
pub use keep::{NotKept, keep, kept};
#[cfg(feature = "web")]
pub use letter_frame::show_letter;
#[cfg(feature = "web")]
pub use page::{
    begin_reading, browser_languages, clear_page, copy_text, focus, is_system_dark, lower_case,
    on_leaving, reload, set_language, set_theme, set_title,
};
#[cfg(any(feature = "count", feature = "import", feature = "lists", feature = "unseal"))]
pub use panics::note_panics;
#[cfg(feature = "lists")]
pub use pause::pause;
#[cfg(feature = "web")]
pub use release::{
    is_offline, is_update_ready, on_network, on_update_ready, say_ready, site_configuration,
    take_update, text_of,
};
#[cfg(any(feature = "web", feature = "count", feature = "lists"))]
pub use room::{Room, room};
#[cfg(feature = "lists")]
pub use sink::{NotWritten, Sink};
#[cfg(any(feature = "module", feature = "lists"))]
pub use stopwatch::now_ms;
#[cfg(feature = "web")]
pub use storage::{remove, stop_keeping, store, stored, stored_keys};
pub use today::today_in;
#[cfg(feature = "web")]
pub use today::{now_in, today_here};
#[cfg(any(feature = "web", feature = "count", feature = "lists"))]
pub use wasm_bindgen_futures::spawn_local;
#[cfg(any(feature = "web", feature = "lists"))]
pub use web_sys::File as PickedFile;
#[cfg(feature = "web")]
pub use worker::Worker;
#[cfg(any(
    feature = "web",
    feature = "count",
    feature = "import",
    feature = "lists",
    feature = "unseal"
))]
pub use worker::{Attachments, PagePort, WorkerProblem, answer_page};
