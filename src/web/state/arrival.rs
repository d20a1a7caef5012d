//! Where a segment out of a file goes among those that are kept.

use super::library::{SavedSegment, SavedView, differs};
use crate::view::Segment;

/// What is to be kept of a segment out of a file.
#[derive(Debug, Clone, PartialEq)]
// There are a few at a time, on their way to the disk.
#[allow(clippy::large_enum_variant)]
pub enum Arrival {
    /// All of it, as a segment of its own, under ids that nothing else has.
    Alone(SavedSegment),
    /// Views for a segment that is here and asks the same; none where it has them all.
    Under {
        /// The kept segment's id.
        id: String,
        /// The views that it has not, under ids that nothing else has.
        views: Vec<SavedView>,
    },
}

impl Arrival {
    /// Where `incoming` goes among `own`. A file that names no id, as that of a view, goes to any
    /// segment that asks the same under the same name. `now` is the time, RFC 3339.
    pub fn of(
        mut incoming: SavedSegment,
        own: &[SavedSegment],
        now: &str,
        new_id: impl Fn() -> String,
    ) -> Arrival {
        let is_there = |kept: &&SavedSegment| {
            (incoming.id.is_empty() || incoming.id == kept.id)
                && is_same(&kept.segment, &incoming.segment)
        };
        let there = own.iter().find(is_there);
        if let Some(kept) = there {
            let is_known =
                |view: &SavedView| kept.views.iter().any(|known| !differs(&known.view, &view.view));
            incoming.views.retain(|view| !is_known(view));
        }
        let is_taken = |id: &str| {
            own.iter().any(|kept| kept.id == id || kept.views.iter().any(|view| view.id == id))
        };
        let settle = |id: &mut String, changed_at: &mut String| {
            if id.is_empty() || is_taken(id) {
                *id = new_id();
            }
            if changed_at.is_empty() {
                now.clone_into(changed_at);
            }
        };
        for view in &mut incoming.views {
            settle(&mut view.id, &mut view.changed_at);
        }
        if let Some(kept) = there {
            return Arrival::Under { id: kept.id.clone(), views: incoming.views };
        }
        settle(&mut incoming.id, &mut incoming.changed_at);
        Arrival::Alone(incoming)
    }
}

/// Whether two segments have one name and ask the same; what is noted about them is not asked.
fn is_same(one: &Segment, other: &Segment) -> bool {
    let bare = |segment: &Segment| Segment { description: String::new(), ..segment.clone() };
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Filter, View, WholeRange};
    use crate::web::state::library::{from_file, to_file};

    const NOW: &str = "2026-11-22T10:00:00Z";

    fn view(name: &str, orders: u32) -> View {
        let mut view = View { name: name.into(), ..View::default() };
        view.segment.name = "Dance".into();
        view.filters.set(Filter::Orders(WholeRange { min: Some(orders), ..WholeRange::default() }));
        view
    }

    fn kept() -> SavedSegment {
        let segment = Segment {
            name: "Dance".into(),
            description: "Ours alone".into(),
            ..Segment::default()
        };
        let views =
            vec![SavedView { id: "v1".into(), changed_at: NOW.into(), view: view("One", 1) }];
        SavedSegment { id: "s1".into(), changed_at: NOW.into(), segment, views }
    }

    fn arrives(incoming: SavedSegment, own: &[SavedSegment]) -> Arrival {
        Arrival::of(incoming, own, NOW, || "new".to_owned())
    }

    fn file_of(view: &View) -> SavedSegment {
        from_file(crate::view::to_json(view).as_bytes()).unwrap().remove(0)
    }

    #[test]
    fn a_view_goes_to_the_segment_that_asks_the_same() {
        let arrival = arrives(file_of(&view("Two", 2)), &[kept()]);
        let Arrival::Under { id, views } = arrival else { panic!("{arrival:?}") };
        assert_eq!((id.as_str(), views.len()), ("s1", 1));
        assert_eq!((views[0].id.as_str(), &views[0].view), ("new", &view("Two", 2)));
        assert_eq!(views[0].changed_at, NOW);
    }

    #[test]
    fn a_view_that_is_there_comes_no_second_time() {
        let none = Arrival::Under { id: "s1".into(), views: Vec::new() };
        assert_eq!(arrives(file_of(&view("One", 1)), &[kept()]), none);
        // Under another name it is another view.
        let renamed = arrives(file_of(&view("Uno", 1)), &[kept()]);
        assert!(matches!(renamed, Arrival::Under { views, .. } if views.len() == 1));
    }

    #[test]
    fn a_view_of_other_events_brings_its_segment_along() {
        let mut other = view("Two", 2);
        other.segment.events.categories = vec!["Ballet".into()];
        let arrival = arrives(file_of(&other), &[kept()]);
        let Arrival::Alone(saved) = arrival else { panic!("{arrival:?}") };
        assert_eq!((saved.id.as_str(), &saved.segment), ("new", &other.segment));
        assert_eq!(saved.views.len(), 1);
    }

    #[test]
    fn a_segment_keeps_its_id_where_that_is_free() {
        let mut other = kept();
        other.id = "s2".into();
        other.views[0].id = "v2".into();
        assert_eq!(arrives(other.clone(), &[kept()]), Arrival::Alone(other));
    }

    #[test]
    fn a_changed_segment_of_a_taken_id_stands_beside_it() {
        let mut changed = kept();
        changed.segment.name = "Ballet".into();
        let arrival = arrives(changed, &[kept()]);
        let Arrival::Alone(saved) = arrival else { panic!("{arrival:?}") };
        assert_eq!((saved.id.as_str(), saved.views[0].id.as_str()), ("new", "new"));
    }

    #[test]
    fn a_segment_read_in_twice_is_there_once() {
        let mut more = kept();
        more.views.push(SavedView {
            id: "v2".into(),
            changed_at: NOW.into(),
            view: view("Two", 2),
        });
        let file = from_file(to_file(&[more]).as_bytes()).unwrap().remove(0);
        let arrival = arrives(file, &[kept()]);
        let Arrival::Under { views, .. } = &arrival else { panic!("{arrival:?}") };
        assert_eq!(views.iter().map(|view| view.id.as_str()).collect::<Vec<_>>(), ["v2"]);
    }
}
