//! How many: the shapes that a range takes in words.

use crate::view::WholeRange;

/// A range, sorted by how it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity<T> {
    /// Nothing is ruled out.
    Any,
    /// Zero.
    None,
    /// That or more; never zero.
    AtLeast(T),
    /// That or less; never zero.
    AtMost(T),
    /// That; never zero.
    Exactly(T),
    /// Both included; the first is never zero.
    Between(T, T),
}

impl<T: PartialOrd + Default + Copy> Quantity<T> {
    /// The shape of a range of numbers that are never below zero.
    pub fn of(min: Option<T>, max: Option<T>) -> Quantity<T> {
        let zero = T::default();
        match (min.filter(|min| *min > zero), max) {
            (None, None) => Quantity::Any,
            (None, Some(max)) if max <= zero => Quantity::None,
            (None, Some(max)) => Quantity::AtMost(max),
            (Some(min), None) => Quantity::AtLeast(min),
            (Some(min), Some(max)) if min == max => Quantity::Exactly(min),
            (Some(min), Some(max)) => Quantity::Between(min, max),
        }
    }
}

impl<T> Quantity<T> {
    /// The same shape of something else.
    pub fn map<U>(self, each: impl Fn(T) -> U) -> Quantity<U> {
        match self {
            Quantity::Any => Quantity::Any,
            Quantity::None => Quantity::None,
            Quantity::AtLeast(least) => Quantity::AtLeast(each(least)),
            Quantity::AtMost(most) => Quantity::AtMost(each(most)),
            Quantity::Exactly(exact) => Quantity::Exactly(each(exact)),
            Quantity::Between(least, most) => Quantity::Between(each(least), each(most)),
        }
    }
}

impl From<WholeRange> for Quantity<u32> {
    fn from(range: WholeRange) -> Quantity<u32> {
        Quantity::of(range.min, range.max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_takes_the_shape_it_is_said_in() {
        assert_eq!(Quantity::of(None::<u32>, None), Quantity::Any);
        assert_eq!(Quantity::of(Some(0), None), Quantity::Any);
        assert_eq!(Quantity::of(Some(0), Some(0)), Quantity::None);
        assert_eq!(Quantity::of(None, Some(0)), Quantity::None);
        assert_eq!(Quantity::of(Some(0), Some(3)), Quantity::AtMost(3));
        assert_eq!(Quantity::of(Some(2), None), Quantity::AtLeast(2));
        assert_eq!(Quantity::of(Some(2), Some(2)), Quantity::Exactly(2));
        assert_eq!(Quantity::of(Some(2), Some(3)), Quantity::Between(2, 3));
    }
}
