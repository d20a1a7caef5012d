//! The form of a segment: every list open, with its numbers, and the result beside it.

use std::sync::Arc;

use leptos::prelude::*;

use super::dialogs::event_row;
use super::timeline::Timeline;
use crate::engine::{FacetCounts, OptionCount};
use crate::view::{DaysBack, EventSelection, People, Segment, View};
use crate::web::components::{
    Allowed, Glyph, Icon, NumberField, OptionList, Phase, RowCounts, Switch, SwitchChoice, tap,
};
use crate::web::platform;
use crate::web::rows::OptionRow;
use crate::web::state::document_change::DocumentChange;
use crate::web::state::{Draft, OpenData, Page, list_of, use_app};
use crate::web::words::{Words, use_words};

/// How far a new segment reaches back.
const FIRST_DAYS_BACK: u32 = 730;
/// The contract's largest number of days.
const MOST_DAYS: f64 = 1_000_000.0;

/// The form of a segment, or of a new one.
#[component]
pub fn SegmentPage(
    /// The segment's id; `None` for a new one.
    id: Option<String>,
) -> impl IntoView {
    let app = use_app();
    let coming = use_words().app().segments.coming;
    move || {
        // What is kept is read a moment after the page is there.
        if id.is_some() && !app.documents.is_read() {
            return view! {
                <main class="segment-form" id="content" tabindex="-1">
                    <p class="segments__coming" role="status">{coming}</p>
                </main>
            }
            .into_any();
        }
        view! { <SegmentForm id=id.clone()/> }.into_any()
    }
}

#[component]
fn SegmentForm(id: Option<String>) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = &words.app().form;
    let begun = match &id {
        None => {
            let mut segment = Segment::default();
            segment.events.days_back = Some(DaysBack::Days(FIRST_DAYS_BACK));
            Some(segment)
        }
        Some(id) => untrack(|| app.documents.segment(id)).map(|saved| saved.segment),
    };
    let Some(segment) = begun else {
        return view! {
            <main class="segment-form" id="content" tabindex="-1">
                <p class="message message--caution">{t.gone}</p>
            </main>
        }
        .into_any();
    };
    let is_shared = id.as_deref().is_some_and(|id| untrack(|| !app.documents.is_own(id)));
    let draft = app.draft(id.as_deref(), || segment);
    let title = move || {
        draft.segment().with(|segment| match segment.name.trim() {
            "" => t.new_title.to_owned(),
            name => name.to_owned(),
        })
    };
    view! {
        <main
            class="segment-form"
            id="content"
            tabindex="-1"
            on:keydown=move |event| undo_keys(draft, &event)
        >
            <header class="page-head">
                <h1 class="page-head__title">
                    <button class="page-head__back" type="button" on:click=tap(move || app.go(Page::Segments))>
                        {words.app().page.segments}
                    </button>
                    {title}
                </h1>
                <div class="page-head__tools">
                    <UndoPair draft/>
                </div>
            </header>
            {is_shared.then(|| view! { <p class="message">{t.read_only}</p> })}
            <div class="segment-form__body">
                <div class="segment-form__main">
                    <Names draft/>
                    <Timeline draft/>
                    <section class="segment-form__facets" aria-label=t.facets>
                        <Facets draft is_excluding=false/>
                    </section>
                    <Excluding draft/>
                </div>
                <ScopeList draft/>
            </div>
        </main>
        <FormBar draft id is_shared/>
    }
    .into_any()
}

fn undo_keys(draft: Draft, event: &leptos::ev::KeyboardEvent) {
    let is_command = event.ctrl_key() || event.meta_key();
    if !is_command || !event.key().eq_ignore_ascii_case("z") {
        return;
    }
    event.prevent_default();
    if event.shift_key() { draft.redo() } else { draft.undo() }
}

#[component]
fn UndoPair(draft: Draft) -> impl IntoView {
    let words = use_words();
    let page = &words.app().page;
    view! {
        <span class="page-head__pair">
            <button
                class="button button--icon"
                type="button"
                aria-label=page.undo
                title=page.undo
                disabled=move || !draft.can_undo()
                on:click=tap(move || draft.undo())
            >
                <Icon glyph=Glyph::Undo/>
            </button>
            <button
                class="button button--icon"
                type="button"
                aria-label=page.redo
                title=page.redo
                disabled=move || !draft.can_redo()
                on:click=tap(move || draft.redo())
            >
                <Icon glyph=Glyph::Redo/>
            </button>
        </span>
    }
}

