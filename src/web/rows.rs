//! Rows of long lists: made when they are drawn, since there may be tens of thousands of them; which are
//! found, and which are drawn.

use std::fmt;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Height of a row, in CSS pixels; the style sheet has the same.
pub const ROW_PX: i32 = 32;
/// Rows drawn above those in sight, and below them.
const BEYOND: usize = 10;
/// A list is taken to be at least so high.
const LEAST_SIGHT_PX: i32 = 320;
/// Rows whose texts are made ready for the search in one go: a few milliseconds of a page's time.
const SLICE: usize = 2_500;

/// Between the texts of rows that are folded at once.
const SEPARATOR: &str = "\u{1e}";

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct OptionRow {
    /// What it stands for.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What tells it from others of its name.
    pub note: String,
    /// Where its numbers stand among all numbers of the list.
    pub at: usize,
}

/// All rows of a list. Equal are only rows that are the very same.
pub struct OptionRows {
    len: usize,
    make: Box<dyn Fn(usize) -> OptionRow + Send + Sync>,
    sought: Mutex<Sought>,
}

/// What searches look through: the texts of the first rows, one after the other.
#[derive(Default)]
struct Sought {
    text: String,
    /// Where each row's text ends.
    ends: Vec<usize>,
}

impl Sought {
    fn push(&mut self, folded: &str) {
        self.text.push_str(folded);
        self.ends.push(self.text.len());
    }

    fn of(&self, at: usize) -> Option<&str> {
        let from = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.text.get(from..*self.ends.get(at)?)
    }
}

impl OptionRows {
    /// So many rows, each made by its position whenever it is asked for.
    pub fn made(
        len: usize,
        make: impl Fn(usize) -> OptionRow + Send + Sync + 'static,
    ) -> OptionRows {
        OptionRows { len, make: Box::new(make), sought: Mutex::default() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The row at a position.
    pub fn get(&self, at: usize) -> Option<OptionRow> {
        (at < self.len).then(|| (self.make)(at))
    }

    /// Whether a search can answer at once, or after so little work that nobody waits.
    pub fn is_ready(&self) -> bool {
        self.sought().ends.len() + SLICE >= self.len
    }

    /// Makes the texts of further rows ready for searches; whether that were all.
    pub fn prepare(&self) -> bool {
        let mut sought = self.sought();
        let from = sought.ends.len();
        let to = (from + SLICE).min(self.len);
        let texts = (from..to).map(|at| {
            let OptionRow { name, note, .. } = (self.make)(at);
            [name.as_str(), " ", note.as_str(), SEPARATOR].concat()
        });
        // At once, since a call of the browser for each takes longer than the rest together.
        let folded_texts = folded(&texts.collect::<String>());
        let pieces = || folded_texts.split_terminator(SEPARATOR);
        // Names with the separator in them are no names of this world, but they are allowed.
        if pieces().count() == to - from {
            pieces().for_each(|piece| sought.push(piece));
        } else {
            for at in from..to {
                let OptionRow { name, note, .. } = (self.make)(at);
                sought.push(&folded(&format!("{name} {note}")));
            }
        }
        to == self.len
    }

    /// Positions of the rows that hold every word of what is typed.
    pub fn found(&self, typed: &str) -> Vec<u32> {
        self.found_among(0..self.len as u32, typed)
    }

    /// The same of some rows, by their positions and in that order.
    pub fn found_among(&self, among: impl Iterator<Item = u32>, typed: &str) -> Vec<u32> {
        let typed = folded(typed);
        let words: Vec<&str> = typed.split_whitespace().collect();
        if words.is_empty() {
            return among.filter(|at| (*at as usize) < self.len).collect();
        }
        while !self.prepare() {}
        let sought = self.sought();
        let holds = |text: &str| words.iter().all(|word| text.contains(word));
        among.filter(|at| sought.of(*at as usize).is_some_and(holds)).collect()
    }

    fn sought(&self) -> MutexGuard<'_, Sought> {
        // What a failed attempt left is whole up to its last end.
        self.sought.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for OptionRows {
    fn default() -> OptionRows {
        OptionRows::from(Vec::new())
    }
}

impl From<Vec<OptionRow>> for OptionRows {
    fn from(rows: Vec<OptionRow>) -> OptionRows {
        OptionRows::made(rows.len(), move |at| rows[at].clone())
    }
}

impl FromIterator<OptionRow> for OptionRows {
    fn from_iter<I: IntoIterator<Item = OptionRow>>(rows: I) -> OptionRows {
        OptionRows::from(rows.into_iter().collect::<Vec<_>>())
    }
}

impl PartialEq for OptionRows {
    fn eq(&self, other: &OptionRows) -> bool {
        std::ptr::eq(self, other)
    }
}

impl fmt::Debug for OptionRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OptionRows").field("len", &self.len).finish_non_exhaustive()
    }
}

/// A text as searches see it: in lower case. The browser's tables serve for what is not ASCII,
/// since Rust's would be 15 kB of the page.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    #[cfg(feature = "web")]
    return super::platform::lower_case(text);
    #[cfg(not(feature = "web"))]
    text.to_lowercase()
}

/// Whether a row's numbers are both above 0, or not known yet.
pub fn has_numbers(row: &OptionRow, counts: &[[u32; 2]]) -> bool {
    counts_at(row.at, counts)
}

