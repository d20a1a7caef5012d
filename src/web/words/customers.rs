//! Texts of the list of customers.

use super::Language;

/// All texts of the list, of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct CustomerWords {
    pub view: &'static str,
    pub back: &'static str,
    pub title: &'static str,
    pub search: &'static str,
    pub clear: &'static str,
    /// The rows in sight, from and to, of all.
    pub range: fn(&str, &str, &str) -> String,
    /// How many a search found in the result, and how many besides.
    pub found: fn(&str, &str) -> String,
    pub nobody: &'static str,
    pub nobody_found: &'static str,
    pub outside: &'static str,
    /// What opening a row shows.
    pub why: &'static str,
    /// How to see it.
    pub why_hint: &'static str,
    pub columns: &'static str,
    /// How many columns are shown, of how many.
    pub columns_shown: fn(&str, &str) -> String,
    pub columns_hint: &'static str,
    pub default_columns: &'static str,
    pub done: &'static str,
    pub coming: &'static str,
    pub elsewhere: &'static str,
    /// Names could not be had, and why.
    pub no_contacts: fn(&str) -> String,
    /// The list could not be made, and why.
    pub failed: fn(&str) -> String,
    pub try_again: &'static str,
    pub open_data: &'static str,
    /// Titles of the contract's columns that no filter has.
    pub column_titles: [(&'static str, &'static str); 15],
}

impl CustomerWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static CustomerWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }

    /// What people call a column of the contract; `None` for others.
    pub fn column(&self, name: &str) -> Option<&'static str> {
        self.column_titles.iter().find(|(known, _)| *known == name).map(|(_, title)| *title)
    }
}

static ENGLISH: CustomerWords = CustomerWords {
    view: "View customers",
    back: "Back to the boxes",
    title: "Customers",
    search: "Name, e-mail, phone, town, id",
    clear: "Clear the search",
    range: |from, to, all| format!("{from}–{to} of {all}"),
    found: |inside, outside| match outside {
        "0" => format!("{inside} found in the result"),
        _ => format!("{inside} found in the result, {outside} outside it"),
    },
    nobody: "Nobody is in the result. Loosen a filter, and they appear here.",
    nobody_found: "Nobody has that name, address, number or id.",
    outside: "Not in the result",
    why: "Why is this person here?",
    why_hint: "Open a row, by a click or Enter, to see why",
    columns: "Columns",
    columns_shown: |shown, all| format!("{shown} of {all}"),
    columns_hint: "Your choice is remembered in this browser.",
    default_columns: "Usual columns",
    done: "Done",
    coming: "Names and addresses are being loaded …",
    elsewhere: "Names and addresses are not kept in this browser. Open the folder again to see them.",
    no_contacts: |reason| {
        format!("Names and addresses could not be loaded: {reason}. Everything else works.")
    },
    failed: |reason| format!("The list could not be made: {reason}. Your view is safe."),
    try_again: "Try again",
    open_data: "Open data",
    column_titles: [
        ("customer_id", "Customer"),
        ("first_name", "First name"),
        ("last_name", "Last name"),
        ("email", "E-mail"),
        ("phone", "Phone"),
        ("address", "Address"),
        ("postal_code", "Postcode"),
        ("city", "Town"),
        ("country", "Country"),
        ("latitude", "Latitude"),
        ("longitude", "Longitude"),
        ("gender", "Gender as stated"),
        ("language", "Language"),
        ("consents", "Permissions"),
        ("flags", "Tags"),
    ],
};

static SWEDISH: CustomerWords = CustomerWords {
    view: "Visa kunder",
    back: "Tillbaka till rutorna",
    title: "Kunder",
    search: "Namn, e-post, telefon, ort, id",
    clear: "Töm sökningen",
    range: |from, to, all| format!("{from}–{to} av {all}"),
    found: |inside, outside| match outside {
        "0" => format!("{inside} hittade i urvalet"),
        _ => format!("{inside} hittade i urvalet, {outside} utanför"),
    },
    nobody: "Ingen finns i urvalet. Lätta på ett filter, så visas de här.",
    nobody_found: "Ingen har det namnet, numret, id:t eller den adressen.",
    outside: "Inte i urvalet",
    why: "Varför är personen med?",
    why_hint: "Öppna en rad, med klick eller Enter, för att se varför",
    columns: "Kolumner",
    columns_shown: |shown, all| format!("{shown} av {all}"),
    columns_hint: "Ditt val sparas i den här webbläsaren.",
    default_columns: "Vanliga kolumner",
    done: "Klar",
    coming: "Namn och adresser hämtas …",
    elsewhere: "Namn och adresser sparas inte i webbläsaren. Öppna mappen igen för att se dem.",
    no_contacts: |reason| {
        format!("Namn och adresser kunde inte hämtas: {reason}. Allt annat fungerar.")
    },
    failed: |reason| format!("Listan kunde inte visas: {reason}. Urvalet är kvar."),
    try_again: "Försök igen",
    open_data: "Öppna data",
    column_titles: [
        ("customer_id", "Kund"),
        ("first_name", "Förnamn"),
        ("last_name", "Efternamn"),
        ("email", "E-post"),
        ("phone", "Telefon"),
        ("address", "Adress"),
        ("postal_code", "Postnummer"),
        ("city", "Ort"),
        ("country", "Land"),
        ("latitude", "Latitud"),
        ("longitude", "Longitud"),
        ("gender", "Uppgivet kön"),
        ("language", "Språk"),
        ("consents", "Samtycken"),
        ("flags", "Flaggor"),
    ],
};
