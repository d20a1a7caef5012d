//! Everything of the reader's in one file: docs/backup.md is its form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The version that is written; every version from 1 to this one is read.
pub const VERSION: u32 = 1;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Backup {
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// Segments with their views: texts by id, as they are kept.
    pub segments: BTreeMap<String, String>,
    /// The record of exports: texts by id, as they are kept.
    pub exports: BTreeMap<String, String>,
    /// What the reader chose: values by name. No token is among them.
    pub settings: BTreeMap<String, String>,
}

/// A file that is no backup.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// Not JSON, or not of this form.
    #[error("not a backup: {0}")]
    Form(String),
    /// A later program wrote it.
    #[error(
        "publik_backup: this program reads version {VERSION}; a newer one is needed for version {0}"
    )]
    Newer(u32),
}

/// The file; a text that is JSON stands in it as it is, byte by byte, any other as a string.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    publik_backup: u32,
    #[serde(default)]
    made_at: String,
    #[serde(default)]
    segments: BTreeMap<String, Box<RawValue>>,
    #[serde(default)]
    exports: BTreeMap<String, Box<RawValue>>,
    #[serde(default)]
    settings: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Probe {
    publik_backup: u32,
}

impl Backup {
    /// The file's text.
    pub fn to_text(&self) -> String {
        let raw = |texts: &BTreeMap<String, String>| {
            texts.iter().map(|(id, text)| (id.clone(), raw(text))).collect()
        };
        let wire = Wire {
            publik_backup: VERSION,
            made_at: self.made_at.clone(),
            segments: raw(&self.segments),
            exports: raw(&self.exports),
            settings: self.settings.clone(),
        };
        let mut text = serde_json::to_string(&wire).expect("text keys and texts only");
        text.push('\n');
        text
    }

    /// Reads what [`Backup::to_text`] wrote, in this version or an earlier one.
    ///
    /// # Errors
    /// Any other file.
    pub fn from_text(text: &[u8]) -> Result<Backup, BackupError> {
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let form = |error: serde_json::Error| BackupError::Form(error.to_string());
        let probe: Probe = serde_json::from_slice(text).map_err(form)?;
        if probe.publik_backup > VERSION {
            return Err(BackupError::Newer(probe.publik_backup));
        }
        let wire: Wire = serde_json::from_slice(text).map_err(form)?;
        let texts = |raw: BTreeMap<String, Box<RawValue>>| {
            raw.into_iter().map(|(id, raw)| (id, text_of(&raw))).collect()
        };
        Ok(Backup {
            made_at: wire.made_at,
            segments: texts(wire.segments),
            exports: texts(wire.exports),
            settings: wire.settings,
        })
    }
}

fn raw(text: &str) -> Box<RawValue> {
    // A string that was kept as such would be read back as what is in it.
    let as_it_is = Some(text).filter(|text| !text.trim_start().starts_with('"'));
    as_it_is
        .and_then(|text| serde_json::from_str::<Box<RawValue>>(text).ok())
        // Without what stands around it: that would not come back.
        .filter(|raw| raw.get() == text)
        .unwrap_or_else(|| serde_json::value::to_raw_value(text).expect("any text is a string"))
}

fn text_of(raw: &RawValue) -> String {
    serde_json::from_str::<String>(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backup() -> Backup {
        let texts = |texts: &[(&str, &str)]| {
            texts.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect()
        };
        Backup {
            made_at: "2026-11-22T10:00:00Z".into(),
            segments: texts(&[
                ("a", "{\"version\":1, \"id\":\"a\",\"n\":1.50}"),
                ("damaged", "{\"version\":"),
                ("quoted", "\"{}\""),
                ("spaced", " {} \n"),
                ("empty", ""),
            ]),
            exports: texts(&[("x", "{\"rows\":12}")]),
            settings: texts(&[("language", "sv")]),
        }
    }

    #[test]
    fn every_text_comes_back_byte_by_byte() {
        let text = backup().to_text();
        assert_eq!(Backup::from_text(text.as_bytes()), Ok(backup()));
        assert!(text.contains("{\"version\":1, \"id\":\"a\",\"n\":1.50}"), "{text}");
    }

    #[test]
    fn other_files_are_refused_with_the_reason() {
        for (text, wanted) in [
            ("", "not a backup"),
            ("{\"version\":1,\"segments\":[]}", "publik_backup"),
            ("{\"publik_backup\":1,\"more\":1}", "more"),
            ("{\"publik_backup\":1,\"segments\":[]}", "not a backup"),
            ("{\"publik_backup\":2,\"more\":1}", "version 2"),
        ] {
            let said = Backup::from_text(text.as_bytes()).unwrap_err().to_string();
            assert!(said.contains(wanted), "{text}: {said}");
        }
    }

    #[test]
    fn what_is_missing_is_empty() {
        assert_eq!(Backup::from_text(b"{\"publik_backup\":1}"), Ok(Backup::default()));
    }
}
