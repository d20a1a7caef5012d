//! What a special offer says: offer, layout, subject and text in each language.

use leptos::prelude::*;

use super::offer::{Choices, Draft, Lacking};
use crate::web::pages::said::trouble_said;
use crate::web::platform;
use crate::web::state::sync::entry::in_path;
use crate::web::state::sync::fetched;
use crate::web::state::use_app;
use crate::web::words::{Words, use_words};
use crate::wire::{CampaignText, Layout, LayoutDetails};

/// The fields of a special offer.
#[component]
pub fn OfferForm(
    /// What is being written.
    draft: Draft,
    /// What there is to choose from.
    choices: Choices,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.offering();
    fetch_layouts(draft, choices, words);
    Effect::new(move |_| {
        let id = draft.layout.get();
        if !id.is_empty() && app.endpoint.address().is_some() {
            fetch_content(id, draft, choices);
        }
    });
    // The only one there is needs no choosing.
    Effect::new(move |_| {
        let Some(open) = app.data.open() else { return };
        if let ([only], true) =
            (&*choices.offers.get(), draft.offer.with_untracked(String::is_empty))
        {
            draft.offer.set(open.names.offers[only.at].id.clone());
        }
    });
    let offers = move || {
        let Some(open) = app.data.open() else { return Vec::new() };
        let offer =
            |at: usize| (open.names.offers[at].id.clone(), open.names.offers[at].name.clone());
        choices.offers.get().into_iter().map(|running| offer(running.at)).collect::<Vec<_>>()
    };
    let has_offers = move || choices.offers.with(|offers| !offers.is_empty());
    let layouts = move || {
        let pair = |layout: Layout| (layout.id, layout.name);
        choices.layouts.get().unwrap_or_default().into_iter().map(pair).collect::<Vec<_>>()
    };
    let note = move || {
        let is_empty = choices.layouts.with(|layouts| layouts.as_ref().is_some_and(Vec::is_empty));
        choices.trouble.get().or_else(|| is_empty.then(|| t.no_layouts.to_owned()))
    };
    view! {
        <Chooser id="offer" label=t.offer none=t.choose_offer options=Signal::derive(offers) chosen=draft.offer/>
        <p class="offer__note" role="status">{move || (!has_offers()).then_some(t.no_offers)}</p>
        <Chooser id="layout" label=t.layout none=t.choose_layout options=Signal::derive(layouts) chosen=draft.layout/>
        <p class="offer__note" role="status">{note}</p>
        <Languages draft choices/>
        {move || {
            let language = draft.language.get();
            (!language.is_empty()).then(|| view! { <Texts draft language/> }.into_any())
        }}
    }
    .into_any()
}