/// Name, description, and whose customers.
#[component]
fn Names(draft: Draft) -> impl IntoView {
    let words = use_words();
    let t = &words.app().form;
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

/// A list of the form: its name in the document and for people, and its rows.
struct FacetKind {
    list: &'static str,
    title: &'static str,
    rows: fn(&OpenData, Words) -> Vec<OptionRow>,
    counts: fn(&FacetCounts) -> &Vec<OptionCount>,
    names: [&'static str; 2],
}

fn facet_kinds(words: Words) -> [FacetKind; 6] {
    let t = &words.app().form;
    let kind = |list, title, rows, counts, names| FacetKind { list, title, rows, counts, names };
    [
        kind(
            "categories",
            t.categories,
            |open, _| named(&open.names.catalogue.categories, false),
            |counts| &counts.categories,
            ["categories", "no-categories"],
        ),
        kind(
            "seasons",
            t.seasons,
            |open, _| named(&open.names.catalogue.seasons, true),
            |counts| &counts.seasons,
            ["seasons", "no-seasons"],
        ),
        kind(
            "promoters",
            t.promoters,
            |open, _| named(&open.names.catalogue.promoters, false),
            |counts| &counts.promoters,
            ["promoters", "no-promoters"],
        ),
        kind(
            "productions",
            t.productions,
            productions,
            |counts| &counts.productions,
            ["productions", "no-productions"],
        ),
        kind("events", t.events, events, |counts| &counts.events, ["events", "no-events"]),
        kind(
            "tags",
            t.tags,
            |open, _| named(&open.names.catalogue.tags, false),
            |counts| &counts.tags,
            ["tags", "no-tags"],
        ),
    ]
}

fn named(names: &[String], is_latest_first: bool) -> Vec<OptionRow> {
    let row = |(at, name): (usize, &String)| {
        OptionRow::new(at, name.clone(), name.clone(), String::new())
    };
    let rows = names.iter().enumerate().map(row);
    if is_latest_first { rows.rev().collect() } else { rows.collect() }
}

fn productions(open: &OpenData, _: Words) -> Vec<OptionRow> {
    let productions = open.names.catalogue.productions.iter().enumerate();
    let mut rows: Vec<OptionRow> = productions
        .map(|(at, production)| {
            OptionRow::new(at, production.id.clone(), production.name.clone(), String::new())
        })
        .collect();
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    rows
}

fn events(open: &OpenData, words: Words) -> Vec<OptionRow> {
    let catalogue = &open.names.catalogue;
    (0..catalogue.events.len()).rev().map(|at| event_row(at, catalogue, words.language)).collect()
}

/// The six lists, of the segment's events or of those it excludes.
#[component]
fn Facets(draft: Draft, is_excluding: bool) -> impl IntoView {
    let words = use_words();
    facet_kinds(words).map(|kind| view! { <Facet draft kind is_excluding/> }).collect_view()
}

#[component]
fn Facet(draft: Draft, kind: FacetKind, is_excluding: bool) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = &words.app().form;
    let FacetKind { list, title, rows, counts, names } = kind;
    let rows = Memo::new(move |_| {
        Arc::new(app.data.open().map_or_else(Vec::new, |open| rows(&open, words)))
    });
    let chosen = Memo::new(move |_| {
        draft.segment().with(|segment| {
            let selection = selection(segment, is_excluding);
            let found = selection.and_then(|selection| {
                selection.lists().into_iter().find(|(name, _)| *name == list)
            });
            found.map(|(_, chosen)| chosen.to_vec()).unwrap_or_default()
        })
    });
    let counts = Signal::derive(move || {
        let form = draft.counts()?;
        let of = if is_excluding { &form.excluded } else { &form.events };
        let pairs = counts(of).iter().map(|count| [count.events, count.customers]);
        Some::<RowCounts>(Arc::new(pairs.collect()))
    });
    let toggle = Callback::new(move |id: String| {
        draft.change(|segment| toggle(segment, is_excluding, list, id));
    });
    let nothing = if is_excluding { t.none } else { t.any };
    view! {
        <fieldset class="facet">
            <legend class="visually-hidden">{title}</legend>
            <div class="facet__head">
                <span class="facet__title">{title}</span>
                {move || match chosen.with(Vec::len) {
                    0 => view! { <span class="facet__any">{nothing}</span> }.into_any(),
                    count => {
                        let count = words.formats.count(count as u32);
                        view! { <span class="facet__chosen">{(t.chosen)(&count)}</span> }.into_any()
                    }
                }}
            </div>
            <OptionList
                label=title
                name=names[usize::from(is_excluding)]
                rows=rows.into()
                chosen=chosen.into()
                is_multiple=true
                captions=[t.facets, t.customers]
                counts
                on_choose=toggle
            />
        </fieldset>
    }
    .into_any()
}

fn selection(segment: &Segment, is_excluding: bool) -> Option<&EventSelection> {
    if is_excluding { segment.exclude_events.as_ref() } else { Some(&segment.events) }
}

/// Changes what the segment selects or excludes; an exclusion that asks nothing is none.
fn change_selection(
    segment: &mut Segment,
    is_excluding: bool,
    change: impl FnOnce(&mut EventSelection),
) {
    if !is_excluding {
        return change(&mut segment.events);
    }
    let mut excluded = segment.exclude_events.take().unwrap_or_default();
    change(&mut excluded);
    segment.exclude_events = Some(excluded).filter(|excluded| !excluded.asks_nothing());
}

fn toggle(segment: &mut Segment, is_excluding: bool, list: &str, id: String) {
    change_selection(segment, is_excluding, |selection| {
        let Some(list) = list_of(selection, list) else { return };
        match list.iter().position(|chosen| *chosen == id) {
            Some(at) => {
                list.remove(at);
            }
            None => list.push(id),
        }
    });
}

/// The same lists once more, for events whose buyers are left out.
#[component]
fn Excluding(draft: Draft) -> impl IntoView {
    let words = use_words();
    let t = &words.app().form;
    let is_open = draft.segment().with_untracked(|segment| segment.exclude_events.is_some());
    let is_shown = RwSignal::new(is_open);
    let count = Memo::new(move |_| {
        draft.segment().with(|segment| {
            let lists = segment.exclude_events.as_ref().map(|excluded| {
                excluded.lists().iter().map(|(_, list)| list.len()).sum::<usize>()
                    + usize::from(excluded.days_back.is_some())
            });
            lists.unwrap_or(0)
        })
    });
    view! {
        <details
            class="segment-form__exclude"
            open=is_open
            on:toggle=move |event| {
                is_shown.set(event_target::<leptos::web_sys::HtmlDetailsElement>(&event).open());
            }
        >
            <summary class="segment-form__summary">
                <span class="facet__title">{t.exclude}</span>
                {move || match count.get() {
                    0 => view! { <span class="facet__any">{t.none}</span> }.into_any(),
                    count => {
                        let count = words.formats.count(count as u32);
                        view! { <span class="facet__chosen">{(t.chosen)(&count)}</span> }.into_any()
                    }
                }}
                <span class="segment-form__hint">{t.exclude_hint}</span>
            </summary>
            // The lists are long: drawn only for those who look.
            {move || {
                is_shown
                    .get()
                    .then(|| {
                        view! {
                            <div class="segment-form__excluded-days">
                                <span class="label">{t.exclude_days_back}</span>
                                <DaysField draft is_excluding=true/>
                                {t.days}
                            </div>
                            <div class="segment-form__facets">
                                <Facets draft is_excluding=true/>
                            </div>
                        }
                    })
            }}
        </details>
    }
    .into_any()
}

/// Days back as a number; empty is all.
#[component]
pub fn DaysField(
    /// The segment.
    draft: Draft,
    /// Whether it is about the excluded events.
    is_excluding: bool,
) -> impl IntoView {
    let words = use_words();
    let t = &words.app().form;
    let value = Signal::derive(move || {
        let days_back = draft.segment().with(|segment| selection(segment, is_excluding)?.days_back);
        match days_back {
            Some(DaysBack::Days(days)) => Some(f64::from(days)),
            Some(DaysBack::All) => None,
            None => (!is_excluding).then_some(0.0),
        }
    });
    let on_bound = Callback::new(move |(bound, phase): (Option<f64>, Phase)| {
        let days_back = match bound {
            Some(days) => Some(DaysBack::Days(days as u32)),
            None => (!is_excluding).then_some(DaysBack::All),
        };
        draft.drag(|segment| {
            change_selection(segment, is_excluding, |selection| selection.days_back = days_back);
        });
        if phase == Phase::Settled {
            draft.settle();
        }
    });
    view! {
        <NumberField
            value
            allowed=Allowed { is_whole: true, most: MOST_DAYS }
            label=if is_excluding { t.exclude_days_back } else { t.days_back }
            name=if is_excluding { "excluded-days" } else { "days-back" }.to_owned()
            refuse=Callback::new(|_: f64| None)
            on_bound
        />
    }
}

/// The events in scope, the latest first.
#[component]
fn ScopeList(draft: Draft) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = &words.app().form;
    let rows = Memo::new(move |_| {
        let rows = draft.counts().and_then(|form| {
            let open = app.data.open()?;
            let catalogue = &open.names.catalogue;
            let events = form.in_scope.iter().rev();
            Some(
                events
                    .filter(|at| (**at as usize) < catalogue.events.len())
                    .map(|at| event_row(*at as usize, catalogue, words.language))
                    .collect::<Vec<_>>(),
            )
        });
        Arc::new(rows.unwrap_or_default())
    });
    let counts = Signal::derive(move || {
        let form = draft.counts()?;
        let pairs = form.events.events.iter().map(|count| [count.events, count.customers]);
        Some::<RowCounts>(Arc::new(pairs.collect()))
    });
    let size = move || {
        let form = draft.counts()?;
        Some(words.formats.count(form.size.events))
    };
    view! {
        <section class="scope-list" aria-label=t.in_scope>
            <div class="facet__head">
                <h2 class="facet__title">{t.in_scope}</h2>
                <span class="scope-list__count">{move || size().unwrap_or_else(|| "–".to_owned())}</span>
            </div>
            <OptionList
                label=t.in_scope
                name="in-scope"
                nothing=t.no_events
                rows=rows.into()
                chosen=Signal::derive(Vec::new)
                captions=["", t.customers]
                counts
                on_choose=Callback::new(|_| {})
            />
        </section>
    }
    .into_any()
}

