//! Which sex bears a first name; where that is known from is told in `tables/README.md`.

use std::sync::LazyLock;

use super::table_bytes::{TableBytes, little_endian};
use crate::model::Gender;

static TABLE: LazyLock<NameTable> =
    LazyLock::new(|| NameTable::read(include_bytes!("tables/given_names.bin")));

const NAMES_PER_BLOCK: usize = 64;
const NOT_KNOWN: usize = 0;
const WOMAN: usize = 1;
const MAN: usize = 2;

/// The gender a first name tells: what at least 95 % of its bearers are in the country (ISO 3166
/// alpha-2), or over all countries when that country does not know the name; else unknown.
///
/// Only the part before the first space or hyphen is looked at; case and the way accents are
/// composed make no difference. A country that the table lacks, or an empty one, knows no name.
/// Takes a few microseconds; a caller with millions of customers keeps the answers.
pub fn gender(first_name: &str, country: &str) -> Gender {
    TABLE.gender(first_name, country.trim())
}

/// Names in ascending order, front-coded in blocks.
struct NameTable {
    /// Two letters each.
    countries: &'static [u8],
    /// Letter, combining mark and the composed letter.
    compositions: Vec<[char; 3]>,
    /// Four bytes each, two bits a verdict.
    patterns: &'static [u8],
    /// Four bytes each: where a block starts in `names`.
    blocks: &'static [u8],
    name_count: usize,
    names: TableBytes,
}

impl NameTable {
    fn read(table: &'static [u8]) -> NameTable {
        let mut bytes = TableBytes::after_magic(table, *b"PGN1");
        let country_count = bytes.number::<1>();
        let composition_count = bytes.number::<1>();
        let pattern_count = bytes.number::<2>();
        let block_count = bytes.number::<2>();
        let name_count = bytes.number::<4>();
        let countries = bytes.take(country_count, 2);
        let letter = |bytes: &mut TableBytes| {
            char::from_u32(bytes.number::<2>() as u32).expect("the table holds letters")
        };
        let compositions =
            (0..composition_count).map(|_| std::array::from_fn(|_| letter(&mut bytes))).collect();
        let patterns = bytes.take(pattern_count, 4);
        let blocks = bytes.take(block_count, 4);
        NameTable { countries, compositions, patterns, blocks, name_count, names: bytes }
    }

    fn gender(&self, first_name: &str, country: &str) -> Gender {
        let Some(pattern) = self.pattern(&self.folded(first_name)) else { return Gender::Unknown };
        let bits = little_endian(&self.patterns[pattern * 4..][..4]);
        let verdict_at = |position: usize| bits >> (2 * position) & 3;
        let mut countries = self.countries.chunks_exact(2);
        let over_all = countries.len();
        let known = countries
            .position(|known| country.as_bytes().eq_ignore_ascii_case(known))
            .map(verdict_at)
            .filter(|&verdict| verdict != NOT_KNOWN);
        match known.unwrap_or_else(|| verdict_at(over_all)) {
            WOMAN => Gender::Woman,
            MAN => Gender::Man,
            _ => Gender::Unknown,
        }
    }

    /// The first part in lower case, its accents composed as the table's are.
    fn folded(&self, first_name: &str) -> String {
        let mut folded = String::with_capacity(first_name.len());
        let first = first_name.trim_start().split(ends_first_part).next().unwrap_or_default();
        for letter in first.chars().flat_map(char::to_lowercase) {
            let composed = folded.chars().next_back().and_then(|base| {
                self.compositions.iter().find(|[b, mark, _]| *b == base && *mark == letter)
            });
            if let Some([_, _, composed]) = composed {
                folded.pop();
                folded.push(*composed);
            } else {
                folded.push(letter);
            }
        }
        folded
    }

