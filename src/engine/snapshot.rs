//! The facts of one snapshot, and what can be derived from them once for every session.

use std::sync::{Arc, OnceLock};

use roaring::RoaringBitmap;

use super::attributes::Attributes;
use super::bits::RowBits;
use super::column::{Column, Meaning};
use super::flag_changes::{Cursors, FlagChange, FlagsApplied, apply};
use super::holders::Holders;
use super::profiles::Profiles;
use crate::model::{Facts, Gender, Membership};

/// Facts, opened for counting. Sessions share it.
#[derive(Debug)]
pub struct Snapshot {
    base: Arc<Base>,
    /// As they stand; the facts have them as they were.
    flags: Vec<Membership>,
    cursors: Cursors,
    profiles: Arc<Profiles>,
    members: Vec<MemberBits>,
}

/// What no change of a flag touches.
#[derive(Debug)]
struct Base {
    facts: Facts,
    distances: Column,
    genders: Arc<Vec<u8>>,
    history: OnceLock<Arc<Attributes>>,
    holders: OnceLock<Holders>,
}

/// A set that is counted in every result, in the form that intersects fastest.
#[derive(Debug, Clone)]
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
        let flags = facts.flags.clone();
        let profiles = Arc::new(Profiles::of(rows, counted_sets(&facts, &flags)));
        let members = counted_sets(&facts, &flags).map(|set| MemberBits::of(set, rows)).collect();
        let base = Base {
            facts,
            distances,
            genders: Arc::new(genders),
            history: OnceLock::new(),
            holders: OnceLock::new(),
        };
        let (base, cursors) = (Arc::new(base), Cursors::default());
        Snapshot { base, flags, cursors, profiles, members }
    }

    /// The same facts after changes of flags, and what the changes came to. The last change of
    /// each flag and customer wins: by their cursors also over what was applied before, without
    /// one in the order in which they come. Unknown customers are counted and passed over; an
    /// unknown flag is defined by the first customer who gets it, its id being its name.
    /// Everything large is shared with this snapshot; time and memory are those of the sets.
    pub fn with_flags(&self, changes: &[FlagChange]) -> (Snapshot, FlagsApplied) {
        let facts = &self.base.facts;
        let (mut flags, mut cursors) = (self.flags.clone(), self.cursors.clone());
        let (applied, touched) = apply(changes, &facts.customers, &mut flags, &mut cursors);
        let rows = facts.customers.count();
        let (mut members, mut profiles) = (self.members.clone(), Arc::clone(&self.profiles));
        let first = facts.consents.len();
        for at in touched {
            let bits = MemberBits::of(&flags[at].rows, rows);
            if at < members.len() - first - 1 {
                members[first + at] = bits;
            } else {
                // Before *has an e-mail*, which is the last.
                members.insert(first + at, bits);
            }
        }
        if applied.changed > 0 {
            profiles = Arc::new(Profiles::of(rows, counted_sets(facts, &flags)));
        }
        let base = Arc::clone(&self.base);
        (Snapshot { base, flags, cursors, profiles, members }, applied)
    }

    /// Whether both were made of the same facts, and only flags may differ.
    pub fn shares_facts_with(&self, other: &Snapshot) -> bool {
        Arc::ptr_eq(&self.base, &other.base)
    }

    /// What it was made of; its flags are those of that time, [`Snapshot::flags`] has them as
    /// they stand.
    pub fn facts(&self) -> &Facts {
        &self.base.facts
    }

    /// The flags after all changes that were applied, those of the facts first.
    pub fn flags(&self) -> &[Membership] {
        &self.flags
    }

    /// Consents by position, then flags, then *has an e-mail*: the order of the counted sets.
    pub(super) fn members(&self) -> &[MemberBits] {
        &self.members
    }

    pub(super) fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    pub(super) fn distances(&self) -> &Column {
        &self.base.distances
    }

    pub(super) fn genders(&self) -> &Arc<Vec<u8>> {
        &self.base.genders
    }

    /// Attributes over all valid tickets, counted when first asked for.
    pub(super) fn history(&self) -> &Arc<Attributes> {
        self.base.history.get_or_init(|| Arc::new(Attributes::of(self.facts(), None)))
    }

    /// Ticket holders of every event, indexed when first asked for.
    pub fn holders(&self) -> &Holders {
        self.base.holders.get_or_init(|| Holders::of(self.facts()))
    }
}

fn counted_sets<'a>(
    facts: &'a Facts,
    flags: &'a [Membership],
) -> impl Iterator<Item = &'a RoaringBitmap> {
    let named = facts.consents.iter().chain(flags);
    named.map(|Membership { rows, .. }| rows).chain([&facts.customers.with_email])
}
