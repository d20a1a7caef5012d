//! A customer as a person: name, address, telephone, e-mail; all invented.

use super::dice::Dice;
use super::names::{EITHER, FAMILIES, GROUPS, MEN, STREETS, WOMEN};
use super::towns::{Postcode, Town};
use super::venue;
use crate::model::Gender;

/// Numbers that the Swedish Post and Telecom Authority keeps free for books and films: what
/// stands before the last two digits, and the first and last of these.
const TELEPHONES: [(&str, i32, i32); 5] = [
    ("070-17406", 5, 99),
    ("08-465004", 0, 99),
    ("031-39006", 0, 99),
    ("040-62804", 0, 99),
    ("0980-3192", 0, 99),
];

/// Everything a customer's row says about who they are.
#[derive(Debug, Default)]
pub(super) struct Person {
    /// Empty for a group.
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    /// Empty: none.
    pub(super) email: String,
    /// Empty: none.
    pub(super) phone: String,
    /// Empty: none.
    pub(super) address: String,
    /// As spelled; empty: none.
    pub(super) postal_code: String,
    /// Empty: none.
    pub(super) city: &'static str,
    /// Empty: the venue's.
    pub(super) country: &'static str,
    pub(super) gender: Option<Gender>,
    pub(super) language: &'static str,
    /// Where the postcode lies; `None` without one that the demo knows.
    pub(super) point: Option<(i32, i32)>,
}

impl Person {
    /// The contract's letter.
    pub(super) fn gender_letter(&self) -> &'static str {
        match self.gender {
            Some(Gender::Woman) => "f",
            Some(Gender::Man) => "m",
            _ => "u",
        }
    }
}

/// Draws people one after another.
pub(super) struct People {
    towns: Vec<Town>,
    /// `weight_before[at]`: of all towns before `at`.
    weight_before: Vec<u32>,
    weight: u32,
    email_before: String,
}

impl People {
    pub(super) fn new(towns: Vec<Town>) -> People {
        let mut weight = 0;
        let weight_before = towns
            .iter()
            .map(|town| {
                weight += town.weight;
                weight - town.weight
            })
            .collect();
        People { towns, weight_before, weight, email_before: String::new() }
    }

    /// Every postcode that someone may live in.
    pub(super) fn postcodes(&self) -> impl Iterator<Item = &Postcode> {
        self.towns.iter().flat_map(|town| &town.postcodes)
    }

    /// Customer number `number`, counted from 1; a group orders for many.
    pub(super) fn draw(&mut self, dice: &mut Dice, number: u32, is_group: bool) -> Person {
        let mut person = Person::default();
        if is_group {
            person.last_name = dice.pick(GROUPS);
        } else {
            let (names, gender) = dice.weighted(&[
                ((WOMEN, Gender::Woman), 545),
                ((MEN, Gender::Man), 395),
                ((EITHER, Gender::Unknown), 60),
            ]);
            person.first_name = dice.pick(names);
            // Not everyone wants to say.
            person.gender = Some(if dice.chance(25) { Gender::Unknown } else { gender });
            person.last_name = dice.pick(FAMILIES);
        }
        person.language = dice.weighted(&[("sv", 900), ("en", 75), ("fi", 15), ("", 10)]);
        self.home(dice, &mut person);
        self.reach(dice, &mut person, number);
        person
    }

    fn home(&self, dice: &mut Dice, person: &mut Person) {
        if dice.chance(30) {
            return;
        }
        let wanted = dice.below(self.weight);
        let town = &self.towns[self.weight_before.partition_point(|&before| before <= wanted) - 1];
        let postcode = dice.pick(&town.postcodes);
        person.address = format!("{} {}", dice.pick(STREETS), 1 + dice.low_between(0, 89));
        if dice.chance(90) {
            person
                .address
                .push_str([" A", " B", ", lgh 1102", ", lgh 1201"][dice.below(4) as usize]);
        }
        person.city = town.name;
        // Some clerks leave out the venue's own country.
        let is_own = postcode.country == venue::COUNTRY;
        person.country = if is_own && dice.chance(40) { "" } else { postcode.country };
        if dice.chance(6) {
            // A slip of the pen: no such code.
            "999 99".clone_into(&mut person.postal_code);
        } else {
            person.postal_code = postcode.spelled();
            person.point = Some(postcode.point);
        }
    }

    fn reach(&mut self, dice: &mut Dice, person: &mut Person, number: u32) {
        if dice.chance(780) {
            let (start, first, last) = if dice.chance(850) {
                TELEPHONES[0]
            } else {
                TELEPHONES[dice.between(1, TELEPHONES.len() as i32 - 1) as usize]
            };
            person.phone = format!("{start}{:02}", dice.between(first, last));
        }
        let shares_the_last = dice.chance(18);
        if dice.chance(905) {
            if shares_the_last && !self.email_before.is_empty() {
                // Two of a household with one address between them.
                person.email.clone_from(&self.email_before);
                return;
            }
            let domain = dice.weighted(&[("example.se", 60), ("example.com", 40)]);
            let email = &mut person.email;
            for name in [person.first_name, person.last_name] {
                if !email.is_empty() {
                    email.push('.');
                }
                email.extend(name.chars().filter_map(plain_letter));
            }
            email.push_str(&number.to_string());
            email.push('@');
            email.push_str(domain);
            self.email_before.clone_from(email);
        }
    }
}

/// A letter as people write it in an address.
fn plain_letter(letter: char) -> Option<char> {
    let plain = match letter.to_lowercase().next()? {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        'é' => 'e',
        'ć' => 'c',
        'ı' => 'i',
        other => other,
    };
    (plain.is_ascii_alphanumeric() || plain == '-').then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::super::towns::towns;
    use super::*;

    fn some_people() -> Vec<Person> {
        let mut people = People::new(towns());
        let mut dice = Dice::new(11, 0);
        (1..=5000).map(|number| people.draw(&mut dice, number, number % 97 == 0)).collect()
    }

    #[test]
    fn nobody_can_be_reached() {
        for person in some_people() {
            let free = person.email.is_empty()
                || person.email.ends_with("@example.se")
                || person.email.ends_with("@example.com");
            assert!(free && person.email.is_ascii(), "{person:?}");
            let reserved = TELEPHONES.iter().any(|(start, first, last)| {
                person.phone.strip_prefix(start).is_some_and(|rest| {
                    rest.len() == 2 && (*first..=*last).contains(&rest.parse().unwrap())
                })
            });
            assert!(person.phone.is_empty() || reserved, "{person:?}");
        }
    }

    #[test]
    fn some_share_an_address_and_some_have_none() {
        let mut emails: Vec<String> = some_people()
            .into_iter()
            .map(|person| person.email)
            .filter(|e| !e.is_empty())
            .collect();
        let all = emails.len();
        assert!((4300..4700).contains(&all), "{all}");
        emails.sort();
        emails.dedup();
        assert!((20..150).contains(&(all - emails.len())), "{}", all - emails.len());
    }

    #[test]
    fn about_half_live_in_the_home_town_and_a_few_nowhere_known() {
        let people = some_people();
        let at_home = people.iter().filter(|person| person.city == "Norrköping").count();
        assert!((2000..2600).contains(&at_home), "{at_home}");
        let unknown = people.iter().filter(|person| person.point.is_none()).count();
        assert!((100..300).contains(&unknown), "{unknown}");
    }
}
