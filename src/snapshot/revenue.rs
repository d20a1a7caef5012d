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
    let factor = cursor.u32()?;
    let table = match form {
        STEPS => None,
        TABLE => {
            let (table, _) = cursor.take((factor as usize).saturating_mul(4))?.as_chunks::<4>();
            Some(table)
        }
        _ => return Err(cursor.damaged(format!("form {form} of revenue; 0 and 1 are"))),
    };
    let mut revenue = packed::read(&mut cursor, lines)?;
    cursor.finish()?;
    match table {
        Some(table) => {
            for (line, minor) in revenue.iter_mut().enumerate() {
                let bytes = table.get(*minor as usize).ok_or_else(|| {
                    cursor.damaged(format!("line {line} has revenue {minor} of {factor}"))
                })?;
                *minor = u32::from_le_bytes(*bytes);
            }
        }
        None => {
            let most = revenue.iter().copied().max().unwrap_or(0);
            if most.checked_mul(factor).is_none() {
                return Err(cursor.damaged(format!("{most} steps of {factor} minor units")));
            }
            for minor in &mut revenue {
                *minor *= factor;
            }
        }
    }
    Ok(revenue)
}
