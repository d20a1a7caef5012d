//! What opens a sealed part.

use std::fmt;

/// A passphrase as it was chosen: no part of it is trimmed or folded, since other programs that
/// open age files do neither. Never shown, also not by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase {
    text: String,
}

impl Passphrase {
    /// A passphrase; `None` when it is empty, which would seal nothing.
    pub fn new(text: impl Into<String>) -> Option<Passphrase> {
        let text = text.into();
        (!text.is_empty()).then_some(Passphrase { text })
    }

    /// The text itself, for the key that is made of it.
    #[cfg(feature = "seal")]
    pub(super) fn expose(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Passphrase(…)")
    }
}
