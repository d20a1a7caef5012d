//! The calls of version 1 over HTTP.

mod accept;
mod access;
mod app;
mod audiences;
mod body;
mod campaigns;
mod check;
mod feed;
mod flags;
mod post;
mod refusal;
mod serve;
mod unsubscribe;

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use access::WrongTokens;
pub use post::InFlight;
pub use serve::serve;

use crate::server::{Endpoint, store};
use crate::wire::{Health, Problem};
use refusal::Refusal;

/// How long an answer may take.
const ANSWER: Duration = Duration::from_mins(4);

#[derive(OpenApi)]
#[openapi(
    info(title = "Publik sync endpoint", description = "Flags, campaign mail and audiences."),
    modifiers(&Bearer),
    security(("token" = [])),
    components(schemas(Problem))
)]
struct Document;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// Every route with what stands before it, ready to be served.
pub fn router(endpoint: Arc<Endpoint>) -> Router {
    let (routes, document) = documented().split_for_parts();
    let document = Arc::new(document);
    let routes = routes
        .route("/metrics", get(metrics))
        .route("/v1/openapi.json", get(move || async move { Json(document.as_ref().clone()) }))
        .method_not_allowed_fallback(async || Refusal::method_not_allowed());
    let routes = match &endpoint.config.app {
        Some(folder) => routes.fallback_service(app::service(folder)),
        None => routes.fallback(async || Refusal::not_found("nothing is at this address")),
    };
    // `/v1/` never falls through to the app's files.
    let routes = routes.route("/v1/{*rest}", axum::routing::any(no_call));
    routes
        .layer(middleware::from_fn_with_state(Arc::clone(&endpoint), access::check))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(cors(&endpoint))
        .layer(middleware::from_fn_with_state(Arc::clone(&endpoint), watch))
        .with_state(endpoint)
}

/// The routes that the OpenAPI document lists.
fn documented() -> OpenApiRouter<Arc<Endpoint>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(health))
        .routes(routes!(flags::list))
        .routes(routes!(flags::assign))
        .routes(routes!(flags::changes))
        .routes(routes!(campaigns::list_layouts))
        .routes(routes!(campaigns::layout))
        .routes(routes!(campaigns::list, campaigns::create))
        .routes(routes!(campaigns::one))
        .routes(routes!(campaigns::cancel))
        .routes(routes!(audiences::connectors))
        .routes(routes!(audiences::create))
        .routes(routes!(audiences::members))
        .routes(routes!(audiences::progress))
        .routes(routes!(unsubscribe::list))
        .routes(routes!(unsubscribe::page, unsubscribe::unsubscribe))
}

async fn no_call() -> Refusal {
    Refusal::not_found("version 1 has no such call; /v1/openapi.json lists them")
}

/// Whether the endpoint and its store answer.
#[utoipa::path(get, path = "/v1/health", security(()), responses((status = 200, body = Health)))]
async fn health(State(endpoint): State<Arc<Endpoint>>) -> Result<Json<Health>, Refusal> {
    let one = |store: &rusqlite::Connection| store.query_row("SELECT 1", [], |_| Ok(()));
    endpoint.store.read(move |store| one(store).map_err(Refusal::from)).await?;
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Ok(Json(Health { status: "ok".to_owned(), version }))
}

async fn metrics(State(endpoint): State<Arc<Endpoint>>) -> impl IntoResponse {
    if let Ok(waiting) = endpoint.store.read(store::waiting).await {
        endpoint.metrics.mails_queued.set(waiting);
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], endpoint.metrics.text())
}

fn cors(endpoint: &Endpoint) -> CorsLayer {
    let origins = endpoint.config.origins.iter();
    let origins = origins.filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::CONTENT_ENCODING,
            HeaderName::from_static("idempotency-key"),
        ])
        // The date tells a page how far its own clock is off.
        .expose_headers([header::RETRY_AFTER, header::DATE])
        .max_age(Duration::from_hours(1))
}

/// Counts and logs each call by its pattern, so that no id and no token comes into a log, and ends
/// one that takes too long.
async fn watch(State(endpoint): State<Arc<Endpoint>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = known_method(request.method());
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(|| "other".to_owned(), |route| route.as_str().to_owned());
    let answered = tokio::time::timeout(ANSWER, next.run(request)).await;
    let mut response = answered.unwrap_or_else(|_| Refusal::no_answer().into_response());
    let headers = response.headers_mut();
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    if route.starts_with("/v1/") {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let (status, took) = (response.status().as_u16(), began.elapsed());
    endpoint.metrics.answered(method, &route, status, took);
    tracing::info!(method, route, status, ms = took.as_millis() as u64, "answered");
    response
}

fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    // What it said may hold what it worked on.
    tracing::error!("a call was broken off by a fault of the program");
    Refusal::fault().into_response()
}
