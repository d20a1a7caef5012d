//! The app's own files, for a venue that runs one process.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use tower_http::services::ServeDir;

/// Serves a folder: files whose name carries their hash for ever, the others asked for each time.
pub(super) fn service(folder: &Path) -> Router {
    Router::new().fallback_service(ServeDir::new(folder)).layer(middleware::from_fn(with_age))
}

async fn with_age(request: Request, next: Next) -> Response {
    let age = if carries_hash(request.uri().path()) {
        HeaderValue::from_static("public, max-age=31536000, immutable")
    } else {
        HeaderValue::from_static("no-cache")
    };
    let mut response = next.run(request).await;
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
