//! What people type: numbers and days, as either language writes them.

use super::Language;
use crate::model::Day;

/// First letters of the months, in English and Swedish.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb"],
    &["mar"],
    &["apr"],
    &["may", "maj"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec"],
];

/// A number of 0 or more as it is typed: digits, in groups or not, with the language's decimal
/// sign. A Swedish point is a decimal sign too; an English comma only groups. `None` for
/// anything else, signs and exponents included.
pub fn read_number(text: &str, language: Language) -> Option<f64> {
    let bare: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let plain = match language {
        Language::English => without_groups(&bare)?,
        Language::Swedish => bare.replace(',', "."),
    };
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    let points = plain.bytes().filter(|byte| *byte == b'.').count();
    let is_number = digits > 0 && points <= 1 && digits + points == plain.len();
    if !is_number {
        return None;
    }
    Some(nearest(&plain))
}

/// A number with every digit it has and a point.
#[cfg(not(all(feature = "web", target_arch = "wasm32")))]
pub fn decimal(number: f64) -> String {
    number.to_string()
}

/// As above: what Rust writes doubles with would be 20 kB of the page, and the browser has its own,
/// which gives small ones an exponent.
#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub fn decimal(number: f64) -> String {
    const SMALL: f64 = 1e-6;
    const MOST_DIGITS: u8 = 20;
    let text = js_sys::Number::from(number);
    if number == 0.0 || number.abs() >= SMALL {
        return text.to_string_with_radix(10).map(String::from).unwrap_or_default();
    }
    let text = text.to_fixed(MOST_DIGITS).map(String::from).unwrap_or_default();
    text.trim_end_matches('0').to_owned()
}

/// The double nearest to a number written with digits and at most one point.
#[cfg(not(all(feature = "web", target_arch = "wasm32")))]
fn nearest(number: &str) -> f64 {
    number.parse().unwrap_or(f64::NAN)
}

/// As above: the browser has what reads doubles, whose tables would be 10 kB of the page.
#[cfg(all(feature = "web", target_arch = "wasm32"))]
fn nearest(number: &str) -> f64 {
    js_sys::Number::parse_float(number)
}

/// Takes the commas away if each has three digits after it and at most three before.
fn without_groups(text: &str) -> Option<String> {
    let (units, rest) = text.find('.').map_or((text, ""), |at| text.split_at(at));
    let mut groups = units.split(',');
    let first = groups.next()?;
    let mut joined = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        joined.push_str(group);
    }
    joined.push_str(rest);
    Some(joined)
}

/// A number as a field shows it: no groups, the language's decimal sign, every digit it has.
pub fn write_number(number: f64, language: Language) -> String {
    let text = decimal(number);
    match language {
        Language::English => text,
        Language::Swedish => text.replace('.', ","),
    }
}

/// A day as it is typed: `2026-11-21`, `21 Nov 2026`, `21 november 2026`, `21/11/2026`,
/// `21.11.2026`, `20261121`. `None` for anything else.
pub fn read_day(text: &str) -> Option<Day> {
    let text = text.trim().to_ascii_lowercase();
    if let Ok(day) = Day::parse(&text) {
        return Some(day);
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Day::parse(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])).ok();
    }
    let parts: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '.' | '-' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    let [day, month, year] = parts[..] else { return None };
    if year.len() != 4 {
        return None;
    }
    let month = month.parse().ok().or_else(|| month_of(month))?;
    Day::from_ymd(year.parse().ok()?, month, day.parse().ok()?)
}

fn month_of(name: &str) -> Option<u8> {
    if !name.chars().all(char::is_alphabetic) {
        return None;
    }
    let at = MONTHS.iter().position(|starts| starts.iter().any(|start| name.starts_with(start)))?;
    Some(at as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_each_language_writes_them() {
        let english = |text| read_number(text, Language::English);
        let swedish = |text| read_number(text, Language::Swedish);
        assert_eq!(english("1,234.5"), Some(1234.5));
        assert_eq!(english(" 600 "), Some(600.0));
        assert_eq!(english("1,000,000"), Some(1e6));
        assert_eq!(swedish("1\u{A0}234,5"), Some(1234.5));
        assert_eq!(swedish("600.5"), Some(600.5));
        assert_eq!(swedish(",5"), Some(0.5));
    }

    #[test]
    fn what_is_no_number_is_not_guessed_at() {
        for text in ["", "-1", "1e5", "12,5", "1,2345", "1.2.3", "abc", ".", "1,,000", "∞", "１"]
        {
            assert_eq!(read_number(text, Language::English), None, "{text}");
        }
        for text in ["1.234,5", "-0,5", "tio"] {
            assert_eq!(read_number(text, Language::Swedish), None, "{text}");
        }
    }

    #[test]
    fn a_number_reads_back_as_it_was_written() {
        for number in [0.0, 0.1, 600.5, 1_000_000.0, 1e9, 12.345] {
            for language in Language::ALL {
                let written = write_number(number, language);
                assert_eq!(read_number(&written, language), Some(number), "{written}");
            }
        }
    }

    #[test]
    fn days_are_read_in_the_ways_people_write_them() {
        let day = Day::from_ymd(2026, 5, 3);
        for text in ["2026-05-03", "3 May 2026", "3 maj 2026", "03/05/2026", "3.5.2026", "20260503"]
        {
            assert_eq!(read_day(text), day, "{text}");
        }
        assert_eq!(read_day("1 okt. 2026"), Day::from_ymd(2026, 10, 1));
        for text in ["", "2026", "31 Feb 2026", "3 May", "3 May 26", "2026-13-01", "3 m4y 2026"] {
            assert_eq!(read_day(text), None, "{text}");
        }
    }
}
