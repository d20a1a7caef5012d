//! The view read back as one sentence, in English and Swedish.
//!
//! [`sentence()`] gives it in clauses, each with what it is about, so that a page can lead from a
//! clause to where its setting is changed. The clauses' texts in order are the sentence; nothing
//! has to be put between them.
//!
//! What the two languages share, and in which order things are said, is in `compose`; each
//! language then has a file of its own. Names come from a [`SentenceContext`], the spelling of
//! numbers, dates and money from a [`Locale`].

mod compose;
mod context;
mod english;
mod quantity;
mod swedish;
mod tongue;

pub use context::{EventName, Locale, PlainLocale, SentenceContext, SnapshotNames};

use super::{FilterKind, View};

/// A language the sentence can be read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Swedish.
    Swedish,
}

impl Language {
    /// Both.
    pub const ALL: [Language; 2] = [Language::English, Language::Swedish];

    /// ISO 639-1: `en`, `sv`.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Swedish => "sv",
        }
    }

    /// The language of a BCP 47 tag such as `sv-SE`, by its first part; `None` for any other.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }
}

/// What a clause is about: where its setting is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    /// Whose customers: buyers' or everyone.
    People,
    /// Which events count.
    Scope,
    /// Whom the segment leaves out.
    Exclusion,
    /// The event or event group that the view is for.
    Mode,
    /// Which tickets the view counts unless a filter says otherwise.
    Counting,
    /// An active filter.
    Filter(FilterKind),
    /// The permissions asked for and ruled out.
    Consents,
    /// The flags asked for and ruled out.
    Flags,
    /// A filter that keeps its setting and is not applied.
    Muted(FilterKind),
}

/// A piece of the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// With the spaces and marks that belong to it; never empty.
    pub text: String,
    /// `None` for the words between.
    pub about: Option<About>,
    /// Whether it comes after the sentence's full stop, where muted filters are named.
    pub is_aside: bool,
}

/// The view as a sentence that ends with a full stop, and after it, where filters are muted,
/// another that names them. The same arguments, the same clauses.
pub fn sentence(
    view: &View,
    context: &dyn SentenceContext,
    locale: &dyn Locale,
    language: Language,
) -> Vec<Clause> {
    match language {
        Language::English => compose::compose(view, context, locale, &english::English),
        Language::Swedish => compose::compose(view, context, locale, &swedish::Swedish),
    }
}

/// The clauses as one text.
pub fn plain_text(clauses: &[Clause]) -> String {
    clauses.iter().map(|clause| clause.text.as_str()).collect()
}

/// What people call a filter, with a capital letter.
pub fn filter_title(kind: FilterKind, language: Language) -> &'static str {
    match language {
        Language::English => english::title(kind),
        Language::Swedish => swedish::title(kind),
    }
}
