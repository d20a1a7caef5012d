//! The rank of each text of a column among the distinct ones, in the order of a language.
//!
//! Comparing words as a language does costs a hundred times what comparing numbers does. Most
//! texts of customers need it only to tell `a` from `A`: a word of plain letters sorts by the
//! places of its letters in the alphabet first. Those places are asked of the collator once for
//! the letters that occur; a word becomes the number that its first letters' places make, and
//! only words of one number are compared in full.

use std::cmp::Ordering;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;

use super::NO_VALUE;
use crate::model::TextColumn;

/// A language whose order of words is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no order of words for the language {tag:?}; it takes a tag such as \"sv\"")]
pub struct AlphabetError {
    tag: String,
}

/// The order of words in a language.
#[derive(Debug)]
pub struct Alphabet {
    whole: CollatorBorrowed<'static>,
    /// Looks at the letters alone, not at their accents and cases.
    letters: CollatorBorrowed<'static>,
}

impl Alphabet {
    /// The order of a language, a BCP 47 tag such as `sv`.
    ///
    /// # Errors
    /// What is no such tag.
    pub fn of(tag: &str) -> Result<Alphabet, AlphabetError> {
        let unknown = || AlphabetError { tag: tag.to_owned() };
        let locale: Locale = tag.parse().map_err(|_| unknown())?;
        let with = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            Collator::try_new((&locale).into(), options).map_err(|_| unknown())
        };
        Ok(Alphabet { whole: with(Strength::Tertiary)?, letters: with(Strength::Primary)? })
    }

    /// Which of two words comes first; words that a reader sees as one are equal.
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        self.whole.compare(one, other)
    }
}

/// The rank of each text, from 0, equal for equal texts; [`NO_VALUE`] for an empty one. Time is
/// that of sorting the distinct texts.
pub fn ranks(texts: &TextColumn, alphabet: &Alphabet) -> Vec<u32> {
    let (distinct, mut codes) = distinct(texts);
    let places = Places::of(&distinct, alphabet);
    let mut keyed: Vec<(u128, u32)> =
        distinct.iter().zip(0..).map(|(text, code)| (places.key(text), code)).collect();
    let text = |code: u32| distinct[code as usize];
    keyed.sort_unstable_by(|(one_key, one), (other_key, other)| match one_key.cmp(other_key) {
        Ordering::Equal if one == other => Ordering::Equal,
        Ordering::Equal => places.compare(text(*one), text(*other), alphabet).then(one.cmp(other)),
        _ if *one_key == Places::ODD || *other_key == Places::ODD => {
            alphabet.compare(text(*one), text(*other)).then(one.cmp(other))
        }
        by_key => by_key,
    });
    let mut rank_of = vec![0; distinct.len()];
    let mut rank = 0;
    for (at, &(key, code)) in keyed.iter().enumerate() {
        if let Some(&(before_key, before)) = at.checked_sub(1).and_then(|at| keyed.get(at)) {
            let is_same = (before_key == key || key == Places::ODD || before_key == Places::ODD)
                && alphabet.compare(text(before), text(code)).is_eq();
            rank += u32::from(!is_same);
        }
        rank_of[code as usize] = rank;
    }
    for code in &mut codes {
        if *code != NO_VALUE {
            *code = rank_of[*code as usize];
        }
    }
    codes
}

/// Each text once, and for each row where its text stands there; [`NO_VALUE`] for an empty one.
fn distinct(texts: &TextColumn) -> (Vec<&str>, Vec<u32>) {
    let mut seen: HashMap<&str, u32, FixedState> = HashMap::default();
    let mut distinct = Vec::new();
    let code = |text| {
        if str::is_empty(text) {
            return NO_VALUE;
        }
        *seen.entry(text).or_insert_with(|| {
            distinct.push(text);
            distinct.len() as u32 - 1
        })
    };
    let codes = texts.iter().map(code).collect();
    (distinct, codes)
}

/// The places of the letters that occur, in the alphabet's order.
struct Places {
    /// By ASCII code; 0 for a letter that needs a full comparison.
    ascii: [u8; 128],
    others: HashMap<char, u8, FixedState>,
    /// Bits that a place takes.
    bits: u32,
}

impl Places {
    /// The key of a text with a letter that has no place of its own.
    const ODD: u128 = u128::MAX;
    /// Places fit 7 bits, or none are used.
    const MOST: usize = 126;

    fn of(texts: &[&str], alphabet: &Alphabet) -> Places {
        let mut letters: Vec<char> = Vec::new();
        let mut seen = [false; 256];
        for letter in texts.iter().flat_map(|text| text.chars()) {
            let at = letter as usize;
            if at < seen.len() && !seen[at] {
                seen[at] = true;
                if stands_alone(letter) {
                    letters.push(letter);
                }
            }
        }
        let mut buffers = [[0; 4]; 2];
        let mut compare = |one: char, other: char| {
            let [left, right] = &mut buffers;
            alphabet.letters.compare(one.encode_utf8(left), other.encode_utf8(right))
        };
        letters.sort_by(|one, other| compare(*one, *other));
        let mut places = Places { ascii: [0; 128], others: HashMap::default(), bits: 0 };
        let mut place: usize = 0;
        for (at, letter) in letters.iter().enumerate() {
            let is_new = at == 0 || compare(letters[at - 1], *letter).is_ne();
            place += usize::from(is_new);
            if place > Places::MOST {
                return Places { ascii: [0; 128], others: HashMap::default(), bits: 7 };
            }
            match places.ascii.get_mut(*letter as usize) {
                Some(slot) => *slot = place as u8,
                None => {
                    places.others.insert(*letter, place as u8);
                }
            }
        }
        places.bits = usize::BITS - place.leading_zeros();
        places
    }

