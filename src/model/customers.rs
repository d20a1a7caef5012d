//! Customers: one row each, ordered by the bytes of their ids.

use roaring::RoaringBitmap;

use super::{Row, TextColumn};

/// Sex as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// `f`
    Woman,
    /// `m`
    Man,
    /// `u`: not stated and not to be guessed, or a name that does not tell.
    Unknown,
}

/// Distances from the venue, each distinct one stored once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Distances {
    /// Kilometres, ascending, each once, finite.
    pub km: Vec<f64>,
    /// A position in `km` for each row; [`Distances::UNKNOWN`] without a place.
    pub code: Vec<u32>,
}

impl Distances {
    /// Code of a customer whose place is not known.
    pub const UNKNOWN: u32 = u32::MAX;

    /// Kilometres of one customer, if the place is known.
    pub fn of(&self, row: Row) -> Option<f64> {
        match self.code[row as usize] {
            Distances::UNKNOWN => None,
            code => Some(self.km[code as usize]),
        }
    }
}

/// The customers' own columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Customers {
    /// Ids, strictly ascending by bytes.
    pub ids: TextColumn,
    /// Rows of women.
    pub women: RoaringBitmap,
    /// Rows of men. Whoever is in neither is unknown.
    pub men: RoaringBitmap,
    /// From the venue to each customer's place.
    pub distances: Distances,
    /// Rows with an e-mail address in the contacts.
    pub with_email: RoaringBitmap,
}

impl Customers {
    /// How many there are.
    pub fn count(&self) -> u32 {
        self.ids.len() as u32
    }

    /// One customer's gender.
    pub fn gender(&self, row: Row) -> Gender {
        if self.women.contains(row) {
            Gender::Woman
        } else if self.men.contains(row) {
            Gender::Man
        } else {
            Gender::Unknown
        }
    }

    /// The row of an id, by binary search.
    pub fn row_of(&self, id: &str) -> Option<Row> {
        self.ids.find_sorted(id).map(|position| position as Row)
    }
}
