//! The address's fragment: which page is shown, and the view on it.
//!
//! `#/segments`, `#/segments/ID`, `#/segments/new`, `#/data`, `#/settings`, `#/outbox`,
//! `#/view/DOCUMENT?as_of=…&saved=…`
//! with the view's document in base64url, and `#/saved/ID` for a view too long for an address.
//! Only ever the fragment: a host sees none of it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::model::{Day, DayError};
use crate::view::{self, View};

/// The longest fragment that is written, in bytes: addresses of more are cut on their way
/// through mail and chat.
pub const MOST_BYTES: usize = 8 * 1024;

/// A place in the app.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// Nothing said: whatever the app begins with.
    Start,
    /// The list of segments.
    Segments,
    /// The form of one segment; `None` for a new one.
    Segment(Option<String>),
    /// The workspace.
    View(Box<Shown>),
    /// The workspace with a saved view.
    Saved {
        /// The saved view's id.
        id: String,
        /// The yardstick, unless it is today.
        as_of: Option<Day>,
    },
    /// What is open, and opening something else.
    Data,
    /// What holds for every visit.
    Settings,
    /// What was sent from here, and what waits.
    Outbox,
}

/// What a fragment says of the workspace.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shown {
    /// The view, its segment filled in.
    pub view: View,
    /// The yardstick, unless it is today.
    pub as_of: Option<Day>,
    /// The saved view it began as.
    pub saved: Option<String>,
    /// The segment it is of, where this browser keeps that.
    pub segment: Option<String>,
}

/// A fragment that leads nowhere.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlaceError {
    /// No page of that name.
    #[error("there is no page {0:?} here")]
    NoPage(String),
    /// The view in it is damaged.
    #[error("the address is damaged: the view in it is cut short or changed")]
    Damaged,
    /// The view in it breaks the rules.
    #[error("the view in the address cannot be read: {0}")]
    View(Box<view::ViewErrors>),
    /// The day in it is none.
    #[error("the address names a day that is none: {0}")]
    Day(#[from] DayError),
}

impl Place {
    /// Reads a fragment, with or without its `#`.
    ///
    /// # Errors
    /// A page that does not exist; a damaged or disallowed view.
    pub fn parse(fragment: &str) -> Result<Place, PlaceError> {
        if let Some(place) = Place::without_view(fragment)? {
            return Ok(place);
        }
        let (path, setting) = taken_apart(fragment);
        let document = path.trim_matches('/').strip_prefix("view/").unwrap_or_default();
        let document = URL_SAFE_NO_PAD.decode(document).map_err(|_| PlaceError::Damaged)?;
        Ok(Place::View(Box::new(Shown {
            view: view::parse(document).map_err(|errors| PlaceError::View(Box::new(errors)))?,
            as_of: as_of(&setting)?,
            saved: setting("saved").map(str::to_owned),
            segment: setting("segment").map(str::to_owned),
        })))
    }

    /// Reads a fragment that has no view in it; `None` for one that has. Reading a view takes much
    /// more of the program.
    ///
    /// # Errors
    /// A page that does not exist; a day that is none.
    pub fn without_view(fragment: &str) -> Result<Option<Place>, PlaceError> {
        let (path, setting) = taken_apart(fragment);
        let mut steps = path.trim_matches('/').splitn(2, '/');
        let page = steps.next().unwrap_or_default();
        Ok(Some(match (page, steps.next()) {
            ("", _) => Place::Start,
            ("segments", None | Some("")) => Place::Segments,
            ("segments", Some("new")) => Place::Segment(None),
            ("segments", Some(id)) => Place::Segment(Some(id.to_owned())),
            ("data", None | Some("")) => Place::Data,
            ("settings", None | Some("")) => Place::Settings,
            ("outbox", None | Some("")) => Place::Outbox,
            ("saved", Some(id)) => Place::Saved { id: id.to_owned(), as_of: as_of(&setting)? },
            ("view", Some(_)) => return Ok(None),
            _ => return Err(PlaceError::NoPage(path.chars().take(60).collect())),
        }))
    }

    /// The fragment without its `#`. A view that would make it longer than [`MOST_BYTES`] gives
    /// that of its saved view, or `None` where it is not saved.
    pub fn fragment(&self) -> Option<String> {
        let day = |as_of: Option<Day>| as_of.map(|day| format!("as_of={day}"));
        Some(match self {
            Place::Start => String::new(),
            Place::Segments => "/segments".to_owned(),
            Place::Segment(None) => "/segments/new".to_owned(),
            Place::Segment(Some(id)) => format!("/segments/{id}"),
            Place::Data => "/data".to_owned(),
            Place::Settings => "/settings".to_owned(),
            Place::Outbox => "/outbox".to_owned(),
            Place::Saved { id, as_of } => with_settings(format!("/saved/{id}"), day(*as_of)),
            Place::View(shown) => {
                let Shown { view, as_of, saved, segment } = &**shown;
                let document = URL_SAFE_NO_PAD.encode(view::to_json(&without_description(view)));
                let ids = [("saved", saved), ("segment", segment)];
                let ids = ids
                    .into_iter()
                    .filter_map(|(name, id)| id.as_ref().map(|id| format!("{name}={id}")));
                let long =
                    with_settings(format!("/view/{document}"), day(*as_of).into_iter().chain(ids));
                if long.len() <= MOST_BYTES {
                    return Some(long);
                }
                let id = saved.clone()?;
                return Place::Saved { id, as_of: *as_of }.fragment();
            }
        })
    }
}

