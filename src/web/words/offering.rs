//! Texts of the special offer.

use super::{Language, Plural};

/// All texts of the special offer, of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct OfferingWords {
    pub title: &'static str,
    pub needs_mode: &'static str,
    /// To this view, for this event or group.
    pub lead: fn(&str, &str) -> String,
    pub offer: &'static str,
    pub choose_offer: &'static str,
    pub no_offers: &'static str,
    pub layout: &'static str,
    pub choose_layout: &'static str,
    pub no_layouts: &'static str,
    /// Layouts could not be had, and why.
    pub layouts_failed: fn(&str) -> String,
    pub language: &'static str,
    pub subject: &'static str,
    pub text: &'static str,
    pub language_hint: &'static str,
    /// A language of which only half is written.
    pub half_written: fn(&str) -> String,
    /// The language that everyone gets whose own is not written.
    pub needs_language: fn(&str) -> String,
    pub layout_lacks: fn(&str) -> String,
    pub leaves: &'static str,
    /// In so many minutes.
    pub leaves_in: fn(&str) -> String,
    pub funnel: &'static str,
    pub in_result: &'static str,
    pub has_address: &'static str,
    pub without: fn(&str) -> String,
    pub has_consent: &'static str,
    pub have_not: fn(&str) -> String,
    pub not_suppressed: &'static str,
    pub suppressed: fn(&str) -> String,
    pub one_per_address: &'static str,
    pub share_address: fn(&str) -> String,
    pub counting: &'static str,
    pub locked: &'static str,
    pub elsewhere: &'static str,
    pub not_counted: fn(&str) -> String,
    pub only_with_consent: &'static str,
    pub consent_hint: &'static str,
    pub no_consent_named: &'static str,
    pub reason: &'static str,
    pub preview: &'static str,
    pub preview_hint: &'static str,
    pub desktop: &'static str,
    pub phone: &'static str,
    pub plain: &'static str,
    pub from: &'static str,
    pub sample_name: &'static str,
    pub unreadable_layout: fn(&str) -> String,
    pub send_test: &'static str,
    pub test_address: &'static str,
    pub test_hint: &'static str,
    pub test_send: &'static str,
    pub test_sent: fn(&str) -> String,
    /// What becomes of the mails in so many minutes.
    pub promise: fn(&str, Plural) -> String,
    pub send: fn(&str, Plural) -> String,
    pub send_locked: &'static str,
    /// While it is not known how many.
    pub send_plain: &'static str,
}

impl OfferingWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static OfferingWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }
}

static ENGLISH: OfferingWords = OfferingWords {
    title: "Special offer",
    needs_mode: "A special offer belongs to an event or a production (event group): view the segment for one first.",
    lead: |view, mode| format!("To “{view}”, for {mode}"),
    offer: "Offer",
    choose_offer: "Choose an offer",
    no_offers: "No offer runs for this event or production now.",
    layout: "Layout",
    choose_layout: "Choose a layout",
    no_layouts: "The endpoint has no layout.",
    layouts_failed: |why| format!("The layouts could not be fetched. {why}"),
    language: "Language",
    subject: "Subject",
    text: "Text",
    language_hint: "Each customer gets their own language where it is written, else the endpoint's usual one.",
    half_written: |language| format!("{language}: both subject and text are needed, or neither."),
    needs_language: |language| {
        format!("{language} has to be written: everyone gets it whose own language is not.")
    },
    layout_lacks: |language| {
        format!("The layout lacks {language}, the endpoint's usual language: choose another one.")
    },
    leaves: "When the mails leave",
    leaves_in: |minutes| format!("In {minutes} minutes"),
    funnel: "From result to mail",
    in_result: "In the result",
    has_address: "Has an e-mail address",
    without: |count| format!("{count} without"),
    has_consent: "Has given consent",
    have_not: |count| format!("{count} have not"),
    not_suppressed: "Not suppressed",
    suppressed: |count| format!("{count} bounced or unsubscribed"),
    one_per_address: "One per address",
    share_address: |count| format!("{count} share an address"),
    counting: "Counting …",
    locked: "Names and addresses are sealed. Unlock them to see who gets a mail. Sent as it is, it waits in the \
        outbox for the passphrase.",
    elsewhere: "Names and addresses are not kept in this browser: open the folder again to send mail.",
    not_counted: |why| format!("Who gets a mail could not be counted: {why}."),
    only_with_consent: "Only with consent",
    consent_hint: "Turning this off asks for a reason, which is kept.",
    no_consent_named: "The data names no consent to marketing, so that a reason is needed.",
    reason: "Why may it be sent without the consent?",
    preview: "As the customer sees it",
    preview_hint: "Pictures from elsewhere are not loaded here.",
    desktop: "Desktop",
    phone: "Phone",
    plain: "Text",
    from: "From",
    sample_name: "Sunniva",
    unreadable_layout: |why| format!("The layout cannot be shown: {why}."),
    send_test: "Send a test to me",
    test_address: "Your address",
    test_hint: "The endpoint sends tests only to addresses that it lists for that.",
    test_send: "Send the test",
    test_sent: |address| format!("A test is on its way to {address}."),
    promise: |minutes, plural| match plural {
        Plural::One => {
            format!("mail leaves in {minutes} minutes. Until then you can stop it in the outbox.")
        }
        Plural::Other => {
            format!("mails leave in {minutes} minutes. Until then you can stop them in the outbox.")
        }
    },
    send: |count, plural| match plural {
        Plural::One => format!("Send {count} mail"),
        Plural::Other => format!("Send {count} mails"),
    },
    send_locked: "Put in the outbox until unlocked",
    send_plain: "Send",
};

