//! A table of any number of customers, of which only the rows in sight are drawn.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::style_name;
use crate::view::FilterKind;
use crate::web::protocol::lists::{ListPart, ListRow};
use crate::web::scroller::{ROW_PX, Scroller};
use crate::web::words::use_words;

/// Rows asked for beyond those drawn, on either side.
const AHEAD: usize = 60;
/// Rows are placed from one in so many on: the places that browsers know end at 33 million pixels.
const PLACED_FROM: usize = 4096;

/// A column as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownColumn {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The filter of the same attribute, whose mark it bears.
    pub filter: Option<FilterKind>,
}

impl ShownColumn {
    /// At least so wide, in rem; texts take what is left over. Those of the default fit a window of
    /// 1440 pixels.
    fn width_rem(&self) -> f32 {
        match self.name.as_str() {
            "email" | "address" => 11.0,
            "last_purchase" => 7.75,
            "last_name" | "phone" => 7.0,
            "customer_id" | "first_name" | "city" => 6.0,
            "revenue" | "distance_km" | "impulsive" => 5.75,
            "postal_code" => 5.25,
            "orders" | "tickets" | "events" => 5.0,
            "country" => 4.0,
            _ => 8.5,
        }
    }
}

/// The table. Arrow and page keys, Home and End move the marked row; Enter opens it.
#[component]
pub fn CustomerTable(
    /// What is known of the list.
    part: Signal<Option<Arc<ListPart>>>,
    /// The columns that the part was asked with.
    columns: Signal<Vec<ShownColumn>>,
    /// By which column it is sorted, and whether the largest comes first.
    sort: Signal<Option<(String, bool)>>,
    /// Changes whenever the list begins anew.
    anew: Signal<u32>,
    /// Another column to sort by, or the other way round.
    on_sort: Callback<String>,
    /// Another part is needed: the first row, and how many.
    on_look: Callback<(u32, u32)>,
    /// The rows in sight, from 0, the end not included.
    on_sight: Callback<(u32, u32)>,
    /// A row was opened.
    #[prop(optional)]
    on_open: Option<Callback<ListRow>>,
) -> impl IntoView {
    let words = use_words();
    let table = Table::new(part, on_look, on_open);
    table.follow(anew, on_sight);
    let tracks = move || {
        columns.with(|columns| {
            let tracks = columns.iter().map(|column| {
                let growth = if column.filter.is_some() { "auto" } else { "1fr" };
                let width = column.width_rem();
                match growth {
                    "auto" => format!("{width}rem"),
                    _ => format!("minmax({width}rem, {width}fr)"),
                }
            });
            tracks.collect::<Vec<String>>().join(" ")
        })
    };
    let width = move || {
        columns.with(|columns| {
            let width: f32 = columns.iter().map(ShownColumn::width_rem).sum();
            format!("{width}rem")
        })
    };
    let heads = move || {
        let columns = columns.get().into_iter();
        columns.map(|column| head(column, sort, on_sort)).collect_view()
    };
    // Other columns, other rows: nothing of a row is kept for them.
    let rows = move || {
        let columns = StoredValue::new(columns.get());
        view! {
            <For each=move || table.drawn() key=Clone::clone let((at, row))>
                {table.row(at, row, columns)}
            </For>
        }
        .into_any()
    };
    view! {
        <div
            node_ref=table.element
            class="customer-table"
            role="grid"
            tabindex="0"
            aria-label=words.customers_list().title
            aria-rowcount=move || table.total.get() + 1
            aria-colcount=move || columns.with(Vec::len)
            aria-activedescendant=move || table.active_name()
            style=("--columns", tracks)
            style=("--table-width", width)
            on:scroll=move |_| table.scroll()
            on:keydown=move |event| table.on_key(&event)
        >
            <div class="customer-table__head" role="row" aria-rowindex="1">
                {heads}
            </div>
            <div
                class="customer-table__all"
                role="rowgroup"
                style:height=move || format!("{}px", table.scroller.with(Scroller::height_px))
            >
                <div class="customer-table__rows" role="presentation" style:top=move || table.top()>
                    {rows}
                </div>
            </div>
        </div>
    }
    .into_any()
}

fn row_name(at: usize) -> String {
    format!("customer-{at}")
}