/// The result, and what to do with the form.
#[component]
fn FormBar(draft: Draft, id: Option<String>, is_shared: bool) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = &words.app().form;
    let id = StoredValue::new(id);
    let is_wrong = RwSignal::new(false);
    let views = {
        let saved = id.get_value().and_then(|id| untrack(|| app.documents.segment(&id)));
        saved.map_or(0, |saved| saved.views.len() as u32)
    };
    let size = move || draft.counts().map(|form| form.size);
    let dash = || "–".to_owned();
    let customers = move || size().map_or_else(dash, |size| words.formats.count(size.customers));
    let events = move || size().map_or_else(dash, |size| words.formats.count(size.events));
    let all = move |of: fn(&OpenData) -> u32| app.data.open().map_or(0, |open| of(&open));
    let share = move || {
        let whole = all(|open| open.opened.customers);
        size().and_then(|size| words.formats.share(size.customers, whole)).unwrap_or_else(dash)
    };
    let all_events = move || all(|open| open.names.catalogue.events.len() as u32);
    let save = move |then_view: bool| {
        let segment = draft.segment().get_untracked();
        if segment.name.trim().is_empty() {
            is_wrong.set(true);
            platform::focus("segment-name");
            return;
        }
        is_wrong.set(false);
        let old = id.get_value();
        let known = old.is_some().then(|| draft.baseline());
        let id = old.unwrap_or_else(platform::new_id);
        let change = DocumentChange::Segment { segment: segment.clone(), known };
        app.documents.change(id.clone(), change, move |changed| {
            let Ok(changed) = changed else {
                // Told once; who saves again means it.
                if let Some(kept) = untrack(|| app.documents.segment(&id)) {
                    draft.know(kept.segment);
                }
                return app.tell((t.changed_elsewhere)(&segment.name), None);
            };
            draft.is_saved();
            app.drop_draft();
            // Above the page it says where nothing is kept.
            if changed.is_kept {
                app.tell((t.saved)(&segment.name), None);
            }
            if then_view {
                // A view at hand of this very segment keeps its conditions, and follows it.
                let at_hand = untrack(|| app.workspace.belonging()).segment;
                if at_hand.as_ref() != Some(&id) {
                    let view = View { segment, ..View::default() };
                    app.workspace.open(view, None, None, Some(id));
                }
                app.go(Page::Workspace);
            } else {
                app.go(Page::Segments);
            }
        });
    };
    view! {
        <footer class="result-bar form-bar" aria-label=t.in_scope>
            <p class="result-bar__total">
                <output class="result-bar__number" aria-live="polite">{customers}</output>
                <span class="result-bar__word">
                    {move || {
                        (words.messages.customers)(words.formats.plural(size().map_or(0, |size| size.customers)))
                    }}
                </span>
            </p>
            <dl class="result-bar__shares">
                <div class="result-bar__share">
                    <dt>{move || (t.of_events)(&words.formats.count(all_events()))}</dt>
                    <dd>{events}</dd>
                </div>
                <div class="result-bar__share">
                    <dt>{move || (t.of_customers)(&words.formats.count(all(|open| open.opened.customers)))}</dt>
                    <dd>{share}</dd>
                </div>
            </dl>
            <p class="form-bar__note" role="alert">
                {move || match (is_wrong.get(), views) {
                    (true, _) => t.name_missing.to_owned(),
                    (false, 1..) if draft.is_dirty() => (t.changes_views)(views, words.formats.plural(views)),
                    _ => String::new(),
                }}
            </p>
            <div class="result-bar__actions">
                <button
                    class="button"
                    type="button"
                    on:click=tap(move || {
                        app.drop_draft();
                        app.go(Page::Segments);
                    })
                >
                    {words.app().page.cancel}
                </button>
                <button class="button" type="button" disabled=is_shared on:click=tap(move || save(false))>
                    {t.save}
                </button>
                <button class="button button--primary" type="button" disabled=is_shared on:click=tap(move || save(true))>
                    {t.save_and_view}
                </button>
            </div>
        </footer>
    }
    .into_any()
}
