//! Who goes out, who does not and why, and which cells change.

use leptos::prelude::*;

use super::people::People;
use super::warning;
use crate::export::Reason;
use crate::web::components::{Funnel, FunnelStep};
use crate::web::protocol::lists::{PeopleOf, PreflightSaid};
use crate::web::state::{Exporting, gates};
use crate::web::words::exporting::ExportWords;
use crate::web::words::{Words, use_words};

/// What the preflight found.
#[component]
pub fn Found(exporting: Exporting) -> impl IntoView {
    let words = use_words();
    let t = ExportWords::of(words.language);
    // The numbers stand until the next ones are there.
    let steps = Memo::new(move |before: Option<&Vec<FunnelStep>>| match exporting.found() {
        Some(said) => steps(exporting, &said, words),
        None => before.cloned().unwrap_or_default(),
    });
    let unfolded = Signal::derive(move || match exporting.unfolded.get()? {
        (PeopleOf::LeftOut(reason), _) => position(reason),
        (PeopleOf::Changed(_), _) => None,
    });
    let on_ask = Callback::new(move |at: usize| {
        exporting.unfold(PeopleOf::LeftOut(Reason::ALL[at]), 0);
    });
    let after = move || {
        let said = exporting.found()?;
        let few =
            exporting.few().map(|people| warning((t.few)(&words.customers(people)), false, None));
        let nobody = (said.rows_out == 0).then(|| warning(t.nobody.to_owned(), false, None));
        Some(view! { {few.filter(|_| said.rows_out > 0)} {nobody} })
    };
    view! {
        {move || (!steps.with(Vec::is_empty)).then(|| {
            view! { <Funnel title=t.funnel steps unfolded on_ask/> }
        })}
        {move || exporting.found().map(|said| cells(exporting, &said, words))}
        <People exporting/>
        {after}
    }
    .into_any()
}

fn position(reason: Reason) -> Option<usize> {
    Reason::ALL.iter().position(|known| *known == reason)
}

/// Everybody, then who is left behind each gate.
fn steps(exporting: Exporting, said: &PreflightSaid, words: Words) -> Vec<FunnelStep> {
    let t = ExportWords::of(words.language);
    let (format, is_ungated) = untrack(|| (exporting.format.get(), exporting.is_ungated.get()));
    let has_suppressions = exporting.left_out.with_untracked(Option::is_some);
    let consent = untrack(|| exporting.consent()).unwrap_or_default();
    let count = |count: u32| words.formats.count(count);
    let step = |name: String, left: u32| FunnelStep {
        name,
        count: count(left),
        left,
        stopped: String::new(),
        asks: None,
    };
    let mut left = said.rows_in;
    let mut steps = vec![step(t.in_result.to_owned(), left)];
    for reason in gates(format, is_ungated, has_suppressions) {
        let stopped = said.left_out.iter().find(|(known, _)| *known == reason);
        let stopped = stopped.map_or(0, |(_, stopped)| *stopped);
        left -= stopped;
        let name = (t.passed)(reason, format.is_meta(), &consent);
        let mut step = step(name, left);
        if stopped > 0 {
            step.stopped = (t.stopped)(reason, &count(stopped), words.formats.plural(stopped));
            step.asks = position(reason);
        }
        steps.push(step);
    }
    if steps.len() == 1 || !format.is_gated() {
        steps.push(step(t.in_file.to_owned(), said.rows_out));
    }
    steps
}

/// Cells that do not go out as they stand.
fn cells(exporting: Exporting, said: &PreflightSaid, words: Words) -> Vec<AnyView> {
    let t = ExportWords::of(words.language);
    let line = |(fate, count): &(crate::export::CellFate, u32)| {
        let of = PeopleOf::Changed(*fate);
        let text = (t.cells)(*fate, &words.formats.count(*count), words.formats.plural(*count));
        let is_open = move || {
            exporting.unfolded.with(|shown| shown.as_ref().is_some_and(|(known, _)| *known == of))
        };
        view! {
            <p class="exporting__cells">
                <button
                    class="funnel__who"
                    type="button"
                    aria-expanded=move || is_open().to_string()
                    on:click=move |_| exporting.unfold(of, 0)
                >
                    {text}
                </button>
            </p>
        }
        .into_any()
    };
    said.cells.iter().map(line).collect()
}
