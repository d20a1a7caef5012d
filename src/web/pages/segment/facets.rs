//! The six lists that events are chosen by.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use leptos::prelude::*;

use super::reach::Reach;
use crate::engine::{FacetCounts, OptionCount};
use crate::model::Catalogue;
use crate::view::{EventSelection, Segment};
use crate::web::choices;
use crate::web::components::{OptionList, RowCounts};
use crate::web::rows::{
    OptionRow, OptionRows, counts_at, first_then_others, has_numbers, with_numbers_first,
};
use crate::web::state::{App, Draft, list_of, use_app};
use crate::web::words::{Words, use_words};

/// A list of the form: its name in the document and for people, and its rows.
#[derive(Clone, Copy)]
pub struct FacetKind {
    list: &'static str,
    title: &'static str,
    /// Made once for the events that count and for those that are excluded.
    rows: Memo<Arc<OptionRows>>,
    counts: fn(&FacetCounts) -> &Vec<OptionCount>,
    /// Tie rows to the list: of the events that count, of those that are excluded.
    names: [&'static str; 2],
}

/// The six lists in the order in which events are usually chosen.
pub fn facet_kinds(app: App, words: Words) -> [FacetKind; 6] {
    let t = words.form();
    let made = |rows: fn(&Catalogue) -> Vec<OptionRow>| {
        Memo::new(move |_| {
            let open = app.data.open();
            Arc::new(open.map(|open| rows(&open.names.catalogue).into()).unwrap_or_default())
        })
    };
    let kind = |list, title, rows, counts, names| FacetKind { list, title, rows, counts, names };
    [
        kind(
            "categories",
            t.categories,
            made(|catalogue| choices::named(&catalogue.categories)),
            |counts| &counts.categories,
            ["categories", "no-categories"],
        ),
        kind(
            "seasons",
            t.seasons,
            made(choices::seasons),
            |counts| &counts.seasons,
            ["seasons", "no-seasons"],
        ),
        kind(
            "promoters",
            t.promoters,
            made(|catalogue| choices::named(&catalogue.promoters)),
            |counts| &counts.promoters,
            ["promoters", "no-promoters"],
        ),
        kind(
            "productions",
            t.productions,
            app.production_rows,
            |counts| &counts.productions,
            ["productions", "no-productions"],
        ),
        kind("events", t.events, app.event_rows, |counts| &counts.events, ["events", "no-events"]),
        kind(
            "tags",
            t.tags,
            made(|catalogue| choices::named(&catalogue.tags)),
            |counts| &counts.tags,
            ["tags", "no-tags"],
        ),
    ]
}

/// The place of a list among those of an exclusion: mostly it is one production that is left out.
fn place_in_exclusion(kind: &FacetKind) -> usize {
    const ORDER: [&str; 4] = ["productions", "events", "seasons", "categories"];
    ORDER.iter().position(|list| *list == kind.list).unwrap_or(ORDER.len())
}

/// The six lists, of the segment's events or of those it excludes.
#[component]
pub fn Facets(
    /// The segment.
    draft: Draft,
    /// The lists.
    mut kinds: [FacetKind; 6],
    /// Whether they are of the excluded events.
    is_excluding: bool,
) -> impl IntoView {
    if is_excluding {
        kinds.sort_by_key(place_in_exclusion);
    }
    let facets = kinds.map(|kind| view! { <Facet draft kind is_excluding/> }.into_any());
    view! { <div class="segment-form__facets">{facets.collect_view()}</div> }.into_any()
}

#[component]
fn Facet(draft: Draft, kind: FacetKind, is_excluding: bool) -> impl IntoView {
    let words = use_words();
    let t = words.form();
    let FacetKind { list, title, rows, counts, names } = kind;
    let chosen = Memo::new(move |_| {
        draft.segment().with(|segment| {
            let selection = selection(segment, is_excluding);
            let found = selection.and_then(|selection| {
                selection.lists().into_iter().find(|(name, _)| *name == list)
            });
            found.map(|(_, chosen)| chosen.to_vec()).unwrap_or_default()
        })
    });
    let counts = Memo::new(move |_| {
        let form = draft.counts()?;
        let of = if is_excluding { &form.excluded } else { &form.events };
        let pairs = counts(of).iter().map(|count| [count.events, count.customers]);
        Some::<RowCounts>(Arc::new(pairs.collect()))
    });
    let among = if list == "events" {
        dates_among(chosen, counts)
    } else {
        options_among(rows, chosen, counts)
    };
    let toggle = Callback::new(move |id: String| {
        draft.change(|segment| toggle(segment, is_excluding, list, id));
    });
    let nothing = if is_excluding { t.none } else { t.any };
    let label = if is_excluding { format!("{}: {title}", t.exclude) } else { title.to_owned() };
    view! {
        <fieldset class="facet">
            <legend class="visually-hidden">{label.clone()}</legend>
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
            {(list == "seasons" && !is_excluding).then(|| view! { <Reach draft/> })}
            <OptionList
                label
                name=names[usize::from(is_excluding)]
                rows=rows.into()
                among
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

/// The order of a list's rows: those that bring something first. What was chosen once stays among
/// those it stood with then: it would go from under the pointer that takes it back.
fn options_among(
    rows: Memo<Arc<OptionRows>>,
    chosen: Memo<Vec<String>>,
    counts: Memo<Option<RowCounts>>,
) -> Memo<Arc<Vec<u32>>> {
    let stay = Memo::new(move |before: Option<&HashMap<String, bool>>| {
        let mut stay = before.cloned().unwrap_or_default();
        let counts = counts.get_untracked().unwrap_or_default();
        for key in chosen.get() {
            let Entry::Vacant(place) = stay.entry(key) else { continue };
            let is_first = rows.with_untracked(|rows| {
                let mut all = (0..rows.len()).filter_map(|at| rows.get(at));
                let row = all.find(|row| row.key == *place.key());
                row.is_none_or(|row| has_numbers(&row, &counts))
            });
            place.insert(is_first);
        }
        stay
    });
    Memo::new(move |_| {
        let counts = counts.get().unwrap_or_default();
        let stays = |row: &OptionRow| stay.with(|stay| stay.get(&row.key).copied());
        Arc::new(with_numbers_first(&rows.get(), &counts, stays))
    })
}

/// The same of event dates. There are tens of thousands: no row is made for it.
fn dates_among(chosen: Memo<Vec<String>>, counts: Memo<Option<RowCounts>>) -> Memo<Arc<Vec<u32>>> {
    let data = use_app().data;
    let stay = Memo::new(move |before: Option<&HashMap<usize, bool>>| {
        let mut stay = before.cloned().unwrap_or_default();
        let counts = counts.get_untracked().unwrap_or_default();
        let (chosen, open) = (chosen.get(), data.open());
        let events = open.iter().flat_map(|open| &open.names.catalogue.events).enumerate();
        for (at, _) in events.filter(|(_, event)| chosen.contains(&event.id)) {
            stay.entry(at).or_insert_with(|| counts_at(at, &counts));
        }
        stay
    });
    Memo::new(move |_| {
        let count = data.open().map_or(0, |open| open.names.catalogue.events.len());
        let counts = counts.get().unwrap_or_default();
        let is_first = |place: usize| {
            let at = choices::event_place(place, count);
            stay.with(|stay| stay.get(&at).copied()).unwrap_or_else(|| counts_at(at, &counts))
        };
        Arc::new(first_then_others(count, is_first))
    })
}

/// What a segment selects, or excludes where it excludes anything.
pub fn selection(segment: &Segment, is_excluding: bool) -> Option<&EventSelection> {
    if is_excluding { segment.exclude_events.as_ref() } else { Some(&segment.events) }
}

/// Changes what the segment selects or excludes; an exclusion that asks nothing is none.
pub fn change_selection(
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