/// What the table knows of itself.
#[derive(Clone, Copy)]
struct Table {
    element: NodeRef<html::Div>,
    scroller: RwSignal<Scroller>,
    active: RwSignal<usize>,
    part: Signal<Option<Arc<ListPart>>>,
    total: Memo<usize>,
    /// The row from which rows are placed.
    base: Memo<usize>,
    on_look: Callback<(u32, u32)>,
    on_open: Option<Callback<ListRow>>,
}

impl Table {
    fn new(
        part: Signal<Option<Arc<ListPart>>>,
        on_look: Callback<(u32, u32)>,
        on_open: Option<Callback<ListRow>>,
    ) -> Table {
        let scroller = RwSignal::new(Scroller::default());
        Table {
            element: NodeRef::new(),
            scroller,
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
    fn follow(self, anew: Signal<u32>, on_sight: Callback<(u32, u32)>) {
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
    fn active_name(self) -> Option<String> {
        let active = self.active.get();
        self.scroller.with(|scroller| scroller.drawn().contains(&active)).then(|| row_name(active))
    }

    fn measure(self) {
        let Some(element) = self.element.get_untracked() else { return };
        let head = element.first_element_child().map_or(0, |head| head.client_height());
        let sight = f64::from(element.client_height() - head);
        self.scroller.update(|scroller| scroller.set_sight(sight));
    }

    fn scroll(self) {
        let Some(element) = self.element.get_untracked() else { return };
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

    fn top(self) -> String {
        let base = self.base.get();
        format!("{}px", self.scroller.with(|scroller| scroller.top_px(base)))
    }

    /// The rows to draw that are known, with their places in the list.
    fn drawn(self) -> Vec<(usize, ListRow)> {
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

    fn on_key(self, event: &KeyboardEvent) {
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

    fn row(self, at: usize, row: ListRow, columns: StoredValue<Vec<ShownColumn>>) -> AnyView {
        let words = use_words();
        let outside = words.customers_list().outside;
        let is_in = row.is_in;
        let cells = columns.with_value(|columns| {
            let cells = columns.iter().zip(row.cells);
            cells.map(|(column, text)| cell(column, text)).collect_view()
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

fn head(
    column: ShownColumn,
    sort: Signal<Option<(String, bool)>>,
    on_sort: Callback<String>,
) -> AnyView {
    let ShownColumn { name, title, filter } = column;
    let sorted = name.clone();
    let way = Memo::new(move |_| {
        sort.with(|sort| match sort {
            Some((by, is_descending)) if *by == sorted => Some(*is_descending),
            None if sorted == "customer_id" => Some(false),
            _ => None,
        })
    });
    let hint = title.clone();
    let told = move || way.get().map(|down| if down { "descending" } else { "ascending" });
    let mark = filter.map(|kind| {
        view! {
            <span class="mark customer-table__mark" data-filter=style_name(kind)>
                <Icon glyph=Glyph::Filter(kind)/>
            </span>
        }
    });
    view! {
        <div
            class="customer-table__column"
            class=("customer-table__cell--number", filter.is_some())
            role="columnheader"
            aria-sort=told
        >
            <button
                class="customer-table__sort"
                type="button"
                title=hint
                on:click=move |_| on_sort.run(name.clone())
            >
                {mark}
                <span class="customer-table__title">{title}</span>
                <span class="customer-table__way" class=("customer-table__way--up", move || way.get() == Some(false)) hidden=move || way.get().is_none()>
                    <Icon glyph=Glyph::Down/>
                </span>
            </button>
        </div>
    }
    .into_any()
}

fn cell(column: &ShownColumn, text: String) -> AnyView {
    let address = match column.name.as_str() {
        _ if text.is_empty() => None,
        "email" => Some(format!("mailto:{}", text.trim())),
        "phone" => {
            let dialled = text.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+');
            Some(format!("tel:{}", dialled.collect::<String>()))
        }
        _ => None,
    };
    let is_number = column.filter.is_some();
    let whole = text.clone();
    match address {
        Some(href) => view! {
            <div class="customer-table__cell" role="gridcell" title=whole>
                <a href=href on:click=|event| event.stop_propagation()>{text}</a>
            </div>
        }
        .into_any(),
        None => view! {
            <div
                class="customer-table__cell"
                class=("customer-table__cell--number", is_number)
                role="gridcell"
                title=(!is_number).then_some(whole)
            >
                {text}
            </div>
        }
        .into_any(),
    }
}
