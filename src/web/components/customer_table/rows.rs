//! The rows in sight, and the marked one among them.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;

use super::column::{ShownColumn, cell};
use crate::web::protocol::lists::{ListPart, ListRow};
use crate::web::scroller::{ROW_PX, Scroller};
use crate::web::words::use_words;

/// Rows asked for beyond those drawn, on either side.
const AHEAD: usize = 60;
/// Rows are placed from one in so many on: the places that browsers know end at 33 million pixels.
const PLACED_FROM: usize = 4096;

fn row_name(at: usize) -> String {
    format!("customer-{at}")
}

/// What the table knows of itself.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) element: NodeRef<html::Div>,
    pub(super) scroller: RwSignal<Scroller>,
    /// Whether there is more at the right, out of sight.
    pub(super) goes_on: RwSignal<bool>,
    /// How wide the scrollbar at the right is, in pixels.
    pub(super) scrollbar_px: RwSignal<i32>,
    active: RwSignal<usize>,
    part: Signal<Option<Arc<ListPart>>>,
    pub(super) total: Memo<usize>,
    /// The row from which rows are placed.
    base: Memo<usize>,
    on_look: Callback<(u32, u32)>,
    on_open: Option<Callback<ListRow>>,
}

impl Table {
    pub(super) fn new(
        part: Signal<Option<Arc<ListPart>>>,
        on_look: Callback<(u32, u32)>,
        on_open: Option<Callback<ListRow>>,
    ) -> Table {
        let scroller = RwSignal::new(Scroller::default());
        Table {
            element: NodeRef::new(),
            scroller,
            goes_on: RwSignal::new(false),
            scrollbar_px: RwSignal::new(0),
            active: RwSignal::new(0),
            part,
            total: Memo::new(move |_| {
                part.with(|part| part.as_ref().map_or(0, |part| part.total as usize))
            }),
            base: Memo::new(move |_| {
                scroller.with(|scroller| scroller.drawn().start / PLACED_FROM * PLACED_FROM)
            }),
            on_look,
            on_open,
        }
    }

    /// Keeps up with the list: its length, its beginning, and what is in sight.
    pub(super) fn follow(self, anew: Signal<u32>, on_sight: Callback<(u32, u32)>) {
        Effect::new(move |_| {
            let total = self.total.get();
            self.measure();
            let place = self.scroller.try_update(|scroller| scroller.set_rows(total));
            self.scroll_to(place);
            self.active.update(|active| *active = (*active).min(total.saturating_sub(1)));
        });
        Effect::watch(
            move || anew.get(),
            move |_, _, _| {
                self.active.set(0);
                self.show(0);
            },
            false,
        );
        Effect::new(move |_| {
            let (drawn, sight) =
                self.scroller.with(|scroller| (scroller.drawn(), scroller.in_sight()));
            on_sight.run((sight.start as u32, sight.end as u32));
            let has = self.part.with(|part| {
                part.as_ref().is_none_or(|part| {
                    let from = part.from as usize;
                    from <= drawn.start && drawn.end <= from + part.rows.len()
                })
            });
            if !has {
                let from = drawn.start.saturating_sub(AHEAD);
                let count = drawn.end + AHEAD - from;
                self.on_look.run((from as u32, count as u32));
            }
        });
        let resized = window_event_listener(leptos::ev::resize, move |_| self.measure());
        on_cleanup(move || resized.remove());
    }

    /// The marked row's name, while it is drawn.
    pub(super) fn active_name(self) -> Option<String> {
        let active = self.active.get();
        self.scroller.with(|scroller| scroller.drawn().contains(&active)).then(|| row_name(active))
    }

    pub(super) fn measure(self) {
        // In a frame to come the table may be gone.
        let Some(element) = self.element.try_get_untracked().flatten() else { return };
        let scrollbar = element.offset_width() - element.client_width();
        if self.scrollbar_px.get_untracked() != scrollbar {
            self.scrollbar_px.set(scrollbar);
        }
        self.look_right(&element);
        let head = element.first_element_child().map_or(0, |head| head.client_height());
        let sight = f64::from(element.client_height() - head);
        self.scroller.update(|scroller| scroller.set_sight(sight));
    }

