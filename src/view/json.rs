//! JSON as it was written: repeated keys are kept, and every value knows its path.

use std::fmt::{self, Write};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::MAX_BYTES;
use super::error::ViewError;

/// The longest piece of a document that a message repeats, in characters.
const MOST_SHOWN: usize = 60;

/// A JSON value. Nesting is limited by `serde_json` to 127 levels.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// The integer, or the double nearest to what was written.
    Number(Number),
    /// Unescaped.
    Text(String),
    /// In order.
    List(Vec<Node>),
    /// In order, a repeated key as often as it stands there.
    Object(Vec<(String, Node)>),
}

/// Where a value stands in its document.
#[derive(Debug, Clone, Copy)]
pub enum Path<'a> {
    /// The document itself.
    Root,
    /// A field of the object there.
    Key(&'a Path<'a>, &'a str),
    /// An element of the list there, from 0.
    Index(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Key(parent, key) => {
                parent.fmt(out)?;
                write_key(out, key, matches!(parent, Path::Root))
            }
            Path::Index(parent, index) => {
                parent.fmt(out)?;
                write!(out, "[{index}]")
            }
        }
    }
}

/// `.key`, or `["the key"]` where it is no plain word.
fn write_key(out: &mut impl Write, key: &str, at_root: bool) -> fmt::Result {
    let is_plain = !key.is_empty()
        && key.chars().count() <= MOST_SHOWN
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    match (is_plain, at_root) {
        (true, true) => out.write_str(key),
        (true, false) => write!(out, ".{key}"),
        (false, _) => write!(out, "[{}]", shortened_text(key)),
    }
}

/// Reads a document.
///
/// # Errors
/// More than [`MAX_BYTES`], text that is not UTF-8 or not JSON, nesting beyond 127 levels, and
/// numbers beyond the largest double. A byte order mark in front is no error.
pub fn read(document: &[u8]) -> Result<Node, ViewError> {
    if document.len() > MAX_BYTES {
        return Err(ViewError::TooLarge { size_bytes: document.len() });
    }
    let document = document.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(document);
    let text = std::str::from_utf8(document).map_err(|error| {
        let before = &document[..error.valid_up_to()];
        let lines: Vec<&[u8]> = before.split(|byte| *byte == b'\n').collect();
        ViewError::NotJson {
            path: String::new(),
            line: lines.len(),
            column: 1 + lines.last().map_or(0, |line| line.len()),
            reason: "a byte that is not UTF-8; save the file as UTF-8".to_owned(),
        }
    })?;
    let mut steps = Vec::new();
    let mut source = serde_json::Deserializer::from_str(text);
    Seed(&mut steps)
        .deserialize(&mut source)
        .and_then(|node| source.end().map(|()| node))
        .map_err(|error| located(&error, &steps, text))
}

/// What the reader complained about, with the path it had come to.
fn located(error: &serde_json::Error, steps: &[Step], text: &str) -> ViewError {
    let path = steps.iter().fold(String::new(), |mut path, step| {
        let at_root = path.is_empty();
        match step {
            Step::Key(key) => write_key(&mut path, key, at_root),
            Step::Index(index) => write!(path, "[{index}]"),
        }
        .expect("a String takes any text");
        path
    });
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let reason = message.strip_suffix(&format!(" at line {line} column {column}"));
    let reason = reason.unwrap_or(&message);
    if reason == "number out of range" {
        return ViewError::NotAllowed {
            path,
            value: number_at(text, line, column),
            allowed: "a number of at most 1,000,000,000".to_owned(),
        };
    }
    ViewError::NotJson { path, line, column, reason: reason.to_owned() }
}

/// The number that ends at or goes on at a place, shortened.
fn number_at(text: &str, line: usize, column: usize) -> String {
    let line = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default().as_bytes();
    let is_part = |at: usize| {
        line.get(at)
            .is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
    };
    let mut start = column.min(line.len());
    while start > 0 && is_part(start - 1) {
        start -= 1;
    }
    let number: String =
        (start..).take_while(|at| is_part(*at)).map(|at| char::from(line[at])).collect();
    shortened(&number)
}

/// One step of the path to the value being read.
enum Step {
    Key(String),
    Index(usize),
}

/// Reads one value; where that fails, the steps to it are left standing.
struct Seed<'a>(&'a mut Vec<Step>);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Node, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("number out of range"))?;
        Ok(Node::Number(number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        loop {
            self.0.push(Step::Index(nodes.len()));
            let Some(node) = source.next_element_seed(Seed(self.0))? else { break };
            self.0.pop();
            nodes.push(node);
        }
        self.0.pop();
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some(Key(key)) = source.next_key()? {
            self.0.push(Step::Key(key.clone()));
            let node = source.next_value_seed(Seed(self.0))?;
            self.0.pop();
            fields.push((key, node));
        }
        Ok(Node::Object(fields))
    }
}

/// A key of an object.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Key, D::Error> {
        String::deserialize(source).map(Key)
    }
}

impl Node {
    /// The value as JSON, cut after a line's length.
    pub fn shown(&self) -> String {
        let mut out = Short { text: String::new(), room: MOST_SHOWN };
        // The only error is that there is no more room, and then the text ends with an ellipsis.
        let _ = self.write(&mut out);
        out.text
    }

    fn write(&self, out: &mut Short) -> fmt::Result {
        match self {
            Node::Null => out.write_str("null"),
            Node::Bool(value) => write!(out, "{value}"),
            Node::Number(value) => write!(out, "{value}"),
            Node::Text(value) => out.write_str(&shortened_text(value)),
            Node::List(nodes) => {
                out.write_char('[')?;
                for (index, node) in nodes.iter().enumerate() {
                    out.write_str(if index == 0 { "" } else { "," })?;
                    node.write(out)?;
                }
                out.write_char(']')
            }
            Node::Object(fields) => {
                out.write_char('{')?;
                for (index, (key, node)) in fields.iter().enumerate() {
                    out.write_str(if index == 0 { "" } else { "," })?;
                    write!(out, "{}:", shortened_text(key))?;
                    node.write(out)?;
                }
                out.write_char('}')
            }
        }
    }
}

/// A text that takes so many characters and then ends with an ellipsis.
struct Short {
    text: String,
    room: usize,
}

impl Write for Short {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        for letter in piece.chars() {
            if self.room == 0 {
                self.text.push('…');
                return Err(fmt::Error);
            }
            self.room -= 1;
            self.text.push(letter);
        }
        Ok(())
    }
}

/// The text, or its beginning and an ellipsis.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_SHOWN) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// The text, shortened, with quotes and escapes as in JSON.
fn shortened_text(text: &str) -> String {
    serde_json::Value::String(shortened(text)).to_string()
}
