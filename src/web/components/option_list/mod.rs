//! A searchable list of any length, of which only the rows in sight are drawn.

mod listing;

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::keyed::keyed;
use super::tap::tap;
use crate::web::rows::{OptionRow, OptionRows, ROW_PX};
use crate::web::words::use_words;

use listing::Listing;

/// Two numbers for each row.
pub type RowCounts = Arc<Vec<[u32; 2]>>;

/// A list to choose from. Arrow keys move, Enter and Space choose, in the search field and in the
/// list alike.
#[component]
pub fn OptionList(
    /// What the list holds; its name for screen readers.
    #[prop(into)]
    label: String,
    /// Ties rows to the list; no other list of the page may have it.
    name: &'static str,
    /// All rows.
    rows: Signal<Arc<OptionRows>>,
    /// Positions of the rows that are in the list, in order; else all are.
    #[prop(optional, into)]
    among: Option<Signal<Arc<Vec<u32>>>>,
    /// Keys of those chosen.
    chosen: Signal<Vec<String>>,
    /// Whether several can be chosen: they show a box to tick.
    #[prop(optional)]
    is_multiple: bool,
    /// Captions of two numbers, where the rows have numbers.
    #[prop(optional)]
    captions: Option<[&'static str; 2]>,
    /// The numbers, by the rows' positions; a dash stands where there are none yet.
    #[prop(optional, into)]
    counts: Option<Signal<Option<RowCounts>>>,
    /// Positions, as those of the numbers, of rows that count for nothing, and what they are called.
    #[prop(optional)]
    out: Option<(Signal<Arc<HashSet<u32>>>, &'static str)>,
    /// Whether no search field stands above.
    #[prop(optional)]
    is_plain: bool,
    /// What stands in a list without rows; else that nothing was found.
    #[prop(optional)]
    nothing: Option<&'static str>,
    /// A row is chosen, or no longer.
    on_choose: Callback<String>,
    /// A row is wanted at once: Enter on a chosen one, or a double click.
    #[prop(optional)]
    on_open: Option<Callback<String>>,
) -> impl IntoView {
    let words = use_words();
    let list = Listing::new(name, rows, among, chosen, on_choose, on_open);
    let count = Signal::derive(move || list.matches.with(Vec::len));
    // Once it stands in the page, and whenever the page gets another size.
    Effect::new(move |_| {
        if list.element.get().is_some() {
            request_animation_frame(move || list.measure());
        }
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| list.measure());
    on_cleanup(move || resized.remove());
    let label_of_search = label.clone();
    view! {
        {(!is_plain).then(|| view! { <Search list label=label_of_search/> })}
        {captions
            .map(|[first, second]| {
                view! {
                    <div class="option-list__captions" aria-hidden="true">
                        <span>{first}</span>
                        <span>{second}</span>
                    </div>
                }
            })}
        <div
            node_ref=list.element
            id=name
            class="option-list"
            role="listbox"
            tabindex="0"
            aria-label=label
            aria-multiselectable=is_multiple.to_string()
            aria-activedescendant=move || list.active_name()
            on:scroll=move |_| list.scroll()
            on:keydown=move |event| list.on_key(&event, false)
        >
            <div
                class="option-list__all"
                style:height=move || format!("{}px", count.get() as i32 * ROW_PX)
            >
                {keyed(
                    move || list.in_sight(),
                    |(at, row)| format!("{at}\n{}\n{}\n{}", row.key, row.name, row.note),
                    move |(at, row)| view! { <Row list at row count counts out is_multiple/> }.into_any(),
                )}
            </div>
            <p class="option-list__none" hidden=move || count.get() != 0>
                {move || {
                    let nothing = nothing.filter(|_| list.len() == 0);
                    nothing.unwrap_or(words.form().nothing_found)
                }}
            </p>
        </div>
    }
    .into_any()
}

/// The field above a list that finds rows by their words.
#[component]
fn Search(list: Listing, label: String) -> impl IntoView {
    let words = use_words();
    let search = words.form().search;
    let count = move || words.formats.count(list.len() as u32);
    view! {
        <input
            id=format!("{}-search", list.name)
            class="field option-list__search"
            type="search"
            role="combobox"
            autocomplete="off"
            aria-label=format!("{}: {label}", search("").trim())
            aria-expanded="true"
            aria-controls=list.name
            aria-activedescendant=move || list.active_name()
            placeholder=move || search(&count())
            prop:value=list.typed
            on:input=move |event| {
                list.typed.set(event_target_value(&event));
                list.move_to(0);
            }
            on:keydown=move |event| list.on_key(&event, true)
        />
    }
    .into_any()
}

#[component]
fn Row(
    list: Listing,
    at: usize,
    row: OptionRow,
    count: Signal<usize>,
    counts: Option<Signal<Option<RowCounts>>>,
    out: Option<(Signal<Arc<HashSet<u32>>>, &'static str)>,
    is_multiple: bool,
) -> impl IntoView {
    let words = use_words();
    let OptionRow { key, name: shown, note, at: numbers, .. } = row;
    let (click_key, open_key) = (key.clone(), key.clone());
    let whole = if note.is_empty() { shown.clone() } else { format!("{shown} · {note}") };
    let is_chosen = Memo::new(move |_| list.chosen.with(|chosen| chosen.contains(&key)));
    let counts = counts.map(|counts| {
        [0, 1].map(|which| {
            let count = move || {
                let count = counts.with(|counts| Some(counts.as_ref()?.get(numbers)?[which]));
                count.map_or_else(|| "–".to_owned(), |count| words.formats.count(count))
            };
            view! {
                <span class="option-list__count" class=("option-list__count--first", which == 0)>
                    {count}
                </span>
            }
        })
    });
    let is_out =
        move || out.is_some_and(|(out, _)| out.with(|out| out.contains(&(numbers as u32))));
    view! {
        <div
            id=format!("{}-{at}", list.name)
            class="option-list__row"
            class=("option-list__row--out", is_out)
            class=("option-list__row--tick", is_multiple)
            class=("option-list__row--active", move || list.active.get() == at)
            style:top=format!("{}px", at as i32 * ROW_PX)
            role="option"
            title=whole
            aria-selected=move || is_chosen.get().to_string()
            aria-posinset=at + 1
            aria-setsize=count
            on:click=tap(move || {
                list.active.set(at);
                list.on_choose.run(click_key.clone());
            })
            on:dblclick=move |_| {
                if let Some(open) = list.on_open {
                    open.run(open_key.clone());
                }
            }
        >
            {is_multiple
                .then(|| {
                    view! {
                        <span class="option-list__tick">
                            <Icon glyph=Glyph::Yes/>
                        </span>
                    }
                })}
            <span class="option-list__text">
                <span class="option-list__name">{shown}</span>
                <span class="option-list__note">{note}</span>
            </span>
            {out
                .map(|(_, word)| {
                    move || is_out().then(|| view! { <span class="option-list__out">{word}</span> })
                })}
            {counts}
        </div>
    }
    .into_any()
}
