//! What a first visit does not show, in the parts that it is fetched in.

use leptos::prelude::*;

use crate::view::Mode;
use crate::web::later::later;
use crate::web::state::library::SavedSegment;

use super::data::DataPage;
use super::dialogs::{Begin, ModeDialog, OpenDialog, SaveAsDialog};
use super::erased::ErasedPage;
use super::link::LinkDialog;
use super::outbox::OutboxPage;
use super::passphrase::PassphraseDialog;
use super::segment::SegmentPage;
use super::segments::SegmentsPage;
use super::settings::SettingsPage;

later! {
    /// The list of segments.
    segments: pub fn segments_page() => view! { <SegmentsPage/> }.into_any()
}
later! {
    /// The form of a segment, or of a new one.
    segments: pub fn segment_page(id: Option<String>) => view! { <SegmentPage id/> }.into_any()
}
later! {
    /// Which event, or which event group?
    segments: pub fn mode_dialog(begin: Begin, on_close: Callback<()>, on_choose: Callback<Mode>) => {
        view! { <ModeDialog begin on_close on_choose/> }.into_any()
    }
}
later! {
    /// Open a saved view of a segment, or begin a new one.
    segments: pub fn open_dialog(saved: SavedSegment, mode: Option<Mode>, on_close: Callback<()>) => {
        view! { <OpenDialog saved mode on_close/> }.into_any()
    }
}
later! {
    /// Asks for the name to save the view at hand as.
    segments: pub fn save_as_dialog(on_close: Callback<()>) => view! { <SaveAsDialog on_close/> }.into_any()
}
later! {
    /// The link to the view at hand, to be copied by hand.
    segments: pub fn link_dialog(on_close: Callback<()>) => view! { <LinkDialog on_close/> }.into_any()
}
later! {
    /// What is open, and opening something else.
    device: pub fn data_page() => view! { <DataPage/> }.into_any()
}
later! {
    /// What holds for every visit.
    device: pub fn settings_page() => view! { <SettingsPage/> }.into_any()
}
later! {
    /// In place of every page, while everything is erased and afterwards.
    device: pub fn erased_page() => view! { <ErasedPage/> }.into_any()
}
later! {
    /// What was sent from here, and what waits.
    sending: pub fn outbox_page() => view! { <OutboxPage/> }.into_any()
}
later! {
    /// The passphrase of what is sealed.
    device: pub fn passphrase_dialog(on_close: Callback<()>) => {
        view! { <PassphraseDialog on_close/> }.into_any()
    }
}
