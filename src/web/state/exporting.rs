//! One export, from the choice of a format to its record. It lives as long as its dialog.

use std::rc::Rc;

use leptos::prelude::*;

use super::export_record::{Exported, file_name};
use super::lists::{ContactsState, PreflightHeard};
use super::{App, Customers, Data, Lists, Workspace};
use crate::export::{Format, Locale, Reason};
use crate::model::DEFAULT_COLUMNS;
use crate::view::sentence::Language;
use crate::web::platform::database::{self, Change, Store};
use crate::web::platform::{self, Attachments, Chosen};
use crate::web::protocol::Failure;
use crate::web::protocol::lists::{
    ListsAnswer, ListsAsk, ListsProgress, PeopleAsk, PeopleOf, PeoplePart, PreflightAsk,
    PreflightSaid, Who, WriteAsk, WrittenSaid,
};

/// Lists of more people than this are written to the disk as they come, where the browser can;
/// shorter ones it keeps until they are handed over, and asks no place for them.
const TO_DISK_FROM: u32 = 50_000;
/// Audiences below this size are warned of.
const FEW: u32 = 100;
/// People of a plan that are shown at a time.
pub const PEOPLE: u32 = 20;

/// How far an export has come.
#[derive(Debug, Clone, PartialEq)]
pub enum ExportStanding {
    /// It is looked who goes out.
    Checking(Option<ListsProgress>),
    /// A reason to go without consent is needed first: nobody names a consent.
    NeedsReason,
    /// It is known who goes out.
    Checked(PreflightSaid),
    /// Names and addresses are not there.
    NoContacts(ContactsState),
    /// The list of people to leave out has a wrong line.
    BadLine(u32),
    /// It could not be done.
    Failed(Failure),
}

/// How far the writing has come.
#[derive(Debug, Clone, PartialEq)]
pub enum WritingState {
    /// It was not asked for.
    Not,
    /// It goes on.
    Going(ListsProgress),
    /// It was stopped.
    Stopped,
    /// It is done.
    Done {
        /// What was written.
        said: WrittenSaid,
        /// The files' names.
        files: Vec<String>,
        /// Why there is no record of it.
        unrecorded: Option<String>,
    },
    /// It could not be done.
    Failed(Failure),
}

/// People to leave out: a file's name and content.
pub type LeftOutFile = (String, Rc<Vec<u8>>);

/// A handle on one export.
#[derive(Clone, Copy)]
pub struct Exporting {
    lists: Lists,
    customers: Customers,
    data: Data,
    workspace: Workspace,
    language: Language,
    /// What is exported.
    pub format: RwSignal<Format>,
    /// Without the consent to marketing.
    pub is_ungated: RwSignal<bool>,
    /// Why without.
    pub reason: RwSignal<String>,
    /// The audience's name, for Meta.
    pub audience: RwSignal<String>,
    /// The word of it that Meta may flag.
    pub telling: RwSignal<Option<String>>,
    /// Whom to leave out.
    pub left_out: RwSignal<Option<LeftOutFile>, LocalStorage>,
    /// The people that are unfolded, and the part of them that is shown.
    pub unfolded: RwSignal<Option<(PeopleOf, PeoplePart)>>,
    standing: RwSignal<ExportStanding>,
    writing: RwSignal<WritingState>,
    plan: StoredValue<u32>,
    job: StoredValue<u32>,
}

impl Exporting {
    /// Looks who would go out as a plain list, and again whenever the choice changes.
    pub fn begin(app: App) -> Exporting {
        let exporting = Exporting {
            lists: app.lists,
            customers: app.customers,
            data: app.data,
            workspace: app.workspace,
            language: untrack(|| app.settings.language()),
            format: RwSignal::new(Format::ListCsv),
            is_ungated: RwSignal::new(false),
            reason: RwSignal::new(String::new()),
            audience: RwSignal::new(untrack(|| view_name(app.workspace))),
            telling: RwSignal::new(None),
            left_out: RwSignal::new_local(None),
            unfolded: RwSignal::new(None),
            standing: RwSignal::new(ExportStanding::Checking(None)),
            writing: RwSignal::new(WritingState::Not),
            plan: StoredValue::new(0),
            job: StoredValue::new(0),
        };
        Effect::new(move |_| {
            let has_reason = exporting.is_ungated.get();
            exporting.left_out.track();
            exporting.check(exporting.format.get(), has_reason);
        });
        Effect::new(move |_| {
            let are_there = exporting.lists.contacts() == ContactsState::There;
            let waits = matches!(exporting.standing.get_untracked(), ExportStanding::NoContacts(_));
            if are_there && waits {
                exporting.is_ungated.notify();
            }
        });
        Effect::new(move |_| exporting.look_at_name(exporting.audience.get()));
        on_cleanup(move || {
            exporting.lists.give_up(exporting.plan.get_value());
            exporting.lists.give_up(exporting.job.get_value());
        });
        exporting
    }

