//! The counts that follow single customers in and out.

use super::super::bits::{RowBits, ones};
use super::super::lanes;
use super::super::profiles::Profiles;
use super::histograms::Bins;
use super::slots::SLOTS;

/// Mask bit of a customer outside the audience, above the slots' bits.
const OUTSIDE: u16 = 1 << 15;

/// A mask of failed slots for each customer, and what follows from the masks.
#[derive(Debug)]
pub struct Live {
    pub(super) masks: Vec<u16>,
    /// Slots whose bit in the masks is behind.
    outdated: u16,
    /// Customers of the audience who fail nothing.
    pub total: u32,
    /// For each slot, customers of the audience who fail that one only.
    pub only: [u32; SLOTS],
    /// For each counted set, its members among the result.
    pub members: Vec<u32>,
    /// Histograms, once one was asked for.
    pub bins: Option<Bins>,
}

impl Live {
    /// Nobody is counted yet.
    pub fn new(rows: u32, sets: usize) -> Live {
        Live {
            masks: vec![OUTSIDE; rows as usize],
            outdated: 0,
            total: 0,
            only: [0; SLOTS],
            members: vec![0; sets],
            bins: None,
        }
    }

    /// Another audience, all of whose masks are behind.
    pub fn start(&mut self, audience: &RowBits) {
        let (masks, rows) = (&mut self.masks, audience.words());
        masks.fill(OUTSIDE);
        lanes::write_mask_bit(masks, &rows.iter().map(|word| !word).collect::<Vec<_>>(), OUTSIDE);
        self.outdated = (1 << SLOTS) - 1;
        if let Some(bins) = &mut self.bins {
            bins.forget_all();
        }
    }

    /// Whether histograms are kept up to date.
    pub fn has_bins(&self) -> bool {
        self.bins.as_ref().is_some_and(Bins::is_filled)
    }

    /// The values that a slot's histogram shows changed.
    pub fn forget_bins(&mut self, at: usize) {
        if let Some(bins) = &mut self.bins {
            bins.forget(at);
        }
    }

    /// A slot's bit is behind.
    pub fn outdate(&mut self, at: usize) {
        self.outdated |= 1 << at;
    }

    /// Whether a slot's bit is behind.
    pub fn is_outdated(&self, at: usize) -> bool {
        self.outdated >> at & 1 != 0
    }

    /// Writes a slot's bit: who of the audience does not pass; nobody fails a slot not applied.
    pub fn settle(&mut self, at: usize, audience: &RowBits, passing: Option<&RowBits>) {
        let fails: Vec<u64> = match passing {
            Some(passing) => {
                let pairs = audience.words().iter().zip(passing.words());
                pairs.map(|(member, pass)| member & !pass).collect()
            }
            None => vec![0; audience.words().len()],
        };
        lanes::write_mask_bit(&mut self.masks, &fails, 1 << at);
        self.outdated &= !(1 << at);
    }

    /// A customer of the audience who failed a slot passes it now.
    #[inline]
    pub fn pass(&mut self, row: u32, at: usize, profiles: &Profiles) {
        self.flip::<true>(row, at, profiles);
    }

    /// A customer of the audience who passed a slot fails it now.
    #[inline]
    pub fn fail(&mut self, row: u32, at: usize, profiles: &Profiles) {
        self.flip::<false>(row, at, profiles);
    }

    /// Takes every customer who passes one set and not the other across.
    pub fn exchange(&mut self, at: usize, old: &RowBits, new: &RowBits, profiles: &Profiles) {
        for (word, (old, new)) in old.words().iter().zip(new.words()).enumerate() {
            for row in ones(word, old & !new) {
                self.flip::<false>(row, at, profiles);
            }
            for row in ones(word, new & !old) {
                self.flip::<true>(row, at, profiles);
            }
        }
    }

    #[inline]
    fn flip<const PASS: bool>(&mut self, row: u32, at: usize, profiles: &Profiles) {
        let by = if PASS { 1_u32 } else { u32::MAX };
        let mask = &mut self.masks[row as usize];
        *mask ^= 1 << at;
        let others = *mask & !(1 << at);
        if others == 0 {
            self.total = self.total.wrapping_add(by);
            self.only[at] = self.only[at].wrapping_sub(by);
            for &set in profiles.sets_of(row) {
                let members = &mut self.members[set as usize];
                *members = members.wrapping_add(by);
            }
            if let Some(bins) = &mut self.bins {
                bins.add_all_but(row, at, by);
            }
        } else if others.is_power_of_two() {
            let only = others.trailing_zeros() as usize;
            self.only[only] = self.only[only].wrapping_add(by);
            if let Some(bins) = &mut self.bins {
                bins.add_one(row, only, by);
            }
        }
    }
}
