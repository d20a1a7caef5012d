//! Where a postcode lies; the bundled table's sources are told in `tables/README.md`.

use std::collections::HashMap;

use super::table_bytes::TableBytes;
use crate::model::Place;

const SAME_POINT: u64 = 0;
const NEW_POINT: u64 = 1;

/// Centroids of postcodes by country.
#[derive(Debug, Clone, Default)]
pub struct Postcodes {
    countries: Vec<(String, HashMap<String, Place>)>,
    is_bundled: bool,
}

impl Postcodes {
    /// The table that the program carries: the Nordic countries with Åland, the Faroes, Greenland
    /// and Svalbard, Great Britain (outward codes), the Netherlands (four digits) and the United
    /// States. Unpacks some 78,000 codes, so it is called once and kept.
    pub fn bundled() -> Postcodes {
        let mut bytes = TableBytes::after_magic(include_bytes!("tables/postcodes.bin"), *b"PPC1");
        let countries = (0..bytes.number::<1>()).map(|_| read_country(&mut bytes)).collect();
        Postcodes { countries, is_bundled: true }
    }

    /// Whether this is the program's own table.
    pub fn is_bundled(&self) -> bool {
        self.is_bundled
    }

    /// From rows of country (alpha-2), postcode and point. Several rows of a code become their
    /// mean: added up in the rows' order, then divided.
    pub fn from_rows<C, P>(rows: impl IntoIterator<Item = (C, P, Place)>) -> Postcodes
    where
        C: AsRef<str>,
        P: AsRef<str>,
    {
        let mut sums: HashMap<(String, String), (Place, u32)> = HashMap::new();
        for (country, code, place) in rows {
            let key = (country.as_ref().trim().to_uppercase(), comparable(code.as_ref()));
            let none = Place { latitude: 0.0, longitude: 0.0 };
            let (sum, rows) = sums.entry(key).or_insert((none, 0));
            sum.latitude += place.latitude;
            sum.longitude += place.longitude;
            *rows += 1;
        }
        let mut countries: HashMap<String, HashMap<String, Place>> = HashMap::new();
        for ((country, code), (sum, rows)) in sums {
            let mean = Place {
                latitude: sum.latitude / f64::from(rows),
                longitude: sum.longitude / f64::from(rows),
            };
            countries.entry(country).or_default().insert(code, mean);
        }
        Postcodes { countries: countries.into_iter().collect(), is_bundled: false }
    }

    /// The centroid of a postcode: compared in upper case without white space and hyphens;
    /// without a match `GB` drops the last three characters, `NL` keeps four, `US` five.
    /// `None` when that finds nothing either.
    pub fn lookup(&self, country: &str, postal_code: &str) -> Option<Place> {
        let country = country.trim();
        let (name, codes) =
            self.countries.iter().find(|(name, _)| name.eq_ignore_ascii_case(country))?;
        let code = comparable(postal_code);
        codes.get(&code).or_else(|| codes.get(shortened(name, &code)?)).copied()
    }
}

/// Upper case, without white space and hyphens.
fn comparable(postal_code: &str) -> String {
    postal_code
        .chars()
        .filter(|letter| {
            !letter.is_whitespace() && !matches!(letter, '-' | '\u{2010}' | '\u{2011}')
        })
        .flat_map(char::to_uppercase)
        .collect()
}

/// The part of a code that tells the area, where a country's codes are finer than its table.
fn shortened<'a>(country: &str, code: &'a str) -> Option<&'a str> {
    let characters = code.chars().count();
    let kept = match country {
        "GB" => characters.saturating_sub(3),
        "NL" => characters.min(4),
        "US" => characters.min(5),
        _ => return None,
    };
    let end = code.char_indices().nth(kept).map_or(code.len(), |(at, _)| at);
    Some(&code[..end])
}

fn read_country(bytes: &mut TableBytes) -> (String, HashMap<String, Place>) {
    let country = bytes.take(2, 1).iter().copied().map(char::from).collect();
    let width = bytes.number::<1>();
    let count = bytes.number::<4>();
    let mut codes = HashMap::with_capacity(count);
    let (mut number, mut latitude, mut longitude) = (0, 0, 0);
    for _ in 0..count {
        let head = bytes.varint();
        number += head >> 2;
        let place = match head & 3 {
            SAME_POINT => point(latitude, longitude),
            NEW_POINT => {
                latitude += bytes.zigzag();
                longitude += bytes.zigzag();
                point(latitude, longitude)
            }
            _ => Place { latitude: bytes.double(), longitude: bytes.double() },
        };
        codes.insert(code_text(number, width), place);
    }
    (country, codes)
}

