//! The list itself: who is on it, and the rows of it that are looked at.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::haystack::Haystack;
use super::order::{RowSet, ordered};
use super::ranks::{Alphabet, AlphabetError, ranks};
use super::{Column, NO_VALUE};
use crate::model::{Contacts, TextColumn};

/// By what the list is sorted: a column's name, and whether the largest comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// A name of [`List::columns`].
    pub column: String,
    /// Whether the largest comes first.
    pub is_descending: bool,
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Ascending by the bytes of the ids where it is `None`.
    pub sort: Option<Sort>,
    /// Only who holds every word of it; everybody where it is blank.
    pub search: String,
}

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// A text as the export wrote it.
    Text(&'a str),
    /// A number of the column's kind.
    Number(f64),
    /// There is no value.
    Nothing,
}

/// Who is on the list, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// Rows of the customers: those of the result first, then those that only the search found.
    pub rows: Vec<u32>,
    /// How many of them are in the result.
    pub in_result: usize,
}

/// What a list holds of its customers, to be read on while the list goes on to others.
#[derive(Debug, Clone)]
pub struct Shared {
    /// Ids ascending by bytes.
    pub ids: Rc<TextColumn>,
    /// Columns of numbers by name.
    pub numbers: Vec<(String, Rc<Column>)>,
    /// Names and addresses, where they are there.
    pub contacts: Option<Rc<Contacts>>,
}

/// Customers with all that is known of them, and which of them the result has.
#[derive(Debug, Default)]
pub struct List {
    ids: Rc<TextColumn>,
    numbers: Vec<(String, Rc<Column>)>,
    contacts: Option<Rc<Contacts>>,
    result: RowSet,
    haystack: Option<Haystack>,
    found: Option<(String, RowSet)>,
    /// Ranks of text columns in the language that they were made for.
    ranks: HashMap<String, Vec<u32>>,
    alphabet: Option<(String, Alphabet)>,
    order: Option<(Sort, Vec<u32>)>,
    listed: Option<(Wanted, Listed)>,
}

impl List {
    /// Other data: ids ascending by bytes, one a customer. Nobody is in the result yet.
    pub fn of(ids: TextColumn) -> List {
        List { result: RowSet::none(ids.len()), ids: Rc::new(ids), ..List::default() }
    }

    /// How many customers there are.
    pub fn customers(&self) -> usize {
        self.ids.len()
    }

    /// One customer's id.
    pub fn id(&self, row: u32) -> &str {
        self.ids.get(row as usize)
    }

    /// Whether one customer is in the result.
    pub fn is_in_result(&self, row: u32) -> bool {
        self.result.contains(row)
    }

    /// What is known of the customers, shared and not copied.
    pub fn shared(&self) -> Shared {
        let (ids, contacts) = (Rc::clone(&self.ids), self.contacts.clone());
        Shared { ids, numbers: self.numbers.clone(), contacts }
    }

    /// The contacts, where they are there.
    pub fn contacts(&self) -> Option<&Contacts> {
        self.contacts.as_deref()
    }

    /// Takes the contacts of these customers: a row each. False, and nothing taken, where their
    /// number is another.
    #[must_use]
    pub fn set_contacts(&mut self, contacts: Contacts) -> bool {
        if contacts.cells.iter().any(|column| column.len() != self.ids.len()) {
            return false;
        }
        self.contacts = Some(Rc::new(contacts));
        (self.haystack, self.found, self.order, self.listed) = (None, None, None, None);
        self.ranks.clear();
        true
    }

