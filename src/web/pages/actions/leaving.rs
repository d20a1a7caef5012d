//! When mails leave.

use leptos::prelude::*;

use crate::web::words::use_words;
use crate::wire::{DEFAULT_DELAY_MINUTES, MAX_AHEAD_MINUTES};

/// Minutes to choose from, within what the endpoint allows.
const CHOICES: [i64; 4] = [DEFAULT_DELAY_MINUTES, 5, 10, MAX_AHEAD_MINUTES];

/// The minutes until mails leave, in which they can be stopped.
#[component]
pub fn Leaving(
    /// The choice.
    delay: RwSignal<u32>,
) -> impl IntoView {
    let words = use_words();
    let t = words.offering();
    let options = CHOICES.map(|minutes| {
        let text = (t.leaves_in)(&words.formats.count(minutes as u32));
        let is_chosen = delay.get_untracked() == minutes as u32;
        view! { <option value=minutes.to_string() selected=is_chosen>{text}</option> }
    });
    let choose = move |event: leptos::ev::Event| {
        if let Ok(minutes) = event_target_value(&event).parse() {
            delay.set(minutes);
        }
    };
    view! {
        <div>
            <label class="label" for="offer-leaves">{t.leaves}</label>
            <select id="offer-leaves" class="field" on:change=choose>
                {options.into_iter().collect_view()}
            </select>
        </div>
    }
    .into_any()
}
