//! From values to the JSON document: fields in the contract's order, defaults left out.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::parse::VERSION;
use super::{
    Basis, DaysBack, EventSelection, Filter, FilterKind, Filters, LastPurchaseRule, Match,
    MemberRule, Mode, People, Segment, Subscription, View,
};

/// The document of a view, on one line: the same view, the same bytes. [`parse`](super::parse())
/// gives the view back.
pub fn to_json(view: &View) -> String {
    serde_json::to_string(&Document(view)).expect("a view has text keys and finite numbers only")
}

/// The document of a view as people like to read it, over several lines, with a line break at the
/// end.
pub fn to_pretty_json(view: &View) -> String {
    let mut text = serde_json::to_string_pretty(&Document(view))
        .expect("a view has text keys and finite numbers only");
    text.push('\n');
    text
}

/// A view, or a part of one, as its document has it. The types' own form for `serde` is another, for
/// messages between the page and its workers.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a, T>(pub &'a T);

impl Serialize for Document<'_, View> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let Document(view) = self;
        let mut fields = target.serialize_map(None)?;
        fields.serialize_entry("version", &VERSION)?;
        if !view.name.is_empty() {
            fields.serialize_entry("name", &view.name)?;
        }
        fields.serialize_entry("segment", &Document(&view.segment))?;
        if view.mode != Mode::All {
            fields.serialize_entry("mode", &Document(&view.mode))?;
        }
        if view.count_over != Basis::default() {
            fields.serialize_entry("count_over", &Document(&view.count_over))?;
        }
        if view.filters != Filters::default() {
            fields.serialize_entry("filters", &Document(&view.filters))?;
        }
        for (name, rule) in [("consents", &view.consents), ("flags", &view.flags)] {
            if *rule != MemberRule::default() {
                fields.serialize_entry(name, &Document(rule))?;
            }
        }
        let names = |kinds: &[FilterKind]| kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>();
        if !view.muted.is_empty() {
            fields.serialize_entry("muted", &names(&view.muted))?;
        }
        if let Some(boxes) = &view.boxes {
            fields.serialize_entry("boxes", &names(boxes))?;
        }
        fields.end()
    }
}

impl Serialize for Document<'_, Segment> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let Document(segment) = self;
        let mut fields = target.serialize_map(None)?;
        fields.serialize_entry("name", &segment.name)?;
        if !segment.description.is_empty() {
            fields.serialize_entry("description", &segment.description)?;
        }
        if !segment.events.asks_nothing() {
            fields.serialize_entry("events", &Document(&segment.events))?;
        }
        if let Some(events) = &segment.exclude_events {
            fields.serialize_entry("exclude_events", &Document(events))?;
        }
        if segment.people == People::Everyone {
            fields.serialize_entry("people", "everyone")?;
        }
        fields.end()
    }
}

impl Serialize for Document<'_, EventSelection> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let mut fields = target.serialize_map(None)?;
        match self.0.days_back {
            None => {}
            Some(DaysBack::Days(days)) => fields.serialize_entry("days_back", &days)?,
            Some(DaysBack::All) => fields.serialize_entry("days_back", "all")?,
        }
        for (name, list) in self.0.lists() {
            if !list.is_empty() {
                fields.serialize_entry(name, list)?;
            }
        }
        fields.end()
    }
}

impl Serialize for Document<'_, Mode> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let mut fields = target.serialize_map(None)?;
        let (kind, id) = match self.0 {
            Mode::All => ("all", None),
            Mode::Event(id) => ("event", Some(id)),
            Mode::Production(id) => ("production", Some(id)),
        };
        fields.serialize_entry("kind", kind)?;
        if let Some(id) = id {
            fields.serialize_entry("id", id)?;
        }
        fields.end()
    }
}

impl Serialize for Document<'_, Basis> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        target.serialize_str(match self.0 {
            Basis::Scope => "scope",
            Basis::History => "history",
        })
    }
}

