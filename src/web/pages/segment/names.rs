//! Name, description, and whose customers.

use leptos::prelude::*;

use crate::view::People;
use crate::web::components::{Switch, SwitchChoice};
use crate::web::state::Draft;
use crate::web::words::use_words;

/// Name, description, and whose customers.
#[component]
pub fn Names(
    /// The segment.
    draft: Draft,
) -> impl IntoView {
    let words = use_words();
    let t = words.form();
    let people = Signal::derive(move || {
        draft.segment().with(|segment| usize::from(segment.people == People::Everyone))
    });
    view! {
        <section class="segment-form__names">
            <label>
                <span class="label">{t.name}</span>
                <input
                    class="field"
                    id="segment-name"
                    autocomplete="off"
                    maxlength="200"
                    prop:value=move || draft.segment().with(|segment| segment.name.clone())
                    on:input=move |event| {
                        let name = event_target_value(&event);
                        draft.drag(|segment| segment.name = name);
                    }
                    on:change=move |_| draft.settle()
                />
            </label>
            <label>
                <span class="label">{t.description}</span>
                <input
                    class="field"
                    autocomplete="off"
                    prop:value=move || draft.segment().with(|segment| segment.description.clone())
                    on:input=move |event| {
                        let description = event_target_value(&event);
                        draft.drag(|segment| segment.description = description);
                    }
                    on:change=move |_| draft.settle()
                />
            </label>
            <div>
                <span class="label">{t.people}</span>
                <Switch
                    group="segment-people"
                    label=t.people
                    choices=vec![SwitchChoice::text(t.buyers), SwitchChoice::text(t.everyone)]
                    chosen=people
                    on_choose=Callback::new(move |at| {
                        let people = if at == 0 { People::Buyers } else { People::Everyone };
                        draft.change(|segment| segment.people = people);
                    })
                />
            </div>
        </section>
    }
    .into_any()
}
