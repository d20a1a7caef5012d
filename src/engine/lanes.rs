//! The inner loops over a whole column, written so that they run in SIMD lanes.
//!
//! On wasm the comparison uses the target's own vectors (all of it safe code); elsewhere, and in
//! the test that compares the two, plain loops.

use super::column::UNKNOWN;

/// For each key, whether `key - low <= span` (in wrapping arithmetic, so keys below `low` fail):
/// bit `i % 64` of word `i / 64`. `words` has a word for each 64 keys begun.
pub fn keys_within(keys: &[u32], low: u32, span: u32, words: &mut [u64]) {
    assert_eq!(words.len(), keys.len().div_ceil(64), "a column has a key for each row");
    let mut chunks = keys.chunks_exact(64);
    let mut filled = 0;
    for (word, chunk) in words.iter_mut().zip(&mut chunks) {
        let chunk: &[u32; 64] = chunk.try_into().expect("chunks are exact");
        *word = within_64(chunk, low, span);
        filled += 1;
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        words[filled] = within_plain(rest, low, span);
    }
}

fn within_plain(keys: &[u32], low: u32, span: u32) -> u64 {
    keys.iter().rev().fold(0, |word, key| word << 1 | u64::from(key.wrapping_sub(low) <= span))
}

#[cfg(not(target_feature = "simd128"))]
fn within_64(keys: &[u32; 64], low: u32, span: u32) -> u64 {
    let mut bytes = [0_u8; 8];
    for (byte, keys) in bytes.iter_mut().zip(keys.as_chunks::<8>().0) {
        for (bit, key) in keys.iter().enumerate() {
            *byte |= u8::from(key.wrapping_sub(low) <= span) << bit;
        }
    }
    u64::from_le_bytes(bytes)
}

#[cfg(target_feature = "simd128")]
fn within_64(keys: &[u32; 64], low: u32, span: u32) -> u64 {
    use std::arch::wasm32::{
        i8x16_bitmask, i8x16_narrow_i16x8, i16x8_narrow_i32x4, u32x4, u32x4_le, u32x4_splat,
        u32x4_sub,
    };
    let (low, span) = (u32x4_splat(low), u32x4_splat(span));
    let four = |at: usize| {
        let key = u32x4(keys[at], keys[at + 1], keys[at + 2], keys[at + 3]);
        u32x4_le(u32x4_sub(key, low), span)
    };
    let mut word = 0_u64;
    for sixteen in 0..4 {
        let at = sixteen * 16;
        let lower = i16x8_narrow_i32x4(four(at), four(at + 4));
        let upper = i16x8_narrow_i32x4(four(at + 8), four(at + 12));
        word |= u64::from(i8x16_bitmask(i8x16_narrow_i16x8(lower, upper))) << at;
    }
    word
}

/// How a table of steps of equally many keys is entered.
#[derive(Debug, Clone, Copy)]
pub struct TableSteps {
    /// First key of the first step.
    pub first_key: u32,
    /// Last key of the last step.
    pub last_key: u32,
    /// A step has 2 to this power of keys.
    pub shift: u32,
    /// Where keys before the first step are looked up; then those after the last, then
    /// [`UNKNOWN`].
    pub outside: u32,
}

/// Where each of four keys is looked up in a table.
#[cfg(not(target_feature = "simd128"))]
pub fn table_steps(keys: &[u32; 4], table: &TableSteps) -> [u32; 4] {
    keys.map(|key| match key {
        UNKNOWN => table.outside + 2,
        key if key < table.first_key => table.outside,
        key if key > table.last_key => table.outside + 1,
        key => (key - table.first_key) >> table.shift,
    })
}