/// A fragment's path, and its settings by name.
fn taken_apart<'a>(fragment: &'a str) -> (&'a str, impl Fn(&str) -> Option<&'a str>) {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let (path, settings) = fragment.split_once('?').unwrap_or((fragment, ""));
    let setting = move |name: &str| {
        settings.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    };
    (path, setting)
}

fn as_of<'a>(setting: &impl Fn(&str) -> Option<&'a str>) -> Result<Option<Day>, DayError> {
    setting("as_of").map(Day::parse).transpose()
}

fn with_settings(path: String, settings: impl IntoIterator<Item = String>) -> String {
    let mut fragment = path;
    for (at, setting) in settings.into_iter().enumerate() {
        fragment.push(if at == 0 { '?' } else { '&' });
        fragment.push_str(&setting);
    }
    fragment
}

/// Descriptions are for the marketers themselves: they stay out of what may be passed on.
fn without_description(view: &View) -> View {
    let mut view = view.clone();
    view.segment.description.clear();
    view
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{DaysBack, Filter, FilterKind, Mode, WholeRange};

    fn view() -> View {
        let mut view = View { name: "Lapsed locals".into(), ..View::default() };
        view.segment.name = "Dans, två år & mer".into();
        view.segment.events.days_back = Some(DaysBack::Days(730));
        view.mode = Mode::Production("P/12?x=1".into());
        view.filters.set(Filter::Orders(WholeRange { min: Some(2), ..WholeRange::default() }));
        view.muted.push(FilterKind::Orders);
        view
    }

    fn shown(view: View) -> Place {
        Place::View(Box::new(Shown {
            view,
            as_of: Day::from_ymd(2026, 1, 31),
            saved: Some("a1".into()),
            segment: Some("b2".into()),
        }))
    }

    #[test]
    fn every_place_reads_back_from_its_fragment() {
        let places = [
            Place::Start,
            Place::Segments,
            Place::Segment(None),
            Place::Segment(Some("c3".into())),
            Place::Data,
            Place::Saved { id: "d4".into(), as_of: Day::from_ymd(2025, 12, 1) },
            Place::View(Box::new(Shown { view: view(), ..Shown::default() })),
            shown(view()),
        ];
        for place in places {
            let fragment = place.fragment().unwrap();
            let without_view = Some(place.clone()).filter(|place| !matches!(place, Place::View(_)));
            assert_eq!(Place::without_view(&fragment), Ok(without_view), "{fragment}");
            assert_eq!(Place::parse(&format!("#{fragment}")), Ok(place), "{fragment}");
        }
    }

    #[test]
    fn descriptions_stay_out_of_the_address() {
        let mut described = view();
        described.segment.description = "Only for us".into();
        assert_eq!(shown(described).fragment(), shown(view()).fragment());
    }

    #[test]
    fn a_view_too_long_for_an_address_is_named_by_its_saved_one_or_not_at_all() {
        let mut long = view();
        long.segment.events.events = (0..2000).map(|number| format!("E{number}")).collect();
        let fragment = shown(long.clone()).fragment().unwrap();
        assert_eq!(fragment, "/saved/a1?as_of=2026-01-31");
        assert_eq!(
            Place::View(Box::new(Shown { view: long, ..Shown::default() })).fragment(),
            None
        );
    }

    #[test]
    fn damaged_addresses_are_refused_with_the_reason() {
        let whole = shown(view()).fragment().unwrap();
        let (document, _) = whole.split_once('?').unwrap();
        assert!(Place::parse(&document[..document.len() - 5]).is_err());
        assert!(matches!(Place::parse("#/view/***"), Err(PlaceError::Damaged)));
        assert!(matches!(Place::parse("#/nowhere"), Err(PlaceError::NoPage(_))));
        assert!(matches!(Place::parse("#/saved/a?as_of=soon"), Err(PlaceError::Day(_))));
        let newer = URL_SAFE_NO_PAD.encode(r#"{"version":2,"segment":{"name":"x"}}"#);
        assert!(matches!(Place::parse(&format!("#/view/{newer}")), Err(PlaceError::View(_))));
    }
}
