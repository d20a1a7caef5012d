//! What the list is for, and what it needs for that.

use std::rc::Rc;

use leptos::prelude::*;

use super::warning;
use crate::export::Format;
use crate::web::components::{Switch, SwitchChoice};
use crate::web::platform;
use crate::web::state::Exporting;
use crate::web::words::exporting::ExportWords;
use crate::web::words::use_words;

/// The formats of each destination, in the order of the words.
const DESTINATIONS: [[Format; 2]; 4] = [
    [Format::ListCsv, Format::ListXlsx],
    [Format::FullCsv, Format::FullXlsx],
    [Format::MetaCsv, Format::MetaPlainCsv],
    [Format::MailchimpCsv, Format::ApsisCsv],
];

/// What for, and in which form.
#[component]
pub fn Choice(exporting: Exporting) -> impl IntoView {
    let words = use_words();
    let t = ExportWords::of(words.language);
    // Each destination remembers its form.
    let forms = RwSignal::new([0_usize; 4]);
    let row = |at: usize| {
        let (name, note) = t.destinations[at];
        let is_chosen = move || DESTINATIONS[at].contains(&exporting.format.get());
        // One position of all stands for what is chosen; a click on any other chooses it.
        let form = move || if is_chosen() { forms.get()[at] } else { usize::MAX };
        let choose = move |form: usize| {
            forms.update(|forms| forms[at] = form);
            exporting.format.set(DESTINATIONS[at][form]);
        };
        let texts = match at {
            0 | 1 => [t.csv, t.excel],
            2 => [t.hashed, t.plain],
            _ => ["Mailchimp", "APSIS"],
        };
        view! {
            <div class="exporting__choice" class=("exporting__choice--chosen", is_chosen)>
                <label class="exporting__for">
                    <input
                        type="radio"
                        name="export-for"
                        prop:checked=is_chosen
                        on:change=move |_| choose(forms.get_untracked()[at])
                    />
                    <span>
                        <span class="exporting__name">{name}</span>
                        <span class="exporting__note">{note}</span>
                    </span>
                </label>
                <Switch
                    group=format!("export-form-{at}")
                    label=format!("{name}: {}", t.file)
                    choices=texts.map(SwitchChoice::text).to_vec()
                    chosen=Signal::derive(form)
                    on_choose=Callback::new(choose)
                />
            </div>
        }
        .into_any()
    };
    view! {
        <div class="exporting__choices" role="group" aria-label=t.what_for>
            {(0..DESTINATIONS.len()).map(row).collect::<Vec<_>>()}
        </div>
        <div class="exporting__settings">
            {move || exporting.format.get().is_meta().then(|| view! { <Audience exporting/> })}
            {move || exporting.format.get().is_gated().then(|| view! { <Consent exporting/> })}
            <LeaveOut exporting/>
        </div>
    }
    .into_any()
}

#[component]
fn Audience(exporting: Exporting) -> impl IntoView {
    let t = ExportWords::of(use_words().language);
    view! {
        <div>
            <label>
                <span class="label">{t.audience}</span>
                <input
                    class="field"
                    type="text"
                    autocomplete="off"
                    maxlength="200"
                    aria-describedby="export-audience"
                    prop:value=exporting.audience
                    on:input=move |event| exporting.audience.set(event_target_value(&event))
                />
            </label>
            <span class="exporting__note" id="export-audience">{t.audience_hint}</span>
            {move || exporting.telling.get().map(|word| warning((t.telling)(&word), false, None))}
        </div>
    }
    .into_any()
}

#[component]
fn Consent(exporting: Exporting) -> impl IntoView {
    let t = ExportWords::of(use_words().language);
    let gate = move || match exporting.consent() {
        None => warning(t.no_consent_named.to_owned(), false, None),
        Some(_) => ().into_any(),
    };
    let label = move || {
        let consent = exporting.consent();
        (t.only_with_consent)(consent.as_deref().unwrap_or(t.consent))
    };
    view! {
        <div>
            {gate}
            <div class="exporting__line">
                <label class="exporting__gate">
                    <input
                        class="check"
                        type="checkbox"
                        prop:checked=move || !exporting.is_ungated.get()
                        on:change=move |event| {
                            exporting.is_ungated.set(!event_target_checked(&event));
                        }
                    />
                    {label}
                </label>
                <span class="exporting__note">{t.consent_hint}</span>
            </div>
            {move || exporting.is_ungated.get().then(|| view! { <WhyWithout exporting/> })}
        </div>
    }
    .into_any()
}

#[component]
fn WhyWithout(exporting: Exporting) -> impl IntoView {
    let t = ExportWords::of(use_words().language);
    view! {
        <label>
            <span class="label">{t.why_without}</span>
            <input
                class="field"
                type="text"
                autocomplete="off"
                maxlength="500"
                required
                placeholder=t.why_hint
                prop:value=exporting.reason
                on:input=move |event| exporting.reason.set(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}

#[component]
fn LeaveOut(exporting: Exporting) -> impl IntoView {
    let t = ExportWords::of(use_words().language);
    let choose = move |_| {
        platform::choose_files(".txt,.csv,text/plain", false, move |files| {
            let Some(file) = files.into_iter().next() else { return };
            let name = file.name();
            platform::read_file(&file, move |bytes| {
                if let Some(bytes) = bytes {
                    exporting.left_out.try_set(Some((name, Rc::new(bytes))));
                }
            });
        });
    };
    let chosen = move || {
        exporting.left_out.with(|file| file.as_ref().map(|(name, _)| name.clone())).map(|name| {
            view! {
                <span>{name}</span>
                <button
                    class="button button--quiet"
                    type="button"
                    on:click=move |_| exporting.left_out.set(None)
                >
                    {t.take_away}
                </button>
            }
        })
    };
    view! {
        <div class="exporting__line">
            <button class="button" type="button" on:click=choose>{t.leave_out_file}</button>
            {chosen}
            <span class="exporting__note">{t.leave_out_hint}</span>
        </div>
    }
    .into_any()
}
