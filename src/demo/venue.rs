//! The made-up venue: Lykttornet in Norrköping, a house for theatre and music.

use crate::model::{Decimals, Place, Venue};

/// Its name.
pub const NAME: &str = "Lykttornet, scen & konserthus";
/// IANA.
pub(super) const TIME_ZONE: &str = "Europe/Stockholm";
/// ISO 4217.
pub(super) const CURRENCY: &str = "SEK";
/// ISO 3166 alpha-2.
pub(super) const COUNTRY: &str = "SE";
/// BCP 47.
pub(super) const LOCALE: &str = "sv-SE";
/// Minor units in a krona.
pub(super) const MINOR: u64 = 100;
/// Latitude and longitude in 1/10,000 degree.
pub(super) const POINT: (i32, i32) = (585_901, 161_867);
/// Id of the consent that marketing needs.
pub(super) const MARKETING_CONSENT: &str = CONSENTS[NEWSLETTER as usize].0;

pub(super) const NEWSLETTER: u32 = 0;
pub(super) const NO_MAIL: u32 = 1;
pub(super) const PARTNERS: u32 = 2;
pub(super) const POST: u32 = 3;
pub(super) const SMS: u32 = 4;
/// Id and name, ascending by id: whatever sorts a table's keys keeps the order.
pub(super) const CONSENTS: [(&str, &str); 5] = [
    ("newsletter", "Nyhetsbrev · Newsletter"),
    ("no_mail", "Inga utskick · No mailings"),
    ("partners", "Erbjudanden från partner · Partner offers"),
    ("post", "Program med post · Programme by post"),
    ("sms", "SMS"),
];

pub(super) const FRIEND: u32 = 0;
pub(super) const MAILED: u32 = 1;
pub(super) const PRESS: u32 = 2;
pub(super) const SCHOOL: u32 = 3;
pub(super) const VIP: u32 = 4;
/// Id and name, ascending by id.
pub(super) const FLAGS: [(&str, &str); 5] = [
    ("friend", "Lykttornets vänner · Friends"),
    ("mailed_season", "Säsongsbrev skickat · Season letter sent"),
    ("press", "Press"),
    ("school", "Skola · School"),
    ("vip", "VIP"),
];

/// The venue as the model knows it.
pub(super) fn venue() -> Venue {
    Venue {
        name: NAME.to_owned(),
        time_zone: TIME_ZONE.to_owned(),
        currency: CURRENCY.to_owned(),
        decimals: Decimals::new(2).expect("a krona has two decimals"),
        country: Some(COUNTRY.to_owned()),
        locale: Some(LOCALE.to_owned()),
        marketing_consent: Some(MARKETING_CONSENT.to_owned()),
        flags_cursor: 0,
    }
}

/// A point in 1/10,000 degree as the doubles nearest to its decimals.
pub(super) fn place((latitude, longitude): (i32, i32)) -> Place {
    Place { latitude: f64::from(latitude) / 10_000.0, longitude: f64::from(longitude) / 10_000.0 }
}

/// The same point as `venue.toml` and `postcodes.csv` write it.
pub(super) fn degrees(ten_thousandths: i32) -> String {
    let size = ten_thousandths.unsigned_abs();
    let sign = if ten_thousandths < 0 { "-" } else { "" };
    format!("{sign}{}.{:04}", size / 10_000, size % 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_point_reads_back_as_the_same_double() {
        for axis in [-1_800_000, -510_001, -7, 0, 9, 161_826, 585_942, 899_999] {
            let read: f64 = degrees(axis).parse().unwrap();
            assert_eq!(read.to_bits(), place((axis, 0)).latitude.to_bits(), "{axis}");
        }
    }

    #[test]
    fn ids_of_consents_and_flags_ascend() {
        assert!(CONSENTS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(FLAGS.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(MARKETING_CONSENT, "newsletter");
    }
}
