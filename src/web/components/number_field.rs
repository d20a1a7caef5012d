//! A number that is typed; empty reads *any*.

use leptos::ev::{Event, KeyboardEvent};
use leptos::html::Input;
use leptos::prelude::*;

use super::Phase;
use super::icon::{Glyph, Icon};
use crate::web::words::{Words, read_number, use_words, write_number};

/// What a number field takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Allowed {
    /// Whether fractions are refused.
    pub is_whole: bool,
    /// The largest number.
    pub most: f64,
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
    refuse: Callback<f64, Option<&'static str>>,
    /// Another bound is wanted.
    on_bound: Callback<(Option<f64>, Phase)>,
    /// Where the field can be found.
    #[prop(optional)]
    field: NodeRef<Input>,
    /// What it reads while it is empty, where it has no room for the usual word.
    #[prop(optional)]
    empty: Option<&'static str>,
) -> impl IntoView {
    let words = use_words();
    let typing = Typing::new(words, value, allowed, refuse, on_bound);
    let shown = Memo::new(move |_| {
        typing.text.get().unwrap_or_else(|| {
            value.get().map(|bound| write_number(bound, words.language)).unwrap_or_default()
        })
    });
    let is_wrong = move || typing.error.with(Option::is_some);
    let message_name = name + "-message";
    let described_by = message_name.clone();
    view! {
        <span class="number-field">
            <input
                node_ref=field
                class="field field--number"
                class=("field--wrong", is_wrong)
                type="text"
                inputmode=if allowed.is_whole { "numeric" } else { "decimal" }
                autocomplete="off"
                aria-label=label
                placeholder=empty.unwrap_or(words.messages.boxes.any)
                prop:value=shown
                aria-invalid=move || is_wrong().to_string()
                aria-describedby=move || is_wrong().then(|| described_by.clone())
                on:input=move |event: Event| typing.goes_on(event_target_value(&event))
                on:change=move |_| typing.ends()
                on:keydown=move |key| typing.key(&key)
            />
            {move || {
                let name = message_name.clone();
                typing.error.get().map(|message| view! { <FieldMessage name message/> })
            }}
        </span>
    }
    .into_any()
}

/// A text on its way to be a bound.
#[derive(Clone, Copy)]
struct Typing {
    words: Words,
    value: Signal<Option<f64>>,
    allowed: Allowed,
    refuse: Callback<f64, Option<&'static str>>,
    on_bound: Callback<(Option<f64>, Phase)>,
    /// What stands in the field, once somebody typed in it.
    text: RwSignal<Option<String>>,
    error: RwSignal<Option<String>>,
    /// The bound before somebody typed.
    before: StoredValue<Option<f64>>,
}

impl Typing {
    fn new(
        words: Words,
        value: Signal<Option<f64>>,
        allowed: Allowed,
        refuse: Callback<f64, Option<&'static str>>,
        on_bound: Callback<(Option<f64>, Phase)>,
    ) -> Typing {
        let (text, error) = (RwSignal::new(None), RwSignal::new(None::<String>));
        let before = StoredValue::new(None::<f64>);
        // Whoever moves the bound otherwise is done with what was typed and refused.
        Effect::new(move |_| {
            let moved = value.get() != before.get_value();
            if moved && error.with_untracked(Option::is_some) {
                error.set(None);
                text.set(None);
            }
        });
        Typing { words, value, allowed, refuse, on_bound, text, error, before }
    }

    fn read(self, text: &str) -> Result<Option<f64>, String> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let number = read_number(text, self.words.language)
            .filter(|number| *number <= self.allowed.most)
            .filter(|number| !self.allowed.is_whole || number.fract() == 0.0)
            .ok_or_else(|| self.says_what_is_allowed())?;
        match self.refuse.run(number) {
            Some(reason) => Err(reason.to_owned()),
            None => Ok(Some(number)),
        }
    }

    fn says_what_is_allowed(self) -> String {
        let boxes = &self.words.messages.boxes;
        let say = if self.allowed.is_whole { boxes.allowed_whole } else { boxes.allowed };
        let count = |number| self.words.formats.count(number);
        say(&count(0), &count(self.allowed.most as u32))
    }

    fn goes_on(self, text: String) {
        if self.text.with_untracked(Option::is_none) {
            self.before.set_value(self.value.get_untracked());
        }
        if let Ok(bound) = self.read(&text) {
            self.error.set(None);
            self.on_bound.run((bound, Phase::Moving));
        }
        self.text.set(Some(text));
    }

    fn ends(self) {
        let Some(text) = self.text.get_untracked() else { return };
        match self.read(&text) {
            Ok(bound) => {
                self.error.set(None);
                self.on_bound.run((bound, Phase::Settled));
                self.text.set(None);
            }
            Err(message) => {
                self.error.set(Some(message));
                self.on_bound.run((self.before.get_value(), Phase::Settled));
            }
        }
    }

    fn key(self, key: &KeyboardEvent) {
        match key.key().as_str() {
            "Enter" => self.ends(),
            "Escape" if self.text.with_untracked(Option::is_some) => {
                self.error.set(None);
                self.text.set(None);
                self.on_bound.run((self.before.get_value(), Phase::Settled));
            }
            _ => {}
        }
    }
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
