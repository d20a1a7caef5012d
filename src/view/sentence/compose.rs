//! What is said and in which order; how it is said is each language's own.

use super::tongue::{MemberWords, SelectionNames, Since, Speaker, Tongue, Words};
use super::{About, Clause, Locale, SentenceContext};
use crate::model::Day;
use crate::view::{
    Basis, DaysBack, EventSelection, Filter, FilterKind, Match, MemberRule, Mode, People, View,
};

/// Who they are comes before what they bought, and how much before when.
const ORDER: [FilterKind; FilterKind::COUNT] = [
    FilterKind::Gender,
    FilterKind::DistanceKm,
    FilterKind::Subscription,
    FilterKind::Revenue,
    FilterKind::Orders,
    FilterKind::Tickets,
    FilterKind::Events,
    FilterKind::TicketsPerOrder,
    FilterKind::SalesType,
    FilterKind::Purchases,
    FilterKind::LastPurchase,
    FilterKind::Impulsive,
];

/// The longest list that is read out in full.
const MOST_NAMED: usize = 6;

/// The clauses so far.
#[derive(Default)]
struct Writer {
    clauses: Vec<Clause>,
    is_aside: bool,
}

impl Writer {
    fn plain(&mut self, text: &str) {
        match self.clauses.last_mut() {
            Some(last) if last.about.is_none() && last.is_aside == self.is_aside => {
                last.text.push_str(text);
            }
            _ if text.is_empty() => {}
            _ => self.push(text, None),
        }
    }

    fn link(&mut self, about: About, text: &str) {
        self.push(text, Some(about));
    }

    fn push(&mut self, text: &str, about: Option<About>) {
        self.clauses.push(Clause { text: text.to_owned(), about, is_aside: self.is_aside });
    }

    /// One full stop, also after a name that ends with one.
    fn stop(&mut self) {
        if !self.clauses.last().is_some_and(|last| last.text.ends_with('.')) {
            self.plain(".");
        }
    }
}

pub(super) fn compose(
    view: &View,
    context: &dyn SentenceContext,
    locale: &dyn Locale,
    tongue: &dyn Tongue,
) -> Vec<Clause> {
    let speaker = Speaker::new(context, locale);
    let composer = Composer { view, tongue, words: tongue.words(), speaker };
    let mut writer = Writer::default();
    let scope = composer.scope();
    composer.subject(scope.as_deref(), &mut writer);
    composer.left_out(&mut writer);
    let conditions = composer.conditions(scope.as_deref(), &mut writer);
    composer.members(conditions, &mut writer);
    writer.stop();
    composer.muted(&mut writer);
    writer.clauses
}

struct Composer<'a> {
    view: &'a View,
    tongue: &'a dyn Tongue,
    words: &'static Words,
    speaker: Speaker<'a>,
}