    fn place(&self, letter: char) -> Option<u8> {
        match self.ascii.get(letter as usize) {
            Some(place) => Some(*place).filter(|place| *place > 0),
            None => self.others.get(&letter).copied(),
        }
    }

    /// The places of the first letters as one number; [`Places::ODD`] where a letter of the text,
    /// the first or any, has none.
    fn key(&self, text: &str) -> u128 {
        let fits = 127 / self.bits.max(1);
        let (mut key, mut taken) = (0, 0);
        for letter in text.chars() {
            let Some(place) = self.place(letter) else { return Places::ODD };
            if taken < fits {
                key = key << self.bits | u128::from(place);
                taken += 1;
            }
        }
        key << (self.bits * (fits - taken))
    }

    /// Texts of the same key: by all places, then in full.
    fn compare(&self, one: &str, other: &str, alphabet: &Alphabet) -> Ordering {
        let places = |text: &str| text.chars().map(|letter| self.place(letter)).collect::<Vec<_>>();
        if self.key(one) == Places::ODD {
            return alphabet.compare(one, other);
        }
        places(one).cmp(&places(other)).then_with(|| alphabet.compare(one, other))
    }
}

/// Whether a letter sorts by a place of its own, whatever stands beside it, in the languages of
/// the page: what is on a Western keyboard, less the letters that sort as two.
fn stands_alone(letter: char) -> bool {
    match letter {
        'æ' | 'Æ' | 'þ' | 'Þ' | 'ß' => false,
        ' '..='~' | 'à'..='ö' | 'ø'..='ÿ' | 'À'..='Ö' | 'Ø'..='Ý' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted(tag: &str, texts: &[&str]) -> Vec<String> {
        let column: TextColumn = texts.iter().copied().collect();
        let ranks = ranks(&column, &Alphabet::of(tag).unwrap());
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&at| ranks[at]);
        order.into_iter().map(|at| texts[at].to_owned()).collect()
    }

    #[test]
    fn swedish_puts_a_ring_and_the_dots_behind_z_and_english_does_not() {
        let names = ["Öberg", "Zetterlund", "Åsvik", "Ängsfält", "Almkrona", "de la Cruz", "Dahl"];
        assert_eq!(
            sorted("sv", &names),
            ["Almkrona", "Dahl", "de la Cruz", "Zetterlund", "Åsvik", "Ängsfält", "Öberg"]
        );
        assert_eq!(
            sorted("en", &names),
            ["Almkrona", "Ängsfält", "Åsvik", "Dahl", "de la Cruz", "Öberg", "Zetterlund"]
        );
    }

    #[test]
    fn an_empty_text_has_no_rank_and_a_repeated_one_has_the_same() {
        let column: TextColumn = ["b", "", "a", "b"].into_iter().collect();
        assert_eq!(ranks(&column, &Alphabet::of("sv").unwrap()), [1, NO_VALUE, 0, 1]);
    }

    #[test]
    fn what_is_no_language_is_refused() {
        assert!(Alphabet::of("no language").is_err());
    }

    fn any_text() -> impl Strategy<Value = String> {
        let letter = prop_oneof![
            8 => "[a-cA-C]",
            4 => "[ '@._+0-9-]",
            4 => "[åäöéèüøæßÅÄÖÉÜØÆ]",
            1 => "[\u{300}\u{30a}ščłŁđþÞðıİﬁ中Ωж]",
        ];
        let long = prop::collection::vec(letter, 0..6).prop_map(|letters| letters.concat());
        // Long beginnings in common, so that the keys' first letters do not decide.
        (prop_oneof![Just(""), Just("anna.andersson.i.malmö.")], long)
            .prop_map(|(head, tail)| format!("{head}{tail}"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn ranks_agree_with_the_collator(
            texts in prop::collection::vec(any_text(), 2..40), is_swedish: bool,
        ) {
            let alphabet = Alphabet::of(if is_swedish { "sv" } else { "en" }).unwrap();
            let column: TextColumn = texts.iter().map(String::as_str).collect();
            let ranks = ranks(&column, &alphabet);
            for (one, one_rank) in texts.iter().zip(&ranks) {
                for (other, other_rank) in texts.iter().zip(&ranks) {
                    if one.is_empty() || other.is_empty() {
                        continue;
                    }
                    prop_assert_eq!(
                        one_rank.cmp(other_rank), alphabet.compare(one, other),
                        "{:?} and {:?}", one, other);
                }
            }
        }
    }
}
