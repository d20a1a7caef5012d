//! Pictograms, drawn once and used by reference.

use leptos::prelude::*;

use crate::view::FilterKind;

/// A pictogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// A filter's.
    Filter(FilterKind),
    /// A crossed-out loudspeaker.
    Mute,
    /// A turn back to the start.
    Reset,
    /// An arrow back.
    Undo,
    /// An arrow forward.
    Redo,
    /// A tick.
    Yes,
    /// A cross.
    No,
    /// A dash.
    Any,
    /// Opens downwards.
    Down,
    /// Adds.
    Plus,
    /// A warning.
    Warning,
    /// An arrow out of a tray.
    Export,
}

impl Glyph {
    fn reference(self) -> String {
        match self {
            Glyph::Filter(kind) => format!("#i-{}", kind.name()),
            Glyph::Mute => "#i-mute".into(),
            Glyph::Reset => "#i-reset".into(),
            Glyph::Undo => "#i-undo".into(),
            Glyph::Redo => "#i-redo".into(),
            Glyph::Yes => "#i-yes".into(),
            Glyph::No => "#i-no".into(),
            Glyph::Any => "#i-any".into(),
            Glyph::Down => "#i-down".into(),
            Glyph::Plus => "#i-plus".into(),
            Glyph::Warning => "#i-warning".into(),
            Glyph::Export => "#i-export".into(),
        }
    }
}

/// A pictogram; what it means has to stand beside it.
#[component]
pub fn Icon(
    /// Which.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <use href=glyph.reference()></use>
        </svg>
    }
}

/// The drawings that [`Icon`] refers to; once a page, anywhere.
#[component]
pub fn Sprite() -> impl IntoView {
    view! { <svg class="sprite" width="0" height="0" aria-hidden="true" inner_html=SYMBOLS></svg> }
}

/// Drawn on 16 by 16 units, with strokes of 1.5.
const SYMBOLS: &str = concat!(
    r#"<symbol id="i-distance_km" viewBox="0 0 16 16"><path d="M8 14s4.5-4.2 4.5-7.6a4.5 4.5 0 0 0-9 0C3.5 9.8 8 14 8 14z"/><circle cx="8" cy="6.4" r="1.5"/></symbol>"#,
    r#"<symbol id="i-gender" viewBox="0 0 16 16"><circle cx="5.6" cy="5" r="2.2"/><path d="M1.8 13c0-2.4 1.7-3.9 3.8-3.9S9.4 10.6 9.4 13M10.6 2.9a2.2 2.2 0 0 1 0 4.2M11.5 9.3c1.7.4 2.8 1.8 2.8 3.7"/></symbol>"#,
    r#"<symbol id="i-revenue" viewBox="0 0 16 16"><ellipse cx="8" cy="4.3" rx="5" ry="2"/><path d="M3 4.3v7.4c0 1.1 2.2 2 5 2s5-.9 5-2V4.3M3 8c0 1.1 2.2 2 5 2s5-.9 5-2"/></symbol>"#,
    r#"<symbol id="i-orders" viewBox="0 0 16 16"><path d="M4 2h8v12l-2-1.3-2 1.3-2-1.3L4 14zM6.3 5.5h3.4M6.3 8.3h3.4"/></symbol>"#,
    r#"<symbol id="i-sales_type" viewBox="0 0 16 16"><rect x="2" y="3" width="12" height="8" rx="1"/><path d="M5.5 13.5h5"/></symbol>"#,
    r#"<symbol id="i-subscription" viewBox="0 0 16 16"><path d="M3 7.5A5 5 0 0 1 12 5l1 1M13 2.8V6H9.8M13 8.5A5 5 0 0 1 4 11l-1-1M3 13.2V10h3.2"/></symbol>"#,
    r#"<symbol id="i-last_purchase" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.7"/><path d="M8 4.8V8l2.2 1.6"/></symbol>"#,
    r#"<symbol id="i-tickets" viewBox="0 0 16 16"><path d="M2 4.5h12v2.3a1.2 1.2 0 0 0 0 2.4v2.3H2V9.2a1.2 1.2 0 0 0 0-2.4zM9.8 4.7v6.6"/></symbol>"#,
    r#"<symbol id="i-events" viewBox="0 0 16 16"><rect x="2.5" y="3.5" width="11" height="10" rx="1"/><path d="M2.5 6.8h11M5.5 2v3M10.5 2v3"/></symbol>"#,
    r#"<symbol id="i-impulsive" viewBox="0 0 16 16"><path d="M9 1.8L3.5 9H8l-1 5.2L12.5 7H8z"/></symbol>"#,
    r#"<symbol id="i-tickets_per_order" viewBox="0 0 16 16"><rect x="4.5" y="7" width="9.5" height="5.5" rx="1"/><path d="M2 10.5V4.5a1 1 0 0 1 1-1h8.5"/></symbol>"#,
    r#"<symbol id="i-purchases" viewBox="0 0 16 16"><path d="M2.5 3v10M13.5 3v10M3 8h10M5.2 5.8L3 8l2.2 2.2M10.8 5.8L13 8l-2.2 2.2"/></symbol>"#,
    r#"<symbol id="i-mute" viewBox="0 0 16 16"><path d="M2.5 6v4h2.3L8 12.8V3.2L4.8 6zM10.5 6.2l3.5 3.6M14 6.2l-3.5 3.6"/></symbol>"#,
    r#"<symbol id="i-reset" viewBox="0 0 16 16"><path d="M3.5 8a4.5 4.5 0 1 0 1.6-3.5L3.5 6M3.5 3v3h3"/></symbol>"#,
    r#"<symbol id="i-undo" viewBox="0 0 16 16"><path d="M6 3.5L2.8 6.7 6 10M3 6.7h6.5a3.3 3.3 0 0 1 0 6.6H7"/></symbol>"#,
    r#"<symbol id="i-redo" viewBox="0 0 16 16"><path d="M10 3.5l3.2 3.2L10 10M13 6.7H6.5a3.3 3.3 0 0 0 0 6.6H9"/></symbol>"#,
    r#"<symbol id="i-yes" viewBox="0 0 16 16"><path d="M3 8.5l3.3 3.3L13 5"/></symbol>"#,
    r#"<symbol id="i-no" viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8"/></symbol>"#,
    r#"<symbol id="i-any" viewBox="0 0 16 16"><path d="M5 8h6"/></symbol>"#,
    r#"<symbol id="i-down" viewBox="0 0 16 16"><path d="M4 6.5L8 10.5l4-4"/></symbol>"#,
    r#"<symbol id="i-plus" viewBox="0 0 16 16"><path d="M8 3v10M3 8h10"/></symbol>"#,
    r#"<symbol id="i-warning" viewBox="0 0 16 16"><path d="M8 2.5L14.3 13.5H1.7zM8 6.8v3M8 11.6v.2"/></symbol>"#,
    r#"<symbol id="i-export" viewBox="0 0 16 16"><path d="M8 10V2.5M5 5.5l3-3 3 3M3 9.5v4h10v-4"/></symbol>"#,
);
