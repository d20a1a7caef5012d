//! Which events count, and whose buyers are left out: two sides of one place, so that neither hides
//! below the other.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::days::DaysField;
use super::facets::{FacetKind, Facets, facet_kinds};
use super::timeline::Timeline;
use crate::view::Segment;
use crate::web::components::tap;
use crate::web::platform;
use crate::web::state::{Draft, use_app};
use crate::web::words::{Words, use_words};

/// Names of the two tabs, and of what they show.
const NAMES: [[&str; 2]; 2] = [["tab-scope", "panel-scope"], ["tab-exclusion", "panel-exclusion"]];

/// Both sides, one shown at a time.
#[component]
pub fn Selections(
    /// The segment.
    draft: Draft,
    /// Whether the excluded events are shown.
    is_excluding: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let t = words.form();
    let kinds = facet_kinds(use_app(), words);
    // The lists are long: drawn only for those who look, and then kept with what was searched.
    let was_shown = [false, true].map(|side| {
        Memo::new(move |was: Option<&bool>| {
            is_excluding.get() == side || was.is_some_and(|was| *was)
        })
    });
    let panel = move |side: bool| {
        let [tab, name] = NAMES[usize::from(side)];
        view! {
            <div
                id=name
                class="form-panel"
                role="tabpanel"
                aria-labelledby=tab
                hidden=move || is_excluding.get() != side
            >
                {move || was_shown[usize::from(side)].get().then(|| content(draft, kinds, side))}
            </div>
        }
        .into_any()
    };
    view! {
        <div
            class="form-tabs"
            role="tablist"
            aria-label=t.facets
            on:keydown=move |key| on_arrow(&key, is_excluding)
        >
            <Tab draft side=false is_excluding/>
            <Tab draft side=true is_excluding/>
        </div>
        {panel(false)}
        {panel(true)}
    }
    .into_any()
}

fn content(draft: Draft, kinds: [FacetKind; 6], side: bool) -> AnyView {
    if !side {
        return view! {
            <Timeline draft/>
            <Facets draft kinds is_excluding=false/>
        }
        .into_any();
    }
    let words = use_words();
    let t = words.form();
    view! {
        <div class="form-panel__excluded">
            <p class="form-panel__hint">{t.exclude_hint}</p>
            <p class="form-panel__outcome" role="status">{move || outcome(draft, words)}</p>
            <span class="form-panel__days">
                <span class="label">{t.exclude_days_back}</span>
                <DaysField draft is_excluding=true/>
                {t.days}
            </span>
        </div>
        <Facets draft kinds is_excluding=true/>
    }
    .into_any()
}

/// What the exclusion does: the lists narrow each other down, to nothing where no event is in all.
fn outcome(draft: Draft, words: Words) -> String {
    let t = words.form();
    let asked = draft.segment().with(|segment| asked(segment, true));
    let Some(form) = draft.counts().filter(|_| asked > 0) else {
        return t.nothing_excluded.to_owned();
    };
    match form.left_out.len() as u32 {
        0 => t.excludes_no_event.to_owned(),
        events => (t.excluded_now)(
            &words.formats.count(events),
            words.formats.plural(events),
            &words.customers(form.customers_left_out),
        ),
    }
}

#[component]
fn Tab(draft: Draft, side: bool, is_excluding: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let t = words.form();
    let [name, panel] = NAMES[usize::from(side)];
    let asked = Memo::new(move |_| draft.segment().with(|segment| asked(segment, side)));
    let is_shown = move || is_excluding.get() == side;
    let nothing = if side { t.nobody_left_out } else { t.any };
    view! {
        <button
            id=name
            class="form-tabs__tab"
            type="button"
            role="tab"
            aria-selected=move || is_shown().to_string()
            aria-controls=panel
            tabindex=move || if is_shown() { "0" } else { "-1" }
            on:click=tap(move || is_excluding.set(side))
        >
            <span class="form-tabs__title">{if side { t.exclude } else { t.include }}</span>
            {move || match asked.get() {
                0 => view! { <span class="facet__any">{nothing}</span> }.into_any(),
                count => {
                    let count = words.formats.count(count as u32);
                    view! { <span class="facet__chosen">{(t.chosen)(&count)}</span> }.into_any()
                }
            }}
        </button>
    }
    .into_any()
}

/// How many values are chosen on a side. Days back count where they alone exclude.
fn asked(segment: &Segment, side: bool) -> usize {
    let chosen = |selection: &crate::view::EventSelection| {
        selection.lists().iter().map(|(_, list)| list.len()).sum::<usize>()
    };
    match (side, &segment.exclude_events) {
        (false, _) => chosen(&segment.events),
        (true, None) => 0,
        (true, Some(excluded)) => chosen(excluded) + usize::from(excluded.days_back.is_some()),
    }
}

fn on_arrow(key: &KeyboardEvent, is_excluding: RwSignal<bool>) {
    let side = match key.key().as_str() {
        "ArrowLeft" | "ArrowRight" => !is_excluding.get_untracked(),
        "Home" => false,
        "End" => true,
        _ => return,
    };
    key.prevent_default();
    is_excluding.set(side);
    platform::focus(NAMES[usize::from(side)][0]);
}
