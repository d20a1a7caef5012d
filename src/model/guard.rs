//! What keeps a spreadsheet from reading a cell as a formula: one `'` in front.
//!
//! Lists put it on, the import takes it off, and both stand here so that a cell comes back as it
//! left.

use std::borrow::Cow;

/// Digits of a phone number with its country code; the most allows for a `(0)` among the fifteen
/// that E.164 has.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=17;

/// A cell as a file for spreadsheets holds it: one that matches `^'*[=@\t\r]`, or `^'*[+-]` and
/// is neither a number nor a phone number, gets one `'` in front.
///
/// A number is a sign and digits, with `.` or `,` as the decimal mark; a phone number a `+` and 7
/// to 17 digits, between which spaces, no-break spaces and `-` `.` `/` `(` `)` may stand.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    let is_formula = match first_behind_quotes(cell) {
        Some(b'=' | b'@' | b'\t' | b'\r') => true,
        Some(b'+' | b'-') => !is_number(cell) && !is_phone(cell),
        _ => false,
    };
    if is_formula { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell as it was meant: one that matches `^'+[=@+\-\t\r]` loses one `'`.
pub fn unguarded(cell: &str) -> &str {
    let Some(rest) = cell.strip_prefix('\'') else { return cell };
    match first_behind_quotes(rest) {
        Some(b'=' | b'@' | b'+' | b'-' | b'\t' | b'\r') => rest,
        _ => cell,
    }
}

fn first_behind_quotes(cell: &str) -> Option<u8> {
    cell.bytes().find(|byte| *byte != b'\'')
}

fn is_number(cell: &str) -> bool {
    let Some(number) = cell.strip_prefix(['+', '-']) else { return false };
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    number.bytes().any(|byte| byte.is_ascii_digit()) && are_digits(whole) && are_digits(fraction)
}

fn is_phone(cell: &str) -> bool {
    let Some(number) = cell.strip_prefix('+') else { return false };
    let between = [' ', '\u{a0}', '-', '.', '/', '(', ')'];
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    PHONE_DIGITS.contains(&digits)
        && number.chars().all(|letter| letter.is_ascii_digit() || between.contains(&letter))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_would_be_a_formula_gets_one_quote() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("'=1", "''=1"),
            ("''@x", "'''@x"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("+", "'+"),
            ("-", "'-"),
            ("-1+2", "'-1+2"),
            ("+1-2", "'+1-2"),
            ("-cmd", "'-cmd"),
            ("'-5", "''-5"),
            ("'+46701234567", "''+46701234567"),
            ("+46 70 123 45 67 x", "'+46 70 123 45 67 x"),
            ("-46701234567-1", "'-46701234567-1"),
        ] {
            assert_eq!(guarded(cell), written, "{cell:?}");
        }
    }

    #[test]
    fn numbers_phone_numbers_and_other_words_stay_as_they_are() {
        for cell in [
            "",
            "'",
            "Anna",
            "a=b",
            " =1",
            "'t Hart",
            "0701234567",
            "-5",
            "+5",
            "-5,25",
            "+.5",
            "-5.",
            "+46701234567",
            "+46 70 123 45 67",
            "+46 (0)70-123 45 67",
            "+1 (650) 555-1212",
        ] {
            assert_eq!(guarded(cell), cell, "{cell:?}");
        }
    }

    #[test]
    fn the_guard_takes_one_quote_off_what_would_be_a_formula() {
        for (cell, read) in [
            ("'=1+1", "=1+1"),
            ("''=1", "'=1"),
            ("'@x", "@x"),
            ("'+46", "+46"),
            ("'-1", "-1"),
            ("'\tx", "\tx"),
            ("'\rx", "\rx"),
            ("'", "'"),
            ("''", "''"),
            ("'t Hart", "'t Hart"),
            ("=1", "=1"),
            ("a'=", "a'="),
        ] {
            assert_eq!(unguarded(cell), read, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn a_cell_comes_back_as_it_left(cell in "['=@+\\-\t\r0-9a. ()]{0,12}") {
            let written = guarded(&cell);
            prop_assert_eq!(unguarded(&written), &cell);
        }
    }
}
