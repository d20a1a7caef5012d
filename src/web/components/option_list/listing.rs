//! What a list knows of itself: which rows are found, which are in sight, which has the keyboard.

use std::sync::Arc;
use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::web::rows::{OptionRow, OptionRows, ROW_PX, drawn};

/// Rows that a page key passes.
const PAGE: usize = 8;

/// A list's rows, what was typed, and where the reader is in it.
#[derive(Clone, Copy)]
pub(super) struct Listing {
    pub(super) name: &'static str,
    rows: Signal<Arc<OptionRows>>,
    among: Option<Signal<Arc<Vec<u32>>>>,
    pub(super) chosen: Signal<Vec<String>>,
    pub(super) on_choose: Callback<String>,
    pub(super) on_open: Option<Callback<String>>,
    pub(super) typed: RwSignal<String>,
    scrolled: RwSignal<i32>,
    /// Whether its turn to be drawn has come: the rows of many lists at once would hold up the page.
    is_drawn: RwSignal<bool>,
    /// How high the list is, in pixels.
    sight: RwSignal<i32>,
    pub(super) active: RwSignal<usize>,
    pub(super) element: NodeRef<html::Div>,
    /// Positions of the rows that are found.
    pub(super) matches: Memo<Vec<u32>>,
}

impl Listing {
    pub(super) fn new(
        name: &'static str,
        rows: Signal<Arc<OptionRows>>,
        among: Option<Signal<Arc<Vec<u32>>>>,
        chosen: Signal<Vec<String>>,
        on_choose: Callback<String>,
        on_open: Option<Callback<String>>,
    ) -> Listing {
        let typed = RwSignal::new(String::new());
        let is_ready = RwSignal::new(());
        // Beside whatever else the page does, so that nothing waits for it.
        Effect::new(move |_| prepare(rows.get(), is_ready));
        let is_drawn = RwSignal::new(false);
        // The list may be gone by then.
        let draw = move || {
            is_drawn.try_set(true);
        };
        set_timeout(draw, Duration::ZERO);
        Listing {
            name,
            rows,
            among,
            chosen,
            on_choose,
            on_open,
            typed,
            scrolled: RwSignal::new(0),
            is_drawn,
            sight: RwSignal::new(0),
            active: RwSignal::new(0),
            element: NodeRef::new(),
            matches: Memo::new(move |before: Option<&Vec<u32>>| {
                is_ready.track();
                let (rows, typed) = (rows.get(), typed.get());
                match before {
                    // What was found stays until it is known what is found now.
                    Some(before) if !typed.trim().is_empty() && !rows.is_ready() => before.clone(),
                    _ => match among {
                        None => rows.found(&typed),
                        Some(among) => {
                            among.with(|among| rows.found_among(among.iter().copied(), &typed))
                        }
                    },
                }
            }),
        }
    }

    /// How many rows there are, found or not.
    pub(super) fn len(self) -> usize {
        match self.among {
            None => self.rows.with(|rows| rows.len()),
            Some(among) => among.with(|among| among.len()),
        }
    }

    pub(super) fn active_name(self) -> String {
        format!("{}-{}", self.name, self.active.get())
    }

    pub(super) fn scroll(self) {
        if let Some(element) = self.element.get_untracked() {
            self.scrolled.set(element.scroll_top());
            self.measure();
        }
    }

    pub(super) fn measure(self) {
        // In a frame to come the list may be gone.
        let Some(element) = self.element.try_get_untracked().flatten() else { return };
        let sight = element.client_height();
        if self.sight.get_untracked() != sight {
            self.sight.set(sight);
        }
    }

    /// The rows to draw, with their positions among those found.
    pub(super) fn in_sight(self) -> Vec<(usize, OptionRow)> {
        if !self.is_drawn.get() {
            return Vec::new();
        }
        self.rows.with(|rows| {
            self.matches.with(|matches| {
                let range = drawn(self.scrolled.get(), self.sight.get(), matches.len());
                let row = |at: usize| Some((at, rows.get(*matches.get(at)? as usize)?));
                range.filter_map(row).collect()
            })
        })
    }

    /// Makes a row the active one and brings it in sight.
    pub(super) fn move_to(self, to: usize) {
        let count = self.matches.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        let to = to.min(count - 1);
        self.active.set(to);
        let Some(element) = self.element.get_untracked() else { return };
        let (top, height) = (element.scroll_top(), element.client_height());
        let row = to as i32 * ROW_PX;
        if row < top {
            element.set_scroll_top(row);
        } else if row + ROW_PX > top + height {
            element.set_scroll_top(row + ROW_PX - height);
        }
    }

    fn key_at(self, at: usize) -> Option<String> {
        let row = self.matches.with_untracked(|matches| matches.get(at).copied())?;
        self.rows.with_untracked(|rows| rows.get(row as usize).map(|row| row.key))
    }

    fn choose(self, at: usize) {
        let Some(key) = self.key_at(at) else { return };
        match self.on_open {
            Some(open) if self.chosen.with_untracked(|chosen| chosen.contains(&key)) => {
                open.run(key);
            }
            _ => self.on_choose.run(key),
        }
    }

    pub(super) fn on_key(self, event: &KeyboardEvent, is_typing: bool) {
        let at = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => self.move_to(at + 1),
            "ArrowUp" => self.move_to(at.saturating_sub(1)),
            "PageDown" => self.move_to(at + PAGE),
            "PageUp" => self.move_to(at.saturating_sub(PAGE)),
            "Home" if !is_typing => self.move_to(0),
            "End" if !is_typing => self.move_to(usize::MAX),
            "Enter" => self.choose(at),
            " " if !is_typing => self.choose(at),
            _ => return,
        }
        event.prevent_default();
    }
}

/// Makes rows ready to be searched, a few milliseconds at a time; tells `is_ready` when they are.
fn prepare(rows: Arc<OptionRows>, is_ready: RwSignal<()>) {
    if rows.is_ready() {
        return;
    }
    let go_on = move || {
        // Who opened the list may have closed it.
        if is_ready.try_get_untracked().is_none() {
            return;
        }
        rows.prepare();
        if rows.is_ready() {
            is_ready.try_set(());
        } else {
            prepare(rows, is_ready);
        }
    };
    set_timeout(go_on, Duration::from_millis(1));
}
