//! Rows of long lists: which are found, and which of them are drawn.

use std::ops::Range;

/// Height of a row, in CSS pixels; the style sheet has the same.
pub const ROW_PX: i32 = 32;
/// Rows drawn: more than any list is high, even on a wall.
const DRAWN: usize = 56;
/// Of those, above the first in sight.
const ABOVE: usize = 10;

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
    let typed = folded(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let holds = |row: &OptionRow| words.iter().all(|word| row.sought.contains(word));
    rows.iter().zip(0..).filter(|(row, _)| holds(row)).map(|(_, at)| at).collect()
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
