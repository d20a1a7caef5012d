//! A day that is typed, as either language writes it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::number_field::FieldMessage;
use crate::model::Day;
use crate::web::words::{read_day, use_words};

/// A field for one day; what is no day stays as it was typed, with what is allowed.
#[component]
pub fn DateField(
    /// The day as it stands.
    value: Signal<Option<Day>>,
    /// The field's name.
    label: &'static str,
    /// What an empty field reads; `None` where it must not be empty.
    empty: Option<&'static str>,
    /// Ties the field to its message; no other field of the page may have it.
    name: &'static str,
    /// Why a day does not go with another one, if it does not.
    #[prop(optional)]
    refuse: Option<Callback<Day, Option<&'static str>>>,
    /// Another day is wanted.
    on_day: Callback<Option<Day>>,
) -> impl IntoView {
    let words = use_words();
    let typed = RwSignal::new(None::<String>);
    let error = RwSignal::new(None::<String>);
    let shown = Memo::new(move |_| {
        typed
            .get()
            .unwrap_or_else(|| value.get().map(|day| words.formats.day(day)).unwrap_or_default())
    });
    let commit = move || {
        let Some(text) = typed.get_untracked() else { return };
        if text.trim().is_empty() && empty.is_some() {
            error.set(None);
            typed.set(None);
            on_day.run(None);
            return;
        }
        let allowed = || {
            let (first, last) = (Day::MIN.to_string(), Day::MAX.to_string());
            (words.messages.boxes.allowed_day)(&first, &last)
        };
        let read = read_day(&text).ok_or_else(allowed);
        let read = read.and_then(|day| {
            let reason = refuse.and_then(|refuse| refuse.run(day));
            reason.map_or(Ok(day), |reason| Err(reason.to_owned()))
        });
        match read {
            Ok(day) => {
                error.set(None);
                typed.set(None);
                on_day.run(Some(day));
            }
            Err(message) => error.set(Some(message)),
        }
    };
    let on_key = move |key: KeyboardEvent| match key.key().as_str() {
        "Enter" => commit(),
        "Escape" if typed.with_untracked(Option::is_some) => {
            error.set(None);
            typed.set(None);
        }
        _ => {}
    };
    let message_name = format!("{name}-message");
    let described_by = message_name.clone();
    view! {
        <span class="date-field">
            <input
                class="field"
                class=("field--wrong", move || error.with(Option::is_some))
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-label=label
                placeholder=empty.unwrap_or_default()
                prop:value=shown
                aria-invalid=move || error.with(|error| error.is_some().to_string())
                aria-describedby=move || error.with(Option::is_some).then(|| described_by.clone())
                on:input=move |event| typed.set(Some(event_target_value(&event)))
                on:change=move |_| commit()
                on:keydown=on_key
            />
            {move || {
                error
                    .get()
                    .map(|message| view! { <FieldMessage name=message_name.clone() message/> })
            }}
        </span>
    }
    .into_any()
}
