//! What is wrong with a document, where, and what is allowed there.

use std::fmt;

use super::MAX_BYTES;

/// The most findings that are kept; the rest are counted.
const MOST_KEPT: usize = 50;

/// One thing that is wrong with a document. Texts from the document are shortened and quoted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ViewError {
    /// More than [`MAX_BYTES`].
    #[error("the document has {size_bytes} bytes; allowed is at most 1 MB, {MAX_BYTES} bytes")]
    TooLarge {
        /// Length of the document.
        size_bytes: usize,
    },
    /// The text is no JSON.
    #[error("{}not JSON at line {line}, column {column}: {reason}", lead(path))]
    NotJson {
        /// The value that was being read.
        path: String,
        /// From 1.
        line: usize,
        /// From 1, in bytes.
        column: usize,
        /// What was expected or found.
        reason: String,
    },
    /// A later version of the format.
    #[error("version: this program reads version 1; a newer one is needed for version {value}")]
    NewerVersion {
        /// What the document says.
        value: String,
    },
    /// A field that the format does not have.
    #[error("{}unknown field with the value {value}; allowed here: {allowed}", lead(path))]
    UnknownField {
        /// The field.
        path: String,
        /// The fields there are.
        allowed: String,
        /// What it holds.
        value: String,
    },
    /// A key that an object has more than once.
    #[error("{}stands here a second time, with the value {value}; allowed is once", lead(path))]
    RepeatedKey {
        /// The key.
        path: String,
        /// What it holds the second time.
        value: String,
    },
    /// A field without which a document means nothing.
    #[error("{}is missing; it has to be {allowed}", lead(path))]
    Missing {
        /// The field.
        path: String,
        /// What it may hold.
        allowed: String,
    },
    /// A value of the wrong type, outside its limits, or at odds with another.
    #[error("{}{value} is not allowed; allowed is {allowed}", lead(path))]
    NotAllowed {
        /// The value.
        path: String,
        /// What may stand there.
        allowed: String,
        /// What stands there.
        value: String,
    },
}

/// The start of a message: the path, unless the whole document is meant.
fn lead(path: &str) -> String {
    if path.is_empty() { "the document: ".to_owned() } else { format!("{path}: ") }
}

impl ViewError {
    /// The place in the view, such as `filters.revenue.min` or `segment.events.tags[2]`; empty
    /// for the whole document.
    pub fn path(&self) -> &str {
        match self {
            ViewError::TooLarge { .. } => "",
            ViewError::NewerVersion { .. } => "version",
            ViewError::NotJson { path, .. }
            | ViewError::UnknownField { path, .. }
            | ViewError::RepeatedKey { path, .. }
            | ViewError::Missing { path, .. }
            | ViewError::NotAllowed { path, .. } => path,
        }
    }
}

impl ViewError {
    /// The same, found in a part of a view that stands at `place` there.
    pub(super) fn within(self, place: &str) -> ViewError {
        let join = |path: String| match path.as_bytes().first() {
            None => place.to_owned(),
            Some(b'[') => format!("{place}{path}"),
            Some(_) => format!("{place}.{path}"),
        };
        match self {
            ViewError::NotJson { path, line, column, reason } => {
                ViewError::NotJson { path: join(path), line, column, reason }
            }
            ViewError::NotAllowed { path, allowed, value } => {
                ViewError::NotAllowed { path: join(path), allowed, value }
            }
            // The others are found by readers that know their place.
            other => other,
        }
    }
}

/// Everything that is wrong with a document, at least one thing. Shown with a line for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewErrors {
    first: ViewError,
    rest: Vec<ViewError>,
    unnamed: usize,
}

impl ViewErrors {
    /// The one to name when there is room for one.
    pub fn first(&self) -> &ViewError {
        &self.first
    }

    /// The place of the [first](ViewErrors::first) one.
    pub fn path(&self) -> &str {
        self.first.path()
    }

    /// All that were kept: the first 50.
    pub fn iter(&self) -> impl Iterator<Item = &ViewError> {
        std::iter::once(&self.first).chain(&self.rest)
    }

    /// Whether the document was written for a later program, so that nothing in it can be put
    /// right by hand.
    pub fn needs_a_newer_program(&self) -> bool {
        matches!(self.first, ViewError::NewerVersion { .. })
    }
}

impl From<ViewError> for ViewErrors {
    fn from(first: ViewError) -> ViewErrors {
        ViewErrors { first, rest: Vec::new(), unnamed: 0 }
    }
}

impl fmt::Display for ViewErrors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.first)?;
        for error in &self.rest {
            write!(out, "\n{error}")?;
        }
        match self.unnamed {
            0 => Ok(()),
            more => write!(out, "\nand {more} more"),
        }
    }
}

impl std::error::Error for ViewErrors {}

/// Collects what is wrong while a document is read.
#[derive(Debug, Default)]
pub(super) struct Findings {
    kept: Vec<ViewError>,
    unnamed: usize,
}

impl Findings {
    /// Notes one more.
    pub fn add(&mut self, error: ViewError) {
        if self.kept.len() < MOST_KEPT {
            self.kept.push(error);
        } else {
            self.unnamed += 1;
        }
    }

    /// The value that was read, if nothing was wrong with it.
    pub fn conclude<T>(self, value: T) -> Result<T, ViewErrors> {
        let mut kept = self.kept.into_iter();
        match kept.next() {
            None => Ok(value),
            Some(first) => Err(ViewErrors { first, rest: kept.collect(), unnamed: self.unnamed }),
        }
    }
}
