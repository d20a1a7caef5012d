//! A list whose rows keep their place in the document while others come and go.

use leptos::prelude::*;

/// A row that is drawn once it is there.
struct Keyed {
    key: String,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

type Rows = Box<dyn Fn() -> Vec<Keyed> + Send>;

/// Draws a row for each of `rows`; one whose key stays is left as it is. No two may have the same
/// key.
///
/// Leptos' own list is typed by its rows, 7 kB of the page for each kind; here all kinds are one.
pub fn keyed<T: Send + 'static>(
    rows: impl Fn() -> Vec<T> + Send + 'static,
    key: fn(&T) -> String,
    draw: impl Fn(T) -> AnyView + Copy + Send + 'static,
) -> AnyView {
    let boxed = move |row: T| Keyed { key: key(&row), draw: Box::new(move || draw(row)) };
    list(Box::new(move || rows().into_iter().map(boxed).collect()))
}

fn list(rows: Rows) -> AnyView {
    view! { <For each=rows key=|row| row.key.clone() children=|row: Keyed| (row.draw)()/> }
        .into_any()
}
