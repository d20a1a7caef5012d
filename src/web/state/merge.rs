//! Takes documents from elsewhere beside those that are kept: of an earlier version's storage, or
//! of a backup.

use std::collections::BTreeMap;

use super::library::SavedSegment;

/// What became of the documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// Keys and texts to be kept.
    pub put: Vec<(String, String)>,
    /// How many were there already, byte by byte.
    pub same: u32,
    /// How many had their place for themselves.
    pub new: u32,
    /// Names of those that are kept under another id, beside another content of the same.
    pub beside: Vec<String>,
}

/// Puts documents, by key and text, beside those that are `kept`: the same once, another content
/// of the same key under a key of its own, and no document in the place of another.
pub fn merge(
    kept: &BTreeMap<String, String>,
    incoming: impl IntoIterator<Item = (String, String)>,
) -> Merged {
    let mut merged = Merged::default();
    for (key, text) in incoming {
        let (mut place, mut taken, mut name) = (key, text.clone(), None);
        loop {
            match kept.get(&place) {
                Some(there) if *there == taken => {
                    merged.same += 1;
                    break;
                }
                // Here or under an earlier such id the reader has something else by now.
                Some(_) => {
                    let (other, its_name, its_text) = beside(&place, &text);
                    (place, taken, name) = (other, its_text, Some(its_name));
                }
                None => {
                    match name {
                        Some(name) => merged.beside.push(name),
                        None => merged.new += 1,
                    }
                    merged.put.push((place, taken));
                    break;
                }
            }
        }
    }
    merged
}

/// A document under ids that follow from its content, so that the same comes to the same place.
fn beside(key: &str, text: &str) -> (String, String, String) {
    let mark = mark(text);
    let other = format!("{key}-{mark:08x}");
    match SavedSegment::from_text(text) {
        Ok(mut saved) => {
            saved.id.clone_from(&other);
            saved.views.iter_mut().for_each(|view| view.id = format!("{}-{mark:08x}", view.id));
            (other, saved.segment.name.clone(), saved.to_text())
        }
        // Whoever can read it will find it as it came.
        Err(_) => (other, key.to_owned(), text.to_owned()),
    }
}

/// A number that follows from a text (FNV-1a, 32 bits): it tells documents apart and guards nothing.
fn mark(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |mark, byte| (mark ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Segment;
    use crate::web::state::library::SavedView;

    fn document(id: &str, name: &str) -> (String, String) {
        let segment = Segment { name: name.into(), ..Segment::default() };
        let views = vec![SavedView { id: format!("v-{id}"), ..SavedView::default() }];
        let saved = SavedSegment { id: id.into(), changed_at: String::new(), segment, views };
        (id.to_owned(), saved.to_text())
    }

    #[test]
    fn the_same_document_is_taken_once() {
        let kept = BTreeMap::from([document("a", "One")]);
        let merged = merge(&kept, [document("a", "One"), document("b", "Two")]);
        assert_eq!((merged.same, merged.new, merged.beside), (1, 1, vec![]));
        assert_eq!(merged.put, [document("b", "Two")]);
    }

    #[test]
    fn another_content_of_the_same_id_is_kept_beside_and_only_once() {
        let mut kept = BTreeMap::from([document("a", "Mine")]);
        let merged = merge(&kept, [document("a", "Theirs")]);
        assert_eq!(merged.beside, ["Theirs"]);
        let [(key, text)] = &merged.put[..] else { panic!("{merged:?}") };
        let taken = SavedSegment::from_text(text).unwrap();
        assert_eq!((&taken.id, taken.segment.name.as_str()), (key, "Theirs"));
        assert_ne!(key, "a");
        assert_ne!(taken.views[0].id, "v-a");
        kept.extend(merged.put);
        let again = merge(&kept, [document("a", "Theirs")]);
        assert_eq!((again.put, again.same), (vec![], 1));
    }

    #[test]
    fn what_cannot_be_read_is_taken_as_it_is() {
        let kept = BTreeMap::from([document("a", "Mine")]);
        let merged = merge(&kept, [("a".to_owned(), "{".to_owned())]);
        assert_eq!(merged.put.len(), 1);
        assert_eq!(merged.put[0].1, "{");
        assert_ne!(merged.put[0].0, "a");
    }
}
