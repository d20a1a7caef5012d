//! Files of the host.

use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Request, RequestCache, RequestInit, Response};

#[wasm_bindgen]
extern "C" {
    // Pages and workers have it under the same name; web-sys binds it to each apart.
    #[wasm_bindgen(js_name = fetch)]
    fn fetch(request: &Request) -> Promise;
}

/// Why a file of the host is not here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchProblem {
    /// The host answers that it cannot give it.
    #[error("the host answers {status} for {file}")]
    NotThere {
        /// The file's name.
        file: String,
        /// The HTTP status.
        status: u16,
    },
    /// The host does not answer, or stopped in the middle.
    #[error("the host cannot be reached for {file}")]
    Network {
        /// The file's name.
        file: String,
    },
    /// The reader gave it up.
    #[error("given up")]
    Cancelled,
}

/// Fetches a small file beside the page; gives `None` where it is not there.
#[cfg(feature = "web")]
pub fn fetch_beside(relative: &str, got: impl FnOnce(Option<Vec<u8>>) + 'static) {
    let address = super::address::absolute(relative);
    wasm_bindgen_futures::spawn_local(async move {
        got(match address {
            Some(address) => fetch_bytes(&address, |_, _| true).await.ok(),
            None => None,
        });
    });
}

/// Fetches a file. `heard` is told how many bytes came, and of how many where the host says so;
/// it gives false to give up.
///
/// # Errors
/// A host that has no such file or does not answer; the wish to give up.
pub async fn fetch_bytes(
    address: &str,
    heard: impl Fn(f64, Option<f64>) -> bool,
) -> Result<Vec<u8>, FetchProblem> {
    let file = address.rsplit('/').next().unwrap_or_default().to_owned();
    let network = |_: JsValue| FetchProblem::Network { file: file.clone() };
    let init = RequestInit::new();
    // Always the host's latest word; a part that did not change is not sent again.
    init.set_cache(RequestCache::NoCache);
    let request = Request::new_with_str_and_init(address, &init).map_err(network)?;
    let response: Response =
        JsFuture::from(fetch(&request)).await.and_then(JsCast::dyn_into).map_err(network)?;
    if !response.ok() {
        return Err(FetchProblem::NotThere { file, status: response.status() });
    }
    let header = |name: &str| response.headers().get(name).ok().flatten();
    // A packed file's length says nothing of what comes out.
    let total = match header("content-encoding") {
        // As a whole number: reading doubles would bring tables of 10 kB along.
        None => header("content-length").and_then(|length| length.parse::<u32>().ok()),
        Some(_) => None,
    }
    .map(f64::from);
    let mut bytes = Vec::with_capacity(total.filter(|total| *total < 1e9).unwrap_or(0.0) as usize);
    let Some(body) = response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(network)?;
        let is_done = Reflect::get(&chunk, &"done".into()).is_ok_and(|done| done.is_truthy());
        if is_done {
            return Ok(bytes);
        }
        let value = Reflect::get(&chunk, &"value".into()).map_err(network)?;
        let value: Uint8Array = value.dyn_into().map_err(network)?;
        let start = bytes.len();
        bytes.resize(start + value.length() as usize, 0);
        value.copy_to(&mut bytes[start..]);
        if !heard(bytes.len() as f64, total) {
            // Whether the stream hears of it or not, nobody reads on.
            drop(reader.cancel());
            return Err(FetchProblem::Cancelled);
        }
    }
}