    /// How far it has come.
    pub fn standing(self) -> ExportStanding {
        self.standing.get()
    }

    /// Whether names and addresses are on their way.
    pub fn are_contacts_coming(self) -> bool {
        self.lists.contacts() == ContactsState::Coming
    }

    /// What was found, once it was.
    pub fn found(self) -> Option<PreflightSaid> {
        self.standing.with(|standing| match standing {
            ExportStanding::Checked(said) => Some(said.clone()),
            _ => None,
        })
    }

    /// How far the writing has come.
    pub fn writing(self) -> WritingState {
        self.writing.get()
    }

    /// The name of the consent that the list needs; `None` where nobody names one.
    pub fn consent(self) -> Option<String> {
        let open = self.data.open()?;
        let id = open.names.venue.marketing_consent.clone()?;
        let known = open.names.consents.iter().find(|consent| consent.id == id);
        Some(known.map_or(id, |consent| consent.name.clone()))
    }

    /// Whether so few go out that Meta advises against it.
    pub fn few(self) -> Option<u32> {
        let said = self.found()?;
        (self.format.get().is_meta() && said.rows_out < FEW).then_some(said.rows_out)
    }

    /// Whether everything that was asked for is there, so that it can be written.
    pub fn is_ready(self) -> bool {
        let goes_without = self.format.get().is_gated() && self.is_ungated.get();
        let lacks_reason = goes_without && self.reason.with(|reason| reason.trim().is_empty());
        let is_writing = matches!(self.writing.get(), WritingState::Going(_));
        !lacks_reason && !is_writing && self.found().is_some_and(|said| said.rows_out > 0)
    }

    /// The view's name, or its segment's.
    pub fn view_name(self) -> String {
        view_name(self.workspace)
    }

    /// Unfolds some people of the plan, from a place on; the same again folds them.
    pub fn unfold(self, of: PeopleOf, from: u32) {
        let is_shown = self.unfolded.with_untracked(|shown| {
            shown.as_ref().is_some_and(|(known, part)| *known == of && part.from == from)
        });
        if is_shown {
            return self.unfolded.set(None);
        }
        let plan = self.plan.get_value();
        let ask = ListsAsk::People(PeopleAsk { plan, of, from, count: PEOPLE });
        self.lists.ask(ask, &Attachments::none(), move |answer, _| {
            if let ListsAnswer::People(part) = answer {
                self.unfolded.set(Some((of, part)));
            }
        });
    }

    /// Stops the writing.
    pub fn stop(self) {
        self.lists.cancel(self.job.get_value());
    }

    fn check(self, format: Format, is_ungated: bool) {
        self.lists.give_up(self.plan.get_value());
        self.unfolded.set(None);
        self.writing.set(WritingState::Not);
        let is_ungated = is_ungated && format.is_gated();
        if format.is_gated() && !is_ungated && untrack(|| self.consent()).is_none() {
            return self.standing.set(ExportStanding::NeedsReason);
        }
        self.standing.set(ExportStanding::Checking(None));
        let left_out = self.left_out.get_untracked();
        let sort = self.customers.sort.get_untracked();
        let who = Who::Result { language: self.language.code().to_owned(), sort };
        let has_suppressions = left_out.is_some();
        let ask = PreflightAsk { format, is_ungated, has_suppressions, who };
        let view = untrack(|| self.customers.view_ask());
        let bytes = left_out.as_ref().map(|(_, bytes)| bytes.as_slice());
        let plan = self.lists.preflight(view, ask, bytes, move |heard| match heard {
            PreflightHeard::NoContacts(contacts) => {
                self.standing.set(ExportStanding::NoContacts(contacts));
            }
            PreflightHeard::Said(answer) => match answer {
                ListsAnswer::Progress(progress) => {
                    self.standing.set(ExportStanding::Checking(Some(progress)));
                }
                ListsAnswer::Preflight(said) => self.standing.set(ExportStanding::Checked(said)),
                ListsAnswer::BadSuppressions { line } => {
                    self.standing.set(ExportStanding::BadLine(line));
                }
                ListsAnswer::Failed(failure) => self.standing.set(ExportStanding::Failed(failure)),
                _ => {}
            },
        });
        self.plan.set_value(plan);
    }

    fn look_at_name(self, name: String) {
        let asked = name.clone();
        self.lists.ask(ListsAsk::TellingWord(name), &Attachments::none(), move |answer, _| {
            let is_wanted = self.audience.try_get_untracked().is_some_and(|name| name == asked);
            if let (ListsAnswer::Word(word), true) = (answer, is_wanted) {
                self.telling.set(word);
            }
        });
    }

