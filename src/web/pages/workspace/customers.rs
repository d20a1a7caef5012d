//! The list of customers below the boxes, tied to the view at hand.

use leptos::prelude::*;

use crate::view::FilterKind;
use crate::view::sentence::{Clause, sentence};
use crate::web::components::{CustomerTable, Explanation, Glyph, Icon, ShownColumn};
use crate::web::later::later;
use crate::web::protocol::lists::ListRow;
use crate::web::state::{ContactsState, Customers, Page, use_app};
use crate::web::words::{Words, use_words};

use super::columns::{ColumnsDialog, title};
use crate::web::pages::focus;

/// Ties the table to the line that says what its rows open.
const WHY: &str = "customers-why";

/// Opens the list, or closes it and goes back up.
#[component]
pub fn CustomersButton() -> impl IntoView {
    let customers = use_app().customers;
    let t = use_words().customers_list();
    let turn = move |_| {
        let is_open = !untrack(|| customers.is_open());
        customers.set_open(is_open);
        if !is_open {
            focus::on(".workspace__boxes");
        }
    };
    view! {
        <button
            class="button button--primary"
            type="button"
            aria-expanded=move || customers.is_open().to_string()
            on:click=turn
        >
            {move || if customers.is_open() { t.back } else { t.view }}
        </button>
    }
    .into_any()
}

/// The list, while it is open.
#[component]
pub fn CustomersSection() -> impl IntoView {
    let customers = use_app().customers;
    move || customers.is_open().then(|| open_section(customers))
}

later! {
    customers: fn open_section(customers: Customers) => view! { <OpenSection customers/> }.into_any()
}

#[component]
fn OpenSection(customers: Customers) -> impl IntoView {
    let words = use_words();
    let t = words.customers_list();
    let sight = RwSignal::new((0_u32, 0_u32));
    let is_choosing = RwSignal::new(false);
    let vault = use_app().vault;
    // Asked for once by itself; whoever closes that finds the button.
    Effect::new(move |_| {
        if customers.contacts() == (ContactsState::Sealed { is_wrong: false }) {
            vault.set_asking(true);
        }
    });
    let part = customers.part();
    let anew = RwSignal::new(0_u32);
    let on_sort = Callback::new(move |name: String| {
        customers.sort.update(|sort| *sort = next_sort(sort.take(), name));
        anew.update(|times| *times += 1);
    });
    // The head changes with the rows, not before them.
    let columns = Memo::new(move |_| shown_columns(customers, words));
    let section = NodeRef::<leptos::html::Section>::new();
    Effect::new(move |_| {
        if let Some(section) = section.get() {
            section.scroll_into_view();
            // A section that cannot take the keyboard leaves it where it was.
            section.focus().ok();
        }
    });
    view! {
        <section node_ref=section class="customers" aria-label=t.title tabindex="-1">
            <header class="customers__bar">
                <h2 class="customers__title">{t.title}</h2>
                <Search customers anew/>
                <p class="customers__status">{move || status(customers, sight.get(), words)}</p>
                <p class="visually-hidden" role="status">{move || found(customers, words)}</p>
                <p class="customers__why" id=WHY>{t.why_hint}</p>
                <button
                    class="button customers__columns"
                    type="button"
                    aria-haspopup="dialog"
                    on:click=move |_| is_choosing.set(true)
                >
                    {t.columns}
                    <span class="button__key">
                        {move || {
                            let count = |count: usize| words.formats.count(count as u32);
                            let known = customers.known_columns().len();
                            (t.columns_shown)(&count(columns.with(Vec::len)), &count(known))
                        }}
                    </span>
                </button>
            </header>
            {move || notes(customers, words)}
            <CustomerTable
                part=part.into()
                columns=columns.into()
                sort=customers.sort.into()
                anew=anew.into()
                on_sort
                on_look=Callback::new(move |(from, count)| customers.look_at(from, count))
                on_sight=Callback::new(move |seen| sight.set(seen))
                on_open=Callback::new(move |row: ListRow| customers.explain(row))
                described_by=WHY
            />
            {move || {
                let (explained, name) = customers.explained()?;
                let on_close = Callback::new(move |()| customers.close_explanation());
                let clauses: Signal<Vec<Clause>> = clauses(words).into();
                Some(view! { <Explanation explained name clauses on_close/> })
            }}
            {move || {
                is_choosing
                    .get()
                    .then(|| {
                        let on_close = Callback::new(move |()| is_choosing.set(false));
                        view! { <ColumnsDialog customers on_close/> }
                    })
            }}
        </section>
    }
    .into_any()
}

