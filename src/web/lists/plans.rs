//! Who leaves: plans, made a while at a time, and their people.

use std::rc::Rc;

use super::gates::Material;
use super::{Desk, answer, answer_with, internal, refused};
use crate::export::{ExportError, Format, Gates, Plan, Preflight, Suppressions, push_recipients};
use crate::listing::Sort;
use crate::model::Row;
use crate::web::platform::{Attachments, PagePort, now_ms, pause};
use crate::web::protocol::Failure;
use crate::web::protocol::lists::{
    ListsAnswer, ListsProgress, PeopleAsk, PeopleOf, PeoplePart, PlanPerson, PreflightAsk,
    PreflightSaid, RecipientsAsk, Who,
};

/// Customers that are taken at a time.
pub const STEP: usize = 1024;
/// So long at a time nothing else is heard.
const WORK_MS: f64 = 40.0;

/// A plan that was made, and what it was made of.
pub struct Prepared {
    pub format: Format,
    pub material: Material,
    pub plan: Plan,
}

/// One piece of work that is done a while at a time.
pub struct Turns<'a> {
    desk: &'a Desk,
    page: &'a PagePort,
    id: u32,
    begun_ms: f64,
}

impl<'a> Turns<'a> {
    /// Begins the work of a request.
    pub fn begin(desk: &'a Desk, page: &'a PagePort, id: u32) -> Turns<'a> {
        desk.jobs.borrow_mut().insert(id);
        Turns { desk, page, id, begun_ms: now_ms() }
    }

    /// Once in a while tells how far it has come and hears what was said; false when the work
    /// was given up.
    pub async fn go_on(&mut self, done: usize, total: usize) -> bool {
        if now_ms() - self.begun_ms < WORK_MS {
            return true;
        }
        let progress = ListsProgress { done: done as u32, total: total as u32 };
        answer(self.page, self.id, ListsAnswer::Progress(progress));
        pause().await;
        self.begun_ms = now_ms();
        self.desk.jobs.borrow().contains(&self.id)
    }
}

impl Drop for Turns<'_> {
    fn drop(&mut self) {
        self.desk.jobs.borrow_mut().remove(&self.id);
    }
}

/// Makes a plan, keeps it under the request's number and answers.
pub async fn prepare(
    desk: Rc<Desk>,
    page: PagePort,
    id: u32,
    ask: PreflightAsk,
    beside: Attachments,
) {
    let said = match made(&desk, &page, id, ask, &beside).await {
        Ok(said) => said,
        Err(failure) => ListsAnswer::Failed(failure),
    };
    answer(&page, id, said);
}

async fn made(
    desk: &Desk,
    page: &PagePort,
    id: u32,
    ask: PreflightAsk,
    beside: &Attachments,
) -> Result<ListsAnswer, Failure> {
    let suppressions = if ask.has_suppressions {
        let bytes = beside.bytes(0).ok_or_else(|| internal(&"the list is not here"))?;
        match Suppressions::parse(&String::from_utf8_lossy(&bytes)) {
            Ok(suppressions) => suppressions,
            Err(error) => return Ok(ListsAnswer::BadSuppressions { line: error.line as u32 }),
        }
    } else {
        Suppressions::default()
    };
    let material = Material::of(desk)?;
    let (rows, unknown) = rows(desk, &material, ask.who)?;
    let total = rows.len();
    let gates = Gates { ungated: ask.is_ungated, suppressions };
    let plan = {
        let sources = material.sources().map_err(|error| refused(&error))?;
        let mut preflight =
            Preflight::new(sources, ask.format, gates, rows).map_err(|error| refused(&error))?;
        let mut turns = Turns::begin(desk, page, id);
        while !preflight.step(STEP) {
            if !turns.go_on(preflight.rows_done(), total).await {
                return Ok(ListsAnswer::Cancelled);
            }
        }
        preflight.finish()
    };
    let mut cells = Vec::new();
    for note in &plan.notes {
        match cells.iter_mut().find(|(fate, _)| *fate == note.fate) {
            Some((_, count)) => *count += 1,
            None => cells.push((note.fate, 1)),
        }
    }
    let said = PreflightSaid {
        rows_in: plan.rows_in,
        rows_out: plan.rows.len() as u32,
        left_out: plan.counts().into_iter().collect(),
        cells,
        unknown,
    };
    let prepared = Prepared { format: ask.format, material, plan };
    desk.plans.borrow_mut().insert(id, Rc::new(prepared));
    Ok(ListsAnswer::Preflight(said))
}

