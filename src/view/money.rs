//! Bounds in currency units, compared in minor units.
//!
//! A bound means the shortest decimal that reads back as the same double, so it is taken apart as
//! text: 500.005 is five hundred and half a minor unit, whatever the double's own last bits say.

use crate::model::Decimals;

/// The smallest whole number of minor units that is not below a bound in currency units.
/// `bound` is 0 to 1e9; below that range it is 0, above it the number saturates.
pub fn min_minor(bound: f64, decimals: Decimals) -> u64 {
    let (whole, is_exact) = minor(bound, decimals);
    whole.saturating_add(u64::from(!is_exact))
}

/// The largest whole number of minor units that is not above a bound in currency units.
/// `bound` is 0 to 1e9; below that range it is 0, above it the number saturates.
pub fn max_minor(bound: f64, decimals: Decimals) -> u64 {
    minor(bound, decimals).0
}

/// The bound in minor units, rounded down, and whether nothing was cut off.
fn minor(bound: f64, decimals: Decimals) -> (u64, bool) {
    if bound.is_nan() || bound <= 0.0 {
        return (0, true);
    }
    if bound.is_infinite() {
        return (u64::MAX, true);
    }
    // The shortest digits that read back as the same double, `500.005` or `5e-7`, by what writes
    // documents: what Rust itself writes doubles with would be 20 kB of the page.
    let text = serde_json::to_string(&bound).expect("a finite number");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().expect("the exponent of a double fits an i32");
    let (units, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: u64 = format!("{units}{fraction}").parse().expect("a double has at most 18 digits");
    let shift = exponent - fraction.len() as i32 + i32::from(decimals.digits());
    let power = 10_u64.checked_pow(shift.unsigned_abs());
    match (shift >= 0, power) {
        (true, Some(power)) => (digits.saturating_mul(power), true),
        (true, None) => (u64::MAX, true),
        (false, Some(power)) => (digits / power, digits.is_multiple_of(power)),
        // Fewer than 20 digits, shifted by 20 places or more, leave nothing.
        (false, None) => (0, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(bound: f64, digits: u8) -> (u64, u64) {
        let decimals = Decimals::new(digits).unwrap();
        (min_minor(bound, decimals), max_minor(bound, decimals))
    }

    #[test]
    fn a_bound_that_is_a_whole_number_of_minor_units_stays_as_it_is() {
        let table = [
            (500.5, 2, 50_050),
            (0.07, 2, 7),
            (1.1, 2, 110),
            (19.99, 2, 1999),
            (4.35, 2, 435),
            (1_000_000_000.0, 2, 100_000_000_000),
            (1_000_000_000.0, 6, 1_000_000_000_000_000),
            (1_000_000_000.0, 0, 1_000_000_000),
            (999_999_999.99, 2, 99_999_999_999),
            (0.005, 3, 5),
            (0.000_001, 6, 1),
            (0.0, 2, 0),
            (-0.0, 2, 0),
        ];
        for (bound, digits, minor) in table {
            assert_eq!(bounds(bound, digits), (minor, minor), "{bound} with {digits} decimals");
        }
    }

    #[test]
    fn between_two_minor_units_min_goes_up_and_max_goes_down() {
        let table = [
            (0.1 + 0.2, 2, 31, 30),
            (500.5, 0, 501, 500),
            (0.005, 2, 1, 0),
            (0.005, 0, 1, 0),
            (1e-7, 2, 1, 0),
            (1e-7, 6, 1, 0),
            (f64::MIN_POSITIVE, 2, 1, 0),
            (500.005, 2, 50_001, 50_000),
            (999_999_999.999, 2, 100_000_000_000, 99_999_999_999),
        ];
        for (bound, digits, min, max) in table {
            assert_eq!(bounds(bound, digits), (min, max), "{bound} with {digits} decimals");
        }
    }

    #[test]
    fn bounds_outside_their_range_saturate() {
        assert_eq!(bounds(-3.0, 2), (0, 0));
        assert_eq!(bounds(1e300, 2), (u64::MAX, u64::MAX));
        assert_eq!(bounds(f64::INFINITY, 2), (u64::MAX, u64::MAX));
    }

    #[test]
    fn every_amount_of_minor_units_survives_being_written_as_currency_units() {
        for digits in 0..=3 {
            let scale = 10_u64.pow(u32::from(digits));
            for amount in (0..2_000_000_u64).step_by(7) {
                let width = usize::from(digits);
                let text = format!("{}.{:0width$}", amount / scale, amount % scale);
                let bound: f64 = text.parse().unwrap();
                assert_eq!(bounds(bound, digits), (amount, amount), "{text}");
            }
        }
    }
}
