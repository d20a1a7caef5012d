//! *Why is this person here?* Each condition, true or false, with the purchases that decide it.
//!
//! Shown for as long as it is there; take it away in `on_close`:
//! `view! { <Explanation explained name clauses=sentence_of_the_view on_close/> }`.

use leptos::prelude::*;

use super::dialog::Dialog;
use super::icon::{Glyph, Icon};
use super::style_name;
use crate::engine::Verdict;
use crate::model::Day;
use crate::view::sentence::{About, Clause, Locale};
use crate::web::protocol::explained::{
    Explained, ExplainedCondition, ExplainedLine, ExplainedValue, Question,
};
use crate::web::words::explanation::ExplanationWords;
use crate::web::words::{Words, use_words};

/// Lists of purchases up to this long are open from the start.
const OPEN_LINES: usize = 3;

/// Events that are named as those that leave somebody out.
const NAMED_EVENTS: usize = 4;

/// The dialog that explains one customer.
#[component]
pub fn Explanation(
    /// What the worker says of the customer.
    explained: Explained,
    /// What people call the customer; empty where that is not known.
    name: String,
    /// The view's sentence, which has the settings in words.
    clauses: Signal<Vec<Clause>>,
    /// It was closed: take it away.
    on_close: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let t = ExplanationWords::of(words.language);
    let Explained { customer, is_in_result, conditions } = explained;
    let who = if name.is_empty() { (t.by_id)(&customer) } else { name };
    let title = if is_in_result { (t.title)(&who) } else { (t.title_absent)(&who) };
    let leaving_out = conditions.iter().filter(|one| one.leaves_out()).count() as u32;
    let summary = match leaving_out {
        0 => (t.in_result)(&customer),
        count => {
            let plural = words.formats.plural(count);
            (t.left_out)(&customer, &words.formats.count(count), plural)
        }
    };
    // Nothing can change the view while a dialog is over it.
    let conditions: Vec<AnyView> = clauses.with_untracked(|clauses| {
        conditions.iter().map(|one| condition(one, clauses, words)).collect()
    });
    view! {
        <Dialog title=title.clone() on_close is_wide=true>
            <div class="dialog__body explanation" tabindex="0" role="group" aria-label=title>
                <p class="explanation__summary">{summary}</p>
                <ol class="explanation__conditions">{conditions}</ol>
            </div>
        </Dialog>
    }
    .into_any()
}

fn condition(condition: &ExplainedCondition, clauses: &[Clause], words: Words) -> AnyView {
    let t = ExplanationWords::of(words.language);
    let (glyph, verdict) = match condition.verdict {
        Verdict::True => (Glyph::Yes, t.holds),
        Verdict::False => (Glyph::No, t.fails),
        Verdict::Unknown => (Glyph::Any, t.unknown),
    };
    let filter = condition.asked.filter();
    let value = filter.map(|_| {
        let value = condition.value.as_ref().map(|value| value_text(value, words));
        (t.value)(value.as_deref().unwrap_or(t.no_value))
    });
    let members: Vec<_> = condition
        .asked
        .members()
        .iter()
        .map(|member| view! { <li>{(t.member)(&member.name, member.has)}</li> })
        .collect();
    view! {
        <li
            class="explanation__condition"
            class=("explanation__condition--fails", condition.leaves_out())
            class=("explanation__condition--muted", !condition.is_applied)
            data-filter=filter.map(style_name)
        >
            <span class="explanation__verdict"><Icon glyph/>{verdict}</span>
            <div>
                <p class="explanation__asked">
                    {filter.map(|kind| view! { <Icon glyph=Glyph::Filter(kind)/> })}
                    <span class="explanation__title">{title(&condition.asked, words)}</span>
                    {setting(&condition.asked, clauses).map(|setting| format!(" {setting}"))}
                </p>
                {value.map(|value| view! { <p class="explanation__note">{value}</p> })}
                {left_out_by(condition, words).map(|said| view! { <p class="explanation__note">{said}</p> })}
                {(!condition.is_applied)
                    .then(|| view! { <p class="explanation__note">{t.muted}</p> })}
                {(!members.is_empty())
                    .then(|| view! { <ul class="explanation__members">{members}</ul> })}
                {purchases(&condition.lines, condition.more_lines, words)}
            </div>
        </li>
    }
    .into_any()
}

