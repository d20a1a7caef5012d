//! Which boxes the view has, and the way to any of them.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::style_name;
use super::tap::tap;
use crate::view::FilterKind;
use crate::web::rows::folded;
use crate::web::words::use_words;

/// A filter's mark: its hue and its pictogram, always together.
#[component]
pub fn Mark(
    /// Which filter.
    kind: FilterKind,
    /// Whether it has no condition.
    #[prop(into)]
    idle: Signal<bool>,
) -> impl IntoView {
    view! {
        <span class="mark" class=("mark--idle", idle) data-filter=style_name(kind)>
            <Icon glyph=Glyph::Filter(kind)/>
        </span>
    }
    .into_any()
}

/// All boxes, ticked where the view has them, and a field that finds one by name.
#[component]
pub fn BoxOffer(
    /// Boxes shown, in order.
    shown: Signal<Vec<FilterKind>>,
    /// A box is to be shown or not.
    on_show: Callback<(FilterKind, bool)>,
    /// The keyboard is to go to a box, which is to be shown for that.
    on_go: Callback<FilterKind>,
    /// Where the field that finds a box can be found.
    finder: NodeRef<Input>,
) -> impl IntoView {
    let words = use_words();
    let workspace = &words.messages.workspace;
    let missed = RwSignal::new(false);
    let summary = move || {
        let count = shown.with(Vec::len) as u32;
        if count == 0 {
            return workspace.first_boxes.to_owned();
        }
        let all = words.formats.count(FilterKind::COUNT as u32);
        (workspace.boxes_shown)(&words.formats.count(count), &all)
    };
    let on_key = move |key: KeyboardEvent| {
        key.stop_propagation();
        if key.key() != "Enter" {
            missed.set(false);
            return;
        }
        let Some(input) = finder.get_untracked() else { return };
        let wanted = folded(&input.value());
        let title = |kind: FilterKind| folded(words.title(kind));
        let found = FilterKind::ALL.into_iter().find(|kind| title(*kind).starts_with(&wanted));
        let found = found
            .or_else(|| FilterKind::ALL.into_iter().find(|kind| title(*kind).contains(&wanted)));
        match found.filter(|_| !wanted.trim().is_empty()) {
            Some(kind) => {
                input.set_value("");
                on_go.run(kind);
            }
            None => missed.set(true),
        }
    };
    let row = move |kind: FilterKind| {
        let is_shown = Memo::new(move |_| shown.with(|shown| shown.contains(&kind)));
        let title = words.title(kind);
        let label = move || {
            if is_shown.get() { (workspace.remove_box)(title) } else { (workspace.add_box)(title) }
        };
        view! {
            <button
                class="box-offer__row"
                class=("box-offer__row--shown", is_shown)
                type="button"
                aria-pressed=move || is_shown.get().to_string()
                aria-label=title
                title=label
                on:click=tap(move || on_show.run((kind, !is_shown.get_untracked())))
            >
                <Mark kind idle=Signal::derive(move || !is_shown.get())/>
                <span class="box-offer__name">{title}</span>
            </button>
        }
    };
    view! {
        <section class="box-offer" aria-label=workspace.boxes_in_view>
            <div class="box-offer__head">
                <h2 class="box-offer__title">{workspace.boxes_in_view}</h2>
                <input
                    node_ref=finder
                    class="field box-offer__finder"
                    type="search"
                    autocomplete="off"
                    aria-label=workspace.find_box
                    placeholder=workspace.find_box
                    aria-keyshortcuts="/"
                    on:keydown=on_key
                />
            </div>
            <p class="box-offer__text" role="status">
                {move || {
                    if missed.get() { workspace.no_such_box.to_owned() } else { summary() }
                }}
            </p>
            <div class="box-offer__rows" role="group" aria-label=workspace.choose_boxes>
                {FilterKind::ALL.into_iter().map(row).collect::<Vec<_>>()}
            </div>
        </section>
    }
    .into_any()
}
