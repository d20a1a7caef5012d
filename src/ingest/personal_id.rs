//! Whether a customer id is the number that an authority gave to a person.
//!
//! Recognised are, each with a date of birth that can be one:
//!
//! | country | written with its separator | digits alone, with the check digit right |
//! |---|---|---|
//! | Sweden | `YYMMDD-NNNN`, `YYMMDD+NNNN`, `YYYYMMDD-NNNN` | `YYMMDDNNNN`, `YYYYMMDDNNNN` |
//! | Denmark | `DDMMYY-NNNN` | `DDMMYYNNNN` (by the modulus of numbers given before 2007) |
//! | Iceland | `DDMMYY-NNNN` | `DDMMYYNNNN`, the last digit 8, 9 or 0 |
//! | Norway | `DDMMYY NNNNN`, `DDMMYY-NNNNN` | `DDMMYYNNNNN` |
//! | Finland | `DDMMYYCNNNX`, the separator `C` one of `+-ABCDEFYXWVU` and `X` right | |
//!
//! Swedish coordination numbers (day + 60) and Norwegian D-numbers (day + 40) are among them. A
//! separator settles it. Digits alone can be chance, about one in a hundred of all numbers with
//! ten digits, so they count only when at least one in twenty ids of their length passes.

use super::error::{IngestError, Warning};

/// One in so many ids of a length, for digits alone to be more than chance.
const ONE_IN: u64 = 20;

/// Watches the customer ids go by.
#[derive(Debug, Default)]
pub(super) struct IdWatch {
    /// By number of digits.
    digits_alone: [Tally; 13],
}

#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    of: u64,
    matching: u64,
    first_line: u64,
}

impl IdWatch {
    /// # Errors
    /// The id is an address, or a personal number with its separator.
    pub(super) fn see(&mut self, id: &str, line: u64) -> Result<(), IngestError> {
        if id.contains('@') {
            return Err(IngestError::IdWithAt { line });
        }
        let id = id.trim().as_bytes();
        if !matches!(id.len(), 10..=13) {
            return Ok(());
        }
        if !id.iter().all(u8::is_ascii_digit) {
            return if is_written_personal_number(id) {
                Err(IngestError::IdLikePersonalNumber { line })
            } else {
                Ok(())
            };
        }
        if let Some(tally) = self.digits_alone.get_mut(id.len()) {
            tally.of += 1;
            if are_digits_of_a_personal_number(id) {
                tally.matching += 1;
                if tally.matching == 1 {
                    tally.first_line = line;
                }
            }
        }
        Ok(())
    }

    /// What the ids of digits alone come to.
    ///
    /// # Errors
    /// More of them look like personal numbers than chance would give.
    pub(super) fn finish(self) -> Result<Vec<Warning>, IngestError> {
        let mut warnings = Vec::new();
        for Tally { of, matching, first_line: line } in self.digits_alone {
            if matching > 0 && matching * ONE_IN >= of {
                return Err(IngestError::IdLikePersonalNumber { line });
            }
            if matching > 0 {
                warnings.push(Warning::IdsMayBePersonalNumbers { line, matching, of });
            }
        }
        Ok(warnings)
    }
}

/// With a separator.
fn is_written_personal_number(id: &[u8]) -> bool {
    let are_digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    let Some(at) = id.iter().position(|byte| !byte.is_ascii_digit()) else { return false };
    let (date, separator, serial) = (&id[..at], id[at], &id[at + 1..]);
    match (date.len(), separator, serial.len()) {
        (6, b'-' | b'+', 4) if are_digits(serial) => {
            is_swedish_date(date) || is_day_first_date(date, 0)
        }
        (8, b'-' | b'+', 4) if are_digits(serial) => is_swedish_date(&date[2..]),
        (6, b'-' | b' ', 5) if are_digits(serial) => {
            is_day_first_date(date, 0) || is_day_first_date(date, 40)
        }
        _ => is_finnish(id),
    }
}

fn are_digits_of_a_personal_number(id: &[u8]) -> bool {
    match id.len() {
        10 => is_swedish(id) || is_danish(id) || is_icelandic(id),
        11 => is_norwegian(id),
        12 => matches!(&id[..2], b"18" | b"19" | b"20") && is_swedish(&id[2..]),
        _ => false,
    }
}

