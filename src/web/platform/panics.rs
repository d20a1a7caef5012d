//! What the console says of a panic: where it was, and never what was at hand.

use std::panic::{PanicHookInfo, set_hook};

/// Notes panics in the console of a worker. That it stopped reaches the page by itself.
#[cfg(any(feature = "count", feature = "import", feature = "lists", feature = "unseal"))]
pub fn note_panics() {
    set_panic_hook(|_| {});
}

/// Notes panics in the console, and then does what else is to be done.
pub(super) fn set_panic_hook(then: impl Fn(&PanicHookInfo<'_>) + Send + Sync + 'static) {
    set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        // A message may quote what was being read, which can be about a person; where a
        // developer builds the page it is their own.
        let text = if cfg!(debug_assertions) { panic.to_string() } else { String::new() };
        web_sys::console::error_1(&format!("Publik stopped at {place} {text}").into());
        then(panic);
    }));
}
