//! Values of a TOML document with the path and line they stand at, for messages.

use toml::de::{DeTable, DeValue};

/// What is wrong with `venue.toml`, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("venue.toml:{line}: {}{problem}", before_problem(.path))]
pub struct VenueError {
    /// Physical line, the first being 1; for what is missing, where its table begins.
    pub line: u64,
    /// Keys joined by dots; empty where the document itself is no TOML.
    pub path: String,
    /// What is wrong.
    pub problem: VenueProblem,
}

fn before_problem(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("{path}: ") }
}

/// What is wrong with a key or its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VenueProblem {
    /// The document is no TOML.
    #[error("not TOML: {0}")]
    Syntax(String),
    /// A key that has to be there is not.
    #[error("missing; it is {0}")]
    Missing(&'static str),
    /// A key that means nothing.
    #[error("unknown key; allowed here are {0}")]
    UnknownKey(String),
    /// A value of the wrong type or outside its range.
    #[error("{found} is not allowed; allowed is {allowed}")]
    NotAllowed {
        /// The value as TOML, cut to its first 60 characters.
        found: String,
        /// What may stand there.
        allowed: &'static str,
    },
    /// Two keys that say different things of the same cell.
    #[error("{0:?} is mapped twice")]
    MappedTwice(String),
    /// A consent that nothing defines.
    #[error(
        "{id:?} is no consent: neither [consents] nor customers.csv names it; [consents] has: {known}"
    )]
    UnknownConsent {
        /// What stands there.
        id: String,
        /// Those that `[consents]` defines.
        known: String,
    },
}

/// A key and its value.
#[derive(Clone)]
pub(super) struct Entry<'d> {
    pub(super) key: &'d str,
    pub(super) path: String,
    pub(super) line: u64,
    pub(super) value: &'d DeValue<'d>,
}

/// A table of the document.
#[derive(Clone)]
pub(super) struct Table<'d> {
    text: &'d str,
    path: String,
    line: u64,
    keys: &'d DeTable<'d>,
}

fn line_of(text: &str, offset: usize) -> u64 {
    let before = text.as_bytes().iter().take(offset);
    1 + before.filter(|byte| **byte == b'\n').count() as u64
}

/// Reads a document.
pub(super) fn parse(text: &str) -> Result<toml::Spanned<DeTable<'_>>, VenueError> {
    DeTable::parse(text).map_err(|error| VenueError {
        line: line_of(text, error.span().map_or(0, |span| span.start)),
        path: String::new(),
        problem: VenueProblem::Syntax(error.message().to_owned()),
    })
}

impl<'d> Table<'d> {
    pub(super) fn root(text: &'d str, table: &'d DeTable<'d>) -> Table<'d> {
        Table { text, path: String::new(), line: 1, keys: table }
    }

    /// The entries in the document's order.
    pub(super) fn entries(&self) -> Vec<Entry<'d>> {
        let mut entries: Vec<(usize, Entry<'d>)> = self
            .keys
            .iter()
            .map(|(key, value)| {
                let start = key.span().start;
                let key: &'d str = key.get_ref();
                let path = if self.path.is_empty() {
                    key.to_owned()
                } else {
                    format!("{}.{key}", self.path)
                };
                let line = line_of(self.text, start);
                (start, Entry { key, path, line, value: value.get_ref() })
            })
            .collect();
        entries.sort_by_key(|(start, _)| *start);
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    pub(super) fn get(&self, key: &str) -> Option<Entry<'d>> {
        self.entries().into_iter().find(|entry| entry.key == key)
    }

    /// # Errors
    /// The key is missing; `what` says what it is.
    pub(super) fn required(
        &self,
        key: &'static str,
        what: &'static str,
    ) -> Result<Entry<'d>, VenueError> {
        self.get(key).ok_or_else(|| VenueError {
            line: self.line,
            path: key.to_owned(),
            problem: VenueProblem::Missing(what),
        })
    }

    /// # Errors
    /// A key that is not among the allowed ones.
    pub(super) fn allow_only(&self, allowed: &[&str]) -> Result<(), VenueError> {
        match self.entries().into_iter().find(|entry| !allowed.contains(&entry.key)) {
            None => Ok(()),
            Some(entry) => Err(entry.error(VenueProblem::UnknownKey(allowed.join(", ")))),
        }
    }

    /// The table at a key; `None` without the key.
    pub(super) fn table(&self, key: &str) -> Result<Option<Table<'d>>, VenueError> {
        self.get(key).map(|entry| entry.as_table(self.text)).transpose()
    }
}

impl<'d> Entry<'d> {
    pub(super) fn error(&self, problem: VenueProblem) -> VenueError {
        VenueError { line: self.line, path: self.path.clone(), problem }
    }

    pub(super) fn not_allowed(&self, allowed: &'static str) -> VenueError {
        let found = match self.value {
            DeValue::String(text) => format!("{:?}", shortened(text)),
            DeValue::Integer(number) => shortened(&number.to_string()),
            DeValue::Float(number) => shortened(&number.to_string()),
            DeValue::Boolean(value) => value.to_string(),
            DeValue::Datetime(time) => time.to_string(),
            DeValue::Array(_) => "an array".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        };
        self.error(VenueProblem::NotAllowed { found, allowed })
    }

    pub(super) fn as_table(&self, text: &'d str) -> Result<Table<'d>, VenueError> {
        match self.value {
            DeValue::Table(table) => {
                Ok(Table { text, path: self.path.clone(), line: self.line, keys: table })
            }
            _ => Err(self.not_allowed("a table of keys and texts")),
        }
    }

    /// A text that is not blank and holds no control characters.
    pub(super) fn text(&self) -> Result<&'d str, VenueError> {
        match self.value {
            DeValue::String(text)
                if !text.trim().is_empty() && !text.chars().any(char::is_control) =>
            {
                Ok(text)
            }
            _ => Err(self.not_allowed("a text that is not empty, without control characters")),
        }
    }

    /// A whole number from 0 to `limit`.
    pub(super) fn whole(&self, limit: u64, allowed: &'static str) -> Result<u64, VenueError> {
        let number = match self.value {
            DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        number.filter(|number| *number <= limit).ok_or_else(|| self.not_allowed(allowed))
    }

    /// Degrees up to `limit` either way, as a number or as text with either decimal mark.
    pub(super) fn degrees(&self, limit: f64, allowed: &'static str) -> Result<f64, VenueError> {
        let degrees = match self.value {
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok().map(|whole| whole as f64)
            }
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::String(text) => super::numbers::degrees(text, limit),
            _ => None,
        };
        let in_range = degrees.filter(|degrees| (-limit..=limit).contains(degrees));
        in_range.ok_or_else(|| self.not_allowed(allowed))
    }
}

/// The first 60 characters.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
