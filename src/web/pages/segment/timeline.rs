//! Days back on a line of time: how many events each month has, and from when they count.

use leptos::prelude::*;

use super::days::DaysField;
use super::older::Older;
use crate::model::Day;
use crate::view::DaysBack;
use crate::web::components::tap;
use crate::web::state::{Draft, OpenData, use_app};
use crate::web::words::use_words;

/// Events of each month, all of them and those in scope, from the first month to the last.
#[derive(Debug, Clone, PartialEq, Default)]
struct Months {
    all: Vec<u32>,
    in_scope: Vec<u32>,
}

/// Months since the year 0.
fn month_of(day: Day) -> i32 {
    let (year, month, _) = day.ymd();
    year * 12 + i32::from(month) - 1
}

/// Days back as slider, number and *All*.
#[component]
pub fn Timeline(
    /// The segment.
    draft: Draft,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let t = words.form();
    let span = Memo::new(move |_| app.data.open().and_then(|open| span(&open)));
    let months = Memo::new(move |_| {
        app.data.open().zip(draft.counts()).map(|(open, form)| months(&open, &form.in_scope))
    });
    let days_back = Memo::new(move |_| {
        draft.segment().with(|segment| segment.events.days_back.unwrap_or(DaysBack::Days(0)))
    });
    let first_day = move || match days_back.get() {
        DaysBack::All => None,
        DaysBack::Days(days) => Some(app.data.today().minus(days)),
    };
    let hint = move || match (days_back.get(), first_day()) {
        (DaysBack::Days(0), _) => t.from_today.to_owned(),
        (_, Some(day)) => (t.from_day)(&words.formats.day(day)),
        (_, None) => t.from_ever.to_owned(),
    };
    let first = move || span.get().map_or(0, |(first, _)| first.number());
    let reach = move || {
        let today = app.data.today().number();
        span.get().map_or(1, |(first, _)| (today - first.number()).max(1))
    };
    let handle = move || {
        let at = first_day().map_or(0, |day| day.number() - first());
        at.clamp(0, reach()).to_string()
    };
    let slide = move |event: leptos::ev::Event| {
        let Ok(at) = event_target_value(&event).parse::<i32>() else { return };
        let days = (reach() - at).max(0) as u32;
        draft.drag(|segment| segment.events.days_back = Some(DaysBack::Days(days)));
    };
    let is_all = move || days_back.get() == DaysBack::All;
    let said = move || match days_back.get() {
        DaysBack::All => t.all.to_owned(),
        DaysBack::Days(days) => format!("{} {}", words.formats.count(days), t.days),
    };
    // The slider ends today; the months go on.
    let width = move || {
        span.get().map_or(100.0, |(first, last)| {
            let whole = (last.number().max(app.data.today().number()) - first.number()).max(1);
            f64::from(reach()) * 100.0 / f64::from(whole)
        })
    };
    view! {
        <section class="timeline" aria-label=t.days_back>
            <header class="timeline__head">
                <h2 class="timeline__title">{t.days_back}</h2>
                <p class="timeline__hint">{hint}</p>
                <span class="timeline__field">
                    <DaysField draft is_excluding=false/>
                    {t.days}
                </span>
                <button
                    class="button timeline__all"
                    type="button"
                    aria-pressed=move || is_all().to_string()
                    on:click=tap(move || {
                        draft
                            .change(|segment| {
                                let all = segment.events.days_back == Some(DaysBack::All);
                                segment.events.days_back = Some(
                                    if all { DaysBack::Days(0) } else { DaysBack::All },
                                );
                            });
                    })
                >
                    {t.all}
                </button>
            </header>
            <svg class="timeline__bars" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                <path class="timeline__out" d=move || months.with(|months| months.as_ref().map(|months| bars(&months.all, &months.all)))></path>
                <path class="timeline__in" d=move || months.with(|months| months.as_ref().map(|months| bars(&months.in_scope, &months.all)))></path>
                <path class="timeline__today" d=move || format!("M{:.3} 0V100", width())></path>
            </svg>
            <div class="timeline__slider" style:width=move || format!("{:.3}%", width())>
                <input
                    id="days-back"
                    class="timeline__handle"
                    type="range"
                    min="0"
                    max=move || reach().to_string()
                    step="1"
                    prop:value=handle
                    aria-label=t.days_back
                    aria-valuetext=said
                    on:input=slide
                    on:change=move |_| draft.settle()
                />
            </div>
            <div class="timeline__ends">
                <span aria-hidden="true">{move || span.get().map(|(first, _)| words.formats.day(first))}</span>
                <Older draft/>
                <span aria-hidden="true">{move || span.get().map(|(_, last)| words.formats.day(last))}</span>
            </div>
        </section>
    }
    .into_any()
}

/// The first and the last day of the events.
fn span(open: &OpenData) -> Option<(Day, Day)> {
    let events = &open.names.catalogue.events;
    Some((events.first()?.day(), events.last()?.day()))
}

fn months(open: &OpenData, in_scope: &[u32]) -> Months {
    let Some((first, last)) = span(open) else { return Months::default() };
    let (first, count) = (month_of(first), (month_of(last) - month_of(first) + 1) as usize);
    let mut months = Months { all: vec![0; count], in_scope: vec![0; count] };
    let events = &open.names.catalogue.events;
    for event in events {
        months.all[(month_of(event.day()) - first) as usize] += 1;
    }
    for event in in_scope.iter().filter_map(|at| events.get(*at as usize)) {
        months.in_scope[(month_of(event.day()) - first) as usize] += 1;
    }
    months
}

/// Bars on a field of 100 by 100; the highest of `all` reaches the top.
fn bars(counts: &[u32], all: &[u32]) -> String {
    use std::fmt::Write;
    let most = all.iter().copied().max().unwrap_or(0).max(1);
    let step = 100.0 / counts.len().max(1) as f64;
    let mut path = String::new();
    for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (left, top) = (at as f64 * step, 100.0 - f64::from(*count) * 100.0 / f64::from(most));
        write!(path, "M{:.3} 100V{top:.2}h{:.3}V100z", left + step * 0.07, step * 0.86)
            .expect("writing to a String does not fail");
    }
    path
}
