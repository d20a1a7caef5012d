//! Revenue of the lines: prices are few and round, so their sums are stored as steps of what
//! divides them all, or as places in a table of those that occur.

use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};

use super::SnapshotError;
use super::container::Cursor;
use super::packed;

const STEPS: u8 = 0;
const TABLE: u8 = 1;
/// A larger table would be wider than the numbers themselves.
const MAX_TABLE: usize = 1 << 16;

/// Appends the section, in the smaller of the two forms.
pub(super) fn write(out: &mut Vec<u8>, revenue_minor: &[u32]) {
    let step = revenue_minor.iter().fold(0, |step, minor| common_divisor(step, *minor)).max(1);
    let steps = || revenue_minor.iter().map(|minor| minor / step);
    if let Some(table) = table(revenue_minor) {
        let place: HashMap<u32, u32, FixedState> =
            (0..).zip(&table).map(|(at, v)| (*v, at)).collect();
        let places = || revenue_minor.iter().map(|minor| place[minor]);
        if table.len() * 4 + packed::size(places()) < packed::size(steps()) {
            out.push(TABLE);
            out.extend_from_slice(&(table.len() as u32).to_le_bytes());
            for minor in &table {
                out.extend_from_slice(&minor.to_le_bytes());
            }
            packed::write(out, places());
            return;
        }
    }
    out.push(STEPS);
    out.extend_from_slice(&step.to_le_bytes());
    packed::write(out, steps());
}

/// Those that occur, ascending, unless they are too many.
fn table(revenue_minor: &[u32]) -> Option<Vec<u32>> {
    let mut known: HashSet<u32, FixedState> = HashSet::default();
    for minor in revenue_minor {
        known.insert(*minor);
        if known.len() > MAX_TABLE {
            return None;
        }
    }
    let mut table: Vec<u32> = known.into_iter().collect();
    table.sort_unstable();
    Some(table)
}

fn common_divisor(mut a: u32, mut b: u32) -> u32 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Reads the revenue of `lines` lines.
pub(super) fn read(mut cursor: Cursor<'_>, lines: usize) -> Result<Vec<u32>, SnapshotError> {
    let form = cursor.u8()?;
    let number = cursor.u32()?;
    match form {
        STEPS => read_steps(cursor, lines, number),
        TABLE => read_places(cursor, lines, number as usize),
        _ => Err(cursor.damaged(format!("form {form} of revenue; 0 and 1 are"))),
    }
}

fn read_steps(mut cursor: Cursor<'_>, lines: usize, step: u32) -> Result<Vec<u32>, SnapshotError> {
    let mut revenue = packed::read(&mut cursor, lines)?;
    cursor.finish()?;
    let most = revenue.iter().copied().max().unwrap_or(0);
    if most.checked_mul(step).is_none() {
        return Err(cursor.damaged(format!("{most} steps of {step} minor units")));
    }
    for minor in &mut revenue {
        *minor *= step;
    }
    Ok(revenue)
}

fn read_places(
    mut cursor: Cursor<'_>,
    lines: usize,
    size: usize,
) -> Result<Vec<u32>, SnapshotError> {
    let (table, _) = cursor.take(size.saturating_mul(4))?.as_chunks::<4>();
    let mut revenue = packed::read(&mut cursor, lines)?;
    cursor.finish()?;
    for (line, minor) in revenue.iter_mut().enumerate() {
        let bytes = table
            .get(*minor as usize)
            .ok_or_else(|| cursor.damaged(format!("line {line} has revenue {minor} of {size}")))?;
        *minor = u32::from_le_bytes(*bytes);
    }
    Ok(revenue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(revenue_minor: &[u32]) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(&mut bytes, revenue_minor);
        assert_eq!(read(Cursor::of(&bytes), revenue_minor.len()).unwrap(), revenue_minor);
        bytes
    }

    #[test]
    fn round_prices_are_stored_as_steps() {
        let round: Vec<u32> = (0..1_000).map(|at| at * 2_500).collect();
        let bytes = stored(&round);
        assert_eq!((bytes[0], &bytes[1..5]), (STEPS, 2_500_u32.to_le_bytes().as_slice()));
    }

    #[test]
    fn few_uneven_prices_are_stored_as_places_in_a_table() {
        let prices = [12_345, 1, 99_999_999, 777];
        let uneven: Vec<u32> = (0..1_000).map(|at| prices[at % 4]).collect();
        let bytes = stored(&uneven);
        assert_eq!(bytes[0], TABLE);
        assert!(bytes.len() < 1_000 / 3, "{}", bytes.len());
    }

    #[test]
    fn nothing_and_only_zeros_and_the_largest_come_back() {
        stored(&[]);
        stored(&[0, 0, 0]);
        stored(&[u32::MAX, 0, u32::MAX - 1]);
    }

    #[test]
    fn steps_that_pass_the_largest_revenue_are_refused() {
        let mut bytes = stored(&[2_500, 5_000, 7_500]);
        bytes[1..5].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(read(Cursor::of(&bytes), 3).is_err());
    }

    #[test]
    fn a_place_outside_of_the_table_is_refused() {
        let uneven = [[1_u32, 1_000_003].as_slice(); 500].concat();
        let mut bytes = stored(&uneven);
        assert_eq!(bytes[..5], [TABLE, 2, 0, 0, 0]);
        bytes[1] = 1;
        bytes.drain(5..9);
        assert!(read(Cursor::of(&bytes), 1_000).is_err());
    }
}
