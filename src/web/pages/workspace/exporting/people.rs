//! The people of a step of the funnel, some at a time.

use leptos::prelude::*;

use crate::export::Reason;
use crate::web::protocol::lists::{PeopleOf, PeoplePart, PlanPerson};
use crate::web::state::{Exporting, PEOPLE};
use crate::web::words::exporting::ExportWords;
use crate::web::words::{Words, use_words};

/// The people that are unfolded.
#[component]
pub fn People(exporting: Exporting) -> impl IntoView {
    let words = use_words();
    move || exporting.unfolded.get().map(|(of, part)| people(exporting, of, &part, words))
}

fn people(exporting: Exporting, of: PeopleOf, part: &PeoplePart, words: Words) -> AnyView {
    let t = ExportWords::of(words.language);
    let is_duplicate = of == PeopleOf::LeftOut(Reason::Duplicate);
    let (about, beside) = match of {
        PeopleOf::LeftOut(_) => (t.address, is_duplicate.then_some(t.goes_instead)),
        PeopleOf::Changed(_) => (t.cell, Some(t.column)),
    };
    let row = |person: &PlanPerson| {
        let PlanPerson { id, name, about, beside: other } = person.clone();
        view! {
            <tr>
                <td>{id}</td>
                <td>{name}</td>
                <td>{about}</td>
                {beside.map(|_| view! { <td>{other}</td> })}
            </tr>
        }
        .into_any()
    };
    view! {
        <div class="exporting__people">
            {is_duplicate.then(|| view! { <p class="exporting__hint">{t.kept_is}</p> })}
            <table class="exporting__table" aria-label=t.show>
                <thead>
                    <tr>
                        <th scope="col">{t.customer}</th>
                        <th scope="col">{t.name}</th>
                        <th scope="col">{about}</th>
                        {beside.map(|beside| view! { <th scope="col">{beside}</th> })}
                    </tr>
                </thead>
                <tbody>{part.people.iter().map(row).collect::<Vec<_>>()}</tbody>
            </table>
            {(part.total > PEOPLE).then(|| pages(exporting, of, part, words))}
        </div>
    }
    .into_any()
}

fn pages(exporting: Exporting, of: PeopleOf, part: &PeoplePart, words: Words) -> AnyView {
    let t = ExportWords::of(words.language);
    let (from, total) = (part.from, part.total);
    let to = from + part.people.len() as u32;
    let count = |count: u32| words.formats.count(count);
    let range = (t.people_range)(&count(from + 1), &count(to), &count(total));
    view! {
        <div class="exporting__pages">
            <span role="status">{range}</span>
            <button
                class="button"
                type="button"
                disabled=from == 0
                on:click=move |_| exporting.unfold(of, from.saturating_sub(PEOPLE))
            >
                {t.previous}
            </button>
            <button
                class="button"
                type="button"
                disabled=to >= total
                on:click=move |_| exporting.unfold(of, to)
            >
                {t.next}
            </button>
        </div>
    }
    .into_any()
}
