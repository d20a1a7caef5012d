//! Money as whole minor units.

/// Digits of a currency's minor unit, 0 to 6: 2 for SEK, 0 for ISK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decimals(u8);

impl Decimals {
    /// The most digits any currency is known to need here.
    pub const MAX: u8 = 6;

    /// `None` above [`Decimals::MAX`].
    pub fn new(digits: u8) -> Option<Decimals> {
        (digits <= Decimals::MAX).then_some(Decimals(digits))
    }

    /// Number of digits.
    pub fn digits(self) -> u8 {
        self.0
    }

    /// Minor units in one unit of the currency: 100 for two digits.
    pub fn scale(self) -> u64 {
        10_u64.pow(u32::from(self.0))
    }

    /// Minor units as currency units, the double nearest to the exact value.
    pub fn to_units(self, minor: u64) -> f64 {
        minor as f64 / self.scale() as f64
    }
}