    /// Writes the list. A long one goes to the place that the reader chooses now.
    pub fn write(self) {
        let Some(said) = untrack(|| self.found()) else { return };
        let format = self.format.get_untracked();
        self.writing.set(WritingState::Going(ListsProgress { done: 0, total: said.rows_out }));
        // Only one place can be asked for at a time.
        let is_one_file = format.most_bytes().is_none();
        if said.rows_out < TO_DISK_FROM || !is_one_file {
            return self.pour(said, None);
        }
        let name = self.file_name(1);
        let suggested = name.clone();
        platform::choose_place(&suggested, move |chosen| match chosen {
            Chosen::Place(handle) => self.pour(said, Some((name, handle))),
            Chosen::NotOffered => self.pour(said, None),
            Chosen::GivenUp => self.writing.set(WritingState::Not),
        });
    }

    fn file_name(self, number: u32) -> String {
        let format = self.format.get_untracked();
        let audience = self.audience.get_untracked();
        let view = match audience.trim() {
            name if format.is_meta() && !name.is_empty() => name.to_owned(),
            _ => untrack(|| self.view_name()),
        };
        let venue = self.data.open_untracked().map(|open| open.names.venue.name.clone());
        let as_of = untrack(|| self.workspace.as_of()).to_string();
        file_name(&venue.unwrap_or_default(), &view, &as_of, format, number)
    }

    fn pour(self, found: PreflightSaid, place: Option<(String, platform::Place)>) {
        let format = self.format.get_untracked();
        let built_at = self.data.open_untracked().map(|open| open.opened.built_at.clone());
        let ask = ListsAsk::Write(WriteAsk {
            plan: self.plan.get_value(),
            locale: match self.language {
                Language::English => Locale::English,
                Language::Swedish => Locale::Swedish,
            },
            columns: untrack(|| self.columns()),
            built_at: built_at.unwrap_or_default(),
            to_disk: place.is_some(),
        });
        let beside = Attachments::none();
        let name = place.map(|(name, handle)| {
            beside.push_thing(&handle);
            name
        });
        let job = self.lists.ask(ask, &beside, move |answer, files| match answer {
            ListsAnswer::Progress(progress) => self.writing.set(WritingState::Going(progress)),
            ListsAnswer::Written(said) => {
                let names = match &name {
                    Some(name) => vec![name.clone()],
                    None => (1..=said.files).map(|number| self.file_name(number)).collect(),
                };
                for (name, at) in names.iter().zip(0..) {
                    if let Some(file) = files.thing(at) {
                        platform::hand_over(name, file);
                    }
                }
                self.finish(&found, said, names, format);
            }
            ListsAnswer::Cancelled => self.writing.set(WritingState::Stopped),
            ListsAnswer::Failed(failure) => self.writing.set(WritingState::Failed(failure)),
            _ => {}
        });
        self.job.set_value(job);
    }

    /// The columns of the table; those of the default where nobody chose, also those that the
    /// import does not have.
    fn columns(self) -> Vec<String> {
        let chosen = self.customers.chosen_columns();
        chosen.unwrap_or_else(|| DEFAULT_COLUMNS.map(str::to_owned).to_vec())
    }

    fn finish(self, found: &PreflightSaid, said: WrittenSaid, files: Vec<String>, format: Format) {
        let goes_without = format.is_gated() && self.is_ungated.get_untracked();
        let reason = self.reason.get_untracked().trim().to_owned();
        let audience = self.audience.get_untracked().trim().to_owned();
        let built_at = self.data.open_untracked().map(|open| open.opened.built_at.clone());
        let export = Exported {
            at: platform::now_rfc3339(),
            view: untrack(|| self.view_name()),
            as_of: untrack(|| self.workspace.as_of()).to_string(),
            format: format.name().to_owned(),
            audience: if format.is_meta() { audience } else { String::new() },
            rows_in: found.rows_in,
            rows: said.rows,
            reason: if goes_without { reason } else { String::new() },
            built_at: built_at.unwrap_or_default(),
        };
        let key = format!("{} {}", export.at, platform::new_id());
        let text = export.to_text();
        platform::spawn_local(async move {
            let put = |_: Option<&str>| (Change::Put(text), ());
            let kept = database::change(Store::Exports, &key, put).await;
            let unrecorded = kept.err().map(|error| error.to_string());
            // The dialog may be gone by now.
            self.writing.try_set(WritingState::Done { said, files, unrecorded });
        });
    }
}

/// The view's name, or its segment's.
fn view_name(workspace: Workspace) -> String {
    workspace.view().with(|view| {
        let name = if view.name.is_empty() { &view.segment.name } else { &view.name };
        name.clone()
    })
}

/// The reasons whose gates a format has, in their order.
pub fn gates(format: Format, is_ungated: bool, has_suppressions: bool) -> Vec<Reason> {
    let is_there = |reason: &Reason| match reason {
        Reason::NoConsent => format.is_gated() && !is_ungated,
        Reason::Suppressed => has_suppressions,
        _ => format.is_gated(),
    };
    Reason::ALL.into_iter().filter(is_there).collect()
}
