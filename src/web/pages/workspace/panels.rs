//! Permissions, tags and counting, tied to the view at hand.

use leptos::prelude::*;

use super::WorkspaceDialogs;
use crate::engine::MemberCounts;
use crate::model::Named;
use crate::view::sentence::{About, Clause};
use crate::view::{FilterKind, MemberRule, View};
use crate::web::components::{ChoicePanel, CountingPanel, KeysPanel, LeftOutPanel, MemberRow};
use crate::web::protocol::Numbers;
use crate::web::state::{FormPart, OpenData, use_app};
use crate::web::words::use_words;

/// The panels at the right.
#[component]
pub fn Panels(
    /// The view in words, which has names for those who are left out.
    clauses: Signal<Vec<Clause>>,
    /// What it may ask for.
    dialogs: WorkspaceDialogs,
) -> impl IntoView {
    let workspace = use_app().workspace;
    let view = workspace.view();
    let texts = &use_words().messages.panels;
    let consents = Signal::derive(move || view.with(|view| view.consents.clone()));
    let flags = Signal::derive(move || view.with(|view| view.flags.clone()));
    let on_consents =
        Callback::new(move |rule| workspace.change(|view: &mut View| view.consents = rule));
    let on_flags = Callback::new(move |rule| workspace.change(|view: &mut View| view.flags = rule));
    let basis = Signal::derive(move || view.with(|view| view.count_over));
    let on_basis = Callback::new(move |basis| workspace.change(|view| view.count_over = basis));
    let data = use_app().data;
    let is_open = Signal::derive(move || data.open().is_some());
    let left_out = move |about: About| {
        let text = move |_: Option<&Option<String>>| {
            clauses.with(|clauses| {
                let clause = clauses.iter().find(|clause| clause.about == Some(about));
                clause.map(|clause| clause.text.trim().to_owned())
            })
        };
        Signal::from(Memo::new(text))
    };
    let otherwise = Memo::new(move |_| view.with(counting_otherwise));
    view! {
        <div class="workspace__panels" role="region" aria-label=texts.region tabindex="-1">
            <LeftOutPanel
                by_view=left_out(About::Mode)
                by_segment=left_out(About::Exclusion)
                on_event=dialogs.choose_event
                on_production=dialogs.choose_production
                on_exclude=Callback::new(move |()| {
                    dialogs.edit_segment.run(Some(FormPart::Exclusion));
                })
            />
            <ChoicePanel
                name="permissions"
                title=texts.permissions
                rows=rows(consents, |open| open.names.consents.clone(), |numbers| &numbers.consents)
                is_open
                rule=consents
                on_rule=on_consents
            />
            <ChoicePanel
                name="tags"
                title=texts.tags
                rows=rows(flags, OpenData::flags, |numbers| &numbers.flags)
                is_open
                rule=flags
                on_rule=on_flags
            />
            <CountingPanel basis otherwise=otherwise.into() on_basis/>
            <KeysPanel/>
        </div>
    }
    .into_any()
}

/// The active boxes whose own word differs from the view's.
fn counting_otherwise(view: &View) -> Vec<FilterKind> {
    let differs = |kind: &FilterKind| view.basis_of(*kind) != view.count_over;
    FilterKind::ALL.into_iter().filter(|kind| view.is_active(*kind)).filter(differs).collect()
}

/// Everything the data has, and what the view names besides.
fn rows(
    rule: Signal<MemberRule>,
    named: fn(&OpenData) -> Vec<Named>,
    counted: fn(&Numbers) -> &Vec<MemberCounts>,
) -> Signal<Vec<MemberRow>> {
    let app = use_app();
    let rows = Memo::new(move |_| {
        let Some(open) = app.data.open() else { return Vec::new() };
        let numbers = app.workspace.numbers();
        let known = named(&open).into_iter().enumerate().map(|(at, named)| MemberRow {
            id: named.id,
            name: Some(named.name),
            counts: numbers.as_ref().and_then(|numbers| counted(numbers).get(at).copied()),
        });
        let mut rows: Vec<MemberRow> = known.collect();
        rule.with(|rule| {
            for id in rule.include.iter().chain(&rule.exclude) {
                if !rows.iter().any(|row| row.id == *id) {
                    rows.push(MemberRow { id: id.clone(), name: None, counts: None });
                }
            }
        });
        rows
    });
    rows.into()
}