static SWEDISH: OfferingWords = OfferingWords {
    title: "Kampanjlänk",
    needs_mode: "En kampanjlänk hör till ett evenemang eller en produktion: visa segmentet för någon av dem först.",
    lead: |view, mode| format!("Till ”{view}”, för {mode}"),
    offer: "Kampanjlänk",
    choose_offer: "Välj en kampanjlänk",
    no_offers: "Ingen kampanjlänk gäller just nu för evenemanget eller produktionen.",
    layout: "Layout",
    choose_layout: "Välj en layout",
    no_layouts: "Synkservern har ingen layout.",
    layouts_failed: |why| format!("Layouterna kunde inte hämtas. {why}"),
    language: "Språk",
    subject: "Ämne",
    text: "Text",
    language_hint: "Varje kund får sitt eget språk där det är skrivet, annars synkserverns vanliga.",
    half_written: |language| {
        format!("På {language} behövs både ämne och text, eller inget av dem.")
    },
    needs_language: |language| {
        format!("Mejlet måste skrivas på {language}: det får alla vars eget språk inte är skrivet.")
    },
    layout_lacks: |language| {
        format!("Layouten saknar {language}, synkserverns vanliga språk: välj en annan.")
    },
    leaves: "Skickas",
    leaves_in: |minutes| format!("Om {minutes} minuter"),
    funnel: "Från urval till mejl",
    in_result: "I urvalet",
    has_address: "Har e-postadress",
    without: |count| format!("{count} utan"),
    has_consent: "Har gett samtycke",
    have_not: |count| format!("{count} har inte"),
    not_suppressed: "Inte spärrad",
    suppressed: |count| format!("{count} studsade eller avanmälda"),
    one_per_address: "En per adress",
    share_address: |count| format!("{count} delar adress"),
    counting: "Räknar …",
    locked: "Namn och adresser är låsta. Lås upp dem för att se vilka som får mejl. Skickas det ändå väntar \
        det i utkorgen på lösenfrasen.",
    elsewhere: "Namn och adresser sparas inte i webbläsaren: öppna mappen igen för att skicka mejl.",
    not_counted: |why| format!("Det gick inte att räkna vilka som får mejl: {why}."),
    only_with_consent: "Bara med samtycke",
    consent_hint: "Utan samtycke krävs ett skäl, som sparas.",
    no_consent_named: "Uppgifterna anger inget samtycke till marknadsföring, så ett skäl behövs.",
    reason: "Varför får det skickas utan samtycke?",
    preview: "Så ser mejlet ut för kunden",
    preview_hint: "Bilder från andra webbplatser visas inte här.",
    desktop: "Dator",
    phone: "Mobil",
    plain: "Text",
    from: "Från",
    sample_name: "Sunniva",
    unreadable_layout: |why| format!("Layouten kan inte visas: {why}."),
    send_test: "Skicka ett test till mig",
    test_address: "Din adress",
    test_hint: "Synkservern skickar test bara till adresser som den har listade för det.",
    test_send: "Skicka testet",
    test_sent: |address| format!("Ett test är på väg till {address}."),
    promise: |minutes, plural| match plural {
        Plural::One => {
            format!("mejl skickas om {minutes} minuter. Till dess kan du stoppa det i utkorgen.")
        }
        Plural::Other => {
            format!("mejl skickas om {minutes} minuter. Till dess kan du stoppa dem i utkorgen.")
        }
    },
    send: |count, _| format!("Skicka {count} mejl"),
    send_locked: "Lägg i utkorgen tills det är upplåst",
    send_plain: "Skicka",
};
