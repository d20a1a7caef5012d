//! Phone numbers with their country code.

use rlibphonenumber::{NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

/// The country whose way of writing numbers is assumed where a number does not say its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Home(Option<Region>);

impl Home {
    /// The country of an alpha-2 code, in any case; none for anything else.
    pub(super) fn of(country: &str) -> Home {
        Home(Region::from_code(&country.trim().to_ascii_uppercase()).ok())
    }
}

/// The digits of a number's E.164 form; `None` when it cannot be read as one with its area code.
///
/// The length decides and not whether the range is in use: ranges come into use before the tables
/// here learn of it, and a number that nobody has does no harm.
pub(super) fn e164_digits(phone: &str, home: Home) -> Option<String> {
    let phone = phone.trim();
    if phone.is_empty() {
        return None;
    }
    let number = PHONE_NUMBER_UTIL.parse(phone, home.0).ok()?;
    let is_whole = matches!(number.is_possible_with_reason(), Ok(NumberLengthType::IsPossible));
    if !is_whole {
        return None;
    }
    let written = number.format_as(PhoneNumberFormat::E164);
    Some(written.strip_prefix('+')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_gets_the_code_of_its_country() {
        for (phone, country, digits) in [
            ("+1 (650) 555-1212", "", Some("16505551212")),
            ("070-174 06 05", "se", Some("46701740605")),
            ("0046 70 174 06 05", "SE", Some("46701740605")),
            ("+46 (0)70 174 06 05", "DE", Some("46701740605")),
            ("020 7946 0958", "GB", Some("442079460958")),
            ("070-174 06 05", "", None),
            ("12", "SE", None),
            ("ring mig", "SE", None),
            ("", "SE", None),
        ] {
            assert_eq!(e164_digits(phone, Home::of(country)).as_deref(), digits, "{phone}");
        }
    }
}
