//! A view that is written reads back the same.

mod common;

use common::views::{Ids, filter, views};
use proptest::prelude::*;
use publik::view::{
    Document, FilterKind, Filters, View, parse, parse_consents, parse_filter, parse_flags,
    parse_mode, parse_segment, to_json, to_pretty_json,
};

proptest! {
    #[test]
    fn a_view_reads_back_as_it_was_written(view in views(&Ids::anything())) {
        let document = to_json(&view);
        prop_assert_eq!(parse(&document), Ok(view.clone()), "{}", document);
        prop_assert_eq!(parse(to_pretty_json(&view)), Ok(view.clone()));
        prop_assert_eq!(to_json(&parse(&document).unwrap()), document);
    }

    #[test]
    fn the_parts_of_a_view_read_like_the_whole(view in views(&Ids::anything())) {
        let text = |part: &dyn Fn() -> serde_json::Result<String>| part().unwrap();
        let segment = text(&|| serde_json::to_string(&Document(&view.segment)));
        prop_assert_eq!(parse_segment(segment).unwrap(), view.segment.clone());
        let mode = text(&|| serde_json::to_string(&Document(&view.mode)));
        prop_assert_eq!(parse_mode(mode).unwrap(), view.mode.clone());
        let consents = text(&|| serde_json::to_string(&Document(&view.consents)));
        prop_assert_eq!(parse_consents(consents).unwrap(), view.consents.clone());
        let flags = text(&|| serde_json::to_string(&Document(&view.flags)));
        prop_assert_eq!(parse_flags(flags).unwrap(), view.flags.clone());
        for kind in FilterKind::ALL {
            if let Some(setting) = view.filters.get(kind) {
                let document = text(&|| serde_json::to_string(&Document(&setting)));
                prop_assert_eq!(parse_filter(kind.name(), document), Ok((kind, Some(setting))));
            }
        }
    }

    #[test]
    fn a_view_crosses_to_a_worker_as_it_is(view in views(&Ids::anything())) {
        let message = postcard::to_stdvec(&view).unwrap();
        prop_assert_eq!(postcard::from_bytes(&message), Ok(view));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(document in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(document);
    }

    #[test]
    fn a_document_with_one_byte_changed_is_read_or_refused(
        view in views(&Ids::anything()),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut document = to_json(&view).into_bytes();
        let at = at.index(document.len());
        document[at] = byte;
        match parse(&document) {
            Ok(view) => prop_assert_eq!(parse(to_json(&view)), Ok(view)),
            Err(errors) => prop_assert!(!errors.to_string().is_empty()),
        }
    }

    #[test]
    fn a_whole_number_may_be_written_as_a_double(count in 0..=1_000_000_u32) {
        let written = [format!("{count}"), format!("{count}.0"), format!("{count}e0")];
        for number in written {
            let document = format!("{{\"min\":{number}}}");
            let (_, setting) = parse_filter("orders", &document).unwrap();
            let mut view = View::default();
            view.filters.set(setting.unwrap());
            prop_assert_eq!(view.filters.orders.unwrap().min, Some(count));
        }
    }

    #[test]
    fn a_filter_that_is_set_and_cleared_leaves_no_trace(
        setting in (0..FilterKind::COUNT)
            .prop_flat_map(|at| filter(FilterKind::ALL[at], &Ids::anything())),
    ) {
        let mut filters = Filters::default();
        filters.set(setting);
        let set: Vec<FilterKind> =
            FilterKind::ALL.into_iter().filter(|kind| filters.has(*kind)).collect();
        prop_assert_eq!(set.len(), 1);
        filters.clear(set[0]);
        prop_assert_eq!(filters, Filters::default());
    }
}
