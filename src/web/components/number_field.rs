//! A number that is typed; empty reads *any*.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::Phase;
use super::icon::{Glyph, Icon};
use crate::web::words::{read_number, use_words, write_number};

/// What a number field takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Allowed {
    /// Whether fractions are refused.
    pub is_whole: bool,
    /// The largest number.
    pub most: f64,
    /// Whether nothing at all is an answer.
    pub may_be_empty: bool,
}

/// A field for one bound. What is typed counts at once when it is a number that is allowed; what
/// is not stays as it was typed, with what is allowed, and the last good bound goes on counting.
#[component]
pub fn NumberField(
    /// The bound as it stands.
    value: Signal<Option<f64>>,
    /// What is allowed.
    allowed: Allowed,
    /// The field's name.
    label: &'static str,
    /// Ties the field to its message; no other field of the page may have it.
    name: String,
    /// Why a bound does not go with the other one, if it does not.
    refuse: Callback<Option<f64>, Option<&'static str>>,
    /// Another bound is wanted.
    on_bound: Callback<(Option<f64>, Phase)>,
    /// Where the field can be found.
    #[prop(optional)]
    field: NodeRef<Input>,
) -> impl IntoView {
    let words = use_words();
    let typed = RwSignal::new(None::<String>);
    let error = RwSignal::new(None::<String>);
    let before = StoredValue::new(None::<f64>);
    let boxes = &words.messages.boxes;
    let shown = Memo::new(move |_| {
        typed.get().unwrap_or_else(|| {
            value.get().map(|bound| write_number(bound, words.language)).unwrap_or_default()
        })
    });
    let said = move || {
        let most = words.formats.count(allowed.most as u32);
        let allowed_text = if allowed.is_whole { boxes.allowed_whole } else { boxes.allowed };
        allowed_text(&words.formats.count(0), &most)
    };
    let read = move |text: &str| -> Result<Option<f64>, String> {
        if text.trim().is_empty() && allowed.may_be_empty {
            return Ok(None);
        }
        let number = read_number(text, words.language)
            .filter(|number| *number <= allowed.most)
            .filter(|number| !allowed.is_whole || number.fract() == 0.0)
            .ok_or_else(said)?;
        match refuse.run(Some(number)) {
            Some(reason) => Err(reason.to_owned()),
            None => Ok(Some(number)),
        }
    };
    let on_input = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        if typed.with_untracked(Option::is_none) {
            before.set_value(value.get_untracked());
        }
        if let Ok(bound) = read(&text) {
            error.set(None);
            on_bound.run((bound, Phase::Moving));
        }
        typed.set(Some(text));
    };
    let on_change = move || {
        let Some(text) = typed.get_untracked() else { return };
        match read(&text) {
            Ok(bound) => {
                error.set(None);
                on_bound.run((bound, Phase::Settled));
                typed.set(None);
            }
            Err(message) => {
                error.set(Some(message));
                on_bound.run((before.get_value(), Phase::Settled));
            }
        }
    };
    // Whoever moves the bound otherwise is done with what was typed.
    Effect::watch(
        move || value.get(),
        move |_, _, _| {
            if error.with_untracked(Option::is_some) {
                error.set(None);
                typed.set(None);
            }
        },
        false,
    );
    let on_key = move |key: KeyboardEvent| {
        key.stop_propagation();
        match key.key().as_str() {
            "Enter" => on_change(),
            "Escape" if typed.with_untracked(Option::is_some) => {
                on_bound.run((before.get_value(), Phase::Settled));
                error.set(None);
                typed.set(None);
            }
            _ => {}
        }
    };
    let message_name = format!("{name}-message");
    let described_by = message_name.clone();
    view! {
        <span class="number-field">
            <input
                node_ref=field
                class="field field--number"
                class=("field--wrong", move || error.with(Option::is_some))
                type="text"
                inputmode=if allowed.is_whole { "numeric" } else { "decimal" }
                autocomplete="off"
                aria-label=label
                placeholder=if allowed.may_be_empty { boxes.any } else { "" }
                prop:value=shown
                aria-invalid=move || error.with(|error| error.is_some().to_string())
                aria-describedby=move || error.with(Option::is_some).then(|| described_by.clone())
                on:input=on_input
                on:change=move |_| on_change()
                on:keydown=on_key
            />
            {move || {
                error
                    .get()
                    .map(|message| {
                        view! { <FieldMessage name=message_name.clone() message/> }
                    })
            }}
        </span>
    }
    .into_any()
}

/// What is wrong with a field, over what stands above it so that nothing moves.
#[component]
pub fn FieldMessage(
    /// The message's own name, for the field that it describes.
    name: String,
    /// What is allowed.
    message: String,
) -> impl IntoView {
    view! {
        <span class="field-message" id=name role="alert">
            <Icon glyph=Glyph::Warning/>
            {message}
        </span>
    }
    .into_any()
}
