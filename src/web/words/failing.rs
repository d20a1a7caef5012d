//! Texts for when the program itself fails.

use super::Language;

/// All texts of failures, of one language.
#[derive(Debug)]
#[allow(missing_docs)] // The names say which text it is; the texts stand below.
pub struct FailingWords {
    pub title: &'static str,
    pub text: &'static str,
    pub reload: &'static str,
    pub save_view: &'static str,
    pub save_segment: &'static str,
    /// The counting worker was lost and another took its place.
    pub counting_again: &'static str,
    /// The data that was open is not kept here, and has to be opened again.
    pub open_again: &'static str,
    /// A part of the page could not be fetched.
    pub part_missing: &'static str,
    pub try_again: &'static str,
}

impl FailingWords {
    /// The words of a language.
    pub fn of(language: Language) -> &'static FailingWords {
        match language {
            Language::English => &ENGLISH,
            Language::Swedish => &SWEDISH,
        }
    }
}

static ENGLISH: FailingWords = FailingWords {
    title: "Publik has stopped",
    text: "An error in the program stopped this page. Everything you saved is safe. Save what you are \
        working on as a file if you need it, then reload; Import on the Segments page reads the file.",
    reload: "Reload",
    save_view: "Save my work as a file",
    save_segment: "Save the segment in the form as a file",
    counting_again: "Counting stopped because of an error and was started again. Your view is as it was.",
    open_again: "Counting stopped because of an error, and this data is not kept in the browser: open its \
        files again. Your view is as it was.",
    part_missing: "This part of the page could not be fetched. Is there a network? If trying again does \
        not help, reload the page.",
    try_again: "Try again",
};

static SWEDISH: FailingWords = FailingWords {
    title: "Publik har stannat",
    text: "Ett fel i programmet fick sidan att stanna. Allt du har sparat finns kvar. Spara det du \
        arbetar med som en fil om du behöver det och ladda sedan om sidan. Filen läser du in med \
        Importera på sidan Segment.",
    reload: "Ladda om",
    save_view: "Spara mitt arbete som en fil",
    save_segment: "Spara segmentet i formuläret som en fil",
    counting_again: "Räkningen stannade på grund av ett fel och har startats om. Ditt urval är oförändrat.",
    open_again: "Räkningen stannade på grund av ett fel, och de här uppgifterna sparas inte i \
        webbläsaren: öppna filerna igen. Ditt urval är oförändrat.",
    part_missing: "Den här delen av sidan kunde inte hämtas. Finns det ett nätverk? Om det inte hjälper \
        att försöka igen, ladda om sidan.",
    try_again: "Försök igen",
};
