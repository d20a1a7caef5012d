//! Which tickets the boxes count where they do not say otherwise.

use leptos::prelude::*;

use super::switch::{Switch, SwitchChoice};
use crate::view::{Basis, FilterKind};
use crate::web::words::use_words;

/// The view's default, and the boxes that have a word of their own.
#[component]
pub fn CountingPanel(
    /// The view's word.
    basis: Signal<Basis>,
    /// Boxes that count otherwise.
    otherwise: Signal<Vec<FilterKind>>,
    /// Others are to be counted.
    on_basis: Callback<Basis>,
) -> impl IntoView {
    let words = use_words();
    let (panels, boxes) = (&words.messages.panels, &words.messages.boxes);
    let choices =
        vec![SwitchChoice::text(boxes.these_events), SwitchChoice::text(boxes.all_events)];
    let chosen = Signal::derive(move || usize::from(basis.get() == Basis::History));
    let on_choose = Callback::new(move |at| {
        on_basis.run(if at == 0 { Basis::Scope } else { Basis::History });
    });
    let note = move || {
        let titles: Vec<&str> =
            otherwise.with(|kinds| kinds.iter().map(|kind| words.title(*kind)).collect());
        if titles.is_empty() {
            return panels.none_otherwise.to_owned();
        }
        (panels.otherwise)(&titles.join(", "))
    };
    view! {
        <section class="choice-panel" aria-label=panels.counting data-panel="counting" tabindex="-1">
            <header class="choice-panel__head">
                <h2 class="choice-panel__title">{panels.counting}</h2>
            </header>
            <div class="choice-panel__setting">
                {panels.tickets_to}
                <Switch group="count-over" label=panels.tickets_to choices chosen on_choose/>
            </div>
            <p class="choice-panel__note" title=note>{note}</p>
        </section>
    }
    .into_any()
}
