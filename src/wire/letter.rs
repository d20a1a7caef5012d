//! How a mail is put together from a layout, what a marketer wrote, and who gets it. The page's
//! preview and the endpoint's mail come from here, so they are the same.

use std::fmt::Write;

/// A name between `{{` and `}}` in a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Placeholder {
    /// `first_name`
    FirstName,
    /// `last_name`
    LastName,
    /// `subject`
    Subject,
    /// `text`: what the marketer wrote; in HTML as paragraphs with links.
    Text,
    /// `offer_name`
    OfferName,
    /// `offer_link`
    OfferLink,
    /// `unsubscribe_link`
    UnsubscribeLink,
    /// `sender`: the name that mails come from.
    Sender,
}

impl Placeholder {
    /// All of them.
    pub const ALL: [Placeholder; 8] = [
        Placeholder::FirstName,
        Placeholder::LastName,
        Placeholder::Subject,
        Placeholder::Text,
        Placeholder::OfferName,
        Placeholder::OfferLink,
        Placeholder::UnsubscribeLink,
        Placeholder::Sender,
    ];

    /// As written between the braces.
    pub fn name(self) -> &'static str {
        match self {
            Placeholder::FirstName => "first_name",
            Placeholder::LastName => "last_name",
            Placeholder::Subject => "subject",
            Placeholder::Text => "text",
            Placeholder::OfferName => "offer_name",
            Placeholder::OfferLink => "offer_link",
            Placeholder::UnsubscribeLink => "unsubscribe_link",
            Placeholder::Sender => "sender",
        }
    }

    fn of(name: &str) -> Option<Placeholder> {
        Placeholder::ALL.into_iter().find(|placeholder| placeholder.name() == name)
    }
}

/// What is wrong with a layout.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// A name that means nothing.
    #[error("unknown placeholder on line {line}: {name:?}; allowed are {}", names())]
    Unknown {
        /// From 1.
        line: usize,
        /// What stands between the braces, shortened.
        name: String,
    },
    /// `{{` without `}}`.
    #[error("line {line}: {{{{ without }}}}")]
    Unclosed {
        /// From 1.
        line: usize,
    },
}

fn names() -> String {
    Placeholder::ALL.map(Placeholder::name).join(", ")
}

/// What stands for the placeholders in one mail, all of it plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Values<'a> {
    /// May be empty.
    pub first_name: &'a str,
    /// May be empty.
    pub last_name: &'a str,
    /// One line.
    pub subject: &'a str,
    /// Plain text; empty lines part paragraphs.
    pub text: &'a str,
    /// As people call the offer.
    pub offer_name: &'a str,
    /// Where it leads.
    pub offer_link: &'a str,
    /// The recipient's own.
    pub unsubscribe_link: &'a str,
    /// The name that mails come from.
    pub sender: &'a str,
}

impl<'a> Values<'a> {
    fn of(&self, placeholder: Placeholder) -> &'a str {
        match placeholder {
            Placeholder::FirstName => self.first_name,
            Placeholder::LastName => self.last_name,
            Placeholder::Subject => self.subject,
            Placeholder::Text => self.text,
            Placeholder::OfferName => self.offer_name,
            Placeholder::OfferLink => self.offer_link,
            Placeholder::UnsubscribeLink => self.unsubscribe_link,
            Placeholder::Sender => self.sender,
        }
    }
}

/// The placeholders of a layout, in order.
///
/// # Errors
/// An unknown name, or braces that do not close.
pub fn placeholders(layout: &str) -> Result<Vec<Placeholder>, LetterError> {
    let mut found = Vec::new();
    split(layout, |piece| {
        if let Piece::Placeholder(placeholder) = piece {
            found.push(placeholder);
        }
    })?;
    Ok(found)
}

/// A plain text layout with its placeholders filled.
///
/// # Errors
/// As [`placeholders`].
pub fn fill_text(layout: &str, values: &Values<'_>) -> Result<String, LetterError> {
    let mut out = String::with_capacity(layout.len() + values.text.len());
    split(layout, |piece| match piece {
        Piece::Literal(text) => out.push_str(text),
        Piece::Placeholder(placeholder) => out.push_str(values.of(placeholder)),
    })?;
    Ok(out)
}

