//! A column of the table: its width, its head, its cells.

use leptos::prelude::*;

use crate::view::FilterKind;
use crate::web::components::icon::{Glyph, Icon};
use crate::web::components::style_name;

/// Words of fewer letters fit any column.
const LONG_WORD: usize = 9;
/// A letter of a head, in a wide face.
const LETTER_REM: f32 = 0.46;
/// A filter's mark with the space behind it.
const MARK_REM: f32 = 1.125;
/// Left and right of what stands in a column.
const PADDING_REM: f32 = 1.0;

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
    /// At least so wide, in rem, that no word of its head is broken; texts take what is left over. Those
    /// of the default fit a window of 1440 pixels in English.
    pub(super) fn width_rem(&self) -> f32 {
        let words = self.title.split_whitespace().map(|word| word.chars().count());
        let longest = words.filter(|letters| *letters >= LONG_WORD).max().unwrap_or_default();
        let mark = if self.filter.is_some() { MARK_REM } else { 0.0 };
        self.usual_rem().max(longest as f32 * LETTER_REM + mark + PADDING_REM)
    }

    /// How wide what stands in it usually is.
    fn usual_rem(&self) -> f32 {
        match self.name.as_str() {
            "email" | "address" => 9.75,
            "last_purchase" => 7.5,
            "last_name" | "phone" => 6.75,
            // With the arrow of the order it stands in.
            "customer_id" => 6.5,
            "revenue" => 6.0,
            "first_name" | "city" | "distance_km" | "impulsive" => 5.75,
            "postal_code" | "orders" | "tickets" | "events" => 5.5,
            "country" => 3.75,
            _ => 8.5,
        }
    }
}

/// A column's head, which sorts by it.
pub(super) fn head(
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

/// A cell; addresses and numbers that can be called are links. The first of a row bears the mark of
/// what a click on the row shows: the row takes the click, and the table the keyboard.
pub(super) fn cell(column: &ShownColumn, text: String, why: Option<&'static str>) -> AnyView {
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
    let why = why.map(
        |why| view! { <span class="customer-table__why" title=why aria-hidden="true"></span> },
    );
    match address {
        Some(href) => view! {
            <div class="customer-table__cell" role="gridcell" title=whole>
                {why}
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
                {why}
                {text}
            </div>
        }
        .into_any(),
    }
}
