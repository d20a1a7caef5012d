//! `config.json` beside the page: what this site has.

use serde::Deserialize;

/// What a site says of itself; each field may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Where the snapshot's folder lies, relative to the page.
    pub snapshot: Option<String>,
    /// The sync endpoint.
    pub sync: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// Where the shared segments and views lie, relative to the page.
    pub views: Option<String>,
}

impl Config {
    /// Reads the file. What is no JSON object is as good as absent: hosts of single pages answer
    /// any address with the page itself.
    pub fn read(bytes: &[u8]) -> Option<Config> {
        serde_json::from_slice(bytes).ok()
    }

    /// The snapshot's folder with a slash at its end.
    pub fn snapshot_folder(&self) -> Option<String> {
        let folder = self.snapshot.as_deref()?;
        Some(if folder.ends_with('/') { folder.to_owned() } else { format!("{folder}/") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_may_be_missing_and_others_may_be_there() {
        let config = Config::read(br#"{"snapshot":"data","language":"sv","more":1}"#).unwrap();
        assert_eq!(config.snapshot_folder().as_deref(), Some("data/"));
        assert_eq!(config.language.as_deref(), Some("sv"));
        assert_eq!(config.views, None);
        assert_eq!(Config::read(b"{}"), Some(Config::default()));
    }

    #[test]
    fn a_page_in_the_files_place_is_no_configuration() {
        assert_eq!(Config::read(b"<!doctype html><html></html>"), None);
        assert_eq!(Config::read(b""), None);
        assert_eq!(Config::read(br#""data/""#), None);
    }
}
