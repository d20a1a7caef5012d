//! Records of a CSV file, as Excel and RFC 4180 have them.

/// What tells a spreadsheet that the text is UTF-8.
pub const BOM: &str = "\u{feff}";

/// Appends one record and its CR LF.
pub fn push_record<C: AsRef<str>>(
    out: &mut Vec<u8>,
    delimiter: u8,
    cells: impl IntoIterator<Item = C>,
) {
    let start = out.len();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(delimiter);
        }
        push_cell(out, delimiter, cell.as_ref());
    }
    if out.len() == start {
        // A record of one empty cell would be a blank line.
        out.extend_from_slice(b"\"\"");
    }
    out.extend_from_slice(b"\r\n");
}

/// Quoted where it has to be, and where outer spaces could get lost or make a blank line.
fn push_cell(out: &mut Vec<u8>, delimiter: u8, cell: &str) {
    let needs = |byte: u8| byte == delimiter || matches!(byte, b'"' | b'\r' | b'\n');
    if !cell.bytes().any(needs) && cell.trim().len() == cell.len() {
        out.extend_from_slice(cell.as_bytes());
        return;
    }
    out.push(b'"');
    for byte in cell.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_has_to_be() {
        let mut out = Vec::new();
        push_record(&mut out, b',', ["a;b", "a,b", "say \"x\"", "two\nlines", " x", "", "\t"]);
        push_record(&mut out, b';', ["a;b", "a,b"]);
        push_record(&mut out, b',', [""]);
        push_record(&mut out, b',', [" "]);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "a;b,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\" x\",,\"\t\"\r\n\"a;b\";a,b\r\n\
             \"\"\r\n\" \"\r\n"
        );
    }
}
