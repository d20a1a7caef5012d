//! Where customers live: `towns/README.md` tells from where.

use super::venue;

/// A postcode and the point the demo gives it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Postcode {
    /// ISO 3166 alpha-2.
    pub(super) country: &'static str,
    /// Digits only.
    pub(super) code: &'static str,
    /// Latitude and longitude in 1/10,000 degree.
    pub(super) point: (i32, i32),
}

impl Postcode {
    /// The way people write it: `602 21` in Sweden.
    pub(super) fn spelled(&self) -> String {
        if self.country == venue::COUNTRY {
            let (town, rest) = self.code.split_at(3);
            format!("{town} {rest}")
        } else {
            self.code.to_owned()
        }
    }
}

/// A town and how many customers it has.
#[derive(Debug, Clone)]
pub(super) struct Town {
    /// As the post knows it.
    pub(super) name: &'static str,
    /// At least one.
    pub(super) postcodes: Vec<Postcode>,
    /// Relative to the other towns.
    pub(super) weight: u32,
}

/// All towns, the home town first.
pub(super) fn towns() -> Vec<Town> {
    include_str!("towns/towns.txt")
        .lines()
        .enumerate()
        .map(|(at, line)| town(line, at == 0))
        .collect()
}

fn town(line: &'static str, is_home: bool) -> Town {
    let mut fields = line.split(';');
    let mut next = || fields.next().expect("a line of the table has six fields");
    let (name, country) = (next(), next());
    let (latitude, longitude, weight) = (number(next()), number(next()), number(next()));
    let codes = next();
    let is_single = !codes.contains(' ');
    let postcodes = codes
        .split(' ')
        .map(|code| {
            let (north, east) = if is_single { (0, 0) } else { nudge(code, is_home) };
            Postcode { country, code, point: (latitude + north, longitude + east) }
        })
        .collect();
    Town { name, postcodes, weight: weight as u32 }
}

fn number(digits: &str) -> i32 {
    digits.parse().expect("the table holds whole numbers")
}

/// A made-up offset from the town's point, up to some 7 km in the home town and 2 km elsewhere,
/// denser in the middle. It depends on the code alone, so that a postcode keeps its place.
fn nudge(code: &str, is_home: bool) -> (i32, i32) {
    let mut hash = number(code) as u32;
    let mut draw = || {
        hash = hash.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
        (hash >> 16) as i32 % 1000
    };
    let (north, east) = if is_home { (650, 1200) } else { (160, 300) };
    let mut offset = |most: i32| (draw() + draw() - 999) * most / 1000;
    (offset(north), offset(east))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::great_circle_km;

    #[test]
    fn the_first_town_is_home_and_its_people_live_around_the_venue() {
        let towns = towns();
        let home = venue::place(venue::POINT);
        let mut km: Vec<f64> = towns[0]
            .postcodes
            .iter()
            .map(|code| great_circle_km(home, venue::place(code.point)))
            .collect();
        km.sort_by(f64::total_cmp);
        assert!(km[0] < 2.0 && km[km.len() - 1] < 12.0, "{km:?}");
        assert!(km[km.len() * 3 / 4] - km[km.len() / 4] > 1.0, "{km:?}");
    }

    #[test]
    fn every_postcode_stands_once() {
        let towns = towns();
        let mut codes: Vec<_> = towns
            .iter()
            .flat_map(|town| &town.postcodes)
            .map(|code| (code.country, code.code))
            .collect();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
        assert!(towns.iter().all(|town| town.weight > 0 && !town.postcodes.is_empty()));
    }
}
