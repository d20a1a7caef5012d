//! Who must not be written to any more.

use std::collections::HashSet;

use super::address::{key, sha256};

/// Addresses that are left out, known by their hashes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suppressions {
    hashes: HashSet<[u8; 32]>,
}

/// A line is neither a hash nor an address. The line itself is not told, since it may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line}: neither a SHA-256 of an address (64 hexadecimal digits) nor an address; allowed \
     is one of them a line"
)]
pub struct SuppressionsError {
    /// The first line that is wrong, counted from 1.
    pub line: usize,
}

impl Suppressions {
    /// Reads a list: on each line the SHA-256 of a trimmed lower-case address in hexadecimal
    /// digits, as the endpoint's feed gives it, or an address, which is hashed here. Blank lines,
    /// a byte order mark and the case of digits mean nothing.
    ///
    /// # Errors
    /// The first line that is something else: a list that was misread would let people through.
    pub fn parse(text: &str) -> Result<Suppressions, SuppressionsError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut suppressions = Suppressions::default();
        for (line, entry) in (1..).zip(text.lines()) {
            let entry = entry.trim();
            if let Some(hash) = hash_of(entry) {
                suppressions.hashes.insert(hash);
            } else if entry.contains('@') {
                suppressions.hashes.insert(sha256(&key(entry)));
            } else if !entry.is_empty() {
                return Err(SuppressionsError { line });
            }
        }
        Ok(suppressions)
    }

    /// Adds the hash of a trimmed lower-case address.
    pub fn insert(&mut self, hash: [u8; 32]) {
        self.hashes.insert(hash);
    }

    /// Whether an address, as it came, is among them.
    pub fn contain(&self, address: &str) -> bool {
        !self.hashes.is_empty() && self.hashes.contains(&sha256(&key(address)))
    }
}

/// The bytes of 64 hexadecimal digits.
fn hash_of(entry: &str) -> Option<[u8; 32]> {
    if entry.len() != 64 || !entry.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut hash = [0; 32];
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(entry.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_and_addresses_can_stand_in_one_list() {
        let list = "\u{feff}62A14E44F765419D10FEA99367361A727C12365E2520F32218D505ED9AA0F62F\r\n\r\n \
                    Anna@Example.se \n";
        let suppressions = Suppressions::parse(list).unwrap();
        assert!(suppressions.contain(" John_Smith@gmail.com"));
        assert!(suppressions.contain("anna@example.SE"));
        assert!(!suppressions.contain("anna@example.org"));
        assert!(!suppressions.contain(""));
    }

    #[test]
    fn a_line_that_is_neither_is_refused_without_being_told() {
        let error = Suppressions::parse("a@b.se\nAnna Ek\n").unwrap_err();
        assert_eq!(error.line, 2);
        assert!(!error.to_string().contains("Anna"), "{error}");
    }
}