    /// The number of the pattern that a name has.
    fn pattern(&self, name: &str) -> Option<usize> {
        let mut low = 0;
        let mut high = self.blocks.len() / 4;
        while low < high {
            let middle = usize::midpoint(low, high);
            let mut head = self.block(middle);
            let size = head.number::<1>();
            if head.take(size, 1) <= name.as_bytes() {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let block = low.checked_sub(1)?;
        let names_in_block = NAMES_PER_BLOCK.min(self.name_count - block * NAMES_PER_BLOCK);
        self.find_in_block(block, names_in_block, name.as_bytes())
    }

    /// Goes through a block without writing any name down: `matching` is how many bytes the name
    /// before shares with the wanted one.
    fn find_in_block(&self, block: usize, names: usize, wanted: &[u8]) -> Option<usize> {
        let mut bytes = self.block(block);
        let mut matching = 0;
        for _ in 0..names {
            let sizes = bytes.number::<1>();
            let (shared, rest) = (sizes >> 4, bytes.take(sizes & 15, 1));
            let pattern = bytes.varint() as usize;
            if shared < matching {
                return None;
            }
            if shared == matching {
                let wanted_rest = &wanted[matching..];
                if wanted_rest == rest {
                    return Some(pattern);
                }
                matching += wanted_rest.iter().zip(rest).take_while(|(a, b)| a == b).count();
            }
        }
        None
    }

    fn block(&self, at: usize) -> TableBytes {
        self.names.skip(little_endian(&self.blocks[at * 4..][..4]))
    }
}

fn ends_first_part(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '\u{2010}' | '\u{2011}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_what_its_bearers_in_the_country_are() {
        for (name, country, told) in [
            ("Anna", "SE", Gender::Woman),
            ("Lars", "DK", Gender::Man),
            ("Kari", "NO", Gender::Woman),
            ("Kari", "FI", Gender::Man),
            ("Janne", "FI", Gender::Man),
            ("Janne", "DK", Gender::Woman),
            // 1,044,939 women and 3,577 men.
            ("Jessica", "us", Gender::Woman),
            // 385 women and 28,900 men: 98.7 %.
            ("Kim", "DK", Gender::Man),
            // Among first of given names alone; counted with second names it is unclear.
            ("Abdi", "FI", Gender::Man),
        ] {
            assert_eq!(gender(name, country), told, "{name} in {country}");
        }
    }

    #[test]
    fn a_name_that_the_country_calls_unclear_asks_no_other_country() {
        // 376 women and 3,192 men: 89.5 %.
        assert_eq!(gender("Robin", "GB"), Gender::Unknown);
        assert_eq!(gender("Robin", "SE"), Gender::Man);
        // On both of the uncounted Swedish lists, and a man's name wherever it is counted.
        assert_eq!(gender("Abdi", "SE"), Gender::Unknown);
        assert_eq!(gender("Abdi", "DK"), Gender::Man);
    }

    #[test]
    fn a_country_that_does_not_know_the_name_asks_all_countries() {
        assert_eq!(gender("Guðrún", "US"), Gender::Woman);
        assert_eq!(gender("Guðrún", "XX"), Gender::Woman);
        assert_eq!(gender("Lars", ""), Gender::Man);
    }

    #[test]
    fn only_the_first_part_counts_and_neither_case_nor_composition_does() {
        assert_eq!(gender("ANNA-KARIN", "SE"), Gender::Woman);
        assert_eq!(gender(" lars erik", "SE"), Gender::Man);
        assert_eq!(gender("Åsa", "SE"), Gender::Woman);
        assert_eq!(gender("A\u{30a}sa", "SE"), Gender::Woman);
        assert_eq!(gender("ÅSA", " se "), Gender::Woman);
    }

    #[test]
    fn what_is_no_name_tells_nothing() {
        for name in ["", " ", "-", "-Anna", "\u{1}", "Zzzzzzz", "A\u{301}\u{301}", "\u{10ffff}"] {
            assert_eq!(gender(name, "SE"), Gender::Unknown, "{name:?}");
        }
    }

    #[test]
    fn every_name_of_the_table_is_found_under_its_own_pattern() {
        let mut found = 0;
        for block in 0..TABLE.blocks.len() / 4 {
            let mut bytes = TABLE.block(block);
            let mut name: Vec<u8> = Vec::new();
            for _ in 0..NAMES_PER_BLOCK.min(TABLE.name_count - found) {
                let sizes = bytes.number::<1>();
                name.truncate(sizes >> 4);
                name.extend(bytes.take(sizes & 15, 1));
                let pattern = bytes.varint() as usize;
                let text = std::str::from_utf8(&name).unwrap();
                assert_eq!(TABLE.pattern(text), Some(pattern), "{text}");
                found += 1;
            }
        }
        assert_eq!(found, TABLE.name_count);
    }
}
