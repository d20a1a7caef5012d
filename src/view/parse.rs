//! From the JSON document to checked values.

use super::error::{Findings, ViewError, ViewErrors};
use super::fields::{Fields, choice, double, list, refuse, text, texts, whole_value};
use super::filters::{basis, filter, filter_kind, filters};
use super::json::{self, Node, Path};
use super::{
    DaysBack, EventSelection, Filter, FilterKind, Match, MemberRule, Mode, People, Segment, View,
};

/// The version of the format that this program reads and writes.
pub const VERSION: u32 = 1;

/// The largest document that is read: 1 MB, a million bytes.
pub const MAX_BYTES: usize = 1_000_000;

const VIEW_FIELDS: [&str; 10] = [
    "version",
    "name",
    "segment",
    "mode",
    "count_over",
    "filters",
    "consents",
    "flags",
    "muted",
    "boxes",
];
const EVENT_FIELDS: [&str; 7] =
    ["days_back", "promoters", "seasons", "productions", "events", "categories", "tags"];

/// Reads a view from its JSON document. Ids are not looked up: views outlive snapshots.
///
/// # Errors
/// Everything that is wrong with the document, each with its path: more than [`MAX_BYTES`], no
/// JSON, a field that is unknown, repeated, missing, of the wrong type (`null` is one), out of its
/// range or at odds with another. A later version is refused with that alone.
pub fn parse(document: impl AsRef<[u8]>) -> Result<View, ViewErrors> {
    let node = json::read(document.as_ref())?;
    let mut findings = Findings::default();
    let view = if let Some(error) = newer_version(&node) {
        findings.add(error);
        None
    } else {
        view(&node, &mut findings)
    };
    findings.conclude(view.unwrap_or_default())
}

/// Reads one filter's setting, as it stands in a view's `filters` under `name`, and which filter
/// that is. `null` is the wish to take the setting away and gives `None`.
///
/// # Errors
/// As [`parse`]; paths begin with `filters`. A `name` that is no filter's.
pub fn parse_filter(
    name: &str,
    document: impl AsRef<[u8]>,
) -> Result<(FilterKind, Option<Filter>), ViewErrors> {
    let path = Path::Key(&Path::Root, "filters");
    let path = Path::Key(&path, name);
    let node = part(&path, document.as_ref())?;
    let Some(kind) = FilterKind::from_name(name) else {
        return Err(ViewErrors::from(ViewError::UnknownField {
            path: path.to_string(),
            allowed: FilterKind::ALL.map(FilterKind::name).join(", "),
            value: node.shown(),
        }));
    };
    let mut findings = Findings::default();
    let setting = match node {
        Node::Null => None,
        _ => filter(kind, &node, &path, &mut findings),
    };
    findings.conclude((kind, setting))
}

/// Reads what stands under `segment` in a view.
///
/// # Errors
/// As [`parse`]; paths begin with `segment`.
pub fn parse_segment(document: impl AsRef<[u8]>) -> Result<Segment, ViewErrors> {
    parse_part("segment", document.as_ref(), segment)
}

/// Reads what stands under `mode` in a view.
///
/// # Errors
/// As [`parse`]; paths begin with `mode`.
pub fn parse_mode(document: impl AsRef<[u8]>) -> Result<Mode, ViewErrors> {
    parse_part("mode", document.as_ref(), mode)
}

/// Reads what stands under `consents` in a view.
///
/// # Errors
/// As [`parse`]; paths begin with `consents`.
pub fn parse_consents(document: impl AsRef<[u8]>) -> Result<MemberRule, ViewErrors> {
    parse_part("consents", document.as_ref(), member_rule)
}

/// Reads what stands under `flags` in a view.
///
/// # Errors
/// As [`parse`]; paths begin with `flags`.
pub fn parse_flags(document: impl AsRef<[u8]>) -> Result<MemberRule, ViewErrors> {
    parse_part("flags", document.as_ref(), member_rule)
}

