//! The head of a box: mark, title, state, mute, reset, one line of explanation.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

use super::icon::{Glyph, Icon};
use super::switch::{Switch, SwitchChoice};
use super::tap::tap;
use crate::view::{Basis, FilterKind};
use crate::web::dial::counts_tickets;
use crate::web::words::use_words;

/// Where a box is to go among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoxMove {
    /// A hand took hold of it: it goes where the hand goes.
    Hold,
    /// One place towards the first.
    Earlier,
    /// One place towards the last.
    Later,
    /// Before all others.
    First,
    /// Behind all others.
    Last,
}

/// The head of a box.
#[component]
pub fn BoxHead(
    /// Which filter.
    kind: FilterKind,
    /// Whether it has a condition.
    has_condition: Signal<bool>,
    /// Whether it is muted.
    muted: Signal<bool>,
    /// Which tickets it counts.
    basis: Signal<Basis>,
    /// Which tickets the view counts where a box does not say.
    count_over: Signal<Basis>,
    /// What muting it would lead to, where that is worth saying.
    way_out: Signal<Option<String>>,
    /// It is to be muted or not.
    on_mute: Callback<bool>,
    /// It is to ask nothing.
    on_reset: Callback<()>,
    /// It is to count other tickets.
    on_basis: Callback<Basis>,
    /// It is to go elsewhere.
    on_move: Callback<BoxMove>,
) -> impl IntoView {
    let words = use_words();
    let boxes = &words.messages.boxes;
    let title = words.title(kind);
    let state = move || match (has_condition.get(), muted.get()) {
        (false, _) => Some(boxes.no_condition),
        (true, true) => Some(boxes.muted),
        (true, false) => None,
    };
    let over = counts_tickets(kind).then(|| {
        let choices = vec![
            SwitchChoice { name: boxes.these_events, ..SwitchChoice::text(boxes.these) },
            SwitchChoice { name: boxes.all_events, ..SwitchChoice::text(boxes.all_short) },
        ];
        let chosen = Signal::derive(move || usize::from(basis.get() == Basis::History));
        let on_choose = Callback::new(move |at| {
            on_basis.run(if at == 0 { Basis::Scope } else { Basis::History });
        });
        let label = (boxes.counts_tickets_to)(title);
        let is_own = move || basis.get() != count_over.get();
        view! {
            <span
                class="box-head__over"
                class=("box-head__over--own", is_own)
                title=move || is_own().then_some(boxes.own_word)
            >
                <Switch group=format!("over-{}", kind.name()) label choices chosen on_choose/>
                <span class="visually-hidden">{move || is_own().then_some(boxes.own_word)}</span>
            </span>
        }
        .into_any()
    });
    view! {
        <header class="box-head">
            <button
                class="mark box-head__grip"
                class=("mark--idle", move || !has_condition.get() || muted.get())
                type="button"
                aria-label=(boxes.move_box)(title)
                title=(boxes.move_box)(title)
                on:pointerdown=move |press| hold(&press, on_move)
                on:keydown=move |key| on_arrow(&key, on_move)
            >
                <Icon glyph=Glyph::Filter(kind)/>
            </button>
            <div class="box-head__name">
                <h2 class="box-head__title">{title}</h2>
                <span class="box-head__state">{state}</span>
            </div>
            <span class="box-head__tools">
                <button
                    class="tool"
                    type="button"
                    aria-pressed=move || muted.get().to_string()
                    aria-label=(boxes.mute)(title)
                    title=(boxes.mute)(title)
                    hidden=move || !has_condition.get()
                    on:click=tap(move || on_mute.run(!muted.get_untracked()))
                >
                    <Icon glyph=Glyph::Mute/>
                </button>
                <button
                    class="tool"
                    type="button"
                    aria-label=(boxes.reset)(title)
                    title=(boxes.reset)(title)
                    hidden=move || !has_condition.get()
                    on:click=tap(move || on_reset.run(()))
                >
                    <Icon glyph=Glyph::Reset/>
                </button>
            </span>
            <p class="box-head__hint" title=(boxes.hint)(kind)>{(boxes.hint)(kind)}</p>
            {over}
            {move || {
                way_out
                    .get()
                    .map(|text| {
                        view! {
                            <button
                                class="button box-head__way-out"
                                type="button"
                                on:click=tap(move || on_mute.run(true))
                            >
                                {text}
                            </button>
                        }
                    })
            }}
        </header>
    }
    .into_any()
}

fn hold(press: &PointerEvent, on_move: Callback<BoxMove>) {
    if press.button() != 0 {
        return;
    }
    let grip = press.current_target().and_then(|grip| grip.dyn_into::<Element>().ok());
    if let Some(grip) = grip {
        // A finger is captured by what it touches first; the boxes it passes must hear of it.
        grip.release_pointer_capture(press.pointer_id()).ok();
    }
    on_move.run(BoxMove::Hold);
}

fn on_arrow(key: &KeyboardEvent, on_move: Callback<BoxMove>) {
    if key.ctrl_key() || key.meta_key() || key.alt_key() {
        return;
    }
    let wanted = match key.key().as_str() {
        "ArrowLeft" | "ArrowUp" => BoxMove::Earlier,
        "ArrowRight" | "ArrowDown" => BoxMove::Later,
        "Home" => BoxMove::First,
        "End" => BoxMove::Last,
        _ => return,
    };
    key.prevent_default();
    on_move.run(wanted);
}