/// The rows that are asked about, in the order in which they are to leave, and how many ids
/// nobody has.
fn rows(desk: &Desk, material: &Material, who: Who) -> Result<(Vec<Row>, u32), Failure> {
    match who {
        Who::Result { language, sort } => {
            let mut list = desk.list.borrow_mut();
            list.speak(&language).map_err(|error| internal(&error))?;
            let sort = sort.map(|(column, is_descending)| Sort { column, is_descending });
            Ok((list.result_in_order(sort), 0))
        }
        Who::Customers(ids) => {
            let asked = ids.len();
            let known = material.ids();
            let find = |id: &String| position(known.len(), |at| known.get(at).cmp(id.as_str()));
            let mut rows: Vec<Row> = ids.iter().filter_map(find).collect();
            let unknown = (asked - rows.len()) as u32;
            rows.sort_unstable();
            rows.dedup();
            Ok((rows, unknown))
        }
    }
}

/// The position that is equal, among ascending ones.
fn position(len: usize, order: impl Fn(usize) -> std::cmp::Ordering) -> Option<Row> {
    let (mut from, mut to) = (0, len);
    while from < to {
        let middle = from.midpoint(to);
        match order(middle) {
            std::cmp::Ordering::Less => from = middle + 1,
            std::cmp::Ordering::Greater => to = middle,
            std::cmp::Ordering::Equal => return Some(middle as Row),
        }
    }
    None
}

/// Some of a plan's people.
pub fn people(desk: &Desk, ask: &PeopleAsk) -> Result<ListsAnswer, Failure> {
    let prepared = desk.plan(ask.plan)?;
    let Prepared { format, material, plan } = &*prepared;
    let part = |from: u32| from as usize;
    let mut total = 0;
    let mut people = Vec::new();
    let mut take = |person: &dyn Fn() -> PlanPerson| {
        if total >= part(ask.from) && people.len() < ask.count as usize {
            people.push(person());
        }
        total += 1;
    };
    match ask.of {
        PeopleOf::LeftOut(reason) => {
            for left_out in plan.left_out.iter().filter(|left_out| left_out.reason == reason) {
                take(&|| {
                    let kept = left_out.kept.map(|row| material.ids().get(row as usize).to_owned());
                    let about = address(material, *format, left_out.row);
                    person(material, left_out.row, about, kept.unwrap_or_default())
                });
            }
        }
        PeopleOf::Changed(fate) => {
            for note in plan.notes.iter().filter(|note| note.fate == fate) {
                take(&|| {
                    let header = format.headers().get(note.column as usize).copied();
                    let about = format
                        .contact_column(note.column)
                        .map(|column| cell(material, column, note.row).to_owned());
                    let header = header.unwrap_or_default().to_owned();
                    person(material, note.row, about.unwrap_or_default(), header)
                });
            }
        }
    }
    Ok(ListsAnswer::People(PeoplePart { total: total as u32, from: ask.from, people }))
}

fn person(material: &Material, row: Row, about: String, beside: String) -> PlanPerson {
    let names = [cell(material, "first_name", row), cell(material, "last_name", row)];
    PlanPerson {
        id: material.ids().get(row as usize).to_owned(),
        name: names.join(" ").trim().to_owned(),
        about,
        beside,
    }
}

fn cell<'a>(material: &'a Material, column: &str, row: Row) -> &'a str {
    material.contacts().column(column).map_or("", |cells| cells.get(row as usize)).trim()
}

/// What stands where the address should be.
fn address(material: &Material, format: Format, row: Row) -> String {
    let email = cell(material, "email", row);
    let is_by_phone = email.is_empty() && format.is_meta();
    if is_by_phone { cell(material, "phone", row) } else { email }.to_owned()
}

/// Some of those who go out, as JSON beside the answer.
pub fn recipients(
    desk: &Desk,
    page: &PagePort,
    id: u32,
    ask: &RecipientsAsk,
) -> Result<(), Failure> {
    let prepared = desk.plan(ask.plan)?;
    let sources = prepared.material.sources().map_err(|error: ExportError| refused(&error))?;
    let all = prepared.plan.rows.len();
    let from = all.min(ask.from as usize);
    let to = all.min(from + ask.count as usize);
    let mut json = vec![b'['];
    push_recipients(sources, &prepared.plan, ask.kind, from..to, &mut json);
    json.push(b']');
    answer_with(
        page,
        id,
        ListsAnswer::Recipients((to - from) as u32),
        &Attachments::of_bytes(&json),
    );
    Ok(())
}
