//! Segments and views out of files.

use leptos::prelude::*;
use leptos::web_sys::File;

use crate::web::platform::{self, spawn_local};
use crate::web::state::App;
use crate::web::state::arrival::Arrival;
use crate::web::state::library::{LibraryError, MOST_BYTES, SavedSegment, from_file};
use crate::web::words::Words;

/// A file that was not read: what happened to it, and every reason.
pub type Refused = (String, Vec<String>);

/// Asks for files and takes the segments in them.
pub fn choose(app: App, words: Words, refused: RwSignal<Vec<Refused>>) {
    let take = move |files| take(app, words, files, refused);
    platform::choose_files(".json,application/json", false, take);
}

/// Takes the segments and views in these files, tells what came of it, and notes what was refused.
pub fn take(app: App, words: Words, files: Vec<File>, refused: RwSignal<Vec<Refused>>) {
    let t = words.segments();
    spawn_local(async move {
        let (mut came, mut left) = (Vec::new(), Vec::new());
        for file in files {
            match segments_in(&file, words).await {
                Ok(segments) => {
                    for segment in segments {
                        let name = segment.segment.name.clone();
                        came.push((name, app.documents.put_imported(segment).await));
                    }
                }
                Err(reasons) => left.push(((t.import_failed)(&file.name()), reasons)),
            }
        }
        // The list may be gone by now.
        refused.try_set(left);
        if !came.is_empty() {
            app.tell(said(&came, words), None);
        }
    });
}

async fn segments_in(file: &File, words: Words) -> Result<Vec<SavedSegment>, Vec<String>> {
    let size_bytes = file.size() as u64;
    let read = if size_bytes > MOST_BYTES {
        Err(LibraryError::TooLarge { size_bytes })
    } else {
        let bytes = platform::content_of(file).await;
        let bytes = bytes.ok_or_else(|| vec![words.device().unreadable_file.to_owned()])?;
        from_file(&bytes)
    };
    read.map_err(|error| error.to_string().lines().map(str::to_owned).collect())
}

/// What came out of files. Of many segments their number, and what those brought that were here.
fn said(came: &[(String, Arrival)], words: Words) -> String {
    let t = words.segments();
    let new =
        came.iter().filter(|(_, arrival)| matches!(arrival, Arrival::Alone(_))).count() as u32;
    let mut lines: Vec<String> = Vec::new();
    if new > 1 {
        lines.push((t.imported)(new, words.formats.plural(new)));
    }
    for (name, arrival) in came {
        let line = match arrival {
            Arrival::Alone(_) if new > 1 => continue,
            Arrival::Alone(saved) => {
                let views = saved.views.len() as u32;
                (t.imported_one)(name, views, words.formats.plural(views))
            }
            Arrival::Under { views, .. } if views.is_empty() => (t.nothing_imported)(name),
            Arrival::Under { views, .. } => {
                let views = views.len() as u32;
                (t.views_imported)(name, views, words.formats.plural(views))
            }
        };
        lines.push(line);
    }
    lines.join(" ")
}
