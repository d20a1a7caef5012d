//! The boxes, tied to the view at hand.

use leptos::html::Input;
use leptos::prelude::*;

use super::order::Order;
use crate::view::{Filter, FilterKind, View};
use crate::web::components::{
    BoxNumbers, BoxOffer, FilterBox, Mark, Phase, keyed, style_name, tap,
};
use crate::web::pages::focus;
use crate::web::protocol::Numbers;
use crate::web::state::{Workspace, use_app};
use crate::web::words::use_words;

/// All boxes of the view.
#[component]
pub fn Boxes() -> impl IntoView {
    let workspace = use_app().workspace;
    let words = use_words();
    let texts = &words.messages.workspace;
    let order = Order::new(workspace, words);
    let shown = Memo::new(move |_| workspace.boxes());
    let is_empty = Memo::new(move |_| shown.with(Vec::is_empty));
    view! {
        <div
            class="workspace__boxes"
            class=("workspace__boxes--moving", move || order.is_held())
            role="region"
            aria-label=texts.boxes
            tabindex="-1"
            on:pointermove=move |event| order.pass(&event)
            on:pointerup=move |_| order.let_go()
            on:pointercancel=move |_| order.let_go()
            on:pointerleave=move |_| order.let_go()
        >
            {keyed(
                move || shown.get(),
                |kind| kind.name().to_owned(),
                move |kind| view! { <OneBox kind order/> }.into_any(),
            )}
            {move || is_empty.get().then(|| view! { <NoBoxes/> })}
        </div>
        <p class="visually-hidden" role="status">{move || order.said()}</p>
    }
    .into_any()
}

/// What to do with a view that has no boxes, in the place where they will be.
#[component]
fn NoBoxes() -> impl IntoView {
    let workspace = use_app().workspace;
    let texts = &use_words().messages.workspace;
    let all = move || {
        workspace.change(|view| view.boxes = Some(FilterKind::ALL.to_vec()));
        request_animation_frame(|| focus::on(".filter-box"));
    };
    view! {
        <section class="no-boxes" aria-label=texts.no_boxes>
            <h2 class="no-boxes__title">{texts.no_boxes}</h2>
            <p class="no-boxes__text">{texts.no_boxes_text}</p>
            <div class="no-boxes__ways">
                <button
                    class="button button--primary"
                    type="button"
                    on:click=tap(|| focus::on(".box-offer__row"))
                >
                    {texts.choose_boxes}
                </button>
                <button class="button" type="button" on:click=tap(all)>
                    {texts.all_boxes}
                </button>
            </div>
        </section>
    }
    .into_any()
}

/// The place to choose boxes: beside them, or above them on a narrow page, whatever is chosen.
#[component]
pub fn Offer(finder: NodeRef<Input>) -> impl IntoView {
    let workspace = use_app().workspace;
    let shown = Memo::new(move |_| workspace.boxes());
    let on_show = Callback::new(move |(kind, is_shown)| show(workspace, kind, is_shown));
    view! {
        <BoxOffer
            shown=shown.into()
            on_show
            on_go=Callback::new(move |kind| go_to(workspace, kind))
            finder
        />
    }
    .into_any()
}

/// Marks to jump with, on a phone.
#[component]
pub fn BoxIndex() -> impl IntoView {
    let workspace = use_app().workspace;
    let words = use_words();
    let shown = Memo::new(move |_| workspace.boxes());
    let view = workspace.view();
    let mark = move |kind: FilterKind| {
        view! {
            <button
                class="box-index__mark"
                type="button"
                aria-label=words.title(kind)
                on:click=tap(move || go_to(workspace, kind))
            >
                <Mark
                    kind
                    idle=Signal::derive(move || view.with(|view| !view.is_active(kind)))
                />
            </button>
        }
        .into_any()
    };
    view! {
        <nav class="box-index" aria-label=words.messages.workspace.boxes>
            {keyed(move || shown.get(), |kind| kind.name().to_owned(), mark)}
        </nav>
    }
    .into_any()
}