/// The view's sentence as it stands.
fn clauses(words: Words) -> Vec<Clause> {
    untrack(|| {
        let app = use_app();
        let Some(open) = app.data.open() else { return Vec::new() };
        let names = open.seen_from(app.workspace.as_of());
        let view = app.workspace.view();
        view.with(|view| sentence(view, &names, &words.formats, words.language))
    })
}

/// The same column turns round, then goes; another one begins: words from their beginning,
/// numbers from the largest.
fn next_sort(sort: Option<(String, bool)>, name: String) -> Option<(String, bool)> {
    let begins_descending = FilterKind::from_name(&name).is_some();
    match sort {
        Some((by, is_descending)) if by == name => {
            (is_descending == begins_descending).then_some((by, !is_descending))
        }
        None if name == "customer_id" => Some((name, true)),
        _ => Some((name, begins_descending)),
    }
}

fn shown_columns(customers: Customers, words: Words) -> Vec<ShownColumn> {
    let shown = |name: String| {
        let filter = FilterKind::from_name(&name).filter(|_| name != "gender");
        let title = title(&name, words);
        ShownColumn { name, title, filter }
    };
    customers.columns().into_iter().map(shown).collect()
}

#[component]
fn Search(customers: Customers, anew: RwSignal<u32>) -> impl IntoView {
    let t = use_words().customers_list();
    view! {
        <input
            class="field customers__search"
            type="search"
            autocomplete="off"
            spellcheck="false"
            aria-label=t.search
            placeholder=t.search
            prop:value=customers.search
            on:input=move |event| {
                customers.search.set(event_target_value(&event));
                anew.update(|times| *times += 1);
            }
        />
    }
    .into_any()
}

/// The rows in sight, or what the search found.
fn status(customers: Customers, (from, to): (u32, u32), words: Words) -> String {
    let told = found(customers, words);
    if !told.is_empty() {
        return told;
    }
    let total = customers.part().with(|part| part.as_ref().map_or(0, |part| part.total));
    if total == 0 {
        return String::new();
    }
    let count = |count: u32| words.formats.count(count);
    (words.customers_list().range)(
        &count((from + 1).min(total)),
        &count(to.min(total)),
        &count(total),
    )
}

fn found(customers: Customers, words: Words) -> String {
    if customers.search.with(|search| search.trim().is_empty()) {
        return String::new();
    }
    let (inside, total) = customers
        .part()
        .with(|part| part.as_ref().map_or((0, 0), |part| (part.in_result, part.total)));
    let count = |count: u32| words.formats.count(count);
    (words.customers_list().found)(&count(inside), &count(total - inside))
}

/// What stands between the bar and the table: why something is missing.
fn notes(customers: Customers, words: Words) -> Option<AnyView> {
    let t = words.customers_list();
    if let Some(failure) = customers.failure() {
        let again = move |_| customers.try_again();
        let button =
            view! { <button class="button" type="button" on:click=again>{t.try_again}</button> };
        return Some(note((t.failed)(&failure.message), true, Some(button.into_any())));
    }
    let contacts = match customers.contacts() {
        ContactsState::There => None,
        ContactsState::Coming => Some((t.coming.to_owned(), false)),
        ContactsState::Elsewhere => Some((t.elsewhere.to_owned(), true)),
        ContactsState::Sealed { .. } => {
            let (vault, sealed) = (use_app().vault, words.unlocking());
            let ask = move |_| vault.set_asking(true);
            let button = view! { <button class="button" type="button" on:click=ask>{sealed.unlock}</button> };
            return Some(note(sealed.contacts_sealed.to_owned(), false, Some(button.into_any())));
        }
        ContactsState::Failed(failure) => Some(((t.no_contacts)(&failure.message), true)),
    };
    if let Some((text, leads_on)) = contacts {
        let app = use_app();
        let button = leads_on.then(|| {
            let open = move |_| app.go(Page::Data);
            view! { <button class="button" type="button" on:click=open>{t.open_data}</button> }
                .into_any()
        });
        return Some(note(text, false, button));
    }
    let total = customers.part().with(|part| part.as_ref().map(|part| part.total));
    let is_searching = customers.search.with(|search| !search.trim().is_empty());
    (total == Some(0)).then(|| {
        let text = if is_searching { t.nobody_found } else { t.nobody };
        note(text.to_owned(), false, None)
    })
}

fn note(text: String, is_warning: bool, button: Option<AnyView>) -> AnyView {
    view! {
        <div class="customers__note" role="status">
            {is_warning.then(|| view! { <Icon glyph=Glyph::Warning/> })}
            <span>{text}</span>
            {button}
        </div>
    }
    .into_any()
}
