//! Whole numbers in blocks of 128, each block as narrow as its own values allow.

use bitpacking::{BitPacker, BitPacker4x};

use super::SnapshotError;
use super::container::Cursor;

/// Numbers in a block.
pub(super) const BLOCK: usize = BitPacker4x::BLOCK_LEN;
/// Set in a block's first byte when a base follows.
const HAS_BASE: u8 = 0x80;
/// The least bytes a block takes: its first byte and one bit a number. There is no width 0, so
/// that a count of numbers is bounded by the bytes that claim to hold them.
const LEAST_BLOCK_BYTES: usize = 1 + BLOCK / 8;

/// Appends numbers; how many there are is not stored.
pub(super) fn write(out: &mut Vec<u8>, numbers: impl IntoIterator<Item = u32>) {
    let mut writer = PackedWriter::new(out);
    for number in numbers {
        writer.push(number);
    }
    writer.finish();
}

struct PackedWriter<'o> {
    out: &'o mut Vec<u8>,
    packer: BitPacker4x,
    block: [u32; BLOCK],
    filled: usize,
}

impl<'o> PackedWriter<'o> {
    fn new(out: &'o mut Vec<u8>) -> PackedWriter<'o> {
        PackedWriter { out, packer: BitPacker4x::new(), block: [0; BLOCK], filled: 0 }
    }

    fn push(&mut self, number: u32) {
        self.block[self.filled] = number;
        self.filled += 1;
        if self.filled == BLOCK {
            self.write_block();
        }
    }

    fn write_block(&mut self) {
        let (base, width) = shape(&self.block);
        self.out.push(if base > 0 { width | HAS_BASE } else { width });
        if base > 0 {
            self.out.extend_from_slice(&base.to_le_bytes());
            for number in &mut self.block {
                *number -= base;
            }
        }
        let start = self.out.len();
        self.out.resize(start + BitPacker4x::compressed_block_size(width), 0);
        self.packer.compress(&self.block, &mut self.out[start..], width);
        self.filled = 0;
    }

    /// Fills the last block up with its own smallest number, which makes it no wider.
    fn finish(mut self) {
        if let Some(&least) = self.block[..self.filled].iter().min() {
            self.block[self.filled..].fill(least);
            self.write_block();
        }
    }
}

/// Base and width: a base only when it makes the block narrower.
fn shape(block: &[u32]) -> (u32, u8) {
    let least = block.iter().copied().min().unwrap_or(0);
    let most = block.iter().copied().max().unwrap_or(0);
    let plain = bits(most);
    match bits(most - least) {
        narrower if narrower < plain => (least, narrower),
        _ => (0, plain),
    }
}

fn bits(number: u32) -> u8 {
    (u32::BITS - number.leading_zeros()).max(1) as u8
}

/// Bytes that [`write`] would append.
pub(super) fn size(numbers: impl IntoIterator<Item = u32>) -> usize {
    let (mut total, mut filled) = (0, 0);
    let mut block = [0; BLOCK];
    let block_size = |block: &[u32]| {
        let (base, width) = shape(block);
        1 + if base > 0 { 4 } else { 0 } + BitPacker4x::compressed_block_size(width)
    };
    for number in numbers {
        block[filled] = number;
        filled += 1;
        if filled == BLOCK {
            total += block_size(&block);
            filled = 0;
        }
    }
    if filled > 0 {
        total += block_size(&block[..filled]);
    }
    total
}

/// Reads as many numbers as `into` has room for.
pub(super) fn read_into(cursor: &mut Cursor<'_>, into: &mut [u32]) -> Result<(), SnapshotError> {
    let packer = BitPacker4x::new();
    let mut whole = into.chunks_exact_mut(BLOCK);
    for block in &mut whole {
        read_block(cursor, packer, block)?;
    }
    let rest = whole.into_remainder();
    if !rest.is_empty() {
        let mut block = [0; BLOCK];
        read_block(cursor, packer, &mut block)?;
        rest.copy_from_slice(&block[..rest.len()]);
    }
    Ok(())
}

/// Reads `count` numbers.
pub(super) fn read(cursor: &mut Cursor<'_>, count: usize) -> Result<Vec<u32>, SnapshotError> {
    check_count(cursor, count)?;
    let mut numbers = vec![0; count];
    read_into(cursor, &mut numbers)?;
    Ok(numbers)
}

/// Refuses a count that the bytes left cannot hold, before anyone makes room for it.
pub(super) fn check_count(cursor: &Cursor<'_>, count: usize) -> Result<(), SnapshotError> {
    if count.div_ceil(BLOCK) > cursor.left() / LEAST_BLOCK_BYTES {
        return Err(cursor.damaged(format!(
            "{count} numbers wanted, {} bytes are left: too few for them",
            cursor.left()
        )));
    }
    cursor.check_room(count as u64 * 4)
}

/// `block` has [`BLOCK`] numbers. Adding the base goes round at 2^32; whoever uses the numbers
/// checks them.
fn read_block(
    cursor: &mut Cursor<'_>,
    packer: BitPacker4x,
    block: &mut [u32],
) -> Result<(), SnapshotError> {
    let shape = cursor.u8()?;
    let width = shape & !HAS_BASE;
    if !(1..=32).contains(&width) {
        return Err(cursor.damaged(format!("a block of {width} bits a number; 1 to 32 are")));
    }
    let base = if shape & HAS_BASE == 0 { 0 } else { cursor.u32()? };
    packer.decompress(cursor.take(BitPacker4x::compressed_block_size(width))?, block, width);
    if base > 0 {
        for number in block {
            *number = number.wrapping_add(base);
        }
    }
    Ok(())
}

/// Numbers read one after the other, a block in memory at a time.
pub(super) struct PackedStream<'a> {
    cursor: Cursor<'a>,
    packer: BitPacker4x,
    block: [u32; BLOCK],
    at: usize,
}

