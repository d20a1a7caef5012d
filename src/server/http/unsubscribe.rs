//! `/v1/suppressions`, and the pages behind the links in mails.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::access::Caller;
use super::feed::Feed;
use super::refusal::Refusal;
use crate::server::store::{self, StoreError};
use crate::server::{Endpoint, clock};
use crate::wire::{Problem, SuppressionReason, Suppressions};

/// Addresses that get no mail, by hash.
#[utoipa::path(get, path = "/v1/suppressions", tag = "suppressions", params(Feed), responses(
    (status = 200, body = Suppressions), (status = 401, body = Problem),
    (status = 422, body = Problem)))]
pub(super) async fn list(
    State(endpoint): State<Arc<Endpoint>>,
    feed: Result<Query<Feed>, QueryRejection>,
    request: Request,
) -> Result<Json<Suppressions>, Refusal> {
    // Whoever may write to people, or hand them on, has to know who does not want it.
    Caller::any(&request)?;
    let (since, limit) = Feed::checked(feed)?;
    let found = endpoint.store.read(move |store| store::suppressions(store, since, limit));
    Ok(Json(found.await?))
}

/// A page with a button. It changes nothing: mail programs and scanners open links.
#[utoipa::path(get, path = "/u/{token}", tag = "suppressions", security(()),
    params(("token" = String, Path, description = "From a mail")),
    responses((status = 200, content_type = "text/html"), (status = 404, content_type = "text/html")))]
pub(super) async fn page(
    State(endpoint): State<Arc<Endpoint>>,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let found = endpoint.store.read(move |store| store::recipient_of_token(store, &token)).await?;
    Ok(match found {
        Some((_, language)) => html(StatusCode::OK, &language, Said::Question),
        None => html(StatusCode::NOT_FOUND, "en", Said::Unknown),
    })
}

/// One click and no mail comes any more (RFC 8058).
#[utoipa::path(post, path = "/u/{token}", tag = "suppressions", security(()),
    params(("token" = String, Path, description = "From a mail")),
    responses((status = 200, content_type = "text/html"), (status = 404, content_type = "text/html")))]
pub(super) async fn unsubscribe(
    State(endpoint): State<Arc<Endpoint>>,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let found = endpoint.store.call(move |store| {
        let Some((sha256, language)) = store::recipient_of_token(store, &token)? else {
            return Ok::<_, StoreError>(None);
        };
        store::suppress(store, &sha256, SuppressionReason::Unsubscribed, clock::now())?;
        Ok(Some(language))
    });
    Ok(match found.await? {
        Some(language) => html(StatusCode::OK, &language, Said::Done),
        None => html(StatusCode::NOT_FOUND, "en", Said::Unknown),
    })
}

enum Said {
    Question,
    Done,
    Unknown,
}

fn html(status: StatusCode, language: &str, said: Said) -> Response {
    let is_swedish = language == "sv" || language.starts_with("sv-");
    let (language, title) =
        if is_swedish { ("sv", "Avsluta utskick") } else { ("en", "Unsubscribe") };
    let body = match (said, is_swedish) {
        (Said::Question, true) => {
            question("Vill du inte ha fler utskick från oss?", "Avsluta utskick")
        }
        (Said::Question, false) => question("No more mail from us?", "Unsubscribe"),
        (Said::Done, true) => "<p>Klart. Du får inga fler utskick från oss.</p>".to_owned(),
        (Said::Done, false) => "<p>Done. You will get no more mail from us.</p>".to_owned(),
        (Said::Unknown, _) => "<p>This link is not known here. Please answer the mail it came \
            with.</p>\n<p lang=\"sv\">Länken är okänd. Svara gärna på brevet den kom med.</p>"
            .to_owned(),
    };
    let page = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n\
         <style>:root{{color-scheme:light dark;font:1.1rem/1.5 system-ui,sans-serif}}\
         main{{max-width:32rem;margin:15vh auto;padding:0 1rem}}\
         button{{font:inherit;padding:.6em 1.2em}}</style>\n\
         <main>\n<h1>{title}</h1>\n{body}\n</main>\n</html>\n"
    );
    let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; \
         frame-ancestors 'none'";
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (status, headers, page).into_response()
}

fn question(words: &str, button: &str) -> String {
    format!(
        "<p>{words}</p>\n<form method=\"post\">\n\
         <input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\">\n\
         <button>{button}</button>\n</form>"
    )
}
