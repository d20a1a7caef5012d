//! Layouts of mails: a folder each, `layout.toml` with the name, and an HTML and a text file for
//! each language.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::wire::{Layout, LayoutContent, LayoutPage, LetterError, Placeholder, placeholders};

/// What every page of a layout must hold.
const NEEDED: [Placeholder; 3] =
    [Placeholder::Text, Placeholder::OfferLink, Placeholder::UnsubscribeLink];

/// Why a layout cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LayoutError {
    /// The configuration names no folder of layouts, or there is no such layout in it.
    #[error("there is no such layout; GET /v1/layouts lists them")]
    Unknown,
    /// A file.
    #[error("{file}: {source}")]
    Unreadable {
        /// Below the folder of layouts.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// `layout.toml`
    #[error("{file}: it has to hold name = \"…\" and nothing else")]
    NoName {
        /// Below the folder of layouts.
        file: String,
    },
    /// A placeholder.
    #[error("{file}: {error}")]
    Letter {
        /// Below the folder of layouts.
        file: String,
        /// What is wrong.
        error: LetterError,
    },
    /// A page without what it needs.
    #[error("{file}: {{{{{}}}}} is missing", needed.name())]
    Lacks {
        /// Below the folder of layouts.
        file: String,
        /// What.
        needed: Placeholder,
    },
    /// A language in one form only.
    #[error("{file} is missing: a language needs an HTML and a text file")]
    Half {
        /// Below the folder of layouts.
        file: String,
    },
    /// No language at all.
    #[error("{0}: no language; write sv.html and sv.txt, for example")]
    Empty(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    name: String,
}

/// Reads and checks one layout.
///
/// # Errors
/// None of this id, or one that cannot be used.
pub fn layout(folder: Option<&Path>, id: &str) -> Result<LayoutContent, LayoutError> {
    let folder = folder.ok_or(LayoutError::Unknown)?;
    // An id is one folder's name and never a way out of the folder.
    let is_name = !id.is_empty() && !id.starts_with('.') && !id.contains(['/', '\\', ':', '\0']);
    if !is_name || !folder.join(id).join("layout.toml").is_file() {
        return Err(LayoutError::Unknown);
    }
    let described = read(folder, id, "layout.toml")?;
    let described: Described = toml::from_str(&described)
        .map_err(|_| LayoutError::NoName { file: format!("{id}/layout.toml") })?;
    let mut languages = BTreeMap::new();
    let unreadable = |source| LayoutError::Unreadable { file: id.to_owned(), source };
    for entry in fs::read_dir(folder.join(id)).map_err(unreadable)? {
        let path = PathBuf::from(entry.map_err(unreadable)?.file_name());
        let kind = path.extension().and_then(|kind| kind.to_str());
        let Some(language) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        if matches!(kind, Some("html" | "txt")) && !languages.contains_key(language) {
            languages.insert(language.to_owned(), page(folder, id, language)?);
        }
    }
    if languages.is_empty() {
        return Err(LayoutError::Empty(id.to_owned()));
    }
    Ok(LayoutContent { id: id.to_owned(), name: described.name, languages })
}

fn page(folder: &Path, id: &str, language: &str) -> Result<LayoutPage, LayoutError> {
    let checked = |name: String| {
        let file = format!("{id}/{name}");
        if !folder.join(id).join(&name).is_file() {
            return Err(LayoutError::Half { file });
        }
        let text = read(folder, id, &name)?;
        let found = placeholders(&text)
            .map_err(|error| LayoutError::Letter { file: file.clone(), error })?;
        match NEEDED.into_iter().find(|needed| !found.contains(needed)) {
            Some(needed) => Err(LayoutError::Lacks { file, needed }),
            None => Ok(text),
        }
    };
    Ok(LayoutPage {
        html: checked(format!("{language}.html"))?,
        text: checked(format!("{language}.txt"))?,
    })
}

fn read(folder: &Path, id: &str, name: &str) -> Result<String, LayoutError> {
    let text = fs::read_to_string(folder.join(id).join(name));
    text.map_err(|source| LayoutError::Unreadable { file: format!("{id}/{name}"), source })
}

/// Every layout that can be used, by id, and what is wrong with the others.
pub fn layouts(folder: Option<&Path>) -> (Vec<Layout>, Vec<LayoutError>) {
    let entries = folder.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten();
    let ids = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut ids: Vec<String> = ids.filter(|id| !id.starts_with('.')).collect();
    ids.sort();
    let (mut usable, mut wrong) = (Vec::new(), Vec::new());
    for id in ids {
        match layout(folder, &id) {
            Ok(LayoutContent { id, name, languages }) => {
                usable.push(Layout { id, name, languages: languages.into_keys().collect() });
            }
            // Something else that lies in the folder.
            Err(LayoutError::Unknown) => {}
            Err(error) => wrong.push(error),
        }
    }
    (usable, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "{{text}} {{offer_link}} {{unsubscribe_link}}";

    fn with(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("season")).unwrap();
        for (name, content) in files {
            fs::write(folder.path().join("season").join(name), content).unwrap();
        }
        folder
    }

    fn error(files: &[(&str, &str)]) -> String {
        let folder = with(files);
        assert!(layouts(Some(folder.path())).0.is_empty());
        layout(Some(folder.path()), "season").unwrap_err().to_string()
    }

    #[test]
    fn a_layout_is_there_in_the_languages_that_have_both_files() {
        let name = ("layout.toml", "name = \"Säsong\"");
        let folder = with(&[name, ("sv.html", PAGE), ("sv.txt", PAGE), ("logo.png", "")]);
        let (usable, wrong) = layouts(Some(folder.path()));
        assert!(wrong.is_empty());
        let season = Layout {
            id: "season".to_owned(),
            name: "Säsong".to_owned(),
            languages: vec!["sv".to_owned()],
        };
        assert_eq!(usable, [season]);
        for id in ["", "..", "../season", "season/..", "nothing"] {
            assert!(matches!(layout(Some(folder.path()), id), Err(LayoutError::Unknown)), "{id}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_layout_is_said_with_its_file() {
        let name = ("layout.toml", "name = \"x\"");
        assert!(error(&[name, ("sv.html", PAGE)]).starts_with("season/sv.txt is missing"));
        let unknown = error(&[name, ("sv.html", "{{txet}}"), ("sv.txt", PAGE)]);
        assert!(unknown.starts_with("season/sv.html: unknown placeholder"), "{unknown}");
        let lacks = error(&[name, ("sv.html", PAGE), ("sv.txt", "{{text}} {{offer_link}}")]);
        assert_eq!(lacks, "season/sv.txt: {{unsubscribe_link}} is missing");
        assert!(error(&[("layout.toml", "nme = \"x\"")]).contains("layout.toml"));
        assert!(error(&[name]).contains("no language"));
    }
}