/// Whether the numbers of this position are both above 0, or not known yet.
pub fn counts_at(at: usize, counts: &[[u32; 2]]) -> bool {
    counts.get(at).is_none_or(|pair| !pair.contains(&0))
}

/// Positions of all rows: those that [have numbers](has_numbers) first, then the others, both in
/// the order they stand in. `stays` says it of rows that stay where they are, whatever they count.
/// Makes every row.
pub fn with_numbers_first(
    rows: &OptionRows,
    counts: &[[u32; 2]],
    stays: impl Fn(&OptionRow) -> Option<bool>,
) -> Vec<u32> {
    first_then_others(rows.len(), |at| {
        let has = |row: OptionRow| stays(&row).unwrap_or_else(|| has_numbers(&row, counts));
        rows.get(at).is_some_and(has)
    })
}

/// So many positions: those that come first, then the others, both ascending. Makes no row.
pub fn first_then_others(count: usize, is_first: impl Fn(usize) -> bool) -> Vec<u32> {
    let all = 0..count as u32;
    let (mut first, others): (Vec<u32>, Vec<u32>) = all.partition(|at| is_first(*at as usize));
    first.extend(others);
    first
}

/// The rows to draw of `count` when a list of this height is scrolled down by so many pixels.
pub fn drawn(scrolled_px: i32, sight_px: i32, count: usize) -> Range<usize> {
    let first = (scrolled_px.max(0) / ROW_PX) as usize;
    // One row more than fit is in part in sight.
    let in_sight = (sight_px.max(LEAST_SIGHT_PX) / ROW_PX) as usize + 2;
    let start = first.saturating_sub(BEYOND).min(count.saturating_sub(in_sight + BEYOND));
    start..(first + in_sight + BEYOND).min(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> OptionRows {
        OptionRows::made(count, |at| OptionRow {
            key: at.to_string(),
            name: format!("Svansjön {at}"),
            note: "Lördag".to_owned(),
            at,
        })
    }

    #[test]
    fn a_row_is_found_by_every_word_of_it_in_any_order_and_case() {
        let rows = rows(50_000);
        assert_eq!(rows.found("").len(), 50_000);
        assert_eq!(rows.found("lördag SVANSJÖN 49999"), vec![49_999]);
        assert_eq!(rows.found("måndag"), Vec::<u32>::new());
        let some = || [7, 49_999, 17, 50_000].into_iter();
        assert_eq!(rows.found_among(some(), "svansjön 7"), vec![7, 17]);
        assert_eq!(rows.found_among(some(), ""), vec![7, 49_999, 17]);
    }

    #[test]
    fn rows_without_numbers_come_last_unless_they_stay() {
        let rows = rows(5);
        let counts = [[0, 0], [3, 9], [1, 0], [2, 2], [0, 0]];
        assert_eq!(with_numbers_first(&rows, &counts, |_| None), [1, 3, 0, 2, 4]);
        let stays = |row: &OptionRow| match row.key.as_str() {
            "2" => Some(true),
            "3" => Some(false),
            _ => None,
        };
        assert_eq!(with_numbers_first(&rows, &counts, stays), [1, 2, 0, 3, 4]);
        // Before the numbers are there nothing moves.
        assert_eq!(with_numbers_first(&rows, &[], |_| None), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn positions_that_come_first_keep_their_order_and_so_do_the_others() {
        assert_eq!(first_then_others(6, |at| at % 3 == 1), [1, 4, 0, 2, 3, 5]);
        assert_eq!(first_then_others(0, |_| true), Vec::<u32>::new());
    }

    #[test]
    fn texts_made_ready_in_slices_are_those_made_one_by_one() {
        for odd in ["", "Å \u{1e} Ö"] {
            let names = ["Svansjön", odd, "HAMLET", "Ὀδυσσεύς"];
            let count = 2 * SLICE + 7;
            let row = move |at: usize| OptionRow {
                name: names[at % 4].to_owned(),
                note: format!("{at} NOV"),
                ..OptionRow::default()
            };
            let rows = OptionRows::made(count, row);
            for _ in 0..2 {
                assert!(!rows.is_ready());
                assert!(!rows.prepare());
            }
            assert!(rows.is_ready(), "less than one slice is left");
            assert!(rows.prepare());
            let sought = rows.sought();
            for at in 0..count {
                let OptionRow { name, note, .. } = row(at);
                assert_eq!(sought.of(at).unwrap(), folded(&format!("{name} {note}")), "{odd:?}");
            }
            assert_eq!(sought.of(count), None);
        }
    }

    #[test]
    fn the_rows_in_sight_are_among_the_few_that_are_drawn() {
        for count in [0, 1, 22, 50_000] {
            for scrolled in [0, 31, 32, 40_000, 1_599_000, i32::MAX] {
                for sight in [0, 160, 352, 1_500] {
                    let drawn = drawn(scrolled, sight, count);
                    assert!(drawn.end <= count && drawn.start <= drawn.end, "{drawn:?}");
                    assert!(drawn.len() <= sight as usize / 32 + 12 + 2 * BEYOND, "{drawn:?}");
                    let first = (scrolled / ROW_PX) as usize;
                    let last = ((scrolled.saturating_add(sight)) / ROW_PX) as usize;
                    for row in [first, last].into_iter().filter(|row| *row < count) {
                        assert!(drawn.contains(&row), "{row} of {count}: {drawn:?}");
                    }
                }
            }
        }
    }
}