/// A list to choose one of.
#[component]
fn Chooser(
    id: &'static str,
    label: &'static str,
    none: &'static str,
    options: Signal<Vec<(String, String)>>,
    chosen: RwSignal<String>,
) -> impl IntoView {
    let options = move || {
        let option = |(value, name): (String, String)| {
            let is_chosen = chosen.get_untracked() == value;
            view! { <option value=value selected=is_chosen>{name}</option> }
        };
        options.get().into_iter().map(option).collect_view()
    };
    view! {
        <div>
            <label class="label" for=id>{label}</label>
            <select
                id=id
                class="field"
                prop:value=chosen
                on:change=move |event| chosen.set(event_target_value(&event))
            >
                <option value="">{none}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// The languages of the layout, as tabs.
#[component]
fn Languages(draft: Draft, choices: Choices) -> impl IntoView {
    let words = use_words();
    let t = words.offering();
    let tabs = move || {
        let languages = choices.content.with(|content| {
            let languages =
                content.as_ref().map(|content| content.layout.languages.keys().cloned());
            languages.map(Iterator::collect::<Vec<_>>)
        });
        let tab = |language: String| {
            let name = capitalised(&platform::language_name(&language, words.language.code()));
            let (mine, other) = (language.clone(), language.clone());
            view! {
                <button
                    class="mode-switch__choice"
                    type="button"
                    aria-pressed=move || (draft.language.get() == mine).to_string()
                    on:click=move |_| draft.language.set(other.clone())
                >
                    {name}
                </button>
            }
        };
        languages.unwrap_or_default().into_iter().map(tab).collect_view()
    };
    let named = move |language: &str| platform::language_name(language, words.language.code());
    let wrong = move || {
        let lacking = choices.lacking(draft);
        // What has to be written is asked for in one way.
        let is_asked_for = |language: &String| matches!(&lacking, Some(Lacking::Text(needed)) if needed == language);
        let half = draft.half_written().into_iter().filter(|language| !is_asked_for(language));
        let half: Vec<_> = half.map(|language| (t.half_written)(&named(&language))).collect();
        let lacking = lacking.map(|lacking| match lacking {
            Lacking::Text(language) => (t.needs_language)(&named(&language)),
            Lacking::Layout(language) => (t.layout_lacks)(&named(&language)),
        });
        half.into_iter().chain(lacking).collect::<Vec<_>>().join(" ")
    };
    view! {
        <div hidden=move || choices.content.with(Option::is_none)>
            <span class="mode-switch" role="group" aria-label=t.language>{tabs}</span>
            <p class="offer__note">{t.language_hint}</p>
            <p class="offer__note" role="status">{wrong}</p>
        </div>
    }
    .into_any()
}

/// A name at a beginning: Swedish writes its languages small.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map_or_else(String::new, |first| first.to_uppercase().collect());
    first + letters.as_str()
}

/// Subject and text in one language.
#[component]
fn Texts(draft: Draft, language: String) -> impl IntoView {
    let t = use_words().offering();
    let key = StoredValue::new(language.clone());
    let now = draft.texts.with_untracked(|texts| texts.get(&language).cloned());
    let now = now.unwrap_or(CampaignText { subject: String::new(), text: String::new() });
    let change = move |alter: &dyn Fn(&mut CampaignText)| {
        draft.texts.update(|texts| {
            let text = texts
                .entry(key.get_value())
                .or_insert_with(|| CampaignText { subject: String::new(), text: String::new() });
            alter(text);
        });
    };
    view! {
        <div>
            <label class="label" for="offer-subject">{t.subject}</label>
            <input
                id="offer-subject"
                class="field"
                type="text"
                lang=language.clone()
                autocomplete="off"
                maxlength="200"
                prop:value=now.subject
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    change(&|text| text.subject.clone_from(&typed));
                }
            />
        </div>
        <div>
            <label class="label" for="offer-text">{t.text}</label>
            <textarea
                id="offer-text"
                class="field field--area"
                rows="6"
                lang=language
                prop:value=now.text
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    change(&|text| text.text.clone_from(&typed));
                }
            ></textarea>
        </div>
    }
    .into_any()
}

fn fetch_layouts(draft: Draft, choices: Choices, words: Words) {
    let endpoint = use_app().endpoint;
    if untrack(|| endpoint.address()).is_none() {
        return;
    }
    platform::spawn_local(async move {
        let fetched = fetched(endpoint, "/v1/layouts").await;
        let failed = |trouble| (words.offering().layouts_failed)(&trouble_said(&trouble, words));
        let (body, trouble) = match fetched {
            Ok(fetched) => fetched,
            Err(trouble) => {
                choices.trouble.try_set(Some(failed(trouble)));
                return;
            }
        };
        choices.trouble.try_set(trouble.map(|trouble| trouble_said(&trouble, words)));
        let layouts: Vec<Layout> = serde_json::from_str(&body).unwrap_or_default();
        let is_there =
            draft.layout.with_untracked(|chosen| layouts.iter().any(|one| one.id == *chosen));
        if !is_there {
            let only = if let [only] = &*layouts { only.id.clone() } else { String::new() };
            draft.layout.set(only);
        }
        // Whoever closed the dialog asks no more.
        choices.layouts.try_set(Some(layouts));
    });
}

fn fetch_content(id: String, draft: Draft, choices: Choices) {
    let endpoint = use_app().endpoint;
    platform::spawn_local(async move {
        let path = format!("/v1/layouts/{}", in_path(&id));
        let Ok((body, _)) = fetched(endpoint, &path).await else { return };
        let Ok(content) = serde_json::from_str::<LayoutDetails>(&body) else { return };
        let languages = &content.layout.languages;
        let has = |language: &String| languages.contains_key(language);
        if !draft.language.with_untracked(has) {
            // What has to be written first.
            let usual = content.default_language.clone().filter(has);
            let first = usual.or_else(|| languages.keys().next().cloned());
            draft.language.set(first.unwrap_or_default());
        }
        draft.texts.update(|texts| texts.retain(|language, _| has(language)));
        choices.content.try_set(Some(content));
    });
}
