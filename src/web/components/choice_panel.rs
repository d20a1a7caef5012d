//! Permissions and tags: a row each, three positions, two counts.

use leptos::prelude::*;

use super::icon::Glyph;
use super::keyed::keyed;
use super::switch::{Switch, SwitchChoice};
use crate::engine::MemberCounts;
use crate::view::{Match, MemberRule};
use crate::web::words::use_words;

/// A permission or a tag.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberRow {
    /// As the view names it.
    pub id: String,
    /// As people call it; `None` where the data does not know it.
    pub name: Option<String>,
    /// Its customers; `None` where there are no numbers yet.
    pub counts: Option<MemberCounts>,
}

/// A panel of permissions or tags.
#[component]
pub fn ChoicePanel(
    /// Tells this panel from the other.
    name: &'static str,
    /// Over it.
    title: &'static str,
    /// Everything that can be asked for.
    rows: Signal<Vec<MemberRow>>,
    /// Whether the data is there: before, no row does not mean that there is none.
    is_open: Signal<bool>,
    /// What is asked.
    rule: Signal<MemberRule>,
    /// Something else is to be asked.
    on_rule: Callback<MemberRule>,
) -> impl IntoView {
    let words = use_words();
    let panels = &words.messages.panels;
    let ids = Memo::new(move |_| {
        rows.with(|rows| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>())
    });
    let matching =
        Signal::derive(move || rule.with(|rule| usize::from(rule.matching == Match::Any)));
    let on_match = Callback::new(move |at| {
        let matching = if at == 0 { Match::All } else { Match::Any };
        on_rule.run(MemberRule { matching, ..rule.get_untracked() });
    });
    let choices = vec![SwitchChoice::text(panels.all), SwitchChoice::text(panels.any)];
    let label = format!("{}: {}", title, panels.matching);
    view! {
        <section class="choice-panel" aria-label=title data-panel=name tabindex="-1">
            <header class="choice-panel__head">
                <h2 class="choice-panel__title">{title}</h2>
                <span class="choice-panel__match">
                    {panels.matching}
                    <Switch group=format!("match-{name}") label choices chosen=matching on_choose=on_match/>
                </span>
            </header>
            <div class="choice-panel__rows">
            <table class="choice-panel__table">
                <thead>
                    <tr>
                        <th scope="col"><span class="visually-hidden">{panels.name}</span></th>
                        <th scope="col">{panels.result}</th>
                        <th scope="col">{panels.audience}</th>
                        <th scope="col">
                            <span class="choice-panel__legend">
                                <span>{panels.short_must}</span>
                                <span></span>
                                <span>{panels.short_not}</span>
                            </span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {keyed(
                        move || ids.get(),
                        String::clone,
                        move |id| view! { <Row panel=name id rows rule on_rule/> }.into_any(),
                    )}
                </tbody>
            </table>
            </div>
            {move || {
                (is_open.get() && ids.with(Vec::is_empty)).then(|| view! { <p class="choice-panel__none">{panels.none_here}</p> })
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Row(
    panel: &'static str,
    id: String,
    rows: Signal<Vec<MemberRow>>,
    rule: Signal<MemberRule>,
    on_rule: Callback<MemberRule>,
) -> impl IntoView {
    let words = use_words();
    let panels = &words.messages.panels;
    let id = StoredValue::new(id);
    let row = Memo::new(move |_| {
        rows.with(|rows| rows.iter().find(|row| id.with_value(|id| row.id == *id)).cloned())
    });
    let name = row.with_untracked(|row| row.as_ref().and_then(|row| row.name.clone()));
    let is_known = name.is_some();
    let name = name.unwrap_or_else(|| id.get_value());
    let number = move |pick: fn(MemberCounts) -> u32| {
        let counts = row.with(|row| row.as_ref().and_then(|row| row.counts));
        counts.map_or_else(|| "–".into(), |counts| words.formats.count(pick(counts)))
    };
    let stance = Signal::derive(move || {
        rule.with(|rule| {
            id.with_value(|id| {
                let (asked, ruled_out) = (rule.include.contains(id), rule.exclude.contains(id));
                if ruled_out { 2 } else { usize::from(!asked) }
            })
        })
    });
    let on_choose = Callback::new(move |at: usize| {
        let mut wanted = rule.get_untracked();
        id.with_value(|id| {
            wanted.include.retain(|other| other != id);
            wanted.exclude.retain(|other| other != id);
            match at {
                0 => wanted.include.push(id.clone()),
                2 => wanted.exclude.push(id.clone()),
                _ => {}
            }
        });
        on_rule.run(wanted);
    });
    let choices = vec![
        SwitchChoice::sign(Glyph::Yes, panels.must, false),
        SwitchChoice::sign(Glyph::Any, panels.dont_care, true),
        SwitchChoice::sign(Glyph::No, panels.must_not, false),
    ];
    let group = format!("{panel}-{}", id.get_value());
    view! {
        <tr>
            <th scope="row">
                <span class="choice-panel__name">{name.clone()}</span>
                {(!is_known)
                    .then(|| view! { <span class="choice-panel__unknown">{panels.not_in_data}</span> })}
            </th>
            <td class="choice-panel__result">{move || number(|counts| counts.total)}</td>
            <td class="choice-panel__audience">{move || number(|counts| counts.audience)}</td>
            <td>
                <Switch group label=name choices chosen=stance on_choose/>
            </td>
        </tr>
    }
    .into_any()
}
