//! The passphrase that opens what is sealed: the one place that asks for it, whoever needs it.

use leptos::prelude::*;

use crate::web::components::{Dialog, use_close_dialog};
use crate::web::state::{App, ContactsState, Stage, use_app};
use crate::web::words::use_words;

/// What a passphrase is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sealed {
    Data,
    Contacts,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Asked {
        is_wrong: bool,
    },
    Tried,
    /// Nothing of it is sealed any more, or there is nothing to be opened.
    Over,
}

impl Sealed {
    fn standing(self, app: App) -> Standing {
        match self {
            Sealed::Data => match app.data.stage() {
                Stage::Sealed { is_wrong } => Standing::Asked { is_wrong },
                Stage::Opening(_) => Standing::Tried,
                _ => Standing::Over,
            },
            Sealed::Contacts => match app.lists.contacts() {
                ContactsState::Sealed { is_wrong } => Standing::Asked { is_wrong },
                ContactsState::Coming => Standing::Tried,
                _ => Standing::Over,
            },
        }
    }

    fn unlock(self, app: App, passphrase: String) {
        match self {
            Sealed::Data => app.data.unlock(passphrase),
            Sealed::Contacts => app.lists.unlock(passphrase),
        }
    }
}

/// Asks until it is the right one, or it is closed.
#[component]
pub fn PassphraseDialog(
    /// It was closed: take it away.
    on_close: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let t = use_words().unlocking();
    // Without the data nothing is known of names.
    let is_data = matches!(untrack(|| app.data.stage()), Stage::Sealed { .. });
    let (sealed, title, hint) = if is_data {
        (Sealed::Data, t.data_title, t.data_hint)
    } else {
        (Sealed::Contacts, t.contacts_title, t.contacts_hint)
    };
    view! {
        <Dialog title on_close>
            <PassphraseForm sealed hint/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn PassphraseForm(sealed: Sealed, hint: &'static str) -> impl IntoView {
    let app = use_app();
    let t = use_words().unlocking();
    let close = use_close_dialog();
    let typed = RwSignal::new(String::new());
    // What was tried before this dialog opened is not its concern.
    let has_tried = RwSignal::new(false);
    let standing = Memo::new(move |_| sealed.standing(app));
    let keeps = RwSignal::new(untrack(|| app.lists.keeps_readable()));
    Effect::new(move |_| {
        if standing.get() != Standing::Over {
            return;
        }
        let is_there = untrack(|| app.lists.contacts()) == ContactsState::There;
        let is_kept = untrack(|| app.lists.keeps_readable());
        if sealed == Sealed::Contacts && is_there && keeps.get_untracked() != is_kept {
            app.lists.keep_readable(!is_kept, |_| {});
        }
        close.run();
    });
    // Where every start asks for the facts' passphrase, kept names would spare nothing.
    let may_keep = sealed == Sealed::Contacts
        && untrack(|| app.data.open()).is_some_and(|open| !open.opened.is_sealed);
    let is_trying = move || standing.get() == Standing::Tried;
    let is_wrong =
        move || has_tried.get() && standing.get() == (Standing::Asked { is_wrong: true });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        has_tried.set(true);
        sealed.unlock(app, typed.get_untracked());
    };
    view! {
        <form on:submit=submit>
            <div class="dialog__body">
                <p class="dialog__hint">{hint}</p>
                <label class="name-field__label">
                    {t.passphrase}
                    <input
                        class="field"
                        type="password"
                        autocomplete="off"
                        autofocus
                        aria-invalid=move || is_wrong().to_string()
                        prop:value=typed
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                </label>
                <p class="name-field__wrong" role="alert">{move || is_wrong().then_some(t.is_wrong)}</p>
                {may_keep.then(|| view! { <KeepReadable keeps/> })}
            </div>
            <footer class="dialog__foot">
                <button class="button button--primary" type="submit" disabled=is_trying>
                    {move || if is_trying() { t.unlocking } else { t.unlock }}
                </button>
            </footer>
        </form>
    }
    .into_any()
}

/// The choice to keep names and addresses readable.
#[component]
fn KeepReadable(keeps: RwSignal<bool>) -> impl IntoView {
    let t = use_words().unlocking();
    view! {
        <label class="settings__check dialog__choice">
            <input
                class="check"
                type="checkbox"
                aria-describedby="keep-readable-hint"
                prop:checked=keeps
                on:change=move |event| keeps.set(event_target_checked(&event))
            />
            {t.keep}
        </label>
        <p id="keep-readable-hint" class="dialog__hint">{t.keep_hint}</p>
    }
    .into_any()
}
