//! A table of any number of customers, of which only the rows in sight are drawn.

mod column;
mod rows;

pub use column::ShownColumn;

use std::sync::Arc;

use leptos::prelude::*;

use crate::web::protocol::lists::{ListPart, ListRow};
use crate::web::scroller::Scroller;
use crate::web::words::use_words;

use column::head;
use rows::Table;

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
    /// The element that says what opening a row shows.
    described_by: &'static str,
) -> impl IntoView {
    let words = use_words();
    let table = Table::new(part, on_look, on_open);
    table.follow(anew, on_sight);
    // Other columns may reach further than the table is wide, once they stand there.
    Effect::new(move |_| {
        columns.track();
        request_animation_frame(move || table.measure());
    });
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
            class="customer-frame"
            class=("customer-frame--more", move || table.goes_on.get())
            style=("--scrollbar", move || format!("{}px", table.scrollbar_px.get()))
        >
            <div
                node_ref=table.element
                class="customer-table"
                role="grid"
                tabindex="0"
                aria-label=words.customers_list().title
                aria-describedby=described_by
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
        </div>
    }
    .into_any()
}
