//! Readers of the values that a view is made of. Each notes what is wrong and then gives `None`.

use std::collections::HashSet;
use std::hash::Hash;

use super::error::{Findings, ViewError};
use super::json::{Node, Path};
use crate::model::Day;

/// Where the whole numbers of a view end.
const MAX_WHOLE: f64 = 1e6;
/// Where the real numbers of a view end.
const MAX_NUMBER: f64 = 1e9;

/// The fields of an object, each known and there at most once.
pub(super) struct Fields<'a> {
    entries: &'a [(String, Node)],
    path: &'a Path<'a>,
}

impl<'a> Fields<'a> {
    /// Opens an object; notes every field that is not `allowed` or stands there again.
    pub fn open(
        node: &'a Node,
        path: &'a Path<'a>,
        allowed: &[&str],
        findings: &mut Findings,
    ) -> Option<Fields<'a>> {
        let Node::Object(entries) = node else {
            refuse(node, path, "an object", findings);
            return None;
        };
        let mut seen = HashSet::new();
        for (key, value) in entries {
            let field = Path::Key(path, key);
            if !seen.insert(key.as_str()) {
                let path = field.to_string();
                findings.add(ViewError::RepeatedKey { path, value: value.shown() });
            } else if !allowed.contains(&key.as_str()) {
                findings.add(ViewError::UnknownField {
                    path: field.to_string(),
                    allowed: allowed.join(", "),
                    value: value.shown(),
                });
            }
        }
        Some(Fields { entries, path })
    }

    /// The value of a field, `None` where there is none.
    pub fn get(&self, name: &str) -> Option<&'a Node> {
        self.entries.iter().find(|(key, _)| key == name).map(|(_, node)| node)
    }

    /// Reads a field; `None` where there is none or it was refused.
    pub fn read<T>(
        &self,
        name: &str,
        findings: &mut Findings,
        reader: impl FnOnce(&Node, &Path<'_>, &mut Findings) -> Option<T>,
    ) -> Option<T> {
        reader(self.get(name)?, &Path::Key(self.path, name), findings)
    }

    /// Reads a field that has to be there.
    pub fn require<T>(
        &self,
        name: &str,
        allowed: &str,
        findings: &mut Findings,
        reader: impl FnOnce(&Node, &Path<'_>, &mut Findings) -> Option<T>,
    ) -> Option<T> {
        if self.get(name).is_none() {
            let path = Path::Key(self.path, name).to_string();
            findings.add(ViewError::Missing { path, allowed: allowed.to_owned() });
        }
        self.read(name, findings, reader)
    }

    /// Notes that a field is at odds with another one.
    pub fn refuse(&self, name: &str, allowed: &str, findings: &mut Findings) {
        if let Some(node) = self.get(name) {
            refuse(node, &Path::Key(self.path, name), allowed, findings);
        }
    }
}

/// Notes that something else has to stand there.
pub(super) fn refuse(node: &Node, path: &Path<'_>, allowed: &str, findings: &mut Findings) {
    findings.add(ViewError::NotAllowed {
        path: path.to_string(),
        allowed: allowed.to_owned(),
        value: node.shown(),
    });
}

/// A text, an empty one too.
pub(super) fn text(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<String> {
    if let Node::Text(text) = node {
        return Some(text.clone());
    }
    refuse(node, path, "a text", findings);
    None
}

/// An integer from 0 to 1,000,000, however it is written: 2, 2.0 and 2e0 are the same, -0 is 0.
pub(super) fn whole(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<u32> {
    let value = whole_value(node);
    if value.is_none() {
        refuse(node, path, "an integer from 0 to 1,000,000", findings);
    }
    value
}

/// The integer from 0 to 1,000,000 that a value is, if it is one.
pub(super) fn whole_value(node: &Node) -> Option<u32> {
    let value = double(node)?;
    ((0.0..=MAX_WHOLE).contains(&value) && value.fract() == 0.0).then_some(value as u32)
}

/// The double nearest to a number.
pub(super) fn double(node: &Node) -> Option<f64> {
    match node {
        Node::Number(number) => number.as_f64(),
        _ => None,
    }
}

/// A number from 0 to 1e9; -0 is 0.
pub(super) fn number(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<f64> {
    let value = double(node).filter(|value| (0.0..=MAX_NUMBER).contains(value)).map(f64::abs);
    if value.is_none() {
        refuse(node, path, "a number from 0 to 1,000,000,000", findings);
    }
    value
}

/// A date that exists, `YYYY-MM-DD`.
pub(super) fn day(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<Day> {
    let day = match node {
        Node::Text(text) => Day::parse(text).ok(),
        _ => None,
    };
    if day.is_none() {
        refuse(node, path, "a date that exists, YYYY-MM-DD, such as \"2026-11-21\"", findings);
    }
    day
}

/// One of some words.
pub(super) fn choice<T: Copy>(
    words: &[(&str, T)],
    node: &Node,
    path: &Path<'_>,
    findings: &mut Findings,
) -> Option<T> {
    let found = match node {
        Node::Text(text) => words.iter().find(|(word, _)| word == text),
        _ => None,
    };
    if found.is_none() {
        let words: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        refuse(node, path, &words.join(" or "), findings);
    }
    found.map(|(_, value)| *value)
}

/// A list, each value once, in order.
pub(super) fn list<T: Clone + Eq + Hash>(
    node: &Node,
    path: &Path<'_>,
    findings: &mut Findings,
    mut reader: impl FnMut(&Node, &Path<'_>, &mut Findings) -> Option<T>,
) -> Option<Vec<T>> {
    let Node::List(nodes) = node else {
        refuse(node, path, "a list", findings);
        return None;
    };
    let mut seen = HashSet::new();
    let mut values = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let value = reader(node, &Path::Index(path, index), findings);
        values.extend(value.filter(|value| seen.insert(value.clone())));
    }
    Some(values)
}

/// A list of texts, each once, in order.
pub(super) fn texts(node: &Node, path: &Path<'_>, findings: &mut Findings) -> Option<Vec<String>> {
    list(node, path, findings, text)
}
