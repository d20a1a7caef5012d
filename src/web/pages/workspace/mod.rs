//! The workspace: the view at hand in words, boxes and panels, and its result.

mod boxes;
mod columns;
mod customers;
mod exporting;
mod head;
mod keys;
mod nameless;
mod notes;
mod order;
mod panels;

use leptos::html::Input;
use leptos::prelude::*;

use crate::view::sentence::{About, SentenceContext, sentence};
use crate::web::components::{ResultBar, ResultNumbers, Sentence, Sprite};
use crate::web::pages::actions::{ActionButtons, ActionDialogs, Actions};
use crate::web::pages::focus;
use crate::web::state::{FormPart, use_app};
use crate::web::words::{NO_CURRENCY, Words, use_words};

use boxes::Boxes;
use head::Head;
use nameless::Nameless;
use panels::Panels;

/// What the workspace asks of the dialogs around it.
#[derive(Clone, Copy)]
pub struct WorkspaceDialogs {
    /// The segment is to be edited, or one part of it.
    pub edit_segment: Callback<Option<FormPart>>,
    /// An event date is to be chosen for the view.
    pub choose_event: Callback<()>,
    /// An event group is to be chosen for the view.
    pub choose_production: Callback<()>,
    /// Another view, or a new one.
    pub open: Callback<()>,
    /// The link to the view is to be copied.
    pub copy_link: Callback<()>,
    /// The view is to be saved; asks for a name where it has none yet.
    pub save: Callback<()>,
    /// The view is to be saved under another name.
    pub save_as: Callback<()>,
}

/// The workspace in the page's language, drawn anew when that changes.
#[component]
pub fn WorkspacePage(
    /// What opens over it.
    dialogs: WorkspaceDialogs,
) -> impl IntoView {
    let app = use_app();
    let currency = Memo::new(move |_| {
        app.data
            .open()
            .map_or_else(|| NO_CURRENCY.to_owned(), |open| open.names.venue.currency.clone())
    });
    move || {
        provide_context(Words::new(app.settings.language(), &currency.get()));
        view! { <Workbench dialogs/> }.into_any()
    }
}

#[component]
fn Workbench(dialogs: WorkspaceDialogs) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let workspace = app.workspace;
    let finder = NodeRef::<Input>::new();
    let is_exporting = RwSignal::new(false);
    let actions = Actions::new();
    keys::listen(workspace, dialogs, finder);
    let clauses = Signal::derive(move || {
        let open = app.data.open();
        let nameless = Nameless { as_of: workspace.as_of() };
        let seen_from = open.as_ref().map(|open| open.seen_from(workspace.as_of()));
        let names: &dyn SentenceContext = match &seen_from {
            Some(seen_from) => seen_from,
            None => &nameless,
        };
        workspace.view().with(|view| sentence(view, names, &words.formats, words.language))
    });
    let is_waiting = Signal::derive(move || app.data.open().is_none());
    let on_go = Callback::new(move |about| match about {
        About::People => dialogs.edit_segment.run(Some(FormPart::People)),
        About::Scope => dialogs.edit_segment.run(Some(FormPart::Scope)),
        About::Exclusion => dialogs.edit_segment.run(Some(FormPart::Exclusion)),
        About::Mode => focus::on(".mode-switch [aria-pressed=true]"),
        About::Counting => focus::on("[data-panel=counting]"),
        About::Consents => focus::on("[data-panel=permissions]"),
        About::Flags => focus::on("[data-panel=tags]"),
        About::Filter(kind) | About::Muted(kind) => boxes::go_to(workspace, kind),
    });
    let numbers = Signal::derive(move || {
        workspace.numbers().map(|numbers| ResultNumbers {
            total: numbers.total,
            segment: numbers.segment,
            audience: numbers.audience,
            with_email: numbers.with_email,
            with_consent: numbers.with_consent,
        })
    });
    view! {
        <Sprite/>
        <main class="workspace" id="content" tabindex="-1">
            <Head dialogs/>
            <div class="sentence-place">
                <Sentence clauses is_waiting on_go/>
                <notes::Nobody/>
            </div>
            <notes::Notes/>
            <boxes::BoxIndex/>
            <div class="workspace__body">
                <boxes::Offer finder/>
                <Boxes/>
                <Panels clauses dialogs/>
            </div>
            <customers::CustomersSection/>
            <exporting::Export is_open=is_exporting/>
        </main>
        <ResultBar numbers>
            <exporting::ExportButton is_open=is_exporting/>
            <ActionButtons actions/>
            <customers::CustomersButton/>
        </ResultBar>
        <ActionDialogs actions/>
    }
    .into_any()
}