    fn look_right(self, element: &HtmlElement) {
        // Places are rounded: one pixel is nothing to go on to.
        let goes_on = element.scroll_left() + element.client_width() + 1 < element.scroll_width();
        if self.goes_on.get_untracked() != goes_on {
            self.goes_on.set(goes_on);
        }
    }

    pub(super) fn scroll(self) {
        let Some(element) = self.element.get_untracked() else { return };
        self.look_right(&element);
        let place = f64::from(element.scroll_top());
        let put = self.scroller.try_update(|scroller| scroller.scrolled(place)).flatten();
        self.scroll_to(put);
    }

    fn scroll_to(self, place: Option<f64>) {
        let (Some(place), Some(element)) = (place, self.element.get_untracked()) else { return };
        let place = place as i32;
        if element.scroll_top() != place {
            element.set_scroll_top(place);
        }
    }

    fn show(self, row: usize) {
        let place = self.scroller.try_update(|scroller| scroller.show(row)).flatten();
        self.scroll_to(place);
    }

    pub(super) fn top(self) -> String {
        let base = self.base.get();
        format!("{}px", self.scroller.with(|scroller| scroller.top_px(base)))
    }

    /// The rows to draw that are known, with their places in the list.
    pub(super) fn drawn(self) -> Vec<(usize, ListRow)> {
        let drawn = self.scroller.with(Scroller::drawn);
        self.part.with(|part| {
            let Some(part) = part else { return Vec::new() };
            let row = |at: usize| {
                let row = part.rows.get(at.checked_sub(part.from as usize)?)?;
                Some((at, row.clone()))
            };
            drawn.filter_map(row).collect()
        })
    }

    fn open(self, at: usize) {
        self.active.set(at);
        let row = self.part.with_untracked(|part| {
            let part = part.as_ref()?;
            part.rows.get(at.checked_sub(part.from as usize)?).cloned()
        });
        if let (Some(open), Some(row)) = (self.on_open, row) {
            open.run(row);
        }
    }

    pub(super) fn on_key(self, event: &KeyboardEvent) {
        let at = self.active.get_untracked();
        let page = self.scroller.with_untracked(Scroller::page_rows);
        let to = match event.key().as_str() {
            "ArrowDown" => at + 1,
            "ArrowUp" => at.saturating_sub(1),
            "PageDown" => at + page,
            "PageUp" => at.saturating_sub(page),
            "Home" => 0,
            "End" => usize::MAX,
            "Enter" if event.target() == event.current_target() => return self.open(at),
            _ => return,
        };
        event.prevent_default();
        let to = to.min(self.total.get_untracked().saturating_sub(1));
        self.active.set(to);
        self.show(to);
    }

    pub(super) fn row(
        self,
        at: usize,
        row: ListRow,
        columns: StoredValue<Vec<ShownColumn>>,
    ) -> AnyView {
        let words = use_words();
        let (outside, why) = (words.customers_list().outside, words.customers_list().why);
        let is_in = row.is_in;
        let cells = columns.with_value(|columns| {
            let cells = columns.iter().zip(row.cells).enumerate();
            cells
                .map(|(at, (column, text))| cell(column, text, (at == 0).then_some(why)))
                .collect_view()
        });
        view! {
            <div
                id=row_name(at)
                class="customer-table__row"
                class=("customer-table__row--outside", !is_in)
                class=("customer-table__row--active", move || self.active.get() == at)
                class=("customer-table__row--odd", at % 2 == 1)
                style:top=move || format!("{}px", (at - self.base.get().min(at)) as f64 * ROW_PX)
                role="row"
                aria-rowindex=at + 2
                aria-selected=move || (self.active.get() == at).to_string()
                title=(!is_in).then_some(outside)
                on:click=move |_| self.open(at)
            >
                {cells}
            </div>
        }
        .into_any()
    }
}
