//! What a marketer should know before an audience goes to Meta.

use super::preflight::Plan;

/// Audiences below this size are hard to match and hardly shown to.
const FEW: usize = 100;

/// Words that hint at health or money when a word of a name is one of them.
const WORDS: &[&str] = &[
    "blind",
    "deaf",
    "döv",
    "ill",
    "income",
    "inkomst",
    "loan",
    "loans",
    "lån",
    "lön",
    "medication",
    "patient",
    "poor",
    "rich",
    "rik",
    "rika",
    "salary",
    "sick",
    "sjuk",
    "sjuka",
    "wealth",
];

/// The same, when a word begins with one of them.
const BEGINNINGS: &[&str] = &[
    "allerg",
    "arbetslös",
    "bankrupt",
    "cancer",
    "debt",
    "depress",
    "diabet",
    "disab",
    "diseas",
    "fattig",
    "funktionshind",
    "funktionsned",
    "förmög",
    "gravid",
    "handicap",
    "handikapp",
    "hörselska",
    "illness",
    "konkurs",
    "kredit",
    "låginkomst",
    "höginkomst",
    "medicin",
    "pregnan",
    "rullstol",
    "skuld",
    "synskad",
    "unemploy",
    "wealthy",
    "wheelchair",
];

/// Something that does not stop an audience, and that Meta may.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Advice {
    /// The list is short.
    #[error("{people} people: Meta advises against audiences of fewer than 100")]
    FewPeople {
        /// How many go out.
        people: usize,
    },
    /// The audience's name.
    #[error(
        "the name has the word {word:?}: Meta flags audiences whose names hint at health or money, \
         so give this one another name there"
    )]
    TellingName {
        /// The word, in lower case.
        word: String,
    },
}

/// What to say of a plan for Meta and of the name that the audience would have.
pub fn advice(plan: &Plan, name: &str) -> Vec<Advice> {
    let people = plan.rows.len();
    let few = (people < FEW).then_some(Advice::FewPeople { people });
    let telling = telling_word(name).map(|word| Advice::TellingName { word });
    few.into_iter().chain(telling).collect()
}

/// The first word of an audience's name that hints at health or money, in lower case.
pub fn telling_word(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let mut words = name.split(|letter: char| !letter.is_alphanumeric());
    let telling = words.find(|word| {
        WORDS.contains(word) || BEGINNINGS.iter().any(|beginning| word.starts_with(beginning))
    });
    telling.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_hint_at_health_or_money_are_told() {
        let plan = Plan { rows: (0..100).collect(), ..Plan::default() };
        assert_eq!(advice(&plan, "Richard III, lönnar och skulptur"), []);
        for (name, word) in
            [("High-income locals", "income"), ("Rullstolsplatser", "rullstolsplatser")]
        {
            assert_eq!(advice(&plan, name), [Advice::TellingName { word: word.to_owned() }]);
        }
        let plan = Plan { rows: vec![0], ..Plan::default() };
        assert_eq!(advice(&plan, ""), [Advice::FewPeople { people: 1 }]);
    }
}