    /// Takes a column of numbers, in place of one of that name. False, and nothing taken, where
    /// it has another number of rows.
    #[must_use]
    pub fn set_numbers(&mut self, name: &str, column: Column) -> bool {
        if column.keys.len() != self.ids.len() {
            return false;
        }
        if self.order.as_ref().is_some_and(|(sort, _)| sort.column == name) {
            (self.order, self.listed) = (None, None);
        }
        let column = Rc::new(column);
        match self.numbers.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = column,
            None => self.numbers.push((name.to_owned(), column)),
        }
        true
    }

    /// Takes another result: one bit a customer, 64 a word, the lowest row in the lowest bit.
    pub fn set_result(&mut self, words: Vec<u64>) {
        self.result = RowSet(words);
        self.listed = None;
    }

    /// Sorts words as a language does from now on.
    ///
    /// # Errors
    /// A language that is none.
    pub fn speak(&mut self, tag: &str) -> Result<(), AlphabetError> {
        if self.alphabet.as_ref().is_none_or(|(known, _)| known != tag) {
            self.alphabet = Some((tag.to_owned(), Alphabet::of(tag)?));
            self.ranks.clear();
            (self.order, self.listed) = (None, None);
        }
        Ok(())
    }

    /// Names of all columns: the customers' own first, in the order of their file, then numbers.
    /// Those of the contract have its names, a venue's own have their header behind `own:`.
    pub fn columns(&self) -> Vec<String> {
        let own = match &self.contacts {
            Some(contacts) => contact_columns(contacts).map(|(name, _)| name).collect(),
            None => vec![ID.to_owned()],
        };
        own.into_iter().chain(self.numbers.iter().map(|(name, _)| name.clone())).collect()
    }

    /// Who is on the list.
    pub fn listed(&mut self, wanted: &Wanted) -> &Listed {
        if self.listed.as_ref().is_none_or(|(known, _)| known != wanted) {
            let listed = self.list(wanted);
            self.listed = Some((wanted.clone(), listed));
        }
        &self.listed.as_ref().expect("set above").1
    }

    /// The whole result in an order; by id where none is wanted. What is looked at stays.
    pub fn result_in_order(&mut self, sort: Option<Sort>) -> Vec<u32> {
        let looked_at = self.listed.take();
        let rows = self.listed(&Wanted { sort, search: String::new() }).rows.clone();
        self.listed = looked_at;
        rows
    }

    /// The rows of a part of the list.
    pub fn part(&mut self, wanted: &Wanted, part: Range<usize>) -> Vec<u32> {
        let rows = &self.listed(wanted).rows;
        rows[part.start.min(rows.len())..part.end.min(rows.len())].to_vec()
    }

    /// One cell; [`Cell::Nothing`] of a column that there is not.
    pub fn cell(&self, row: u32, column: &str) -> Cell<'_> {
        if let Some(texts) = self.texts(column) {
            return match texts.get(row as usize) {
                "" => Cell::Nothing,
                text => Cell::Text(text),
            };
        }
        let numbers = self.numbers.iter().find(|(name, _)| name == column);
        numbers.and_then(|(_, numbers)| numbers.number(row)).map_or(Cell::Nothing, Cell::Number)
    }

    /// A column of numbers.
    pub fn numbers(&self, name: &str) -> Option<&Column> {
        self.numbers.iter().find(|(known, _)| known == name).map(|(_, column)| &**column)
    }

    fn texts(&self, column: &str) -> Option<&TextColumn> {
        if column == ID {
            return Some(&self.ids);
        }
        contact_columns(self.contacts()?)
            .find_map(|(name, texts)| (name == column).then_some(texts))
    }

    fn list(&mut self, wanted: &Wanted) -> Listed {
        self.find(&wanted.search);
        // Ids are in their own order already, and in no language's.
        let by_id = |sort: &&Sort| sort.column != ID || sort.is_descending;
        let sort = wanted.sort.as_ref().filter(by_id).cloned();
        if let Some(sort) = &sort {
            self.sort(sort);
        }
        let found = self.found.as_ref().map(|(_, found)| found);
        let is_found = |row: u32| found.is_none_or(|found| found.contains(row));
        let order = match (&sort, &self.order) {
            (Some(_), Some((_, order))) => Some(order),
            _ => None,
        };
        let select = |is_wanted: &dyn Fn(u32) -> bool| -> Vec<u32> {
            match order {
                Some(order) => order.iter().copied().filter(|&row| is_wanted(row)).collect(),
                None => (0..self.ids.len() as u32).filter(|&row| is_wanted(row)).collect(),
            }
        };
        let mut rows = select(&|row| self.result.contains(row) && is_found(row));
        let in_result = rows.len();
        if found.is_some() {
            rows.extend(select(&|row| is_found(row) && !self.result.contains(row)));
        }
        Listed { rows, in_result }
    }

    fn find(&mut self, search: &str) {
        if search.trim().is_empty() {
            self.found = None;
            return;
        }
        if self.found.as_ref().is_some_and(|(known, _)| known == search) {
            return;
        }
        let contacts = self.contacts.as_deref();
        let haystack = self.haystack.get_or_insert_with(|| Haystack::of(&self.ids, contacts));
        let found = haystack.find(search, &self.ids, contacts);
        self.found = Some((search.to_owned(), found));
    }

    fn sort(&mut self, sort: &Sort) {
        if self.order.as_ref().is_some_and(|(known, _)| known == sort) {
            return;
        }
        self.rank(&sort.column);
        let none;
        let keys = match (self.ranks.get(&sort.column), self.numbers(&sort.column)) {
            (Some(ranks), _) => ranks,
            (None, Some(column)) => &column.keys,
            // A column that went with the data before: everybody is without it.
            (None, None) => {
                none = vec![NO_VALUE; self.ids.len()];
                &none
            }
        };
        self.order = Some((sort.clone(), ordered(keys, sort.is_descending)));
    }

    fn rank(&mut self, column: &str) {
        if self.ranks.contains_key(column) || self.numbers(column).is_some() {
            return;
        }
        let ranked = if column == ID {
            // Ids ascend by bytes, which is the order that every list of them has.
            Some((0..self.ids.len() as u32).collect())
        } else {
            let alphabet = self.alphabet.as_ref().map(|(_, alphabet)| alphabet);
            self.texts(column).zip(alphabet).map(|(texts, alphabet)| ranks(texts, alphabet))
        };
        if let Some(ranked) = ranked {
            self.ranks.insert(column.to_owned(), ranked);
        }
    }
}

