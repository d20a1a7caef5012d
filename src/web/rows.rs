//! Rows of long lists: which are found, and which of them are drawn.

use std::ops::Range;

/// Height of a row, in CSS pixels; the style sheet has the same.
pub const ROW_PX: i32 = 32;
/// Rows drawn: more than any list is high, even on a wall.
const DRAWN: usize = 56;
/// Of those, above the first in sight.
const ABOVE: usize = 10;

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
    /// Name and note in lower case, as the search sees them.
    sought: String,
}

impl OptionRow {
    /// A row whose numbers, if any, stand at `at`.
    pub fn new(at: usize, key: String, name: String, note: String) -> OptionRow {
        let sought = folded(&format!("{name} {note}"));
        OptionRow { key, name, note, at, sought }
    }

    /// The same for tens of thousands: `(at, key, name, note)` each. All texts are folded at once,
    /// since a call of the browser for each takes longer than the rest together.
    pub fn all(parts: impl Iterator<Item = (usize, String, String, String)>) -> Vec<OptionRow> {
        let mut text = String::new();
        let mut rows: Vec<OptionRow> = parts
            .map(|(at, key, name, note)| {
                let parts = [name.as_str(), " ", note.as_str(), SEPARATOR];
                text.extend(parts);
                OptionRow { key, name, note, at, sought: String::new() }
            })
            .collect();
        let text = folded(&text);
        let folded_texts: Vec<&str> = text.split_terminator(SEPARATOR).collect();
        // Names with the separator in them are no names of this world, but they are allowed.
        let is_whole = folded_texts.len() == rows.len();
        for (at, row) in rows.iter_mut().enumerate() {
            row.sought = if is_whole {
                folded_texts[at].to_owned()
            } else {
                folded(&format!("{} {}", row.name, row.note))
            };
        }
        rows
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

/// Positions of the rows that hold every word of what is typed.
pub fn found(rows: &[OptionRow], typed: &str) -> Vec<u32> {
    found_among(rows, 0..rows.len() as u32, typed)
}

/// The same of some rows, by their positions and in that order.
pub fn found_among(rows: &[OptionRow], among: impl Iterator<Item = u32>, typed: &str) -> Vec<u32> {
    let typed = folded(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let holds = |row: &OptionRow| words.iter().all(|word| row.sought.contains(word));
    among.filter(|at| rows.get(*at as usize).is_some_and(holds)).collect()
}

/// The rows to draw of `count` when the list is scrolled down by so many pixels.
pub fn drawn(scrolled_px: i32, count: usize) -> Range<usize> {
    let first = (scrolled_px.max(0) / ROW_PX) as usize;
    let start = first.saturating_sub(ABOVE).min(count.saturating_sub(DRAWN));
    start..(start + DRAWN).min(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> Vec<OptionRow> {
        let row = |at: usize| {
            OptionRow::new(at, at.to_string(), format!("Svansjön {at}"), "Lördag".into())
        };
        (0..count).map(row).collect()
    }

    #[test]
    fn a_row_is_found_by_every_word_of_it_in_any_order_and_case() {
        let rows = rows(50_000);
        assert_eq!(found(&rows, "").len(), 50_000);
        assert_eq!(found(&rows, "lördag SVANSJÖN 49999"), vec![49_999]);
        assert_eq!(found(&rows, "måndag"), Vec::<u32>::new());
        let some = || [7, 49_999, 17, 50_000].into_iter();
        assert_eq!(found_among(&rows, some(), "svansjön 7"), vec![7, 17]);
        assert_eq!(found_among(&rows, some(), ""), vec![7, 49_999, 17]);
    }

    #[test]
    fn rows_made_at_once_are_those_made_one_by_one() {
        for odd in ["", "Å \u{1e} Ö"] {
            let names = ["Svansjön", odd, "HAMLET", "Ὀδυσσεύς"];
            let part = |(at, name): (usize, &&str)| {
                (at, at.to_string(), (*name).to_owned(), format!("{at} NOV"))
            };
            let at_once = OptionRow::all(names.iter().enumerate().map(part));
            let one_by_one = names.iter().enumerate().map(part);
            let one_by_one: Vec<OptionRow> = one_by_one
                .map(|(at, key, name, note)| OptionRow::new(at, key, name, note))
                .collect();
            assert_eq!(at_once, one_by_one, "{odd:?}");
        }
    }

    #[test]
    fn the_rows_in_sight_are_among_the_few_that_are_drawn() {
        for count in [0, 1, DRAWN, 50_000] {
            for scrolled in [0, 31, 32, 40_000, 1_600_000, i32::MAX] {
                let drawn = drawn(scrolled, count);
                assert!(drawn.len() <= DRAWN && drawn.end <= count);
                let first = (scrolled / ROW_PX) as usize;
                if first < count {
                    assert!(drawn.contains(&first), "{scrolled} of {count}: {drawn:?}");
                }
            }
        }
    }
}