/// The double nearest to a count of ten-thousandths, as reading the decimal would give it.
fn point(latitude: i64, longitude: i64) -> Place {
    Place { latitude: latitude as f64 / 10_000.0, longitude: longitude as f64 / 10_000.0 }
}

fn code_text(mut number: u64, width: usize) -> String {
    if width > 0 {
        return format!("{number:0width$}");
    }
    let mut letters = Vec::new();
    while number > 0 {
        let letter = (number % 37) as usize - 1;
        letters.push(char::from(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[letter]));
        number /= 37;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(latitude: f64, longitude: f64) -> Place {
        Place { latitude, longitude }
    }

    #[test]
    fn the_bundled_table_holds_the_points_of_its_source() {
        let table = Postcodes::bundled();
        for (country, code, expected) in [
            ("AX", "22100", place(60.1007, 19.9438)),
            ("DK", "1050", place(55.6806, 12.5857)),
            ("SE", "111 22", place(59.3326, 18.0649)),
            ("SE", "90326", place(63.8284, 20.2597)),
            ("GB", "AL1 1AA", place(51.75, -0.3333)),
            ("SJ", "9170", place(78.2233, 15.6469)),
            ("GL", "3900", place(64.1738, -51.7384)),
            ("US", "99553", place(54.143, -165.7854)),
            ("US", "99553-1234", place(54.143, -165.7854)),
            ("NL", "9401 AB", place(52.9939, 6.5625)),
        ] {
            assert_eq!(table.lookup(country, code), Some(expected), "{country} {code}");
        }
    }

    #[test]
    fn jokes_and_the_south_pole_are_left_out() {
        let table = Postcodes::bundled();
        assert_eq!(table.lookup("GL", "2412"), None);
        assert_eq!(table.lookup("US", "96598"), None);
    }

    #[test]
    fn codes_are_compared_in_upper_case_without_white_space_and_hyphens() {
        let table = Postcodes::from_rows([("se", "s-111 22", place(59.0, 18.0))]);
        for code in ["S11122", "s 11122", " S-11\u{a0}122 ", "s\t111-22"] {
            assert_eq!(table.lookup("SE", code), Some(place(59.0, 18.0)), "{code:?}");
        }
        assert_eq!(table.lookup("SE", "11122"), None);
        assert_eq!(table.lookup("NO", "S11122"), None);
    }

    #[test]
    fn a_code_without_a_match_is_shortened_as_its_country_does() {
        let table = Postcodes::from_rows([
            ("GB", "SW1A", place(1.0, 1.0)),
            ("GB", "SW1A 2AA", place(2.0, 2.0)),
            ("NL", "1011", place(3.0, 3.0)),
            ("US", "10001", place(4.0, 4.0)),
            ("SE", "1112", place(5.0, 5.0)),
        ]);
        assert_eq!(table.lookup("GB", "sw1a 1aa"), Some(place(1.0, 1.0)));
        assert_eq!(table.lookup("GB", "SW1A2AA"), Some(place(2.0, 2.0)));
        assert_eq!(table.lookup("NL", "1011 ab"), Some(place(3.0, 3.0)));
        assert_eq!(table.lookup("US", "10001-0001"), Some(place(4.0, 4.0)));
        assert_eq!(table.lookup("SE", "11122"), None);
        for (country, code) in
            [("GB", "1AA"), ("GB", ""), ("NL", "10"), ("US", "Åäö"), ("GB", "åäöå")]
        {
            assert_eq!(table.lookup(country, code), None, "{country} {code}");
        }
    }

    #[test]
    fn several_rows_of_a_code_are_their_mean() {
        let table = Postcodes::from_rows([
            ("GB", "M1", place(53.1, -2.1)),
            ("GB", "m 1", place(53.3, -2.2)),
            ("GB", "M1", place(53.4, -2.4)),
        ]);
        let mean = place((53.1 + 53.3 + 53.4) / 3.0, (-2.1 - 2.2 - 2.4) / 3.0);
        assert_eq!(table.lookup("GB", "M1"), Some(mean));
    }

    #[test]
    fn a_bundled_mean_is_the_one_its_rows_would_give() {
        let rows = [
            (51.7937, 5.6488),
            (51.8141, 5.6298),
            (51.8185, 5.6117),
            (51.786, 5.6385),
            (51.8, 5.6203),
            (51.7857, 5.675),
            (51.776, 5.6723),
        ];
        let from_rows = Postcodes::from_rows(
            rows.map(|(latitude, longitude)| ("NL", "5371", place(latitude, longitude))),
        );
        assert_eq!(Postcodes::bundled().lookup("NL", "5371"), from_rows.lookup("NL", "5371"));
    }
}
