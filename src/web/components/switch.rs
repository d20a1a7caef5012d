//! A row of exclusive choices: radio buttons that look like one switch.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// One position of a [`Switch`].
#[derive(Debug, Clone, Copy)]
pub struct SwitchChoice {
    /// What stands on it, unless it has a sign.
    pub text: &'static str,
    /// Its name in full, for screen readers and on hover.
    pub name: &'static str,
    /// A sign in the text's place.
    pub sign: Option<Glyph>,
    /// Whether it stands for "nothing asked".
    pub is_neutral: bool,
}

impl SwitchChoice {
    /// A position whose text says all.
    pub fn text(text: &'static str) -> SwitchChoice {
        SwitchChoice { text, name: text, sign: None, is_neutral: false }
    }

    /// A position with a sign.
    pub fn sign(sign: Glyph, name: &'static str, is_neutral: bool) -> SwitchChoice {
        SwitchChoice { text: "", name, sign: Some(sign), is_neutral }
    }
}

/// Exactly one of a few choices.
#[component]
pub fn Switch(
    /// Names the group; no other switch of the page may have it.
    #[prop(into)]
    group: String,
    /// What is switched.
    #[prop(into)]
    label: String,
    /// The positions.
    choices: Vec<SwitchChoice>,
    /// The one it stands in.
    #[prop(into)]
    chosen: Signal<usize>,
    /// Another one is wanted.
    on_choose: Callback<usize>,
) -> impl IntoView {
    let signs = choices.iter().any(|choice| choice.sign.is_some());
    let buttons = choices.into_iter().enumerate().map(move |(at, choice)| {
        let group = group.clone();
        view! {
            <label
                class="switch__choice"
                class=("switch__choice--neutral", choice.is_neutral)
                title=choice.name
            >
                <input
                    type="radio"
                    name=group
                    aria-label=choice.name
                    prop:checked=move || chosen.get() == at
                    on:change=move |_| on_choose.run(at)
                />
                {match choice.sign {
                    Some(glyph) => view! { <Icon glyph/> }.into_any(),
                    None => choice.text.into_any(),
                }}
            </label>
        }
    });
    let buttons: Vec<_> = buttons.collect();
    view! {
        <span class="switch" class=("switch--signs", signs) role="radiogroup" aria-label=label>
            {buttons}
        </span>
    }
    .into_any()
}