fn title(asked: &Question, words: Words) -> &'static str {
    let t = ExplanationWords::of(words.language);
    match asked {
        Question::Buyer => t.buyer,
        Question::Everyone => t.everyone,
        Question::NoExcludedEvent => t.no_excluded_event,
        Question::NotYetBought => t.not_yet_bought,
        Question::Filter(_) => asked.filter().map_or("", |kind| words.title(kind)),
        Question::WithConsents(_) => t.with_consents,
        Question::WithoutConsents(_) => t.without_consents,
        Question::WithFlags(_) => t.with_flags,
        Question::WithoutFlags(_) => t.without_flags,
    }
}

/// What the sentence says of a condition; nothing of a muted filter, which it only names.
fn setting(asked: &Question, clauses: &[Clause]) -> Option<String> {
    let about = match asked {
        Question::NotYetBought => About::Mode,
        _ => About::Filter(asked.filter()?),
    };
    clauses.iter().find(|clause| clause.about == Some(about)).map(|clause| clause.text.clone())
}

/// The events whose tickets leave the customer out, each once; more than a few end in an ellipsis.
fn left_out_by(condition: &ExplainedCondition, words: Words) -> Option<String> {
    let is_by_events =
        matches!(condition.asked, Question::NoExcludedEvent | Question::NotYetBought);
    if !is_by_events || !condition.leaves_out() {
        return None;
    }
    let mut events: Vec<String> = Vec::new();
    for line in &condition.lines {
        let event = format!("{} ({})", line.event, date(&line.event_day, words));
        if !events.contains(&event) {
            events.push(event);
        }
    }
    if events.len() > NAMED_EVENTS || condition.more_lines > 0 {
        events.truncate(NAMED_EVENTS);
        events.push("…".to_owned());
    }
    let t = ExplanationWords::of(words.language);
    Some((t.left_out_by)(&events.join(", ")))
}

fn date(day: &str, words: Words) -> String {
    Day::parse(day).map_or_else(|_| day.to_owned(), |day| words.formats.day(day))
}

fn value_text(value: &ExplainedValue, words: Words) -> String {
    let t = ExplanationWords::of(words.language);
    let formats = words.formats;
    match value {
        ExplainedValue::Count(count) => formats.count(*count),
        ExplainedValue::Days(days) => (t.days)(&formats.count(*days), formats.plural(*days)),
        ExplainedValue::Money(units) => formats.amount(*units),
        // Ten metres are as near as a postcode can say.
        ExplainedValue::Kilometres(km) => {
            format!("{}\u{A0}km", formats.number((km * 100.0).round() / 100.0))
        }
        ExplainedValue::Choice(choice) => (t.choice)(choice).to_owned(),
    }
}

/// The purchases that decide a condition, as a table that folds.
fn purchases(lines: &[ExplainedLine], more: u32, words: Words) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let t = ExplanationWords::of(words.language);
    let formats = words.formats;
    let count = lines.len() as u32 + more;
    let rows: Vec<_> = lines.iter().map(|line| purchase(line, words)).collect();
    let view = view! {
        <details class="explanation__purchases" open=lines.len() <= OPEN_LINES>
            <summary>
                <Icon glyph=Glyph::Down/>
                {(t.purchases)(&formats.count(count), formats.plural(count))}
            </summary>
            <table class="explanation__table">
                <thead>
                    <tr>
                        <th scope="col">{t.ordered}</th>
                        <th scope="col">{t.event}</th>
                        <th scope="col" class="explanation__number">{t.tickets}</th>
                        <th scope="col" class="explanation__number">{t.paid}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {(more > 0)
                .then(|| view! { <p class="explanation__note">{(t.older)(&formats.count(more))}</p> })}
        </details>
    };
    Some(view.into_any())
}

fn purchase(line: &ExplainedLine, words: Words) -> AnyView {
    let t = ExplanationWords::of(words.language);
    let formats = words.formats;
    let channel = if line.is_online { t.online } else { t.box_office };
    let detail = if line.is_subscription {
        format!("{channel}, {}", t.subscription)
    } else {
        channel.to_owned()
    };
    view! {
        <tr>
            <td>
                {date(&line.order_day, words)}
                <div class="explanation__detail">{detail}</div>
            </td>
            <td>
                {line.event.clone()}
                <div class="explanation__detail">{date(&line.event_day, words)}</div>
            </td>
            <td class="explanation__number">{formats.count(line.tickets)}</td>
            <td class="explanation__number">{formats.amount(line.revenue)}</td>
        </tr>
    }
    .into_any()
}