/// An HTML layout with its placeholders filled; every value is escaped.
///
/// # Errors
/// As [`placeholders`].
pub fn fill_html(layout: &str, values: &Values<'_>) -> Result<String, LetterError> {
    let mut out = String::with_capacity(layout.len() + values.text.len() * 2);
    split(layout, |piece| match piece {
        Piece::Literal(text) => out.push_str(text),
        Piece::Placeholder(Placeholder::Text) => push_paragraphs(&mut out, values.text),
        Piece::Placeholder(placeholder) => push_escaped(&mut out, values.of(placeholder)),
    })?;
    Ok(out)
}

enum Piece<'a> {
    Literal(&'a str),
    Placeholder(Placeholder),
}

fn split<'a>(layout: &'a str, mut each: impl FnMut(Piece<'a>)) -> Result<(), LetterError> {
    let mut rest = layout;
    while let Some((before, behind)) = rest.split_once("{{") {
        let line = layout[..layout.len() - behind.len()].matches('\n').count() + 1;
        let (name, after) = behind.split_once("}}").ok_or(LetterError::Unclosed { line })?;
        let placeholder = Placeholder::of(name.trim()).ok_or_else(|| LetterError::Unknown {
            line,
            name: name.trim().chars().take(40).collect(),
        })?;
        each(Piece::Literal(before));
        each(Piece::Placeholder(placeholder));
        rest = after;
    }
    each(Piece::Literal(rest));
    Ok(())
}

fn push_escaped(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
}

/// Paragraphs where empty lines are, breaks where lines end, links where addresses stand.
fn push_paragraphs(out: &mut String, text: &str) {
    let lines = text.replace("\r\n", "\n");
    for paragraph in lines.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        out.push_str("<p>");
        for (number, line) in paragraph.trim_matches('\n').split('\n').enumerate() {
            if number > 0 {
                out.push_str("<br>\n");
            }
            push_line(out, line);
        }
        out.push_str("</p>\n");
    }
}

fn push_line(out: &mut String, line: &str) {
    for word in line.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let start = ["https://", "http://"].iter().filter_map(|scheme| bare.find(scheme)).min();
        let Some(start) = start else {
            push_escaped(out, word);
            continue;
        };
        // What ends a sentence is not part of the address.
        let end = bare.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'', '>']).len();
        let end = end.max(start);
        push_escaped(out, &word[..start]);
        let mut address = String::new();
        push_escaped(&mut address, &word[start..end]);
        // Writing into a string cannot fail.
        let _ = write!(out, "<a href=\"{address}\">{address}</a>");
        push_escaped(out, &word[end..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values<'static> {
        Values {
            first_name: "Åsa & <b>",
            text: "Hej!\nKom: https://example.org/a?b=1&c=2.\n\nVi <3 dans",
            ..Values::default()
        }
    }

    #[test]
    fn html_has_every_value_escaped_and_links_made() {
        let filled = fill_html("<h1>{{ first_name }}</h1>{{text}}", &values()).unwrap();
        assert_eq!(
            filled,
            "<h1>Åsa &amp; &lt;b&gt;</h1><p>Hej!<br>\nKom: \
             <a href=\"https://example.org/a?b=1&amp;c=2\">https://example.org/a?b=1&amp;c=2</a>.</p>\n\
             <p>Vi &lt;3 dans</p>\n"
        );
    }

    #[test]
    fn plain_text_stays_as_it_was_written() {
        assert_eq!(fill_text("Hi {{first_name}}!", &values()).unwrap(), "Hi Åsa & <b>!");
    }

    #[test]
    fn a_value_with_braces_is_not_filled_again() {
        let values = Values { first_name: "{{text}}", text: "secret", ..Values::default() };
        assert_eq!(fill_text("{{first_name}}", &values).unwrap(), "{{text}}");
    }

    #[test]
    fn an_unknown_name_is_refused_with_its_line() {
        let error = placeholders("one\ntwo {{nmae}}").unwrap_err();
        assert_eq!(error, LetterError::Unknown { line: 2, name: "nmae".to_owned() });
        assert!(error.to_string().contains("first_name, last_name"), "{error}");
        assert_eq!(placeholders("a {{text"), Err(LetterError::Unclosed { line: 1 }));
    }
}
