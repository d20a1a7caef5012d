//! What the page and the worker that has the contacts say to each other, and what the counting
//! worker gives for it.
//!
//! The page asks the counting worker for a view's [`ListParts`] and hands them on as they are:
//! they are moved from worker to worker, and the page never looks into them.

use serde::{Deserialize, Serialize};

use super::Failure;

/// What the page asks the counting worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListAsk {
    /// The view's document.
    pub view: String,
    /// The yardstick.
    pub as_of: String,
    /// Whether whoever lists has nothing yet; else only what changed since the last answer comes.
    pub is_first: bool,
}

/// What lies beside the message, in this order: one bit a customer for the result, 64 a word;
/// then with `data` the ids' bytes, where each ends, and the manifest (of no bytes where nothing
/// was stored); then for each of `columns` its keys, and its table where it has one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListParts {
    /// Other customers than before.
    pub data: Option<ListData>,
    /// Columns that changed.
    pub columns: Vec<ListColumn>,
}

/// What is to be known of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListData {
    /// Digits of the minor unit.
    pub digits: u8,
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
    /// What opens sealed contacts, whose bytes the worker has. Answered by
    /// [`ListsAnswer::Contacts`].
    Unlock(String),
    /// A part of the list. Answered by [`ListsAnswer::Part`].
    Part(PartAsk),
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
    /// The bytes or the file beside the message.
    Beside,
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
    /// Whether they are in the result.
    pub is_in: bool,
    /// What its cells read, one for each column of the part; empty where there is no value.
    pub cells: Vec<String>,
}
