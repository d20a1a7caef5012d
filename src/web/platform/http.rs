//! Calls to another server. What they mean is decided elsewhere.

use gloo::utils::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Headers, ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestInit,
    RequestMode, RequestRedirect, Response,
};

use crate::web::protocol::http::{HttpAnswer, HttpCall, NotReached};

/// How long an answer to a question may take.
const PATIENCE_MS: u32 = 30_000;
/// How long an answer to a hand-over may take: a little longer than the endpoint gives itself.
const LONG_PATIENCE_MS: u32 = 250_000;

/// Makes a call. Cookies and referrer stay here, and a redirection is not followed: what goes along
/// is for that one origin.
///
/// # Errors
/// Nobody answers, or not to this page, or not in time.
pub async fn http(call: &HttpCall) -> Result<HttpAnswer, NotReached> {
    let init = bare(RequestMode::Cors);
    let patience = if call.body.is_some() { LONG_PATIENCE_MS } else { PATIENCE_MS };
    let signal = AbortSignal::timeout_with_u32(patience);
    init.set_signal(Some(&signal));
    let headers = headers(call).map_err(|_| NotReached::Nobody)?;
    init.set_headers(&headers);
    if let Some(body) = &call.body {
        init.set_method("POST");
        init.set_body(&body.into());
    }
    let answered = async {
        let request = Request::new_with_str_and_init(&call.address, &init)?;
        let response = JsFuture::from(window().fetch_with_request(&request)).await?;
        let response: Response = response.dyn_into()?;
        let body = JsFuture::from(response.text()?).await?;
        let date = response.headers().get("date").ok().flatten();
        let retry_after = response.headers().get("retry-after").ok().flatten();
        Ok::<_, JsValue>(HttpAnswer {
            status: response.status(),
            retry_after: retry_after.and_then(|seconds| seconds.parse().ok()),
            date_ms: date
                .map(|date| js_sys::Date::parse(&date))
                .filter(|ms| *ms > 0.0)
                .map(|ms| ms as u64),
            body: body.as_string().unwrap_or_default(),
        })
    };
    match answered.await {
        Ok(answer) => Ok(answer),
        Err(_) if signal.aborted() => Err(NotReached::TooLate),
        // A browser does not say which it was. Whether anybody is there can be asked without
        // reading the answer, and without anything that is secret.
        Err(_) if is_anybody_there(&call.address).await => Err(NotReached::NotForThisPage),
        Err(_) => Err(NotReached::Nobody),
    }
}

fn headers(call: &HttpCall) -> Result<Headers, JsValue> {
    let headers = Headers::new()?;
    if let Some(token) = &call.token {
        headers.set("authorization", &format!("Bearer {token}"))?;
    }
    if let Some(key) = &call.key {
        headers.set("idempotency-key", key)?;
    }
    if call.body.is_some() {
        headers.set("content-type", "application/json")?;
    }
    Ok(headers)
}

fn bare(mode: RequestMode) -> RequestInit {
    let init = RequestInit::new();
    init.set_mode(mode);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init
}

async fn is_anybody_there(address: &str) -> bool {
    let init = bare(RequestMode::NoCors);
    // Without CORS a browser follows, since it cannot say where to.
    init.set_redirect(RequestRedirect::Follow);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    match Request::new_with_str_and_init(address, &init) {
        Ok(request) => JsFuture::from(window().fetch_with_request(&request)).await.is_ok(),
        Err(_) => false,
    }
}

/// An address as the browser writes it in full; `None` where it is none.
pub fn whole_address(address: &str) -> Option<String> {
    web_sys::Url::new(address).ok().map(|url| url.href())
}

/// A UUID by chance (version 4), as 36 characters.
pub fn new_uuid() -> String {
    let mut bytes = [0_u8; 16];
    let crypto = window().crypto();
    if crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)).is_err() {
        // A browser without secure randomness: these keys guard nothing, they only have to differ.
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.into_iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from(b"0123456789abcdef"[digit as usize]));
        }
    }
    text
}

/// Whether the rules that this page was started with keep it from calling an origin; starting it
/// anew with that origin set changes them.
pub fn is_closed_to(origin: &str) -> bool {
    let rules = document().query_selector_all("meta[http-equiv='Content-Security-Policy']");
    let Ok(rules) = rules else { return false };
    let contents = (0..rules.length()).filter_map(|at| {
        rules.get(at)?.dyn_into::<web_sys::Element>().ok()?.get_attribute("content")
    });
    // The rule of the start script stands alone; the others are the same for every origin.
    let mut of_start = contents.filter(|content| content.starts_with("connect-src "));
    of_start.any(|content| !content.split(' ').any(|allowed| allowed == origin))
}

/// Calls back when the browser has a network again.
pub fn on_online(heard: impl Fn() + 'static) {
    gloo::events::EventListener::new(&window(), "online", move |_| heard()).forget();
}
