//! Reading the bundled tables; `tables/README.md` is their grammar.

/// A place in a table that the program carries. The bytes are the program's own, so running past
/// their end is a bug and panics.
#[derive(Debug, Clone, Copy)]
pub(super) struct TableBytes {
    rest: &'static [u8],
}

impl TableBytes {
    /// The start of a table, behind its magic bytes.
    pub(super) fn after_magic(table: &'static [u8], magic: [u8; 4]) -> TableBytes {
        let rest = table.strip_prefix(&magic).expect("the table was made for this program");
        TableBytes { rest }
    }

    /// A list of `count` pieces of `size_bytes` each.
    pub(super) fn take(&mut self, count: usize, size_bytes: usize) -> &'static [u8] {
        let (taken, rest) = self.rest.split_at(count * size_bytes);
        self.rest = rest;
        taken
    }

    /// The table from `offset` on.
    pub(super) fn skip(mut self, offset: usize) -> TableBytes {
        self.rest = &self.rest[offset..];
        self
    }

    /// An unsigned number of `N` bytes, at most four, lowest byte first.
    pub(super) fn number<const N: usize>(&mut self) -> usize {
        little_endian(self.take(N, 1))
    }

    /// Seven bits a byte, lowest first.
    pub(super) fn varint(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..).step_by(7) {
            let byte = self.number::<1>() as u64;
            value |= (byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        value
    }

    /// A signed number: 0, -1, 1, -2 are 0, 1, 2, 3.
    pub(super) fn zigzag(&mut self) -> i64 {
        let value = self.varint();
        (value >> 1) as i64 ^ -((value & 1) as i64)
    }

    /// A double, lowest byte first.
    pub(super) fn double(&mut self) -> f64 {
        let bytes = self.take(1, 8).try_into().expect("eight bytes were taken");
        f64::from_le_bytes(bytes)
    }
}

/// The number that a few bytes spell, lowest first.
pub(super) fn little_endian(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |value, &byte| value << 8 | usize::from(byte))
}
