//! What can be done with a result through the sync endpoint.

mod audience;
mod foot;
mod funnel;
mod leaving;
mod letter;
mod missing;
mod offer;
mod offer_form;
mod tag;
mod test_mail;
mod withdrawn;

use leptos::prelude::*;

use crate::view::{Mode, to_json};
use crate::web::components::tap;
use crate::web::later::later;
use crate::web::state::sync::entry::Seen;
use crate::web::state::{App, use_app};
use crate::web::words::use_words;

/// What can be open over the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Tag,
    Offer,
    Audience,
}

/// What the buttons of the bar open, and what is written there.
#[derive(Clone, Copy)]
pub struct Actions {
    over: RwSignal<Option<Over>>,
    draft: offer::Draft,
}

impl Actions {
    /// Nothing open, nothing written.
    pub fn new() -> Actions {
        Actions { over: RwSignal::new(None), draft: offer::Draft::new() }
    }
}

/// The buttons of the bar.
#[component]
pub fn ActionButtons(
    /// What they open.
    actions: Actions,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let has_mode = Memo::new(move |_| app.workspace.view().with(|view| view.mode != Mode::All));
    let reason = words.offering().needs_mode;
    // The page is drawn anew when data opens, and what was open over it would be gone.
    let is_early = move || app.data.open().is_none();
    let button = move |text: &'static str, what: Over| {
        view! {
            <button
                class="button"
                type="button"
                aria-haspopup="dialog"
                disabled=is_early
                on:click=tap(move || actions.over.set(Some(what)))
            >
                {text}
            </button>
        }
        .into_any()
    };
    view! {
        {button(words.tagging().tag, Over::Tag)}
        <button
            class="button"
            type="button"
            aria-haspopup="dialog"
            disabled=is_early
            aria-disabled=move || (!has_mode.get()).to_string()
            aria-description=move || (!has_mode.get()).then_some(reason)
            title=move || (!has_mode.get()).then_some(reason)
            on:click=tap(move || {
                if has_mode.get_untracked() {
                    actions.over.set(Some(Over::Offer));
                } else {
                    app.tell(reason.to_owned(), None);
                }
            })
        >
            {words.offering().title}
        </button>
        {button(words.handing().title, Over::Audience)}
    }
    .into_any()
}

/// What is open over the workspace.
#[component]
pub fn ActionDialogs(
    /// What the buttons opened.
    actions: Actions,
) -> impl IntoView {
    let Actions { over, draft } = actions;
    let on_close = Callback::new(move |()| over.set(None));
    move || {
        Some(match over.get()? {
            Over::Tag => tag_dialog(on_close),
            Over::Offer => offer_dialog(draft, on_close),
            Over::Audience => audience_dialog(on_close),
        })
    }
}

/// What is looked at, for whoever has to know later.
fn seen(app: App) -> Option<Seen> {
    let open = app.data.open_untracked()?;
    let view = app.workspace.view();
    Some(Seen {
        venue: open.names.venue.name.clone(),
        is_demo: open.is_demo(),
        snapshot: open.opened.built_at.clone(),
        name: view.with_untracked(|view| {
            let name = if view.name.is_empty() { &view.segment.name } else { &view.name };
            name.clone()
        }),
        view: view.with_untracked(to_json),
        as_of: untrack(|| app.workspace.as_of()).to_string(),
    })
}

later! {
    sending: fn tag_dialog(on_close: Callback<()>) => view! { <tag::TagDialog on_close/> }.into_any()
}
later! {
    sending: fn offer_dialog(draft: offer::Draft, on_close: Callback<()>) => {
        view! { <offer::OfferDialog draft on_close/> }.into_any()
    }
}
later! {
    sending: fn audience_dialog(on_close: Callback<()>) => {
        view! { <audience::AudienceDialog on_close/> }.into_any()
    }
}