/// Puts the keyboard on a box, which is shown for that if it was not.
pub fn go_to(workspace: Workspace, kind: FilterKind) {
    if !workspace.boxes_untracked().contains(&kind) {
        show(workspace, kind, true);
    }
    // The box may have to be drawn first.
    request_animation_frame(move || {
        focus::on(&format!(".filter-box[data-filter={}]", style_name(kind)));
    });
}

/// Shows a box, last; or takes it away with its condition: what is not there asks for nothing.
fn show(workspace: Workspace, kind: FilterKind, is_shown: bool) {
    let mut boxes = workspace.boxes_untracked();
    boxes.retain(|other| *other != kind);
    if is_shown {
        boxes.push(kind);
    }
    workspace.change(|view| {
        view.boxes = Some(boxes);
        if !is_shown {
            view.filters.clear(kind);
            view.muted.retain(|other| *other != kind);
        }
    });
}

#[component]
fn OneBox(kind: FilterKind, order: Order) -> impl IntoView {
    let workspace = use_app().workspace;
    let words = use_words();
    let view = workspace.view();
    let all_numbers = workspace.numbers_signal();
    let read = move |read: fn(&View, FilterKind) -> bool| {
        Signal::from(Memo::new(move |_| view.with(|view| read(view, kind))))
    };
    let filter = Memo::new(move |_| view.with(|view| view.filters.get(kind)));
    let muted = read(|view, kind| view.muted.contains(&kind));
    let count_over = Memo::new(move |_| view.with(|view| view.count_over));
    let numbers = Memo::new(move |_| {
        all_numbers.with(|numbers| {
            numbers.as_ref().map(|numbers| three_numbers(numbers, kind)).unwrap_or_default()
        })
    });
    let histogram =
        Memo::new(move |_| all_numbers.with(|numbers| numbers.as_ref()?.histogram(kind).cloned()));
    let choices = Memo::new(move |_| {
        all_numbers.with(|numbers| Some(numbers.as_ref()?.choices(kind)?.counts.clone()))
    });
    let way_out = Memo::new(move |_| {
        all_numbers.with(|numbers| {
            let left = numbers.as_ref().and_then(|numbers| way_out(numbers))?;
            let offer = words.messages.workspace.mute_to_get;
            (left.0 == kind).then(|| offer(words.title(kind), &words.customers(left.1)))
        })
    });
    let on_filter = Callback::new(move |(filter, phase): (Option<Filter>, Phase)| {
        workspace.drag(|view| set(view, kind, filter));
        if phase == Phase::Settled {
            workspace.settle();
        }
    });
    let on_mute = Callback::new(move |muted| {
        workspace.change(|view| {
            view.muted.retain(|other| *other != kind);
            if muted {
                view.muted.push(kind);
            }
        });
    });
    view! {
        <FilterBox
            kind
            filter=filter.into()
            muted
            count_over=count_over.into()
            numbers=numbers.into()
            histogram=histogram.into()
            choices=choices.into()
            way_out=way_out.into()
            on_filter
            on_mute
            on_move=Callback::new(move |wanted| order.take(kind, wanted))
        />
    }
    .into_any()
}

/// Gives a filter another setting; its box stays where it is.
fn set(view: &mut View, kind: FilterKind, filter: Option<Filter>) {
    if view.boxes.is_none() {
        let boxes = FilterKind::ALL.into_iter().filter(|kind| view.filters.has(*kind));
        view.boxes = Some(boxes.collect());
    }
    if let Some(filter) = filter {
        view.filters.set(filter);
    } else {
        view.filters.clear(kind);
        view.muted.retain(|other| *other != kind);
    }
}

fn three_numbers(numbers: &Numbers, kind: FilterKind) -> BoxNumbers {
    let counts = numbers.shown(kind);
    BoxNumbers {
        matching: counts.map(|counts| counts.matching),
        without: counts.map(|counts| counts.without),
        unknown: counts.map(|counts| counts.unknown),
    }
}

/// Out of an empty result: the filter whose absence leaves most, and how many that are.
fn way_out(numbers: &Numbers) -> Option<(FilterKind, u32)> {
    if numbers.total > 0 {
        return None;
    }
    let left =
        FilterKind::ALL.into_iter().filter_map(|kind| Some((kind, numbers.filter(kind)?.without)));
    left.filter(|(_, without)| *without > 0).max_by_key(|(_, without)| *without)
}
