//! What a language has to know to say a view.

use super::quantity::Quantity;
use super::{Locale, SentenceContext};
use crate::model::Day;
use crate::view::money::{max_minor, min_minor};
use crate::view::{Basis, Filter, FilterKind, MoneyRange};

/// A language.
pub(super) trait Tongue {
    /// The words between.
    fn words(&self) -> &'static Words;
    /// The title of a filter.
    fn title(&self, kind: FilterKind) -> &'static str;
    /// An event and its date.
    fn event(&self, name: &str, date: &str) -> String;
    /// The end of a list that is too long to be read out.
    fn more(&self, number: &str) -> String;
    /// Events, as what one has tickets to; something is asked of them.
    fn selection(&self, names: &SelectionNames) -> String;
    /// What customers are or did, after `who`. `over` is there where it has to be said.
    fn condition(&self, filter: Filter, over: Option<Basis>, speaker: &Speaker<'_>) -> Phrase;
}

/// The words between clauses, with their spaces.
pub(super) struct Words {
    pub buyers: &'static str,
    pub of: &'static str,
    pub all_buyers: &'static str,
    pub all_customers: &'static str,
    /// Before events by what they belong to.
    pub without_tickets_to: &'static str,
    /// Before a name.
    pub without_a_ticket_to: &'static str,
    /// Before a name, after other events.
    pub or_to: &'static str,
    pub any_event: &'static str,
    pub who: &'static str,
    pub and: &'static str,
    pub or: &'static str,
    pub otherwise: &'static str,
    pub counting_these: &'static str,
    pub counting_all: &'static str,
    pub counting_tickets_to: &'static str,
    pub consents: MemberWords,
    pub flags: MemberWords,
    /// Around the title of one muted filter.
    pub one_muted: [&'static str; 2],
    /// Around the titles of several.
    pub several_muted: [&'static str; 2],
    pub nameless: &'static str,
}

/// The words of permissions, or of flags.
pub(super) struct MemberWords {
    /// Before one, or several of which one is enough.
    pub with: &'static str,
    /// Before several of which all are needed.
    pub with_all: &'static str,
    /// Before those ruled out.
    pub without: &'static str,
    /// Before those ruled out, after those asked for.
    pub but_without: &'static str,
}

/// Names of what events are selected by, each list as one text.
#[derive(Debug, Default)]
pub(super) struct SelectionNames {
    pub promoters: Option<String>,
    pub seasons: Option<String>,
    pub productions: Option<String>,
    pub events: Option<String>,
    pub categories: Option<String>,
    pub tags: Option<String>,
    pub since: Since,
}

/// From when on.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Since {
    /// Whenever.
    #[default]
    Ever,
    /// The day that the view is seen from.
    AsOf(String),
    /// A day before.
    Earlier(String),
}

/// A condition: what leads to its setting, and the words before that.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    pub before: String,
    pub link: String,
}

impl Phrase {
    pub fn new(before: impl Into<String>, link: impl Into<String>) -> Phrase {
        Phrase { before: before.into(), link: link.into() }
    }
}

/// What a language asks while it speaks.
pub(super) struct Speaker<'a> {
    context: &'a dyn SentenceContext,
    locale: &'a dyn Locale,
}

impl<'a> Speaker<'a> {
    pub fn new(context: &'a dyn SentenceContext, locale: &'a dyn Locale) -> Speaker<'a> {
        Speaker { context, locale }
    }

    /// Where the names are.
    pub fn context(&self) -> &'a dyn SentenceContext {
        self.context
    }

    /// A whole number.
    pub fn count(&self, count: u32) -> String {
        self.locale.number(f64::from(count))
    }

    /// A number.
    pub fn number(&self, number: f64) -> String {
        self.locale.number(number)
    }

    /// A date.
    pub fn date(&self, day: Day) -> String {
        self.locale.date(day)
    }

    /// The day that the view is seen from.
    pub fn as_of(&self) -> String {
        self.locale.date(self.context.as_of())
    }

    /// The amounts that a range lets through, as they are written.
    pub fn amounts(&self, range: MoneyRange) -> Quantity<String> {
        let decimals = self.context.decimals();
        let min = range.min.map(|bound| min_minor(bound, decimals));
        let max = range.max.map(|bound| max_minor(bound, decimals));
        match (range.min, range.max) {
            // No amount lies between two fractions of a minor unit, so none can be written.
            (Some(low), Some(high)) if min > max => {
                Quantity::of(Some(low), Some(high)).map(|bound| self.number(bound))
            }
            _ => Quantity::of(min, max).map(|minor| self.locale.money(minor)),
        }
    }
}
