//! One bit for each of something, the first in the lowest bit of the first byte.

use super::SnapshotError;
use super::container::Cursor;

/// Appends bits, the last byte filled up with zeros.
pub(super) fn write(out: &mut Vec<u8>, bits: impl IntoIterator<Item = bool>) {
    let (mut byte, mut filled) = (0_u8, 0);
    for bit in bits {
        byte |= u8::from(bit) << filled;
        filled += 1;
        if filled == 8 {
            out.push(byte);
            (byte, filled) = (0, 0);
        }
    }
    if filled > 0 {
        out.push(byte);
    }
}

/// Bits where they lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
}

impl<'a> Bits<'a> {
    /// A section of exactly `count` bits.
    pub fn read(mut cursor: Cursor<'a>, count: usize) -> Result<Bits<'a>, SnapshotError> {
        let bytes = cursor.take(count.div_ceil(8))?;
        cursor.finish()?;
        let padded = match (count % 8, bytes.last()) {
            (0, _) | (_, None) => false,
            (used, Some(last)) => last >> used != 0,
        };
        if padded {
            return Err(cursor.damaged("a bit is set behind the last one"));
        }
        Ok(Bits { bytes })
    }

    /// The bit at a position below the count.
    #[inline]
    pub fn get(self, at: usize) -> bool {
        self.bytes[at / 8] >> (at % 8) & 1 != 0
    }

    /// How many are set.
    pub fn ones(self) -> u64 {
        self.bytes.iter().map(|byte| u64::from(byte.count_ones())).sum()
    }
}
