//! Texts of the outbox.

use super::{Language, Plural};

/// All texts of the outbox, of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct OutboxWords {
    pub title: &'static str,
    pub hint: &'static str,
    pub empty: &'static str,
    /// So many wait.
    pub waiting_count: fn(&str) -> String,
    /// It cannot be kept, and why.
    pub unkept: fn(&str) -> String,
    /// A tag is set on so many customers.
    pub tag_add: fn(&str, &str) -> String,
    /// A tag is taken from so many customers.
    pub tag_remove: fn(&str, &str) -> String,
    /// An offer goes to so many customers.
    pub offer: fn(&str, &str) -> String,
    /// An audience of so many customers.
    pub audience: fn(&str, &str) -> String,
    /// Of this view, made at this moment.
    pub from_view: fn(&str, &str) -> String,
    pub waiting: &'static str,
    pub sending: &'static str,
    pub done: &'static str,
    pub failed: &'static str,
    pub asks: &'static str,
    pub locked: &'static str,
    pub nobody: &'static str,
    pub cancelled: &'static str,
    pub undone: &'static str,
    pub stopped: &'static str,
    pub no_endpoint: &'static str,
    pub other_endpoint: fn(&str) -> String,
    pub other_data: fn(&str) -> String,
    pub turn: &'static str,
    /// Tried again in this time.
    pub pause: fn(&str) -> String,
    pub old: &'static str,
    pub offer_ended: &'static str,
    pub locked_hint: &'static str,
    pub nobody_hint: &'static str,
    /// So many customers were changed.
    pub changed: fn(&str, Plural) -> String,
    /// So many mails, so many customers without one.
    pub queued: fn(&str, &str) -> String,
    /// They leave in this time.
    pub leaves_in: fn(&str) -> String,
    /// So many minutes after they were handed over.
    pub leaves_after: fn(&str) -> String,
    /// So many of so many went out.
    pub sent: fn(&str, &str) -> String,
    pub mails_failed: fn(&str) -> String,
    pub mails_uncertain: fn(&str) -> String,
    /// What the list of these customers is called.
    pub uncertain_who: &'static str,
    pub mails_suppressed: fn(&str) -> String,
    pub mails_stopped: fn(&str) -> String,
    pub too_late: &'static str,
    pub handed_over: &'static str,
    /// So many handed over, so many not taken.
    pub audience_done: fn(&str, &str) -> String,
    pub try_again: &'static str,
    pub send_all_the_same: &'static str,
    pub cancel: &'static str,
    pub undo: &'static str,
    pub stop: &'static str,
    pub forget: &'static str,
}

impl OutboxWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static OutboxWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }
}

static ENGLISH: OutboxWords = OutboxWords {
    title: "Outbox",
    hint: "What you send is kept here until the endpoint has it: without a network, and when the page is \
        closed. Each entry is sent once.",
    empty: "Nothing waits, and nothing was sent from here.",
    waiting_count: |count| format!("{count} waiting"),
    unkept: |why| format!("The outbox cannot be kept: {why}. Nothing is sent from here."),
    tag_add: |tag, count| format!("Tag {tag} on {count}"),
    tag_remove: |tag, count| format!("Tag {tag} off {count}"),
    offer: |offer, count| format!("Special offer “{offer}” to {count}"),
    audience: |name, count| format!("Audience for {name}: {count}"),
    from_view: |view, moment| format!("{view} · {moment}"),
    waiting: "Waiting",
    sending: "Sending",
    done: "Done",
    failed: "Failed",
    asks: "Asks first",
    locked: "Needs the passphrase",
    nobody: "Nobody left",
    cancelled: "Cancelled",
    undone: "Undone",
    stopped: "Stopped",
    no_endpoint: "It needs the endpoint's token, which is set in Settings.",
    other_endpoint: |address| format!("It was made for {address}, and goes nowhere else."),
    other_data: |venue| format!("Its customers are those of {venue}: open that data to send it."),
    turn: "It goes after the ones before it.",
    pause: |wait| format!("Tried again in {wait}."),
    old: "It is older than a day. The customers are those of then.",
    offer_ended: "The offer has ended.",
    locked_hint: "Names and addresses are sealed. Unlock them, and it goes by itself.",
    nobody_hint: "Nobody is left whom it could go to.",
    changed: |count, plural| match plural {
        Plural::One => format!("{count} customer changed."),
        Plural::Other => format!("{count} customers changed."),
    },
    queued: |mails, others| match others {
        "0" => format!("{mails} mails."),
        _ => format!("{mails} mails, {others} customers left out."),
    },
    leaves_in: |wait| format!("They leave in {wait}."),
    leaves_after: |minutes| format!("They leave {minutes} minutes after the endpoint has them."),
    sent: |sent, all| format!("{sent} of {all} mails sent."),
    mails_failed: |count| format!("{count} refused."),
    mails_uncertain: |count| {
        format!(
            "{count} uncertain: handed over, no answer seen. They are never sent again by themselves."
        )
    },
    uncertain_who: "Which customers these are",
    mails_suppressed: |count| format!("{count} unsubscribed meanwhile."),
    mails_stopped: |count| format!("{count} stopped."),
    too_late: "Too late: everything has gone out.",
    handed_over: "The endpoint hands it over.",
    audience_done: |sent, rejected| match rejected {
        "0" => format!("{sent} handed over."),
        _ => format!("{sent} handed over, {rejected} not taken."),
    },
    try_again: "Try again",
    send_all_the_same: "Send all the same",
    cancel: "Cancel",
    undo: "Undo",
    stop: "Stop",
    forget: "Remove from the list",
};

