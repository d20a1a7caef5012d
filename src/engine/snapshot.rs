//! The facts of one snapshot, and what can be derived from them once for every session.

use std::sync::{Arc, OnceLock};

use roaring::RoaringBitmap;

use super::attributes::Attributes;
use super::bits::RowBits;
use super::column::{Column, Meaning};
use super::holders::Holders;
use super::profiles::Profiles;
use crate::model::{Facts, Gender, Membership};

/// Facts, opened for counting. Sessions share it.
#[derive(Debug)]
pub struct Snapshot {
    facts: Facts,
    distances: Column,
    genders: Arc<Vec<u8>>,
    profiles: Profiles,
    members: Vec<MemberBits>,
    history: OnceLock<Arc<Attributes>>,
    holders: OnceLock<Holders>,
}

/// A set that is counted in every result, in the form that intersects fastest.
#[derive(Debug)]
pub enum MemberBits {
    /// One bit a row.
    Dense(RowBits),
    /// The rows themselves, when they are few.
    Sparse(Vec<u32>),
}

impl MemberBits {
    fn of(bitmap: &RoaringBitmap, rows: u32) -> MemberBits {
        // A row costs as much to look up as a word of 64 costs to intersect.
        if bitmap.len() * 64 < u64::from(rows) {
            MemberBits::Sparse(bitmap.iter().collect())
        } else {
            MemberBits::Dense(RowBits::from_bitmap(bitmap, rows))
        }
    }

    /// Leaves of `bits` only members of the set.
    pub fn keep_in(&self, bits: &mut RowBits) {
        match self {
            MemberBits::Dense(members) => bits.keep(members),
            MemberBits::Sparse(rows) => {
                let kept: Vec<u32> =
                    rows.iter().copied().filter(|&row| bits.contains(row)).collect();
                bits.words_mut().fill(0);
                for row in kept {
                    bits.insert(row);
                }
            }
        }
    }

    /// Puts the members of the set into `bits`.
    pub fn add_to(&self, bits: &mut RowBits) {
        match self {
            MemberBits::Dense(members) => bits.add(members),
            MemberBits::Sparse(rows) => rows.iter().for_each(|&row| bits.insert(row)),
        }
    }

    /// Takes the members of the set out of `bits`.
    pub fn remove_from(&self, bits: &mut RowBits) {
        match self {
            MemberBits::Dense(members) => bits.subtract(members),
            MemberBits::Sparse(rows) => rows.iter().for_each(|&row| bits.take(row)),
        }
    }

    /// How many of the set are among `bits`.
    pub fn count_in(&self, bits: &RowBits) -> u32 {
        match self {
            MemberBits::Dense(members) => members.count_common(bits),
            MemberBits::Sparse(rows) => rows.iter().map(|&row| u32::from(bits.contains(row))).sum(),
        }
    }
}

/// The code of a gender in a column.
pub fn gender_code(gender: Gender) -> u8 {
    match gender {
        Gender::Woman => 0,
        Gender::Man => 1,
        Gender::Unknown => 2,
    }
}

impl Snapshot {
    /// Prepares facts for counting.
    pub fn new(facts: Facts) -> Snapshot {
        let rows = facts.customers.count();
        let mut genders = vec![gender_code(Gender::Unknown); rows as usize];
        for (bitmap, gender) in
            [(&facts.customers.women, Gender::Woman), (&facts.customers.men, Gender::Man)]
        {
            for row in bitmap {
                genders[row as usize] = gender_code(gender);
            }
        }
        let known = &facts.customers.distances;
        let distances = Column {
            keys: Arc::new(known.code.clone()),
            meaning: Meaning::KilometreRanks(Arc::new(known.km.clone())),
            is_always_known: false,
        };
        let profiles = Profiles::of(rows, counted_sets(&facts));
        let members = counted_sets(&facts).map(|set| MemberBits::of(set, rows)).collect();
        Snapshot {
            facts,
            distances,
            genders: Arc::new(genders),
            profiles,
            members,
            history: OnceLock::new(),
            holders: OnceLock::new(),
        }
    }

    /// What it was made of.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Consents by position, then flags, then *has an e-mail*: the order of the counted sets.
    pub(super) fn members(&self) -> &[MemberBits] {
        &self.members
    }

    pub(super) fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    pub(super) fn distances(&self) -> &Column {
        &self.distances
    }

    pub(super) fn genders(&self) -> &Arc<Vec<u8>> {
        &self.genders
    }

    /// Attributes over all valid tickets, counted when first asked for.
    pub(super) fn history(&self) -> &Arc<Attributes> {
        self.history.get_or_init(|| Arc::new(Attributes::of(&self.facts, None)))
    }

    /// Ticket holders of every event, indexed when first asked for.
    pub fn holders(&self) -> &Holders {
        self.holders.get_or_init(|| Holders::of(&self.facts))
    }
}

fn counted_sets(facts: &Facts) -> impl Iterator<Item = &RoaringBitmap> {
    let named = facts.consents.iter().chain(&facts.flags);
    named.map(|Membership { rows, .. }| rows).chain([&facts.customers.with_email])
}
