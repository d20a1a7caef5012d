//! Segments with their saved views: what is kept, shared and passed on as files.
//!
//! A saved view refers to its segment by standing under it; the segment is filled in when a view
//! is opened, written to a file or put into a link.

use serde::Deserialize;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

use crate::view::{self, Document, Segment, View, ViewErrors};

/// The version that is written; every version from 1 to this one is read.
pub const VERSION: u32 = 1;

/// The largest file that is read: whatever is larger was dropped by mistake.
pub const MOST_BYTES: u64 = 50_000_000;

/// A segment with its views.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SavedSegment {
    /// Nothing else has it.
    pub id: String,
    /// When it or one of its views was last saved, RFC 3339.
    pub changed_at: String,
    /// The segment.
    pub segment: Segment,
    /// In the order in which they were first saved.
    pub views: Vec<SavedView>,
}

/// A saved view. Its segment is that of the [`SavedSegment`] it stands under.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SavedView {
    /// Nothing else has it.
    pub id: String,
    /// When it was last saved, RFC 3339.
    pub changed_at: String,
    /// The view; of its segment nothing is meant.
    pub view: View,
}

/// A text that holds no segments.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LibraryError {
    /// Not JSON, or not of this form.
    #[error("not a file of segments or views: {0}")]
    Form(String),
    /// More than [`MOST_BYTES`].
    #[error("{size_bytes} bytes are more than such a file has; allowed are at most {MOST_BYTES}")]
    TooLarge {
        /// Its length.
        size_bytes: u64,
    },
    /// A later program wrote it.
    #[error("version: this program reads version {VERSION}; a newer one is needed for version {0}")]
    Newer(u32),
    /// A segment or view in it breaks the rules.
    #[error("{}{errors}", if place.is_empty() { String::new() } else { format!("{place}: ") })]
    View {
        /// Where it stands, such as `segments[2].views[0].view`; empty for a file that is a view.
        place: String,
        /// What is wrong, with the place inside.
        errors: Box<ViewErrors>,
    },
}

impl SavedSegment {
    /// One of its views, filled in.
    pub fn view(&self, id: &str) -> Option<View> {
        self.views.iter().find(|saved| saved.id == id).map(|saved| self.filled(saved))
    }

    /// A view with this segment in it.
    pub fn filled(&self, saved: &SavedView) -> View {
        View { segment: self.segment.clone(), ..saved.view.clone() }
    }

    /// Puts a view in, in place of the one with its id.
    pub fn put_view(&mut self, saved: SavedView) {
        match self.views.iter_mut().find(|view| view.id == saved.id) {
            Some(place) => *place = saved,
            None => self.views.push(saved),
        }
    }

    /// The text that is kept for it.
    pub fn to_text(&self) -> String {
        serde_json::to_string(&Kept(self)).expect("text keys, texts and finite numbers only")
    }

    /// Reads what [`SavedSegment::to_text`] wrote, in this version or an earlier one.
    ///
    /// # Errors
    /// Any other text.
    pub fn from_text(text: &str) -> Result<SavedSegment, LibraryError> {
        let wire: WireSegment = serde_json::from_str(text).map_err(|error| form(&error))?;
        check_version(wire.version)?;
        wire.read("")
    }
}

/// Whether two views differ in more than their segment, which is saved apart.
pub fn differs(view: &View, baseline: &View) -> bool {
    View { segment: Segment::default(), ..view.clone() }
        != View { segment: Segment::default(), ..baseline.clone() }
}

/// The name of a file of a `kind`, `view` or `segment`: what is in it, in letters that every system
/// allows.
pub fn file_name(name: &str, kind: &str) -> String {
    let safe = |letter: char| if letter.is_alphanumeric() { letter } else { '-' };
    let name: String = name.trim().chars().take(60).map(safe).collect();
    format!("{}.{kind}.json", if name.is_empty() { kind } else { &name })
}

/// A file of segments with their views, as `views.json` and exports are.
pub fn to_file(segments: &[SavedSegment]) -> String {
    let mut text = serde_json::to_string_pretty(&File(segments))
        .expect("text keys, texts and finite numbers only");
    text.push('\n');
    text
}

