//! Which columns the list of customers shows, and what people call them.

use leptos::prelude::*;

use crate::view::FilterKind;
use crate::web::components::{Dialog, use_close_dialog};
use crate::web::state::Customers;
use crate::web::words::{Words, use_words};

/// What people call a column: a venue's own have their header.
pub fn title(name: &str, words: Words) -> String {
    if let Some(title) = words.customers_list().column(name) {
        return title.to_owned();
    }
    match FilterKind::from_name(name) {
        Some(kind) => words.title(kind).to_owned(),
        None => name.strip_prefix("own:").unwrap_or(name).to_owned(),
    }
}

/// Which columns are shown.
#[component]
pub fn ColumnsDialog(customers: Customers, on_close: Callback<()>) -> impl IntoView {
    let t = use_words().customers_list();
    view! {
        <Dialog title=t.columns on_close>
            <ColumnsChoice customers/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn ColumnsChoice(customers: Customers) -> impl IntoView {
    let words = use_words();
    let t = words.customers_list();
    let close = use_close_dialog();
    let boxes = move || {
        let shown = customers.columns();
        let column = |name: String| {
            let is_shown = shown.contains(&name);
            let title = title(&name, words);
            view! {
                <label class="customers__choice">
                    <input
                        type="checkbox"
                        prop:checked=is_shown
                        disabled=is_shown && shown.len() == 1
                        on:change=move |event| customers.set_column(&name, event_target_checked(&event))
                    />
                    <span>{title}</span>
                </label>
            }
        };
        untrack(|| customers.known_columns()).into_iter().map(column).collect_view()
    };
    view! {
        <div class="dialog__body">
            <p class="dialog__hint">{t.columns_hint}</p>
            <div class="customers__choices">{boxes}</div>
        </div>
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=move |_| customers.reset_columns()>
                {t.default_columns}
            </button>
            <button class="button button--primary" type="button" on:click=move |_| close.run()>
                {t.done}
            </button>
        </footer>
    }
    .into_any()
}
