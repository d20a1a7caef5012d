//! What the page and the worker that has the contacts say to each other, and what the counting
//! worker gives for it.
//!
//! The page asks the counting worker for a view's [`ListParts`] and hands them on as they are:
//! they are moved from worker to worker, and the page never looks into them.

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::export::{CellFate, Format, Locale, Reason, RecipientKind};

/// What the page asks the counting worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListAsk {
    /// The view's document.
    pub view: String,
    /// The yardstick.
    pub as_of: String,
    /// Whether whoever lists has nothing yet; else only what changed since the last answer comes.
    pub is_first: bool,
    /// Whether what decides who leaves is wanted as well.
    pub with_gates: bool,
}

/// What lies beside the message, in this order: one bit a customer for the result, 64 a word;
/// then with `data` the ids' bytes, where each ends, and the manifest (of no bytes where nothing
/// was stored); then for each of `columns` its keys, and its table where it has one; then what
/// [`ListGates`] says.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListParts {
    /// Other customers than before.
    pub data: Option<ListData>,
    /// Columns that changed.
    pub columns: Vec<ListColumn>,
    /// What decides who leaves, where it was asked for.
    pub gates: Option<ListGates>,
}

/// What decides who leaves. Beside the message lie, if it `is_first`: for each customer the day
/// of the latest order over all valid tickets, counted from the calendar's first, the largest
/// number for whoever has none; then, with `has_marketing`, who gave that consent. Each time then
/// for each flag who carries it. Sets are in roaring's own form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListGates {
    /// Whether what never changes lies beside as well.
    pub is_first: bool,
    /// Whether the venue names a consent to marketing.
    pub has_marketing: bool,
    /// Flags as they are now.
    pub flags: Vec<GateFlag>,
}

/// A flag whose customers lie beside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateFlag {
    /// Its id.
    pub id: String,
    /// As people call it.
    pub name: String,
}

/// What is to be known of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListData {
    /// Digits of the minor unit.
    pub digits: u8,
    /// The venue's country, alpha-2.
    pub country: Option<String>,
}

/// One column of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListColumn {
    /// Its name.
    pub name: String,
    /// Whether its keys are positions in a table.
    pub has_table: bool,
}

/// One thing the page says to the worker that has the contacts, with the number that the answer
/// carries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListsRequest {
    /// Counts up; never 0.
    pub id: u32,
    /// What it says.
    pub ask: ListsAsk,
}

/// What the page says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ListsAsk {
    /// The view, as the counting worker gave it. Answered by [`ListsAnswer::Taken`].
    Take(ListParts),
    /// Where names and addresses come from. Answered by [`ListsAnswer::Contacts`].
    Contacts(ContactsFrom),
    /// Whether the contacts are to be kept readable on this device, from now on. Answered by
    /// [`ListsAnswer::Taken`] once those that are here are.
    KeepReadable(bool),
    /// What opens sealed contacts, whose bytes the worker has. Answered by
    /// [`ListsAnswer::Contacts`].
    Unlock(String),
    /// A part of the list. Answered by [`ListsAnswer::Part`].
    Part(PartAsk),
    /// Who goes out, before anything is written. Answered by [`ListsAnswer::Preflight`]; the plan is
    /// kept under the number of this request until [`ListsAsk::Forget`].
    Preflight(PreflightAsk),
    /// Some of the people of a plan. Answered by [`ListsAnswer::People`].
    People(PeopleAsk),
    /// The first word of an audience's name that hints at health or money. Answered by
    /// [`ListsAnswer::Word`].
    TellingWord(String),
    /// Writes a plan's list. Answered by [`ListsAnswer::Written`].
    Write(WriteAsk),
    /// Some of those who go out, as JSON. Answered by [`ListsAnswer::Recipients`].
    Recipients(RecipientsAsk),
    /// Gives up the preflight or the writing of that number, which answers
    /// [`ListsAnswer::Cancelled`]. Has no answer of its own.
    Cancel(u32),
    /// Forgets the plan of that number. Has no answer.
    Forget(u32),
}

/// Who is to leave, and for where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreflightAsk {
    /// For which list. Mail that an endpoint sends has the gates of [`Format::ApsisCsv`].
    pub format: Format,
    /// Goes without the consent to marketing.
    pub is_ungated: bool,
    /// Whether a list of those who must not be written to lies beside: on each line an address
    /// or the SHA-256 of one.
    pub has_suppressions: bool,
    /// Who.
    pub who: Who,
}

/// Who is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    /// The result of the view that was taken last.
    Result {
        /// In which language words are sorted (BCP 47).
        language: String,
        /// The column to sort by, and whether the largest comes first; by id where there is none.
        sort: Option<(String, bool)>,
    },
    /// Customers of these ids, in ascending order of them. Those whom nobody knows are counted.
    Customers(Vec<String>),
}

/// What a preflight found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PreflightSaid {
    /// Customers that were asked for and that there are.
    pub rows_in: u32,
    /// How many of them go out.
    pub rows_out: u32,
    /// How many are left out and why, in the order of the gates; only reasons that occur.
    pub left_out: Vec<(Reason, u32)>,
    /// How many cells do not go out as they stand.
    pub cells: Vec<(CellFate, u32)>,
    /// Ids that were asked for and that nobody has.
    pub unknown: u32,
}