/// Where each of four keys is looked up in a table; no branch, since which keys lie outside is
/// as good as random.
#[cfg(target_feature = "simd128")]
pub fn table_steps(keys: &[u32; 4], table: &TableSteps) -> [u32; 4] {
    use std::arch::wasm32::{
        u32x4, u32x4_eq, u32x4_extract_lane as lane, u32x4_gt, u32x4_lt, u32x4_shr, u32x4_splat,
        u32x4_sub, v128_bitselect,
    };
    let keys = u32x4(keys[0], keys[1], keys[2], keys[3]);
    let (first, last) = (u32x4_splat(table.first_key), u32x4_splat(table.last_key));
    let outside = |at: u32| u32x4_splat(table.outside + at);
    let inside = u32x4_shr(u32x4_sub(keys, first), table.shift);
    let steps = v128_bitselect(outside(0), inside, u32x4_lt(keys, first));
    let steps = v128_bitselect(outside(1), steps, u32x4_gt(keys, last));
    let steps = v128_bitselect(outside(2), steps, u32x4_eq(keys, u32x4_splat(UNKNOWN)));
    [lane::<0>(steps), lane::<1>(steps), lane::<2>(steps), lane::<3>(steps)]
}

/// For each code, whether its bit is set in `accepted`; codes are below 8.
pub fn codes_within(codes: &[u8], accepted: u8, words: &mut [u64]) {
    assert_eq!(words.len(), codes.len().div_ceil(64), "a column has a code for each row");
    let lit: [u8; 8] = std::array::from_fn(|code| accepted >> code & 1);
    for (word, codes) in words.iter_mut().zip(codes.chunks(64)) {
        *word = codes
            .iter()
            .rev()
            .fold(0, |word, &code| word << 1 | u64::from(lit[usize::from(code & 7)]));
    }
}

/// All-ones lanes for the bits of a byte.
static LANES: [[u16; 8]; 256] = {
    let mut table = [[0_u16; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            if byte >> bit & 1 != 0 {
                table[byte][bit] = u16::MAX;
            }
            bit += 1;
        }
        byte += 1;
    }
    table
};

/// Sets `bit` in the mask of every row whose bit in `set` is set, and clears it in the others.
pub fn write_mask_bit(masks: &mut [u16], set: &[u64], bit: u16) {
    let (eights, rest) = masks.as_chunks_mut::<8>();
    let bytes = set.iter().flat_map(|word| word.to_le_bytes());
    let last = eights.len();
    for (eight, byte) in eights.iter_mut().zip(bytes) {
        for (mask, lane) in eight.iter_mut().zip(LANES[usize::from(byte)]) {
            *mask = *mask & !bit | lane & bit;
        }
    }
    if !rest.is_empty() {
        let byte = set[last / 8] >> (last % 8 * 8);
        for (at, mask) in rest.iter_mut().enumerate() {
            *mask = *mask & !bit | if byte >> at & 1 == 0 { 0 } else { bit };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lanes_agree_with_one_comparison_a_key(
            keys in prop::collection::vec(prop_oneof![0_u32..50, any::<u32>()], 0..300),
            low in 0_u32..60,
            span in prop_oneof![0_u32..40, any::<u32>()],
        ) {
            let mut words = vec![0; keys.len().div_ceil(64)];
            keys_within(&keys, low, span, &mut words);
            for (at, key) in keys.iter().enumerate() {
                let expected = key.wrapping_sub(low) <= span;
                prop_assert_eq!(words[at / 64] >> (at % 64) & 1 != 0, expected);
            }
        }

        #[test]
        fn a_mask_bit_is_written_where_the_set_has_it(
            rows in prop::collection::vec((any::<u16>(), any::<bool>(), 0_u8..4), 0..300),
            accepted in 0_u8..16,
        ) {
            let mut masks: Vec<u16> = rows.iter().map(|row| row.0).collect();
            let mut set = vec![0_u64; rows.len().div_ceil(64)];
            for (at, row) in rows.iter().enumerate() {
                set[at / 64] |= u64::from(row.1) << (at % 64);
            }
            write_mask_bit(&mut masks, &set, 8);
            for (mask, row) in masks.iter().zip(&rows) {
                prop_assert_eq!(*mask, row.0 & !8 | if row.1 { 8 } else { 0 });
            }
            let codes: Vec<u8> = rows.iter().map(|row| row.2).collect();
            codes_within(&codes, accepted, &mut set);
            for (at, code) in codes.iter().enumerate() {
                prop_assert_eq!(set[at / 64] >> (at % 64) & 1 != 0, accepted >> code & 1 != 0);
            }
        }
    }
}
