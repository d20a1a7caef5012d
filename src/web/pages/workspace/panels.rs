//! Permissions, tags and counting, tied to the view at hand.

use leptos::html::Input;
use leptos::prelude::*;

use super::boxes::Offer;
use crate::engine::MemberCounts;
use crate::model::Named;
use crate::view::{MemberRule, View};
use crate::web::components::{ChoicePanel, CountingPanel, KeysPanel, MemberRow};
use crate::web::protocol::Numbers;
use crate::web::state::{OpenData, use_app};
use crate::web::words::use_words;

/// The panels at the right.
#[component]
pub fn Panels(
    /// Where the field that finds a box can be found.
    finder: NodeRef<Input>,
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
    let has_boxes = Memo::new(move |_| !workspace.boxes().is_empty());
    view! {
        <div class="workspace__panels" role="region" aria-label=texts.region tabindex="-1">
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
            <CountingPanel basis on_basis/>
            {move || has_boxes.get().then(|| view! { <Offer finder/> })}
            <KeysPanel/>
        </div>
    }
    .into_any()
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
