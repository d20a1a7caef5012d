//! The worker that has the contacts: it sorts and searches customers and writes their cells. They
//! live in its memory alone and are gone with it, unless the reader wants them kept ([`keeping`]).

mod cells;
mod contacts;
mod gates;
mod keeping;
mod plans;
mod writing;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::platform::{
    Attachments, PagePort, WorkerProblem, answer_page, note_panics, spawn_local,
};
use super::protocol::lists::{
    ListPart, ListParts, ListRow, ListsAnswer, ListsAsk, ListsReply, ListsRequest, PartAsk,
};
use super::protocol::{Failure, FailureKind};
use crate::export::{ExportError, telling_word};
use crate::listing::{self, Column, List, Sort, Wanted};
use crate::model::TextColumn;
use cells::Writer;
use gates::Gates;
use keeping::Keeping;
use plans::Prepared;

/// What the worker holds.
#[derive(Default)]
struct Desk {
    list: RefCell<List>,
    /// The manifest of the data; of no bytes where nothing was stored.
    manifest: RefCell<Vec<u8>>,
    digits: Cell<u8>,
    /// The venue's.
    country: RefCell<Option<String>>,
    gates: RefCell<Gates>,
    /// Plans by the number of the request that made them.
    plans: RefCell<HashMap<u32, Rc<Prepared>>>,
    /// Requests that are being worked on and were not given up.
    jobs: RefCell<HashSet<u32>>,
    /// Contacts that wait for their passphrase.
    sealed: RefCell<Option<Rc<[u8]>>>,
    keeping: Keeping,
    /// Counts up with each data, so that contacts that come late are not taken for another's.
    generation: Cell<u32>,
}

/// Answers the page until it closes the worker.
pub fn run() {
    note_panics();
    let desk = Rc::new(Desk::default());
    let port =
        answer_page(move |page, heard: Result<(ListsRequest, Attachments), WorkerProblem>| {
            match heard {
                Ok((request, beside)) => Rc::clone(&desk).hear(page, request, beside),
                Err(problem) => answer(page, 0, ListsAnswer::Failed(internal(&problem))),
            }
        })
        .expect("only a worker runs this");
    answer(&port, 0, ListsAnswer::Ready);
}

fn answer(page: &PagePort, id: u32, answer: ListsAnswer) {
    page.send(&ListsReply { id, answer }, &Attachments::none());
}

fn answer_with(page: &PagePort, id: u32, answer: ListsAnswer, beside: &Attachments) {
    page.send(&ListsReply { id, answer }, beside);
}

/// A list that cannot be made as it was asked for.
fn refused(error: &ExportError) -> Failure {
    let is_asked_wrongly = error.is_asked_wrongly();
    let kind = if is_asked_wrongly { FailureKind::Unreadable } else { FailureKind::Internal };
    Failure { kind, message: error.to_string() }
}

fn internal(reason: &impl ToString) -> Failure {
    Failure { kind: FailureKind::Internal, message: reason.to_string() }
}

impl Desk {
    fn hear(self: Rc<Desk>, page: &PagePort, request: ListsRequest, beside: Attachments) {
        let ListsRequest { id, ask } = request;
        let page = page.clone();
        let said = match ask {
            ListsAsk::Take(parts) => self.take(parts, &beside).map(|()| ListsAnswer::Taken),
            ListsAsk::Part(ask) => self.part(&ask).map(ListsAnswer::Part),
            ListsAsk::KeepReadable(is_wished) => {
                self.keeping.wish(is_wished);
                return spawn_local(async move {
                    answer(
                        &page,
                        id,
                        match keeping::settle(&self).await {
                            Ok(()) => ListsAnswer::Taken,
                            Err(problem) => ListsAnswer::Failed(internal(&problem)),
                        },
                    );
                });
            }
            ListsAsk::Unlock(passphrase) => {
                answer(&page, id, ListsAnswer::Contacts(contacts::unlock(&self, passphrase)));
                return spawn_local(async move { self.keep().await });
            }
            ListsAsk::Contacts(from) => {
                return spawn_local(async move {
                    let said = contacts::load(&self, from, beside).await;
                    answer(&page, id, ListsAnswer::Contacts(said));
                    self.keep().await;
                });
            }
            ListsAsk::Preflight(ask) => {
                return spawn_local(plans::prepare(self, page, id, ask, beside));
            }
            ListsAsk::Write(ask) => {
                return spawn_local(writing::write(self, page, id, ask, beside));
            }
            ListsAsk::People(ask) => plans::people(&self, &ask),
            ListsAsk::TellingWord(name) => Ok(ListsAnswer::Word(telling_word(&name))),
            ListsAsk::Recipients(ask) => match plans::recipients(&self, &page, id, &ask) {
                Ok(()) => return,
                Err(failure) => Err(failure),
            },
            ListsAsk::Cancel(job) => {
                self.jobs.borrow_mut().remove(&job);
                return;
            }
            ListsAsk::Forget(plan) => {
                self.plans.borrow_mut().remove(&plan);
                return;
            }
        };
        answer(&page, id, said.unwrap_or_else(ListsAnswer::Failed));
    }

