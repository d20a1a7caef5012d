//! Texts of the sync endpoint: its settings, what it answers, and the feed of tags.

use super::{Language, Plural};

/// All texts of the sync endpoint, of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct EndpointWords {
    pub heading: &'static str,
    pub hint: &'static str,
    pub address: &'static str,
    pub address_hint: &'static str,
    pub use_address: &'static str,
    pub no_address: &'static str,
    pub not_https: &'static str,
    pub more_than_address: &'static str,
    pub token: &'static str,
    /// To which address the token goes.
    pub token_hint: fn(&str) -> String,
    /// The same, where it is kept.
    pub token_kept: fn(&str) -> String,
    pub remember: &'static str,
    pub connect: &'static str,
    pub forget_token: &'static str,
    pub trying: &'static str,
    /// It lets the page in, and this may be done there.
    pub good: fn(&str) -> String,
    pub good_for_nothing: &'static str,
    pub right_flags: &'static str,
    pub right_campaigns: &'static str,
    pub right_audiences: &'static str,
    pub unreachable: &'static str,
    pub not_for_this_page: &'static str,
    pub busy: &'static str,
    /// It asks to come again after this time.
    pub busy_until: fn(&str) -> String,
    pub not_an_endpoint: &'static str,
    pub wrong_token: &'static str,
    pub no_right: &'static str,
    pub no_contacts: &'static str,
    /// It broke down with this status.
    pub broken: fn(&str) -> String,
    /// It refused, and why.
    pub refused: fn(&str) -> String,
    /// When tags were last fetched.
    pub feed_read: fn(&str) -> String,
    pub feed_kept: &'static str,
    /// So many customers of the feed are not in the data.
    pub feed_unknown: fn(&str, Plural) -> String,
}

impl EndpointWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static EndpointWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }
}

static ENGLISH: EndpointWords = EndpointWords {
    heading: "Sync endpoint",
    hint: "Tags, special offers and audiences go out through your venue's sync endpoint. Without it \
        everything else works, and lists leave as files.",
    address: "Address",
    address_hint: "Begins with https, unless it runs on this computer.",
    use_address: "Use this address",
    no_address: "This is no address. One looks like https://sync.example.org.",
    not_https: "The address has to begin with https: over http anybody on the way could read along.",
    more_than_address: "Only the address belongs here, without a login, a question mark or a hash.",
    token: "Token",
    token_hint: |origin| format!("Stays in this page's memory, and goes to {origin} only."),
    token_kept: |origin| format!("Kept on this device, and goes to {origin} only."),
    remember: "Remember on this device",
    connect: "Connect",
    forget_token: "Forget the token",
    trying: "Trying …",
    good: |rights| format!("Connected. You may: {rights}."),
    good_for_nothing: "Connected, but the token may do nothing that this page needs.",
    right_flags: "set tags",
    right_campaigns: "send special offers",
    right_audiences: "hand over audiences",
    unreachable: "Nobody answers at this address. Is it right, and is there a network?",
    not_for_this_page: "Something answers, but does not let this page in. Add this page's address to the \
        endpoint's origins.",
    busy: "The endpoint is busy. It is tried again by itself.",
    busy_until: |wait| format!("The endpoint asks to come again in {wait}."),
    not_an_endpoint: "What answers there is not a Publik sync endpoint.",
    wrong_token: "The endpoint does not know this token. It may have been revoked.",
    no_right: "The token has not the right that this needs.",
    no_contacts: "Names and addresses are not here. Open the data with its contacts, and it goes by itself.",
    broken: |status| {
        format!("The endpoint broke down over it (HTTP {status}). It is tried again by itself.")
    },
    refused: |why| format!("The endpoint refuses it: {why}."),
    feed_read: |moment| format!("Tags are as of {moment}."),
    feed_kept: "Tags are as they were last fetched.",
    feed_unknown: |count, plural| match plural {
        Plural::One => format!("{count} customer with a changed tag is not in this data."),
        Plural::Other => format!("{count} customers with changed tags are not in this data."),
    },
};

static SWEDISH: EndpointWords = EndpointWords {
    heading: "Synkserver",
    hint: "Flaggor, kampanjmejl och målgrupper går ut genom husets synkserver. Utan den fungerar allt \
        annat, och listor lämnar sidan som filer.",
    address: "Adress",
    address_hint: "Börjar med https, om den inte körs på den här datorn.",
    use_address: "Använd adressen",
    no_address: "Det är ingen adress. En adress ser ut som https://sync.example.org.",
    not_https: "Adressen måste börja med https: över http kan vem som helst på vägen läsa med.",
    more_than_address: "Här ska bara adressen stå, utan inloggning, frågetecken eller nummertecken.",
    token: "Nyckel",
    token_hint: |origin| format!("Stannar i sidans minne och skickas bara till {origin}."),
    token_kept: |origin| format!("Sparas på den här enheten och skickas bara till {origin}."),
    remember: "Kom ihåg på den här enheten",
    connect: "Anslut",
    forget_token: "Glöm nyckeln",
    trying: "Försöker …",
    good: |rights| format!("Ansluten. Du får: {rights}."),
    good_for_nothing: "Ansluten, men nyckeln ger inte rätt till något som sidan behöver.",
    right_flags: "sätta flaggor",
    right_campaigns: "skicka kampanjmejl",
    right_audiences: "lämna över målgrupper",
    unreachable: "Ingen svarar på adressen. Stämmer den, och finns det ett nätverk?",
    not_for_this_page: "Något svarar, men släpper inte in den här sidan. Lägg till sidans adress bland \
        synkserverns origins.",
    busy: "Synkservern är upptagen. Ett nytt försök görs av sig självt.",
    busy_until: |wait| format!("Synkservern ber oss återkomma om {wait}."),
    not_an_endpoint: "Det som svarar där är ingen synkserver för Publik.",
    wrong_token: "Synkservern känner inte igen nyckeln. Den kan vara återkallad.",
    no_right: "Nyckeln ger inte rätt till det här.",
    no_contacts: "Namn och adresser finns inte här. Öppna uppgifterna med kontakterna, så går det av sig självt.",
    broken: |status| {
        format!("Synkservern klarade det inte (HTTP {status}). Ett nytt försök görs av sig självt.")
    },
    refused: |why| format!("Synkservern säger nej: {why}."),
    feed_read: |moment| format!("Flaggorna är från {moment}."),
    feed_kept: "Flaggorna är som de var när de senast hämtades.",
    feed_unknown: |count, plural| match plural {
        Plural::One => format!("{count} kund med ändrad flagga finns inte i de här uppgifterna."),
        Plural::Other => {
            format!("{count} kunder med ändrade flaggor finns inte i de här uppgifterna.")
        }
    },
};