impl<'a> PackedStream<'a> {
    /// `count` numbers that end where the cursor does.
    pub fn new(cursor: Cursor<'a>, count: usize) -> Result<PackedStream<'a>, SnapshotError> {
        check_count(&cursor, count)?;
        Ok(PackedStream { cursor, packer: BitPacker4x::new(), block: [0; BLOCK], at: BLOCK })
    }

    /// The next number; after the last one, padding and then an error.
    #[inline]
    pub fn next(&mut self) -> Result<u32, SnapshotError> {
        if self.at == BLOCK {
            read_block(&mut self.cursor, self.packer, &mut self.block)?;
            self.at = 0;
        }
        let number = self.block[self.at];
        self.at += 1;
        Ok(number)
    }

    /// Something is wrong with the numbers.
    pub fn damaged(&self, reason: impl Into<String>) -> SnapshotError {
        self.cursor.damaged(reason)
    }

    /// Refuses bytes that nobody asked for.
    pub fn finish(&self) -> Result<(), SnapshotError> {
        self.cursor.finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Numbers of every width, alone and above a base.
    fn numbers() -> impl Strategy<Value = Vec<u32>> {
        (0..=32_u32, any::<u32>(), vec(any::<u32>(), 0..400)).prop_map(|(width, base, numbers)| {
            let narrow = |number: u32| number.checked_shr(32 - width).unwrap_or(0);
            numbers.into_iter().map(|number| base.saturating_add(narrow(number))).collect()
        })
    }

    proptest! {
        #[test]
        fn numbers_come_back_from_as_many_bytes_as_were_foretold(numbers in numbers()) {
            let mut bytes = Vec::new();
            write(&mut bytes, numbers.iter().copied());
            prop_assert_eq!(bytes.len(), size(numbers.iter().copied()));
            let mut cursor = Cursor::of(&bytes);
            prop_assert_eq!(&read(&mut cursor, numbers.len()).unwrap(), &numbers);
            cursor.finish().unwrap();
            let mut stream = PackedStream::new(Cursor::of(&bytes), numbers.len()).unwrap();
            for number in numbers {
                prop_assert_eq!(stream.next().unwrap(), number);
            }
            stream.finish().unwrap();
        }
    }

    #[test]
    fn equal_numbers_take_one_bit_each() {
        let mut bytes = Vec::new();
        write(&mut bytes, [70_000; 256]);
        assert_eq!(bytes.len(), 2 * (1 + 4 + 16));
    }

    #[test]
    fn widths_other_than_1_to_32_are_refused() {
        for shape in (0..=255_u8).filter(|shape| !(1..=32).contains(&(shape & !HAS_BASE))) {
            let bytes = [[shape; 1].as_slice(), &[0; 600]].concat();
            assert!(read(&mut Cursor::of(&bytes), 1).is_err(), "{shape}");
        }
    }

    #[test]
    fn a_count_beyond_the_bytes_is_refused_before_room_is_made() {
        for count in [129, 1 << 32, usize::MAX] {
            let message = read(&mut Cursor::of(&[1; 33]), count).unwrap_err().to_string();
            assert!(message.contains("too few"), "{message}");
        }
    }
}
