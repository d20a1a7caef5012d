//! Sets of customers as one bit a row: dense sets that change with every step of a slider.
//! Sets that last come as roaring bitmaps.

use roaring::RoaringBitmap;

use crate::model::Row;

/// One bit for each customer row; bits beyond the rows are clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowBits {
    words: Vec<u64>,
    rows: u32,
}

impl RowBits {
    /// Nobody of `rows` customers.
    pub fn none(rows: u32) -> RowBits {
        RowBits { words: vec![0; (rows as usize).div_ceil(64)], rows }
    }

    /// Everybody of `rows` customers.
    pub fn all(rows: u32) -> RowBits {
        let mut bits = RowBits { words: vec![u64::MAX; (rows as usize).div_ceil(64)], rows };
        bits.trim();
        bits
    }

    /// The members of a bitmap whose rows lie below `rows`.
    pub fn from_bitmap(bitmap: &RoaringBitmap, rows: u32) -> RowBits {
        let mut bits = RowBits::none(rows);
        bitmap.iter().for_each(|row| bits.insert(row));
        bits
    }

    /// 64 rows a word, the lowest row in the lowest bit.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// The words to write to; bits beyond the rows must stay clear.
    pub fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words
    }

    /// Whether a row is in.
    pub fn contains(&self, row: Row) -> bool {
        self.words[row as usize / 64] >> (row % 64) & 1 != 0
    }

    /// Takes a row out or puts it in.
    pub fn toggle(&mut self, row: Row) {
        self.words[row as usize / 64] ^= 1 << (row % 64);
    }

    /// Leaves only rows that are in both.
    pub fn keep(&mut self, other: &RowBits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Puts a row in.
    pub fn insert(&mut self, row: Row) {
        self.words[row as usize / 64] |= 1 << (row % 64);
    }

    /// Takes a row out.
    pub fn take(&mut self, row: Row) {
        self.words[row as usize / 64] &= !(1 << (row % 64));
    }

    /// Puts all rows of another set in.
    pub fn add(&mut self, other: &RowBits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Takes all rows of another set out.
    pub fn subtract(&mut self, other: &RowBits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// Takes a bitmap's rows out.
    pub fn remove(&mut self, bitmap: &RoaringBitmap) {
        bitmap.iter().for_each(|row| self.take(row));
    }

    /// How many are in.
    pub fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// How many are in both.
    pub fn count_common(&self, other: &RowBits) -> u32 {
        let pairs = self.words.iter().zip(&other.words);
        pairs.map(|(one, other)| (one & other).count_ones()).sum()
    }

    /// How many are in one and not in the other.
    pub fn count_different(&self, other: &RowBits) -> u32 {
        let pairs = self.words.iter().zip(&other.words);
        pairs.map(|(one, other)| (one ^ other).count_ones()).sum()
    }

    /// Rows in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = Row> {
        self.words.iter().enumerate().flat_map(|(at, &word)| ones(at, word))
    }

    /// Clears what lies beyond the last row.
    pub fn trim(&mut self) {
        if let (Some(last), over @ 1..) = (self.words.last_mut(), self.rows % 64) {
            *last &= (1 << over) - 1;
        }
    }
}

/// The rows of the bits that are set in the word at position `at`, ascending.
pub fn ones(at: usize, word: u64) -> impl Iterator<Item = Row> {
    let mut left = word;
    std::iter::from_fn(move || {
        if left == 0 {
            return None;
        }
        let bit = left.trailing_zeros();
        left &= left - 1;
        Some(at as u32 * 64 + bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_and_bitmaps_hold_the_same_rows() {
        for rows in [0, 1, 63, 64, 65, 200] {
            let bitmap: RoaringBitmap = (0..rows).filter(|row| row % 3 == 0).collect();
            let bits = RowBits::from_bitmap(&bitmap, rows);
            assert!(bits.iter().eq(&bitmap), "{rows} rows");
            assert_eq!(u64::from(bits.count()), bitmap.len());
            assert_eq!(RowBits::all(rows).count(), rows);
            assert_eq!(RowBits::all(rows).count_common(&bits), bits.count());
        }
    }
}