impl Serialize for Document<'_, MemberRule> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let mut fields = target.serialize_map(None)?;
        for (name, list) in [("include", &self.0.include), ("exclude", &self.0.exclude)] {
            if !list.is_empty() {
                fields.serialize_entry(name, list)?;
            }
        }
        if self.0.matching == Match::Any {
            fields.serialize_entry("match", "any")?;
        }
        fields.end()
    }
}

impl Serialize for Document<'_, Filters> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let mut fields = target.serialize_map(None)?;
        for kind in FilterKind::ALL {
            if let Some(filter) = self.0.get(kind) {
                fields.serialize_entry(kind.name(), &Document(&filter))?;
            }
        }
        fields.end()
    }
}

impl Serialize for Document<'_, Filter> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        match *self.0 {
            Filter::Gender(genders) => target.collect_seq(accepted([
                ("f", genders.women),
                ("m", genders.men),
                ("u", genders.unknown),
            ])),
            Filter::SalesType(types) => target.collect_seq(accepted([
                ("online", types.online),
                ("box_office", types.box_office),
                ("both", types.both),
            ])),
            Filter::Subscription(Subscription::Subscriber) => target.serialize_str("subscriber"),
            Filter::Subscription(Subscription::Regular) => target.serialize_str("regular"),
            _ => {
                let mut fields = target.serialize_map(None)?;
                write_fields(*self.0, &mut fields)?;
                fields.end()
            }
        }
    }
}

/// The fields of a filter that is an object; the others have none.
fn write_fields<M: SerializeMap>(filter: Filter, fields: &mut M) -> Result<(), M::Error> {
    let over = match filter {
        Filter::Gender(_) | Filter::SalesType(_) | Filter::Subscription(_) => None,
        Filter::DistanceKm(range) => {
            ends(fields, range.min.map(Shortest), range.max.map(Shortest))?;
            None
        }
        Filter::Revenue(range) => {
            ends(fields, range.min.map(Shortest), range.max.map(Shortest))?;
            range.over
        }
        Filter::Orders(range)
        | Filter::Tickets(range)
        | Filter::Events(range)
        | Filter::Impulsive(range)
        | Filter::TicketsPerOrder(range) => {
            ends(fields, range.min, range.max)?;
            range.over
        }
        Filter::LastPurchase(last) => {
            let (name, days) = match last.rule {
                LastPurchaseRule::Within(days) => ("within", days),
                LastPurchaseRule::Exactly(days) => ("exactly", days),
                LastPurchaseRule::NotWithin(days) => ("not_within", days),
            };
            fields.serialize_entry(name, &days)?;
            last.over
        }
        Filter::Purchases(purchases) => {
            for (name, day) in [("from", purchases.days.from), ("to", purchases.days.to)] {
                if let Some(day) = day {
                    fields.serialize_entry(name, &day.to_string())?;
                }
            }
            ends(fields, purchases.min, purchases.max)?;
            purchases.over
        }
    };
    match over {
        Some(over) => fields.serialize_entry("over", &Document(&over)),
        None => Ok(()),
    }
}

fn accepted(words: [(&'static str, bool); 3]) -> impl Iterator<Item = &'static str> {
    words.into_iter().filter(|(_, is_in)| *is_in).map(|(word, _)| word)
}

/// `min` and `max`, each where the range has it.
fn ends<M: SerializeMap, T: Serialize>(
    fields: &mut M,
    min: Option<T>,
    max: Option<T>,
) -> Result<(), M::Error> {
    for (name, end) in [("min", min), ("max", max)] {
        if let Some(end) = end {
            fields.serialize_entry(name, &end)?;
        }
    }
    Ok(())
}

/// A double with the fewest digits that read back as the same one: 40, not 40.0.
struct Shortest(f64);

impl Serialize for Shortest {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        // Up to 1e9, as here, every whole double is an exact integer too.
        if self.0.fract() == 0.0 && self.0 <= 1e9 {
            target.serialize_u64(self.0 as u64)
        } else {
            target.serialize_f64(self.0)
        }
    }
}
