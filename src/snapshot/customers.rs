//! The customers' columns beside their ids: distances and sets of rows.

use roaring::RoaringBitmap;

use super::SnapshotError;
use super::container::{Cursor, PartReader, PartWriter};
use super::{kinds, packed};
use crate::model::{Distances, FARTHEST_KM};

/// Appends the two sections of the distances. Code 0 is a customer without a place.
pub(super) fn write_distances(part: &mut PartWriter, distances: &Distances) {
    part.section(kinds::KILOMETRES, |out| {
        for km in &distances.km {
            out.extend_from_slice(&km.to_le_bytes());
        }
    });
    part.section(kinds::DISTANCES, |out| {
        // The unknown code is the largest number, so that it goes round to 0.
        packed::write(out, distances.code.iter().map(|code| code.wrapping_add(1)));
    });
}

/// Reads distances of `customers` rows.
pub(super) fn read_distances(
    part: &mut PartReader<'_>,
    customers: usize,
) -> Result<Distances, SnapshotError> {
    let mut table = part.section(kinds::KILOMETRES)?;
    let (chunks, rest) = table.rest().as_chunks::<8>();
    if !rest.is_empty() {
        return Err(table.damaged("a distance takes 8 bytes, the last one has fewer"));
    }
    let km: Vec<f64> = chunks.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
    let on_earth = km.iter().all(|km| (0.0..=FARTHEST_KM).contains(km));
    if !on_earth || !km.is_sorted_by(|a, b| a < b) {
        let allowed = format!("distances must lie within 0 and {FARTHEST_KM} km, and ascend");
        return Err(table.damaged(allowed));
    }
    let mut cursor = part.section(kinds::DISTANCES)?;
    let mut code = packed::read(&mut cursor, customers)?;
    cursor.finish()?;
    if let Some(place) = code.iter().max().filter(|code| **code as usize > km.len()) {
        return Err(cursor.damaged(format!("a row has distance {place} of {}", km.len())));
    }
    for code in &mut code {
        *code = code.wrapping_sub(1);
    }
    Ok(Distances { km, code })
}

/// Appends one set: its length in bytes, then roaring's portable format.
pub(super) fn write_rows(out: &mut Vec<u8>, rows: &RoaringBitmap) {
    let mut rows = rows.clone();
    rows.optimize();
    out.extend_from_slice(&(rows.serialized_size() as u32).to_le_bytes());
    rows.serialize_into(out).expect("writing to memory does not fail");
}

/// Reads one set, all of whose rows are below `customers`.
pub(super) fn read_rows(
    cursor: &mut Cursor<'_>,
    customers: u32,
) -> Result<RoaringBitmap, SnapshotError> {
    let length = cursor.u32()? as usize;
    let at_start = cursor.clone();
    let mut bytes = cursor.take(length)?;
    if containers(bytes) > bytes.len() / 4 {
        return Err(at_start.damaged("a set of rows with more containers than bytes for them"));
    }
    let rows = RoaringBitmap::deserialize_from(&mut bytes)
        .map_err(|error| at_start.damaged(format!("a set of rows: {error}")))?;
    if !bytes.is_empty() {
        return Err(at_start.damaged(format!("a set of rows: {} bytes too many", bytes.len())));
    }
    match rows.max() {
        Some(row) if row >= customers => {
            Err(at_start.damaged(format!("a set with row {row} of {customers}")))
        }
        _ => Ok(rows),
    }
}

/// How many containers the bytes claim to have, before room is made for them; 0 when they are
/// none of the two forms of the portable format, which its reader refuses.
fn containers(bytes: &[u8]) -> usize {
    let word = |at: usize| {
        let word = bytes.get(at..at + 4).and_then(|word| word.try_into().ok());
        u32::from_le_bytes(word.unwrap_or_default()) as usize
    };
    match word(0) {
        12_346 => word(4),
        cookie if cookie & 0xffff == 12_347 => (cookie >> 16) + 1,
        _ => 0,
    }
}