impl Composer<'_> {
    /// The events in scope; `None` if that is all of them.
    fn scope(&self) -> Option<String> {
        let events = &self.view.segment.events;
        self.selection(events, events.days_back.unwrap_or(DaysBack::Days(0)))
    }

    /// Whose customers.
    fn subject(&self, scope: Option<&str>, writer: &mut Writer) {
        match (self.view.segment.people, scope) {
            (People::Everyone, _) => writer.link(About::People, self.words.all_customers),
            (People::Buyers, None) => writer.link(About::People, self.words.all_buyers),
            (People::Buyers, Some(scope)) => {
                writer.link(About::People, self.words.buyers);
                writer.plain(self.words.of);
                writer.link(About::Scope, scope);
            }
        }
    }

    /// Whom the segment and the mode leave out.
    fn left_out(&self, writer: &mut Writer) {
        let excluded = self.view.segment.exclude_events.as_ref();
        let excluded = excluded.filter(|excluded| !excluded.asks_nothing());
        if let Some(excluded) = excluded {
            let days_back = excluded.days_back.unwrap_or(DaysBack::All);
            let events = self.selection(excluded, days_back);
            writer.plain(self.words.without_tickets_to);
            writer.link(About::Exclusion, events.as_deref().unwrap_or(self.words.any_event));
        }
        let name = match &self.view.mode {
            Mode::All => return,
            Mode::Event(id) => self.event(id),
            Mode::Production(id) => self.production(id),
        };
        let is_second = excluded.is_some();
        let or_to = self.words.or_to;
        writer.plain(if is_second { or_to } else { self.words.without_a_ticket_to });
        writer.link(About::Mode, &name);
    }

    /// What the active filters ask, and what they count; whether there is any.
    fn conditions(&self, scope: Option<&str>, writer: &mut Writer) -> bool {
        let active: Vec<(FilterKind, Filter)> = ORDER
            .into_iter()
            .filter(|kind| self.view.is_active(*kind))
            .filter_map(|kind| Some((kind, self.view.filters.get(kind)?)))
            .collect();
        let (stated, is_mixed) = self.stated_basis(&active);
        for (at, (kind, filter)) in active.iter().enumerate() {
            writer.plain(match at {
                0 => self.words.who,
                _ if at + 1 == active.len() => self.words.and,
                _ => ", ",
            });
            let own = Some(self.view.basis_of(*kind));
            let over = own.filter(|own| scope.is_some() && counts(*kind) && Some(*own) != stated);
            let phrase = self.tongue.condition(*filter, over, &self.speaker);
            writer.plain(&phrase.before);
            writer.link(About::Filter(*kind), &phrase.link);
        }
        if let (Some(stated), Some(scope)) = (stated, scope) {
            self.counting(stated, is_mixed, scope, writer);
        }
        !active.is_empty()
    }

    /// The basis that is said once for all conditions, and whether some have another, which is
    /// then said with them. Everyone's events have not been named before, so it is always these
    /// that are said at the end.
    fn stated_basis(&self, active: &[(FilterKind, Filter)]) -> (Option<Basis>, bool) {
        let bases: Vec<Basis> = active
            .iter()
            .filter(|(kind, _)| counts(*kind))
            .map(|(kind, _)| self.view.basis_of(*kind))
            .collect();
        let is_mixed = bases.windows(2).any(|pair| pair[0] != pair[1]);
        let stated = match self.view.segment.people {
            _ if !is_mixed => bases.first().copied(),
            People::Everyone => Some(Basis::Scope),
            People::Buyers => Some(self.view.count_over),
        };
        (stated, is_mixed)
    }

    fn counting(&self, basis: Basis, is_mixed: bool, scope: &str, writer: &mut Writer) {
        writer.plain(", ");
        if is_mixed {
            writer.plain(self.words.otherwise);
        }
        match (basis, self.view.segment.people) {
            (Basis::History, _) => writer.link(About::Counting, self.words.counting_all),
            (Basis::Scope, People::Buyers) => {
                writer.link(About::Counting, self.words.counting_these);
            }
            (Basis::Scope, People::Everyone) => {
                writer.link(About::Counting, self.words.counting_tickets_to);
                writer.plain(" ");
                writer.link(About::Scope, scope);
            }
        }
    }

    /// Permissions and flags.
    fn members(&self, after_conditions: bool, writer: &mut Writer) {
        let view = self.view;
        let consent = |id: &str| self.name(id, self.speaker.context().consent(id));
        let flag = |id: &str| self.name(id, self.speaker.context().flag(id));
        let first = if after_conditions { "; " } else { ", " };
        if !view.consents.ask_nothing() {
            writer.plain(first);
            self.rule(&view.consents, &consent, &self.words.consents, About::Consents, writer);
        }
        if !view.flags.ask_nothing() {
            writer.plain(if view.consents.ask_nothing() { first } else { ", " });
            self.rule(&view.flags, &flag, &self.words.flags, About::Flags, writer);
        }
    }

    fn rule(
        &self,
        rule: &MemberRule,
        name: &dyn Fn(&str) -> String,
        words: &MemberWords,
        about: About,
        writer: &mut Writer,
    ) {
        let needs_all = rule.matching == Match::All && rule.include.len() > 1;
        let joint = if needs_all { self.words.and } else { self.words.or };
        if let Some(included) = self.list(&rule.include, name, joint) {
            writer.plain(if needs_all { words.with_all } else { words.with });
            writer.link(about, &included);
        }
        if let Some(excluded) = self.list(&rule.exclude, name, self.words.or) {
            let is_first = rule.include.is_empty();
            writer.plain(if is_first { words.without } else { words.but_without });
            writer.link(about, &excluded);
        }
    }

    /// The filters whose settings are not applied.
    fn muted(&self, writer: &mut Writer) {
        let muted: Vec<FilterKind> = ORDER
            .into_iter()
            .filter(|kind| self.view.filters.has(*kind) && self.view.muted.contains(kind))
            .collect();
        let [before, after] =
            if muted.len() == 1 { self.words.one_muted } else { self.words.several_muted };
        writer.is_aside = true;
        for (at, kind) in muted.iter().enumerate() {
            writer.plain(match at {
                0 => before,
                _ if at + 1 == muted.len() => self.words.and,
                _ => ", ",
            });
            writer.link(About::Muted(*kind), self.tongue.title(*kind));
        }
        if !muted.is_empty() {
            writer.plain(after);
        }
    }

    /// Events in words; `None` if nothing is asked of them.
    fn selection(&self, events: &EventSelection, days_back: DaysBack) -> Option<String> {
        let as_of = self.speaker.context().as_of();
        let since = match days_back {
            DaysBack::Days(0) => Since::AsOf(self.speaker.date(as_of)),
            DaysBack::Days(days) if as_of.minus(days) > Day::MIN => {
                Since::Earlier(self.speaker.date(as_of.minus(days)))
            }
            DaysBack::Days(_) | DaysBack::All => Since::Ever,
        };
        let is_bare = events.lists().iter().all(|(_, list)| list.is_empty());
        if is_bare && since == Since::Ever {
            return None;
        }
        let by_name =
            |list: &[String]| self.list(list, &|name| self.name(name, None), self.words.or);
        Some(self.tongue.selection(&SelectionNames {
            promoters: by_name(&events.promoters),
            seasons: by_name(&events.seasons),
            productions: self.list(&events.productions, &|id| self.production(id), self.words.or),
            events: self.list(&events.events, &|id| self.event(id), self.words.or),
            categories: by_name(&events.categories),
            tags: by_name(&events.tags),
            since,
        }))
    }

    /// `A, B or C`; `None` without any. Of a long list only the beginning is read out.
    fn list(&self, ids: &[String], name: &dyn Fn(&str) -> String, joint: &str) -> Option<String> {
        let shown = if ids.len() > MOST_NAMED { MOST_NAMED - 1 } else { ids.len() };
        let mut names: Vec<String> = Vec::new();
        for id in &ids[..shown] {
            let name = name(id);
            // Two events may share both name and date.
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if ids.len() > shown {
            let rest = (ids.len() - shown) as u32;
            names.push(self.tongue.more(&self.speaker.count(rest)));
        }
        let last = names.pop()?;
        if names.is_empty() { Some(last) } else { Some(names.join(", ") + joint + &last) }
    }

    fn event(&self, id: &str) -> String {
        match self.speaker.context().event(id) {
            None => self.name(id, None),
            Some(event) => {
                let name = self.name(id, Some(event.name));
                self.tongue.event(&name, &self.speaker.date(event.day))
            }
        }
    }

    fn production(&self, id: &str) -> String {
        self.name(id, self.speaker.context().production(id))
    }

    /// A name on one line, the id where there is none.
    fn name(&self, id: &str, name: Option<String>) -> String {
        let name = name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| id.to_owned());
        let words: Vec<&str> = name.split_whitespace().collect();
        if words.is_empty() { self.words.nameless.to_owned() } else { words.join(" ") }
    }
}

/// Whether a filter counts tickets, so that it matters which.
fn counts(kind: FilterKind) -> bool {
    !matches!(kind, FilterKind::DistanceKm | FilterKind::Gender)
}
