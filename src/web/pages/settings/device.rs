//! What this device keeps.

use leptos::prelude::*;

/// The section of what this device keeps.
#[component]
pub fn Device() -> impl IntoView {}
