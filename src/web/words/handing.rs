//! Texts of handing an audience to a service.

use super::{Language, Plural};

/// All texts of handing over an audience, of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct HandingWords {
    pub title: &'static str,
    /// So many customers are in the result.
    pub hint: fn(&str, Plural) -> String,
    pub to: &'static str,
    pub choose: &'static str,
    pub no_connectors: &'static str,
    /// Connectors could not be had, and why.
    pub failed: fn(&str) -> String,
    pub what: &'static str,
    pub replace: &'static str,
    pub add: &'static str,
    pub remove: &'static str,
    pub replace_hint: &'static str,
    pub add_hint: &'static str,
    pub remove_hint: &'static str,
    pub name: &'static str,
    pub funnel: &'static str,
    pub has_either: &'static str,
    pub hand_over: fn(&str) -> String,
    pub hand_over_locked: &'static str,
    /// While it is not known how many.
    pub hand_over_plain: &'static str,
    /// So many of those sent before have withdrawn.
    pub withdrawn: fn(&str, Plural) -> String,
    pub remove_withdrawn: fn(&str) -> String,
    pub withdrawn_from_here: &'static str,
    pub withdrawn_locked: &'static str,
    pub more: fn(&str) -> String,
}

impl HandingWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static HandingWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }
}

static ENGLISH: HandingWords = HandingWords {
    title: "Audience",
    hint: |count, plural| match plural {
        Plural::One => {
            format!("The {count} customer of the result, to a service that the endpoint reaches.")
        }
        Plural::Other => {
            format!("All {count} customers of the result, to a service that the endpoint reaches.")
        }
    },
    to: "Where to",
    choose: "Choose an audience",
    no_connectors: "The endpoint reaches no service. Export writes the file that a service takes.",
    failed: |why| {
        format!("The services could not be fetched. {why} Export writes the file that one takes.")
    },
    what: "What to do",
    replace: "Replace",
    add: "Add",
    remove: "Remove",
    replace_hint: "Afterwards the audience holds these customers and nobody else.",
    add_hint: "They join those who are there. Whoever withdraws their consent stays until they are removed.",
    remove_hint: "They leave the audience.",
    name: "Name of the list",
    funnel: "From result to audience",
    has_either: "Has an e-mail address or a phone",
    hand_over: |count| format!("Hand over {count}"),
    hand_over_locked: "Put in the outbox until unlocked",
    hand_over_plain: "Hand over",
    withdrawn: |count, plural| match plural {
        Plural::One => format!("{count} customer sent there before has withdrawn since:"),
        Plural::Other => format!("{count} customers sent there before have withdrawn since:"),
    },
    remove_withdrawn: |count| format!("Remove {count}"),
    withdrawn_from_here: "The endpoint could not be asked who was sent there before, so only those sent from this \
        browser are looked through.",
    withdrawn_locked: "Unlock names and addresses to see who has withdrawn since.",
    more: |count| format!("and {count} more"),
};

static SWEDISH: HandingWords = HandingWords {
    title: "Målgrupp",
    hint: |count, plural| match plural {
        Plural::One => {
            format!("{count} kund i urvalet, till en tjänst som synkservern är kopplad till.")
        }
        Plural::Other => {
            format!(
                "Alla {count} kunder i urvalet, till en tjänst som synkservern är kopplad till."
            )
        }
    },
    to: "Till",
    choose: "Välj en målgrupp",
    no_connectors: "Synkservern är inte kopplad till någon tjänst. Exportera ger en fil som tjänsterna tar emot.",
    failed: |why| {
        format!("Tjänsterna kunde inte hämtas. {why} Exportera ger en fil som de tar emot.")
    },
    what: "Åtgärd",
    replace: "Ersätt",
    add: "Lägg till",
    remove: "Ta bort",
    replace_hint: "Målgruppen innehåller sedan de här kunderna och inga andra.",
    add_hint: "De läggs till dem som redan finns. Den som tar tillbaka sitt samtycke blir kvar tills den tas bort.",
    remove_hint: "De tas bort ur målgruppen.",
    name: "Listans namn",
    funnel: "Från urval till målgrupp",
    has_either: "Har e-postadress eller telefon",
    hand_over: |count| format!("Lämna över {count}"),
    hand_over_locked: "Lägg i utkorgen tills det är upplåst",
    hand_over_plain: "Lämna över",
    withdrawn: |count, plural| match plural {
        Plural::One => {
            format!("{count} kund som skickats dit tidigare har tagit tillbaka sitt samtycke:")
        }
        Plural::Other => {
            format!("{count} kunder som skickats dit tidigare har tagit tillbaka sitt samtycke:")
        }
    },
    remove_withdrawn: |count| format!("Ta bort {count}"),
    withdrawn_from_here: "Synkservern gick inte att fråga om vilka som skickats dit tidigare, så bara de som skickats \
        från den här webbläsaren gås igenom.",
    withdrawn_locked: "Lås upp namn och adresser för att se vilka som har tagit tillbaka sitt samtycke.",
    more: |count| format!("och {count} till"),
};
