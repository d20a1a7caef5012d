//! The result: always there, and the first thing one sees.

use std::time::Duration;

use leptos::prelude::*;

use crate::web::words::use_words;

/// How long a total has to stand before it is read out: a drag would never end.
const BEFORE_READING: Duration = Duration::from_millis(700);

/// What the bar shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResultNumbers {
    /// The result.
    pub total: u32,
    /// The segment.
    pub segment: u32,
    /// The segment less whom the view leaves out.
    pub audience: u32,
    /// Of the result, with an e-mail address.
    pub with_email: u32,
    /// Of the result, with the marketing consent; `None` where the venue names none.
    pub with_consent: Option<u32>,
}

/// The bar at the bottom.
#[component]
pub fn ResultBar(
    /// Its numbers; `None` while there are none yet.
    #[prop(into)]
    numbers: Signal<Option<ResultNumbers>>,
    /// What can be done with the result.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = use_words();
    let bar = &words.messages.bar;
    let total = Memo::new(move |_| numbers.get().map(|numbers| numbers.total));
    let share = move |label: Signal<String>,
                      pick: fn(ResultNumbers) -> Option<(u32, u32)>,
                      is_share: bool| {
        let part = Memo::new(move |_| numbers.get().and_then(pick));
        let percent = move || part.get().and_then(|(part, whole)| words.formats.share(part, whole));
        let count = move || part.get().map(|(part, _)| words.formats.count(part));
        let first = move || if is_share { percent() } else { count() };
        let second = move || if is_share { None } else { percent() };
        let width = move || {
            let (part, whole) = part.get().unwrap_or((0, 1));
            super::percent(f64::from(part) / f64::from(whole.max(1)))
        };
        view! {
            <div class="result-bar__share">
                <dt>{label}</dt>
                <dd>{move || first().unwrap_or_else(|| "–".into())}</dd>
                <dd class="result-bar__percent">{second}</dd>
                <dd class="result-bar__meter" style=("--share", width) aria-hidden="true"></dd>
            </div>
        }
    };
    let of_audience = Signal::derive(move || {
        let numbers = numbers.get();
        let audience = numbers.map(|numbers| words.formats.count(numbers.audience));
        let is_part = numbers.is_some_and(|numbers| numbers.audience < numbers.segment);
        (bar.of_audience)(audience.as_deref().unwrap_or("–"), is_part)
    });
    let consent = Signal::derive(move || {
        let is_named = numbers.get().is_none_or(|numbers| numbers.with_consent.is_some());
        if is_named { bar.with_consent.to_owned() } else { bar.no_consent.to_owned() }
    });
    let email = Signal::derive(move || bar.with_email.to_owned());
    let count = move || total.get().map_or_else(|| "–".into(), |total| words.formats.count(total));
    let word =
        move || (words.messages.customers)(words.formats.plural(total.get().unwrap_or_default()));
    view! {
        <footer class="result-bar" aria-label=bar.region tabindex="-1">
            <p class="result-bar__total">
                <output class="result-bar__number" aria-live="off">{count}</output>
                <span class="result-bar__word">{word}</span>
            </p>
            <Spoken total=total.into()/>
            <dl class="result-bar__shares">
                {share(of_audience, |numbers| Some((numbers.total, numbers.audience)), true)}
                {share(email, |numbers| Some((numbers.with_email, numbers.total)), false)}
                {share(consent, |numbers| Some((numbers.with_consent?, numbers.total)), false)}
            </dl>
            <div class="result-bar__actions">{children.map(|children| children())}</div>
        </footer>
    }
    .into_any()
}

/// The total for screen readers, once it stands still.
#[component]
fn Spoken(total: Signal<Option<u32>>) -> impl IntoView {
    let words = use_words();
    let said = RwSignal::new(String::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
    };
    Effect::new(move |_| {
        let Some(total) = total.get() else { return };
        stop();
        let handle =
            set_timeout_with_handle(move || said.set(words.customers(total)), BEFORE_READING);
        waiting.set_value(handle.ok());
    });
    on_cleanup(stop);
    view! { <span class="visually-hidden" role="status">{said}</span> }.into_any()
}