/// Reads a file: segments with their views, or one view document, which becomes a segment with
/// that view. Ids that a file does not give are empty.
///
/// # Errors
/// Any other text, with the place in it.
pub fn from_file(text: &[u8]) -> Result<Vec<SavedSegment>, LibraryError> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let probe = serde_json::from_slice::<Probe>(text).unwrap_or_default();
    if probe.segments.is_none() {
        let view = view::parse(text).map_err(|errors| LibraryError::View {
            place: String::new(),
            errors: Box::new(errors),
        })?;
        let segment = view.segment.clone();
        let views = vec![SavedView { view, ..SavedView::default() }];
        return Ok(vec![SavedSegment { segment, views, ..SavedSegment::default() }]);
    }
    let file: WireFile = serde_json::from_slice(text).map_err(|error| form(&error))?;
    check_version(Some(file.version))?;
    let segments = file.segments.into_iter().enumerate();
    segments.map(|(at, wire)| wire.read(&format!("segments[{at}]"))).collect()
}

fn form(error: &serde_json::Error) -> LibraryError {
    LibraryError::Form(error.to_string())
}

fn check_version(version: Option<u32>) -> Result<(), LibraryError> {
    match version {
        Some(version) if version > VERSION => Err(LibraryError::Newer(version)),
        _ => Ok(()),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Probe {
    segments: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct WireFile {
    version: u32,
    segments: Vec<WireSegment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireSegment {
    version: Option<u32>,
    #[serde(default)]
    id: String,
    #[serde(default)]
    changed_at: String,
    segment: Box<RawValue>,
    #[serde(default)]
    views: Vec<WireView>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireView {
    #[serde(default)]
    id: String,
    #[serde(default)]
    changed_at: String,
    view: Box<RawValue>,
}

impl WireSegment {
    fn read(self, place: &str) -> Result<SavedSegment, LibraryError> {
        let wrong = |within: String, errors| {
            let place = [place, &within].into_iter().filter(|part| !part.is_empty());
            LibraryError::View {
                place: place.collect::<Vec<_>>().join("."),
                errors: Box::new(errors),
            }
        };
        let segment = view::parse_segment(self.segment.get())
            .map_err(|errors| wrong(String::new(), errors))?;
        let views = self.views.into_iter().enumerate().map(|(at, wire)| {
            let view = view::parse(wire.view.get())
                .map_err(|errors| wrong(format!("views[{at}].view"), errors))?;
            let view = View { segment: segment.clone(), ..view };
            Ok(SavedView { id: wire.id, changed_at: wire.changed_at, view })
        });
        let views = views.collect::<Result<_, LibraryError>>()?;
        Ok(SavedSegment { id: self.id, changed_at: self.changed_at, views, segment })
    }
}

struct Kept<'a>(&'a SavedSegment);
struct File<'a>(&'a [SavedSegment]);
struct InFile<'a>(&'a SavedSegment);
struct ViewOf<'a> {
    saved: &'a SavedView,
    segment: Segment,
}

/// The fields that a segment has both alone and in a file; `segment_of` is what a view's
/// document says of its segment.
fn segment_fields<M: SerializeMap>(
    fields: &mut M,
    saved: &SavedSegment,
    segment_of: impl Fn() -> Segment,
) -> Result<(), M::Error> {
    fields.serialize_entry("id", &saved.id)?;
    fields.serialize_entry("changed_at", &saved.changed_at)?;
    fields.serialize_entry("segment", &Document(&saved.segment))?;
    let views: Vec<ViewOf<'_>> =
        saved.views.iter().map(|saved| ViewOf { saved, segment: segment_of() }).collect();
    fields.serialize_entry("views", &views)
}

impl Serialize for Kept<'_> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let mut fields = target.serialize_map(None)?;
        fields.serialize_entry("version", &VERSION)?;
        // The name alone: the rest stands once, above.
        let named = || Segment { name: self.0.segment.name.clone(), ..Segment::default() };
        segment_fields(&mut fields, self.0, named)?;
        fields.end()
    }
}

