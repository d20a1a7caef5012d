//! The app's own files, for a venue that runs one process. `docs/hosting.md` says what the headers are for.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use tower_http::services::ServeDir;

/// What every answer carries besides the page's own rules, which cannot say these.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Serves a folder: files whose name carries their hash for ever, the others asked for each time.
/// A file's `.br` or `.gz` goes out in its place to who takes it.
pub(super) fn service(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    Router::new().fallback_service(files).layer(middleware::from_fn(with_headers))
}

async fn with_headers(request: Request, next: Next) -> Response {
    let age = if carries_hash(request.uri().path()) {
        HeaderValue::from_static("public, max-age=31536000, immutable")
    } else {
        HeaderValue::from_static("no-cache")
    };
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, age);
    }
    response
}

/// Whether 16 hex digits stand in a row in the file's name, as builds and snapshots put them.
fn carries_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_word = |letter: char| !letter.is_ascii_alphanumeric();
    name.split(is_word)
        .any(|word| word.len() >= 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(carries_hash("/data/facts-0123456789abcdef.bin"));
        assert!(carries_hash("/app-0123456789abcdef_bg.wasm"));
        assert!(!carries_hash("/index.html") && !carries_hash("/config.json"));
        assert!(!carries_hash("/0123456789abcdef/manifest.json"));
    }
}
