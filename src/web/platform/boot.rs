//! Where the page's own scripts lie, and how a worker starts one.

use gloo::utils::document;
use js_sys::Array;
use web_sys::{Blob, BlobPropertyBag, Url};

use super::address::absolute;

/// What fails while a promise is waited for would stay in the worker: its page hears of errors only.
const HEAR_REJECTIONS: &str =
    "addEventListener(\"unhandledrejection\", (event) => { throw event.reason; });";

/// The address of a script of the page such as `count.js`. Built pages carry a hash in each such
/// name and say so in `<meta name="publik:count.js">`; without one it lies beside the page.
fn address_of(module: &str) -> Option<String> {
    let meta = document().query_selector(&format!("meta[name='publik:{module}']")).ok().flatten();
    let named = meta.and_then(|meta| meta.get_attribute("content"));
    absolute(named.as_deref().unwrap_or(module))
}

/// The first script of a worker. It is made here, not fetched, because only then the page's own
/// rules hold in the worker too: one that came from the host would have none, and could call any
/// other host.
pub(super) struct BootScript {
    address: String,
}

impl BootScript {
    /// One that starts a module; `None` where the browser makes none.
    pub(super) fn of(module: &str) -> Option<BootScript> {
        let module = address_of(module)?;
        // A parsed address holds no quotation mark.
        let text = format!("import start from \"{module}\";\n{HEAR_REJECTIONS}\nawait start();\n");
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let parts = Array::of1(&text.into());
        let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
        Some(BootScript { address: Url::create_object_url_with_blob(&blob).ok()? })
    }

    /// Where the worker finds it.
    pub(super) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for BootScript {
    fn drop(&mut self) {
        // One that is not there any more needs no taking away.
        Url::revoke_object_url(&self.address).ok();
    }
}
