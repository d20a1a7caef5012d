//! Which event or event group a view is for.

use std::sync::Arc;

use leptos::prelude::*;

use super::Begin;
use crate::view::Mode;
use crate::web::components::{Dialog, OptionList, tap, use_close_dialog};
use crate::web::rows::OptionRows;
use crate::web::state::{FormPart, Page, use_app};
use crate::web::words::use_words;

/// Which event, or which event group?
#[component]
pub fn ModeDialog(
    /// Events or groups.
    begin: Begin,
    /// The id of the segment that is viewed; else it is that of the view at hand.
    #[prop(optional_no_strip)]
    segment: Option<String>,
    /// It was closed.
    on_close: Callback<()>,
    /// One was chosen.
    on_choose: Callback<Mode>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.dialogs();
    let rows = match begin {
        Begin::Production => app.production_rows,
        _ => app.event_rows,
    };
    let title = match begin {
        Begin::Production => t.choose_production,
        _ => t.choose_event,
    };
    view! {
        <Dialog title on_close is_wide=true>
            <ModeChoice begin segment rows=rows.into() title on_choose/>
        </Dialog>
    }
}

#[component]
fn ModeChoice(
    begin: Begin,
    segment: Option<String>,
    rows: Signal<Arc<OptionRows>>,
    title: &'static str,
    on_choose: Callback<Mode>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.dialogs();
    let close = use_close_dialog();
    let exclude = move || {
        close.run();
        let part = Some(FormPart::Exclusion);
        match segment.clone() {
            None => app.edit_segment_of_view(part),
            Some(id) => {
                app.form.prepare(false, part);
                app.go(Page::Segment(Some(id)));
            }
        }
    };
    let chosen = RwSignal::new(Vec::<String>::new());
    let finish = Callback::new(move |id: String| {
        let mode = match begin {
            Begin::Production => Mode::Production(id),
            _ => Mode::Event(id),
        };
        on_choose.run(mode);
        close.run();
    });
    view! {
        <div class="dialog__body">
            <p class="dialog__hint">{t.choosing_leaves_out}</p>
            <OptionList
                label=title
                name="mode-choice"
                rows
                chosen=chosen.into()
                on_choose=Callback::new(move |id| chosen.set(vec![id]))
                on_open=finish
            />
            <p class="dialog__elsewhere">
                {t.choosing_several}
                <button class="button" type="button" on:click=tap(exclude)>
                    {words.messages.left_out.exclude}
                </button>
            </p>
        </div>
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=tap(move || close.run())>
                {words.page().cancel}
            </button>
            <button
                class="button button--primary"
                type="button"
                disabled=move || chosen.with(Vec::is_empty)
                on:click=tap(move || {
                    if let Some(id) = chosen.get_untracked().pop() {
                        finish.run(id);
                    }
                })
            >
                {t.view}
            </button>
        </footer>
    }
    .into_any()
}
