//! Prices and coordinates as the contract spells them.

use super::reject::Reason;
use crate::model::Decimals;

/// The highest price, in minor units.
const MAX_MINOR: u64 = 1_000_000_000_000;

/// A price in minor units: digits, then perhaps `.` or `,` and more digits.
///
/// # Errors
/// The reason that fits.
pub(super) fn price_minor(cell: &str, decimals: Decimals) -> Result<u64, Reason> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Err(Reason::EmptyPrice);
    }
    let (whole, fraction) = match cell.find(['.', ',']) {
        Some(at) => (&cell[..at], Some(&cell[at + 1..])),
        None => (cell, None),
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(whole) || !fraction.is_none_or(is_number) {
        return Err(Reason::NotAPrice);
    }
    let fraction = fraction.unwrap_or_default().as_bytes();
    let digits = usize::from(decimals.digits());
    if fraction.iter().skip(digits).any(|digit| *digit != b'0') {
        return Err(Reason::FinerThanMinorUnits { decimals: decimals.digits() });
    }
    let padding = std::iter::repeat_n(&b'0', digits.saturating_sub(fraction.len()));
    let mut minor = 0_u64;
    for digit in whole.as_bytes().iter().chain(fraction.iter().take(digits)).chain(padding) {
        minor = minor * 10 + u64::from(digit - b'0');
        if minor > MAX_MINOR {
            return Err(Reason::PriceTooLarge);
        }
    }
    Ok(minor)
}

/// Degrees with `.` or `,` as the mark, between the limits; `None` for anything else.
pub(super) fn degrees(cell: &str, limit: f64) -> Option<f64> {
    let cell = cell.trim();
    let is_numeric = |byte: u8| byte.is_ascii_digit() || b"+-.,eE".contains(&byte);
    if !cell.bytes().all(is_numeric) || cell.matches(['.', ',']).count() > 1 {
        return None;
    }
    let degrees: f64 = if cell.contains(',') {
        cell.replace(',', ".").parse().ok()?
    } else {
        cell.parse().ok()?
    };
    (-limit..=limit).contains(&degrees).then_some(degrees)
}

/// -90 to 90.
pub(super) fn latitude(cell: &str) -> Result<f64, Reason> {
    degrees(cell, 90.0).ok_or(Reason::NotALatitude)
}

/// -180 to 180.
pub(super) fn longitude(cell: &str) -> Result<f64, Reason> {
    degrees(cell, 180.0).ok_or(Reason::NotALongitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(cell: &str, digits: u8) -> Result<u64, Reason> {
        price_minor(cell, Decimals::new(digits).unwrap())
    }

    #[test]
    fn a_price_is_read_with_either_mark_and_zeros_at_its_end() {
        for (cell, digits, minor) in [
            ("250", 2, 25_000),
            ("250.5", 2, 25_050),
            ("250,50", 2, 25_050),
            (" 0,05 ", 2, 5),
            ("95.0000", 2, 9_500),
            ("95.00", 0, 95),
            ("007", 0, 7),
            ("1.234567", 6, 1_234_567),
            ("10000000000.00", 2, MAX_MINOR),
        ] {
            assert_eq!(price(cell, digits), Ok(minor), "{cell}");
        }
    }

    #[test]
    fn what_is_no_price_says_why() {
        for cell in
            ["-1", "+1", "1e3", "1 000", "1.000,00", "1,000,000", ".5", "5.", "kr 5", "٣", "1'000"]
        {
            assert_eq!(price(cell, 2), Err(Reason::NotAPrice), "{cell}");
        }
        assert_eq!(price("  ", 2), Err(Reason::EmptyPrice));
        assert_eq!(price("1.005", 2), Err(Reason::FinerThanMinorUnits { decimals: 2 }));
        assert_eq!(price("1.5", 0), Err(Reason::FinerThanMinorUnits { decimals: 0 }));
        assert_eq!(price("10000000000.01", 2), Err(Reason::PriceTooLarge));
        assert_eq!(price(&"9".repeat(500), 2), Err(Reason::PriceTooLarge));
    }

    #[test]
    fn degrees_take_either_mark_and_stay_in_range() {
        assert_eq!(latitude(" 59,3326 "), Ok(59.3326));
        assert_eq!(longitude("-21.9326"), Ok(-21.9326));
        assert_eq!(latitude("90"), Ok(90.0));
        assert_eq!(latitude("1e-5"), Ok(0.00001));
        for cell in ["90.0001", "NaN", "inf", "59,3,2", "59.3,2", "N59", "", "--1"] {
            assert_eq!(latitude(cell), Err(Reason::NotALatitude), "{cell}");
        }
        assert_eq!(longitude("180.5"), Err(Reason::NotALongitude));
    }
}
