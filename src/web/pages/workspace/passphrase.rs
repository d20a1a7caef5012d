//! The passphrase that names and addresses were sealed with.

use leptos::prelude::*;

use crate::web::components::{Dialog, use_close_dialog};
use crate::web::state::{ContactsState, use_app};
use crate::web::words::use_words;

/// Asks for it until it is the right one, or it is closed.
#[component]
pub fn PassphraseDialog(
    /// It was closed: take it away.
    on_close: Callback<()>,
) -> impl IntoView {
    let t = use_words().customers_list();
    view! {
        <Dialog title=t.passphrase_title on_close>
            <PassphraseForm/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn PassphraseForm() -> impl IntoView {
    let lists = use_app().lists;
    let t = use_words().customers_list();
    let close = use_close_dialog();
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        if lists.contacts() == ContactsState::There {
            close.run();
        }
    });
    let is_trying = move || lists.contacts() == ContactsState::Coming;
    let is_wrong = move || lists.contacts() == ContactsState::Sealed { is_wrong: true };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        lists.unlock(typed.get_untracked());
    };
    view! {
        <form on:submit=submit>
            <div class="dialog__body">
                <p class="dialog__hint">{t.passphrase_hint}</p>
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
                <p class="name-field__wrong" role="alert">
                    {move || is_wrong().then_some(t.wrong_passphrase)}
                </p>
            </div>
            <footer class="dialog__foot">
                <button class="button button--primary" type="submit" disabled=is_trying>
                    {t.unlock}
                </button>
            </footer>
        </form>
    }
    .into_any()
}
