//! What runs in a browser: the app with its worker, and the JavaScript module.

#[cfg(feature = "web")]
mod app;
#[cfg(feature = "module")]
pub mod module;

/// Starts the app in the page's body.
#[cfg(feature = "web")]
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
