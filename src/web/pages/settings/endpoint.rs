//! The sync endpoint: its address and token.

use leptos::prelude::*;

/// The section of the sync endpoint.
#[component]
pub fn Endpoint() -> impl IntoView {}
