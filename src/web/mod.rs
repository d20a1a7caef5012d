//! What runs in a browser: the app with its worker, and the JavaScript module.

#[cfg(feature = "web")]
mod app;
#[cfg(any(feature = "web", test))]
pub mod choices;
#[cfg(feature = "web")]
pub mod components;
#[cfg(any(feature = "web", test))]
pub mod dial;
#[cfg(feature = "web")]
mod failing;
#[cfg(feature = "import")]
pub mod import;
#[cfg(feature = "web")]
mod later;
#[cfg(feature = "lists")]
pub mod lists;
#[cfg(feature = "module")]
pub mod module;
#[cfg(feature = "web")]
mod pages;
#[cfg(feature = "browser")]
pub mod platform;
#[cfg(any(
    feature = "web",
    feature = "count",
    feature = "import",
    feature = "lists",
    feature = "unseal",
    test
))]
pub mod protocol;
#[cfg(any(feature = "web", test))]
pub mod rows;
#[cfg(any(feature = "web", test))]
pub mod scroller;
#[cfg(any(feature = "web", feature = "count", feature = "lists"))]
mod shelf;
#[cfg(any(feature = "web", test))]
pub mod state;
#[cfg(feature = "unseal")]
pub mod unseal;
#[cfg(any(feature = "web", feature = "lists", test))]
pub mod words;
#[cfg(feature = "count")]
pub mod worker;

/// Starts the page.
#[cfg(feature = "web")]
pub fn start() {
    platform::clear_page();
    leptos::mount::mount_to_body(app::App);
}