/// The column of the customers' ids.
const ID: &str = "customer_id";

/// Columns of the contacts with their names in the list.
pub fn contact_columns(contacts: &Contacts) -> impl Iterator<Item = (String, &TextColumn)> {
    let names = contacts.names.iter().zip(&contacts.headers);
    let name = |(name, header): (&Option<String>, &String)| match name {
        Some(name) => name.clone(),
        None => format!("own:{header}"),
    };
    names.map(name).zip(&contacts.cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn five() -> List {
        let mut list = List::of(["A", "B", "C", "D", "E"].into_iter().collect());
        let keys = vec![3, NO_VALUE, 1, 3, 2];
        assert!(list.set_numbers("orders", Column { keys, table: None }));
        list.set_result(vec![0b11110]);
        list.speak("sv").unwrap();
        list
    }

    fn with_names(mut list: List) -> List {
        let column = |texts: [&str; 5]| texts.into_iter().collect::<TextColumn>();
        let contacts = Contacts {
            headers: ["Kundnummer", "Efternamn", "Stamgäst"].map(str::to_owned).to_vec(),
            names: vec![Some("customer_id".into()), Some("last_name".into()), None],
            cells: vec![
                column(["A", "B", "C", "D", "E"]),
                column(["Öberg", "Ek", "", "Åsvik", "ek"]),
                column(["ja", "", "", "", ""]),
            ],
        };
        assert!(list.set_contacts(contacts));
        list
    }

    fn by(column: &str, is_descending: bool) -> Wanted {
        let sort = Some(Sort { column: column.into(), is_descending });
        Wanted { sort, search: String::new() }
    }

    #[test]
    fn without_a_wish_the_result_stands_by_id() {
        let mut list = five();
        let listed = list.listed(&Wanted::default()).clone();
        assert_eq!(listed, Listed { rows: vec![1, 2, 3, 4], in_result: 4 });
        assert_eq!(list.listed(&by("customer_id", true)).rows, [4, 3, 2, 1]);
    }

    #[test]
    fn numbers_and_words_sort_both_ways_and_what_is_empty_stays_last() {
        let mut list = with_names(five());
        assert_eq!(list.listed(&by("orders", false)).rows, [2, 4, 3, 1]);
        assert_eq!(list.listed(&by("orders", true)).rows, [3, 4, 2, 1]);
        assert_eq!(list.listed(&by("last_name", false)).rows, [4, 1, 3, 2]);
        assert_eq!(list.listed(&by("last_name", true)).rows, [3, 1, 4, 2]);
        list.set_result(vec![0b00011]);
        assert_eq!(list.listed(&by("last_name", false)).rows, [1, 0]);
    }

    #[test]
    fn another_language_and_another_column_of_numbers_order_anew() {
        let mut list = with_names(five());
        list.set_result(vec![0b11111]);
        assert_eq!(list.listed(&by("last_name", false)).rows, [4, 1, 3, 0, 2]);
        list.speak("en").unwrap();
        assert_eq!(list.listed(&by("last_name", false)).rows, [3, 4, 1, 0, 2]);
        assert_eq!(list.listed(&by("orders", false)).rows, [2, 4, 0, 3, 1]);
        assert!(list.set_numbers("orders", Column { keys: vec![0, 1, 2, 3, 4], table: None }));
        assert_eq!(list.listed(&by("orders", false)).rows, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_search_finds_people_outside_the_result_behind_those_in_it() {
        let mut list = with_names(five());
        list.set_result(vec![0b10000]);
        let wanted = Wanted { search: "ek".into(), ..by("last_name", false) };
        assert_eq!(list.listed(&wanted), &Listed { rows: vec![4, 1], in_result: 1 });
        assert_eq!(list.part(&wanted, 1..9), [1]);
        assert_eq!(list.part(&wanted, 7..9), Vec::<u32>::new());
    }

    #[test]
    fn cells_are_texts_numbers_or_nothing() {
        let list = with_names(five());
        assert_eq!(list.columns(), ["customer_id", "last_name", "own:Stamgäst", "orders"]);
        assert_eq!(list.cell(0, "last_name"), Cell::Text("Öberg"));
        assert_eq!(list.cell(2, "last_name"), Cell::Nothing);
        assert_eq!(list.cell(0, "own:Stamgäst"), Cell::Text("ja"));
        assert_eq!(list.cell(0, "orders"), Cell::Number(3.0));
        assert_eq!(list.cell(1, "orders"), Cell::Nothing);
        assert_eq!(list.cell(1, "no_such"), Cell::Nothing);
    }

    #[test]
    fn contacts_and_columns_of_other_customers_are_not_taken() {
        let mut list = five();
        let one = Contacts { cells: vec![["x"].into_iter().collect()], ..Contacts::default() };
        assert!(!list.set_contacts(one));
        assert!(!list.set_numbers("orders", Column::default()));
    }
}
