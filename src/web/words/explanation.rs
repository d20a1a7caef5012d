//! Texts of *Why is this person here?*

use super::{Language, Plural};

/// The texts of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct ExplanationWords {
    /// Whom it is about.
    pub title: fn(&str) -> String,
    /// For somebody who is not in the result.
    pub title_absent: fn(&str) -> String,
    /// A customer without a name, by id.
    pub by_id: fn(&str) -> String,
    /// The customer's id.
    pub in_result: fn(&str) -> String,
    /// The customer's id, and how many conditions.
    pub left_out: fn(&str, &str, Plural) -> String,
    pub holds: &'static str,
    pub fails: &'static str,
    pub unknown: &'static str,
    pub muted: &'static str,
    pub buyer: &'static str,
    pub everyone: &'static str,
    pub no_excluded_event: &'static str,
    pub not_yet_bought: &'static str,
    /// The events whose tickets leave somebody out.
    pub left_out_by: fn(&str) -> String,
    pub with_consents: &'static str,
    pub without_consents: &'static str,
    pub with_flags: &'static str,
    pub without_flags: &'static str,
    /// Name of a permission or tag, and whether the customer has it.
    pub member: fn(&str, bool) -> String,
    /// The customer's value.
    pub value: fn(&str) -> String,
    pub no_value: &'static str,
    pub days: fn(&str, Plural) -> String,
    /// A choice by its name in the view's document.
    pub choice: fn(&str) -> &'static str,
    /// How many purchases decide a condition.
    pub purchases: fn(&str, Plural) -> String,
    /// How many more there are than are shown.
    pub older: fn(&str) -> String,
    pub ordered: &'static str,
    pub event: &'static str,
    pub tickets: &'static str,
    pub paid: &'static str,
    pub online: &'static str,
    pub box_office: &'static str,
    pub subscription: &'static str,
}

impl ExplanationWords {
    /// The texts of a language.
    pub fn of(language: Language) -> &'static ExplanationWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }
}

static ENGLISH: ExplanationWords = ExplanationWords {
    title: |who| format!("Why is {who} here?"),
    title_absent: |who| format!("Why is {who} not here?"),
    by_id: |id| format!("customer {id}"),
    in_result: |id| format!("Customer {id} meets every condition."),
    left_out: |id, count, plural| match plural {
        Plural::One => format!("{count} condition leaves customer {id} out."),
        Plural::Other => format!("{count} conditions leave customer {id} out."),
    },
    holds: "Yes",
    fails: "No",
    unknown: "Not known",
    muted: "Muted: it leaves nobody out.",
    buyer: "Has a ticket to an event of the segment",
    everyone: "Everyone is in the segment",
    no_excluded_event: "Has no ticket to an event that the segment leaves out",
    not_yet_bought: "Has no ticket yet to",
    left_out_by: |events| format!("Left out by tickets to {events}"),
    with_consents: "Permissions asked for",
    without_consents: "Permissions ruled out",
    with_flags: "Tags asked for",
    without_flags: "Tags ruled out",
    member: |name, has| if has { format!("{name}: yes") } else { format!("{name}: no") },
    value: |value| format!("This customer: {value}"),
    no_value: "not known",
    days: |count, plural| match plural {
        Plural::One => format!("{count} day"),
        Plural::Other => format!("{count} days"),
    },
    choice: |name| match name {
        "f" => "woman",
        "m" => "man",
        "online" => "online",
        "box_office" => "box office",
        "both" => "online and box office",
        "subscriber" => "subscriber",
        "regular" => "not a subscriber",
        _ => "not known",
    },
    purchases: |count, plural| match plural {
        Plural::One => format!("{count} purchase decides this"),
        Plural::Other => format!("{count} purchases decide this"),
    },
    older: |count| format!("and {count} older"),
    ordered: "Ordered",
    event: "Event",
    tickets: "Tickets",
    paid: "Paid",
    online: "online",
    box_office: "box office",
    subscription: "subscription",
};

static SWEDISH: ExplanationWords = ExplanationWords {
    title: |who| format!("Varför är {who} med?"),
    title_absent: |who| format!("Varför är {who} inte med?"),
    by_id: |id| format!("kund {id}"),
    in_result: |id| format!("Kund {id} uppfyller alla villkor."),
    // The plural is the same word.
    left_out: |id, count, _| format!("{count} villkor utesluter kund {id}."),
    holds: "Ja",
    fails: "Nej",
    unknown: "Okänt",
    muted: "Tystad: utesluter ingen.",
    buyer: "Har en biljett till ett av segmentets evenemang",
    everyone: "Alla ingår i segmentet",
    no_excluded_event: "Har ingen biljett till evenemang som segmentet utesluter",
    not_yet_bought: "Har ännu ingen biljett till",
    left_out_by: |events| format!("Utesluts av biljetter till {events}"),
    with_consents: "Samtycken som krävs",
    without_consents: "Samtycken som utesluter",
    with_flags: "Flaggor som krävs",
    without_flags: "Flaggor som utesluter",
    member: |name, has| if has { format!("{name}: ja") } else { format!("{name}: nej") },
    value: |value| format!("Den här kunden: {value}"),
    no_value: "okänt",
    days: |count, plural| match plural {
        Plural::One => format!("{count} dag"),
        Plural::Other => format!("{count} dagar"),
    },
    choice: |name| match name {
        "f" => "kvinna",
        "m" => "man",
        "online" => "online",
        "box_office" => "i biljettkassan",
        "both" => "online och i biljettkassan",
        "subscriber" => "abonnent",
        "regular" => "inte abonnent",
        _ => "okänt",
    },
    purchases: |count, _| format!("{count} köp avgör"),
    older: |count| format!("och {count} äldre"),
    ordered: "Köpt",
    event: "Evenemang",
    tickets: "Biljetter",
    paid: "Betalat",
    online: "online",
    box_office: "i biljettkassan",
    subscription: "abonnemang",
};