/// Some of the people of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleAsk {
    /// The number of the preflight.
    pub plan: u32,
    /// Which of them.
    pub of: PeopleOf,
    /// The first one's place.
    pub from: u32,
    /// How many.
    pub count: u32,
}

/// Which people of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PeopleOf {
    /// Those left out for a reason.
    LeftOut(Reason),
    /// Those with a cell that does not go out as it stands; once for each such cell.
    Changed(CellFate),
}

/// Some of the people of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PeoplePart {
    /// How many there are in all.
    pub total: u32,
    /// Where the part begins.
    pub from: u32,
    /// The part.
    pub people: Vec<PlanPerson>,
}

/// One of the people of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlanPerson {
    /// The customer's id.
    pub id: String,
    /// Their names.
    pub name: String,
    /// What it is about: the address, or the cell that changes.
    pub about: String,
    /// Of duplicates the id of who goes out instead; of cells the column's header.
    pub beside: String,
}

/// A list to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteAsk {
    /// The number of the preflight.
    pub plan: u32,
    /// For whose spreadsheet.
    pub locale: Locale,
    /// The columns of the list as shown, by their names there. One of the contract that the
    /// import has not stays empty, others that there are not are left out.
    pub columns: Vec<String>,
    /// The snapshot's time, RFC 3339.
    pub built_at: String,
    /// Whether a handle on the file to write to lies beside; else the files come with the answer.
    pub to_disk: bool,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WrittenSaid {
    /// Customers.
    pub rows: u32,
    /// Files; with the answer unless they went to a disk.
    pub files: u32,
    /// Bytes of all of them.
    pub bytes: u64,
    /// Cells that were cut for a workbook.
    pub shortened: u32,
}

/// People for an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipientsAsk {
    /// The number of the preflight.
    pub plan: u32,
    /// What of each is told.
    pub kind: RecipientKind,
    /// The first one's place among those who go out.
    pub from: u32,
    /// How many at most.
    pub count: u32,
}

/// How far something has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListsProgress {
    /// Customers so far.
    pub done: u32,
    /// Customers in all.
    pub total: u32,
}

/// Where names and addresses come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContactsFrom {
    /// Made up like the customers, on this day.
    Demo {
        /// The day that the demo was made for.
        today: String,
    },
    /// The folder of the host's snapshot.
    Site {
        /// Its address, absolute, with a slash at its end.
        base: String,
    },
    /// The bytes or the files beside the message.
    Beside,
    /// What this browser keeps, if it does.
    Kept,
}

/// A part of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartAsk {
    /// In which language words are sorted and numbers written (BCP 47).
    pub language: String,
    /// The column to sort by, and whether the largest comes first; by id where there is none.
    pub sort: Option<(String, bool)>,
    /// What is searched; blank for everybody of the result.
    pub search: String,
    /// The columns to show, in order.
    pub columns: Vec<String>,
    /// The first row.
    pub from: u32,
    /// So many rows.
    pub count: u32,
}

/// What the worker that has the contacts says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ListsAnswer {
    /// It listens.
    Ready,
    /// The view was taken.
    Taken,
    /// What became of the contacts.
    Contacts(ContactsSaid),
    /// A part of the list.
    Part(ListPart),
    /// How far a preflight or a writing has come; its answer follows.
    Progress(ListsProgress),
    /// What a preflight found.
    Preflight(PreflightSaid),
    /// The list of those who must not be written to cannot be read.
    BadSuppressions {
        /// The first line that is neither an address nor a hash, counted from 1.
        line: u32,
    },
    /// Some of the people of a plan.
    People(PeoplePart),
    /// The word that was asked for, in lower case; `None` where there is none.
    Word(Option<String>),
    /// What was written. Unless it went to a disk, the files lie beside in their order.
    Written(WrittenSaid),
    /// A JSON array of so many people lies beside.
    Recipients(u32),
    /// A preflight or a writing was given up.
    Cancelled,
    /// What was asked could not be done.
    Failed(Failure),
}

/// What became of the contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContactsSaid {
    /// They are there.
    There,
    /// They are here and sealed.
    Sealed,
    /// They stay sealed: the passphrase was another one.
    WrongPassphrase,
    /// They are neither here nor kept.
    Elsewhere,
    /// They could not be had.
    Failed(Failure),
}

/// One thing that the worker says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListsReply {
    /// Whose answer it is; 0 for what nobody asked.
    pub id: u32,
    /// What it says.
    pub answer: ListsAnswer,
}

/// A part of the list, as it is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ListPart {
    /// All rows of the list.
    pub total: u32,
    /// How many of them are in the result; the others come after them.
    pub in_result: u32,
    /// Names of all columns that there are.
    pub known: Vec<String>,
    /// Those of the columns asked for that there are, in order.
    pub columns: Vec<String>,
    /// Where the part begins.
    pub from: u32,
    /// Its rows.
    pub rows: Vec<ListRow>,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListRow {
    /// The customer's row in the data.
    pub row: u32,
    /// The customer's id.
    pub id: String,
    /// The customer's first and last name; empty where there are none, or they are sealed.
    pub name: String,
    /// Whether they are in the result.
    pub is_in: bool,
    /// What its cells read, one for each column of the part; empty where there is no value.
    pub cells: Vec<String>,
}
