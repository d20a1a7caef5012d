//! Whether the quotes of one record close, which the CSV parser does not say.

/// How the quotes of a record stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Every quoted cell closes, and a delimiter or the end follows.
    Closed,
    /// The last cell never closes.
    Open,
    /// Text follows a closing quote: its cell is not what anyone wrote.
    TextBehind,
}

/// Goes through a record by RFC 4180; a quote inside an unquoted cell is an ordinary character,
/// and white space may stand behind a closing quote.
pub(super) fn quotes_of(record: &[u8], delimiter: u8) -> Quotes {
    let mut at = 0;
    while at < record.len() {
        if record[at] != b'"' {
            match memchr::memchr(delimiter, &record[at..]) {
                Some(length) => at += length + 1,
                None => return Quotes::Closed,
            }
            continue;
        }
        at += 1;
        loop {
            match memchr::memchr(b'"', &record[at..]) {
                None => return Quotes::Open,
                Some(length) => at += length + 1,
            }
            if record.get(at) != Some(&b'"') {
                break;
            }
            at += 1;
        }
        while at < record.len() && record[at] != delimiter {
            if !record[at].is_ascii_whitespace() {
                return Quotes::TextBehind;
            }
            at += 1;
        }
        at += 1;
    }
    Quotes::Closed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_open_until_a_single_one_closes_it() {
        for (record, quotes) in [
            ("a,b", Quotes::Closed),
            ("", Quotes::Closed),
            (r#""a",b"#, Quotes::Closed),
            (r#""a ""b"", c","d""#, Quotes::Closed),
            (r#"a"b,c"d"#, Quotes::Closed),
            (r#""a" ,b"#, Quotes::Closed),
            (r#"a,""#, Quotes::Open),
            (r#""a"",b"#, Quotes::Open),
            (r#"a,"b"#, Quotes::Open),
            (r#""a"b,c"#, Quotes::TextBehind),
            ("\"a\nb\",c", Quotes::Closed),
        ] {
            assert_eq!(quotes_of(record.as_bytes(), b','), quotes, "{record}");
        }
    }
}