    /// Keeps what is to be kept. Nothing is lost where that fails: the next start asks again.
    async fn keep(&self) {
        keeping::settle(self).await.ok();
    }

    fn plan(&self, number: u32) -> Result<Rc<Prepared>, Failure> {
        let plan = self.plans.borrow().get(&number).cloned();
        plan.ok_or_else(|| internal(&"there is no such plan any more"))
    }

    fn take(&self, parts: ListParts, beside: &Attachments) -> Result<(), Failure> {
        let mut next = 0;
        let mut place = || {
            next += 1;
            next - 1
        };
        let missing = || internal(&WorkerProblem::NotUnderstood);
        let result = beside.long_words(place()).ok_or_else(missing)?;
        let mut list = self.list.borrow_mut();
        if let Some(data) = parts.data {
            let ids = beside.bytes(place()).and_then(|text| String::from_utf8(text).ok());
            let ends = beside.words(place());
            let ids = ids.zip(ends).and_then(|(text, ends)| TextColumn::from_parts(text, ends));
            *list = List::of(ids.ok_or_else(missing)?);
            self.manifest.replace(beside.bytes(place()).ok_or_else(missing)?);
            self.digits.set(data.digits);
            self.country.replace(data.country);
            self.gates.replace(Gates::default());
            self.sealed.replace(None);
            self.keeping.forget();
            self.generation.set(self.generation.get() + 1);
        }
        for column in parts.columns {
            let keys = beside.words(place()).ok_or_else(missing)?;
            let table = if column.has_table {
                Some(beside.numbers(place()).ok_or_else(missing)?)
            } else {
                None
            };
            if !list.set_numbers(&column.name, Column { keys, table }) {
                return Err(missing());
            }
        }
        list.set_result(result);
        if let Some(gates) = parts.gates {
            self.gates.borrow_mut().take(gates, beside, place)?;
        }
        Ok(())
    }

    fn part(&self, ask: &PartAsk) -> Result<ListPart, Failure> {
        let mut list = self.list.borrow_mut();
        list.speak(&ask.language).map_err(|error| internal(&error))?;
        let sort = ask.sort.clone().map(|(column, is_descending)| Sort { column, is_descending });
        let wanted = Wanted { sort, search: ask.search.clone() };
        let listed = list.listed(&wanted);
        let (total, in_result) = (listed.rows.len() as u32, listed.in_result as u32);
        let part = ask.from as usize..ask.from as usize + ask.count as usize;
        let rows = list.part(&wanted, part);
        let known = list.columns();
        let is_known = |name: &&String| known.contains(name);
        let columns: Vec<String> = ask.columns.iter().filter(is_known).cloned().collect();
        let writer = Writer::new(&ask.language, self.digits.get(), &list, &columns);
        let row = |row: u32| ListRow {
            row,
            id: list.id(row).to_owned(),
            name: name_of(&list, row),
            is_in: list.is_in_result(row),
            cells: writer.cells(row),
        };
        let rows = rows.into_iter().map(row).collect();
        Ok(ListPart { total, in_result, known, columns, from: ask.from, rows })
    }
}

/// First and last name, as far as they are known.
fn name_of(list: &List, row: u32) -> String {
    let part = |column| match list.cell(row, column) {
        listing::Cell::Text(text) => text.trim(),
        listing::Cell::Nothing | listing::Cell::Number(_) => "",
    };
    [part("first_name"), part("last_name")].join(" ").trim().to_owned()
}
