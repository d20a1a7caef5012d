//! The line under the header: how far data has come, why it did not, what lies ready.

use leptos::prelude::*;

use crate::web::components::tap;
use crate::web::later::later;
use crate::web::platform;
use crate::web::protocol::{Failure, FailureKind, Progress, Step};
use crate::web::state::{Stage, use_app};
use crate::web::words::{Words, decimal, use_words};

/// What happens with the data; nothing while it is simply there.
#[component]
pub fn StageLine() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let page = words.page();
    view! {
        <div class="stage" aria-live="polite">
            {move || match app.data.stage() {
                Stage::Ready => ().into_any(),
                Stage::Opening(progress) => view! { <Coming progress/> }.into_any(),
                Stage::Sealed { .. } => sealed_line(),
                Stage::Failed(failure) => view! { <Failed failure/> }.into_any(),
            }}
            {move || {
                app.data
                    .newer()
                    .map(|built_at| {
                        let zone = app.data.zone();
                        let language = words.language.code();
                        let moment = platform::moment(&built_at, zone.as_deref(), language);
                        view! {
                            <div class="stage__line">
                                <span class="stage__text">{(page.newer)(&moment)}</span>
                                <button class="button" type="button" on:click=tap(move || app.data.swap_in())>
                                    {page.swap_in}
                                </button>
                            </div>
                        }
                    })
            }}
            {move || {
                app.misplaced()
                    .map(|error| {
                        view! {
                            <div class="stage__line stage__line--failed">
                                <span class="stage__text">{page.misplaced} " " {error.to_string()}</span>
                            </div>
                        }
                    })
            }}
            {move || {
                (!app.documents.is_kept())
                    .then(|| {
                        view! {
                            <div class="stage__line stage__line--failed" role="alert">
                                <span class="stage__text">{page.not_kept}</span>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// Data on its way, with a way to stop it.
#[component]
fn Coming(progress: Option<Progress>) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.data();
    let text = progress.as_ref().map(|progress| said(progress, words)).unwrap_or_default();
    // Where the line stood that asked for the passphrase.
    let is_held = progress.as_ref().is_some_and(|progress| progress.step == Step::Unsealing);
    let share = progress.and_then(|progress| Some(progress.bytes / progress.bytes_total?));
    view! {
        <div class="stage__line" class=("stage__line--held", is_held) role="status">
            <span class="stage__text">{text}</span>
            {share.map(|share| view! { <progress class="stage__meter" max="1" value=decimal(share)></progress> })}
            <button class="button" type="button" on:click=tap(move || app.cancel_opening())>
                {t.cancel}
            </button>
        </div>
    }
    .into_any()
}

/// What is done, with which file, how many bytes and rows.
fn said(progress: &Progress, words: Words) -> String {
    let t = words.data();
    let step = match progress.step {
        Step::MakingUp => t.making_up,
        Step::Fetching => t.fetching,
        Step::Checking => t.checking,
        Step::Reading => t.reading,
        Step::Ordering => t.ordering,
        Step::Unsealing => words.unlocking().unlocking,
    };
    let mut parts = vec![format!("{step} {}", progress.file).trim_end().to_owned()];
    if progress.bytes > 0.0 {
        let read = size(progress.bytes, words);
        parts.push(match progress.bytes_total {
            Some(total) => (t.bytes)(&read, &size(total, words)),
            None => (t.bytes_alone)(&read),
        });
    }
    if progress.rows > 0.0 {
        parts.push((t.rows)(&words.formats.count(progress.rows as u32)));
    }
    parts.join(" · ")
}

/// A size in bytes, as people say it.
pub fn size(bytes: f64, words: Words) -> String {
    if bytes < 1e6 {
        format!("{}\u{A0}kB", words.formats.count((bytes / 1e3).ceil() as u32))
    } else {
        format!("{}\u{A0}MB", words.formats.count((bytes / 1e6).round() as u32))
    }
}

later! {
    device: fn sealed_line() => view! { <Sealed/> }.into_any()
}

/// Data that waits for its passphrase.
#[component]
fn Sealed() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let (t, sealed) = (words.data(), words.unlocking());
    let is_open = untrack(|| app.data.open()).is_some();
    view! {
        <div class="stage__line">
            <span class="stage__text">{sealed.data_sealed}</span>
            <button
                class="button button--primary"
                type="button"
                on:click=tap(move || app.vault.set_asking(true))
            >
                {sealed.unlock}
            </button>
            {if is_open {
                view! {
                    <button class="button" type="button" on:click=tap(move || app.cancel_opening())>
                        {t.stay}
                    </button>
                }
                    .into_any()
            } else {
                view! {
                    <button class="button" type="button" on:click=tap(move || app.data.open_demo())>
                        {t.try_demo}
                    </button>
                }
                    .into_any()
            }}
        </div>
    }
    .into_any()
}

/// What happened, what is safe, what to do.
#[component]
fn Failed(failure: Failure) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.data();
    let is_open = untrack(|| app.data.open()).is_some();
    let happened = match failure.kind {
        FailureKind::Unreadable => t.failed,
        FailureKind::Network => t.failed_network,
        FailureKind::Internal => t.failed_internal,
    };
    view! {
        <div class="stage__line stage__line--failed" role="alert">
            <div class="stage__text">
                <p class="stage__happened">{happened}</p>
                <p class="stage__reason">{failure.message}</p>
                <p>{if is_open { t.safe_open } else { t.safe_nothing }}</p>
            </div>
            <button class="button" type="button" on:click=tap(move || app.data.open_demo())>
                {t.try_demo}
            </button>
            {is_open
                .then(|| {
                    view! {
                        <button class="button" type="button" on:click=tap(move || app.data.dismiss())>
                            {t.stay}
                        </button>
                    }
                })}
        </div>
    }
    .into_any()
}