fn two(digits: &[u8]) -> u32 {
    digits[..2].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

/// The century is not told, so 29 February always can be.
fn is_date(month: u32, day: u32) -> bool {
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

fn is_swedish_date(digits: &[u8]) -> bool {
    let (month, day) = (two(&digits[2..]), two(&digits[4..]));
    is_date(month, day) || (day > 60 && is_date(month, day - 60))
}

/// Day, month, year; `added` to the day.
fn is_day_first_date(digits: &[u8], added: u32) -> bool {
    let (day, month) = (two(digits), two(&digits[2..]));
    day > added && is_date(month, day - added)
}

fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum()
}

/// The last digit by Luhn's formula.
fn is_swedish(digits: &[u8]) -> bool {
    let luhn = |(at, digit): (usize, &u8)| {
        let doubled = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
        doubled / 10 + doubled % 10
    };
    is_swedish_date(digits) && digits.iter().enumerate().map(luhn).sum::<u32>() % 10 == 0
}

fn is_danish(digits: &[u8]) -> bool {
    is_day_first_date(digits, 0)
        && weighted(digits, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// The ninth digit checks the first eight, the tenth is the century.
fn is_icelandic(digits: &[u8]) -> bool {
    is_day_first_date(digits, 0)
        && weighted(digits, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
        && matches!(digits[9], b'8' | b'9' | b'0')
}

fn is_norwegian(digits: &[u8]) -> bool {
    (is_day_first_date(digits, 0) || is_day_first_date(digits, 40))
        && weighted(digits, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
        && weighted(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// The last character is the remainder by 31 of the nine digits.
fn is_finnish(id: &[u8]) -> bool {
    const CHECK: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";
    let Ok(id) = <&[u8; 11]>::try_from(id) else { return false };
    let (date, separator, serial) = (&id[..6], id[6].to_ascii_uppercase(), &id[7..10]);
    if !date.iter().chain(serial).all(u8::is_ascii_digit)
        || !b"+-ABCDEFYXWVU".contains(&separator)
        || !is_day_first_date(date, 0)
    {
        return false;
    }
    let number = date.iter().chain(serial).fold(0, |sum, d| sum * 10 + usize::from(d - b'0'));
    CHECK[number % 31] == id[10].to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(id: &str) -> bool {
        let mut watch = IdWatch::default();
        watch.see(id, 2).is_err() || watch.finish().is_err()
    }

    #[test]
    fn personal_numbers_of_the_five_countries_are_recognised() {
        for id in [
            "811218-9876",
            "8112189876",
            "19811218-9876",
            "198112189876",
            "811218+9876",
            "811278-9873",
            "010190-1234",
            "0707614285",
            "120174-3399",
            "1201743399",
            "131052-308T",
            "131052-308t",
            "131052A308T",
            "010100 12345",
            "15076500565",
        ] {
            assert!(is_refused(id), "{id}");
        }
    }

    #[test]
    fn addresses_are_recognised() {
        assert!(is_refused("anna@example.org"));
        assert!(is_refused("@"));
    }

    #[test]
    fn ordinary_ids_are_not_taken_for_personal_numbers() {
        for id in [
            "11000",
            "K1",
            "00000000",
            "1000000001",
            "8112189875",
            "198113189876",
            "202611-0001",
            "131052-308U",
            "131052B3081",
            "811218_9876",
            "123456789012",
            "é1121-9876",
            "",
            "99999999999",
        ] {
            assert!(!is_refused(id), "{id}");
        }
    }

    #[test]
    fn running_numbers_of_ten_digits_pass_with_a_warning() {
        let mut watch = IdWatch::default();
        for number in 0..100_000_u64 {
            let id = format!("{:010}", 1_000_000_000 + number * 84_211);
            watch.see(&id, number + 2).unwrap();
        }
        let warnings = watch.finish().unwrap();
        let [Warning::IdsMayBePersonalNumbers { matching, of: 100_000, .. }] = warnings[..] else {
            panic!("{warnings:?}");
        };
        assert!((1..5_000).contains(&matching), "{matching}");
    }
}
