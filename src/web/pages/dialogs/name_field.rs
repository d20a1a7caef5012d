//! A name that is asked for.

use leptos::prelude::*;

/// A name, and the button that takes it.
#[component]
pub fn NameField(
    /// What is named.
    label: &'static str,
    /// What is said where nothing was typed.
    missing: &'static str,
    /// What the button says.
    confirm: &'static str,
    /// What stands in the field at first.
    name: String,
    /// The field, for whoever reads what is typed.
    #[prop(optional)]
    field: NodeRef<leptos::html::Input>,
    /// A name was given.
    on_name: Callback<String>,
) -> impl IntoView {
    let is_wrong = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A field that cannot take the focus leaves it in the dialog.
            field.focus().ok();
            field.select();
        }
    });
    view! {
        <form
            class="name-field"
            on:submit=move |event| {
                event.prevent_default();
                let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
                let typed = typed.trim().to_owned();
                if typed.is_empty() { is_wrong.set(true) } else { on_name.run(typed) }
            }
        >
            <label class="name-field__label">
                <span class="label">{label}</span>
                <input node_ref=field class="field" class=("field--wrong", is_wrong) value=name autocomplete="off" maxlength="200"/>
            </label>
            <button class="button button--primary" type="submit">{confirm}</button>
            <p class="name-field__wrong" role="alert" hidden=move || !is_wrong.get()>{missing}</p>
        </form>
    }
    .into_any()
}