fn parse_part<T: Default>(
    name: &str,
    document: &[u8],
    reader: impl FnOnce(&Node, &Path<'_>, &mut Findings) -> Option<T>,
) -> Result<T, ViewErrors> {
    let path = Path::Key(&Path::Root, name);
    let node = part(&path, document)?;
    let mut findings = Findings::default();
    let value = reader(&node, &path, &mut findings);
    findings.conclude(value.unwrap_or_default())
}

/// Reads the JSON of a part of a view, so that errors name the path it has in the view.
fn part(path: &Path<'_>, document: &[u8]) -> Result<Node, ViewErrors> {
    json::read(document).map_err(|error| error.within(&path.to_string()).into())
}

/// The refusal of a document that says it is of a later version, whatever else it holds.
fn newer_version(node: &Node) -> Option<ViewError> {
    let Node::Object(entries) = node else { return None };
    let (_, version) = entries.iter().find(|(key, _)| key == "version")?;
    double(version)
        .filter(|number| *number > f64::from(VERSION) && number.fract() == 0.0)
        .map(|_| ViewError::NewerVersion { value: version.shown() })
}

fn view(node: &Node, findings: &mut Findings) -> Option<View> {
    let fields = Fields::open(node, &Path::Root, &VIEW_FIELDS, findings)?;
    fields.require("version", "1", findings, |node, path, findings| {
        let is_known = whole_value(node) == Some(VERSION);
        if !is_known {
            refuse(node, path, "1, the version that this program reads", findings);
        }
        is_known.then_some(())
    });
    if fields.get("segment").is_none() {
        let (path, allowed) = ("segment.name".to_owned(), "a text".to_owned());
        findings.add(ViewError::Missing { path, allowed });
    }
    Some(View {
        name: fields.read("name", findings, text).unwrap_or_default(),
        segment: fields.read("segment", findings, segment).unwrap_or_default(),
        mode: fields.read("mode", findings, mode).unwrap_or_default(),
        count_over: fields.read("count_over", findings, basis).unwrap_or_default(),
        filters: fields.read("filters", findings, filters).unwrap_or_default(),
        consents: fields.read("consents", findings, member_rule).unwrap_or_default(),
        flags: fields.read("flags", findings, member_rule).unwrap_or_default(),
        muted: fields.read("muted", findings, filter_kinds).unwrap_or_default(),
        boxes: fields.read("boxes", findings, filter_kinds),
    })
}

fn filter_kinds(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<Vec<FilterKind>> {
    list(node, path, findings, filter_kind)
}

fn segment(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<Segment> {
    let allowed = ["name", "description", "events", "exclude_events", "people"];
    let fields = Fields::open(node, path, &allowed, findings)?;
    Some(Segment {
        name: fields.require("name", "a text", findings, text).unwrap_or_default(),
        description: fields.read("description", findings, text).unwrap_or_default(),
        events: fields.read("events", findings, events).unwrap_or_default(),
        exclude_events: fields.read("exclude_events", findings, events),
        people: fields.read("people", findings, people).unwrap_or_default(),
    })
}

fn people(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<People> {
    let words = [("buyers", People::Buyers), ("everyone", People::Everyone)];
    choice(&words, node, path, findings)
}

fn events(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<EventSelection> {
    let fields = Fields::open(node, path, &EVENT_FIELDS, findings)?;
    let mut texts = |name| fields.read(name, findings, texts).unwrap_or_default();
    Some(EventSelection {
        promoters: texts("promoters"),
        seasons: texts("seasons"),
        productions: texts("productions"),
        events: texts("events"),
        categories: texts("categories"),
        tags: texts("tags"),
        days_back: fields.read("days_back", findings, days_back),
    })
}

fn days_back(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<DaysBack> {
    let days_back = match node {
        Node::Text(text) if text == "all" => Some(DaysBack::All),
        _ => whole_value(node).map(DaysBack::Days),
    };
    if days_back.is_none() {
        refuse(node, path, "an integer from 0 to 1,000,000 or \"all\"", findings);
    }
    days_back
}

fn mode(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<Mode> {
    #[derive(Clone, Copy)]
    enum Kind {
        All,
        Event,
        Production,
    }
    let words = [("all", Kind::All), ("event", Kind::Event), ("production", Kind::Production)];
    let fields = Fields::open(node, path, &["kind", "id"], findings)?;
    let kind = match fields.get("kind") {
        None => Kind::All,
        Some(kind) => choice(&words, kind, &Path::Key(path, "kind"), findings)?,
    };
    match kind {
        Kind::All => {
            let allowed = "no id, or the kind \"event\" or \"production\"";
            fields.refuse("id", allowed, findings);
            Some(Mode::All)
        }
        Kind::Event => {
            fields.require("id", "a text, the id of an event", findings, text).map(Mode::Event)
        }
        Kind::Production => fields
            .require("id", "a text, the id of an event group", findings, text)
            .map(Mode::Production),
    }
}

fn member_rule(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<MemberRule> {
    let fields = Fields::open(node, path, &["include", "exclude", "match"], findings)?;
    let words = [("all", Match::All), ("any", Match::Any)];
    Some(MemberRule {
        include: fields.read("include", findings, texts).unwrap_or_default(),
        exclude: fields.read("exclude", findings, texts).unwrap_or_default(),
        matching: fields
            .read("match", findings, |node, path, findings| choice(&words, node, path, findings))
            .unwrap_or_default(),
    })
}