static SWEDISH: OutboxWords = OutboxWords {
    title: "Utkorg",
    hint: "Det du skickar ligger kvar här tills synkservern har tagit emot det, även utan nätverk och när \
        sidan är stängd. Varje post skickas en gång.",
    empty: "Ingenting väntar, och ingenting har skickats härifrån.",
    waiting_count: |count| format!("{count} väntar"),
    unkept: |why| format!("Utkorgen kan inte sparas: {why}. Ingenting skickas härifrån."),
    tag_add: |tag, count| format!("Flaggan {tag} på {count}"),
    tag_remove: |tag, count| format!("Flaggan {tag} bort från {count}"),
    offer: |offer, count| format!("Kampanjlänken ”{offer}” till {count}"),
    audience: |name, count| format!("Målgrupp för {name}: {count}"),
    from_view: |view, moment| format!("{view} · {moment}"),
    waiting: "Väntar",
    sending: "Skickas",
    done: "Klart",
    failed: "Misslyckades",
    asks: "Frågar först",
    locked: "Kräver lösenfrasen",
    nobody: "Ingen kvar",
    cancelled: "Avbrutet",
    undone: "Ångrat",
    stopped: "Stoppat",
    no_endpoint: "Det kräver synkserverns nyckel, som anges i Inställningar.",
    other_endpoint: |address| format!("Det är till {address} och skickas ingen annanstans."),
    other_data: |venue| {
        format!("Kunderna är hos {venue}: öppna de uppgifterna för att skicka det.")
    },
    turn: "Det skickas efter dem som ligger före.",
    pause: |wait| format!("Nytt försök om {wait}."),
    old: "Det är äldre än ett dygn. Kunderna är de som valdes då.",
    offer_ended: "Kampanjlänken har gått ut.",
    locked_hint: "Namn och adresser är låsta. Lås upp dem, så skickas det av sig självt.",
    nobody_hint: "Det finns ingen kvar att skicka till.",
    changed: |count, plural| match plural {
        Plural::One => format!("{count} kund ändrades."),
        Plural::Other => format!("{count} kunder ändrades."),
    },
    queued: |mails, others| match others {
        "0" => format!("{mails} mejl."),
        _ => format!("{mails} mejl, {others} kunder utan."),
    },
    leaves_in: |wait| format!("De skickas om {wait}."),
    leaves_after: |minutes| {
        format!("De skickas {minutes} minuter efter att synkservern har fått dem.")
    },
    sent: |sent, all| format!("{sent} av {all} mejl skickade."),
    mails_failed: |count| format!("{count} nekade."),
    mails_uncertain: |count| {
        format!(
            "{count} osäkra: lämnade till mejlservern, inget svar kom. De skickas aldrig om av sig själva."
        )
    },
    uncertain_who: "Vilka kunder det gäller",
    mails_suppressed: |count| format!("{count} avanmälda under tiden."),
    mails_stopped: |count| format!("{count} stoppade."),
    too_late: "För sent: allt har gått iväg.",
    handed_over: "Synkservern lämnar över den.",
    audience_done: |sent, rejected| match rejected {
        "0" => format!("{sent} överlämnade."),
        _ => format!("{sent} överlämnade, {rejected} togs inte emot."),
    },
    try_again: "Försök igen",
    send_all_the_same: "Skicka ändå",
    cancel: "Avbryt",
    undo: "Ångra",
    stop: "Stoppa",
    forget: "Ta bort ur listan",
};