impl Serialize for File<'_> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let mut fields = target.serialize_map(None)?;
        fields.serialize_entry("version", &VERSION)?;
        let segments: Vec<InFile<'_>> = self.0.iter().map(InFile).collect();
        fields.serialize_entry("segments", &segments)?;
        fields.end()
    }
}

impl Serialize for InFile<'_> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let mut fields = target.serialize_map(None)?;
        segment_fields(&mut fields, self.0, || self.0.segment.clone())?;
        fields.end()
    }
}

impl Serialize for ViewOf<'_> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let mut fields = target.serialize_map(None)?;
        fields.serialize_entry("id", &self.saved.id)?;
        fields.serialize_entry("changed_at", &self.saved.changed_at)?;
        let view = View { segment: self.segment.clone(), ..self.saved.view.clone() };
        fields.serialize_entry("view", &Document(&view))?;
        fields.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{DaysBack, Filter, WholeRange};

    fn saved() -> SavedSegment {
        let mut segment = Segment { name: "Dance".into(), ..Segment::default() };
        segment.events.days_back = Some(DaysBack::All);
        segment.events.categories = vec!["Dance".into()];
        let mut view = View { name: "Often".into(), segment: segment.clone(), ..View::default() };
        view.filters.set(Filter::Orders(WholeRange { min: Some(3), ..WholeRange::default() }));
        let views =
            vec![SavedView { id: "v1".into(), changed_at: "2026-11-21T10:00:00Z".into(), view }];
        SavedSegment { id: "s1".into(), changed_at: "2026-11-21T10:00:00Z".into(), segment, views }
    }

    #[test]
    fn what_is_kept_comes_back() {
        let before = saved();
        let after = SavedSegment::from_text(&before.to_text()).unwrap();
        assert_eq!(after, before);
        assert_eq!(after.view("v1"), Some(before.views[0].view.clone()));
    }

    #[test]
    fn a_changed_segment_changes_its_views() {
        let mut changed = saved();
        changed.segment.name = "Ballet".into();
        let after = SavedSegment::from_text(&changed.to_text()).unwrap();
        assert_eq!(after.view("v1").unwrap().segment.name, "Ballet");
    }

    #[test]
    fn a_file_of_segments_comes_back_and_its_views_stand_alone() {
        let segments = vec![saved(), SavedSegment { id: "s2".into(), ..saved() }];
        let text = to_file(&segments);
        assert_eq!(from_file(text.as_bytes()), Ok(segments));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let alone = value["segments"][0]["views"][0]["view"].to_string();
        assert_eq!(view::parse(alone).unwrap(), saved().views[0].view);
    }

    #[test]
    fn a_view_document_becomes_a_segment_with_that_view() {
        let document = r#"{"version":1,"name":"V","segment":{"name":"S"},"mode":{"kind":"all"}}"#;
        let segments = from_file(document.as_bytes()).unwrap();
        assert_eq!(segments.len(), 1);
        assert_eq!(segments[0].segment.name, "S");
        assert_eq!(segments[0].views[0].view.name, "V");
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        let bad = r#"{"version":1,"segments":[{"segment":{"name":"S"},"views":[{"view":
            {"version":1,"segment":{"name":"S"},"filters":{"orders":{"min":-1}}}}]}]}"#;
        let message = from_file(bad.as_bytes()).unwrap_err().to_string();
        assert!(message.starts_with("segments[0].views[0].view: filters.orders.min"), "{message}");
        let message = from_file(b"{\"version\":1,\"segment\":{}}").unwrap_err().to_string();
        assert!(message.starts_with("segment.name"), "{message}");
        let newer = from_file(br#"{"version":2,"segments":[]}"#).unwrap_err();
        assert_eq!(newer, LibraryError::Newer(2));
        let kept = saved().to_text().replace("\"version\":1,\"id\"", "\"version\":9,\"id\"");
        assert_eq!(SavedSegment::from_text(&kept), Err(LibraryError::Newer(9)));
    }
}
