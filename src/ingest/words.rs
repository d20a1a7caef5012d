//! Columns whose cells are one of a few words, and the words that a system uses instead.

use std::collections::HashMap;

use super::reject::Reason;
use crate::model::{Channel, Gender, Validity};

/// A system's own words for the contract's, of one column; all in folded spelling.
pub(super) type WordMap = HashMap<String, String>;

/// Outer white space and case make no difference.
pub(super) fn folded(cell: &str) -> String {
    cell.trim().to_lowercase()
}

/// What a gender cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StatedGender {
    /// Taken as it is.
    Stated(Gender),
    /// Empty: the first name may tell.
    Derived,
}

/// A column with few words.
pub(super) trait Word: Copy {
    /// The words in one sentence.
    const ALLOWED: &'static str;
    /// The value of a word in folded spelling.
    fn of(folded: &str) -> Option<Self>;
}

impl Word for Channel {
    const ALLOWED: &'static str = "online and box_office";
    fn of(folded: &str) -> Option<Channel> {
        match folded {
            "online" => Some(Channel::Online),
            "box_office" => Some(Channel::BoxOffice),
            _ => None,
        }
    }
}

impl Word for Validity {
    const ALLOWED: &'static str = "valid, refunded and nothing (which is valid)";
    fn of(folded: &str) -> Option<Validity> {
        match folded {
            "" | "valid" => Some(Validity::Valid),
            "refunded" => Some(Validity::Refunded),
            _ => None,
        }
    }
}

/// Part of a subscription or not.
impl Word for bool {
    const ALLOWED: &'static str = "0, 1, false, true and nothing (which is 0)";
    fn of(folded: &str) -> Option<bool> {
        match folded {
            "" | "0" | "false" => Some(false),
            "1" | "true" => Some(true),
            _ => None,
        }
    }
}

impl Word for StatedGender {
    const ALLOWED: &'static str = "f, m, u and nothing (then the first name may tell)";
    fn of(folded: &str) -> Option<StatedGender> {
        match folded {
            "" => Some(StatedGender::Derived),
            "f" => Some(StatedGender::Stated(Gender::Woman)),
            "m" => Some(StatedGender::Stated(Gender::Man)),
            "u" => Some(StatedGender::Stated(Gender::Unknown)),
            _ => None,
        }
    }
}

/// Reads the cells of one column; remembers the last, since neighbours are mostly equal.
#[derive(Debug)]
pub(super) struct WordReader<'m, W> {
    map: Option<&'m WordMap>,
    last: Option<(String, W)>,
}

impl<'m, W: Word> WordReader<'m, W> {
    pub(super) fn new(map: Option<&'m WordMap>) -> WordReader<'m, W> {
        WordReader { map, last: None }
    }

    /// # Errors
    /// [`Reason::UnknownWord`]
    pub(super) fn read(&mut self, cell: &str) -> Result<W, Reason> {
        if let Some((last, word)) = &self.last
            && last == cell
        {
            return Ok(*word);
        }
        let own = folded(cell);
        let mapped = self.map.and_then(|map| map.get(&own)).unwrap_or(&own);
        let word = W::of(mapped).ok_or(Reason::UnknownWord { allowed: W::ALLOWED })?;
        self.last = Some((cell.to_owned(), word));
        Ok(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_without_regard_to_case_and_outer_space() {
        let mut channels = WordReader::<Channel>::new(None);
        assert_eq!(channels.read(" Online "), Ok(Channel::Online));
        assert_eq!(channels.read("BOX_OFFICE"), Ok(Channel::BoxOffice));
        assert!(channels.read("").is_err());
        assert!(channels.read("box office").is_err());
        let mut validity = WordReader::<Validity>::new(None);
        assert_eq!(validity.read(" "), Ok(Validity::Valid));
        let mut subscription = WordReader::<bool>::new(None);
        assert_eq!(subscription.read("TRUE"), Ok(true));
        assert!(subscription.read("yes").is_err());
        let mut gender = WordReader::<StatedGender>::new(None);
        assert_eq!(gender.read("U"), Ok(StatedGender::Stated(Gender::Unknown)));
        assert_eq!(gender.read(""), Ok(StatedGender::Derived));
    }

    #[test]
    fn a_mapped_word_wins_over_its_own_meaning() {
        let map = WordMap::from([
            ("webb".to_owned(), "online".to_owned()),
            ("online".to_owned(), "box_office".to_owned()),
        ]);
        let mut channels = WordReader::<Channel>::new(Some(&map));
        assert_eq!(channels.read("WEBB "), Ok(Channel::Online));
        assert_eq!(channels.read("online"), Ok(Channel::BoxOffice));
        assert_eq!(channels.read("box_office"), Ok(Channel::BoxOffice));
    }
}
