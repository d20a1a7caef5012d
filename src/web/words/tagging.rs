//! Texts of tagging customers, and of what can be done with a result.

use super::{Language, Plural};

/// All texts of tagging, of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct TaggingWords {
    pub tag: &'static str,
    pub title: &'static str,
    /// So many customers are in the result.
    pub hint: fn(&str, Plural) -> String,
    pub what: &'static str,
    pub add: &'static str,
    pub remove: &'static str,
    pub name: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    pub save: &'static str,
    /// Save a tag of this name.
    pub save_named: fn(&str) -> String,
    pub undo_named: fn(&str) -> String,
    pub nobody_differs: &'static str,
    pub no_tags: &'static str,
    pub outbox: &'static str,
    /// An action that needs the endpoint.
    pub no_endpoint: &'static str,
    pub no_token: &'static str,
    pub to_settings: &'static str,
    pub as_file: &'static str,
}

impl TaggingWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static TaggingWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }
}

static ENGLISH: TaggingWords = TaggingWords {
    tag: "Tag",
    title: "Tag customers",
    hint: |count, plural| match plural {
        Plural::One => format!("The {count} customer of the result."),
        Plural::Other => format!("All {count} customers of the result."),
    },
    what: "What to do",
    add: "Add tag",
    remove: "Remove tag",
    name: "Tag",
    before: "Have it",
    after: "After",
    save: "Save",
    save_named: |name| format!("Save {name}"),
    undo_named: |name| format!("Undo {name}"),
    nobody_differs: "Nothing to change",
    no_tags: "Neither the data nor the endpoint has a tag.",
    outbox: "Outbox",
    no_endpoint: "Your venue's sync endpoint is not set, and nothing leaves this page without it. Its \
        address and token belong in Settings.",
    no_token: "The sync endpoint is known, but its token is not set on this device. It belongs in Settings.",
    to_settings: "Settings",
    as_file: "Export writes the same customers into a file.",
};

static SWEDISH: TaggingWords = TaggingWords {
    tag: "Flagga",
    title: "Flagga kunder",
    hint: |count, plural| match plural {
        Plural::One => format!("{count} kund i urvalet."),
        Plural::Other => format!("Alla {count} kunder i urvalet."),
    },
    what: "Åtgärd",
    add: "Sätt flaggan",
    remove: "Ta bort flaggan",
    name: "Flagga",
    before: "Har nu",
    after: "Sedan",
    save: "Spara",
    save_named: |name| format!("Spara {name}"),
    undo_named: |name| format!("Ångra {name}"),
    nobody_differs: "Inget att ändra",
    no_tags: "Varken uppgifterna eller synkservern har någon flagga.",
    outbox: "Utkorg",
    no_endpoint: "Husets synkserver är inte angiven, och utan den lämnar inget den här sidan. Adress och \
        nyckel anges i Inställningar.",
    no_token: "Synkservern är känd, men nyckeln saknas på den här enheten. Den anges i Inställningar.",
    to_settings: "Inställningar",
    as_file: "Exportera ger samma kunder i en fil.",
};
