//! The sync endpoint: its address and token.

use leptos::prelude::*;

use crate::web::components::tap;
use crate::web::pages::said::{feed_said, trouble_said};
use crate::web::state::sync::address::AddressProblem;
use crate::web::state::sync::{Rights, Trial};
use crate::web::state::use_app;
use crate::web::words::{Words, use_words};

/// The section of the sync endpoint.
#[component]
pub fn Endpoint() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.endpoint();
    view! {
        <section class="settings__section" aria-label=t.heading>
            <h2 class="settings__heading">{t.heading}</h2>
            <p class="settings__hint">{t.hint}</p>
            <AddressForm/>
            {move || app.endpoint.address().map(|address| view! { <TokenForm address/> })}
            <p class="settings__said" role="status">{move || trial_said(words)}</p>
            {move || feed_said(words).map(|said| view! { <p class="settings__hint">{said}</p> })}
        </section>
    }
    .into_any()
}

#[component]
fn AddressForm() -> impl IntoView {
    let endpoint = use_app().endpoint;
    let t = use_words().endpoint();
    let typed = RwSignal::new(untrack(|| endpoint.address()).unwrap_or_default());
    // The site's own address may come to be known later.
    Effect::new(move |_| typed.set(endpoint.address().unwrap_or_default()));
    let problem = RwSignal::new(None::<AddressProblem>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        problem.set(endpoint.set_address(&typed.get_untracked()).err());
    };
    let is_same = move || typed.get() == endpoint.address().unwrap_or_default();
    view! {
        <form class="settings__rows" on:submit=submit>
            <label class="settings__name" for="sync-address">{t.address}</label>
            <span class="settings__line">
                <input
                    id="sync-address"
                    class="field"
                    class=("field--wrong", move || problem.with(Option::is_some))
                    type="text"
                    inputmode="url"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder="https://sync.example.org"
                    aria-describedby="sync-address-hint"
                    aria-invalid=move || problem.with(Option::is_some).to_string()
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button class="button" type="submit" disabled=is_same>{t.use_address}</button>
            </span>
            <span></span>
            <p id="sync-address-hint" class="settings__hint" role="status">
                {move || match problem.get() {
                    None => t.address_hint,
                    Some(AddressProblem::NotOne) => t.no_address,
                    Some(AddressProblem::NotHttps) => t.not_https,
                    Some(AddressProblem::MoreThanAnAddress) => t.more_than_address,
                }}
            </p>
        </form>
    }
    .into_any()
}

#[component]
fn TokenForm(address: String) -> impl IntoView {
    let endpoint = use_app().endpoint;
    let t = use_words().endpoint();
    let typed = RwSignal::new(String::new());
    let is_remembered = RwSignal::new(untrack(|| endpoint.is_remembered()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let token = typed.get_untracked().trim().to_owned();
        if token.is_empty() {
            endpoint.try_it();
        } else {
            endpoint.set_token(&token, is_remembered.get_untracked());
            typed.set(String::new());
        }
    };
    let is_ready = move || endpoint.ready().is_some();
    let is_idle = move || typed.with(|typed| typed.trim().is_empty()) && !is_ready();
    view! {
        <form class="settings__rows" on:submit=submit>
            <label class="settings__name" for="sync-token">{t.token}</label>
            <span class="settings__line">
                <input
                    id="sync-token"
                    class="field"
                    type="password"
                    autocomplete="off"
                    aria-describedby="sync-token-hint"
                    placeholder=move || if is_ready() { "••••••••" } else { "" }
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button class="button button--primary" type="submit" disabled=is_idle>
                    {t.connect}
                </button>
                <button
                    class="button"
                    type="button"
                    hidden=move || !is_ready()
                    on:click=tap(move || {
                        endpoint.forget_token();
                        is_remembered.set(false);
                    })
                >
                    {t.forget_token}
                </button>
            </span>
            <span></span>
            <span class="settings__line">
                <label class="settings__check">
                    <input
                        type="checkbox"
                        prop:checked=is_remembered
                        on:change=move |event| is_remembered.set(event_target_checked(&event))
                    />
                    {t.remember}
                </label>
            </span>
            <span></span>
            <p id="sync-token-hint" class="settings__hint">
                {move || {
                    let hint = if is_remembered.get() { t.token_kept } else { t.token_hint };
                    hint(&address)
                }}
            </p>
        </form>
    }
    .into_any()
}

fn trial_said(words: Words) -> Option<String> {
    let t = words.endpoint();
    match use_app().endpoint.trial() {
        Trial::None => None,
        Trial::Trying => Some(t.trying.to_owned()),
        Trial::Bad(trouble) => Some(trouble_said(&trouble, words)),
        Trial::Good(rights) => {
            let Rights { flags, campaigns, audiences } = rights;
            let named = [
                (flags, t.right_flags),
                (campaigns, t.right_campaigns),
                (audiences, t.right_audiences),
            ];
            let named: Vec<&str> =
                named.into_iter().filter(|(may, _)| *may).map(|(_, name)| name).collect();
            Some(if named.is_empty() {
                t.good_for_nothing.to_owned()
            } else {
                (t.good)(&named.join(", "))
            })
        }
    }
}
