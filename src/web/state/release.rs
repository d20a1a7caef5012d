//! The program itself: whether a newer version waits, and whether there is a network.

use leptos::prelude::*;

use super::{Data, Stage};
use crate::web::platform;

/// A handle on it.
#[derive(Debug, Clone, Copy)]
pub struct Release {
    is_offline: RwSignal<bool>,
    is_update_ready: RwSignal<bool>,
}

impl Release {
    /// Looks now, and again whenever either changes. What keeps a copy of the program waits for the
    /// first data.
    pub fn watch(data: Data) -> Release {
        let release = Release {
            is_offline: RwSignal::new(platform::is_offline()),
            is_update_ready: RwSignal::new(platform::is_update_ready()),
        };
        platform::on_network(move || release.is_offline.set(platform::is_offline()));
        platform::on_update_ready(move || release.is_update_ready.set(true));
        Effect::new(move |_| {
            if !matches!(data.stage(), Stage::Opening(_)) {
                platform::say_ready();
            }
        });
        release
    }

    /// Whether the browser has no network at all.
    pub fn is_offline(self) -> bool {
        self.is_offline.get()
    }

    /// Whether a newer version is to be announced.
    pub fn is_update_ready(self) -> bool {
        self.is_update_ready.get()
    }

    /// Starts the newer version.
    pub fn take_update(self) {
        platform::take_update();
    }

    /// Leaves it for the next start, or for the next newer one.
    pub fn put_off(self) {
        self.is_update_ready.set(false);
    }
}
