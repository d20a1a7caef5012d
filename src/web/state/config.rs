//! `config.json` beside the page: what this site has.

/// What a site says of itself; each field may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    /// Reads the file: `field` gives a field's text, or `None` where it is missing or null. A file
    /// with anything else in one of these fields is as good as absent.
    pub fn read<E>(field: impl Fn(&str) -> Result<Option<String>, E>) -> Option<Config> {
        let read = |name| field(name).ok();
        Some(Config {
            snapshot: read("snapshot")?,
            sync: read("sync")?,
            language: read("language")?,
            views: read("views")?,
        })
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

    fn read(text: &str) -> Option<Config> {
        let file: serde_json::Value = serde_json::from_str(text).unwrap();
        Config::read(|name| match &file[name] {
            serde_json::Value::Null => Ok(None),
            serde_json::Value::String(text) => Ok(Some(text.clone())),
            _ => Err(()),
        })
    }

    #[test]
    fn each_field_may_be_missing_and_others_may_be_there() {
        let config = read(r#"{"snapshot":"data","language":"sv","sync":null,"more":1}"#).unwrap();
        assert_eq!(config.snapshot_folder().as_deref(), Some("data/"));
        assert_eq!(config.language.as_deref(), Some("sv"));
        assert_eq!((config.sync, config.views), (None, None));
        assert_eq!(read("{}"), Some(Config::default()));
    }

    #[test]
    fn a_field_that_is_no_text_spoils_the_file() {
        for field in ["snapshot", "sync", "language", "views"] {
            assert_eq!(read(&format!(r#"{{"{field}":7}}"#)), None, "{field}");
        }
    }
}
